//! The search index: what the search page of any edition reads.
//!
//! 1. `document` sees the library as documents: measures, areas, pages.
//! 2. A small site's index is its texts; the browser looks through them.
//! 3. A large site's is lists of where characters stand (`postings`), spread
//!    over many files, and the texts in chunks to show what was found.
//!
//! All editions find the same: a document is indexed by its folded text, in
//! every wording that differs. Every file is a script that calls one
//! function, since a page opened from disk may read nothing else. Must not know
//! templates or what the results look like.

mod document;
mod lists;
mod postings;
mod sounds;

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::library::{File, Library};
use crate::model::{Each, Edition, Editions};
use crate::script::fold;

use document::{Document, Documents};
use postings::{Plan, Postings, SLOT, TITLE};
use sounds::Sounds;

/// The most bytes of text that one file may hold.
const SMALL: usize = 150_000;

/// How many documents a file of texts holds.
const CHUNK: usize = 8;

/// The search of a library. Cheap to make: the index is made when it is first
/// asked for, and so not at all where only pages are rendered.
pub struct Search<'a> {
    documents: Documents<'a>,
    editions: &'a Editions,
    /// How the lists are spread; a small site has none.
    plan: Option<Plan>,
    index: OnceLock<Index>,
    sounds: OnceLock<Sounds>,
}

/// What needs a look at every text.
struct Index {
    /// The representatives of folded characters, each before all it stands for.
    fold: Vec<String>,
    postings: Option<Postings>,
}

/// What an edition's search begins with.
#[derive(Serialize)]
struct Head<'a> {
    fold: &'a [String],
    ignored: [(u32, u32); fold::IGNORED.len()],
    kinds: Vec<(&'static str, usize)>,
    /// What may be typed instead of names: words and names, folded.
    instead: Vec<(Vec<String>, Vec<String>)>,
    /// The whole site, if it is small.
    #[serde(skip_serializing_if = "Option::is_none")]
    texts: Option<Texts>,
    /// How the lists are laid out, if it is large.
    #[serde(skip_serializing_if = "Option::is_none")]
    lists: Option<Lists>,
}

#[derive(Serialize)]
struct Lists {
    shards: usize,
    /// Long lists of each kind.
    long: usize,
    /// The characters and pairs that have one, and the pairs' entries.
    alone: String,
    pairs: String,
    counts: String,
    chunk: usize,
    slot: usize,
    title: usize,
    owners: String,
}

/// A memorandum as results are narrowed to it: id, name, year, and how many
/// measures and areas can be found.
#[derive(Serialize)]
struct Narrowed<'a>(&'a str, &'a str, Option<u16>, usize, usize);

/// Documents to be shown, in one edition.
#[derive(Serialize)]
struct Texts {
    /// Where documents stand; neighbours share one.
    contexts: Vec<String>,
    documents: Vec<Shown>,
}

/// A document as a list: context, path, number, title, texts, and what else it
/// is called and says, folded.
#[derive(Serialize)]
struct Shown(usize, String, ShownNumber, String, Vec<String>, Vec<String>, Vec<String>);

/// A document's number, where it is found by that alone and its place has the
/// same; else a list of what is shown, of the place, and of what finds it,
/// folded.
#[derive(Serialize)]
#[serde(untagged)]
enum ShownNumber {
    One(String),
    Several(Vec<String>),
}

impl<'a> Search<'a> {
    /// Chooses the format.
    pub fn new(library: &'a Library) -> Self {
        let documents = Documents::new(library);
        let size = documents.size();
        let plan = (size > SMALL).then(|| Plan::of(size));
        Self {
            documents,
            editions: &library.editions,
            plan,
            index: OnceLock::new(),
            sounds: OnceLock::new(),
        }
    }

    /// Every file of the index. The first needs the whole index, so that it is
    /// being made while pages are rendered.
    pub fn files(&self) -> impl Iterator<Item = File> {
        let chunks = if self.plan.is_some() { self.documents.len().div_ceil(CHUNK) } else { 0 };
        let texts = self
            .editions
            .published()
            .flat_map(move |edition| (0..chunks).map(move |at| File::SearchTexts(edition, at)));
        let grams = (0..self.plan.map_or(0, Plan::files)).map(File::SearchGrams);
        let several = self.documents.memoranda().count() > 1;
        let narrowing = self.editions.published().filter(move |_| several);
        let heads = self.editions.published().map(File::SearchIndex);
        let words = self.editions.published().map(File::SearchWords);
        heads
            .chain(words)
            .chain(narrowing.map(File::SearchDocuments))
            .chain(std::iter::once(File::SearchReadings))
            .chain(grams)
            .chain(texts)
    }

    /// The file of texts or lists at a path below the site's root.
    pub fn file_at(&self, path: &str) -> Option<File> {
        let (folder, number) =
            path.strip_prefix("search/")?.strip_suffix(".js")?.split_once('/')?;
        let number = number.parse().ok()?;
        let file = match (folder, self.editions.named(folder)) {
            ("grams", _) => File::SearchGrams(number),
            (_, Some(edition)) => File::SearchTexts(edition, number),
            _ => return None,
        };
        // Numbers have one spelling.
        let is_there = self.files().any(|known| known == file);
        (is_there && path.ends_with(&format!("/{number}.js"))).then_some(file)
    }

