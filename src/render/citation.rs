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

/// What all citations of a memorandum's measures in an edition say.
pub(super) struct Citing {
    edition: Edition,
    title: String,
    date: String,
    /// BibTeX's fields up to the date.
    bibtex: String,
    /// Fields of CSL-JSON.
    author: String,
    issued: String,
    title_in_json: String,
}

impl Citing {
    pub(super) fn new(memorandum: &Memorandum, edition: Edition) -> Self {
        let title = unspaced(&memorandum.title.text[edition]);
        let parties = memorandum.parties.iter().map(|party| party.text[edition].as_str());
        let signed = memorandum.signed;
        let mut bibtex = format!("  title = {{{{{}}}}},\n", escaped(&title));
        let authors: Vec<_> =
            parties.clone().map(|party| format!("{{{}}}", escaped(party))).collect();
        if !authors.is_empty() {
            bibtex.push_str(&format!("  author = {{{}}},\n", authors.join(" and ")));
        }
        bibtex.push_str(&format!("  date = {{{signed}}},\n"));
        let author = parties.map(|literal| Name { literal }).collect::<Vec<_>>();
        let issued = Issued { date_parts: [(signed.year, signed.month, signed.day)] };
        Self {
            date: signed.chinese(),
            bibtex,
            author: field_value(&author),
            issued: field_value(&issued),
            title_in_json: field_value(&title),
            edition,
            title,
        }
    }

    /// A measure in words.
    pub(super) fn in_words(
        &self,
        memorandum: &Memorandum,
        measure: &Measure,
        strings: &Strings,
        url: &str,
    ) -> String {
        let area = &memorandum.areas[measure.area];
        strings.format(
            "citation_text",
            &[
                ("title", &self.title),
                ("date", &self.date),
                ("numeral", &chinese_numeral(area.number as usize)),
                ("area", &area.title.text[self.edition]),
                ("ordinal", &measure.number.ordinal.to_string()),
                ("number", &measure.number.to_string()),
                ("url", url),
            ],
        )
    }

    /// A measure in words and for machines.
    pub(super) fn all(
        &self,
        memorandum: &Memorandum,
        measure: &Measure,
        strings: &Strings,
        url: &str,
    ) -> [Citation; 3] {
        let number = measure.number.to_string();
        let text = self.in_words(memorandum, measure, strings, url);
        let id = memorandum.id.value.as_str();
        let (bibtex, csl_json) = (self.bibtex(id, &number, url), self.csl_json(id, &number, url));
        [
            Citation { name: None, style: "plain", text },
            Citation { name: Some("BibTeX"), style: "code", text: bibtex },
            Citation { name: Some("CSL-JSON"), style: "code", text: csl_json },
        ]
    }

    fn bibtex(&self, id: &str, number: &str, url: &str) -> String {
        let language = self.edition.language();
        [
            &["@misc{", id, "-", number, ",\n", &self.bibtex][..],
            &["  note = {", number, "},\n  url = {", url, "},\n"],
            &["  langid = {", language, "}\n}"],
        ]
        .concat()
        .concat()
    }

    /// Its fields in the order of their names.
    fn csl_json(&self, id: &str, number: &str, url: &str) -> String {
        let language = self.edition.language();
        [
            &["[\n  {\n    \"URL\": ", &field_value(&url)][..],
            &[",\n    \"author\": ", &self.author],
            &[",\n    \"id\": \"", id, "/", number],
            &["\",\n    \"issued\": ", &self.issued],
            &[",\n    \"language\": \"", language],
            &["\",\n    \"section\": \"", number],
            &["\",\n    \"title\": ", &self.title_in_json],
            &[",\n    \"type\": \"document\"\n  }\n]"],
        ]
        .concat()
        .concat()
    }
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

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Issued {
    date_parts: [(u16, u8, u8); 1],
}

/// JSON as it stands in a field of an item in a list.
fn field_value(value: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(value).expect("strings and numbers make JSON");
    json.replace('\n', "\n    ")
}

/// A title without the spaces that its layout on paper put in.
fn unspaced(title: &str) -> String {
    if title.is_ascii() { title.to_owned() } else { title.split_whitespace().collect() }
}
