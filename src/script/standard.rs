//! Which Traditional: what OpenCC's configurations are called for each, and what
//! a character looks like in it.

use super::opencc::{Config, Converter, characters};
use super::usage;
use crate::model::Edition;

/// A way to write Traditional script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Standard {
    /// Hong Kong's, with the government's usage.
    #[default]
    Hk,
    /// Taiwan's.
    Tw,
    /// OpenCC's own.
    Plain,
}

impl Standard {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hk, Self::Tw, Self::Plain];

    /// Its name in a site's configuration.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hk => "hk",
            Self::Tw => "tw",
            Self::Plain => "plain",
        }
    }

    /// The standard of a name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standard| standard.id() == id)
    }

    /// The language tag of a text in it.
    pub fn lang(self) -> &'static str {
        match self {
            Self::Hk => "zh-Hant-HK",
            Self::Tw => "zh-Hant-TW",
            Self::Plain => "zh-Hant",
        }
    }

    /// OpenCC's configuration that writes an edition from the other.
    pub fn config(self, into: Edition) -> Config {
        match (self, into) {
            (Self::Hk, Edition::Hant) => Config::S2hk,
            (Self::Hk, Edition::Hans) => Config::Hk2s,
            (Self::Tw, Edition::Hant) => Config::S2tw,
            (Self::Tw, Edition::Hans) => Config::Tw2s,
            (Self::Plain, Edition::Hant) => Config::S2t,
            (Self::Plain, Edition::Hans) => Config::T2s,
        }
    }

    /// A Simplified text by the dictionaries alone, and by the usage above them.
    pub(super) fn traditional(self, text: &str) -> String {
        self.used(Converter::get(self.config(Edition::Hant)).convert(text))
    }

    /// What the dictionaries gave, as this standard's usage has it.
    pub(super) fn used(self, converted: String) -> String {
        match self {
            Self::Hk => usage::hong_kong(converted),
            Self::Tw | Self::Plain => converted,
        }
    }

    /// A character of OpenCC's own standard as this one writes it.
    pub(super) fn form(self, c: char) -> char {
        let variants = match self {
            Self::Hk => "HKVariants.txt",
            Self::Tw => "TWVariants.txt",
            Self::Plain => return c,
        };
        let form = characters(variants).find(|(plain, _)| *plain == c).map_or(c, |(_, form)| form);
        self.used(form.to_string()).chars().next().unwrap_or(form)
    }
}
