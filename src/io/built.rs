//! What the last build was made from and how it left its files, so that a build
//! with nothing to do can tell.
//!
//! What goes in is known by its bytes; what came out by what the system tells
//! of each file and folder, as version control does: size, times, identity.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::source::{Entry, Tree};

use super::hexadecimal;
use super::output::{OWN, list};

/// A finished build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// What it was made from ([`inputs`]).
    pub inputs: String,
    /// How it left its files ([`left`]), some at a time.
    pub left: Vec<String>,
    /// How many pages it made.
    pub pages: usize,
    /// How many files.
    pub files: usize,
    /// Their size together.
    pub bytes: usize,
}

impl Built {
    /// The last build of a folder, if it is known and no other is at work.
    pub fn last(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(path(folder)).ok()?;
        let lock = fs::File::open(folder.join(OWN).join("lock")).ok()?;
        lock.try_lock().ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Remembers a build that has just been finished.
    ///
    /// # Errors
    /// If the note cannot be written.
    pub fn remember(&self, folder: &Path) -> Result<()> {
        let path = path(folder);
        let text = serde_json::to_string(self).expect("text and numbers make JSON");
        fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))
    }
}

/// The files that builds made, in order.
///
/// # Errors
/// If the list cannot be read.
pub fn made(folder: &Path) -> Result<Vec<String>> {
    Ok(list(folder)?.into_iter().collect())
}

fn path(folder: &Path) -> std::path::PathBuf {
    folder.join(OWN).join("built.json")
}

/// The sha256 of everything a site is made from: its files, and what else is
/// said about it.
pub fn inputs(tree: &Tree, besides: &[String]) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    for text in besides {
        add(text.as_bytes());
    }
    for (path, entry) in &tree.files {
        add(path.as_bytes());
        match entry {
            Entry::Bytes(bytes) => add(bytes),
            Entry::TooLarge(size) => add(&size.to_le_bytes()),
        }
    }
    hexadecimal(&hash.finalize())
}

/// The sha256 of what the system tells of some files of a folder, in order, and
/// of the folders they stand in.
///
/// # Errors
/// If one cannot be looked at.
pub fn left(folder: &Path, files: &[String]) -> Result<String> {
    let mut hash = Sha256::new();
    let mut last = None;
    for path in files {
        let failed = || format!("cannot read `{}`", folder.join(path).display());
        let above = path.rsplit_once('/').map_or("", |(above, _)| above);
        if last != Some(above) {
            stamp(&folder.join(above), &mut hash).with_context(failed)?;
            last = Some(above);
        }
        hash.update(path.as_bytes());
        stamp(&folder.join(path), &mut hash).with_context(failed)?;
    }
    Ok(hexadecimal(&hash.finalize()))
}

pub(super) fn stamp(path: &Path, hash: &mut Sha256) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    // A folder changes when anything is put into it or taken away.
    let modified = metadata.modified()?.duration_since(std::time::UNIX_EPOCH);
    hash.update(modified.unwrap_or_default().as_nanos().to_le_bytes());
    if metadata.is_dir() {
        return Ok(());
    }
    hash.update(metadata.len().to_le_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        hash.update(metadata.ino().to_le_bytes());
        hash.update(metadata.ctime().to_le_bytes());
        hash.update(metadata.ctime_nsec().to_le_bytes());
    }
    Ok(())
}
