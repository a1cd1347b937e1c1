//! A comparison as data: every edition, each text in pieces that are the same,
//! removed or inserted. What is the same in every way is counted, not listed.

use serde::{Serialize, Serializer};

use crate::model::{Edition, ShortName};
use crate::snapshot::compared::{At, Compared, Sides, changed};
use crate::snapshot::diff::{Counts, Diff, Pair, Place, Status};
use crate::snapshot::marks::{Mark, MarkKind};
use crate::snapshot::record::{Area, Origins, Wording};
use crate::snapshot::texts::Texts;

use super::Side;

/// The number of the data's format.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    format: u32,
    from: End<'a>,
    to: End<'a>,
    counts: Counts,
    memoranda: Vec<MemorandumReport<'a>>,
}

#[derive(Serialize)]
struct End<'a> {
    name: &'a str,
    date: Option<String>,
}

#[derive(Serialize)]
struct MemorandumReport<'a> {
    id: &'a str,
    title: &'a Wording,
    /// That one version alone has it.
    status: Option<&'static str>,
    source: &'static str,
    parts: Vec<PartReport>,
    areas: Vec<AreaReport<'a>>,
    measures: Vec<MeasureReport<'a>>,
}

#[derive(Serialize)]
struct PartReport {
    part: &'static str,
    status: &'static str,
    marks: Marks,
}

#[derive(Serialize)]
struct AreaReport<'a> {
    statuses: Vec<&'static str>,
    old: Option<AreaEnd<'a>>,
    new: Option<AreaEnd<'a>>,
    marks: Marks,
}

#[derive(Serialize)]
struct AreaEnd<'a> {
    id: &'a str,
    number: u32,
}

#[derive(Serialize)]
struct MeasureReport<'a> {
    statuses: Vec<&'static str>,
    old: Option<MeasureEnd<'a>>,
    new: Option<MeasureEnd<'a>>,
    marks: Marks,
    #[serde(skip_serializing_if = "Option::is_none")]
    label_marks: Option<Marks>,
}

#[derive(Serialize)]
struct MeasureEnd<'a> {
    number: String,
    area: &'a str,
    provenance: Origins,
}

/// A text's pieces, by edition.
struct Marks(Vec<(ShortName, Vec<MarkReport>)>);

impl Serialize for Marks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, marks)| (id.as_str(), marks)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum MarkReport {
    Same(String),
    Removed(String),
    Inserted(String),
}

/// The comparison as data.
pub fn json(diff: &Diff, old: Side, new: Side) -> String {
    let end = |side: Side<'_>| side.date.map(|date| date.to_string());
    let report = Report {
        format: FORMAT,
        from: End { name: old.name, date: end(old) },
        to: End { name: new.name, date: end(new) },
        counts: diff.counts(),
        memoranda: changed(diff, old.record, new.record).map(|one| memorandum(&one)).collect(),
    };
    let text = serde_json::to_string_pretty(&report).expect("a report has string keys alone");
    format!("{text}\n")
}

fn memorandum<'a>(one: &Compared<'a>) -> MemorandumReport<'a> {
    let parts = one.diff.parts.iter().map(|(part, status)| PartReport {
        part: part.name(),
        status: status.name(),
        marks: marks(one, &one.part(*part)),
    });
    let end = |area: &'a Area| AreaEnd { id: area.id.value.as_str(), number: area.number.value };
    let areas = one.areas().map(|(pair, sides)| AreaReport {
        statuses: names(&pair.statuses),
        old: sides.0.map(end),
        new: sides.1.map(end),
        marks: marks(one, &one.titles(sides)),
    });
    MemorandumReport {
        id: one.one.id.value.as_str(),
        title: &one.one.title,
        status: one.alone().map(Status::name),
        source: one.one.script.id(),
        parts: parts.collect(),
        areas: areas.collect(),
        measures: one.measures().map(|(pair, sides)| measure(one, pair, sides)).collect(),
    }
}

fn measure<'a>(one: &Compared<'a>, pair: &Pair<Place>, sides: Sides<At<'a>>) -> MeasureReport<'a> {
    let end = |(area, measure): At<'a>| MeasureEnd {
        number: measure.key().to_string(),
        area: area.id.value.as_str(),
        provenance: measure.text.origins(),
    };
    let relabelled = pair.has(Status::Relabelled);
    MeasureReport {
        statuses: names(&pair.statuses),
        old: sides.0.map(end),
        new: sides.1.map(end),
        marks: marks(one, &one.text(sides)),
        label_marks: relabelled.then(|| marks(one, &one.label(sides))),
    }
}

fn names(statuses: &[Status]) -> Vec<&'static str> {
    statuses.iter().map(|status| status.name()).collect()
}

fn marks(one: &Compared, texts: &Texts) -> Marks {
    let report = |Mark { kind, text }| match kind {
        MarkKind::Same => MarkReport::Same(text),
        MarkKind::Removed => MarkReport::Removed(text),
        MarkKind::Inserted => MarkReport::Inserted(text),
    };
    let marks = |edition: Edition| texts.marks(edition).into_iter().map(report).collect();
    Marks(one.editions.published().map(|edition| (edition.name(), marks(edition))).collect())
}
