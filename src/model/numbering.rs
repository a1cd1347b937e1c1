//! How a document numbers its parts: patterns such as `第{一}條`, and where
//! numbers begin anew.
//!
//! Knows what stands around a numeral (how one is written: `numeral`); what marks
//! stand before is the reader's business.

mod numeral;

use numeral::Form;
pub(crate) use numeral::{STEMS, roman as roman_numeral};

/// A level of a document that can have marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Headings above areas.
    Division,
    /// Areas.
    Area,
    /// Sections of areas.
    Section,
    /// Measures.
    Measure,
}

/// The part of a document in which numbers run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// All of it.
    Document,
    /// A division or annex.
    Division,
    /// An area.
    Area,
    /// A section.
    Section,
}

/// How a document numbers its parts.
#[derive(Debug, Clone)]
pub struct Numbering {
    /// The patterns of each level: the first is counted with, the others may be
    /// marks of their own. None where the level has no marks.
    pub division: Vec<Pattern>,
    /// Of areas.
    pub area: Vec<Pattern>,
    /// Of sections.
    pub section: Vec<Pattern>,
    /// Of measures.
    pub measure: Vec<Pattern>,
    /// Of items in a measure's text, the outermost first.
    pub items: Vec<Pattern>,
    /// Where areas begin anew.
    pub area_within: Within,
    /// Where sections do.
    pub section_within: Within,
    /// Where measures do.
    pub measure_within: Within,
}

/// A number or sign with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    before: String,
    /// None in a pure sign, which `before` holds.
    form: Option<Form>,
    after: String,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternFault {
    /// It has no place for a number, and is no pure sign.
    NoPlace,
    /// Its place holds nothing that is known.
    UnknownForm,
    /// It has two places.
    TwoPlaces,
}

/// A mark that fits a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its numeral, as written.
    pub numeral: Option<String>,
    /// Its number; none in a sign, and in one put between two others
    /// (`第三條之一`).
    pub number: Option<u32>,
}

impl Default for Numbering {
    /// `一、` before areas, `1.` before measures, anew in each area.
    fn default() -> Self {
        let pattern = |text: &str| vec![Pattern::parse(text).expect("it is a pattern")];
        Self {
            division: Vec::new(),
            area: pattern("{一}、"),
            section: Vec::new(),
            measure: pattern("{1}."),
            items: Vec::new(),
            area_within: Within::Division,
            section_within: Within::Area,
            measure_within: Within::Area,
        }
    }
}

impl Numbering {
    /// The patterns of a level.
    pub fn patterns(&self, level: Level) -> &[Pattern] {
        match level {
            Level::Division => &self.division,
            Level::Area => &self.area,
            Level::Section => &self.section,
            Level::Measure => &self.measure,
        }
    }
}

impl Pattern {
    /// Reads `第{一}條`, `{1}.`, `●`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, PatternFault> {
        let Some((before, rest)) = text.split_once('{') else {
            let is_sign = |c: char| !c.is_alphanumeric() && c != '}';
            let sign = !text.is_empty() && text.chars().all(is_sign);
            let sign =
                sign.then(|| Self { before: text.to_owned(), form: None, after: String::new() });
            return sign.ok_or(PatternFault::NoPlace);
        };
        let (form, after) = rest.split_once('}').ok_or(PatternFault::UnknownForm)?;
        if after.contains('{') {
            return Err(PatternFault::TwoPlaces);
        }
        let form = Form::parse(form).ok_or(PatternFault::UnknownForm)?;
        Ok(Self { before: before.to_owned(), form: Some(form), after: after.to_owned() })
    }

    /// A pattern of words alone, without a number.
    pub fn words(text: &str) -> Self {
        Self { before: text.to_owned(), form: None, after: String::new() }
    }

    /// The mark of a number, and its numeral; none if the form has no such number.
    pub fn format(&self, number: u32) -> Option<(String, Option<String>)> {
        let Some(form) = self.form else { return Some((self.before.clone(), None)) };
        let numeral = form.format(number)?;
        Some(([&self.before, &numeral, &self.after].map(String::as_str).concat(), Some(numeral)))
    }

    /// Whether it counts.
    pub fn has_number(&self) -> bool {
        self.form.is_some()
    }

    /// Reads a mark as a whole; white space in it means nothing.
    pub fn read(&self, mark: &str) -> Option<Reading> {
        let (reading, rest) = self.begin(&unspaced(mark))?;
        if rest.is_empty() {
            return Some(reading);
        }
        // `第三條之一`
        insertion(&rest).then_some(Reading { number: None, ..reading })
    }

    /// Reads the mark that a line begins with: what it is, and its length in bytes.
    pub fn starts(&self, line: &str) -> Option<(Reading, usize)> {
        let (reading, rest) = self.begin(line)?;
        // `1.5` is no item.
        let decimal =
            self.after.ends_with(['.', '．']) && rest.starts_with(|c: char| c.is_numeric());
        (!decimal).then_some((reading, line.len() - rest.len()))
    }

    /// Reads what a text begins with, and gives the rest.
    fn begin(&self, text: &str) -> Option<(Reading, String)> {
        let rest = text.strip_prefix(&*unspaced(&self.before))?;
        let Some(form) = self.form else {
            return Some((Reading { numeral: None, number: None }, rest.to_owned()));
        };
        let after = unspaced(&self.after);
        let end =
            rest.char_indices().find(|(_, c)| !form.writes(*c)).map_or(rest.len(), |(at, _)| at);
        let (numeral, rest) = rest.split_at(end);
        let number = form.read(numeral)?;
        let reading = |number| Reading { numeral: Some(numeral.to_owned()), number };
        if let Some(rest) = rest.strip_prefix(&*after) {
            return Some((reading(Some(number)), rest.to_owned()));
        }
        // `第三之一條`, `3A.`
        let end = if after.is_empty() { None } else { rest.find(&*after) }?;
        insertion(&rest[..end]).then(|| (reading(None), rest[end + after.len()..].to_owned()))
    }
}

