//! Builds a version's content again and compares its pages with the sealed ones.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::io::read_tree;
use crate::io::snapshot::{self, Bag, FOLDER};
use crate::pipeline::{self, Loaded, Overrides, Stopped};
use crate::render::Renderer;
use crate::snapshot::{Sealed, VersionName};

use super::super::report;

/// What became of it.
pub enum Rebuilt {
    /// The pages that differ.
    Compared(Diagnostics),
    /// Nothing was compared, and why.
    PassedOver(String),
}

impl Rebuilt {
    /// What there is to report of a version.
    pub fn diagnostics(self, name: &VersionName) -> Diagnostics {
        match self {
            Self::Compared(diagnostics) => diagnostics,
            Self::PassedOver(why) => {
                let message = format!("`{name}` was not built again: {why}");
                let place = format!("{FOLDER}/{name}");
                let mut diagnostics = Diagnostics::default();
                diagnostics.push(Diagnostic::file_warning(Code::NotRebuilt, &place, message));
                diagnostics
            }
        }
    }
}

/// Builds a version again, if this is the tool that sealed it. The version has
/// been verified.
///
/// # Errors
/// If it cannot be read.
pub fn rebuild(root: &Path, name: &VersionName) -> Result<Rebuilt> {
    let bag = Bag::open(root, name)?;
    let (software, ours) = (&bag.info().software, super::SOFTWARE);
    if software != ours {
        let why = format!("it was sealed by {software}, and this is {ours}");
        return Ok(Rebuilt::PassedOver(why));
    }
    let sealed = Sealed { name: name.clone(), date: bag.info().date };
    let overrides = Overrides { sealed: Some(sealed), ..Overrides::default() };
    let Loaded { site, diagnostics, sources } =
        pipeline::load(&read_tree(&bag.source())?, &overrides);
    let Some(site) = site else {
        report(&diagnostics, &sources);
        return Ok(Rebuilt::PassedOver("its content has mistakes".to_owned()));
    };
    let renderer = Renderer::new(&site.library, &site.theme);
    let built = pipeline::render_all(&renderer, |file| {
        let digest = snapshot::sha256(&file.bytes);
        Ok((file.path, digest))
    });
    match built {
        Ok(built) => Ok(Rebuilt::Compared(compare(name, bag.site()?, built))),
        Err(Stopped::Mistakes(diagnostics)) => {
            report(&diagnostics, &sources);
            Ok(Rebuilt::PassedOver("its theme has mistakes".to_owned()))
        }
        Err(Stopped::Failure(error)) => Err(error),
    }
}

/// Compares paths and digests.
fn compare(
    name: &VersionName,
    sealed: Vec<(String, String)>,
    built: Vec<(String, String)>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let mut differs = |path: &str, what: &str| {
        let place = format!("{FOLDER}/{name}/data/site/{path}");
        let message = format!("`{path}` {what}");
        diagnostics.push(Diagnostic::file_error(Code::DiffersFromRebuild, &place, message));
    };
    let mut sealed: BTreeMap<String, String> = sealed.into_iter().collect();
    for (path, digest) in built {
        match sealed.remove(&path) {
            Some(known) if known == digest => {}
            Some(_) => differs(&path, "is another when it is built again"),
            None => differs(&path, "was not sealed, but is built from the content"),
        }
    }
    for path in sealed.keys() {
        differs(path, "was sealed, but is not built from the content");
    }
    diagnostics
}
