//! The site's own files, `static/`: put out at the root as they are.
//!
//! 1. Names that some system, or some tool, does not take are mistakes, wherever
//!    in the tree they stand: all of it is sealed.
//! 2. [`given`] takes what is to be put out.
//! 3. [`check_places`] makes sure that nothing else of the site stands there.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::{GivenFile, Library};
use crate::render::Theme;
use crate::source::portable::{self, folded};
use crate::source::{Entry, STATIC, Tree};

/// Folders at the root that are the site's whole: for versions yet to be sealed,
/// and for an index whose files are as many as it needs.
const KEPT: [&str; 2] = ["archive", "search"];

/// The tool's own folder in an output.
const TOOLS_OWN: &str = ".tongwen";

/// Reports names that cannot be used everywhere, and pairs of which one system
/// would make one.
pub(super) fn check_names(tree: &Tree, found: &mut Diagnostics) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut twins: HashMap<String, &str> = HashMap::new();
    for path in tree.files.keys() {
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            let whole = &path[..end];
            if !seen.insert(whole) {
                continue;
            }
            let name = whole.rsplit('/').next().unwrap_or(whole);
            if let Some(why) = portable::fault(name) {
                let message = format!("the name `{}` {why}", name.escape_debug());
                let whole = whole.escape_debug().to_string();
                let fault = Diagnostic::file_error(Code::UnusableName, &whole, message);
                found.push(fault.help("call it otherwise"));
            } else if let Some(twin) = twins.insert(folded(whole), whole) {
                let message = format!("`{twin}` and `{whole}` are one name on some systems");
                let fault = Diagnostic::file_error(Code::TwinNames, whole, message);
                found.push(fault.help("they differ in upper and lower case, or in how an accent is written: call one otherwise"));
            }
        }
    }
}

/// The files that are put out.
pub(super) fn given(tree: &Tree, found: &mut Diagnostics) -> Arc<[GivenFile]> {
    let mut given = Vec::new();
    for (path, entry) in tree.below(STATIC) {
        let below = &path[STATIC.len()..];
        let name = below.rsplit('/').next().unwrap_or(below);
        if name.ends_with('~') || name.len() > 1 && name.starts_with('#') && name.ends_with('#') {
            let message = format!("`{path}` is not published: editors name their copies so");
            let fault = Diagnostic::file_warning(Code::BackupFile, path, message);
            found.push(fault.help("remove it, or call it otherwise"));
            continue;
        }
        match entry {
            Entry::Bytes(bytes) => {
                given.push(GivenFile { path: below.to_owned(), bytes: bytes.clone() });
            }
            Entry::TooLarge(size) => {
                let message = format!("`{path}` has {size} bytes: too large to be published");
                let fault = Diagnostic::file_error(Code::FileTooLarge, path, message);
                found.push(fault.help("put it on a host for large files, and link to it there"));
            }
        }
    }
    given.into()
}

/// Reports files that would stand where the site has something of its own, be it
/// on a system to which upper and lower case are one.
pub(super) fn check_places(library: &Library, theme: &Theme, found: &mut Diagnostics) {
    if library.files.is_empty() {
        return;
    }
    let mut places = Places::default();
    for file in library.files.iter() {
        let top = file.path.split('/').next().unwrap_or_default();
        let is = |known: &str| folded(top) == known;
        if is(TOOLS_OWN) || KEPT.into_iter().any(is) {
            let what =
                if is(TOOLS_OWN) { "the tool's own" } else { "kept for the site's own files" };
            found.push(collision(&file.path, format!("`{top}` is {what}")));
        } else {
            places.add(&file.path);
        }
    }
    let mut told = BTreeSet::new();
    let routes = library.routes().map(|route| library.path(route));
    for path in theme.asset_paths().map(str::to_owned).chain(routes) {
        if let Some((file, message)) = places.collision(&path)
            // One is enough: a folder's pages are many.
            && told.insert(file.to_owned())
        {
            found.push(collision(file, message));
        }
    }
}

fn collision(file: &str, message: String) -> Diagnostic {
    Diagnostic::file_error(Code::CollidingFile, &format!("{STATIC}{file}"), message)
        .help("call it otherwise, or put it into a folder of its own")
}

/// Where the site's own files are to stand.
#[derive(Default)]
struct Places<'a> {
    files: HashMap<String, &'a str>,
    /// Each folder as it is written, with a file in it.
    folders: HashMap<String, (&'a str, &'a str)>,
}

impl<'a> Places<'a> {
    fn add(&mut self, file: &'a str) {
        self.files.insert(folded(file), file);
        for (end, _) in file.match_indices('/') {
            self.folders.entry(folded(&file[..end])).or_insert((&file[..end], file));
        }
    }

    /// The file that a path of the site cannot stand beside, and why.
    fn collision(&self, path: &str) -> Option<(&'a str, String)> {
        let all = folded(path);
        if let Some(file) = self.files.get(&all) {
            return Some((file, format!("`{STATIC}{file}` would stand in the place of `{path}`")));
        }
        if let Some((_, file)) = self.folders.get(&all) {
            let message = format!("`{STATIC}{file}` would stand below `{path}`, which is a file");
            return Some((file, message));
        }
        for (end, _) in path.match_indices('/') {
            let (folder, written) = (folded(&path[..end]), &path[..end]);
            if let Some(file) = self.files.get(&folder) {
                let message =
                    format!("`{STATIC}{file}` would stand in the place of the folder of `{path}`");
                return Some((file, message));
            }
            if let Some((own, file)) = self.folders.get(&folder).filter(|(own, _)| *own != written)
            {
                let message = format!(
                    "the folder `{own}` of `{STATIC}{file}` is that of `{path}` on some systems"
                );
                return Some((file, message));
            }
        }
        None
    }
}
