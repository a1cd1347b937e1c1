//! A theme: templates, interface wording, static files.
//!
//! The default theme is embedded; a site's `themes/<name>/` overrides it file
//! by file. `strings.toml` has a table for each script, and for any edition that says
//! something else, with the same keys.

mod linking;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{ErrorKind, ReportError, Tera, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Edition, Kind, Script};
use crate::source::{Entry, FileId, Sources, Span, Spanned, Tree};

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        /// The default theme's files, by path below the theme's folder.
        const EMBEDDED: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!("../../themes/default/", $path)))),*];
    };
}

embedded![
    "static/entry.js",
    "static/icon.svg",
    "static/matrix.css",
    "static/matrix.js",
    "static/script.js",
    "static/sealed.css",
    "static/sealed.js",
    "static/search-index.js",
    "static/search.css",
    "static/search.js",
    "static/style.css",
    "static/versions.css",
    "strings.toml",
    "templates/area.html",
    "templates/areas.html",
    "templates/base.html",
    "templates/comparison.html",
    "templates/components.html",
    "templates/data.html",
    "templates/entities.html",
    "templates/entity.html",
    "templates/entry.html",
    "templates/full.html",
    "templates/home.html",
    "templates/masthead.html",
    "templates/matrix.html",
    "templates/measure.html",
    "templates/memorandum.html",
    "templates/moved.html",
    "templates/not-found.html",
    "templates/notice.html",
    "templates/page.html",
    "templates/sealed.html",
    "templates/search.html",
    "templates/versions.html",
    "templates/who-and-what.html",
];

/// A theme, ready to render.
pub struct Theme {
    name: String,
    pub(super) tera: Tera,
    /// By edition or script.
    strings: BTreeMap<String, Strings>,
    no_strings: Strings,
    pub(super) assets: Vec<Asset>,
    /// Every file by its path below the root, whoever wrote it.
    files: BTreeMap<String, Arc<[u8]>>,
    templates: BTreeMap<String, FileId>,
    texts: BTreeMap<String, Arc<str>>,
}

/// A static file of a theme.
pub(super) struct Asset {
    /// Path in the site: `assets/style.css`.
    pub(super) path: String,
    pub(super) bytes: Arc<[u8]>,
}

/// The interface's wording in one edition.
#[derive(Debug, Clone)]
pub(super) struct Strings {
    table: Value,
    written: toml::Table,
}

impl Strings {
    /// The whole table, for templates.
    pub(super) fn table(&self) -> &Value {
        &self.table
    }

    /// The same wording with what a document and its parts are called in place of
    /// `{document}`, `{area}` and the like.
    pub(super) fn with_words(&self, words: &[(String, String)]) -> Self {
        let mut written = self.written.clone();
        written.iter_mut().for_each(|(_, value)| put_words(value, words));
        Self { table: Value::from_serializable(&written), written }
    }

    /// What the documents of a kind and their parts are called.
    pub(super) fn words_of(&self, kind: &str) -> Vec<(String, String)> {
        let documents = self.written.get("documents").and_then(|all| all.get(kind));
        let words = documents.and_then(toml::Value::as_table).into_iter().flatten();
        words.filter_map(|(name, word)| Some((name.clone(), word.as_str()?.to_owned()))).collect()
    }

