//! Words and their frequencies.

use std::collections::BTreeMap;

use tongwen::script::context::{LONGEST, is_border};
use tongwen::script::opencc::{Config, Converter};

/// How often a word must have been seen to be kept, unless it is one character.
const SEEN: f64 = 20.0;

/// How often a phrase of OpenCC's counts as seen that the list does not have.
const UNLISTED: f64 = 10.0;

/// The words of the list and OpenCC's phrases, ascending, with how often each
/// was seen.
pub fn list(dict: &str) -> Vec<(Vec<char>, f64)> {
    let simplify = Converter::get(Config::T2s);
    let mut words: BTreeMap<Vec<char>, f64> = BTreeMap::new();
    let mut rare: BTreeMap<Vec<char>, f64> = BTreeMap::new();
    for line in dict.lines() {
        let mut parts = line.split(' ');
        let (Some(text), Some(Ok(count))) = (parts.next(), parts.next().map(str::parse)) else {
            continue;
        };
        let word: Vec<char> = text.chars().collect();
        let is_word =
            word.len() <= LONGEST && word.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        if is_word && simplify.convert(text) == text {
            let kept = word.len() == 1 || count >= SEEN;
            (if kept { &mut words } else { &mut rare }).insert(word, f64::max(count, 1.0));
        }
    }
    for file in ["STPhrases.txt", "STPhrases_GeneratedFromRegionalPhrases.txt"] {
        for (phrase, _) in dictionary(file) {
            let phrase: Vec<char> = phrase.chars().collect();
            let has_border = phrase.iter().any(|c| is_border(*c));
            if (2..=LONGEST).contains(&phrase.len()) && !has_border {
                let count = rare.get(&phrase).map_or(UNLISTED, |count| count.max(3.0));
                words.entry(phrase).or_insert(count);
            }
        }
    }
    words.into_iter().collect()
}

/// The list's nouns of two or three characters, the most frequent first.
pub fn nouns(dict: &str) -> Vec<String> {
    let mut nouns: Vec<(u32, &str)> = Vec::new();
    for line in dict.lines() {
        if let [word, count, "n"] = line.split(' ').collect::<Vec<_>>()[..]
            && (2..=3).contains(&word.chars().count())
            && let Ok(count) = count.parse()
        {
            nouns.push((count, word));
        }
    }
    nouns.sort_by_key(|(count, word)| (std::cmp::Reverse(*count), *word));
    nouns.into_iter().map(|(_, word)| word.to_owned()).collect()
}

/// The entries of one of OpenCC's files.
pub fn dictionary(file: &str) -> Vec<(String, String)> {
    let path = format!("{}/src/script/opencc/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the file is in the repository");
    let entries = text.lines().filter(|line| !line.starts_with('#'));
    let entries = entries.filter_map(|line| line.split_once('\t'));
    entries.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}
