//! What stands in an output folder, and in the tool's own folders, may come from
//! anybody: nothing outside is read for it, written or removed.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use support::{copy_of_a_small_site, files};
use tempfile::TempDir;

fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    let output = command.arg("--root").arg(root).args(arguments).env("NO_COLOR", "1").output();
    let output = output.unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn good(root: &Path, arguments: &[&str]) -> String {
    let (code, said) = run(root, arguments);
    assert_eq!(code, Some(0), "{said}");
    said
}

/// A small site in `site/`, and beside it a person's own files in `home/`.
fn beside_a_home() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_of_a_small_site(&folder.path().join("site"));
    fs::create_dir_all(folder.path().join("home/empty")).unwrap();
    for path in ["home/diary.txt", "home/empty/diary.txt"] {
        fs::write(folder.path().join(path), "dear diary").unwrap();
    }
    folder
}

#[test]
fn a_list_of_files_that_leads_out_of_the_output_removes_nothing_there() {
    let folder = beside_a_home();
    let (site, home) = (folder.path().join("site"), folder.path().join("home"));
    good(&site, &["build"]);
    let list = site.join("public/.tongwen/files");
    let made = fs::read_to_string(&list).unwrap();
    let absolute = home.join("diary.txt");
    let lines = [
        "../../home/empty/diary.txt",
        "hant/../../../home/empty/diary.txt",
        "./../../home/empty/diary.txt",
        "../content/site.toml",
        absolute.to_str().unwrap(),
        "//etc/passwd",
        ".tongwen/lock",
        ".git/config",
        "",
        "..",
        "a\0b",
    ];
    fs::write(&list, format!("{made}{}\n", lines.join("\n"))).unwrap();
    fs::create_dir(site.join("public/.git")).unwrap();
    fs::write(site.join("public/.git/config"), "theirs").unwrap();
    let before = files(&home);
    let said = good(&site, &["build"]);
    assert!(said.contains(" 0 removed"), "{said}");
    assert!(files(&home) == before && home.join("empty").is_dir());
    assert!(site.join("content/site.toml").exists());
    assert_eq!(fs::read_to_string(site.join("public/.git/config")).unwrap(), "theirs");
}

/// Every place of the tool's own, and a link there to a file or a folder of
/// somebody's.
#[test]
fn a_link_in_a_place_of_the_tools_own_is_refused_and_not_followed() {
    let of_build = [
        "lock",
        "files",
        "files.new",
        "built.json",
        "built.json.new",
        "groups.json",
        "groups.json.new",
    ];
    let of_seal = ["lock", ".gitignore", ".gitignore.new"];
    let file = |name: &&str| (format!(".tongwen/{name}"), "diary.txt");
    let folders = [(".tongwen".to_owned(), "."), (".tongwen/aside".to_owned(), "empty")];
    let build = of_build.iter().map(file).chain(folders.clone()).map(|one| ("public", one));
    let seal = of_seal.iter().map(file).chain(folders).map(|one| ("snapshots", one));
    for (within, (own, target)) in build.chain(seal) {
        let folder = beside_a_home();
        let (site, home) = (folder.path().join("site"), folder.path().join("home"));
        let link = site.join(within).join(&own);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(home.join(target), &link).unwrap();
        let before = files(&home);
        let arguments = match within {
            "public" => &["build"][..],
            _ => &["snapshot", "seal", "v1", "--date", "2024-07-01"],
        };
        let (code, said) = run(&site, arguments);
        assert!(files(&home) == before && home.join("empty").is_dir(), "{within}/{own}: {said}");
        // The note of the last build is passed over until there is a new one.
        assert_eq!(code, Some(2), "{within}/{own}: {said}");
        let refused = said.contains("refusing to use `") && said.contains("is a symbolic link");
        assert!(refused && said.contains(&own), "{within}/{own}: {said}");
    }
}

#[test]
fn a_folder_of_the_output_that_became_a_link_is_not_followed() {
    for path in ["hant", "hant/demo", "index.html"] {
        let folder = beside_a_home();
        let (site, home) = (folder.path().join("site"), folder.path().join("home"));
        good(&site, &["build"]);
        let place = site.join("public").join(path);
        // What stood there stands elsewhere, and the link leads to it.
        fs::rename(&place, home.join("moved")).unwrap();
        symlink(home.join("moved"), &place).unwrap();
        let before = files(&home);
        for arguments in [&["build"][..], &["build", "--base-url", "https://example.com/"]] {
            let (code, said) = run(&site, arguments);
            assert_eq!(code, Some(2), "{path}: {said}");
            assert!(said.contains(&format!("public/{path}`, a symbolic link")), "{path}: {said}");
            assert!(files(&home) == before, "{path}");
        }
    }
}

