//! Load → parse → assemble → render: the whole way of the data, and the only
//! place with threads.
//!
//! [`load`] goes from files to a site or to diagnostics, without touching the
//! disk; [`render_all`] goes from a site to bytes, each handed on as it is made,
//! so memory does not grow with the number of pages.

mod changes;
mod files;
mod images;
mod loader;
mod places;
mod sources;

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::data::Digest;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::library::{DataFile, File, Group, Library, Route};
use crate::model::{BaseUrl, Content, Date, Entity, Lexicon, LexiconRule, Provenance, Script};
use crate::parse;
use crate::render::{Renderer, Surroundings, Theme};
use crate::script::{self, Converter, Tongwen};
use crate::snapshot::{Sealed, Versions};
use crate::source::{Sources, Spanned, Tree};

pub use loader::Loader;

/// What a site is made with besides its files: what the command line says in
/// place of `site.toml`, and the sealed versions.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Where the site will stand.
    pub base_url: Option<BaseUrl>,
    /// The theme's name.
    pub theme: Option<String>,
    /// Whether pages that are drafts belong to the site.
    pub drafts: bool,
    /// The day of the build, to be shown. The clock is never asked for it, so
    /// that the same files give the same site.
    pub built: Option<Date>,
    /// The sealed versions of the site.
    pub versions: Versions,
    /// Set to make the site as a sealed version.
    pub sealed: Option<Sealed>,
}

/// What loading found.
pub struct Loaded {
    /// The text of every file that was read.
    pub sources: Sources,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// The site, if nothing was an error.
    pub site: Option<Site>,
}

/// A site that can be rendered.
pub struct Site {
    /// Its content.
    pub library: Library,
    /// Its theme.
    pub theme: Arc<Theme>,
}

/// What a site was made of, while it is still at hand.
pub struct Parts<'a> {
    /// The content as written.
    pub content: &'a Content,
    /// What converted it.
    pub converter: &'a Converter,
    /// What it became.
    pub library: &'a Library,
    /// The text of every file that was read.
    pub sources: &'a Sources,
}

/// Makes a site of files, or says everything that is wrong with them.
pub fn load(tree: &Tree, overrides: &Overrides) -> Loaded {
    Loader::once().load(tree, overrides)
}

/// Like [`load`], showing the site's parts to `look` before they are let go.
pub fn load_with(tree: &Tree, overrides: &Overrides, look: impl FnOnce(&Parts)) -> Loaded {
    Loader::default().load_with(tree, overrides, look)
}

