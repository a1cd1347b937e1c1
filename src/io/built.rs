//! What the last build was made from and how it left its files, so that a build
//! with nothing to do can tell.
//!
//! What goes in is known by its bytes; what came out, and the list of it, by what
//! the system tells of each file and folder. A note that came with the folder
//! from elsewhere fits no file.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::data::Digest as Digested;
use crate::source::{Entry, Tree};

use super::own::Own;
use super::stamp::stamp;
use crate::source::hexadecimal;

use super::list;

/// A finished build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// What it was made from ([`inputs`]).
    pub inputs: String,
    /// How it left the list of its files, and these ([`left`]), some at a time.
    pub left: Vec<String>,
    /// How many pages it made.
    pub pages: usize,
    /// How many files.
    pub files: usize,
    /// Their size together.
    pub bytes: usize,
}

const NOTE: &str = "built.json";

impl Built {
    /// The last build of a folder, if it is known and no other is at work.
    pub fn last(folder: &Path) -> Option<Self> {
        let own = Own::find(folder).ok()??;
        let text = own.read(NOTE).ok()??;
        own.is_free().then(|| serde_json::from_str(&text).ok())?
    }

    /// Remembers a build that has just been finished.
    ///
    /// # Errors
    /// If the note cannot be written.
    pub fn remember(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_string(self).expect("text and numbers make JSON");
        Own::make(folder)?.write(NOTE, &text)
    }
}

/// A sealed version as the last build published it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// How its bag stood on the disk when it was verified.
    pub state: String,
    /// How the build left its files ([`left`]).
    pub left: String,
}

const PUBLISHED: &str = "archive.json";

/// The versions that the last build published in a folder, by name; none if that
/// is not known.
pub fn published(folder: &Path) -> BTreeMap<String, Published> {
    let text = Own::find(folder).ok().flatten().and_then(|own| own.read(PUBLISHED).ok()?);
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Remembers the versions that have just been published.
///
/// # Errors
/// If the note cannot be written.
pub fn remember_published(folder: &Path, all: &BTreeMap<String, Published>) -> Result<()> {
    let text = serde_json::to_string(all).expect("text makes JSON");
    Own::make(folder)?.write(PUBLISHED, &text)
}

/// Some files of a build that are made of the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The digest of what they were made of.
    pub made_of: String,
    /// How the build left them ([`Standing`]).
    pub left: String,
    /// What a package says of the data among them.
    pub data: Vec<Digested>,
}

const GROUPS: &str = "groups.json";

/// What the last build of a folder made, by group; nothing if that is not known.
pub fn remembered(folder: &Path) -> BTreeMap<String, Remembered> {
    let text = Own::find(folder).ok().flatten().and_then(|own| own.read(GROUPS).ok()?);
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Remembers what has just been made.
///
/// # Errors
/// If the note cannot be written.
pub fn remember_groups(folder: &Path, all: &BTreeMap<String, Remembered>) -> Result<()> {
    let text = serde_json::to_string(all).expect("text and numbers make JSON");
    Own::make(folder)?.write(GROUPS, &text)
}

/// How some files stand in a folder.
pub struct Standing {
    /// The sha256 of what the system tells of them, in order.
    pub left: String,
    /// The size of each.
    pub sizes: Vec<usize>,
}

impl Standing {
    /// Looks at files. `None` if one cannot be looked at.
    pub fn of(folder: &Path, files: &[String]) -> Option<Self> {
        let mut hash = Sha256::new();
        let size = |path: &String| {
            hash.update(path.as_bytes());
            usize::try_from(stamp(&folder.join(path), &mut hash).ok()?).ok()
        };
        let sizes = files.iter().map(size).collect::<Option<_>>()?;
        Some(Self { left: hexadecimal(&hash.finalize()), sizes })
    }
}

/// The files that builds made.
pub struct Made {
    /// Their paths, in order.
    pub files: Vec<String>,
    /// How the list of them stands there.
    pub list: String,
}

/// The files that builds made in a folder.
///
/// # Errors
/// If the list cannot be read.
pub fn made(folder: &Path) -> Result<Made> {
    let files = list::read(folder)?.into_iter().collect();
    let mut hash = Sha256::new();
    if let Some(own) = Own::find(folder)? {
        let list = list::path(&own);
        // A list that was put there by somebody else has another stamp.
        stamp(&list, &mut hash).with_context(|| format!("cannot read `{}`", list.display()))?;
    }
    Ok(Made { files, list: hexadecimal(&hash.finalize()) })
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
