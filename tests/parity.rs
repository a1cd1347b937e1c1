//! The default engine against OpenCC itself, character by character.
//!
//! OpenCC is needed to build this: `eval "$(tests/opencc)"` first.
#![cfg(feature = "opencc")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "how much was compared is what a reader asks")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Deserialize;
use tongwen::script::opencc::judge::Judge;
use tongwen::script::opencc::{Config, Converter};

/// Both engines on one configuration, and how much they agreed on.
struct Pair {
    config: Config,
    judge: Judge,
    compared: usize,
}

impl Pair {
    fn new(config: Config) -> Self {
        let judge = Judge::open(config).unwrap();
        Self { config, judge, compared: 0 }
    }

    fn check(&mut self, text: &str) {
        let expected = self.judge.convert(text).unwrap();
        let converted = Converter::get(self.config).convert(text);
        if converted != expected {
            let differences = differences(text, &expected, &converted);
            panic!("{}: {differences}", self.config.name());
        }
        self.compared += text.chars().count();
    }

    fn report(&self, what: &str) {
        let Self { config, compared, .. } = self;
        println!("{}: {compared} characters of {what}, 0 differences", config.name());
    }
}

/// The first few differing characters with what stands around them.
fn differences(text: &str, expected: &str, converted: &str) -> String {
    const SHOWN: usize = 5;
    const AROUND: usize = 12;
    let [text, expected, converted] =
        [text, expected, converted].map(|text| text.chars().collect::<Vec<char>>());
    let longest = expected.len().max(converted.len());
    let differing: Vec<usize> =
        (0..longest).filter(|&at| expected.get(at) != converted.get(at)).collect();
    let mut report = format!(
        "{} characters differ, of {} expected and {} converted\n",
        differing.len(),
        expected.len(),
        converted.len()
    );
    for &at in differing.iter().take(SHOWN) {
        let around = |chars: &[char]| -> String {
            let (start, end) = (at.saturating_sub(AROUND), chars.len().min(at + AROUND));
            chars.get(start..end).unwrap_or_default().iter().collect()
        };
        writeln!(report, "at character {at}").unwrap();
        writeln!(report, "  text      {:?}", around(&text)).unwrap();
        writeln!(report, "  OpenCC    {:?}", around(&expected)).unwrap();
        writeln!(report, "  this      {:?}", around(&converted)).unwrap();
    }
    report
}

#[derive(Deserialize)]
struct TestCases {
    cases: Vec<TestCase>,
}

#[derive(Deserialize)]
struct TestCase {
    id: String,
    input: String,
    expected: BTreeMap<String, String>,
}

#[test]
fn both_engines_pass_the_test_cases_of_opencc() {
    let cases = test_cases();
    for config in Config::ALL {
        let mut pair = Pair::new(config);
        for case in &cases {
            pair.check(&case.input);
            let Some(expected) = case.expected.get(config.name()) else {
                continue;
            };
            let converted = Converter::get(config).convert(&case.input);
            assert_eq!(&converted, expected, "{} {}", case.id, config.name());
        }
        pair.report("OpenCC's test cases");
    }
}

#[test]
fn both_engines_agree_on_a_whole_document() {
    let document = read("seeds/hubei-2021.txt");
    for config in Config::ALL {
        let mut pair = Pair::new(config);
        pair.check(&document);
        document.lines().for_each(|line| pair.check(line));
        pair.report("a document, whole and by line");
    }
}

#[test]
fn both_engines_agree_on_every_word_of_the_dictionaries_in_any_company() {
    let words = dictionary_words();
    for config in Config::ALL {
        let mut pair = Pair::new(config);
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        for _ in 0..2 {
            let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
            random.shuffle(&mut words);
            let mut rest = words.as_slice();
            while !rest.is_empty() {
                let (company, others) = rest.split_at(rest.len().min(1 + random.below(60)));
                pair.check(&in_company(company, &mut random));
                rest = others;
            }
        }
        assert!(pair.compared >= 500_000, "{}", pair.compared);
        pair.report("shuffled dictionary words");
    }
}

