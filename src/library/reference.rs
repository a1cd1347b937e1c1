//! Ids and what they refer to.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Edition, Id, MeasureNumber, Target};
use crate::source::Spanned;

use super::{Library, MeasureIndex, Memorandum, Page, Route, twin};

/// Names that the site itself uses below an edition.
const FIXED_FOLDERS: [&str; 3] = ["entities", "versions", "pages"];
const FIXED_PAGES: [&str; 3] = ["index", "matrix", "search"];
const FIXED_AREAS: [&str; 2] = ["index", "full"];

/// Reports ids that stand twice and addresses that would collide.
pub fn check_ids(memoranda: &[Memorandum], pages: &[Page], diagnostics: &mut Diagnostics) {
    let ids = memoranda.iter().map(|memorandum| &memorandum.id);
    check_unique("memoranda", ids, &FIXED_FOLDERS, diagnostics);
    check_unique("pages", pages.iter().map(|page| &page.id), &FIXED_PAGES, diagnostics);
    for memorandum in memoranda {
        let ids = memorandum.areas.iter().map(|area| &area.id);
        check_unique("areas", ids, &FIXED_AREAS, diagnostics);
    }
}

fn check_unique<'a>(
    kind: &str,
    ids: impl Iterator<Item = &'a Spanned<Id>>,
    fixed: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let mut known = BTreeMap::new();
    for Spanned { value: id, span } in ids {
        if let Some(first) = known.insert(id, *span) {
            let message = format!("two {kind} have the id `{id}`");
            diagnostics.push(twin("duplicate-id", *span, first, message));
        }
        if fixed.contains(&id.as_str()) {
            diagnostics.push(
                Diagnostic::error(
                    "colliding-address",
                    *span,
                    format!("the site itself uses the name `{id}` here"),
                )
                .help("choose another id"),
            );
        }
    }
}

/// Finds places of the site by the names authors use.
pub struct References<'a> {
    library: &'a Library,
    measures: BTreeMap<String, MeasureIndex>,
    areas: BTreeMap<String, (usize, usize)>,
    pages: BTreeMap<&'a str, usize>,
}

impl<'a> References<'a> {
    /// Gathers every name of a library.
    pub fn new(library: &'a Library) -> Self {
        let mut references = Self {
            library,
            measures: BTreeMap::new(),
            areas: BTreeMap::new(),
            pages: BTreeMap::new(),
        };
        for (memorandum, one) in library.memoranda.iter().enumerate() {
            let id = &one.id.value;
            for (area, area_id) in one.areas.iter().map(|area| &area.id.value).enumerate() {
                references.areas.insert(format!("{id}/{area_id}"), (memorandum, area));
            }
            for (measure, number) in one.measures.iter().map(|measure| measure.number).enumerate() {
                let index = MeasureIndex { memorandum, measure };
                references.measures.insert(format!("{id}/{number}"), index);
            }
        }
        let pages = library.pages.iter().enumerate();
        references.pages.extend(pages.map(|(index, page)| (page.id.value.as_str(), index)));
        references
    }

    /// A measure named inside a memorandum: `4.2`, or `hubei-2021/4.2`.
    pub fn measure(
        &self,
        name: &Spanned<String>,
        memorandum: usize,
    ) -> Result<MeasureIndex, Diagnostic> {
        let own = &self.library.memoranda[memorandum];
        let text = &name.value;
        if text.contains('/') {
            return self.full_measure(text, name);
        }
        let full = format!("{}/{text}", own.id.value);
        self.measures.get(&full).copied().ok_or_else(|| {
            let numbers: Vec<_> = own.measures.iter().map(|one| one.number.to_string()).collect();
            Diagnostic::error(
                "unknown-reference",
                name.span,
                format!("no measure has the id `{text}`"),
            )
            .label(format!("not found in `{}`", own.id.value))
            .suggest(text, numbers.iter().map(String::as_str))
        })
    }

    fn full_measure(&self, text: &str, name: &Spanned<String>) -> Result<MeasureIndex, Diagnostic> {
        self.measures.get(text).copied().ok_or_else(|| {
            Diagnostic::error(
                "unknown-reference",
                name.span,
                format!("no measure has the id `{text}`"),
            )
            .suggest(text, self.measures.keys().map(String::as_str))
        })
    }

    /// The route that a Markdown link leads to.
    pub fn target(&self, target: &Spanned<Target>, edition: Edition) -> Result<Route, Diagnostic> {
        let unknown = |what: &str, id: &str| {
            Diagnostic::error(
                "unknown-reference",
                target.span,
                format!("no {what} has the id `{id}`"),
            )
        };
        match &target.value {
            Target::Measure(id) => {
                let name = Spanned::new(id.clone(), target.span);
                let found =
                    self.full_measure(id, &name).map_err(
                        |diagnostic| match MeasureNumber::parse(id) {
                            Some(_) => diagnostic.help(
                                "pages name a measure in full, e.g. `measure:hubei-2021/4.2`",
                            ),
                            None => diagnostic,
                        },
                    )?;
                Ok(self.library.measure_route(edition, found))
            }
            Target::Area(id) => match self.areas.get(id) {
                Some((memorandum, area)) => Ok(Route::Area(edition, *memorandum, *area)),
                None => Err(unknown("area", id).suggest(id, self.areas.keys().map(String::as_str))),
            },
            Target::Page(id) => match self.pages.get(id.as_str()) {
                Some(page) => Ok(Route::Page(edition, *page)),
                None => Err(unknown("page", id).suggest(id, self.pages.keys().copied())),
            },
            Target::Entity(id) => Err(unknown("entity", id)),
        }
    }
}
