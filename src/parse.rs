//! Authors' files → the model, with every mistake of every file reported.
//!
//! 1. Sort the tree's files under `content/` by what they are.
//! 2. Decode each; report what is not UTF-8 or too large to be meant.
//! 3. Read TOML through a table reader, Markdown through the CommonMark parser.
//!
//! Each part of the content is read by itself: what a part yields depends on its
//! own files and, for a memorandum, on the source document that it names. A file
//! with mistakes still yields what could be read, so that later steps report
//! theirs in the same run. Knows nothing of conversion or of routes.

mod address;
mod anchor;
mod area;
mod arrange;
mod emphasis;
mod entity;
pub mod fields;
mod image;
mod lines;
mod lookalike;
mod markdown;
mod memorandum;
mod numbering;
mod numbers;
mod page;
mod publisher;
mod raw;
pub mod schema;
mod site;
mod source;
mod table;
mod unsupported;

pub use lookalike::lookalikes;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Entity, Lexicon, Manuscript, Page, Script, Site};
use crate::source::{Entry, FileId, MAX_FILE_SIZE, Sources, Span, Tree};

const SITE: &str = "content/site.toml";
const LEXICON: &str = "content/lexicon.toml";
const ENTITIES: &str = "content/entities.toml";
const MEMORANDUM: &str = "memorandum.toml";

/// What one run of the parser works with.
struct Parser<'a> {
    /// All files, for those that content names.
    tree: &'a Tree,
    /// Collects the text of each file.
    sources: &'a mut Sources,
    /// Collects the mistakes.
    diagnostics: &'a mut Diagnostics,
}

/// Reads `site.toml`: the site, and the source script that others fall back to.
pub fn site(tree: &Tree, sources: &mut Sources, diagnostics: &mut Diagnostics) -> (Site, Script) {
    Parser { tree, sources, diagnostics }.site()
}

