//! Where everything of a site stands: no two files at one path and none below
//! another, whatever they come from.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use support::{mistakes, small_site, tree};
use tongwen::library;
use tongwen::model::{BaseUrl, Date};
use tongwen::pipeline::{self, Overrides};
use tongwen::render::Renderer;
use tongwen::snapshot::{Seal, Version, VersionName, Versions};
use tongwen::source::Tree;

/// Ids that the tool itself has for something, and others that begin or end alike.
const IDS: [&str; 22] = [
    "a",
    "a-b",
    "b",
    "1",
    "archive",
    "assets",
    "compare",
    "data",
    "datapackage",
    "documents",
    "entities",
    "feed",
    "fields",
    "full",
    "grams",
    "index",
    "matrix",
    "measures",
    "search",
    "source",
    "text",
    "versions",
];

/// Names of the site's own files.
const GIVEN: [&str; 16] = [
    "a",
    "A",
    "index.html",
    "Robots.txt",
    "hant",
    "HANT/x",
    "hant/a.html",
    "hant/a/x",
    "assets/x",
    "assets/Style.css",
    "data/a.json",
    "data",
    "own/\u{e9}",
    "own/e\u{301}",
    "own",
    "sitemap.xml/x",
];

/// Files of a theme of the site's own, above those that the tool brings.
const OF_THEME: [&str; 4] = ["own.css", "Style.css", "style.css/x", "own.css/y"];

fn id() -> impl Strategy<Value = &'static str> {
    prop::sample::select(IDS.to_vec())
}

fn ids(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(IDS.to_vec(), 1..=most)
}

/// A document in areas, its former ids, and whether its first area is unnamed.
#[derive(Debug, Clone)]
struct Document {
    id: &'static str,
    formerly: Option<&'static str>,
    areas: Vec<&'static str>,
    of_area: Option<&'static str>,
}

#[derive(Debug, Clone)]
struct Site {
    editions: Vec<&'static str>,
    documents: Vec<Document>,
    entities: Vec<&'static str>,
    pages: Vec<&'static str>,
    of_page: Option<&'static str>,
    given: Vec<&'static str>,
    of_theme: Vec<&'static str>,
    versions: Vec<&'static str>,
    is_large: bool,
}

fn document() -> impl Strategy<Value = Document> {
    let some_id = || prop::option::weighted(0.2, id());
    (id(), some_id(), ids(3), some_id()).prop_map(|(id, formerly, areas, of_area)| Document {
        id,
        formerly,
        areas,
        of_area,
    })
}

fn site() -> impl Strategy<Value = Site> {
    let few = |all: &[&'static str], most: usize| {
        prop_oneof![
            2 => Just(Vec::new()),
            1 => prop::sample::subsequence(all.to_vec(), 1..=most),
        ]
    };
    let named = (
        prop_oneof![Just(vec!["hant", "hans"]), ids(2)],
        prop::collection::vec(document(), 1..3),
        prop_oneof![Just(Vec::new()), ids(3)],
        prop_oneof![Just(Vec::new()), ids(3)],
        prop::option::weighted(0.2, id()),
    );
    let other = (
        few(&GIVEN, 3),
        few(&OF_THEME, 2),
        few(&["1", "1.2", "1-2", "v1", "2024-07"], 3),
        prop::bool::weighted(0.05),
    );
    (named, other).prop_map(
        |(
            (editions, documents, entities, pages, of_page),
            (given, of_theme, versions, is_large),
        )| {
            Site {
                editions,
                documents,
                entities,
                pages,
                of_page,
                given,
                of_theme,
                versions,
                is_large,
            }
        },
    )
}

fn formerly(id: Option<&str>) -> String {
    id.map(|id| format!("formerly = [\"{id}\"]\n")).unwrap_or_default()
}

fn files(site: &Site) -> Tree {
    let mut text = "-- content/site.toml --\ntitle = \"試\"\ndescription = \"試。\"\nbase_url = \"https://example.org/\"\n".to_owned();
    for edition in &site.editions {
        text += &format!("[[editions]]\nid = \"{edition}\"\nscript = \"hant\"\n");
    }
    for Document { id, formerly: before, areas, of_area } in &site.documents {
        let before = formerly(*before);
        text += &format!(
            "-- content/{id}/memorandum.toml --\nid = \"{id}\"\n{before}title = \"備忘錄\"\n"
        );
        for area in areas {
            let (before, title) = (formerly(*of_area), "title = \"金融\"\n");
            let title = if *area == "text" { "" } else { title };
            text += &format!("-- content/{id}/{area}.toml --\nid = \"{area}\"\n{before}{title}");
            for _ in 0..2 {
                let length = if site.is_large { 60_000 } else { 2 };
                text += &format!("[[measures]]\ntext = \"{}。\"\n", "合作".repeat(length));
            }
        }
    }
    text += "-- content/entities.toml --\n";
    for entity in &site.entities {
        text +=
            &format!("[[entities]]\nid = \"{entity}\"\nkind = \"topic\"\nname = \"名{entity}\"\n");
    }
    for page in &site.pages {
        let before = formerly(site.of_page);
        text += &format!("-- content/pages/{page}.md --\n+++\ntitle = \"頁\"\n{before}+++\n文\n");
    }
    let mut tree = tree(&text);
    for path in &site.given {
        tree.insert(format!("static/{path}"), *b"x");
    }
    for path in &site.of_theme {
        tree.insert(format!("themes/default/static/{path}"), *b"x");
    }
    tree
}

