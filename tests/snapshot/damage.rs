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
        what: "line ends of a tag manifest converted",
        damage: |bag| edit(&bag.join("tagmanifest-sha512.txt"), "\n", "\r\n"),
        says: &["error[bad-bag]: `tagmanifest-sha512.txt` is no manifest", "line ends"],
    },
    Case {
        what: "line ends of the manifest that is the seal converted",
        damage: |bag| edit(&bag.join("tagmanifest-sha256.txt"), "\n", "\r\n"),
        says: &["error[bad-bag]: `tagmanifest-sha256.txt` is no manifest", "line ends"],
    },
    Case {
        what: "an empty line in a tag manifest",
        damage: |bag| edit(&bag.join("tagmanifest-sha512.txt"), "\n", "\n\n"),
        says: &["error[bad-bag]: `tagmanifest-sha512.txt` is no manifest", "empty lines"],
    },
    Case {
        what: "a digest of a tag manifest in capitals",
        damage: |bag| {
            let path = bag.join("tagmanifest-sha512.txt");
            let text = crate::read(&path);
            let (digest, rest) = text.split_at(128);
            fs::write(&path, digest.to_uppercase() + rest).unwrap();
        },
        says: &["error[bad-bag]: `tagmanifest-sha512.txt` is no manifest", "spelling"],
    },
    Case {
        what: "an empty folder added to the payload",
        damage: |bag| fs::create_dir_all(bag.join("data/site/new/er")).unwrap(),
        says: &["error[extra-file]: the folder `data/site/new` is not of the bag"],
    },
    Case {
        what: "an empty folder added beside the payload",
        damage: |bag| fs::create_dir(bag.join("empty")).unwrap(),
        says: &["error[extra-file]: the folder `empty` is not of the bag"],
    },
    Case {
        what: "a count of the payload that disagrees",
        damage: |bag| {
            let info = crate::read(&bag.join("bag-info.txt"));
            let oxum = info.lines().find(|line| line.starts_with("Payload-Oxum")).unwrap();
            let (_, files) = oxum.rsplit_once('.').unwrap();
            edit(&bag.join("bag-info.txt"), oxum, &format!("Payload-Oxum: 7.{files}"));
            crate::forge_tags(bag);
        },
        says: &["error[bad-bag]: the payload has", "not 7 in"],
    },
    Case {
        what: "one digest of two that disagree, the second",
        damage: |bag| {
            swap_first_digit(&bag.join("manifest-sha512.txt"));
            crate::forge_tags(bag);
        },
        says: &["error[changed-file]: `data/measures.json` was changed"],
    },
    Case {
        what: "one digest of two that disagree, the first",
        damage: |bag| {
            swap_first_digit(&bag.join("manifest-sha256.txt"));
            crate::forge_tags(bag);
        },
        says: &["error[changed-file]: `data/measures.json` was changed"],
    },
    Case {
        what: "one digest of two that disagree, of a file of the bag's own",
        damage: |bag| swap_first_digit(&bag.join("tagmanifest-sha512.txt")),
        says: &["error[changed-file]: `bag-info.txt` was changed"],
    },
    Case {
        what: "renamed as a whole",
        damage: |bag| fs::rename(bag, bag.with_file_name("v2")).unwrap(),
        says: &["the bag of `v1` stands in the place of `v2`"],
    },
];

/// Makes the digest of the first file of a manifest another one.
fn swap_first_digit(path: &Path) {
    let text = crate::read(path);
    let digit = if text.starts_with('0') { "1" } else { "0" };
    fs::write(path, format!("{digit}{}", &text[1..])).unwrap();
}

fn copy(site: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in crate::tree(site) {
        crate::write(folder.path(), &path, &bytes);
    }
    folder
}

/// The build and the export refuse whatever `verify` does, also when the build
/// has published the version before.
#[test]
fn what_is_damaged_for_one_command_is_for_all() {
    let published = site();
    seal(published.path(), "v1", "2024-07-01");
    good(published.path(), &["build"]);
    for Case { what, damage, .. } in CASES {
        let site = copy(published.path());
        let before = crate::tree(&site.path().join("public"));
        damage(&bag(site.path(), "v1"));
        let name = if bag(site.path(), "v1").exists() { "v1" } else { "v2" };
        let zip = site.path().join("x.zip");
        let export = ["snapshot", "export", name, "--out", zip.to_str().unwrap()];
        for arguments in [&["build"][..], &export] {
            let ran = run(site.path(), arguments);
            assert_eq!(ran.code, Some(2), "{what}: {arguments:?}: {}", ran.said);
            assert!(ran.said.contains("is damaged: "), "{what}: {}", ran.said);
        }
        assert!(!zip.exists() && crate::tree(&site.path().join("public")) == before, "{what}");
    }
}

/// Any one byte of any file, changed, taken away or added.
#[test]
fn any_changed_byte_is_damage() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    let folder = bag(site.path(), "v1");
    let files = crate::tree(&folder);
    let name = tongwen::snapshot::VersionName::parse("v1").unwrap();
    let damaged = || {
        let found = tongwen::io::snapshot::verify(site.path(), &name).unwrap();
        found.damage.has_errors()
    };
    assert!(!damaged());
    proptest::proptest!(proptest::prelude::ProptestConfig::with_cases(200), |(
        file in 0..files.len(),
        place in 0.0..1.0f64,
        byte in 1..=255u8,
        how in 0..3,
    )| {
        // The bag's own files are few, and the more to be tried.
        let own: Vec<_> = files.iter().filter(|(path, _)| !path.starts_with("data/")).collect();
        let (path, bytes) = match file % 2 {
            0 => own[file % own.len()],
            _ => files.iter().nth(file).unwrap(),
        };
        let at = (place * bytes.len() as f64) as usize;
        let mut changed = bytes.clone();
        match how {
            0 if at < changed.len() => changed[at] ^= byte,
            1 if at < changed.len() => drop(changed.remove(at)),
            _ => changed.insert(at, byte),
        }
        fs::write(folder.join(path), &changed).unwrap();
        let is_damaged = damaged();
        fs::write(folder.join(path), bytes).unwrap();
        proptest::prop_assert!(is_damaged, "{path} at {at}");
    });
    assert!(!damaged());
}

#[test]
fn each_kind_of_damage_is_named() {
    let sealed = site();
    seal(sealed.path(), "v1", "2024-07-01");
    good(sealed.path(), &["snapshot", "verify"]);
    for Case { what, damage, says } in CASES {
        let site = copy(sealed.path());
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
