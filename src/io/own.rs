//! The tool's own folder, `.tongwen`: in the output, and among sealed versions.
//!
//! What stands in it may come from anybody, since sites are cloned, unpacked and
//! copied. So none of it may be a link, and it is written to by moving a new
//! file into place, never through what is there.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::bounded;

/// Its name.
pub(super) const NAME: &str = ".tongwen";

/// No file of its own is larger, whatever the size of the site.
const LARGEST: u64 = 256 * 1024 * 1024;

const LOCK: &str = "lock";
const ASIDE: &str = "aside";

/// The tool's own folder in another one.
#[derive(Debug)]
pub(super) struct Own {
    folder: PathBuf,
}

impl Own {
    /// The own folder that stands in a folder, if one does.
    ///
    /// # Errors
    /// If it is a link, or no folder.
    pub(super) fn find(folder: &Path) -> Result<Option<Self>> {
        let own = folder.join(NAME);
        Ok(look(&own, Kind::Folder)?.map(|()| Self { folder: own }))
    }

    /// Makes the own folder of a folder, and that folder, where they are not.
    ///
    /// # Errors
    /// As [`Own::find`], or if one cannot be made.
    pub(super) fn make(folder: &Path) -> Result<Self> {
        create_folder(folder)?;
        if let Some(own) = Self::find(folder)? {
            return Ok(own);
        }
        create_folder(&folder.join(NAME))?;
        match Self::find(folder)? {
            Some(own) => Ok(own),
            None => bail!("`{}` was taken away", folder.join(NAME).display()),
        }
    }

    /// Where a file of its stands.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A file's text. `None` if there is no such file.
    ///
    /// # Errors
    /// If it is a link or no regular file, larger than any that is made, or cannot
    /// be read.
    pub(super) fn read(&self, name: &str) -> Result<Option<String>> {
        let path = self.path(name);
        if look(&path, Kind::File)?.is_none() {
            return Ok(None);
        }
        let text = bounded::read_to_string(&path, LARGEST);
        text.map(Some).with_context(|| format!("cannot read `{}`", path.display()))
    }

    /// Replaces a file, in one moment.
    ///
    /// # Errors
    /// If a link stands in its place, or it cannot be written.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path(name);
        let new = self.path(&format!("{name}.new"));
        look(&path, Kind::File)?;
        // What an interrupted run left.
        if look(&new, Kind::File)?.is_some() {
            fs::remove_file(&new).with_context(|| format!("cannot remove `{}`", new.display()))?;
        }
        File::create_new(&new)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&new, &path))
            .with_context(|| format!("cannot write `{}`", path.display()))
    }

    /// Locks the folder until the file is dropped; `busy` says what to make of it
    /// if another process has it.
    ///
    /// # Errors
    /// If it is locked, or cannot be.
    pub(super) fn lock(&self, busy: &str) -> Result<File> {
        let path = self.path(LOCK);
        look(&path, Kind::File)?;
        // Whatever it holds stays: nothing is ever read from it.
        let file = File::options().create(true).write(true).truncate(false).open(&path);
        let file = file.with_context(|| format!("cannot write `{}`", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => bail!("{busy}: it holds `{}`", path.display()),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock `{}`", path.display()))
            }
        }
    }

    /// Whether a process is known not to have it locked.
    pub(super) fn is_free(&self) -> bool {
        let path = self.path(LOCK);
        let is_file = matches!(look(&path, Kind::File), Ok(Some(())));
        is_file && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
    }

    /// The folder for what is not yet in its place.
    pub(super) fn aside(&self) -> PathBuf {
        self.path(ASIDE)
    }

    /// Makes that folder, with nothing in it.
    ///
    /// # Errors
    /// If a link stands in its place, or it cannot be made.
    pub(super) fn make_aside(&self) -> Result<()> {
        self.clear_aside()?;
        create_folder(&self.aside())
    }

    /// Removes that folder with all that is in it.
    ///
    /// # Errors
    /// If a link stands in its place, or it cannot be removed.
    pub(super) fn clear_aside(&self) -> Result<()> {
        let aside = self.aside();
        if look(&aside, Kind::Folder)?.is_none() {
            return Ok(());
        }
        // Removes links that are in it, and not what they lead to.
        fs::remove_dir_all(&aside).with_context(|| format!("cannot remove `{}`", aside.display()))
    }

    /// Removes the folder whole, as far as that can be done.
    pub(super) fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What must stand at a place, if anything does.
#[derive(Debug, Clone, Copy)]
enum Kind {
    File,
    Folder,
}

/// Whether anything stands at a place of the tool's own. Refuses what it never
/// puts there: a link would be followed to another place, a pipe waited for.
fn look(path: &Path, kind: Kind) -> Result<Option<()>> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
        }
    };
    let (is_kind, what) = match kind {
        Kind::File => (found.is_file(), "no regular file"),
        Kind::Folder => (found.is_dir(), "no folder"),
    };
    if is_kind {
        return Ok(Some(()));
    }
    let link = "a symbolic link, which this tool never puts there";
    let what = if found.is_symlink() { link } else { what };
    bail!(
        "refusing to use `{}`: it is {what}\n  \
         help: look where it comes from, and remove it",
        path.display()
    )
}

/// Makes a folder, and those above it, where there are none.
pub(super) fn create_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))
}
