//! The promises about the search index, kept in the files that are built.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

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
        assert_eq!(measure[6], serde_json::json!([fold_text(other)]));
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
            File::SearchReadings => search.readings(),
            File::SearchTexts(edition, number) => search.texts(edition, number),
            File::SearchGrams(number) => search.grams(number),
            File::SearchWords(_) => format!(
                "tongwenSearch(\"{}\",{{}});\n",
                library
                    .path(Route::File(file))
                    .trim_start_matches("search/")
                    .trim_end_matches(".js")
            )
            .into_bytes(),
            File::Robots
            | File::Sitemap
            | File::SitemapPart(_)
            | File::VersionsData
            | File::VersionsScript
            | File::Feed(_)
            | File::Manifest(_)
            | File::Data(_)
            | File::Source(_)
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

/// The numbers of a list, as the browser reads them.
fn distances(list: &str) -> Vec<usize> {
    let mut numbers = Vec::new();
    let (mut number, mut unit) = (0, 1);
    for byte in list.bytes().map(usize::from) {
        if byte > 92 {
            number += (byte - 93 + 57) * unit;
            unit *= 34;
        } else {
            numbers.push(number + (byte - 35) * unit);
            (number, unit) = (0, 1);
        }
    }
    numbers
}

/// Texts and titles of every length about that of their place in the index, and of
/// more than a place.
fn full_slots() -> tongwen::source::Tree {
    let lengths = (440..456).chain(505..520).chain(955..970).chain([1, 2, 1020, 1024, 1500]);
    let mut state = 7_u32;
    let mut words = |length: usize| -> String {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (state >> 16) % 600).unwrap()
        };
        (0..length).map(|_| next()).collect()
    };
    let mut area = String::from("id = \"finance\"\nnumber = 1\ntitle = \"金融\"\n");
    for (index, length) in lengths.clone().chain(lengths.clone()).chain(lengths).enumerate() {
        let (label, text) = (words(58 + index % 12), words(length));
        area += &format!("[[measures]]\nlabel = \"{label}\"\ntext = \"{text}\"\n");
    }
    small_site(&format!("-- content/demo/01-finance.toml --\n{area}"))
}

/// Each pair of neighbours of each document's words is listed with a place that is
/// the document's, and no other is; no place has two.
#[test]
fn every_place_of_a_large_index_is_that_of_a_document_with_those_words() {
    let pages = render(&full_slots());
    let read = |path: &str| value(&page(&pages, path)).1;
    let lists = &read("search/hant.js")["lists"];
    let number = |key: &str| lists[key].as_u64().unwrap() as usize;
    let (shards, long, slot, title) =
        (number("shards"), number("long"), number("slot"), number("title"));
    let owners = distances(lists["owners"].as_str().unwrap());
    let mut documents: Vec<(String, Vec<String>)> = Vec::new();
    for chunk in 0.. {
        let path = format!("search/hant/{chunk}.js");
        if !pages.contains_key(&path) {
            break;
        }
        for one in read(&path)["documents"].as_array().unwrap() {
            let strings = |at: usize| -> Vec<String> {
                let all = one[at].as_array().unwrap().iter();
                all.map(|text| fold_text(text.as_str().unwrap())).collect()
            };
            let name = fold_text(one[3].as_str().unwrap());
            let texts = fold_text(&strings(4).concat());
            documents.push((name, [vec![texts], strings(5), strings(6)].concat()));
        }
    }
    let in_shard = |file: usize| file < shards || file >= shards + 2 * long;
    let mut places: BTreeMap<usize, String> = BTreeMap::new();
    let mut listed: BTreeSet<(usize, String)> = BTreeSet::new();
    let mut sounds = 0;
    for file in (0..shards + 3 * long).filter(|file| in_shard(*file)) {
        let all = read(&format!("search/grams/{file}.js"));
        for pair in all.as_array().unwrap().chunks(2) {
            let key = pair[0].as_str().unwrap().to_owned();
            if key.chars().count() != 2 || key.starts_with(' ') {
                continue;
            }
            let is_sound = key.chars().all(|c| c >= '\u{100000}');
            let mut place = 0;
            for distance in distances(pair[1].as_str().unwrap()) {
                place += distance;
                if is_sound {
                    // What names sound like stands where they stand.
                    let length = documents[place / slot].0.chars().count();
                    assert!(place % slot + 1 < length.min(title), "{place} is in no title");
                    sounds += 1;
                    continue;
                }
                let other = places.insert(place, key.clone());
                assert_eq!(other, None, "{key} has the place {place}, too");
                let owner = match (place / slot).checked_sub(documents.len()) {
                    Some(extra) => owners[extra],
                    None => place / slot,
                };
                // Nothing runs on: the second character, too, is of this document.
                let next = (place + 1) / slot;
                let next = match next.checked_sub(documents.len()) {
                    Some(extra) => owners.get(extra).copied(),
                    None => Some(next),
                };
                assert_eq!(next, Some(owner), "{key} at {place} ends in another's place");
                let (name, texts) = &documents[owner];
                let is_title = place / slot < documents.len() && place % slot < title;
                let holds = name.contains(&key) || texts.iter().any(|text| text.contains(&key));
                assert!(holds, "{key} at {place} is not of document {owner}");
                let is_whole = name.contains(&key) && (place + 1) % slot < title;
                assert!(!is_title || is_whole, "{key} at {place} is no title");
                listed.insert((owner, key.clone()));
            }
        }
    }
    let mut checked = 0;
    for (owner, (name, texts)) in documents.iter().enumerate() {
        for text in std::iter::once(name).chain(texts) {
            let chars: Vec<char> = text.chars().collect();
            for pair in chars.windows(2).filter(|pair| !pair.contains(&' ')) {
                let key: String = pair.iter().collect();
                assert!(listed.contains(&(owner, key.clone())), "{key} of document {owner}");
                checked += 1;
            }
        }
    }
    assert!(checked > 50_000 && !owners.is_empty(), "{checked}");
    assert!(sounds > 10_000, "{sounds}");
}
