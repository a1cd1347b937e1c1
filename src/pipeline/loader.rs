//! Loading a site again and again: what a change does not concern is kept.
//!
//! 1. The files are sorted by the part of the content they belong to.
//! 2. Each part is read again only if one of its files changed.
//! 3. Each memorandum is assembled again only if it was read again, or if what
//!    all of them are converted and searched with was made anew.
//! 4. The parts are put together.
//!
//! A part with mistakes is never kept: its messages may name other files.

mod memorandum;
mod part;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::library::{self, Entities, Forms, Library};
use crate::model::{
    Content, Editions, Entity, Lexicon, Manuscript, Page, Script, Site as SiteContent,
};
use crate::parse::{self, File};
use crate::render::Theme;
use crate::script::Converter;
use crate::source::{Sources, Span, Spanned, Tree};

use super::changes::changes;
use super::sources::published;
use super::{Loaded, Overrides, Parts, Site, converter_of};
use super::{files, images, places};

use memorandum::KeptMemorandum;
use part::{Part, owned, part, same};

/// Loads a site, and keeps what it is made of for the next time.
#[derive(Default)]
pub struct Loader {
    memory: Memory,
    site: Option<Part<(SiteContent, Script)>>,
    lexicon: Option<Part<Arc<Lexicon>>>,
    entities: Option<Part<Arc<Vec<Entity>>>>,
    pages: Option<Part<Vec<Page>>>,
    theme: Option<Part<Arc<Theme>>>,
    language: Option<Arc<Language>>,
    memoranda: BTreeMap<String, KeptMemorandum>,
    /// How many parts of the sources were ever numbered.
    parts: u32,
}

/// What is kept of memoranda as they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Memory {
    /// Everything: for the next time, or to be looked at.
    #[default]
    Content,
    /// Nothing, so that a large site takes less memory.
    Nothing,
}

/// What all texts are converted with, and searched for.
struct Language {
    engine: String,
    editions: Editions,
    lexicon: Arc<Lexicon>,
    names: Arc<Vec<Entity>>,
    converter: Arc<Converter>,
    entities: Entities,
    diagnostics: Diagnostics,
}

impl Language {
    fn forms(&self) -> Forms<'_> {
        Forms { editions: &self.editions, converter: &self.converter }
    }
}

/// The parts of a site.
struct Read {
    content: Content,
    /// None if there is no such theme, or a part of it is wrong.
    theme: Option<Arc<Theme>>,
    language: Arc<Language>,
    memoranda: Vec<Arc<library::Memorandum>>,
}

/// The parts of the sources that are always there.
#[derive(Clone, Copy)]
enum Fixed {
    Options,
    Site,
    Lexicon,
    Entities,
    Pages,
    Theme,
    /// How many they are.
    Count,
}

impl Loader {
    /// For one time only.
    pub(super) fn once() -> Self {
        Self { memory: Memory::Nothing, ..Self::default() }
    }

    /// Makes a site of files, or says everything that is wrong with them.
    pub fn load(&mut self, tree: &Tree, overrides: &Overrides) -> Loaded {
        self.load_with(tree, overrides, |_| {})
    }

    /// Like [`Loader::load`], showing the site's parts to `look`.
    pub fn load_with(
        &mut self,
        tree: &Tree,
        overrides: &Overrides,
        look: impl FnOnce(&Parts),
    ) -> Loaded {
        let mut sources = Sources::part(Fixed::Options as u32);
        let mut diagnostics = Diagnostics::default();
        let Read { content, theme, language, memoranda } =
            self.read(tree, overrides, &mut sources, &mut diagnostics);
        let assembled = library::assemble(
            &content.site,
            memoranda,
            &language.entities,
            &content.pages,
            language.forms(),
            &mut diagnostics,
        );
        let (versions, sealed) = (overrides.versions.clone(), overrides.sealed.clone());
        let files = files::given(tree, &mut diagnostics);
        let built = overrides.built;
        let sources_published = published(&assembled, tree);
        let mut library =
            Library { versions, sealed, built, files, sources: sources_published, ..assembled };
        files::check_names(tree, &mut diagnostics);
        images::check_images(&library, &mut diagnostics);
        look(&Parts {
            content: &content,
            converter: &language.converter,
            library: &library,
            sources: &sources,
        });
        if !diagnostics.has_errors() {
            let script = content.site.title.script;
            library.changes = changes(&library, script, language.forms());
        }
        if let Some(theme) = &theme {
            places::check_places(&library, theme, &mut diagnostics);
        }
        let good = !diagnostics.has_errors();
        let site = theme.filter(|_| good).map(|theme| Site { library, theme });
        Loaded { sources, diagnostics, site }
    }

    /// Everything but what concerns the site as a whole.
    fn read(
        &mut self,
        tree: &Tree,
        overrides: &Overrides,
        sources: &mut Sources,
        found: &mut Diagnostics,
    ) -> Read {
        let files = parse::files(tree, found);
        let (mut site, script) = part(
            &mut self.site,
            Fixed::Site as u32,
            &files.site,
            Script::Hant,
            sources,
            found,
            |s, d| parse::site(tree, s, d),
        );
        apply(overrides, &mut site, sources);
        let lexicon = part(
            &mut self.lexicon,
            Fixed::Lexicon as u32,
            &files.lexicon,
            script,
            sources,
            found,
            |s, d| Arc::new(parse::lexicon(tree, s, d)),
        );
        let entities = part(
            &mut self.entities,
            Fixed::Entities as u32,
            &files.entities,
            script,
            sources,
            found,
            |s, d| Arc::new(parse::entities(&files.entities, script, tree, s, d)),
        );
        let mut pages = part(
            &mut self.pages,
            Fixed::Pages as u32,
            &files.pages,
            script,
            sources,
            found,
            |s, d| parse::pages(&files.pages, script, tree, s, d),
        );
        pages.retain(|page| overrides.drafts || !page.draft);
        let theme = self.theme(&site.theme, tree, sources, found);
        let language = self.language(&site, &lexicon, &entities, found);
        let memoranda = self.memoranda(&files.memoranda, script, tree, &language, sources, found);
        let (read, assembled): (Vec<_>, _) = memoranda.into_iter().unzip();
        let read = read.into_iter().flatten().collect();
        let content = Content { site, lexicon, entities, memoranda: read, pages };
        Read { content, theme, language, memoranda: assembled }
    }

