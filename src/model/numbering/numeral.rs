//! The forms in which numerals are written, each both ways.
//!
//! Must not know what stands around a numeral.

use crate::model::names::chinese_numeral;

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Chinese,
    Digits,
    WideDigits,
    /// One character a number, from a first one.
    Series(char, u32),
    Stems,
    Financial,
    Roman,
    SmallRoman,
}

/// The ten stems that count as letters do.
pub(crate) const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const FINANCIAL: &str = "壹貳參肆伍陸柒捌玖拾";
const FINANCIAL_SIMPLIFIED: &str = "壹贰叁肆伍陆柒捌玖拾";

/// Roman numerals of marks are smaller than this.
const ROMAN: u32 = 400;

impl Form {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "一" => Self::Chinese,
            "1" => Self::Digits,
            "１" => Self::WideDigits,
            "①" => Self::Series('①', 20),
            "㈠" => Self::Series('㈠', 10),
            "⑴" => Self::Series('⑴', 20),
            "⒈" => Self::Series('⒈', 20),
            "A" => Self::Series('A', 26),
            "a" => Self::Series('a', 26),
            "甲" => Self::Stems,
            "壹" => Self::Financial,
            "I" => Self::Roman,
            "i" => Self::SmallRoman,
            _ => return None,
        })
    }

    pub(super) fn format(self, number: u32) -> Option<String> {
        let index = number.checked_sub(1)?;
        match self {
            Self::Chinese => Some(chinese_numeral(number as usize)),
            Self::Digits => Some(number.to_string()),
            Self::WideDigits => {
                let wide = |c: char| char::from_u32(c as u32 - '0' as u32 + '０' as u32);
                number.to_string().chars().map(wide).collect()
            }
            Self::Series(first, count) => {
                let c = char::from_u32(first as u32 + index).filter(|_| index < count)?;
                Some(c.to_string())
            }
            Self::Stems => Some(STEMS.chars().nth(index as usize)?.to_string()),
            Self::Financial => Some(FINANCIAL.chars().nth(index as usize)?.to_string()),
            Self::Roman => roman(number).filter(|_| number < ROMAN),
            Self::SmallRoman => Self::Roman.format(number).map(|text| text.to_lowercase()),
        }
    }

    /// Whether a numeral of this form can hold a character.
    pub(super) fn writes(self, c: char) -> bool {
        match self {
            Self::Chinese => "〇零○一二三四五六七八九十百千兩两廿卅".contains(c),
            Self::Digits => c.is_ascii_digit(),
            Self::WideDigits => ('０'..='９').contains(&c),
            Self::Series(first, count) => {
                (first as u32..first as u32 + count).contains(&(c as u32))
            }
            Self::Stems => STEMS.contains(c),
            Self::Financial => FINANCIAL.contains(c) || FINANCIAL_SIMPLIFIED.contains(c),
            Self::Roman => "IVXLC".contains(c),
            Self::SmallRoman => "ivxlc".contains(c),
        }
    }

    pub(super) fn read(self, numeral: &str) -> Option<u32> {
        let place = |list: &str| {
            let mut chars = numeral.chars();
            let (one, rest) = (chars.next()?, chars.next());
            let index = list.chars().position(|c| c == one).filter(|_| rest.is_none())?;
            u32::try_from(index + 1).ok()
        };
        match self {
            Self::Chinese => read_chinese(numeral),
            Self::Digits => numeral.parse().ok().filter(|_| self.has_all(numeral)),
            Self::WideDigits => {
                let narrow = |c: char| char::from_u32(c as u32 - '０' as u32 + '0' as u32);
                let digits: Option<String> =
                    self.has_all(numeral).then(|| numeral.chars().map(narrow).collect())?;
                digits?.parse().ok()
            }
            Self::Series(first, _) => {
                let mut chars = numeral.chars();
                let (one, rest) = (chars.next()?, chars.next());
                (rest.is_none() && self.writes(one)).then(|| one as u32 - first as u32 + 1)
            }
            Self::Stems => place(STEMS),
            Self::Financial => place(FINANCIAL).or_else(|| place(FINANCIAL_SIMPLIFIED)),
            Self::Roman => (1..ROMAN).find(|number| roman(*number).as_deref() == Some(numeral)),
            Self::SmallRoman => Self::Roman.read(&numeral.to_uppercase()),
        }
    }

    fn has_all(self, numeral: &str) -> bool {
        !numeral.is_empty() && numeral.chars().all(|c| self.writes(c))
    }
}

/// Reads 十七, 一百零一, 二〇, 廿一.
fn read_chinese(numeral: &str) -> Option<u32> {
    let digit = |c: char| match c {
        '〇' | '零' | '○' => Some(0),
        '两' | '兩' => Some(2),
        _ => "一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u32 + 1),
    };
    if numeral.is_empty() {
        return None;
    }
    // 一〇一: digits alone.
    if numeral.chars().count() > 1
        && let Some(digits) = numeral.chars().map(digit).collect::<Option<Vec<u32>>>()
    {
        let number =
            digits.iter().try_fold(0u32, |all, one| all.checked_mul(10)?.checked_add(*one));
        return number.filter(|number| *number > 0);
    }
    let mut total = 0u32;
    let mut open: Option<u32> = None;
    let mut last_unit = u32::MAX;
    for c in numeral.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '廿' => 20,
            '卅' => 30,
            _ => {
                // A zero fills a gap; two digits do not follow each other.
                match (digit(c)?, open) {
                    (0, None | Some(0)) => open = None,
                    (value, None) => open = Some(value),
                    _ => return None,
                }
                continue;
            }
        };
        let rank = if unit < 100 { 10 } else { unit };
        if rank >= last_unit {
            return None;
        }
        last_unit = rank;
        total += if unit == 20 || unit == 30 { unit } else { open.take().unwrap_or(1) * unit };
    }
    let number = total + open.unwrap_or(0);
    (number > 0).then_some(number)
}

/// A Roman numeral, as large as any is written with letters alone.
pub(crate) fn roman(number: u32) -> Option<String> {
    const UNITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut text = String::new();
    for (unit, name) in UNITS {
        while rest >= unit {
            text.push_str(name);
            rest -= unit;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chinese_numeral_is_read_back() {
        for number in 1..10_000u32 {
            assert_eq!(read_chinese(&chinese_numeral(number as usize)), Some(number));
        }
        for (numeral, number) in [("二〇", 20), ("一〇一", 101), ("廿一", 21), ("一百一十", 110)]
        {
            assert_eq!(read_chinese(numeral), Some(number), "{numeral}");
        }
        for bad in ["", "〇", "十十", "百千", "十百", "一十二百"] {
            assert_eq!(read_chinese(bad), None, "{bad}");
        }
    }
}
