//! How a measure is cited: plain text, BibTeX, CSL-JSON.

use serde::Serialize;

use crate::library::{Measure, Memorandum};
use crate::model::{Edition, chinese_numeral};

use super::theme::Strings;

/// A measure's citation in one form.
#[derive(Debug, Serialize)]
pub(super) struct Citation {
    /// The form's name; none for words.
    name: Option<&'static str>,
    style: &'static str,
    text: String,
}

/// Cites a measure in an edition, in words.
pub(super) fn in_words(
    memorandum: &Memorandum,
    measure: &Measure,
    edition: Edition,
    strings: &Strings,
    url: &str,
) -> String {
    let area = &memorandum.areas[measure.area];
    strings.format(
        "citation_text",
        &[
            ("title", &unspaced(&memorandum.title.text[edition])),
            ("date", &memorandum.signed.chinese()),
            ("numeral", &chinese_numeral(area.number as usize)),
            ("area", &area.title.text[edition]),
            ("ordinal", &measure.number.ordinal.to_string()),
            ("number", &measure.number.to_string()),
            ("url", url),
        ],
    )
}

/// Cites a measure in an edition, in words and for machines.
pub(super) fn citations(
    memorandum: &Memorandum,
    measure: &Measure,
    edition: Edition,
    strings: &Strings,
    url: &str,
) -> [Citation; 3] {
    let title = unspaced(&memorandum.title.text[edition]);
    let number = measure.number.to_string();
    let parties: Vec<&str> =
        memorandum.parties.iter().map(|party| party.text[edition].as_str()).collect();
    let words = in_words(memorandum, measure, edition, strings, url);
    let bibtex = bibtex(memorandum, &title, &parties, &number, edition, url);
    let csl_json = csl_json(memorandum, &title, &parties, &number, edition, url);
    [
        Citation { name: None, style: "plain", text: words },
        Citation { name: Some("BibTeX"), style: "code", text: bibtex },
        Citation { name: Some("CSL-JSON"), style: "code", text: csl_json },
    ]
}

fn bibtex(
    memorandum: &Memorandum,
    title: &str,
    parties: &[&str],
    number: &str,
    edition: Edition,
    url: &str,
) -> String {
    let mut fields = vec![("title", format!("{{{}}}", escaped(title)))];
    if !parties.is_empty() {
        let authors: Vec<_> =
            parties.iter().map(|party| format!("{{{}}}", escaped(party))).collect();
        fields.push(("author", authors.join(" and ")));
    }
    fields.push(("date", memorandum.signed.to_string()));
    fields.push(("note", number.to_owned()));
    fields.push(("url", url.to_owned()));
    fields.push(("langid", edition.language().to_owned()));
    let lines: Vec<_> =
        fields.iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
    format!("@misc{{{}-{number},\n{}\n}}", memorandum.id.value, lines.join(",\n"))
}

/// BibTeX's own characters, spelt so that they are printed.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// An item of CSL-JSON, its fields in the order of their names.
#[derive(Serialize)]
struct Item<'a> {
    #[serde(rename = "URL")]
    url: &'a str,
    author: Vec<Name<'a>>,
    id: String,
    issued: Issued,
    language: &'static str,
    section: &'a str,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Issued {
    date_parts: [(u16, u8, u8); 1],
}

fn csl_json(
    memorandum: &Memorandum,
    title: &str,
    parties: &[&str],
    number: &str,
    edition: Edition,
    url: &str,
) -> String {
    let signed = memorandum.signed;
    let item = Item {
        url,
        author: parties.iter().map(|literal| Name { literal }).collect(),
        id: format!("{}/{number}", memorandum.id.value),
        issued: Issued { date_parts: [(signed.year, signed.month, signed.day)] },
        language: edition.language(),
        section: number,
        title,
        kind: "document",
    };
    serde_json::to_string_pretty(&[item]).expect("strings and numbers make JSON")
}

/// A title without the spaces that its layout on paper put in.
fn unspaced(title: &str) -> String {
    if title.is_ascii() { title.to_owned() } else { title.split_whitespace().collect() }
}
