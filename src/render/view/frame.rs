//! The parts that every page has, and the pages outside any memorandum.

use serde::Serialize;
use tera::{Context, Value};

use crate::library::{File, Library, Place, Route, Sheet, Wording};
use crate::model::{Edition, Provenance, SharedImage, SiteStatus};
use crate::render::json_ld;
use crate::render::theme::Phrase;

use super::about::About;
use super::document::{Day, Memorandum, memorandum};
use super::provenance::{notice, provenance, provenance_name};
use super::version::version_line;
use super::{LATEST, Scope, object};

/// What every page of a sealed version says of it.
#[derive(Debug, Serialize)]
pub struct Sealed {
    version: String,
    date: Day,
    versions_url: String,
}

/// One `hreflang` link.
#[derive(Debug, Serialize)]
pub struct Alternate {
    pub(crate) hreflang: String,
    pub(crate) url: String,
}

/// What pages say of the edition they belong to.
#[derive(Debug, Serialize)]
pub struct EditionName {
    id: String,
    lang: String,
    og_locale: String,
}

/// Puts what stands around a page's own part into its context; tells its address
/// as its own links have it.
pub fn insert_frame(context: &mut Context, scope: &Scope, route: Route, about: &About) -> String {
    let Scope { library, edition, .. } = *scope;
    let href = scope.href(route);
    let stands_elsewhere = matches!(route, Route::NotFound | Route::Moved(..));
    let has_address = !stands_elsewhere && library.sealed.is_none();
    context.insert("href", &href);
    context.insert("kind", about.kind);
    context.insert("title", &about.title);
    context.insert("document_title", &about.window_title);
    context.insert("description", &about.description);
    context.insert("canonical", &has_address.then(|| library.url(route)).flatten());
    context.insert("alternates", &alternates(library, route));
    context.insert_value("card", card(scope, route));
    let json_ld = json_ld::json_ld(library, route, &about.trail);
    context.insert_value("json_ld", json_ld.map(|json| Value::safe_string(&json)).into());
    let provenance = provenance(library, route, edition);
    let links =
        library.editions.published().map(|one| (one, edition_link(scope, route, one, provenance)));
    let (own, others): (Vec<_>, Vec<_>) = links.partition(|(one, _)| *one == edition);
    let links = |links: &[(Edition, Value)]| {
        Value::from(links.iter().map(|(_, link)| link.clone()).collect::<Vec<_>>())
    };
    context.insert_value("counterparts", links(&others));
    let mut all = [own, others].concat();
    all.sort_by_key(|(one, _)| *one);
    context.insert_value("editions", links(&all));
    context.insert("provenance", provenance_name(provenance));
    context.insert_value("report", report(scope, route));
    context.insert("notice", &notice(scope, route, provenance));
    if has_address && let Some(line) = version_line(scope, route) {
        context.insert("version_line", &line);
    }
    href
}

/// The picture that stands for a page where links to it are shown: its document's,
/// or else the site's. Services ask for whole addresses.
fn card(scope: &Scope, route: Route) -> Value {
    let library = scope.library;
    let own = route.memorandum().and_then(|index| library.memoranda[index].image.as_ref());
    let image = own.or(library.image.as_ref());
    let card = image.and_then(|image| {
        let url = library.absolute(&image.file.value)?;
        let (width, height) = SharedImage::<Wording>::SIZE;
        Some(object([
            ("url", url.into()),
            ("alt", image.alt.text[scope.edition].as_str().into()),
            ("width", width.into()),
            ("height", height.into()),
        ]))
    });
    card.into()
}

/// An edition's names.
pub fn edition(edition: Edition) -> EditionName {
    EditionName {
        id: edition.id().to_owned(),
        lang: edition.language().to_owned(),
        og_locale: edition.open_graph_locale(),
    }
}

/// The one address that a sealed page knows outside its version is where all
/// versions are listed, at the site as it stood when this one was sealed.
pub fn sealed(library: &Library, edition: Edition) -> Option<Sealed> {
    let sealed = library.sealed.as_ref()?;
    Some(Sealed {
        version: sealed.name.to_string(),
        date: sealed.date.into(),
        versions_url: format!(
            "{}{}/versions/",
            library.base_url.as_ref().map_or("/", |base_url| base_url.as_str()),
            edition.id()
        ),
    })
}

