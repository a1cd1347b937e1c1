//! What is doubtful in the lines of a measure's text, each at its place: an item
//! that does not follow the one before, a row with more cells than its table.
//!
//! Must not know where the measure stands.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Line, Measure, Numbering, Text};
use crate::source::{Sources, Span};

/// Looks at all lines of a measure.
pub fn check(
    measure: &Measure<Text>,
    numbering: &Numbering,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut last = vec![0u32; numbering.items.len()];
    // Of the table at hand; none between tables.
    let mut columns = None;
    let mut rows = rows(measure, sources);
    for (line, range) in measure.lines.iter().zip(ranges(&measure.text.source.value)) {
        let text = &measure.text.source.value[range.clone()];
        if *line != Line::Row {
            columns = None;
        }
        match line {
            Line::Paragraph => {}
            Line::Item(depth) => {
                let depth = usize::from(*depth) - 1;
                let place = || place(measure, range.clone(), sources);
                let wrong = item(text, depth, &mut last, numbering, place);
                wrong.into_iter().for_each(|one| diagnostics.push(one));
            }
            Line::Row => {
                let cells = text.split('\t').count();
                let first = *columns.get_or_insert(cells);
                let place = rows.next().unwrap_or(measure.text.source.span);
                if cells > first {
                    let wrong = too_many_cells(place, first);
                    diagnostics.push(wrong.help("write `\\|` for a bar that is part of the text"));
                }
            }
        }
    }
}

/// Items are counted from 1; one out of order is what the document prints, or a
/// mistake in typing it.
fn item(
    text: &str,
    depth: usize,
    last: &mut [u32],
    numbering: &Numbering,
    place: impl FnOnce() -> Span,
) -> Option<Diagnostic> {
    last.iter_mut().skip(depth + 1).for_each(|one| *one = 0);
    let (reading, _) = numbering.items.get(depth)?.starts(text)?;
    let number = reading.number?;
    let before = std::mem::replace(&mut last[depth], number);
    (number != before + 1 && number != 1).then(|| {
        let message = match before {
            0 => format!("item {number} is the first"),
            before => format!("item {number} follows item {before}"),
        };
        Diagnostic::warning(Code::ItemOutOfOrder, place(), message)
            .help("does the document print it so?")
    })
}

/// A row whose cells are more than those of its table's first.
pub fn too_many_cells(place: Span, columns: usize) -> Diagnostic {
    let message = format!("the row has more cells than the first, which has {columns}");
    Diagnostic::warning(Code::ColumnCountDiffers, place, message)
        .help("give each row the same number of cells")
}

/// The byte ranges of a text's lines.
fn ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    })
}

/// Where the beginning of a line is written.
fn place(measure: &Measure<Text>, range: Range<usize>, sources: &Sources) -> Span {
    let source = &measure.text.source;
    let first = source.value[range.clone()].chars().next().map_or(0, char::len_utf8);
    sources.place_in(source.span, &source.value, range.start..range.start + first)
}

/// Where the rows of a text's tables are written.
fn rows<'a>(measure: &Measure<Text>, sources: &'a Sources) -> impl Iterator<Item = Span> + 'a {
    let span = measure.text.source.span;
    let mut at = span.range().start;
    sources.text(span).split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let indent = line.len() - line.trim_start().len();
        let row = line.trim_start().starts_with('|');
        row.then(|| Span::new(span.file, start + indent..start + line.trim_end().len()))
    })
}
