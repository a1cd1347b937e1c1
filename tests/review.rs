//! `tongwen review` as a process: what it lists, asks and writes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use support::copy_of_a_small_site;
use tempfile::TempDir;

const LEXICON: &str = "# Ours.\nprotect = [\"后海\"] # a place\n\n# At the end.\n";

/// A small site with a Simplified page that leaves two things in doubt.
fn site() -> TempDir {
    let site = tempfile::tempdir().unwrap();
    copy_of_a_small_site(site.path());
    let page = "+++\ntitle = \"也许干也许不干\"\nscript = \"hans\"\n+++\n\n干也\n\n他说干也\n";
    fs::write(site.path().join("content/pages/about.md"), page).unwrap();
    fs::write(site.path().join("content/lexicon.toml"), LEXICON).unwrap();
    site
}

fn review(site: &Path, options: &[&str], answers: &str) -> Output {
    let mut running = Command::new(env!("CARGO_BIN_EXE_tongwen"))
        .arg("--root")
        .arg(site)
        .arg("review")
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // One that asks nothing may have ended.
    let _ = running.stdin.take().unwrap().write_all(answers.as_bytes());
    running.wait_with_output().unwrap()
}

fn decisions(site: &Path) -> Vec<Value> {
    let listed = review(site, &["--json"], "");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    serde_json::from_slice(&listed.stdout).unwrap()
}

fn lexicon(site: &Path) -> String {
    fs::read_to_string(site.join("content/lexicon.toml")).unwrap()
}

#[test]
fn both_lists_tell_the_same_and_change_nothing() {
    let site = site();
    let decisions = decisions(site.path());
    assert!(!decisions.is_empty());
    let list = review(site.path(), &["--list"], "k\n");
    let list = String::from_utf8(list.stdout).unwrap();
    for (rank, decision) in (1..).zip(&decisions) {
        let [word, became] = ["word", "became"].map(|key| decision[key].as_str().unwrap());
        let line = format!("{rank} of {}: `{word}` became `{became}`", decisions.len());
        assert!(list.contains(&line), "{list}");
        assert_eq!(decision["places"][0]["file"], "content/pages/about.md");
        assert_eq!(decision["rule"]["hans"], word);
    }
    assert_eq!(lexicon(site.path()), LEXICON);
}

#[test]
fn an_answer_is_written_at_once_and_the_decision_is_not_asked_again() {
    let site = site();
    let before = decisions(site.path());
    let first = &before[0];
    let [word, other] = [&first["word"], &first["may_be"][0]].map(|one| one.as_str().unwrap());
    // What is no answer is asked again; the end of the input ends it.
    let walked = review(site.path(), &[], "what\n9\n1\n");
    assert!(walked.status.success());
    let told = String::from_utf8(walked.stderr).unwrap();
    assert!(told.contains("`what` is none of these") && told.contains("wrote 1 rule"), "{told}");
    let rule = format!("[[rules]]\nhant = \"{other}\"\nhans = \"{word}\"\ninto = \"hant\"\n");
    assert_eq!(lexicon(site.path()), format!("{LEXICON}\n{rule}"));
    let after = decisions(site.path());
    assert!(after.len() < before.len());
    assert!(after.iter().all(|one| one["word"] != word));
}

#[test]
fn what_is_skipped_or_quit_writes_nothing() {
    for answers in ["q\n", "", "s\n\n\n\n\n\n\n"] {
        let site = site();
        assert!(review(site.path(), &[], answers).status.success());
        assert_eq!(lexicon(site.path()), LEXICON, "{answers:?}");
    }
}

#[test]
fn a_wording_of_ones_own_is_taken() {
    let site = site();
    fs::remove_file(site.path().join("content/lexicon.toml")).unwrap();
    let word = decisions(site.path())[0]["word"].as_str().unwrap().to_owned();
    assert!(review(site.path(), &[], "=\n=甲\\\"乙\nq\n").status.success());
    let rule = format!("hant = '甲\\\"乙'\nhans = \"{word}\"\n");
    assert!(lexicon(site.path()).contains(&rule), "{}", lexicon(site.path()));
}

#[test]
fn a_site_with_mistakes_has_them_listed_first() {
    let site = site();
    fs::write(site.path().join("content/lexicon.toml"), "rules = [").unwrap();
    let walked = review(site.path(), &[], "k\n");
    assert_eq!(walked.status.code(), Some(1));
    assert_eq!(lexicon(site.path()), "rules = [");
}

#[cfg(unix)]
#[test]
fn a_lexicon_that_is_a_link_is_not_written() {
    let site = site();
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("lexicon.toml");
    let path = site.path().join("content/lexicon.toml");
    fs::rename(&path, &target).unwrap();
    std::os::unix::fs::symlink(&target, &path).unwrap();
    let walked = review(site.path(), &[], "k\n");
    assert_ne!(walked.status.code(), Some(0));
    assert_eq!(fs::read_to_string(target).unwrap(), LEXICON);
}
