//! Nothing that a bag from elsewhere holds drives the terminal of who looks at it.

use std::fs;

use super::{bag, edit, forge, run, seal, site, write};

/// What clears the screen of a terminal, and what begins the same in one byte.
const HOSTILE: &str = "\u{1b}[2J\u{9b}31m";

#[test]
fn no_control_character_of_a_bag_reaches_the_terminal() {
    let site = site();
    let root = site.path();
    super::good(root, &["snapshot", "seal", "v1", "--date", "2024-07-01", "--note", "首次"]);
    seal(root, "v2", "2024-08-01");
    let v1 = bag(root, "v1");
    edit(&v1.join("bag-info.txt"), "首次", &format!("首次{HOSTILE}"));
    edit(&v1.join("data/measures.json"), "金融", &format!("金融{}", "\\u001b[2J\\u009b"));
    forge(&v1);
    fs::write(v1.join(format!("data/{HOSTILE}.txt")), "x").unwrap();
    write(root, &format!("snapshots/{HOSTILE}/bagit.txt"), b"x");
    let mut told = String::new();
    for arguments in [
        &["snapshot", "list"][..],
        &["snapshot", "list", "--json"],
        &["snapshot", "verify"],
        &["snapshot", "verify", "v1"],
        &["snapshot", "verify", "v1", "--rebuild"],
        &["snapshot", "diff", "v1", "current"],
        &["snapshot", "diff", "v1", "v2", "--json"],
        &["snapshot", "export", "v1"],
        &["build"],
        &["check"],
    ] {
        let ran = run(root, arguments);
        for text in [&ran.out, &ran.said] {
            let raw = text.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(raw, None, "{arguments:?}: {text:?}");
        }
        told.push_str(&ran.out);
        told.push_str(&ran.said);
    }
    // It is told, and not left out.
    assert!(told.contains("\\u{1b}[2J"), "{told}");
}
