//! The source documents as files that a site publishes: where they stand.
//!
//! Their names are made of the document's id and the script, so that they are ASCII
//! whatever the files are called in the content.

use super::{GivenFile, Library, Memorandum, Verification};

impl Library {
    /// Where the text that a memorandum was compared with is published.
    pub fn source_path(&self, whole: &Memorandum, found: &Verification) -> String {
        path(whole, found, "", &found.file)
    }

    /// Where the file is published that the text was extracted from.
    pub fn original_path(&self, whole: &Memorandum, found: &Verification, file: &str) -> String {
        path(whole, found, "-original", file)
    }

    /// A source document by its path below the site's root, if it is published.
    pub fn source(&self, path: &str) -> Option<&GivenFile> {
        let found = self.sources.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(&self.sources[found])
    }

    /// The text of a source document, if it is published.
    pub fn source_text(&self, whole: &Memorandum, found: &Verification) -> Option<&str> {
        let file = self.source(&self.source_path(whole, found))?;
        std::str::from_utf8(&file.bytes).ok()
    }
}

/// `data/sources/hubei-2021.hant.txt`
fn path(whole: &Memorandum, found: &Verification, what: &str, file: &str) -> String {
    let plain = |ending: &&str| {
        (1..=8).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let name = file.rsplit('/').next().unwrap_or(file);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(plain).unwrap_or("bin");
    let (id, script) = (&whole.id.value, found.script.id());
    format!("data/sources/{id}.{script}{what}.{ending}")
}
