//! Tables and sets of characters that must cost next to nothing to ask.
//!
//! They must not know what they are asked for.

const PAGE: usize = 256;

/// A value for every character: in pages, for in most nothing differs from the
/// default.
pub(in crate::script) struct CharTable<T> {
    /// By the character's code / 256: which page, 0 being the empty one.
    pages: Vec<u16>,
    /// Page after page, each by the code's last byte.
    values: Vec<T>,
}

impl<T: Copy + Default> Default for CharTable<T> {
    fn default() -> Self {
        Self { pages: vec![0; char::MAX as usize / PAGE + 1], values: vec![T::default(); PAGE] }
    }
}

impl<T: Copy + Default> CharTable<T> {
    pub(in crate::script) fn get(&self, char: char) -> T {
        let code = char as usize;
        self.values[usize::from(self.pages[code / PAGE]) * PAGE + code % PAGE]
    }

    pub(in crate::script) fn get_mut(&mut self, char: char) -> &mut T {
        let code = char as usize;
        if self.pages[code / PAGE] == 0 {
            self.pages[code / PAGE] = u16::try_from(self.values.len() / PAGE)
                .expect("Unicode has fewer than 65,536 pages of 256");
            self.values.resize(self.values.len() + PAGE, T::default());
        }
        let page = usize::from(self.pages[code / PAGE]);
        &mut self.values[page * PAGE + code % PAGE]
    }
}

/// The characters that may stand at one place, roughly: it never turns away one
/// that was added, but lets others pass too. One bit for all codes that are
/// equal modulo 32.
#[derive(Clone, Copy, Default)]
pub(super) struct Sieve(u32);

impl Sieve {
    /// Adds a character, or with `None` all that may follow an end.
    pub(super) fn add(&mut self, char: Option<char>) {
        self.0 |= char.map_or(u32::MAX, bit);
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The end of a text passes if all characters do.
    pub(super) fn passes(self, char: Option<char>) -> bool {
        self.0 & char.map_or(1, bit) != 0
    }
}

fn bit(char: char) -> u32 {
    1 << (u32::from(char) % 32)
}
