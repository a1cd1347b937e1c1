//! A day of the calendar, without a time or a zone, and what is known of one.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Common era.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// Reads ISO 8601's `2021-11-29`; `None` if there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !digits {
            return None;
        }
        let year = text[..4].parse().ok()?;
        let (month, day) = (text[5..7].parse().ok()?, text[8..].parse().ok()?);
        (1..=days_in(year, month)).contains(&day).then_some(Self { year, month, day })
    }

    /// The day, in UTC, so many seconds after the start of 1970; `None` beyond
    /// the year 9999.
    pub fn from_unix(seconds: u64) -> Option<Self> {
        let mut days = seconds / (24 * 60 * 60);
        let mut year = 1970;
        while days >= days_of(year) {
            days -= days_of(year);
            year += 1;
            if year > 9999 {
                return None;
            }
        }
        let mut month = 1;
        while days >= u64::from(days_in(year, month)) {
            days -= u64::from(days_in(year, month));
            month += 1;
        }
        Some(Self { year, month, day: u8::try_from(days + 1).ok()? })
    }

    /// `2021年11月29日`, the same in both scripts.
    pub fn chinese(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

impl std::fmt::Display for Date {
    /// ISO 8601: `2021-11-29`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A day, or the month or year that it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// Reads `2021-11-29`, `2021-11` or `2021`; `None` if there is no such date.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(date) = Date::parse(text) {
            return Some(date.into());
        }
        // A month is there if its first day is.
        let first = match text.len() {
            4 => Date::parse(&format!("{text}-01-01"))?,
            7 => Date::parse(&format!("{text}-01"))?,
            _ => return None,
        };
        Some(Self { year: first.year, month: (text.len() == 7).then_some(first.month), day: None })
    }

    /// The year, and the month and the day where they are known.
    pub fn parts(self) -> Vec<u16> {
        [Some(self.year), self.month.map(u16::from), self.day.map(u16::from)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Its year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// `2021年11月29日`, `2021年11月`, `2021年`, the same in both scripts.
    pub fn chinese(self) -> String {
        let mut text = format!("{}年", self.year);
        for (number, unit) in [(self.month, '月'), (self.day, '日')] {
            if let Some(number) = number {
                text.push_str(&format!("{number}{unit}"));
            }
        }
        text
    }
}

impl From<Date> for PartialDate {
    fn from(Date { year, month, day }: Date) -> Self {
        Self { year, month: Some(month), day: Some(day) }
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601 as far as it is known: `2021-11-29`, `2021-11`, `2021`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for number in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{number:02}")?;
        }
        Ok(())
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format!("`{text}` is no date"));
        Self::parse(&text).ok_or_else(unknown)
    }
}

fn days_of(year: u16) -> u64 {
    (1..=12).map(|month| u64::from(days_in(year, month))).sum()
}

/// How many days a month has; none if there is no such month.
fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, PartialDate};

    #[test]
    fn a_date_may_be_known_to_the_month_or_the_year() {
        for (text, chinese) in
            [("2021-11-29", "2021年11月29日"), ("2021-11", "2021年11月"), ("2021", "2021年")]
        {
            let date = PartialDate::parse(text).expect(text);
            assert_eq!((date.to_string().as_str(), date.chinese().as_str()), (text, chinese));
        }
        for bad in ["2021-13", "2021-00", "21", "2021-1", "2021-02-29", "2021-11-", "二〇二一"]
        {
            assert_eq!(PartialDate::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn seconds_since_1970_name_a_day() {
        let cases = [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_709_251_199, "2024-02-29"),
            (1_709_251_200, "2024-03-01"),
            (253_402_300_799, "9999-12-31"),
        ];
        for (seconds, day) in cases {
            assert_eq!(Date::from_unix(seconds).map(|date| date.to_string()).as_deref(), Some(day));
        }
        assert_eq!(Date::from_unix(253_402_300_800), None);
        assert_eq!(Date::from_unix(u64::MAX), None);
    }

    #[test]
    fn only_days_that_there_are_can_be_read() {
        for good in ["2021-11-29", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(Date::parse(good).map(|date| date.to_string()).as_deref(), Some(good));
        }
        for bad in
            ["2021-02-29", "1900-02-29", "2021-00-10", "2021-13-01", "2021-04-31", "2021-1-1"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        for bad in ["", "2021-11-00", "+021-11-29", "2021-11-29Z", "2021/11/29", "二〇二一年十一"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }
}
