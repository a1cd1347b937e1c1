//! Diagnostics for a person at a terminal, in the manner of a compiler.
//!
//! What matters most comes first, and so much that a person reads it: of the rest
//! there is a count by code. Nothing that comes from content reaches the terminal
//! but as [`visible`] text.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::source::Sources;

use super::excerpt::{Excerpt, Kind, Line, excerpts};
use super::text::visible;
use super::{Code, Diagnostic, Place, Severity};

/// More are counted only.
const MOST: usize = 100;

/// How the text is dressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No colour.
    Plain,
    /// Colours for a terminal.
    Coloured,
}

/// Diagnostics as text, with an empty line after each: the most important first,
/// and those that are as important in the order given. Of more than a hundred
/// the rest is counted.
pub fn human(diagnostics: &[&Diagnostic], sources: &Sources, style: Style) -> String {
    let mut text = String::new();
    let mut diagnostics = diagnostics.to_vec();
    diagnostics.sort_by_key(|one| (Importance::of(one), one.rank));
    let (shown, rest) = diagnostics.split_at(diagnostics.len().min(MOST));
    for diagnostic in shown {
        one(&mut text, diagnostic, sources, style);
        text.push('\n');
    }
    if !rest.is_empty() {
        let mut more: BTreeMap<(Importance, &str), (Severity, usize)> = BTreeMap::new();
        for one in rest {
            let counted = more.entry((Importance::of(one), one.code.name()));
            counted.or_insert((one.severity, 0)).1 += 1;
        }
        let count = rest.len();
        let _ = writeln!(text, "and {count} more (`tongwen check --format json` lists them all):");
        for ((_, code), (severity, count)) in more {
            let code = style.paint(severity.colour(), &format!("{}[{code}]", severity.name()));
            let _ = writeln!(text, "{count:7} {code}");
        }
        text.push('\n');
    }
    text
}

/// What is read first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Importance {
    /// The site cannot be built as it was meant.
    Error,
    /// Something is probably not as it was meant.
    Warning,
    /// Of several results of the conversion one was taken.
    Doubt,
    /// A question about the content.
    Question,
    /// What an editor may still write: there is one for each measure.
    Wish,
    /// A fact.
    Fact,
}

impl Importance {
    fn of(one: &Diagnostic) -> Self {
        match (one.severity, one.code) {
            (Severity::Error, _) => Self::Error,
            (_, Code::SeveralCandidates) => Self::Doubt,
            (_, Code::LexiconNotApplied | Code::UnlinkedTerm) => Self::Question,
            (_, Code::LongLabel | Code::LongText) => Self::Wish,
            (_, Code::MissingLabel | Code::MissingSummary) => Self::Wish,
            (Severity::Warning, _) => Self::Warning,
            (Severity::Note, _) => Self::Fact,
        }
    }
}

fn one(text: &mut String, diagnostic: &Diagnostic, sources: &Sources, style: Style) {
    let severity = diagnostic.severity;
    let code = format!("{}[{}]", severity.name(), diagnostic.code.name());
    let message = format!(": {}", visible(&diagnostic.message));
    let (code, message) = (style.paint(severity.colour(), &code), style.paint(BOLD, &message));
    let _ = writeln!(text, "{code}{message}");
    let excerpts = excerpts(diagnostic, sources);
    let last = excerpts.iter().flat_map(|excerpt| &excerpt.lines).map(|line| line.number).max();
    let gutter = last.map_or(0, |last| last.to_string().len());
    let bar = style.paint(FRAME, &format!("{:gutter$} |", ""));
    for (index, excerpt) in excerpts.iter().enumerate() {
        let sign = if index == 0 { "-->" } else { ":::" };
        if index > 0 {
            let _ = writeln!(text, "{bar}");
        }
        let sign = style.paint(FRAME, &format!("{:gutter$}{sign}", ""));
        let (line, column) = excerpt.at;
        let _ = writeln!(text, "{sign} {}:{line}:{column}\n{bar}", visible(excerpt.path()));
        lines(text, excerpt, severity, gutter, style);
    }
    if let Place::File(path) = &diagnostic.place {
        let _ = writeln!(text, "{} {}", style.paint(FRAME, "-->"), visible(path));
    } else if !(diagnostic.notes.is_empty() && diagnostic.help.is_empty()) {
        let _ = writeln!(text, "{bar}");
    }
    let notes = diagnostic.notes.iter().map(|note| ("note", note));
    for (name, words) in notes.chain(diagnostic.help.iter().map(|help| ("help", help))) {
        let sign = style.paint(FRAME, &format!("{:gutter$} =", ""));
        let _ = writeln!(text, "{sign} {}: {}", style.paint(BOLD, name), visible(words));
    }
}

fn lines(text: &mut String, excerpt: &Excerpt, severity: Severity, gutter: usize, style: Style) {
    let mut before: Option<&Line> = None;
    for line in &excerpt.lines {
        if before.is_some_and(|before| before.number + 1 < line.number) {
            text.push_str("...\n");
        }
        let number = style.paint(FRAME, &format!("{:gutter$} |", line.number));
        let _ = writeln!(text, "{}", format!("{number} {}", line.text).trim_end());
        for mark in &line.marks {
            let (sign, colour) = match mark.kind {
                Kind::Wrong => ("^", severity.colour()),
                Kind::Related => ("-", FRAME),
            };
            let bar = style.paint(FRAME, &format!("{:gutter$} |", ""));
            let label = mark.label.map(|label| format!(" {}", visible(label)));
            let marked = sign.repeat(mark.columns.len()) + &label.unwrap_or_default();
            let marked = style.paint(colour, &marked);
            let _ = writeln!(text, "{bar} {:1$}{marked}", "", mark.columns.start);
        }
        before = Some(line);
    }
}

const BOLD: &str = "1";
const FRAME: &str = "1;94";

impl Severity {
    fn colour(self) -> &'static str {
        match self {
            Self::Error => "1;91",
            Self::Warning => "1;93",
            Self::Note => "1;92",
        }
    }
}

impl Style {
    /// A text in a colour, by its number on a terminal.
    pub(crate) fn paint(self, colour: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => format!("\u{1b}[{colour}m{text}\u{1b}[0m"),
        }
    }
}
