//! The command line as people use it: real folders, real processes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use support::{copy_of_the_default_site, files, root};
use tempfile::TempDir;

fn tongwen(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    command.args(arguments).env("NO_COLOR", "1");
    command
}

fn run(command: &mut Command) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&stdout), "", "talk goes to stderr");
    (status.code(), String::from_utf8(stderr).unwrap())
}

fn build(root: &Path, out: &Path) -> (Option<i32>, String) {
    let (root, out) = (root.to_str().unwrap(), out.to_str().unwrap());
    run(&mut tongwen(&["--root", root, "build", "--out", out]))
}

#[test]
fn builds_are_the_same_in_any_folder_time_zone_and_number_of_threads() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let copy = copy_of_the_default_site();
    let out = |folder: &TempDir| folder.path().join("out").to_str().unwrap().to_owned();
    let first = tongwen(&["build", "--out", &out(&one), "--threads", "1"])
        .current_dir(root())
        .env("TZ", "Asia/Hong_Kong")
        .output()
        .unwrap();
    let second = tongwen(&["build", "--out", &out(&other), "--threads", "7"])
        .current_dir(copy.path())
        .env("TZ", "America/New_York")
        .env("LANG", "C")
        .output()
        .unwrap();
    assert!(first.status.success() && second.status.success());
    let (first, second) = (files(&one.path().join("out")), files(&other.path().join("out")));
    assert!(first.len() > 140);
    assert!(first == second);
}

#[test]
fn a_build_with_nothing_changed_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    assert_eq!(build(&root(), &out).0, Some(0));
    let times = |out: &Path| -> Vec<_> {
        let entries = walkdir::WalkDir::new(out).sort_by_file_name().into_iter();
        entries
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file() && !entry.path().ends_with("lock"))
            .map(|entry| entry.metadata().unwrap().modified().unwrap())
            .collect()
    };
    let before = times(&out);
    let (code, said) = build(&root(), &out);
    assert_eq!(code, Some(0));
    assert!(said.contains("0 files written") && said.contains("0 removed"), "{said}");
    assert_eq!(times(&out), before);
}

#[test]
fn a_build_after_anything_changed_is_a_build() {
    let site = copy_of_the_default_site();
    let out = site.path().join("public");
    let page = out.join("hant/hubei-2021/finance.html");
    let builds = |arguments: &[&str], written: usize| {
        let root = site.path().to_str().unwrap();
        let (code, said) = run(tongwen(&["--root", root, "build"]).args(arguments));
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains(&format!(": {written} files written")), "{written}: {said}");
    };
    assert_eq!(build(site.path(), &out).0, Some(0));
    let whole = fs::read(&page).unwrap();
    builds(&[], 0);

    // The same size and the same time, and yet another file.
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    let mut forged = whole.clone();
    *forged.last_mut().unwrap() = b' ';
    fs::write(&page, forged).unwrap();
    fs::File::options().append(true).open(&page).unwrap().set_modified(time).unwrap();
    builds(&[], 1);
    assert!(fs::read(&page).unwrap() == whole);

    fs::remove_file(&page).unwrap();
    builds(&[], 1);
    fs::write(site.path().join("themes/default/static/icon.svg"), "<svg/>").unwrap_or_else(|_| {
        fs::create_dir_all(site.path().join("themes/default/static")).unwrap();
        fs::write(site.path().join("themes/default/static/icon.svg"), "<svg/>").unwrap();
    });
    builds(&[], 1);
    builds(&[], 0);
    let content = site.path().join("content/site.toml");
    let text = fs::read_to_string(&content).unwrap();
    fs::write(&content, &text).unwrap();
    builds(&[], 0);
    let pages = files(&out).len();
    let (_, said) = run(&mut tongwen(&[
        "--root",
        site.path().to_str().unwrap(),
        "build",
        "--base-url",
        "https://example.com/",
    ]));
    assert!(!said.contains(": 0 files written"), "{said}");
    assert_eq!(files(&out).len(), pages);
}

#[test]
fn a_build_with_another_theme_is_a_build() {
    let site = copy_of_the_default_site();
    let out = site.path().join("public");
    assert_eq!(build(site.path(), &out).0, Some(0));
    let before = files(&out);
    let own = site.path().join("themes/other/static/own.css");
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::write(&own, "p {}").unwrap();
    assert_eq!(build(site.path(), &out).0, Some(0));
    let root = site.path().to_str().unwrap();
    let (code, said) = run(&mut tongwen(&["--root", root, "build", "--theme", "other"]));
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(": 1 files written"), "{said}");
    assert!(out.join("assets/own.css").exists());
    assert_eq!(build(site.path(), &out).0, Some(0));
    assert!(files(&out) == before);
}

