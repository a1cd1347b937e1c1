//! Text that was extracted from another file, extracted again.
//!
//! Pages of such a document say that it was checked against the text extracted
//! from its file; so what stands in `seeds/` as that text is compared with what
//! the file gives. White space counts between two Latin letters or digits alone,
//! as in the comparison of a document with its source.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::import::{self, Options, ReadError};
use crate::model::{OriginalFile, PdfReader, SourceDocument};
use crate::pipeline::Parts;
use crate::source::{Entry, Span, Tree};

/// How many characters a message shows.
const EXCERPT: usize = 12;

/// Extracts every such text again.
pub fn check(parts: &Parts, tree: &Tree, found: &mut Diagnostics) {
    for document in parts.content.memoranda.iter().flat_map(|one| &one.sources) {
        let Some(original) = &document.original else { continue };
        let Some(Entry::Bytes(bytes)) = tree.files.get(&original.file.value) else { continue };
        let text = &parts.sources.file(document.text).text;
        found.push(compare(document, original, bytes, text));
    }
}

fn compare(
    document: &SourceDocument,
    original: &OriginalFile,
    bytes: &[u8],
    text: &str,
) -> Diagnostic {
    let (file, span) = (&original.file.value, original.file.span);
    let options = Options {
        encoding: original.encoding.clone(),
        select: original.select.clone(),
        pdf: original.reader,
    };
    let extracted = match import::read(file, bytes, &options) {
        Ok(extracted) => extracted,
        Err(error @ ReadError::NotInstalled) => {
            let message = format!("the text of `{file}` is not extracted again: {error}");
            return Diagnostic::warning(Code::NotExtracted, span, message).help(error.help());
        }
        Err(error) => {
            let message = format!("no text is extracted from `{file}`: {error}");
            return Diagnostic::error(Code::ExtractedOtherwise, span, message).help(error.help());
        }
    };
    let again = extracted.text();
    let (own, new) = (characters(text), characters(&again));
    let Some(at) = first_difference(&own, &new) else {
        let message = format!("`{file}` gives the text of `{}` again", document.file.value);
        return Diagnostic::fact(Code::ExtractedAgain, span, message);
    };
    let message = format!(
        "`{}` has {} where {} is extracted from `{file}`",
        document.file.value,
        excerpt(text, own.get(at)),
        excerpt(&again, new.get(at)),
    );
    let place = own.get(at).map_or(text.len()..text.len(), |one| one.at..one.at + one.c.len_utf8());
    // Another version of poppler may put a page's lines in another order.
    let differs = match extracted.reader {
        Some(PdfReader::Poppler) => Diagnostic::warning(Code::ExtractedOtherwise, span, message),
        _ => Diagnostic::error(Code::ExtractedOtherwise, span, message),
    };
    let differs = differs.related(Span::new(document.text, place), "in the extracted text");
    differs.help("extracted text is never edited: `tongwen import --update` extracts it anew")
}

/// A character that counts.
#[derive(Clone, Copy)]
struct Counted {
    c: char,
    /// Whether white space stands before it that counts.
    spaced: bool,
    at: usize,
}

fn characters(text: &str) -> Vec<Counted> {
    let mut counted: Vec<Counted> = Vec::with_capacity(text.len() / 3);
    let mut space = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || c == '\u{FEFF}' {
            space = true;
            continue;
        }
        let after_latin = counted.last().is_some_and(|one| one.c.is_ascii_alphanumeric());
        let spaced = space && after_latin && c.is_ascii_alphanumeric();
        counted.push(Counted { c, spaced, at });
        space = false;
    }
    counted
}

fn first_difference(own: &[Counted], new: &[Counted]) -> Option<usize> {
    let same = |(a, b): &(&Counted, &Counted)| a.c == b.c && a.spaced == b.spaced;
    let shared = own.iter().zip(new).take_while(same).count();
    (shared < own.len().max(new.len())).then_some(shared)
}

/// What stands in a text from a character on.
fn excerpt(text: &str, from: Option<&Counted>) -> String {
    let Some(from) = from else { return "nothing more".to_owned() };
    let line = text[from.at..].lines().next().unwrap_or_default();
    format!("`{}`", line.chars().take(EXCERPT).collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(own: &str, new: &str) -> Option<usize> {
        first_difference(&characters(own), &characters(new))
    }

    #[test]
    fn white_space_counts_between_latin_letters_alone() {
        assert_eq!(differ("甲 乙\n丙", "甲乙丙\n"), None);
        assert_eq!(differ("support the plan", "support\nthe  plan"), None);
        assert_eq!(differ("support the", "supportthe"), Some(7));
        assert_eq!(differ("甲乙", "甲乙丙"), Some(2));
        assert_eq!(differ("甲乙", "甲丙"), Some(1));
        assert_eq!(differ("", ""), None);
    }
}
