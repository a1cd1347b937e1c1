//! Why a file could not be read, and what would help.

use std::fmt;

/// A file that gives no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It has no bytes, or nothing but white space.
    Empty,
    /// It is larger than any document is.
    TooLarge {
        /// Bytes it has.
        bytes: u64,
        /// Bytes that are read at most.
        limit: u64,
    },
    /// It is a known kind of file that is not read.
    Unsupported(&'static str),
    /// It is no text, and of no known kind.
    Binary,
    /// It wants a password.
    Encrypted(&'static str),
    /// It has pages, but no text on them.
    NoText {
        /// How many pages.
        pages: usize,
    },
    /// It is broken, or no file of its kind at all.
    Damaged {
        /// What kind of file it claims to be.
        format: &'static str,
        /// What its reader says.
        detail: String,
    },
    /// Its characters cannot be made out.
    Undecodable {
        /// The encoding tried.
        encoding: String,
        /// How many sequences are wrong in it.
        wrong: usize,
    },
    /// No encoding has that name.
    UnknownEncoding(String),
    /// The selector is no CSS.
    BadSelector(String),
    /// The selector matches nothing of the page.
    NothingSelected(String),
    /// The reader of PDF could not make out some of the characters.
    Unmapped {
        /// Which reader.
        reader: &'static str,
        /// How many.
        characters: usize,
    },
    /// The reader of PDF that was asked for is not on this machine.
    NotInstalled,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::TooLarge { bytes, limit } => write!(
                f,
                "the file has {} MiB; at most {} MiB are read",
                bytes.div_ceil(1 << 20),
                limit >> 20
            ),
            Self::Unsupported(what) => write!(f, "{what} cannot be read"),
            Self::Binary => f.write_str("the file is neither text nor of a kind that is read"),
            Self::Encrypted(what) => write!(f, "the {what} is encrypted"),
            Self::NoText { pages: 1 } => f.write_str("the page has no text, only a picture"),
            Self::NoText { pages } => {
                write!(f, "the {pages} pages have no text, only pictures")
            }
            Self::Damaged { format, detail } => write!(f, "the {format} is damaged: {detail}"),
            Self::Undecodable { encoding, wrong } => {
                write!(f, "the file is not in `{encoding}`: {wrong} sequences are none of it")
            }
            Self::UnknownEncoding(name) => write!(f, "no encoding is called `{name}`"),
            Self::BadSelector(selector) => write!(f, "`{selector}` is no CSS selector"),
            Self::NothingSelected(selector) => {
                write!(f, "nothing on the page matches `{selector}`")
            }
            Self::Unmapped { reader, characters } => {
                write!(f, "{reader} cannot tell which character {characters} of the signs are")
            }
            Self::NotInstalled => f.write_str("`pdftotext` is not installed"),
        }
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Empty => "choose the file with the document's text",
            Self::TooLarge { .. } => {
                "save the document's text alone, without its pictures, and import that"
            }
            Self::Unsupported(_) => {
                "open it and save it as Word (.docx), as text or as a web page, and import that"
            }
            Self::Binary => "import text, Markdown, HTML, Word (.docx) or PDF",
            Self::Encrypted(_) => "open it with its password, save it without one, and import that",
            Self::NoText { .. } => {
                "run text recognition (OCR) over it, proofread, and import the text"
            }
            Self::Damaged { .. } => {
                "open it with the program that made it, save it anew, and import that"
            }
            Self::Undecodable { .. } | Self::UnknownEncoding(_) => {
                "name its encoding with `--encoding`: utf-8, utf-16le, gb18030, big5 …"
            }
            Self::BadSelector(_) => "write it as in a style sheet: `--select \"#content\"`",
            Self::NothingSelected(_) => {
                "look in the page's source for the element that holds the document"
            }
            Self::NotInstalled => "install poppler",
            Self::Unmapped { .. } => {
                "install poppler (`pdftotext`), or copy the text from a viewer and import that"
            }
        }
    }
}
