//! A document that is imported again: what an editor wrote beside its text is
//! kept with the measures that are still the same.
//!
//! 1. Measures of the same wording are the same; of the others, those whose
//!    wording is much alike.
//! 2. An area is the one of its title, or the one most of its measures come from.
//! 3. What an editor wrote is laid into the new files (`update/keep.rs`): measures
//!    that say the same as they stand, with comments and corrections; ids,
//!    summaries, labels, related measures; the head's kind, dates, parties; the ids
//!    of its fields (`update/fields.rs`).
//! 4. Of what the head says and the text now says otherwise, what the old import
//!    wrote is replaced, and the rest is told with both values (`update/head.rs`).
//!
//! Files of areas keep their names and comments. Areas stand in the order of the
//! text, which is what they are compared with. Must not read or write a file.

mod fields;
mod head;
mod keep;

use std::collections::BTreeMap;

use ::toml::{Table, Value};
use rustc_hash::FxHashSet;
use serde::Serialize;
use toml_edit::DocumentMut;

use super::content::Content;
use super::{About, Options};

pub use head::Differing;

/// What became of the measures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Update {
    /// How many are worded as before.
    pub same: usize,
    /// Those worded otherwise, by their new keys, as they begin.
    pub changed: Vec<String>,
    /// Those that were not there.
    pub new: Vec<String>,
    /// Those that are there no more, by their old keys, as they began.
    pub gone: Vec<String>,
    /// What the document's head says otherwise than the text now does.
    pub head: Vec<Differing>,
}

/// What an editor adds to a document's head, or corrects there.
const OF_HEAD: [&str; 18] = [
    "title",
    "formerly",
    "kind",
    "script",
    "short_title",
    "summary",
    "image",
    "group",
    "continues",
    "amends",
    "signed",
    "adopted",
    "issued",
    "published",
    "in_force",
    "as_at",
    "place",
    "parties",
];

/// How much of two wordings must be alike, in hundredths.
const ALIKE: usize = 60;

/// More pairs are not compared.
const PAIRS: usize = 250_000;

/// A measure of a file that was read.
struct Measure {
    area: usize,
    key: String,
    text: String,
}

/// A document's files that were read.
#[derive(Default)]
struct Read {
    head_text: Option<String>,
    /// Each with its path.
    areas: Vec<(String, Table)>,
    /// The areas as they are written.
    texts: Vec<String>,
    measures: Vec<Measure>,
}

/// Writes what stands in the old files beside the text into the new ones. `seed`
/// is the text that they were imported from, if it is there.
///
/// # Errors
/// The path of an old file that is no TOML.
pub fn update(
    content: &mut Content,
    old: &[(String, String)],
    seed: Option<&[u8]>,
) -> Result<Update, String> {
    let old = read(old)?;
    let imported = seed.and_then(|seed| imported(seed, &content.id));
    let mut differing = Vec::new();
    let texts: Vec<(String, String)> = content
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("content/"))
        .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let new = read(&texts)?;
    let pairs = pairs(&old.measures, &new.measures);
    let areas = area_pairs(&old, &new, &pairs);
    let documents = Documents::of(&old)?;
    let keys: BTreeMap<&str, &str> = pairs
        .iter()
        .enumerate()
        .filter_map(|(at, pair)| Some((&*old.measures[(*pair)?].key, &*new.measures[at].key)))
        .collect();
    let parsed =
        |read: &Read| document("memorandum.toml", read.head_text.as_deref().unwrap_or_default());
    let old_head = parsed(&old)?;
    let field_ids = fields::ids(&parsed(&new)?, &old_head);
    for (path, bytes) in content.files.iter_mut().filter(|(path, _)| path.starts_with("content/")) {
        let mut written = document(path, &String::from_utf8_lossy(bytes))?;
        match new.areas.iter().position(|(own, _)| own == path) {
            None => {
                differing = head::differing(&written, &old_head, imported.as_ref(), &OF_HEAD);
                if let Some(imported) = &imported {
                    head::leave_out(&mut written, &old_head, imported, &OF_HEAD);
                }
                let is_kept =
                    |key: &&str| !differing.iter().any(|one| one.key == **key && !one.kept);
                let kept: Vec<&str> = OF_HEAD.into_iter().filter(|key| is_kept(key)).collect();
                keep::head(&mut written, &old_head, &kept);
                fields::head(&mut written, &old_head);
                head::place(&mut differing, path, &written.to_string());
            }
            Some(area) => {
                fields::area(&mut written, &field_ids);
                let first = new.measures.iter().position(|one| one.area == area);
                let first = first.unwrap_or_default();
                for (at, measure) in keep::measures(&mut written).into_iter().enumerate() {
                    let Some(pair) = pairs.get(first + at).copied().flatten() else { continue };
                    let Some(before) = documents.measure(pair) else { continue };
                    let same = old.measures[pair].text == new.measures[first + at].text;
                    let lay = if same { keep::same } else { keep::editorial };
                    lay(measure, before, &keys);
                }
                if let Some(before) = areas[area] {
                    keep::area(&mut written, &documents.areas[before]);
                    old.areas[before].0.clone_into(path);
                }
            }
        }
        *bytes = written.to_string().into_bytes();
    }
    Ok(Update { head: differing, ..told(&old, &new, &pairs) })
}

