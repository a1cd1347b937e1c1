//! `tongwen init` as a process.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tongwen::parse::fields::{Shape, Table};
use tongwen::parse::schema::Kind;

fn tongwen(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn a_new_site_builds_verified_in_either_script() {
    for script in ["hant", "hans"] {
        let root = tempfile::tempdir().unwrap();
        let made = tongwen(root.path(), &["init", "--script", script, "--title", "我的\"站\"\\"]);
        assert_eq!(made.status.code(), Some(0), "{made:?}");
        let built = tongwen(root.path(), &["build"]);
        let said = String::from_utf8_lossy(&built.stderr);
        assert_eq!(built.status.code(), Some(0), "{said}");
        assert!(!said.contains("warning"), "{said}");
    }
}

/// Without a terminal nothing is asked, and what was taken is told; what options
/// say is not.
#[test]
fn what_is_assumed_is_told() {
    let said = |arguments: &[&str]| {
        let root = tempfile::tempdir().unwrap();
        let made = tongwen(root.path(), arguments);
        assert_eq!(made.status.code(), Some(0), "{made:?}");
        String::from_utf8(made.stderr).unwrap()
    };
    let all = said(&["init"]);
    assert!(
        all.contains(
            "assumed, as nothing was asked: `--script hant`, `--title 讀書會`, no `--base-url` yet"
        ),
        "{all}"
    );
    let some = said(&["init", "--script", "hans", "--base-url", "https://example.org/"]);
    assert!(some.contains("assumed, as nothing was asked: `--title 读书会`\n"), "{some}");
    assert!(!said(&["init", "--example"]).contains("assumed"));
}

/// The example document goes as the new site says.
#[test]
fn the_example_document_can_be_taken_out() {
    let root = tempfile::tempdir().unwrap();
    let made = tongwen(root.path(), &["init"]);
    let said = String::from_utf8(made.stderr).unwrap();
    let paths: Vec<&str> = said
        .lines()
        .find(|line| line.contains("example"))
        .unwrap()
        .split('`')
        .skip(1)
        .step_by(2)
        .collect();
    assert_eq!(paths, ["content/example/", "seeds/example.txt", "content/entities.toml"]);
    for file in ["content/pages/about.md", "content/example/memorandum.toml"] {
        let text = fs::read_to_string(root.path().join(file)).unwrap();
        assert!(paths[..2].iter().all(|path| text.contains(path)), "{file}");
    }
    fs::remove_dir_all(root.path().join(paths[0])).unwrap();
    fs::remove_file(root.path().join(paths[1])).unwrap();
    let built = tongwen(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{built:?}");
}

#[test]
fn where_a_site_is_nothing_is_changed() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("content")).unwrap();
    fs::write(root.path().join("content/site.toml"), "mine").unwrap();
    assert_eq!(tongwen(root.path(), &["init"]).status.code(), Some(2));
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    assert_eq!(fs::read(root.path().join("content/site.toml")).unwrap(), b"mine");
}

#[test]
fn a_file_that_exists_is_kept() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join(".gitignore"), "mine").unwrap();
    assert_eq!(tongwen(root.path(), &["init"]).status.code(), Some(0));
    assert_eq!(fs::read(root.path().join(".gitignore")).unwrap(), b"mine");
}

#[test]
fn the_example_is_the_projects_content() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(tongwen(root.path(), &["init", "new", "--example"]).status.code(), Some(0));
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["content", "seeds", "static"].map(|folder| project.join(folder));
    for entry in folders.iter().flat_map(walkdir::WalkDir::new) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(project).unwrap();
            let there = fs::read(root.path().join("new").join(path)).unwrap();
            assert_eq!(there, fs::read(entry.path()).unwrap(), "{}", path.display());
        }
    }
}

/// Each key of a table and of those below it.
fn keys(table: &'static Table, told: &mut Vec<&'static str>) -> Vec<&'static str> {
    if told.contains(&table.name) {
        return Vec::new();
    }
    told.push(table.name);
    let mut all = Vec::new();
    for field in table.fields {
        all.push(field.key);
        if let Shape::Table(inner)
        | Shape::Tables(inner)
        | Shape::WordOrTable(_, inner)
        | Shape::WordsOrTables(_, inner) = field.shape
        {
            all.extend(keys(inner, told));
        }
    }
    all
}

