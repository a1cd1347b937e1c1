//! Numbers and signs that begin a line: `第一章`, `（三）`, `1.`, `①`, `●`.
//!
//! Says only what a mark looks like; whether it is one is told by the marks
//! around it (`outline.rs`).

use super::numeral;

/// A mark at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// What marks of one level have in common.
    pub(super) form: Form,
    /// Its number; none of a sign.
    pub(super) number: Option<u32>,
    /// The second number of `第三條之一`; 0 without one.
    pub(super) sub: u32,
    /// The number before it in `2.1`.
    pub(super) above: Option<u32>,
    /// Bytes that it takes.
    pub(super) length: usize,
    /// White space or the line's end follows.
    pub(super) spaced: bool,
    /// It reads as well like a reference to the number.
    pub(super) refers: bool,
}

/// How the number of a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Numeral {
    Chinese,
    Legal,
    Arabic,
    FullWidth,
    Stem,
    Letter,
    Roman,
    Enclosed(char),
    /// `1.2`, with so many numbers.
    Decimal(u8),
    None,
}

/// What marks of one level have in common, spelled the same way whatever the
/// script and the width of its signs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Form {
    pub(super) before: String,
    pub(super) numeral: Numeral,
    pub(super) after: String,
}

impl Form {
    /// The unit of `第…條`, in Traditional script.
    pub(super) fn unit(&self) -> Option<Unit> {
        (self.before == "第").then(|| Unit::of(&self.after)).flatten()
    }

    /// A line's beginning that is a mark only among others like it.
    pub(super) fn is_weak(&self) -> bool {
        matches!(self.numeral, Numeral::Letter | Numeral::Roman | Numeral::Decimal(_))
            || self.after == " "
    }

    pub(super) fn is_sign(&self) -> bool {
        self.numeral == Numeral::None
    }
}

/// What a document's parts are called where they are counted by `第`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Book,
    SubBook,
    Part,
    Chapter,
    Section,
    Heading,
    Article,
    Clause,
    Item,
}

impl Unit {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "編" | "篇" | "集" => Self::Book,
            "分編" => Self::SubBook,
            "部分" | "部" | "單元" => Self::Part,
            "章" => Self::Chapter,
            "節" => Self::Section,
            "目" => Self::Heading,
            "條" => Self::Article,
            "款" => Self::Clause,
            "項" => Self::Item,
            _ => return None,
        })
    }
}

/// Units as they are written, longer ones first.
const UNITS: [(&str, &str); 19] = [
    ("部分", "部分"),
    ("分编", "分編"),
    ("分編", "分編"),
    ("单元", "單元"),
    ("單元", "單元"),
    ("编", "編"),
    ("編", "編"),
    ("篇", "篇"),
    ("集", "集"),
    ("部", "部"),
    ("章", "章"),
    ("节", "節"),
    ("節", "節"),
    ("目", "目"),
    ("条", "條"),
    ("條", "條"),
    ("款", "款"),
    ("项", "項"),
    ("項", "項"),
];

/// Brackets around a number.
const BRACKETS: [(char, char); 10] = [
    ('（', '）'),
    ('(', ')'),
    ('〔', '〕'),
    ('【', '】'),
    ('[', ']'),
    ('［', '］'),
    ('〈', '〉'),
    ('﹙', '﹚'),
    ('（', ')'),
    ('(', '）'),
];

/// Signs that begin an item by themselves.
const SIGNS: &str = "●•○◎■□◆◇▪▫▶►➢➤✓★☆※‧·∙❖♦*";

/// The mark that a line begins with, if it looks like one.
pub(super) fn at_start(text: &str) -> Option<Mark> {
    let first = text.chars().next()?;
    if first == '第' {
        return counted(text);
    }
    if let Some((block, number)) = numeral::enclosed(first) {
        let mut length = first.len_utf8();
        if let Some(next) = text[length..].chars().next().filter(|c| matches!(c, '、' | '.' | '．'))
        {
            length += next.len_utf8();
        }
        let form =
            Form { before: String::new(), numeral: Numeral::Enclosed(block), after: String::new() };
        return Some(mark(text, form, Some(number), 0, length));
    }
    bracketed(text, first).or_else(|| pointed(text)).or_else(|| sign(text, first))
}

