//! Ideographic description sequences: `⿰亻頭` describes one character, so its
//! parts are not text to convert.
//!
//! Limits as in OpenCC's `UTF8Util.hpp`: any character is an operand, also a
//! space or the end of a line, but not NUL, which ends a text there.

use std::ops::RangeInclusive;

/// The characters that begin a sequence. OpenCC leaves out U+31EF.
pub(super) const OPERATORS: RangeInclusive<char> = '\u{2FF0}'..='\u{2FFF}';

const MAX_DEPTH: usize = 16;
const MAX_CHARS: usize = 64;

/// The length in bytes of the complete sequence that begins the text.
pub(super) fn sequence_len(text: &str) -> Option<usize> {
    if !text.starts_with(|char| OPERATORS.contains(&char)) {
        return None;
    }
    let mut chars = text.chars();
    let mut budget = MAX_CHARS;
    consume(&mut chars, MAX_DEPTH, &mut budget)?;
    Some(text.len() - chars.as_str().len())
}

/// Takes one description, operator or plain character, off the front.
fn consume(chars: &mut std::str::Chars, depth: usize, budget: &mut usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    *budget = budget.checked_sub(1)?;
    let char = chars.next().filter(|&char| char != '\0')?;
    for _ in 0..arity(char) {
        consume(chars, depth, budget)?;
    }
    Some(())
}

/// How many operands follow a character.
fn arity(char: char) -> usize {
    match char {
        '\u{2FFE}' | '\u{2FFF}' => 1,
        '\u{2FF2}' | '\u{2FF3}' => 3,
        '\u{2FF0}'..='\u{2FFD}' => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::sequence_len;

    fn check(text: &str, sequence: Option<&str>) {
        assert_eq!(sequence_len(text).map(|len| &text[..len]), sequence, "{text}");
    }

    #[test]
    fn a_sequence_ends_with_its_last_operand() {
        check("⿰亻頭髮", Some("⿰亻頭"));
        check("⿲彳氵亍頭", Some("⿲彳氵亍"));
        check("⿾頭髮", Some("⿾頭"));
        check("⿱⿰亻頭髮髮", Some("⿱⿰亻頭髮"));
        check("⿰ \n頭", Some("⿰ \n"));
    }

    #[test]
    fn an_incomplete_sequence_is_none() {
        check("", None);
        check("頭", None);
        check("⿰", None);
        check("⿰頭", None);
        check("⿱⿰頭髮", None);
        check("⿰頭\0髮", None);
    }

    #[test]
    fn depth_and_length_are_limited() {
        let nested = |depth: usize| "⿾".repeat(depth - 1) + "頭";
        check(&nested(16), Some(&nested(16)));
        check(&nested(17), None);

        let three = |a: &str, b: &str, c: &str| format!("⿲{a}{b}{c}");
        let four = three("一", "二", "三");
        let thirteen = three(&four, &four, &four);
        let forty = three(&thirteen, &thirteen, &thirteen);
        let sixty_four = three(&forty, &thirteen, &format!("⿰⿰{four}一⿾⿾一"));
        assert_eq!(sixty_four.chars().count(), 64);
        check(&sixty_four, Some(&sixty_four));
        check(&three(&forty, &thirteen, &format!("⿰⿰{four}一⿾⿾⿾一")), None);
    }
}
