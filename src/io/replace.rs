//! Puts a file of the content in place whole, so that an interrupted run leaves
//! the old one. It must not know what the file means.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The text of a file below a root; nothing if there is none.
///
/// # Errors
/// If it is no file, no UTF-8, or cannot be read; with its path.
pub fn text(root: &Path, path: &str) -> Result<Option<String>> {
    let path = root.join(path);
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
        }
        // What a link leads to may be another site's, or nobody's to write.
        Ok(found) if !found.is_file() => {
            bail!("cannot write `{}`: it is a link or a folder", path.display());
        }
        Ok(_) => {}
    }
    fs::read_to_string(&path).map(Some).with_context(|| format!("cannot read `{}`", path.display()))
}

/// Writes a file below a root, in place of what is there.
///
/// # Errors
/// If it cannot be written; with its path.
pub fn replace(root: &Path, path: &str, text: &str) -> Result<()> {
    let target = root.join(path);
    let aside = root.join(format!("{path}.new"));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&aside)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&aside, &target));
    if let Err(error) = &written
        && error.kind() != ErrorKind::AlreadyExists
    {
        let _ = fs::remove_file(&aside);
    }
    written.with_context(|| format!("cannot write `{}`", target.display()))
}
