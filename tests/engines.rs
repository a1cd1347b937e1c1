//! The whole site by each engine: from a Traditional source the trees are
//! identical.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{default_site, render, root};
use tongwen::io::read_tree;
use tongwen::source::Entry;

#[test]
fn the_rules_alone_build_the_same_site() {
    builds_the_same("rules");
}

#[cfg(feature = "opencc")]
#[test]
fn the_library_builds_the_same_site() {
    builds_the_same("opencc");
}

fn builds_the_same(engine: &str) {
    let mut tree = read_tree(&root()).unwrap();
    let Some(Entry::Bytes(site)) = tree.files.get("content/site.toml") else { panic!("no site") };
    let text = format!("engine = \"{engine}\"\n{}", std::str::from_utf8(site).unwrap());
    tree.insert("content/site.toml", text.into_bytes());
    let built = render(&tree);
    assert!(built.len() > 140);
    assert!(&built == default_site());
}
