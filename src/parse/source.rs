//! The source documents that a memorandum names: which file, which digest, and
//! what of it is no part of the document.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{OriginalFile, Pattern, Script, Skip, Skipped, SourceDocument};
use crate::source::{Spanned, Tree};

use super::Parser;
use super::numbering::pattern;
use super::table::Reader;

/// A source document as written: the file is not read yet.
pub struct RawSource {
    script: Script,
    file: Spanned<String>,
    sha256: Spanned<String>,
    original: Option<OriginalFile>,
    skips: Vec<Skip>,
}

/// `[source]`, or `[source.hant]` and `[source.hans]` where a document exists in
/// both scripts.
pub fn sources(reader: &mut Reader, script: Script) -> Vec<RawSource> {
    let mut found = Vec::new();
    reader.table("source", |reader| {
        let several = Script::ALL.iter().any(|script| reader.has(script.id()));
        if !several {
            found.extend(source(reader, script));
            return Some(());
        }
        for script in Script::ALL {
            found.extend(reader.table(script.id(), |reader| source(reader, script)));
        }
        Some(())
    });
    found
}

fn source(reader: &mut Reader, script: Script) -> Option<RawSource> {
    let file = reader.required_string("file");
    let sha256 = sha256(reader);
    let original = reader.table("original", |reader| {
        let (file, sha256) = (reader.required_string("file"), self::sha256(reader));
        Some(OriginalFile { file: file?, sha256: sha256? })
    });
    let skips = reader.tables("skip", skip);
    Some(RawSource { script, file: file?, sha256: sha256?, original, skips })
}

fn sha256(reader: &mut Reader) -> Option<Spanned<String>> {
    let sha256 = reader.required_string("sha256")?;
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if sha256.value.len() == 64 && sha256.value.bytes().all(hexadecimal) {
        return Some(sha256);
    }
    reader.report(Diagnostic::error(
        Code::BadSha256,
        sha256.span,
        "a sha256 is 64 hexadecimal digits, lowercase",
    ));
    None
}

fn skip(reader: &mut Reader) -> Option<Skip> {
    let reason = reader.required_string("reason");
    let every = reader.boolean("every").unwrap_or(false);
    let (line, text) = (reader.string("line"), reader.string("text"));
    let (span, what) = match (line, text) {
        (Some(line), None) => (line.span, line_pattern(reader, &line).map(Skipped::Lines)),
        (None, Some(text)) if text.value.trim().is_empty() => {
            reader.report(Diagnostic::error(Code::EmptyText, text.span, "`text` is empty"));
            (text.span, None)
        }
        (None, Some(text)) if every => (text.span, Some(Skipped::Every(text.value))),
        (None, Some(text)) => (text.span, Some(Skipped::Once(text.value))),
        _ => {
            let place = reader.place();
            reader.report(
                Diagnostic::error(Code::BadSkip, place, "a skip has either `line` or `text`")
                    .help("`line` is a pattern such as `— {1} —`, `text` the exact words"),
            );
            (place, None)
        }
    };
    Some(Skip { what: what?, span, reason: reason?.value })
}

/// A line's pattern may also be a line of words, without a number.
fn line_pattern(reader: &mut Reader, line: &Spanned<String>) -> Option<Pattern> {
    if line.value.contains(['{', '}']) {
        return pattern(reader, line);
    }
    Some(Pattern::words(&line.value))
}

/// Reads the document itself, byte for byte.
pub fn document(parser: &mut Parser, raw: RawSource) -> Option<SourceDocument> {
    let RawSource { script, file, sha256, original, skips } = raw;
    let path = file.value.as_str();
    let Some(entry) = parser.tree.files.get(path) else {
        parser.diagnostics.push(
            Diagnostic::error(Code::MissingSource, file.span, format!("there is no file `{path}`"))
                .suggest(path, near(parser.tree, path))
                .help("source documents stand below `seeds/`; write the path from the site's root"),
        );
        return None;
    };
    let text = parser.verbatim_text(path, entry)?;
    Some(SourceDocument { script, file, sha256, text, original, skips })
}

/// The source documents of which one may have been meant: of many those that stand
/// beside it in their order, since each document of a site may name a wrong one.
fn near<'a>(tree: &'a Tree, path: &str) -> Vec<&'a str> {
    const BESIDE: usize = 200;
    let seeds: Vec<&str> = tree.below("seeds/").map(|(path, _)| path).take(BESIDE + 1).collect();
    if seeds.len() <= BESIDE {
        return seeds;
    }
    let before = tree.files.range(..path.to_owned()).rev().take(BESIDE / 2);
    let after = tree.files.range(path.to_owned()..).take(BESIDE / 2);
    let beside = before.chain(after).map(|(path, _)| path.as_str());
    beside.filter(|path| path.starts_with("seeds/")).collect()
}
