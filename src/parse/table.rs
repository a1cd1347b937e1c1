//! Reads TOML tables field by field and reports every fault of each.
//!
//! serde would stop at a file's first fault. A [`Reader`] remembers which keys
//! it was asked for, so what is left at the end is unknown. At most one syntax
//! error is reported a file: recovery multiplies them.

mod prose;
mod text;
mod value;

pub use text::{Lines, unusable_character};
pub use value::bad_id;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, like};
use crate::model::{Script, Text};
use crate::source::{FileId, Sources, Span, Spanned};

use super::Parser;
use super::fields::{Asked, NOTHING, Table};

/// Parses a file's TOML and hands its root table to `read`.
pub fn parse<T>(
    parser: &mut Parser,
    file: FileId,
    fields: &'static Table,
    read: impl FnOnce(&mut Reader) -> Option<T>,
) -> Option<T> {
    let text = parser.sources.file(file).text.clone();
    parse_part(parser, file, &text, 0, fields, read)
}

/// Parses TOML that stands at `offset` bytes in its file.
pub fn parse_part<T>(
    parser: &mut Parser,
    file: FileId,
    text: &str,
    offset: usize,
    fields: &'static Table,
    read: impl FnOnce(&mut Reader) -> Option<T>,
) -> Option<T> {
    match DeTable::parse(text) {
        Ok(root) => {
            let place = Span::new(file, offset..offset);
            let context = Context { sources: parser.sources, file, offset };
            let table = root.get_ref();
            let mut reader = Reader::new(context, table, fields, place, parser.diagnostics);
            let value = read(&mut reader);
            reader.finish();
            value
        }
        Err(error) => {
            let range = error.span().unwrap_or_default();
            let span = Span::new(file, range.start + offset..range.end + offset);
            let message = error.message().lines().next().unwrap_or_default().to_lowercase();
            parser.diagnostics.push(
                Diagnostic::error(Code::TomlSyntax, span, format!("invalid TOML: {message}"))
                    .help("the rest of the file was not read"),
            );
            None
        }
    }
}

/// Where a table stands.
#[derive(Clone, Copy)]
struct Context<'a> {
    sources: &'a Sources,
    file: FileId,
    offset: usize,
}

impl Context<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    /// The place of a string's text inside its quotes; with escapes, roughly.
    fn string(&self, value: &str, range: std::ops::Range<usize>) -> Spanned<String> {
        let span = self.span(range);
        let raw = self.sources.text(span);
        let inner = match raw.find(value) {
            Some(at) if !value.is_empty() => {
                let start = span.start as usize + at;
                Span::new(self.file, start..start + value.len())
            }
            _ => span,
        };
        Spanned::new(value.to_owned(), inner)
    }
}

