//! How documents and their measures are cited: in words on pages, for BibLaTeX and
//! as CSL-JSON in files of their own.

use serde::Serialize;

use crate::library::{Library, Memorandum, Place, Sheet, Wording};
use crate::model::{Each, Edition};
use crate::render::theme::Phrase;
use crate::script::beginning;

use super::theme::Strings;

/// What all citations of a memorandum's measures in an edition say.
pub(super) struct Citing {
    edition: Edition,
    title: String,
    /// In words; empty if the document has none.
    date: String,
    /// BibTeX's fields up to the date.
    bibtex: String,
    /// Fields of CSL-JSON.
    author: String,
    issued: Option<String>,
    title_in_json: String,
}

impl Citing {
    pub(super) fn new(memorandum: &Memorandum, edition: Edition) -> Self {
        let title = unspaced(&memorandum.title.text[edition]);
        let parties = memorandum.parties.iter().map(|party| party.text[edition].as_str());
        let date = memorandum.date();
        let mut bibtex = format!("  title = {{{{{}}}}},\n", escaped(&title));
        let authors: Vec<_> =
            parties.clone().map(|party| format!("{{{}}}", escaped(party))).collect();
        if !authors.is_empty() {
            bibtex.push_str(&format!("  author = {{{}}},\n", authors.join(" and ")));
        }
        if let Some(date) = date {
            bibtex.push_str(&format!("  date = {{{date}}},\n"));
        }
        let author = parties.map(|literal| Name { literal }).collect::<Vec<_>>();
        let issued = date.map(|date| field_value(&Issued { date_parts: [date.parts()] }));
        Self {
            date: date.map(|date| date.chinese()).unwrap_or_default(),
            bibtex,
            author: field_value(&author),
            issued,
            title_in_json: field_value(&title),
            edition,
            title,
        }
    }

    /// A measure in words.
    pub(super) fn in_words(
        &self,
        memorandum: &Memorandum,
        measure: usize,
        strings: &Strings,
        url: Option<&str>,
    ) -> String {
        let (area, ordinal) = self.place(memorandum, measure, strings);
        let date = match self.date.is_empty() {
            true => String::new(),
            false => strings.format(Phrase::CitationDate, &[("date", &self.date)]),
        };
        let url = url.map(|url| strings.format(Phrase::CitationUrl, &[("url", url)]));
        let own = memorandum.composes().then(|| {
            let key = memorandum.measure(measure).key().to_string();
            strings.format(Phrase::CitationOwn, &[("number", &key)])
        });
        strings.format(
            Phrase::CitationText,
            &[
                ("title", &self.title),
                ("date", &date),
                ("place", &area),
                ("ordinal", &ordinal),
                ("own", &own.unwrap_or_default()),
                ("url", &url.unwrap_or_default()),
            ],
        )
    }

    /// Where a measure stands, by what the document prints: the area's heading,
    /// and the measure's number, or how it begins.
    fn place(&self, memorandum: &Memorandum, index: usize, strings: &Strings) -> (String, String) {
        let measure = memorandum.measure(index);
        let text = |text: &Wording| text.text[self.edition].clone();
        // Areas of one annex may be called like those of another.
        let under = memorandum.heading_above(measure.reading.area, self.edition);
        let heading = memorandum.areas[measure.reading.area].heading(|one| &one.text[self.edition]);
        let headings = [under, heading].into_iter().filter(|heading| !heading.is_empty());
        let area = headings.map(|one| strings.format(Phrase::CitationArea, &[("heading", &one)]));
        let area: String = area.collect();
        let mark = measure.said.mark.as_ref().filter(|mark| mark.numeral.is_some());
        let ordinal = match mark.map(|mark| mark.name(|one| one.text[self.edition].as_str())) {
            Some(name) if name.starts_with('第') => name.to_owned(),
            Some(name) => strings.format(Phrase::Ordinal, &[("number", name)]),
            None => quotation(&text(&measure.said.text), strings),
        };
        (area, ordinal)
    }

    /// The document as an entry of BibLaTeX, or one of its measures: its key and
    /// its place. The key is part of the entry's name alone: it is the site's own.
    fn bibtex(&self, id: &str, part: Option<(&str, &str)>, url: Option<&str>) -> String {
        let language = self.edition.language();
        let url = url.map(|url| ["  url = {", url, "},\n"].concat()).unwrap_or_default();
        let key = part.map(|(key, _)| ["-", &key.replace('/', "-")].concat()).unwrap_or_default();
        let note = part.map(|(_, place)| ["  note = {", &escaped(place), "},\n"].concat());
        [
            &["@misc{", id, &key, "-", self.edition.id(), ",\n", &self.bibtex][..],
            &[&note.unwrap_or_default(), &url, "  langid = {", language, "}\n}\n"],
        ]
        .concat()
        .concat()
    }