    fn theme(
        &mut self,
        name: &Spanned<String>,
        tree: &Tree,
        sources: &mut Sources,
        found: &mut Diagnostics,
    ) -> Option<Arc<Theme>> {
        let folder = format!("themes/{}/", name.value);
        let files: Vec<File> = tree.below(&folder).collect();
        let kept = self.theme.take().filter(|kept| kept.value.name() == name.value);
        let kept = kept.filter(|kept| same(&kept.inputs, &files));
        let mut own_found = Diagnostics::default();
        let part = match kept {
            Some(kept) => kept,
            None => {
                let mut own = Sources::part(Fixed::Theme as u32);
                let theme = Theme::load(name, tree, &mut own, &mut own_found);
                sources.append(&own);
                let Some(theme) = theme else {
                    found.append(own_found);
                    return None;
                };
                let value = Arc::new(theme);
                Part { inputs: owned(&files), script: Script::Hant, sources: own, value }
            }
        };
        sources.append(&part.sources);
        let theme = part.value.clone();
        self.theme = Some(part).filter(|_| own_found.is_empty());
        found.append(own_found);
        Some(theme)
    }

    fn language(
        &mut self,
        site: &SiteContent,
        lexicon: &Arc<Lexicon>,
        names: &Arc<Vec<Entity>>,
        found: &mut Diagnostics,
    ) -> Arc<Language> {
        let is_same = |kept: &Arc<Language>| {
            kept.engine == site.engine.value
                && kept.editions == site.editions
                && Arc::ptr_eq(&kept.lexicon, lexicon)
                && Arc::ptr_eq(&kept.names, names)
        };
        let language = match self.language.take().filter(is_same) {
            Some(kept) => kept,
            None => {
                let mut diagnostics = Diagnostics::default();
                let converter = converter_of(&site.engine, lexicon, names, &mut diagnostics);
                let converter = Arc::new(converter);
                let forms = Forms { editions: &site.editions, converter: &converter };
                let entities = Entities::new(names, forms, &mut diagnostics);
                Arc::new(Language {
                    engine: site.engine.value.clone(),
                    editions: site.editions.clone(),
                    lexicon: lexicon.clone(),
                    names: names.clone(),
                    converter,
                    entities,
                    diagnostics,
                })
            }
        };
        found.append(language.diagnostics.clone());
        // A mistake's place may lie in `site.toml`, which may change.
        self.language = language.diagnostics.is_empty().then(|| language.clone());
        language
    }

    /// The memoranda as read and as assembled.
    fn memoranda(
        &mut self,
        folders: &BTreeMap<&str, Vec<File>>,
        script: Script,
        tree: &Tree,
        language: &Arc<Language>,
        sources: &mut Sources,
        found: &mut Diagnostics,
    ) -> Vec<(Option<Arc<Manuscript>>, Arc<library::Memorandum>)> {
        let memory = self.memory;
        let kept = std::mem::take(&mut self.memoranda);
        let mut next = |folder: &str| match kept.get(folder) {
            Some(kept) => kept.clone(),
            None => {
                self.parts += 1;
                let part = Fixed::Count as u32 + self.parts;
                KeptMemorandum { part, read: None, assembled: None }
            }
        };
        let work: Vec<_> =
            folders.iter().map(|(folder, files)| (*folder, files, next(folder))).collect();
        let done: Vec<_> = work
            .into_par_iter()
            // Else few large pieces are shared out, and the last is waited for.
            .with_max_len(1)
            .map(|(folder, files, kept)| {
                let mut read = kept.read(folder, files, script, tree);
                let assembled = read.read.as_ref().map(|part| kept.assemble(part, language));
                if memory == Memory::Nothing {
                    read.read = None;
                }
                (folder, kept.part, read, assembled)
            })
            .collect();
        let mut all = Vec::with_capacity(done.len());
        for (folder, part, read, assembled) in done {
            sources.append(&read.sources);
            let whole = read.diagnostics.is_empty();
            found.append(read.diagnostics);
            let Some(assembled) = assembled else { continue };
            found.append(assembled.diagnostics.clone());
            let content = read.read.as_ref().map(|part| part.value.clone());
            all.push((content, assembled.memorandum.clone()));
            let read = read.read.filter(|_| whole);
            let assembled = Some(assembled).filter(|_| whole);
            self.memoranda.insert(folder.to_owned(), KeptMemorandum { part, read, assembled });
        }
        all
    }
}

/// What the command line says stands above what the files say.
///
/// Options stand in a file of their own, so that a mistake in one has a place.
fn apply(overrides: &Overrides, site: &mut SiteContent, sources: &mut Sources) {
    if let Some(base_url) = &overrides.base_url {
        site.base_url = Some(base_url.clone());
    }
    if let Some(theme) = &overrides.theme {
        let option = "--theme ";
        let file = sources.add("command line", format!("{option}{theme}"));
        let span = Span::new(file, option.len()..option.len() + theme.len());
        site.theme = Spanned::new(theme.clone(), span);
    }
}
