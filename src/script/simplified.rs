//! What the neighbourhood says of the way into Simplified script.
//!
//! Few characters need it; OpenCC leaves them as they are. 著 is 著 in 著作 and 显著,
//! and 着 in 随着 and 着手: the words say which, and where it stands alone between
//! others it is 着, save where it may tell who wrote something. 藉 is 借 but in 慰藉
//! and 狼藉, 覆 is 复 in 覆核 but not in 颠覆, and 甚 is 什 in 甚么.
//!
//! Taiwan's laws tell 覆核, 復核 and 複核 apart: from its standard 覆 stays, or the
//! way back were lost.

use super::Standard;
use super::context::Layer;

const WRITTEN: char = '著';
const GOING_ON: char = '着';

/// What stands before and after 著 where it means to write.
const BEFORE: &str = "所合编編新原遗遺译譯撰";
const AFTER: &str = "有于於的录錄书書者《〈（，。、；";

/// How much a word with 著 in it may cost above 着 standing alone.
const OF_A_WORD: u32 = 8;

/// What 藉 stands after and before where it is not to borrow.
const LAID_AFTER: &str = "慰狼枕蕴籍藉";
const LAID_BEFORE: &str = "田藉";

const OVER: char = '覆';

/// What it stands before where it means again, unless after what it overturns.
const AGAIN_BEFORE: &str = "核议函查审检";
const OVER_AFTER: &str = "颠倾翻";

/// Puts it in place of what the dictionaries said.
pub(super) fn settle(converted: String, from: Standard) -> String {
    if !converted.contains([WRITTEN, '藉', OVER, '甚']) {
        return converted;
    }
    let mut text: Vec<char> = converted.chars().collect();
    for at in 0..text.len() {
        if let Some(c) = settled(&text, at).filter(|_| text[at] != OVER || from != Standard::Tw) {
            text[at] = c;
        }
    }
    text.into_iter().collect()
}

fn settled(text: &[char], at: usize) -> Option<char> {
    let stands = |beside: Option<usize>, among: &str| {
        beside.and_then(|at| text.get(at)).is_some_and(|c| among.contains(*c))
    };
    let (before, after) = (at.checked_sub(1), at.checked_add(1));
    match text[at] {
        WRITTEN => goes_on(text, at).then_some(GOING_ON),
        '藉' => (!stands(before, LAID_AFTER) && !stands(after, LAID_BEFORE)).then_some('借'),
        OVER => (stands(after, AGAIN_BEFORE) && !stands(before, OVER_AFTER)).then_some('复'),
        '甚' => stands(after, "么").then_some('什'),
        _ => None,
    }
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
        (_, 1) => going_on.cost + OF_A_WORD < written.cost,
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
            ("世界名著，罪行昭著", "世界名著，罪行昭著"),
            ("藉此机会，藉以慰藉，声名狼藉，藉藉无名", "借此机会，借以慰藉，声名狼藉，藉藉无名"),
            ("司法覆核，颠覆核心", "司法复核，颠覆核心"),
            ("甚么，甚至", "什么，甚至"),
            ("藉", "借"),
        ] {
            assert_eq!(settle(converted.to_owned(), Standard::Hk), right);
        }
        let taiwan = |converted: &str| settle(converted.to_owned(), Standard::Tw);
        assert_eq!(taiwan("覆核、覆议，随著"), "覆核、覆议，随着");
    }
}
