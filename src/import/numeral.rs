//! Chinese numerals and the signs that count: reading them in a document, and
//! writing them where a Word file leaves it to its program.

pub(super) use crate::model::STEMS;
use crate::model::roman_numeral;

/// The digits as they are written in numbers of documents.
const DIGITS: [&str; 10] =
    ["零〇○０0", "一壹", "二贰貳", "三叁參叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"];

/// What the signs of a digit are worth, Chinese ones alone.
fn digit(c: char) -> Option<u32> {
    let found = DIGITS.iter().position(|digits| digits.contains(c))?;
    (!c.is_ascii()).then_some(found as u32).or((c == '0').then_some(0))
}

fn unit(c: char) -> Option<u32> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        '万' | '萬' => Some(10_000),
        _ => None,
    }
}

/// A sign that Chinese numbers are made of.
pub(super) fn is_chinese_digit(c: char) -> bool {
    !c.is_ascii() && (digit(c).is_some() && !matches!(c, '０') || unit(c).is_some())
        || matches!(c, '廿' | '卅')
}

/// `二十三`, `一百零八`, `一〇三`, `廿三`.
pub(super) fn chinese(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 11 || !text.chars().all(is_chinese_digit) {
        return None;
    }
    if text.chars().count() > 1
        && !text.chars().any(|c| unit(c).is_some() || matches!(c, '廿' | '卅'))
    {
        return text.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut last) = (0_u32, 0_u32, None);
    for c in text.chars() {
        match (c, unit(c)) {
            ('廿', _) => section += 20,
            ('卅', _) => section += 30,
            (_, Some(10_000)) => {
                total = (section + last.take().unwrap_or(0)).checked_mul(10_000)?;
                section = 0;
            }
            (_, Some(unit)) => section = section.checked_add(last.take().unwrap_or(1) * unit)?,
            _ => last = Some(digit(c)?),
        }
    }
    total.checked_add(section)?.checked_add(last.unwrap_or(0))
}

/// `12`, `１２`.
pub(super) fn arabic(text: &str) -> Option<u32> {
    let digits: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            _ => c,
        })
        .collect();
    let right =
        !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
    right.then(|| digits.parse().ok()).flatten()
}

/// The twelve branches.
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// Signs that are a number by themselves: the first of each block, its number,
/// and how many follow one another.
const ENCLOSED: [(char, u32, u32); 14] = [
    ('①', 1, 20),
    ('㉑', 21, 15),
    ('㊱', 36, 15),
    ('⑴', 1, 20),
    ('⒈', 1, 20),
    ('❶', 1, 10),
    ('➀', 1, 10),
    ('➊', 1, 10),
    ('㊀', 1, 10),
    ('㈠', 1, 10),
    ('⓪', 0, 1),
    ('⒜', 1, 26),
    ('Ⓐ', 1, 26),
    ('ⓐ', 1, 26),
];

/// The block and the number of an enclosed sign.
pub(super) fn enclosed(c: char) -> Option<(char, u32)> {
    ENCLOSED.iter().find_map(|(first, number, count)| {
        let place = (c as u32).checked_sub(*first as u32)?;
        let block = if matches!(first, '㉑' | '㊱' | '⓪') { '①' } else { *first };
        (place < *count).then_some((block, number + place))
    })
}

/// The number of a Roman numeral up to 39, in either case.
pub(super) fn roman(text: &str) -> Option<u32> {
    let upper = text.to_ascii_uppercase();
    (text == upper || text == text.to_ascii_lowercase())
        .then(|| (1..40).find(|number| roman_numeral(*number).as_deref() == Some(&*upper)))
        .flatten()
}

