//! Which measure of one version is which of another.
//!
//! A measure is what it says; its number is where it stands. So:
//!
//! 1. the same number and the same text;
//! 2. the same text in the same area, then anywhere: renumbered or moved;
//! 3. a similar text, the most similar pair first; the number and the area
//!    speak for a pair, and between different numbers more must agree.
//!
//! What is left was removed or added. The same for either order of versions,
//! and never quadratic: only texts that share rare runs of characters are
//! looked at.

use rustc_hash::FxHashMap;

use crate::model::MeasureNumber;

/// A measure to be matched.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its number.
    pub number: MeasureNumber,
    /// Its area, by a key that is the same in both versions.
    pub area: usize,
    /// What it says.
    pub text: &'a str,
}

/// How much two texts of the same number must share to be one measure, from 0
/// to 1. Different measures of one area share about a tenth.
const SAME_NUMBER: f64 = 0.3;
/// The same for texts of different numbers.
const OTHER_NUMBER: f64 = 0.6;

/// What the same number, and the same area, add to a pair's rank: enough to
/// decide between pairs that are about as similar.
const NUMBER_BONUS: f64 = 0.05;
const AREA_BONUS: f64 = 0.02;

/// Three characters in a row that more texts hold tell nothing of one of them.
const COMMON: usize = 50;
/// How many of a text's rarest such runs are looked up.
const LOOKED_UP: usize = 32;
/// How many texts are compared with each in full.
const COMPARED: usize = 8;

/// Pairs of indices, by the index in `new`.
pub fn matches(old: &[Candidate], new: &[Candidate]) -> Vec<(usize, usize)> {
    let mut matching = Matching {
        old_free: vec![true; old.len()],
        new_free: vec![true; new.len()],
        pairs: Vec::new(),
    };
    matching.zip_by(old, new, |one| (one.text, one.area, Some(one.number)));
    matching.zip_by(old, new, |one| (one.text, one.area));
    matching.zip_by(old, new, |one| one.text);
    matching.by_similarity(old, new);
    matching.pairs.sort_unstable_by_key(|(_, new)| *new);
    matching.pairs
}

/// What is matched so far.
struct Matching {
    old_free: Vec<bool>,
    new_free: Vec<bool>,
    pairs: Vec<(usize, usize)>,
}