#[test]
fn every_field_is_there_as_a_line_or_a_comment_with_a_sentence() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(tongwen(root.path(), &["init"]).status.code(), Some(0));
    for (kind, path) in [
        (Kind::Site, "site.toml"),
        (Kind::Lexicon, "lexicon.toml"),
        (Kind::Entities, "entities.toml"),
        (Kind::Memorandum, "example/memorandum.toml"),
        (Kind::Area, "example/01-general.toml"),
        (Kind::Page, "pages/about.md"),
    ] {
        let text = fs::read_to_string(root.path().join("content").join(path)).unwrap();
        for key in keys(kind.table(), &mut Vec::new()) {
            let lines: Vec<&str> = text.lines().collect();
            let place = lines.iter().position(|line| {
                let line = line.strip_prefix("# ").unwrap_or(line);
                let head = line.trim_matches(['[', ']']);
                line.starts_with(&format!("{key} = "))
                    || line.starts_with('[') && head.rsplit('.').next() == Some(key)
            });
            let place = place.unwrap_or_else(|| panic!("{path} has no `{key}`"));
            assert!(lines[place - 1].starts_with("# "), "{path}: `{key}` is not told");
        }
        // A schema's own line is no comment that could be a field.
        assert_eq!(text.starts_with("#:schema "), path.ends_with(".toml"), "{path}");
    }
}

#[test]
fn a_comment_that_is_uncommented_is_taken() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(tongwen(root.path(), &["init"]).status.code(), Some(0));
    for path in ["site.toml", "entities.toml", "lexicon.toml", "pages/about.md"] {
        let path = root.path().join("content").join(path);
        let text = fs::read_to_string(&path).unwrap();
        let is_field = |line: &str| {
            let rest = line.strip_prefix("# ").unwrap_or_default();
            rest.starts_with('[') || rest.split(" = ").next().is_some_and(is_key)
        };
        // They may also stand in a line, which is there already.
        let text = text.split("# [[editions]]").next().unwrap_or_default();
        let lines = text.lines().map(|line| if is_field(line) { &line[2..] } else { line });
        fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
    }
    let built = tongwen(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[test]
fn a_site_that_knows_no_address_invents_none() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(tongwen(root.path(), &["init", "--yes"]).status.code(), Some(0));
    for _ in 0..2 {
        let built = tongwen(root.path(), &["build"]);
        let said = String::from_utf8_lossy(&built.stderr);
        assert_eq!(built.status.code(), Some(0), "{said}");
        assert!(said.contains("without `base_url`"), "{said}");
    }
    let public = root.path().join("public");
    assert!(!public.join("sitemap.xml").exists());
    assert_eq!(fs::read(public.join("robots.txt")).unwrap(), b"User-agent: *\nAllow: /\n");
    let mut pages = 0;
    for entry in walkdir::WalkDir::new(&public) {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|end| end != "html") {
            continue;
        }
        pages += 1;
        let text = fs::read_to_string(entry.path()).unwrap();
        let addresses: Vec<&str> = text.split("\"http").skip(1).collect();
        assert!(
            addresses.iter().all(|one| one.starts_with("s://schema.org\"")),
            "{}: {addresses:?}",
            entry.path().display()
        );
        assert!(!text.contains("canonical") && !text.contains("og:url"));
        assert!(!text.contains("，\n") && !text.contains("，<"), "{}", entry.path().display());
    }
    assert!(pages > 10);
    let checked = tongwen(root.path(), &["check"]);
    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(said.contains("warning[no-base-url]"), "{said}");
    let sealed = tongwen(root.path(), &["snapshot", "seal", "v1"]);
    assert_eq!(sealed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&sealed.stderr).contains("base_url"));
    // The command line may know it.
    let built = tongwen(root.path(), &["build", "--base-url", "https://example.net/"]);
    assert_eq!(built.status.code(), Some(0));
    assert!(public.join("sitemap.xml").exists());
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let root = tempfile::tempdir().unwrap();
    for arguments in [["--base-url", "example.org"], ["--title", " "], ["--script", "latin"]] {
        let refused = tongwen(root.path(), &["init", arguments[0], arguments[1]]);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
    }
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
}
