//! The pictures that stand for pages where links to them are shown: whether the
//! files are there, and are what every service can show.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::{Library, Wording};
use crate::model::SharedImage;
use crate::source::STATIC;

/// Reports pictures that are missing, or of another type or size.
pub(super) fn check_images(library: &Library, found: &mut Diagnostics) {
    let documents = library.memoranda.iter().filter_map(|one| one.image.as_ref());
    for image in library.image.iter().chain(documents) {
        if let Some(mistake) = mistake(library, image) {
            found.push(mistake);
        }
    }
}

fn mistake(library: &Library, image: &SharedImage<Wording>) -> Option<Diagnostic> {
    let name = &image.file.value;
    let Some(file) = library.files.iter().find(|file| file.path == *name) else {
        let message = format!("there is no `{STATIC}{name}`");
        let names = library.files.iter().map(|file| file.path.as_str());
        let missing = Diagnostic::error(Code::MissingFile, image.file.span, message);
        return Some(missing.suggest(name, names).help(format!("put the picture into `{STATIC}`")));
    };
    let wrong = |message: String| Diagnostic::error(Code::BadImage, image.file.span, message);
    let (wide, high) = SharedImage::<Wording>::SIZE;
    match size(&file.bytes) {
        Some(size) if size == (wide, high) => None,
        Some((width, height)) => {
            let message = format!("`{STATIC}{name}` has {width} × {height} pixels");
            Some(wrong(message).help(format!("make it {wide} × {high}: services cut other shapes")))
        }
        None => {
            let message = format!("`{STATIC}{name}` is neither a PNG nor a JPEG");
            Some(wrong(message).help("save it as one: few services show other types"))
        }
    }
}

/// The width and height of a PNG or JPEG, whatever the file is called.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    png_size(bytes).or_else(|| jpeg_size(bytes))
}

fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let sides = header.get(4..)?.strip_prefix(b"IHDR")?;
    let side = |at: usize| Some(u32::from_be_bytes(sides.get(at..at + 4)?.try_into().ok()?));
    Some((side(0)?, side(4)?))
}

/// Segments follow each other, each with its length, up to the one of the frame.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let segment = rest.get(4..)?;
        // 0xC4, 0xC8 and 0xCC are tables; the others of this row begin a frame.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let side = |at: usize| {
                Some(u32::from(u16::from_be_bytes([*segment.get(at)?, *segment.get(at + 1)?])))
            };
            return Some((side(3)?, side(1)?));
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        rest = rest.get(2 + length.max(2)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_picture_stands_in_its_head() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\xb0\0\0\x02\x76";
        assert_eq!(size(png), Some((1200, 630)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x03c\xff\xc2\0\x11\x08\x02\x76\x04\xb0";
        assert_eq!(size(jpeg), Some((1200, 630)));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_strange(start in 0..2_usize, bytes: Vec<u8>) {
            let head: &[u8] = [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], b"\xff\xd8\xff"][start];
            size(&[head, &bytes].concat());
        }
    }
}