    /// The same as an item of CSL-JSON, its fields in the order of their names.
    fn csl_json(&self, id: &str, part: Option<(&str, &str)>, url: Option<&str>) -> String {
        let edition = (self.edition.id(), self.edition.language());
        let url = url.map(|url| ["\"URL\": ", &field_value(&url), ",\n    "].concat());
        let issued = self.issued.as_ref().map(|issued| [",\n    \"issued\": ", issued].concat());
        let key = part.map(|(key, _)| ["/", key].concat()).unwrap_or_default();
        let section =
            part.map(|(_, place)| [",\n    \"section\": ", &field_value(&place)].concat());
        [
            &["  {\n    ", &url.unwrap_or_default(), "\"author\": ", &self.author][..],
            &[",\n    \"id\": \"", id, &key, "/", edition.0, "\"", &issued.unwrap_or_default()],
            &[",\n    \"language\": \"", edition.1, "\"", &section.unwrap_or_default()],
            &[",\n    \"title\": ", &self.title_in_json],
            &[",\n    \"type\": \"document\"\n  }"],
        ]
        .concat()
        .concat()
    }
}

/// A document and each of its measures in every edition, for BibLaTeX.
pub(super) fn bibtex(library: &Library, index: usize, strings: &Each<Strings>) -> Vec<u8> {
    let mut entries = Vec::new();
    cited(library, index, strings, |citing, id, part, url| {
        entries.push(citing.bibtex(id, part, url));
    });
    entries.join("\n").into_bytes()
}

/// The same for citation managers that read CSL-JSON.
pub(super) fn csl_json(library: &Library, index: usize, strings: &Each<Strings>) -> Vec<u8> {
    let mut items = Vec::new();
    cited(library, index, strings, |citing, id, part, url| {
        items.push(citing.csl_json(id, part, url));
    });
    ["[\n", &items.join(",\n"), "\n]\n"].concat().into_bytes()
}

/// Shows `take` the document, then each of its measures, edition by edition.
fn cited(
    library: &Library,
    index: usize,
    strings: &Each<Strings>,
    mut take: impl FnMut(&Citing, &str, Option<(&str, &str)>, Option<&str>),
) {
    let whole = &library.memoranda[index];
    let id = whole.id.value.as_str();
    for edition in library.editions.published() {
        let citing = Citing::new(whole, edition);
        let url = library.url(Place::Memorandum(index, Sheet::Overview).of(edition));
        take(&citing, id, None, url.as_deref());
        for measure in 0..whole.count() {
            let key = whole.identifier(measure);
            let (area, ordinal) = citing.place(whole, measure, &strings[edition]);
            let url = library.url(Place::Measure(index, measure).of(edition));
            take(&citing, id, Some((&key, &[area, ordinal].concat())), url.as_deref());
        }
    }
}

/// How many characters of a text stand for it where it has no name.
const EXCERPT: usize = 16;

/// How a text begins: up to its first pause, or to where a word ends.
pub(super) fn excerpt(text: &str) -> String {
    let pauses = |c: char| "，。；：、！？\n\t".contains(c) || ",;:.!?".contains(c);
    let up_to = |ends: &dyn Fn(char) -> bool| &text[..text.find(ends).unwrap_or(text.len())];
    let mut words = up_to(&pauses);
    if words.chars().count() < 4 {
        words = up_to(&|c| "\n\t".contains(c));
    }
    beginning(words, EXCERPT).to_owned()
}

/// How a text begins, as a quotation; dots stand for what is left out, a full stop
/// aside.
pub(super) fn quotation(text: &str, strings: &Strings) -> String {
    let words = excerpt(text);
    let rest = text.trim_start().strip_prefix(&*words).unwrap_or(text);
    let is_whole = rest.chars().all(|c| c.is_whitespace() || matches!(c, '。' | '.'));
    let phrase = if is_whole { Phrase::CitationWhole } else { Phrase::CitationExcerpt };
    strings.format(phrase, &[("words", &words)])
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
    date_parts: [Vec<u16>; 1],
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
