//! The text of one version, in a format of its own.
//!
//! A sealed snapshot holds it as `data/measures.json`, so that any later
//! version of the tool can tell what changed without reading old sources. The
//! format is read leniently: what a newer tool adds is passed over, and only a
//! new [`FORMAT`] number says that the old meaning no longer holds. Knows no
//! library; [`crate::library`] fills one in.

mod first;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{self, Both, Edition, Provenance};

/// The number of the format that this tool writes and reads.
pub const FORMAT: u32 = 2;

/// What a version says: every memorandum in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    format: u32,
    /// The memoranda, in the site's order.
    pub memoranda: Vec<Memorandum>,
}

/// One document, in the words of both editions.
pub type Memorandum = model::Memorandum<Wording>;

/// A part of a memorandum.
pub type Area = model::Area<Wording>;

/// A measure.
pub type Measure = model::Measure<Wording>;

/// A text in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// In Traditional script.
    pub hant: String,
    /// In Simplified script.
    pub hans: String,
    /// Where each edition's text comes from.
    pub provenance: Origins,
}

/// Where each edition's text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins {
    /// The Traditional text's.
    pub hant: Origin,
    /// The Simplified text's.
    pub hans: Origin,
}

/// Where a text comes from, or a name that only a newer tool knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// It is the source text itself.
    Source,
    /// Software converted it from the source.
    Converted,
    /// The parties' own wording in this script.
    Official,
    /// Someone edited it by hand.
    Edited,
    /// What this tool does not know.
    #[serde(other)]
    Other,
}

/// Why a record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no record: what is wrong, and where.
    Malformed(String),
    /// It is of another format, by number.
    Format(u32),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "not a record of measures: {why}"),
            Self::Format(number) => write!(
                f,
                "the record has format {number}, and this tool reads format {FORMAT}; use a newer one"
            ),
        }
    }
}

impl std::error::Error for Unreadable {}

impl Record {
    /// A record of these memoranda.
    pub fn new(memoranda: Vec<Memorandum>) -> Self {
        Self { format: FORMAT, memoranda }
    }

    /// The record as a file's bytes, the same for the same record.
    pub fn to_json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a record has string keys alone");
        bytes.push(b'\n');
        bytes
    }

    /// Reads what [`Record::to_json`] wrote, in this version of the tool or
    /// another one.
    ///
    /// # Errors
    /// If the bytes are no record, or one of another format.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let malformed = |error: serde_json::Error| Unreadable::Malformed(error.to_string());
        let head: Head = serde_json::from_slice(bytes).map_err(malformed)?;
        match head.format {
            1 => first::read(bytes).map(Self::new).map_err(malformed),
            FORMAT => serde_json::from_slice(bytes).map_err(malformed),
            other => Err(Unreadable::Format(other)),
        }
    }
}

impl Wording {
    /// The text of an edition.
    pub fn text(&self, edition: Edition) -> &str {
        match edition {
            Edition::Hant => &self.hant,
            Edition::Hans => &self.hans,
        }
    }

    /// Where the text of an edition comes from.
    pub fn origin(&self, edition: Edition) -> Origin {
        match edition {
            Edition::Hant => self.provenance.hant,
            Edition::Hans => self.provenance.hans,
        }
    }
}

impl From<&Both<Provenance>> for Origins {
    fn from(both: &Both<Provenance>) -> Self {
        Self { hant: both.hant.into(), hans: both.hans.into() }
    }
}

impl From<Provenance> for Origin {
    fn from(provenance: Provenance) -> Self {
        match provenance {
            Provenance::Source => Self::Source,
            Provenance::Converted => Self::Converted,
            Provenance::Official => Self::Official,
            Provenance::Edited => Self::Edited,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> serde_json::Value {
        let wording = |hant: &str, hans: &str| {
            serde_json::json!({
                "hant": hant, "hans": hans,
                "provenance": { "hant": "source", "hans": "converted" },
            })
        };
        serde_json::json!({
            "format": 1,
            "memoranda": [{
                "id": "demo", "script": "hant", "title": wording("備忘錄", "备忘录"),
                "signed": "2021-11-29", "published": "2021-12-01",
                "areas": [{
                    "id": "finance", "number": 1, "title": wording("金融", "金融"),
                    "measures": [{ "number": "1.10", "text": wording("支持。", "支持。") }],
                }],
            }],
        })
    }

    fn read(value: &serde_json::Value) -> Result<Record, Unreadable> {
        Record::from_json(value.to_string().as_bytes())
    }

    #[test]
    fn what_was_written_is_read_again() {
        let record = read(&sample()).unwrap();
        assert_eq!(record.memoranda[0].areas[0].measures[0].key().to_string(), "1.10");
        assert_eq!(record.memoranda[0].dates.get(model::DateName::AsAt), None);
        assert_eq!(Record::from_json(&record.to_json()), Ok(record));
    }

    #[test]
    fn what_a_newer_tool_adds_is_passed_over() {
        let mut newer = sample();
        newer["generator"] = "tongwen 9".into();
        newer["memoranda"][0]["areas"][0]["measures"][0]["keywords"] = serde_json::json!(["x"]);
        newer["memoranda"][0]["title"]["provenance"]["hans"] = "certified".into();
        let record = read(&newer).unwrap();
        assert_eq!(record.memoranda[0].title.provenance.hans, Origin::Other);
        assert_eq!(record.memoranda[0].areas, read(&sample()).unwrap().memoranda[0].areas);
    }

    #[test]
    fn what_cannot_be_read_is_an_error_that_says_why() {
        let mut newer = sample();
        newer["format"] = 3.into();
        assert_eq!(read(&newer), Err(Unreadable::Format(3)));
        for (pointer, value) in [
            ("/memoranda/0/signed", "2021-02-30"),
            ("/memoranda/0/areas/0/measures/0/number", "1.01"),
            ("/memoranda/0/script", "latn"),
        ] {
            let mut wrong = sample();
            *wrong.pointer_mut(pointer).unwrap() = value.into();
            let told = read(&wrong).unwrap_err().to_string();
            assert!(told.contains(value), "{told}");
        }
        for bytes in [&b""[..], b"[]", b"{}", b"\xff", b"{\"format\": -1}", b"{\"format\": 1}"] {
            assert!(matches!(Record::from_json(bytes), Err(Unreadable::Malformed(_))));
        }
    }
}
