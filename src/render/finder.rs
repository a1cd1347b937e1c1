//! What the search says where it opens over another page: the theme's wording, as
//! a file beside the index.

use std::collections::BTreeMap;

use crate::model::Edition;
use crate::search;

use super::theme::{FOUND, Phrase, Strings};

/// The bytes of an edition's file. `kinds.area` is `kindArea` to the browser.
pub(super) fn words(edition: Edition, strings: &Strings) -> Vec<u8> {
    let said = |phrase| strings.format(phrase, &[]);
    let mut words: BTreeMap<String, String> =
        FOUND.iter().map(|name| (spelt(name), said(Phrase::Found(name)))).collect();
    words.insert("search".to_owned(), said(Phrase::Search));
    words.insert("excerpt".to_owned(), said(Phrase::CitationExcerpt));
    words.insert("editorial".to_owned(), said(Phrase::Editorial));
    search::script(&format!("{}/words", edition.id()), &words)
}

fn spelt(name: &str) -> String {
    let Some(kind) = name.strip_prefix("kinds.") else { return name.to_owned() };
    let (first, rest) = kind.split_at(1);
    ["kind", &first.to_uppercase(), rest].concat()
}
