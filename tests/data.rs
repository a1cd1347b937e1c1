//! Open data: what the files say is what the library says, whatever the content.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use support::{Pages, default_site, render, tree};
use tongwen::data::unguarded;

/// What spreadsheets could take for something else.
const TRICKY: &str = r#"
-- content/site.toml --
title = "試"
description = "試。"
base_url = "https://example.org/"
[[licences]]
title = "試用條款"
url = "https://example.org/licence"
-- content/entities.toml --
[[entities]]
id = "quoted"
kind = "topic"
name = "甲,“乙”\"丙\""
aliases = ["=甲"]
[[entities]]
id = "unused"
kind = "place"
name = "丁"
description = "＝1+1\n-2"
-- content/demo/memorandum.toml --
id = "demo"
title = "備忘錄"
fields = [{ id = "lead", name = "負責部門" }]
-- content/demo/01-one.toml --
id = "one"
number = 1
title = "一"
MEASURES
"#;

fn tricky() -> Pages {
    let measures: String = (1..=10)
        .map(|number| {
            let text = match number {
                1 => "=甲、甲,“乙”\\\"丙\\\"。（負責部門：=甲）",
                10 => "@第十項\\n第二段",
                _ => "支持。",
            };
            format!("[[measures]]\nnumber = \"1.{number}\"\ntext = \"{text}\"\n")
        })
        .collect();
    render(&tree(&TRICKY.replace("MEASURES", &measures)))
}

/// A table's rows by column, as a reader of CSV has them.
fn table(pages: &Pages, name: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = &pages[&format!("data/{name}.csv")];
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("Excel needs the mark");
    let mut reader = csv::Reader::from_reader(text);
    let heads = reader.headers().unwrap().clone();
    let cells = |row: csv::StringRecord| {
        heads.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|row| cells(row.unwrap())).collect()
}

/// A document's record, that sealed versions hold.
fn record(pages: &Pages, id: &str) -> serde_json::Value {
    serde_json::from_slice(&pages[&format!("data/{id}.json")]).unwrap()
}

#[track_caller]
fn assert_measures_are_those_of_the_record(pages: &Pages, id: &str) {
    let record = record(pages, id);
    let areas = record["memoranda"][0]["areas"].as_array().unwrap();
    let said: Vec<_> = areas.iter().flat_map(|area| area["measures"].as_array().unwrap()).collect();
    let rows = table(pages, "measures");
    let own: Vec<_> = rows.iter().filter(|row| row["memorandum"] == id).collect();
    assert_eq!(own.len(), said.len());
    for (row, measure) in own.iter().zip(said) {
        for edition in ["hant", "hans"] {
            assert_eq!(unguarded(&row[&format!("text_{edition}")]), measure["text"][edition]);
            let origin = &measure["text"]["provenance"][edition];
            assert_eq!(&row[&format!("provenance_{edition}")], origin.as_str().unwrap());
        }
    }
}

#[test]
fn the_default_site_is_read_back_from_its_tables() {
    let pages = default_site();
    assert_measures_are_those_of_the_record(pages, "hubei-2021");
    assert_eq!(table(pages, "areas").len(), 13);
    assert_eq!(table(pages, "entities").len(), 72);
    assert!(!pages.contains_key("data/fields.csv"), "the document names no fields");
    let texts: BTreeMap<_, _> =
        table(pages, "measures").into_iter().map(|row| (row["id"].clone(), row)).collect();
    let mentions = table(pages, "mentions");
    assert!(mentions.len() > 100);
    for mention in mentions {
        let text = &texts[&mention["measure"]][&format!("text_{}", mention["edition"])];
        let place = |name: &str| mention[name].parse::<usize>().unwrap();
        let words: String =
            text.chars().skip(place("start")).take(place("end") - place("start")).collect();
        assert_eq!(words, mention["words"], "{mention:?}");
    }
}

