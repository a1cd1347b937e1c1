//! Places with several candidates of which it is known which one is right.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tongwen::script::Standard;
use tongwen::script::context::{Layer, MOST, Place, Ruled};
use tongwen::script::opencc::{Config, Converter};

use crate::everyday::{ALONE, WORDS};
use crate::knowledge::{BEFORE_NAMES, COUNTED, NAMED, NAMES, NUMBERS, ONLY, PHRASES, TITLES};
use crate::law::Law;
use crate::words::dictionary;

/// Pairs that differ by region and not by meaning: for these the law of one
/// region is no evidence, and what OpenCC gives for the word stays.
const REGIONAL: &str = "瞭了 畫劃 布佈 雇僱 占佔 逕徑 粧妝 陞升 昇升 舖鋪 卹恤 迴回 週周 蔘參 桿杆 毀燬 \
    勛勳 託托 於于 彙匯 匯滙 彙滙 台臺 裡裏 群羣 線綫 麵麪 污汙 炮砲 床牀 才纔 秘祕 為爲 户戶 啓啟 \
    藉借 峯峰 臥卧 冢塚";

/// How much an example of each kind weighs.
const PHRASE: f32 = 1.0;
const STREWN: f32 = 1.0;
const KNOWN: f32 = 4.0;
const NAME: f32 = 1.0;
const EACH: f32 = 1.0;

/// How many rows of words are strewn, and how many words are in a row.
const ROWS: usize = 60_000;
const ROW: usize = 8;

/// Between how many others each everyday word is put, each character that stands
/// alone, and each noun that something is in.
const EVERYDAY: usize = 10;
const LONE: usize = 150;
const INSIDE: usize = 4;

/// The most frequent nouns.
const NOUNS: usize = 1500;

/// How often a word must stand in the law, and what share of it must agree,
/// before the law says what becomes of its characters.
const SEEN: u32 = 5;
const SHARE: f32 = 0.9;

/// In how many places, all alike, a word must stand to settle its characters.
const SETTLED: u32 = 8;

/// How often a character must be seen, and what share of it must be as the word
/// has it, before the word settles it whatever stands around.
const OFTEN: u32 = 200;
const NEARLY_ALL: f64 = 0.9993;

/// One place.
pub struct Example {
    /// What is seen, by its place in [`Examples::seen`].
    pub seen: Vec<u32>,
    pub right: u8,
    pub candidates: u8,
    pub weight: f32,
}

/// A word and which of its characters.
type Spot = (Vec<char>, usize);

/// All of them.
pub struct Examples<'a> {
    pub all: Vec<Example>,
    /// The hash of each thing seen, and how many candidates the character has.
    pub seen: Vec<(u64, u8)>,
    places: FxHashMap<u64, u32>,
    layer: &'a Layer,
    candidates: BTreeMap<char, Vec<char>>,
    /// How often the law gives a word's character each form.
    words: BTreeMap<Spot, BTreeMap<char, u32>>,
    /// For a word's character, which candidate the dictionaries give for it and in
    /// how many places, of all that were learnt from, that was right.
    spots: BTreeMap<u64, (usize, u32, u32)>,
    /// The same for a character, whatever the word.
    characters: BTreeMap<u64, (u32, u32)>,
    /// The characters that the law, too, leaves in doubt when they stand alone.
    mixed: Vec<char>,
}

impl<'a> Examples<'a> {
    pub fn new(layer: &'a Layer, candidates: &[(char, Vec<char>)]) -> Self {
        Self {
            all: Vec::new(),
            seen: Vec::new(),
            places: FxHashMap::default(),
            layer,
            candidates: candidates.iter().cloned().collect(),
            words: BTreeMap::new(),
            spots: BTreeMap::new(),
            characters: BTreeMap::new(),
            mixed: Vec::new(),
        }
    }

    /// What the law writes.
    pub fn law(&mut self, law: &Law) {
        let regional: Vec<(char, char)> = REGIONAL.split_whitespace().filter_map(pair).collect();
        let is_regional = |a, b| regional.contains(&(a, b)) || regional.contains(&(b, a));
        let mut counts: BTreeMap<char, BTreeMap<char, u32>> = BTreeMap::new();
        for line in &law.learnt {
            let right: Vec<char> = line.plain.chars().collect();
            let mut spots = Vec::new();
            self.add(&line.hans, 1.0, |place, forms| {
                let right = right[place.at];
                let own = place.by_word.map(|own| forms[own]);
                let right = own.filter(|own| is_regional(*own, right)).unwrap_or(right);
                let word = place.text[place.word.clone()].to_vec();
                spots.push((word, place.at - place.word.start, place.text[place.at], right));
                Some(right)
            });
            for (word, at, c, right) in spots {
                *counts.entry(c).or_default().entry(right).or_default() += 1;
                if word.len() > 1 {
                    *self.words.entry((word, at)).or_default().entry(right).or_default() += 1;
                }
            }
        }
        self.mixed = NAMES.split_whitespace().filter_map(pair).map(|(c, _)| c).collect();
        self.mixed.extend("干台发里后面系复准制表只签采".chars());
        for (c, counts) in counts {
            let (all, most) = (counts.values().sum::<u32>(), counts.values().max().copied());
            let others = all - most.unwrap_or_default();
            if all >= 200 && others * 50 > all {
                self.mixed.push(c);
            }
        }
    }

