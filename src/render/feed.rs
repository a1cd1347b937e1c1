//! The changes of an edition as an Atom feed (RFC 4287): an entry for each
//! version, the newest first.

use crate::data::xml::escaped;
use crate::library::{File, Library, Place, Route};
use crate::model::Date;
use crate::render::theme::Phrase;
use crate::snapshot::Changes;

use super::view::{self, Scope};

/// How many entries a feed has at most: readers keep what they have seen.
const ENTRIES: usize = 50;

/// The feed of the scope's edition; empty if the site has none.
pub(super) fn feed(scope: &Scope) -> Vec<u8> {
    let Scope { library, edition, strings, .. } = *scope;
    let Some(changes) = library.changes.as_deref() else { return Vec::new() };
    let of = |route: Route| library.url(route);
    let urls = of(Route::File(File::Feed(edition))).zip(of(Place::Versions.of(edition)));
    let Some((own, index)) = urls else { return Vec::new() };
    let (own, index) = (escaped(&own), escaped(&index));
    let site = &library.title.text[edition];
    let title = strings.format(Phrase::FeedTitle, &[("site", site)]);
    let updated = library.versions.latest().map(|version| moment(version.date)).unwrap_or_default();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{own}</id>\n\
         <title>{}</title>\n\
         <updated>{updated}</updated>\n\
         <author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{index}\"/>\n",
        edition.language(),
        escaped(&title),
        escaped(site),
    );
    for version in (0..changes.present()).rev().take(ENTRIES) {
        text.push_str(&entry(scope, library, changes, version));
    }
    text.push_str("</feed>\n");
    text.into_bytes()
}

/// One version. Its id is where it is archived, under the address that the site
/// had when it was sealed: that never changes.
fn entry(scope: &Scope, library: &Library, changes: &Changes, index: usize) -> String {
    let Scope { edition, strings, .. } = *scope;
    let version = &library.versions[index];
    let archive = version.name.archive();
    let id = format!("{}{archive}{}/", version.base_url.as_str(), edition.id());
    let title = strings.format(Phrase::VersionNamed, &[("name", version.name.as_str())]);
    let (shown_at, told) = match index.checked_sub(1) {
        Some(before) => {
            (Place::Comparison(before, index).of(edition), view::in_words(scope, before, index))
        }
        None => (Place::Versions.of(edition), vec![strings.format(Phrase::FirstVersion, &[])]),
    };
    let note = changes.note(index).map(|note| note[edition].clone());
    let summary: Vec<String> = [told.join("、")].into_iter().chain(note).collect();
    format!(
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{}\" href=\"{}\"/>\n\
         <summary>{}</summary>\n</entry>\n",
        escaped(&id),
        escaped(&title),
        moment(version.date),
        edition.language(),
        escaped(&library.url(shown_at).unwrap_or_default()),
        escaped(&summary.join("\n")),
    )
}

/// A day as Atom writes a moment: its beginning, in UTC.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
