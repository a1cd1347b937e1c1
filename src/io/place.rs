//! Which folders of a root are whose, and where nothing may be written.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use crate::snapshot::bag::DECLARED_IN;

/// The folders of a root that a site is made of.
pub(crate) const FOLDERS: [&str; 4] = ["content", "seeds", "static", "themes"];

/// The folder of a root that holds its sealed versions.
pub(crate) const SNAPSHOTS: &str = "snapshots";

/// The bag that a path lies in, whether or not anything is there yet.
pub(super) fn bag_around(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let there = whole.ancestors().find_map(|above| above.canonicalize().ok())?;
    there.ancestors().find(|above| above.join(DECLARED_IN).is_file()).map(Path::to_owned)
}

/// Refuses to write where it would add to a bag.
pub(super) fn refuse_in_bag(path: &Path, help: &str) -> Result<()> {
    if bag_around(path).is_some() {
        bail!(
            "refusing to write into `{}`: it lies in a sealed version\n  help: {help}",
            path.display()
        );
    }
    Ok(())
}

/// Refuses an output that would stand among what a site is made of, or would
/// have that in it.
pub(super) fn refuse_output(root: &Path, output: &Path) -> Result<()> {
    const HELP: &str = "choose another directory with `--out`";
    refuse_in_bag(output, HELP)?;
    let (whole_root, whole) = (resolved(root), resolved(output));
    let shown = output.display();
    if whole_root.starts_with(&whole) {
        bail!("refusing to write into `{shown}`: the site itself lies in it\n  help: {HELP}");
    }
    for folder in FOLDERS.into_iter().chain([SNAPSHOTS]) {
        // By its name, and where it leads to if it is a link.
        for own in [whole_root.join(folder), resolved(&root.join(folder))] {
            if whole.starts_with(&own) || own.starts_with(&whole) {
                bail!(
                    "refusing to write into `{shown}`: `{folder}/` is what the site is made of\n  \
                     help: {HELP}"
                );
            }
        }
    }
    Ok(())
}

/// A path without links, as far as anything is there.
fn resolved(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut there = whole.clone();
    let mut rest: Vec<OsString> = Vec::new();
    let mut found = loop {
        if let Ok(found) = there.canonicalize() {
            break found;
        }
        let last = there.components().next_back().map(|part| part.as_os_str().to_owned());
        match last {
            Some(last) if there.pop() => rest.push(last),
            _ => return whole,
        }
    };
    for part in rest.iter().rev() {
        match Path::new(part).components().next() {
            Some(Component::ParentDir) => {
                found.pop();
            }
            _ => found.push(part),
        }
    }
    found
}
