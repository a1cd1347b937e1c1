//! The list of the files that builds made, `.tongwen/files` in the output: a
//! path on each line.
//!
//! It decides what may be removed, and may come from anybody. So a line is
//! passed over unless the tool could have put a file of that name there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::source::portable;

use super::own::{self, Own};

const FILES: &str = "files";

/// The files that builds made in a folder.
///
/// # Errors
/// If the list cannot be read.
pub(super) fn read(folder: &Path) -> Result<BTreeSet<String>> {
    let text = match Own::find(folder)? {
        Some(own) => own.read(FILES)?,
        None => None,
    };
    let lines = text.iter().flat_map(|text| text.lines());
    Ok(lines.filter(|path| can_be(path)).map(str::to_owned).collect())
}

/// Replaces the list.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write<'a>(own: &Own, paths: impl IntoIterator<Item = &'a String>) -> Result<()> {
    let mut text = String::new();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    own.write(FILES, &text)
}

/// Where the list stands.
pub(super) fn path(own: &Own) -> PathBuf {
    own.path(FILES)
}

/// Whether a file of a site can stand at a path: it stays below the output,
/// keeps to its line, and is neither the tool's own nor version control's.
pub(super) fn can_be(path: &str) -> bool {
    let odd = |part: &str| {
        portable::fault(part).is_some()
            || part.eq_ignore_ascii_case(own::NAME)
            || part.eq_ignore_ascii_case(".git")
    };
    !path.split('/').any(odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_build_can_have_made_is_taken_from_the_list() {
        for good in ["index.html", "hant/demo/1.html", "CNAME", ".well-known/a", "下載/條文.pdf"]
        {
            assert!(can_be(good), "{good}");
        }
        for bad in [
            "",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a/..",
            ".",
            "./a",
            "a//b",
            "a/",
            "..\\a",
            "C:\\a",
            "C:a",
            "\\\\host\\a",
            "a\0b",
            "a\nb",
            "a\rb",
            ".. /a",
            ".../a",
            ".git/config",
            ".GIT/config",
            "a/.git/x",
            ".tongwen/lock",
            ".Tongwen/lock",
            "nul",
            "a/con.html",
        ] {
            assert!(!can_be(bad), "{bad:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_leads_out_of_the_output(path in "[./\\\\~a:C \u{0}\n-]{0,12}") {
            let leads = Path::new(&path).components().any(|part| !matches!(part, std::path::Component::Normal(_)));
            proptest::prop_assert!(!(can_be(&path) && leads), "{path:?}");
        }
    }
}
