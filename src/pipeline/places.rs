//! Where everything of a site stands: no two files at one path, and none where
//! another needs a folder, whatever they come from.
//!
//! Paths that some system takes for one are one here. All of them are looked at
//! once, in one pass: pages and what else the tool makes first, then the theme's
//! files, then the site's own, so that the one that can be called otherwise is
//! the one that is told of.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::{Library, Place, Route};
use crate::render::Theme;
use crate::search::Search;
use crate::source::portable::folded;
use crate::source::{STATIC, Span};

/// Folders at the root that are the tool's whole: for versions yet to be sealed,
/// and for an index whose files are as many as it needs.
const KEPT: [&str; 2] = ["archive", "search"];

/// What nothing that is put out may be called, with what it is.
const NO_NAMES: [(&str, &str); 2] =
    [(".tongwen", "the tool's own"), (".git", "version control's own")];

/// One file of a site.
struct Output<'a> {
    path: Cow<'a, str>,
    origin: Origin<'a>,
}

/// What a file comes from.
#[derive(Clone, Copy)]
enum Origin<'a> {
    /// The content, or the tool itself.
    Route(Route),
    /// A sealed version.
    Archive,
    /// The theme of this name.
    Theme(&'a str),
    /// `static/`
    Given,
}

/// Reports every file that cannot stand where it is to stand, with the one that
/// it cannot stand beside.
pub(super) fn check_places(library: &Library, theme: &Theme, found: &mut Diagnostics) {
    let outputs = outputs(library, theme, found);
    // Two things of one id are told already, and so need no telling here.
    let is_sound = !found.has_errors();
    let mut told: Vec<Option<Span>> = Vec::new();
    for (one, other, message) in collisions(&outputs) {
        let (one, other) = (&outputs[one], &outputs[other]);
        let fault = match one.origin {
            Origin::Given => given_fault(&one.path, message),
            Origin::Theme(name) => theme_fault(name, &one.path, message),
            Origin::Route(_) | Origin::Archive => {
                let span = span(library, one.origin);
                // One id may be that of many pages.
                if !is_sound || told.contains(&span) {
                    continue;
                }
                told.push(span);
                address_fault(span, self::span(library, other.origin), message)
            }
        };
        found.push(fault);
    }
}

/// All files of the site, and of its versions so much that none else can stand
/// there. What is given below a kept folder is reported.
fn outputs<'a>(library: &'a Library, theme: &'a Theme, found: &mut Diagnostics) -> Vec<Output<'a>> {
    let search = Search::new(library);
    let routes = library.routes().chain(search.files().map(Route::File));
    let routes = routes.map(|route| (library.path(route), Origin::Route(route)));
    let versions = library.versions.iter().flat_map(|version| {
        let (folder, packed) = (version.name.archive(), version.name.packed());
        [(folder + "index.html", Origin::Archive), (packed, Origin::Archive)]
    });
    let made = routes.chain(versions);
    let mut outputs: Vec<Output> =
        made.map(|(path, origin)| Output { path: path.into(), origin }).collect();
    let of_theme = theme.asset_paths();
    outputs.extend(
        of_theme.map(|path| Output { path: path.into(), origin: Origin::Theme(theme.name()) }),
    );
    for file in library.files.iter() {
        match kept(&file.path) {
            Some((name, what)) => {
                found.push(given_fault(&file.path, format!("`{name}` is {what}")));
            }
            None => outputs.push(Output { path: file.path.as_str().into(), origin: Origin::Given }),
        }
    }
    outputs
}

/// The folder or file of a path that cannot be the site's own, with what it is.
fn kept(path: &str) -> Option<(&str, &'static str)> {
    let top = path.split('/').next().unwrap_or_default();
    if KEPT.contains(&&*folded(top)) {
        return Some((top, "kept for the site's own files"));
    }
    path.split('/').find_map(|name| {
        let folded = folded(name);
        let known = NO_NAMES.into_iter().find(|(known, _)| folded == *known);
        known.map(|(_, what)| (name, what))
    })
}