fn mark(text: &str, form: Form, number: Option<u32>, sub: u32, length: usize) -> Mark {
    let spaced = text[length..].chars().next().is_none_or(char::is_whitespace);
    let refers = !spaced && form.before == "第" && may_refer(&text[length..]);
    Mark { form, number, sub, above: None, length, spaced, refers }
}

/// Bytes of white space.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// A number at the beginning: its value, how it is written, its bytes.
fn number(text: &str) -> Option<(u32, Numeral, usize)> {
    let taken = |fits: fn(char) -> bool| -> usize {
        text.chars().take_while(|c| fits(*c)).map(char::len_utf8).sum()
    };
    let chinese = taken(numeral::is_chinese_digit);
    if chinese > 0 {
        let digits = &text[..chinese];
        let legal = digits.contains(|c| "壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟".contains(c));
        let kind = if legal { Numeral::Legal } else { Numeral::Chinese };
        return Some((numeral::chinese(digits)?, kind, chinese));
    }
    let arabic = taken(|c| c.is_ascii_digit());
    if arabic > 0 {
        return Some((numeral::arabic(&text[..arabic])?, Numeral::Arabic, arabic));
    }
    let wide = taken(|c| ('０'..='９').contains(&c));
    (wide > 0)
        .then(|| numeral::arabic(&text[..wide]).map(|n| (n, Numeral::FullWidth, wide)))
        .flatten()
}

/// `第三條`, `第 12-1 條`, `第十二條之一`, `第 二 章`.
fn counted(text: &str) -> Option<Mark> {
    let mut at = '第'.len_utf8();
    at += blank(&text[at..]);
    let (value, numeral, length) = number(&text[at..])?;
    at += length;
    let mut sub = 0;
    let second = |at: usize, sign: char| {
        let rest = text[at..].strip_prefix(sign)?;
        let (value, _, length) = number(rest.trim_start())?;
        Some((value, sign.len_utf8() + blank(rest) + length))
    };
    if let Some((value, length)) = second(at, '-').or_else(|| second(at, '之')) {
        (sub, at) = (value, at + length);
    }
    let unit_at = at + blank(&text[at..]);
    let (written, unit) = UNITS.iter().find(|(written, _)| text[unit_at..].starts_with(written))?;
    at = unit_at + written.len();
    if let Some((value, length)) = second(at, '之').or_else(|| second(at, '-')) {
        (sub, at) = (value, at + length);
    }
    let form = Form { before: "第".into(), numeral, after: (*unit).into() };
    let mark = mark(text, form, Some(value), sub, at);
    (mark.spaced || !is_reference(&text[at..])).then_some(mark)
}

/// What never follows the number of an article itself.
fn is_reference(rest: &str) -> bool {
    const AFTER: [&str; 20] = [
        "的",
        "第",
        "規定",
        "规定",
        "、",
        "，",
        "。",
        "至",
        "到",
        "和第",
        "與第",
        "与第",
        "及第",
        "款",
        "項",
        "项",
        "之規定",
        "之规定",
        "；",
        "）",
    ];
    rest.starts_with('》') || AFTER.iter().any(|start| rest.starts_with(start))
}

/// What may follow either a number or a reference to one.
fn may_refer(rest: &str) -> bool {
    ["或", "所", "中的", "以", "有關", "有关"].iter().any(|start| rest.starts_with(start))
}

