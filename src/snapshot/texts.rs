//! A text in two versions and every edition, and what changed in it.

use std::borrow::Cow;

use crate::model::Edition;

use super::diff::Part;
use super::marks::{Mark, marks, marks_like};
use super::record::{Memorandum, Wording};

/// A text in two versions; empty where a version has it not.
#[derive(Debug, Clone)]
pub struct Texts<'a> {
    old: Words<'a>,
    new: Words<'a>,
    source: Edition,
}

/// What one version says.
#[derive(Debug, Clone)]
pub enum Words<'a> {
    /// Texts that stand together, a line for each.
    Lines(Vec<&'a Wording>),
    /// A part of a memorandum, if there is one.
    Part(Part, Option<&'a Memorandum>),
}

impl<'a> Words<'a> {
    fn text(&self, edition: Edition) -> Cow<'a, str> {
        match self {
            Self::Lines(lines) => match lines[..] {
                [one] => one.text(edition).into(),
                _ => {
                    let lines: Vec<&str> = lines.iter().map(|one| one.text(edition)).collect();
                    lines.join("\n").into()
                }
            },
            Self::Part(part, one) => {
                one.and_then(|one| part.text(one, edition)).unwrap_or_default().into()
            }
        }
    }
}

impl<'a> Texts<'a> {
    /// A text in both versions, written in an edition.
    pub fn new(old: Words<'a>, new: Words<'a>, source: Edition) -> Self {
        Self { old, new, source }
    }

    /// The edition that the text was written in.
    pub fn source(&self) -> Edition {
        self.source
    }

    /// What changed in an edition's text: the same places as in the source's,
    /// wherever that is true.
    pub fn marks(&self, edition: Edition) -> Vec<Mark> {
        let own = marks(&self.old.text(self.source), &self.new.text(self.source));
        if edition == self.source {
            return own;
        }
        let (old, new) = (self.old.text(edition), self.new.text(edition));
        marks_like(&own, &old, &new).unwrap_or_else(|| marks(&old, &new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Editions, Script};
    use crate::snapshot::marks::MarkKind;
    use crate::snapshot::record::Origin;

    fn removed(texts: &Texts, edition: Edition) -> usize {
        let before = texts.marks(edition).into_iter();
        let before = before.take_while(|mark| mark.kind != MarkKind::Removed);
        before.map(|mark| mark.text.chars().count()).sum()
    }

    #[test]
    fn editions_mark_the_same_place_even_where_a_script_would_allow_others() {
        let editions = Editions::default();
        let [hant, hans] = Script::ALL.map(|script| editions.of(script));
        let wording = |traditional: &str, simplified: &str| {
            Wording::new([
                (hant.name(), traditional.to_owned(), Origin::Source),
                (hans.name(), simplified.to_owned(), Origin::Converted),
            ])
        };
        let (old, new) = (wording("鐘鍾甲", "钟钟甲"), wording("鐘甲", "钟甲"));
        let texts = |source| Texts::new(Words::Lines(vec![&old]), Words::Lines(vec![&new]), source);
        assert_eq!(removed(&texts(hant), hant), 1);
        assert_eq!(removed(&texts(hant), hans), 1);
        assert_eq!(removed(&texts(hans), hans), 0, "the example no longer shows it");
    }
}
