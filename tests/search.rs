//! The promises about the search index, kept in the files that are built.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use serde_json::Value;
use support::{default_site, page, render, small_site};
use tongwen::library::{File, Route};
use tongwen::script::fold::{fold, fold_text};
use tongwen::search::Search;

/// The value that a file of the index hands over, under its name.
fn value(text: &str) -> (String, Value) {
    let inner = text.strip_prefix("tongwenSearch(").unwrap().strip_suffix(");\n").unwrap();
    let parsed: Value = serde_json::from_str(&format!("[{inner}]")).unwrap();
    (parsed[0].as_str().unwrap().to_owned(), parsed[1].clone())
}

#[test]
fn every_character_of_one_edition_folds_to_the_same_as_the_others() {
    let [hant, hans] = ["hant", "hans"]
        .map(|edition| value(&page(default_site(), &format!("search/{edition}.js"))).1);
    let documents = |index: &Value| index["texts"]["documents"].as_array().unwrap().clone();
    let mut compared = 0;
    for (hant, hans) in documents(&hant).iter().zip(documents(&hans)) {
        // Path and number are the same; title and texts fold to the same.
        assert_eq!((&hant[1], &hant[2]), (&hans[1], &hans[2]));
        let words = |document: &Value| {
            let texts = document[4].as_array().unwrap().iter();
            let texts: String = texts.map(|text| text.as_str().unwrap()).collect();
            format!("{}{texts}", document[3].as_str().unwrap())
        };
        let (hant_words, hans_words) = (words(hant), words(&hans));
        for (a, b) in hant_words.chars().zip(hans_words.chars()) {
            assert_eq!(fold(a), fold(b), "{a} {b} in {}", hant[1]);
            compared += 1;
        }
        assert_eq!(fold_text(&hant_words), fold_text(&hans_words));
        assert_eq!(hant[5], hans[5], "what else finds it");
    }
    assert!(compared > 7_000, "only {compared} characters were compared");
    assert_eq!(hant["fold"], hans["fold"]);
}

#[test]
fn the_browsers_table_is_the_folding_of_every_character_in_the_site() {
    let (_, index) = value(&page(default_site(), "search/hans.js"));
    let mut table = std::collections::BTreeMap::new();
    for group in index["fold"].as_array().unwrap() {
        let mut group = group.as_str().unwrap().chars();
        let representative = group.next().unwrap();
        group.for_each(|c| assert_eq!(table.insert(c, representative), None, "{c}"));
    }
    // All that is searched, and more: the rest of both files.
    let text =
        ["hant", "hans"].map(|edition| page(default_site(), &format!("search/{edition}.js")));
    let documents = text.map(|text| value(&text).1["texts"]["documents"].to_string()).concat();
    for c in documents.chars() {
        assert_eq!(table.get(&c).copied().unwrap_or(c), fold(c), "{c}");
    }
    assert_eq!(table[&'貿'], '贸');
    assert_eq!(table.get(&'贸'), None, "what stands for others needs no row");
    assert!(table.len() < 6_000);
}

#[test]
fn a_document_is_found_by_both_wordings_where_they_differ() {
    let site = render(&small_site(
        "-- content/demo/01-finance.toml --\n\
         id = \"finance\"\nnumber = 1\ntitle = \"金融\"\n\n[[measures]]\nnumber = \"1.1\"\n\
         text = { hant = \"資訊科技。\", hans = \"信息技术。\", provenance = \"official\" }\n",
    ));
    for (edition, other) in [("hant", "信息技术。"), ("hans", "资讯科技。")] {
        let (name, index) = value(&page(&site, &format!("search/{edition}.js")));
        assert_eq!(name, edition);
        let measure = &index["texts"]["documents"][0];
        assert_eq!(measure[1], "demo/finance/1.html");
        assert_eq!(measure[5], serde_json::json!([fold_text(other)]));
    }
}

#[test]
fn the_index_holds_every_measure_entity_area_and_page() {
    let (_, index) = value(&page(default_site(), "search/hant.js"));
    let kinds: Vec<(&str, u64)> = index["kinds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| (kind[0].as_str().unwrap(), kind[1].as_u64().unwrap()))
        .collect();
    let entities = kinds[1].1;
    assert_eq!(kinds[..3], [("measure", 52), ("entity", entities), ("area", 13)]);
    assert!(entities > 60);
    let documents = index["texts"]["documents"].as_array().unwrap();
    assert_eq!(documents.len() as u64, kinds.iter().map(|(_, count)| count).sum::<u64>());
    for document in documents {
        let path = document[1].as_str().unwrap().split('#').next().unwrap();
        assert!(default_site().contains_key(&format!("hant/{path}")), "{path}");
    }
}

#[test]
fn a_large_site_has_lists_in_many_files_and_the_same_ones_each_time() {
    let text =
        "推動香港與湖北在金融、創新及科技、航空物流等領域的合作，支持企業赴港上市。".repeat(3);
    let mut area = String::from("id = \"finance\"\nnumber = 1\ntitle = \"金融\"\n");
    for ordinal in 1..=600 {
        area += &format!(
            "\n[[measures]]\nnumber = \"1.{ordinal}\"\ntext = \"{text}第{ordinal}期。\"\n"
        );
    }
    let tree = small_site(&format!("-- content/demo/01-finance.toml --\n{area}"));
    let loaded = tongwen::pipeline::load(&tree, &tongwen::pipeline::Overrides::default());
    let library = loaded.site.unwrap().library;
    let files = || -> Vec<(String, Vec<u8>)> {
        let search = Search::new(&library);
        let bytes = |file| match file {
            File::SearchIndex(edition) => search.head(edition),
            File::SearchDocuments(edition) => search.documents(edition),
            File::SearchTexts(edition, number) => search.texts(edition, number),
            File::SearchGrams(number) => search.grams(number),
            File::Robots
            | File::Sitemap
            | File::SitemapPart(_)
            | File::VersionsData
            | File::VersionsScript
            | File::Feed(_)
            | File::Manifest(_)
            | File::Data(_)
            | File::Asset(_) => panic!("{file:?} is no file of the index"),
        };
        search.files().map(|file| (library.path(Route::File(file)), bytes(file))).collect()
    };
    let first = files();
    assert_eq!(first, files());
    let mut keys = Vec::new();
    let mut long = String::new();
    for (path, bytes) in &first {
        let (name, data) = value(std::str::from_utf8(bytes).unwrap());
        assert_eq!(path, &format!("search/{name}.js"));
        if path.starts_with("search/grams/") {
            let lists = data.as_array().unwrap();
            keys.extend(lists.iter().step_by(2).map(|key| key.as_str().unwrap().to_owned()));
        } else if path == "search/hans.js" {
            assert_eq!(data["texts"], Value::Null);
            long = data["lists"]["pairs"].as_str().unwrap().chars().take(2).collect();
        }
    }
    // One by document, one by position.
    assert_eq!(keys.iter().filter(|key| **key == long).count(), 2, "{long}");
    assert_eq!(keys.iter().filter(|key| *key == " 1.600").count(), 1);
    assert!(!keys.iter().any(|key| key.contains('與')), "keys are folded");
}
