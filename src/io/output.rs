//! The output folder: writes only what differs, removes only its own files.
//!
//! 1. [`Output::open`] refuses a folder with files that no build of ours made.
//! 2. [`Output::put`] compares a file with what stands there and puts a changed
//!    one aside, whole.
//! 3. [`Output::commit`] moves all of them into place, removes what the last
//!    build made and this one did not, and writes the list of files.
//!
//! Whatever happens before 3 leaves the folder as it was; during 3, each file
//! is old or new and never half. The list names a file before the file is
//! there, so that an interrupted build is not refused by the next one.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use super::snapshot::refuse_in_bag;

/// The tool's own folder in the output.
pub(super) const OWN: &str = ".tongwen";

/// An output folder, locked against other builds.
pub struct Output {
    folder: PathBuf,
    /// Whether the folder was there before.
    existed: bool,
    /// The files of the last build.
    last: BTreeSet<String>,
    _lock: File,
}

/// What became of one file.
#[derive(Debug)]
pub struct Put {
    path: String,
    size: usize,
    is_new: bool,
}

/// What a build did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files that were new or differed.
    pub written: usize,
    /// Files that stood there as they are.
    pub unchanged: usize,
    /// Files of the last build that this one did not make.
    pub removed: usize,
    /// The size of all files together.
    pub bytes: usize,
}

impl Output {
    /// Opens the folder for a build, making it if need be.
    ///
    /// # Errors
    /// If it holds files that no build made, if another build is at work in it,
    /// or if it cannot be written; always with the path.
    pub fn open(folder: &Path) -> Result<Self> {
        let existed = folder.exists();
        if existed && !folder.is_dir() {
            bail!("cannot write into `{}`: it is no folder", folder.display());
        }
        refuse_in_bag(folder, "choose another directory with `--out`")?;
        let last = list(folder)?;
        if let Some(foreign) = first_foreign(folder, &last)? {
            bail!(
                "refusing to write into `{}`: it holds files this tool did not make\n  \
                 first: `{}`\n  help: choose another directory with `--out`",
                folder.display(),
                foreign.display(),
            );
        }
        let own = folder.join(OWN);
        create_folder(&own)?;
        let lock = lock(&own.join("lock"), "another build is at work")?;
        let output = Self { folder: folder.to_owned(), existed, last, _lock: lock };
        output.clear_aside()?;
        create_folder(&output.aside())?;
        Ok(output)
    }

    fn aside(&self) -> PathBuf {
        self.folder.join(OWN).join("aside")
    }

