//! The pages of a whole document. Each is declared here once: its name in
//! addresses, which no area can have, and what documents have it. What it says is
//! in `render/view/sheet.rs`.

use super::Library;

macro_rules! sheets {
    ($($(#[$doc:meta])* $sheet:ident $name:literal;)*) => {
        /// A page of a whole document.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Sheet {
            $($(#[$doc])* $sheet,)*
        }

        impl Sheet {
            /// All of them, in the order that they are made in.
            pub const ALL: &'static [Self] = &[$(Self::$sheet),*];

            /// Their names, which areas cannot have beside them.
            pub(super) const NAMES: &'static [&'static str] = &[$($name),*];

            /// Its name in addresses.
            pub fn name(self) -> &'static str {
                match self { $(Self::$sheet => $name,)* }
            }
        }
    };
}

sheets! {
    /// Its overview.
    Overview "index";
    /// The whole document on one page.
    Full "full";
    /// The same in all editions beside each other.
    Parallel "parallel";
    /// Its source documents beside its text.
    Source "source";
    /// What it gives with its measures, in a table.
    Fields "fields";
}

impl Sheet {
    /// The page of a name in addresses.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|sheet| sheet.name() == name)
    }

    /// Whose words stand on it.
    pub fn shows(self) -> Shows {
        match self {
            Self::Overview | Self::Full | Self::Fields => Shows::Own,
            Self::Parallel => Shows::AllEditions,
            Self::Source => Shows::Source,
        }
    }

    /// What its kind is called: its template, and the class of the page's body.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Overview => "memorandum",
            other => other.name(),
        }
    }
}

/// Whose words stand on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The document's, in the page's edition.
    Own,
    /// The document's in all editions.
    AllEditions,
    /// Those of its source, whatever the edition.
    Source,
}

impl Library {
    /// Whether a memorandum, by index, has such a page.
    pub fn has_sheet(&self, memorandum: usize, sheet: Sheet) -> bool {
        let one = &self.memoranda[memorandum];
        match sheet {
            Sheet::Overview | Sheet::Full => true,
            Sheet::Parallel => self.has_parallel(),
            Sheet::Source => one.is_verified(),
            Sheet::Fields => one.has_fields(),
        }
    }
}