/// The page in an edition, for the toggle. Pages of no edition offer the homes.
/// `shown` is whose words the page at hand has.
fn edition_link(scope: &Scope, route: Route, edition: Edition, shown: Provenance) -> Value {
    let provenance = provenance(scope.library, route, edition);
    let page = match route.edition() {
        Some(_) => route.in_edition(edition),
        None => Place::Home.of(edition),
    };
    object([
        ("id", edition.id().into()),
        ("lang", edition.language().into()),
        ("og_locale", edition.open_graph_locale().into()),
        ("name", scope.library.editions.name(edition).into()),
        ("short", scope.library.editions.short_name(edition).into()),
        ("original", (shown != Provenance::Source && provenance == Provenance::Source).into()),
        ("provenance", provenance_name(provenance).into()),
        ("href", scope.href(page).into()),
        ("current", (edition == scope.edition).into()),
    ])
}

/// The `hreflang` links of a page: itself, its counterpart, and the address for
/// readers of neither; they hold addresses, so that without those there is none. The
/// same on each page they name. The pages of a sealed
/// version are for no search engine.
pub fn alternates(library: &Library, route: Route) -> Vec<Alternate> {
    if library.sealed.is_some() {
        return Vec::new();
    }
    let default = library.editions.default_edition();
    let (pages, neither) = match route {
        Route::Entry | Route::Page(_, Place::Home) => (Place::Home.of(default), Route::Entry),
        Route::Page(_, place) => (route, place.of(default)),
        Route::Moved(..) | Route::NotFound | Route::File(_) => return Vec::new(),
    };
    let editions = library.editions.published();
    let mut alternates: Vec<_> = editions
        .filter_map(|edition| {
            let url = library.url(pages.in_edition(edition))?;
            Some(Alternate { hreflang: edition.language().to_owned(), url })
        })
        .collect();
    let neither = library.url(neither);
    alternates.extend(neither.map(|url| Alternate { hreflang: "x-default".to_owned(), url }));
    alternates
}

/// The site's name and its pages, for every frame of a place.
#[derive(Debug, Serialize)]
pub struct Site {
    title: String,
    description: String,
    home: String,
    entities: Option<String>,
    matrix: Option<String>,
    search: String,
    data: String,
    /// The index of versions and the feed, where there are versions.
    versions: Option<String>,
    feed: Option<String>,
    /// How official it is: its name, in a word, and in sentences that say whose it is.
    status: &'static str,
    status_word: String,
    says: String,
    licences: Vec<PageLink>,
    /// The day of the build, where whoever builds it says so.
    built: Option<Day>,
    /// Up to a dozen of its explainer pages, and where all are listed if there are more.
    pages: Vec<PageLink>,
    all_pages: Option<String>,
    /// The latest of them.
    memoranda: Vec<MemorandumLink>,
    memoranda_count: usize,
    /// The only one, where there is no other.
    memorandum: Option<Memorandum>,
}

#[derive(Debug, Serialize)]
struct MemorandumLink {
    short_title: String,
    href: String,
}

/// An explainer page, named by others.
#[derive(Debug, Serialize)]
pub struct PageLink {
    title: String,
    href: String,
}

/// Every explainer page.
pub fn explainers(scope: &Scope) -> impl Iterator<Item = PageLink> {
    scope.library.pages.iter().enumerate().map(|(index, page)| PageLink {
        title: page.title.text[scope.edition].clone(),
        href: scope.href(Place::Explainer(index).of(scope.edition)),
    })
}

