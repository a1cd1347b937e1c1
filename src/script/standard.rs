//! Which Traditional: what OpenCC's configurations are called for each, and what
//! a character looks like in it.

use super::opencc::{Config, Converter, characters};
use super::usage;
use crate::model::{Script, Standard};

impl Standard {
    /// OpenCC's configuration that writes an edition from the other.
    pub fn config(self, into: Script) -> Config {
        match (self, into) {
            (Self::Hk, Script::Hant) => Config::S2hk,
            (Self::Hk, Script::Hans) => Config::Hk2s,
            (Self::Tw, Script::Hant) => Config::S2tw,
            (Self::Tw, Script::Hans) => Config::Tw2s,
            (Self::Plain, Script::Hant) => Config::S2t,
            (Self::Plain, Script::Hans) => Config::T2s,
        }
    }

    /// A Simplified text by the dictionaries alone, and by the usage above them.
    pub(super) fn traditional(self, text: &str) -> String {
        self.used(Converter::get(self.config(Script::Hant)).convert(text))
    }

    /// What the dictionaries gave, as this standard's usage has it.
    pub(super) fn used(self, converted: String) -> String {
        match self {
            Self::Hk => usage::hong_kong(converted),
            Self::Tw => usage::taiwan(converted),
            Self::Plain => converted,
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
