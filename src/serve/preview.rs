//! The files of the site, kept, and the state that they make.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::diagnostic::Diagnostics;
use crate::io;
use crate::io::snapshot::{self, Bag};
use crate::pipeline::{Loaded, Loader, Overrides, Site};
use crate::source::{Sources, Tree};

use super::mistakes::Mistakes;
use super::{Origin, Pages, canonical, spare};

/// Which files may differ from what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// What stands at these paths, or stood there.
    Paths(BTreeSet<PathBuf>),
    /// Any.
    All,
}

/// The site's files and what was last made of them.
pub struct Preview {
    root: PathBuf,
    overrides: Overrides,
    tree: Tree,
    bags: Arc<[Bag]>,
    /// Whether the tree lacks files because reading failed.
    lacking: bool,
    loader: Loader,
    pages: Option<Arc<Pages>>,
    /// The files as they stood when the site was last without mistakes.
    good: Option<Tree>,
    /// The files that the pages are made of.
    shown: Tree,
}

/// What the preview shows at one moment.
pub struct State {
    /// The site, or as much of it as has no mistakes; if that cannot be made, the
    /// last one that could.
    pub pages: Option<Arc<Pages>>,
    /// The files that it is made of.
    pub tree: Tree,
    /// What is wrong with the content now, for the browser.
    pub mistakes: Mistakes,
}

/// What became of a change.
pub struct Outcome {
    /// What is shown from now on.
    pub state: Arc<State>,
    /// What loading found, or why the files could not be read.
    pub loaded: Result<(Diagnostics, Sources)>,
    /// How long reading and loading took.
    pub time: Duration,
    /// Which site is shown.
    pub shown: Shown,
}

/// Which site is shown after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The site as its files are.
    New,
    /// The same without the documents that have mistakes, or with these as they
    /// last were.
    Spared,
    /// The last that could be made.
    Last,
    /// None could be made yet.
    Nothing,
}

/// How often documents are left out because others that they refer to are.
const SPARINGS: usize = 4;

impl Preview {
    /// Reads a site for the first time.
    ///
    /// # Errors
    /// If there is no such folder. That a file cannot be read is an outcome.
    pub fn open(root: &Path, overrides: &Overrides) -> Result<(Self, Outcome)> {
        let mut preview = Self {
            root: canonical(root)?,
            overrides: overrides.clone(),
            tree: Tree::default(),
            bags: Arc::new([]),
            lacking: true,
            loader: Loader::default(),
            pages: None,
            good: None,
            shown: Tree::default(),
        };
        let start = Instant::now();
        let read = preview.read(&Changes::All);
        let outcome = preview.load(read.map(drop), start);
        Ok((preview, outcome))
    }

    /// The site's folder, without links on the way to it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Looks at what changed. `None` if every byte is the same.
    pub fn update(&mut self, changes: &Changes) -> Option<Outcome> {
        let start = Instant::now();
        match self.read(changes) {
            Ok(false) => None,
            Ok(true) => Some(self.load(Ok(()), start)),
            Err(error) => Some(self.load(Err(error), start)),
        }
    }

    /// Reads the files again; tells whether any differs. After a failure
    /// everything is read the next time, since what is known of the files is no
    /// longer certain.
    fn read(&mut self, changes: &Changes) -> Result<bool> {
        let read = match changes {
            Changes::Paths(paths) if !self.lacking => self.reread(paths),
            _ => self.read_all(),
        };
        self.lacking = read.is_err();
        read
    }

    fn reread(&mut self, paths: &BTreeSet<PathBuf>) -> Result<bool> {
        let mut differs = false;
        let mut versions = false;
        for path in paths.iter().filter_map(|path| site_path(&self.root, path)) {
            versions |= path.split('/').next() == Some(snapshot::FOLDER);
            differs |= io::reread(&self.root, &path, &mut self.tree)?;
        }
        Ok(versions && self.read_versions()? || differs)
    }

    fn read_all(&mut self) -> Result<bool> {
        let tree = io::read_tree(&self.root)?;
        let differs = self.lacking || tree.files != self.tree.files;
        self.tree = tree;
        Ok(self.read_versions()? || differs)
    }

    /// Reads what there is of sealed versions; tells whether any is another.
    fn read_versions(&mut self) -> Result<bool> {
        let bags = snapshot::bags(&self.root)?;
        if bags.iter().map(Bag::seal).eq(self.bags.iter().map(Bag::seal)) {
            return Ok(false);
        }
        self.overrides.versions = snapshot::versions(&bags)?;
        self.bags = bags.into();
        Ok(true)
    }

    fn load(&mut self, read: Result<()>, start: Instant) -> Outcome {
        let mut shown = match self.pages {
            Some(_) => Shown::Last,
            None => Shown::Nothing,
        };
        let (mistakes, loaded) = match read {
            Ok(()) => {
                let tree = self.tree.clone();
                let Loaded { sources, diagnostics, site } =
                    self.loader.load(&tree, &self.overrides);
                if let Some(site) = site {
                    self.show(site, sources.clone(), tree.clone());
                    self.good = Some(tree);
                    shown = Shown::New;
                } else if self.spare(&diagnostics, &sources) {
                    shown = Shown::Spared;
                }
                (Mistakes::new(&diagnostics, &sources), Ok((diagnostics, sources)))
            }
            Err(error) => (Mistakes::failure(&format!("{error:#}")), Err(error)),
        };
        let state =
            Arc::new(State { pages: self.pages.clone(), tree: self.shown.clone(), mistakes });
        Outcome { state, loaded, time: start.elapsed(), shown }
    }

    fn show(&mut self, site: Site, sources: Sources, tree: Tree) {
        self.shown = tree.clone();
        let origin = Origin { tree, overrides: self.overrides.clone() };
        self.pages = Some(Arc::new(Pages::start(site, sources, self.bags.clone(), origin)));
    }

    /// Shows what has no mistakes, if only documents have some and any is left.
    fn spare(&mut self, diagnostics: &Diagnostics, sources: &Sources) -> bool {
        let mut tree = self.tree.clone();
        let mut broken = spare::broken(diagnostics, sources);
        let mut good = self.good.clone();
        for _ in 0..SPARINGS {
            let Some(folders) = broken else { return false };
            tree = spare::spared(&tree, good.as_ref(), &folders);
            if !spare::has_documents(&tree) {
                return false;
            }
            let Loaded { sources, diagnostics, site } = self.loader.load(&tree, &self.overrides);
            if let Some(site) = site {
                self.show(site, sources, tree);
                return true;
            }
            broken = spare::broken(&diagnostics, &sources);
            // What refers to what has gone is no better as it last was.
            good = None;
        }
        false
    }
}

/// A path below the root as the tree names it. `None` for what no site is made
/// of, such as the output.
pub(super) fn site_path(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/")).filter(|path| !path.is_empty())
}
