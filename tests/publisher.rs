//! Whose a site is, and how official: said on every page, and no more than the
//! content says.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{default_site, page, render, small_site};

fn site(more: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    let text = "-- content/site.toml --\ntitle = \"示範網站\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n";
    render(&small_site(&format!("{text}{more}"))).into_iter().collect()
}

#[test]
fn every_page_of_a_site_that_says_nothing_is_unofficial() {
    let mut seen = 0;
    for path in default_site().keys().filter(|path| path.ends_with(".html")) {
        let text = page(default_site(), path);
        let shown = text.split_once("<body").unwrap().1;
        assert!(shown.contains("非官方"), "{path}");
        seen += 1;
    }
    assert!(seen > 200, "only {seen} pages were read");
}

#[test]
fn an_official_site_says_whose_and_an_unofficial_one_by_whom() {
    let official = site("publisher = \"試政府\"\nstatus = \"official\"\n");
    let home = page(&official, "hans/index.html");
    assert!(home.contains("本站是试政府的官方网站。") && !home.contains("非官方"), "{home}");
    let other = site("publisher = \"試社\"\nstatus = \"draft\"\n");
    let home = page(&other, "hant/demo/finance/1.html");
    assert!(home.contains("本站由試社發布。本站為草稿，內容未定。"), "{home}");
    assert!(!home.contains("官方網站"), "{home}");
}

#[test]
fn a_mistake_is_told_with_the_pages_address() {
    let mail = site("contact = \"a@example.org\"\n");
    let own = page(&mail, "hant/demo/finance/1.html");
    let address = "https%3A%2F%2Fexample.org%2Fhant%2Fdemo%2Ffinance%2F1.html";
    assert!(own.contains(&format!("&amp;body={address}\"")), "{own}");
    let web = site("contact = \"https://example.org/new?text={address}\"\n");
    let own = page(&web, "hans/demo/full.html");
    let href = "https://example.org/new?text=https%3A%2F%2Fexample.org%2Fhans%2Fdemo%2Ffull.html";
    assert!(own.contains(href), "{own}");
    // What nobody asked for is not loaded.
    assert!(!page(default_site(), "hant/index.html").contains("report.js"));
}
