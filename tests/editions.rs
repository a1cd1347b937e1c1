//! Editions are what a site says: one, two or several, each with its own id,
//! language and standard.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;

use scraper::{Html, Selector};
use support::{Pages, mistakes, page, render, small_site};
use tongwen::model::{Script, Standard};
use tongwen::script::{Engine, OpenccRules, Way};

/// The small site with other editions.
fn pages(editions: &str) -> Pages {
    let site = format!(
        "-- content/site.toml --\ntitle = \"示範網站\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n{editions}\n"
    );
    render(&small_site(&site))
}

fn folders(pages: &Pages) -> BTreeSet<String> {
    let html = pages.keys().filter(|path| path.ends_with(".html"));
    html.filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect()
}

fn attributes(html: &str, selector: &str, name: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let found = html.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
    found.iter().map(|one| one.attr(name).unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_site_of_one_edition_offers_no_other() {
    for (editions, id, lang, title) in [
        ("editions = [\"hant\"]", "hant", "zh-Hant-HK", "示範網站"),
        ("editions = [\"hans\"]", "hans", "zh-Hans-CN", "示范网站"),
    ] {
        let pages = pages(editions);
        assert_eq!(folders(&pages), BTreeSet::from([id.to_owned()]));
        for (path, bytes) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = String::from_utf8(bytes.clone()).unwrap();
            assert!(!html.contains("class=\"scripts\""), "{path} has a toggle");
            assert!(!html.contains("繁簡兩版") && !html.contains("繁简两版"), "{path}");
            let languages = attributes(&html, "[hreflang]", "hreflang");
            let other = languages.iter().find(|one| *one != lang && *one != "x-default");
            assert_eq!(other, None, "{path}");
            assert_eq!(attributes(&html, "html", "lang"), [lang], "{path}");
        }
        assert!(page(&pages, &format!("{id}/index.html")).contains(title));
        let sitemap = page(&pages, "sitemap.xml");
        assert!(sitemap.contains(&format!("https://example.org/{id}/")), "{sitemap}");
        assert_eq!(sitemap.matches("<url>").count(), html_pages_in_sitemap(&pages));
    }
}

/// Every page but the 404 and the search.
fn html_pages_in_sitemap(pages: &Pages) -> usize {
    let html = pages.keys().filter(|path| path.ends_with(".html"));
    html.filter(|path| *path != "404.html" && !path.ends_with("search.html")).count()
}

#[test]
fn the_search_finds_either_script_whatever_is_published() {
    let index = page(&pages("editions = [\"hant\"]"), "search/hant.js");
    assert!(index.contains("\"机機\""), "{index}");
}

#[test]
fn two_editions_may_share_a_script_and_differ_in_standard() {
    let source = "-- content/demo/memorandum.toml --\nid = \"demo\"\ntitle = \"合作备忘录\"\nscript = \"hans\"\nsigned = 2021-11-29\nparties = [\"甲方\", \"乙方\"]\n-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"支持台湾众多银行在企业里面提供融资。\"\n";
    let site = format!(
        "-- content/site.toml --\ntitle = \"示範網站\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\ndefault_edition = \"tw\"\n[[editions]]\nid = \"hk\"\nstandard = \"hk\"\n[[editions]]\nid = \"tw\"\nstandard = \"tw\"\n[[editions]]\nid = \"hans\"\n{source}"
    );
    let pages = render(&small_site(&site));
    assert_eq!(folders(&pages), ["hans", "hk", "tw"].map(str::to_owned).into());
    let taiwan = page(&pages, "tw/demo/finance.html");
    let hong_kong = page(&pages, "hk/demo/finance.html");
    assert_eq!(attributes(&taiwan, "html", "lang"), ["zh-Hant-TW"]);
    assert_eq!(attributes(&hong_kong, "html", "lang"), ["zh-Hant-HK"]);
    assert!(taiwan.contains("臺灣眾多銀行在企業裡面"), "{taiwan}");
    assert!(hong_kong.contains("台灣眾多銀行在企業裏面"), "{hong_kong}");
    let languages = attributes(&taiwan, "link[rel=alternate][hreflang]", "hreflang");
    assert_eq!(languages, ["zh-Hant-HK", "zh-Hant-TW", "zh-Hans-CN", "x-default"]);
    let toggle = attributes(&taiwan, ".scripts a[hreflang]", "hreflang");
    assert_eq!(toggle, ["zh-Hant-HK", "zh-Hant-TW", "zh-Hans-CN"]);
    let default = attributes(&page(&pages, "hk/index.html"), "link[hreflang=x-default]", "href");
    assert_eq!(default, ["https://example.org/"]);
    let default = attributes(&hong_kong, "link[rel=alternate][hreflang=x-default]", "href");
    assert_eq!(default, ["https://example.org/tw/demo/finance.html"]);
}

#[test]
fn what_is_no_edition_is_told_at_its_place() {
    for (editions, code) in [
        ("editions = [\"hant\", \"en\"]", "unknown-edition"),
        ("editions = [\"hant\", \"hant\"]", "duplicate-edition"),
        ("editions = [\"hant\"]\ndefault_edition = \"hans\"", "unknown-edition"),
        ("[[editions]]\nid = \"tw\"", "unknown-edition"),
        ("[[editions]]\nid = \"tw\"\nstandard = \"taiwan\"", "unknown-standard"),
        ("[[editions]]\nid = \"search\"\nscript = \"hant\"", "reserved-id"),
        ("[[editions]]\nid = \"hant\"\nlang = \"english\"", "bad-language"),
        ("[[editions]]\nid = \"a-very-long-id-indeed\"\nscript = \"hant\"", "bad-id"),
        ("[[editions]]\nstandard = \"tw\"", "missing-field"),
    ] {
        let site = format!(
            "-- content/site.toml --\ntitle = \"示範網站\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n{editions}\n"
        );
        let told = mistakes(&small_site(&site));
        assert!(told.contains(&format!("[{code}]")), "{editions}\n{told}");
        assert!(told.contains("content/site.toml:"), "{told}");
        assert_eq!(told.matches("error[").count(), 1, "{editions}\n{told}");
    }
}

/// Taiwan law, which nobody has a copyright in (Copyright Act, art. 9).
const LAW: &str = include_str!("law-apart.txt");

/// The measures' words on the page of a whole document, made of these texts.
fn published(script: &str, texts: &[String], edition: &str) -> Vec<String> {
    let measures = texts.iter().enumerate().map(|(index, text)| {
        let text = toml::Value::from(text.as_str());
        format!("[[measures]]\nnumber = \"1.{}\"\ntext = {text}\n", index + 1)
    });
    let site = format!(
        "-- content/site.toml --\ntitle = \"法\"\ndescription = \"法\"\nbase_url = \"https://example.org/\"\nscript = \"{script}\"\n[[editions]]\nid = \"tw\"\nstandard = \"tw\"\n[[editions]]\nid = \"hans\"\n-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"法\"\n{}",
        measures.collect::<String>()
    );
    let full = page(&render(&small_site(&site)), &format!("{edition}/demo/full.html"));
    let html = Html::parse_document(&full);
    let words = |index: usize| {
        let selector = format!("[id=\"m1-{}\"] .text span[id]", index + 1);
        let sentences = html.select(&Selector::parse(&selector).unwrap()).collect::<Vec<_>>();
        sentences.iter().flat_map(|one| one.text()).collect::<String>()
    };
    (0..texts.len()).map(words).collect()
}

#[test]
fn taiwans_laws_go_through_a_simplified_edition_and_lose_nothing_that_opencc_keeps() {
    let is_plain = |line: &&str| !line.is_empty() && !line.contains(char::is_whitespace);
    let lines = LAW.lines().filter(is_plain);
    let law: Vec<String> = lines.take(120).map(str::to_owned).collect();
    let simplified = published("hant", &law, "hans");
    let back = published("hans", &simplified, "tw");
    let way = |into| Way { into, standard: Standard::Tw };
    let (mut characters, mut kept) = (0, 0);
    for (text, back) in law.iter().zip(&back) {
        assert_eq!(text.chars().count(), back.chars().count(), "{text}");
        let opencc = OpenccRules.convert(text, &[], way(Script::Hans));
        let opencc = OpenccRules.convert(&opencc, &[], way(Script::Hant));
        for ((c, back), opencc) in text.chars().zip(back.chars()).zip(opencc.chars()) {
            characters += 1;
            kept += usize::from(back == c);
            assert!(back == c || opencc != c, "{c} became {back}: {text}");
        }
    }
    assert!(characters > 3_000 && kept * 1000 > characters * 995, "{kept} of {characters}");
}
