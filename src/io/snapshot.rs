//! Sealed versions on the disk: `snapshots/<version>/`, each a BagIt bag.
//!
//! 1. [`Sealer`] writes one, whole or not at all.
//! 2. [`Bag`] opens one. What is read of it is compared with its manifests, so
//!    that nothing damaged is ever passed on.
//! 3. [`verify`] looks at every byte and names all damage.
//! 4. [`export`] packs one into a file.
//!
//! A bag's payload is read when it is asked for, one file at a time: a site has
//! hundreds of versions. Must not know what versions are shown as.

mod digest;
mod export;
mod seal;
mod verify;

pub use digest::sha256;
pub use export::{export, pack, pack_into};
pub use seal::{Put, Sealer};
pub use verify::{Verified, refuse_damaged, verify};

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow, bail};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::snapshot::bag::{BagInfo, DECLARATION, DECLARED_IN, Manifest};
use crate::snapshot::chain::{self, Link};
use crate::snapshot::record::Record;
use crate::snapshot::{Seal, Version, VersionName, Versions};

use super::bounded;
use super::place::{self, SNAPSHOTS};
use super::stamp::stamp;
use crate::source::hexadecimal;
use digest::{Algorithm, Digests};

/// The folder of a root that holds its sealed versions.
pub const FOLDER: &str = SNAPSHOTS;

/// No file that a seal writes is larger: each is made in memory.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// Where the payload's parts stand in a bag.
const SITE: &str = "data/site/";
const SOURCE: &str = "data/source";
const MEASURES: &str = "data/measures.json";

const BAGIT: &str = DECLARED_IN;
const BAG_INFO: &str = "bag-info.txt";
const MANIFEST: &str = "manifest-sha256.txt";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// The names of a root's versions, in the order of their spelling.
///
/// # Errors
/// If the folder cannot be read, or holds a folder that no version can be.
pub fn names(root: &Path) -> Result<Vec<VersionName>> {
    let folder = root.join(FOLDER);
    let failed = || format!("cannot read `{}`", folder.display());
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(failed),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.with_context(failed)?;
        let kind = entry.file_type().with_context(failed)?;
        let name = entry.file_name();
        // The tool's own folder, and what a person put beside the versions.
        if kind.is_file() || name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let shown = entry.path().display().to_string();
        let parsed = name.to_str().and_then(|name| VersionName::parse(name).ok());
        match parsed.filter(|_| kind.is_dir()) {
            Some(name) => names.push(name),
            None => bail!("`{shown}` is no sealed version\n  help: move it out of `{FOLDER}/`"),
        }
    }
    names.sort();
    Ok(names)
}

/// Opens all bags of a root, in the order of their versions.
///
/// # Errors
/// If one is damaged, as far as opening tells.
pub fn bags(root: &Path) -> Result<Vec<Bag>> {
    let opened: Result<Vec<Bag>> = names(root)?.iter().map(|name| Bag::open(root, name)).collect();
    let mut bags: Vec<Option<Bag>> = opened?.into_iter().map(Some).collect();
    let links: Vec<Link> = bags.iter().flatten().map(Bag::link).collect();
    Ok(chain::order(&links).into_iter().filter_map(|at| bags[at].take()).collect())
}

/// What a site knows of its versions.
///
/// # Errors
/// If what is read of a bag is damaged.
pub fn versions(bags: &[Bag]) -> Result<Versions> {
    let mut paths = BTreeSet::new();
    let versions: Result<Vec<Version>> = bags.iter().map(|bag| bag.version(&mut paths)).collect();
    Ok(Versions::new(versions?))
}

/// The bag that a path lies in, whether or not anything is there yet.
pub fn bag_around(path: &Path) -> Option<PathBuf> {
    place::bag_around(path)
}

