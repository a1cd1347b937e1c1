//! Reads web pages: which part of one holds the document is said by a selector
//! or guessed (`html/part.rs`); what stands in it becomes lines and tables
//! (`html/walk.rs`); all other text of the body is listed as skipped.

mod part;
mod walk;

use html5gum::{Token, Tokenizer};
use scraper::{ElementRef, Html, Selector};

use super::ReadError;
use super::extracted::{Block, Extracted, Format, Reason};

/// A text that is a web page, or a piece of one.
pub(super) fn is_page(text: &str, named: bool) -> bool {
    let start: String = text.trim_start().chars().take(64).collect::<String>().to_ascii_lowercase();
    let tag = |name: &str| start.starts_with(name);
    let piece = || {
        let sample: String = text.chars().take(1 << 16).collect::<String>().to_ascii_lowercase();
        ["</p>", "</div>", "</td>", "<br", "</span>", "</body>"]
            .iter()
            .any(|tag| sample.contains(tag))
    };
    tag("<!doctype html")
        || tag("<html")
        || tag("<head")
        || tag("<body")
        || (tag("<?xml") && text.contains("<html"))
        || ((named || start.starts_with('<')) && piece())
}

/// The encoding that a page names in its first bytes.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    if !head.contains('<') {
        return None;
    }
    let from = head.find("charset=")? + "charset=".len();
    let name: String = head[from..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

/// How deep elements, and tables, may stand in each other: no document's do, and
/// the time that a parser takes grows with the square of it, or worse.
const DEEPEST: usize = 4_000;
const DEEPEST_TABLES: usize = 200;

/// Elements that end without saying so, or hold nothing.
const UNCLOSED: [&[u8]; 32] = [
    b"p",
    b"li",
    b"dt",
    b"dd",
    b"tr",
    b"td",
    b"th",
    b"tbody",
    b"thead",
    b"tfoot",
    b"colgroup",
    b"option",
    b"optgroup",
    b"rt",
    b"rp",
    b"html",
    b"head",
    b"body",
    b"area",
    b"base",
    b"br",
    b"col",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"param",
    b"source",
    b"track",
    b"wbr",
];

/// Whether elements stand deeper in each other than any document's.
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut tables) = (0_usize, 0_usize);
    for token in Tokenizer::new(text).flatten() {
        let (name, is_start) = match &token {
            Token::StartTag(tag) if !tag.self_closing => (&tag.name, true),
            Token::EndTag(tag) => (&tag.name, false),
            _ => continue,
        };
        if UNCLOSED.contains(&&***name) {
            continue;
        }
        let step = |count: usize| if is_start { count + 1 } else { count.saturating_sub(1) };
        depth = step(depth);
        if name.as_slice() == b"table" {
            tables = step(tables);
        }
        if depth > DEEPEST || tables > DEEPEST_TABLES {
            return true;
        }
    }
    false
}

/// The document's lines and tables.
pub(super) fn read(text: &str, select: Option<&str>) -> Result<Extracted, ReadError> {
    if is_too_deep(text) {
        return Err(ReadError::Damaged {
            format: "web page",
            detail: "elements stand deeper in each other than any document's".to_owned(),
        });
    }
    let page = Html::parse_document(text);
    let mut extracted = Extracted::new(Format::Html);
    let parts = match select {
        Some(select) => selected(&page, select)?,
        None => part::guess(&page),
    };
    let mut skipped = walk::skipped_outside(&page, &parts);
    for part in &parts {
        let walked = walk::walk(*part);
        extracted.blocks.extend(walked.blocks);
        for text in walked.hidden {
            extracted.skip(text, Reason::Hidden);
        }
    }
    if select.is_none() {
        part::trim(&mut extracted.blocks, &mut skipped);
    }
    for text in skipped {
        extracted.skip(text, Reason::Outside);
    }
    if let Some(Block::Line(line)) = extracted.blocks.first_mut() {
        line.gap = false;
    }
    Ok(extracted)
}

/// What the selector names, without what stands in another of these.
fn selected<'a>(page: &'a Html, select: &str) -> Result<Vec<ElementRef<'a>>, ReadError> {
    let selector =
        Selector::parse(select).map_err(|_| ReadError::BadSelector(select.to_owned()))?;
    let found: Vec<ElementRef<'a>> = page.select(&selector).collect();
    let ids: rustc_hash::FxHashSet<_> = found.iter().map(|element| element.id()).collect();
    let outer: Vec<_> = found
        .into_iter()
        .filter(|element| !element.ancestors().any(|above| ids.contains(&above.id())))
        .collect();
    if outer.is_empty() {
        return Err(ReadError::NothingSelected(select.to_owned()));
    }
    Ok(outer)
}

#[cfg(test)]
mod tests;