/// A number as Word's program would write it in a format (ECMA-376 17.18.59).
/// `None` for a format without signs.
pub(super) fn word(number: u32, format: &str) -> Option<String> {
    let from = |signs: &str| {
        let count = signs.chars().count() as u32;
        number
            .checked_sub(1)
            .filter(|place| *place < count)
            .and_then(|place| signs.chars().nth(place as usize))
            .map_or_else(|| number.to_string(), String::from)
    };
    let enclosed = |blocks: &[(char, u32, u32)]| {
        blocks
            .iter()
            .find(|(_, first, count)| (*first..first + count).contains(&number))
            .and_then(|(sign, first, _)| char::from_u32(*sign as u32 + number - first))
            .map_or_else(|| number.to_string(), String::from)
    };
    Some(match format {
        "none" | "bullet" => return None,
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman_numeral(number).unwrap_or_else(|| number.to_string()),
        "lowerRoman" => {
            roman_numeral(number).map_or_else(|| number.to_string(), |text| text.to_lowercase())
        }
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "chineseCounting" | "taiwaneseCounting" | "japaneseCounting" if number < 100 => {
            counting(number, SMALL)
        }
        "chineseCounting" | "taiwaneseCounting" => positional(number, "○一二三四五六七八九"),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            positional(number, "○一二三四五六七八九")
        }
        "chineseCountingThousand" | "taiwaneseCountingThousand" | "japaneseCounting" => {
            counting(number, SMALL)
        }
        "chineseLegalSimplified" => counting(number, LEGAL_SIMPLIFIED),
        "ideographLegalTraditional" => counting(number, LEGAL_TRADITIONAL),
        "ideographTraditional" => from(STEMS),
        "ideographZodiac" => from(BRANCHES),
        "ideographZodiacTraditional" => match number.checked_sub(1) {
            Some(place) if place < 60 => {
                let sign = |signs: &str, place: u32| signs.chars().nth(place as usize);
                [sign(STEMS, place % 10), sign(BRANCHES, place % 12)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            _ => number.to_string(),
        },
        "decimalFullWidth" | "decimalFullWidth2" => positional(number, "０１２３４５６７８９"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            enclosed(&[('①', 1, 20), ('㉑', 21, 15), ('㊱', 36, 15)])
        }
        "decimalEnclosedParen" => enclosed(&[('⑴', 1, 20)]),
        "decimalEnclosedFullstop" => enclosed(&[('⒈', 1, 20)]),
        "ideographEnclosedCircle" => enclosed(&[('㊀', 1, 10)]),
        "numberInDash" => format!("- {number} -"),
        _ => number.to_string(),
    })
}

fn letters(number: u32, first: u8) -> String {
    let place = number.saturating_sub(1);
    let letter = char::from(first + (place % 26) as u8);
    std::iter::repeat_n(letter, (place / 26 + 1).min(64) as usize).collect()
}

fn positional(number: u32, digits: &str) -> String {
    number
        .to_string()
        .bytes()
        .filter_map(|digit| digits.chars().nth(usize::from(digit - b'0')))
        .collect()
}

/// Digits, ten, hundred, thousand, ten thousand, and whether ten is `一十`.
type Signs = (&'static str, [char; 4], bool);
const SMALL: Signs = ("零一二三四五六七八九", ['十', '百', '千', '万'], false);
const LEGAL_SIMPLIFIED: Signs = ("零壹贰叁肆伍陆柒捌玖", ['拾', '佰', '仟', '万'], true);
const LEGAL_TRADITIONAL: Signs = ("零壹貳參肆伍陸柒捌玖", ['拾', '佰', '仟', '萬'], true);

fn counting(number: u32, (digits, units, one_ten): Signs) -> String {
    let digit = |value: u32| digits.chars().nth(value as usize).unwrap_or_default();
    if number >= 10_000 {
        let (high, low) = (number / 10_000, number % 10_000);
        let mut text = counting(high, (digits, units, one_ten));
        text.push(units[3]);
        if low > 0 {
            if low < 1000 {
                text.push(digit(0));
            }
            text.push_str(&counting(low, (digits, units, true)));
        }
        return text;
    }
    if number == 0 {
        return digit(0).to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for (place, value) in [1000, 100, 10, 1].into_iter().enumerate() {
        let count = number / value % 10;
        if count == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push(digit(0));
        }
        if !(value == 10 && count == 1 && text.is_empty() && !one_ten) {
            text.push(digit(count));
        }
        if value > 1 {
            text.push(units[2 - place]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_are_read_as_they_are_written() {
        for (text, number) in [
            ("一", 1),
            ("十", 10),
            ("十七", 17),
            ("二十", 20),
            ("廿三", 23),
            ("一百", 100),
            ("一百零八", 108),
            ("一百一十", 110),
            ("一千零六十", 1060),
            ("一〇三", 103),
            ("二○二一", 2021),
            ("一千二百六十", 1260),
            ("壹", 1),
            ("貳拾叁", 23),
            ("五千", 5000),
            ("一万零五", 10_005),
        ] {
            assert_eq!(chinese(text), Some(number), "{text}");
        }
        for text in ["", "1", "第", "一条"] {
            assert_eq!(chinese(text), None, "{text}");
        }
    }

    #[test]
    fn a_written_number_is_read_as_itself() {
        for number in (1..1300).chain([5000, 9999, 10_005, 12_345]) {
            assert_eq!(chinese(&counting(number, SMALL)), Some(number));
            assert_eq!(chinese(&counting(number, LEGAL_TRADITIONAL)), Some(number));
        }
    }

    #[test]
    fn word_writes_its_formats() {
        for (number, format, text) in [
            (12, "decimal", "12"),
            (3, "decimalZero", "03"),
            (12, "chineseCounting", "十二"),
            (103, "chineseCounting", "一○三"),
            (103, "chineseCountingThousand", "一百零三"),
            (110, "taiwaneseCountingThousand", "一百一十"),
            (3, "ideographTraditional", "丙"),
            (2, "ideographZodiac", "丑"),
            (12, "decimalFullWidth", "１２"),
            (21, "decimalEnclosedCircleChinese", "㉑"),
            (4, "decimalEnclosedParen", "⑷"),
            (12, "ideographLegalTraditional", "壹拾貳"),
            (27, "lowerLetter", "aa"),
            (4, "upperRoman", "IV"),
        ] {
            assert_eq!(word(number, format).as_deref(), Some(text), "{format}");
        }
        assert_eq!(word(1, "bullet"), None);
    }

    #[test]
    fn enclosed_signs_are_numbers_of_their_block() {
        assert_eq!(enclosed('③'), Some(('①', 3)));
        assert_eq!(enclosed('㉒'), Some(('①', 22)));
        assert_eq!(enclosed('㈩'), Some(('㈠', 10)));
        assert_eq!(enclosed('一'), None);
    }
}
