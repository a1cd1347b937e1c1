//! A site of several documents: which one a page speaks of, how one finds them,
//! and what follows what. The site stands in `tests/many/`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use scraper::{Html, Selector};
use support::outline::outline;
use support::{Pages, page, render, root, small_site};
use tongwen::io::read_tree;

fn pages() -> Pages {
    render(&read_tree(&root().join("tests/many")).unwrap())
}

fn shown(pages: &Pages, path: &str, selector: &str) -> String {
    let html = Html::parse_document(&page(pages, path));
    let mut text = format!("=== {path}\n");
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector).for_each(|one| outline(one, 0, &mut text));
    text
}

fn golden(name: &str, shown: &str) {
    insta::with_settings!({
        snapshot_path => "golden/many",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, shown) });
}

/// Every kind of page that names more than one document, in both editions.
#[test]
fn what_pages_about_several_documents_show_is_golden() {
    let pages = pages();
    for (name, path, selector) in [
        ("home", "index.html", "main"),
        ("search", "search.html", "#browse"),
        ("contents-of-the-site", "about.html", "nav.contents"),
        ("contents-of-a-document", "plan/index.html", "nav.contents"),
        ("entity", "entities/river-bank.html", "main"),
        ("related", "memo-2023/finance/1.html", "main"),
        ("amended", "agreement-2020/fund/2.html", "main"),
        ("amending", "supplement-2021/index.html", "main .head"),
        ("continued", "memo-2019/index.html", "main .head"),
        ("comparison", "compare/memo-2019..memo-2023.html", "main"),
        ("unlabelled", "plan/banks.html", "nav.side, main"),
        ("unlabelled-article", "rules-2022/general/2.html", "nav.side, main"),
    ] {
        let both =
            ["hant/", "hans/"].map(|edition| shown(&pages, &[edition, path].concat(), selector));
        golden(name, &both.join("\n"));
    }
}

/// So many documents, each of one measure; of some, title and date are the same.
fn many(count: usize) -> Pages {
    let mut text = String::new();
    for number in 1..=count {
        let (title, year) = (number.div_ceil(2), 1990 + number % 30);
        text.push_str(&format!(
            "-- content/m{number}/memorandum.toml --\nid = \"m{number}\"\ntitle = \"第{title}份\"\nsigned = {year}-01-01\nparties = [\"甲方政府\", \"乙方政府\"]\nsummary = \"兩地合作發展經濟。\"\n-- content/m{number}/01-a.toml --\nid = \"a\"\ntitle = \"金融\"\n[[measures]]\ntext = \"支持發展。\"\n"
        ));
    }
    render(&small_site(&text))
}

fn select(pages: &Pages, path: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(&page(pages, path));
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector).map(|one| one.text().collect::<String>().trim().to_owned()).collect()
}

#[test]
fn every_document_is_listed_once_whatever_their_number() {
    // The small site has one of its own.
    for count in [0, 1, 2, 7, 119, 120, 250] {
        let pages = many(count);
        let all = count + 1;
        let lists: Vec<&String> =
            pages.keys().filter(|path| path.starts_with("hant/documents/")).collect();
        let listed: Vec<String> = match lists.is_empty() {
            true => {
                select(&pages, "hant/index.html", "section.memorandum h2 a, .documents .name a")
            }
            false => {
                lists.iter().flat_map(|path| select(&pages, path, ".documents .name a")).collect()
            }
        };
        assert_eq!(listed.len(), all, "{count}");
        let different: std::collections::BTreeSet<&String> = listed.iter().collect();
        assert_eq!(different.len(), all, "two documents of one name: {listed:?}");
        assert_eq!(lists.len(), if all > 120 { all.div_ceil(100) } else { 0 });
        // What is not on the home page is led to from there.
        if !lists.is_empty() {
            assert_eq!(select(&pages, "hant/index.html", ".documents .name a").len(), 12);
            let counts = select(&pages, "hant/index.html", ".group-index .count");
            let counts = counts.iter().map(|one| one.trim_end_matches(" 份").parse::<usize>());
            assert_eq!(counts.map(Result::unwrap).sum::<usize>(), all);
        }
        for path in ["hant/index.html", "hant/search.html", "index.html"] {
            assert!(pages[path].len() < 200_000, "{path}: {}", pages[path].len());
        }
        lists.iter().for_each(|path| assert!(pages[*path].len() < 200_000, "{path}"));
    }
}

#[test]
fn a_group_that_goes_on_over_pages_is_named_on_each() {
    let mut text = String::new();
    for number in 1..=150 {
        text.push_str(&format!(
            "-- content/m{number}/memorandum.toml --\nid = \"m{number}\"\ntitle = \"第{number}份\"\ngroup = \"海關<1>\"\n-- content/m{number}/01-a.toml --\nid = \"a\"\ntitle = \"金融\"\n[[measures]]\ntext = \"支持發展。\"\n"
        ));
    }
    let pages = render(&small_site(&text));
    // One of the small site's own, by its year, is the latest.
    assert_eq!(select(&pages, "hant/documents/1.html", ".documents h2"), ["2021 年", "海關<1>"]);
    assert_eq!(select(&pages, "hans/documents/2.html", ".documents h2"), ["海关<1>"]);
    assert_eq!(
        select(&pages, "hant/index.html", ".group-index li"),
        ["2021 年 1 份", "海關<1> 150 份"]
    );
    assert!(!pages.contains_key("hant/documents/3.html"));
}
