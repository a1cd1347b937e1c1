//! A source document's characters: white space and what is skipped left out.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Pattern, Skip, Skipped, SourceDocument};
use crate::source::{FileId, Span};

/// What of a source document is no part of the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SkippedText {
    /// The text.
    pub text: String,
    /// Its line in the source, from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
}

/// The characters of a source document that must be accounted for.
pub struct Stream<'a> {
    file: FileId,
    text: &'a str,
    /// Each with its byte offset.
    characters: Vec<(usize, char)>,
    /// The offsets of the line ends.
    line_ends: Vec<usize>,
    skipped: Vec<SkippedText>,
}

/// Whether a character of a source document has no meaning of its own: white
/// space, or one that is not seen, such as a byte-order mark.
pub fn is_passed_over(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

impl<'a> Stream<'a> {
    /// Takes a document's characters; reports a skip that finds nothing, or more
    /// than it says.
    pub fn new(
        document: &SourceDocument,
        text: &'a str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let line_ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let mut skips: Vec<(Range<usize>, &str)> = Vec::new();
        let mut good = true;
        for skip in &document.skips {
            let found = found(skip, text);
            good &= check(skip, &found, document, diagnostics);
            skips.extend(found.into_iter().map(|range| (range, skip.reason.as_str())));
        }
        skips.sort_by_key(|(range, _)| (range.start, range.end));
        let mut is_skipped = skips.iter().map(|(range, _)| range.clone()).peekable();
        let mut characters = Vec::with_capacity(text.len() / 3);
        for (at, c) in text.char_indices() {
            while is_skipped.next_if(|range| range.end <= at).is_some() {}
            let skipped = is_skipped.peek().is_some_and(|range| range.contains(&at));
            if !skipped && !is_passed_over(c) {
                characters.push((at, c));
            }
        }
        let line = |at: usize| line_ends.partition_point(|end| *end < at) + 1;
        let skipped = skips.iter().map(|(range, reason)| SkippedText {
            text: text[range.clone()].trim().to_owned(),
            line: line(range.start),
            reason: (*reason).to_owned(),
        });
        let skipped = skipped.collect();
        good.then_some(Self { file: document.text, text, characters, line_ends, skipped })
    }

    pub fn len(&self) -> usize {
        self.characters.len()
    }

    pub fn char(&self, index: usize) -> char {
        self.characters[index].1
    }

    pub fn chars(&self) -> impl Iterator<Item = char> {
        self.characters.iter().map(|(_, c)| *c)
    }

    pub fn skipped(&self) -> &[SkippedText] {
        &self.skipped
    }

    /// The text from a character on, as it stands in the file.
    pub fn rest(&self, index: usize) -> &str {
        self.characters.get(index).map_or("", |(at, _)| &self.text[*at..])
    }

    /// The same, up to the end of its line.
    pub fn line_from(&self, index: usize) -> &str {
        self.rest(index).lines().next().unwrap_or_default()
    }

    /// Whether white space, or what is skipped, stands before a character.
    pub fn has_space_before(&self, index: usize) -> bool {
        let between = self.between(index);
        between.contains(char::is_whitespace)
    }

    /// How many lines end between a character and the one before.
    pub fn line_ends_before(&self, index: usize) -> usize {
        self.between(index).matches('\n').count()
    }

    fn between(&self, index: usize) -> &str {
        let end = self.characters[index].0;
        let start = index.checked_sub(1).map_or(0, |before| {
            let (at, c) = self.characters[before];
            at + c.len_utf8()
        });
        &self.text[start..end]
    }

    /// The line of a character, from 1.
    pub fn line(&self, index: usize) -> usize {
        let at = self.characters[index].0;
        self.line_ends.partition_point(|end| *end < at) + 1
    }

    /// Whether a character is the first of its line.
    pub fn begins_line(&self, index: usize) -> bool {
        index == 0 || self.line_ends_before(index) > 0
    }

    pub fn excerpt(&self, range: Range<usize>) -> String {
        let end = range.end.min(self.characters.len());
        self.characters[range.start.min(end)..end].iter().map(|(_, c)| c).collect()
    }

    pub fn span(&self, index: usize) -> Span {
        let range = match self.characters.get(index) {
            Some((start, c)) => *start..start + c.len_utf8(),
            None => self.text.len()..self.text.len(),
        };
        Span::new(self.file, range)
    }
}

/// Where a skip applies.
fn found(skip: &Skip, text: &str) -> Vec<Range<usize>> {
    match &skip.what {
        Skipped::Lines(pattern) => lines(pattern, text),
        Skipped::Once(words) | Skipped::Every(words) => {
            text.match_indices(words.as_str()).map(|(at, hit)| at..at + hit.len()).collect()
        }
    }
}

fn lines(pattern: &Pattern, text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let content = line.trim_matches(is_passed_over);
        if !content.is_empty() && pattern.read(content).is_some() {
            found.push(at..end);
        }
        at = end;
    }
    found
}

fn check(
    skip: &Skip,
    found: &[Range<usize>],
    document: &SourceDocument,
    diagnostics: &mut Diagnostics,
) -> bool {
    let message = match (&skip.what, found) {
        (_, []) => format!("nothing of `{}` is skipped by this", document.file.value),
        (Skipped::Once(_), [_, _, ..]) => {
            format!("this stands {} times in `{}`", found.len(), document.file.value)
        }
        _ => return true,
    };
    let mut diagnostic = Diagnostic::error(Code::BadSkip, skip.span, message);
    let places: BTreeSet<_> = found.iter().take(2).map(|range| (range.start, range.end)).collect();
    for (start, end) in places {
        diagnostic = diagnostic.related(Span::new(document.text, start..end), "here");
    }
    diagnostics.push(match found.is_empty() {
        true => diagnostic.help("take the skip out, or write what the source document has"),
        false => {
            diagnostic.help("write more of it, or `every = true` if all of them are to be skipped")
        }
    });
    false
}
