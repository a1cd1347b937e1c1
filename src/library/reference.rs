//! Ids and what they refer to.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Id, MeasureNumber, Target, slug};
use crate::source::{Span, Spanned};

use super::twins::Twins;
use super::{Library, MeasureIndex, Place, Sheet};

/// Names that the site itself uses below an edition.
const FIXED_FOLDERS: [&str; 7] =
    ["entities", "versions", "pages", "datapackage", "documents", "compare", "matrix"];
const FIXED_PAGES: [&str; 4] = ["data", "index", "matrix", "search"];
const FIXED_ENTITIES: [&str; 1] = ["index"];

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
        check_unique("areas", ids, Sheet::NAMES, diagnostics);
    }
}

fn check_unique<'a>(
    kind: &'static str,
    ids: impl Iterator<Item = &'a Spanned<Id>>,
    fixed: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let mut known = BTreeMap::new();
    let mut twins = Twins::new(Code::DuplicateId, kind, "ids");
    for Spanned { value: id, span } in ids {
        let first = *known.entry(id).or_insert(*span);
        if first != *span {
            twins.add(id.as_str(), *span, first, format!("two {kind} have the id `{id}`"));
        }
        if fixed.contains(&id.as_str()) {
            diagnostics.push(
                Diagnostic::error(
                    Code::CollidingAddress,
                    *span,
                    format!("the site itself uses the name `{id}` here"),
                )
                .help("choose another id"),
            );
        }
    }
    twins.report(diagnostics);
}

/// Finds places of the site by the names authors use, each in one look-up.
pub struct References<'a> {
    library: &'a Library,
    memoranda: FxHashMap<&'a str, usize>,
    areas: FxHashMap<(usize, &'a str), usize>,
    pages: FxHashMap<&'a str, usize>,
    entities: FxHashMap<&'a str, usize>,
    known: Known,
}

/// All names of a kind, made when the first wrong one asks for one like it.
#[derive(Default)]
struct Known {
    measures: OnceCell<Vec<String>>,
    areas: OnceCell<Vec<String>>,
    /// The numbers that are not where they are expected, by memorandum.
    misplaced: OnceCell<FxHashMap<(usize, MeasureNumber), usize>>,
}

