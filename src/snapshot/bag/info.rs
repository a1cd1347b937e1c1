//! `bag-info.txt`: what a bag says of itself, and how long values are folded.

use std::collections::BTreeMap;

use crate::model::{BaseUrl, Date};
use crate::snapshot::{Seal, VersionName};

use super::lines;

/// What a snapshot's bag says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagInfo {
    /// The version.
    pub name: VersionName,
    /// The day it was sealed.
    pub date: Date,
    /// What whoever sealed it said about it: one paragraph.
    pub note: Option<String>,
    /// The site, which all versions of it share.
    pub base_url: BaseUrl,
    /// The software that sealed it, with its version.
    pub software: String,
    /// The seal of the version before it; none if it is the first.
    pub previous_seal: Option<Seal>,
    /// How many bytes the payload has, and in how many files.
    pub payload: (u64, u64),
}

const SOFTWARE: &str = "Bag-Software-Agent";
const DATE: &str = "Bagging-Date";
const PAYLOAD: &str = "Payload-Oxum";
const NAME: &str = "External-Identifier";
const NOTE: &str = "External-Description";
const GROUP: &str = "Bag-Group-Identifier";
const PREVIOUS: &str = "Previous-Seal";

/// The RFC recommends that no line is longer.
const WIDTH: usize = 79;

impl BagInfo {
    /// The file's text.
    pub fn to_text(&self) -> String {
        let (bytes, files) = self.payload;
        let mut text = element(SOFTWARE, &self.software);
        text += &element(DATE, &self.date.to_string());
        text += &element(PAYLOAD, &format!("{bytes}.{files}"));
        text += &element(NAME, self.name.as_str());
        if let Some(note) = &self.note {
            text += &element(NOTE, note);
        }
        text += &element(GROUP, self.base_url.as_str());
        if let Some(seal) = &self.previous_seal {
            text += &element(PREVIOUS, seal.as_str());
        }
        text
    }

    /// Reads a file's text. Elements that only a newer tool knows are passed over.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let elements = elements(text)?;
        let known = |label: &str| {
            elements.get(label).ok_or_else(|| format!("the element `{label}` is missing"))
        };
        let wrong = |label: &str, value: &str| format!("`{label}` cannot be `{value}`");
        let name = known(NAME)?;
        let (date, group, payload) = (known(DATE)?, known(GROUP)?, known(PAYLOAD)?);
        let previous_seal = match elements.get(PREVIOUS) {
            Some(seal) => Some(Seal::parse(seal).ok_or_else(|| wrong(PREVIOUS, seal))?),
            None => None,
        };
        Ok(Self {
            name: VersionName::parse(name).map_err(|_| wrong(NAME, name))?,
            date: Date::parse(date).ok_or_else(|| wrong(DATE, date))?,
            note: elements.get(NOTE).cloned(),
            base_url: BaseUrl::parse(group).ok_or_else(|| wrong(GROUP, group))?,
            software: known(SOFTWARE)?.clone(),
            previous_seal,
            payload: octets_and_files(payload).ok_or_else(|| wrong(PAYLOAD, payload))?,
        })
    }
}

fn octets_and_files(oxum: &str) -> Option<(u64, u64)> {
    let (bytes, files) = oxum.split_once('.')?;
    let (bytes, files): (u64, u64) = (bytes.parse().ok()?, files.parse().ok()?);
    // Numbers have one spelling.
    (format!("{bytes}.{files}") == oxum).then_some((bytes, files))
}

/// The elements by label, each value unfolded.
fn elements(text: &str) -> Result<BTreeMap<&str, String>, String> {
    let mut elements: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = None;
    let blank = [' ', '\t'];
    for line in lines(text).filter(|line| !line.trim_matches(blank).is_empty()) {
        if line.starts_with(blank) {
            let value = last.and_then(|label| elements.get_mut(label));
            let line = line.trim_matches(blank);
            unfold(value.ok_or_else(|| format!("`{line}` belongs to no element"))?, line);
            continue;
        }
        let (label, value) =
            line.split_once(':').ok_or_else(|| format!("`{line}` is no element"))?;
        if elements.insert(label, value.trim_matches(blank).to_owned()).is_some() {
            return Err(format!("the element `{label}` stands twice"));
        }
        last = Some(label);
    }
    Ok(elements)
}