/// A version's place in the chain of seals, whatever else of it is damaged;
/// `None` if that alone cannot be read.
pub fn link(root: &Path, name: &VersionName) -> Option<Link> {
    let folder = root.join(FOLDER).join(name.as_str());
    let seal = Seal::parse(&sha256(&read(&folder, TAG_MANIFEST).ok()?))?;
    let text = text(&folder, BAG_INFO, read(&folder, BAG_INFO).ok()?).ok()?;
    let BagInfo { date, previous_seal, .. } = BagInfo::parse(&text).ok()?;
    Some(Link { name: name.clone(), date, seal, previous_seal })
}

/// A sealed version whose own files are whole: `bagit.txt`, `bag-info.txt` and
/// the manifests are as its seal says.
#[derive(Debug, Clone)]
pub struct Bag {
    folder: PathBuf,
    info: BagInfo,
    seal: Seal,
    /// The digest of its manifest.
    manifest: String,
}

impl Bag {
    /// Opens the bag of a version.
    ///
    /// # Errors
    /// If one of its own files cannot be read or is damaged.
    pub fn open(root: &Path, name: &VersionName) -> Result<Self> {
        let folder = root.join(FOLDER).join(name.as_str());
        let bytes = read(&folder, TAG_MANIFEST)?;
        let seal = Seal::parse(&sha256(&bytes)).expect("a digest is a seal");
        let tags = manifest(&folder, TAG_MANIFEST, bytes)?;
        let own = |path: &str| -> Result<String> {
            let Some(digest) = tags.digest(path) else {
                return Err(damaged(&folder, &format!("`{TAG_MANIFEST}` does not name `{path}`")));
            };
            text(&folder, path, read_whole(&folder, path, digest)?)
        };
        if own(BAGIT)? != DECLARATION {
            return Err(damaged(&folder, &format!("`{BAGIT}` is of another kind of bag")));
        }
        let info = BagInfo::parse(&own(BAG_INFO)?)
            .map_err(|why| damaged(&folder, &format!("`{BAG_INFO}`: {why}")))?;
        if info.name != *name {
            return Err(damaged(&folder, &format!("it holds the version `{}`", info.name)));
        }
        let manifest = tags.digest(MANIFEST).unwrap_or_default().to_owned();
        Ok(Self { folder, info, seal, manifest })
    }

    /// What it says of itself.
    pub fn info(&self) -> &BagInfo {
        &self.info
    }

    /// Its seal.
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// Its place in the chain of seals.
    pub fn link(&self) -> Link {
        Link {
            name: self.info.name.clone(),
            date: self.info.date,
            seal: self.seal.clone(),
            previous_seal: self.info.previous_seal.clone(),
        }
    }

    /// The root that it was made from.
    pub fn source(&self) -> PathBuf {
        self.folder.join(SOURCE)
    }

    /// The paths below the version's site and their SHA-256 digests, as its
    /// manifest names them.
    ///
    /// # Errors
    /// If the manifest cannot be read or is damaged.
    pub fn site(&self) -> Result<Vec<(String, String)>> {
        let manifest = self.manifest()?;
        let file =
            |(path, digest): (&str, &str)| (path[SITE.len()..].to_owned(), digest.to_owned());
        Ok(manifest.below(SITE).map(file).collect())
    }

    /// The digest of one file of the site, if there is such a file.
    ///
    /// # Errors
    /// As [`Bag::site`].
    pub fn site_digest(&self, path: &str) -> Result<Option<String>> {
        Ok(self.manifest()?.digest(&format!("{SITE}{path}")).map(str::to_owned))
    }

    /// The bytes of a file of the site, which have this digest.
    ///
    /// # Errors
    /// If they cannot be read, or are others.
    pub fn site_file(&self, path: &str, digest: &str) -> Result<Vec<u8>> {
        read_whole(&self.folder, &format!("{SITE}{path}"), digest)
    }

