//! Every byte of two sites, by the sha256 of what stands in each folder: a
//! change that is to make the tool faster or simpler changes none of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../examples/generate/names.rs"]
mod names;
#[path = "../examples/generate/pattern.rs"]
mod pattern;
#[path = "../examples/generate/site.rs"]
mod site;
mod support;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use support::{Pages, default_site, render};
use tongwen::source::Tree;

/// Measures of the generated site: enough for a search index in many files.
const MEASURES: usize = 624;

fn golden(name: &str, pages: &Pages) {
    let mut folders: BTreeMap<&str, (usize, Sha256)> = BTreeMap::new();
    for (path, bytes) in pages {
        let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder);
        let (files, hash) = folders.entry(folder).or_default();
        *files += 1;
        hash.update(format!("{path} {}\n", bytes.len()));
        hash.update(bytes);
    }
    let lines: Vec<String> = folders
        .into_iter()
        .map(|(folder, (files, hash))| {
            let bytes: String =
                hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            format!("{bytes} {folder}: {files}")
        })
        .collect();
    insta::with_settings!({
        snapshot_path => "golden/output",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, lines.join("\n")) });
}

#[test]
fn the_default_site_is_what_it_was() {
    golden("default", default_site());
}

#[test]
fn a_generated_site_is_what_it_was() {
    let mut tree = Tree::default();
    site::generate(MEASURES, &mut |path, text| {
        tree.insert(path, text.as_bytes());
        Ok(())
    })
    .unwrap();
    let pages = render(&tree);
    assert!(pages.keys().filter(|path| path.starts_with("search/grams/")).count() > 10);
    golden("generated", &pages);
}