impl Matching {
    /// Matches free measures of the same key, in order.
    fn zip_by<'a, K: Ord>(
        &mut self,
        old: &[Candidate<'a>],
        new: &[Candidate<'a>],
        key: impl Fn(&Candidate<'a>) -> K,
    ) {
        let sorted = |list: &[Candidate<'a>], free: &[bool]| {
            let free = (0..list.len()).filter(|index| free[*index]);
            let mut keys: Vec<(K, usize)> = free.map(|index| (key(&list[index]), index)).collect();
            keys.sort();
            keys
        };
        let mut others = sorted(new, &self.new_free).into_iter().peekable();
        for (key, old) in sorted(old, &self.old_free) {
            while others.next_if(|(other, _)| *other < key).is_some() {}
            if let Some((_, new)) = others.next_if(|(other, _)| *other == key) {
                self.take(old, new);
            }
        }
    }

    fn take(&mut self, old: usize, new: usize) {
        (self.old_free[old], self.new_free[new]) = (false, false);
        self.pairs.push((old, new));
    }

    fn by_similarity(&mut self, old: &[Candidate], new: &[Candidate]) {
        let profiles = |list: &[Candidate], free: &[bool]| -> Vec<Profile> {
            let free = list.iter().enumerate().filter(|(index, _)| free[*index]);
            free.map(|(index, one)| Profile::new(index, one.text)).collect()
        };
        let old_profiles = profiles(old, &self.old_free);
        let new_profiles = profiles(new, &self.new_free);
        let mut looked_at: Vec<(usize, usize)> = lookups(&old_profiles, &new_profiles);
        looked_at.extend(lookups(&new_profiles, &old_profiles).into_iter().map(|(b, a)| (a, b)));
        looked_at.extend(same_numbers(&old_profiles, &new_profiles, old, new));
        looked_at.sort_unstable();
        looked_at.dedup();
        let mut ranked: Vec<_> = looked_at
            .into_iter()
            .filter_map(|(a, b)| {
                let (a, b) = (&old_profiles[a], &new_profiles[b]);
                let rank = rank(&old[a.index], &new[b.index], a.similarity(b))?;
                Some((rank, a.index, b.index))
            })
            .collect();
        // Of two pairs that share a measure, the same one is first whichever
        // version is the old one.
        ranked.sort_by(|(rank, a, b), (other, c, d)| {
            other.total_cmp(rank).then_with(|| (a, b).cmp(&(c, d)))
        });
        for (_, old, new) in ranked {
            if self.old_free[old] && self.new_free[new] {
                self.take(old, new);
            }
        }
    }
}

/// How well two measures go together; `None` if they are not one.
fn rank(old: &Candidate, new: &Candidate, similarity: f64) -> Option<f64> {
    let is_same_number = old.number == new.number;
    let least = if is_same_number { SAME_NUMBER } else { OTHER_NUMBER };
    let number = if is_same_number { NUMBER_BONUS } else { 0.0 };
    let area = if old.area == new.area { AREA_BONUS } else { 0.0 };
    (similarity >= least).then_some(similarity + number + area)
}

/// What a text is made of, without white space.
struct Profile {
    index: usize,
    /// Each two neighbouring characters, sorted, as often as they stand there.
    pairs: Vec<[char; 2]>,
    /// Each three in a row, sorted, once. They are rarer, and so tell where to
    /// look.
    runs: Vec<[char; 3]>,
}

impl Profile {
    fn new(index: usize, text: &str) -> Self {
        let edge = std::iter::once('\0');
        let inside = text.chars().filter(|c| !c.is_whitespace());
        let chars: Vec<char> = edge.clone().chain(inside).chain(edge).collect();
        let mut pairs: Vec<_> = chars.windows(2).map(|two| [two[0], two[1]]).collect();
        let mut runs: Vec<_> =
            chars.windows(3).map(|three| [three[0], three[1], three[2]]).collect();
        pairs.sort_unstable();
        runs.sort_unstable();
        runs.dedup();
        Self { index, pairs, runs }
    }

    /// Dice's coefficient: 1 for the same pairs of characters, 0 for none.
    fn similarity(&self, other: &Self) -> f64 {
        let mut theirs = other.pairs.iter().peekable();
        let mut shared = 0;
        for own in &self.pairs {
            while theirs.next_if(|their| *their < own).is_some() {}
            shared += usize::from(theirs.next_if(|their| *their == own).is_some());
        }
        2.0 * shared as f64 / (self.pairs.len() + other.pairs.len()) as f64
    }
}

/// For each text the others that share most of its rare runs, by their places in
/// the lists.
fn lookups(texts: &[Profile], others: &[Profile]) -> Vec<(usize, usize)> {
    let mut holders: FxHashMap<[char; 3], Vec<usize>> = FxHashMap::default();
    for (place, other) in others.iter().enumerate() {
        for run in &other.runs {
            let holders = holders.entry(*run).or_default();
            // One more than the limit shows that it is common.
            if holders.len() <= COMMON {
                holders.push(place);
            }
        }
    }
    let mut found = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let held = text.runs.iter().filter_map(|run| holders.get(run));
        let mut rare: Vec<_> = held.filter(|holders| holders.len() <= COMMON).collect();
        rare.sort_by_key(|holders| holders.len());
        let mut hits: Vec<usize> = rare.into_iter().take(LOOKED_UP).flatten().copied().collect();
        hits.sort_unstable();
        let mut counts: Vec<(usize, usize)> =
            hits.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        counts.sort_unstable_by_key(|(count, other)| (std::cmp::Reverse(*count), *other));
        found.extend(counts.into_iter().take(COMPARED).map(|(_, other)| (place, other)));
    }
    found
}

/// Texts of the same number, by their places in the lists of profiles.
fn same_numbers(
    old_profiles: &[Profile],
    new_profiles: &[Profile],
    old: &[Candidate],
    new: &[Candidate],
) -> Vec<(usize, usize)> {
    let places: FxHashMap<MeasureNumber, usize> = old_profiles
        .iter()
        .enumerate()
        .map(|(place, profile)| (old[profile.index].number, place))
        .collect();
    let numbers = new_profiles.iter().enumerate();
    numbers
        .filter_map(|(place, profile)| Some((*places.get(&new[profile.index].number)?, place)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Matches texts written as `1.1 text`; the area's number is its key.
    fn check(old: &[&str], new: &[&str], expected: &str) {
        let found = shown(old, new);
        assert_eq!(found, expected);
        let swapped = shown(new, old);
        let mut turned: Vec<String> = found
            .split_whitespace()
            .map(|pair| {
                let (a, b) = pair.split_once('→').unwrap();
                format!("{b}→{a}")
            })
            .collect();
        turned.sort();
        let mut swapped: Vec<&str> = swapped.split_whitespace().collect();
        swapped.sort_unstable();
        assert_eq!(swapped, turned, "the other way round");
    }

    fn candidates<'a>(lines: &[&'a str]) -> Vec<Candidate<'a>> {
        lines
            .iter()
            .map(|line| {
                let (number, text) = line.split_once(' ').unwrap();
                let number = MeasureNumber::parse(number).unwrap();
                Candidate { number, area: number.area as usize, text }
            })
            .collect()
    }

