//! The content's errors as the browser shows them.
//!
//! Warnings stay on the terminal: they do not keep a site from being built.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severity, window};
use crate::source::{Sources, Span};

/// More are counted only: nobody reads on.
const MOST: usize = 50;

/// The errors, as JSON on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(Arc<str>);

#[derive(Serialize)]
struct List<'a> {
    errors: Vec<Shown<'a>>,
    /// How many more there are.
    more: usize,
}

#[derive(Serialize)]
struct Shown<'a> {
    code: &'a str,
    message: &'a str,
    path: &'a str,
    line: Option<Line<'a>>,
    notes: &'a [String],
    help: &'a [String],
}

/// A line of a file, cut at what is wrong in it.
#[derive(Serialize)]
struct Line<'a> {
    number: usize,
    column: usize,
    before: &'a str,
    marked: &'a str,
    after: &'a str,
    label: Option<&'a str>,
}

impl Mistakes {
    /// The errors among the diagnostics.
    pub fn new(diagnostics: &Diagnostics, sources: &Sources) -> Self {
        let sorted = diagnostics.sorted(sources);
        let errors: Vec<_> =
            sorted.into_iter().filter(|one| one.severity == Severity::Error).collect();
        let more = errors.len().saturating_sub(MOST);
        let errors = errors.into_iter().take(MOST).map(|one| shown(one, sources)).collect();
        Self::from_list(&List { errors, more })
    }

    /// One error that has no place: the files could not be read.
    pub fn failure(message: &str) -> Self {
        let error =
            Shown { code: "unreadable", message, path: "", line: None, notes: &[], help: &[] };
        Self::from_list(&List { errors: vec![error], more: 0 })
    }

    fn from_list(list: &List) -> Self {
        let json = serde_json::to_string(list).expect("strings and numbers are JSON");
        Self(json.into())
    }

    /// The JSON.
    pub fn json(&self) -> &str {
        &self.0
    }
}

fn shown<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Shown<'a> {
    let Diagnostic { code, message, place, label, notes, help, .. } = diagnostic;
    let (path, line) = match place {
        Place::File(path) => (path.as_str(), None),
        Place::Span(span) => {
            (sources.file(span.file).path.as_str(), Some(line(*span, label.as_deref(), sources)))
        }
    };
    Shown { code: code.name(), message, path, line, notes, help }
}

fn line<'a>(span: Span, label: Option<&'a str>, sources: &'a Sources) -> Line<'a> {
    let file = sources.file(span.file);
    let text = &*file.text;
    let (number, column) = sources.line_column(span);
    let marked = within_line(text, span.range());
    let whole = file.line(marked.start);
    let shown = window(text, &whole, marked.start.min(whole.end));
    let marked = marked.start.min(shown.end)..marked.end.min(shown.end);
    Line {
        number,
        column,
        before: &text[shown.start..marked.start],
        marked: &text[marked.clone()],
        after: &text[marked.end..shown.end],
        label,
    }
}

/// The part of a range that lies in its first line, on character boundaries.
fn within_line(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let end = text.ceil_char_boundary(range.end.max(start)).min(text.len());
    let line = text[start..end].find('\n').map_or(end, |at| start + at);
    start..line
}
