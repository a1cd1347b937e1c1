//! The built-in reader of PDF: the pieces of text that a page draws, put into
//! lines by where they stand.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdfboss_core::{Document, Error};
use pdfboss_text::{ReadingOrder, TextSpan, extract_spans};

use crate::import::ReadError;
use crate::import::extracted::{Line, columns};

/// More pages than any document has.
const MAX_PAGES: usize = 5000;

/// The lines of each page. A fault of the reader itself is a damaged file too.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Vec<Line>>, ReadError> {
    let read = || catch_unwind(AssertUnwindSafe(|| all(bytes)));
    read().unwrap_or_else(|_| Err(damaged("its structure makes no sense")))
}

fn damaged(detail: impl ToString) -> ReadError {
    ReadError::Damaged { format: "PDF", detail: detail.to_string() }
}

fn wrong(error: Error) -> ReadError {
    match error {
        Error::Encrypted => ReadError::Encrypted("PDF"),
        error => damaged(error),
    }
}

fn all(bytes: &[u8]) -> Result<Vec<Vec<Line>>, ReadError> {
    let document = Document::load(bytes.to_vec()).map_err(wrong)?;
    if document.is_locked() {
        return Err(ReadError::Encrypted("PDF"));
    }
    let count = document.page_count().min(MAX_PAGES);
    if count == 0 {
        return Err(damaged("it has no pages"));
    }
    (0..count)
        .map(|number| {
            let page = document.page(number).map_err(wrong)?;
            let spans = extract_spans(&document, &page, ReadingOrder::Content).map_err(wrong)?;
            Ok(lines(spans, number))
        })
        .collect()
}

/// The pieces of a page as lines from its top to its bottom.
fn lines(mut spans: Vec<TextSpan>, page: usize) -> Vec<Line> {
    spans.retain(|span| span.rotate == 0 && !span.text.trim().is_empty());
    spans.sort_by(|one, other| other.y.total_cmp(&one.y).then(one.x.total_cmp(&other.x)));
    let mut rows: Vec<Vec<TextSpan>> = Vec::new();
    for span in spans {
        let same = rows.last().and_then(|row| row.first()).is_some_and(|first| {
            (first.y - span.y).abs() < first.size.max(span.size).max(1.0) * 0.5
        });
        match rows.last_mut().filter(|_| same) {
            Some(row) => row.push(span),
            None => rows.push(vec![span]),
        }
    }
    let left = rows.iter().flatten().map(|span| span.x).fold(f32::MAX, f32::min);
    let mut above: Option<f32> = None;
    let mut lines = Vec::with_capacity(rows.len());
    for mut row in rows {
        row.sort_by(|one, other| one.x.total_cmp(&other.x));
        let size = row.iter().map(|span| span.size).fold(1.0_f32, f32::max);
        let y = row[0].y;
        let text = text(&row);
        let indent = (((row[0].x - left) / size * 2.0).round().max(0.0)) as usize;
        lines.push(Line {
            indent,
            width: indent + columns(&text),
            gap: above.is_some_and(|above| above - y > size * 2.4),
            page,
            text,
            ..Line::default()
        });
        above = Some(y);
    }
    lines
}

/// The pieces of one line, with a space where one is left between them.
fn text(row: &[TextSpan]) -> String {
    let mut text = String::new();
    let mut end: Option<&TextSpan> = None;
    for span in row {
        if let Some(before) = end {
            let distance = span.x - before.end_x;
            // The same piece drawn twice, a little aside, only looks bold.
            if span.text == before.text && (span.x - before.x).abs() < span.size * 0.2 {
                continue;
            }
            if distance > span.size * 0.25 && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        text.push_str(&span.text);
        end = Some(span);
    }
    text.trim().to_owned()
}
