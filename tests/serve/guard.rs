//! Whom the preview answers, and how long it waits for them.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::support::http::Preview;
use crate::support::{copy_of_the_default_site, root, save};

/// What every page of every site may ask a browser to fetch.
const ADDRESSES: [&str; 7] = [
    "/",
    "/hant/index.html",
    "/search/hant.js",
    "/versions.js",
    "/__preview/reload.js",
    "/__preview/events",
    "/__preview/review.html",
];

fn status(answer: &str) -> &str {
    answer.get("HTTP/1.1 ".len().."HTTP/1.1 200".len()).unwrap_or(answer)
}

fn has_policy(answer: &str) -> bool {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_ascii_lowercase();
    head.lines().any(|line| line == "cross-origin-resource-policy: same-origin")
}

#[test]
fn a_request_that_names_another_host_is_refused_whatever_it_asks_for() {
    let preview = Preview::start(&root(), &[]);
    let port = preview.address.port();
    let check = |first: &str, hosts: &[String], wanted: &str| {
        let hosts: String = hosts.iter().map(|host| format!("Host: {host}\r\n")).collect();
        let answer = preview.raw(format!("{first}\r\n{hosts}Connection: close\r\n\r\n").as_bytes());
        assert_eq!(status(&answer), wanted, "{first} {hosts}");
        assert!(has_policy(&answer), "{answer}");
        assert!(
            wanted == "200" || !answer.contains("措施") && !answer.contains("data:"),
            "{answer}"
        );
    };
    for path in ADDRESSES {
        for host in ["evil.example", "evil.example:4000", "localhost.evil.example", "0.0.0.0", "x"]
        {
            check(&format!("GET {path} HTTP/1.1"), &[host.to_owned()], "403");
        }
        check(&format!("GET http://evil.example{path} HTTP/1.1"), &["localhost".to_owned()], "403");
        let named = [format!("localhost:{port}"), "evil.example".to_owned()];
        check(&format!("GET {path} HTTP/1.1"), &named, "400");
        check(&format!("GET {path} HTTP/1.0"), &[], "400");
        check(&format!("GET {path} HTTP/1.1"), &[], "400");
        check(&format!("GET {path} HTTP/1.1"), &[String::new()], "403");
    }
    for host in ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "[::1]"] {
        for host in [host.to_owned(), format!("{host}:{port}"), format!("{host}:8080")] {
            check("GET / HTTP/1.1", std::slice::from_ref(&host), "200");
            check(&format!("GET http://{host}/ HTTP/1.1"), &["localhost".to_owned()], "200");
        }
    }
}

#[test]
fn the_address_that_it_listens_at_is_a_name_of_its_own() {
    let preview = Preview::start(&root(), &["--host", "127.0.0.5"]);
    assert!(preview.address.ip().to_string() == "127.0.0.5");
    assert_eq!(preview.get("/").status, 200);
    let open = Preview::start(&root(), &["--host", "0.0.0.0"]);
    let ask = |host: &str| {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        status(&open.raw(request.as_bytes())).to_owned()
    };
    assert_eq!((ask("0.0.0.0"), ask("localhost")), ("200".to_owned(), "200".to_owned()));
    for other in ["evil.example", "203.0.113.5", "my-machine.local"] {
        assert_eq!(ask(other), "403", "{other}");
    }
}

#[test]
fn what_another_site_asks_for_is_refused() {
    let preview = Preview::start(&root(), &[]);
    for path in ADDRESSES {
        for (site, mode, dest) in [
            ("cross-site", "no-cors", "script"),
            ("cross-site", "cors", "empty"),
            ("cross-site", "navigate", "document"),
            ("cross-site", "navigate", "iframe"),
            ("same-site", "no-cors", "script"),
            ("same-site", "navigate", "iframe"),
            ("whatever", "navigate", "document"),
        ] {
            let asked =
                [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest)];
            let answer = preview.send("GET", path, &asked);
            assert_eq!(answer.status, 403, "{path} {site} {mode} {dest}");
            assert_eq!(answer.headers["cross-origin-resource-policy"], "same-origin");
        }
        let twice = [("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")];
        assert_eq!(preview.send("GET", path, &twice).status, 403, "{path}");
        assert_eq!(preview.send("GET", path, &[("Sec-Fetch-Site", "cross-site")]).status, 403);
        for origin in ["https://evil.example", "null", "http://localhost:1", "http://", ""] {
            let answer = preview.send("GET", path, &[("Origin", origin)]);
            assert_eq!(answer.status, 403, "{path} {origin}");
        }
    }
    for (site, mode) in
        [("same-origin", "no-cors"), ("none", "navigate"), ("same-site", "navigate")]
    {
        let asked =
            [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", "document")];
        assert_eq!(preview.send("GET", "/hant/", &asked).status, 200, "{site} {mode}");
    }
    assert_eq!(preview.send("GET", "/hant/", &[("Origin", "http://localhost")]).status, 200);
}

