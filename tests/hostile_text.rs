//! What marks something in one of the formats that a site is written in, put into
//! every text that a site may have: every file parses, and each text stands there
//! as it was written.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use html5gum::Token;
use scraper::{Html, Selector};
use serde_json::Value;
use support::hostile::{self, HOSTILE, fixture, names};
use support::{Pages, mistakes, render_with};
use tongwen::library;
use tongwen::model::{BaseUrl, Date};
use tongwen::parse::fields::{AREA, ENTITIES, LEXICON, MEMORANDUM, PAGE, SITE, Shape, Table};
use tongwen::pipeline::{self, Overrides};
use tongwen::snapshot::{Seal, Version, VersionName, Versions};

/// Texts that no page shows: the note of a rule, and the short names of editions
/// where there are no more than two, and the group of a document among few.
const UNSEEN: [&str; 4] = ["rn", "es", "fs", "gr"];

/// The site with a version before it, so that there are comparisons and a feed.
fn pages() -> &'static Pages {
    static PAGES: OnceLock<Pages> = OnceLock::new();
    PAGES.get_or_init(|| {
        let site = hostile::site();
        assert_eq!(mistakes(&site), "");
        let mut before = site.clone();
        before.files.retain(|path, _| !path.contains("/02-"));
        before.files.retain(|path, _| !path.starts_with("content/parts/"));
        let record =
            library::record(&pipeline::load(&before, &Overrides::default()).site.unwrap().library);
        let version = Version {
            name: VersionName::parse("v1").unwrap(),
            date: Date::parse("2024-07-01").unwrap(),
            note: Some(format!("修訂Qvn{HOSTILE}")),
            seal: Seal::parse(&"0".repeat(64)).unwrap(),
            previous_seal: None,
            software: "tongwen 0.1.0".to_owned(),
            base_url: BaseUrl::parse("https://before.example.org/").unwrap(),
            record,
            pages: Vec::new(),
        };
        let versions = Versions::new(vec![version]);
        render_with(&site, &Overrides { versions, ..Overrides::default() })
    })
}

/// Every name in a text, after each of which the hostile characters must stand.
fn check(place: &str, text: &str, seen: &mut BTreeSet<String>) {
    for (at, _) in text.match_indices('Q') {
        let rest = &text[at..];
        let name: String = rest.chars().skip(1).take(2).collect();
        let whole = format!("Q{name}{HOSTILE}");
        // A summary may end within it.
        let is_cut = rest.strip_suffix('…').is_some_and(|start| whole.starts_with(start));
        let shown: String = rest.chars().take(40).collect();
        assert!(rest.starts_with(&whole) || is_cut, "{place}: {shown}");
        if !is_cut {
            seen.insert(name);
        }
    }
    for twice in ["&amp;", "&lt;", "&quot;", "&#", "\\u003c", "\\textbackslash", "%7B"] {
        assert!(!text.contains(twice), "{place} has `{twice}`: {text}");
    }
}

