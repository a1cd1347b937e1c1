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
//!
//! Nothing outside the folder is written or removed: no link below it is ever
//! followed. That the folder itself is one is its owner's choice.

use std::collections::BTreeSet;
use std::fs::{self, File, FileType};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::{DirEntry, WalkDir};

use super::own::Own;
use super::{list, place};

/// An output folder, locked against other builds.
pub struct Output {
    folder: PathBuf,
    /// Whether the folder was there before.
    existed: bool,
    own: Own,
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
    /// Opens the folder for a build of a root, making it if need be.
    ///
    /// # Errors
    /// If it holds files that no build made, stands among those that the site is
    /// made of, if another build is at work in it, or if it cannot be written;
    /// always with the path.
    pub fn open(root: &Path, folder: &Path) -> Result<Self> {
        place::refuse_output(root, folder)?;
        let existed = folder.exists();
        if existed && !folder.is_dir() {
            bail!("cannot write into `{}`: it is no folder", folder.display());
        }
        if !existed && folder.is_symlink() {
            bail!(
                "cannot write into `{}`: it is a symbolic link that leads nowhere",
                folder.display()
            );
        }
        refuse_foreign(folder, &list::read(folder)?)?;
        let own = Own::make(folder)?;
        let lock = own.lock("another build is at work")?;
        // One may just have ended.
        let last = list::read(folder)?;
        let output = Self { folder: folder.to_owned(), existed, own, last, _lock: lock };
        output.own.make_aside()?;
        Ok(output)
    }

    /// Takes one file of the site. Safe to call from many threads.
    ///
    /// # Errors
    /// If the file cannot be put aside, or something that no build made stands in
    /// its place; with the path it was meant for.
    pub fn put(&self, path: String, bytes: &[u8]) -> Result<Put> {
        let target = self.folder.join(&path);
        if !list::can_be(&path) {
            bail!("cannot write `{}`: no file of a site can be called so", target.display());
        }
        self.refuse_taken(&path)?;
        let is_new = !self.last.contains(&path) || !same(&target, bytes);
        if is_new {
            let aside = self.own.aside().join(&path);
            write(&aside, bytes).with_context(|| cannot_write(&target))?;
        }
        Ok(Put { path, size: bytes.len(), is_new })
    }

    /// Takes one file that is made where it is put aside, so that it need not fit
    /// into memory; `make` tells its size.
    ///
    /// # Errors
    /// As [`Output::put`], and what `make` fails with.
    pub fn put_made(&self, path: String, make: impl FnOnce(&Path) -> Result<u64>) -> Result<Put> {
        let target = self.folder.join(&path);
        self.refuse_taken(&path)?;
        let aside = self.own.aside().join(&path);
        if let Some(above) = aside.parent() {
            fs::create_dir_all(above).with_context(|| cannot_write(&target))?;
        }
        let size = make(&aside)?;
        let is_new = !self.last.contains(&path) || !alike(&target, &aside);
        if !is_new {
            fs::remove_file(&aside).with_context(|| cannot_write(&target))?;
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        Ok(Put { path, size, is_new })
    }

    /// Takes a file that is known to stand there as the last build left it. `None`
    /// if the last build did not make it.
    pub fn keep(&self, path: &str) -> Option<Put> {
        let found = fs::symlink_metadata(self.folder.join(path)).ok()?;
        let is_ours = found.is_file() && self.last.contains(path);
        let size = usize::try_from(found.len()).ok()?;
        is_ours.then(|| Put { path: path.to_owned(), size, is_new: false })
    }

    /// Takes a file of a known size that stands there as the last build left it.
    /// `None` if the last build did not make it.
    pub fn keep_known(&self, path: &str, size: usize) -> Option<Put> {
        let is_ours = self.last.contains(path);
        is_ours.then(|| Put { path: path.to_owned(), size, is_new: false })
    }

    /// Refuses a path at which, or on the way to which, something stands that no
    /// build made. Anything but what is left alone has been refused already.
    fn refuse_taken(&self, path: &str) -> Result<()> {
        if !path.split('/').any(is_left_alone) {
            return Ok(());
        }
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            let (part, place) = (&path[..end], self.folder.join(&path[..end]));
            let is_folder = end < path.len();
            match kind(&place).with_context(|| cannot_write(&place))? {
                None => return Ok(()),
                Some(kind) if kind.is_dir() && (is_folder || self.is_ours(part)) => {}
                Some(kind) if kind.is_file() && self.last.contains(part) => {}
                Some(_) => bail!(
                    "refusing to write `{}`: this tool did not make `{}`\n  \
                     help: remove one of the two: the site's own, or what stands there",
                    self.folder.join(path).display(),
                    place.display(),
                ),
            }
        }
        Ok(())
    }

    /// Whether the last build made files below a folder.
    fn is_ours(&self, folder: &str) -> bool {
        has_below(&self.last, folder)
    }

    /// Makes the folder hold exactly these files.
    ///
    /// # Errors
    /// If one cannot be moved or removed, with its path.
    pub fn commit(mut self, puts: Vec<Put>) -> Result<Written> {
        let new: BTreeSet<String> = puts.iter().map(|put| put.path.clone()).collect();
        let stale: Vec<&String> = self.last.difference(&new).collect();
        let written = puts.iter().filter(|put| put.is_new).count();
        if written > 0 || new != self.last {
            list::write(&self.own, self.last.union(&new))?;
        }
        // A file where a folder is to be, or the reverse, must go before.
        let (in_the_way, rest): (Vec<_>, Vec<_>) =
            stale.iter().partition(|path| stands_in_the_way(path, &new));
        let mut removed = self.remove_all(&in_the_way)?;
        replace(&self.own.aside(), &self.folder)?;
        removed += self.remove_all(&rest)?;
        if !stale.is_empty() {
            list::write(&self.own, &new)?;
        }
        self.own.clear_aside()?;
        self.existed = true;
        let (unchanged, bytes) = (puts.len() - written, puts.iter().map(|put| put.size).sum());
        Ok(Written { written, unchanged, removed, bytes })
    }

