//! What changed below the root: told by the system, or found by looking.
//!
//! The system's watcher is debounced, so that a save in several steps, or a
//! branch switch, is one change. Where it cannot be had — its limit is reached,
//! or a network drive tells nothing — the files are looked at again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, SystemTime};

use notify_debouncer_full::notify::event::{AccessKind, AccessMode};
use notify_debouncer_full::notify::{self, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use walkdir::{DirEntry, WalkDir};

use crate::io::{FOLDERS, snapshot, walk};

use super::{Changes, News, Tell};

/// A file is read once nothing happened to it for so long.
const DEBOUNCE: Duration = Duration::from_millis(50);

/// How often the files are looked at where the system cannot be asked.
const POLL: Duration = Duration::from_secs(1);

/// How often what links lead to is looked at: the system tells of the links.
const LINKS: Duration = Duration::from_millis(500);

/// How often a folder that is gone is looked for.
const ABSENCE: Duration = Duration::from_secs(1);

/// Calls `changed` for every change from now on, in a thread of its own, and
/// once at the start: nobody watched until then.
pub fn follow(
    root: &Path,
    poll: Option<Duration>,
    tell: &Tell,
    mut changed: impl FnMut(Changes) + Send + 'static,
) {
    let root = root.to_owned();
    let tell = tell.clone();
    thread::spawn(move || {
        let interval = match poll {
            Some(interval) => interval,
            None => {
                let failure = listen(&root, &mut changed);
                tell(News::Trouble(format!(
                    "the system cannot watch the files ({failure}); \
                     looking at them every {} s instead",
                    POLL.as_secs()
                )));
                POLL
            }
        };
        look(&root, interval, &mut changed);
    });
}

/// Passes on what the system tells, until it cannot.
fn listen(root: &Path, changed: &mut impl FnMut(Changes)) -> notify::Error {
    let (send, events) = mpsc::channel();
    let mut watched = match Watched::new(root, send) {
        Ok(watched) => watched,
        Err(failure) => return failure,
    };
    let mut linked = Linked::find(root);
    changed(Changes::All);
    loop {
        let interval = match (watched.is_whole(), linked.is_empty()) {
            (false, _) => Some(ABSENCE),
            (true, false) => Some(LINKS),
            (true, true) => None,
        };
        let mut changes = match next(&events, interval) {
            Ok(changes) => changes,
            Err(failure) => return failure,
        };
        linked.look(root, &mut changes);
        match watched.renew(&changes) {
            Ok(true) => changes = Changes::All,
            Ok(false) => {}
            Err(failure) => return failure,
        }
        if changes != Changes::Paths(BTreeSet::new()) {
            changed(changes);
        }
    }
}

/// Waits for events, at most for an interval, and takes together all there are.
fn next(
    events: &Receiver<DebounceEventResult>,
    interval: Option<Duration>,
) -> Result<Changes, notify::Error> {
    let first = match interval {
        Some(interval) => events.recv_timeout(interval),
        None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
    };
    let first = match first {
        Ok(first) => first,
        Err(RecvTimeoutError::Timeout) => return Ok(Changes::Paths(BTreeSet::new())),
        Err(RecvTimeoutError::Disconnected) => {
            return Err(notify::Error::generic("the watcher has ended"));
        }
    };
    let mut paths = BTreeSet::new();
    let mut all = false;
    for result in std::iter::once(first).chain(events.try_iter()) {
        match result {
            Ok(events) => {
                for event in events {
                    all |= event.need_rescan();
                    if is_change(event.kind) {
                        paths.extend(event.event.paths);
                    }
                }
            }
            Err(failures) => {
                let is_limit =
                    |one: &notify::Error| matches!(one.kind, notify::ErrorKind::MaxFilesWatch);
                if let Some(limit) = failures.into_iter().find(is_limit) {
                    return Err(limit);
                }
                // Whatever it was, some file may have been missed.
                all = true;
            }
        }
    }
    Ok(if all { Changes::All } else { Changes::Paths(paths) })
}

/// That a file was opened or read, as by ourselves, changes nothing.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// The root and its folders under the system's watch. A folder that goes and
/// comes back is another one to the system and must be watched anew.
struct Watched {
    root: PathBuf,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    /// Whether each folder, the root first, is watched.
    folders: BTreeMap<PathBuf, bool>,
}

impl Watched {
    fn new(root: &Path, send: Sender<DebounceEventResult>) -> Result<Self, notify::Error> {
        let debouncer = new_debouncer(DEBOUNCE, None, send)?;
        let below = FOLDERS.iter().chain([&snapshot::FOLDER]).map(|folder| root.join(folder));
        let folders = std::iter::once(root.to_owned()).chain(below);
        let mut watched = Self {
            root: root.to_owned(),
            debouncer,
            folders: folders.map(|folder| (folder, false)).collect(),
        };
        watched.watch_missing()?;
        Ok(watched)
    }

    /// Whether the root is watched, and so the coming of any folder is told.
    fn is_whole(&self) -> bool {
        self.folders[&self.root]
    }

    /// Watches again what went and came. True if any did.
    fn renew(&mut self, changes: &Changes) -> Result<bool, notify::Error> {
        for (folder, is_watched) in &mut self.folders {
            let is_named = match changes {
                Changes::Paths(paths) => paths.contains(folder),
                Changes::All => true,
            };
            // The root's own events tell of its entries, and need no renewal.
            let is_gone = !folder.is_dir();
            if *is_watched && (is_gone || is_named && *folder != self.root) {
                // It may be gone already, and its watch with it.
                let _ = self.debouncer.unwatch(folder);
                *is_watched = false;
            }
        }
        self.watch_missing()
    }

    fn watch_missing(&mut self) -> Result<bool, notify::Error> {
        let mut any = false;
        for (folder, is_watched) in &mut self.folders {
            if *is_watched || !folder.is_dir() {
                continue;
            }
            // A version comes into its folder whole, and its files never change.
            let is_flat = *folder == self.root || folder.ends_with(snapshot::FOLDER);
            let mode = match is_flat {
                true => RecursiveMode::NonRecursive,
                false => RecursiveMode::Recursive,
            };
            match self.debouncer.watch(folder, mode) {
                Ok(()) => {
                    *is_watched = true;
                    any = true;
                }
                // It went while it was about to be watched.
                Err(_) if !folder.is_dir() => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(any)
    }
}

/// What tells a file from its last state, without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

type Stamps = BTreeMap<PathBuf, Stamp>;

/// The links below the site's folders, and what was last seen behind them.
struct Linked {
    /// By their path below the root.
    links: Vec<String>,
    seen: Stamps,
}

impl Linked {
    fn find(root: &Path) -> Self {
        let links = links(root);
        let seen = behind(root, &links);
        Self { links, seen }
    }

    fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Adds what changed behind the links. Where anything else changed, there may
    /// be new ones.
    fn look(&mut self, root: &Path, changes: &mut Changes) {
        let now = behind(root, &self.links);
        match changes {
            Changes::Paths(paths) => {
                let others = !paths.is_empty();
                paths.extend(differing(&self.seen, &now));
                paths.extend(differing(&now, &self.seen));
                self.seen = now;
                if others {
                    *self = Self::find(root);
                }
            }
            Changes::All => *self = Self::find(root),
        }
    }
}

/// The links below the site's folders that are of the site, by their paths.
fn links(root: &Path) -> Vec<String> {
    let mut links = Vec::new();
    for folder in FOLDERS {
        let walk = WalkDir::new(root.join(folder)).min_depth(1).into_iter().flatten();
        for entry in walk.filter(|entry| entry.path_is_symlink()) {
            if let Some(path) = super::preview::site_path(root, entry.path()) {
                links.push(path);
            }
        }
    }
    links
}

/// Every file behind some links.
fn behind(root: &Path, links: &[String]) -> Stamps {
    let entries = links.iter().flat_map(|link| walk(root, link)).flatten();
    entries
        .filter(|entry| !entry.file_type().is_dir())
        .filter_map(|entry| stamp(entry.into_path()))
        .collect()
}

fn stamp(path: PathBuf) -> Option<(PathBuf, Stamp)> {
    let metadata = fs::metadata(&path).ok()?;
    let stamp = Stamp { modified: metadata.modified().ok(), size: metadata.len() };
    Some((path, stamp))
}

/// Looks at the files at an interval, for ever.
fn look(root: &Path, interval: Duration, changed: &mut impl FnMut(Changes)) {
    let mut known = stamps(root);
    changed(Changes::All);
    loop {
        thread::sleep(interval);
        let now = stamps(root);
        let mut paths: BTreeSet<PathBuf> = differing(&known, &now).collect();
        paths.extend(differing(&now, &known));
        known = now;
        if !paths.is_empty() {
            changed(Changes::Paths(paths));
        }
    }
}

/// The files of one that are not the same in the other.
fn differing<'a>(one: &'a Stamps, other: &'a Stamps) -> impl Iterator<Item = PathBuf> + 'a {
    let differs = move |(path, stamp): &(&PathBuf, &Stamp)| other.get(*path) != Some(*stamp);
    one.iter().filter(differs).map(|(path, _)| path.clone())
}

/// Every file of the site, and every version as a whole. What cannot be seen now
/// is seen another time.
fn stamps(root: &Path) -> Stamps {
    let entries = FOLDERS.into_iter().flat_map(|folder| walk(root, folder)).flatten();
    let files = entries.filter(|entry| !entry.file_type().is_dir()).map(DirEntry::into_path);
    let versions = fs::read_dir(root.join(snapshot::FOLDER)).into_iter().flatten().flatten();
    files.chain(versions.map(|version| version.path())).filter_map(stamp).collect()
}
