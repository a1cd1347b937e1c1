//! What the search says, on its own page and where it opens over another: the
//! theme's wording, as a file beside the index.

use std::collections::BTreeMap;

use crate::model::Edition;
use crate::search;

use super::theme::{FOUND, Phrase, Strings};

/// The bytes of an edition's file. `kinds.area` is `kindArea` to the browser.
pub(super) fn words(edition: Edition, strings: &Strings) -> Vec<u8> {
    let said = |phrase| strings.format(phrase, &[]);
    let mut words: BTreeMap<String, String> =
        FOUND.iter().map(|name| (spelt(name), said(Phrase::Found(name)))).collect();
    for (name, phrase) in [
        ("search", Phrase::Search),
        ("excerpt", Phrase::CitationExcerpt),
        ("editorial", Phrase::Editorial),
        ("narrowAll", Phrase::NarrowAll),
        ("narrowIn", Phrase::NarrowDocument),
        ("narrowKind", Phrase::NarrowKind),
        ("narrowYear", Phrase::NarrowYear),
    ] {
        words.insert(name.to_owned(), said(phrase));
    }
    search::script(&format!("{}/words", edition.id()), &words)
}

fn spelt(name: &str) -> String {
    let Some(kind) = name.strip_prefix("kinds.") else { return name.to_owned() };
    let (first, rest) = kind.split_at(1);
    ["kind", &first.to_uppercase(), rest].concat()
}
