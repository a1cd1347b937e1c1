//! The whole site by either engine: the trees are identical.
#![cfg(feature = "opencc")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{default_site, render, root};
use tongwen::io::read_tree;
use tongwen::source::Entry;

#[test]
fn both_engines_build_the_same_site() {
    let mut tree = read_tree(&root()).unwrap();
    let Some(Entry::Bytes(site)) = tree.files.get("content/site.toml") else { panic!("no site") };
    let text = format!("engine = \"opencc\"\n{}", std::str::from_utf8(site).unwrap());
    tree.insert("content/site.toml", text.into_bytes());
    let by_opencc = render(&tree);
    assert!(by_opencc.len() > 140);
    assert!(&by_opencc == default_site());
}
