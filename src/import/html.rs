//! Reads web pages: which part of one holds the document is said by a selector
//! or guessed (`html/part.rs`); what stands in it becomes lines and tables
//! (`html/walk.rs`); all other text of the body is listed as skipped.

mod part;
mod walk;

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

/// The document's lines and tables.
pub(super) fn read(text: &str, select: Option<&str>) -> Result<Extracted, ReadError> {
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