#[test]
fn a_warning_is_said_by_every_build() {
    let site = copy_of_the_default_site();
    let lexicon = site.path().join("content/lexicon.toml");
    let text = fs::read_to_string(&lexicon).unwrap_or_default();
    // Of another length: emphasis and mentions are laid over it piece by piece.
    let rule = "\n[[rules]]\nhant = \"湖北省\"\nhans = \"湖北\"\n";
    fs::write(&lexicon, text + rule).unwrap();
    let out = site.path().join("public");
    let first = build(site.path(), &out).1;
    let second = build(site.path(), &out).1;
    assert!(first.contains("warning"), "{first}");
    assert!(second.contains("warning"), "{second}");
}

#[test]
fn a_page_that_is_gone_from_the_content_goes_from_the_output() {
    let site = copy_of_the_default_site();
    let out = site.path().join("public");
    assert_eq!(build(site.path(), &out).0, Some(0));
    let area = site.path().join("content/hubei-2021/13-living-in-the-mainland.toml");
    let (page, folder) = ("hans/cite.html", "hans/hubei-2021/living-in-the-mainland");
    assert!(out.join(page).exists() && out.join(folder).exists());
    fs::remove_file(site.path().join("content/pages/cite.md")).unwrap();
    fs::remove_file(area).unwrap();
    for path in ["content/pages/about.md", "content/pages/scripts.md"] {
        fs::remove_file(site.path().join(path)).unwrap();
    }
    let head = site.path().join("content/hubei-2021/memorandum.toml");
    let text = fs::read_to_string(&head).unwrap();
    fs::write(&head, text.split("[source]").next().unwrap()).unwrap();
    let (code, said) = build(site.path(), &out);
    assert_eq!(code, Some(0), "{said}");
    assert!(!out.join(page).exists() && !out.join(folder).exists());
    assert!(out.join("hans/index.html").exists());
}

#[test]
fn a_folder_with_foreign_files_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("hant/notes.txt");
    fs::create_dir_all(foreign.parent().unwrap()).unwrap();
    fs::write(&foreign, "mine").unwrap();
    let (code, said) = build(&root(), folder.path());
    assert_eq!(code, Some(2));
    assert!(said.contains("refusing to write") && said.contains("hant/notes.txt"), "{said}");
    assert!(said.contains("--out"), "{said}");
    assert_eq!(files(folder.path()).len(), 1);
    assert!(!folder.path().join(".tongwen").exists());
}

#[test]
fn a_file_put_into_the_output_by_hand_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    assert_eq!(build(&root(), &out).0, Some(0));
    fs::write(out.join("hant/mine.html"), "mine").unwrap();
    assert_eq!(build(&root(), &out).0, Some(2));
    assert_eq!(fs::read_to_string(out.join("hant/mine.html")).unwrap(), "mine");
}

#[test]
fn a_mistake_leaves_the_output_as_it_was() {
    let site = copy_of_the_default_site();
    let out = site.path().join("public");
    assert_eq!(build(site.path(), &out).0, Some(0));
    let before = files(&out);
    let area = site.path().join("content/hubei-2021/01-finance.toml");
    let text = fs::read_to_string(&area).unwrap();
    fs::write(&area, text.replacen("支持", "支援", 1)).unwrap();
    let (code, said) = build(site.path(), &out);
    assert_eq!(code, Some(1));
    assert!(said.contains("differs-from-source"), "{said}");
    assert!(files(&out) == before);
}

/// The template fails on the last pages only, after most are rendered.
#[test]
fn a_template_that_fails_late_leaves_the_output_as_it_was() {
    let site = copy_of_the_default_site();
    let out = site.path().join("public");
    assert_eq!(build(site.path(), &out).0, Some(0));
    let before = files(&out);
    let templates = site.path().join("themes/default/templates");
    fs::create_dir_all(&templates).unwrap();
    fs::write(templates.join("page.html"), "{{ tilte }}").unwrap();
    fs::write(templates.join("home.html"), "changed").unwrap();
    let (code, said) = build(site.path(), &out);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("templates/page.html:1:4"), "{said}");
    assert!(said.contains("while rendering `hant/"), "{said}");
    assert!(files(&out) == before);
    assert!(!out.join(".tongwen/aside").exists());
}

