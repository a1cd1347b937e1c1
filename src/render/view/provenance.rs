//! Where the words of a page come from, and the sentence that says so. It speaks of
//! what stands on that page alone: what is quoted of several documents may come from
//! either script.

use crate::library::{Library, Place, Route, Shows, Wording};
use crate::model::{DateName, Edition, Provenance, Role};
use crate::render::theme::Phrase;
use crate::snapshot::compared::{Compared, changed};
use crate::snapshot::record::{self, Origin};

use super::Scope;

/// What styles and wordings call it.
pub fn provenance_name(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Source => "source",
        Provenance::Converted => "converted",
        Provenance::Official => "official",
        Provenance::Edited => "edited",
    }
}

/// What can be said of several texts together: the least certain of them.
pub fn joint_provenance<'a>(
    edition: Edition,
    texts: impl IntoIterator<Item = &'a Wording>,
) -> Provenance {
    least_certain(texts.into_iter().map(|text| text.provenance[edition]))
}

/// The least certain of some provenances; the source's, where there is none.
pub fn least_certain(all: impl IntoIterator<Item = Provenance>) -> Provenance {
    let certainty = |provenance: &Provenance| match provenance {
        Provenance::Converted => 0,
        Provenance::Edited => 1,
        Provenance::Official => 2,
        Provenance::Source => 3,
    };
    all.into_iter().min_by_key(certainty).unwrap_or(Provenance::Source)
}

/// Where a whole document's own words come from in an edition.
pub fn of_document(library: &Library, index: usize, edition: Edition) -> Provenance {
    let texts = library.memoranda[index].said().texts().into_iter();
    let record = texts.filter(|(role, _)| *role != Role::Editorial);
    joint_provenance(edition, record.map(|(_, text)| text))
}

/// The same of a document as it was compared: in the old version and in the new.
pub fn of_compared(one: &Compared, edition: Edition) -> impl Iterator<Item = Provenance> {
    let of = move |one: &record::Memorandum| {
        let texts = one.texts().into_iter().filter(|(role, _)| *role != Role::Editorial);
        least_certain(texts.map(|(_, text)| match text.origin(edition) {
            Origin::Source => Provenance::Source,
            Origin::Official => Provenance::Official,
            Origin::Edited => Provenance::Edited,
            Origin::Converted | Origin::Other => Provenance::Converted,
        }))
    };
    one.documents().map(of)
}

/// Where the main text of a page comes from in an edition.
pub fn provenance(library: &Library, route: Route, edition: Edition) -> Provenance {
    let Some(place) = route.place() else { return Provenance::Source };
    match place {
        Place::Memorandum(index, sheet) => match sheet.shows() {
            Shows::Own => of_document(library, index, edition),
            Shows::AllEditions => {
                let published = library.editions.published();
                least_certain(published.map(|edition| of_document(library, index, edition)))
            }
            Shows::Source => Provenance::Source,
        },
        Place::Area(index, area) => {
            let area = &library.memoranda[index].areas[area];
            let measures = area.measures.iter().flat_map(|one| one.record_texts());
            joint_provenance(edition, measures.chain(area.own_texts()))
        }
        Place::Measure(index, measure) => {
            joint_provenance(edition, library.memoranda[index].measure(measure).said.record_texts())
        }
        // A title may be given in both scripts; what stands below it is not.
        Place::Explainer(page) => match library.pages[page].title.provenance[edition] {
            Provenance::Source => Provenance::Source,
            _ => Provenance::Converted,
        },
        // It quotes what mentions it, and else has a name alone.
        Place::Entity(entity) if library.mentioning(entity).is_empty() => {
            library.entities[entity].name.provenance[edition]
        }
        Place::Entity(_) | Place::Comparison(..) | Place::Continuation(_) => {
            least_certain(quoted(library, place, edition))
        }
        Place::Entities | Place::Matrix | Place::Tables(_) => {
            least_certain(named(library, place, edition))
        }
        Place::Documents(_) => {
            joint_provenance(edition, library.memoranda.iter().map(|one| &one.title))
        }
        Place::Home | Place::Versions | Place::Data | Place::Search => Provenance::Source,
    }
}

