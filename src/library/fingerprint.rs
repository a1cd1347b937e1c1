//! What the pages of a document, or of an entity, are made of, as one digest: while
//! it is the same, so are all of their bytes.
//!
//! A digest may change where no byte does, and never the reverse; a property test
//! (`tests/rebuild.rs`) holds that. The library is taken apart field by field, so
//! that a new one does not compile until it is said here what it concerns.
//! Must not know what pages look like, nor where digests are kept.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::snapshot::Version;

use super::{Library, Measure, MeasureIndex, Place, Referrer, Sheet};

/// The digest of all that some pages are made of.
pub type Fingerprint = [u8; 32];

/// What the pages of a site are made of. What is asked for is made once.
pub struct Fingerprints<'a> {
    library: &'a Library,
    /// What stands around every page.
    frame: Fingerprint,
    /// Each document, and what its pages show of the entities that it mentions.
    documents: Vec<OnceLock<Fingerprint>>,
    /// The measures of each, as others name them.
    measures: Vec<OnceLock<Vec<Fingerprint>>>,
}

impl<'a> Fingerprints<'a> {
    /// Takes the fingerprints of a library, and of what else its pages are made of.
    pub fn new(library: &'a Library, besides: &impl Hash) -> Self {
        let frame = of(|hash| {
            besides.hash(hash);
            frame(library, hash);
        });
        let count = library.memoranda.len();
        let documents = (0..count).map(|_| OnceLock::new()).collect();
        let measures = (0..count).map(|_| OnceLock::new()).collect();
        Self { library, frame, documents, measures }
    }

    /// What the pages and files of a document are made of.
    pub fn document(&self, index: usize) -> Fingerprint {
        of(|hash| {
            self.frame.hash(hash);
            self.own(index).hash(hash);
            self.others(index, hash);
        })
    }

    /// What the pages of an entity are made of: the documents that mention it are
    /// drawn whole, and quoted.
    pub fn entity(&self, index: usize) -> Fingerprint {
        let mentioning = self.library.mentioning(index);
        of(|hash| {
            self.frame.hash(hash);
            self.library.entities[index].hash(hash);
            // The contents of a site of one document name its areas.
            if self.documents.len() == 1 {
                self.own(0).hash(hash);
            }
            for own in mentioning.chunk_by(|one, next| one.memorandum == next.memorandum) {
                self.own(own[0].memorandum).hash(hash);
            }
        })
    }

    fn own(&self, index: usize) -> &Fingerprint {
        self.documents[index].get_or_init(|| of(|hash| document(self.library, index, hash)))
    }

    /// What the pages of a document show of others, and of what became of it.
    fn others(&self, index: usize, hash: &mut Sum) {
        let library = self.library;
        library.continues(index).map(|other| name(library, other, hash)).hash(hash);
        library.continued_by(index).for_each(|other| name(library, other, hash));
        self.works(Place::Memorandum(index, Sheet::Overview), hash);
        let whole = &library.memoranda[index];
        for measure in 0..whole.count() {
            let own = MeasureIndex { memorandum: index, measure };
            self.works(Place::from(own), hash);
            for related in library.related(own) {
                related.shared.hash(hash);
                self.named(index, related.measure, hash);
            }
            for referrer in library.referrers(own) {
                match *referrer {
                    Referrer::Measure(other) => self.named(index, other, hash),
                    Referrer::Page(page) => page.hash(hash),
                }
            }
        }
        let Some(changes) = &library.changes else { return };
        let latest = changes.present().checked_sub(1);
        let since = latest.map(|latest| changes.diff(latest, changes.present()));
        let own = since.and_then(|diff| diff.memoranda.iter().find(|one| one.new == Some(index)));
        // Only of a site that has versions, and short where nothing changed.
        format!("{own:?}").hash(hash);
        for (area, one) in whole.areas.iter().enumerate() {
            for measure in 0..one.measures.len() {
                changes.history(index, area, measure).hash(hash);
            }
        }
    }

