//! Snapshots that other versions of the tool made.

use std::path::Path;

use crate::{bag, edit, forge, good, read, run, seal, site};

/// A snapshot as some other version of the tool may have made it.
fn made_by(root: &Path, software: &str) {
    seal(root, "v1", "2024-07-01");
    let bag = bag(root, "v1");
    edit(&bag.join("bag-info.txt"), concat!("tongwen ", env!("CARGO_PKG_VERSION")), software);
    edit(&bag.join("bag-info.txt"), "Payload-Oxum", "Later-Element: yes\nPayload-Oxum");
    edit(&bag.join("data/measures.json"), "\"memoranda\"", "\"later\": [1], \"memoranda\"");
    // Old content that this version could not even read.
    edit(&bag.join("data/source/content/site.toml"), "title", "forgotten = 1\ntitle");
    edit(&bag.join("data/site/index.html"), "</body>", "<p>old</p></body>");
    forge(&bag);
}

#[test]
fn an_older_tools_snapshot_lists_verifies_publishes_and_packs() {
    let site = site();
    made_by(site.path(), "tongwen 0.0.1");
    assert!(good(site.path(), &["snapshot", "list"]).out.starts_with("v1  2024-07-01  "));
    good(site.path(), &["snapshot", "verify"]);
    seal(site.path(), "v2", "2024-08-01");
    good(site.path(), &["snapshot", "verify"]);
    good(site.path(), &["build"]);
    assert!(read(&site.path().join("public/archive/v1/index.html")).contains("<p>old</p>"));
    let zip = site.path().join("v1.zip");
    good(site.path(), &["snapshot", "export", "v1", "--out", zip.to_str().unwrap()]);
}

#[test]
fn another_tools_pages_are_not_compared_with_ours() {
    let site = site();
    made_by(site.path(), "tongwen 0.0.1");
    let ran = good(site.path(), &["snapshot", "verify", "--rebuild"]);
    assert!(ran.said.contains("warning[not-rebuilt]"), "{}", ran.said);
    assert!(ran.said.contains("it was sealed by tongwen 0.0.1, and this is"), "{}", ran.said);
}

/// The bag of a tool whose record means something else is whole; a site cannot
/// be made with it, and says so.
#[test]
fn a_record_of_a_later_format_is_whole_but_cannot_be_used() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    let bag = bag(site.path(), "v1");
    edit(&bag.join("data/measures.json"), "\"format\": 2", "\"format\": 3");
    forge(&bag);
    good(site.path(), &["snapshot", "list"]);
    good(site.path(), &["snapshot", "verify"]);
    let ran = run(site.path(), &["build"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.said.contains("`data/measures.json`") && ran.said.contains("format 3"),
        "{}",
        ran.said
    );
    assert!(!site.path().join("public").exists());
}

#[test]
fn the_list_is_for_people_and_for_machines() {
    let site = site();
    let none = good(site.path(), &["snapshot", "list"]);
    assert_eq!((none.out.as_str(), none.said.as_str()), ("", "there are no sealed versions\n"));
    assert_eq!(good(site.path(), &["snapshot", "list", "--format", "json"]).out, "[]\n");
    good(site.path(), &["snapshot", "seal", "first", "--date", "2024-07-01", "--note", "首次封存"]);
    seal(site.path(), "v2", "2024-08-01");
    let out = good(site.path(), &["snapshot", "list"]).out;
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(
        lines[0].starts_with("first  2024-07-01  ") && lines[0].ends_with("…  首次封存"),
        "{out}"
    );
    assert!(lines[1].starts_with("v2     2024-08-01  ") && lines[1].ends_with('…'), "{out}");
    let json = good(site.path(), &["snapshot", "list", "--format", "json"]).out;
    let list: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(list[0]["note"], "首次封存");
    assert_eq!(list[1]["previous_seal"], list[0]["seal"]);
    assert_eq!(list[1]["base_url"], "https://example.org/");
    // What is damaged is told, and the others are still listed.
    std::fs::remove_file(bag(site.path(), "first").join("bagit.txt")).unwrap();
    let ran = run(site.path(), &["snapshot", "list"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 1));
    assert!(ran.said.contains("`bagit.txt` is missing"), "{}", ran.said);
}
