//! What goes wrong around it: the preview stays up and says what happened.

use std::fs;
use std::io::Write;
use std::process::Command;

use crate::support::http::{Preview, built, without_line};
use crate::support::{copy_of_the_default_site, save};

const FINE: &str = r#"{"errors":[],"more":0}"#;

#[test]
fn content_that_goes_and_comes_back() {
    let site = copy_of_the_default_site();
    let mut preview = Preview::start(site.path(), &[]);
    let home = preview.get("/hant/").body;
    let mut events = preview.events();
    events.next();
    let (content, away) = (site.path().join("content"), site.path().join("away"));
    for _ in 0..2 {
        fs::rename(&content, &away).unwrap();
        events.until(|data| data.contains("missing-file"));
        assert!(preview.get("/hant/").body == home);
        fs::rename(&away, &content).unwrap();
        events.until(|data| data == FINE);
    }
    let kept = fs::read(content.join("site.toml")).unwrap();
    fs::remove_dir_all(&content).unwrap();
    events.until(|data| data.contains("missing-file"));
    // Only a folder that is watched anew tells of this.
    fs::create_dir(&content).unwrap();
    save(content.join("site.toml"), "titel = \"x\"");
    events.until(|data| data.contains("unknown-key"));
    save(content.join("site.toml"), kept);
    events.until(|data| !data.contains("unknown-key"));
    assert!(preview.is_running());
}

#[test]
fn a_file_replaced_by_a_folder() {
    let site = copy_of_the_default_site();
    let preview = Preview::start(site.path(), &[]);
    let mut events = preview.events();
    events.next();
    let file = site.path().join("content/site.toml");
    let text = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    events.until(|data| data.contains("missing-file"));
    assert_eq!(preview.get("/hant/").status, 200);
    fs::remove_dir(&file).unwrap();
    save(&file, text);
    events.until(|data| data == FINE);
}

#[test]
fn what_cannot_be_read_is_told_and_read_once_it_can() {
    let site = copy_of_the_default_site();
    let preview = Preview::start(site.path(), &[]);
    let mut events = preview.events();
    events.next();
    // A pipe would be waited for; so would a device.
    let pipe = site.path().join("content/pages/pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    events.until(|data| data.contains("is no regular file"));
    assert_eq!(preview.get("/hant/").status, 200);
    preview.says("is no regular file");
    let area = site.path().join("content/pages/about.md");
    let text = fs::read_to_string(&area).unwrap();
    save(&area, format!("{text}\n多一段。\n"));
    fs::remove_file(&pipe).unwrap();
    events.until(|data| data == FINE);
    for (path, bytes) in &built(site.path()) {
        assert!(without_line(&preview.get(&format!("/{path}")).body) == *bytes, "{path} differs");
    }
}

#[test]
fn a_file_of_a_gigabyte_is_not_read() {
    let site = copy_of_the_default_site();
    let preview = Preview::start(site.path(), &[]);
    let mut events = preview.events();
    events.next();
    let file = fs::File::create(site.path().join("content/pages/big.md")).unwrap();
    file.set_len(1 << 30).unwrap();
    assert!(events.until(|data| data.contains("file-too-large")).contains("1073741824 bytes"));
    assert!(preview.peak_memory() < 500_000, "{} kB", preview.peak_memory());
    assert_eq!(preview.get("/hant/").status, 200);
}

#[test]
fn two_hundred_listeners_and_some_that_never_read() {
    let site = copy_of_the_default_site();
    let preview = Preview::start(site.path(), &[]);
    let deaf: Vec<_> = (0..20)
        .map(|number| {
            let mut stream = preview.connect();
            let path =
                if number % 2 == 0 { "/__preview/events" } else { "/hant/hubei-2021/full.html" };
            let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(50);
            let _ = stream.write_all(request.as_bytes());
            stream
        })
        .collect();
    let mut listeners: Vec<_> = (0..200).map(|_| preview.events()).collect();
    for events in &mut listeners {
        assert_eq!(events.next(), FINE);
    }
    save(site.path().join("content/site.toml"), "titel = \"x\"");
    for events in &mut listeners {
        events.until(|data| data.contains("unknown-key"));
    }
    assert_eq!(preview.get("/hant/").status, 200);
    drop(deaf);
}

/// In a name space of its own, the system's limit is what we say it is.
#[test]
fn a_system_that_cannot_watch_is_told_of_and_done_without() {
    for limit in ["max_inotify_watches", "max_inotify_instances"] {
        let site = copy_of_the_default_site();
        let mut command = Command::new("unshare");
        let script = format!(
            "echo 1 > /proc/sys/user/{limit}; \
             [ {limit} = max_inotify_watches ] || echo 0 > /proc/sys/user/{limit}; \
             exec \"$0\" --root \"$1\" serve --port 0"
        );
        command.args(["--map-root-user", "sh", "-c", &script, env!("CARGO_BIN_EXE_tongwen")]);
        let preview = Preview::spawn({
            command.arg(site.path());
            command
        });
        let mut events = preview.events();
        events.next();
        save(site.path().join("content/site.toml"), "titel = \"x\"");
        events.until(|data| data.contains("unknown-key"));
        preview.says("the system cannot watch the files");
        preview.says("looking at them every 1 s instead");
    }
}

#[test]
fn what_cannot_be_listened_at_is_a_failure() {
    let check = |command: &mut Command, words: &[&str]| {
        let output = command.env("NO_COLOR", "1").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        for word in words {
            assert!(said.contains(word), "{said}");
        }
    };
    let binary = env!("CARGO_BIN_EXE_tongwen");
    let serve = |command: &mut Command, more: &[&str]| {
        command.args(["--root", env!("CARGO_MANIFEST_DIR"), "serve"]).args(more);
    };
    // An address kept for documentation: no machine's own.
    let mut elsewhere = Command::new(binary);
    serve(&mut elsewhere, &["--host", "192.0.2.1"]);
    check(&mut elsewhere, &["cannot listen at 192.0.2.1:4000"]);
    // In a name space of its own, nobody may listen at the port of the web.
    let mut forbidden = Command::new("unshare");
    forbidden.args(["--map-root-user", binary]);
    serve(&mut forbidden, &["--port", "80"]);
    check(&mut forbidden, &["cannot listen at 127.0.0.1:80", "more rights", "ermission denied"]);
    let mut nowhere = Command::new(binary);
    nowhere.args(["--root", "nowhere", "serve"]);
    check(&mut nowhere, &["there is no folder `nowhere`"]);
}

#[test]
fn a_template_that_loops_holds_up_nobody_else_and_goes_when_it_is_mended() {
    let site = copy_of_the_default_site();
    let templates = site.path().join("themes/default/templates");
    fs::create_dir_all(&templates).unwrap();
    let long = "{% for a in range(end=100000) %}".repeat(3) + &"{% endfor %}".repeat(3);
    save(templates.join("entry.html"), long);
    let preview = Preview::start(site.path(), &[]);
    let mut events = preview.events();
    std::thread::scope(|scope| {
        let looping = scope.spawn(|| preview.get("/"));
        for _ in 0..5 {
            assert_eq!(preview.get("/hant/").status, 200);
        }
        let looping = looping.join().unwrap();
        assert_eq!(looping.status, 503);
        assert!(String::from_utf8(looping.body).unwrap().contains("does a template loop?"));
    });
    preview.says("rendering `index.html` takes more than 10 s");
    fs::remove_file(templates.join("entry.html")).unwrap();
    events.next();
    events.next();
    assert_eq!(preview.get("/").status, 200);
}
