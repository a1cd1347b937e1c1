//! What a person should look at: where the evidence leaves doubt, where the
//! lexicon decided, and where it did not because its word was there by chance.

use std::collections::BTreeMap;
use std::ops::Range;

use super::context::{Layer, Place, Ruled, Seen};
use super::opencc;
use super::{Converter, Way};
use crate::model::{Script, Standard};

/// A lead of this much and more is no doubt, in twelfths of a weight: about one
/// wrong in two hundred.
const SETTLED: i32 = 64;

/// How much of the evidence either way is told.
pub(super) const TOLD: usize = 2;

/// A place where a conversion deserves a look; ranges are of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Review {
    /// The lexicon decided.
    Lexicon {
        /// The word in the source.
        range: Range<usize>,
        /// What it became.
        output: String,
    },
    /// A lexicon's word stands there as parts of two others, and was left.
    Crossing {
        /// The parts in the source.
        range: Range<usize>,
        /// What they did not become.
        output: String,
    },
    /// There are several candidates, and the evidence does not settle it.
    Doubt(Doubt),
}

/// A doubtful place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The word in the source; more than one character, where the text has more.
    pub range: Range<usize>,
    /// What it became.
    pub taken: String,
    /// What else it may be, the likeliest first.
    pub others: Vec<String>,
    /// How far what was taken is ahead; the less, the more doubtful. Below zero,
    /// the evidence is against it.
    pub lead: i32,
    /// What speaks for what was taken.
    pub reasons: Vec<String>,
    /// What speaks for the other.
    pub objections: Vec<String>,
}

impl Converter {
    /// What a reviewer should know of a text's conversion, in order.
    pub fn review(&self, text: &str, into: impl Into<Way>) -> Vec<Review> {
        let way = into.into();
        let mut found = Vec::new();
        let mut fixed: Vec<Range<usize>> = Vec::new();
        for hit in self.rules(way.into).find(text) {
            let (range, output) = (hit.range, hit.output.to_owned());
            if hit.crosses {
                found.push(Review::Crossing { range, output });
            } else {
                fixed.push(range.clone());
                found.push(Review::Lexicon { range, output });
            }
        }
        let converted = self.convert(text, way);
        let doubts = match way.into {
            Script::Hant => from_simplified(text, &fixed, way.standard, &converted),
            Script::Hans => from_traditional(text, way.standard, &converted),
        };
        let is_free = |doubt: &Doubt| {
            !fixed.iter().any(|one| one.start < doubt.range.end && doubt.range.start < one.end)
        };
        found.extend(doubts.into_iter().filter(is_free).map(Review::Doubt));
        found
    }
}

/// Where the files offer several readings and no known word settles which.
fn from_traditional(text: &str, standard: Standard, converted: &super::Converted) -> Vec<Doubt> {
    let borders = borders(text);
    let rules = opencc::Converter::get(standard.config(Script::Hans));
    let simplified: Vec<char> = rules.convert(text).chars().collect();
    let taken: Vec<char> = converted.text.chars().collect();
    let ends = Layer::embedded().words().cut(&simplified);
    let mut doubts = Vec::new();
    for one in rules.ambiguities(text) {
        let word = ends.partition_point(|end| *end <= one.range.start);
        let start = word.checked_sub(1).map_or(0, |before| ends[before]);
        let place = converted.position(one.range.start)..converted.position(one.range.end);
        let Some(own) = taken.get(place.clone()) else { continue };
        let own: String = own.iter().collect();
        let is_other = |other: &String| *other != own && !other.chars().any(is_rare);
        let others: Vec<String> = one.candidates.into_iter().filter(is_other).collect();
        if others.is_empty() || own.chars().any(is_rare) || ends[word] - start > 1 {
            continue;
        }
        // A single character takes a neighbour along.
        let is_ideograph = |at: usize| simplified.get(at).is_some_and(|c| *c >= '\u{3400}');
        let range = match one.range {
            range if range.len() > 1 => range,
            range if is_ideograph(range.end) => range.start..range.end + 1,
            range if range.start > 0 && is_ideograph(range.start - 1) => range.start - 1..range.end,
            range => range,
        };
        let whole = converted.position(range.start)..converted.position(range.end);
        let write = |middle: &str| -> String {
            let (before, after) = (&taken[whole.start..place.start], &taken[place.end..whole.end]);
            before.iter().copied().chain(middle.chars()).chain(after.iter().copied()).collect()
        };
        doubts.push(Doubt {
            range: borders[range.start]..borders[range.end],
            taken: write(&own),
            others: others.iter().map(|other| write(other)).collect(),
            lead: 0,
            reasons: vec!["it stands first in OpenCC's dictionaries".to_owned()],
            objections: Vec::new(),
        });
    }
    doubts
}

