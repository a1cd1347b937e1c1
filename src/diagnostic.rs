//! Authors' mistakes as values, and the one renderer that shows them.
//!
//! Whoever finds a mistake pushes a [`Diagnostic`] and goes on, so that one run
//! lists them all. Knows nothing of what the content means.

mod formats;

pub use formats::{json, sarif};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::source::{Sources, Span};

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
    /// A stable name in kebab case, for searching and for suppressing.
    pub code: &'static str,
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
}

impl Diagnostic {
    /// An error at a place in a file's text.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, Place::Span(span), message.into())
    }

    /// A warning at a place in a file's text.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, Place::Span(span), message.into())
    }

    /// A fact about a place in a file's text.
    pub fn fact(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, Place::Span(span), message.into())
    }

    /// A warning that concerns a file as a whole.
    pub fn file_warning(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, Place::File(path.to_owned()), message.into())
    }

    /// An error that concerns a file as a whole.
    pub fn file_error(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, Place::File(path.to_owned()), message.into())
    }

    fn new(severity: Severity, code: &'static str, place: Place, message: String) -> Self {
        Self {
            severity,
            code,
            message,
            place,
            label: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Adds the words beside the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds another place that matters.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Adds a fact to know.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds `did you mean …` if one of the known names is near the wrong one.
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(wrong, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// The known name most like a wrong one, if any is like it at all.
fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this likeness, from 0 to 1, a suggestion misleads.
    const LIKE: f64 = 0.6;
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

    /// Takes over all of another collection.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
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
        let key = |diagnostic: &Diagnostic| match &diagnostic.place {
            Place::Span(span) => (sources.file(span.file).path.clone(), span.start),
            Place::File(path) => (path.clone(), 0),
        };
        let mut list: Vec<_> = self.list.iter().collect();
        list.sort_by_cached_key(|one| (key(one), one.code, one.message.clone()));
        list.dedup();
        list
    }

    /// All of them as text for a terminal, sorted, with an empty line between.
    pub fn render(&self, sources: &Sources, style: Style) -> String {
        let mut text = String::new();
        for diagnostic in self.sorted(sources) {
            text.push_str(&render(diagnostic, sources, style));
            text.push_str("\n\n");
        }
        text
    }
}

/// How the text is dressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No colour.
    Plain,
    /// Colours for a terminal.
    Coloured,
}

/// One diagnostic as text, without a line end.
fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = visible(&diagnostic.message);
    let mut group =
        level.primary_title(message).id(diagnostic.code).elements(snippets(diagnostic, sources));
    if let Place::File(path) = &diagnostic.place {
        group = group.element(Origin::path(path));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(visible(note)));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The source lines to show: the place's own, then those of other files.
fn snippets<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let Place::Span(span) = diagnostic.place else { return Vec::new() };
    let primary = AnnotationKind::Primary
        .span(clamped(span, sources))
        .label(diagnostic.label.as_deref().map(visible));
    let mut shown = vec![snippet(span, sources).annotation(primary)];
    for (related, label) in &diagnostic.related {
        let context =
            AnnotationKind::Context.span(clamped(*related, sources)).label(visible(label));
        if related.file == span.file {
            let own = shown.remove(0);
            shown.insert(0, own.annotation(context));
        } else {
            shown.push(snippet(*related, sources).annotation(context));
        }
    }
    shown
}

fn snippet<'a>(span: Span, sources: &'a Sources) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = sources.file(span.file);
    Snippet::source(&*file.text).path(&file.path)
}

/// A span inside its file and on character boundaries, whatever it was made of.
fn clamped(span: Span, sources: &Sources) -> std::ops::Range<usize> {
    let text = &sources.file(span.file).text;
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary((span.end as usize).max(start));
    start..end.min(text.len())
}

/// Control characters spelt out, so that content cannot drive a terminal.
fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
        .collect()
}
