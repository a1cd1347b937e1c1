//! How a measure is cited: plain text, BibTeX, CSL-JSON.

use serde::Serialize;
use serde_json::json;

use crate::library::{Measure, Memorandum};
use crate::model::{Edition, chinese_numeral};

use super::theme::Strings;

/// A measure's citation in three forms.
#[derive(Debug, Serialize)]
pub(super) struct Citation {
    text: String,
    bibtex: String,
    csl_json: String,
}

/// Cites a measure in an edition.
pub(super) fn citation(
    memorandum: &Memorandum,
    measure: &Measure,
    edition: Edition,
    strings: &Strings,
    url: &str,
) -> Citation {
    let area = &memorandum.areas[measure.area];
    let title = unspaced(&memorandum.title.text[edition]);
    let number = measure.number.to_string();
    let text = strings.format(
        "citation_text",
        &[
            ("title", &title),
            ("date", &memorandum.signed.chinese()),
            ("numeral", &chinese_numeral(area.number as usize)),
            ("area", &area.title.text[edition]),
            ("ordinal", &measure.number.ordinal.to_string()),
            ("number", &number),
            ("url", url),
        ],
    );
    let parties: Vec<&str> =
        memorandum.parties.iter().map(|party| party.text[edition].as_str()).collect();
    Citation {
        text,
        bibtex: bibtex(memorandum, &title, &parties, &number, edition, url),
        csl_json: csl_json(memorandum, &title, &parties, &number, edition, url),
    }
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

fn csl_json(
    memorandum: &Memorandum,
    title: &str,
    parties: &[&str],
    number: &str,
    edition: Edition,
    url: &str,
) -> String {
    let authors: Vec<_> = parties.iter().map(|party| json!({ "literal": party })).collect();
    let signed = memorandum.signed;
    let item = json!([{
        "id": format!("{}/{number}", memorandum.id.value),
        "type": "document",
        "title": title,
        "author": authors,
        "issued": { "date-parts": [[signed.year, signed.month, signed.day]] },
        "section": number,
        "language": edition.language(),
        "URL": url,
    }]);
    serde_json::to_string_pretty(&item).expect("strings and numbers make JSON")
}

/// A title without the spaces that its layout on paper put in.
fn unspaced(title: &str) -> String {
    if title.is_ascii() { title.to_owned() } else { title.split_whitespace().collect() }
}