/// What converts a site's texts, and the script that they are written in. Of the
/// tree only the files that say so are read.
pub fn converter(
    tree: &Tree,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> (Converter, Script) {
    let files = parse::files(tree, diagnostics);
    let (site, script) = parse::site(tree, sources, diagnostics);
    let lexicon = parse::lexicon(tree, sources, diagnostics);
    let entities = parse::entities(&files.entities, script, tree, sources, diagnostics);
    (converter_of(&site.engine, &lexicon, &entities, diagnostics), script)
}

/// What an engine, a lexicon and the entities' own names make together.
fn converter_of(
    engine: &Spanned<String>,
    lexicon: &Lexicon,
    entities: &[Entity],
    diagnostics: &mut Diagnostics,
) -> Converter {
    let engine = script::engine(engine).unwrap_or_else(|diagnostic| {
        diagnostics.push(diagnostic);
        Box::new(Tongwen)
    });
    Converter::new(engine, &with_names(lexicon, entities), diagnostics)
}

/// The lexicon with the names that entities have of their own in both scripts.
fn with_names(lexicon: &Lexicon, entities: &[Entity]) -> Lexicon {
    let mut lexicon = lexicon.clone();
    let names = entities.iter().flat_map(|one| std::iter::once(&one.name).chain(&one.aliases));
    for name in names {
        let Some(given) = &name.counterpart else { continue };
        let (own, other) = (name.source.clone(), given.text.clone());
        let (hant, hans) = match name.script {
            Script::Hant => (own, other),
            Script::Hans => (other, own),
        };
        let of_names = match given.provenance {
            Provenance::Official => &mut lexicon.names,
            _ => &mut lexicon.rules,
        };
        of_names.push(LexiconRule { hant, hans, into: None, exact: false });
    }
    lexicon
}

/// What a function gives for each of some things, in their order.
pub fn each<T: Sync, R: Send>(things: &[T], one: impl Fn(&T) -> R + Sync) -> Vec<R> {
    things.par_iter().map(&one).collect()
}

/// A rendered file.
pub struct Rendered {
    /// What it is.
    pub route: Route,
    /// Path below the site's root.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why rendering stopped.
#[derive(Debug)]
pub enum Stopped {
    /// Templates failed: each mistake once, with the first page that shows it.
    Mistakes(Diagnostics),
    /// A file could not be taken.
    Failure(anyhow::Error),
}

/// What a build before made, and need not be made again.
#[derive(Default)]
pub struct Kept {
    /// The groups whose files are there.
    pub groups: FxHashSet<Group>,
    /// What is known of the data among them.
    pub digests: Digests,
}

/// Files of open data, by what a package says of them.
pub type Digests = FxHashMap<DataFile, Digest>;

/// Renders every route in parallel and hands each file to `take`.
///
/// # Errors
/// All mistakes of templates, or a failure of `take`, after which nothing more
/// is taken.
pub fn render_all<T: Send>(
    renderer: &Renderer,
    take: impl Fn(Rendered) -> anyhow::Result<T> + Sync,
) -> Result<Vec<T>, Stopped> {
    render_besides(renderer, Kept::default(), take).map(|(all, _)| all)
}

/// Like [`render_all`], for what is not kept; also tells of all files of open data.
///
/// # Errors
/// As those of [`render_all`].
pub fn render_besides<T: Send>(
    renderer: &Renderer,
    kept: Kept,
    take: impl Fn(Rendered) -> anyhow::Result<T> + Sync,
) -> Result<(Vec<T>, Digests), Stopped> {
    // It tells of the other files of open data, so it is made when they are.
    let package = Route::File(File::Data(DataFile::Package));
    let is_kept = |route: Route| route.group().is_some_and(|group| kept.groups.contains(&group));
    let routes = renderer.routes().filter(|route| !is_kept(*route));
    let (last, routes): (Vec<_>, Vec<_>) = routes.partition(|route| *route == package);
    let digests = Mutex::new(kept.digests);
    let mut all = render_some(renderer, routes, |file| {
        if let Route::File(File::Data(data)) = file.route {
            let digest = Digest::of(&file.bytes);
            digests.lock().unwrap_or_else(PoisonError::into_inner).insert(data, digest);
        }
        take(file)
    })?;
    let digests = digests.into_inner().unwrap_or_else(PoisonError::into_inner);
    for route in last {
        let (path, bytes) = (renderer.path(route), renderer.package(&digests));
        all.push(take(Rendered { route, path, bytes }).map_err(Stopped::Failure)?);
    }
    Ok((all, digests))
}

/// Like [`render_all`], for some routes.
///
/// # Errors
/// As those of [`render_all`].
pub fn render_some<T: Send>(
    renderer: &Renderer,
    mut routes: Vec<Route>,
    take: impl Fn(Rendered) -> anyhow::Result<T> + Sync,
) -> Result<Vec<T>, Stopped> {
    // Stable, so that what is slow to make is still begun first.
    routes.sort_by_key(|route| renderer.library().neighbourhood(*route));
    let groups: Vec<&[Route]> = routes
        .chunk_by(|one, next| one.memorandum() == next.memorandum())
        .flat_map(|of_memorandum| of_memorandum.chunks(GROUP))
        .collect();
    let taken: Vec<Vec<Result<T, Diagnostic>>> = groups
        .into_par_iter()
        // Else few large pieces are shared out, and the last is waited for.
        .with_max_len(1)
        .map(|group| render_group(renderer, group, &take))
        .collect::<Result<_, _>>()
        .map_err(Stopped::Failure)?;
    let mut mistakes = Diagnostics::default();
    let mut all = Vec::with_capacity(routes.len());
    for one in taken.into_iter().flatten() {
        match one {
            Ok(one) => all.push(one),
            Err(mistake) => mistakes.push_new(mistake),
        }
    }
    if mistakes.has_errors() { Err(Stopped::Mistakes(mistakes)) } else { Ok(all) }
}

/// The most pages that one thread renders before it takes new ones.
const GROUP: usize = 256;

/// Renders neighbouring routes and hands each file on.
fn render_group<T>(
    renderer: &Renderer,
    group: &[Route],
    take: &impl Fn(Rendered) -> anyhow::Result<T>,
) -> anyhow::Result<Vec<Result<T, Diagnostic>>> {
    let surroundings = Surroundings::default();
    let render = |route: &Route| match renderer.render_among(&surroundings, *route) {
        Ok(bytes) => take(Rendered { route: *route, path: renderer.path(*route), bytes }).map(Ok),
        Err(mistake) => Ok(Err(mistake)),
    };
    group.iter().map(render).collect()
}
