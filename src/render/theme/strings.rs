//! The interface's wording: a table for each script, and for any edition that says
//! something else, with the same keys.
//!
//! Must not know templates, nor what pages do with a wording.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;
use toml::de::DeTable;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Edition;
use crate::source::{FileId, Span};

use super::complete;
use super::named::Named;
use super::phrase::Phrase;
use super::placeholder;

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

    /// One wording, with `{name}` replaced. The loader has made sure that it is
    /// there; otherwise its key would be shown, and never nothing.
    pub(in crate::render) fn format(&self, phrase: Phrase, values: &[(&str, &str)]) -> String {
        let key = phrase.key();
        let wording = self.table.get_from_path(&key).and_then(Value::as_str).unwrap_or(&key);
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

    /// Reads the wording, which must have all that somebody asks for.
    pub(super) fn read(
        &mut self,
        (file, text): (FileId, &str),
        named: &Named,
        filled: &BTreeSet<String>,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let read: Result<toml::Table, _> = text.parse();
        let (table, places) = match (read, DeTable::parse(text)) {
            (Ok(table), Ok(places)) => (table, places),
            (Err(error), _) | (_, Err(error)) => {
                let range = error.span().unwrap_or_default();
                let message = format!("invalid TOML: {}", error.message());
                diagnostics.push(Diagnostic::error(
                    Code::TomlSyntax,
                    Span::new(file, range),
                    message,
                ));
                return false;
            }
        };
        let mut found = Diagnostics::default();
        complete::check(file, places.get_ref(), named, &mut found);
        placeholder::check((file, text), places.get_ref(), filled, &mut found);
        let good = !found.has_errors();
        diagnostics.append(found);
        for (name, value) in &table {
            if let toml::Value::Table(written) = value {
                let (table, written) = (Value::from_serializable(written), written.clone());
                self.tables.insert(name.clone(), Strings { table, written });
            }
        }
        good
    }
}

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