/// Reads `lexicon.toml`, if there is one.
pub fn lexicon(tree: &Tree, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Lexicon {
    let mut parser = Parser { tree, sources, diagnostics };
    let file = tree.files.get(LEXICON).and_then(|entry| parser.text(LEXICON, entry));
    file.map(|file| site::lexicon(&mut parser, file)).unwrap_or_default()
}

/// Reads the entities of all their files.
pub fn entities(
    files: &[File],
    script: Script,
    tree: &Tree,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Entity> {
    let mut parser = Parser { tree, sources, diagnostics };
    let mut entities = Vec::new();
    for (path, entry) in files {
        if let Some(file) = parser.text(path, entry) {
            entities.extend(entity::parse(&mut parser, file, script));
        }
    }
    entities
}

/// Reads the explainer pages, in reading order.
pub fn pages(
    files: &[File],
    script: Script,
    tree: &Tree,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Page> {
    let mut parser = Parser { tree, sources, diagnostics };
    let mut page = |(path, entry): &File| {
        let file = parser.text(path, entry)?;
        page::parse(&mut parser, file, script)
    };
    let mut pages: Vec<_> = files.iter().filter_map(&mut page).collect();
    pages.sort_by(|a, b| (a.order, &a.id.value).cmp(&(b.order, &b.id.value)));
    pages
}

/// Reads a memorandum's folder; `None` if its name can be no id.
pub fn memorandum(
    folder: &str,
    files: &[File],
    script: Script,
    tree: &Tree,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Manuscript> {
    memorandum::parse(&mut Parser { tree, sources, diagnostics }, folder, files, script)
}

/// A file's path and what stands there.
pub type File<'a> = (&'a str, &'a Entry);

/// The files of `content/` by what they are.
#[derive(Default)]
pub struct Files<'a> {
    /// `site.toml`.
    pub site: Vec<File<'a>>,
    /// `lexicon.toml`.
    pub lexicon: Vec<File<'a>>,
    /// Entities.
    pub entities: Vec<File<'a>>,
    /// The files of each folder that is a memorandum.
    pub memoranda: BTreeMap<&'a str, Vec<File<'a>>>,
    /// Explainer pages.
    pub pages: Vec<File<'a>>,
}

/// Sorts the files; one that is nothing we read is a mistake, not a silence.
pub fn files<'a>(tree: &'a Tree, diagnostics: &mut Diagnostics) -> Files<'a> {
    let mut files = Files::default();
    for (path, entry) in tree.below("content/") {
        let folder = path["content/".len()..].split_once('/');
        match folder {
            None if path == SITE => files.site.push((path, entry)),
            None if path == LEXICON => files.lexicon.push((path, entry)),
            None if path == ENTITIES => files.entities.push((path, entry)),
            Some(("entities", name)) if name.ends_with(".toml") && !name.contains('/') => {
                files.entities.push((path, entry));
            }
            Some(("pages", name)) if name.ends_with(".md") && !name.contains('/') => {
                files.pages.push((path, entry));
            }
            Some((folder, name))
                if folder != "pages" && name.ends_with(".toml") && !name.contains('/') =>
            {
                files.memoranda.entry(folder).or_default().push((path, entry));
            }
            _ => diagnostics.push(
                Diagnostic::file_error(Code::UnknownFile, path, format!("nothing reads `{path}`"))
                    .help("content is `site.toml`, `lexicon.toml`, `entities.toml`, `pages/*.md` and, for each memorandum, a folder of `*.toml`")
                    .help("move it out of `content/`, or put a `.` before its name to have it skipped"),
            ),
        }
    }
    files
}

impl Parser<'_> {
    fn site(&mut self) -> (Site, Script) {
        let file = match self.tree.files.get(SITE) {
            Some(entry) => self.text(SITE, entry),
            None => {
                self.diagnostics.push(
                    Diagnostic::file_error(
                        Code::MissingFile,
                        SITE,
                        format!("there is no `{SITE}`"),
                    )
                    .help("run in a site's folder, or name it with `--root`")
                    .help("`tongwen init` makes a small site that builds at once"),
                );
                None
            }
        };
        match file {
            Some(file) => site::parse(self, file),
            None => {
                let place = Span::new(self.sources.add(SITE, ""), 0..0);
                (site::unread(place), Script::Hant)
            }
        }
    }

    /// A file's text, added to the sources, without a byte order mark. `None` if
    /// it cannot be text.
    fn text(&mut self, path: &str, entry: &Entry) -> Option<FileId> {
        self.decode(path, entry, |text| text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// A file's text to the byte, added to the sources.
    fn verbatim_text(&mut self, path: &str, entry: &Entry) -> Option<FileId> {
        self.decode(path, entry, |text| text)
    }

    fn decode(
        &mut self,
        path: &str,
        entry: &Entry,
        part: impl FnOnce(&str) -> &str,
    ) -> Option<FileId> {
        let bytes = match entry {
            Entry::Bytes(bytes) => bytes,
            Entry::TooLarge(size) => {
                self.diagnostics.push(too_large(path, *size));
                return None;
            }
        };
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(self.sources.add(path, part(text))),
            Err(error) => {
                let lossy: Arc<str> = String::from_utf8_lossy(bytes).into();
                let start = error.valid_up_to();
                let file = self.sources.add(path, lossy);
                let span = Span::new(file, start..start + '\u{fffd}'.len_utf8());
                self.diagnostics.push(
                    Diagnostic::error(Code::InvalidUtf8, span, format!("`{path}` is not UTF-8"))
                        .label(format!("byte 0x{:02x} begins no character", bytes[start]))
                        .help("save the file as UTF-8"),
                );
                None
            }
        }
    }
}

/// The mistake of a file over [`MAX_FILE_SIZE`].
fn too_large(path: &str, size: u64) -> Diagnostic {
    Diagnostic::file_error(
        Code::FileTooLarge,
        path,
        format!("`{path}` has {size} bytes; at most {MAX_FILE_SIZE} are read"),
    )
    .help("is it the file that was meant?")
}
