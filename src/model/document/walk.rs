//! The one walk over all texts of a document: [`Memorandum::map`].
//!
//! It takes every struct apart, so that the compiler names it where a field was
//! forgotten. Must not know what texts are, or what is made of them.

use super::{
    Area, Column, DocumentKind, FieldName, FieldValue, Mark, Measure, Memorandum, Part, Section,
    Signatory, Words,
};

/// Whose words a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The document's own.
    Record,
    /// A measure's text; the document's own, too.
    Measure,
    /// An editor's.
    Editorial,
}

impl<T> Memorandum<T> {
    /// Every text, with whose words it is, in the order of the fields.
    pub fn texts(&self) -> Vec<(Role, &T)> {
        let mut texts = Vec::new();
        self.map(&mut |role, text| texts.push((role, text)));
        texts
    }

    /// The same document with other texts.
    pub fn map<'a, U>(&'a self, make: &mut impl FnMut(Role, &'a T) -> U) -> Memorandum<U> {
        let Self {
            id,
            formerly,
            script,
            kind,
            title,
            short_title,
            summary,
            group,
            continues,
            amends,
            dates,
            place,
            parties,
            fields,
            numbers_run_on,
            parts,
            areas,
        } = self;
        Memorandum {
            id: id.clone(),
            formerly: formerly.clone(),
            script: *script,
            kind: kind.map(make),
            title: make(Role::Record, title),
            short_title: short_title.as_ref().map(|text| make(Role::Editorial, text)),
            summary: summary.as_ref().map(|text| make(Role::Editorial, text)),
            group: group.as_ref().map(|text| make(Role::Editorial, text)),
            continues: continues.clone(),
            amends: amends.clone(),
            dates: dates.clone(),
            place: place.as_ref().map(|text| make(Role::Record, text)),
            parties: all(parties, make),
            fields: fields
                .iter()
                .map(|FieldName { id, name }| FieldName {
                    id: id.clone(),
                    name: make(Role::Record, name),
                })
                .collect(),
            numbers_run_on: *numbers_run_on,
            parts: parts.iter().map(|part| part.map(make)).collect(),
            areas: areas.iter().map(|area| area.map(make)).collect(),
        }
    }
}

impl<T> DocumentKind<T> {
    fn map<'a, U>(&'a self, make: &mut impl FnMut(Role, &'a T) -> U) -> DocumentKind<U> {
        match self {
            Self::Known(kind) => DocumentKind::Known(*kind),
            Self::Own(Words { document, area, measure }) => DocumentKind::Own(Words {
                document: make(Role::Editorial, document),
                area: make(Role::Editorial, area),
                measure: make(Role::Editorial, measure),
            }),
        }
    }
}

impl<T> Part<T> {
    /// Its texts, in the order of the fields.
    pub fn texts(&self) -> Vec<&T> {
        let mut texts = Vec::new();
        self.map(&mut |_, text| texts.push(text));
        texts
    }

    fn map<'a, U>(&'a self, make: &mut impl FnMut(Role, &'a T) -> U) -> Part<U> {
        let Self { kind, id, mark: own, title, text, signatories, rows, areas, closing } = self;
        Part {
            kind: *kind,
            id: id.clone(),
            mark: mark(own, make),
            title: one(title, make),
            text: all(text, make),
            signatories: signatories
                .iter()
                .map(|Signatory { party, post, dated }| Signatory {
                    party: make(Role::Record, party),
                    post: one(post, make),
                    dated: one(dated, make),
                })
                .collect(),
            rows: rows.iter().map(|row| all(row, make)).collect(),
            areas: areas.clone(),
            closing: all(closing, make),
        }
    }
}

impl<T> Area<T> {
    fn map<'a, U>(&'a self, make: &mut impl FnMut(Role, &'a T) -> U) -> Area<U> {
        let Self {
            id,
            formerly,
            number,
            mark: own,
            title,
            text,
            summary,
            columns,
            sections,
            measures,
            closing,
        } = self;
        Area {
            id: id.clone(),
            formerly: formerly.clone(),
            number: number.clone(),
            mark: mark(own, make),
            title: one(title, make),
            text: all(text, make),
            summary: summary.as_ref().map(|text| make(Role::Editorial, text)),
            columns: columns
                .iter()
                .map(|Column { holds, head }| Column { holds: *holds, head: one(head, make) })
                .collect(),
            sections: sections.iter().map(|section| section.map(make)).collect(),
            measures: measures.iter().map(|measure| measure.map(make)).collect(),
            closing: all(closing, make),
        }
    }
}

impl<T> Section<T> {
    fn map<'a, U>(&'a self, make: &mut impl FnMut(Role, &'a T) -> U) -> Section<U> {
        let Self { mark: own, title, text, measures } = self;
        Section {
            mark: mark(own, make),
            title: one(title, make),
            text: all(text, make),
            measures: measures.clone(),
        }
    }
}

impl<T> Measure<T> {
    fn map<'a, U>(&'a self, make: &mut impl FnMut(Role, &'a T) -> U) -> Measure<U> {
        let Self { number, mark: own, title, text, lines, fields, label, related, amends } = self;
        Measure {
            number: number.clone(),
            mark: mark(own, make),
            title: one(title, make),
            text: make(Role::Measure, text),
            lines: lines.clone(),
            fields: fields
                .iter()
                .map(|FieldValue { field, text }| FieldValue {
                    field: *field,
                    text: make(Role::Record, text),
                })
                .collect(),
            label: label.as_ref().map(|text| make(Role::Editorial, text)),
            related: related.clone(),
            amends: amends.clone(),
        }
    }
}

/// Paragraphs, made anew.
fn all<'a, T, U>(texts: &'a [T], make: &mut impl FnMut(Role, &'a T) -> U) -> Vec<U> {
    texts.iter().map(|text| make(Role::Record, text)).collect()
}

/// A text that may be there, made anew.
fn one<'a, T, U>(text: &'a Option<T>, make: &mut impl FnMut(Role, &'a T) -> U) -> Option<U> {
    text.as_ref().map(|text| make(Role::Record, text))
}

/// A mark that may be there, made anew.
fn mark<'a, T, U>(
    mark: &'a Option<Mark<T>>,
    make: &mut impl FnMut(Role, &'a T) -> U,
) -> Option<Mark<U>> {
    mark.as_ref().map(|Mark { printed, numeral, number }| Mark {
        printed: make(Role::Record, printed),
        numeral: numeral.clone(),
        number: *number,
    })
}
