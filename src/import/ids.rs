//! Ids from names: the Latin words of a name and the pinyin of its characters.

use rustc_hash::FxHashSet;

use crate::model::{Id, slug};

/// Ids that stand for something else below a document or the site.
const RESERVED: &str = " index full parallel source fields text entities search data documents compare \
    matrix assets archive versions measures sitemap feed robots memorandum ";

/// Syllables of an id.
const SYLLABLES: usize = 4;

/// An id for a name; none where it has neither Latin nor Chinese characters, or
/// these make nothing that can be one.
pub fn id(name: &str) -> Option<String> {
    slug(name, SYLLABLES).filter(|slug| Id::parse(slug).is_some())
}

/// Ids that are each there once.
#[derive(Default)]
pub(super) struct Ids(FxHashSet<String>);

impl Ids {
    /// An id for a name, or this one, with a number behind it if it is taken.
    pub(super) fn take(&mut self, name: &str, otherwise: &str) -> String {
        let mut base = id(name).unwrap_or_else(|| otherwise.to_owned());
        if RESERVED.split(' ').any(|reserved| reserved == base) {
            base.push_str("-1");
        }
        let mut id = base.clone();
        let mut number = 2;
        while !self.0.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_there_once_and_never_a_reserved_one() {
        let mut ids = Ids::default();
        assert_eq!(ids.take("總則", "x"), "zong-ze");
        assert_eq!(ids.take("總則", "x"), "zong-ze-2");
        assert_eq!(ids.take("Text", "x"), "text-1");
        assert_eq!(ids.take("", "area-3"), "area-3");
        assert_eq!(ids.take("Con", "area-4"), "area-4");
        assert_eq!(ids.take(&"x".repeat(300), "area-5"), "area-5");
    }
}
