//! A text of any length through the conversion, in bounded memory.
//!
//! 1. Bytes are read until a part and what stands after it are at hand.
//! 2. The part ends at a line's end, or at least beside a character that is no
//!    ideograph: words end where ideographs do.
//! 3. It is converted with what stands around it, and cut out of the result, so
//!    that a border between parts changes nothing.
//!
//! Must not know of documents, sites or options.

use std::io::{ErrorKind, Read};
use std::ops::Range;

use anyhow::{Context, Result, bail};

use crate::script::{Converter, Doubt, Review, Way};

/// How long a part is at most, and what of its surroundings is looked at with it,
/// in bytes.
const PART: usize = 64 * 1024;
const AROUND: usize = 1024;

/// A piece of a text with what it became.
pub struct Part<'a> {
    /// As it was read.
    pub source: &'a str,
    /// As it was converted.
    pub text: &'a str,
    /// The line that it begins in, from 1, and the column there, in characters.
    pub place: (usize, usize),
    window: &'a str,
    range: Range<usize>,
    converter: &'a Converter,
    into: Way,
}

impl Part<'_> {
    /// The places of the part whose conversion the evidence does not settle; their
    /// ranges are of bytes in `source`.
    pub fn doubts(&self) -> Vec<Doubt> {
        let found = self.converter.review(self.window, self.into).into_iter();
        let own = found.filter_map(|review| match review {
            Review::Doubt(doubt) if self.range.contains(&doubt.range.start) => Some(doubt),
            _ => None,
        });
        let start = self.range.start;
        own.map(|doubt| Doubt {
            range: doubt.range.start - start..doubt.range.end.min(self.range.end) - start,
            ..doubt
        })
        .collect()
    }
}

/// Converts a text part by part and hands each to `take`. The parts are the text,
/// to the byte: no line end is changed, none added.
///
/// # Errors
/// If the text cannot be read or is not UTF-8, or as `take`.
pub fn convert(
    mut text: impl Read,
    converter: &Converter,
    into: Way,
    mut take: impl FnMut(&Part) -> Result<()>,
) -> Result<()> {
    let mut stream = Stream::default();
    loop {
        let ended = stream.fill(&mut text, PART + AROUND)?;
        let start = stream.done;
        let end = if ended { stream.text.len() } else { cut(&stream.text, start) };
        if end > start {
            stream.give(converter, into, start..end, &mut take)?;
        }
        if ended {
            return Ok(());
        }
        stream.forget(end);
    }
}

/// A text that is being read.
#[derive(Default)]
struct Stream {
    /// What is at hand: a little that was converted, then what was not yet.
    text: String,
    /// How much of it was converted.
    done: usize,
    /// Bytes that begin a character whose end was not read.
    rest: Vec<u8>,
    /// How many bytes were read before `rest`.
    read: u64,
    /// Where what was not converted begins: line and column, from 0.
    place: (usize, usize),
}