#[test]
fn no_answer_may_be_used_by_another_origin() {
    let site = copy_of_the_default_site();
    let preview = Preview::start(site.path(), &[]);
    let tag = preview.get("/hant/").headers["etag"].clone();
    let all = [
        ("GET", "/hant/", 200),
        ("HEAD", "/hant/", 200),
        ("GET", "/search/hans.js", 200),
        ("GET", "/versions.js", 200),
        ("GET", "/assets/style.css", 200),
        ("GET", "/__preview/reload.js", 200),
        ("POST", "/__preview/reload.js", 405),
        ("GET", "/hant", 307),
        ("GET", "/x", 404),
        ("GET", "/%", 404),
        ("DELETE", "/hant/", 405),
        ("OPTIONS", "*", 405),
        ("HEAD", "/__preview/events", 405),
        ("POST", "/__preview/events", 405),
    ];
    for (method, path, wanted) in all {
        let answer = preview.send(method, path, &[]);
        assert_eq!(answer.status, wanted, "{method} {path}");
        assert_eq!(answer.headers["cross-origin-resource-policy"], "same-origin", "{path}");
        if path.ends_with("/events") {
            assert_eq!((answer.headers["allow"].as_str(), answer.body.len()), ("GET", 0));
        }
    }
    let known = preview.send("GET", "/hant/", &[("If-None-Match", &tag)]);
    assert_eq!(known.status, 304);
    assert_eq!(known.headers["cross-origin-resource-policy"], "same-origin");
    let empty = tempfile::tempdir().unwrap();
    let preview = Preview::start(empty.path(), &[]);
    let none = preview.get("/");
    assert_eq!(none.status, 503);
    assert_eq!(none.headers["cross-origin-resource-policy"], "same-origin");
    let mut stream = preview.connect();
    stream.write_all(b"GET /__preview/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut head = [0; 300];
    let length = stream.read(&mut head).unwrap();
    let head = String::from_utf8_lossy(&head[..length]);
    assert!(status(&head) == "200" && has_policy(&head), "{head}");
}

/// Half a request, a byte now and then, nothing at all, a body that never comes:
/// the connection is closed, and meanwhile others are answered.
#[test]
fn slow_clients_are_not_waited_for() {
    let site = copy_of_the_default_site();
    let preview = Preview::start(site.path(), &[]);
    let start = Instant::now();
    let half = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
    let whole = "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let body = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx";
    let chunks = "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
    let waiting: Vec<_> = ["", "G", half, whole, body, chunks, half]
        .into_iter()
        .enumerate()
        .map(|(number, sent)| {
            let mut stream = preview.connect();
            stream.write_all(sent.as_bytes()).unwrap();
            let mut drip = stream.try_clone().unwrap();
            std::thread::spawn(move || {
                // The last one sends a byte each second, and would for ever.
                while number == 6 && drip.write_all(b"x").is_ok() {
                    std::thread::sleep(Duration::from_secs(1));
                }
            });
            std::thread::spawn(move || {
                let mut bytes = Vec::new();
                let end = stream.read_to_end(&mut bytes);
                (number, end.map_err(|error| error.kind()), start.elapsed())
            })
        })
        .collect();
    assert_eq!(preview.get("/hant/").status, 200);
    for thread in waiting {
        let (number, end, time) = thread.join().unwrap();
        // Where bytes were left unread, the end is an abrupt one.
        let is_closed = end.is_ok() || end == Err(std::io::ErrorKind::ConnectionReset);
        assert!(is_closed && time < Duration::from_secs(30), "{number}: {end:?} after {time:?}");
    }
    save(site.path().join("content/site.toml"), "titel = \"x\"");
    let mut events = preview.events();
    events.until(|data| data.contains("unknown-key"));
}