    fn shown(old: &[&str], new: &[&str]) -> String {
        let (old, new) = (candidates(old), candidates(new));
        let pairs = matches(&old, &new).into_iter();
        let shown = pairs.map(|(a, b)| format!("{}→{}", old[a].number, new[b].number));
        shown.collect::<Vec<_>>().join(" ")
    }

    const BANK: &str = "支持湖北金融機構在香港設立分支機構，拓展跨境業務。";
    const FUND: &str = "鼓勵香港創業投資基金落戶湖北自貿試驗區。";
    const RAIL: &str = "推動兩地航空公司增加航線，開通更多直達航班。";

    #[test]
    fn a_measure_keeps_its_identity_when_others_come_and_go() {
        let (bank, fund, rail) =
            (format!("1.1 {BANK}"), format!("1.2 {FUND}"), format!("2.1 {RAIL}"));
        let shifted = format!("1.1 {FUND}");
        check(&[&bank, &fund, &rail], &[&shifted, &rail], "1.2→1.1 2.1→2.1");
        check(&[], &[&bank], "");
        check(&[&bank], &[&rail], "");
    }

    #[test]
    fn swapped_numbers_and_moves_between_areas_are_followed() {
        let old = [format!("1.1 {BANK}"), format!("1.2 {FUND}")];
        let swapped = [format!("1.1 {FUND}"), format!("1.2 {BANK}")];
        let moved = [format!("1.1 {FUND}"), format!("2.1 {BANK}")];
        let old = old.each_ref().map(String::as_str);
        check(&old, &swapped.each_ref().map(String::as_str), "1.2→1.1 1.1→1.2");
        check(&old, &moved.each_ref().map(String::as_str), "1.2→1.1 1.1→2.1");
    }

    #[test]
    fn small_edits_are_followed_through_a_swap() {
        let old = [format!("1.1 {BANK}"), format!("1.2 {FUND}")];
        let new = [
            format!("1.1 {}", FUND.replace("落戶", "設於")),
            format!("1.2 {}", BANK.replace("拓展", "開展")),
        ];
        let (old, new) = (old.each_ref().map(String::as_str), new.each_ref().map(String::as_str));
        check(&old, &new, "1.2→1.1 1.1→1.2");
    }

