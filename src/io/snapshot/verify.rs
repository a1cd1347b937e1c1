//! Looks at every byte of a bag and names all damage.
//!
//! 1. Everything below the bag is listed; links are not followed.
//! 2. The bag's own files are compared with the tag manifests, the payload with
//!    the manifests: what is missing, changed, or in one manifest alone.
//! 3. What no manifest names is not of the bag, be it an empty folder.
//! 4. What the own files say must agree with the folder.
//!
//! Trusts no file to be what another says, and goes on after each fault. Whether
//! the bag is the one that was sealed, only the chain of seals tells.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::snapshot::VersionName;
use crate::snapshot::bag::{BagInfo, DECLARATION, Manifest};
use crate::snapshot::record::{Record, Unreadable};
use crate::source::Sources;

use super::{
    Algorithm, BAG_INFO, BAGIT, Digests, FOLDER, LARGEST, MEASURES, bounded, cannot_read, damaged,
};

/// What was looked at, and all that is wrong with it.
#[derive(Debug, Default)]
pub struct Verified {
    /// How many files there are.
    pub files: usize,
    /// The bytes of those that manifests name.
    pub bytes: u64,
    /// What is wrong.
    pub damage: Diagnostics,
}

/// Verifies the bag of a version.
///
/// # Errors
/// If there is no such version, or something in it cannot be read at all.
pub fn verify(root: &Path, name: &VersionName) -> Result<Verified> {
    let folder = root.join(FOLDER).join(name.as_str());
    if !folder.is_dir() {
        bail!("there is no version `{name}` in `{}`", root.join(FOLDER).display());
    }
    let mut bag = Examined {
        name,
        shown: format!("{FOLDER}/{name}"),
        folder,
        found: BTreeMap::new(),
        folders: BTreeSet::new(),
        read: 0,
        damage: Diagnostics::default(),
    };
    bag.list()?;
    let tags = Algorithm::ALL.map(|algorithm| bag.manifest(algorithm, algorithm.tag_manifest()));
    let payload = Algorithm::ALL.map(|algorithm| bag.manifest(algorithm, algorithm.manifest()));
    bag.compare(&tags, Algorithm::tag_manifest, |path| {
        !is_payload(path) && !is_tag_manifest(path)
    })?;
    bag.compare(&payload, Algorithm::manifest, is_payload)?;
    bag.check_folders(&payload);
    bag.check_own(&tags);
    bag.check_record(&payload)?;
    Ok(Verified { files: bag.found.len(), bytes: bag.read, damage: bag.damage })
}

/// Refuses a version that is damaged in any way.
///
/// # Errors
/// With one damage, that of a file before that of the count of all, or as
/// [`verify`].
pub fn refuse_damaged(root: &Path, name: &VersionName) -> Result<()> {
    let damage = verify(root, name)?.damage;
    let sources = Sources::default();
    match damage.sorted(&sources).into_iter().min_by_key(|one| one.code == Code::BadBag) {
        Some(first) => Err(damaged(&root.join(FOLDER).join(name.as_str()), &first.message)),
        None => Ok(()),
    }
}

fn is_payload(path: &str) -> bool {
    path.starts_with("data/")
}

fn is_tag_manifest(path: &str) -> bool {
    Algorithm::ALL.iter().any(|algorithm| algorithm.tag_manifest() == path)
}

/// A bag under examination.
struct Examined<'a> {
    name: &'a VersionName,
    /// The folder as messages name it.
    shown: String,
    folder: PathBuf,
    /// Every regular file by its path below the bag, with its size.
    found: BTreeMap<String, u64>,
    /// Every folder.
    folders: BTreeSet<String>,
    read: u64,
    damage: Diagnostics,
}

/// One manifest for each algorithm, where it could be read.
type Manifests = [Option<Manifest>; 2];