    /// One wording, with `{name}` replaced. Empty if the theme has none: the
    /// loader has made sure of those in [`WORDING`].
    pub(super) fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
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

/// Wording that the views need, whatever the templates use; some of it is whole
/// tables.
pub(super) const WORDING: [&str; 64] = [
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

impl Theme {
    /// Loads a theme. `None` if there is no such theme or a part of it is
    /// wrong; every fault is reported.
    pub fn load(
        name: &Spanned<String>,
        tree: &Tree,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let files = files(name, tree, diagnostics)?;
        let folder = format!("themes/{}/", name.value);
        let mut theme = Self {
            name: name.value.clone(),
            tera: Tera::default(),
            strings: BTreeMap::new(),
            no_strings: Strings { table: Value::none(), written: toml::Table::new() },
            assets: Vec::new(),
            files: BTreeMap::new(),
            templates: BTreeMap::new(),
            texts: BTreeMap::new(),
        };
        let mut good = true;
        for (path, bytes) in &files {
            theme.files.insert(format!("{folder}{path}"), bytes.clone());
            if let Some(asset) = path.strip_prefix("static/") {
                theme.assets.push(Asset { path: format!("assets/{asset}"), bytes: bytes.clone() });
                continue;
            }
            let full_path = format!("{folder}{path}");
            let Ok(text) = std::str::from_utf8(bytes) else {
                let message = format!("`{full_path}` is not UTF-8");
                diagnostics.push(Diagnostic::file_error(Code::InvalidUtf8, &full_path, message));
                good = false;
                continue;
            };
            let file = sources.add(full_path, text);
            match path.strip_prefix("templates/") {
                Some(template) => {
                    theme.templates.insert(template.to_owned(), file);
                    theme.texts.insert(template.to_owned(), text.into());
                }
                None if *path == "strings.toml" => {
                    good &= theme.read_strings(file, text, diagnostics);
                }
                None => {}
            }
        }
        good &= theme.compile(diagnostics);
        good.then_some(theme)
    }

    /// The name it is chosen by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The paths of its static files in the site.
    pub fn asset_paths(&self) -> impl Iterator<Item = &str> {
        self.assets.iter().map(|asset| asset.path.as_str())
    }

    /// All files of the theme by their path below the root: the site's own, and
    /// the embedded ones that they do not override.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes))
    }

    /// The wording of an edition: its own, or that of its script.
    pub(super) fn strings(&self, edition: Edition) -> &Strings {
        let own = self.strings.get(edition.id());
        own.or_else(|| self.strings.get(edition.script.id())).unwrap_or(&self.no_strings)
    }

    /// Compiles the templates; reports each one's first fault.
    fn compile(&mut self, diagnostics: &mut Diagnostics) -> bool {
        let mut good = true;
        for (name, text) in &self.texts {
            if let Err(error) = Tera::default().add_raw_template(name, text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                diagnostics.push(self.diagnostic(&error, name));
                good = false;
            }
        }
        if good && let Err(error) = self.tera.add_raw_templates(&self.texts) {
            let mistakes = linking::mistakes(self, &error);
            if mistakes.is_empty() {
                diagnostics.push(self.diagnostic(&error, "base.html"));
            }
            mistakes.into_iter().for_each(|mistake| diagnostics.push(mistake));
            good = false;
        }
        good
    }

    /// Reads the wording; all tables must have the same keys.
    fn read_strings(&mut self, file: FileId, text: &str, diagnostics: &mut Diagnostics) -> bool {
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
                self.strings.insert((*name).to_owned(), Strings { table, written });
            }
        }
        good
    }

    /// An error of the template engine at its place.
    pub(super) fn diagnostic(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let code = Code::TemplateError;
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                match self.templates.get(report.filename()) {
                    Some(file) => {
                        let text = &self.texts[report.filename()];
                        let span = Span::new(*file, byte_range(text, report));
                        Diagnostic::error(code, span, lowercase_first(report.message()))
                    }
                    None => Diagnostic::file_error(code, report.filename(), report.message()),
                }
            }
            ErrorKind::MissingParent { current, .. } if current != template => {
                self.diagnostic(error, current)
            }
            other => match self.templates.get(template) {
                Some(file) => Diagnostic::error(
                    code,
                    Span::new(*file, 0..0),
                    lowercase_first(&other.to_string()),
                ),
                None => Diagnostic::file_error(code, template, other.to_string()),
            },
        }
    }
}

/// A theme's files: the embedded ones, overridden by the site's own.
fn files<'a>(
    name: &Spanned<String>,
    tree: &'a Tree,
    diagnostics: &mut Diagnostics,
) -> Option<BTreeMap<&'a str, Arc<[u8]>>> {
    let folder = format!("themes/{}/", name.value);
    let mut files: BTreeMap<&str, Arc<[u8]>> =
        EMBEDDED.iter().map(|(path, bytes)| (*path, Arc::from(*bytes))).collect();
    let mut own = 0;
    for (path, entry) in tree.files.iter().filter(|(path, _)| path.starts_with(&folder)) {
        match entry {
            Entry::Bytes(bytes) => {
                files.insert(&path[folder.len()..], bytes.clone());
            }
            Entry::TooLarge(size) => {
                let message = format!("`{path}` has {size} bytes: too large for a theme");
                diagnostics.push(Diagnostic::file_error(Code::FileTooLarge, path, message));
            }
        }
        own += 1;
    }
    if own == 0 && name.value != "default" {
        let themes =
            tree.files.keys().filter_map(|path| path.strip_prefix("themes/")?.split('/').next());
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownTheme,
                name.span,
                format!("no theme is called `{}`", name.value),
            )
            .suggest(&name.value, themes.chain(["default"]))
            .help("a theme is a folder below `themes/`; `default` is always there"),
        );
        return None;
    }
    Some(files)
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

/// The engine gives lines from 1 and columns from 0, in characters.
fn byte_range(text: &str, report: &ReportError) -> std::ops::Range<usize> {
    let span = report.span();
    let offset = |line: usize, column: usize| {
        let start: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &text[start.min(text.len())..];
        let inside = rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
        start + inside
    };
    let start = offset(span.start_line, span.start_col);
    start..offset(span.end_line, span.end_col).max(start)
}

fn lowercase_first(text: &str) -> String {
    let text = text.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_default_theme_is_embedded() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut found: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .map(|entry| entry.expect("the theme can be read"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(&root).expect("below").display().to_string())
            .collect();
        found.sort();
        let embedded: Vec<_> = EMBEDDED.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(embedded, found);
    }
}
