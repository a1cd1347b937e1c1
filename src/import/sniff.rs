//! Which kind of file bytes are, whatever the file is called, and the reader
//! for it.

use super::extracted::{Extracted, Format};
use super::{ReadError, docx, encoding, fold, html, lines, markdown, pdf};
use crate::model::PdfReader;

/// Larger files are not read: the site that they are kept in could not be.
pub const MAX_BYTES: u64 = crate::source::MAX_FILE_SIZE;

/// What a user may say of a file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding of its characters.
    pub encoding: Option<String>,
    /// A CSS selector of the part that holds the document, of a web page.
    pub select: Option<String>,
    /// Which reader of PDF is used: where none is named, poppler's if it is
    /// installed, else the built-in one.
    pub pdf: Option<PdfReader>,
}

/// The text of a file. Its name only tells Markdown from text.
///
/// # Errors
///
/// If it gives no text, with the reason.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Extracted, ReadError> {
    let length = bytes.len() as u64;
    if length > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: length, limit: MAX_BYTES });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let mut extracted = match container(bytes)? {
        Some(Format::Pdf) => pdf::read(bytes, options.pdf)?,
        Some(Format::Docx) => docx::read(bytes)?,
        _ => text(name, bytes, options)?,
    };
    for block in &mut extracted.blocks {
        block.each_text(|text| fold::fold(text, &mut extracted.folded));
    }
    for note in &mut extracted.notes {
        fold::fold(&mut note.text, &mut extracted.folded);
    }
    if extracted.text().trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(extracted)
}

/// A file that is no text, by its first bytes.
fn container(bytes: &[u8]) -> Result<Option<Format>, ReadError> {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let head = &bytes[..bytes.len().min(1024)];
    if contains(head, b"%PDF-") {
        return Ok(Some(Format::Pdf));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Some(Format::Docx));
    }
    if bytes.starts_with(OLE) {
        let encrypted: Vec<u8> =
            "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Err(if contains(bytes, &encrypted) {
            ReadError::Encrypted("Word file")
        } else {
            ReadError::Unsupported("a file of Word 2003 or before (.doc)")
        });
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(ReadError::Unsupported("Rich Text (.rtf)"));
    }
    Ok(None)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn text(name: &str, bytes: &[u8], options: &Options) -> Result<Extracted, ReadError> {
    let declared = html::declared_encoding(bytes);
    let (text, encoding) =
        encoding::decode(bytes, options.encoding.as_deref(), declared.as_deref())?;
    let name = name.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let mut extracted = if options.select.is_some()
        || html::is_page(&text, ends(&[".html", ".htm", ".xhtml", ".shtml"]))
    {
        html::read(&text, options.select.as_deref())?
    } else if ends(&[".md", ".markdown"]) {
        markdown::read(&text)
    } else {
        lines::read(&text)
    };
    extracted.encoding = Some(encoding);
    Ok(extracted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, bytes: &[u8]) -> ReadError {
        read(name, bytes, &Options::default()).unwrap_err()
    }

    #[test]
    fn what_is_no_document_is_refused_with_its_reason() {
        assert_eq!(refused("a.txt", b""), ReadError::Empty);
        assert_eq!(refused("a.txt", b" \n\t "), ReadError::Empty);
        assert_eq!(refused("a.txt", "\u{FEFF}\u{3000}\n".as_bytes()), ReadError::Empty);
        assert!(matches!(refused("a.docx", b"{\\rtf1 x}"), ReadError::Unsupported(_)));
        assert!(matches!(refused("a.docx", b"PK\x03\x04nothing"), ReadError::Damaged { .. }));
        assert!(matches!(refused("a.pdf", b"%PDF-1.7\nnothing"), ReadError::Damaged { .. }));
        assert_eq!(refused("a.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ReadError::Binary);
        let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
        assert!(matches!(refused("a.docx", &old), ReadError::Unsupported(_)));
        let package: Vec<u8> =
            "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(refused("a.docx", &[old, package].concat()), ReadError::Encrypted("Word file"));
    }

    #[test]
    fn a_large_file_is_refused_before_it_is_looked_at() {
        let bytes = vec![b'a'; (MAX_BYTES + 1) as usize];
        assert!(matches!(refused("a.txt", &bytes), ReadError::TooLarge { .. }));
    }

    #[test]
    fn content_counts_and_not_the_name() {
        let page = "<!DOCTYPE html><html><body><p>第一條　合作。</p></body></html>";
        let extracted = read("a.txt", page.as_bytes(), &Options::default()).unwrap();
        assert_eq!(extracted.format, Format::Html);
        let extracted = read("a.pdf", "第一條　合作。".as_bytes(), &Options::default()).unwrap();
        assert_eq!(extracted.format, Format::Text);
    }

    #[test]
    fn radicals_are_folded_and_counted() {
        let extracted = read("a.txt", "⽂化⽂物".as_bytes(), &Options::default()).unwrap();
        assert_eq!(extracted.text(), "文化文物\n");
        assert_eq!(extracted.folded[&('⽂', '文')], 2);
    }
}
