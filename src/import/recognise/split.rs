//! Where a text has a printed table of contents, and where an annex or another
//! document begins.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Entry, closing, title, words};
use crate::import::mark;

/// The lines of a printed table of contents, its own heading with them.
pub(super) fn contents(entries: &[Entry<'_>]) -> Option<Range<usize>> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for entry in entries {
        *counts.entry(key(entry.text)).or_default() += 1;
    }
    let start = entries.iter().position(|entry| is_heading(entry.text))?;
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut end = start + 1;
    for entry in &entries[start + 1..] {
        let key = key(entry.text);
        let listed = has_leader(entry.text) || counts.get(&key).is_some_and(|count| *count > 1);
        if key.is_empty() || !listed || !seen.insert(key) {
            break;
        }
        end += 1;
    }
    (end > start + 2).then_some(start..end)
}

fn is_heading(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(bare.trim_matches(['【', '】', '：', ':']), "目录" | "目錄" | "目次" | "内容提要")
}

/// A line without the page's number behind it.
fn key(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let end = |c: char| {
        matches!(
            c,
            '.' | '…' | '·' | '－' | '-' | '—' | '．' | '․' | '‥' | '⋯' | '(' | ')' | '（' | '）'
        )
    };
    let digits = bare.trim_end_matches(end).trim_end_matches(|c: char| c.is_ascii_digit());
    let cut = digits.trim_end_matches(end);
    if cut.len() < digits.len() || digits.len() == bare.len() {
        cut.to_owned()
    } else {
        digits.to_owned()
    }
}

/// Dots lead to a page's number.
fn has_leader(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let number = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    number.len() < bare.len()
        && ["…", "....", "····", "．．．", "⋯"].iter().any(|dots| number.ends_with(dots))
}

/// Where an annex or an attached document begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Start {
    /// The first line.
    pub(super) at: usize,
    /// Lines that are its mark and title.
    pub(super) head: usize,
    /// The first line is a mark: `附件1`.
    pub(super) marked: bool,
}

/// The beginnings of annexes and attached documents, behind the first line.
pub(super) fn starts(entries: &[&Entry<'_>]) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let mut at = 1;
    let mut sentences = false;
    while at < entries.len() {
        let start = annex(entries, at).or_else(|| attached(entries, at).filter(|_| sentences));
        sentences |= entries[at - 1].text.ends_with('。') || entries[at - 1].text.contains('，');
        if let Some(start) = start {
            at += start.head.max(1);
            sentences = false;
            starts.push(start);
        } else {
            at += 1;
        }
    }
    starts
}

/// An annex by its mark. A list of what is attached looks alike: it stands
/// before the signature and names titles that come again.
fn annex(entries: &[&Entry<'_>], at: usize) -> Option<Start> {
    let text = entries[at].text;
    let length = words::annex_mark(text)?;
    let rest = text[length..].trim();
    let lists = text[..length].ends_with(['：', ':']);
    let following = entries[at + 1..].iter().take(12);
    let signed = following.clone().any(|entry| words::is_date(entry.text));
    let more = entries.len() > at + 1;
    if rest.is_empty() {
        let next = entries.get(at + 1)?;
        let listed = lists && mark::at_start(next.text).is_some();
        if listed && signed {
            return None;
        }
        let title = titles(entries, at + 1);
        return more.then_some(Start { at, head: 1 + title, marked: true });
    }
    let after_end = entries[..at].last().is_some_and(|entry| {
        words::is_date(entry.text) || closing::is_remark(entry.text) || entry.table.is_some()
    });
    let again = entries[..at].iter().any(|entry| {
        entry.text.len() < 400 && entry.text.contains(rest) && rest.chars().count() > 2
    });
    let set_off = entries[at].line().is_some_and(|line| line.heading.is_some() || line.centred);
    let fits = more && !signed_soon(entries, at) && (after_end || again || set_off);
    (fits && title::may_be(rest)).then_some(Start { at, head: 1, marked: true })
}

fn signed_soon(entries: &[&Entry<'_>], at: usize) -> bool {
    let soon = entries[at + 1..].iter().take(6);
    soon.take_while(|entry| entry.text.chars().count() < 40 && !entry.text.contains('。'))
        .any(|entry| words::is_date(entry.text))
}

/// A title behind a signature's date: what was sent with the letter.
fn attached(entries: &[&Entry<'_>], at: usize) -> Option<Start> {
    let mut before = entries[..at].iter().rev().map(|entry| entry.text);
    let behind = before.by_ref().find(|text| !closing::is_remark(text))?;
    if !words::is_date(behind) || words::is_date(entries[at].text) {
        return None;
    }
    let head = titles(entries, at);
    let goes_on = entries.len() > at + head + 1;
    (head > 0 && goes_on).then_some(Start { at, head, marked: false })
}

/// How many lines from here are a title.
fn titles(entries: &[&Entry<'_>], at: usize) -> usize {
    let lines = entries[at.min(entries.len())..].iter().take(4);
    let count = lines
        .clone()
        .take_while(|entry| {
            entry.table.is_none()
                && title::may_be(entry.text)
                && mark::at_start(entry.text).is_none()
                && !words::is_date(entry.text)
                && !closing::is_remark(entry.text)
                && !closing::signs(entry.text)
        })
        .count();
    // A title ends where its kind of document is named, if any of its lines does.
    let ends = lines.take(count).position(|entry| title::looks_like(entry.text));
    match ends {
        Some(last) => last + 1,
        None if count < 4 => count.min(2),
        None => 1,
    }
}
