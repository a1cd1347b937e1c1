//! The same words in several editions, as elements beside each other, with what
//! differs and what conversion chose marked: `<b>` and `<u>`.
//!
//! No text stands there but the document's own.

use std::ops::Range;

use crate::library::{Measure, Wording};
use crate::model::{Edition, Mark};
use crate::render::view::text::escape_into;
use crate::script::{Choice, fold};
use crate::snapshot::marks::{MarkKind, marks};

/// The editions that stand beside each other.
pub struct Sides<'a> {
    pub sides: &'a [Edition],
}

/// What characters of a text are marked as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Differs,
    Chosen,
}

impl Class {
    fn tag(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Differs => Some("b"),
            Self::Chosen => Some("u"),
        }
    }
}

impl Sides<'_> {
    /// A heading's words, to stand inside its element.
    pub fn heading(&self, texts: &[String], html: &mut String) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        self.elements("span", &[], &texts, &[], html);
    }

    /// The heading of a measure.
    pub fn title(&self, texts: &[String], html: &mut String) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        html.push_str("<div class=\"pair heading\">");
        self.elements("p", &[], &texts, &[], html);
        html.push_str("</div>\n");
    }

    /// A text as one.
    pub fn text(&self, text: &Wording, choices: &[Vec<Choice>], html: &mut String) {
        let texts: Vec<&str> = self.sides.iter().map(|side| text.text[*side].as_str()).collect();
        html.push_str("<div class=\"pair\">");
        self.elements("p", &[], &texts, &ranges(choices), html);
        html.push_str("</div>\n");
    }

    /// A measure's text, sentence by sentence; before the first stands the mark.
    pub fn measure(
        &self,
        measure: Measure,
        mark: Option<&Mark<Wording>>,
        choices: &[Vec<Choice>],
        html: &mut String,
    ) {
        let text = &measure.said.text;
        let choices = ranges(choices);
        let counts = self.sides.iter().map(|side| measure.reading.sentences[*side].len());
        // As many in every edition: else the content has a mistake.
        for number in 0..counts.min().unwrap_or_default() {
            let range = |side: &Edition| measure.reading.sentences[*side][number].clone();
            let ranges: Vec<Range<usize>> = self.sides.iter().map(range).collect();
            let begins = |(side, range): (&Edition, &Range<usize>)| {
                range.start > 0
                    && text.text[*side][..range.start].trim_end_matches(' ').ends_with(['\n', '\t'])
            };
            let begins = self.sides.iter().zip(&ranges).any(begins);
            html.push_str(if begins {
                "<div class=\"pair begins\" id=\""
            } else {
                "<div class=\"pair\" id=\""
            });
            html.push_str(&measure.sentence_anchor(number + 1));
            html.push_str("\">");
            let parts: Vec<&str> = self
                .sides
                .iter()
                .zip(&ranges)
                .map(|(side, range)| text.text[*side][range.clone()].trim_end())
                .collect();
            let inside: Vec<Vec<Range<usize>>> = ranges
                .iter()
                .zip(&choices)
                .map(|(range, choices)| within(choices, range))
                .collect();
            let printed = match mark.filter(|_| number == 0) {
                Some(mark) => {
                    self.sides.iter().map(|side| mark.printed.text[*side].as_str()).collect()
                }
                None => Vec::new(),
            };
            self.elements("p", &printed, &parts, &inside, html);
            html.push_str("</div>\n");
        }
    }

    /// An element for each side, with its mark before its text, if it has one.
    fn elements(
        &self,
        tag: &str,
        printed: &[&str],
        texts: &[&str],
        choices: &[Vec<Range<usize>>],
        html: &mut String,
    ) {
        let differing = differing(texts);
        for (at, side) in self.sides.iter().enumerate() {
            html.push('<');
            html.push_str(tag);
            html.push_str(" lang=\"");
            html.push_str(side.language());
            html.push_str("\">");
            if let Some(printed) = printed.get(at) {
                html.push_str("<span class=\"mark\">");
                escape_into(html, printed);
                html.push_str("</span>");
            }
            let chosen = choices.get(at).map(Vec::as_slice).unwrap_or_default();
            write(texts[at], &differing[at], chosen, html);
            html.push_str("</");
            html.push_str(tag);
            html.push('>');
        }
    }
}

/// Where conversion chose, on each side.
fn ranges(choices: &[Vec<Choice>]) -> Vec<Vec<Range<usize>>> {
    let of_side = |own: &Vec<Choice>| own.iter().map(|one| one.range.clone()).collect();
    choices.iter().map(of_side).collect()
}

