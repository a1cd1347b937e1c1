//! What pages share beside what all pages share: made when the first page asks
//! for it, kept for its neighbours.
//!
//! The navigation is rendered without a word of which page it is shown on; the
//! links to that page and to the area above it are marked afterwards, by their
//! addresses.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::library::{Library, MeasureIndex, Related, Route};
use crate::model::Edition;

use super::Renderer;
use super::view::{self, Named, Scope};

/// What one thread keeps while it renders neighbouring pages. What a page shows
/// does not depend on what is kept.
#[derive(Default)]
pub struct Surroundings {
    places: RefCell<Vec<(Place, Rc<Around>)>>,
    related: RelatedMeasures,
}

/// Pages with the same around their own text: those of one memorandum, or of
/// none, in one edition and equally deep below the site's root.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    edition: Edition,
    memorandum: Option<usize>,
    /// How many folders down; none for the page that stands anywhere.
    depth: Option<usize>,
    /// Whether it is the search page, which has a field of its own.
    searching: bool,
}

/// What the pages of a place show around their own text.
pub(super) struct Around {
    pub(super) way: Way,
    /// What every template of the place gets.
    pub(super) context: Context,
    /// The site's mark, its search and its contents.
    masthead: Navigation,
    /// The memorandum's areas, at the side.
    areas: Navigation,
    /// The memorandum's parts, for pages that name some of them.
    pub(super) named: Option<Named>,
    pub(super) entities: Entities,
}

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
    fn of(library: &Library, place: Place) -> Self {
        // Served in place of any page, so it cannot know where it stands.
        let Some(depth) = place.depth else {
            return Self { root: library.base_url.path().to_owned(), folders: Vec::new() };
        };
        let memorandum = place.memorandum.map(|index| Route::Full(place.edition, index));
        let home = (depth > 0).then_some(Route::Home(place.edition));
        let folder = |page: Route| {
            let path = library.path(page);
            let folder = path[..=path.rfind('/')?].to_owned();
            let up = "../".repeat(depth.checked_sub(folder.matches('/').count())?);
            Some((folder, up))
        };
        let folders = memorandum.into_iter().chain(home).filter_map(folder).collect();
        Self { root: "../".repeat(depth), folders }
    }

    /// The shortest link that leads to a path from every page of the place.
    pub(super) fn to(&self, mut path: String) -> String {
        let shared = self.folders.iter().find(|(folder, _)| path.starts_with(folder));
        let (folder, up) = shared.map_or((0, &self.root), |(folder, up)| (folder.len(), up));
        path.replace_range(..folder, up);
        path
    }
}

/// Entities as the pages of a place name them.
#[derive(Default)]
pub(super) struct Entities(RefCell<FxHashMap<usize, Value>>);

impl Entities {
    /// One of them.
    pub(super) fn of(&self, scope: &Scope, entity: usize) -> Value {
        let mut known = self.0.borrow_mut();
        known.entry(entity).or_insert_with(|| view::entity_value(scope, entity)).clone()
    }
}

/// Related measures: both editions of two pages show them.
#[derive(Default)]
pub(super) struct RelatedMeasures(RefCell<FxHashMap<MeasureIndex, Rc<[Related]>>>);

impl RelatedMeasures {
    /// The measures related to one.
    pub(super) fn of(&self, library: &Library, index: MeasureIndex) -> Rc<[Related]> {
        let mut known = self.0.borrow_mut();
        known.entry(index).or_insert_with(|| library.related(index).into()).clone()
    }
}

impl Surroundings {
    /// What stands around a page.
    pub(super) fn around(
        &self,
        renderer: &Renderer,
        route: Route,
    ) -> Result<Rc<Around>, Diagnostic> {
        let place = place(renderer.library, route);
        if let Some((_, around)) = self.places.borrow().iter().find(|(known, _)| *known == place) {
            return Ok(around.clone());
        }
        let around = Rc::new(self.make(renderer, place)?);
        self.places.borrow_mut().push((place, around.clone()));
        Ok(around)
    }

