//! Characters that look like ordinary ones: nobody types them, but files made
//! from PDF have them, and whoever searches outside this site finds nothing.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::ordinary;
use crate::source::Span;

/// How many of them a message names.
const SHOWN: usize = 8;

/// What is to be said of a text with such characters, at the first.
pub fn lookalikes(text: &str, place: impl Fn(Range<usize>) -> Span) -> Option<Diagnostic> {
    let mut all = text.char_indices().filter_map(|(at, c)| Some((at, c, ordinary(c)?)));
    let (at, first, meant) = all.next()?;
    let mut pairs = vec![(first, meant)];
    for (_, c, meant) in all {
        if !pairs.contains(&(c, meant)) {
            pairs.push((c, meant));
        }
    }
    let named = |(c, meant): &(char, char)| {
        format!("`{c}` (U+{:04X}) for `{meant}` (U+{:04X})", *c as u32, *meant as u32)
    };
    let shown: Vec<String> = pairs.iter().take(SHOWN).map(named).collect();
    let more = match pairs.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("the text has {}{more}", shown.join(", "));
    let place = place(at..at + first.len_utf8());
    Some(
        Diagnostic::warning(Code::LookalikeCharacter, place, message)
            .help("write the ordinary characters, unless the source document itself has these"),
    )
}
