//! HTML as templates and Markdown write it: names in small letters, values in
//! double quotes, a few character references. What is read here means the same by
//! all rules; whatever else there is, is not read.

use std::borrow::Cow;

use super::{Attribute, Part, Reader};

/// Reads a page. `None` if it is not plain; then a part of it has been told.
pub(super) fn read(html: &str, reader: &mut Reader<impl FnMut(Part<'_>)>) -> Option<()> {
    let mut rest = html;
    loop {
        let (text, tag) = match rest.split_once('<') {
            Some((text, tag)) => (text, Some(tag)),
            None => (rest, None),
        };
        if reader.hears_text() {
            (reader.tell)(Part::Text(&unescaped(text)?));
        }
        let Some(tag) = tag else { return Some(()) };
        rest = if let Some(end) = tag.strip_prefix('/') {
            let (name, after) = end.split_once('>')?;
            is_name(name).then(|| reader.end(name))?;
            after
        } else if let Some(after) = tag.strip_prefix("!doctype html>") {
            after
        } else {
            start_tag(tag, reader)?
        };
    }
}

/// Reads a start tag from its name on; gives what follows it.
fn start_tag<'a>(tag: &'a str, reader: &mut Reader<impl FnMut(Part<'_>)>) -> Option<&'a str> {
    let (name, mut rest) = name(tag)?;
    reader.open(name);
    let mut seen = 0u8;
    loop {
        let after = rest.trim_ascii_start();
        for (end, self_closing) in [(">", false), ("/>", true)] {
            if let Some(after) = after.strip_prefix(end) {
                reader.close(self_closing);
                return Some(after);
            }
        }
        // Attributes stand apart.
        (after.len() < rest.len()).then_some(())?;
        let (own, after) = attribute_name(after)?;
        let Some(quoted) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let (value, after) = quoted.strip_prefix('"')?.split_once('"')?;
        if let Some(attribute) = Attribute::named(own.as_bytes()) {
            let bit = 1 << attribute as u8;
            (seen & bit == 0).then_some(())?;
            seen |= bit;
            let value = unescaped(value)?;
            if !value.is_empty() {
                reader.give(attribute, &value);
            }
        }
        rest = after;
    }
}

/// The name that a text begins with, and the rest.
fn name(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(|byte| !is_of_name(byte))?;
    let (name, rest) = text.split_at(end);
    is_name(name).then_some((name, rest))
}

/// The same for an attribute. Those of SVG have capitals; those that matter must
/// not.
fn attribute_name(text: &str) -> Option<(&str, &str)> {
    let is_of_attribute = |byte: u8| is_of_name(byte.to_ascii_lowercase()) || byte == b':';
    let end = text.bytes().position(|byte| !is_of_attribute(byte)).filter(|end| *end > 0)?;
    let (name, rest) = text.split_at(end);
    let is_small = !name.bytes().any(|byte| byte.is_ascii_uppercase());
    let matters = || Attribute::named(name.to_ascii_lowercase().as_bytes()).is_some();
    (is_small || !matters()).then_some((name, rest))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(is_of_name)
}

fn is_of_name(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')
}

/// A text with what its references stand for.
fn unescaped(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('\0') {
        return None;
    }
    let Some((before, mut rest)) = text.split_once('&') else { return Some(Cow::Borrowed(text)) };
    let mut plain = before.to_owned();
    loop {
        let (name, after) = rest.split_once(';')?;
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => by_number(name.strip_prefix('#')?)?,
        });
        match after.split_once('&') {
            Some((text, next)) => {
                plain.push_str(text);
                rest = next;
            }
            None => {
                plain.push_str(after);
                return Some(Cow::Owned(plain));
            }
        }
    }
}

/// The character of a number. Some numbers stand for another character.
fn by_number(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    let is_digit = number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    code.ok()
        .filter(|code| is_digit && !matches!(code, 0..0x20 | 0x7f..0xa0))
        .and_then(char::from_u32)
}