    /// What a document or a measure amends, and what amends it.
    fn works(&self, place: Place, hash: &mut Sum) {
        let library = self.library;
        for places in [library.amends(place), library.amended_by(place)] {
            places.len().hash(hash);
            for other in places {
                match *other {
                    Place::Measure(memorandum, measure) => {
                        self.named(usize::MAX, MeasureIndex { memorandum, measure }, hash);
                    }
                    other => other.memorandum().map(|one| name(library, one, hash)).hash(hash),
                }
            }
        }
    }

    /// A measure as another names it; its document is hashed already if that is `own`.
    fn named(&self, own: usize, index: MeasureIndex, hash: &mut Sum) {
        let MeasureIndex { memorandum, measure } = index;
        (memorandum == own, measure).hash(hash);
        if memorandum != own {
            name(self.library, memorandum, hash);
            let named =
                self.measures[memorandum].get_or_init(|| measures(self.library, memorandum));
            named[measure].hash(hash);
        }
    }
}

fn of(add: impl FnOnce(&mut Sum)) -> Fingerprint {
    let mut sum = Sum(Sha256::new());
    add(&mut sum);
    sum.0.finalize().into()
}

/// SHA-256 of what values of any type hash.
struct Sum(Sha256);

impl Hasher for Sum {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Asked by nobody: a fingerprint has all bytes.
    fn finish(&self) -> u64 {
        let all: Fingerprint = self.0.clone().finalize().into();
        all.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }
}

/// What any page shows of the site.
fn frame(library: &Library, hash: &mut Sum) {
    let Library {
        title,
        description,
        licences,
        image,
        publisher,
        publishes,
        base_url,
        editions,
        entities,
        memoranda,
        pages,
        versions,
        changes,
        built,
        sealed,
        converter,
        // What documents and entities show of these is theirs, and nobody else's.
        entity_order: _,
        moved: _,
        links: _,
        series: _,
        listing: _,
        // Pages name files, by names that stand in what names them.
        files: _,
        sources: _,
    } = library;
    (title, description, licences, image, publisher, publishes).hash(hash);
    (base_url, editions, built, sealed, converter).hash(hash);
    (entities.is_empty(), memoranda.len(), changes.is_some()).hash(hash);
    for index in 0..memoranda.len().min(Library::LATEST) {
        name(library, index, hash);
    }
    pages.len().hash(hash);
    for page in pages {
        (&page.id, &page.title).hash(hash);
    }
    for (index, version) in versions.iter().enumerate() {
        // The record and the pages are what the seal stands for.
        let Version { name, date, note: _, seal, previous_seal: _, .. } = version;
        let note = changes.as_ref().and_then(|changes| changes.note(index));
        (name, date, seal, note).hash(hash);
    }
}

/// A document's address, and what it is called beside others.
fn name(library: &Library, index: usize, hash: &mut Sum) {
    library.memoranda[index].id.hash(hash);
    for edition in library.editions.all() {
        library.document_name(index, edition).hash(hash);
    }
}

/// A document, with what it mentions and its published sources.
fn document(library: &Library, index: usize, hash: &mut Sum) {
    let whole = &library.memoranda[index];
    name(library, index, hash);
    whole.hash(hash);
    let mut entities: Vec<usize> = Vec::new();
    for measure in whole.all() {
        let reading = measure.reading;
        let found = std::iter::once(&reading.mentions).chain(&reading.beside);
        entities.extend(&reading.entities);
        entities.extend(found.flat_map(|each| each.iter().flatten()).map(|one| one.entity));
    }
    entities.sort_unstable();
    entities.dedup();
    for entity in entities {
        library.entities[entity].hash(hash);
    }
    for found in &whole.verifications {
        let original = found.original.as_ref();
        let original = original.map(|(path, _)| library.original_path(whole, found, path));
        for path in [Some(library.source_path(whole, found)), original].into_iter().flatten() {
            library.source(&path).map(|file| &file.bytes).hash(hash);
        }
    }
}

/// The measures of a document, as others name them.
fn measures(library: &Library, index: usize) -> Vec<Fingerprint> {
    let whole = &library.memoranda[index];
    let measure = |one: Measure| {
        let area = &whole.areas[one.reading.area].id;
        of(|hash| (whole.composes(), area, one.said).hash(hash))
    };
    whole.all().map(measure).collect()
}
