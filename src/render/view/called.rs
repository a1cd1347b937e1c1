//! What pages call the measures and areas of a document, each made once for all
//! pages of a place.

use serde::Serialize;
use tera::Value;

use crate::library::{self, MeasureIndex, Memorandum, Place};
use crate::model::Edition;
use crate::render::citation::{Citing, excerpt, quotation};
use crate::render::theme::Phrase;

use super::document::area_link;
use super::{Scope, object};

/// A measure named by another page.
#[derive(Debug, Serialize)]
pub struct MeasureLink {
    /// Its document, where that is not the page's own.
    pub(super) document: Option<String>,
    /// As pages show it; none if it has none.
    pub(super) number: Option<String>,
    /// Its name, or how it begins.
    pub(super) title: String,
    /// Whether that is how it begins.
    pub(super) excerpted: bool,
    pub(super) href: String,
}

/// What a memorandum's pages call its parts: made once for all of them.
pub struct Named {
    pub(super) memorandum: usize,
    pub(super) citing: Citing,
    areas: Vec<Value>,
    measures: Vec<Value>,
}

impl Named {
    /// Names all parts of a memorandum.
    pub fn new(scope: &Scope, memorandum: usize) -> Self {
        let whole = &scope.library.memoranda[memorandum];
        let area = |area| Value::from_serializable(&area_link(scope, memorandum, area));
        let measure = |measure| named_measure(scope, MeasureIndex { memorandum, measure });
        Self {
            memorandum,
            citing: Citing::new(whole, scope.edition),
            areas: (0..whole.areas.len()).map(area).collect(),
            measures: (0..whole.count()).map(measure).collect(),
        }
    }
}

/// What the pages of an area's measures call each other: made once for all of them.
pub struct Siblings {
    first: usize,
    measures: Vec<Value>,
}

impl Siblings {
    /// Names the measures of an area of the page's memorandum.
    pub fn new(scope: &Scope, area: usize) -> Self {
        let memorandum = own(scope).memorandum;
        let all = scope.library.memoranda[memorandum].measures_of(area);
        let measure = |measure| named_measure(scope, MeasureIndex { memorandum, measure });
        Self { first: all.start, measures: all.map(measure).collect() }
    }

    /// All of them, in their order.
    pub fn all(&self) -> Value {
        self.measures.clone().into()
    }

    fn get(&self, measure: usize) -> Option<&Value> {
        self.measures.get(measure.checked_sub(self.first)?)
    }
}

/// The memorandum that the page belongs to.
pub(super) fn own<'a>(scope: &Scope<'a>) -> &'a Named {
    scope.own.expect("the pages of a memorandum have its parts named")
}

/// An area of the memorandum that the page belongs to.
pub(super) fn area_value(scope: &Scope, area: usize) -> Value {
    own(scope).areas[area].clone()
}

/// A measure named by another page, with its document where that is not the
/// page's own.
pub(super) fn measure_value(scope: &Scope, index: MeasureIndex) -> Value {
    if let Some(own) = scope.own
        && own.memorandum == index.memorandum
    {
        let sibling = scope.siblings.and_then(|siblings| siblings.get(index.measure));
        return sibling.unwrap_or(&own.measures[index.measure]).clone();
    }
    named_measure(scope, index)
}

fn named_measure(scope: &Scope, index: MeasureIndex) -> Value {
    let MeasureLink { number, title, excerpted, href, .. } = measure_link(scope, index);
    let whole = &scope.library.memoranda[index.memorandum];
    let is_elsewhere = scope.own.is_some_and(|own| own.memorandum != index.memorandum);
    let name = || scope.library.document_name(index.memorandum, scope.edition);
    let document = is_elsewhere.then(name);
    object([
        ("key", whole.measure(index.measure).key().to_string().into()),
        ("document", document.into()),
        ("number", number.into()),
        ("title", title.into()),
        ("excerpted", excerpted.into()),
        ("href", href.into()),
    ])
}

/// A measure's number, name and page.
pub fn measure_link(scope: &Scope, index: MeasureIndex) -> MeasureLink {
    let whole = &scope.library.memoranda[index.memorandum];
    let (title, excerpted) = title(scope, whole.measure(index.measure));
    MeasureLink {
        document: None,
        number: whole.shown_number(index.measure, scope.edition),
        title,
        excerpted,
        href: scope.href(Place::from(index).of(scope.edition)),
    }
}

/// A measure's name: what an editor calls it, or its printed heading; or else how
/// it begins, as a quotation, and that it is one.
pub(super) fn title(scope: &Scope, measure: library::Measure) -> (String, bool) {
    let name = measure.said.label.as_ref().or(measure.said.title.as_ref());
    match name {
        Some(name) => (name.text[scope.edition].clone(), false),
        None => (quoted(scope, measure), true),
    }
}

/// How a measure begins.
fn quoted(scope: &Scope, measure: library::Measure) -> String {
    quotation(&measure.said.text.text[scope.edition], scope.strings)
}

/// A measure's number as pages show it, or how it begins.
pub(super) fn number_or_words(whole: &Memorandum, measure: usize, edition: Edition) -> String {
    let number = whole.shown_number(measure, edition);
    number.unwrap_or_else(|| excerpt(&whole.measure(measure).said.text.text[edition]))
}

/// What pages call a measure by number: `措施4.2`, `第二十條`, `條文（十七）`, or how
/// it begins.
pub(super) fn called(scope: &Scope, index: MeasureIndex) -> String {
    let whole = &scope.library.memoranda[index.memorandum];
    match whole.shown_number(index.measure, scope.edition) {
        Some(number) if number.starts_with('第') => number,
        Some(number) => scope.strings.format(Phrase::MeasureNamed, &[("number", &number)]),
        None => quoted(scope, whole.measure(index.measure)),
    }
}

/// A wording about a measure, which calls it by its number as `called` does.
pub(super) fn named(
    scope: &Scope,
    index: MeasureIndex,
    (numbered, called_so): (Phrase, Phrase),
) -> String {
    let whole = &scope.library.memoranda[index.memorandum];
    match whole.shown_number(index.measure, scope.edition) {
        Some(number) if whole.composes() => scope.strings.format(numbered, &[("number", &number)]),
        _ => scope.strings.format(called_so, &[("name", &called(scope, index))]),
    }
}
