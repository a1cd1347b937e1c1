//! Reads PDF files: by poppler's `pdftotext` where it is installed, else by the
//! reader built in (`pdf/builtin.rs`). What a reader could not make out is a
//! failure and never an empty document.

mod builtin;

use std::io::Write;
use std::process::{Command, Stdio};

use super::ReadError;
use super::extracted::{Block, Extracted, Format, Line};
use super::lines::{self, furniture};
use crate::model::PdfReader;

/// The text of a PDF, without the numbers and running heads of its pages.
pub(super) fn read(bytes: &[u8], wanted: Option<PdfReader>) -> Result<Extracted, ReadError> {
    let from = if wanted == Some(PdfReader::BuiltIn) { None } else { poppler(bytes)? };
    let (reader, pages) = match from {
        Some(pages) => (PdfReader::Poppler, pages),
        None if wanted == Some(PdfReader::Poppler) => return Err(ReadError::NotInstalled),
        None => (PdfReader::BuiltIn, builtin::pages(bytes)?),
    };
    let count = pages.len();
    let found: Vec<Line> = pages.into_iter().flatten().collect();
    if found.iter().all(|line| line.text.trim().is_empty()) {
        return Err(ReadError::NoText { pages: count });
    }
    let wrong = found.iter().flat_map(|line| line.text.chars()).filter(|c| is_unmapped(*c)).count();
    if wrong > 0 {
        return Err(ReadError::Unmapped { reader: words(reader), characters: wrong });
    }
    let mut extracted = Extracted::new(Format::Pdf);
    extracted.reader = Some(reader);
    let furniture = furniture(&found);
    for (line, reason) in found.into_iter().zip(furniture) {
        match reason {
            Some(reason) => extracted.skip(line.text, reason),
            None => extracted.blocks.push(Block::Line(line)),
        }
    }
    Ok(extracted)
}

/// What a reader is called in a sentence.
pub(super) fn words(reader: PdfReader) -> &'static str {
    match reader {
        PdfReader::Poppler => "pdftotext",
        PdfReader::BuiltIn => "the built-in reader",
    }
}

/// A sign that stands for no character.
fn is_unmapped(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}') || (c.is_control() && !c.is_whitespace())
}

/// What poppler reads; `None` where it is not installed.
fn poppler(bytes: &[u8]) -> Result<Option<Vec<Vec<Line>>>, ReadError> {
    let Some((text, complaint)) = pdftotext(bytes, "-layout")? else { return Ok(None) };
    // Vertical lines come out a character a line: the order of the content is theirs.
    let text = if is_vertical(&text) {
        pdftotext(bytes, "-raw")?.map_or(text, |(raw, _)| raw)
    } else {
        text
    };
    if text.trim().is_empty() && complaint.contains("language pack") {
        return Err(ReadError::Damaged { format: "PDF", detail: complaint });
    }
    Ok(Some(pages(&text)))
}

fn pdftotext(bytes: &[u8], order: &str) -> Result<Option<(String, String)>, ReadError> {
    let started = Command::new("pdftotext")
        .args([order, "-enc", "UTF-8", "-eol", "unix", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else { return Ok(None) };
    let damaged = |detail: String| ReadError::Damaged { format: "PDF", detail };
    // It reads all of the file before it writes.
    let written = child.stdin.take().map(|mut input| input.write_all(bytes));
    let output = child.wait_with_output().map_err(|error| damaged(error.to_string()))?;
    let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if !output.status.success() {
        if complaint.contains("Incorrect password") {
            return Err(ReadError::Encrypted("PDF"));
        }
        let first = complaint.lines().next_back().unwrap_or("it cannot be opened");
        return Err(damaged(first.trim_start_matches("Syntax Error: ").to_owned()));
    }
    if let Some(Err(error)) = written {
        return Err(damaged(error.to_string()));
    }
    Ok(Some((String::from_utf8_lossy(&output.stdout).into_owned(), complaint)))
}

/// Most lines have one or two characters.
fn is_vertical(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let short = lines()
        .filter(|line| line.split_whitespace().all(|word| word.chars().count() == 1))
        .count();
    short * 10 > lines().count() * 6 && lines().count() > 20
}

/// The lines of each page.
fn pages(text: &str) -> Vec<Vec<Line>> {
    let text = text.strip_suffix('\u{C}').unwrap_or(text);
    text.split('\u{C}')
        .enumerate()
        .map(|(page, text)| {
            let mut gap = false;
            let mut lines = Vec::new();
            for raw in text.lines() {
                match lines::line(raw, page) {
                    Some(line) => lines.push(Line { gap: std::mem::take(&mut gap), ..line }),
                    None => gap = true,
                }
            }
            lines
        })
        .collect()
}

#[cfg(test)]
mod tests;
