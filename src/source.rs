//! The text of files and places in it.
//!
//! Owns what a file said and where: every other layer speaks of places as
//! [`Span`]s and leaves lines and columns to this one. Knows nothing of what
//! the text means, and does not read files.

pub(crate) mod portable;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Files larger than this, in bytes, are refused unread: no hand-written
/// content comes near it, and one that does is a mistake worth naming.
pub const MAX_FILE_SIZE: u64 = 16 * 1024 * 1024;

/// The same for the site's own files in [`STATIC`]: pictures, downloads. Hosts
/// of static sites take no larger ones.
pub const MAX_STATIC_SIZE: u64 = 100 * 1024 * 1024;

/// The folder of files that are put out as they are.
pub const STATIC: &str = "static/";

/// A digest as it is written: two small digits for each byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |place: u8| char::from(DIGITS[usize::from(place)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Code points that Unicode sets aside for no use in texts.
pub fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

/// The largest file, in bytes, that is read at a path below the site's root.
pub fn size_limit(path: &str) -> u64 {
    if path.starts_with(STATIC) { MAX_STATIC_SIZE } else { MAX_FILE_SIZE }
}

/// One file of the site's root as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The file's bytes.
    Bytes(Arc<[u8]>),
    /// A file over the [`size_limit`], with its size in bytes. It was not read.
    TooLarge(u64),
}

/// All files that a site is made of, by their path below the root, with `/`
/// between folders. The pipeline's only window to the outside world.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The files, in the order of their paths.
    pub files: BTreeMap<String, Entry>,
}

impl Tree {
    /// Adds a file, replacing one of the same path.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path.into(), Entry::Bytes(bytes.into()));
    }

    /// The files below a folder, whose path ends in `/`.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, entry)| (path.as_str(), entry))
    }
}

/// Names one file of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId {
    part: u32,
    number: u32,
}

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span of a byte range. Files are far below 4 GiB ([`MAX_FILE_SIZE`]).
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The span as a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the place where its author wrote it. Values are equal wherever
/// they stand.
#[derive(Debug, Clone)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Without its place, which means nothing outside the run that read it.
impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let nowhere = Span { file: FileId { part: u32::MAX, number: 0 }, start: 0, end: 0 };
        T::deserialize(deserializer).map(|value| Self::new(value, nowhere))
    }
}

/// One text file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path below the site's root, with `/` between folders.
    pub path: String,
    /// The text; bytes that are not UTF-8 stand as U+FFFD.
    pub text: Arc<str>,
    /// Made when a place of the file is first asked for.
    lines: OnceLock<Arc<Lines>>,
}

impl SourceFile {
    /// The bytes of the line that an offset lies in, without its line end.
    pub fn line(&self, offset: usize) -> Range<usize> {
        let lines = self.lines();
        let line = lines.index(offset);
        let end = lines.starts.get(line + 1).map_or(self.text.len(), |next| *next as usize);
        let start = lines.starts[line] as usize;
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// Line and column of an offset, both from 1; columns count characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let lines = self.lines();
        let offset = self.text.floor_char_boundary(offset);
        let line = lines.index(offset);
        let start = lines.starts[line] as usize;
        let column = lines.characters(&self.text, offset) - lines.characters(&self.text, start);
        (line + 1, column + 1)
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Arc::new(Lines::new(&self.text)))
    }
}

/// Where a file's lines start and how many characters stand before a byte, so
/// that neither is counted anew for each place of a large file.
#[derive(Debug)]
struct Lines {
    starts: Vec<u32>,
    /// How many characters begin before every [`Lines::STEP`]th byte.
    characters: Vec<u32>,
}

impl Lines {
    const STEP: usize = 1024;

    fn new(text: &str) -> Self {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| offset(at + 1))).collect();
        let mut count = 0;
        let mut characters = vec![0];
        for piece in text.as_bytes().chunks(Self::STEP) {
            count += beginnings(piece);
            characters.push(offset(count));
        }
        Self { starts, characters }
    }

    /// The index of the line that an offset lies in.
    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset) - 1
    }

    /// How many characters begin before an offset.
    fn characters(&self, text: &str, offset: usize) -> usize {
        let step = offset / Self::STEP;
        self.characters[step] as usize + beginnings(&text.as_bytes()[step * Self::STEP..offset])
    }
}

/// How many characters begin in a piece of UTF-8.
fn beginnings(piece: &[u8]) -> usize {
    piece.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Every text file of one run, so that a [`Span`] can be shown.
///
/// Files stand in numbered parts. Those of a part keep their ids, whatever other
/// parts there are; so what was read once can be kept while other files change.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The part that takes new files.
    own: u32,
    parts: BTreeMap<u32, Arc<Vec<SourceFile>>>,
}

impl Sources {
    /// An empty part.
    pub fn part(number: u32) -> Self {
        Self { own: number, parts: BTreeMap::new() }
    }

    /// Adds a file and gives its name.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let files = Arc::make_mut(self.parts.entry(self.own).or_default());
        let number = u32::try_from(files.len()).expect("fewer than 2^32 files");
        files.push(SourceFile { path: path.into(), text: text.into(), lines: OnceLock::new() });
        FileId { part: self.own, number }
    }

    /// Adds the parts of another collection.
    pub fn append(&mut self, other: &Self) {
        self.parts.extend(other.parts.iter().map(|(number, files)| (*number, files.clone())));
    }

    /// Lets go of the parts that stand below these folders as a whole; their
    /// files can be shown no more.
    pub fn forget(&mut self, folders: &[&str]) {
        let is_below =
            |file: &SourceFile| folders.iter().any(|folder| file.path.starts_with(folder));
        self.parts.retain(|_, files| !files.iter().all(is_below));
    }

    /// The file of an id that this collection gave out.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.parts[&id.part][id.number as usize]
    }

    /// The text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// The place of a part of a value that stands at a span. White space in the
    /// file may differ from the value's; with escapes it is the whole span.
    pub fn place_in(&self, span: Span, value: &str, part: Range<usize>) -> Span {
        if span.range().len() == value.len() {
            let start = span.start as usize;
            return Span::new(span.file, start + part.start..start + part.end);
        }
        let raw = self.text(span);
        let mut written = raw.char_indices();
        let mut found = None;
        for (at, c) in value.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let Some((there, c)) = written.find(|(_, own)| *own == c) else { return span };
            if at >= part.start {
                found = Some(there..there + c.len_utf8());
                break;
            }
        }
        let Some(first) = found else { return span };
        let start = span.start as usize;
        Span::new(span.file, start + first.start..start + first.end)
    }

    /// Line and column of a span's start, both from 1; columns count characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        self.file(span.file).line_column(span.start as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_those_of_counting_from_the_start() {
        let mut text = "一行\r\n\n二ab\n".repeat(90);
        text.push_str(&"很長a".repeat(700));
        let mut sources = Sources::default();
        let file = sources.add("a.toml", text.as_str());
        for at in 0..=text.len() + 1 {
            let before = &text[..text.floor_char_boundary(at)];
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let counted = (before.matches('\n').count() + 1, before[start..].chars().count() + 1);
            assert_eq!(sources.line_column(Span::new(file, at..at)), counted, "{at}");
        }
        assert_eq!(&text[sources.file(file).line(4)], "一行");
        assert_eq!(&text[sources.file(file).line(8)], "");
        assert!(text[sources.file(file).line(text.len())].starts_with('很'));
    }
}
