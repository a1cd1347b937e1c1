//! Every kind of damage is found and named, and nothing that is whole is.

use std::fs;
use std::path::Path;

use crate::{bag, edit, good, run, seal, site};

/// Damages a bag, and tells what `verify` must say.
struct Case {
    what: &'static str,
    damage: fn(&Path),
    says: &'static [&'static str],
}

const PAGE: &str = "data/site/hant/demo/trade/1.html";

const CASES: &[Case] = &[
    Case {
        what: "one byte changed, of the same length",
        damage: |bag| edit(&bag.join(PAGE), "商機", "商贡"),
        says: &["error[changed-file]", "`data/site/hant/demo/trade/1.html` was changed"],
    },
    Case {
        what: "a file added",
        damage: |bag| fs::write(bag.join("data/site/added.html"), "x").unwrap(),
        says: &["error[extra-file]: `data/site/added.html` is not of the bag", "the payload has"],
    },
    Case {
        what: "a file removed",
        damage: |bag| fs::remove_file(bag.join(PAGE)).unwrap(),
        says: &["error[missing-file]: `data/site/hant/demo/trade/1.html` is missing"],
    },
    Case {
        what: "a file renamed",
        damage: |bag| fs::rename(bag.join(PAGE), bag.join("data/site/moved.html")).unwrap(),
        says: &[
            "error[missing-file]: `data/site/hant/demo/trade/1.html` is missing",
            "error[extra-file]: `data/site/moved.html` is not of the bag",
            "it holds the bytes of `data/site/hant/demo/trade/1.html`",
        ],
    },
    Case {
        what: "a file renamed in case alone",
        damage: |bag| {
            fs::rename(bag.join("data/measures.json"), bag.join("data/Measures.json")).unwrap();
        },
        says: &[
            "`data/measures.json` is missing",
            "`data/Measures.json` is not of the bag",
            "the names differ only in upper and lower case",
        ],
    },
    Case {
        what: "a folder renamed in case alone",
        damage: |bag| {
            fs::rename(bag.join("data/site/hans"), bag.join("data/site/HANS")).unwrap();
        },
        says: &["`data/site/HANS/index.html` is not of the bag", "upper and lower case"],
    },
    #[cfg(unix)]
    Case {
        what: "a file replaced by a link to the same bytes",
        damage: |bag| {
            fs::rename(bag.join(PAGE), bag.join("../../aside.html")).unwrap();
            std::os::unix::fs::symlink("../../../../../../../../aside.html", bag.join(PAGE))
                .unwrap();
        },
        says: &["error[symbolic-link]: `data/site/hant/demo/trade/1.html`", "is missing"],
    },
    #[cfg(unix)]
    Case {
        what: "a folder replaced by a link",
        damage: |bag| {
            fs::rename(bag.join("data/site/hant"), bag.join("../../hant")).unwrap();
            std::os::unix::fs::symlink("../../../../hant", bag.join("data/site/hant")).unwrap();
        },
        says: &["error[symbolic-link]: `data/site/hant`", "`data/site/hant/index.html` is missing"],
    },
    Case {
        what: "a manifest edited",
        damage: |bag| {
            edit(
                &bag.join("manifest-sha256.txt"),
                "  data/site/index.html",
                "  data/site/other.html",
            )
        },
        says: &[
            "error[changed-file]: `manifest-sha256.txt` was changed",
            "`manifest-sha256.txt` does not name `data/site/index.html`",
            "`manifest-sha512.txt` does not name `data/site/other.html`",
            "`data/site/other.html` is missing",
        ],
    },
    Case {
        what: "a manifest that leads out of the bag",
        damage: |bag| {
            edit(
                &bag.join("manifest-sha512.txt"),
                "  data/site/index.html",
                "  ../../content/site.toml",
            )
        },
        says: &["error[bad-bag]: `manifest-sha512.txt` is no manifest", "leads out of the bag"],
    },
    Case {
        what: "a manifest removed",
        damage: |bag| fs::remove_file(bag.join("manifest-sha512.txt")).unwrap(),
        says: &["error[missing-file]: `manifest-sha512.txt` is missing"],
    },
    Case {
        what: "both tag manifests removed",
        damage: |bag| {
            fs::remove_file(bag.join("tagmanifest-sha256.txt")).unwrap();
            fs::remove_file(bag.join("tagmanifest-sha512.txt")).unwrap();
        },
        says: &["`tagmanifest-sha256.txt` is missing", "`tagmanifest-sha512.txt` is missing"],
    },
    Case {
        what: "a tag manifest that names less",
        damage: |bag| {
            let path = bag.join("tagmanifest-sha512.txt");
            let text = crate::read(&path);
            let kept = text.lines().filter(|line| !line.ends_with("bag-info.txt"));
            fs::write(&path, kept.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        },
        says: &["`tagmanifest-sha512.txt` does not name `bag-info.txt`"],
    },
    Case {
        what: "the date edited",
        damage: |bag| edit(&bag.join("bag-info.txt"), "2024-07-01", "2023-07-01"),
        says: &["error[changed-file]: `bag-info.txt` was changed"],
    },
    Case {
        what: "another declaration",
        damage: |bag| edit(&bag.join("bagit.txt"), "1.0", "0.97"),
        says: &["`bagit.txt` was changed", "does not declare a bag of version 1.0"],
    },
    Case {
        what: "a file put beside the bag's own",
        damage: |bag| fs::write(bag.join("README.txt"), "x").unwrap(),
        says: &["error[extra-file]: `README.txt` is not of the bag"],
    },
    Case {
        what: "a hidden file",
        damage: |bag| fs::write(bag.join("data/site/.DS_Store"), "x").unwrap(),
        says: &["error[extra-file]: `data/site/.DS_Store` is not of the bag"],
    },
    Case {
        what: "line ends converted",
        damage: |bag| edit(&bag.join("data/source/seeds/demo.txt"), "\n", "\r\n"),
        says: &["`data/source/seeds/demo.txt` was changed"],
    },
    Case {
        what: "cut short",
        damage: |bag| {
            let file = fs::OpenOptions::new().write(true).open(bag.join(PAGE)).unwrap();
            file.set_len(100).unwrap();
        },
        says: &["`data/site/hant/demo/trade/1.html` was changed", "the payload has"],
    },
    Case {
        what: "renamed as a whole",
        damage: |bag| fs::rename(bag, bag.with_file_name("v2")).unwrap(),
        says: &["the bag of `v1` stands in the place of `v2`"],
    },
];

#[test]
fn each_kind_of_damage_is_named() {
    for Case { what, damage, says } in CASES {
        let site = site();
        seal(site.path(), "v1", "2024-07-01");
        good(site.path(), &["snapshot", "verify"]);
        damage(&bag(site.path(), "v1"));
        let ran = run(site.path(), &["snapshot", "verify"]);
        assert_eq!(ran.code, Some(1), "{what}: {}", ran.said);
        for words in *says {
            assert!(ran.said.contains(words), "{what}: no `{words}` in\n{}", ran.said);
        }
        assert!(ran.said.trim_end().ends_with(": damaged"), "{what}: {}", ran.said);
    }
}

#[test]
fn all_damage_is_named_in_one_run_and_only_that() {
    let site = site();
    for (name, date) in [("v1", "2024-07-01"), ("v2", "2024-08-01"), ("v3", "2024-09-01")] {
        seal(site.path(), name, date);
    }
    for name in ["v1", "v3"] {
        edit(&bag(site.path(), name).join(PAGE), "商機", "商贡");
        fs::remove_file(bag(site.path(), name).join("data/site/index.html")).unwrap();
    }
    let ran = run(site.path(), &["snapshot", "verify"]);
    assert_eq!(ran.said.matches("error[").count(), 6, "{}", ran.said);
    assert!(!ran.said.contains("snapshots/v2"), "{}", ran.said);
    good(site.path(), &["snapshot", "verify", "v2"]);
    assert_eq!(run(site.path(), &["snapshot", "verify", "v2", "v3"]).code, Some(1));
    let unknown = run(site.path(), &["snapshot", "verify", "v4"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.said.contains("no version `v4`"), "{}", unknown.said);
}

#[test]
fn what_is_no_version_among_them_is_told() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    fs::write(site.path().join("snapshots/README.md"), "ours").unwrap();
    good(site.path(), &["snapshot", "verify"]);
    fs::create_dir(site.path().join("snapshots/Old")).unwrap();
    let ran = run(site.path(), &["snapshot", "list"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.said.contains("Old` is no sealed version"), "{}", ran.said);
}

#[test]
fn a_rebuild_finds_pages_that_the_content_does_not_make() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    good(site.path(), &["snapshot", "verify", "--rebuild"]);
    let bag = bag(site.path(), "v1");
    edit(&bag.join(PAGE), "商機", "商贡");
    fs::rename(bag.join("data/site/hans/about.html"), bag.join("data/site/hans/more.html"))
        .unwrap();
    crate::forge(&bag);
    good(site.path(), &["snapshot", "verify"]);
    let ran = run(site.path(), &["snapshot", "verify", "--rebuild"]);
    assert_eq!(ran.code, Some(1));
    for words in [
        "error[differs-from-rebuild]: `hant/demo/trade/1.html` is another when it is built again",
        "`hans/about.html` was not sealed, but is built from the content",
        "`hans/more.html` was sealed, but is not built from the content",
    ] {
        assert!(ran.said.contains(words), "{}", ran.said);
    }
}
