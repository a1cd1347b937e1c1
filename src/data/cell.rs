//! What a spreadsheet would run as a formula, and how it is kept from that.
//!
//! A text that begins with a sign of formulas gets an apostrophe before it. So
//! does one that begins with apostrophes and such a sign, so that taking one
//! apostrophe off gives every text back.

use std::borrow::Cow;

/// With these a formula begins, in spreadsheets set to Chinese at full width, too.
const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Whether a text begins with a sign of formulas, apostrophes aside.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(SIGNS)
}

/// A text as a cell holds it.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { ["'", text].concat().into() } else { text.into() }
}

/// The text that a cell holds.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_begins_with_a_sign_of_formulas() {
        assert_eq!(guarded("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(guarded("＝1+1"), "'＝1+1");
        assert_eq!(guarded("'=1"), "''=1");
        assert_eq!(guarded("支持。"), "支持。");
        assert_eq!(guarded("'支持'"), "'支持'");
    }

    proptest! {
        #[test]
        fn every_text_is_given_back(text in "[='＝+@\t\r\n甲a-]{0,6}") {
            let cell = guarded(&text);
            prop_assert!(!cell.starts_with(SIGNS), "{cell}");
            prop_assert_eq!(unguarded(&cell), text.as_str());
        }
    }
}
