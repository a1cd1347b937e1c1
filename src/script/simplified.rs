//! What the neighbourhood says of the way into Simplified script.
//!
//! One character needs it: 著 is 著 in 著作 and 显著, and 着 in 随着 and 着手, and
//! OpenCC leaves it. The words say which; where 著 stands alone between others it
//! is 着, save where it may tell who wrote something.

use super::context::Layer;

const WRITTEN: char = '著';
const GOING_ON: char = '着';

/// What stands before and after 著 where it means to write.
const BEFORE: &str = "所合编編新原遗遺译譯撰";
const AFTER: &str = "有于於的录錄书書者《〈（，。、；";

/// Puts it in place of what the dictionaries said.
pub(super) fn settle(converted: String) -> String {
    if !converted.contains(WRITTEN) {
        return converted;
    }
    let mut text: Vec<char> = converted.chars().collect();
    for at in 0..text.len() {
        if text[at] == WRITTEN && goes_on(&text, at) {
            text[at] = GOING_ON;
        }
    }
    text.into_iter().collect()
}

fn goes_on(text: &[char], at: usize) -> bool {
    let is_ideograph = |c: &char| *c >= '\u{3400}';
    let start = text[..at].iter().rposition(|c| !is_ideograph(c)).map_or(0, |before| before + 1);
    let end = text[at..].iter().position(|c| !is_ideograph(c)).map_or(text.len(), |len| at + len);
    let mut clause = text[start..end].to_vec();
    let (own, at) = (at - start, at);
    let written = word(&clause, own);
    clause[own] = GOING_ON;
    let going_on = word(&clause, own);
    match (written.len, going_on.len) {
        (1, 1) => {
            let stands = |beside: Option<&char>, not: &str| {
                beside.is_some_and(|c| is_ideograph(c) && !not.contains(*c))
            };
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            stands(before, BEFORE) && stands(text.get(at + 1), AFTER)
        }
        _ => going_on.cost < written.cost,
    }
}

/// The word at a place, and what the whole clause costs.
struct Word {
    len: usize,
    cost: u32,
}

fn word(clause: &[char], at: usize) -> Word {
    let words = Layer::embedded().words();
    let ends = words.cut(clause);
    let own = ends.partition_point(|end| *end <= at);
    let start = own.checked_sub(1).map_or(0, |before| ends[before]);
    Word { len: ends[own] - start, cost: words.cost(clause) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_says_which_it_is() {
        for (converted, right) in [
            ("随著经济发展，著手落实", "随着经济发展，着手落实"),
            ("著重推动，本著互利", "着重推动，本着互利"),
            ("著作权、著名、显著、土著", "著作权、著名、显著、土著"),
            ("鲁迅著《呐喊》，合著者所著小说", "鲁迅著《呐喊》，合著者所著小说"),
            ("面对著挑战，推动著合作", "面对着挑战，推动着合作"),
            ("著", "著"),
        ] {
            assert_eq!(settle(converted.to_owned()), right);
        }
    }
}
