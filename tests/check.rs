//! `tongwen check` on a site with one of each thing to find, in every format.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

use support::{files, root};
use tongwen::check::{Checked, check};
use tongwen::diagnostic::{self, Style};
use tongwen::io::read_tree;
use tongwen::pipeline::Overrides;

fn golden(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "golden/check",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, text) });
}

fn one_of_each() -> Checked {
    let tree = read_tree(&root().join("tests/golden/check/in")).unwrap();
    check(&tree, &Overrides::default())
}

#[test]
fn every_format_tells_the_same() {
    let Checked { sources, diagnostics } = one_of_each();
    let sorted = diagnostics.sorted(&sources);
    golden("human", &diagnostics.render(&sources, Style::Plain));
    let json = diagnostic::json(&sorted, &sources);
    golden("json", &json);
    let sarif = diagnostic::sarif(&sorted, &sources);
    // The version of the tool is not the test's business.
    golden("sarif", &sarif.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(parsed["diagnostics"].as_array().unwrap().len(), sorted.len());
    let parsed: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(parsed["runs"][0]["results"].as_array().unwrap().len(), sorted.len());
}

#[test]
fn the_default_content_has_no_errors_and_no_warnings() {
    let Checked { sources, diagnostics } =
        check(&read_tree(&root()).unwrap(), &Overrides::default());
    let told = diagnostics.render(&sources, Style::Plain);
    assert!(!told.contains("error[") && !told.contains("warning["), "{told}");
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let site = tempfile::tempdir().unwrap();
    for (path, bytes) in files(&root().join("tests/golden/check/in")) {
        let target = site.path().join(&path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
        command.arg("--root").arg(site.path()).arg("check").args(more);
        command.output().unwrap().status.code()
    };
    assert_eq!(run(&[]), Some(1), "a broken link is an error");
    let page = site.path().join("content/pages/about.md");
    std::fs::write(&page, "+++\ntitle = \"關於\"\n+++\n").unwrap();
    assert_eq!(run(&[]), Some(0));
    assert_eq!(run(&["--format", "sarif"]), Some(0));
    assert_eq!(run(&["--deny", "warnings"]), Some(1));
}