/// The head that the import of a text gives.
fn imported(seed: &[u8], id: &str) -> Option<DocumentMut> {
    let extracted = super::read("seed.txt", seed, &Options::default()).ok()?;
    let about = About { id: Some(id.to_owned()), ..About::default() };
    let content = super::content(seed, &extracted, &super::recognise(&extracted), &about);
    let head = content.files.iter().find(|(path, _)| path.ends_with("/memorandum.toml"))?;
    String::from_utf8_lossy(&head.1).parse().ok()
}

/// The old areas as they are written.
struct Documents {
    areas: Vec<DocumentMut>,
    /// For each measure its table.
    measures: Vec<Option<toml_edit::Table>>,
}

impl Documents {
    fn of(old: &Read) -> Result<Self, String> {
        let mut documents = Self { areas: Vec::new(), measures: Vec::new() };
        for (area, (path, _)) in old.areas.iter().enumerate() {
            let mut written = document(path, &old.texts[area])?;
            let count = old.measures.iter().filter(|one| one.area == area).count();
            let tables = keep::measures(&mut written);
            // Measures in a list of inline tables have no lines of their own.
            let whole = tables.len() == count;
            let tables = tables.into_iter().map(|table| Some(table.clone()));
            match whole {
                true => documents.measures.extend(tables),
                false => documents.measures.extend(std::iter::repeat_n(None, count)),
            }
            documents.areas.push(written);
        }
        Ok(documents)
    }

    fn measure(&self, at: usize) -> Option<&toml_edit::Table> {
        self.measures.get(at).and_then(Option::as_ref)
    }
}

fn document(path: &str, text: &str) -> Result<DocumentMut, String> {
    text.parse().map_err(|_| path.to_owned())
}

fn read(files: &[(String, String)]) -> Result<Read, String> {
    let mut read = Read::default();
    let mut areas: Vec<(String, Table, String)> = Vec::new();
    for (path, text) in files {
        let table: Table = text.parse().map_err(|_| path.clone())?;
        if path.ends_with("/memorandum.toml") {
            read.head_text = Some(text.clone());
            continue;
        }
        areas.push((path.clone(), table, text.clone()));
    }
    let place = |table: &Table| table.get("number").and_then(Value::as_integer).unwrap_or(i64::MAX);
    areas.sort_by(|(a, one, _), (b, other, _)| (place(one), a).cmp(&(place(other), b)));
    for (path, table, text) in areas {
        read.areas.push((path, table));
        read.texts.push(text);
    }
    for (area, (_, table)) in read.areas.iter().enumerate() {
        let sections = tables(table, "sections").flat_map(|one| tables(one, "measures"));
        for (ordinal, own) in tables(table, "measures").chain(sections).enumerate() {
            read.measures.push(Measure {
                area,
                key: format!("{}.{}", area + 1, ordinal + 1),
                text: wording(own),
            });
        }
    }
    Ok(read)
}

