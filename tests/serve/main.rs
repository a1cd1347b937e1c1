//! The preview as people and browsers use it: a real process on a free port,
//! and for the properties, its parts.
#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../support/mod.rs"]
mod support;

mod changes;
mod faults;
mod guard;
mod mistakes;
mod review;

use std::fs;
use std::path::Path;

use support::http::{LINE, Preview, Response, built, without_line};
use support::{copy_of_the_default_site, root, save};

#[test]
fn every_route_is_the_builds_own_but_for_one_line() {
    let preview = Preview::start(&root(), &[]);
    let built = built(&root());
    assert!(built.len() > 140);
    for (path, bytes) in &built {
        let Response { status, body, headers } = preview.get(&format!("/{path}"));
        assert_eq!(status, 200, "{path}");
        let is_page = path.ends_with(".html");
        let lines = body.windows(LINE.len()).filter(|part| *part == LINE.as_bytes()).count();
        assert_eq!(lines, usize::from(is_page), "{path}");
        assert!(without_line(&body) == *bytes, "{path} differs");
        assert_eq!(headers["content-type"], content_type(path), "{path}");
        assert_eq!(headers["content-length"], body.len().to_string(), "{path}");
        if is_page {
            let text = String::from_utf8(body).unwrap();
            assert!(text.contains(&format!("{LINE}</body>")), "{path}");
        }
    }
}

fn content_type(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|end| end.to_str()).unwrap() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "bib" => "application/x-bibtex; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "png" => "image/png",
        end => panic!("what is a `.{end}`?"),
    }
}

