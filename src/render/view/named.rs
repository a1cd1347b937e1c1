//! What pages call versions, scripts and what changed.

use serde::Serialize;

use crate::model::{MeasureNumber, Script};
use crate::render::theme::Phrase;
use crate::snapshot::Version;
use crate::snapshot::diff::{Diff, MemorandumDiff, Status};

use super::Scope;
use super::document::Day;

/// A version, or the present, as pages name it.
#[derive(Debug, Serialize)]
pub struct VersionLink {
    /// In words: `版本 v1`.
    pub name: String,
    /// The day of the seal; the present has none.
    pub day: Option<Day>,
    pub href: String,
}

/// A version by its index, with a page to link to.
pub fn version_link(scope: &Scope, version: usize, path: String) -> VersionLink {
    let day = scope.library.versions.get(version).map(|version| version.date.into());
    VersionLink { name: version_in_words(scope, version), day, href: scope.way.to(path) }
}

/// A version, or the present, by its index: `版本 v1`.
pub fn version_in_words(scope: &Scope, version: usize) -> String {
    let Scope { library, strings, .. } = *scope;
    match library.versions.get(version) {
        Some(version) => strings.format(Phrase::VersionNamed, &[("name", version.name.as_str())]),
        None => strings.format(Phrase::Present, &[]),
    }
}

/// The path in a version's archive of its page nearest to a path.
pub fn in_archive(version: &Version, path: &str) -> String {
    format!("{}{}", version.name.archive(), version.nearest(path))
}

/// How many measures changed from one version to another in which way, each way in
/// words; or that none did.
pub fn in_words(scope: &Scope, old: usize, new: usize) -> Vec<String> {
    let changes = scope.library.changes.as_deref();
    let told = changes.map(|changes| {
        let now = &changes.record(new).memoranda;
        told_in_words(scope, changes.diff(old, new), |index| now[index].script)
    });
    told.unwrap_or_default()
}

/// The same of any comparison; `script` is what a memorandum of the new side was
/// written in.
pub fn told_in_words(scope: &Scope, diff: &Diff, script: impl Fn(usize) -> Script) -> Vec<String> {
    let counts = diff.counts();
    let of = |status: Status| match status {
        Status::Added => counts.added,
        Status::Removed => counts.removed,
        Status::Changed => counts.changed,
        Status::Converted => counts.converted,
        Status::Renumbered => counts.renumbered,
        // Counted among those with another number.
        Status::Moved => 0,
        Status::Relabelled => counts.relabelled,
        Status::Attributed => counts.attributed,
    };
    let scripts = converted_in_words(scope, diff, script);
    let told: Vec<String> = Status::ALL
        .into_iter()
        .filter(|status| of(*status) > 0)
        .map(|status| {
            let count = of(status).to_string();
            scope.strings.format(Phrase::Count(status), &[("count", &count), ("script", &scripts)])
        })
        .collect();
    match (told.is_empty(), diff.is_empty()) {
        (false, _) => told,
        (true, false) => vec![scope.strings.format(Phrase::CountsOther, &[])],
        (true, true) => vec![scope.strings.format(Phrase::CountsNone, &[])],
    }
}

/// The scripts in which texts changed that were converted into them.
fn converted_in_words(scope: &Scope, diff: &Diff, script: impl Fn(usize) -> Script) -> String {
    let is_converted = |one: &&MemorandumDiff| {
        one.measures.iter().any(|pair| pair.statuses.contains(&Status::Converted))
    };
    let changed = diff.memoranda.iter().filter(is_converted).filter_map(|one| one.new);
    let found: Vec<Script> = changed.map(|index| script(index).other()).collect();
    let found = Script::ALL.into_iter().filter(|script| found.contains(script));
    let names: Vec<_> = found.map(|script| script_in_words(scope, script)).collect();
    names.join("、")
}

/// The id of a measure's element on a comparison's page. No memorandum's id holds
/// a dot, so the ids of two never meet.
pub fn change_id(memorandum: &str, number: MeasureNumber) -> String {
    format!("{memorandum}.m{}-{}", number.area, number.ordinal)
}

/// A comparison's name: `v1 → v2`.
pub fn pair_in_words(scope: &Scope, old: usize, new: usize) -> String {
    let name = |version: usize| match scope.library.versions.get(version) {
        Some(version) => version.name.to_string(),
        None => scope.strings.format(Phrase::Present, &[]),
    };
    format!("{} → {}", name(old), name(new))
}

/// The name of a script in the page's own.
pub fn script_in_words(scope: &Scope, script: Script) -> String {
    scope.strings.format(Phrase::Script(script), &[])
}
