//! The site's own files: what is put out of `static/`, which names it may have,
//! and what the walk of a root passes over.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{copy_of_a_small_site, files, mistakes, render, small_site};
use tempfile::TempDir;
use tongwen::io::read_tree;

fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    let output = command.arg("--root").arg(root).args(arguments).env("NO_COLOR", "1").output();
    let output = output.unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn good(root: &Path, arguments: &[&str]) -> String {
    let (code, said) = run(root, arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {said}");
    said
}

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_of_a_small_site(folder.path());
    folder
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

const OWN: [(&str, &[u8]); 7] = [
    ("CNAME", b"docs.example.org\n"),
    (".nojekyll", b""),
    (".well-known/security.txt", b"Contact: mailto:a@example.org\n"),
    ("_headers", b"/*\n  X: y\n"),
    ("favicon.ico", &[0, 1, 2, 255]),
    ("下載/條文 全文.pdf", b"%PDF"),
    ("data/own.csv", b"a,b\n"),
];

#[test]
fn the_sites_own_files_are_published_at_the_root_and_sealed_with_the_version() {
    let site = site();
    let root = site.path();
    for (path, bytes) in OWN {
        write(root, &format!("static/{path}"), bytes);
    }
    good(root, &["build"]);
    let published = |folder: &Path| {
        for (path, bytes) in OWN {
            assert_eq!(fs::read(folder.join(path)).unwrap(), bytes, "{path}");
        }
    };
    published(&root.join("public"));
    assert!(good(root, &["build"]).contains(" 0 files written"));
    good(root, &["snapshot", "seal", "v1", "--date", "2024-07-01"]);
    published(&root.join("snapshots/v1/data/site"));
    published(&root.join("snapshots/v1/data/source/static"));
    good(root, &["snapshot", "verify", "--rebuild"]);
    good(root, &["build"]);
    published(&root.join("public"));
    published(&root.join("public/archive/v1"));
    good(root, &["check"]);

    // One that changes is written, one that goes is removed, and nothing else is.
    write(root, "static/CNAME", b"other.example.org\n");
    fs::remove_dir_all(root.join("static/.well-known")).unwrap();
    let said = good(root, &["build"]);
    assert!(said.contains(": 1 files written") && said.contains(" 1 removed"), "{said}");
    assert!(!root.join("public/.well-known").exists());
    assert!(root.join("public/archive/v1/.well-known/security.txt").exists());
}

#[test]
fn a_file_that_stands_there_already_is_replaced_only_if_the_tool_wrote_it() {
    for path in ["CNAME", ".nojekyll", ".well-known/security.txt", "Thumbs.db"] {
        let site = site();
        let root = site.path();
        write(root, &format!("public/{path}"), b"theirs");
        good(root, &["build"]);
        let before = files(&root.join("public"));
        write(root, &format!("static/{path}"), b"ours");
        let (code, said) = run(root, &["build"]);
        assert_eq!(code, Some(2), "{path}: {said}");
        let named = format!("public/{path}`: this tool did not make");
        assert!(said.contains("refusing to write") && said.contains(&named), "{path}: {said}");
        assert!(files(&root.join("public")) == before);
        assert_eq!(fs::read(root.join("public").join(path)).unwrap(), b"theirs");
        fs::remove_file(root.join("public").join(path)).unwrap();
        good(root, &["build"]);
        write(root, &format!("static/{path}"), b"ours, but newer");
        good(root, &["build"]);
        assert_eq!(fs::read(root.join("public").join(path)).unwrap(), b"ours, but newer");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_is_left_alone() {
    let site = site();
    let root = site.path();
    fs::create_dir_all(root.join("elsewhere")).unwrap();
    good(root, &["build"]);
    std::os::unix::fs::symlink(root.join("elsewhere"), root.join("public/.well-known")).unwrap();
    write(root, "static/.well-known/security.txt", b"ours");
    let (code, said) = run(root, &["build"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("this tool did not make `"), "{said}");
    assert!(fs::read_dir(root.join("elsewhere")).unwrap().next().is_none());
    // It was ours, and became a link: what is behind it is not ours.
    fs::remove_file(root.join("public/.well-known")).unwrap();
    good(root, &["build"]);
    fs::rename(root.join("public/.well-known"), root.join("elsewhere/moved")).unwrap();
    std::os::unix::fs::symlink(root.join("elsewhere/moved"), root.join("public/.well-known"))
        .unwrap();
    fs::remove_dir_all(root.join("static")).unwrap();
    good(root, &["build"]);
    assert_eq!(fs::read(root.join("elsewhere/moved/security.txt")).unwrap(), b"ours");
}

#[test]
fn a_folder_may_become_a_file_and_a_file_a_folder() {
    let site = site();
    let root = site.path();
    let (mut one, mut other) = ("static/a/b/c.txt", "static/a");
    write(root, one, b"x");
    good(root, &["build"]);
    for _ in 0..2 {
        fs::remove_dir_all(root.join("static")).unwrap();
        write(root, other, b"y");
        good(root, &["build"]);
        let path = root.join(other.replace("static", "public"));
        assert_eq!(fs::read(path).unwrap(), b"y");
        std::mem::swap(&mut one, &mut other);
    }
}

#[test]
fn a_file_where_the_site_has_its_own_is_a_mistake_that_names_both() {
    for (path, place) in [
        ("index.html", "index.html"),
        ("404.html", "404.html"),
        ("robots.txt", "robots.txt"),
        ("versions.js", "versions.js"),
        ("hant/index.html", "hant/index.html"),
        ("hant/demo/finance/1.html", "hant/demo/finance/1.html"),
        ("assets/style.css", "assets/style.css"),
        // A file in the place of a folder, and the reverse.
        ("hant", "hant/"),
        ("hans/demo/finance", "hans/demo/finance/1.html"),
        ("assets", "assets/"),
        ("index.html/x", "index.html"),
        ("hant/demo/full.html/x/y", "hant/demo/full.html"),
        // The same where case makes no difference.
        ("Index.html", "index.html"),
        ("HANT/own.html", "hant/"),
        ("assets/Style.css", "assets/style.css"),
        // Kept.
        ("archive/v1.zip", "archive"),
        ("Archive/x", "Archive"),
        ("search/x.js", "search"),
        ("search", "search"),
        (".tongwen/files", ".tongwen"),
        (".TONGWEN", ".TONGWEN"),
        // As it comes with a link to a whole output.
        ("copy/.tongwen/files", ".tongwen"),
        (".GIT/config", ".GIT"),
        ("copy/.git", ".git"),
    ] {
        let said = mistakes(&small_site(&format!("-- static/{path} --\nx\n")));
        assert!(said.contains("error[colliding-file]"), "{path}: {said}");
        assert_eq!(said.matches("error[").count(), 1, "{path}: {said}");
        let named = said.contains(&format!("static/{path}")) && said.contains(&format!("`{place}"));
        assert!(named, "{path}: {said}");
    }
    for path in ["hant/own.html", "assets/own.css", "hant/demo/own.pdf", "index.html.txt"] {
        let said = mistakes(&small_site(&format!("-- static/{path} --\nx\n")));
        assert_eq!(said, "", "{path}");
    }
}

#[test]
fn names_that_one_system_does_not_take_are_mistakes_wherever_they_stand() {
    for path in [
        "static/nul",
        "static/COM1.html",
        "static/a/con/b.txt",
        "static/100%.txt",
        "static/a:b",
        "static/a\\b",
        "static/what?.html",
        "static/a .",
        "static/trailing ",
        "static/two\u{2028}lines",
        "static/bell\u{7}",
        "static/\u{202e}fdp.exe",
        "seeds/50%.txt",
        "seeds/aux.txt",
        "themes/default/static/a*b.css",
        "themes/other/static/nul.js",
    ] {
        let mut tree = small_site("");
        tree.insert(path, *b"x");
        let said = mistakes(&tree);
        assert!(said.contains("error[unusable-name]"), "{path:?}: {said}");
        assert_eq!(said.matches("error[").count(), 1, "{path:?}: {said}");
        assert!(!said.contains(['\u{7}', '\u{202e}', '\u{2028}']), "{said:?}");
    }
    let mut tree = small_site("");
    tree.insert("static/two\nlines", *b"x");
    assert!(mistakes(&tree).contains(r"static/two\nlines"));
}

#[test]
fn twins_in_case_or_in_the_form_of_an_accent_are_mistakes() {
    for (one, other) in [
        ("static/A.css", "static/a.css"),
        ("static/caf\u{e9}.pdf", "static/cafe\u{301}.pdf"),
        ("static/Files/a", "static/files/b"),
        ("themes/default/static/Own.css", "themes/default/static/own.css"),
        ("seeds/A.txt", "seeds/a.txt"),
    ] {
        let mut tree = small_site("");
        tree.insert(one, *b"x");
        tree.insert(other, *b"x");
        let said = mistakes(&tree);
        assert_eq!(said.matches("error[twin-names]").count(), 1, "{one}: {said}");
    }
}

#[test]
fn names_that_windows_keeps_are_no_ids_and_no_versions() {
    for name in ["con", "nul", "aux", "prn", "com1", "lpt9"] {
        let area = format!(
            "-- content/demo/02.toml --\nid = \"{name}\"\nnumber = 2\ntitle = \"商貿\"\n[[measures]]\nnumber = \"2.1\"\ntext = \"甲。\"\n"
        );
        let said = mistakes(&small_site(&area));
        assert!(said.contains("error[bad-id]") && said.contains("Windows"), "{name}: {said}");
        let site = site();
        for version in [name.to_owned(), format!("{name}.2024"), "v1.zip".to_owned()] {
            let (code, said) = run(site.path(), &["snapshot", "seal", &version]);
            assert_eq!(code, Some(2), "{version}: {said}");
            assert!(!site.path().join("snapshots").exists());
        }
    }
}

#[cfg(unix)]
#[test]
fn what_editors_and_desktops_leave_is_passed_over() {
    use std::os::unix::fs::symlink;
    let site = site();
    let root = site.path();
    write(root, "static/.htaccess", b"x");
    let whole = render(&read_tree(root).unwrap());
    for folder in ["content", "content/demo", "content/pages", "seeds", "themes", "static"] {
        fs::create_dir_all(root.join(folder)).unwrap();
        symlink("someone@host.1234:1", root.join(folder).join(".#01-finance.toml")).unwrap();
        symlink(root, root.join(folder).join(".#loop")).unwrap();
        for name in [".DS_Store", ".01-finance.toml.swp", ".about.md.swo"] {
            write(root, &format!("{folder}/{name}"), b"\xff");
        }
    }
    for folder in ["content", "content/demo", "seeds"] {
        for name in ["01-finance.toml~", "#01-finance.toml#", ".gitkeep"] {
            write(root, &format!("{folder}/{name}"), b"\xff");
        }
        let socket = root.join(folder).join(".socket");
        std::os::unix::net::UnixListener::bind(socket).unwrap();
    }
    write(root, "static/.git/config", b"x");
    assert!(render(&read_tree(root).unwrap()) == whole);
    assert_eq!(whole[".htaccess"], b"x");
    // An editor's copy among them is not published, and is told.
    write(root, "static/page.html~", b"x");
    let tree = read_tree(root).unwrap();
    assert!(mistakes(&tree).contains("warning[backup-file]"));
    assert!(render(&tree) == whole);
}

#[cfg(unix)]
#[test]
fn what_is_not_hidden_and_cannot_be_read_is_named() {
    use std::os::unix::fs::symlink;
    type Make = fn(&Path);
    let cases: [(Make, &str); 3] = [
        (|path| symlink("nowhere", path).unwrap(), "is a symbolic link that leads nowhere"),
        (|path| drop(std::os::unix::net::UnixListener::bind(path).unwrap()), "is no regular file"),
        (|path| symlink("..", path).unwrap(), "cannot read"),
    ];
    for folder in ["content/demo", "static"] {
        for (make, words) in cases {
            let site = site();
            let path = site.path().join(folder).join("odd");
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            make(&path);
            let (code, said) = run(site.path(), &["build"]);
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains(words) && said.contains(&format!("{folder}/odd")), "{said}");
        }
    }
}
