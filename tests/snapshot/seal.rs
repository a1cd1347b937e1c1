//! What a seal holds, that it is the same anywhere, and what it refuses.

use std::collections::BTreeSet;
use std::fs;

use scraper::{Html, Selector};

use crate::support::files;
use crate::{bag, edit, good, read, run, seal, site, tongwen, tree, write};

#[test]
fn a_version_is_a_bag_of_source_site_and_measures() {
    let site = site();
    let note = "首次  封存\n版本";
    good(site.path(), &["snapshot", "seal", "v1", "--date", "2024-07-01", "--note", note]);
    let bag = bag(site.path(), "v1");
    assert_eq!(
        read(&bag.join("bagit.txt")),
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    );
    let files = tree(&bag);
    let payload = files.iter().filter(|(path, _)| path.starts_with("data/"));
    let (bytes, count) =
        payload.fold((0, 0), |(bytes, count), (_, file)| (bytes + file.len(), count + 1));
    assert_eq!(
        read(&bag.join("bag-info.txt")),
        format!(
            "Bag-Software-Agent: tongwen {}\nBagging-Date: 2024-07-01\nPayload-Oxum: {bytes}.{count}\n\
             External-Identifier: v1\nExternal-Description: 首次 封存 版本\n\
             Bag-Group-Identifier: https://example.org/\n",
            env!("CARGO_PKG_VERSION")
        )
    );
    let own: Vec<_> = files.keys().filter(|path| !path.starts_with("data/")).collect();
    assert_eq!(
        own,
        [
            "bag-info.txt",
            "bagit.txt",
            "manifest-sha256.txt",
            "manifest-sha512.txt",
            "tagmanifest-sha256.txt",
            "tagmanifest-sha512.txt"
        ]
    );
    for path in [
        "data/measures.json",
        "data/site/index.html",
        "data/site/hans/demo/trade/1.html",
        "data/source/content/site.toml",
        "data/source/seeds/demo.txt",
        "data/source/themes/default/templates/base.html",
    ] {
        assert!(files.contains_key(path), "{path}");
    }
    let tops: BTreeSet<&str> = files
        .keys()
        .filter_map(|path| path.strip_prefix("data/site/")?.split('/').next())
        .collect();
    assert_eq!(Vec::from_iter(tops), ["assets", "data", "hans", "hant", "index.html", "search"]);
    assert!(files.keys().all(|path| !path.split('/').any(|part| part.starts_with('.'))));
}

#[test]
fn a_seal_is_the_same_to_the_byte_in_any_folder_and_time_zone() {
    let (one, other) = (site(), site());
    for (site, zone) in [(&one, "Asia/Hong_Kong"), (&other, "America/New_York")] {
        let mut command = tongwen(site.path(), &["snapshot", "seal", "v1"]);
        // A moment that is the next day in Hong Kong.
        let output = command.env("SOURCE_DATE_EPOCH", "1719878400").env("TZ", zone).output();
        assert!(output.unwrap().status.success());
    }
    let (one, other) = (tree(&bag(one.path(), "v1")), tree(&bag(other.path(), "v1")));
    assert!(one == other);
    let info = String::from_utf8(one["bag-info.txt"].clone()).unwrap();
    assert!(info.contains("Bagging-Date: 2024-07-02\n"), "{info}");
}

#[test]
fn the_source_of_a_version_builds_the_pages_that_the_site_had() {
    let site = site();
    let folder = tempfile::tempdir().unwrap();
    let (before, after) = (folder.path().join("before"), folder.path().join("after"));
    good(site.path(), &["build", "--out", before.to_str().unwrap()]);
    seal(site.path(), "v1", "2024-07-01");
    let source = bag(site.path(), "v1").join("data/source");
    good(&source, &["build", "--out", after.to_str().unwrap()]);
    assert!(files(&before) == files(&after));
}

