//! What a document's head says and its new text says otherwise. A value that the
//! import of the old text wrote, and nobody edited, is replaced; of the others an
//! editor decides, who is told both.

use serde::Serialize;
use toml_edit::{DocumentMut, Item, Table, Value};

/// A value of a document's head that a new text says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// Its key; of a part, the part's kind.
    pub key: String,
    /// What stood there, as TOML or in the document's words; empty if nothing did.
    pub before: String,
    /// What the new text says, as it would be written; empty if it says nothing.
    pub text: String,
    /// Whether what an editor wrote still stands.
    pub kept: bool,
    /// The document's own file.
    pub file: String,
    /// The line of what stands there now, from 1; the first if nothing does.
    pub line: usize,
}

/// Keys whose values an import only guesses: they are told where the guess is
/// another one than before.
const GUESSED: [&str; 2] = ["kind", "script"];

/// What the new text says otherwise of `keys`, and in its parts. `imported` is
/// the head that the old text gives.
pub(super) fn differing(
    new: &DocumentMut,
    old: &DocumentMut,
    imported: Option<&DocumentMut>,
    keys: &[&str],
) -> Vec<Differing> {
    let mut found = Vec::new();
    for key in keys {
        let of = |head: &'_ DocumentMut| head.get(key).and_then(Item::as_value).cloned();
        let (says, stands, gave) = (of(new), of(old), imported.and_then(of));
        let is_guess = GUESSED.contains(key);
        let is_same = match (&says, &stands) {
            (Some(says), Some(stands)) => same(says, stands),
            (None, Some(_)) => gave.is_none() || is_guess,
            (says, None) => says.is_none(),
        };
        let as_before = imported.is_some() && both_same(says.as_ref(), gave.as_ref());
        // The text is as it was: an editor wrote what stands, or took it out.
        if is_same || as_before && (is_guess || stands.is_none()) {
            continue;
        }
        // A title is the text's own words, whoever may have written it.
        let unedited = match imported {
            Some(_) => both_same(stands.as_ref(), gave.as_ref()),
            None => *key == "title",
        };
        found.push(told(key, stands.as_ref(), says.as_ref(), !unedited && stands.is_some()));
    }
    let words = |head| parts(head);
    let (old, new) = (words(old), words(new));
    let mut kinds: Vec<&String> = new.iter().chain(&old).map(|(kind, _)| kind).collect();
    kinds.dedup();
    let mut known: Vec<&String> = Vec::new();
    for kind in kinds {
        let of = |all: &[(String, String)]| {
            let own = all.iter().filter(|(one, _)| one == kind);
            own.map(|(_, words)| words.as_str()).collect::<Vec<_>>().join("\n")
        };
        let (before, text) = (of(&old), of(&new));
        if before != text && !known.contains(&kind) {
            known.push(kind);
            let (file, line) = (String::new(), 1);
            found.push(Differing { key: kind.clone(), before, text, kept: false, file, line });
        }
    }
    found
}

/// Takes out what an editor took out, where the text says the same as then.
pub(super) fn leave_out(
    new: &mut DocumentMut,
    old: &DocumentMut,
    imported: &DocumentMut,
    keys: &[&str],
) {
    for key in keys.iter().filter(|key| !old.contains_key(key)) {
        let of = |head: &'_ DocumentMut| head.get(key).and_then(Item::as_value).cloned();
        if both_same(of(new).as_ref(), of(imported).as_ref()) {
            new.remove(key);
        }
    }
}

fn told(key: &str, stands: Option<&Value>, says: Option<&Value>, kept: bool) -> Differing {
    let written = |value: Option<&Value>| {
        value.map_or(String::new(), |value| {
            let mut value = value.clone();
            value.decor_mut().clear();
            value.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
        })
    };
    Differing {
        key: key.to_owned(),
        before: written(stands),
        text: written(says),
        kept,
        file: String::new(),
        line: 1,
    }
}

fn both_same(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Whether two values say the same, however they are written: of a text with both
/// scripts, the one that was imported.
fn same(one: &Value, other: &Value) -> bool {
    let sides = |value: &Value| -> Vec<String> {
        match value {
            Value::String(text) => vec![text.value().clone()],
            Value::InlineTable(table) => table
                .iter()
                .filter(|(key, _)| *key != "provenance")
                .filter_map(|(_, side)| side.as_str().map(str::to_owned))
                .collect(),
            Value::Datetime(date) => vec![date.value().to_string()],
            Value::Integer(number) => vec![number.value().to_string()],
            Value::Boolean(known) => vec![known.value().to_string()],
            Value::Float(number) => vec![number.value().to_string()],
            Value::Array(_) => Vec::new(),
        }
    };
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (one, other) => {
            let others = sides(other);
            sides(one).iter().any(|side| others.contains(side))
        }
    }
}

/// What the parts around the areas say, by their kinds.
fn parts(head: &DocumentMut) -> Vec<(String, String)> {
    let tables = head.get("parts").and_then(Item::as_array_of_tables);
    let words = |part: &Table| {
        let own = ["title", "text", "closing"].into_iter().filter_map(|key| part.get(key));
        own.flat_map(said).collect::<Vec<_>>().join("\n")
    };
    let all = tables.into_iter().flat_map(|tables| tables.iter());
    all.filter_map(|part| Some((part.get("kind")?.as_str()?.to_owned(), words(part))))
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

fn said(item: &Item) -> Vec<String> {
    match item.as_value() {
        Some(Value::String(text)) => vec![text.value().trim().to_owned()],
        Some(Value::Array(texts)) => {
            texts.iter().filter_map(Value::as_str).map(|text| text.trim().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// Says where each stands in the head as it is written.
pub(super) fn place(all: &mut [Differing], file: &str, head: &str) {
    for one in all {
        file.clone_into(&mut one.file);
        let begins = |line: &str| {
            line.strip_prefix(one.key.as_str())
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let part = format!("\"{}\"", one.key);
        let is_kind = |line: &str| line.starts_with("kind") && line.ends_with(&part);
        let top = head.lines().take_while(|line| !line.starts_with('[')).position(begins);
        let found = top.or_else(|| head.lines().position(is_kind));
        one.line = found.map_or(1, |line| line + 1);
    }
}