    /// Removes files and the folders they leave empty; tells how many were there.
    fn remove_all(&self, paths: &[&&String]) -> Result<usize> {
        let mut removed = 0;
        for path in paths {
            removed += usize::from(self.remove(path)?);
        }
        Ok(removed)
    }

    /// Removes a file and the folders it leaves empty. False if it was gone.
    fn remove(&self, path: &str) -> Result<bool> {
        let target = self.folder.join(path);
        let failed = || format!("cannot remove `{}`", target.display());
        // Behind a link it is another file of the same name.
        for (end, _) in path.match_indices('/') {
            let above = kind(&self.folder.join(&path[..end])).with_context(failed)?;
            if !above.is_some_and(|above| above.is_dir()) {
                return Ok(false);
            }
        }
        if kind(&target).with_context(failed)?.is_none_or(|kind| kind.is_dir()) {
            return Ok(false);
        }
        fs::remove_file(&target).with_context(failed)?;
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
}

impl Drop for Output {
    /// A build that failed leaves nothing aside, and no folder it made itself.
    fn drop(&mut self) {
        // What cannot be cleaned now is cleaned by the next build.
        let _ = self.own.clear_aside();
        if !self.existed {
            self.own.remove();
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Moves what was put aside into its place: folders that are not there yet as a
/// whole, and files one by one.
fn replace(aside: &Path, target: &Path) -> Result<()> {
    let failed = || cannot_write(target);
    for entry in fs::read_dir(aside).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let (from, to) = (entry.path(), target.join(entry.file_name()));
        let is_folder = entry.file_type().with_context(failed)?.is_dir();
        match kind(&to).with_context(failed)? {
            Some(there) if there.is_symlink() => {
                bail!("refusing to write `{}`: it has become a symbolic link", to.display());
            }
            Some(there) if there.is_dir() && is_folder => {
                replace(&from, &to)?;
                continue;
            }
            // Only if nothing is in it.
            Some(there) if there.is_dir() => {
                fs::remove_dir(&to).with_context(|| cannot_write(&to))?;
            }
            _ => {}
        }
        fs::rename(&from, &to).with_context(|| cannot_write(&to))?;
    }
    Ok(())
}

/// What stands at a path, a link not followed.
fn kind(path: &Path) -> io::Result<Option<FileType>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found.file_type())),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(None),
            _ => Err(error),
        },
    }
}

/// Whether a file must go before others can be where they are to be.
fn stands_in_the_way(path: &str, new: &BTreeSet<String>) -> bool {
    has_below(new, path) || path.match_indices('/').any(|(end, _)| new.contains(&path[..end]))
}

/// Whether any of the paths is below a folder.
fn has_below(paths: &BTreeSet<String>, folder: &str) -> bool {
    let below = format!("{folder}/");
    paths.range(below.clone()..).next().is_some_and(|path| path.starts_with(&below))
}

/// What hosts and desktops put into a folder, and version control: names that
/// begin with a dot, the host's name, pictures and settings of Windows.
fn is_left_alone(name: &str) -> bool {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    name.starts_with('.') || name == "CNAME" || is("Thumbs.db") || is("desktop.ini")
}

/// Refuses a folder with anything in it that is neither listed nor left alone.
fn refuse_foreign(folder: &Path, listed: &BTreeSet<String>) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let is_seen = |entry: &DirEntry| !entry.file_name().to_str().is_some_and(is_left_alone);
    let walk = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    // The folder itself may be called anything.
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || is_seen(entry)) {
        let entry = entry.with_context(|| format!("cannot read `{}`", folder.display()))?;
        let kind = entry.file_type();
        if kind.is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(folder).expect("the walk began at the folder");
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        let is_listed = parts.is_some_and(|parts| listed.contains(&parts.join("/")));
        if kind.is_file() && is_listed {
            continue;
        }
        let what = if kind.is_symlink() { ", a symbolic link" } else { "" };
        bail!(
            "refusing to write into `{}`: it holds files this tool did not make\n  \
             first: `{}`{what}\n  help: choose another directory with `--out`",
            folder.display(),
            entry.path().display(),
        );
    }
    Ok(())
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
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

/// Whether two files are there and have the same bytes.
fn alike(one: &Path, other: &Path) -> bool {
    let length = |path| {
        let found = fs::symlink_metadata(path).ok().filter(|found| found.is_file());
        found.map(|found| found.len())
    };
    if length(one).is_none() || length(one) != length(other) {
        return false;
    }
    let (Ok(one), Ok(other)) = (File::open(one), File::open(other)) else { return false };
    let (one, other) = (BufReader::new(one).bytes(), BufReader::new(other).bytes());
    one.zip(other).all(|pair| matches!(pair, (Ok(one), Ok(other)) if one == other))
}

/// Whether a file stands there with exactly these bytes.
fn same(path: &Path, bytes: &[u8]) -> bool {
    let length =
        fs::symlink_metadata(path).ok().filter(|found| found.is_file()).map(|found| found.len());
    length == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|found| found == bytes)
}
