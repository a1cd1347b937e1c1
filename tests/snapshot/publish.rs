//! What the build and the preview make of sealed versions.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::export::unpacked;
use crate::support::http::{LINE, Preview, Response};
use crate::{bag, edit, good, run, seal, site, tree};

#[test]
fn versions_are_published_byte_for_byte_and_listed() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    edit(&site.path().join("content/demo/02-trade.toml"), "商機", "市場");
    good(site.path(), &["snapshot", "seal", "v2", "--date", "2024-08-01", "--note", "市場"]);
    good(site.path(), &["build"]);
    let public = site.path().join("public");
    for name in ["v1", "v2"] {
        let sealed = tree(&bag(site.path(), name).join("data/site"));
        assert!(sealed.len() > 20);
        assert!(tree(&public.join("archive").join(name)) == sealed, "{name}");
        let packed = fs::read(public.join(format!("archive/{name}.zip"))).unwrap();
        assert!(unpacked(&packed, name) == tree(&bag(site.path(), name)), "{name}");
    }
    let list = fs::read_to_string(public.join("versions.json")).unwrap();
    let data: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(data["versions"][0]["name"], "v2");
    assert_eq!(data["versions"][0]["note"], "市場");
    assert_eq!(data["versions"][0]["previous_seal"], data["versions"][1]["seal"]);
    assert_eq!(data["versions"][1]["path"], "archive/v1/");
    assert_eq!(data["versions"][1]["zip"], "archive/v1.zip");
    assert_eq!(data["versions"][1]["memoranda"][0]["signed"], "2021-11-29");
    let seals = good(site.path(), &["snapshot", "list", "--format", "json"]).out;
    assert!(seals.contains(data["versions"][0]["seal"].as_str().unwrap()));
    let script = fs::read_to_string(public.join("versions.js")).unwrap();
    let inside = script.strip_prefix("tongwenVersions(").and_then(|rest| rest.strip_suffix(");\n"));
    assert_eq!(serde_json::from_str::<serde_json::Value>(inside.unwrap()).unwrap(), data);

    let again = good(site.path(), &["build"]);
    assert!(again.said.contains(" 0 files written"), "{}", again.said);
    fs::remove_dir_all(bag(site.path(), "v2")).unwrap();
    good(site.path(), &["build"]);
    assert!(public.join("archive/v1").exists() && !public.join("archive/v2").exists());
    assert!(public.join("archive/v1.zip").exists() && !public.join("archive/v2.zip").exists());
}

#[test]
fn a_site_may_publish_no_bags() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    good(site.path(), &["build"]);
    let public = site.path().join("public");
    assert!(public.join("archive/v1.zip").exists());
    let settings = site.path().join("content/site.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("publish_bags = false\n{text}")).unwrap();
    good(site.path(), &["build"]);
    assert!(public.join("archive/v1/index.html").exists());
    assert!(!public.join("archive/v1.zip").exists());
    assert!(!fs::read_to_string(public.join("versions.js")).unwrap().contains("zip"));
}

