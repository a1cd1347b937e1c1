//! The picture that stands for pages where links to them are shown, as a site or a
//! document names it. Whether there is such a file is not known here.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Script, SharedImage, Text};
use crate::source::Spanned;

use super::table::Reader;

/// `image = { file = "…", alt = "…" }`.
pub fn image(reader: &mut Reader, script: Script) -> Option<SharedImage<Text>> {
    reader.table("image", |reader| {
        let file = reader.required_string("file");
        let alt = reader.required_text("alt", script);
        let file = file.filter(|file| is_path(reader, file))?;
        Some(SharedImage { file, alt })
    })
}

/// Whether the path stands in addresses as it is.
fn is_path(reader: &mut Reader, file: &Spanned<String>) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    let ends = [".png", ".jpg", ".jpeg"].iter().any(|end| file.value.ends_with(end));
    let good = ends && file.value.chars().all(plain) && !file.value.starts_with('/');
    if !good {
        let message = format!("`{}` cannot be a picture for shared links", file.value);
        reader.report(Diagnostic::error(Code::BadImage, file.span, message).help(
            "name a PNG or JPEG by its path below `static/`, in ASCII letters, digits, `.`, `-` and `_`",
        ));
    }
    good
}
