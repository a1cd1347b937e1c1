//! One pass over a text: the dictionaries it asks, in OpenCC's order, and the
//! pieces it cuts the text into.
//!
//! It must not know what the pieces are for.

use super::char_table::{CharTable, Sieve};
use super::dictionary::{Dictionary, Entry};
use super::ids;

/// What a pass looks its words up in.
#[derive(Clone)]
pub(super) enum Dictionaries {
    /// One file, its longest match.
    File(&'static Dictionary),
    /// OpenCC's `short_circuit`: the first member with any match decides.
    FirstHit(Vec<Dictionaries>),
    /// OpenCC's `union`: the longest match of all members; of equals, the first.
    Longest(Vec<Dictionaries>),
}

/// The dictionaries of one pass, ready to be asked at every place of a text.
pub(super) struct Stage {
    dictionaries: Dictionaries,
    /// What may follow a character if anything begins with it: spares most
    /// places every other lookup.
    heads: CharTable<Sieve>,
}

impl Stage {
    pub(super) fn new(dictionaries: Dictionaries) -> Self {
        let mut heads = CharTable::default();
        dictionaries.mark_heads(&mut heads);
        ids::OPERATORS.for_each(|operator| heads.get_mut(operator).add(None));
        Self { dictionaries, heads }
    }

    /// What is left of this stage between the matches of another, if this one asks
    /// that one's dictionaries first: between its matches they have nothing.
    pub(super) fn between(&self, words: &Self) -> Option<Self> {
        self.dictionaries.after(&words.dictionaries).map(Self::new)
    }

    /// What this stage asks first, if all else that it asks for are characters: to
    /// cut a text by those words before is then the same.
    pub(super) fn words(&self) -> Option<Self> {
        let Dictionaries::FirstHit(members) = &self.dictionaries else { return None };
        let (words, others) = members.split_first()?;
        others.iter().all(Dictionaries::has_characters_only).then(|| Self::new(words.clone()))
    }

    /// Cuts a text into its longest matches and the runs between them. No match
    /// reaches into an ideographic description sequence.
    pub(super) fn pieces<'text>(
        &self,
        text: &'text str,
    ) -> impl Iterator<Item = (&'text str, Option<&'static Entry>)> {
        let mut rest = text;
        let mut found = None;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (run, entry) = found.take().unwrap_or_else(|| self.next_match(rest));
            let (len, entry) = match entry {
                Some(entry) if run == 0 => (entry.key().len(), Some(entry)),
                _ => {
                    // The match, if any, now stands at the front of what is left.
                    found = Some((0, entry));
                    (run, None)
                }
            };
            let (piece, after) = rest.split_at(len);
            rest = after;
            Some((piece, entry))
        })
    }

    /// Whether anything may match in a text; if not, nothing does.
    pub(super) fn may_match(&self, text: &str) -> bool {
        text.chars().any(|char| !self.heads.get(char).is_empty())
    }

    /// Puts a text with every match replaced after the output.
    pub(super) fn rewrite(&self, text: &str, output: &mut String) {
        for (piece, entry) in self.pieces(text) {
            output.push_str(entry.map_or(piece, |entry| entry.first()));
        }
    }

    /// The first match in a text and how long, in bytes, the run before it is.
    fn next_match(&self, text: &str) -> (usize, Option<&'static Entry>) {
        let mut chars = text.chars();
        loop {
            let rest = chars.as_str();
            let Some(char) = chars.next() else {
                return (text.len(), None);
            };
            if !self.heads.get(char).passes(chars.clone().next()) {
                continue;
            }
            if let Some(len) = ids::sequence_len(rest) {
                chars = rest[len..].chars();
            } else if let Some(entry) = self.dictionaries.longest_match(rest) {
                return (text.len() - rest.len(), Some(entry));
            }
        }
    }
}

