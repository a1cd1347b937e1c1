//! `tongwen init` as a process.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn tongwen(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn a_new_site_builds_verified_in_either_script() {
    for script in ["hant", "hans"] {
        let root = tempfile::tempdir().unwrap();
        let made = tongwen(root.path(), &["init", "--script", script, "--title", "我的\"站\"\\"]);
        assert_eq!(made.status.code(), Some(0), "{made:?}");
        let built = tongwen(root.path(), &["build"]);
        let said = String::from_utf8_lossy(&built.stderr);
        assert_eq!(built.status.code(), Some(0), "{said}");
        assert!(!said.contains("warning"), "{said}");
    }
}

#[test]
fn where_a_site_is_nothing_is_changed() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("content")).unwrap();
    fs::write(root.path().join("content/site.toml"), "mine").unwrap();
    assert_eq!(tongwen(root.path(), &["init"]).status.code(), Some(2));
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    assert_eq!(fs::read(root.path().join("content/site.toml")).unwrap(), b"mine");
}

#[test]
fn a_file_that_exists_is_kept() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join(".gitignore"), "mine").unwrap();
    assert_eq!(tongwen(root.path(), &["init"]).status.code(), Some(0));
    assert_eq!(fs::read(root.path().join(".gitignore")).unwrap(), b"mine");
}

#[test]
fn the_example_is_the_projects_content() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(tongwen(root.path(), &["init", "new", "--example"]).status.code(), Some(0));
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in walkdir::WalkDir::new(project.join("content")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(project).unwrap();
            let there = fs::read(root.path().join("new").join(path)).unwrap();
            assert_eq!(there, fs::read(entry.path()).unwrap(), "{}", path.display());
        }
    }
}