    /// OpenCC's phrases, each by itself, save where the law knows better.
    pub fn phrases(&mut self) {
        for file in ["STPhrases.txt", "STPhrases_GeneratedFromRegionalPhrases.txt"] {
            for (from, to) in dictionary(file) {
                let to: Vec<char> = to.split(' ').next().unwrap_or_default().chars().collect();
                let known = self.of_word(&from, &to);
                self.add(&from, PHRASE, |place, _| known[place.at]);
            }
        }
    }

    /// Family names, what stands alone, and what is counted.
    pub fn knowledge(&mut self) {
        self.counted();
        for (from, to) in PHRASES {
            let to: Vec<char> = to.chars().collect();
            for (before, after) in [("", ""), ("，", "，"), ("的", "的"), ("，", "。")] {
                let first = before.chars().count();
                let text = format!("{before}{from}{after}");
                self.add(&text, KNOWN, |place, _| {
                    place.at.checked_sub(first).and_then(|at| to.get(at)).copied()
                });
            }
        }
        for (name, right) in NAMES.split_whitespace().filter_map(pair) {
            for title in TITLES.split_whitespace() {
                for before in BEFORE_NAMES {
                    let at = before.chars().count();
                    let text = format!("{before}{name}{title}");
                    self.add(&text, NAME, |place, _| (place.at == at).then_some(right));
                }
            }
        }
    }

    /// 只 after numbers.
    fn counted(&mut self) {
        for number in NUMBERS.split_whitespace() {
            let counted = COUNTED.split_whitespace().map(|after| (after, '隻'));
            for (after, right) in counted.chain(ONLY.split_whitespace().map(|after| (after, '只')))
            {
                for before in ["", "，", "有"] {
                    let at = before.chars().count() + 1;
                    let text = format!("{before}{number}只{after}");
                    self.add(&text, NAME, |place, _| (place.at == at).then_some(right));
                }
            }
        }
    }

    /// Words that stand together by chance.
    pub fn strewn(&mut self, bag: &Bag) {
        let mut random = Random(0x0012_3456_789A_BCDF);
        for _ in 0..ROWS {
            let mut row = Row::default();
            for _ in 0..ROW {
                row.push_any(self, bag, &mut random);
            }
            self.add(&row.text, STREWN, |place, _| row.right[place.at]);
        }
    }

    /// Everyday words between any others, and nouns that something is in.
    pub fn everyday(&mut self, bag: &Bag, nouns: &[String]) {
        let mut random = Random(0x00FE_DCBA_9876_5432);
        let words = WORDS.split_whitespace().map(|word| (word, EVERYDAY));
        let known = PHRASES.iter().map(|(_, to)| (*to, EVERYDAY));
        let alone = ALONE.split_whitespace().map(|word| (word, LONE));
        for (word, times) in words.chain(known).chain(alone) {
            let (hans, right) = both_scripts(word);
            for _ in 0..times {
                self.put_between(bag, &mut random, &[(&hans, &right)]);
            }
        }
        for (name, right) in NAMES.split_whitespace().filter_map(pair) {
            for (before, after) in TITLES.split_whitespace().map(|title| ("", title)).chain(NAMED) {
                let (before, after) = (before.to_owned(), after.to_owned());
                let text = format!("{before}{name}{after}");
                let at = before.chars().count();
                let known = text.chars().enumerate().map(|(n, c)| if n == at { right } else { c });
                self.put_between(bag, &mut random, &[(&text, &known.collect::<Vec<char>>())]);
            }
        }
        for noun in nouns.iter().take(NOUNS) {
            let to: Vec<char> = Converter::get(Config::S2t).convert(noun).chars().collect();
            for _ in 0..INSIDE {
                self.put_between(bag, &mut random, &[(noun, &to), ("里", &['裏'])]);
            }
        }
    }

    /// Some words in their order, any words or the end of a clause on either side.
    fn put_between(&mut self, bag: &Bag, random: &mut Random, words: &[(&str, &[char])]) {
        let mut row = Row::default();
        row.push_side(self, bag, random);
        for (hans, right) in words {
            row.push(hans, right.iter().map(|c| Some(*c)));
        }
        row.push_side(self, bag, random);
        self.add(&row.text, EACH, |place, _| row.right[place.at]);
    }

