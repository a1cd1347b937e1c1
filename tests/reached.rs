//! Nothing stands alone: a reader comes to every page from the entry by links, and
//! what an author writes in a field of a measure arrives where readers look for it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};
use support::{documents, render, root, tree};
use tongwen::io::read_tree;
use tongwen::library::Route;
use tongwen::parse::fields::{Shape, Table};
use tongwen::parse::schema::Kind;
use tongwen::pipeline::{self, Overrides};
use tongwen::render::Renderer;
use tongwen::source::Tree;

/// The pages of a site with the paths that their links name.
fn links(tree: &Tree) -> BTreeMap<String, BTreeSet<String>> {
    let site = pipeline::load(tree, &Overrides::default()).site.unwrap();
    let renderer = Renderer::new(&site.library, &site.theme);
    let link = Selector::parse("a[href]").unwrap();
    let is_page = |route: &Route| matches!(route, Route::Page(..) | Route::Entry);
    renderer
        .routes()
        .filter(is_page)
        .map(|route| {
            let bytes = renderer.render(route).unwrap();
            let html = Html::parse_document(std::str::from_utf8(&bytes).unwrap());
            let path = renderer.path(route);
            let hrefs = html.select(&link).map(|link| link.attr("href").unwrap());
            let targets = hrefs.filter_map(|href| resolve(&path, href)).collect();
            (path, targets)
        })
        .collect()
}

/// The path that a relative address means on a page.
fn resolve(page: &str, href: &str) -> Option<String> {
    let href = href.split(['#', '?']).next().filter(|href| !href.contains(':'))?;
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn every_page_is_reached_from_the_entry_by_links() {
    let mut sites = documents();
    for site in ["", "tests/many", "tests/versions/present", "docs/manual"] {
        sites.push((site.to_owned(), read_tree(&root().join(site)).unwrap()));
    }
    for (name, tree) in sites {
        let links = links(&tree);
        let mut reached = BTreeSet::from(["index.html".to_owned()]);
        let mut next: Vec<&String> = vec![links.keys().find(|path| *path == "index.html").unwrap()];
        while let Some(path) = next.pop() {
            for target in &links[path] {
                if let Some((target, _)) = links.get_key_value(target)
                    && reached.insert(target.clone())
                {
                    next.push(target);
                }
            }
        }
        let alone: Vec<&String> = links.keys().filter(|path| !reached.contains(*path)).collect();
        assert!(alone.is_empty(), "nothing leads to these pages of `{name}`: {alone:?}");
    }
}

/// What a measure may have, by its keys: as it is written, the words of it that
/// readers look for, and which of the pages, the record, the tables of open data
/// and the search have them (`prds`).
const FIELDS: &[(&str, &str, &str, &str)] = &[
    ("number", "\"1.1\"", "1.1", "prds"),
    ("mark", "\"第九十七條\"", "第九十七條", "prds"),
    ("title", "\"題頭蒹葭\"", "題頭蒹葭", "prds"),
    ("label", "\"短題采薇\"", "短題采薇", "prds"),
    ("text", "\"\"\"\n正文鹿鳴。\n（一）一項棠棣；\n（二）另項伐木。\"\"\"", "正文鹿鳴", "prds"),
    ("fields", "{ lead = \"甘棠署\" }", "甘棠署", "prds"),
    ("related", "[\"1.3\"]", "hant/demo/a/3.html", "p"),
    ("amends", "[\"old/1.1\"]", "hant/old/a/1.html", "p"),
];

fn declared() -> &'static Table {
    let field = Kind::Area.table().fields.iter().find(|field| field.key == "measures").unwrap();
    let Shape::Tables(table) = field.shape else { panic!("measures are tables") };
    table
}

/// A value that is unlike all others, in every field of a measure: it is found
/// wherever readers look. A new field fails here until it is said where.
#[test]
fn every_field_of_a_measure_arrives_where_readers_look_for_it() {
    let known: BTreeSet<&str> = FIELDS.iter().map(|(key, ..)| *key).collect();
    let keys: BTreeSet<&str> = declared().fields.iter().map(|field| field.key).collect();
    assert_eq!(known, keys, "say of each field where readers find it");
    let measure: String =
        FIELDS.iter().map(|(key, value, ..)| format!("{key} = {value}\n")).collect();
    let site = tree(&format!(
        "-- content/site.toml --\ntitle = \"試\"\ndescription = \"試。\"\n-- content/demo/memorandum.toml --\nid = \"demo\"\ntitle = \"備忘錄\"\nkind = \"regulation\"\n[numbering]\nmeasure = \"第{{一}}條\"\nitems = [\"（{{一}}）\"]\n[[fields]]\nid = \"lead\"\nname = \"牽頭\"\n-- content/demo/01-a.toml --\nid = \"a\"\nnumber = 1\ntitle = \"甲\"\n[[measures]]\n{measure}[[measures]]\ntext = \"次條。\"\n[[measures]]\ntext = \"末條。\"\n-- content/old/memorandum.toml --\nid = \"old\"\ntitle = \"舊條例\"\n-- content/old/a.toml --\nid = \"a\"\ntitle = \"甲\"\n[[measures]]\ntext = \"舊條。\"\n"
    ));
    let pages = render(&site);
    let within = |wanted: fn(&str) -> bool| -> String {
        let own = pages.iter().filter(|(path, _)| wanted(path));
        own.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect::<Vec<_>>().join("\n")
    };
    let own = within(|path| path == "hant/demo/a/1.html");
    let main = own.find("<main").unwrap();
    let links = links(&site).remove("hant/demo/a/1.html").unwrap();
    let page = [&own[main..], &Vec::from_iter(links).join(" ")].concat();
    let record = within(|path| path == "data/demo.json");
    let data = within(|path| path.starts_with("data/") && path.ends_with(".csv"));
    let search = within(|path| path.starts_with("search/") && path.contains("hant"));
    for (key, _, words, places) in FIELDS {
        for (letter, place, text) in [
            ('p', "its page", &page),
            ('r', "the record", &record),
            ('d', "the tables", &data),
            ('s', "the search", &search),
        ] {
            assert_eq!(text.contains(words), places.contains(letter), "`{key}` in {place}");
        }
    }
}