/// The ranges inside another, as seen from its start.
fn within(ranges: &[Range<usize>], outer: &Range<usize>) -> Vec<Range<usize>> {
    let inside = ranges.iter().filter(|one| outer.start <= one.start && one.end <= outer.end);
    inside.map(|one| one.start - outer.start..one.end - outer.start).collect()
}

/// Writes a text with elements around what differs and what was chosen. Both are
/// in order.
fn write(text: &str, differs: &[Range<usize>], chosen: &[Range<usize>], html: &mut String) {
    let (mut differs, mut chosen) = (differs.iter().peekable(), chosen.iter().peekable());
    let (mut from, mut class) = (0, Class::Plain);
    let mut close = |range: Range<usize>, class: Class| {
        let tag = class.tag();
        if let Some(tag) = tag {
            html.push('<');
            html.push_str(tag);
            html.push('>');
        }
        escape_into(html, &text[range]);
        if let Some(tag) = tag {
            html.push_str("</");
            html.push_str(tag);
            html.push('>');
        }
    };
    for (at, _) in text.char_indices() {
        while differs.next_if(|range| range.end <= at).is_some() {}
        while chosen.next_if(|range| range.end <= at).is_some() {}
        let own = match () {
            () if chosen.peek().is_some_and(|range| range.contains(&at)) => Class::Chosen,
            () if differs.peek().is_some_and(|range| range.contains(&at)) => Class::Differs,
            () => Class::Plain,
        };
        if own != class {
            close(from..at, class);
            (from, class) = (at, own);
        }
    }
    close(from..text.len(), class);
}

/// Which bytes of each text are not the same in all of them, in order.
fn differing(texts: &[&str]) -> Vec<Vec<Range<usize>>> {
    let chars: Vec<Vec<(usize, char)>> =
        texts.iter().map(|text| text.char_indices().collect()).collect();
    let mut found: Vec<Vec<bool>> = chars.iter().map(|own| vec![false; own.len()]).collect();
    let Some((first, others)) = chars.split_first() else { return Vec::new() };
    for (other, at) in others.iter().zip(1..) {
        let (mut here, mut there) = (0, 0);
        for (kind, count) in shared(first, other) {
            let range = 0..count;
            match kind {
                MarkKind::Same => {
                    for _ in range {
                        if first[here].1 != other[there].1 {
                            (found[0][here], found[at][there]) = (true, true);
                        }
                        (here, there) = (here + 1, there + 1);
                    }
                }
                MarkKind::Removed => {
                    found[0][here..here + count].fill(true);
                    here += count;
                }
                MarkKind::Inserted => {
                    found[at][there..there + count].fill(true);
                    there += count;
                }
            }
        }
    }
    let ranges = |(own, found): (&Vec<(usize, char)>, &Vec<bool>)| {
        let marked = own.iter().zip(found).filter(|(_, found)| **found);
        marked.map(|((at, c), _)| *at..*at + c.len_utf8()).collect()
    };
    chars.iter().zip(&found).map(ranges).collect()
}

/// What two texts share but for the script, in runs of so many characters.
fn shared(one: &[(usize, char)], other: &[(usize, char)]) -> Vec<(MarkKind, usize)> {
    let folded = |text: &[(usize, char)]| text.iter().map(|(_, c)| fold::fold(*c)).collect();
    let (one, other): (String, String) = (folded(one), folded(other));
    if one == other {
        return vec![(MarkKind::Same, one.chars().count())];
    }
    let marks = marks(&one, &other).into_iter();
    marks.map(|mark| (mark.kind, mark.text.chars().count())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &[&str]) {
        let differing = differing(texts);
        let html = |(text, differs): (&&str, &Vec<Range<usize>>)| {
            let mut html = String::new();
            write(text, differs, &[], &mut html);
            html
        };
        let found: Vec<String> = texts.iter().zip(&differing).map(html).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn characters_that_differ_are_marked_on_every_side() {
        check(
            &["經濟發展，合作", "经济发展，合作"],
            &["<b>經濟發</b>展，合作", "<b>经济发</b>展，合作"],
        );
        check(&["合作", "合作"], &["合作", "合作"]);
        check(&["", ""], &["", ""]);
    }

    #[test]
    fn what_one_side_has_alone_is_marked_there() {
        check(&["香港醫管局", "香港医院管理局"], &["香港<b>醫管局</b>", "香港<b>医院管理局</b>"]);
    }

    #[test]
    fn what_is_no_text_is_escaped() {
        check(&["發<展>", "发<展>"], &["<b>發</b>&lt;展&gt;", "<b>发</b>&lt;展&gt;"]);
    }

    #[test]
    fn what_was_chosen_stands_above_what_differs() {
        let mut html = String::new();
        let first = std::slice::from_ref(&(0..3));
        write("發展", first, first, &mut html);
        assert_eq!(html, "<u>發</u>展");
    }
}
