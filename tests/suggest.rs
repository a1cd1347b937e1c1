//! `tongwen suggest entities` as a process.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn suggest(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    command.arg("--root").arg(root).args(["suggest", "entities"]).args(arguments);
    command.output().unwrap()
}

fn proposed(root: &Path, arguments: &[&str]) -> toml::Table {
    let output = suggest(root, arguments);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).unwrap().parse().unwrap()
}

fn names(table: &toml::Table) -> Vec<String> {
    let entries = table.get("entities").and_then(|entries| entries.as_array());
    let name = |entry: &toml::Value| entry["name"].as_str().unwrap().to_owned();
    entries.map(|entries| entries.iter().map(name).collect()).unwrap_or_default()
}

#[test]
fn names_of_the_documents_become_entities_that_build() {
    let root = support::copy_of_the_default_site();
    let path = root.path().join("content/entities.toml");
    let written = fs::read_to_string(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let all = names(&proposed(root.path(), &[]));
    for name in ["香港交易所", "國家自然科學基金委員會", "湖北省政府金融辦公室", "湖北自貿試驗區"]
    {
        assert!(all.iter().any(|one| one == name), "{name}: {all:?}");
    }
    let often = names(&proposed(root.path(), &["--at-least", "2"]));
    assert!(!often.is_empty() && often.len() < all.len());
    assert_eq!(suggest(root.path(), &["--append"]).status.code(), Some(0));
    // What is there is not proposed again.
    assert_eq!(names(&proposed(root.path(), &[])), Vec::<String>::new());
    let appended = fs::read(&path).unwrap();
    assert_eq!(suggest(root.path(), &["--append"]).status.code(), Some(0));
    assert_eq!(fs::read(&path).unwrap(), appended);
    let mut build = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    let built = build.arg("--root").arg(root.path()).arg("build").output().unwrap();
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    // Beside what a person wrote, which stays.
    fs::write(&path, &written).unwrap();
    let known: Vec<String> = names(&written.parse().unwrap());
    let new = names(&proposed(root.path(), &[]));
    assert!(!new.is_empty() && new.iter().all(|name| !known.contains(name)));
    assert_eq!(suggest(root.path(), &["--append"]).status.code(), Some(0));
    assert!(fs::read_to_string(&path).unwrap().starts_with(&written));
}

#[test]
fn a_site_with_mistakes_is_told_them() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(suggest(root.path(), &[]).status.code(), Some(1));
}

/// What stands beside the file may come from anybody, under a name that can be
/// guessed.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    for (link, code) in [("entities.toml", 2), ("entities.toml~", 0), ("entities.toml.new", 1)] {
        let root = support::copy_of_the_default_site();
        let diary = root.path().join("diary.txt");
        fs::write(&diary, "").unwrap();
        let path = root.path().join("content/entities.toml");
        fs::remove_file(&path).unwrap();
        let link = root.path().join("content").join(link);
        std::os::unix::fs::symlink(&diary, &link).unwrap();
        let done = suggest(root.path(), &["--append"]);
        assert_eq!(fs::read_to_string(&diary).unwrap(), "", "{}", link.display());
        assert_eq!(done.status.code(), Some(code), "{done:?}");
        assert!(link.is_symlink(), "{done:?}");
    }
}
