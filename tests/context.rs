//! The default engine on text that nothing was learnt from.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "how much was wrong is what a reader asks")]

use std::collections::BTreeMap;

use tongwen::diagnostic::Diagnostics;
use tongwen::model::{Lexicon, Script};
use tongwen::script::opencc::{self, Config};
use tongwen::script::{Converter, Engine, OpenccRules, Review, Tongwen};

/// Taiwan law, which nobody has a copyright in (Copyright Act, art. 9), from the
/// blocks that the learning program keeps apart. In Taiwan's forms.
const LAW: &str = include_str!("law-apart.txt");

/// Pairs that differ by region, or by this crate's Hong Kong usage, and not by
/// meaning: either way round, they do not count.
const EQUAL: &str = "畫劃 布佈 雇僱 占佔 註注 逕徑 毀燬 粧妝 陞升 昇升 舖鋪 卹恤 迴回 週周 蔘參 桿杆 勛勳 託托 捲卷 \
    瞭了 於于 彙匯 併並 沖衝 台臺 裡裏 群羣 線綫 麵麪 污汙 炮砲 床牀 才纔 秘祕 為爲 户戶 啓啟 藉借 峯峰 臥卧 冢塚";

fn converter(engine: impl Engine + 'static) -> Converter {
    Converter::new(Box::new(engine), &Lexicon::default(), &mut Diagnostics::default())
}

fn is_equal(a: char, b: char) -> bool {
    EQUAL.split_whitespace().any(|pair| pair.contains(a) && pair.contains(b))
}

/// Wrong characters in 100,000 of the law, brought to Hong Kong's forms, to
/// Simplified script and back.
fn wrong(engine: impl Engine + 'static) -> f64 {
    let converter = converter(engine);
    let (mut wrong, mut all) = (BTreeMap::new(), 0);
    for line in LAW.lines() {
        let plain = opencc::Converter::get(Config::Tw2t).convert(line);
        let right = opencc::Converter::get(Config::T2hk).convert(&plain);
        let hans = opencc::Converter::get(Config::Hk2s).convert(&right);
        let back = converter.convert(&hans, Script::Hant).text;
        for (right, put) in right.chars().zip(back.chars()).filter(|(c, _)| *c >= '\u{3400}') {
            all += 1;
            if right != put && !is_equal(right, put) {
                *wrong.entry(format!("{right}→{put}")).or_insert(0) += 1;
            }
        }
    }
    let sum: usize = wrong.values().sum();
    println!("{sum} of {all} wrong: {wrong:?}");
    sum as f64 / all as f64 * 1e5
}

#[test]
fn unseen_law_has_a_fifth_of_the_mistakes_that_the_rules_make() {
    let (rules, context) = (wrong(OpenccRules), wrong(Tongwen));
    assert!(rules > 80.0, "{rules}");
    assert!(context < 25.0 && context * 5.0 < rules, "{context} against {rules}");
}

