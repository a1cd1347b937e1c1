//! Lines of files, with marks under what matters in them.
//!
//! A line too long to be shown is cut to a window round its first mark. Marks
//! stand under their characters also where these are two columns wide.

use std::ops::Range;

use crate::source::{SourceFile, Sources, Span};

use super::text;
use super::{Diagnostic, Place};

/// A line that takes more columns is cut to a window of these.
const WINDOW: usize = 120;

/// How many of them stand before the mark.
const BEFORE: usize = 40;

/// What stands where a line was cut.
const CUT: &str = "...";

/// Marked lines of one file.
pub struct Excerpt<'a> {
    file: &'a SourceFile,
    /// Where the reader is sent: line and column.
    pub at: (usize, usize),
    pub lines: Vec<Line<'a>>,
}

impl<'a> Excerpt<'a> {
    pub fn path(&self) -> &'a str {
        &self.file.path
    }
}

/// One line as it is shown.
pub struct Line<'a> {
    pub number: usize,
    /// The bytes of the file that are shown, and how many columns they stand in.
    window: Range<usize>,
    indent: usize,
    pub text: String,
    pub marks: Vec<Mark<'a>>,
}

/// What is marked in a line, in columns.
pub struct Mark<'a> {
    pub columns: Range<usize>,
    pub kind: Kind,
    pub label: Option<&'a str>,
}

/// Why something is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is what is wrong.
    Wrong,
    /// It has to do with it.
    Related,
}

/// The lines to show of a diagnostic: its own, then those of other places. What
/// can stand in the same lines does.
pub fn excerpts<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Excerpt<'a>> {
    let Place::Span(span) = diagnostic.place else { return Vec::new() };
    let mut excerpts = Vec::new();
    place(&mut excerpts, span, Kind::Wrong, diagnostic.label.as_deref(), sources);
    for (span, label) in &diagnostic.related {
        place(&mut excerpts, *span, Kind::Related, Some(label), sources);
    }
    for excerpt in &mut excerpts {
        excerpt.lines.sort_by_key(|line| line.number);
    }
    excerpts
}

fn place<'a>(
    excerpts: &mut Vec<Excerpt<'a>>,
    span: Span,
    kind: Kind,
    label: Option<&'a str>,
    sources: &'a Sources,
) {
    let file = sources.file(span.file);
    let bytes = within_line(file, span);
    let at = file.line_column(bytes.start);
    let mut line = Line::new(file, at.0, bytes.start);
    if let Some(excerpt) = excerpts.iter_mut().find(|excerpt| std::ptr::eq(excerpt.file, file)) {
        match excerpt.lines.iter_mut().find(|line| line.number == at.0) {
            None => {
                line.mark(file, bytes, kind, label);
                excerpt.lines.push(line);
                return;
            }
            Some(shown) if shown.shows(bytes.start) => {
                shown.mark(file, bytes, kind, label);
                return;
            }
            Some(_) => {}
        }
    }
    line.mark(file, bytes, kind, label);
    excerpts.push(Excerpt { file, at, lines: vec![line] });
}

/// The part of a span that lies in its first line, on character boundaries.
fn within_line(file: &SourceFile, span: Span) -> Range<usize> {
    let mut start = file.text.floor_char_boundary(span.start as usize);
    if start == file.text.len() && file.text.ends_with('\n') {
        // The end of a file is the end of its last line, not an empty one.
        start -= 1;
    }
    let line = file.line(start);
    let start = start.min(line.end);
    start..file.text.ceil_char_boundary(span.end as usize).clamp(start, line.end)
}

impl<'a> Line<'a> {
    fn new(file: &SourceFile, number: usize, at: usize) -> Self {
        let whole = file.line(at);
        let window = window(&file.text, &whole, at);
        let (before, after) = (window.start > whole.start, window.end < whole.end);
        let mut text = String::from(if before { CUT } else { "" });
        text.extend(file.text[window.clone()].chars().map(|c| text::in_line(c).0));
        text.push_str(if after { CUT } else { "" });
        Self { number, indent: if before { CUT.len() } else { 0 }, window, text, marks: Vec::new() }
    }

    fn shows(&self, at: usize) -> bool {
        (self.window.start..=self.window.end).contains(&at)
    }

    /// Marks a part of the file that begins in the window.
    fn mark(&mut self, file: &SourceFile, bytes: Range<usize>, kind: Kind, label: Option<&'a str>) {
        let width = |part: Range<usize>| -> usize {
            file.text[part].chars().map(|c| text::in_line(c).1).sum()
        };
        let start = self.indent + width(self.window.start..bytes.start);
        let length = width(bytes.start..bytes.end.min(self.window.end));
        self.marks.push(Mark { columns: start..start + length.max(1), kind, label });
    }
}

/// The part of a line that is shown round an offset in it: all of it if there
/// is room.
pub fn window(text: &str, line: &Range<usize>, at: usize) -> Range<usize> {
    let before = || text[line.start..at].chars().rev();
    let after = || text[at..line.end].chars();
    // Room that one side does not need belongs to the other.
    let (_, needed) = reach(after(), WINDOW);
    let (start, used) = reach(before(), BEFORE.max(WINDOW - needed));
    let (end, _) = reach(after(), WINDOW - used);
    at - start..at + end
}

/// How many bytes of some characters have room in so many columns, and the
/// columns they take. A character that takes none counts as one, so that no
/// number of them has room.
fn reach(chars: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for c in chars {
        let columns = text::in_line(c).1.max(1);
        if used + columns > room {
            break;
        }
        used += columns;
        bytes += c.len_utf8();
    }
    (bytes, used)
}