    /// The bytes of an edition's first file.
    pub fn head(&self, edition: Edition) -> Vec<u8> {
        let index = self.index();
        let head = Head {
            fold: &index.fold,
            ignored: fold::IGNORED,
            kinds: self.documents.counts().map(|(kind, count)| (kind.name(), count)).collect(),
            instead: self.instead(),
            texts: self.plan.is_none().then(|| self.texts_of(edition, 0..self.documents.len())),
            lists: self.plan.zip(index.postings.as_ref()).map(|(plan, postings)| {
                let (alone, pairs, counts) = postings.long();
                Lists {
                    shards: plan.shards,
                    long: plan.long,
                    alone,
                    pairs,
                    counts,
                    chunk: CHUNK,
                    slot: SLOT,
                    title: TITLE,
                    owners: postings.owners(),
                }
            }),
        };
        script(edition.id(), &head)
    }

    /// The bytes of the list of memoranda.
    pub fn documents(&self, edition: Edition) -> Vec<u8> {
        let memoranda = self.documents.memoranda();
        let all: Vec<_> = memoranda
            .map(|one| Narrowed(one.id, one.name(edition), one.year, one.measures, one.areas))
            .collect();
        script(&format!("{}/documents", edition.id()), &all)
    }

    /// The bytes of the table of readings, for what is typed in Latin letters.
    pub fn readings(&self) -> Vec<u8> {
        script("readings", &self.sounds().table())
    }

    fn sounds(&self) -> &Sounds {
        self.sounds.get_or_init(|| Sounds::new(self.documents.range(0..self.documents.len())))
    }

    fn instead(&self) -> Vec<(Vec<String>, Vec<String>)> {
        let folded = |names: Vec<&Each<String>>| {
            let mut folded: Vec<String> = Vec::new();
            for name in names.into_iter().flat_map(Each::iter).map(|name| fold::fold_text(name)) {
                if !folded.contains(&name) {
                    folded.push(name);
                }
            }
            folded
        };
        let all = self.documents.instead();
        let words = |words: &[String]| words.iter().map(|word| fold::fold_text(word)).collect();
        all.map(|(search, names)| (words(search), folded(names))).collect()
    }

    /// The bytes of a file of texts.
    pub fn texts(&self, edition: Edition, number: usize) -> Vec<u8> {
        let end = self.documents.len().min((number + 1) * CHUNK);
        let texts = self.texts_of(edition, number * CHUNK..end);
        script(&format!("{}/{number}", edition.id()), &texts)
    }

    /// The bytes of a file of lists: keys and lists in turn.
    pub fn grams(&self, number: usize) -> Vec<u8> {
        let lists = self.index().postings.iter().flat_map(|postings| postings.file(number));
        let flat: Vec<String> = lists.flat_map(|(key, list)| [key, list]).collect();
        script(&format!("grams/{number}"), &flat)
    }

    fn texts_of(&self, edition: Edition, numbers: Range<usize>) -> Texts {
        let mut contexts: Vec<String> = Vec::new();
        let mut documents = Vec::with_capacity(numbers.len());
        for document in self.documents.range(numbers) {
            let context = &document.context[edition];
            if contexts.last() != Some(context) {
                contexts.push(context.clone());
            }
            let title = document.title[edition];
            let number = shown_number(&document, edition);
            let texts = document.texts[edition].iter().map(|text| (*text).to_owned());
            let others = (
                postings::other_names(&document, edition),
                postings::other_texts(&document, edition),
            );
            documents.push(Shown(
                contexts.len() - 1,
                document.path,
                number,
                title.to_owned(),
                texts.collect(),
                others.0,
                others.1,
            ));
        }
        Texts { contexts, documents }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let Some(plan) = self.plan else {
                let documents = self.documents.range(0..self.documents.len());
                let folded = documents.flat_map(|document| {
                    let (names, texts) = (postings::names(&document), postings::texts(&document));
                    names.into_iter().chain(texts)
                });
                let used = folded.flat_map(|text| text.chars().collect::<Vec<_>>()).collect();
                return Index { fold: fold_table(used), postings: None };
            };
            let postings = Postings::new(&self.documents, plan, self.sounds());
            let used = postings.characters().iter().copied().collect();
            Index { fold: fold_table(used), postings: Some(postings) }
        })
    }
}

fn shown_number(document: &Document, edition: Edition) -> ShownNumber {
    let shown = document.shown[edition].clone();
    let numbers = postings::numbers(document);
    if document.place == shown && numbers.iter().eq((!shown.is_empty()).then_some(&shown)) {
        return ShownNumber::One(shown);
    }
    ShownNumber::Several([shown, document.place.clone()].into_iter().chain(numbers).collect())
}

/// The part of the folding that can matter: what folds to a character that is in
/// the site, a digit of a number, or white space.
fn fold_table(mut used: FxHashSet<char>) -> Vec<String> {
    used.extend("0123456789.".chars());
    used.insert(fold::SPACE);
    let mut pairs: Vec<_> =
        fold::pairs().iter().filter(|(_, folded)| used.contains(folded)).collect();
    pairs.sort_by_key(|(c, folded)| (*folded, *c));
    pairs
        .chunk_by(|a, b| a.1 == b.1)
        .map(|pairs| std::iter::once(pairs[0].1).chain(pairs.iter().map(|(c, _)| *c)).collect())
        .collect()
}

/// A file that hands its value to the search page.
pub fn script(name: &str, value: &impl Serialize) -> Vec<u8> {
    let mut bytes = format!("tongwenSearch(\"{name}\",").into_bytes();
    serde_json::to_writer(&mut bytes, value).expect("strings and numbers become JSON in memory");
    bytes.extend_from_slice(b");\n");
    bytes
}
