//! Documents that follow each other: one takes another's place, one amends
//! another or a measure of it. Must not know how pages say so.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Spanned;

use super::reference::References;
use super::{Library, MeasureIndex, Place, Sheet};

/// Which documents follow which.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// The document that each one takes the place of, by index.
    continues: Vec<Option<usize>>,
    /// What documents and measures amend, and what amends them.
    amends: FxHashMap<Place, Vec<Place>>,
    amended: FxHashMap<Place, Vec<Place>>,
}

impl Series {
    /// Resolves what documents say of others; reports what does not fit.
    pub fn new(library: &Library, references: &References, diagnostics: &mut Diagnostics) -> Self {
        let mut series =
            Self { continues: continued(library, references, diagnostics), ..Self::default() };
        for (memorandum, one) in library.memoranda.iter().enumerate() {
            let own = Place::Memorandum(memorandum, Sheet::Overview);
            series.add(own, &one.amends, references, diagnostics);
            for (measure, (_, one)) in one.measures().enumerate() {
                let own = Place::from(MeasureIndex { memorandum, measure });
                series.add(own, &one.amends, references, diagnostics);
            }
        }
        series
    }

    fn add(
        &mut self,
        own: Place,
        names: &[Spanned<String>],
        references: &References,
        diagnostics: &mut Diagnostics,
    ) {
        let mut found: Vec<Place> = Vec::new();
        for name in names {
            let Some(place) = references.work(name, diagnostics) else { continue };
            let wrong = |code, message| Diagnostic::error(code, name.span, message);
            if place.memorandum() == own.memorandum() {
                let message = format!("`{}` is in the document that amends it", name.value);
                diagnostics.push(wrong(Code::SelfReference, message));
            } else if found.contains(&place) {
                let message = format!("`{}` stands here twice", name.value);
                diagnostics.push(wrong(Code::DuplicateReference, message));
            } else {
                found.push(place);
                self.amended.entry(place).or_default().push(own);
            }
        }
        if !found.is_empty() {
            self.amends.insert(own, found);
        }
    }
}

/// The document that each one takes the place of. Of a circle none does.
fn continued(
    library: &Library,
    references: &References,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<usize>> {
    let own = |index: usize| {
        let name = library.memoranda[index].continues.as_ref();
        name.map(|name| (index, name))
    };
    let mut before: Vec<Option<usize>> = vec![None; library.memoranda.len()];
    for (index, name) in (0..library.memoranda.len()).filter_map(own) {
        before[index] = references.memorandum(name, diagnostics);
    }
    let circles: Vec<Vec<usize>> =
        (0..before.len()).filter_map(|index| circle(&before, index)).collect();
    for members in circles {
        let spans: Vec<_> = members.iter().filter_map(|index| own(*index)).collect();
        let Some((_, name)) = spans.first() else { continue };
        let mistake = match members.len() {
            1 => {
                let message = format!("the document `{}` continues itself", name.value);
                Diagnostic::error(Code::SelfReference, name.span, message)
            }
            count => {
                let message = format!("{count} documents continue each other in a circle");
                let mistake = Diagnostic::error(Code::ContinuedInCircle, name.span, message);
                let others = spans[1..].iter();
                others.fold(mistake, |mistake, (_, other)| mistake.related(other.span, "and here"))
            }
        };
        diagnostics.push(mistake.help("a document continues an earlier one"));
        members.iter().for_each(|index| before[*index] = None);
    }
    before
}

/// The documents of a circle, if it is told from its first one.
fn circle(before: &[Option<usize>], first: usize) -> Option<Vec<usize>> {
    let mut members = vec![first];
    let mut next = before[first]?;
    while next != first {
        // A circle further on is told from there; this one is not in it.
        if next < first || members.contains(&next) {
            return None;
        }
        members.push(next);
        next = before[next]?;
    }
    Some(members)
}

impl Library {
    /// The document that a document takes the place of, by index.
    pub fn continues(&self, memorandum: usize) -> Option<usize> {
        self.series.continues.get(memorandum).copied().flatten()
    }

    /// The documents that take the place of one, in the site's order.
    pub fn continued_by(&self, memorandum: usize) -> impl Iterator<Item = usize> {
        let continues = self.series.continues.iter().enumerate();
        continues.filter(move |(_, before)| **before == Some(memorandum)).map(|(index, _)| index)
    }

    /// What a document or a measure amends: documents and measures.
    pub fn amends(&self, place: Place) -> &[Place] {
        self.series.amends.get(&place).map_or(&[], Vec::as_slice)
    }

    /// What amends a document or a measure.
    pub fn amended_by(&self, place: Place) -> &[Place] {
        self.series.amended.get(&place).map_or(&[], Vec::as_slice)
    }
}