fn from_simplified(
    text: &str,
    fixed: &[Range<usize>],
    standard: Standard,
    converted: &super::Converted,
) -> Vec<Doubt> {
    let layer = Layer::embedded();
    let ruled = Ruled::new(text, fixed, standard);
    let borders = borders(text);
    let taken: Vec<char> = converted.text.chars().collect();
    let settled = layer.settle(&ruled);
    let mut doubts = Vec::new();
    layer.places(&ruled.reading(), |place, forms| {
        let verdict = layer.judge(place, forms);
        let at = converted.position(place.at);
        // What usage writes is not in doubt.
        let Some(own) = taken.get(at).filter(|own| settled[place.at] == **own) else { return };
        let Some(own) = forms.iter().position(|form| form == own) else { return };
        let mut others: Vec<usize> = (0..forms.len().min(verdict.scores.len()))
            .filter(|one| forms[*one] != forms[own])
            .collect();
        others.sort_by_key(|one| std::cmp::Reverse(verdict.scores[*one]));
        let Some(best) = others.first().copied() else { return };
        let lead = verdict.scores[own].saturating_sub(verdict.scores[best]);
        if lead >= SETTLED {
            return;
        }
        let word = widened(place);
        let write = |form: char| -> String {
            let before = converted.position(word.start);
            let chars = taken.iter().skip(before).take(word.len()).enumerate();
            chars.map(|(n, c)| if before + n == at { form } else { *c }).collect()
        };
        let evidence = in_all(place, &layer.evidence(place, own, best));
        doubts.push(Doubt {
            range: borders[word.start]..borders[word.end],
            taken: write(forms[own]),
            // One that is nowhere near is no news.
            others: others
                .iter()
                .filter(|one| {
                    **one == best
                        || verdict.scores[own].saturating_sub(verdict.scores[**one]) < SETTLED
                })
                .map(|one| write(forms[*one]))
                .collect(),
            lead,
            reasons: told(evidence.iter().filter(|(_, ahead)| **ahead > 0)),
            objections: told(evidence.iter().filter(|(_, ahead)| **ahead < 0)),
        });
    });
    doubts
}

/// The word, and where that is a single character, with a neighbour: a rule for
/// a single character would settle far more than was looked at.
fn widened(place: &Place<'_>) -> Range<usize> {
    let is_word = |range: &Range<usize>| {
        !range.is_empty() && place.text[range.clone()].iter().all(|c| *c >= '\u{3400}')
    };
    let word = place.word.clone();
    if word.len() > 1 {
        word
    } else if is_word(&place.after) {
        word.start..place.after.end
    } else if is_word(&place.before) {
        place.before.start..word.end
    } else {
        word
    }
}

/// Evidence in words, each with what all that is called so says together.
fn in_all(place: &Place<'_>, evidence: &[(Seen, i32)]) -> BTreeMap<String, i32> {
    let mut all: BTreeMap<String, i32> = BTreeMap::new();
    for (seen, ahead) in evidence {
        let told = in_words(place, *seen);
        // What lies beyond the text has no characters to show.
        if !told.starts_with("``") {
            *all.entry(told).or_default() += ahead;
        }
    }
    all
}

/// The strongest of some evidence.
fn told<'a>(evidence: impl Iterator<Item = (&'a String, &'a i32)>) -> Vec<String> {
    let mut evidence: Vec<_> = evidence.collect();
    evidence.sort_by_key(|(told, ahead)| (std::cmp::Reverse(ahead.abs()), *told));
    evidence.into_iter().take(TOLD).map(|(told, _)| told.clone()).collect()
}

fn in_words(place: &Place<'_>, seen: Seen) -> String {
    let text = |from: isize, to: isize| -> String {
        let at = |offset: isize| place.at.checked_add_signed(offset);
        (from..to).filter_map(|offset| place.text.get(at(offset)?)).collect()
    };
    let word = |range: &Range<usize>| place.text[range.clone()].iter().collect::<String>();
    match seen {
        Seen::Prior => "it is so most often".to_owned(),
        Seen::Around(-1, 0) if place.at == 0 => "nothing before it".to_owned(),
        Seen::Around(0, 1) if place.at + 1 == place.text.len() => "nothing after it".to_owned(),
        Seen::Around(from, 0) => format!("`{}` before it", text(from.into(), 0)),
        Seen::Around(0, to) => format!("`{}` after it", text(1, isize::from(to) + 1)),
        Seen::Around(from, to) => {
            format!("`{}` around it", text(from.into(), isize::from(to) + 1))
        }
        Seen::Apart(offset) => {
            format!("`{}` nearby", text(offset.into(), isize::from(offset) + 1))
        }
        Seen::Word => format!("the word `{}`", word(&place.word)),
        Seen::Before if place.before.is_empty() => "nothing before it".to_owned(),
        Seen::After if place.after.is_empty() => "nothing after it".to_owned(),
        Seen::Before => format!("the word `{}` before it", word(&place.before)),
        Seen::After => format!("the word `{}` after it", word(&place.after)),
        Seen::Dictionary => format!("OpenCC's dictionaries for `{}`", word(&place.word)),
    }
}

/// The byte at which each character begins, and the end.
pub(super) fn borders(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len())).collect()
}

/// Ideographs outside the basic plane, which few fonts have: no one means them.
pub(super) fn is_rare(c: char) -> bool {
    c > '\u{ffff}'
}

#[cfg(test)]
mod tests {
    use crate::model::Script;
    use crate::script::tests::converter_with;
    use crate::script::{Review, Tongwen};

    /// By itself, with what stands before it, or with what stands after it.
    #[test]
    fn a_character_that_is_a_word_is_in_doubt_from_traditional_too() {
        let converter = converter_with(Box::new(Tongwen), &[], &[]);
        for (text, taken, other) in [("乾", "干", "乾"), ("甲乾", "甲干", "甲乾")] {
            let found = converter.review(text, Script::Hans);
            let doubts: Vec<_> = found
                .iter()
                .filter_map(|one| match one {
                    Review::Doubt(doubt) => Some((doubt.taken.as_str(), doubt.others.concat())),
                    _ => None,
                })
                .collect();
            assert_eq!(doubts, [(taken, other.to_owned())], "{text}");
        }
    }
}
