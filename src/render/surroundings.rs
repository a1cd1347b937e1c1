//! What stands around the pages of one place: made once, shown by each of them.
//!
//! The navigation is rendered without a word of which page it is shown on; the
//! links to that page and to the area above it are marked afterwards, by their
//! addresses.

use tera::{Context, Value};

use crate::diagnostic::Diagnostic;
use crate::library::Route;
use crate::model::Edition;

use super::Renderer;
use super::view::{self, Scope};

/// Pages that show the same around their own text: those of one memorandum, or
/// of none, in one edition and equally deep below the site's root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub(super) edition: Edition,
    memorandum: Option<usize>,
    /// How many folders down; none for the page that stands anywhere.
    depth: Option<usize>,
}

/// What the pages of a place show around their own text.
pub struct Surroundings {
    /// The way to the site's root: `../../`.
    pub(super) root: String,
    /// What every template of the place gets.
    pub(super) context: Context,
    /// The site's contents, in the header.
    contents: String,
    /// The memorandum's areas, at the side.
    areas: String,
    /// The memorandum's measures, for pages that list some of them.
    pub(super) links: Vec<Value>,
}

impl Renderer<'_> {
    /// The place of a route.
    pub fn place(&self, route: Route) -> Place {
        let memorandum = match route {
            Route::Memorandum(_, index)
            | Route::Full(_, index)
            | Route::Area(_, index, _)
            | Route::Measure(_, index, _) => Some(index),
            _ => None,
        };
        let depth = match route {
            Route::NotFound => None,
            Route::Measure(..) => Some(3),
            Route::Memorandum(..) | Route::Full(..) | Route::Area(..) => Some(2),
            Route::Entities(_) | Route::Entity(..) => Some(2),
            Route::Home(_) | Route::Page(..) | Route::Matrix(_) | Route::Search(_) => Some(1),
            _ => Some(0),
        };
        let edition = route.edition().unwrap_or(self.library.default_edition);
        Place { edition, memorandum, depth }
    }

    /// What stands around the pages of a place.
    ///
    /// # Errors
    /// A diagnostic at the template's place if a template fails.
    pub fn surroundings(&self, place: Place) -> Result<Surroundings, Diagnostic> {
        let (library, shared) = (self.library, &self.shared[place.edition]);
        let root = match place.depth {
            Some(depth) => "../".repeat(depth),
            // Served in place of any page, so it cannot know where it stands.
            None => library.base_url.path().to_owned(),
        };
        let scope = self.scope(place.edition, &root);
        let mut context = shared.context.clone();
        context.insert("root", &root);
        let mut links = Vec::new();
        if let Some(index) = place.memorandum {
            context.insert("memorandum", &view::memorandum(&scope, index));
            links = view::measure_links(&scope, index);
        }
        let areas = match place.memorandum {
            Some(_) => self.rendered("areas.html", &context)?,
            None => String::new(),
        };
        let contents = self.rendered("contents.html", &context)?;
        Ok(Surroundings { root, context, contents, areas, links })
    }

    pub(super) fn scope<'b>(&'b self, edition: Edition, root: &'b str) -> Scope<'b> {
        Scope {
            library: self.library,
            strings: &self.theme.strings[edition],
            edition,
            entities: &self.shared[edition].entities,
            root,
        }
    }

    fn rendered(&self, template: &str, context: &Context) -> Result<String, Diagnostic> {
        let rendered = self.theme.tera.render(template, context);
        rendered.map_err(|error| self.theme.diagnostic(&error, template))
    }
}

impl Surroundings {
    /// The contents as a page shows them.
    pub(super) fn contents_of(&self, path: &str, area: Option<&str>) -> Value {
        let mut contents = self.contents.clone();
        self.mark(&mut contents, path, "page");
        if let Some(area) = area {
            self.mark(&mut contents, area, "true");
        }
        Value::safe_string(&contents)
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
        let address = format!("href=\"{}{path}\"", self.root);
        let Some(start) = html.find(&address) else { return html.len() };
        let end = start + address.len();
        html.insert_str(end, &format!(" aria-current=\"{current}\""));
        end
    }
}
