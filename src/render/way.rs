//! How pages link to others: the shortest way that all pages of a place share.

use crate::library::{Library, Place, Route, Sheet};
use crate::model::Edition;

/// The way from the pages of a place to all others.
#[derive(Default)]
pub(super) struct Way {
    /// To the site's root: `../../`.
    root: String,
    /// The folders that all pages of the place stand in, the innermost first, each
    /// with the way to it.
    folders: Vec<(String, String)>,
}

impl Way {
    /// From pages so many folders down, in an edition and perhaps a memorandum.
    pub(super) fn new(
        library: &Library,
        depth: usize,
        edition: Edition,
        memorandum: Option<usize>,
    ) -> Self {
        let memorandum = memorandum.map(|index| Place::Memorandum(index, Sheet::Full).of(edition));
        let home = (depth > 0).then_some(Place::Home.of(edition));
        let folder = |page: Route| {
            let path = library.path(page);
            let folder = path[..=path.rfind('/')?].to_owned();
            let up = "../".repeat(depth.checked_sub(folder.matches('/').count())?);
            Some((folder, up))
        };
        let folders = memorandum.into_iter().chain(home).filter_map(folder).collect();
        Self { root: "../".repeat(depth), folders }
    }

    /// From the pages of one folder among those of the place.
    pub(super) fn within(&self, page: &str) -> Self {
        let folder = page[..page.rfind('/').map_or(0, |end| end + 1)].to_owned();
        let own = std::iter::once((folder, String::new()));
        Self { root: self.root.clone(), folders: own.chain(self.folders.iter().cloned()).collect() }
    }

    /// From a page that is served in place of any other, so that it cannot know
    /// where it stands.
    pub(super) fn from_anywhere(library: &Library) -> Self {
        let root = library.base_url.as_ref().map_or("/", |base_url| base_url.path());
        Self { root: root.to_owned(), folders: Vec::new() }
    }

    /// To the site's root.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// The shortest link that leads to a path from every page of the place.
    pub(super) fn to(&self, mut path: String) -> String {
        let shared = self.folders.iter().find(|(folder, _)| path.starts_with(folder));
        let (folder, up) = shared.map_or((0, &self.root), |(folder, up)| (folder.len(), up));
        path.replace_range(..folder, up);
        path
    }
}