    fn clear_aside(&self) -> Result<()> {
        let aside = self.aside();
        match fs::remove_dir_all(&aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove `{}`", aside.display()))
            }
            _ => Ok(()),
        }
    }

    /// Takes one file of the site. Safe to call from many threads.
    ///
    /// # Errors
    /// If the file cannot be put aside, with the path it was meant for.
    pub fn put(&self, path: String, bytes: &[u8]) -> Result<Put> {
        let is_new = !self.last.contains(&path) || !same(&self.folder.join(&path), bytes);
        if is_new {
            let aside = self.aside().join(&path);
            write(&aside, bytes)
                .with_context(|| format!("cannot write `{}`", self.folder.join(&path).display()))?;
        }
        Ok(Put { path, size: bytes.len(), is_new })
    }

    /// Makes the folder hold exactly these files.
    ///
    /// # Errors
    /// If one cannot be moved or removed, with its path.
    pub fn commit(mut self, puts: Vec<Put>) -> Result<Written> {
        let new: BTreeSet<String> = puts.iter().map(|put| put.path.clone()).collect();
        let stale: Vec<String> = self.last.difference(&new).cloned().collect();
        let written = puts.iter().filter(|put| put.is_new).count();
        if written > 0 || new != self.last {
            self.write_list(self.last.union(&new))?;
        }
        self.replace(&self.aside(), &self.folder)?;
        let mut removed = 0;
        for path in &stale {
            removed += usize::from(self.remove(path)?);
        }
        if !stale.is_empty() {
            self.write_list(&new)?;
        }
        self.clear_aside()?;
        self.existed = true;
        let (unchanged, bytes) = (puts.len() - written, puts.iter().map(|put| put.size).sum());
        Ok(Written { written, unchanged, removed, bytes })
    }

    /// Moves what was put aside into its place: folders that are not there yet
    /// as a whole, and files one by one.
    fn replace(&self, aside: &Path, target: &Path) -> Result<()> {
        let failed = || format!("cannot write `{}`", target.display());
        for entry in fs::read_dir(aside).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            let (from, to) = (entry.path(), target.join(entry.file_name()));
            let is_folder = entry.file_type().with_context(failed)?.is_dir();
            if is_folder && to.is_dir() {
                self.replace(&from, &to)?;
            } else {
                fs::rename(&from, &to)
                    .with_context(|| format!("cannot write `{}`", to.display()))?;
            }
        }
        Ok(())
    }

    /// Removes a file and the folders it leaves empty. False if it was gone.
    fn remove(&self, path: &str) -> Result<bool> {
        let target = self.folder.join(path);
        match fs::remove_file(&target) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot remove `{}`", target.display()));
            }
        }
        let mut parent = target.parent();
        while let Some(folder) = parent.filter(|folder| *folder != self.folder) {
            // Fails where other files remain, which is right.
            if fs::remove_dir(folder).is_err() {
                break;
            }
            parent = folder.parent();
        }
        Ok(true)
    }

    fn write_list<'a>(&self, paths: impl IntoIterator<Item = &'a String>) -> Result<()> {
        let list = list_path(&self.folder);
        let mut text = String::new();
        for path in paths {
            text.push_str(path);
            text.push('\n');
        }
        let aside = self.folder.join(OWN).join("files.new");
        fs::write(&aside, text)
            .and_then(|()| fs::rename(&aside, &list))
            .with_context(|| format!("cannot write `{}`", list.display()))
    }
}

impl Drop for Output {
    /// A build that failed leaves nothing aside, and no folder it made itself.
    fn drop(&mut self) {
        // What cannot be cleaned now is cleaned by the next build.
        let _ = self.clear_aside();
        if !self.existed {
            let _ = fs::remove_dir_all(self.folder.join(OWN));
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

fn list_path(folder: &Path) -> PathBuf {
    folder.join(OWN).join("files")
}

/// The files that earlier builds made.
pub(super) fn list(folder: &Path) -> Result<BTreeSet<String>> {
    let path = list_path(folder);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

/// The first file in the folder that is neither listed nor the tool's own.
fn first_foreign(folder: &Path, listed: &BTreeSet<String>) -> Result<Option<PathBuf>> {
    if !folder.exists() {
        return Ok(None);
    }
    let own = folder.join(OWN);
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.path() != own) {
        let entry = entry.with_context(|| format!("cannot read `{}`", folder.display()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(folder).expect("the walk began at the folder");
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        if !parts.is_some_and(|parts| listed.contains(&parts.join("/"))) {
            return Ok(Some(entry.into_path()));
        }
    }
    Ok(None)
}

pub(super) fn create_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))
}

/// Locks a file until it is dropped; `busy` says what to make of it if another
/// process has it.
pub(super) fn lock(path: &Path, busy: &str) -> Result<File> {
    let file = File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("{busy}: it holds `{}`", path.display())
        }
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock `{}`", path.display()))
        }
    }
}

/// Writes a file, and makes the folders above it where there are none.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::write(path, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, bytes)
        }
        written => written,
    }
}

/// Whether a file stands there with exactly these bytes.
fn same(path: &Path, bytes: &[u8]) -> bool {
    let length =
        fs::symlink_metadata(path).ok().filter(|found| found.is_file()).map(|found| found.len());
    length == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|found| found == bytes)
}