#[test]
fn both_engines_agree_on_description_sequences_of_any_shape() {
    const PARTS: &str = "頭髮头发乾干後后SQL注入\u{F902}⿰⿱⿲⿳⿻⿾⿿⿰⿱⿲⿳⿻⿾⿿";
    let parts: Vec<char> = PARTS.chars().collect();
    for config in Config::ALL {
        let mut pair = Pair::new(config);
        let mut random = Random(0x2FF0);
        for _ in 0..3_000 {
            // The share of operators decides how deep the sequences nest.
            let parts = &parts[..parts.len() - random.below(14)];
            let text = (0..random.below(120)).map(|_| random.of(parts)).collect::<String>();
            pair.check(&text);
        }
        pair.report("description sequences");
    }
}

/// Joins words, some cut short, with other text between some of them.
fn in_company(words: &[&str], random: &mut Random) -> String {
    let mut text = String::new();
    for word in words {
        match random.below(4) {
            0 => {
                let chars = word.chars().count();
                let skipped = random.below(chars);
                text.extend(word.chars().skip(skipped).take(1 + random.below(chars)));
            }
            _ => text.push_str(word),
        }
        if random.below(3) == 0 {
            push_other_text(&mut text, random);
        }
    }
    text
}

fn push_other_text(text: &mut String, random: &mut Random) {
    const PUNCTUATION: [&str; 10] =
        ["，", "。", "、", "「", "」", "《", "——", "\u{3000}", "·", "！"];
    const ASCII: [&str; 8] = [" ", "a", "SQL", "PN", "-", "<b>", "3.5%", "\t"];
    const EMOJI: [&str; 3] = ["👩\u{200D}🌾", "é", "e\u{301}"];
    match random.below(10) {
        0..3 => text.push_str(random.of(&PUNCTUATION)),
        3 | 4 => text.push_str(random.of(&ASCII)),
        5 => text.push_str(random.of(&["\n", "\r\n", "\n\n", "\0"])),
        6 => text.push(random.char('\u{F900}', '\u{FAFF}')),
        7 => text.push(random.char('\u{20000}', '\u{2A6DF}')),
        8 => text.push(random.char('\u{2FF0}', '\u{2FFF}')),
        _ => match random.below(4) {
            0 => text.push(random.char('\u{E0100}', '\u{E01EF}')),
            1 => text.push(random.char('\u{2F800}', '\u{2FA1F}')),
            2 => text.push_str(random.of(&EMOJI)),
            _ => text.push(random.char('\u{FE00}', '\u{FE0F}')),
        },
    }
}

/// Every key and every candidate of every file.
fn dictionary_words() -> Vec<String> {
    let mut words = Vec::new();
    let directory = root().join("src/script/opencc/data");
    let mut files: Vec<PathBuf> = std::fs::read_dir(directory)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    // The order of a directory is not the same everywhere.
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        words.extend(lines.flat_map(|line| line.split(['\t', ' '])).map(str::to_owned));
    }
    words.retain(|word| !word.is_empty());
    words
}

/// OpenCC's file has commas before closing brackets, which JSON forbids.
fn test_cases() -> Vec<TestCase> {
    let mut json = String::new();
    for line in read("tests/opencc-testcases.json").lines() {
        if line.trim_start().starts_with(['}', ']']) && json.ends_with(',') {
            json.pop();
        }
        json.push_str(line);
    }
    serde_json::from_str::<TestCases>(&json).unwrap().cases
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Xorshift: the same sequence on every machine and in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn char(&mut self, first: char, last: char) -> char {
        let code = first as u32 + self.below((last as u32 - first as u32 + 1) as usize) as u32;
        char::from_u32(code).unwrap()
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}
