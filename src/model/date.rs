//! A day of the calendar, without a time or a zone.

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    use super::Date;

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
