//! Text as messages show it: harmless to a terminal, and never too long.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::source::is_noncharacter;

/// A value of more characters is cut in a message.
const VALUE: usize = 200;

/// A message of more characters is cut, whatever it is made of.
const MESSAGE: usize = 1200;

/// What content says, made fit for a terminal: characters that would drive it,
/// or that would show another order than is written, are spelt out.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_hidden(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Controls, marks that turn the direction of writing, line ends that are no
/// line feed, the byte order mark, and what is no character.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || is_noncharacter(c)
}

/// A character as it stands in a line of a file, and how many columns it takes.
pub fn in_line(c: char) -> (Cow<'static, str>, usize) {
    let shown: Cow<str> = match c {
        '\t' => Cow::Borrowed("    "),
        c if is_hidden(c) => Cow::Owned(c.escape_default().collect()),
        c => Cow::Owned(c.to_string()),
    };
    let columns = shown.width();
    (shown, columns)
}

/// A message in which values, between backticks, are cut to what a reader takes
/// in.
pub fn shortened(message: String) -> String {
    if message.len() <= VALUE {
        return message;
    }
    let mut short = String::new();
    for (index, part) in message.split('`').enumerate() {
        if index > 0 {
            short.push('`');
        }
        match index % 2 {
            0 => short.push_str(part),
            _ => short.push_str(&cut(part, VALUE)),
        }
        // What is written by now is cut below; the rest need not be looked at.
        if short.len() > MESSAGE * 4 {
            break;
        }
    }
    cut(&short, MESSAGE).into_owned()
}

/// A text without its middle if it has more characters than `most`.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    let offset = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
    let last = text.char_indices().rev().nth(most / 3).map_or(0, |(at, _)| at);
    Cow::Owned([&text[..offset(most * 2 / 3 - 2)], " … ", &text[last..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_drives_a_terminal_is_left() {
        assert_eq!(visible("示\u{1b}[31m範\u{202e}\u{9b}\n"), "示\\u{1b}[31m範\\u{202e}\\u{9b}\\n");
        assert_eq!(visible("示範 a\u{e0100}"), "示範 a\u{e0100}");
    }

    #[test]
    fn a_long_value_loses_its_middle_and_short_ones_nothing() {
        let long = "長".repeat(10_000);
        let message = shortened(format!("`{long}` is not `short`"));
        assert!(message.ends_with("長` is not `short`"), "{message}");
        assert!(message.chars().count() < VALUE + 30, "{message}");
        let list = vec![format!("`{}`", "值".repeat(100)); 100].join(", ");
        assert!(shortened(list).chars().count() <= MESSAGE + 3);
        let plain = format!("`{}`", "值".repeat(VALUE));
        assert_eq!(shortened(plain.clone()), plain);
    }
}
