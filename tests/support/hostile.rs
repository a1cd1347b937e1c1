//! A site with every text that a site can have, and in each of them what marks
//! something in one of the formats that a site is written in.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use tongwen::source::{Entry, Tree};

use super::{root, tree};

/// What every text has in it, behind a name of its own.
pub const HOSTILE: &str = r#"<&"'_{}%\"#;

/// The site as it is written, each text's name between two `@`.
pub fn fixture() -> String {
    std::fs::read_to_string(root().join("tests/hostile-text/site.txt")).unwrap()
}

/// The names of all its texts.
pub fn names() -> BTreeSet<String> {
    let text = fixture();
    text.split('@').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A file of the fixture with every text written in it, as its format has it.
fn filled(path: &str, text: &str) -> String {
    let escaped = |escape: &dyn Fn(char) -> bool| -> String {
        HOSTILE.chars().flat_map(|c| escape(c).then_some('\\').into_iter().chain([c])).collect()
    };
    let toml = escaped(&|c| matches!(c, '"' | '\\'));
    let markdown = escaped(&|c| c.is_ascii_punctuation());
    let put = |text: &str, hostile: &str| -> String {
        let part = |(index, part): (usize, &str)| match index % 2 {
            0 => part.to_owned(),
            _ => format!("Q{part}{hostile}"),
        };
        text.split('@').enumerate().map(part).collect()
    };
    if path.starts_with("seeds/") {
        return put(text, HOSTILE);
    }
    match text.strip_prefix("+++").and_then(|rest| rest.split_once("+++")) {
        Some((front, body)) => format!("+++{}+++{}", put(front, &toml), put(body, &markdown)),
        None => put(text, &toml),
    }
}

/// The site.
pub fn site() -> Tree {
    let mut site = tree(&fixture());
    for (path, entry) in std::mem::take(&mut site.files) {
        let Entry::Bytes(bytes) = entry else { panic!("`{path}` is small") };
        site.insert(&path, filled(&path, std::str::from_utf8(&bytes).unwrap()).into_bytes());
    }
    let seed = site.files.keys().find(|path| path.starts_with("seeds/")).unwrap().clone();
    let text = |path: &str| match &site.files[path] {
        Entry::Bytes(bytes) => bytes.to_vec(),
        Entry::TooLarge(_) => panic!("`{path}` is small"),
    };
    let digest: String = Sha256::digest(text(&seed)).iter().map(|b| format!("{b:02x}")).collect();
    let head = "content/parts/memorandum.toml";
    let written = String::from_utf8(text(head)).unwrap().replace("SHA", &digest);
    site.insert(head, written.into_bytes());
    site
}
