//! Hash tables that need no making: laid out by the learning program, asked
//! where they lie in the program's file.
//!
//! A table is how many slots it has, where each bucket of slots begins, and the
//! slots, of four bytes, bucket after bucket. What is looked for is known by bits
//! of its hash alone, so an answer can be wrong once in some hundreds of
//! thousands; it is then the same wrong answer everywhere. Most of what is asked
//! for is not there: a bucket is short, so that this is soon known. It must not
//! know what its keys stand for.

use std::borrow::Cow;

/// How many slots there are to a bucket.
const TO_A_BUCKET: usize = 3;

/// Bytes of a slot, and of a bucket's beginning.
const SLOT: usize = 4;
const BEGINNING: usize = 2;

/// The slots of a table, each `fingerprint << BITS | value`.
pub(super) struct Table<const BITS: u32> {
    bytes: Cow<'static, [u8]>,
    buckets: usize,
}

impl<const BITS: u32> Table<BITS> {
    /// A table in bytes that [`Table::pack`] made; empty if it did not.
    pub(super) fn new(bytes: Cow<'static, [u8]>) -> Self {
        let slots = bytes.first_chunk().map_or(0, |count| u32::from_le_bytes(*count) as usize);
        let buckets = slots.div_ceil(TO_A_BUCKET);
        let whole = bytes.len() == Self::first_slot(buckets) + slots * SLOT;
        Self { bytes, buckets: if whole { buckets } else { 0 } }
    }

    /// Every value that a key has.
    pub(super) fn get(&self, key: u64) -> impl Iterator<Item = u32> {
        let fingerprint = Self::fingerprint(key);
        self.bucket(key).iter().filter_map(move |slot| {
            let slot = u32::from_le_bytes(*slot);
            (slot >> BITS == fingerprint).then_some(slot & ((1 << BITS) - 1))
        })
    }

    /// Lays out a table. Equal input gives equal bytes.
    pub(super) fn pack(entries: &[(u64, u32)]) -> Vec<u8> {
        let buckets = entries.len().div_ceil(TO_A_BUCKET);
        let mut sorted: Vec<(usize, u32)> = entries
            .iter()
            .map(|(key, value)| (place(*key, buckets), Self::fingerprint(*key) << BITS | value))
            .collect();
        sorted.sort_by_key(|(bucket, _)| *bucket);
        let mut bytes = (entries.len() as u32).to_le_bytes().to_vec();
        let mut start = 0;
        for bucket in 0..=buckets {
            start += sorted[start..].iter().take_while(|(own, _)| *own < bucket).count();
            let off = start as isize - (bucket * TO_A_BUCKET) as isize;
            let off = i16::try_from(off).expect("hashes spread keys over the buckets");
            bytes.extend(off.to_le_bytes());
        }
        bytes.extend(sorted.into_iter().flat_map(|(_, slot)| slot.to_le_bytes()));
        bytes
    }

    /// Where the slots begin.
    fn first_slot(buckets: usize) -> usize {
        SLOT + (buckets + 1) * BEGINNING
    }

    /// The slots that a key may be in.
    fn bucket(&self, key: u64) -> &[[u8; SLOT]] {
        if self.buckets == 0 {
            return &[];
        }
        let bucket = place(key, self.buckets);
        let (from, to) = (self.start(bucket), self.start(bucket + 1));
        let slots = &self.bytes[Self::first_slot(self.buckets)..];
        slots.as_chunks().0.get(from..to).unwrap_or_default()
    }

    /// The first slot of a bucket: what is kept is how far it is from where it
    /// were if all buckets had the same number.
    fn start(&self, bucket: usize) -> usize {
        let at = SLOT + bucket * BEGINNING;
        let off = i16::from_le_bytes([self.bytes[at], self.bytes[at + 1]]);
        (bucket * TO_A_BUCKET).saturating_add_signed(off.into())
    }

    fn fingerprint(key: u64) -> u32 {
        key as u32 & (u32::MAX >> BITS)
    }
}

/// The bucket of a key. Of its upper bits, for the lower ones are the fingerprint.
fn place(key: u64, buckets: usize) -> usize {
    (((key >> 32) * buckets as u64) >> 32) as usize
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
