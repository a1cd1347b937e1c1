//! Named facts that a document prints at the end of a measure:
//! `（負責部門：甲、乙；適用範圍：丙）`.
//!
//! They stay part of the text; here it is found where their values stand.

use crate::model::{Each, Edition, Editions, FieldName};

use super::{FieldRange, Wording};

/// The names of a document's fields in every edition.
pub struct FieldNames<'a>(Vec<&'a Wording>);

/// What may stand between two fields.
const SEPARATORS: &str = "；;，,、。";

impl<'a> FieldNames<'a> {
    pub fn new(fields: &'a [FieldName<Wording>]) -> Self {
        Self(fields.iter().map(|field| &field.name).collect())
    }

    /// The fields at the end of a text. All editions have the same, or none.
    pub fn find(&self, text: &Wording, editions: &Editions) -> Each<Vec<FieldRange>> {
        if self.0.is_empty() {
            return Each::none(editions);
        }
        let found = Each::from_fn(editions, |edition| self.tail(&text.text[edition], edition));
        let order = |edition: Edition| found[edition].iter().map(|one| one.field);
        let first = editions.default_edition();
        match editions.all().all(|edition| order(edition).eq(order(first))) {
            true => found,
            false => Each::none(editions),
        }
    }

    fn tail(&self, text: &str, edition: Edition) -> Vec<FieldRange> {
        let trimmed = text.trim_end_matches(['。', '.', ' ']);
        let Some((open, end)) = last_bracket(trimmed) else { return Vec::new() };
        let names = self.places(&trimmed[..end], open, edition);
        // Nothing but fields stands in the bracket.
        if names.first().is_none_or(|(_, start, _)| *start != open) {
            return Vec::new();
        }
        let ends = names.iter().skip(1).map(|(_, start, _)| *start).chain([end]);
        let value = |((field, _, from), to): (&(usize, usize, usize), usize)| {
            let value = trimmed[*from..to]
                .trim_end_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(c));
            FieldRange { field: *field, range: *from..*from + value.len() }
        };
        names.iter().zip(ends).map(value).collect()
    }

    /// Where names stand with a colon after them: field, start, end.
    fn places(&self, text: &str, open: usize, edition: Edition) -> Vec<(usize, usize, usize)> {
        let mut places = Vec::new();
        for (field, name) in self.0.iter().enumerate() {
            let name = name.text[edition].as_str();
            for (at, _) in text[open..].match_indices(name) {
                let (start, after) = (open + at, open + at + name.len());
                let colon = text[after..].chars().next().filter(|c| "：:".contains(*c));
                let before = text[open..start].chars().next_back();
                let begins = before.is_none_or(|c| SEPARATORS.contains(c) || c.is_whitespace());
                if let Some(colon) = colon.filter(|_| begins) {
                    places.push((field, start, after + colon.len_utf8()));
                }
            }
        }
        places.sort_by_key(|(_, start, end)| (*start, *end));
        places
    }
}

/// The inside of the bracket that a text ends with: its first byte, and the one
/// after its last.
fn last_bracket(text: &str) -> Option<(usize, usize)> {
    let close = text.chars().next_back().filter(|c| "）)".contains(*c))?;
    let end = text.len() - close.len_utf8();
    let mut depth = 0;
    for (at, c) in text[..end].char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' if depth == 0 => return Some((at + c.len_utf8(), end)),
            '（' | '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Provenance;

    fn wording(text: &str) -> Wording {
        let editions = Editions::default();
        Wording {
            text: Each::from_fn(&editions, |_| text.to_owned()),
            provenance: Each::from_fn(&editions, |_| Provenance::Source),
        }
    }

    fn found(text: &str) -> Vec<(usize, String)> {
        let names = ["負責部門", "適用範圍"].map(wording);
        let names = FieldNames(names.iter().collect());
        let editions = Editions::default();
        let ranges = names.find(&wording(text), &editions);
        let ranges = ranges[editions.default_edition()].clone();
        ranges.into_iter().map(|one| (one.field, text[one.range].to_owned())).collect()
    }

    #[test]
    fn fields_stand_in_the_bracket_that_a_text_ends_with() {
        let both = [(0, "甲（乙）、丙".to_owned()), (1, "丁".to_owned())];
        assert_eq!(found("支持。（負責部門：甲（乙）、丙；適用範圍：丁）"), both);
        assert_eq!(found("支持。（負責部門:甲（乙）、丙，適用範圍:丁）。"), both);
        for none in [
            "支持。",
            "支持（適用範圍）。",
            "（負責部門：甲）支持。",
            "支持（見負責部門：甲）",
            "支持）",
        ] {
            assert_eq!(found(none), [], "{none}");
        }
    }
}
