//! What pages share beside what all pages share: made when the first page asks
//! for it, kept for its neighbours.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::library::{self, Library, Route};
use crate::model::Edition;

use super::Renderer;
use super::navigation::{Navigation, PAGE, TRUE};
use super::view::{self, Beside, Entities, Named, RelatedMeasures, Scope, Siblings};
use super::way::Way;

/// What one thread keeps while it renders neighbouring pages. What a page shows
/// does not depend on what is kept.
#[derive(Default)]
pub struct Surroundings {
    places: RefCell<Vec<(Place, Rc<Around>)>>,
    related: RelatedMeasures,
    beside: Beside,
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
    /// What every page ends with.
    foot: Navigation,
    /// The entries of the memorandum's areas, at the side.
    areas: Navigation,
    /// The memorandum's parts, for pages that name some of them.
    pub(super) named: Option<Named>,
    pub(super) entities: Entities,
    /// What is around the measures of each area that pages were made of.
    areas_known: RefCell<FxHashMap<usize, Rc<AroundMeasures>>>,
}

/// What the pages of an area's measures show besides.
pub(super) struct AroundMeasures {
    pub(super) way: Way,
    pub(super) siblings: Siblings,
    /// The list of areas up to their own, and after it.
    pub(super) areas: (Value, Value),
    list: Navigation,
}

impl AroundMeasures {
    /// The list of the measures, for the page of one.
    pub(super) fn list(&self, href: &str) -> Value {
        self.list.near(self.list.mark(href, PAGE))
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
        let Place { edition, memorandum, depth, .. } = place;
        let way = match depth {
            Some(depth) => Way::new(renderer.library, depth, edition, memorandum),
            None => Way::from_anywhere(renderer.library),
        };
        let entities = Entities::default();
        let scope = self.scope(renderer, (edition, memorandum), &way, &entities, None);
        let mut context = renderer.shared[edition].clone();
        context.insert_value("strings", scope.strings.table().clone());
        context.insert("root", way.root());
        context.insert("in_both_scripts", &renderer.library.editions.are_both_scripts());
        context.insert("site", &view::site(&scope));
        if let Some(index) = memorandum {
            context.insert("memorandum", &view::memorandum(&scope, index));
        }
        let named = memorandum.map(|index| Named::new(&scope, index));
        let areas = match memorandum {
            Some(_) => Navigation::render(renderer.theme, "areas.html", &context)?,
            None => Navigation::default(),
        };
        context.insert("searching", &place.searching);
        let masthead = Navigation::render(renderer.theme, "masthead.html", &context)?;
        let head = Navigation::render(renderer.theme, "head.html", &context)?;
        context.insert_value("head", head.whole(None));
        let foot = Navigation::render(renderer.theme, "foot.html", &context)?;
        let areas_known = RefCell::default();
        Ok(Around { way, context, masthead, foot, areas, named, entities, areas_known })
    }

    /// What stands around the page of a measure in an area; none around others.
    pub(super) fn around_measure(
        &self,
        renderer: &Renderer,
        around: &Around,
        route: Route,
    ) -> Result<Option<Rc<AroundMeasures>>, Diagnostic> {
        let Route::Page(edition, library::Place::Measure(memorandum, measure)) = route else {
            return Ok(None);
        };
        let library = renderer.library;
        let area = library.memoranda[memorandum].measure(measure).reading.area;
        if let Some(known) = around.areas_known.borrow().get(&area) {
            return Ok(Some(known.clone()));
        }
        let way = around.way.within(&library.path(route));
        let own = (edition, Some(memorandum));
        let scope = self.scope(renderer, own, &way, &around.entities, around.named.as_ref());
        let siblings = Siblings::new(&scope, area);
        let mut context = Context::new();
        context.insert_value("measures", siblings.all());
        let list = Navigation::render(renderer.theme, "measures.html", &context)?;
        let href = scope.href(library.area_place(memorandum, area).of(edition));
        let areas = around.areas_of(&href, TRUE);
        let made = Rc::new(AroundMeasures { way, siblings, areas, list });
        around.areas_known.borrow_mut().insert(area, made.clone());
        Ok(Some(made))
    }

    /// What views of a page are made of.
    pub(super) fn scope<'b>(
        &'b self,
        renderer: &'b Renderer,
        (edition, memorandum): (Edition, Option<usize>),
        way: &'b Way,
        entities: &'b Entities,
        own: Option<&'b Named>,
    ) -> Scope<'b> {
        Scope {
            library: renderer.library,
            strings: &renderer.wordings.of(memorandum)[edition],
            wordings: &renderer.wordings,
            edition,
            entities,
            own,
            related: &self.related,
            siblings: None,
            beside: &self.beside,
            way,
        }
    }
}

fn place(library: &Library, route: Route) -> Place {
    let depth = match route {
        Route::NotFound => None,
        _ => Some(library.path(route).matches('/').count()),
    };
    let edition = route.edition().unwrap_or(library.editions.default_edition());
    let searching = route.place() == Some(library::Place::Search);
    Place { edition, memorandum: route.memorandum(), depth, searching }
}

impl Around {
    /// The masthead as a page shows it.
    pub(super) fn masthead_of(&self, href: &str) -> Value {
        self.masthead.whole(self.masthead.mark(href, PAGE))
    }

    /// What a page ends with.
    pub(super) fn foot_of(&self, href: &str) -> Value {
        self.foot.whole(self.foot.mark(href, PAGE))
    }

    /// The areas as the page of one lists them: what stands before and after the list
    /// of its measures.
    pub(super) fn areas_around(&self, area: &str) -> (Value, Value) {
        self.areas_of(area, PAGE)
    }

    fn areas_of(&self, area: &str, mark: &'static str) -> (Value, Value) {
        self.areas.parted(self.areas.mark(area, mark))
    }
}
