//! A document that is imported again: what an editor wrote beside its text is
//! kept with the measures that are still the same.
//!
//! 1. Measures of the same wording are the same; of the others, those whose
//!    wording is much alike.
//! 2. An area is the one of its title, or the one most of its measures come from.
//! 3. Ids, summaries, labels, related measures, and the head's dates, parties and
//!    short title are written into the new files.
//!
//! Comments are not kept, nor what an editor changed in the document's own
//! structure. Must not read or write a file.

use std::collections::BTreeMap;
use std::fmt::Write;

use ::toml::{Table, Value};
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::content::Content;

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
}

/// What an editor adds to a document's head.
const OF_HEAD: [&str; 13] = [
    "short_title",
    "summary",
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
    own: Table,
}

/// A document's files that were read.
#[derive(Default)]
struct Read {
    head: Table,
    /// Each with its path.
    areas: Vec<(String, Table)>,
    measures: Vec<Measure>,
}

/// Writes what stands in the old files beside the text into the new ones.
///
/// # Errors
/// The path of an old file that is no TOML.
pub fn update(content: &mut Content, old: &[(String, String)]) -> Result<Update, String> {
    let old = read(old)?;
    let texts: Vec<(String, String)> = content
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("content/"))
        .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let new = read(&texts)?;
    let pairs = pairs(&old.measures, &new.measures);
    let areas = area_pairs(&old, &new, &pairs);
    let keys: BTreeMap<&str, &str> = pairs
        .iter()
        .enumerate()
        .filter_map(|(at, pair)| Some((&*old.measures[(*pair)?].key, &*new.measures[at].key)))
        .collect();
    for (path, bytes) in content.files.iter_mut().filter(|(path, _)| path.starts_with("content/")) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let Some(area) = new.areas.iter().position(|(own, _)| own == path) else {
            *bytes = head(&text, &old.head, &new.head).into_bytes();
            continue;
        };
        let own = areas[area].map(|at| &old.areas[at]);
        let first = new.measures.iter().position(|one| one.area == area).unwrap_or_default();
        let mut at = first;
        let beside = |written: &mut String| {
            let pair = pairs.get(at).copied().flatten().map(|pair| &old.measures[pair]);
            at += 1;
            if let Some(pair) = pair {
                editorial(written, &pair.own, &keys);
            }
        };
        *bytes = area_file(&text, own.map(|(_, table)| table), beside).into_bytes();
        if let Some((before, _)) = own {
            before.clone_into(path);
        }
    }
    Ok(told(&old, &new, &pairs))
}

fn read(files: &[(String, String)]) -> Result<Read, String> {
    let mut read = Read::default();
    for (path, text) in files {
        let table: Table = text.parse().map_err(|_| path.clone())?;
        if path.ends_with("/memorandum.toml") {
            read.head = table;
            continue;
        }
        read.areas.push((path.clone(), table));
    }
    let place = |table: &Table| table.get("number").and_then(Value::as_integer).unwrap_or(i64::MAX);
    read.areas.sort_by(|(a, one), (b, other)| (place(one), a).cmp(&(place(other), b)));
    for (area, (_, table)) in read.areas.iter().enumerate() {
        let sections = tables(table, "sections").flat_map(|one| tables(one, "measures"));
        for (ordinal, own) in tables(table, "measures").chain(sections).enumerate() {
            read.measures.push(Measure {
                area,
                key: format!("{}.{}", area + 1, ordinal + 1),
                text: wording(own),
                own: own.clone(),
            });
        }
    }
    Ok(read)
}

fn tables<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> + use<'a> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_table)
}

/// A measure's text without white space, in the script it was imported in.
fn wording(measure: &Table) -> String {
    let text = match measure.get("text") {
        Some(Value::String(text)) => text.as_str(),
        Some(Value::Table(sides)) => sides.values().find_map(Value::as_str).unwrap_or_default(),
        _ => "",
    };
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

/// The new head with what an editor added to the old one.
fn head(text: &str, old: &Table, new: &Table) -> String {
    let mut written = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        written.push_str(line);
        if line.starts_with("title = ") {
            for key in OF_HEAD.iter().filter(|key| !new.contains_key(**key)) {
                write_value(&mut written, key, old.get(*key));
            }
        }
    }
    written
}

/// A new area's file with the old one's id and summary, and at the head of each
/// measure what `beside` writes.
fn area_file(text: &str, old: Option<&Table>, mut beside: impl FnMut(&mut String)) -> String {
    let mut written = String::with_capacity(text.len());
    let mut in_head = true;
    for line in text.split_inclusive('\n') {
        in_head &= !line.starts_with('[');
        let old_id =
            old.and_then(|old| old.get("id")).filter(|_| in_head && line.starts_with("id = "));
        match old_id {
            Some(id) => write_value(&mut written, "id", Some(id)),
            None => written.push_str(line),
        }
        if in_head && line.starts_with("number = ") {
            write_value(&mut written, "summary", old.and_then(|old| old.get("summary")));
        }
        if ["[[measures]]", "[[sections.measures]]"].contains(&line.trim_end()) {
            beside(&mut written);
        }
    }
    written
}

/// A measure's label and related measures, these by their new keys.
fn editorial(written: &mut String, own: &Table, keys: &BTreeMap<&str, &str>) {
    write_value(written, "label", own.get("label"));
    write_value(written, "amends", own.get("amends"));
    let Some(related) = own.get("related").and_then(Value::as_array) else { return };
    let renamed = related.iter().filter_map(|one| {
        let key = one.as_str()?;
        let key = if key.contains('/') { Some(key) } else { keys.get(key).copied() };
        key.map(|key| Value::String(key.to_owned()))
    });
    let renamed: Vec<Value> = renamed.collect();
    if !renamed.is_empty() {
        write_value(written, "related", Some(&Value::Array(renamed)));
    }
}

fn write_value(written: &mut String, key: &str, value: Option<&Value>) {
    if let Some(value) = value {
        let _ = writeln!(written, "{key} = {value}");
    }
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
