//! The site's own files, `static/`: put out at the root as they are.
//!
//! 1. Names that some system, or some tool, does not take are mistakes, wherever
//!    in the tree they stand: all of it is sealed.
//! 2. [`given`] takes what is to be put out.
//!
//! Whether something else of the site stands there, `places` knows.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::GivenFile;
use crate::source::portable::{self, folded};
use crate::source::{Entry, STATIC, Tree};

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