/// What is put after a number to stand between two others: `之一`, `-1`, `A`.
fn insertion(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('之') {
        return Form::Chinese.read(rest).is_some() || Form::Digits.read(rest).is_some();
    }
    if let Some(rest) = text.strip_prefix(['-', '－', '–']) {
        return Form::Digits.read(rest).is_some() || Form::Chinese.read(rest).is_some();
    }
    let mut chars = text.chars();
    matches!((chars.next(), chars.next()), (Some('A'..='Z' | 'a'..='z'), None))
}

fn unspaced(text: &str) -> std::borrow::Cow<'_, str> {
    match text.contains(char::is_whitespace) {
        true => text.split_whitespace().collect::<String>().into(),
        false => text.into(),
    }
}

/// A mark without the punctuation that parts it from what follows: `1.` is `1`,
/// `一、` is `一`; `（一）` and `第一條` stay.
pub fn without_punctuation(mark: &str) -> &str {
    let name = mark.trim_matches(|c: char| c.is_whitespace() || "、．.，,：:。—-–·".contains(c));
    if name.is_empty() { mark } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
    }

    #[test]
    fn a_mark_that_is_written_is_read_as_the_same_number() {
        for (text, number, mark) in [
            ("第{一}條", 20, "第二十條"),
            ("第{一}條", 101, "第一百零一條"),
            ("（{一}）", 17, "（十七）"),
            ("{1}．", 21, "21．"),
            ("{１}、", 12, "１２、"),
            ("{①}", 3, "③"),
            ("{㈠}", 10, "㈩"),
            ("{⑴}", 4, "⑷"),
            ("{⒈}", 20, "⒛"),
            ("{甲}、", 2, "乙、"),
            ("{壹}、", 3, "參、"),
            ("{I}.", 49, "XLIX."),
            ("({i})", 4, "(iv)"),
            ("{A}.", 26, "Z."),
            ("({a})", 2, "(b)"),
        ] {
            let pattern = pattern(text);
            assert_eq!(pattern.format(number).map(|(mark, _)| mark).as_deref(), Some(mark));
            assert_eq!(pattern.read(mark).and_then(|found| found.number), Some(number), "{mark}");
        }
    }

    #[test]
    fn a_mark_between_two_others_fits_and_has_no_number() {
        for mark in ["第三條之一", "第三之一條", "第 三 條 之 十二", "第三條-1"]
        {
            let found = pattern("第{一}條").read(mark);
            assert_eq!(
                found.map(|one| (one.numeral, one.number)),
                Some((Some("三".into()), None)),
                "{mark}"
            );
        }
        assert_eq!(pattern("{1}.").read("3A.").map(|one| one.number), Some(None));
        for bad in
            ["第三", "第三條之", "三條", "第3條", "第三條甲", "附則", "第三條第一項", "第條", ""]
        {
            assert_eq!(pattern("第{一}條").read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_line_begins_with_a_mark_or_not() {
        let length = |text: &str, line: &str| pattern(text).starts(line).map(|(_, length)| length);
        assert_eq!(length("（{一}）", "（二）甲"), Some("（二）".len()));
        assert_eq!(length("{1}.", "1.甲"), Some(2));
        assert_eq!(length("{1}.", "1.5億元"), None);
        assert_eq!(length("●", "● 甲"), Some("●".len()));
        assert_eq!(length("（{一}）", "（以下簡稱甲）"), None);
        assert_eq!(length("{一}、", "一方面、"), None);
    }

    #[test]
    fn a_pattern_without_a_place_is_a_sign_or_a_fault() {
        assert!(!pattern("——").has_number());
        for (text, fault) in [
            ("第條", PatternFault::NoPlace),
            ("1.", PatternFault::NoPlace),
            ("", PatternFault::NoPlace),
            ("第{n}條", PatternFault::UnknownForm),
            ("第{一條", PatternFault::UnknownForm),
            ("{一}之{一}", PatternFault::TwoPlaces),
        ] {
            assert_eq!(Pattern::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn names_of_marks_have_no_punctuation_around() {
        for (mark, name) in
            [("1.", "1"), ("一、", "一"), ("（一）", "（一）"), ("第一條", "第一條"), ("——", "——")]
        {
            assert_eq!(without_punctuation(mark), name);
        }
    }
}
