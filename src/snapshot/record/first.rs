//! Records of format 1: a memorandum had a title, a preamble, signatures, an
//! annex' heading and areas, in this order.

use serde::Deserialize;

use crate::model::{
    self, DateName, Dates, DocumentKind, Id, KnownKind, Mark, MeasureNumber, PartKind, PartialDate,
    Script, Signatory, chinese_numeral,
};
use crate::source::Spanned;

use super::{Area, Measure, Memorandum, Wording};

#[derive(Deserialize)]
struct Record {
    memoranda: Vec<First>,
}

#[derive(Deserialize)]
struct First {
    id: Spanned<Id>,
    script: Script,
    title: Wording,
    signed: PartialDate,
    #[serde(default)]
    published: Option<PartialDate>,
    #[serde(default)]
    as_at: Option<PartialDate>,
    #[serde(default)]
    place: Option<Wording>,
    #[serde(default)]
    parties: Vec<Wording>,
    #[serde(default)]
    preamble: Vec<Wording>,
    /// Each signature's lines: party, post, and the dated one where it is given.
    #[serde(default)]
    signatories: Vec<Vec<Wording>>,
    #[serde(default)]
    annex: Option<Wording>,
    areas: Vec<FirstArea>,
}

#[derive(Deserialize)]
struct FirstArea {
    id: Spanned<Id>,
    number: Spanned<u32>,
    title: Wording,
    measures: Vec<FirstMeasure>,
}

#[derive(Deserialize)]
struct FirstMeasure {
    number: Spanned<MeasureNumber>,
    text: Wording,
    #[serde(default)]
    label: Option<Wording>,
}

/// Reads the memoranda of a record of format 1.
pub fn read(bytes: &[u8]) -> serde_json::Result<Vec<Memorandum>> {
    let record: Record = serde_json::from_slice(bytes)?;
    Ok(record.memoranda.into_iter().map(memorandum).collect())
}

fn memorandum(first: First) -> Memorandum {
    let dates = [
        (DateName::Signed, Some(first.signed)),
        (DateName::Published, first.published),
        (DateName::AsAt, first.as_at),
    ];
    let areas: Vec<_> = first.areas.into_iter().map(area).collect();
    let part = |kind| model::Part::new(kind);
    let mut parts = vec![part(PartKind::Title)];
    if !first.preamble.is_empty() {
        parts.push(model::Part { text: first.preamble, ..part(PartKind::Preamble) });
    }
    if !first.signatories.is_empty() {
        let signatories = first.signatories.into_iter().filter_map(signatory).collect();
        parts.push(model::Part { signatories, ..part(PartKind::Signatures) });
    }
    if let Some(title) = first.annex {
        parts.push(model::Part { title: Some(title), ..part(PartKind::Annex) });
    }
    parts.push(model::Part { areas: 0..areas.len(), ..part(PartKind::Areas) });
    Memorandum {
        id: first.id,
        formerly: Vec::new(),
        script: first.script,
        kind: DocumentKind::Known(KnownKind::Memorandum),
        title: first.title,
        short_title: None,
        summary: None,
        group: None,
        continues: None,
        amends: Vec::new(),
        dates: Dates(dates.into_iter().filter_map(|(name, date)| Some((name, date?))).collect()),
        place: first.place,
        parties: first.parties,
        fields: Vec::new(),
        numbers_run_on: false,
        parts,
        areas,
    }
}

fn signatory(lines: Vec<Wording>) -> Option<Signatory<Wording>> {
    let mut lines = lines.into_iter();
    Some(Signatory { party: lines.next()?, post: lines.next(), dated: lines.next() })
}

fn area(first: FirstArea) -> Area {
    let like = &first.title.clone();
    let numeral = chinese_numeral(first.number.value as usize);
    let printed = format!("{numeral}、");
    let measures = first.measures.into_iter();
    Area {
        mark: Some(mark(printed, numeral, first.number.value, like)),
        id: first.id,
        formerly: Vec::new(),
        number: first.number,
        title: Some(first.title),
        text: Vec::new(),
        summary: None,
        columns: Vec::new(),
        sections: Vec::new(),
        measures: measures.map(|one| measure(one, like)).collect(),
        closing: Vec::new(),
    }
}

fn measure(first: FirstMeasure, like: &Wording) -> Measure {
    let ordinal = first.number.value.ordinal;
    Measure {
        mark: Some(mark(format!("{ordinal}."), ordinal.to_string(), ordinal, like)),
        number: first.number,
        title: None,
        text: first.text,
        lines: Vec::new(),
        fields: Vec::new(),
        label: first.label,
        related: Vec::new(),
        amends: Vec::new(),
    }
}

/// A mark is the same in both scripts, and comes from where the document does.
fn mark(printed: String, numeral: String, number: u32, like: &Wording) -> Mark<Wording> {
    let printed = like.alike(&printed);
    Mark { printed, numeral: Some(numeral), number: Some(number) }
}