fn check_json(place: &str, value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => check(place, text, seen),
        Value::Array(all) => all.iter().for_each(|one| check_json(place, one, seen)),
        Value::Object(all) => {
            // The search index lists characters by themselves.
            for (key, one) in all.iter().filter(|(key, _)| *key != "fold") {
                check(place, key, seen);
                check_json(place, one, seen);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn check_html(place: &str, text: &str, seen: &mut BTreeSet<String>) {
    for token in html5gum::Tokenizer::new(text) {
        let Ok(token) = token;
        if let Token::Error(error) = token {
            panic!("{place}: {error:?}");
        }
    }
    let html = Html::parse_document(text);
    assert!(html.errors.is_empty(), "{place}: {:?}", html.errors);
    for element in html.root_element().descendants() {
        if let Some(element) = element.value().as_element() {
            for (name, value) in element.attrs() {
                // What an address holds is escaped in its own way.
                if !["href", "src", "id", "content"].contains(&name) || !value.contains("://") {
                    check(&format!("{place} {name}"), value, seen);
                }
            }
        }
    }
    for script in html.select(&Selector::parse("script[type='application/ld+json']").unwrap()) {
        let json = script.text().collect::<String>();
        check_json(place, &serde_json::from_str(&json).unwrap(), seen);
    }
    let shown: String = html
        .root_element()
        .descendants()
        .filter(|node| {
            !node.ancestors().any(|above| {
                above.value().as_element().is_some_and(|above| above.name() == "script")
            })
        })
        .filter_map(|node| node.value().as_text().map(|text| &**text))
        .collect();
    check(place, &shown, seen);
}

fn check_xml(place: &str, text: &str, seen: &mut BTreeSet<String>) {
    let document = roxmltree::Document::parse(text).unwrap();
    for node in document.descendants() {
        for attribute in node.attributes() {
            check(place, attribute.value(), seen);
        }
    }
    let text: String = document
        .descendants()
        .filter(|node| node.is_text())
        .filter_map(|node| node.text())
        .collect();
    check(place, &text, seen);
}

/// Reads BibTeX: entries of fields in braces, which balance but for those escaped.
fn check_bibtex(place: &str, text: &str, seen: &mut BTreeSet<String>) {
    let (mut depth, mut plain) = (0, String::new());
    let mut chars =
        text.replace("\\textbackslash{}", "\u{1}").chars().collect::<Vec<_>>().into_iter();
    while let Some(c) = chars.next() {
        match c {
            '\u{1}' => plain.push('\\'),
            '\\' => plain.push(chars.next().unwrap()),
            '{' => depth += 1,
            '}' => depth -= 1,
            '%' | '&' | '#' | '$' | '_'
                if !plain.ends_with(|c: char| c.is_ascii_alphanumeric()) =>
            {
                panic!("{place}: a bare `{c}`: {plain}")
            }
            _ => plain.push(c),
        }
        assert!(depth >= 0, "{place}: {plain}");
    }
    assert_eq!(depth, 0, "{place}");
    check(place, &plain, seen);
}

#[test]
fn every_text_stands_in_every_file_as_it_was_written() {
    let mut seen = BTreeSet::new();
    let mut in_pages = BTreeSet::new();
    for (path, bytes) in pages() {
        let is_picture = [".png", ".ico", ".webp"].iter().any(|end| path.ends_with(end));
        if path.starts_with("assets/") || is_picture {
            continue;
        }
        let text = std::str::from_utf8(bytes).unwrap();
        let seen = &mut seen;
        match path.rsplit_once('.').unwrap().1 {
            "html" => check_html(path, text, &mut in_pages),
            "json" | "webmanifest" => check_json(path, &serde_json::from_str(text).unwrap(), seen),
            "js" => {
                let (start, end) = (text.find('(').unwrap() + 1, text.rfind(')').unwrap());
                let json = format!("[{}]", &text[start..end]);
                check_json(path, &serde_json::from_str(&json).unwrap(), seen);
                assert!(!text.contains("</"), "{path}");
            }
            "xml" | "svg" => check_xml(path, text, seen),
            "csv" => {
                let text = text.strip_prefix('\u{feff}').unwrap();
                for row in csv::Reader::from_reader(text.as_bytes()).records() {
                    // A cell of several values is a list.
                    row.unwrap().iter().for_each(|cell| match serde_json::from_str(cell) {
                        Ok(list @ Value::Array(_)) => check_json(path, &list, seen),
                        _ => check(path, cell, seen),
                    });
                }
            }
            "bib" => check_bibtex(path, text, seen),
            "txt" => check(path, text, seen),
            other => panic!("`{path}`: no reader of `{other}`"),
        }
    }
    let mut missing = names();
    missing.insert("vn".to_owned());
    missing.retain(|name| !in_pages.contains(name) && !UNSEEN.contains(&name.as_str()));
    assert!(missing.is_empty(), "no page shows {missing:?}");
    for name in ["ti", "pc", "mt", "ea", "oa", "ob", "tf", "vn", "lc", "yp"] {
        assert!(seen.contains(name), "no file but pages has {name}");
    }
}

/// The fixture has every field that is a text, so that one that is new is tried too.
#[test]
fn the_hostile_site_has_every_text_that_a_site_can_have() {
    fn texts(table: &'static Table, found: &mut Vec<(&'static str, &'static str)>) {
        for field in table.fields {
            match field.shape {
                Shape::Text
                | Shape::Mark
                | Shape::Texts
                | Shape::Paragraphs
                | Shape::Rows
                | Shape::Named => found.push((table.name, field.key)),
                Shape::Table(table)
                | Shape::Tables(table)
                | Shape::WordOrTable(_, table)
                | Shape::WordsOrTables(_, table) => texts(table, found),
                Shape::Any
                | Shape::Filled
                | Shape::Pattern(_)
                | Shape::Word(_)
                | Shape::Strings
                | Shape::Integer(_)
                | Shape::Boolean
                | Shape::Date
                | Shape::Marks => {}
            }
        }
    }
    let mut found = Vec::new();
    for table in [&AREA, &ENTITIES, &LEXICON, &MEMORANDUM, &PAGE, &SITE] {
        texts(table, &mut found);
    }
    assert!(found.len() > 30);
    let fixture = fixture();
    // A picture needs a file beside its words.
    for (table, key) in found.into_iter().filter(|(table, _)| *table != "image") {
        let is_there = fixture.lines().any(|line| line.contains(&format!("{key} = ")));
        assert!(is_there, "no `{key}` of the table `{table}`");
    }
}
