//! The text of one version, in a format of its own.
//!
//! A sealed snapshot holds it as `data/measures.json`, so that any later
//! version of the tool can tell what changed without reading old sources. The
//! format is read leniently: what a newer tool adds is passed over, and only a
//! new [`FORMAT`] number says that the old meaning no longer holds. Knows no
//! library; [`crate::library`] fills one in.

mod first;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::SmallVec;

use crate::model::{self, Edition, Editions, Provenance, ShortName};

/// The number of the format that this tool writes and reads.
pub const FORMAT: u32 = 2;

/// What a version says: every memorandum in every edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    format: u32,
    /// The editions that the site had.
    #[serde(default)]
    pub editions: Editions,
    /// The memoranda, in the site's order.
    pub memoranda: Vec<Memorandum>,
}

/// One document, in the words of every edition.
pub type Memorandum = model::Memorandum<Wording>;

/// A part of a memorandum.
pub type Area = model::Area<Wording>;

/// A measure.
pub type Measure = model::Measure<Wording>;

/// A text in each edition, by the edition's id.
#[derive(Debug, Clone, Eq)]
pub struct Wording(SmallVec<[(ShortName, String, Origin); 2]>);

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

impl Origin {
    /// Those that this tool knows.
    pub const ALL: [Self; 4] = [Self::Source, Self::Converted, Self::Official, Self::Edited];

    /// Its name in data.
    pub fn id(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Converted => "converted",
            Self::Official => "official",
            Self::Edited => "edited",
            Self::Other => "other",
        }
    }
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
    /// A record of these memoranda in the words of these editions.
    pub fn new(editions: Editions, memoranda: Vec<Memorandum>) -> Self {
        Self { format: FORMAT, editions, memoranda }
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
            1 => {
                let first = first::read(bytes).map_err(malformed)?;
                Ok(Self::new(Editions::default(), first))
            }
            FORMAT => serde_json::from_slice(bytes).map_err(malformed),
            other => Err(Unreadable::Format(other)),
        }
    }
}

impl Wording {
    /// A text in the words of editions: id, text, and where it comes from.
    pub fn new(texts: impl IntoIterator<Item = (ShortName, String, Origin)>) -> Self {
        Self(texts.into_iter().collect())
    }

    /// The text of an edition. Of one that the version did not have, the text of
    /// its script, or what was written.
    pub fn text(&self, edition: Edition) -> &str {
        self.of(edition).map_or("", |(_, text, _)| text)
    }

    fn of(&self, edition: Edition) -> Option<&(ShortName, String, Origin)> {
        let by_id = |id: &str| self.0.iter().find(|(own, ..)| own.as_str() == id);
        let written = || self.0.iter().find(|(_, _, origin)| *origin == Origin::Source);
        by_id(edition.id()).or_else(|| by_id(edition.script.id())).or_else(written)
    }

    /// Where an edition's text comes from.
    pub fn origin(&self, edition: Edition) -> Origin {
        self.of(edition).map_or(Origin::Other, |(_, _, origin)| *origin)
    }

    /// The texts of all editions but one.
    pub fn besides(&self, one: Edition) -> impl Iterator<Item = &str> {
        let others = self.0.iter().filter(move |(id, ..)| id.as_str() != one.id());
        others.map(|(_, text, _)| text.as_str())
    }

    /// The texts of all editions.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text, _)| text.as_str())
    }

    /// Where each edition's text comes from.
    pub fn origins(&self) -> Origins {
        Origins(self.0.iter().map(|(id, _, origin)| (*id, *origin)).collect())
    }

    /// Text that is the same in every edition, and comes from where this does.
    fn alike(&self, text: &str) -> Self {
        Self(self.0.iter().map(|(id, _, origin)| (*id, text.to_owned(), *origin)).collect())
    }
}

/// Where each edition's text comes from, by the edition's id. In which order the
/// editions stand says nothing.
#[derive(Debug, Clone, Eq)]
pub struct Origins(SmallVec<[(ShortName, Origin); 2]>);

impl PartialEq for Origins {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|one| other.0.contains(one))
    }
}

impl Serialize for Origins {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, origin)| (id.as_str(), origin)))
    }
}

impl PartialEq for Wording {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|one| other.0.contains(one))
    }
}

impl Serialize for Wording {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len() + 1))?;
        for (id, text, _) in &self.0 {
            map.serialize_entry(id.as_str(), text)?;
        }
        map.serialize_entry("provenance", &self.origins())?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Origins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(deserializer.deserialize_map(InOrder(PhantomData))?.into()))
    }
}

impl<'de> Deserialize<'de> for Wording {
    /// What `provenance` names is a text; what else a newer tool adds is passed
    /// over.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = deserializer.deserialize_map(InOrder::<serde_json::Value>(PhantomData))?;
        let mut origins = None;
        let mut texts: Vec<(ShortName, String)> = Vec::with_capacity(written.len());
        for (key, value) in written {
            match value {
                serde_json::Value::String(text) => texts.push((key, text)),
                value if key.as_str() == "provenance" => origins = Some(value),
                _ => {}
            }
        }
        let origins = origins.ok_or_else(|| D::Error::missing_field("provenance"))?;
        let Origins(origins) = Origins::deserialize(origins).map_err(D::Error::custom)?;
        if let Some((id, _)) = origins.iter().find(|(id, _)| texts.iter().all(|one| one.0 != *id)) {
            return Err(D::Error::custom(format!("there is no text of `{id}`")));
        }
        // In the order of the texts: that of a JSON value's keys may be another.
        let origin = |id: ShortName| origins.iter().find(|one| one.0 == id).map(|one| one.1);
        let text = |(id, text): (ShortName, String)| Some((id, text, origin(id)?));
        Ok(Self(texts.into_iter().filter_map(text).collect()))
    }
}

/// Reads a map whose keys are short names, in its own order. Keys that are not
/// short are a newer tool's.
struct InOrder<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
    type Value = Vec<(ShortName, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table by edition")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            match ShortName::try_from_str(&key) {
                Ok(key) => all.push((key, map.next_value()?)),
                Err(_) => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(all)
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
    fn the_order_of_editions_says_nothing() {
        let record = |wording: &str| -> Wording { serde_json::from_str(wording).unwrap() };
        let one = record(
            r#"{"hant": "發", "hans": "发", "provenance": {"hant": "source", "hans": "converted"}}"#,
        );
        let other = record(
            r#"{"hans": "发", "hant": "發", "provenance": {"hans": "converted", "hant": "source"}}"#,
        );
        assert_eq!(one, other);
        assert_eq!(one.origins(), other.origins());
        let edited = record(
            r#"{"hant": "發", "hans": "发", "provenance": {"hant": "source", "hans": "edited"}}"#,
        );
        assert_ne!(one, edited);
        assert_ne!(one.origins(), edited.origins());
    }

    #[test]
    fn what_a_newer_tool_adds_is_passed_over() {
        let mut newer = sample();
        newer["generator"] = "tongwen 9".into();
        newer["memoranda"][0]["areas"][0]["measures"][0]["keywords"] = serde_json::json!(["x"]);
        newer["memoranda"][0]["title"]["provenance"]["hans"] = "certified".into();
        let record = read(&newer).unwrap();
        let hans = Editions::default().named("hans").unwrap();
        let origins = record.memoranda[0].title.origins();
        assert!(origins.0.contains(&(hans.name(), Origin::Other)), "{origins:?}");
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