/// The site in an edition.
pub fn site(scope: &Scope) -> Site {
    let Scope { library, edition, .. } = *scope;
    let memoranda = library.memoranda.iter().take(LATEST).enumerate();
    let about_versions = library.changes.as_ref().map(|_| ());
    let about_entities = (!library.entities.is_empty()).then_some(());
    Site {
        title: library.title.text[edition].clone(),
        description: library.description.text[edition].clone(),
        home: scope.href(Place::Home.of(edition)),
        entities: about_entities.map(|()| scope.href(Place::Entities.of(edition))),
        matrix: about_entities.map(|()| scope.href(Place::Matrix.of(edition))),
        search: scope.href(Place::Search.of(edition)),
        data: scope.href(Place::Data.of(edition)),
        versions: about_versions.map(|()| scope.href(Place::Versions.of(edition))),
        status: library.publisher.status.id(),
        status_word: scope.strings.format(Phrase::SiteStatus(library.publisher.status), &[]),
        says: site_says(scope),
        licences: (library.licences.iter())
            .map(|(title, url)| PageLink { title: title.text[edition].clone(), href: url.clone() })
            .collect(),
        built: library.built.map(Day::from),
        feed: about_versions
            .filter(|()| library.has_feed())
            .map(|()| scope.href(Route::File(File::Feed(edition)))),
        pages: explainers(scope).take(LATEST).collect(),
        all_pages: (library.pages.len() > LATEST)
            .then(|| scope.href(Place::Home.of(edition)) + "#pages"),
        memoranda: memoranda
            .map(|(index, _)| MemorandumLink {
                short_title: library.document_name(index, edition).to_owned(),
                href: scope.href(Place::Memorandum(index, Sheet::Overview).of(edition)),
            })
            .collect(),
        memoranda_count: library.memoranda.len(),
        memorandum: (library.memoranda.len() == 1).then(|| memorandum(scope, 0)),
    }
}

/// Whose the site is and how official, in sentences.
fn site_says(scope: &Scope) -> String {
    let Scope { library, strings, edition, .. } = *scope;
    let publisher = &library.publisher;
    let name = publisher.name.as_ref().map(|name| name.text[edition].as_str());
    let says = strings
        .format(Phrase::SiteSays(publisher.status), &[("publisher", name.unwrap_or_default())]);
    match name {
        // An official site names its publisher with that.
        Some(name) if publisher.status != SiteStatus::Official => {
            [strings.format(Phrase::PublishedBy, &[("publisher", name)]), says].concat()
        }
        _ => says,
    }
}

/// Where a mistake on a page is told: the address, and the page's within it.
fn report(scope: &Scope, route: Route) -> Value {
    let Scope { library, strings, edition, .. } = *scope;
    let report = library.publisher.contact.as_ref().map(|contact| {
        let path = library.path(route);
        let address = library.url(route).unwrap_or(path);
        let title = &library.title.text[edition];
        let subject = strings.format(Phrase::ReportSubject, &[("site", title)]);
        object([("href", contact.about(&subject, &address).into()), ("address", address.into())])
    });
    report.into()
}

/// Up to so many memoranda are named where one chooses an edition.
const FEW: usize = 5;

/// An edition's home, for the pages that offer both.
#[derive(Debug, Serialize)]
pub struct Home {
    id: String,
    lang: String,
    name: String,
    href: String,
    title: String,
    description: String,
    /// How official the site is, in a word.
    status: String,
    memoranda: Vec<HomeMemorandum>,
}

#[derive(Debug, Serialize)]
struct HomeMemorandum {
    title: String,
    date: Option<Day>,
}

/// The editions' homes.
pub fn homes(scope: &Scope) -> Vec<Home> {
    let library = scope.library;
    let home = |edition: Edition| Home {
        id: edition.id().to_owned(),
        lang: edition.language().to_owned(),
        name: library.editions.name(edition).to_owned(),
        href: scope.href(Place::Home.of(edition)),
        title: library.title.text[edition].clone(),
        description: library.description.text[edition].clone(),
        status: scope.wordings.of(None)[edition]
            .format(Phrase::SiteStatus(library.publisher.status), &[]),
        memoranda: library
            .memoranda
            .iter()
            .filter(|_| library.memoranda.len() <= FEW)
            .map(|one| HomeMemorandum {
                title: one.name().text[edition].clone(),
                date: one.date().map(Day::from),
            })
            .collect(),
    };
    library.editions.published().map(home).collect()
}

/// An explainer page's own part.
#[derive(Debug, Serialize)]
pub struct Page {
    draft: bool,
    body: String,
    toc: Vec<Heading>,
}

#[derive(Debug, Serialize)]
struct Heading {
    id: String,
    title: String,
}

/// An explainer page.
pub fn page(library: &Library, edition: Edition, index: usize) -> Page {
    let page = &library.pages[index];
    let heading = |heading: &crate::library::Heading| Heading {
        id: heading.id.clone(),
        title: heading.title[edition].clone(),
    };
    Page {
        draft: page.draft,
        body: page.body[edition].clone(),
        toc: page.contents.iter().map(heading).collect(),
    }
}