    #[test]
    fn an_edit_at_its_place_may_be_larger_than_one_that_moved() {
        let rewritten = "支持湖北金融機構在香港開展各類業務，加強人員培訓。";
        let (old, same) = (format!("1.1 {BANK}"), format!("1.1 {rewritten}"));
        check(&[&old], &[&same], "1.1→1.1");
        let elsewhere = format!("3.4 {rewritten}");
        check(&[&old], &[&elsewhere], "");
    }

    /// Of texts that are as similar, those of one number are one measure, else
    /// those of one area; a text that is clearly more similar is, whatever its
    /// number.
    #[test]
    fn number_and_area_decide_between_texts_that_are_as_similar() {
        let line = |number: &str, end: &str| format!("{number} {BANK}{end}");
        let old = line("2.5", "甲");
        for (new, expected) in [
            (["2.4", "2.5"], "2.5→2.5"),
            (["1.1", "2.5"], "2.5→2.5"),
            (["1.1", "2.1"], "2.5→2.1"),
            (["1.1", "3.1"], "2.5→1.1"),
        ] {
            let new = [line(new[0], "乙"), line(new[1], "丙")];
            check(&[&old], &new.each_ref().map(String::as_str), expected);
        }
        let similar = format!("1.1 {BANK}甲。");
        let same_number = format!("2.5 {}", BANK.replace("拓展跨境業務", "開展各類工作"));
        check(&[&old], &[&similar, &same_number], "2.5→1.1");
    }

    #[test]
    fn of_two_identical_texts_each_is_matched_once() {
        let old = ["1.1 加強合作。", "1.2 加強合作。", "1.3 加強溝通。"];
        check(&old, &["1.1 加強合作。"], "1.1→1.1");
        check(&["1.1 加強合作。"], &old, "1.1→1.1");
        check(
            &["2.1 加強合作。", "3.1 加強合作。"],
            &["3.1 加強合作。", "3.2 加強合作。"],
            "3.1→3.1 2.1→3.2",
        );
    }

    #[test]
    fn texts_that_many_measures_share_are_matched_all_the_same() {
        let lines = |area: usize| -> Vec<String> {
            (1..=60).map(|ordinal| format!("{area}.{ordinal} 加強合作。")).collect()
        };
        let (old, new) = (lines(1), lines(2));
        let [old, new] = [&old, &new].map(|lines| lines.iter().map(String::as_str).collect());
        let (old, new): (Vec<&str>, Vec<&str>) = (old, new);
        assert_eq!(matches(&candidates(&old), &candidates(&new)).len(), 60);
    }

    #[test]
    fn different_measures_of_one_area_share_little() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/content/hubei-2021"));
        for file in files.unwrap().map(|entry| entry.unwrap().path()) {
            let file: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
            let Some(measures) = file.get("measures").and_then(|one| one.as_array()) else {
                continue;
            };
            let texts = measures.iter().map(|one| one["text"].as_str().unwrap());
            let profiles: Vec<_> = texts.map(|text| Profile::new(0, text)).collect();
            for (at, one) in profiles.iter().enumerate() {
                let closest = profiles[..at].iter().map(|other| one.similarity(other));
                assert!(closest.fold(0.0, f64::max) < SAME_NUMBER - 0.05);
            }
        }
    }

    #[test]
    fn ten_thousand_measures_that_all_moved_up_are_each_compared_with_few() {
        let text = |verb: &str, item: usize| {
            format!("{verb}第{item}個項目的工作，由兩地主管部門共同推進並定期檢討。")
        };
        let line =
            |place: usize, text: String| format!("{}.{} {text}", place / 50 + 1, place % 50 + 1);
        let old: Vec<_> = (0..10_000).map(|item| line(item, text("落實", item))).collect();
        let new: Vec<_> = (1..10_000).map(|item| line(item - 1, text("推行", item))).collect();
        let (old, new): (Vec<_>, Vec<_>) =
            (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
        let pairs = matches(&candidates(&old), &candidates(&new));
        let followed = pairs.iter().filter(|(old, new)| *old == *new + 1).count();
        assert!(followed > 9_900, "{followed}");
    }
}
