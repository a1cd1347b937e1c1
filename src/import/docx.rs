//! Reads Word files: the text of their paragraphs and tables as Word prints it.
//!
//! 1. The parts are taken from the archive, together no larger than any document is.
//! 2. `docx/numbering.rs` knows the formats and counts; `docx/body.rs` goes over
//!    the body. Tracked changes are read as accepted; content controls, fields,
//!    links and text boxes give what they show.
//! 3. What Word prints outside the body (heads and feet of pages) and what it
//!    does not print (comments, hidden text) is listed as skipped.

mod body;
mod numbering;

use std::io::{Cursor, Read};

use roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;
use super::extracted::{Extracted, Format, Reason};

/// The parts of the archive are not read beyond this, all together: a few bytes
/// may unpack to any number, and its tree takes thirty times as much.
const MAX_BYTES: u64 = 32 << 20;

/// The archive, and how much may still be read of it.
struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

fn damaged(detail: impl ToString) -> ReadError {
    ReadError::Damaged { format: "Word file", detail: detail.to_string() }
}

/// The text of a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<Extracted, ReadError> {
    let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut archive = Archive { zip, left: MAX_BYTES };
    let Some(main) = main_part(&mut archive)? else { return Err(other(&archive)) };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| {
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    };
    let document =
        part(&mut archive, &main)?.ok_or_else(|| damaged(format!("it has no `{main}`")))?;
    let mut optional =
        |name: &str| Ok::<_, ReadError>(part(&mut archive, &beside(name))?.unwrap_or_default());
    let styles = optional("styles.xml")?;
    let numbering = optional("numbering.xml")?;
    let notes = [("footnote", optional("footnotes.xml")?), ("endnote", optional("endnotes.xml")?)];
    let comments = optional("comments.xml")?;

    let parsed = xml(&document)?;
    let root = parsed.as_ref().ok_or_else(|| damaged(format!("`{main}` is empty")))?;
    let formats = numbering::Formats::read(
        xml(&styles)?.as_ref().map(Document::root_element),
        xml(&numbering)?.as_ref().map(Document::root_element),
    );
    let mut extracted = Extracted::new(Format::Docx);
    let mut reader = body::Reader::new(&formats);
    let body = child(root.root_element(), "body")
        .ok_or_else(|| damaged(format!("`{main}` is no Word document")))?;
    reader.body(body);
    for (kind, text) in &notes {
        if let Some(document) = xml(text)? {
            reader.notes(kind, document.root_element());
        }
    }
    if !reader.finish(&mut extracted) {
        return Err(damaged("its elements stand in one another deeper than those of any document"));
    }
    if let Some(document) = xml(&comments)? {
        for comment in document.root_element().children().filter(Node::is_element) {
            extracted.skip(body::plain(comment), Reason::Comment);
        }
    }
    heads(&mut archive, &folder, &mut extracted)?;
    Ok(extracted)
}

/// Heads and feet of pages.
fn heads(
    archive: &mut Archive<'_>,
    folder: &str,
    extracted: &mut Extracted,
) -> Result<(), ReadError> {
    let mut names: Vec<String> = archive
        .zip
        .file_names()
        .filter_map(|name| name.ok().map(|name| name.into_owned()))
        .filter(|name| {
            let file = name.strip_prefix(folder).unwrap_or(name).trim_start_matches('/');
            (file.starts_with("header") || file.starts_with("footer")) && file.ends_with(".xml")
        })
        .collect();
    names.sort();
    let mut seen = Vec::new();
    for name in names {
        let text = part(archive, &name)?.unwrap_or_default();
        let Ok(Some(document)) = xml(&text) else { continue };
        for line in body::plain(document.root_element()).lines() {
            let line = line.trim().to_owned();
            if !line.is_empty() && !seen.contains(&line) {
                extracted.skip(line.clone(), Reason::RunningHead);
                seen.push(line);
            }
        }
    }
    Ok(())
}

/// The part with the document, as the archive's relations name it.
fn main_part(archive: &mut Archive<'_>) -> Result<Option<String>, ReadError> {
    let relations = part(archive, "_rels/.rels")?.unwrap_or_default();
    let named = xml(&relations).ok().flatten().and_then(|document| {
        document
            .descendants()
            .filter(|node| {
                attribute(*node, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            })
            .find_map(|node| {
                attribute(node, "Target").map(|name| name.trim_start_matches('/').to_owned())
            })
    });
    let name = named.unwrap_or_else(|| "word/document.xml".to_owned());
    let name = [name, "word/document.xml".to_owned()]
        .into_iter()
        .find(|name| archive.zip.index_for_name(name).is_some());
    Ok(name.filter(|name| {
        name.ends_with(".xml") && !name.starts_with("xl/") && !name.starts_with("ppt/")
    }))
}

/// What an archive is that holds no Word document.
fn other(archive: &Archive<'_>) -> ReadError {
    let has = |start: &str| archive.zip.file_names().flatten().any(|name| name.starts_with(start));
    ReadError::Unsupported(if has("xl/") {
        "a spreadsheet"
    } else if has("ppt/") {
        "a presentation"
    } else if has("content.xml") {
        "an OpenDocument file (.odt)"
    } else if has("META-INF/container.xml") {
        "an EPUB"
    } else {
        "an archive"
    })
}

/// A part as text; `None` if there is none of that name.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, ReadError> {
    let file = match archive.zip.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
            return Err(ReadError::Encrypted("archive"));
        }
        Err(error) => return Err(damaged(error)),
    };
    let mut bytes = Vec::new();
    file.take(archive.left + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| damaged(format!("`{name}`: {error}")))?;
    let length = bytes.len() as u64;
    archive.left = archive.left.checked_sub(length).ok_or(ReadError::TooLarge {
        bytes: MAX_BYTES - archive.left + length,
        limit: MAX_BYTES,
    })?;
    let (text, _) = super::encoding::decode(&bytes, None, None)
        .map_err(|_| damaged(format!("`{name}` is no text")))?;
    Ok(Some(text))
}

/// The tree of a part; `None` for an empty one.
fn xml(text: &str) -> Result<Option<Document<'_>>, ReadError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map(Some).map_err(damaged)
}

/// An attribute by its name alone: the two kinds of Word file differ in the
/// addresses of their namespaces.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// The `val` of a child.
fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|child| attribute(child, "val"))
}

/// Whether a property is on: it is there, and not switched off.
fn is_on(node: Node<'_, '_>, name: &str) -> Option<bool> {
    child(node, name)
        .map(|child| !matches!(attribute(child, "val"), Some("0" | "false" | "off" | "none")))
}

#[cfg(test)]
mod tests;