    /// The words that need no evidence, for each spot the candidate it settles,
    /// and the characters that any word settles.
    pub fn settled(&self) -> Vec<(u64, usize)> {
        let of_word = |(_, all, agree): &(usize, u32, u32)| *all >= SETTLED && all == agree;
        let of_any = |(all, agree): &(u32, u32)| {
            *all >= OFTEN && f64::from(*agree) >= NEARLY_ALL * f64::from(*all)
        };
        let words = self.spots.iter().filter(|(_, spot)| of_word(spot));
        let characters = self.characters.iter().filter(|(_, counts)| of_any(counts));
        let words = words.map(|(key, spot)| (*key, spot.0));
        words.chain(characters.map(|(key, _)| (*key, 0))).collect()
    }

    /// What becomes of each character of a word: what the law says, where it says
    /// the same mostly, nothing where it does not, else what the dictionary does.
    fn of_word(&self, word: &str, dictionary: &[char]) -> Vec<Option<char>> {
        let word: Vec<char> = word.chars().collect();
        if let [only] = word[..] {
            return vec![(!self.mixed.contains(&only)).then(|| dictionary[0])];
        }
        let of_spot = |at: usize| {
            let Some(counts) = self.words.get(&(word.clone(), at)) else {
                return Some(dictionary[at]);
            };
            let all: u32 = counts.values().sum();
            let most = counts.iter().max_by_key(|(c, count)| (**count, **c))?;
            match all {
                0..SEEN => Some(dictionary[at]),
                _ => (*most.1 as f32 >= SHARE * all as f32).then_some(*most.0),
            }
        };
        (0..word.len()).map(of_spot).collect()
    }

    /// Every place of a text for which it is known what is right.
    fn add(
        &mut self,
        text: &str,
        weight: f32,
        mut right: impl FnMut(&Place<'_>, &[char]) -> Option<char>,
    ) {
        let Self { all, seen, places, layer, candidates, spots, characters, .. } = self;
        let ruled = Ruled::new(text, &[], Standard::Plain);
        layer.places(&ruled.reading(), |place, forms| {
            let Some(right) = right(place, forms) else { return };
            let known = &candidates[&place.text[place.at]];
            let known = &known[..known.len().min(MOST)];
            let Some(right) = known.iter().position(|c| *c == right) else { return };
            let (times, agree) = characters.entry(place.character()).or_default();
            *times += 1;
            *agree += u32::from(place.by_word == Some(right));
            if let Some(own) = place.by_word.filter(|_| place.word.len() > 1) {
                let (_, all, agree) = spots.entry(place.spot()).or_insert((own, 0, 0));
                *all += 1;
                *agree += u32::from(own == right);
            }
            let mut own = Vec::with_capacity(40);
            place.features(|_, key| {
                own.push(*places.entry(key).or_insert_with(|| {
                    seen.push((key, known.len() as u8));
                    seen.len() as u32 - 1
                }));
            });
            let candidates = known.len() as u8;
            all.push(Example { seen: own, right: right as u8, candidates, weight });
        });
    }
}

/// Words with how often each is drawn.
pub struct Bag<'a> {
    list: &'a [(Vec<char>, f64)],
    sums: Vec<f64>,
}

impl<'a> Bag<'a> {
    pub fn new(list: &'a [(Vec<char>, f64)]) -> Self {
        let mut sum = 0.0;
        let mut sums = Vec::with_capacity(list.len());
        for (_, count) in list {
            // Dampened, or a few hundred words would be all there is.
            sum += count.powf(0.6);
            sums.push(sum);
        }
        Self { list, sums }
    }

    fn draw(&self, random: &mut Random) -> String {
        let at = random.share() * self.sums.last().copied().unwrap_or_default();
        let place = self.sums.partition_point(|sum| *sum < at).min(self.list.len() - 1);
        self.list[place].0.iter().collect()
    }
}

/// Words in a row, with what each character becomes where that is known.
#[derive(Default)]
struct Row {
    text: String,
    right: Vec<Option<char>>,
}

impl Row {
    fn push(&mut self, text: &str, right: impl IntoIterator<Item = Option<char>>) {
        self.text.push_str(text);
        self.right.extend(right);
    }

    fn push_any(&mut self, examples: &Examples, bag: &Bag, random: &mut Random) {
        let text = bag.draw(random);
        let to: Vec<char> = Converter::get(Config::S2t).convert(&text).chars().collect();
        self.push(&text, examples.of_word(&text, &to));
    }

    /// What stands beside something: in one of four the end of a clause.
    fn push_side(&mut self, examples: &Examples, bag: &Bag, random: &mut Random) {
        match random.next() % 8 {
            0 => self.push("，", [None]),
            1 if self.text.is_empty() => {}
            1 => self.push("。", [None]),
            _ => (0..2).for_each(|_| self.push_any(examples, bag, random)),
        }
    }
}

/// A Traditional word in Simplified script, and its characters as OpenCC's own
/// standard writes them.
fn both_scripts(word: &str) -> (String, Vec<char>) {
    let plain = word.replace('麵', "麪");
    (Converter::get(Config::T2s).convert(&plain), plain.chars().collect())
}

fn pair(pair: &str) -> Option<(char, char)> {
    let mut chars = pair.chars();
    chars.next().zip(chars.next())
}

/// Xorshift: the same on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
