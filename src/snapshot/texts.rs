//! A text in two versions and both editions, and what changed in it.

use std::borrow::Cow;

use crate::model::{Both, Edition};

use super::marks::{Mark, marks, marks_like};
use super::record::Wording;

/// A text in two versions; empty where a version has it not.
#[derive(Debug, Clone)]
pub struct Texts<'a> {
    old: Both<Cow<'a, str>>,
    new: Both<Cow<'a, str>>,
    source: Edition,
}

impl<'a> Texts<'a> {
    /// Texts that stand together, a line for each; either version may have them.
    pub fn new(
        old: Option<Vec<&'a Wording>>,
        new: Option<Vec<&'a Wording>>,
        source: Edition,
    ) -> Self {
        let both = |texts: Option<Vec<&'a Wording>>| {
            let texts = texts.unwrap_or_default();
            Both::from_fn(|edition| match texts[..] {
                [one] => Cow::from(one.text(edition)),
                _ => {
                    texts.iter().map(|one| one.text(edition)).collect::<Vec<_>>().join("\n").into()
                }
            })
        };
        Self { old: both(old), new: both(new), source }
    }

    /// A text that is no wording of a record.
    pub fn plain(old: Both<&'a str>, new: Both<&'a str>, source: Edition) -> Self {
        let cow = |both: Both<&'a str>| Both::from_fn(|edition| Cow::from(both[edition]));
        Self { old: cow(old), new: cow(new), source }
    }

    /// The script that the text was written in.
    pub fn source(&self) -> Edition {
        self.source
    }

    /// What changed in an edition's text: the same places as in the source
    /// script's, wherever that is true.
    pub fn marks(&self, edition: Edition) -> Vec<Mark> {
        let own = marks(&self.old[self.source], &self.new[self.source]);
        if edition == self.source {
            return own;
        }
        let (old, new) = (&self.old[edition], &self.new[edition]);
        marks_like(&own, old, new).unwrap_or_else(|| marks(old, new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::marks::MarkKind;

    fn removed(texts: &Texts, edition: Edition) -> usize {
        let before = texts.marks(edition).into_iter();
        let before = before.take_while(|mark| mark.kind != MarkKind::Removed);
        before.map(|mark| mark.text.chars().count()).sum()
    }

    #[test]
    fn both_editions_mark_the_same_place_even_where_a_script_would_allow_others() {
        let old = Both { hant: "發髮甲", hans: "发发甲" };
        let new = Both { hant: "發甲", hans: "发甲" };
        let texts = Texts::plain(old.clone(), new.clone(), Edition::Hant);
        assert_eq!(removed(&texts, Edition::Hant), 1);
        assert_eq!(removed(&texts, Edition::Hans), 1);
        let by_itself = Texts::plain(old, new, Edition::Hans);
        assert_eq!(removed(&by_itself, Edition::Hans), 0, "the example no longer shows it");
    }
}