#[test]
fn building_the_source_of_a_version_adds_nothing_to_its_bag() {
    let site = site();
    // Later, its pages lead to the version.
    good(site.path(), &["build"]);
    seal(site.path(), "v1", "2024-07-01");
    let source = bag(site.path(), "v1").join("data/source");
    let folder = tempfile::tempdir().unwrap();
    let built = tongwen(&source, &["build"]).current_dir(folder.path()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let (own, ours) = (folder.path().join("public-v1"), site.path().join("public"));
    assert!(read(&own.join("hant/index.html")) == read(&ours.join("hant/index.html")));
    for place in [source.join("public"), bag(site.path(), "v1").join("x/y")] {
        let ran = run(&source, &["build", "--out", place.to_str().unwrap()]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.said.contains("it lies in a sealed version"), "{}", ran.said);
    }
    assert_eq!(run(&source, &["snapshot", "seal", "v2"]).code, Some(2));
    good(site.path(), &["snapshot", "verify"]);
}

#[test]
fn a_theme_of_the_sites_own_is_sealed_whole() {
    let site = site();
    edit(&site.path().join("content/site.toml"), "base_url", "theme = \"mine\"\nbase_url");
    write(site.path(), "themes/mine/static/mine.css", b"p { color: red }");
    write(
        site.path(),
        "themes/mine/static/icon.svg",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    seal(site.path(), "v1", "2024-07-01");
    let theme = bag(site.path(), "v1").join("data/source/themes/mine");
    assert!(theme.join("templates/base.html").exists() && theme.join("strings.toml").exists());
    assert!(read(&theme.join("static/icon.svg")).starts_with("<svg xmlns"));
    good(site.path(), &["snapshot", "verify", "--rebuild"]);
}

#[test]
fn sealed_pages_name_their_version_and_one_address() {
    let site = site();
    edit(
        &site.path().join("content/demo/memorandum.toml"),
        "signed",
        "published = 2021-12-01\nsigned",
    );
    seal(site.path(), "v1", "2024-07-01");
    let select = |text: &str| Selector::parse(text).unwrap();
    let pages = tree(&bag(site.path(), "v1").join("data/site"));
    let mut seen = 0;
    for (path, bytes) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = Html::parse_document(std::str::from_utf8(bytes).unwrap());
        let one = |text: &str| {
            let found: Vec<_> = html.select(&select(text)).collect();
            assert_eq!(found.len(), 1, "{path}: {text}");
            found[0]
        };
        assert_eq!(one("meta[name=robots]").attr("content"), Some("noindex"), "{path}");
        for absent in ["link[rel=canonical]", "link[hreflang]", "[property='og:url']"] {
            assert_eq!(html.select(&select(absent)).count(), 0, "{path}: {absent}");
        }
        let notice = one("aside.sealed");
        assert_eq!(notice.attr("data-version"), Some("v1"));
        assert!(notice.text().collect::<String>().contains("2024年7月1日"), "{path}");
        if path.contains("/demo/") {
            let days: Vec<_> =
                notice.select(&select("time")).filter_map(|time| time.attr("datetime")).collect();
            assert_eq!(days, ["2024-07-01", "2021-11-29", "2021-12-01"], "{path}");
        }
        let edition = if path.starts_with("hans/") { "hans" } else { "hant" };
        let absolute: Vec<_> =
            html.select(&select("a[href*=':']")).filter_map(|link| link.attr("href")).collect();
        assert_eq!(absolute, [format!("https://example.org/{edition}/versions/")], "{path}");
        check_links(path, &html, &pages);
        seen += 1;
    }
    assert!(seen > 20, "only {seen} pages");
    let measure = String::from_utf8(pages["hant/demo/trade/1.html"].clone()).unwrap();
    assert!(measure.contains("https://example.org/archive/v1/hant/demo/trade/1.html"));
}

/// All that a page names below its version is there; one file above may be.
fn check_links(path: &str, html: &Html, pages: &crate::support::Pages) {
    let any = Selector::parse("[href], [src]").unwrap();
    let links = html.select(&any).filter_map(|one| one.attr("href").or(one.attr("src")));
    for link in links.filter(|link| !link.contains(':') && !link.starts_with('#')) {
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        let mut above = 0;
        for part in link.split(['#', '?']).next().unwrap().split('/') {
            match part {
                ".." if parts.pop().is_none() => above += 1,
                ".." => {}
                _ => parts.push(part),
            }
        }
        let target = parts.join("/");
        let is_list = above == 2 && target == "versions.js";
        assert!(is_list || above == 0 && pages.contains_key(&target), "{path}: {link}");
    }
}

#[test]
fn what_may_not_be_sealed_is_refused_and_leaves_nothing() {
    let site = site();
    let root = site.path();
    let refused = |arguments: &[&str], code: i32, words: &str| {
        let ran = run(root, &[&["snapshot", "seal"], arguments].concat());
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.said);
        assert!(ran.said.contains(words), "{arguments:?}: {}", ran.said);
    };
    for name in ["V1", "a_b", "a..b", "../x", "a/b", "-a", ".a", "", "版", "v1 "] {
        refused(&["--", name], 2, "lowercase letters");
    }
    refused(&["current"], 2, "the name of the present");
    refused(&["v1", "--date", "2024-02-30"], 2, "a day of the calendar");
    refused(&["v1", "--note", " "], 2, "write a sentence");
    let mut command = tongwen(root, &["snapshot", "seal", "v1"]);
    let output = command.env("SOURCE_DATE_EPOCH", "soon").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!root.join("snapshots").exists());

    edit(&root.join("content/demo/01-finance.toml"), "number = \"1.1\"", "number = \"1.7\"");
    refused(&["v1"], 1, "gap-in-numbering");
    assert!(!root.join("snapshots").exists(), "nothing is left");
    edit(&root.join("content/demo/01-finance.toml"), "number = \"1.7\"", "number = \"1.1\"");

    seal(root, "v1", "2024-07-01");
    let before = tree(&root.join("snapshots/v1"));
    refused(&["v1"], 2, "is sealed already");
    refused(&["v2", "--date", "2024-06-30"], 2, "`v1` was sealed on 2024-07-01");
    assert!(tree(&root.join("snapshots/v1")) == before);
    let left: Vec<_> = fs::read_dir(root.join("snapshots")).unwrap().collect();
    assert_eq!(left.len(), 2, "the version and the tool's own folder");
    assert_eq!(run(&root.join("nowhere"), &["snapshot", "seal", "v1"]).code, Some(2));
}