#[test]
fn quotes_line_ends_and_formulas_are_read_back_and_run_nothing() {
    let pages = tricky();
    assert_measures_are_those_of_the_record(&pages, "demo");
    let entities = table(&pages, "entities");
    assert_eq!(entities[0]["name_hant"], "甲,“乙”\"丙\"");
    assert_eq!(entities[0]["aliases_hant"], "[\"=甲\"]");
    assert_eq!(unguarded(&entities[1]["description_hant"]), "＝1+1 -2");
    let fields = table(&pages, "fields");
    assert_eq!((fields[0]["field"].as_str(), unguarded(&fields[0]["value_hant"])), ("lead", "=甲"));
    for name in ["memoranda", "areas", "measures", "entities", "mentions", "fields"] {
        for cell in table(&pages, name).iter().flat_map(BTreeMap::values) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＠']), "{cell}");
        }
    }
}

#[test]
fn no_id_is_a_number_and_none_is_there_twice() {
    let rows = table(&tricky(), "measures");
    let ids: Vec<_> = rows.iter().map(|row| row["id"].as_str()).collect();
    assert_eq!((ids[0], ids[9]), ("demo/1.1", "demo/1.10"));
    assert!(ids.iter().all(|id| id.parse::<f64>().is_err()));
    let ids: std::collections::BTreeSet<_> = ids.into_iter().collect();
    assert_eq!(ids.len(), rows.len());
}

#[test]
fn the_package_names_every_file_with_its_hash_and_its_licence() {
    use sha2::{Digest, Sha256};
    let pages = tricky();
    let package: serde_json::Value =
        serde_json::from_slice(&pages["data/datapackage.json"]).unwrap();
    assert_eq!(package["licenses"][0]["path"], "https://example.org/licence");
    let mut told: Vec<_> = package["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let path = format!("data/{}", one["path"].as_str().unwrap());
            let bytes = &pages[&path];
            let hash: String =
                Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(one["hash"], format!("sha256:{hash}"), "{path}");
            assert_eq!(one["bytes"], bytes.len());
            path
        })
        .collect();
    told.push("data/datapackage.json".to_owned());
    told.sort();
    let there: Vec<_> = pages.keys().filter(|path| path.starts_with("data/")).cloned().collect();
    assert_eq!(told, there);
}

#[test]
fn a_site_without_entities_has_no_tables_of_them() {
    let (site, _) = TRICKY.split_once("-- content/entities.toml").unwrap();
    let (_, rest) = TRICKY.split_once("-- content/demo/memorandum").unwrap();
    let measures = "[[measures]]\nnumber = \"1.1\"\ntext = \"支持。\"\n";
    let text = [site, "-- content/demo/memorandum", rest].concat().replace("MEASURES", measures);
    let pages = render(&tree(&text));
    for name in ["entities", "mentions", "fields"] {
        assert!(!pages.contains_key(&format!("data/{name}.csv")), "{name}");
    }
    assert_eq!(table(&pages, "measures").len(), 1);
    assert!(pages["data/demo.bib"].starts_with(b"@misc{demo-hant,"));
}

#[test]
fn a_document_in_akoma_ntoso_says_its_own_words_in_order() {
    let pages = default_site();
    let text = std::str::from_utf8(&pages["data/hubei-2021.akn.xml"]).unwrap();
    let document = roxmltree::Document::parse(text).unwrap();
    let measures: Vec<_> = document
        .descendants()
        .filter(|node| node.attribute("name") == Some("measure"))
        .map(|node| {
            let words = node.descendants().find(|node| node.has_tag_name("p"));
            let words =
                words.or_else(|| node.descendants().find(|one| one.tag_name().name() == "p"));
            words.unwrap().text().unwrap().to_owned()
        })
        .collect();
    let rows = table(pages, "measures");
    let texts: Vec<_> = rows.iter().map(|row| row["text_hant"].clone()).collect();
    assert_eq!(measures, texts);
    let anchors = document.descendants().filter_map(|node| node.attribute("eId"));
    assert!(anchors.into_iter().any(|id| id == "m4-2"));
}
