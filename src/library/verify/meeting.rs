//! Where two texts that differ agree again.

use rustc_hash::FxHashMap;

use super::pieces::Symbol;
use super::stream::Stream;

/// So many characters in a row are no accident.
const WINDOW: usize = 6;

/// So far a text is searched for the place.
const REACH: usize = 20_000;

/// Every place of the source, by the characters that stand there.
pub struct Meetings {
    places: FxHashMap<[char; WINDOW], Vec<usize>>,
    /// The source's last characters, fewer than a window.
    tail: Vec<char>,
    len: usize,
}

impl Meetings {
    pub fn new(source: &Stream) -> Self {
        let chars: Vec<char> = source.chars().collect();
        let mut places: FxHashMap<[char; WINDOW], Vec<usize>> = FxHashMap::default();
        for (at, window) in chars.windows(WINDOW).enumerate() {
            let window = window.try_into().expect("a window has its size");
            places.entry(window).or_default().push(at);
        }
        let tail = chars[chars.len().saturating_sub(WINDOW)..].to_vec();
        Self { places, tail, len: chars.len() }
    }

    /// The nearest places after these from which both say the same again.
    pub fn next(&self, own: &[Symbol], from: usize, source: usize) -> Option<(usize, usize)> {
        let mut best: Option<(usize, (usize, usize))> = None;
        let rest = &own[from..];
        for (skipped, window) in rest.windows(WINDOW).take(REACH).enumerate() {
            if best.is_some_and(|(cost, _)| skipped > cost) {
                break;
            }
            let mut key = ['\0'; WINDOW];
            key.iter_mut().zip(window).for_each(|(c, symbol)| *c = symbol.c);
            let Some(places) = self.places.get(&key) else { continue };
            let at = places.partition_point(|at| *at < source);
            let Some(at) = places.get(at).copied() else { continue };
            // Where nothing is skipped on either side, the same place differs.
            if skipped == 0 && at == source {
                continue;
            }
            let cost = skipped + (at - source);
            if best.is_none_or(|(known, _)| cost < known) {
                best = Some((cost, (from + skipped, at)));
            }
        }
        best.map(|(_, place)| place).or_else(|| self.common_end(own, from, source))
    }

    /// Where the last few characters of both begin to be the same.
    fn common_end(&self, own: &[Symbol], from: usize, source: usize) -> Option<(usize, usize)> {
        let same = own.iter().rev().zip(self.tail.iter().rev());
        let same = same.take_while(|(symbol, c)| symbol.c == **c).count();
        let (own_rest, source_rest) = (own.len() - from, self.len - source);
        // Where nothing is skipped on either side, the same place differs.
        let room = own_rest.min(source_rest) - usize::from(own_rest == source_rest);
        let same = same.min(room);
        (same > 0).then(|| (own.len() - same, self.len - same))
    }
}
