//! What stands before the first number: who issued it, the title, the
//! document's number, who adopted it when, to whom it is written, a preamble.

use crate::diagnostic::Code;

use super::{Entry, title, words};
use crate::import::tree::{Doubt, Node, NodeKind};

/// A title has so many lines at most.
const TITLE_LINES: usize = 5;

/// Lines among which the title is looked for.
const DEPTH: usize = 14;

/// The lines before the first number as parts.
pub(super) fn nodes(entries: &[&Entry<'_>], doubts: &mut Vec<Doubt>) -> Vec<Node> {
    let range = title_lines(entries);
    if range.is_none()
        && let Some(first) = entries.first()
    {
        doubts.push(first.doubt(Code::NoTitle, "no line reads like the title"));
    }
    let range = range.unwrap_or(0..0);
    let mut nodes = Vec::with_capacity(entries.len());
    let mut sentences = false;
    for (at, entry) in entries.iter().enumerate() {
        let kind = if entry.table.is_some() {
            NodeKind::Table
        } else if range.contains(&at) {
            NodeKind::Title
        } else if at < range.start {
            let number = words::is_number(entry.text) || words::is_chapter(entry.text);
            if number { NodeKind::Number } else { NodeKind::Before }
        } else if sentences {
            NodeKind::Preamble
        } else {
            head(entry, &entries[at + 1..])
        };
        sentences |= kind == NodeKind::Preamble;
        nodes.push(entry.node(kind));
    }
    nodes
}

/// A line between the title and the first paragraph.
fn head(entry: &Entry<'_>, after: &[&Entry<'_>]) -> NodeKind {
    let text = entry.text;
    if words::is_number(text) {
        NodeKind::Number
    } else if words::is_date(text) {
        NodeKind::Date
    } else if words::is_adopted(text) {
        NodeKind::Adopted
    } else if is_addressee(text, after) {
        NodeKind::Addressee
    } else {
        NodeKind::Preamble
    }
}

/// It names to whom the document is written.
fn is_addressee(text: &str, after: &[&Entry<'_>]) -> bool {
    let text = text.trim_end();
    text.ends_with(['：', ':'])
        && text.chars().count() <= 200
        && !text.contains('。')
        && !["如下", "决定", "決定", "通知", "意见", "意見", "公告", "同意"]
            .iter()
            .any(|word| text.trim_end_matches(['：', ':']).ends_with(word))
        && !after.is_empty()
}

/// The lines of the title.
fn title_lines(entries: &[&Entry<'_>]) -> Option<std::ops::Range<usize>> {
    let top = &entries[..entries.len().min(DEPTH)];
    let fits = |entry: &Entry<'_>| entry.table.is_none() && title::may_be(entry.text);
    // A file that marks headings marks the title with the first of them.
    let headed = top
        .iter()
        .position(|entry| fits(entry) && entry.line().is_some_and(|line| line.heading == Some(1)));
    if let Some(first) = headed {
        let more = top[first + 1..].iter().take_while(|entry| {
            fits(entry) && entry.line().is_some_and(|line| line.heading == Some(1))
        });
        return Some(first..first + 1 + more.count().min(TITLE_LINES - 1));
    }
    let end = top
        .iter()
        .take_while(|entry| fits(entry) || is_passed(entry.text) || entry.table.is_some())
        .position(|entry| fits(entry) && title::looks_like(entry.text) && !is_passed(entry.text));
    let Some(mut end) = end else {
        let mut told = top.iter().take_while(|entry| fits(entry) || is_passed(entry.text));
        let named = told
            .position(|entry| fits(entry) && !is_passed(entry.text) && !words::is_body(entry.text));
        let first = || top.iter().position(|one| one.table.is_none() && !is_passed(one.text));
        let first = named.or_else(first)?;
        return fits(top[first]).then_some(first..first + 1);
    };
    // `…關於甲的決定` may go on: `…的通知`.
    while top.get(end + 1).is_some_and(|next| {
        fits(next)
            && title::looks_like(next.text)
            && !is_passed(next.text)
            && is_unfinished(top[end].text)
    }) {
        end += 1;
    }
    let mut start = end;
    while start > 0 && end - start < TITLE_LINES - 1 {
        let above = top[start - 1];
        let joins =
            fits(above) && !is_passed(above.text) && !is_issuer(above.text, top[start].text);
        if !joins || parted(above, top[start], top[end]) {
            break;
        }
        start -= 1;
    }
    Some(start..end + 1)
}

/// A line that stands above or below titles and is none.
fn is_passed(text: &str) -> bool {
    words::is_number(text)
        || words::is_chapter(text)
        || words::is_date(text)
        || words::is_adopted(text)
        || words::is_paper(text)
}

/// A bracket or a quotation is open, or the line stops at a word that joins.
fn is_unfinished(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('《') > count('》')
        || count('（') > count('）')
        || text.ends_with(['的', '和', '与', '與', '及'])
}

/// A name above the title is who issued it, unless the title goes on with it.
fn is_issuer(text: &str, next: &str) -> bool {
    words::is_body(text)
        && !["关于", "關於"]
            .iter()
            .any(|word| next.trim_start().starts_with(word) || text.contains(word))
}

/// The file sets the two lines in different ways.
fn parted(above: &Entry<'_>, next: &Entry<'_>, last: &Entry<'_>) -> bool {
    let (Some(above_line), Some(next_line)) = (above.line(), next.line()) else { return true };
    let differ = above_line.bold != next_line.bold || above_line.centred != next_line.centred;
    let whole = title::looks_like(above.text) && !is_unfinished(above.text);
    let about = ["关于", "關於"].iter().any(|word| last.text.contains(word));
    differ && above_line.whole || whole || about && words::is_body(above.text)
}
