//! How right it is, on text that was kept apart.

use std::collections::BTreeMap;

use tongwen::script::Standard;
use tongwen::script::context::{Layer, Ruled};
use tongwen::script::opencc::{Config, Converter};

use crate::law::Law;

/// Pairs that differ by region, or by this crate's Hong Kong usage, and not by
/// meaning: either way round, they do not count.
const EQUAL: &str = "畫劃 布佈 雇僱 占佔 註注 逕徑 毀燬 粧妝 陞升 昇升 舖鋪 卹恤 迴回 週周 蔘參 桿杆 \
    勛勳 託托 捲卷 瞭了 於于 彙匯 併並 沖衝 台臺 裡裏 群羣 線綫 麵麪 污汙 炮砲 床牀 才纔 秘祕 為爲 \
    户戶 啓啟 藉借 峯峰 臥卧 冢塚";

/// Mistakes by what was right and what was put there.
#[derive(Default)]
struct Mistakes {
    characters: usize,
    pairs: BTreeMap<(char, char), usize>,
}

/// Says how many characters are wrong, by OpenCC's rules and with the layer.
pub fn report(layer: &Layer, law: &Law) {
    let (mut rules, mut both) = (Mistakes::default(), Mistakes::default());
    for line in &law.apart {
        let by_rules = Converter::get(Config::S2hk).convert(&line.hans);
        rules.add(&line.hk, by_rules.chars());
        let settled = layer.settle(&Ruled::new(&line.hans, &[], Standard::Hk));
        both.add(&line.hk, settled.into_iter());
    }
    rules.print("OpenCC's rules");
    both.print("with the context");
}

/// Says which of the phrases in `tests/phrases.tsv` come out wrong.
pub fn phrases(layer: &Layer) {
    let phrases = include_str!("../../tests/phrases.tsv");
    let phrases = phrases.lines().filter_map(|line| line.split_once('\t'));
    let (mut all, mut wrong) = (0, Vec::new());
    for (hans, right) in phrases {
        let settled: String = layer.settle(&Ruled::new(hans, &[], Standard::Hk)).iter().collect();
        all += 1;
        if !right.split('|').any(|right| right == settled) {
            wrong.push(settled);
        }
    }
    println!("{} of {all} phrases wrong: {}", wrong.len(), wrong.join(", "));
}

impl Mistakes {
    fn add(&mut self, right: &str, converted: impl Iterator<Item = char>) {
        for pair in right.chars().zip(converted).filter(|(right, _)| *right >= '\u{3400}') {
            self.characters += 1;
            if pair.0 != pair.1 && !is_equal(pair) {
                *self.pairs.entry(pair).or_default() += 1;
            }
        }
    }

    fn print(&self, what: &str) {
        let wrong: usize = self.pairs.values().sum();
        let share = wrong as f64 / self.characters as f64 * 1e5;
        println!("{what}: {wrong} of {} wrong, {share:.1} in 100,000", self.characters);
        let mut pairs: Vec<_> = self.pairs.iter().collect();
        pairs.sort_by_key(|(pair, count)| (std::cmp::Reverse(**count), **pair));
        let pairs =
            pairs.iter().take(30).map(|((right, put), count)| format!("{right}→{put} {count}"));
        println!("  {}", pairs.collect::<Vec<_>>().join(", "));
    }
}

fn is_equal((a, b): (char, char)) -> bool {
    EQUAL.split_whitespace().any(|pair| pair.contains(a) && pair.contains(b))
}
