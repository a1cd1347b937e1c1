//! How lists are written, and which file a list is in: the browser's
//! `search-lists.js` does the same.

/// FNV-1a over code points.
pub fn hash(characters: impl IntoIterator<Item = char>) -> u32 {
    characters
        .into_iter()
        .fold(0x811C_9DC5, |hash: u32, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// A number in printable ASCII without `"` and `\`: 34 characters that go on and
/// 57 that end, so that numbers to 56 take one byte and to 1,994 two.
pub fn encode(mut number: u32, list: &mut String) {
    while number >= 57 {
        number -= 57;
        list.push(char::from(b']' + (number % 34) as u8));
        number /= 34;
    }
    list.push(char::from(b'#' + number as u8));
}

/// The numbers of a list, as the browser reads them.
pub fn decoded(list: &str) -> impl Iterator<Item = u32> {
    list.as_bytes().split_inclusive(|byte| *byte <= b'[').map(|bytes| {
        bytes.iter().rev().fold(0, |number, byte| match *byte {
            more @ b']'.. => number * 34 + u32::from(more - b']') + 57,
            last => u32::from(last - b'#'),
        })
    })
}
