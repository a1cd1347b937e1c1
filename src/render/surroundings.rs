//! What pages share beside what all pages share: made when the first page asks
//! for it, kept for its neighbours.
//!
//! The navigation is rendered without a word of which page it is shown on; the
//! links to that page and to the area above it are marked afterwards, by their
//! addresses.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::library::{Library, MeasureIndex, Related, Route};
use crate::model::Edition;

use super::Renderer;
use super::view::{self, Scope};

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
    /// The way to the site's root: `../../`.
    pub(super) root: String,
    /// What every template of the place gets.
    pub(super) context: Context,
    /// The site's mark, its search and its contents.
    masthead: String,
    /// The memorandum's areas, at the side.
    areas: String,
    /// The memorandum's measures, for pages that list some of them.
    pub(super) links: Vec<Value>,
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
        let root = match place.depth {
            Some(depth) => "../".repeat(depth),
            // Served in place of any page, so it cannot know where it stands.
            None => renderer.library.base_url.path().to_owned(),
        };
        let scope = self.scope(renderer, place.edition, &root);
        let mut context = renderer.shared[place.edition].context.clone();
        context.insert("root", &root);
        let mut links = Vec::new();
        if let Some(index) = place.memorandum {
            context.insert("memorandum", &view::memorandum(&scope, index));
            links = view::measure_links(&scope, index);
        }
        let areas = match place.memorandum {
            Some(_) => rendered(renderer, "areas.html", &context)?,
            None => String::new(),
        };
        context.insert("searching", &place.searching);
        let masthead = rendered(renderer, "masthead.html", &context)?;
        Ok(Around { root, context, masthead, areas, links })
    }

    /// What views of a page are made of.
    pub(super) fn scope<'b>(
        &'b self,
        renderer: &'b Renderer,
        edition: Edition,
        root: &'b str,
    ) -> Scope<'b> {
        Scope {
            library: renderer.library,
            strings: &renderer.theme.strings[edition],
            edition,
            entities: &renderer.shared[edition].entities,
            related: &self.related,
            root,
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

fn rendered(renderer: &Renderer, template: &str, context: &Context) -> Result<String, Diagnostic> {
    let rendered = renderer.theme.tera.render(template, context);
    rendered.map_err(|error| renderer.theme.diagnostic(&error, template))
}

impl Around {
    /// The masthead as a page shows it.
    pub(super) fn masthead_of(&self, path: &str, area: Option<&str>) -> Value {
        let mut masthead = self.masthead.clone();
        self.mark(&mut masthead, path, "page");
        if let Some(area) = area {
            self.mark(&mut masthead, area, "true");
        }
        Value::safe_string(&masthead)
    }

    /// The areas as a page of one of them shows them: what stands before and
    /// after the list of that area's measures.
    pub(super) fn areas_around(&self, area: &str, current: &str) -> (Value, Value) {
        let mut areas = self.areas.clone();
        let link = self.mark(&mut areas, area, current);
        let end = areas[link..].find("</a>").map_or(areas.len(), |end| link + end + "</a>".len());
        (Value::safe_string(&areas[..end]), Value::safe_string(&areas[end..]))
    }

    /// Marks the link to a path, if there is one; tells where its address ends.
    fn mark(&self, html: &mut String, path: &str, current: &str) -> usize {
        let address = ["href=\"", &self.root, path, "\""].concat();
        // The last one: the mark at the top always leads home.
        let Some(start) = html.rfind(&address) else { return html.len() };
        let end = start + address.len();
        html.insert_str(end, &[" aria-current=\"", current, "\""].concat());
        end
    }
}