/// The phrases of a list that come out wrong.
fn wrong_of(list: &'static str, into: Script) -> Vec<&'static str> {
    let converter = converter(Tongwen);
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let phrases = lines.map(|line| line.split_once('\t').unwrap());
    let is_wrong = |(text, right): &(&str, &str)| {
        let converted = converter.convert(text, into).text;
        !right.split('|').any(|right| right == converted)
    };
    phrases.filter(is_wrong).map(|(text, _)| text).collect()
}

#[test]
fn reported_phrases_come_out_right() {
    assert_eq!(wrong_of(include_str!("phrases.tsv"), Script::Hant), WRONG);
}

#[test]
fn everyday_words_come_out_right() {
    assert_eq!(wrong_of(include_str!("everyday.tsv"), Script::Hant), WRONG_EVERYDAY);
    assert_eq!(wrong_of(include_str!("everyday-hans.tsv"), Script::Hans), [""; 0]);
}

/// Whether a text is what is right; brackets hold what is right either way.
fn is_right(right: &str, converted: &str) -> bool {
    let (mut right, mut converted) = (right.chars(), converted.chars());
    while let Some(c) = right.next() {
        let choices: String = match c {
            '[' => right.by_ref().take_while(|c| *c != ']').collect(),
            c => c.to_string(),
        };
        if !converted.next().is_some_and(|c| choices.contains(c)) {
            return false;
        }
    }
    converted.next().is_none()
}

/// The sentences that an engine gets wrong, and how many there are.
fn wrong_sentences(engine: impl Engine + 'static) -> (Vec<&'static str>, usize) {
    let converter = converter(engine);
    let lines = include_str!("sentences.tsv").lines().filter(|line| !line.starts_with('#'));
    let sentences: Vec<_> = lines.map(|line| line.split_once('\t').unwrap()).collect();
    let is_wrong = |(text, right): &&(&str, &str)| {
        !is_right(right, &converter.convert(text, Script::Hant).text)
    };
    (sentences.iter().filter(is_wrong).map(|(text, _)| *text).collect(), sentences.len())
}

#[test]
fn running_sentences_of_many_kinds_come_out_right() {
    let (rules, all) = wrong_sentences(OpenccRules);
    let (wrong, _) = wrong_sentences(Tongwen);
    println!("{} of {all} sentences wrong, by the rules {}", wrong.len(), rules.len());
    assert!(all > 500 && rules.len() > 2 * wrong.len(), "{}", rules.len());
    assert_eq!(wrong, WRONG_SENTENCES);
}

/// The phrases that are known to come out wrong.
const WRONG: [&str; 0] = [];
const WRONG_SENTENCES: [&str; 8] = [
    "后冠得主将于下月出席慈善晚会。",
    "他因干犯法纪被停职调查。",
    "妈妈在厨房和面，准备包饺子。",
    "爷爷爱抽烟斗。",
    "大家都很悲痛，空气中弥漫着哀伤。",
    "乡下的奶奶种了很多葱和姜。",
    "他舍身救人的事迹传遍全国。",
    "他念了三遍，还是记不住。",
];
const WRONG_EVERYDAY: [&str; 1] = ["贵州筑城"];

/// How many entries a review has for so many characters.
const LISTED: usize = 20;
const CHARACTERS: usize = 10_000;

/// Clauses that leave much open, each with its wording; what comes out wrong of
/// them is a planted mistake.
const PLANTED: &str = include_str!("planted.tsv");

/// How many of them are put into a document.
const EACH: usize = 20;

/// The law in documents of so many characters, in both scripts.
fn documents() -> Vec<Vec<(String, String)>> {
    let (mut documents, mut characters) = (vec![Vec::new()], 0);
    for line in LAW.lines() {
        let plain = opencc::Converter::get(Config::Tw2t).convert(line);
        let right = opencc::Converter::get(Config::T2hk).convert(&plain);
        characters += right.chars().count();
        let hans = opencc::Converter::get(Config::Hk2s).convert(&right);
        documents.last_mut().unwrap().push((hans, right));
        if characters >= CHARACTERS {
            documents.push(Vec::new());
            characters = 0;
        }
    }
    documents.pop();
    documents
}

/// What a review of each document shows of its mistakes, and how many it has.
fn shown_of(documents: &[Vec<(String, String)>]) -> (usize, usize) {
    let converter = converter(Tongwen);
    let found = documents.iter().map(|document| review(&converter, document));
    found.fold((0, 0), |(shown, wrong), (of_shown, of_wrong)| (shown + of_shown, wrong + of_wrong))
}

#[test]
fn a_review_of_twenty_entries_shows_most_mistakes_real_and_planted() {
    let mut documents = documents();
    let (shown, wrong) = shown_of(&documents);
    println!("{shown} of {wrong} real mistakes shown");
    assert!(wrong > 0 && shown * 10 >= wrong * 6, "{shown} of {wrong}");
    let lines: Vec<&str> = PLANTED.lines().filter(|line| !line.starts_with('#')).collect();
    for (document, clauses) in documents.iter_mut().zip(lines.chunks(EACH)) {
        for (number, clause) in clauses.iter().enumerate() {
            let (hans, right) = clause.split_once('\t').unwrap();
            let place = number * document.len() / EACH;
            document.insert(place, (format!("{hans}。"), format!("{right}。")));
        }
    }
    let (shown, wrong) = shown_of(&documents);
    println!("{shown} of {wrong} mistakes shown, real and planted");
    assert!(wrong > 20 && shown * 10 >= wrong * 6, "{shown} of {wrong}");
}

/// How far the most doubtful of its places is ahead, and the characters of all, by
/// line.
type Decision = (i32, Vec<(usize, usize)>);

/// Neither a word nor a run of Latin letters is cut; between the two it may be.
#[test]
fn a_text_is_cut_where_a_word_ends() {
    for (text, most, beginning) in [
        ("推進5G網絡建設", 3, "推進"),
        ("推進5G網絡建設", 2, "推進"),
        ("發展bigdata產業", 4, "發展"),
        ("推進建設", 4, "推進建設"),
    ] {
        assert_eq!(tongwen::script::beginning(text, most), beginning, "{text}");
    }
}

/// How many of a document's mistakes are among its most doubtful decisions, and
/// how many there are.
fn review(converter: &Converter, document: &[(String, String)]) -> (usize, usize) {
    let mut decisions: BTreeMap<(String, String), Decision> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (line, (hans, right)) in document.iter().enumerate() {
        for found in converter.review(hans, Script::Hant) {
            let Review::Doubt(doubt) = found else { continue };
            let key = (hans[doubt.range.clone()].to_owned(), doubt.taken);
            let decision = decisions.entry(key).or_insert((doubt.lead, Vec::new()));
            decision.0 = decision.0.min(doubt.lead);
            let at = |byte: usize| hans[..byte].chars().count();
            decision.1.extend((at(doubt.range.start)..at(doubt.range.end)).map(|at| (line, at)));
        }
        let put = converter.convert(hans, Script::Hant).text;
        for (at, (right, put)) in right.chars().zip(put.chars()).enumerate() {
            if right >= '\u{3400}' && right != put && !is_equal(right, put) {
                wrong.push((line, at));
            }
        }
    }
    let mut decisions: Vec<_> = decisions.into_values().collect();
    decisions.sort();
    println!("{} decisions", decisions.len());
    let listed: Vec<_> = decisions.iter().take(LISTED).flat_map(|one| &one.1).collect();
    (wrong.iter().filter(|one| listed.contains(one)).count(), wrong.len())
}