/// Reads one table.
pub struct Reader<'a> {
    context: Context<'a>,
    table: &'a DeTable<'a>,
    /// What may be asked for.
    fields: &'static Table,
    place: Span,
    known: Vec<&'static str>,
    /// Keys of the author's own that were asked for.
    passed: Vec<String>,
    /// Keys that must be there and are not.
    missing: Vec<String>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Reader<'a> {
    fn new(
        context: Context<'a>,
        table: &'a DeTable<'a>,
        fields: &'static Table,
        place: Span,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let (known, passed, missing) = (Vec::new(), Vec::new(), Vec::new());
        Self { context, table, fields, place, known, passed, missing, diagnostics }
    }

    /// The place of the table's head.
    pub fn place(&self) -> Span {
        self.place
    }

    /// Reports a mistake found while reading.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn value(
        &mut self,
        key: &'static str,
        asked: Asked,
    ) -> Option<(&'a DeValue<'a>, std::ops::Range<usize>)> {
        debug_assert!(self.fields.has(key, asked), "{asked:?} `{key}` of {:?}", self.fields.name);
        self.known.push(key);
        self.table
            .iter()
            .find(|(name, _)| name.get_ref().as_ref() == key)
            .map(|(_, value)| (value.get_ref(), value.span()))
    }

    fn peek(&self, key: &str) -> Option<&'a DeValue<'a>> {
        let entry = self.table.iter().find(|(name, _)| name.get_ref().as_ref() == key);
        entry.map(|(_, value)| value.get_ref())
    }

    fn wrong_type(
        &mut self,
        key: &str,
        value: &DeValue,
        range: std::ops::Range<usize>,
        expected: &str,
    ) {
        let span = self.context.span(range);
        let found = value.type_str();
        self.report(
            Diagnostic::error(Code::WrongType, span, format!("`{key}` must be {expected}"))
                .label(format!("this is {} {found}", article(found))),
        );
    }

    /// Reports a field that must be there.
    pub fn missing(&mut self, key: &str) {
        self.missing.push(key.to_owned());
    }

    /// A string, if the key is there.
    pub fn string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let (value, range) = self.value(key, Asked::String)?;
        match value.as_str() {
            Some(text) => Some(self.context.string(text, range)),
            None => {
                self.wrong_type(key, value, range, "a string");
                None
            }
        }
    }

    /// A string that must be there.
    pub fn required_string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        if !self.has(key) {
            self.known.push(key);
            self.missing(key);
            return None;
        }
        self.string(key)
    }

    /// Whether the key holds a table.
    pub fn is_table(&self, key: &str) -> bool {
        self.peek(key).is_some_and(|value| value.is_table())
    }

    /// Whether the key holds a list.
    pub fn is_array(&self, key: &str) -> bool {
        self.peek(key).is_some_and(|value| value.is_array())
    }

    /// Whether the key holds a list that begins with a table.
    pub fn is_list_of_tables(&self, key: &str) -> bool {
        let list = self.peek(key).and_then(|value| value.as_array());
        list.and_then(|list| list.first()).is_some_and(|one| one.get_ref().is_table())
    }

    /// Whether the key holds an empty string.
    pub fn is_blank(&self, key: &str) -> bool {
        self.peek(key).and_then(|value| value.as_str()).is_some_and(str::is_empty)
    }

    /// The place of a key's value, if it is there.
    pub fn place_of(&self, key: &str) -> Option<Span> {
        let entry = self.table.iter().find(|(name, _)| name.get_ref().as_ref() == key);
        entry.map(|(name, _)| self.context.span(name.span()))
    }

    /// All keys, for a table whose keys are names of the author's own.
    pub fn keys(&self) -> Vec<(String, Span)> {
        let keys = self.table.iter();
        keys.map(|(name, _)| (name.get_ref().to_string(), self.context.span(name.span()))).collect()
    }

    /// Takes a key of the author's own for known.
    pub fn pass_over(&mut self, key: &str) {
        self.passed.push(key.to_owned());
    }

    /// A text under a key of the author's own.
    pub fn text_of(&mut self, key: &str, script: Script) -> Option<Text> {
        self.pass_over(key);
        let (_, value) = self.table.iter().find(|(name, _)| name.get_ref().as_ref() == key)?;
        let read = self.text_value("fields", value.get_ref(), value.span(), script, &[])?;
        self.one_paragraph(key, read)
    }

    /// Whether the table has the key.
    pub fn has(&self, key: &str) -> bool {
        self.table.iter().any(|(name, _)| name.get_ref().as_ref() == key)
    }

    pub(super) fn array(
        &mut self,
        key: &'static str,
        asked: Asked,
        expected: &str,
    ) -> Vec<(&'a DeValue<'a>, std::ops::Range<usize>)> {
        let Some((value, range)) = self.value(key, asked) else { return Vec::new() };
        match value.as_array() {
            Some(array) => array.iter().map(|item| (item.get_ref(), item.span())).collect(),
            None => {
                self.wrong_type(key, value, range, expected);
                Vec::new()
            }
        }
    }

    /// A table, if the key is there.
    pub fn table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Reader) -> Option<T>,
    ) -> Option<T> {
        let (value, range) = self.value(key, Asked::Table)?;
        self.subtable(key, value, range, read)
    }

    /// A list of tables (`[[key]]`); empty if the key is not there.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Reader) -> Option<T>,
    ) -> Vec<T> {
        self.array(key, Asked::Tables, "a list of tables")
            .into_iter()
            .filter_map(|(value, range)| self.subtable(key, value, range, &mut read))
            .collect()
    }

    fn subtable<T>(
        &mut self,
        key: &'static str,
        value: &'a DeValue<'a>,
        range: std::ops::Range<usize>,
        read: impl FnOnce(&mut Reader) -> Option<T>,
    ) -> Option<T> {
        let fields = self.fields.below(key).unwrap_or(&NOTHING);
        self.table_of(fields, key, value, range, read)
    }

    /// A table whose fields are these.
    fn table_of<T>(
        &mut self,
        fields: &'static Table,
        key: &str,
        value: &'a DeValue<'a>,
        range: std::ops::Range<usize>,
        read: impl FnOnce(&mut Reader) -> Option<T>,
    ) -> Option<T> {
        let Some(table) = value.as_table() else {
            self.wrong_type(key, value, range, "a table");
            return None;
        };
        let place = self.context.span(range);
        let mut reader = Reader::new(self.context, table, fields, place, self.diagnostics);
        let value = read(&mut reader);
        reader.finish();
        value
    }

    /// Reports the keys that nobody asked for, and those that are missing, unless
    /// one of the others was meant to be it.
    fn finish(mut self) {
        for (name, _) in self.table.iter() {
            let key: &str = name.get_ref();
            if self.known.contains(&key) || self.passed.iter().any(|own| own == key) {
                continue;
            }
            let meant = like(key, self.missing.iter().map(String::as_str)).map(str::to_owned);
            self.missing.retain(|missing| Some(missing) != meant.as_ref());
            let known = self.known.iter().copied().filter(|_| meant.is_none());
            let span = self.context.span(name.span());
            let diagnostic =
                Diagnostic::error(Code::UnknownKey, span, format!("no field is called `{key}`"))
                    .suggest(key, known.chain(meant.as_deref()));
            self.diagnostics.push(match diagnostic.help.is_empty() {
                true => diagnostic.help(format!("known here: {}", quoted_list(&self.known))),
                false => diagnostic,
            });
        }
        for key in self.missing {
            let message = format!("`{key}` is missing");
            let missing = Diagnostic::error(Code::MissingField, self.place, message);
            self.diagnostics.push(missing.label("in this table"));
        }
    }
}

fn quoted_list(names: &[&str]) -> String {
    let mut names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.sort();
    names.dedup();
    names.join(", ")
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
