//! `versions.json`, and `versions.js`, which is the same for pages opened from
//! disk: the sealed versions of a site, the latest first.

use serde::Serialize;

use crate::library::Library;
use crate::snapshot::Version;
use crate::snapshot::record::Memorandum;

#[derive(Serialize)]
struct List<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<&'a str>,
    versions: Vec<Listed<'a>>,
}

/// A version with what tells whether a copy of it is the one that was sealed.
#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    date: String,
    note: Option<&'a str>,
    seal: &'a str,
    previous_seal: Option<&'a str>,
    software: &'a str,
    path: String,
    /// Its bag, packed, if that is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    zip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    memoranda: Vec<Dates<'a>>,
}

/// The dates of a memorandum in a version.
#[derive(Serialize)]
struct Dates<'a> {
    id: &'a str,
    #[serde(flatten)]
    dates: &'a crate::model::Dates,
}

/// The list for machines.
pub(super) fn data(library: &Library) -> Vec<u8> {
    let mut bytes =
        serde_json::to_vec_pretty(&list(library)).expect("strings become JSON in memory");
    bytes.push(b'\n');
    bytes
}

/// The list for the pages of sealed versions: one call of a function that they
/// define.
pub(super) fn script(library: &Library) -> Vec<u8> {
    let mut bytes = b"tongwenVersions(".to_vec();
    serde_json::to_writer(&mut bytes, &list(library)).expect("strings become JSON in memory");
    bytes.extend_from_slice(b");\n");
    bytes
}

fn list(library: &Library) -> List<'_> {
    let base_url = library.base_url.as_ref().map(|base_url| base_url.as_str());
    let versions = library.versions.iter().rev();
    List { base_url, versions: versions.map(|version| listed(library, version)).collect() }
}

fn listed<'a>(library: &Library, version: &'a Version) -> Listed<'a> {
    let base_url = library.base_url.as_ref().map(|base_url| base_url.as_str());
    let path = version.name.archive();
    Listed {
        name: version.name.as_str(),
        date: version.date.to_string(),
        note: version.note.as_deref(),
        seal: version.seal.as_str(),
        previous_seal: version.previous_seal.as_ref().map(|seal| seal.as_str()),
        software: &version.software,
        url: base_url.map(|base_url| format!("{base_url}{path}")),
        path,
        zip: library.publishes.bags.then(|| version.name.packed()),
        memoranda: version.record.memoranda.iter().map(dates).collect(),
    }
}

fn dates(memorandum: &Memorandum) -> Dates<'_> {
    Dates { id: memorandum.id.value.as_str(), dates: &memorandum.dates }
}
