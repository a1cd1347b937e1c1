//! The chain of seals shows what digests inside a bag cannot.

use std::fs;
use std::path::Path;

use crate::{bag, edit, forge, good, run, seal, site};

fn three(root: &Path) {
    for (name, date) in [("v1", "2024-07-01"), ("v2", "2024-08-01"), ("v3", "2024-09-01")] {
        seal(root, name, date);
    }
}

#[test]
fn a_version_replaced_by_a_forgery_of_its_own_breaks_the_chain() {
    let site = site();
    three(site.path());
    good(site.path(), &["snapshot", "verify"]);
    let forged = bag(site.path(), "v2");
    edit(&forged.join("data/site/hant/demo/trade/1.html"), "商機", "商贡");
    forge(&forged);
    let ran = run(site.path(), &["snapshot", "verify"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.said.matches("error[").count(), 1, "{}", ran.said);
    for words in [
        "error[broken-chain]: the chain of seals is broken: `v3` was sealed after the seal",
        "but `v2` before it has the seal",
        "--> snapshots/v3",
        "`v2` was replaced",
    ] {
        assert!(ran.said.contains(words), "{}", ran.said);
    }
    for (chosen, code) in [("v1", 0), ("v2", 1), ("v3", 1)] {
        assert_eq!(run(site.path(), &["snapshot", "verify", chosen]).code, Some(code), "{chosen}");
    }
    // Each version is what it says, so the site can be built; whoever does is told.
    let built = good(site.path(), &["build"]);
    assert!(built.said.contains("warning: the chain of seals is broken"), "{}", built.said);
}

#[test]
fn a_version_that_is_gone_breaks_the_chain() {
    for (gone, words) in [
        ("v1", "`v2` was not sealed as the first, but no version is before it"),
        ("v2", "`v3` was sealed after the seal"),
    ] {
        let site = site();
        three(site.path());
        fs::remove_dir_all(bag(site.path(), gone)).unwrap();
        let ran = run(site.path(), &["snapshot", "verify"]);
        assert_eq!(ran.code, Some(1), "{gone}");
        assert!(ran.said.contains(words), "{}", ran.said);
    }
    let site = site();
    three(site.path());
    fs::remove_dir_all(bag(site.path(), "v3")).unwrap();
    good(site.path(), &["snapshot", "verify"]);
}

/// Damage to a version's own files does not hide its place in the chain.
#[test]
fn a_damaged_version_is_not_also_said_to_be_replaced() {
    let site = site();
    three(site.path());
    fs::remove_file(bag(site.path(), "v2").join("manifest-sha256.txt")).unwrap();
    let ran = run(site.path(), &["snapshot", "verify"]);
    assert_eq!(ran.code, Some(1));
    assert!(!ran.said.contains("chain"), "{}", ran.said);
}

#[test]
fn versions_of_one_day_stand_as_they_were_sealed() {
    let site = site();
    for name in ["1.9", "1.10", "1.1"] {
        seal(site.path(), name, "2024-07-01");
    }
    let listed = good(site.path(), &["snapshot", "list"]).out;
    let names: Vec<_> = listed.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, ["1.9", "1.10", "1.1"]);
    good(site.path(), &["snapshot", "verify"]);
}

/// A version that was sealed elsewhere as the first, put after another.
#[test]
fn a_first_version_after_another_breaks_the_chain() {
    let (site, elsewhere) = (site(), crate::site());
    seal(site.path(), "v1", "2024-07-01");
    seal(elsewhere.path(), "v2", "2024-08-01");
    fs::rename(bag(elsewhere.path(), "v2"), bag(site.path(), "v2")).unwrap();
    let ran = run(site.path(), &["snapshot", "verify"]);
    assert_eq!(ran.code, Some(1), "{}", ran.said);
    let words = "`v2` was sealed as the first version, but `v1` is before it";
    assert!(ran.said.contains("error[broken-chain]") && ran.said.contains(words), "{}", ran.said);
    assert!(good(site.path(), &["build"]).said.contains(words));
}