impl<'a> References<'a> {
    /// Gathers the names of a library.
    pub fn new(library: &'a Library) -> Self {
        fn numbered<'a>(ids: impl Iterator<Item = &'a Spanned<Id>>) -> FxHashMap<&'a str, usize> {
            ids.enumerate().map(|(index, id)| (id.value.as_str(), index)).collect()
        }
        let areas = library.memoranda.iter().enumerate().flat_map(|(index, one)| {
            let ids = one.areas.iter().enumerate();
            ids.map(move |(area, one)| ((index, one.id.value.as_str()), area))
        });
        let mut memoranda = numbered(library.memoranda.iter().map(|one| &one.id));
        for (index, one) in library.memoranda.iter().enumerate() {
            if let Some(misnamed) = &one.misnamed {
                memoranda.entry(misnamed.as_str()).or_insert(index);
            }
        }
        Self {
            library,
            memoranda,
            areas: areas.collect(),
            pages: numbered(library.pages.iter().map(|one| &one.id)),
            entities: numbered(library.entities.iter().map(|one| &one.id)),
            known: Known::default(),
        }
    }

    /// A measure by its full name.
    fn find_measure(&self, name: &str) -> Option<MeasureIndex> {
        let (memorandum, number) = name.split_once('/')?;
        self.find_number(*self.memoranda.get(memorandum)?, number)
    }

    fn find_number(&self, memorandum: usize, name: &str) -> Option<MeasureIndex> {
        let number = MeasureNumber::parse(name).filter(|number| number.to_string() == name)?;
        let in_place = self.library.memoranda[memorandum].position(number);
        let misplaced = || self.misplaced().get(&(memorandum, number)).copied();
        let measure = in_place.or_else(misplaced)?;
        Some(MeasureIndex { memorandum, measure })
    }

    /// Measures whose numbers are a mistake, which was told: what refers to them
    /// is none.
    fn misplaced(&self) -> &FxHashMap<(usize, MeasureNumber), usize> {
        self.known.misplaced.get_or_init(|| {
            let memoranda = self.library.memoranda.iter().enumerate();
            let numbers = memoranda.flat_map(|(memorandum, one)| {
                let numbers = one.all().map(|measure| measure.number.value).enumerate();
                let misplaced = numbers.filter(|(at, number)| one.position(*number) != Some(*at));
                misplaced.map(move |(at, number)| ((memorandum, number), at))
            });
            numbers.collect()
        })
    }

    /// An area by its full name.
    fn find_area(&self, name: &str) -> Option<(usize, usize)> {
        let (memorandum, id) = name.split_once('/')?;
        let memorandum = *self.memoranda.get(memorandum)?;
        Some((memorandum, *self.areas.get(&(memorandum, id))?))
    }

    fn measure_names(&self) -> impl Iterator<Item = &str> {
        let names = self.known.measures.get_or_init(|| {
            let memoranda = self.library.memoranda.iter();
            let names = memoranda.flat_map(|one| {
                one.measures()
                    .map(|(_, measure)| format!("{}/{}", one.id.value, measure.number.value))
            });
            names.collect()
        });
        names.iter().map(String::as_str)
    }

    fn area_names(&self) -> impl Iterator<Item = &str> {
        let names = self.known.areas.get_or_init(|| {
            let memoranda = self.library.memoranda.iter();
            let names = memoranda.flat_map(|one| {
                one.areas.iter().map(|area| format!("{}/{}", one.id.value, area.id.value))
            });
            names.collect()
        });
        names.iter().map(String::as_str)
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
            let unknown = unknown("measure", &name.value, name.span)
                .label(format!("not found in `{}`", own.id.value));
            let within = [own.id.value.as_str(), "/"].concat();
            diagnostics.push_suggesting(unknown, &name.value, || {
                self.measure_names().filter_map(move |name| name.strip_prefix(&within))
            });
        }
        found
    }

    /// A document by its id. What is not found is reported.
    pub fn memorandum(
        &self,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        let found = self.memoranda.get(name.value.as_str()).copied();
        if found.is_none() {
            let unknown = unknown("memorandum", &name.value, name.span);
            diagnostics.push_suggesting(unknown, &name.value, || self.memoranda.keys().copied());
        }
        found
    }

    /// A document by its id, or a measure of one by its full name. What is not
    /// found is reported.
    pub fn work(&self, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Place> {
        match name.value.contains('/') {
            true => self.full_measure(name, diagnostics).map(Place::from),
            false => self
                .memorandum(name, diagnostics)
                .map(|index| Place::Memorandum(index, Sheet::Overview)),
        }
    }

    fn full_measure(
        &self,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<MeasureIndex> {
        let found = self.find_measure(&name.value);
        if found.is_none() && self.can_tell(&name.value) {
            let unknown = unknown("measure", &name.value, name.span);
            let unknown = match MeasureNumber::parse(&name.value) {
                Some(_) => unknown.help("name it in full, e.g. `measure:hubei-2021/4.2`"),
                None => unknown,
            };
            diagnostics.push_suggesting(unknown, &name.value, || self.measure_names());
        }
        found
    }

    /// False for names in a memorandum of which parts could not be read: what
    /// is not found may be there.
    fn can_tell(&self, name: &str) -> bool {
        let memorandum = name.split('/').next().unwrap_or_default();
        let index = self.memoranda.get(memorandum);
        index.is_none_or(|index| self.library.memoranda[*index].whole)
    }

    /// The place that a Markdown link leads to. What is not found is reported.
    pub fn target(&self, target: &Spanned<Target>, diagnostics: &mut Diagnostics) -> Option<Place> {
        let span = target.span;
        match &target.value {
            Target::Measure(id) => {
                let name = Spanned::new(id.clone(), span);
                let found = self.full_measure(&name, diagnostics)?;
                Some(Place::from(found))
            }
            Target::Area(id) => {
                let found = self.find_area(id);
                if found.is_none() && self.can_tell(id) {
                    let unknown = unknown("area", id, span);
                    diagnostics.push_suggesting(unknown, id, || self.area_names());
                }
                found.map(|(memorandum, area)| self.library.area_place(memorandum, area))
            }
            Target::Page(id, anchor) => {
                let Some(page) = self.pages.get(id.as_str()) else {
                    let unknown = unknown("page", id, span);
                    diagnostics.push_suggesting(unknown, id, || self.pages.keys().copied());
                    return None;
                };
                if let Some(anchor) = anchor {
                    self.check_anchor(*page, anchor, span, diagnostics);
                }
                Some(Place::Explainer(*page))
            }
            Target::Entity(id) => {
                let found = self.entities.get(id.as_str());
                if found.is_none() {
                    let unknown = unknown("entity", id, span);
                    diagnostics.push_suggesting(unknown, id, || self.entities.keys().copied());
                }
                found.map(|entity| Place::Entity(*entity))
            }
        }
    }
}

impl References<'_> {
    /// Reports a link to an element that a page does not have.
    fn check_anchor(&self, page: usize, anchor: &str, span: Span, diagnostics: &mut Diagnostics) {
        let page = &self.library.pages[page];
        if page.anchors.iter().any(|known| known == anchor) {
            return;
        }
        let message = format!("the page `{}` has no heading with the id `{anchor}`", page.id.value);
        let mut unknown = Diagnostic::error(Code::UnknownReference, span, message);
        // By the words that it was made of, else by the ids themselves.
        if let Some(id) = slug(anchor, usize::MAX).filter(|id| page.anchors.contains(id)) {
            unknown = unknown.help(format!("did you mean `{id}`?"));
            return diagnostics.push(unknown);
        }
        unknown = match page.anchors.as_slice() {
            [] => unknown.help("the page has no headings"),
            _ => unknown
                .help("a heading's id is the pinyin of its words, or is given: `## 標題 {#id}`"),
        };
        let known = || page.anchors.iter().map(String::as_str);
        diagnostics.push_suggesting(unknown, anchor, known);
    }
}

fn unknown(kind: &str, id: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnknownReference, span, format!("no {kind} has the id `{id}`"))
}
