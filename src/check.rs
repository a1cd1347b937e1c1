//! What a build does not say: facts, doubts, and faults of rendered pages.
//!
//! 1. `content` looks at what authors wrote: labels, entities, images, sizes.
//! 2. `originals` extracts again what was extracted from other files.
//! 3. `conversion` lists what a reviewer of the conversion should see.
//! 4. `pages` looks at every rendered page: links, fragments, leaks, sizes.
//!
//! Everything is a diagnostic. Changes nothing and writes nothing.

mod content;
mod conversion;
mod names;
mod originals;
mod pages;
mod scripts;

pub use conversion::{Decision, Excerpt, Occurrence, Rule};
pub use names::{Name, names};

use crate::diagnostic::Diagnostics;
use crate::pipeline::{self, Overrides};
use crate::render::Renderer;
use crate::source::{Sources, Tree};

/// The result of a check.
pub struct Checked {
    /// The text of every file that was read.
    pub sources: Sources,
    /// Everything found.
    pub diagnostics: Diagnostics,
}

/// Checks a site: everything that a build would find, and the rest where there
/// is a site to look at.
pub fn check(tree: &Tree, overrides: &Overrides) -> Checked {
    let mut found = Diagnostics::default();
    let loaded = pipeline::load_with(tree, overrides, |parts| {
        content::check(parts, &mut found);
        originals::check(parts, tree, &mut found);
        conversion::check(parts, &mut found);
    });
    let pipeline::Loaded { sources, mut diagnostics, site } = loaded;
    diagnostics.append(found);
    if let Some(site) = site {
        let renderer = Renderer::new(&site.library, &site.theme);
        pages::check(&renderer, &mut diagnostics);
    }
    Checked { sources, diagnostics }
}

/// What a reviewer of a site's conversion should decide.
pub struct Reviewed {
    /// The text of every file that was read.
    pub sources: Sources,
    /// What a build would find.
    pub diagnostics: Diagnostics,
    /// The most doubtful first.
    pub decisions: Vec<Decision>,
    /// How many smaller ones are left out: a review is to be read.
    pub unlisted: usize,
}

/// Looks for what the conversion leaves in doubt.
pub fn review(tree: &Tree, overrides: &Overrides) -> Reviewed {
    let (mut decisions, mut unlisted) = (Vec::new(), 0);
    let loaded = pipeline::load_with(tree, overrides, |parts| {
        (decisions, unlisted) = conversion::most_doubtful(parts);
    });
    let pipeline::Loaded { sources, diagnostics, .. } = loaded;
    Reviewed { sources, diagnostics, decisions, unlisted }
}
