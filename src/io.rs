//! Reading the site's files, and writing the output.

mod output;

pub use output::{Output, Written};

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use walkdir::{DirEntry, WalkDir};

use crate::source::{Entry, MAX_FILE_SIZE, Tree};

/// The folders of a root that a site is made of.
const FOLDERS: [&str; 3] = ["content", "seeds", "themes"];

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
        let start = root.join(folder);
        if !start.exists() {
            continue;
        }
        let entries = WalkDir::new(&start).follow_links(true).sort_by_file_name();
        for entry in entries.into_iter().filter_entry(|entry| !is_skipped(entry)) {
            let entry = entry.with_context(|| format!("cannot read `{}`", start.display()))?;
            if !entry.file_type().is_dir() {
                let (path, entry) = read(root, &entry)?;
                tree.files.insert(path, entry);
            }
        }
    }
    Ok(tree)
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
