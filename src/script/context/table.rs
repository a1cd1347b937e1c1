//! Hash tables that need no making: laid out by the learning program, asked
//! where they lie in the program's file.
//!
//! A table is slots of four bytes. What is looked for is known by bits of its
//! hash alone, so an answer can be wrong once in some millions; it is then the
//! same wrong answer everywhere. It must not know what its keys stand for.

use std::borrow::Cow;

/// How full a table is made, in hundredths.
const LOAD: usize = 85;

/// The slots of a table, each `fingerprint << BITS | value`, 0 if empty.
pub(super) struct Table<const BITS: u32> {
    slots: Cow<'static, [u8]>,
}

impl<const BITS: u32> Table<BITS> {
    /// A table in bytes that [`Table::pack`] made.
    pub(super) fn new(slots: Cow<'static, [u8]>) -> Self {
        Self { slots }
    }

    /// Every value that a key has.
    pub(super) fn get(&self, key: u64) -> impl Iterator<Item = u32> {
        let len = self.len();
        let mut at = place(key, len);
        let fingerprint = Self::fingerprint(key);
        std::iter::from_fn(move || {
            loop {
                let slot = self.slot(at)?;
                at = if at + 1 == len { 0 } else { at + 1 };
                if slot >> BITS == fingerprint {
                    return Some(slot & ((1 << BITS) - 1));
                }
            }
        })
    }

    /// Lays out a table. Equal input gives equal bytes.
    pub(super) fn pack(entries: &[(u64, u32)]) -> Vec<u8> {
        let len = entries.len() * 100 / LOAD + 1;
        let mut slots = vec![0u32; len];
        for (key, value) in entries {
            let mut at = place(*key, len);
            while slots[at] != 0 {
                at = (at + 1) % len;
            }
            slots[at] = Self::fingerprint(*key) << BITS | value;
        }
        slots.into_iter().flat_map(u32::to_le_bytes).collect()
    }

    fn len(&self) -> usize {
        self.slots.len() / 4
    }

    /// What stands in a slot; `None` if nothing does. A table is never full.
    fn slot(&self, at: usize) -> Option<u32> {
        let slot = u32::from_le_bytes(*self.slots.as_chunks::<4>().0.get(at)?);
        (slot != 0).then_some(slot)
    }

    /// Never 0, for that means an empty slot.
    fn fingerprint(key: u64) -> u32 {
        (key as u32 & (u32::MAX >> BITS)).max(1)
    }
}

/// Where the search for a key begins. Of its upper bits, for the lower ones are
/// the fingerprint.
fn place(key: u64, len: usize) -> usize {
    (((key >> 32) * len as u64) >> 32) as usize
}

/// Adds a value to a hash.
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Spreads a hash's upper bits over its lower ones, after the last [`mix`].
pub(super) fn finish(hash: u64) -> u64 {
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_what_was_put_in_and_nothing_else() {
        let key = |n: u64| finish(mix(mix(0, n), 7));
        let entries: Vec<(u64, u32)> =
            (0..5_000u32).map(|n| (key(n.into()), n % 251 + 1)).collect();
        let mut twice = entries.clone();
        twice.push((key(17), 255));
        let table = Table::<8>::new(Cow::Owned(Table::<8>::pack(&twice)));
        for (key, value) in &entries {
            assert!(table.get(*key).any(|found| found == *value));
        }
        assert_eq!(table.get(key(17)).collect::<Vec<_>>(), [18, 255]);
        assert_eq!((5_000..200_000).filter(|n| table.get(key(*n)).next().is_some()).count(), 0);
        assert_eq!(Table::<8>::new(Cow::Borrowed(&[])).get(1).next(), None);
    }
}