/// `（一）`, `(1)`, `【三】`, with a `、` behind it where there is one.
fn bracketed(text: &str, first: char) -> Option<Mark> {
    if !BRACKETS.iter().any(|(open, _)| *open == first) {
        return None;
    }
    let mut at = first.len_utf8();
    at += blank(&text[at..]);
    let (value, numeral, length) = number(&text[at..]).or_else(|| lettered(&text[at..]))?;
    at += length;
    at += blank(&text[at..]);
    let close = text[at..].chars().next()?;
    if !BRACKETS.contains(&(first, close)) || value > 999 {
        return None;
    }
    at += close.len_utf8();
    if text[at..].starts_with('、') {
        at += '、'.len_utf8();
    }
    let open = if first == '(' || first == '﹙' { '（' } else { first };
    let form = Form { before: open.into(), numeral, after: "）".into() };
    Some(mark(text, form, Some(value), 0, at))
}

/// A stem, a letter or a Roman numeral.
fn lettered(text: &str) -> Option<(u32, Numeral, usize)> {
    let first = text.chars().next()?;
    if let Some(place) = numeral::STEMS.chars().position(|stem| stem == first) {
        return Some((place as u32 + 1, Numeral::Stem, first.len_utf8()));
    }
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if length > 1 || matches!(first, 'i' | 'I') {
        return numeral::roman(&text[..length]).map(|value| (value, Numeral::Roman, length));
    }
    (length == 1)
        .then(|| (u32::from(first.to_ascii_lowercase() as u8 - b'a') + 1, Numeral::Letter, 1))
}

