//! Which characters a script does not write.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::model::Script;
use crate::script;

/// The first ideograph, and how many code points follow that may be one.
const FIRST: usize = 0x3400;
const COUNT: usize = 0x30000;

/// What is known of a character, two bits for each script.
const KNOWN: u8 = 1;
const WRONG: u8 = 2;

/// Remembers what was asked: a site has few characters and many texts.
pub struct Scripts {
    known: Vec<AtomicU8>,
}

impl Default for Scripts {
    fn default() -> Self {
        Self { known: (0..COUNT).map(|_| AtomicU8::new(0)).collect() }
    }
}

impl Scripts {
    /// Whether a character belongs to the other script alone.
    pub fn is_wrong(&self, c: char, own: Script) -> bool {
        let place = (c as usize).checked_sub(FIRST).and_then(|place| self.known.get(place));
        let Some(place) = place else { return false };
        let shift = match own {
            Script::Hant => 0,
            Script::Hans => 2,
        };
        // Whoever asks at the same time finds the same.
        match place.load(Ordering::Relaxed) >> shift {
            known if known & KNOWN != 0 => known & WRONG != 0,
            _ => {
                let wrong = script::is_foreign(c, own);
                let found = if wrong { KNOWN | WRONG } else { KNOWN };
                place.fetch_or(found << shift, Ordering::Relaxed);
                wrong
            }
        }
    }
}