/// One element, folded where it is long and can be.
fn element(label: &str, value: &str) -> String {
    let mut text = format!("{label}: ");
    let mut width = text.len();
    let mut rest = value;
    while let Some((at, skipped)) = fold(rest, WIDTH.saturating_sub(width)) {
        text.push_str(&rest[..at]);
        text.push_str("\n  ");
        width = 2;
        rest = &rest[at + skipped..];
    }
    text + rest + "\n"
}

/// Where to break a value that is wider than so many characters, and how many
/// bytes the break stands for.
///
/// The RFC says nothing of the white space at a break, and Chinese is written
/// without any. So a break stands for a space, but between two wide characters
/// for none; one that would not be read so is not made.
fn fold(value: &str, width: usize) -> Option<(usize, usize)> {
    let mut chars = value.char_indices().peekable();
    let mut found = None;
    let mut before = None;
    let mut column = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match (before, next) {
            (Some(before), Some(next)) if c == ' ' && !(is_wide(before) && is_wide(next)) => {
                found = Some((at, 1));
            }
            (Some(before), _) if is_wide(before) && is_wide(c) => found = Some((at, 0)),
            _ => {}
        }
        if column >= width && found.is_some() {
            return found;
        }
        column += 1;
        before = Some(c);
    }
    None
}

/// Adds a folded line to a value, as [`fold`] means the break.
fn unfold(value: &mut String, line: &str) {
    let wide =
        value.chars().last().is_some_and(is_wide) && line.chars().next().is_some_and(is_wide);
    if !wide {
        value.push(' ');
    }
    value.push_str(line);
}

/// Whether a character is of a script that is written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(note: &str) -> BagInfo {
        BagInfo {
            name: VersionName::parse("v1").expect("a good name"),
            date: Date { year: 2024, month: 7, day: 1 },
            note: Some(note.to_owned()),
            base_url: BaseUrl::parse("https://example.org/").expect("a good address"),
            software: "tongwen 0.1.0".to_owned(),
            previous_seal: Seal::parse(&"a".repeat(64)),
            payload: (12, 3),
        }
    }

    #[test]
    fn notes_are_folded_and_read_again() {
        let notes = [
            "a short one".to_owned(),
            "words of several letters, ".repeat(20).trim().to_owned(),
            "依據雙方商定的修訂文本更新第四章，".repeat(20),
            "金融 科技：a note in 兩種文字 of HK$1,000 ".repeat(12).trim().to_owned(),
            "x".repeat(300),
            "金".repeat(300),
            "金 ".repeat(300).trim().to_owned(),
        ];
        for note in notes {
            let info = info(&note);
            let text = info.to_text();
            assert_eq!(BagInfo::parse(&text), Ok(info), "{text}");
            let can_fold = !note.starts_with('x') && !note.starts_with("金 金");
            let longest = text.lines().map(|line| line.chars().count()).max();
            assert!(!can_fold || longest <= Some(WIDTH), "{longest:?}: {text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[ -~\r\n\t金\u{3000}]{0,200}") {
            // That it does not panic is all that is asked.
            let _ = BagInfo::parse(&text);
            let _ = elements(&text);
        }

        #[test]
        fn any_paragraph_is_read_again(words in "[a金，％%:\u{3000}é ]{0,300}") {
            let note = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            let info = info(&note);
            proptest::prop_assert_eq!(BagInfo::parse(&info.to_text()), Ok(info));
        }
    }

    #[test]
    fn what_is_missing_wrong_or_twice_is_told() {
        let text = info("n").to_text();
        for label in [SOFTWARE, DATE, PAYLOAD, NAME, GROUP] {
            let without: String = text
                .lines()
                .filter(|line| !line.starts_with(label))
                .map(|l| format!("{l}\n"))
                .collect();
            assert!(BagInfo::parse(&without).is_err_and(|why| why.contains(label)), "{label}");
            let twice = format!("{text}{label}: x\n");
            assert!(BagInfo::parse(&twice).is_err_and(|why| why.contains("twice")), "{label}");
        }
        for (from, to) in [
            ("2024-07-01", "2024-02-30"),
            ("12.3", "12"),
            ("12.3", "012.3"),
            ("12.3", "+12.3"),
            (": v1", ": V1"),
            ("aaaa", "a"),
        ] {
            assert!(BagInfo::parse(&text.replace(from, to)).is_err(), "{to}");
        }
        assert!(BagInfo::parse("  x\n").is_err() && BagInfo::parse("x\n").is_err());
        assert!(BagInfo::parse(&format!("{text}Later: yes\n")).is_ok());
    }
}
