//! A document in Akoma Ntoso 3.0 (OASIS LegalDocumentML), in its source script.
//!
//! It holds the document's own words in their order, and none of an editor's. The
//! ids of areas and measures are those of the pages. What the schema asks for and
//! no content tells (a country, a day) stands as unknown.

use crate::library::{DataFile, DocumentForm, Library, Measure, Memorandum, Wording};
use crate::model::{
    self, DocumentKind, Edition, Line, Mark, PartKind, PartialDate, Script, Signatory,
};

use super::xml::Writer;

const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// A country that nobody has told.
const NO_COUNTRY: &str = "zz";

/// A day that nobody has told.
const NO_DAY: &str = "9999-12-31";

type Part = model::Part<Wording>;
type Area = model::Area<Wording>;

/// A document while it is written.
struct Document<'a> {
    library: &'a Library,
    one: &'a Memorandum,
    edition: Edition,
    xml: Writer,
    /// How many parts have an id by now.
    parts: usize,
}

/// A memorandum's file.
pub fn akoma_ntoso(library: &Library, index: usize) -> Vec<u8> {
    let one = &library.memoranda[index];
    let edition = library.editions.of(one.script);
    let mut document = Document { library, one, edition, xml: Writer::new(), parts: 0 };
    let kind = match &one.kind {
        DocumentKind::Known(kind) => kind.id(),
        DocumentKind::Own(_) => "document",
    };
    document.xml.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
    document.xml.open("doc", &[("name", kind)]);
    document.meta(index, kind);
    document.body();
    document.xml.finish()
}