impl Examined<'_> {
    fn report(&mut self, code: Code, path: &str, message: String) {
        self.damage.push(self.fault(code, path, message));
    }

    fn fault(&self, code: Code, path: &str, message: String) -> Diagnostic {
        Diagnostic::file_error(code, &format!("{}/{path}", self.shown), message)
    }

    /// Lists the files; what is neither file nor folder has no place in a bag.
    fn list(&mut self) -> Result<()> {
        let failed = || cannot_read(&self.folder);
        let walk = WalkDir::new(&self.folder).min_depth(1).sort_by_file_name();
        let entries: Result<Vec<_>, _> = walk.into_iter().collect();
        for entry in entries.with_context(failed)? {
            let below = entry.path().strip_prefix(&self.folder).expect("the walk began there");
            let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
            let shown = below.display().to_string();
            let Some(path) = parts.map(|parts| parts.join("/")) else {
                self.report(Code::ExtraFile, &shown, format!("the name of `{shown}` is not UTF-8"));
                continue;
            };
            let kind = entry.file_type();
            if kind.is_dir() {
                self.folders.insert(path);
            } else if kind.is_symlink() {
                let message = format!("`{path}` is a symbolic link, which no bag of ours holds");
                self.report(Code::SymbolicLink, &path, message);
            } else if kind.is_file() {
                let size = entry.metadata().with_context(|| cannot_read(entry.path()))?.len();
                self.found.insert(path, size);
            } else {
                self.report(Code::ExtraFile, &path, format!("`{path}` is no regular file"));
            }
        }
        Ok(())
    }

    /// Reads a manifest; one that cannot be used is damage.
    fn manifest(&mut self, algorithm: Algorithm, path: &str) -> Option<Manifest> {
        let text = self.own_text(path)?;
        match Manifest::parse_exact(&text, algorithm.digits()) {
            Ok(manifest) => Some(manifest),
            Err(why) => {
                self.report(Code::BadBag, path, format!("`{path}` is no manifest: {why}"));
                None
            }
        }
    }

    /// The text of one of the bag's own files.
    fn own_text(&mut self, path: &str) -> Option<String> {
        if !self.found.contains_key(path) {
            self.report(Code::MissingFile, path, format!("`{path}` is missing"));
            return None;
        }
        match bounded::read_to_string(&self.folder.join(path), LARGEST) {
            Ok(text) => Some(text),
            Err(error) => {
                self.report(
                    Code::BadBag,
                    path,
                    format!("`{path}` cannot be read as text: {error}"),
                );
                None
            }
        }
    }

    /// Compares the files of one sort with the manifests that name them.
    fn compare(
        &mut self,
        manifests: &Manifests,
        file: impl Fn(Algorithm) -> &'static str,
        is_of: impl Fn(&str) -> bool,
    ) -> Result<()> {
        let known = || Algorithm::ALL.into_iter().zip(manifests);
        let named: BTreeSet<&String> =
            manifests.iter().flatten().flat_map(|one| one.iter().map(|(path, _)| path)).collect();
        let mut missing: Vec<&str> = Vec::new();
        for path in &named {
            for (algorithm, _) in known()
                .filter(|(_, one)| one.as_ref().is_some_and(|one| one.digest(path).is_none()))
            {
                let message = format!("`{}` does not name `{path}`", file(algorithm));
                self.report(Code::BadBag, file(algorithm), message);
            }
            if !is_of(path) {
                self.report(Code::BadBag, path, format!("`{path}` stands in the wrong manifest"));
            } else if self.found.contains_key(*path) {
                let digests = self.digests(path)?;
                let differs = |(algorithm, one): (Algorithm, &Option<Manifest>)| {
                    let digest = one.as_ref().and_then(|one| one.digest(path));
                    let found = digests.as_ref().map(|digests| digests.get(algorithm));
                    digest.is_some_and(|digest| Some(digest) != found)
                };
                if known().any(differs) {
                    self.report(Code::ChangedFile, path, format!("`{path}` was changed"));
                }
            } else {
                missing.push(path);
            }
        }
        if manifests.iter().any(Option::is_some) {
            let of_bag = |path: &&String| is_of(path) && !named.contains(path);
            let extra: Vec<String> = self.found.keys().filter(of_bag).cloned().collect();
            self.report_names(&missing, &extra, manifests)?;
        }
        Ok(())
    }

    /// Missing and extra files; one that was renamed is both, and said to be.
    fn report_names(&mut self, missing: &[&str], extra: &[String], all: &Manifests) -> Result<()> {
        let [manifest, _] = all;
        for path in missing {
            self.report(Code::MissingFile, path, format!("`{path}` is missing"));
        }
        for path in extra {
            let mut fault =
                self.fault(Code::ExtraFile, path, format!("`{path}` is not of the bag"));
            let lower = path.to_lowercase();
            if let Some(meant) = missing.iter().find(|one| one.to_lowercase() == lower) {
                fault = fault.note(format!(
                    "`{meant}` is missing: the names differ only in upper and lower case"
                ));
            } else if let (Some(manifest), false) = (manifest, missing.is_empty()) {
                let digests = self.digests(path)?;
                let own = digests.as_ref().map(|found| found.sha256.as_str());
                let same = |one: &&&str| own.is_some() && manifest.digest(one) == own;
                if let Some(meant) = missing.iter().find(same) {
                    fault =
                        fault.note(format!("it holds the bytes of `{meant}`, which is missing"));
                }
            }
            self.damage.push(fault);
        }
        Ok(())
    }

    /// The digests of a file that was found. `None` if it is larger than any that a
    /// seal writes, and would take hours to read.
    fn digests(&mut self, path: &str) -> Result<Option<Digests>> {
        if self.found[path] > LARGEST {
            return Ok(None);
        }
        let file = self.folder.join(path);
        let digests = File::open(&file).and_then(Digests::of);
        let digests = digests.with_context(|| cannot_read(&file))?;
        self.read += digests.size;
        Ok(Some(digests))
    }

    /// A folder is there for the files in it. No manifest names one that holds none.
    fn check_folders(&mut self, manifests: &Manifests) {
        let named = manifests.iter().flatten().flat_map(|one| one.iter().map(|(path, _)| path));
        let mut known = BTreeSet::new();
        for path in named.chain(self.found.keys()) {
            known.extend(path.match_indices('/').map(|(end, _)| &path[..end]));
        }
        let is_extra = |folder: &&String| !known.contains(folder.as_str());
        let extra: Vec<String> = self.folders.iter().filter(is_extra).cloned().collect();
        for folder in extra {
            let message = format!("the folder `{folder}` is not of the bag");
            self.report(Code::ExtraFile, &folder, message);
        }
    }

    /// What the bag's own files say, apart from their digests.
    fn check_own(&mut self, tags: &Manifests) {
        let own = [BAGIT, BAG_INFO].into_iter().chain(Algorithm::ALL.map(Algorithm::manifest));
        for path in own {
            for (algorithm, tags) in Algorithm::ALL.into_iter().zip(tags) {
                let is_named = |tags: &Manifest| tags.digest(path).is_some();
                if !tags.as_ref().is_none_or(is_named) {
                    let tags = algorithm.tag_manifest();
                    self.report(Code::BadBag, tags, format!("`{tags}` does not name `{path}`"));
                }
            }
        }
        if let Some(text) = self.own_text(BAGIT)
            && text != DECLARATION
        {
            let message = format!("`{BAGIT}` does not declare a bag of version 1.0 in UTF-8");
            self.report(Code::BadBag, BAGIT, message);
        }
        if let Some(text) = self.own_text(BAG_INFO) {
            match BagInfo::parse(&text) {
                Ok(info) => self.check_info(&info),
                Err(why) => self.report(Code::BadBag, BAG_INFO, format!("`{BAG_INFO}`: {why}")),
            }
        }
    }

    fn check_info(&mut self, info: &BagInfo) {
        if info.name != *self.name {
            let message =
                format!("the bag of `{}` stands in the place of `{}`", info.name, self.name);
            self.report(Code::BadBag, BAG_INFO, message);
        }
        let payload = self.found.iter().filter(|(path, _)| is_payload(path));
        let found = payload.fold((0, 0), |(bytes, files), (_, size)| (bytes + size, files + 1));
        if info.payload != found {
            let ((bytes, files), (found_bytes, found_files)) = (info.payload, found);
            let message = format!(
                "the payload has {found_bytes} bytes in {found_files} files, \
                 not {bytes} in {files} as when it was sealed"
            );
            self.report(Code::BadBag, BAG_INFO, message);
        }
    }

    /// The record must be one; one that only a newer tool reads is whole.
    fn check_record(&mut self, manifests: &Manifests) -> Result<()> {
        if !self.found.contains_key(MEASURES) {
            let is_named = |one: &Manifest| one.digest(MEASURES).is_some();
            if !manifests.iter().flatten().any(is_named) {
                let message = format!("the bag holds no `{MEASURES}`");
                self.report(Code::BadBag, MEASURES, message);
            }
            return Ok(());
        }
        let file = self.folder.join(MEASURES);
        let why = match bounded::read(&file, LARGEST) {
            Ok(bytes) => match Record::from_json(&bytes) {
                Err(why @ Unreadable::Malformed(_)) => why.to_string(),
                _ => return Ok(()),
            },
            Err(error) if error.kind() == ErrorKind::FileTooLarge => error.to_string(),
            Err(error) => return Err(error).with_context(|| cannot_read(&file)),
        };
        self.report(Code::BadBag, MEASURES, format!("`{MEASURES}`: {why}"));
        Ok(())
    }
}
