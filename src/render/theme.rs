//! A theme: templates, interface wording, static files.
//!
//! The default theme is embedded; a site's `themes/<name>/` overrides it file
//! by file. What is in a template's context is the views' business.

mod complete;
mod linking;
mod named;
mod phrase;
mod placeholder;
mod strings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{ErrorKind, ReportError, Tera};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Edition;
use crate::source::{Entry, FileId, Sources, Span, Spanned, Tree};

use named::Named;
use strings::Wording;

pub(super) use phrase::{FOUND, Phrase, VARIOUS, keys};
pub(super) use strings::Strings;

/// The default theme's files, by path below the theme's folder: all that there are.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// A theme, ready to render.
pub struct Theme {
    name: String,
    pub(super) tera: Tera,
    wording: Wording,
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
            wording: Wording::default(),
            assets: Vec::new(),
            files: BTreeMap::new(),
            templates: BTreeMap::new(),
            texts: BTreeMap::new(),
        };
        let mut good = true;
        let mut wording = None;
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
                None if *path == "strings.toml" => wording = Some((file, text)),
                None => {}
            }
        }
        let embedded = embedded_templates();
        let named = Named::of(&theme.texts, &theme.templates, &embedded);
        if let Some((file, text)) = wording {
            let filled = placeholder::filled(&theme.texts, &embedded);
            good &= theme.wording.read((file, text), &named, &filled, diagnostics);
        }
        let compiled = theme.compile(diagnostics);
        if compiled {
            theme.idle(tree, &folder, &embedded, diagnostics);
        }
        (good && compiled).then_some(theme)
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

    /// What pages are made of: templates and wording, and the names of the rest.
    pub(super) fn of_pages(&self) -> Vec<(&str, &[u8])> {
        let folder = format!("themes/{}/static/", self.name);
        let names = |path: &str| path.starts_with(&folder);
        self.files().map(|(path, bytes)| (path, if names(path) { &[] } else { bytes })).collect()
    }

    /// The wording of an edition: its own, or that of its script.
    pub(super) fn strings(&self, edition: Edition) -> &Strings {
        self.wording.of(edition)
    }

    /// Says what templates of the site's own are for nothing.
    fn idle(
        &self,
        tree: &Tree,
        folder: &str,
        embedded: &[(&str, &str)],
        diagnostics: &mut Diagnostics,
    ) {
        let folder = [folder, "templates/"].concat();
        let own: BTreeSet<String> =
            tree.below(&folder).map(|(path, _)| path[folder.len()..].to_owned()).collect();
        named::idle(&self.texts, &self.templates, embedded, &own, diagnostics);
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

/// The default theme's templates.
fn embedded_templates() -> Vec<(&'static str, &'static str)> {
    let templates = EMBEDDED.iter().filter_map(|(path, bytes)| {
        Some((path.strip_prefix("templates/")?, std::str::from_utf8(bytes).ok()?))
    });
    templates.collect()
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
