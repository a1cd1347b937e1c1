//! Writes a bag, whole or not at all.
//!
//! 1. [`Sealer::open`] locks `snapshots/` against other seals and clears away
//!    what a killed one left.
//! 2. [`Sealer::put`] and [`Sealer::copy`] write the payload into a hidden
//!    folder beside the versions.
//! 3. [`Sealer::commit`] adds the manifests, makes sure that all of it is on the
//!    disk, and moves the folder into place.
//!
//! Until the move, no version of that name is there; after it, all of it is.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use crate::io::own::{Own, create_folder};
use crate::io::place;
use crate::snapshot::bag::{BagInfo, DECLARATION, Manifest};
use crate::snapshot::{Seal, VersionName};

use super::{Algorithm, BAG_INFO, BAGIT, Digests, FOLDER};

/// A version being sealed.
pub struct Sealer {
    /// Where versions stand.
    folder: PathBuf,
    /// Whether that folder was there before.
    existed: bool,
    own: Own,
    name: VersionName,
    _lock: File,
}

/// A file of the payload as it was written.
#[derive(Debug)]
pub struct Put {
    path: String,
    digests: Digests,
}

impl Sealer {
    /// Begins to seal a version.
    ///
    /// # Errors
    /// If it is there already, if another one is being sealed, or if nothing can
    /// be written; always with the path.
    pub fn open(root: &Path, name: &VersionName) -> Result<Self> {
        if !root.is_dir() {
            bail!("there is no folder `{}`", root.display());
        }
        let folder = root.join(FOLDER);
        place::refuse_in_bag(&folder, "copy its content to another place first")?;
        let existed = folder.exists();
        refuse_existing(&folder, name)?;
        let own = Own::make(&folder)?;
        let lock = own.lock("another version is being sealed")?;
        let sealer = Self { folder, existed, own, name: name.clone(), _lock: lock };
        // Another seal may have put it there before this one had the lock.
        refuse_existing(&sealer.folder, name)?;
        // What is in here is nobody's work to keep.
        sealer.own.write(".gitignore", "*\n")?;
        sealer.own.make_aside()?;
        Ok(sealer)
    }

    fn aside(&self) -> PathBuf {
        self.own.aside()
    }

    /// Writes a file of the payload, by its path below `data/`. Safe to call
    /// from many threads.
    ///
    /// # Errors
    /// If it cannot be written, with the path it was meant for.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<Put> {
        let path = format!("data/{path}");
        self.write(&path, bytes)?;
        let digests = Digests::of(bytes).expect("memory can be read");
        Ok(Put { path, digests })
    }

    /// Copies a file into the payload, whatever its size.
    ///
    /// # Errors
    /// If it cannot be read or written, with its path.
    pub fn copy(&self, path: &str, from: &Path) -> Result<Put> {
        let path = format!("data/{path}");
        let source = File::open(from).with_context(|| super::cannot_read(from))?;
        self.write_from(&path, source)?;
        let copy = self.aside().join(&path);
        let digests = File::open(&copy).and_then(Digests::of);
        Ok(Put { path, digests: digests.with_context(|| super::cannot_read(&copy))? })
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.write_from(path, bytes)
    }

    fn write_from(&self, path: &str, mut source: impl io::Read) -> Result<()> {
        let target = self.aside().join(path);
        create_folder(target.parent().expect("a bag's file stands in a folder"))?;
        // Whoever reads the message knows the place that the file would have had.
        let shown = self.folder.join(self.name.as_str()).join(path);
        File::create(&target)
            .and_then(|mut file| io::copy(&mut source, &mut file).map(|_| file))
            .and_then(|file| file.sync_all())
            .with_context(|| cannot_write(&shown))
    }

    /// Puts the bag into its place. The payload is what was written before.
    ///
    /// # Errors
    /// If something cannot be written, with its path.
    pub fn commit(mut self, info: &BagInfo, files: &[Put]) -> Result<Seal> {
        self.write(BAGIT, DECLARATION.as_bytes())?;
        self.write(BAG_INFO, info.to_text().as_bytes())?;
        for algorithm in Algorithm::ALL {
            let mut manifest = Manifest::default();
            for file in files {
                manifest.insert(&file.path, file.digests.get(algorithm));
            }
            self.write(algorithm.manifest(), manifest.to_text().as_bytes())?;
        }
        let seal = self.write_tag_manifests()?;
        let target = self.folder.join(self.name.as_str());
        sync_folders(&self.aside())?;
        fs::rename(self.aside(), &target).with_context(|| cannot_write(&target))?;
        self.existed = true;
        sync_folder(&self.folder)?;
        Ok(seal)
    }

    fn write_tag_manifests(&self) -> Result<Seal> {
        let tags = [BAGIT, BAG_INFO].into_iter().chain(Algorithm::ALL.map(Algorithm::manifest));
        let mut digests = Vec::new();
        for path in tags {
            let file = self.aside().join(path);
            let found = File::open(&file).and_then(Digests::of);
            digests.push((path, found.with_context(|| super::cannot_read(&file))?));
        }
        let text = |algorithm| {
            let mut manifest = Manifest::default();
            for (path, digests) in &digests {
                manifest.insert(*path, digests.get(algorithm));
            }
            manifest.to_text()
        };
        for algorithm in Algorithm::ALL {
            self.write(algorithm.tag_manifest(), text(algorithm).as_bytes())?;
        }
        let seal = super::sha256(text(Algorithm::Sha256).as_bytes());
        Ok(Seal::parse(&seal).expect("a digest is a seal"))
    }
}

impl Put {
    /// How many bytes some files have, and how many files they are.
    pub fn payload(files: &[Self]) -> (u64, u64) {
        (files.iter().map(|file| file.digests.size).sum(), files.len() as u64)
    }
}

impl Drop for Sealer {
    /// A seal that failed leaves nothing aside, and no folder it made itself.
    fn drop(&mut self) {
        // What cannot be cleaned now is cleaned by the next seal.
        let _ = self.own.clear_aside();
        if !self.existed {
            self.own.remove();
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

fn refuse_existing(folder: &Path, name: &VersionName) -> Result<()> {
    let target = folder.join(name.as_str());
    match fs::symlink_metadata(&target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| super::cannot_read(&target)),
        Ok(_) => bail!(
            "the version `{name}` is sealed already, in `{}`\n  \
             help: a sealed version is never rewritten; choose another name",
            target.display()
        ),
    }
}

/// A file's name is only safe on the disk once its folder is.
fn sync_folders(start: &Path) -> Result<()> {
    let mut folders = BTreeSet::new();
    for entry in WalkDir::new(start) {
        let entry = entry.with_context(|| super::cannot_read(start))?;
        if entry.file_type().is_dir() {
            folders.insert(entry.into_path());
        }
    }
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(|| cannot_write(folder))
}

/// Elsewhere a folder cannot be opened, and the system sees to it.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> Result<()> {
    Ok(())
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
}
