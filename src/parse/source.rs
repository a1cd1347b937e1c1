//! The source documents that a memorandum names: which file, which digest, and
//! what of it is no part of the document.

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{OriginalFile, Pattern, PdfReader, Script, Skip, Skipped, SourceDocument};
use crate::source::{Entry, Spanned, Tree, hexadecimal};

use super::numbering::pattern;
use super::table::Reader;
use super::{Parser, entity, too_large};

/// A source document as written: the file is not read yet.
pub struct RawSource {
    script: Script,
    file: Spanned<String>,
    sha256: Spanned<String>,
    original: Option<OriginalFile>,
    skips: Vec<Skip>,
    url: Option<String>,
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
    let original = reader.table("original", original);
    let skips = reader.tables("skip", skip);
    let url = reader.string("url").and_then(|url| entity::web_address(reader, url));
    Some(RawSource { script, file: file?, sha256: sha256?, original, skips, url })
}

fn original(reader: &mut Reader) -> Option<OriginalFile> {
    let (file, sha256) = (reader.required_string("file"), sha256(reader));
    let mut filled = |key| {
        let text = reader.string(key)?;
        if text.value.trim().is_empty() {
            let message = format!("`{key}` is empty");
            reader.report(Diagnostic::error(Code::EmptyText, text.span, message));
        }
        Some(text.value)
    };
    let (encoding, select) = (filled("encoding"), filled("select"));
    let read_by = reader.string("reader").and_then(|name| {
        let known = PdfReader::from_id(&name.value);
        if known.is_none() {
            let message = format!("no reader of PDF is called `{}`", name.value);
            let names = PdfReader::ALL.map(PdfReader::id);
            reader.report(
                Diagnostic::error(Code::UnknownReader, name.span, message)
                    .suggest(&name.value, names)
                    .help("write `pdftotext` or `built-in`"),
            );
        }
        known
    });
    Some(OriginalFile { file: file?, sha256: sha256?, encoding, select, reader: read_by })
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

/// Reads the document itself, byte for byte; and looks whether the file that it
/// was extracted from is there, as it was.
pub fn document(parser: &mut Parser, raw: RawSource) -> Option<SourceDocument> {
    let RawSource { script, file, sha256, original, skips, url } = raw;
    let entry = entry(parser, &file)?;
    let text = parser.verbatim_text(&file.value, entry)?;
    check_digest(parser, &file, &sha256, entry);
    if let Some(original) = &original
        && let Some(entry) = self::entry(parser, &original.file)
    {
        check_digest(parser, &original.file, &original.sha256, entry);
    }
    Some(SourceDocument { script, file, sha256, text, original, skips, url })
}

/// The file at a path.
fn entry<'tree>(parser: &mut Parser<'tree>, file: &Spanned<String>) -> Option<&'tree Entry> {
    let path = file.value.as_str();
    let tree = parser.tree;
    if let Some(entry) = tree.files.get(path) {
        return Some(entry);
    }
    parser.diagnostics.push(
        Diagnostic::error(Code::MissingSource, file.span, format!("there is no file `{path}`"))
            .suggest(path, near(tree, path))
            .help("source documents stand below `seeds/`; write the path from the site's root"),
    );
    None
}

fn check_digest(
    parser: &mut Parser,
    file: &Spanned<String>,
    sha256: &Spanned<String>,
    entry: &Entry,
) {
    let bytes = match entry {
        Entry::Bytes(bytes) => bytes,
        Entry::TooLarge(size) => return parser.diagnostics.push(too_large(&file.value, *size)),
    };
    let found = hexadecimal(&Sha256::digest(bytes));
    if found == sha256.value {
        return;
    }
    parser.diagnostics.push(
        Diagnostic::error(
            Code::SourceChanged,
            sha256.span,
            format!("`{}` has another sha256", file.value),
        )
        .label("differs")
        .note(format!("the file has {found}"))
        .help("the source document is never edited: restore it, or check it anew and write its sha256 here"),
    );
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