/// The RFC encodes line ends and percent signs; sizes are no reason to leave a
/// file out.
#[cfg(unix)]
#[test]
fn odd_names_and_large_files_of_the_root_are_sealed() {
    let site = site();
    for name in ["空 白.txt", "~a.txt", "(1) [2] & 'b' = #c.txt", "caf\u{e9}.txt", "a,b;c!.txt"] {
        write(site.path(), &format!("seeds/{name}"), name.as_bytes());
        write(site.path(), &format!("static/{name}"), name.as_bytes());
    }
    write(site.path(), "static/.well-known/x", b"x");
    write(site.path(), "seeds/scan.pdf", &vec![b'x'; 17 * 1024 * 1024]);
    write(site.path(), "seeds/empty.txt", b"");
    seal(site.path(), "v1", "2024-07-01");
    let bag = bag(site.path(), "v1");
    for sum in ["sha256", "sha512"] {
        let mut command = std::process::Command::new(format!("{sum}sum"));
        command.args(["--check", "--strict", "--quiet"]).current_dir(&bag);
        let names = ["", "tag"].map(|sort| format!("{sort}manifest-{sum}.txt"));
        assert!(command.args(names).status().unwrap().success(), "{sum}sum");
    }
    good(site.path(), &["snapshot", "verify", "--rebuild"]);
    good(site.path(), &["build"]);
    fs::remove_file(bag.join("data/source/seeds/empty.txt")).unwrap();
    assert_eq!(run(site.path(), &["snapshot", "verify"]).code, Some(1));
}

/// Tools read these in a manifest in different ways, or not at all.
#[test]
fn names_that_tools_read_in_different_ways_are_not_sealed() {
    for name in ["100%.txt", "two\nlines.txt", "a\rb%0A.txt", "a\\b", "a ", "a\u{85}b"] {
        let site = site();
        write(site.path(), &format!("seeds/{name}"), b"x");
        let ran = run(site.path(), &["snapshot", "seal", "v1", "--date", "2024-07-01"]);
        assert_eq!(ran.code, Some(1), "{name:?}: {}", ran.said);
        assert!(ran.said.contains("error[unusable-name]"), "{name:?}: {}", ran.said);
        assert!(!site.path().join("snapshots").exists());
    }
}

#[test]
fn a_day_that_is_still_to_come_is_refused_unless_it_is_meant() {
    let site = site();
    let later = ["snapshot", "seal", "v1", "--date", "2999-01-01"];
    let ran = run(site.path(), &later);
    assert_eq!(ran.code, Some(2), "{}", ran.said);
    assert!(ran.said.contains("2999-01-01 is still to come"), "{}", ran.said);
    assert!(!site.path().join("snapshots").exists());
    let mut command = crate::tongwen(site.path(), &["snapshot", "seal", "v1"]);
    let output = command.env("SOURCE_DATE_EPOCH", "32472144000").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    good(site.path(), &[&later[..], &["--force-date"]].concat());
    let other = crate::site();
    good(other.path(), &["snapshot", "seal", "v1"]);
}
