//! The page on which readers check a document themselves: the source's own lines
//! beside the text, and the files that both stand for.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;
use std::fs;

use scraper::{ElementRef, Html, Selector};
use support::{default_site, page, render, root, sha256, small_site};

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect()
}

fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn source_page(edition: &str) -> Html {
    Html::parse_document(&page(default_site(), &format!("{edition}/hubei-2021/source.html")))
}

#[test]
fn the_source_is_published_byte_for_byte_with_its_digest() {
    let file = fs::read(root().join("seeds/hubei-2021.txt")).unwrap();
    assert_eq!(default_site()["data/sources/hubei-2021.hant.txt"], file);
    let digest = sha256(std::str::from_utf8(&file).unwrap());
    let html = source_page("hans");
    let command = select(&html, "pre code").into_iter().map(text).next().unwrap();
    assert_eq!(command, format!("echo \"{digest}  hubei-2021.hant.txt\" | sha256sum -c"));
    let compare = &select(&html, ".compare")[0];
    assert_eq!(compare.attr("data-sha256"), Some(&*digest));
    assert_eq!(compare.attr("data-file"), Some("../../data/sources/hubei-2021.hant.txt"));
}

#[test]
fn every_line_of_the_source_stands_beside_the_text() {
    let file = fs::read_to_string(root().join("seeds/hubei-2021.txt")).unwrap();
    let html = source_page("hant");
    let shown: BTreeMap<usize, String> = select(&html, ".row > div > p")
        .into_iter()
        .map(|line| {
            let number = line.attr("id").unwrap().strip_prefix("hant-").unwrap();
            let own = text(line);
            (number.parse().unwrap(), own.strip_prefix(number).unwrap().to_owned())
        })
        .collect();
    let lines = (1..).zip(file.lines().map(str::to_owned));
    let expected: BTreeMap<usize, String> =
        lines.filter(|(_, line)| !line.trim().is_empty()).collect();
    assert_eq!(shown, expected);
    // Both sides of a row say the same, but for what is skipped.
    let (mut texts, mut joins) = (String::new(), 0);
    for row in select(&html, ".rows > .row:not(.columns)") {
        let line = Selector::parse(".row > div > p").unwrap();
        let struck = Selector::parse("s").unwrap();
        let own: String = row
            .select(&line)
            .map(|line| {
                let number = line.child_elements().next().map(text).unwrap();
                let skipped: String = line.select(&struck).map(text).collect();
                text(line).replacen(&number, "", 1).replace(&skipped, "")
            })
            .collect();
        let beside = row.child_elements().nth(1).unwrap();
        if beside.attr("class") == Some("reason") {
            assert_eq!(unspaced(&own), "", "{}", row.html());
            continue;
        }
        assert_eq!(unspaced(&own), unspaced(&text(beside)), "{}", row.html());
        texts.push_str(&text(beside));
        joins += beside.select(&Selector::parse(".cut").unwrap()).count();
    }
    let listed = select(&html, "#hant ul.joins").remove(0).child_elements().count();
    assert_eq!(joins, listed);
    assert!(unspaced(&texts).contains("本備忘錄一式四份"));
}

#[test]
fn what_says_that_it_was_compared_leads_there_and_no_page_repeats_the_digest() {
    let file = fs::read_to_string(root().join("seeds/hubei-2021.txt")).unwrap();
    let digest = sha256(&file);
    let mut seen = 0;
    for path in default_site().keys().filter(|path| path.ends_with(".html")) {
        let html = page(default_site(), path);
        if !path.ends_with("/source.html") {
            assert!(!html.contains(&digest[..8]), "{path}");
        }
        if html.contains("逐字核對") || html.contains("逐字核对") {
            assert!(html.contains("source.html"), "{path}");
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} pages say it");
}

const TEXT: &str = "示範備忘錄\n一、金融\n1.支持金融機構\n參與建設。\n— 1 —\n";

fn demo(site: &str, source: &str) -> BTreeMap<String, Vec<u8>> {
    let tree = small_site(&format!(
        "-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n{site}\n\
         -- content/demo/memorandum.toml --\nid = \"demo\"\ntitle = \"示範備忘錄\"\nsigned = 2021-11-29\n\
         [source]\nfile = \"seeds/demo.txt\"\nsha256 = \"{}\"\n{source}\n[[source.skip]]\nline = \"— {{1}} —\"\nreason = \"頁碼\"\n\
         -- seeds/demo.txt --\n{TEXT}",
        sha256(TEXT)
    ));
    render(&tree).into_iter().collect()
}

#[test]
fn joins_and_what_is_skipped_are_marked_on_their_lines() {
    let site = demo("", "url = \"https://issuer.example.org/a\"");
    let html = Html::parse_document(&page(&site, "hant/demo/source.html"));
    let rows: Vec<String> = select(&html, ".rows > .row:not(.columns)")
        .into_iter()
        .map(|row| row.inner_html().replace("<i class=\"cut\"></i>", "‖"))
        .collect();
    assert_eq!(
        rows,
        [
            "<div><p id=\"hant-1\"><span>1</span>示範備忘錄</p></div><p>示範備忘錄</p>",
            "<div><p id=\"hant-2\"><span>2</span>一、金融</p></div><p>一、金融</p>",
            "<div><p id=\"hant-3\"><span>3</span>1.支持金融機構‖</p><p id=\"hant-4\"><span>4</span>參與建設。</p></div><p>1.支持金融機構‖參與建設。</p>",
            "<div><p id=\"hant-5\"><span>5</span><s>— 1 —</s></p></div><p class=\"reason\">從略：頁碼</p>",
        ]
    );
    let links: Vec<_> = select(&html, ".facts a").iter().filter_map(|a| a.attr("href")).collect();
    assert_eq!(links, ["https://issuer.example.org/a"]);
}

#[test]
fn a_site_may_publish_no_source() {
    let site = demo("publish_sources = false", "");
    assert!(!site.keys().any(|path| path.starts_with("data/sources/")));
    let html = page(&site, "hant/demo/source.html");
    assert!(html.contains("本站不提供來源文件") && html.contains(&sha256(TEXT)), "{html}");
    assert!(!html.contains("class=\"rows\"") && !html.contains("data/sources"), "{html}");
}

#[test]
fn a_document_that_was_not_compared_has_no_such_page() {
    for (path, bytes) in render(&small_site("")) {
        assert!(!path.ends_with("source.html"), "{path}");
        assert!(!String::from_utf8_lossy(&bytes).contains("source.html"), "{path}");
    }
}

#[test]
fn a_measure_leads_to_its_own_lines() {
    let source = source_page("hant");
    let mut seen = 0;
    for (path, bytes) in default_site().iter() {
        let is_measure = path.starts_with("hant/hubei-2021/") && path.matches('/').count() == 3;
        if !is_measure {
            continue;
        }
        let html = Html::parse_document(std::str::from_utf8(bytes).unwrap());
        let link = select(&html, ".notice a[href*='source.html']")[0].attr("href").unwrap();
        let (_, id) = link.split_once('#').unwrap();
        let row = select(&source, &format!("#{id}")).remove(0);
        let own: String = select(&html, ".measure .text").into_iter().map(text).collect();
        let beside = text(row.child_elements().nth(1).unwrap());
        assert!(unspaced(&beside).contains(&unspaced(&own)), "{path}: {link}");
        seen += 1;
    }
    assert_eq!(seen, 52);
}