/// Each file that cannot stand beside one before it, with that one and the
/// reason.
fn collisions(outputs: &[Output]) -> Vec<(usize, usize, String)> {
    let mut files: FxHashMap<Cow<str>, usize> = FxHashMap::default();
    files.reserve(outputs.len());
    // Each folder as it is written, with a file in it.
    let mut folders: FxHashMap<Cow<str>, (&str, usize)> = FxHashMap::default();
    let mut found = Vec::new();
    let mut last_folder = "";
    for (index, output) in outputs.iter().enumerate() {
        let path = &*output.path;
        let key = as_one(path);
        let own = || output.shown();
        if let Some(&other) = files.get(&key) {
            let message =
                format!("{} would stand in the place of `{}`", own(), outputs[other].path);
            found.push((index, other, message));
            continue;
        }
        if let Some((_, other)) = folders.get(&key) {
            let there = &outputs[*other].path;
            let message = format!("{} would stand in the place of the folder of `{there}`", own());
            found.push((index, *other, message));
            continue;
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder != last_folder {
            let ends = path.match_indices('/').map(|(end, _)| &path[..end]);
            let clash = ends.into_iter().find_map(|folder| {
                let key = as_one(folder);
                if let Some(&other) = files.get(&key) {
                    let there = &outputs[other].path;
                    let message = format!("{} would stand below `{there}`, which is a file", own());
                    return Some((index, other, message));
                }
                let (written, other) = *folders.entry(key).or_insert((folder, index));
                (written != folder).then(|| {
                    let there = &outputs[other].path;
                    let message = format!(
                        "the folder `{folder}` of {} is that of `{there}` on some systems",
                        own()
                    );
                    (index, other, message)
                })
            });
            if let Some(clash) = clash {
                found.push(clash);
                continue;
            }
            last_folder = folder;
        }
        files.insert(key, index);
    }
    found
}

/// A path as a system knows it to which upper and lower case are one.
fn as_one(path: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if path.bytes().all(is_plain) { path.into() } else { folded(path).into() }
}

impl Output<'_> {
    /// Its name in a message.
    fn shown(&self) -> String {
        match self.origin {
            Origin::Given => format!("`{STATIC}{}`", self.path),
            Origin::Theme(_) | Origin::Route(_) | Origin::Archive => format!("`{}`", self.path),
        }
    }
}

fn given_fault(path: &str, message: String) -> Diagnostic {
    Diagnostic::file_error(Code::CollidingFile, &format!("{STATIC}{path}"), message)
        .help("call it otherwise, or put it into a folder of its own")
}

fn theme_fault(theme: &str, path: &str, message: String) -> Diagnostic {
    let name = path.strip_prefix("assets/").unwrap_or(path);
    let file = format!("themes/{theme}/static/{name}");
    Diagnostic::file_error(Code::CollidingFile, &file, message)
        .help("call one of the two otherwise")
}

fn address_fault(span: Option<Span>, other: Option<Span>, message: String) -> Diagnostic {
    let fault = match span.or(other) {
        Some(span) => Diagnostic::error(Code::CollidingAddress, span, message),
        None => Diagnostic::file_error(Code::CollidingAddress, "content/site.toml", message),
    };
    match other.filter(|_| span.is_some()) {
        Some(other) => fault.related(other, "the other one"),
        None => fault,
    }
    .help("choose another id")
}

/// Where the id is written that a file is called by.
fn span(library: &Library, origin: Origin) -> Option<Span> {
    let place = match origin {
        Origin::Route(Route::Page(_, place)) => place,
        Origin::Route(Route::Moved(_, index)) => return Some(library.moved[index].span),
        Origin::Route(Route::Entry | Route::NotFound | Route::File(_))
        | Origin::Archive
        | Origin::Theme(_)
        | Origin::Given => return None,
    };
    match place {
        Place::Explainer(page) => Some(library.pages[page].id.span),
        Place::Entity(entity) => Some(library.entities[entity].id.span),
        Place::Memorandum(index, _) | Place::Continuation(index) => {
            Some(library.memoranda[index].id.span)
        }
        Place::Area(index, _) | Place::Measure(index, _) => {
            let area = library.area_of(place)?;
            Some(library.memoranda[index].areas[area].id.span)
        }
        Place::Home
        | Place::Entities
        | Place::Matrix
        | Place::Tables(_)
        | Place::Documents(_)
        | Place::Versions
        | Place::Comparison(..)
        | Place::Data
        | Place::Search => None,
    }
}