fn versions(names: &[&str], tree: &Tree) -> Option<Versions> {
    let site = pipeline::load(tree, &Overrides::default()).site?;
    let seal = |index: usize| Seal::parse(&format!("{index:064x}")).unwrap();
    let all = names.iter().enumerate().map(|(index, name)| Version {
        name: VersionName::parse(name).unwrap(),
        date: Date::parse("2024-07-01").unwrap(),
        note: None,
        seal: seal(index),
        previous_seal: index.checked_sub(1).map(seal),
        software: "tongwen 0.1.0".to_owned(),
        base_url: BaseUrl::parse("https://example.org/").unwrap(),
        record: library::record(&site.library),
        pages: Vec::new(),
    });
    Some(Versions::new(all.collect()))
}

/// What a file system that takes much for one makes of a path.
fn as_one(path: &str) -> String {
    use icu_normalizer::ComposingNormalizerBorrowed;
    ComposingNormalizerBorrowed::new_nfc().normalize(&path.to_lowercase()).into_owned()
}

/// The first two paths of which one cannot stand beside the other.
fn clash(paths: &[String]) -> Option<(String, String)> {
    let mut files: BTreeMap<String, &String> = BTreeMap::new();
    for path in paths {
        if let Some(other) = files.insert(as_one(path), path) {
            return Some((path.clone(), other.clone()));
        }
    }
    let mut folders: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        for (end, _) in path.match_indices('/') {
            let folder = as_one(&path[..end]);
            if let Some(file) = files.get(&folder) {
                return Some((path.clone(), (*file).clone()));
            }
            let other = folders.entry(folder).or_insert(&path[..end]);
            if *other != &path[..end] {
                return Some((path.clone(), (*other).to_owned()));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_two_output_paths_are_equal_and_none_is_a_folder_of_another(site in site()) {
        let tree = files(&site);
        let versions = versions(&site.versions, &tree).unwrap_or_default();
        let overrides = Overrides { versions, ..Overrides::default() };
        let loaded = pipeline::load(&tree, &overrides);
        if let Some(made) = loaded.site {
            let renderer = Renderer::new(&made.library, &made.theme);
            let routes = renderer.routes().map(|route| renderer.path(route));
            let of_versions = site.versions.iter().flat_map(|name| {
                [format!("archive/{name}/index.html"), format!("archive/{name}.zip")]
            });
            let paths: Vec<String> = routes.chain(of_versions).collect();
            prop_assert_eq!(clash(&paths), None);
        }
    }
}

/// Else nothing is tried by them.
#[test]
fn generated_sites_are_good_and_bad_in_turn() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut good, mut refused) = (0, String::new());
    for _ in 0..60 {
        let site = site().new_tree(&mut runner).unwrap().current();
        let said = mistakes(&files(&site));
        good += usize::from(!said.contains("error["));
        refused.push_str(&said);
    }
    assert!(good > 4, "{good}");
    for code in ["colliding-address", "colliding-file", "reserved-id"] {
        assert!(refused.contains(&format!("error[{code}]")), "{code}");
    }
}

#[test]
fn a_name_that_the_site_itself_uses_is_no_id_whatever_else_the_site_has() {
    let page = |id: &str| format!("-- content/pages/{id}.md --\n+++\ntitle = \"頁\"\n+++\n文\n");
    let memorandum = |id: &str| {
        format!(
            "-- content/{id}/memorandum.toml --\nid = \"{id}\"\ntitle = \"備忘錄\"\n-- content/{id}/1.toml --\nid = \"a\"\ntitle = \"甲\"\n[[measures]]\ntext = \"甲。\"\n"
        )
    };
    let area = |id: &str| {
        format!(
            "-- content/demo/02-more.toml --\nid = \"{id}\"\nnumber = 2\ntitle = \"甲\"\n[[measures]]\ntext = \"甲。\"\n"
        )
    };
    let entity = |id: &str| {
        format!(
            "-- content/entities.toml --\n[[entities]]\nid = \"{id}\"\nkind = \"topic\"\nname = \"甲\"\n"
        )
    };
    let cases = ["data", "index", "matrix", "search"].map(page).into_iter();
    let cases = cases
        .chain(["versions", "datapackage"].map(memorandum))
        .chain(["index", "full", "parallel", "source", "fields"].map(area))
        .chain(["index"].map(entity));
    for case in cases {
        let said = mistakes(&small_site(&case));
        assert!(said.contains("error[colliding-address]"), "{case}: {said}");
        assert_eq!(said.matches("error[").count(), 1, "{case}: {said}");
    }
}

#[test]
fn an_edition_is_called_like_no_folder_that_stands_beside_it() {
    for id in ["archive", "assets", "data", "grams", "search"] {
        let site = format!(
            "-- content/site.toml --\ntitle = \"試\"\ndescription = \"試。\"\n[[editions]]\nid = \"{id}\"\nscript = \"hant\"\n"
        );
        let said = mistakes(&small_site(&site));
        assert!(said.contains("error[reserved-id]"), "{id}: {said}");
    }
}

/// The embedded theme's files are none of the tree, and have twins all the same.
#[test]
fn a_file_of_the_theme_that_cannot_stand_beside_another_is_told_with_both() {
    for (path, named) in
        [("Style.css", "`assets/Style.css`"), ("style.css/x", "`assets/style.css`")]
    {
        let said = mistakes(&small_site(&format!("-- themes/default/static/{path} --\nx\n")));
        assert_eq!(said.matches("error[colliding-file]").count(), 1, "{path}: {said}");
        assert!(said.contains(named) && said.contains("`assets/style.css"), "{path}: {said}");
    }
}