impl Stream {
    /// Reads until this much is not converted; true at the text's end.
    fn fill(&mut self, from: &mut impl Read, length: usize) -> Result<bool> {
        let mut buffer = [0; 16 * 1024];
        while self.text.len() - self.done < length {
            let count = match from.read(&mut buffer) {
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error).context("cannot read the text"),
            };
            self.rest.extend_from_slice(&buffer[..count]);
            let good = match std::str::from_utf8(&self.rest) {
                Ok(_) => self.rest.len(),
                Err(error) if error.error_len().is_none() && count > 0 => error.valid_up_to(),
                Err(error) => bail!(
                    "it is not UTF-8: byte {} begins no character",
                    self.read + error.valid_up_to() as u64 + 1
                ),
            };
            let whole: Vec<u8> = self.rest.drain(..good).collect();
            self.read += good as u64;
            self.text.push_str(std::str::from_utf8(&whole).expect("it was looked at"));
            if count == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Converts a part and hands it on.
    fn give(
        &mut self,
        converter: &Converter,
        into: Way,
        range: Range<usize>,
        take: &mut impl FnMut(&Part) -> Result<()>,
    ) -> Result<()> {
        let after = border(&self.text, (range.end + AROUND).min(self.text.len()));
        let window = &self.text[..after];
        let converted = converter.convert(window, into);
        let before = window[..range.start].chars().count();
        let own = window[range.clone()].chars().count();
        let (from, to) = (converted.position(before), converted.position(before + own));
        let mut chars = converted.text.chars();
        chars.by_ref().take(from).for_each(drop);
        let text: String = chars.take(to - from).collect();
        let source = &window[range.clone()];
        let place = (self.place.0 + 1, self.place.1 + 1);
        take(&Part { source, text: &text, place, window, range, converter, into })?;
        let (lines, last) = match source.rfind('\n') {
            Some(at) => (source.matches('\n').count(), &source[at + 1..]),
            None => (0, source),
        };
        let column = if lines > 0 { 0 } else { self.place.1 };
        self.place = (self.place.0 + lines, column + last.chars().count());
        Ok(())
    }

    /// Lets go of what no later part looks at.
    fn forget(&mut self, end: usize) {
        let start = border(&self.text, end.saturating_sub(AROUND));
        self.text.drain(..start);
        self.done = end - start;
    }
}

/// Where a part that begins here ends.
fn cut(text: &str, start: usize) -> usize {
    let end = border(text, start + PART);
    let part = &text[start..end];
    let is_ideograph = |c: char| c >= '\u{3400}';
    let next = text[end..].chars().next();
    let line = part.rmatch_indices('\n').map(|(at, _)| at + 1).find(|at| {
        // A line end between two ideographs parts no word.
        let after = part[*at..].chars().next().or(next);
        let before = part[..*at].trim_end().chars().next_back();
        !(before.is_some_and(is_ideograph) && after.is_some_and(is_ideograph))
    });
    let beside = || {
        let at = part.rfind(|c| !is_ideograph(c))?;
        part[at..].chars().next().map(|c| at + c.len_utf8())
    };
    start + line.or_else(beside).unwrap_or(part.len())
}

/// The nearest beginning of a character at or before a byte.
fn border(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::model::{Lexicon, Script};
    use crate::script::Tongwen;

    /// Gives few bytes at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(1000).min(buffer.len());
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    /// Is interrupted before it gives anything.
    struct Interrupted<'a>(Drops<'a>, bool);

    impl Read for Interrupted<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            match std::mem::replace(&mut self.1, true) {
                false => Err(ErrorKind::Interrupted.into()),
                true => self.0.read(buffer),
            }
        }
    }

    #[test]
    fn what_is_interrupted_goes_on() {
        let (mut parts, from) = (0, Interrupted(Drops("發展".as_bytes()), false));
        convert(from, &converter(), Script::Hans.into(), |_| {
            parts += 1;
            Ok(())
        })
        .unwrap();
        assert_eq!(parts, 1);
    }

    fn converter() -> Converter {
        Converter::new(Box::new(Tongwen), &Lexicon::default(), &mut Diagnostics::default())
    }

    fn in_parts(text: &str) -> (String, usize, Vec<(usize, usize)>) {
        let (mut whole, mut parts, mut places) = (String::new(), 0, Vec::new());
        convert(Drops(text.as_bytes()), &converter(), Script::Hant.into(), |part| {
            whole.push_str(part.text);
            parts += 1;
            places.push(part.place);
            Ok(())
        })
        .unwrap();
        (whole, parts, places)
    }

    #[test]
    fn borders_between_parts_change_nothing() {
        let document = include_str!("../../seeds/hubei-2021.txt");
        let simplified = converter().convert(document, Script::Hans).text;
        let joined: String = simplified.chars().filter(|c| *c >= '\u{3400}').collect();
        let mut texts = vec![simplified.repeat(40), simplified.repeat(9).replace('\n', "\r\n")];
        texts.push(joined.repeat(20));
        texts.push(simplified.replace(['。', '；', '\r'], "").repeat(15));
        for text in texts {
            let (whole, parts, _) = in_parts(&text);
            assert!(parts > 1);
            assert!(whole == converter().convert(&text, Script::Hant).text);
        }
    }

    #[test]
    fn no_line_end_is_added_and_none_lost() {
        for text in ["", "\n", "发", "发\r\n展", "\u{feff}发\n\n", "发\r展\r", "\0发"] {
            let converted = in_parts(text).0;
            assert_eq!(converted, text.replace('发', "發"));
        }
    }

    #[test]
    fn parts_know_where_they_begin() {
        let text = "发展\n".repeat(30_000);
        let (_, parts, places) = in_parts(&text);
        assert!(parts > 2);
        let line = PART / "发展\n".len();
        assert!(places[1].1 == 1 && places[1].0.abs_diff(line) < 3, "{:?}", places[1]);
    }

    #[test]
    fn what_is_not_utf8_is_named_by_its_byte() {
        for (bytes, byte) in [(&b"ab\xff"[..], "byte 3 "), (b"\xe5\x8f", "byte 1 ")] {
            let error = convert(Drops(bytes), &converter(), Script::Hant.into(), |_| Ok(()));
            assert!(error.unwrap_err().to_string().contains(byte));
        }
    }
}
