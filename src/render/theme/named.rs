//! What templates name: wordings, and one another.
//!
//! Found in the text of their tags. Must not know what any of it is for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// The wordings that templates name.
#[derive(Default)]
pub(super) struct Named {
    /// By key, with the first place that names it; nothing of a table's key says
    /// which of its wordings.
    pub(super) keys: BTreeMap<String, Span>,
    /// What the default theme's templates name: they are there to be used.
    default: BTreeSet<String>,
}

impl Named {
    /// Reads all templates.
    pub(super) fn of(
        texts: &BTreeMap<String, Arc<str>>,
        files: &BTreeMap<String, FileId>,
        embedded: &[(&str, &str)],
    ) -> Self {
        let mut named = Self::default();
        for (_, text) in embedded {
            named.default.extend(all_keys(text).map(|(_, key)| key));
        }
        for (name, text) in texts {
            let Some(file) = files.get(name) else { continue };
            for (range, key) in all_keys(text) {
                named.keys.entry(key).or_insert(Span::new(*file, range));
            }
        }
        named
    }

    /// Whether a template names a key, or a table that it is in.
    pub(super) fn has(&self, key: &str) -> bool {
        let tables = key.match_indices('.').map(|(at, _)| &key[..at]);
        let is_named = |name: &str| self.keys.contains_key(name) || self.default.contains(name);
        tables.chain([key]).any(is_named)
    }
}

/// The keys that a template names, and where.
fn all_keys(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let tags: Vec<Range<usize>> = tags(text).collect();
    let mut called = BTreeSet::from(["strings"]);
    // `{% set s = wordings[edition.id] %}`, or of the page's own.
    called.extend(tags.iter().filter_map(|tag| alias(&text[tag.clone()])));
    tags.into_iter().flat_map(move |tag| {
        let found = keys(&text[tag.clone()], &called).into_iter();
        found.map(move |(range, key)| (tag.start + range.start..tag.start + range.end, key))
    })
}

/// Says which templates of the site's own no page is made with. (A block that the
/// template above does not have is the engine's to tell.)
pub(super) fn idle(
    texts: &BTreeMap<String, Arc<str>>,
    files: &BTreeMap<String, FileId>,
    embedded: &[(&str, &str)],
    own: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let named: BTreeSet<&str> = embedded.iter().flat_map(|(_, text)| references(text)).collect();
    let pages = embedded.iter().map(|(name, _)| *name).filter(|name| !named.contains(name));
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut next: Vec<&str> = pages.collect();
    // What has components is called by their names.
    next.extend(texts.iter().filter(|(_, text)| has_components(text)).map(|(name, _)| &**name));
    while let Some(name) = next.pop() {
        if used.insert(name)
            && let Some(text) = texts.get(name)
        {
            next.extend(references(text));
        }
    }
    for name in own {
        let Some(file) = files.get(name) else { continue };
        if !used.contains(name.as_str()) {
            let message = format!("no page is made with the template `{name}`");
            let idle = Diagnostic::warning(Code::IdleTemplate, Span::new(*file, 0..0), message)
                .help("pages have templates of fixed names; others are extended or included");
            let known = pages_of(embedded, &named);
            diagnostics.push_suggesting(idle, name, || known);
        }
    }
}

fn pages_of<'a>(embedded: &[(&'a str, &str)], named: &BTreeSet<&str>) -> Vec<&'a str> {
    embedded.iter().map(|(name, _)| *name).filter(|name| !named.contains(name)).collect()
}

fn has_components(text: &str) -> bool {
    statements(text).any(|words| words.starts_with("component "))
}

/// The templates that a template extends or includes.
fn references(text: &str) -> impl Iterator<Item = &str> {
    statements(text).filter_map(|words| {
        let (how, rest) = words.split_once(' ')?;
        let name = rest.trim_start().strip_prefix(['"', '\''])?;
        let end = name.find(['"', '\''])?;
        matches!(how, "extends" | "include").then_some(&name[..end])
    })
}

/// The words of every `{% … %}`.
fn statements(text: &str) -> impl Iterator<Item = &str> {
    tags(text).filter(|tag| text[tag.clone()].starts_with("{%")).map(|tag| {
        let inside = &text[tag.start + 2..tag.end - 2];
        inside.trim_matches('-').trim()
    })
}

/// The `{{ … }}` and `{% … %}` of a template, with their braces.
fn tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find('{')?;
            let close = match text.get(start..start + 2) {
                Some("{{") => "}}",
                Some("{%") => "%}",
                Some("{#") => "#}",
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            let end = start + text[start..].find(close)? + close.len();
            at = end;
            if close != "#}" {
                return Some(start..end);
            }
        }
    })
}

/// A name that a statement gives to a table of wordings.
fn alias(tag: &str) -> Option<&str> {
    let (name, value) = tag.split_once("set ")?.1.split_once('=')?;
    let value = value.trim();
    let is_table = value.starts_with("wordings[")
        || value.strip_prefix("strings").is_some_and(|rest| !rest.starts_with(['.', '[']));
    is_table.then_some(name.trim())
}

/// The keys that a tag names of tables that are called so.
fn keys(tag: &str, called: &BTreeSet<&str>) -> Vec<(Range<usize>, String)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for name in called {
        for (at, _) in tag.match_indices(&[name, "."].concat()) {
            if tag[..at].ends_with(|c| is_name(c) || c == '.') {
                continue;
            }
            let start = at + name.len() + 1;
            let rest = &tag[start..];
            let end = rest.find(|c| !is_name(c) && c != '.').unwrap_or(rest.len());
            let key = rest[..end].trim_end_matches('.');
            if !key.is_empty() {
                found.push((at..start + key.len(), key.to_owned()));
            }
        }
    }
    found
}
