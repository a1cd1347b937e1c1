//! Versions: their names, their seals, what a site knows of them.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::model::{BaseUrl, Date};
use crate::source::portable;

use super::chain::{self, Break, Link};
use super::record::Record;

/// A version's name, and its part of addresses: lowercase ASCII letters and
/// digits, with single hyphens or dots between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionName(String);

impl VersionName {
    /// The name of the present, which no sealed version may have.
    pub const CURRENT: &'static str = "current";
    /// File names are limited to 255 bytes on most systems, and a comparison's
    /// holds two of these.
    pub const MAX_LENGTH: usize = 100;

    /// Reads a name.
    ///
    /// # Errors
    /// If the text breaks the rule: what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let word = |part: &str| {
            let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            !part.is_empty() && part.bytes().all(good)
        };
        if text == Self::CURRENT {
            return Err(format!("`{text}` is the name of the present, which is not sealed"));
        }
        if text.len() > Self::MAX_LENGTH || !text.split(['.', '-']).all(word) {
            return Err(format!(
                "write at most {} lowercase letters and digits, with single hyphens or dots \
                 between them, e.g. 2024-07 or v1.2",
                Self::MAX_LENGTH
            ));
        }
        if portable::is_device(text) {
            return Err(format!("Windows takes no folder of the name `{text}`; choose another"));
        }
        if text.ends_with(".zip") {
            return Err("a name that ends in `.zip` is that of a packed version".to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where its packed bag stands below the site's root: `archive/v1.zip`.
    pub fn packed(&self) -> String {
        format!("archive/{self}.zip")
    }

    /// Where the version stands below the site's root: `archive/v1/`.
    pub fn archive(&self) -> String {
        format!("archive/{self}/")
    }
}

impl fmt::Display for VersionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a version was sealed with: the SHA-256 of its `tagmanifest-sha256.txt`,
/// which stands for every byte of it, as 64 lowercase hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seal(String);

impl Seal {
    /// Reads a seal; `None` if the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let good = text.len() == 64 && text.bytes().all(digit);
        good.then(|| Self(text.to_owned()))
    }

    /// All digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough digits to tell seals apart in a message.
    pub fn short(&self) -> &str {
        &self.0[..12]
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// That a site is a sealed version, not the present.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sealed {
    /// The version.
    pub name: VersionName,
    /// The day of the seal.
    pub date: Date,
}

/// A sealed version, without its files.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its name.
    pub name: VersionName,
    /// The day it was sealed. The other three dates stand in the record.
    pub date: Date,
    /// What whoever sealed it said about it.
    pub note: Option<String>,
    /// Its seal.
    pub seal: Seal,
    /// The seal of the version before it; none if it was the first.
    pub previous_seal: Option<Seal>,
    /// The software that sealed it, with its version: `tongwen 0.1.0`.
    pub software: String,
    /// Where the site stood when it was sealed.
    pub base_url: BaseUrl,
    /// What it says.
    pub record: Record,
    /// Its pages, as sorted paths below its own root. Versions share the texts.
    pub pages: Vec<Arc<str>>,
}

impl Version {
    fn link(&self) -> Link {
        Link {
            name: self.name.clone(),
            date: self.date,
            seal: self.seal.clone(),
            previous_seal: self.previous_seal.clone(),
        }
    }

    /// Whether the version has a page, by its path below the root of the site:
    /// `hant/index.html`.
    pub fn has(&self, path: &str) -> bool {
        self.pages.binary_search_by(|page| (**page).cmp(path)).is_ok()
    }

    /// The path of the same page in this version, else of the nearest page above
    /// it: a measure's area, its memorandum, the edition's home. Below the
    /// version's own root.
    pub fn nearest(&self, path: &str) -> String {
        let mut path = path.to_owned();
        while !self.has(&path) {
            let folder = path.strip_suffix("/index.html").unwrap_or(&path);
            let Some((above, _)) = folder.rsplit_once('/') else { break };
            let page = format!("{above}.html");
            path = if self.has(&page) { page } else { format!("{above}/index.html") };
        }
        if self.has(&path) { path } else { "index.html".to_owned() }
    }
}

/// A site's sealed versions, the oldest first: by date, those of one day as their
/// seals follow each other. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Versions(Arc<[Version]>);

impl Versions {
    /// Puts versions into their order.
    pub fn new(list: Vec<Version>) -> Self {
        let links: Vec<Link> = list.iter().map(Version::link).collect();
        let mut list: Vec<Option<Version>> = list.into_iter().map(Some).collect();
        Self(chain::order(&links).into_iter().filter_map(|at| list[at].take()).collect())
    }

