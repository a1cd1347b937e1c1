//! Each structure that a document may have, as the sites in `tests/documents/`:
//! it verifies, the page of the whole text says what the source says in its
//! order, and what its pages show is golden.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write;

use scraper::{ElementRef, Html, Selector};
use support::outline::outline;
use support::{Pages, documents, mistakes, page, render, text_of};
use tongwen::pipeline::{self, Overrides};
use tongwen::render::Renderer;
use tongwen::source::Tree;

#[test]
fn every_structure_verifies_and_shows_all_of_its_source_in_order() {
    let documents = documents();
    assert!(documents.len() >= 8);
    for (name, tree) in documents {
        assert_eq!(mistakes(&tree), "", "{name}");
        let pages = render(&tree);
        for (seed, full) in sources(&tree, &pages) {
            let source: String = text_of(&tree, &seed)
                .lines()
                // What fixtures skip by a rule: the numbers of pages.
                .filter(|line| !["第 1 頁", "— 1 —"].contains(line))
                .collect();
            let html = Html::parse_document(&page(&pages, &full));
            let article = html.select(&selector("article.document")).next().unwrap();
            let shown: String = article
                .descendants()
                .filter_map(|node| {
                    let parent = node.parent().and_then(ElementRef::wrap)?;
                    Some(as_printed(article, node.value().as_text()?, parent))
                })
                .collect();
            assert_eq!(unspaced(&shown), unspaced(&source), "{name}: {full}");
        }
    }
}

#[test]
fn what_pages_of_every_structure_show_is_golden() {
    for (name, tree) in documents() {
        let pages = render(&tree);
        insta::with_settings!({
            snapshot_path => "golden/documents",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(name.as_str(), outlines(&pages)) });
    }
}

/// A preview asks by addresses for what a build puts there.
#[test]
fn every_route_of_every_structure_is_found_by_its_path() {
    for (name, tree) in documents() {
        let site = pipeline::load(&tree, &Overrides::default()).site.unwrap();
        let renderer = Renderer::new(&site.library, &site.theme);
        let others: Vec<_> = renderer.other_routes().collect();
        for route in renderer.routes() {
            let path = renderer.path(route);
            let found = renderer.find(&path) == Some(route) || others.contains(&route);
            assert!(found, "{name}: {path}");
        }
    }
}

#[test]
fn an_entity_in_a_field_is_mentioned_in_that_role() {
    let all = documents();
    let (_, tree) = all.iter().find(|(name, _)| name == "plan-with-fields").unwrap();
    let pages = render(tree);
    let roads = Html::parse_document(&page(&pages, "hant/entities/roads.html"));
    let shown = |name: &str| -> Vec<String> {
        roads.select(&selector(name)).map(|one| one.text().collect()).collect()
    };
    // In the text's tail, and in a cell beside the text.
    assert_eq!(shown(".mentions .role"), ["負責單位", "負責單位"]);
    let north = page(&pages, "hans/entities/north.html");
    assert_eq!(north.matches("<small class=\"role\">范围</small>").count(), 1, "{north}");
    let table = page(&pages, "hant/plan/fields.html");
    assert!(table.contains("<p><a href=\"../entities/parks.html\">園林組</a>、<a href=\"../entities/roads.html\">道路組</a></p>"), "{table}");
    assert!(page(&pages, "sitemap.xml").contains("/hans/plan/fields.html"));
    let full = page(&pages, "hant/plan/index.html");
    assert!(full.contains("<a href=\"fields.html\">負責單位、範圍</a>"), "{full}");
}

/// A text of the page; a number that is the site's own, as the document prints it.
fn as_printed(article: ElementRef<'_>, text: &str, parent: ElementRef<'_>) -> String {
    let number = parent.value().name() == "a";
    let printed = article.value().classes().any(|class| class == "printed");
    match text.split_once('.') {
        Some((_, place)) if number && !printed => format!("{place}."),
        _ => text.to_owned(),
    }
}

/// Each source document with the page that shows it whole in its script.
fn sources(tree: &Tree, pages: &Pages) -> Vec<(String, String)> {
    let seeds = tree.files.keys().filter(|path| path.starts_with("seeds/"));
    let full = |edition: &str| {
        let own = |path: &&String| path.starts_with(edition) && path.ends_with("/full.html");
        pages.keys().find(own).cloned().unwrap()
    };
    seeds
        .map(|seed| {
            let hans = seed.ends_with("-hans.txt") || !pages.contains_key("hant/index.html");
            (seed.clone(), full(if hans { "hans/" } else { "hant/" }))
        })
        .collect()
}

/// The pages of the documents in the first edition: what each one is made of.
fn outlines(pages: &Pages) -> String {
    let edition = if pages.contains_key("hant/index.html") { "hant/" } else { "hans/" };
    let mut text = String::new();
    for path in pages.keys().filter(|path| is_of_a_document(path, edition)) {
        let html = Html::parse_document(&page(pages, path));
        let title: String =
            html.select(&selector("head > title")).flat_map(|one| one.text()).collect();
        writeln!(text, "=== {path}\n{title}").unwrap();
        // Of the many pages of measures, what each is called and says.
        let shown = match path.matches('/').count() {
            3 => {
                "main h1, main .numeral, main .notice, main .measure > :not(.tools), .citation-text, .turn"
            }
            _ => "main",
        };
        html.select(&selector(shown)).for_each(|one| outline(one, 0, &mut text));
        text.push('\n');
    }
    text
}

fn is_of_a_document(path: &str, edition: &str) -> bool {
    let Some(below) = path.strip_prefix(edition) else { return false };
    path.ends_with(".html") && below.contains('/') && !below.starts_with("entities/")
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Without areas to list, a document's overview lists its measures; so does the home
/// page, unless they are many.
#[test]
fn an_overview_lists_the_measures_of_a_document_without_areas() {
    for count in [0, 1, 10, 500, 1200] {
        let measures: String =
            (1..=count).map(|at| format!("[[measures]]\ntext = \"第{at}項內容。\"\n")).collect();
        let site = format!(
            "-- content/demo/memorandum.toml --\nid = \"demo\"\ntitle = \"決定\"\nkind = \"decision\"\n\
             [numbering]\nmeasure = \"{{1}}.\"\n-- content/demo/01-finance.toml --\nid = \"text\"\n{measures}"
        );
        let pages = render(&support::small_site(&site));
        let entries = |path: &str| {
            let html = Html::parse_document(&page(&pages, path));
            let listed = selector("main .areas .entries a");
            html.select(&listed)
                .map(|link| link.attr("href").unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let overview = "hant/demo/index.html";
        let own = entries(overview);
        assert_eq!(own.len(), count.min(1000));
        assert_eq!(own.last().cloned(), own.last().map(|_| format!("text/{}.html", own.len())));
        assert_eq!(entries("hant/index.html").len(), if count > 60 { 0 } else { count });
        let html = Html::parse_document(&page(&pages, overview));
        let rest = html.select(&selector("main .areas .actions a, main .areas .index a")).count();
        assert_eq!(rest, usize::from(count > 1000), "what is left out has a link");
        let empty = html.select(&selector("main ol:empty")).count();
        assert_eq!(empty, 0, "{count}: no list is empty");
        let said = page(&pages, overview).contains("沒有事項。");
        assert_eq!(said, count == 0, "{count}: that there is none is said");
    }
}