/// Where that comes from which a page quotes of documents that it does not belong to:
/// for each document, or each side of a comparison.
fn quoted(library: &Library, place: Place, edition: Edition) -> Vec<Provenance> {
    match place {
        Place::Entity(entity) => {
            let all = library.mentioning(entity);
            let documents = all.chunk_by(|one, next| one.memorandum == next.memorandum);
            let texts =
                documents.map(|own| own.iter().map(|index| &library.measure(*index).said.text));
            texts.map(|texts| joint_provenance(edition, texts)).collect()
        }
        Place::Comparison(old, new) => {
            let Some(changes) = library.changes.as_deref() else { return Vec::new() };
            let diff = changes.diff(old, new);
            let compared = changed(diff, changes.record(old), changes.record(new));
            compared.flat_map(|one| of_compared(&one, edition).collect::<Vec<_>>()).collect()
        }
        Place::Continuation(index) => {
            let both = library.continues(index).into_iter().chain([index]);
            both.map(|one| of_document(library, one, edition)).collect()
        }
        _ => Vec::new(),
    }
}

/// Where the names on a list of entities come from, and those of the areas beside them.
fn named(library: &Library, place: Place, edition: Edition) -> impl Iterator<Item = Provenance> {
    let names = library.entities.iter().map(|entity| &entity.name);
    let documents = library.memoranda.iter().filter(move |_| place != Place::Entities);
    let titles = documents.flat_map(|one| {
        [one.name()].into_iter().chain(one.areas.iter().filter_map(|area| area.title.as_ref()))
    });
    names.chain(titles).map(move |text| text.provenance[edition])
}

/// What the text on a page is, in words.
pub fn notice(scope: &Scope, route: Route, provenance: Provenance) -> String {
    let Scope { library, edition, strings, .. } = *scope;
    if let Some(phrase) = route.place().and_then(|place| various(library, place, edition)) {
        return strings.format(phrase, &[]);
    }
    let memorandum = route.memorandum().map(|index| &library.memoranda[index]);
    let verified = memorandum.and_then(|one| one.verified(edition.script));
    let original = verified.and_then(|found| found.original.as_ref());
    let signed = is_of_signed(library, route);
    let wording = match (provenance, verified) {
        (Provenance::Converted, _) if signed => Phrase::Converted,
        (Provenance::Converted, _) => Phrase::ConvertedPage,
        (Provenance::Edited, _) if signed => Phrase::Edited,
        (Provenance::Edited, _) => Phrase::EditedUnsigned,
        (Provenance::Official, Some(_)) => Phrase::OfficialVerified,
        (Provenance::Official, None) => Phrase::Official,
        (Provenance::Source, Some(_)) if original.is_some() => Phrase::VerifiedExtracted,
        (Provenance::Source, Some(_)) => Phrase::VerifiedNotice,
        (Provenance::Source, None) => Phrase::Original,
    };
    let file = original.map_or("", |(file, _)| file.as_str());
    strings.format(wording, &[("file", file)])
}

/// How a page says that its words are of different origin, if they are.
fn various(library: &Library, place: Place, edition: Edition) -> Option<Phrase> {
    let quoted = quoted(library, place, edition);
    if quoted.iter().any(|one| *one != quoted[0]) {
        return Some(Phrase::QuotedVariously);
    }
    match place {
        Place::Entities | Place::Matrix | Place::Tables(_) => {
            let (source, other): (Vec<_>, Vec<_>) = named(library, place, edition)
                .partition(|provenance| *provenance == Provenance::Source);
            (!source.is_empty() && !other.is_empty()).then_some(Phrase::NamesVariously)
        }
        _ => None,
    }
}

/// Whether all that a page shows is of documents that were signed.
fn is_of_signed(library: &Library, route: Route) -> bool {
    let is_signed = |index: usize| library.memoranda[index].dates.get(DateName::Signed).is_some();
    match route.place() {
        Some(Place::Entity(entity)) => {
            let mut mentioning = library.mentioning(entity).iter();
            mentioning.len() > 0 && mentioning.all(|index| is_signed(index.memorandum))
        }
        _ => route.memorandum().is_some_and(is_signed),
    }
}
