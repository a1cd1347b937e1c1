//! Authors' mistakes as values, and how they are shown: `human` for a terminal,
//! with the lines that `excerpt` cuts out of files, and `formats` for machines.
//!
//! Whoever finds a mistake pushes a [`Diagnostic`] and goes on, so that one run
//! lists them all. A diagnostic is of bounded size, whatever the content holds,
//! and no step takes longer for one of them because there are many. Knows
//! nothing of what the content means.

mod code;
mod excerpt;
mod formats;
mod human;
mod text;

pub use code::Code;
pub(crate) use excerpt::window;
pub use formats::{json, sarif};
pub use human::{Style, human};
pub use text::visible;

use crate::source::{Sources, Span};

use text::shortened;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be built as it was meant.
    Error,
    /// The site can be built; a person should look.
    Warning,
    /// A fact for a reviewer.
    Note,
}

impl Severity {
    /// The severity's name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A place in a text file.
    Span(Span),
    /// A file as a whole: missing, too large, not text.
    File(String),
}

/// One mistake: its code, what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What it is called, for searching and for suppressing.
    pub code: Code,
    /// What is wrong: lowercase, no full stop, values in backticks.
    pub message: String,
    /// Where.
    pub place: Place,
    /// A few words beside the caret.
    pub label: Option<String>,
    /// Other places that matter, with a few words each.
    pub related: Vec<(Span, String)>,
    /// Facts to know, a line each.
    pub notes: Vec<String>,
    /// What to do, a line each.
    pub help: Vec<String>,
    /// Its place among those of its code, the most important first.
    pub rank: usize,
}

impl Diagnostic {
    /// An error at a place in a file's text.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, Place::Span(span), message.into())
    }

    /// A warning at a place in a file's text.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, Place::Span(span), message.into())
    }

    /// A fact about a place in a file's text.
    pub fn fact(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, Place::Span(span), message.into())
    }

    /// A warning that concerns a file as a whole.
    pub fn file_warning(code: Code, path: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, Place::File(path.to_owned()), message.into())
    }

    /// An error that concerns a file as a whole.
    pub fn file_error(code: Code, path: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, Place::File(path.to_owned()), message.into())
    }

    fn new(severity: Severity, code: Code, place: Place, message: String) -> Self {
        Self {
            severity,
            code,
            message: shortened(message),
            place,
            label: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            rank: 0,
        }
    }

    /// Says how many of its code are more important.
    pub fn rank(mut self, rank: usize) -> Self {
        self.rank = rank;
        self
    }

    /// Adds the words beside the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(shortened(label.into()));
        self
    }

    /// Adds another place that matters.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, shortened(label.into())));
        self
    }

    /// Adds a fact to know.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(shortened(note.into()));
        self
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(shortened(help.into()));
        self
    }

    /// Adds `did you mean …` if one of the known names is near the wrong one.
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match like(wrong, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// The known name most like a wrong one, if any is like it at all.
pub(crate) fn like<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this likeness, from 0 to 1, a suggestion misleads.
    const LIKE: f64 = 0.6;
    /// No name that was meant is longer; the search takes time and memory by
    /// the product of both lengths.
    const LENGTH: usize = 400;
    if wrong.len() > LENGTH {
        return None;
    }
    known
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(wrong, name), name))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// The diagnostics of a run.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds one unless the same is known of the same place.
    pub fn push_new(&mut self, diagnostic: Diagnostic) {
        let same = |known: &Diagnostic| {
            (&known.place, &known.message) == (&diagnostic.place, &diagnostic.message)
        };
        if !self.list.iter().any(same) {
            self.list.push(diagnostic);
        }
    }

    /// Adds one, with the known name that is most like the wrong one. The search
    /// takes the longer the more names there are, so it is only made while
    /// somebody would read what it finds.
    pub fn push_suggesting<'a, I: IntoIterator<Item = &'a str>>(
        &mut self,
        diagnostic: Diagnostic,
        wrong: &str,
        known: impl FnOnce() -> I,
    ) {
        /// More mistakes nobody reads.
        const MOST: usize = 100;
        self.push(match self.list.len() < MOST {
            true => diagnostic.suggest(wrong, known()),
            false => diagnostic,
        });
    }

    /// Takes over all of another collection.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether one of a code was added since there were so many.
    pub fn tell_since(&self, start: usize, code: Code) -> bool {
        self.list.iter().skip(start).any(|one| one.code == code)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether any is an error.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// All of them, by file, place and code, each once.
    pub fn sorted(&self, sources: &Sources) -> Vec<&Diagnostic> {
        let mut list: Vec<_> = self.list.iter().map(|one| (key(one, sources), one)).collect();
        list.sort_by_key(|(key, _)| *key);
        let mut list: Vec<_> = list.into_iter().map(|(_, one)| one).collect();
        list.dedup();
        list
    }

    /// The sorted list as text for a terminal: see [`human`] for how many, and in
    /// which order.
    pub fn render(&self, sources: &Sources, style: Style) -> String {
        human::human(&self.sorted(sources), sources, style)
    }
}

/// What diagnostics are sorted by.
fn key<'a>(one: &'a Diagnostic, sources: &'a Sources) -> (&'a str, u32, &'a str, &'a str) {
    let (path, start) = match &one.place {
        Place::Span(span) => (sources.file(span.file).path.as_str(), span.start),
        Place::File(path) => (path.as_str(), 0),
    };
    (path, start, one.code.name(), &one.message)
}
