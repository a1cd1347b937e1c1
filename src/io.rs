//! Reading the site's files, writing the output, sealed versions.

mod built;
pub mod import;
mod list;
mod output;
mod own;
mod place;
pub mod snapshot;
mod stamp;

pub use built::{Built, Made, inputs, left, made};
pub use output::{Output, Put, Written};

pub(crate) use place::FOLDERS;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use walkdir::{DirEntry, WalkDir};

use crate::source::{Entry, MAX_FILE_SIZE, Tree};

/// Reads the files of a site. Names that begin with `.` are skipped, and so are
/// those that end in `~`, which editors leave behind.
///
/// # Errors
/// With the path, if something cannot be read or is no regular file.
pub fn read_tree(root: &Path) -> Result<Tree> {
    if !root.is_dir() {
        bail!("there is no folder `{}`", root.display());
    }
    let mut tree = Tree::default();
    for folder in FOLDERS {
        read_below(root, folder, &mut tree)?;
    }
    Ok(tree)
}

/// Reads again what stands at a path below the root, file or folder, or is gone
/// from there. Tells whether any byte is another; files of which none is keep
/// their place in memory.
///
/// # Errors
/// As [`read_tree`]; what was read before then may be gone from the tree.
pub fn reread(root: &Path, path: &str, tree: &mut Tree) -> Result<bool> {
    let below = format!("{path}/");
    let mut old = Tree::default();
    old.files.extend(tree.files.remove_entry(path));
    let inside: Vec<String> = tree.below(&below).map(|(path, _)| path.to_owned()).collect();
    old.files.extend(inside.iter().filter_map(|path| tree.files.remove_entry(path)));
    let hidden = |part: &str| part.starts_with('.') || part.ends_with('~');
    let folder = path.split('/').next().unwrap_or_default();
    if !FOLDERS.contains(&folder) || path.split('/').skip(1).any(hidden) {
        return Ok(false);
    }
    let mut new = Tree::default();
    read_below(root, path, &mut new)?;
    let mut differs = false;
    for (path, entry) in new.files {
        let same = old.files.remove(&path).filter(|old| *old == entry);
        differs |= same.is_none();
        tree.files.insert(path, same.unwrap_or(entry));
    }
    Ok(differs || !old.files.is_empty())
}

fn read_below(root: &Path, path: &str, tree: &mut Tree) -> Result<()> {
    for entry in walk(&root.join(path)) {
        let entry = entry?;
        if !entry.file_type().is_dir() {
            let (path, entry) = read(root, &entry)?;
            tree.files.insert(path, entry);
        }
    }
    Ok(())
}

/// The files and folders at and below a path; nothing if nothing is there.
pub(crate) fn walk(start: &Path) -> impl Iterator<Item = Result<DirEntry>> + use<> {
    let entries = start.exists().then(|| {
        let entries = WalkDir::new(start).follow_links(true).sort_by_file_name();
        entries.into_iter().filter_entry(|entry| !is_skipped(entry))
    });
    let start = start.to_owned();
    let failed = move || format!("cannot read `{}`", start.display());
    entries.into_iter().flatten().map(move |entry| entry.with_context(&failed))
}

fn is_skipped(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.depth() > 0 && (name.starts_with(b".") || name.ends_with(b"~"))
}

fn read(root: &Path, entry: &DirEntry) -> Result<(String, Entry)> {
    let path = entry.path();
    let shown = path.display();
    let below = path.strip_prefix(root).expect("the walk began below the root");
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    let Some(parts) = parts else { bail!("the name of `{shown}` is not UTF-8") };
    let metadata = fs::metadata(path).with_context(|| format!("cannot read `{shown}`"))?;
    if !metadata.is_file() {
        bail!("`{shown}` is no regular file");
    }
    if metadata.len() > MAX_FILE_SIZE {
        return Ok((parts.join("/"), Entry::TooLarge(metadata.len())));
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read `{shown}`"))?;
    Ok((parts.join("/"), Entry::Bytes(bytes.into())))
}

/// A digest as it is written.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
