//! Which dictionaries a configuration uses, and how: OpenCC's JSON files read
//! into lookups.
//!
//! It must not know how a text is converted.

use serde::Deserialize;

use super::dictionary::Dictionary;
use super::stage::{Dictionaries, Stage};

/// Which way a text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Config {
    /// Traditional (Hong Kong) to Simplified.
    Hk2s,
    /// Simplified to Traditional (Hong Kong).
    S2hk,
    /// Traditional (OpenCC's own standard) to Simplified.
    T2s,
    /// Simplified to Traditional (OpenCC's own standard).
    S2t,
    /// Traditional (Taiwan) to Simplified.
    Tw2s,
    /// Simplified to Traditional (Taiwan).
    S2tw,
    /// Traditional (Taiwan) to OpenCC's own standard.
    Tw2t,
    /// OpenCC's own standard to Hong Kong's.
    T2hk,
}

impl Config {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Hk2s,
        Self::S2hk,
        Self::T2s,
        Self::S2t,
        Self::Tw2s,
        Self::S2tw,
        Self::Tw2t,
        Self::T2hk,
    ];

    /// OpenCC's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hk2s => "hk2s",
            Self::S2hk => "s2hk",
            Self::T2s => "t2s",
            Self::S2t => "s2t",
            Self::Tw2s => "tw2s",
            Self::S2tw => "s2tw",
            Self::Tw2t => "tw2t",
            Self::T2hk => "t2hk",
        }
    }

    /// OpenCC's file of it.
    pub(super) fn json(self) -> &'static str {
        match self {
            Self::Hk2s => include_str!("data/config/hk2s.json"),
            Self::S2hk => include_str!("data/config/s2hk.json"),
            Self::T2s => include_str!("data/config/t2s.json"),
            Self::S2t => include_str!("data/config/s2t.json"),
            Self::Tw2s => include_str!("data/config/tw2s.json"),
            Self::S2tw => include_str!("data/config/s2tw.json"),
            Self::Tw2t => include_str!("data/config/tw2t.json"),
            Self::T2hk => include_str!("data/config/t2hk.json"),
        }
    }
}

/// A configuration with its dictionaries.
pub(super) struct Rules {
    /// Stages over the whole text.
    pub(super) normalization: Vec<Stage>,
    /// The words to segment by.
    pub(super) segmentation: Option<Stage>,
    /// Stages over each segment.
    pub(super) chain: Vec<Stage>,
    /// What is left of the chain's first stage between the words, if that stage
    /// first asks for the same words: then one look for them does for both.
    pub(super) between: Option<Stage>,
}

impl Rules {
    pub(super) fn read(config: Config) -> Self {
        let raw: RawConfig = serde_json::from_str(config.json())
            .expect("the embedded configurations have OpenCC's shape");
        let chain: Vec<Stage> = raw.conversion_chain.into_iter().map(RawStage::open).collect();
        let segmentation = match (raw.segmentation, &chain[..]) {
            (Some(words), _) => Some(words.open()),
            (None, [only]) => only.words(),
            (None, _) => None,
        };
        let between = chain
            .first()
            .zip(segmentation.as_ref())
            .and_then(|(first, words)| first.between(words));
        let normalization = raw.normalization.into_iter().map(RawStage::open).collect();
        Self { normalization, segmentation, chain, between }
    }
}

// Unknown fields and values are refused: a rule of a newer OpenCC that this
// implementation does not follow must fail loudly, not convert differently.

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    #[serde(rename = "name")]
    _name: String,
    #[serde(default)]
    normalization: Vec<RawStage>,
    segmentation: Option<RawSegmentation>,
    conversion_chain: Vec<RawStage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStage {
    dict: RawDictionary,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum RawSegmentation {
    Mmseg { dict: RawDictionary },
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum RawDictionary {
    Text {
        file: String,
        #[serde(rename = "may_output_tofu")]
        _may_output_tofu: Option<bool>,
    },
    Group {
        match_policy: RawPolicy,
        dicts: Vec<RawDictionary>,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawPolicy {
    ShortCircuit,
    Union,
}

impl RawStage {
    fn open(self) -> Stage {
        Stage::new(self.dict.open())
    }
}

impl RawSegmentation {
    fn open(self) -> Stage {
        let Self::Mmseg { dict } = self;
        Stage::new(dict.open())
    }
}

impl RawDictionary {
    fn open(self) -> Dictionaries {
        match self {
            Self::Text { file, .. } => Dictionaries::File(
                Dictionary::get(&file).expect("the embedded configurations name embedded files"),
            ),
            Self::Group { match_policy, dicts } => {
                let members = dicts.into_iter().map(Self::open).collect();
                match match_policy {
                    RawPolicy::ShortCircuit => Dictionaries::FirstHit(members),
                    RawPolicy::Union => Dictionaries::Longest(members),
                }
            }
        }
    }
}
