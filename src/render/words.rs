//! The interface's wording for each document: what it and its parts are called
//! stands in place of `{document}`, `{area}`, `{measure}`.

use crate::library::{Library, Memorandum};
use crate::model::{DocumentKind, Each, Edition, Words};

use super::theme::{Strings, Theme, VARIOUS};

/// The wording of pages, each kind's made once.
pub(super) struct Wordings {
    sets: Vec<Each<Strings>>,
    /// Of each memorandum, by index among the sets.
    of: Vec<usize>,
    /// Of pages that belong to no memorandum.
    site: usize,
}

/// What decides the words of a memorandum.
#[derive(PartialEq, Eq)]
enum Key<'a> {
    Kind(&'static str),
    Own(Each<[&'a str; 3]>),
}

impl Wordings {
    pub(super) fn new(library: &Library, theme: &Theme) -> Self {
        let mut keys: Vec<Key> = Vec::new();
        let mut place = |key| match keys.iter().position(|known| *known == key) {
            Some(place) => place,
            None => {
                keys.push(key);
                keys.len() - 1
            }
        };
        let of: Vec<usize> = library.memoranda.iter().map(|one| place(key(library, one))).collect();
        let kinds = of.iter().max().map_or(0, |last| last + 1);
        let site = match kinds {
            0 => place(Key::Kind("memorandum")),
            1 => 0,
            _ => place(Key::Kind(VARIOUS)),
        };
        let sets = keys
            .iter()
            .map(|key| Each::from_fn(&library.editions, |edition| worded(theme, key, edition)));
        Self { sets: sets.collect(), of, site }
    }

    /// The wording of a page, by its memorandum.
    pub(super) fn of(&self, memorandum: Option<usize>) -> &Each<Strings> {
        &self.sets[memorandum.map_or(self.site, |index| self.of[index])]
    }
}

fn key<'a>(library: &Library, memorandum: &'a Memorandum) -> Key<'a> {
    match &memorandum.kind {
        DocumentKind::Known(kind) => Key::Kind(kind.id()),
        DocumentKind::Own(Words { document, area, measure }) => {
            Key::Own(Each::from_fn(&library.editions, |edition| {
                [document, area, measure].map(|word| word.text[edition].as_str())
            }))
        }
    }
}

fn worded(theme: &Theme, key: &Key, edition: Edition) -> Strings {
    let strings = theme.strings(edition);
    let mut words = match key {
        Key::Kind(kind) => strings.words_of(kind),
        Key::Own(_) => strings.words_of(VARIOUS),
    };
    if let Key::Own(own) = key {
        let [document, area, measure] = own[edition];
        for (name, word) in &mut words {
            match name.as_str() {
                "document" => *word = document.to_owned(),
                "area" | "areas" => *word = area.to_owned(),
                "measure" | "measures" => *word = measure.to_owned(),
                // 款, 條: a word of one character counts itself.
                "unit" if is_unit(measure) => *word = measure.to_owned(),
                _ => {}
            }
        }
        if is_unit(measure) {
            words.insert(0, ("unit}{measure".to_owned(), measure.to_owned()));
        }
    }
    strings.with_words(&words)
}

fn is_unit(word: &str) -> bool {
    word.chars().count() == 1
}