    /// How it stands on the disk: its seal, and what the system tells of every file
    /// and folder. Any other than when it was verified, and it must be again.
    ///
    /// # Errors
    /// If something cannot be looked at.
    pub fn state(&self) -> Result<String> {
        let mut hash = Sha256::new();
        for entry in WalkDir::new(&self.folder).sort_by_file_name() {
            let entry = entry.with_context(|| cannot_read(&self.folder))?;
            hash.update(entry.path().as_os_str().as_encoded_bytes());
            hash.update([0]);
            stamp(entry.path(), &mut hash).with_context(|| cannot_read(entry.path()))?;
        }
        Ok(format!("{} {}", self.seal, hexadecimal(&hash.finalize())))
    }

    fn manifest(&self) -> Result<Manifest> {
        let bytes = read_whole(&self.folder, MANIFEST, &self.manifest)?;
        manifest(&self.folder, MANIFEST, bytes)
    }

    /// Its own files but the tag manifests.
    fn tags(&self) -> Result<Manifest> {
        let bytes = read_whole(&self.folder, TAG_MANIFEST, self.seal.as_str())?;
        manifest(&self.folder, TAG_MANIFEST, bytes)
    }

    /// What a site knows of the version. Versions share their paths' texts.
    fn version(&self, paths: &mut BTreeSet<Arc<str>>) -> Result<Version> {
        let manifest = self.manifest()?;
        let Some(digest) = manifest.digest(MEASURES) else {
            return Err(damaged(&self.folder, &format!("`{MANIFEST}` does not name `{MEASURES}`")));
        };
        let record = Record::from_json(&read_whole(&self.folder, MEASURES, digest)?)
            .map_err(|why| unusable(&self.folder, &format!("`{MEASURES}`: {why}")))?;
        let mut shared = |path: &str| match paths.get(path) {
            Some(known) => known.clone(),
            None => {
                let new: Arc<str> = path.into();
                paths.insert(new.clone());
                new
            }
        };
        let pages = manifest.below(SITE).map(|(path, _)| &path[SITE.len()..]);
        Ok(Version {
            name: self.info.name.clone(),
            date: self.info.date,
            note: self.info.note.clone(),
            seal: self.seal.clone(),
            previous_seal: self.info.previous_seal.clone(),
            software: self.info.software.clone(),
            base_url: self.info.base_url.clone(),
            record,
            pages: pages.filter(|path| path.ends_with(".html")).map(&mut shared).collect(),
        })
    }
}

/// The bytes of a regular file of a bag.
fn read(folder: &Path, path: &str) -> Result<Vec<u8>> {
    let whole = folder.join(path);
    match fs::symlink_metadata(&whole) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Err(damaged(folder, &format!("`{path}` is no regular file"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(damaged(folder, &format!("`{path}` is missing")));
        }
        Err(error) => return Err(error).with_context(|| cannot_read(&whole)),
    }
    bounded::read(&whole, LARGEST).with_context(|| cannot_read(&whole))
}

/// The bytes of a file of a bag, which have this digest.
fn read_whole(folder: &Path, path: &str, digest: &str) -> Result<Vec<u8>> {
    let bytes = read(folder, path)?;
    match sha256(&bytes) == digest {
        true => Ok(bytes),
        false => Err(damaged(folder, &format!("`{path}` was changed"))),
    }
}

fn manifest(folder: &Path, path: &str, bytes: Vec<u8>) -> Result<Manifest> {
    Manifest::parse_exact(&text(folder, path, bytes)?, Algorithm::Sha256.digits())
        .map_err(|why| damaged(folder, &format!("`{path}`: {why}")))
}

fn text(folder: &Path, path: &str, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| damaged(folder, &format!("`{path}` is not UTF-8")))
}

fn cannot_read(path: &Path) -> String {
    format!("cannot read `{}`", path.display())
}

fn damaged(folder: &Path, what: &str) -> Error {
    let name = folder.file_name().unwrap_or_default().display();
    anyhow!(
        "the snapshot `{}` is damaged: {what}\n  \
         help: `tongwen snapshot verify {name}` names all damage; restore it from a copy",
        folder.display()
    )
}

fn unusable(folder: &Path, what: &str) -> Error {
    anyhow!("cannot use the snapshot `{}`: {what}", folder.display())
}