    fn make(&self, renderer: &Renderer, place: Place) -> Result<Around, Diagnostic> {
        let (way, entities) = (Way::of(renderer.library, place), Entities::default());
        let scope = self.scope(renderer, place.edition, &way, &entities, None);
        let mut context = renderer.shared[place.edition].clone();
        context.insert("root", &way.root);
        context.insert("site", &view::site(&scope));
        if let Some(index) = place.memorandum {
            context.insert("memorandum", &view::memorandum(&scope, index));
        }
        let named = place.memorandum.map(|index| Named::new(&scope, index));
        let areas = match place.memorandum {
            Some(_) => navigation(renderer, "areas.html", &context)?,
            None => Navigation::default(),
        };
        context.insert("searching", &place.searching);
        let masthead = navigation(renderer, "masthead.html", &context)?;
        Ok(Around { way, context, masthead, areas, named, entities })
    }

    /// What views of a page are made of.
    pub(super) fn scope<'b>(
        &'b self,
        renderer: &'b Renderer,
        edition: Edition,
        way: &'b Way,
        entities: &'b Entities,
        own: Option<&'b Named>,
    ) -> Scope<'b> {
        Scope {
            library: renderer.library,
            strings: &renderer.theme.strings[edition],
            edition,
            entities,
            own,
            related: &self.related,
            way,
        }
    }
}

fn place(library: &Library, route: Route) -> Place {
    let depth = match route {
        Route::NotFound => None,
        _ => Some(library.path(route).matches('/').count()),
    };
    let edition = route.edition().unwrap_or(library.default_edition);
    let searching = matches!(route, Route::Search(_));
    Place { edition, memorandum: route.memorandum(), depth, searching }
}

/// Links to pages of the site, none of them marked.
#[derive(Default)]
struct Navigation {
    html: String,
    /// Where the last link to each address ends: the first, at the top of every
    /// page, leads home and is never marked.
    ends: FxHashMap<String, usize>,
}

fn navigation(
    renderer: &Renderer,
    template: &str,
    context: &Context,
) -> Result<Navigation, Diagnostic> {
    let rendered = renderer.theme.tera.render(template, context);
    let html = rendered.map_err(|error| renderer.theme.diagnostic(&error, template))?;
    let mut ends = FxHashMap::default();
    for (at, before) in html.match_indices("href=\"") {
        let start = at + before.len();
        if let Some(length) = html[start..].find('"') {
            ends.insert(html[start..start + length].to_owned(), start + length + 1);
        }
    }
    Ok(Navigation { html, ends })
}

/// A mark on the link to a path, at its place.
type Mark = (usize, &'static str);

const PAGE: &str = " aria-current=\"page\"";
const TRUE: &str = " aria-current=\"true\"";

impl Navigation {
    fn mark(&self, href: &str, mark: &'static str) -> Option<Mark> {
        self.ends.get(href).map(|end| (*end, mark))
    }

    /// The part of the links that `range` covers, with marks.
    fn marked(&self, range: Range<usize>, marks: impl IntoIterator<Item = Mark>) -> Value {
        let mut marks: Vec<Mark> = marks.into_iter().filter(|(at, _)| range.contains(at)).collect();
        marks.sort_unstable();
        let mut html = String::with_capacity(range.len() + 2 * PAGE.len());
        let mut from = range.start;
        for (at, mark) in marks {
            html.push_str(&self.html[from..at]);
            html.push_str(mark);
            from = at;
        }
        html.push_str(&self.html[from..range.end]);
        Value::safe_string(&html)
    }
}

impl Around {
    /// The masthead as a page shows it.
    pub(super) fn masthead_of(&self, href: &str, area: Option<&str>) -> Value {
        let page = self.masthead.mark(href, PAGE);
        let area = area.and_then(|area| self.masthead.mark(area, TRUE));
        self.masthead.marked(0..self.masthead.html.len(), page.into_iter().chain(area))
    }

    /// The areas as a page shows them: what stands before and after the list of
    /// the measures of its area, which is the page itself or above it.
    pub(super) fn areas_around(&self, page: &str, area: &str) -> (Value, Value) {
        let Navigation { html, .. } = &self.areas;
        let mark = self.areas.mark(area, if page == area { PAGE } else { TRUE });
        let link = mark.map_or(html.len(), |(end, _)| end);
        let end = html[link..].find("</a>").map_or(html.len(), |end| link + end + "</a>".len());
        (self.areas.marked(0..end, mark), self.areas.marked(end..html.len(), None))
    }
}
