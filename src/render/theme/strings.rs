//! The interface's wording: a table for each script, and for any edition that says
//! something else, with the same keys.
//!
//! Must not know templates, nor what pages do with a wording.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Edition, Kind, Script};
use crate::source::{FileId, Span};

/// The interface's wording in one edition.
#[derive(Debug, Clone)]
pub(in crate::render) struct Strings {
    table: Value,
    written: toml::Table,
}

impl Strings {
    /// The whole table, for templates.
    pub(in crate::render) fn table(&self) -> &Value {
        &self.table
    }

    /// The same wording with what a document and its parts are called in place of
    /// `{document}`, `{area}` and the like.
    pub(in crate::render) fn with_words(&self, words: &[(String, String)]) -> Self {
        let mut written = self.written.clone();
        written.iter_mut().for_each(|(_, value)| put_words(value, words));
        Self { table: Value::from_serializable(&written), written }
    }

    /// What the documents of a kind and their parts are called.
    pub(in crate::render) fn words_of(&self, kind: &str) -> Vec<(String, String)> {
        let documents = self.written.get("documents").and_then(|all| all.get(kind));
        let words = documents.and_then(toml::Value::as_table).into_iter().flatten();
        words.filter_map(|(name, word)| Some((name.clone(), word.as_str()?.to_owned()))).collect()
    }

    /// One wording, with `{name}` replaced. Empty if the theme has none: the
    /// loader has made sure of those in [`WORDING`].
    pub(in crate::render) fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        let wording = self.table.get_from_path(key).and_then(Value::as_str).unwrap_or_default();
        let mut text = String::with_capacity(wording.len() * 2);
        let mut rest = wording;
        while let Some((before, name)) = rest.split_once('{') {
            text.push_str(before);
            let found = name.split_once('}').and_then(|(name, after)| {
                let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                Some((value, after))
            });
            match found {
                Some((value, after)) => {
                    text.push_str(value);
                    rest = after;
                }
                None => {
                    text.push('{');
                    rest = name;
                }
            }
        }
        text.push_str(rest);
        text
    }
}

/// A theme's wording in all editions.
#[derive(Debug)]
pub(super) struct Wording {
    /// By edition or script.
    tables: BTreeMap<String, Strings>,
    none: Strings,
}

impl Default for Wording {
    fn default() -> Self {
        let none = Strings { table: Value::none(), written: toml::Table::new() };
        Self { tables: BTreeMap::new(), none }
    }
}

impl Wording {
    /// The wording of an edition: its own, or that of its script.
    pub(super) fn of(&self, edition: Edition) -> &Strings {
        let own = self.tables.get(edition.id());
        own.or_else(|| self.tables.get(edition.script.id())).unwrap_or(&self.none)
    }

    /// Reads the wording; all tables must have the same keys.
    pub(super) fn read(&mut self, file: FileId, text: &str, diagnostics: &mut Diagnostics) -> bool {
        let whole = Span::new(file, 0..0);
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                let span = error.span().map_or(whole, |range| Span::new(file, range));
                let message = format!("invalid TOML: {}", error.message());
                diagnostics.push(Diagnostic::error(Code::TomlSyntax, span, message));
                return false;
            }
        };
        let scripts = Script::ALL.map(Script::id).into_iter();
        let more = table.keys().map(String::as_str).filter(|name| Script::from_id(name).is_none());
        let tables: Vec<(&str, Vec<String>)> =
            scripts.chain(more).map(|name| (name, keys(table.get(name)))).collect();
        let mut good = true;
        for (name, own) in &tables {
            let others = tables.iter().flat_map(|(_, keys)| keys);
            let missing: BTreeSet<&String> = others.filter(|key| !own.contains(key)).collect();
            let kinds = Kind::ALL.map(|kind| ["kinds.", kind.id()].concat());
            let needed = WORDING.iter().copied().chain(kinds.iter().map(String::as_str));
            let needed = needed.filter(|key| !own.iter().any(|own| is_of(own, key)));
            let missing: BTreeSet<&str> =
                missing.into_iter().map(String::as_str).chain(needed).collect();
            for message in missing_in_words(name, &missing) {
                diagnostics.push(
                    Diagnostic::error(Code::MissingString, whole, message)
                        .help("wording is written by hand for each edition, under the same keys"),
                );
                good = false;
            }
            if let Some(toml::Value::Table(written)) = table.get(*name) {
                let (table, written) = (Value::from_serializable(written), written.clone());
                self.tables.insert((*name).to_owned(), Strings { table, written });
            }
        }
        good
    }
}

/// Wording that the views need, whatever the templates use; some of it is whole
/// tables.
pub(in crate::render) const WORDING: [&str; 74] = [
    "area_moved",
    "area_of_number",
    "as_at_line",
    "citation_area",
    "citation_date",
    "citation_excerpt",
    "citation_own",
    "citation_text",
    "citation_url",
    "cite_of",
    "compare_with",
    "comparison_title",
    "converted",
    "converted_page",
    "counts",
    "data",
    "data_columns",
    "data_lead",
    "documents",
    "edited",
    "edited_unsigned",
    "entities",
    "events",
    "feed_title",
    "first_version",
    "full",
    "history_since",
    "history_unsealed",
    "marked_end",
    "marked_inserted",
    "marked_removed",
    "matrix",
    "measure_named",
    "measures_count",
    "not_found",
    "official",
    "official_verified",
    "ordinal",
    "original",
    "own_page_of",
    "part_dates",
    "parties",
    "parties_many",
    "parties_many_unsigned",
    "parties_unsigned",
    "issuers",
    "items_count",
    "parts",
    "permalink",
    "picture_and_more",
    "picture_kinds_unshared",
    "picture_most",
    "picture_most_alike",
    "picture_name",
    "picture_of_entity",
    "picture_shared",
    "picture_squares",
    "picture_unshared",
    "picture_widest",
    "present",
    "script_names",
    "search",
    "sentence",
    "statuses",
    "unchanged_measures",
    "verified_extracted",
    "verified_notice",
    "verified_short",
    "version_named",
    "versions",
    "versions_lead",
    "was_area",
    "was_in",
    "was_number",
];

fn put_words(value: &mut toml::Value, words: &[(String, String)]) {
    match value {
        toml::Value::String(text) if text.contains('{') => {
            for (name, word) in words {
                *text = text.replace(&format!("{{{name}}}"), word);
            }
        }
        toml::Value::Table(table) => table.iter_mut().for_each(|(_, one)| put_words(one, words)),
        _ => {}
    }
}

/// The keys of a table, nested ones as `a.b`.
fn keys(table: Option<&toml::Value>) -> Vec<String> {
    let Some(toml::Value::Table(table)) = table else { return Vec::new() };
    let mut names = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(_) => {
                names.extend(keys(Some(value)).iter().map(|inner| format!("{key}.{inner}")));
            }
            _ => names.push(key.clone()),
        }
    }
    names
}

/// So many keys that are missing in one table are a table that is empty, or out of
/// place: one mistake.
const SEVERAL: usize = 8;

/// What is said of the keys that a table has not.
fn missing_in_words(table: &str, missing: &BTreeSet<&str>) -> Vec<String> {
    if missing.len() < SEVERAL {
        return missing.iter().map(|key| format!("`{key}` is missing in `[{table}]`")).collect();
    }
    let first: Vec<&str> = missing.iter().take(3).copied().collect();
    let more = missing.len() - first.len();
    vec![format!("`{}` and {more} more are missing in `[{table}]`", first.join("`, `"))]
}

/// Whether a key is the one of a name, or in the table of that name.
fn is_of(key: &str, name: &str) -> bool {
    key.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
