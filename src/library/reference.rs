//! Ids and what they refer to.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Edition, Id, MeasureNumber, Target};
use crate::source::{Span, Spanned};

use super::{Library, MeasureIndex, Route, twin};

/// Names that the site itself uses below an edition.
const FIXED_FOLDERS: [&str; 3] = ["entities", "versions", "pages"];
const FIXED_PAGES: [&str; 3] = ["index", "matrix", "search"];
const FIXED_ENTITIES: [&str; 1] = ["index"];
const FIXED_AREAS: [&str; 5] = ["index", "full", "parallel", "source", "fields"];

/// Reports ids that stand twice and addresses that would collide.
pub fn check_ids(library: &Library, diagnostics: &mut Diagnostics) {
    let Library { entities, memoranda, pages, .. } = library;
    let ids = entities.iter().map(|entity| &entity.id);
    check_unique("entities", ids, &FIXED_ENTITIES, diagnostics);
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
    memoranda: FxHashMap<&'a str, usize>,
    pages: FxHashMap<&'a str, usize>,
    entities: FxHashMap<&'a str, usize>,
}

impl<'a> References<'a> {
    /// Gathers the names of a library.
    pub fn new(library: &'a Library) -> Self {
        fn numbered<'a>(ids: impl Iterator<Item = &'a Spanned<Id>>) -> FxHashMap<&'a str, usize> {
            ids.enumerate().map(|(index, id)| (id.value.as_str(), index)).collect()
        }
        Self {
            library,
            memoranda: numbered(library.memoranda.iter().map(|one| &one.id)),
            pages: numbered(library.pages.iter().map(|one| &one.id)),
            entities: numbered(library.entities.iter().map(|one| &one.id)),
        }
    }

    /// A measure by its full name.
    fn find_measure(&self, name: &str) -> Option<MeasureIndex> {
        let (memorandum, number) = name.split_once('/')?;
        self.find_number(*self.memoranda.get(memorandum)?, number)
    }

    fn find_number(&self, memorandum: usize, name: &str) -> Option<MeasureIndex> {
        let number = MeasureNumber::parse(name).filter(|number| number.to_string() == name)?;
        let measure = self.library.memoranda[memorandum].position(number)?;
        Some(MeasureIndex { memorandum, measure })
    }

    /// An area by its full name.
    fn find_area(&self, name: &str) -> Option<(usize, usize)> {
        let (memorandum, id) = name.split_once('/')?;
        let memorandum = *self.memoranda.get(memorandum)?;
        let areas = &self.library.memoranda[memorandum].areas;
        let area = areas.iter().position(|area| area.id.value.as_str() == id)?;
        Some((memorandum, area))
    }

    fn measure_names(&self) -> Vec<String> {
        let memoranda = self.library.memoranda.iter();
        let names = memoranda.flat_map(|one| {
            one.measures().map(|(_, measure)| format!("{}/{}", one.id.value, measure.number.value))
        });
        names.collect()
    }

    fn area_names(&self) -> Vec<String> {
        let memoranda = self.library.memoranda.iter();
        let names = memoranda.flat_map(|one| {
            one.areas.iter().map(|area| format!("{}/{}", one.id.value, area.id.value))
        });
        names.collect()
    }

    /// A measure named inside a memorandum: `4.2`, or `hubei-2021/4.2`. What is
    /// not found is reported.
    pub fn measure(
        &self,
        name: &Spanned<String>,
        memorandum: usize,
        diagnostics: &mut Diagnostics,
    ) -> Option<MeasureIndex> {
        let own = &self.library.memoranda[memorandum];
        if name.value.contains('/') {
            return self.full_measure(name, diagnostics);
        }
        let found = self.find_number(memorandum, &name.value);
        if found.is_none() && own.whole {
            let numbers: Vec<_> =
                own.measures().map(|(_, one)| one.number.value.to_string()).collect();
            let unknown = unknown("measure", &name.value, name.span)
                .label(format!("not found in `{}`", own.id.value))
                .suggest(&name.value, numbers.iter().map(String::as_str));
            diagnostics.push(unknown);
        }
        found
    }

    fn full_measure(
        &self,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<MeasureIndex> {
        let found = self.find_measure(&name.value);
        if found.is_none() && self.can_tell(&name.value) {
            let names = self.measure_names();
            let known = names.iter().map(String::as_str);
            let unknown = unknown("measure", &name.value, name.span).suggest(&name.value, known);
            diagnostics.push(match MeasureNumber::parse(&name.value) {
                Some(_) => unknown.help("name it in full, e.g. `measure:hubei-2021/4.2`"),
                None => unknown,
            });
        }
        found
    }

    /// False for names in a memorandum of which parts could not be read: what
    /// is not found may be there.
    fn can_tell(&self, name: &str) -> bool {
        let memorandum = name.split('/').next().unwrap_or_default();
        let mut memoranda = self.library.memoranda.iter();
        memoranda.find(|one| one.id.value.as_str() == memorandum).is_none_or(|one| one.whole)
    }

    /// The route that a Markdown link leads to. What is not found is reported.
    pub fn target(
        &self,
        target: &Spanned<Target>,
        edition: Edition,
        diagnostics: &mut Diagnostics,
    ) -> Option<Route> {
        let span = target.span;
        match &target.value {
            Target::Measure(id) => {
                let name = Spanned::new(id.clone(), span);
                let found = self.full_measure(&name, diagnostics)?;
                Some(self.library.measure_route(edition, found))
            }
            Target::Area(id) => {
                let found = self.find_area(id);
                if found.is_none() && self.can_tell(id) {
                    let names = self.area_names();
                    let known = names.iter().map(String::as_str);
                    diagnostics.push(unknown("area", id, span).suggest(id, known));
                }
                found.map(|(memorandum, area)| self.library.area_route(edition, memorandum, area))
            }
            Target::Page(id) => {
                let found = self.pages.get(id.as_str());
                if found.is_none() {
                    let known = self.pages.keys().copied();
                    diagnostics.push(unknown("page", id, span).suggest(id, known));
                }
                found.map(|page| Route::Page(edition, *page))
            }
            Target::Entity(id) => {
                let found = self.entities.get(id.as_str());
                if found.is_none() {
                    let known = self.entities.keys().copied();
                    diagnostics.push(unknown("entity", id, span).suggest(id, known));
                }
                found.map(|entity| Route::Entity(edition, *entity))
            }
        }
    }
}

fn unknown(kind: &str, id: &str, span: Span) -> Diagnostic {
    Diagnostic::error("unknown-reference", span, format!("no {kind} has the id `{id}`"))
}
