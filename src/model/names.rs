//! Names with a rule: ids, base URLs, kinds of entities, Chinese numerals.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::source::portable;

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A government, company, school, society.
    Organisation,
    /// A programme, plan or fund.
    Programme,
    /// A place or zone.
    Place,
    /// A law, agreement or policy.
    Instrument,
    /// A meeting, fair, contest.
    Event,
    /// A theme that measures share.
    Topic,
}

impl Kind {
    /// All kinds, in the order of pages.
    pub const ALL: [Self; 6] = [
        Self::Organisation,
        Self::Programme,
        Self::Place,
        Self::Instrument,
        Self::Event,
        Self::Topic,
    ];

    /// The kind's name in content, and its key in a theme's strings.
    pub fn id(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Programme => "programme",
            Self::Place => "place",
            Self::Instrument => "instrument",
            Self::Event => "event",
            Self::Topic => "topic",
        }
    }

    /// Reads a kind's name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// A part of an address: lowercase ASCII letters and digits, single hyphens
/// between them, at most [`Id::MAX_LENGTH`] characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// File names are limited to 255 bytes on most systems; ids stay well below.
    pub const MAX_LENGTH: usize = 100;

    /// Reads an id; `None` if the text breaks the rule, or if Windows takes no file
    /// of that name.
    pub fn parse(text: &str) -> Option<Self> {
        let word = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let good = text.len() <= Self::MAX_LENGTH
            && text.split('-').all(word)
            // It is the name of a file, too.
            && !portable::is_device(text);
        good.then(|| Self(text.to_owned()))
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format!("`{text}` is no id"));
        Self::parse(&text).ok_or_else(unknown)
    }
}

/// Where a site will stand: an absolute http address that ends in `/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    url: String,
    path_start: usize,
}

impl BaseUrl {
    /// Reads an address, adding a missing final `/`; `None` if it is not an
    /// absolute http(s) address or has a query or fragment. A host in any script
    /// is written as programs ask for it: `例子.香港` as `xn--fsqu00a.xn--j6w193g`.
    pub fn parse(text: &str) -> Option<Self> {
        let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
        let after_scheme = &text[scheme.len()..];
        let host_length = after_scheme.find('/').unwrap_or(after_scheme.len());
        let (host, path) = after_scheme.split_at(host_length);
        let host = ascii_host(host)?;
        let host_good = host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        let path_good =
            path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%!$&'()*+,;=:@".contains(&b));
        if host.is_empty() || !host_good || !path_good {
            return None;
        }
        let slash = if path.ends_with('/') { "" } else { "/" };
        let path_start = scheme.len() + host.len();
        Some(Self { url: [scheme, &host, path, slash].concat(), path_start })
    }

    /// The whole address, ending in `/`.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Its path, from `/` to `/`.
    pub fn path(&self) -> &str {
        &self.url[self.path_start..]
    }
}

/// A host, with or without a port, in ASCII (UTS 46); `None` if there is no such
/// host.
fn ascii_host(host: &str) -> Option<Cow<'_, str>> {
    if host.is_ascii() {
        return Some(host.into());
    }
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    let name = idna::domain_to_ascii(name).ok()?;
    // What stands for a dot in other scripts has become one.
    let good = name.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    let port_good = port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    if !good || !port_good || name.len() > 253 {
        return None;
    }
    Some(port.map_or(name.clone(), |port| format!("{name}:{port}")).into())
}

/// A number as Chinese writes it in headings: 13 is 十三. From 10,000 on, digits.
pub fn chinese_numeral(number: usize) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(usize, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number == 0 || number >= 10_000 {
        return number.to_string();
    }
    if (10..20).contains(&number) {
        let rest = number % 10;
        return if rest == 0 { "十".to_owned() } else { format!("十{}", DIGITS[rest]) };
    }
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in UNITS {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        text.push(DIGITS[digit]);
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_read_as_chinese_headings_do() {
        let cases = [
            (1, "一"),
            (10, "十"),
            (13, "十三"),
            (20, "二十"),
            (52, "五十二"),
            (105, "一百零五"),
            (110, "一百一十"),
            (1003, "一千零三"),
            (1030, "一千零三十"),
            (10_000, "10000"),
        ];
        for (number, expected) in cases {
            assert_eq!(chinese_numeral(number), expected);
        }
    }

    #[test]
    fn ids_are_lowercase_words_joined_by_hyphens() {
        for good in ["a", "finance", "hubei-2021", "1", "com", "con-1"] {
            assert!(Id::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a--b",
            "A",
            "a_b",
            "a/b",
            "..",
            "金融",
            "con",
            "com1",
            &"x".repeat(101),
        ] {
            assert!(Id::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn base_urls_are_absolute_and_end_in_a_slash() {
        let base = BaseUrl::parse("https://example.org/a").expect("good");
        assert_eq!((base.as_str(), base.path()), ("https://example.org/a/", "/a/"));
        assert_eq!(BaseUrl::parse("http://localhost:80").expect("good").path(), "/");
        for (written, meant) in [
            ("https://例子.香港", "https://xn--fsqu00a.xn--j6w193g/"),
            ("https://例子。香港/", "https://xn--fsqu00a.xn--j6w193g/"),
            ("https://公司.example:8443/a", "https://xn--55qx5d.example:8443/a/"),
            ("http://Bücher.example/", "http://xn--bcher-kva.example/"),
            ("https://xn--fsqu00a.xn--j6w193g/", "https://xn--fsqu00a.xn--j6w193g/"),
        ] {
            let base = BaseUrl::parse(written).expect(written);
            assert_eq!(base.as_str(), meant);
            assert!(base.path().starts_with('/') && meant.ends_with(base.path()));
        }
        for bad in [
            "https://例子..香港/",
            "https://。/",
            "https://例 子.香港/",
            "https://例子.香港:x/",
            "https://例子.香港?x",
            "https://用戶@例子.香港/",
            "https://例子.香港/文件/",
            "",
            "example.org",
            "ftp://a/",
            "https://",
            "https:///a",
            "https://a/?b",
            "https://a/#b",
            "https://a b/",
            "https://a/\"",
        ] {
            assert!(BaseUrl::parse(bad).is_none(), "{bad}");
        }
    }
}
