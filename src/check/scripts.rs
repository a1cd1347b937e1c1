//! Which characters a script does not write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use crate::model::Script;
use crate::script;

/// Remembers what was asked: a site has few characters and many texts.
#[derive(Default)]
pub struct Scripts {
    known: Mutex<BTreeMap<(char, Script), bool>>,
}

impl Scripts {
    /// The characters of a text that belong to the other script alone.
    pub fn wrong(&self, text: &str, own: Script) -> Vec<char> {
        let ideographs: BTreeSet<char> = text.chars().filter(|c| *c >= '\u{3400}').collect();
        let Ok(mut known) = self.known.lock() else { return Vec::new() };
        let wrong =
            |c: &char| *known.entry((*c, own)).or_insert_with(|| script::is_foreign(*c, own));
        ideographs.into_iter().filter(wrong).collect()
    }
}