#[test]
fn folders_tags_methods_and_what_is_not_there() {
    let preview = Preview::start(&root(), &[]);
    let home = preview.get("/hant/");
    assert!(home.body == preview.get("/hant/index.html?x=1").body);
    let tag = home.headers["etag"].clone();
    assert_eq!(home.headers["server-timing"], format!("etag;desc={tag}"));
    assert_eq!(home.headers["cache-control"], "no-cache");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = preview.send("GET", "/hant/", &[("If-None-Match", &known)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{known}");
        assert_eq!(again.headers["etag"], tag);
    }
    assert_eq!(preview.send("GET", "/hant/", &[("If-None-Match", "\"x\"")]).status, 200);
    let head = preview.send("HEAD", "/hant/", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.headers["content-length"], home.body.len().to_string());
    assert_eq!(preview.send("POST", "/hant/", &[]).status, 405);
    let folder = preview.get("/hant/hubei-2021");
    assert_eq!((folder.status, folder.headers["location"].as_str()), (307, "/hant/hubei-2021/"));
    let missing = preview.get("/hant/nothing.html");
    assert_eq!(missing.status, 404);
    assert!(missing.body == preview.get("/404.html").body);
}

#[test]
fn it_answers_at_the_root_whatever_the_base_url_says() {
    let site = copy_of_the_default_site();
    let file = site.path().join("content/site.toml");
    let text = fs::read_to_string(&file).unwrap();
    save(&file, text.replace("https://example.org/", "https://gov.example/docs/"));
    let preview = Preview::start(site.path(), &[]);
    for (path, bytes) in &built(site.path()) {
        assert!(without_line(&preview.get(&format!("/{path}")).body) == *bytes, "{path} differs");
    }
    // The 404 page's own links hold the path of the base URL.
    let missing = String::from_utf8(preview.get("/x").body).unwrap();
    assert!(missing.contains("href=\"/docs/assets/style.css\""));
    assert_eq!(preview.get("/docs/assets/style.css").status, 200);
}

#[test]
fn a_taken_port_gives_way_to_the_next() {
    let first = Preview::start(&root(), &[]);
    let port = first.address.port().to_string();
    let second = Preview::start(&root(), &["--port", &port]);
    assert!(second.address.port() > first.address.port());
    assert_eq!(second.get("/").status, 200);
}

#[test]
fn other_machines_are_let_in_only_when_asked_and_it_says_so() {
    let closed = Preview::start(&root(), &[]);
    assert!(closed.address.ip().is_loopback());
    assert!(!closed.said().contains("other machines"));
    let open = Preview::start(&root(), &["--host", "0.0.0.0"]);
    open.says("listening at 0.0.0.0:");
    open.says("other machines can read this preview");
}

#[test]
fn no_address_reaches_a_file_outside_the_site() {
    let site = copy_of_the_default_site();
    fs::write(site.path().join("secret.txt"), "the secret").unwrap();
    fs::write(site.path().join("content/.secret.txt"), "the secret").unwrap();
    let preview = Preview::start(site.path(), &[]);
    let long = format!("/{}secret.txt", "../".repeat(3000));
    let deep = format!("/{}secret.txt", "a/".repeat(2000));
    let absolute = format!("/{}", site.path().join("secret.txt").display());
    let encoded = absolute.replace('/', "%2f");
    let forms: Vec<&str> =
        TRAVERSALS.iter().copied().chain([&*long, &deep, &absolute, &encoded]).collect();
    assert!(forms.len() >= 40, "{}", forms.len());
    for form in forms {
        let mut request =
            format!("GET {form} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        if form.starts_with("GET ") {
            request = format!("{form}\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
        let answer = preview.raw(request.as_bytes());
        let status: String = answer.chars().skip("HTTP/1.1 ".len()).take(3).collect();
        // Some proxies and servers take `//x` for a host: never redirect there.
        assert!(["400", "403", "404", "414", "431"].contains(&&*status), "{form}: {answer:.80}");
        let reached = ["the secret", "root:x:", "[package]", "base_url", "tongwen serve"];
        for word in reached {
            assert!(!answer.contains(word), "{form} reached {word}");
        }
    }
    assert_eq!(preview.get("/").status, 200, "it is still there");
}

/// Every way to leave a folder that servers have been known to follow.
const TRAVERSALS: [&str; 53] = [
    "/../secret.txt",
    "/../../../../../../etc/passwd",
    "/hant/../secret.txt",
    "/hant/../../secret.txt",
    "/assets/../../secret.txt",
    "/./secret.txt",
    "/.//secret.txt",
    "/..;/secret.txt",
    "/.../secret.txt",
    "/....//secret.txt",
    "/..%2fsecret.txt",
    "/..%2Fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2E%2E/secret.txt",
    "/.%2e/secret.txt",
    "/%2e./secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e%252fsecret.txt",
    "/%25252e%25252e%25252fsecret.txt",
    "/..%252fsecret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%c0%ae%c0%ae%c0%afsecret.txt",
    "/..%c0%afsecret.txt",
    "/..%c1%9csecret.txt",
    "/%e0%80%ae%e0%80%ae/secret.txt",
    "/%f0%80%80%ae%f0%80%80%ae/secret.txt",
    "/%uff0e%uff0e/secret.txt",
    "/%ef%bc%8e%ef%bc%8e/secret.txt",
    "/..\\secret.txt",
    "/..%5csecret.txt",
    "/%2e%2e%5csecret.txt",
    "/hant\\..\\..\\secret.txt",
    "/..%255csecret.txt",
    "/secret.txt%00",
    "/secret.txt%00.html",
    "/../secret.txt%00.html",
    "/%00../secret.txt",
    "/hant/index.html%00/../../secret.txt",
    "//etc/passwd",
    "///etc/passwd",
    "/%2fetc%2fpasswd",
    "//..//..//etc/passwd",
    "/file:///etc/passwd",
    "/C:/secret.txt",
    "/content/site.toml",
    "/seeds/hubei-2021.txt",
    "/.git/config",
    "/content/.secret.txt",
    "/%2econtent/site.toml",
    "GET ../secret.txt HTTP/1.1",
    "GET http://other.example/../secret.txt HTTP/1.1",
    "GET http://localhost/../secret.txt HTTP/1.1",
    "GET file:///etc/passwd HTTP/1.1",
];