impl Dictionaries {
    /// What is asked where the given dictionaries have nothing, if they are the
    /// first that are asked.
    pub(super) fn after(&self, first: &Self) -> Option<Self> {
        match self {
            Self::FirstHit(members) if members.first()?.is_same(first) => {
                Some(Self::FirstHit(members[1..].to_vec()))
            }
            _ => None,
        }
    }

    fn has_characters_only(&self) -> bool {
        match self {
            Self::File(dictionary) => {
                dictionary.entries().iter().all(|entry| entry.key().chars().nth(1).is_none())
            }
            Self::FirstHit(members) | Self::Longest(members) => {
                members.iter().all(Self::has_characters_only)
            }
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File(one), Self::File(other)) => std::ptr::eq(*one, *other),
            (Self::FirstHit(one), Self::FirstHit(other))
            | (Self::Longest(one), Self::Longest(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| one.is_same(other))
            }
            _ => false,
        }
    }

    fn longest_match(&self, text: &str) -> Option<&'static Entry> {
        match self {
            Self::File(dictionary) => dictionary.longest_match(text),
            Self::FirstHit(members) => members.iter().find_map(|member| member.longest_match(text)),
            Self::Longest(members) => members
                .iter()
                .filter_map(|member| member.longest_match(text))
                // `max_by_key` would keep the last of equals.
                .reduce(
                    |best, entry| {
                        if entry.key().len() > best.key().len() { entry } else { best }
                    },
                ),
        }
    }

    fn mark_heads(&self, heads: &mut CharTable<Sieve>) {
        match self {
            Self::File(dictionary) => {
                for entry in dictionary.entries() {
                    let mut chars = entry.key().chars();
                    if let Some(head) = chars.next() {
                        heads.get_mut(head).add(chars.next());
                    }
                }
            }
            Self::FirstHit(members) | Self::Longest(members) => {
                members.iter().for_each(|member| member.mark_heads(heads))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary(text: &'static str) -> Dictionaries {
        Dictionaries::File(Box::leak(Box::new(Dictionary::open(text))))
    }

    fn stage(text: &'static str) -> Stage {
        Stage::new(dictionary(text))
    }

    fn check(stage: &Stage, text: &str, expected: &[&str]) {
        let pieces: Vec<String> = stage
            .pieces(text)
            .map(|(piece, entry)| entry.map_or(piece.into(), |entry| entry.first().to_uppercase()))
            .collect();
        assert_eq!(pieces, expected, "{text}");
    }

    #[test]
    fn the_longest_key_wins() {
        let letters = stage("# a comment\n\na\ta\nab\tab\nabcd\tabcd xyz\nabd\tabd\nac\tac\n");
        check(&letters, "abcd", &["ABCD"]);
        check(&letters, "abce", &["AB", "ce"]);
        check(&letters, "abd", &["ABD"]);
        check(&letters, "az", &["A", "z"]);
        check(&letters, "頭a", &["頭", "A"]);
        check(&letters, "", &[]);
    }

    #[test]
    fn the_first_member_with_any_match_decides() {
        let short = || dictionary("a\tshort\n");
        let long = || dictionary("ab\tlong\n");
        check(&Stage::new(Dictionaries::FirstHit(vec![short(), long()])), "ab", &["SHORT", "b"]);
        check(&Stage::new(Dictionaries::FirstHit(vec![long(), short()])), "ac", &["SHORT", "c"]);
    }

    #[test]
    fn a_union_takes_the_longest_and_of_equals_the_first() {
        let members = || vec![dictionary("a\tone\nb\tone\n"), dictionary("a\ttwo\nbc\ttwo\n")];
        check(&Stage::new(Dictionaries::Longest(members())), "abc", &["ONE", "TWO"]);
    }

    #[test]
    fn no_key_matches_inside_a_description_sequence() {
        let letters = stage("a\tx\nb\tx\n");
        check(&letters, "⿰aba⿰", &["⿰ab", "X", "⿰"]);
    }
}
