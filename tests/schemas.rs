//! The declared fields: the reader and the schemas know the same.
//!
//! Each field is written into a file by itself, right and wrong. The reader is
//! asked here; what it was asked is left in `target/schemas/` for a validator
//! from outside, which `tests/schemas/run` starts.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;

use support::{root, small_site};
use tongwen::diagnostic::Style;
use tongwen::parse::fields::{Field, Shape, Table};
use tongwen::parse::schema::{Kind, schema};
use tongwen::pipeline::{Loaded, Loader, Overrides};

/// What a schema knows of, too.
const KNOWN: [&str; 5] = [
    "error[unknown-key]",
    "error[wrong-type]",
    "error[missing-field]",
    "error[bad-id]",
    "error[bad-skip]",
];

fn name(kind: Kind) -> &'static str {
    kind.table().name
}

/// A field's value as TOML.
fn value(field: &Field) -> String {
    match field.shape {
        _ if !field.example.is_empty() => field.example.to_owned(),
        Shape::Table(table) => braced(&needed(table, "")),
        Shape::Tables(table) => format!("[{}]", braced(&needed(table, ""))),
        _ => panic!("`{}` has no example", field.key),
    }
}

fn braced(fields: &[String]) -> String {
    format!("{{ {} }}", fields.join(", "))
}

/// The fields that a table must have, but this one.
fn needed(table: &Table, but: &str) -> Vec<String> {
    let mut fields: Vec<String> = table
        .fields
        .iter()
        .filter(|field| field.needed && field.key != but)
        .map(|field| format!("{} = {}", field.key, value(field)))
        .collect();
    let (also, keys): (&[&str], &[&str]) = match table.name {
        "area" => (&["title = \"總則\""], &["title"]),
        "source" if !["hant", "hans"].contains(&but) => {
            (&["file = \"seeds/a.txt\"", "sha256 = \"SHA\""], &["file", "sha256"])
        }
        "skip" if but != "line" => (&["text = \"頁\""], &["text"]),
        "part" => (&["text = \"文\""], &["text"]),
        _ => (&[], &[]),
    };
    for (line, key) in also.iter().zip(keys) {
        if *key != but {
            fields.push(line.replace("SHA", &"0".repeat(64)));
        }
    }
    fields
}

/// A table with each of its fields in turn, right and wrong.
fn samples(table: &'static Table) -> Vec<(String, Vec<String>, bool)> {
    let mut samples = vec![("".to_owned(), needed(table, ""), true)];
    for field in table.fields {
        let mut others = needed(table, field.key);
        if let Some(kind) = field.only.first() {
            others.retain(|line| !line.starts_with("kind ") && !line.starts_with("text "));
            others.push(format!("kind = \"{kind}\""));
        }
        let with = |value: &str| {
            let own = format!("{} = {value}", field.key);
            others.iter().cloned().chain([own]).collect::<Vec<String>>()
        };
        samples.push((field.key.to_owned(), with(&value(field)), true));
        samples.push((format!("{}-wrong", field.key), with("1.5"), false));
        if field.needed {
            samples.push((format!("{}-missing", field.key), others.clone(), false));
        }
        if let Shape::Word(_) | Shape::WordOrTable(..) = field.shape {
            samples.push((format!("{}-word", field.key), with("\"nothing\""), false));
        }
        if !field.only.is_empty() {
            let mut elsewhere = with(&value(field));
            elsewhere.retain(|line| !line.starts_with("kind "));
            elsewhere.extend(["kind = \"note\"".to_owned(), "text = \"文\"".to_owned()]);
            let of_note = field.only.contains(&"note");
            samples.push((format!("{}-elsewhere", field.key), elsewhere, of_note));
        }
        let (inner, is_list) = match field.shape {
            Shape::Table(inner) | Shape::WordOrTable(_, inner) => (inner, false),
            Shape::Tables(inner) => (inner, true),
            _ => continue,
        };
        for (key, fields, good) in self::samples(inner) {
            let inner = braced(&fields);
            let inner = if is_list { format!("[{inner}]") } else { inner };
            samples.push((format!("{}.{key}", field.key), with(&inner), good));
        }
        let with_more = match value(field).strip_suffix(" }").or(value(field).strip_suffix(" }]")) {
            Some(open) => format!("{open}, zzz = 1 }}{}", if is_list { "]" } else { "" }),
            None => continue,
        };
        samples.push((format!("{}.unknown", field.key), with(&with_more), false));
    }
    samples
}

#[test]
fn the_reader_knows_every_declared_field_and_the_schema_every_one_of_the_reader() {
    let folder = root().join("target/schemas");
    // It keeps the theme.
    let mut loader = Loader::default();
    let _ = fs::remove_dir_all(&folder);
    for kind in Kind::ALL {
        let mut count = 0;
        for (key, fields, good) in samples(kind.table()) {
            count += 1;
            let text = fields.join("\n") + "\n";
            let text = text.replace("\"reading-society\"", "\"demo\"");
            leave(&folder, if good { "good" } else { "bad" }, name(kind), &key, &text);
            let (path, text) = match kind {
                Kind::Site => ("content/site.toml", text),
                Kind::Memorandum => (
                    "content/demo/memorandum.toml",
                    text.replace("id = \"example\"", "id = \"demo\""),
                ),
                Kind::Area => ("content/demo/01-finance.toml", text),
                Kind::Entities => ("content/entities.toml", text),
                Kind::Lexicon => ("content/lexicon.toml", text),
                Kind::Page => ("content/pages/about.md", format!("+++\n{text}+++\n文。\n")),
            };
            let site = small_site(&format!("-- {path} --\n{text}"));
            let Loaded { sources, diagnostics, .. } = loader.load(&site, &Overrides::default());
            let told = diagnostics.render(&sources, Style::Plain);
            let ours: Vec<&str> = told.split("\n\n").filter(|one| one.contains(path)).collect();
            let ours = ours.join("\n\n");
            if good {
                assert!(!KNOWN.iter().any(|code| ours.contains(code)), "{key}:\n{text}\n{ours}");
            } else {
                assert!(ours.contains("error["), "{key} is taken:\n{text}\n{told}");
            }
        }
        assert!(count > 2 * kind.table().fields.len());
    }
}

/// Leaves a file for the validator from outside.
fn leave(folder: &Path, verdict: &str, kind: &str, key: &str, text: &str) {
    let folder = folder.join(verdict).join(kind);
    fs::create_dir_all(&folder).unwrap();
    let name = if key.is_empty() { "all-needed" } else { key };
    fs::write(folder.join(format!("{name}.toml")), text).unwrap();
}

#[test]
fn the_shipped_schemas_are_the_declared_ones() {
    for kind in Kind::ALL {
        shipped(name(kind), &schema(kind));
    }
    shipped("strings", &tongwen::render::strings_schema());
}

fn shipped(name: &str, schema: &serde_json::Value) {
    let path = root().join(format!("schemas/{name}.json"));
    let there = fs::read_to_string(&path).unwrap_or_default();
    let help = format!("run `cargo run -- schema {name} > schemas/{name}.json`");
    assert!(there == format!("{schema:#}\n"), "{help}");
}