/// `一、`, `1.`, `１．`, `1)`, `1.2`, `一　`, `甲、`, `A.`.
fn pointed(text: &str) -> Option<Mark> {
    let (value, mut numeral, length) = number(text).or_else(|| lettered(text))?;
    if value > 999 {
        return None;
    }
    let mut at = length;
    let after = text[at..].chars().next()?;
    let decimal = matches!(numeral, Numeral::Arabic | Numeral::FullWidth);
    if decimal
        && matches!(after, '.' | '．')
        && text[at + after.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
    {
        return decimals(text);
    }
    let sign = match after {
        '、' | '､' => "、",
        '.' | '．' | '﹒' => ".",
        ')' | '）' => "）",
        ',' | '，' if decimal => "、",
        ':' | '：' if !decimal && numeral == Numeral::Chinese => return None,
        c if c.is_whitespace()
            && matches!(numeral, Numeral::Chinese | Numeral::Arabic | Numeral::Legal) =>
        {
            " "
        }
        _ => return None,
    };
    if sign != " " {
        at += after.len_utf8();
    }
    // Full-width digits are one level with others where they are mixed.
    if numeral == Numeral::FullWidth {
        numeral = Numeral::Arabic;
    }
    let form = Form { before: String::new(), numeral, after: sign.into() };
    Some(mark(text, form, Some(value), 0, at))
}

/// `1.2`, `1.2.3`, where no larger number is cut.
fn decimals(text: &str) -> Option<Mark> {
    let length = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let run = text[..length].trim_end_matches('.');
    let parts: Vec<&str> = run.split('.').collect();
    let short = parts.iter().all(|part| (1..=2).contains(&part.len()));
    let rest = &text[run.len()..];
    let free = rest.is_empty() || rest.starts_with([' ', '\u{3000}', '.', '．', '、', '\u{A0}']);
    if !short || !free || parts.len() > 4 {
        return None;
    }
    let value = numeral::arabic(parts.last()?)?;
    let form = Form {
        before: String::new(),
        numeral: Numeral::Decimal(parts.len() as u8),
        after: String::new(),
    };
    let tail =
        rest.chars().next().filter(|c| matches!(c, '.' | '．' | '、')).map_or(0, char::len_utf8);
    let above = parts.len().checked_sub(2).and_then(|above| numeral::arabic(parts[above]));
    Some(Mark { above, ..mark(text, form, Some(value), 0, run.len() + tail) })
}

/// `●`, `——`.
fn sign(text: &str, first: char) -> Option<Mark> {
    let form =
        |sign: &str| Form { before: sign.into(), numeral: Numeral::None, after: String::new() };
    let dashes = text.chars().take_while(|c| matches!(c, '—' | '－' | '–' | '―' | '─')).count();
    if (1..=3).contains(&dashes) {
        let length = first.len_utf8() * dashes;
        let more = !text[length..].trim().is_empty();
        return more.then(|| mark(text, form("——"), None, 0, length));
    }
    if first == '-' && text[1..].starts_with([' ', '\u{3000}']) {
        return Some(mark(text, form("-"), None, 0, 1));
    }
    if !SIGNS.contains(first) || first == '*' && !text[1..].starts_with(' ') {
        return None;
    }
    let more = !text[first.len_utf8()..].trim().is_empty();
    more.then(|| mark(text, form(&first.to_string()), None, 0, first.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(&str, Option<u32>, u32)> {
        at_start(text).map(|mark| (&text[..mark.length], mark.number, mark.sub))
    }

    #[test]
    fn marks_are_told_by_their_form() {
        for (text, mark, number, sub) in [
            ("第一章 總則", "第一章", 1, 0),
            ("第 十 二 章", "", 0, 0),
            ("第 12 條", "第 12 條", 12, 0),
            ("第 12-1 條　甲", "第 12-1 條", 12, 1),
            ("第十二條之一　甲", "第十二條之一", 12, 1),
            ("第十二之一条 甲", "第十二之一条", 12, 1),
            ("第１２条　甲", "第１２条", 12, 0),
            ("第一部分 指导思想", "第一部分", 1, 0),
            ("第一条为了促进合作", "第一条", 1, 0),
            ("一、金融", "一、", 1, 0),
            ("（一）甲", "（一）", 1, 0),
            ("(十二)甲", "(十二)", 12, 0),
            ("（一)甲", "（一)", 1, 0),
            ("1. 甲", "1.", 1, 0),
            ("1．甲", "1．", 1, 0),
            ("１．甲", "１．", 1, 0),
            ("1、甲", "1、", 1, 0),
            ("(1)甲", "(1)", 1, 0),
            ("1)甲", "1)", 1, 0),
            ("①甲", "①", 1, 0),
            ("⒉甲", "⒉", 2, 0),
            ("㈢甲", "㈢", 3, 0),
            ("甲、乙", "甲、", 1, 0),
            ("A. 甲", "A.", 1, 0),
            ("(iii) 甲", "(iii)", 3, 0),
            ("1.2 甲", "1.2", 2, 0),
            ("1.2.3　甲", "1.2.3", 3, 0),
            ("壹、甲", "壹、", 1, 0),
            ("一　金融", "一", 1, 0),
        ] {
            let expected = (!mark.is_empty()).then_some((mark, Some(number), sub));
            assert_eq!(of(text), expected, "{text}");
        }
        assert_eq!(of("——開放引領").map(|found| found.0), Some("——"));
        assert_eq!(of("●甲").map(|found| found.0), Some("●"));
    }

    #[test]
    fn what_only_begins_with_a_number_has_no_mark() {
        for text in [
            "2021年是開局之年",
            "1.5億元",
            "十三屆全國人大",
            "第三条第二款规定的",
            "第十二條的規定",
            "第五条、第六条",
            "一帶一路",
            "12345",
            "2018-2020",
            "第三次會議",
            "10月1日",
            "——",
            "《辦法》",
            "（以下簡稱合作區）",
            "",
            "第",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn one_level_has_one_form_whatever_its_width_and_script() {
        let form = |text| at_start(text).unwrap().form;
        assert_eq!(form("（一）甲"), form("(二)乙"));
        assert_eq!(form("第一条 甲"), form("第二條　乙"));
        assert_eq!(form("1.甲"), form("２．乙"));
        assert_ne!(form("一、甲"), form("（一）甲"));
        assert_ne!(form("1.甲"), form("1、甲"));
    }
}
