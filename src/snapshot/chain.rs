//! The chain of seals: each version names the seal of the one before it.
//!
//! Hashes inside a bag show accidents, not rewriting: a forger makes new ones.
//! But the seal of a replaced version is another, and the next version still
//! names the old one. Of the latest version, what was published tells: its seal
//! stands in `versions.json` and wherever that was kept.

use crate::model::Date;

use super::{Seal, VersionName};

/// A version as the chain sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its name.
    pub name: VersionName,
    /// The day it was sealed.
    pub date: Date,
    /// Its seal.
    pub seal: Seal,
    /// The seal of the version before it; none if it was the first.
    pub previous_seal: Option<Seal>,
}

/// A version that was not sealed after the one that now stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// What stands before.
    pub before: Option<Link>,
    /// The version that was sealed after another, or as the first.
    pub version: Link,
}

impl Break {
    /// What is wrong, in the words of a message.
    pub fn message(&self) -> String {
        let name = &self.version.name;
        match (&self.before, &self.version.previous_seal) {
            (Some(before), Some(previous)) => format!(
                "`{name}` was sealed after the seal `{}…`, but `{}` before it has the seal `{}…`",
                previous.short(),
                before.name,
                before.seal.short(),
            ),
            (Some(before), None) => {
                let before = &before.name;
                format!("`{name}` was sealed as the first version, but `{before}` is before it")
            }
            (None, _) => {
                format!("`{name}` was not sealed as the first, but no version is before it")
            }
        }
    }

    /// What may have happened.
    pub fn help(&self) -> String {
        match &self.before {
            Some(before) => format!(
                "`{}` was replaced, or a version between the two is missing: \
                 compare the seals with a published `versions.json`",
                before.name
            ),
            None => "an earlier version is missing: restore it from a copy".to_owned(),
        }
    }
}

/// The order of versions, as indices: by date, those of one day as their seals
/// follow each other, else by name.
pub fn order(links: &[Link]) -> Vec<usize> {
    let mut rest: Vec<usize> = (0..links.len()).collect();
    rest.sort_by(|a, b| {
        let key = |at: usize| (links[at].date, &links[at].name);
        key(*a).cmp(&key(*b))
    });
    let mut ordered: Vec<usize> = Vec::with_capacity(links.len());
    for same_day in rest.chunk_by(|a, b| links[*a].date == links[*b].date) {
        let mut same_day = same_day.to_vec();
        while !same_day.is_empty() {
            let last = ordered.last().map(|at| &links[*at].seal);
            let follows = |at: &usize| links[*at].previous_seal.as_ref() == last;
            let next = same_day.iter().position(follows).unwrap_or(0);
            ordered.push(same_day.remove(next));
        }
    }
    ordered
}

/// Where the chain breaks, if the links are in order.
pub fn breaks(links: &[Link]) -> Vec<Break> {
    let before = std::iter::once(None).chain(links.iter().map(Some));
    links
        .iter()
        .zip(before)
        .filter(|(link, before)| link.previous_seal.as_ref() != before.map(|one| &one.seal))
        .map(|(link, before)| Break { before: before.cloned(), version: link.clone() })
        .collect()
}
