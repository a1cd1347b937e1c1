//! What is said of versions that are not what was sealed, word for word.

use std::fs;

use crate::{bag, edit, forge, run, seal, site, write};

fn golden(name: &str, said: &str) {
    // Seals are of pages, whose bytes are not this test's business.
    insta::with_settings!({
        snapshot_path => "../golden/codes",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, without_digests(said)) });
}

/// Without what depends on the bytes of pages, or on how fast they were read.
fn without_digests(text: &str) -> String {
    let text = text.split("found ").next().unwrap();
    let is_digest = |run: &str| run.len() > 11 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
    let runs = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let masked = runs.map(|run| {
        let end = run.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len();
        if is_digest(&run[..end]) { format!("DIGEST{}", &run[end..]) } else { run.to_owned() }
    });
    masked.collect()
}

#[test]
fn damage_is_told_by_its_sort() {
    let site = site();
    for (name, date) in [("v1", "2024-07-01"), ("v2", "2024-08-01"), ("v3", "2024-09-01")] {
        seal(site.path(), name, date);
    }
    let pristine = bag(site.path(), "v1");
    // v2 is replaced by a forgery that its own manifests fit.
    let forged = bag(site.path(), "v2");
    edit(&forged.join("data/site/hant/demo/trade/1.html"), "商機", "商贡");
    forge(&forged);
    golden("versions-rebuilt", &run(site.path(), &["snapshot", "verify", "--rebuild"]).said);
    // v1 is damaged in every other way.
    edit(&pristine.join("data/site/hant/index.html"), "示範", "示范");
    fs::remove_file(pristine.join("data/site/hant/demo/full.html")).unwrap();
    write(&pristine, "data/site/more.html", b"x");
    #[cfg(unix)]
    std::os::unix::fs::symlink("index.html", pristine.join("data/site/link.html")).unwrap();
    edit(&pristine.join("bag-info.txt"), "Bagging-Date", "Bagged-On");
    golden("versions-damaged", &run(site.path(), &["snapshot", "verify", "v1"]).said);
}

#[test]
fn another_tools_version_is_not_rebuilt() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    let bag = bag(site.path(), "v1");
    edit(
        &bag.join("bag-info.txt"),
        &format!("tongwen {}", env!("CARGO_PKG_VERSION")),
        "tongwen 0.0.1",
    );
    forge(&bag);
    let said = run(site.path(), &["snapshot", "verify", "--rebuild"]).said;
    // Which version this is is no part of what is promised.
    let ours = concat!("tongwen ", env!("CARGO_PKG_VERSION"));
    golden("versions-of-another-tool", &said.replace(ours, "tongwen OURS"));
}