/// What the build says, and what was done to the bag.
type Damage = (&'static str, fn(&Path));

#[test]
fn a_damaged_version_stops_the_build_and_leaves_the_output_as_it_was() {
    let damages: [Damage; 5] = [
        ("was changed", |bag| edit(&bag.join("data/site/hant/demo/trade/1.html"), "商機", "商贡")),
        ("is missing", |bag| {
            fs::remove_file(bag.join("data/site/hant/demo/trade/1.html")).unwrap()
        }),
        ("was changed", |bag| edit(&bag.join("manifest-sha256.txt"), "index.html", "Index.html")),
        ("was changed", |bag| edit(&bag.join("bag-info.txt"), "2024", "2023")),
        ("was changed", |bag| edit(&bag.join("data/measures.json"), "商機", "商贡")),
    ];
    for (words, damage) in damages {
        let site = site();
        seal(site.path(), "v1", "2024-07-01");
        good(site.path(), &["build"]);
        let before = tree(&site.path().join("public"));
        damage(&bag(site.path(), "v1"));
        for change in ["商機", "市場"] {
            edit(&site.path().join("content/demo/02-trade.toml"), "商機", change);
            let ran = run(site.path(), &["build"]);
            assert_eq!(ran.code, Some(2), "{}", ran.said);
            let damaged = ran.said.contains("v1` is damaged: ") && ran.said.contains(words);
            assert!(damaged, "{}", ran.said);
            assert!(ran.said.contains("`tongwen snapshot verify v1`"), "{}", ran.said);
            assert!(tree(&site.path().join("public")) == before);
        }
    }
}

#[test]
fn the_preview_shows_versions_and_verifies_each_file_it_shows() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    let preview = Preview::start(site.path(), &[]);
    let sealed = tree(&bag(site.path(), "v1").join("data/site"));
    for (path, bytes) in &sealed {
        let response = preview.get(&format!("/archive/v1/{path}"));
        // Pictures are no text; pages have one line more.
        let body = match String::from_utf8(response.body) {
            Ok(text) => text.replace(LINE, "").into_bytes(),
            Err(other) => other.into_bytes(),
        };
        assert_eq!(response.status, 200, "{path}");
        assert!(body == *bytes, "{path}");
    }
    assert_eq!(preview.get("/archive/v1/").status, 200);
    let folder = preview.get("/archive/v1/hant");
    assert_eq!((folder.status, folder.headers["location"].as_str()), (307, "/archive/v1/hant/"));
    assert_eq!(preview.get("/archive/v1").headers["location"], "/archive/v1/");
    for missing in
        ["/archive/", "/archive/v2/index.html", "/archive/v1/../v1/bagit.txt", "/archive/v1/x"]
    {
        assert_eq!(preview.get(missing).status, 404, "{missing}");
    }
    edit(&bag(site.path(), "v1").join("data/site/hant/index.html"), "</body>", "</body> ");
    let damaged = preview.get("/archive/v1/hant/index.html");
    assert_eq!(damaged.status, 500);
    assert!(String::from_utf8(damaged.body).unwrap().contains("was changed"));
}

#[test]
fn the_preview_sees_a_version_that_is_sealed_while_it_runs() {
    for arguments in [&[][..], &["--poll", "50"]] {
        let site = site();
        let preview = Preview::start(site.path(), arguments);
        assert_eq!(preview.get("/archive/v1/index.html").status, 404);
        for (name, date) in [("v1", "2024-07-01"), ("v2", "2024-08-01")] {
            seal(site.path(), name, date);
            until(&preview, &format!("/archive/{name}/index.html"), |answer| answer.status == 200);
            until(&preview, "/versions.json", |answer| {
                String::from_utf8_lossy(&answer.body).contains(&format!("\"{name}\""))
            });
        }
    }
}

/// Asks again until the answer is as wanted.
fn until(preview: &Preview, path: &str, wanted: impl Fn(&Response) -> bool) {
    let start = Instant::now();
    while !wanted(&preview.get(path)) {
        assert!(start.elapsed() < Duration::from_secs(60), "`{path}`: {}", preview.said());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A version that nothing touched is neither verified nor copied again, though
/// the site beside it changes. That is shown by a note that says so of a bag that
/// was damaged, which nobody but this test can write.
#[test]
fn what_did_not_change_of_a_version_is_not_read_again() {
    use tongwen::io;
    let site = site();
    let (root, public) = (site.path(), site.path().join("public"));
    seal(root, "v1", "2024-07-01");
    good(root, &["build"]);
    let name = tongwen::snapshot::VersionName::parse("v1").unwrap();
    let mut notes = io::published(&public);
    let state = || io::snapshot::Bag::open(root, &name).unwrap().state().unwrap();
    assert_eq!(notes["v1"].state, state());
    edit(&bag(root, "v1").join("data/site/hant/demo/trade/1.html"), "商機", "商贡");
    assert_ne!(notes["v1"].state, state());
    assert_eq!(run(root, &["build"]).code, Some(2));
    notes.get_mut("v1").unwrap().state = state();
    io::remember_published(&public, &notes).unwrap();
    edit(&root.join("content/demo/02-trade.toml"), "商機", "市場");
    good(root, &["build"]);
    // Once what was published is another, it is copied, and every byte looked at.
    fs::write(public.join("archive/v1/index.html"), "x").unwrap();
    let ran = run(root, &["build"]);
    assert!(ran.code == Some(2) && ran.said.contains("was changed"), "{}", ran.said);
}
