//! Forms of other kinds of Markdown, whose signs would show as they are written.
//! Looked for in what stayed text: code and what a backslash protects are not
//! there, nor is what the parser understood.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::Parser;

/// What a form is called, and what to write instead.
type Form = (&'static str, &'static str);

const TASK: Form = ("a task list", "write `已完成` or `未完成`: a page has no boxes to tick");
const ALERT: Form = ("a note in a box", "write a quotation that begins with `**注意**`");
const TOC: Form = ("a table of contents", "leave it out: a page with three headings gets one");
const CONTAINER: Form = ("a container", "write a quotation, `> …`, or HTML");
const WIKI_LINK: Form = ("a link between pages", "write `[…](page:…)`");
const FORMULA: Form = ("a formula", "write it in words or in Unicode's signs, or show a picture");
const HIGHLIGHT: Form = ("a highlight", "write `**…**`, or `<mark>…</mark>`");
const RAISED: Form = ("a raised number", "write `<sup>…</sup>`");
const TEMPLATE: Form = ("a template's expression", "pages are text: templates stand in the theme");
const DEFINITION: Form =
    ("a link without an address", "define it on a line of its own: `[…]: https://…`");
const ADDRESS: Form =
    ("a link with a broken address", "put an address with spaces between `<` and `>`");
const HEADING: Form = ("a heading", "write a space after `#`; where the sign is meant, `\\#`");
const TABLE: Form = ("a table", "the second line of a table is `|---|---|`, with as many columns");

/// Signs before and behind what they enclose, in one line.
const PAIRS: [(&str, &str, Form); 5] = [
    ("[[", "]]", WIKI_LINK),
    ("$$", "$$", FORMULA),
    ("==", "==", HIGHLIGHT),
    ("{{", "}}", TEMPLATE),
    ("{%", "%}", TEMPLATE),
];

/// Reports every form that is not understood.
pub fn check(parser: &mut Parser, events: &[(Event<'static>, Span)]) {
    let mut code = false;
    let mut start = 0;
    while start < events.len() {
        let mut end = start + 1;
        match &events[start] {
            (Event::Start(Tag::CodeBlock(_)), _) => code = true,
            (Event::End(TagEnd::CodeBlock), _) => code = false,
            (Event::Text(_), span) if !code => {
                let mut whole = *span;
                while let Some((Event::Text(_), next)) = events.get(end)
                    && next.start == whole.end
                {
                    whole.end = next.end;
                    end += 1;
                }
                let begins = start.checked_sub(1).map(|before| &events[before].0);
                check_run(parser, whole, begins);
            }
            _ => {}
        }
        start = end;
    }
}

/// A stretch of text without markup, and what stands before it.
fn check_run(parser: &mut Parser, span: Span, before: Option<&Event>) {
    let file = parser.sources.file(span.file).clone();
    let text = &file.text[span.range()];
    let mut found: Vec<(Range<usize>, Form)> = Vec::new();
    if let Some(Event::Start(tag)) = before {
        found.extend(at_start(text, tag));
    }
    for (open, close, form) in PAIRS {
        found.extend(enclosed(text, open, close).map(|range| (range, form)));
    }
    found.extend(
        enclosed(text, "$", "$")
            .filter(|range| is_formula(&text[range.clone()]))
            .map(|range| (range, FORMULA)),
    );
    found.extend(
        enclosed(text, "^", "^")
            .filter(|range| is_raised(&text[range.clone()]))
            .map(|range| (range, RAISED)),
    );
    found.extend(brackets(text, "][", ']').map(|range| (range, DEFINITION)));
    found.extend(brackets(text, "](", ')').map(|range| (range, ADDRESS)));
    found.sort_by_key(|(range, _)| (range.start, range.end));
    let mut last = 0;
    for (range, (what, help)) in found {
        let is_protected = file.text[..span.start as usize + range.start].ends_with('\\');
        if range.start < last || is_protected {
            continue;
        }
        last = range.end;
        let start = span.start as usize;
        let place = Span::new(span.file, start + range.start..start + range.end);
        let message = format!("`{}` stays in the text as it is", &text[range]);
        let wrong = Diagnostic::error(Code::UnsupportedMarkdown, place, message);
        parser.diagnostics.push(wrong.label(format!("reads like {what}")).help(help));
    }
}

/// What a block or an item of a list begins with.
fn at_start(text: &str, tag: &Tag) -> Option<(Range<usize>, Form)> {
    let first = text.split(['\n', ' ']).next().unwrap_or_default();
    let lower = text.get(..3).unwrap_or_default().to_ascii_lowercase();
    if matches!(tag, Tag::Item | Tag::Paragraph) && ["[ ]", "[x]"].contains(&lower.as_str()) {
        return Some((0..3, TASK));
    }
    if !matches!(tag, Tag::Paragraph | Tag::DefinitionListTitle) {
        return None;
    }
    let marks = text.len() - text.trim_start_matches('#').len();
    match () {
        () if text.starts_with("[!") && first.ends_with(']') => Some((0..first.len(), ALERT)),
        () if ["[toc]", "[[toc]]", "[[_toc_]]"]
            .contains(&text.trim().to_ascii_lowercase().as_str()) =>
        {
            Some((0..text.trim_end().len(), TOC))
        }
        // The first colon may have begun a definition.
        () if text.starts_with("::") => Some((0..first.len(), CONTAINER)),
        () if (1..=6).contains(&marks) && text.len() > marks => Some((0..first.len(), HEADING)),
        () if text.starts_with('|')
            && text.trim_end().len() > 1
            && text.trim_end().ends_with('|') =>
        {
            Some((0..text.trim_end().len(), TABLE))
        }
        () => None,
    }
}

/// What stands between two signs, with them; not empty, and no space within.
fn enclosed<'a>(
    text: &'a str,
    open: &'a str,
    close: &'a str,
) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find(open)?;
            let inside = start + open.len();
            let end = inside + text.get(inside..)?.find(close)?;
            let within = &text[inside..end];
            at = inside;
            let braces = open.starts_with('{');
            if !within.is_empty() && (braces || within.trim() == within) && !within.starts_with('=')
            {
                at = end + close.len();
                return Some(start..at);
            }
        }
    })
}

/// Of what stands between two `$`, prices are not formulas.
fn is_formula(text: &str) -> bool {
    let inside = &text[1..text.len() - 1];
    let letters = inside.chars().all(|c| c.is_ascii_alphabetic()) && inside.len() < 3;
    inside.is_ascii() && (letters || inside.contains(['\\', '^', '_', '=']))
}

fn is_raised(text: &str) -> bool {
    text.len() <= 8
        && text[1..text.len() - 1].chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c))
}

/// `[…][…]` and `[…](…)`, of which no link was made.
fn brackets<'a>(text: &'a str, middle: &'a str, close: char) -> impl Iterator<Item = Range<usize>> {
    text.match_indices(middle).filter_map(move |(at, _)| {
        let start = text[..at].rfind('[')?;
        let inside = at + middle.len();
        let end = inside + text[inside..].find(close)?;
        (end > inside && at > start + 1).then(|| start..end + close.len_utf8())
    })
}
