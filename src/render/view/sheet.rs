//! The pages of a whole document: what each is called, and what its template gets.
//! `library/sheet.rs` declares them.

use tera::Context;

use crate::library::{Place, Sheet};
use crate::model::PartKind;
use crate::render::theme::Phrase;

use super::about::{About, memorandum_step, shortened, site_page};
use super::{NamedLink, Scope, insert_all};

/// The most measures that a document's overview lists; its full text has them all.
const MOST_LISTED: usize = 1000;

/// What a page of a document is called in an edition.
fn title(scope: &Scope, index: usize, sheet: Sheet) -> String {
    let Scope { library, strings, edition, .. } = *scope;
    let one = &library.memoranda[index];
    match sheet {
        Sheet::Overview | Sheet::Full => one.title.text[edition].clone(),
        Sheet::Parallel => scope.parallel_title(),
        Sheet::Source => strings.format(Phrase::Source, &[]),
        Sheet::Fields => one.field_names(edition).join("、"),
    }
}

/// What a search engine says of it.
fn description(scope: &Scope, index: usize, sheet: Sheet) -> String {
    let Scope { library, strings, edition, .. } = *scope;
    match sheet {
        Sheet::Overview | Sheet::Full => {
            let preamble = library.memoranda[index].paragraphs(PartKind::Preamble).next();
            shortened(&preamble.unwrap_or(&library.description).text[edition])
        }
        Sheet::Parallel => strings.format(Phrase::ParallelLead, &[]),
        Sheet::Source => strings.format(Phrase::SourceProves, &[]),
        Sheet::Fields => shortened(&library.description.text[edition]),
    }
}

/// What its template gets besides what all pages of the document get.
pub fn insert_sheet(context: &mut Context, scope: &Scope, index: usize, sheet: Sheet) {
    match sheet {
        Sheet::Overview => {
            let place = Place::Memorandum(index, sheet);
            context.insert("sheets", &links(scope, index));
            context.insert("relations", &super::relations(scope, place));
            context.insert("picture", &super::picture(scope, index));
            context.insert("entries", &super::under_no_area(scope, index, MOST_LISTED));
        }
        Sheet::Full => {
            context.insert_value("areas", super::full(scope, index));
            context.insert("parts", &super::parts(scope, index));
        }
        Sheet::Parallel => insert_all(context, &super::parallel(scope, index)),
        Sheet::Source => insert_all(context, &super::source(scope, index)),
        Sheet::Fields => insert_all(context, &super::fields(scope, index)),
    }
}

/// What it is.
pub fn about(scope: &Scope, index: usize, sheet: Sheet) -> About {
    let Scope { library, strings, edition, .. } = *scope;
    let title = title(scope, index, sheet);
    let name = &library.memoranda[index].name().text[edition];
    let site = &library.title.text[edition];
    let window_title = match sheet {
        Sheet::Overview => format!("{name} — {site}"),
        Sheet::Full => format!("{} — {name}", strings.format(Phrase::Full, &[])),
        _ => format!("{title} — {name}"),
    };
    let own = (title.clone(), Place::Memorandum(index, sheet).of(edition));
    let own = (sheet != Sheet::Overview).then_some(own);
    let above = [(site.clone(), Place::Home.of(edition)), memorandum_step(scope, index)];
    About {
        kind: sheet.kind(),
        trail: above.into_iter().chain(own).collect(),
        window_title,
        description: description(scope, index, sheet),
        ..site_page(scope, title)
    }
}

/// Those that the overview lists; to its full text and source it leads otherwise.
fn links(scope: &Scope, index: usize) -> Vec<NamedLink> {
    let listed = |sheet: &Sheet| {
        let elsewhere = matches!(sheet, Sheet::Overview | Sheet::Full | Sheet::Source);
        !elsewhere && scope.library.has_sheet(index, *sheet)
    };
    let sheets = Sheet::ALL.iter().copied().filter(listed);
    sheets
        .map(|sheet| NamedLink {
            name: title(scope, index, sheet),
            href: scope.href(Place::Memorandum(index, sheet).of(scope.edition)),
        })
        .collect()
}
