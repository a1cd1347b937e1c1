//! Reading the site's files, writing the output, sealed versions.

mod bounded;
mod built;
pub(crate) mod import;
mod list;
mod output;
mod own;
mod place;
pub(crate) mod replace;
pub mod snapshot;
mod stamp;
pub(crate) mod stream;

pub(crate) use bounded::read as read_bounded;
pub use built::{
    Built, Made, Published, Remembered, Standing, inputs, left, made, published, remember_groups,
    remember_published, remembered,
};
pub use output::{Output, Put, Written};

pub(crate) use place::FOLDERS;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use walkdir::{DirEntry, WalkDir};

use crate::source::{Entry, STATIC, Tree, size_limit};

/// Reads the files of a site. Hidden ones and editors' own are passed over.
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

/// Reads only what a site's texts are converted with; `None` where there is no
/// site.
///
/// # Errors
/// As [`read_tree`].
pub fn read_settings(root: &Path) -> Result<Option<Tree>> {
    if !root.join("content/site.toml").is_file() {
        return Ok(None);
    }
    let mut tree = Tree::default();
    for path in ["site.toml", "lexicon.toml", "entities.toml", "entities"] {
        read_below(root, &format!("content/{path}"), &mut tree)?;
    }
    Ok(Some(tree))
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
    let mut parts = path.split('/');
    let folder = parts.next().unwrap_or_default();
    if !FOLDERS.contains(&folder) || parts.any(|part| is_skipped(folder, part.as_bytes())) {
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
    for entry in walk(root, path) {
        let entry = entry?;
        if !entry.file_type().is_dir() {
            let (path, entry) = read(root, &entry)?;
            tree.files.insert(path, entry);
        }
    }
    Ok(())
}

/// The files and folders at and below a path of a root, links followed; nothing
/// if nothing is there.
pub(crate) fn walk(root: &Path, path: &str) -> impl Iterator<Item = Result<DirEntry>> + use<> {
    let start = root.join(path);
    let folder: Rc<str> = path.split('/').next().unwrap_or_default().into();
    // A link that leads nowhere is there, and is named.
    let is_there = fs::symlink_metadata(&start).is_ok();
    let entries = is_there.then(|| {
        let entries = WalkDir::new(&start).follow_links(true).sort_by_file_name();
        let within = folder.clone();
        entries.into_iter().filter_entry(move |entry| {
            entry.depth() == 0 || !is_skipped(&within, entry.file_name().as_encoded_bytes())
        })
    });
    entries.into_iter().flatten().filter_map(move |entry| match entry {
        Ok(entry) => Some(Ok(entry)),
        Err(error) => {
            let name = error.path().filter(|_| error.depth() > 0).and_then(Path::file_name);
            // An editor's lock is a link that leads nowhere.
            let is_skipped = name.is_some_and(|name| is_skipped(&folder, name.as_encoded_bytes()));
            (!is_skipped).then(|| Err(unreadable(&start, error)))
        }
    })
}

/// A failure of the walk at its place.
fn unreadable(start: &Path, error: walkdir::Error) -> anyhow::Error {
    let path = error.path().unwrap_or(start);
    let shown = path.display().to_string();
    let leads_nowhere = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
        && error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound);
    if leads_nowhere {
        return anyhow!("`{shown}` is a symbolic link that leads nowhere");
    }
    anyhow::Error::new(error).context(format!("cannot read `{shown}`"))
}

/// Whether what has this name, in this folder of a root, is nothing of the site:
/// it is hidden, or an editor's. Of [`STATIC`] hidden files are published, and
/// only those are passed over that are nobody's own.
fn is_skipped(folder: &str, name: &[u8]) -> bool {
    let is_hidden = name.starts_with(b".");
    if STATIC.trim_end_matches('/') != folder {
        return is_hidden || name.ends_with(b"~") || name.starts_with(b"#") && name.ends_with(b"#");
    }
    name == b".git" || name == b".DS_Store" || name.starts_with(b".#") || is_swap_file(name)
}

/// Whether a name is one of Vim's, `.name.swp`, and when that is taken `.swo`, and
/// so on.
fn is_swap_file(name: &[u8]) -> bool {
    let end = name.len().checked_sub(4).map(|at| &name[at..]);
    name.starts_with(b".")
        && end.is_some_and(|end| end.starts_with(b".sw") && end[3].is_ascii_lowercase())
}

fn read(root: &Path, entry: &DirEntry) -> Result<(String, Entry)> {
    let path = entry.path();
    let shown = path.display();
    let below = path.strip_prefix(root).expect("the walk began below the root");
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    let Some(parts) = parts else { bail!("the name of `{shown}` is not UTF-8") };
    let below = parts.join("/");
    let metadata = fs::metadata(path).with_context(|| format!("cannot read `{shown}`"))?;
    if !metadata.is_file() {
        bail!("`{shown}` is no regular file");
    }
    let limit = size_limit(&below);
    match bounded::read(path, limit) {
        Ok(bytes) => Ok((below, Entry::Bytes(bytes.into()))),
        // What the system says of its size need not be so.
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            Ok((below, Entry::TooLarge(metadata.len().max(limit + 1))))
        }
        Err(error) => Err(error).with_context(|| format!("cannot read `{shown}`")),
    }
}