impl Document<'_> {
    fn words<'b>(&self, wording: &'b Wording) -> &'b str {
        &wording.text[self.edition]
    }

    fn meta(&mut self, index: usize, kind: &str) {
        let id = self.one.id.value.to_string();
        let (day, name) = self.day();
        let work = format!("/akn/{NO_COUNTRY}/doc/{kind}/{day}/{id}");
        let language = match self.one.script {
            Script::Hant => "zh-Hant",
            Script::Hans => "zh-Hans",
        };
        let expression = format!("{work}/{language}@{day}");
        let manifestation = format!("{expression}.xml");
        let path = self.library.data_path(DataFile::Document(index, DocumentForm::AkomaNtoso));
        let alias = self.library.absolute(&path);
        self.xml.open("meta", &[]);
        self.xml.open("identification", &[("source", "#site")]);
        let levels = [
            ("FRBRWork", &work),
            ("FRBRExpression", &expression),
            ("FRBRManifestation", &manifestation),
        ];
        for (level, address) in levels {
            let author = match (level, self.one.parties.is_empty()) {
                ("FRBRWork", false) => "#party-1",
                ("FRBRWork", true) => "#unknown",
                _ => "#site",
            };
            let this = match level {
                "FRBRManifestation" => address.clone(),
                _ => format!("{address}/!main"),
            };
            self.xml.open(level, &[]);
            self.xml.empty("FRBRthis", &[("value", &this)]);
            self.xml.empty("FRBRuri", &[("value", address)]);
            if let Some(alias) = alias.as_ref().filter(|_| level == "FRBRManifestation") {
                self.xml.empty("FRBRalias", &[("value", alias), ("name", "published-at")]);
            }
            self.xml.empty("FRBRdate", &[("date", &day), ("name", &name)]);
            self.xml.empty("FRBRauthor", &[("href", author)]);
            match level {
                "FRBRWork" => {
                    self.xml.empty("FRBRcountry", &[("value", NO_COUNTRY)]);
                    self.xml.empty("FRBRname", &[("value", &id)]);
                }
                "FRBRExpression" => self.xml.empty("FRBRlanguage", &[("language", language)]),
                _ => self.xml.empty("FRBRformat", &[("value", "application/akn+xml")]),
            }
            self.xml.close();
        }
        self.xml.close();
        self.references();
        self.xml.close();
    }

    /// The day that the document is known by, and what it is; the first of a month
    /// or year where no day is told, which its name says.
    fn day(&self) -> (String, String) {
        let Some((name, date)) = self.one.dates.first() else {
            return (NO_DAY.to_owned(), "unknown".to_owned());
        };
        let mut parts = date.parts();
        let is_whole = parts.len() == 3;
        parts.resize(3, 1);
        let day = format!("{:04}-{:02}-{:02}", parts[0], parts[1], parts[2]);
        let name = name.id().replace('_', "-");
        let within = |date: PartialDate| format!("{name}-within-{date}");
        (day, if is_whole { name.clone() } else { within(date) })
    }

    fn references(&mut self) {
        let site = self.words(&self.library.title);
        let home = self.library.base_url.as_ref().map_or("/", |url| url.as_str());
        self.xml.open("references", &[("source", "#site")]);
        let organisation = "TLCOrganization";
        self.xml.empty(organisation, &[("eId", "site"), ("href", home), ("showAs", site)]);
        for (place, party) in (1..).zip(&self.one.parties) {
            let id = format!("party-{place}");
            let href = format!("/ontology/organization/{id}");
            let name = &party.text[self.edition];
            self.xml.empty(organisation, &[("eId", &id), ("href", &href), ("showAs", name)]);
        }
        if self.one.parties.is_empty() {
            let href = "/ontology/organization/unknown";
            self.xml.empty(organisation, &[("eId", "unknown"), ("href", href), ("showAs", "—")]);
        }
        self.xml.close();
    }

    /// The parts in their order: what stands before the areas is the preface, from
    /// the first paragraph of a preamble on the preamble; what stands after them
    /// are the conclusions.
    fn body(&mut self) {
        let one = self.one;
        let parts = &one.parts;
        let first = parts.iter().position(holds_areas).unwrap_or(parts.len());
        let end = parts.iter().rposition(holds_areas).map_or(first, |last| last + 1);
        let preamble = parts[..first].iter().position(|part| part.kind == PartKind::Preamble);
        let preamble = preamble.unwrap_or(first);
        self.container("preface", &parts[..preamble]);
        self.container("preamble", &parts[preamble..first]);
        self.xml.open("mainBody", &[]);
        for part in &parts[first..end] {
            match part.kind {
                PartKind::Areas => part.areas.clone().for_each(|area| self.area(area)),
                PartKind::Division | PartKind::Annex => self.division(part),
                _ => self.blocks(part),
            }
        }
        if first == end {
            self.xml.empty("p", &[]);
        }
        self.xml.close();
        self.container("conclusions", &parts[end..]);
    }

    fn container(&mut self, name: &'static str, parts: &[Part]) {
        if parts.is_empty() {
            return;
        }
        self.xml.open(name, &[]);
        for part in parts {
            self.blocks(part);
        }
        self.xml.close();
    }

    /// A part that holds no areas.
    fn blocks(&mut self, part: &Part) {
        match part.kind {
            PartKind::Title if part.text.is_empty() => {
                let title = self.one.title.text[self.edition].as_str();
                self.xml.open("longTitle", &[]);
                self.xml.leaf("p", &[], title);
                self.xml.close();
            }
            PartKind::Table => self.table(&part.rows),
            kind => {
                for text in part.text.iter().chain(&part.closing) {
                    self.paragraph(kind.id(), &text.text[self.edition]);
                }
            }
        }
        for Signatory { party, post, dated } in &part.signatories {
            for text in [Some(party), post.as_ref(), dated.as_ref()].into_iter().flatten() {
                self.paragraph("signature", &text.text[self.edition]);
            }
        }
        if part.text.is_empty() && part.rows.is_empty() && part.kind != PartKind::Title {
            let heading = model::heading(part.mark.as_ref(), part.title.as_ref(), |one| {
                one.text[self.edition].as_str()
            });
            if !heading.is_empty() {
                self.xml.leaf("p", &[], &heading);
            }
        }
    }

    fn paragraph(&mut self, class: &str, text: &str) {
        self.xml.leaf("p", &[("class", class)], text);
    }

    fn table(&mut self, rows: &[Vec<Wording>]) {
        let edition = self.edition;
        self.xml.open("table", &[]);
        for row in rows {
            self.row(row.iter().map(|cell| cell.text[edition].as_str()));
        }
        self.xml.close();
    }

    fn row<'b>(&mut self, cells: impl Iterator<Item = &'b str>) {
        self.xml.open("tr", &[]);
        for cell in cells {
            self.xml.open("td", &[]);
            self.xml.leaf("p", &[], cell);
            self.xml.close();
        }
        self.xml.close();
    }

    /// A heading above areas, and they.
    fn division(&mut self, part: &Part) {
        self.parts += 1;
        let id = format!("part-{}", self.parts);
        let name = part.kind.id();
        self.xml.open("hcontainer", &[("eId", &id), ("name", name)]);
        self.head(part.mark.as_ref(), part.title.as_ref());
        self.around(&id, &part.text, &part.closing, |own| {
            part.areas.clone().for_each(|area| own.area(area));
            !part.areas.is_empty()
        });
        self.xml.close();
    }

    fn area(&mut self, index: usize) {
        let one = self.one;
        let area: &Area = &one.areas[index];
        let id = format!("a{}", area.number.value);
        self.xml.open("hcontainer", &[("eId", &id), ("name", "area")]);
        self.head(area.mark.as_ref(), area.title.as_ref());
        let first = one.measures_of(index).start;
        self.around(&id, &area.text, &area.closing, |own| {
            let mut next = 0;
            for (place, section) in area.sections.iter().enumerate() {
                (next..section.measures.start).for_each(|at| own.measure(one.measure(first + at)));
                next = section.measures.end;
                let id = format!("{id}-s{}", place + 1);
                own.xml.open("hcontainer", &[("eId", &id), ("name", "section")]);
                own.head(section.mark.as_ref(), section.title.as_ref());
                own.around(&id, &section.text, &[], |own| {
                    let measures = section.measures.clone();
                    measures.for_each(|at| own.measure(one.measure(first + at)));
                    !section.measures.is_empty()
                });
                own.xml.close();
            }
            (next..area.measures.len()).for_each(|at| own.measure(one.measure(first + at)));
            !area.measures.is_empty()
        });
        self.xml.close();
    }

    /// What stands before and after the parts of a container, which `inside`
    /// writes; it tells whether there are any.
    fn around(
        &mut self,
        id: &str,
        before: &[Wording],
        after: &[Wording],
        inside: impl FnOnce(&mut Self) -> bool,
    ) {
        self.texts("intro", &format!("{id}-intro"), before);
        let filled = inside(self);
        match filled || !before.is_empty() {
            true => self.texts("wrapUp", &format!("{id}-wrap"), after),
            false if after.is_empty() => {
                self.xml.open("content", &[("eId", &format!("{id}-content"))]);
                self.xml.empty("p", &[]);
                self.xml.close();
            }
            false => self.texts("content", &format!("{id}-content"), after),
        }
    }

    fn texts(&mut self, name: &'static str, id: &str, texts: &[Wording]) {
        if texts.is_empty() {
            return;
        }
        self.xml.open(name, &[("eId", id)]);
        for text in texts {
            self.xml.leaf("p", &[], &text.text[self.edition]);
        }
        self.xml.close();
    }

    fn head(&mut self, mark: Option<&Mark<Wording>>, title: Option<&Wording>) {
        if let Some(mark) = mark {
            self.xml.leaf("num", &[], &mark.printed.text[self.edition]);
        }
        if let Some(title) = title {
            self.xml.leaf("heading", &[], &title.text[self.edition]);
        }
    }

    fn measure(&mut self, measure: Measure) {
        let said = measure.said;
        let id = said.anchor();
        self.xml.open("hcontainer", &[("eId", &id), ("name", "measure")]);
        self.head(said.mark.as_ref(), said.title.as_ref());
        self.xml.open("content", &[("eId", &format!("{id}-content"))]);
        self.lines(&said.text.text[self.edition], &said.lines);
        for field in &said.fields {
            let name = self.one.fields.get(field.field).map_or("", |one| one.id.value.as_str());
            self.xml.leaf("p", &[("class", &format!("field {name}"))], self.words(&field.text));
        }
        self.xml.close();
        self.xml.close();
    }

    /// A measure's text, line by line; rows that follow each other are a table.
    fn lines(&mut self, text: &str, lines: &[Line]) {
        let mut in_table = false;
        for (place, line) in text.split('\n').enumerate() {
            let kind = lines.get(place).copied().unwrap_or(Line::Paragraph);
            let is_row = kind == Line::Row;
            if is_row != in_table {
                match is_row {
                    true => self.xml.open("table", &[]),
                    false => self.xml.close(),
                }
                in_table = is_row;
            }
            match kind {
                Line::Row => self.row(line.split('\t')),
                Line::Item(depth) => self.paragraph(&format!("item item-{depth}"), line),
                Line::Paragraph => self.xml.leaf("p", &[], line),
            }
        }
        if in_table {
            self.xml.close();
        }
    }
}

fn holds_areas(part: &Part) -> bool {
    matches!(part.kind, PartKind::Areas | PartKind::Division | PartKind::Annex)
}