/// Killed at any moment, each file is whole, and the next build goes on.
#[test]
fn a_killed_build_leaves_whole_files_and_does_not_stop_the_next_one() {
    let site = copy_of_the_default_site();
    let out = site.path().join("public");
    assert_eq!(build(site.path(), &out).0, Some(0));
    let old = files(&out);
    let title = site.path().join("content/site.toml");
    let text = fs::read_to_string(&title).unwrap();
    fs::write(&title, text.replace("鄂港合作措施", "鄂港措施")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    assert_eq!(build(site.path(), &elsewhere.path().join("out")).0, Some(0));
    let new = files(&elsewhere.path().join("out"));
    let arguments = ["--root", site.path().to_str().unwrap(), "build"];
    for pause in (0..400).step_by(20) {
        let mut child = tongwen(&arguments).stderr(std::process::Stdio::null()).spawn().unwrap();
        // Any moment will do: each of them must be harmless.
        std::thread::sleep(std::time::Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        for (path, bytes) in files(&out) {
            let whole = old.get(&path) == Some(&bytes) || new.get(&path) == Some(&bytes);
            assert!(whole, "`{path}` is neither old nor new after {pause} ms");
        }
    }
    let (code, said) = build(site.path(), &out);
    assert_eq!(code, Some(0), "{said}");
    assert!(files(&out) == new);
}

/// The list names what the last build made until it is removed, so that what a
/// build leaves that failed half-way is known to the next one.
#[test]
fn what_a_build_leaves_that_fails_half_way_is_known_to_the_next_one() {
    let site = copy_of_the_default_site();
    let out = site.path().join("public");
    let gone = site.path().join("content/pages/formats.md");
    fs::write(&gone, "+++\ntitle = \"格式\"\n+++\n文\n").unwrap();
    assert_eq!(build(site.path(), &out).0, Some(0));
    fs::remove_file(&gone).unwrap();
    fs::create_dir_all(site.path().join("static")).unwrap();
    fs::write(site.path().join("static/new"), "x").unwrap();
    fs::create_dir_all(out.join("new")).unwrap();
    fs::write(out.join("new/.htaccess"), "theirs").unwrap();
    let (code, said) = build(site.path(), &out);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot write `") && said.contains("/new`"), "{said}");
    assert!(out.join("hant/formats.html").exists());
    fs::remove_dir_all(out.join("new")).unwrap();
    let (code, said) = build(site.path(), &out);
    assert_eq!(code, Some(0), "{said}");
    assert!(!out.join("hant/formats.html").exists() && out.join("new").is_file());
}

#[test]
fn what_cannot_be_written_or_read_is_a_failure_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (code, said) = build(&root(), &file.join("out"));
    assert_eq!(code, Some(2));
    assert!(said.contains(file.join("out").to_str().unwrap()), "{said}");
    let (code, said) = build(&folder.path().join("nowhere"), &folder.path().join("out"));
    assert_eq!(code, Some(2));
    assert!(said.contains("nowhere"), "{said}");
    assert!(!folder.path().join("out").exists());
}

/// A file system of 300 KB is full before the site is written.
#[test]
fn a_full_disk_is_a_failure_with_its_path_and_leaves_the_old_files() {
    let site = copy_of_the_default_site();
    let disk = site.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=300k tmpfs '{disk}' && '{tongwen}' --root '{root}' build --out '{disk}/out'; \
         code=$?; ls -A '{disk}/out' 2>/dev/null; exit $code",
        disk = disk.display(),
        tongwen = env!("CARGO_BIN_EXE_tongwen"),
        root = site.path().display(),
    );
    let (code, said) = {
        let output = Command::new("unshare")
            .args(["--mount", "--map-root-user", "sh", "-c", &script])
            .output()
            .unwrap();
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        (output.status.code(), text)
    };
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot write `") && said.contains("No space left"), "{said}");
    assert_eq!(said.lines().count(), 1, "nothing is left behind: {said}");
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    assert_eq!(build(&root(), &out).0, Some(0));
    let held = fs::File::create(out.join(".tongwen/lock")).unwrap();
    held.lock().unwrap();
    let (code, said) = build(&root(), &out);
    assert_eq!(code, Some(2));
    assert!(said.contains("another build"), "{said}");
}

#[test]
fn options_stand_above_the_site_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let arguments = [
        "--root",
        root().to_str().unwrap(),
        "build",
        "--out",
        out.to_str().unwrap(),
        "--base-url",
        "https://gov.example/docs",
    ]
    .map(str::to_owned);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(run(&mut tongwen(&arguments)).0, Some(0));
    let home = fs::read_to_string(out.join("hant/index.html")).unwrap();
    assert!(home.contains("href=\"https://gov.example/docs/hant/\""));
    let missing = fs::read_to_string(out.join("404.html")).unwrap();
    assert!(missing.contains("href=\"/docs/assets/style.css\""));
    let (code, said) = run(tongwen(&["build", "--theme", "dark"]).current_dir(root()));
    assert_eq!(code, Some(1));
    assert!(said.contains("--> command line:1:9"), "{said}");
}