fn tables<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> + use<'a> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_table)
}

/// A measure's words without white space, wherever its heading was parted from
/// its text, in the script it was imported in.
fn wording(measure: &Table) -> String {
    let words = |key| match measure.get(key) {
        Some(Value::String(text)) => text.as_str(),
        Some(Value::Table(sides)) => sides.values().find_map(Value::as_str).unwrap_or_default(),
        _ => "",
    };
    let text = format!("{}{}", words("title"), words("text"));
    text.split_whitespace().collect()
}

/// For each new measure the old one that it is.
fn pairs(old: &[Measure], new: &[Measure]) -> Vec<Option<usize>> {
    let mut free: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in old.iter().enumerate().rev() {
        free.entry(&one.text).or_default().push(at);
    }
    let mut pairs: Vec<Option<usize>> =
        new.iter().map(|one| free.get_mut(one.text.as_str()).and_then(Vec::pop)).collect();
    let taken: FxHashSet<usize> = pairs.iter().flatten().copied().collect();
    let mut left: Vec<usize> = (0..old.len()).filter(|at| !taken.contains(at)).collect();
    let alone: Vec<usize> = (0..new.len()).filter(|at| pairs[*at].is_none()).collect();
    if left.len() * alone.len() > PAIRS {
        return pairs;
    }
    for at in alone {
        let likeness = |other: &usize| alike(&new[at].text, &old[*other].text);
        // Of equals the first.
        let best = left.iter().rev().copied().max_by_key(likeness);
        if let Some(best) = best.filter(|best| likeness(best) >= ALIKE) {
            pairs[at] = Some(best);
            left.retain(|other| *other != best);
        }
    }
    pairs
}

/// How much two texts have in common, in hundredths of their pairs of characters.
fn alike(one: &str, other: &str) -> usize {
    let grams = |text: &str| -> FxHashSet<(char, char)> {
        text.chars().zip(text.chars().skip(1)).collect()
    };
    let (one, other) = (grams(one), grams(other));
    200 * one.intersection(&other).count() / (one.len() + other.len()).max(1)
}

/// For each new area the old one that it is.
fn area_pairs(old: &Read, new: &Read, pairs: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut taken = FxHashSet::default();
    let mut found = Vec::new();
    for (at, (_, table)) in new.areas.iter().enumerate() {
        let title = table.get("title").and_then(Value::as_str);
        let of_title = title.and_then(|title| {
            old.areas
                .iter()
                .position(|(_, one)| one.get("title").and_then(Value::as_str) == Some(title))
        });
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (measure, pair) in new.measures.iter().zip(pairs).filter(|(one, _)| one.area == at) {
            debug_assert_eq!(measure.area, at);
            if let Some(pair) = pair {
                *counts.entry(old.measures[*pair].area).or_default() += 1;
            }
        }
        let of_most = counts.into_iter().max_by_key(|(_, count)| *count).map(|(area, _)| area);
        found.push(of_title.or(of_most).filter(|area| taken.insert(*area)));
    }
    found
}

fn told(old: &Read, new: &Read, pairs: &[Option<usize>]) -> Update {
    let words = |one: &Measure| {
        let begins: String = one.text.chars().take(20).collect();
        format!("{} {begins}", one.key)
    };
    let mut update = Update::default();
    for (one, pair) in new.measures.iter().zip(pairs) {
        match pair.map(|pair| &old.measures[pair]) {
            Some(before) if before.text == one.text => update.same += 1,
            Some(_) => update.changed.push(words(one)),
            None => update.new.push(words(one)),
        }
    }
    let kept: FxHashSet<usize> = pairs.iter().flatten().copied().collect();
    let gone = old.measures.iter().enumerate().filter(|(at, _)| !kept.contains(at));
    update.gone = gone.map(|(_, one)| words(one)).collect();
    update
}
