//! What a page says of itself where a link to it is shared, and mistakes in it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use scraper::{Html, Selector};
use support::{Pages, default_site, mistakes, page, render, small_site};
use tongwen::source::Tree;

/// The head of a PNG of some size: all that is looked at.
fn png(width: u32, height: u32) -> Vec<u8> {
    let start: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    [start, &width.to_be_bytes(), &height.to_be_bytes()].concat()
}

fn site(image: &str, files: &[(&str, Vec<u8>)]) -> Tree {
    let base = "base_url = \"https://example.org/pages/\"\n";
    let head = format!("title = \"示範網站\"\ndescription = \"示範。\"\n{base}{image}\n");
    let mut site = small_site(&format!("-- content/site.toml --\n{head}"));
    for (path, bytes) in files {
        site.insert(*path, bytes.clone());
    }
    site
}

const IMAGE: &str = "image = { file = \"share.png\", alt = \"一疊書\" }";

/// What a page's head says by `property` or `name`.
fn said(pages: &Pages, path: &str) -> BTreeMap<String, String> {
    let html = Html::parse_document(&page(pages, path));
    let metas = Selector::parse("meta[property], meta[name]").unwrap();
    let pair = |meta: scraper::ElementRef| {
        let value = |name: &str| meta.value().attr(name).map(str::to_owned);
        Some((value("property").or_else(|| value("name"))?, value("content")?))
    };
    html.select(&metas).filter_map(pair).collect()
}

#[test]
fn a_shared_page_shows_a_card_in_its_own_script() {
    let pages = render(&site(IMAGE, &[("static/share.png", png(1200, 630))]));
    for (path, alt, locale, other) in [
        ("hant/demo/finance/1.html", "一疊書", "zh_HK", "zh_CN"),
        ("hans/demo/finance/1.html", "一叠书", "zh_CN", "zh_HK"),
        ("index.html", "一疊書", "zh_HK", "zh_CN"),
    ] {
        let said = said(&pages, path);
        assert_eq!(said["og:image"], "https://example.org/pages/share.png", "{path}");
        assert_eq!((said["og:image:width"].as_str(), &*said["og:image:height"]), ("1200", "630"));
        assert_eq!(said["og:image:alt"], alt);
        assert_eq!(said["twitter:card"], "summary_large_image");
        assert_eq!((said["og:locale"].as_str(), &*said["og:locale:alternate"]), (locale, other));
    }
}

#[test]
fn the_default_site_has_a_picture_of_the_size_that_services_show() {
    let pages = default_site();
    assert_eq!(said(pages, "hant/index.html")["og:image"], "https://example.org/share.png");
    assert_eq!(pages["share.png"][16..24], png(1200, 630)[16..24]);
}

#[test]
fn a_document_may_have_a_picture_of_its_own() {
    let mut site = site(
        IMAGE,
        &[("static/share.png", png(1200, 630)), ("static/demo/own.png", png(1200, 630))],
    );
    let head = "id = \"demo\"\ntitle = \"示範備忘錄\"\nimage = { file = \"demo/own.png\", alt = \"封面\" }\n";
    site.insert("content/demo/memorandum.toml", head.as_bytes().to_vec());
    let pages = render(&site);
    let image = |path: &str| said(&pages, path)["og:image"].clone();
    assert_eq!(image("hant/demo/finance.html"), "https://example.org/pages/demo/own.png");
    assert_eq!(image("hant/index.html"), "https://example.org/pages/share.png");
}

#[test]
fn without_an_address_there_is_no_card() {
    let text =
        format!("-- content/site.toml --\ntitle = \"示\"\ndescription = \"示。\"\n{IMAGE}\n");
    let mut site = small_site(&text);
    site.insert("static/share.png", png(1200, 630));
    let said = said(&render(&site), "hant/index.html");
    assert!(!said.contains_key("og:image") && !said.contains_key("twitter:card"));
    assert!(said.contains_key("og:title"));
}

#[test]
fn icons_and_manifest_stand_at_any_base_path() {
    let pages = default_site();
    for path in ["hant/hubei-2021/finance/1.html", "hans/index.html", "index.html"] {
        let html = page(pages, path);
        let root = "../".repeat(path.matches('/').count());
        let edition = path.split_once('/').map_or("hant", |(edition, _)| edition);
        assert!(html.contains(&format!("href=\"{root}assets/touch-icon.png\"")), "{path}");
        assert!(html.contains(&format!("href=\"{root}{edition}/site.webmanifest\"")), "{path}");
    }
    let manifest: serde_json::Value =
        serde_json::from_slice(&pages["hans/site.webmanifest"]).unwrap();
    assert_eq!(
        (&manifest["lang"], &manifest["start_url"]),
        (&"zh-Hans-CN".into(), &"index.html".into())
    );
    for icon in manifest["icons"].as_array().unwrap() {
        let path = icon["src"].as_str().unwrap().strip_prefix("../").unwrap();
        assert!(pages.contains_key(path), "{path}");
    }
    assert_eq!(pages["assets/touch-icon.png"][16..24], png(180, 180)[16..24]);
}

#[test]
fn a_picture_that_services_would_not_show_is_told_at_its_place() {
    let at = "content/site.toml:4:19";
    for (files, expected) in [
        (vec![], "error[missing-file]: there is no `static/share.png`"),
        (
            vec![("static/share.png", png(1200, 628))],
            "error[bad-image]: `static/share.png` has 1200 × 628 pixels",
        ),
        (
            vec![("static/share.png", b"<svg/>".to_vec())],
            "error[bad-image]: `static/share.png` is neither a PNG nor a JPEG",
        ),
    ] {
        let said = mistakes(&site(IMAGE, &files));
        assert!(said.contains(expected) && said.contains(at), "{said}");
    }
    let near = mistakes(&site(IMAGE, &[("static/shares.png", png(1200, 630))]));
    assert!(near.contains("did you mean `shares.png`?"), "{near}");
    for file in
        ["../share.png", "/share.png", "分享.png", "share.webp", "https://example.org/a.png"]
    {
        let said = mistakes(&site(&format!("image = {{ file = \"{file}\", alt = \"書\" }}"), &[]));
        assert!(said.contains("error[") && said.contains(at), "{said}");
    }
}

#[test]
fn the_picture_of_a_document_is_told_at_its_own_place() {
    let mut site = site("", &[]);
    let head = "id = \"demo\"\ntitle = \"示\"\nimage = { file = \"own.png\", alt = \"封面\" }\n";
    site.insert("content/demo/memorandum.toml", head.as_bytes().to_vec());
    let said = mistakes(&site);
    assert!(said.contains("content/demo/memorandum.toml:3:19"), "{said}");
}