    /// The latest.
    pub fn latest(&self) -> Option<&Version> {
        self.last()
    }

    /// The version of a name.
    pub fn named(&self, name: &str) -> Option<&Version> {
        self.iter().find(|version| version.name.as_str() == name)
    }

    /// Whether a path below the site's root is a page of an archived version, or one
    /// packed: `archive/v1/hant/index.html`, `archive/v1.zip`.
    pub fn has_archived(&self, path: &str) -> bool {
        if self.iter().any(|version| version.name.packed() == path) {
            return true;
        }
        let found = path.strip_prefix("archive/").and_then(|rest| rest.split_once('/'));
        found.is_some_and(|(name, page)| self.named(name).is_some_and(|one| one.has(page)))
    }

    /// Where the chain of seals breaks.
    pub fn breaks(&self) -> Vec<Break> {
        chain::breaks(&self.iter().map(Version::link).collect::<Vec<_>>())
    }
}

impl Deref for Versions {
    type Target = [Version];

    fn deref(&self) -> &[Version] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(digit: char) -> Seal {
        Seal::parse(&digit.to_string().repeat(64)).expect("64 digits")
    }

    fn version(name: &str, day: u8, own: char, previous: Option<char>) -> Version {
        Version {
            name: VersionName::parse(name).expect("a good name"),
            date: Date { year: 2024, month: 1, day },
            note: None,
            seal: seal(own),
            previous_seal: previous.map(seal),
            software: "tongwen 0.1.0".to_owned(),
            base_url: BaseUrl::parse("https://example.org/").expect("a good address"),
            record: Record::new(crate::model::Editions::default(), Vec::new()),
            pages: ["hant/demo/finance.html", "hant/demo/index.html", "hant/index.html"]
                .map(Arc::from)
                .to_vec(),
        }
    }

    fn names(versions: &Versions) -> Vec<&str> {
        versions.iter().map(|one| one.name.as_str()).collect()
    }

    #[test]
    fn names_are_lowercase_words_joined_by_hyphens_or_dots() {
        for good in ["1", "v1", "2024-07-01", "1.0.10", "a.b-c", "currents", "zip", "v1.zip.2"] {
            assert!(VersionName::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "", ".", "..", "-", "a-", ".a", "a..b", "a.-b", "A", "a_b", "a/b", "版", "current",
            "nul", "com1", "aux.2024", "v1.zip",
        ] {
            assert!(VersionName::parse(bad).is_err(), "{bad}");
        }
        assert!(VersionName::parse(&"x".repeat(100)).is_ok());
        assert!(VersionName::parse(&"x".repeat(101)).is_err());
    }

    #[test]
    fn versions_stand_by_date_and_those_of_one_day_as_they_were_sealed() {
        let versions = Versions::new(vec![
            version("b", 3, 'd', Some('c')),
            version("1.10", 2, 'c', Some('b')),
            version("1.9", 2, 'b', Some('a')),
            version("z", 1, 'a', None),
        ]);
        assert_eq!(names(&versions), ["z", "1.9", "1.10", "b"]);
        assert_eq!(versions.breaks(), []);
        assert_eq!(versions.latest().map(|one| one.name.as_str()), Some("b"));
    }

    #[test]
    fn a_replaced_version_breaks_the_chain_after_it() {
        let versions = Versions::new(vec![
            version("a", 1, 'a', None),
            version("b", 2, 'f', Some('a')),
            version("c", 3, 'c', Some('b')),
        ]);
        let broken = versions.breaks();
        assert_eq!(broken.len(), 1);
        assert_eq!(broken[0].version.name.as_str(), "c");
        assert!(broken[0].message().contains("`b` before it"), "{}", broken[0].message());
    }

    #[test]
    fn the_nearest_page_is_the_same_or_the_first_above_it() {
        let version = version("v1", 1, 'a', None);
        let check = |path, nearest| assert_eq!(version.nearest(path), nearest, "{path}");
        check("hant/demo/finance.html", "hant/demo/finance.html");
        check("hant/demo/finance/2.html", "hant/demo/finance.html");
        check("hant/demo/trade/2.html", "hant/demo/index.html");
        check("hant/other/index.html", "hant/index.html");
        check("hant/entities/hkex.html", "hant/index.html");
        check("hans/demo/finance/2.html", "index.html");
        check("", "index.html");
        let versions = Versions::new(vec![version]);
        assert!(versions.has_archived("archive/v1/hant/index.html"));
        for path in ["archive/v1/hans/index.html", "archive/v2/hant/index.html", "archive", ""] {
            assert!(!versions.has_archived(path), "{path}");
        }
    }
}