#[test]
fn an_output_folder_that_is_a_link_works() {
    let folder = beside_a_home();
    let site = folder.path().join("site");
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    symlink(&disk, site.join("public")).unwrap();
    good(&site, &["build"]);
    assert!(disk.join("index.html").is_file());
    assert!(good(&site, &["build"]).contains(" 0 files written"));
    fs::write(disk.join("mine.txt"), "mine").unwrap();
    assert_eq!(run(&site, &["build", "--base-url", "https://example.com/"]).0, Some(2));
    assert_eq!(fs::read_to_string(disk.join("mine.txt")).unwrap(), "mine");
    fs::rename(&disk, folder.path().join("away")).unwrap();
    let (code, said) = run(&site, &["build"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("public`: it is a symbolic link that leads nowhere"), "{said}");
    assert!(!disk.exists());
}

/// A file that takes no place on the disk, and would take all memory.
#[test]
fn a_file_of_the_tools_own_that_is_too_large_is_not_read() {
    const HUGE: u64 = 1 << 40;
    let huge = |path: &Path| fs::File::create(path).unwrap().set_len(HUGE).unwrap();
    let folder = beside_a_home();
    let site = folder.path().join("site");
    good(&site, &["snapshot", "seal", "v1", "--date", "2024-07-01"]);
    good(&site, &["build"]);
    let whole = files(&site.join("public"));
    // A note is passed over, and the list is refused.
    for note in ["built.json", "archive.json"] {
        let note = site.join("public/.tongwen").join(note);
        huge(&note);
        good(&site, &["build"]);
        fs::write(&note, "").unwrap();
        let now = files(&site.join("public"));
        let paths = whole.keys().chain(now.keys());
        let differing: Vec<_> = paths.filter(|path| whole.get(*path) != now.get(*path)).collect();
        assert!(differing.is_empty(), "{}: {differing:?}", note.display());
    }
    huge(&site.join("public/.tongwen/files"));
    let (code, said) = run(&site, &["build"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot read `") && said.contains("files`: file too large"), "{said}");
    let bag = site.join("snapshots/v1");
    for own in ["bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let text = fs::read(bag.join(own)).unwrap();
        huge(&bag.join(own));
        let (code, said) =
            run(&site, &["build", "--out", folder.path().join("out").to_str().unwrap()]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(own), "{own}: {said}");
        let (code, said) = run(&site, &["snapshot", "verify", "v1"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.contains(&format!("`{own}` cannot be read as text: file too large")),
            "{said}"
        );
        fs::write(bag.join(own), text).unwrap();
    }
    for payload in ["data/measures.json", "data/site/index.html"] {
        let text = fs::read(bag.join(payload)).unwrap();
        huge(&bag.join(payload));
        let (code, said) = run(&site, &["snapshot", "verify", "v1"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(&format!("`{payload}` was changed")), "{payload}: {said}");
        fs::write(bag.join(payload), text).unwrap();
    }
    good(&site, &["snapshot", "verify", "v1"]);
}

/// Whoever makes a site can guess what a build will note of its inputs.
#[test]
fn a_note_of_the_last_build_that_came_with_the_folder_is_not_believed() {
    let folder = beside_a_home();
    let site = folder.path().join("site");
    good(&site, &["build"]);
    let own = site.join("public/.tongwen");
    let note = fs::read_to_string(own.join("built.json")).unwrap();
    let whole = files(&site.join("public"));
    let mut forged: serde_json::Value = serde_json::from_str(&note).unwrap();
    for left in [serde_json::json!([]), forged["left"].clone()] {
        fs::remove_dir_all(site.join("public")).unwrap();
        fs::create_dir_all(&own).unwrap();
        forged["left"] = left;
        fs::write(own.join("built.json"), forged.to_string()).unwrap();
        fs::write(own.join("files"), "").unwrap();
        fs::write(own.join("lock"), "").unwrap();
        good(&site, &["build"]);
        assert!(files(&site.join("public")) == whole);
    }
}

/// What is remembered of each document's pages comes with a folder, too: from the
/// same site elsewhere, whose pages somebody changed.
#[test]
fn what_is_remembered_of_pages_that_came_with_the_folder_is_not_believed() {
    let folder = beside_a_home();
    let site = folder.path().join("site");
    let public = site.join("public");
    good(&site, &["build"]);
    let whole = files(&public);
    let note = fs::read_to_string(public.join(".tongwen/groups.json")).unwrap();
    let moved = folder.path().join("moved");
    for forged in [note.as_str(), "", "{", "[]", "{\"document demo\": 1}", "\u{0}"] {
        let _ = fs::remove_dir_all(&moved);
        fs::rename(&public, &moved).unwrap();
        // A copy has other identities than what the note was written for.
        for path in whole.keys() {
            let target = public.join(path);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, "somebody else's").unwrap();
        }
        fs::create_dir_all(public.join(".tongwen")).unwrap();
        for name in ["files", "lock", "archive.json", "built.json"] {
            let from = moved.join(".tongwen").join(name);
            if from.exists() {
                fs::copy(from, public.join(".tongwen").join(name)).unwrap();
            }
        }
        fs::write(public.join(".tongwen/groups.json"), forged).unwrap();
        good(&site, &["build"]);
        assert!(files(&public) == whole, "{forged}");
    }
}

#[test]
fn an_output_among_what_a_site_is_made_of_is_refused_before_anything_is_written() {
    let folder = beside_a_home();
    let site = folder.path().join("site");
    for own in ["content", "seeds", "themes", "snapshots"] {
        fs::create_dir_all(site.join(own)).unwrap();
    }
    symlink(site.join("content"), folder.path().join("link")).unwrap();
    let all = || {
        let walk = walkdir::WalkDir::new(folder.path()).sort_by_file_name().into_iter();
        walk.map(|entry| entry.unwrap().into_path()).collect::<Vec<_>>()
    };
    let before = all();
    for out in [
        "site/content",
        "site/content/out",
        "site/seeds",
        "site/themes/default",
        "site/snapshots",
        "site/snapshots/v1",
        "site",
        ".",
        "link/out",
        "site/new/../content/out",
        "site/content/../themes",
    ] {
        let out = folder.path().join(out);
        let (code, said) = run(&site, &["build", "--out", out.to_str().unwrap()]);
        assert_eq!(code, Some(2), "{}: {said}", out.display());
        assert!(said.contains("refusing to write into"), "{said}");
        assert!(all() == before, "{}", out.display());
    }
    // Names that only begin alike are nobody's.
    good(&site, &["build", "--out", site.join("content-out").to_str().unwrap()]);
}

#[test]
fn what_hosts_and_desktops_put_into_the_output_is_left_alone() {
    let folder = beside_a_home();
    let site = folder.path().join("site");
    let public = site.join("public");
    let theirs = [
        ".git/config",
        ".nojekyll",
        "CNAME",
        ".DS_Store",
        "hant/.DS_Store",
        "Thumbs.db",
        "hant/demo/desktop.ini",
        ".well-known/security.txt",
    ];
    for path in theirs {
        let path = public.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "theirs").unwrap();
    }
    symlink(folder.path().join("home"), public.join(".link")).unwrap();
    for base in ["https://example.com/", "https://example.net/"] {
        good(&site, &["build", "--base-url", base]);
        for path in theirs {
            assert_eq!(fs::read_to_string(public.join(path)).unwrap(), "theirs", "{path}");
        }
    }
    // A page that goes leaves its folder to what is not ours.
    fs::remove_dir_all(site.join("content/demo")).unwrap();
    good(&site, &["build"]);
    assert!(!public.join("hant/demo/index.html").exists());
    assert!(public.join("hant/demo/desktop.ini").exists());
    fs::write(public.join("notes.txt"), "mine").unwrap();
    assert_eq!(run(&site, &["build", "--base-url", "https://example.com/"]).0, Some(2));
}

/// A process that ends between the two lists leaves the first: all that may be
/// there, old and new, is the tool's own.
#[test]
fn the_list_names_what_was_and_what_will_be_until_all_is_done() {
    let folder = beside_a_home();
    let site = folder.path().join("site");
    let public = site.join("public");
    good(&site, &["build"]);
    fs::remove_file(site.join("content/demo/01-finance.toml")).unwrap();
    let page = "+++\ntitle = \"新\"\n+++\n文\n";
    fs::write(site.join("content/pages/new.md"), page).unwrap();
    // One that cannot be put in its place: a folder that is not empty is there.
    fs::remove_file(public.join("index.html")).unwrap();
    fs::create_dir(public.join("index.html")).unwrap();
    fs::write(public.join("index.html/.keep"), "").unwrap();
    let (code, said) = run(&site, &["build"]);
    assert_eq!(code, Some(2), "{said}");
    let list = fs::read_to_string(public.join(".tongwen/files")).unwrap();
    for path in ["hant/demo/finance.html", "hant/new.html"] {
        assert!(list.lines().any(|line| line == path), "`{path}` is not in the list:\n{list}");
    }
    fs::remove_dir_all(public.join("index.html")).unwrap();
    good(&site, &["build"]);
    let list = fs::read_to_string(public.join(".tongwen/files")).unwrap();
    assert!(!list.contains("hant/demo/finance.html") && list.contains("hant/new.html"));
    assert!(!public.join("hant/demo/finance.html").exists());
}

/// An archive's output file is made beside its place, under a name that can be
/// guessed.
#[test]
fn an_export_does_not_write_through_a_link() {
    let folder = beside_a_home();
    let (site, home) = (folder.path().join("site"), folder.path().join("home"));
    good(&site, &["snapshot", "seal", "v1", "--date", "2024-07-01"]);
    let out = folder.path().join("v1.zip");
    symlink(home.join("diary.txt"), &out).unwrap();
    good(&site, &["snapshot", "export", "v1", "--out", out.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(home.join("diary.txt")).unwrap(), "dear diary");
    assert!(fs::symlink_metadata(&out).unwrap().is_file());
}
