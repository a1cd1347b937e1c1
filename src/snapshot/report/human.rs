//! A comparison for a person at a terminal, in the source script: changes within
//! a text as `[-removed-]` and `{+inserted+}`, as word diffs write them, in colour
//! where there is any. What versions say comes through as [`visible`] text.

use std::borrow::Cow;
use std::fmt::Write;

use crate::diagnostic::{Style, visible};
use crate::snapshot::compared::{At, Compared, Sides, changed};
use crate::snapshot::diff::{Counts, Diff, Pair, Place, Status};
use crate::snapshot::marks::{Mark, MarkKind};
use crate::snapshot::record::Area;
use crate::snapshot::texts::Texts;

use super::Side;

/// What was removed, and what was inserted, on a terminal.
const REMOVED: &str = "91";
const INSERTED: &str = "92";

/// The comparison as text.
pub fn human(diff: &Diff, old: Side, new: Side, style: Style) -> String {
    let mut text = format!("{} → {}\n{}\n", end(old), end(new), counts(diff));
    for one in changed(diff, old.record, new.record) {
        memorandum(&one, style, &mut text);
    }
    text
}

fn end(side: Side) -> String {
    match side.date {
        Some(date) => format!("{} ({date})", side.name),
        None => side.name.to_owned(),
    }
}

fn counts(diff: &Diff) -> String {
    if diff.is_empty() {
        return "nothing changed".to_owned();
    }
    let Counts { added, removed, changed, converted, renumbered, moved, .. } = diff.counts();
    let Counts { relabelled, attributed, unchanged, .. } = diff.counts();
    let renumbered_name = match moved {
        0 => "renumbered".to_owned(),
        moved => format!("renumbered ({moved} moved)"),
    };
    let all = [
        (added, "added"),
        (removed, "removed"),
        (changed, "changed"),
        (converted, "converted otherwise"),
        (renumbered, renumbered_name.as_str()),
        (relabelled, "relabelled"),
        (attributed, "attributed otherwise"),
        (unchanged, "unchanged"),
    ];
    let told = all.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, name)| format!("{count} {name}")).collect();
    format!("measures: {}", told.join(", "))
}

fn memorandum(one: &Compared, style: Style, text: &mut String) {
    let title = visible(one.one.title.text(one.source));
    let alone = one.alone().map(|status| format!("  {}", status.name())).unwrap_or_default();
    let _ = writeln!(text, "\n{}  {title}{alone}", one.one.id.value);
    for (part, status) in &one.diff.parts {
        let shown = shown(one, &one.part(*part), &[*status], style);
        item(part.name(), status.name(), &shown, text);
    }
    for (pair, sides) in one.areas() {
        area(one, pair, sides, style, text);
    }
    for (pair, sides) in one.measures() {
        measure(one, pair, sides, style, text);
    }
}

fn area(one: &Compared, pair: &Pair<usize>, sides: Sides<&Area>, style: Style, text: &mut String) {
    let number = sides.1.or(sides.0).map_or(0, |area| area.number.value);
    let told = pair.statuses.iter().map(|status| match (status, sides.0) {
        (Status::Renumbered, Some(old)) => format!("renumbered from {}", old.number.value),
        (Status::Moved, Some(old)) => format!("moved from `{}`", old.id.value),
        _ => status.name().to_owned(),
    });
    let told: Vec<String> = told.collect();
    let shown = shown(one, &one.titles(sides), &pair.statuses, style);
    item(&format!("area {number}"), &told.join(", "), &shown, text);
}

fn measure(one: &Compared, pair: &Pair<Place>, sides: Sides<At>, style: Style, text: &mut String) {
    let number = sides.1.or(sides.0).map(|(_, measure)| measure.key().to_string());
    let told = pair.statuses.iter().map(|status| match (status, sides.0) {
        (Status::Renumbered, Some((_, old))) => format!("renumbered from {}", old.key()),
        (Status::Moved, Some((area, old))) => {
            format!("moved from {} in `{}`", old.key(), area.id.value)
        }
        _ => status.name().to_owned(),
    });
    let told: Vec<String> = told.collect();
    let shown = shown(one, &one.text(sides), &pair.statuses, style);
    item(&number.unwrap_or_default(), &told.join(", "), &shown, text);
    if pair.has(Status::Relabelled) {
        let label = marked(&one.label(sides).marks(one.source), style);
        let _ = writeln!(text, "    label: {label}");
    }
}

fn item(name: &str, told: &str, shown: &str, text: &mut String) {
    let _ = writeln!(text, "  {name}  {told}");
    for line in shown.lines() {
        let _ = writeln!(text, "    {line}");
    }
}

/// The text with its marks; nothing if it is the same.
fn shown(one: &Compared, texts: &Texts, statuses: &[Status], style: Style) -> String {
    let is_of_text = |status: &Status| {
        matches!(status, Status::Added | Status::Removed | Status::Changed | Status::Converted)
    };
    if !statuses.iter().any(is_of_text) {
        return String::new();
    }
    let source = texts.source();
    if !statuses.contains(&Status::Converted) {
        return marked(&texts.marks(source), style);
    }
    let differs = |marks: &[Mark]| marks.iter().any(|mark| mark.kind != MarkKind::Same);
    let others = one.editions.besides(source).map(|edition| (edition, texts.marks(edition)));
    let told = others.filter(|(_, marks)| differs(marks));
    let told = told.map(|(edition, marks)| format!("{}: {}", edition.id(), marked(&marks, style)));
    told.collect::<Vec<_>>().join("\n")
}

fn marked(marks: &[Mark], style: Style) -> String {
    let marked = marks.iter().map(|Mark { kind, text }| match kind {
        MarkKind::Same => in_lines(text, |line| line.into_owned()),
        MarkKind::Removed => in_lines(&format!("[-{text}-]"), |line| style.paint(REMOVED, &line)),
        MarkKind::Inserted => {
            in_lines(&format!("{{+{text}+}}"), |line| style.paint(INSERTED, &line))
        }
    });
    marked.collect()
}

/// A text each line of which is dressed for itself, since lines are indented.
fn in_lines(text: &str, dress: impl Fn(Cow<str>) -> String) -> String {
    text.split('\n').map(|line| dress(visible(line))).collect::<Vec<_>>().join("\n")
}
