//! Things that have the same id or name. A file that was copied is one mistake,
//! not one for each thing in it.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// So many of the same two files are a copy.
const SEVERAL: usize = 4;

/// The twins of one kind.
pub struct Twins {
    code: Code,
    /// What they are, in the plural, and what they share: `entities`, `ids`.
    what: &'static str,
    share: &'static str,
    /// By the files that they stand in.
    found: BTreeMap<(FileId, FileId), Vec<Twin>>,
}

/// Something that has what another one has.
struct Twin {
    name: String,
    span: Span,
    first: Span,
    message: String,
}

impl Twins {
    /// None yet.
    pub fn new(code: Code, what: &'static str, share: &'static str) -> Self {
        Self { code, what, share, found: BTreeMap::new() }
    }

    /// Adds one, with what is said of it alone.
    pub fn add(&mut self, name: &str, span: Span, first: Span, message: String) {
        let twin = Twin { name: name.to_owned(), span, first, message };
        self.found.entry((span.file, first.file)).or_default().push(twin);
    }

    /// Reports them.
    pub fn report(self, diagnostics: &mut Diagnostics) {
        let Self { code, what, share, found } = self;
        for ((file, of), twins) in found {
            match twins.as_slice() {
                [one, ..] if twins.len() >= SEVERAL => {
                    let names: Vec<_> = twins.iter().take(3).map(|one| &*one.name).collect();
                    let message = format!(
                        "{} {what} have {share} that others have: `{}` and {} more",
                        twins.len(),
                        names.join("`, `"),
                        twins.len() - names.len()
                    );
                    let again = match file == of {
                        true => "do they stand here twice? take one of the two out",
                        false => "is one of the two files a copy? take it out",
                    };
                    diagnostics.push(
                        Diagnostic::error(code, one.span, message)
                            .related(one.first, "the first of the others")
                            .help(again),
                    );
                }
                few => few.iter().for_each(|one| {
                    diagnostics.push(
                        Diagnostic::error(code, one.span, &one.message)
                            .related(one.first, "the other one")
                            .help(format!("write another: no two {what} share {share}")),
                    );
                }),
            }
        }
    }
}
