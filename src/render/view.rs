//! What templates get: plain values, all wording of one edition.
//!
//! Values named `href` are the addresses that links on the page have; those named
//! `url` are absolute.

mod about;
mod called;
mod comparison;
mod data;
mod document;
mod entity;
mod fields;
mod frame;
mod kinds;
mod known;
mod list;
mod marked;
mod matrix;
mod measure;
mod named;
mod parallel;
mod picture;
mod provenance;
mod reach;
mod series;
mod sheet;
mod source;
mod text;
mod version;

pub(super) use called::{Named, Siblings};
pub(super) use comparison::{comparison, continuation};
pub(super) use data::data;
pub(super) use document::{memorandum, parts};
pub(super) use entity::{entities, insert_entity};
pub(super) use fields::fields;
pub(super) use frame::{alternates, edition, homes, insert_frame, page, sealed, site};
pub(super) use kinds::about;
pub(super) use known::{Entities, RelatedMeasures};
pub(super) use list::{documents, home, under_no_area, with_areas};
pub(super) use matrix::{matrix, tables_page};
pub(super) use measure::{full, insert_area, insert_measure, search_example};
pub(super) use named::in_words;
pub(super) use parallel::{Beside, parallel};
pub(super) use picture::{picture, pictures};
pub(super) use series::relations;
pub(super) use sheet::insert_sheet;
pub(super) use source::source;
pub(super) use version::versions;

use serde::Serialize;
use tera::value::Key;
use tera::{Map, Value};

use crate::library::{Library, Route};
use crate::model::Edition;
use crate::render::theme::{Phrase, Strings};
use crate::render::way::Way;
use crate::render::words::Wordings;

/// A page, and what it is called.
#[derive(Debug, Serialize)]
struct NamedLink {
    name: String,
    href: String,
}

/// How many memoranda a page names, the latest, where all would drown it.
const LATEST: usize = Library::LATEST;

/// What a view is made of, and for which page.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) library: &'a Library,
    pub(super) strings: &'a Strings,
    /// The wording for each memorandum.
    pub(super) wordings: &'a Wordings,
    pub(super) edition: Edition,
    /// The entities as pages name them.
    pub(super) entities: &'a Entities,
    /// The memorandum that the page belongs to, if its parts are named already.
    pub(super) own: Option<&'a Named>,
    /// The measures of its area, for the page of one.
    pub(super) siblings: Option<&'a Siblings>,
    /// Which measures are related.
    pub(super) related: &'a RelatedMeasures,
    /// What the pages of all editions beside each other share.
    pub(super) beside: &'a Beside,
    /// The way to other pages.
    pub(super) way: &'a Way,
}

impl Scope<'_> {
    /// The address of a page as links on this one have it.
    pub(super) fn href(&self, route: Route) -> String {
        self.way.to(self.library.path(route))
    }

    /// What a page of all editions beside each other is called.
    fn parallel_title(&self) -> String {
        let phrase = match self.library.editions.are_both_scripts() {
            true => Phrase::ParallelScripts,
            false => Phrase::ParallelEditions,
        };
        self.strings.format(phrase, &[])
    }
}

/// Puts a view's fields into a context under their own names.
pub(super) fn insert_all(context: &mut tera::Context, view: &impl Serialize) {
    let fields = tera::Context::from_serialize(view).expect("a view is a struct with named fields");
    context.extend(fields);
}

/// A map for templates. Unlike a view's fields, values are taken as they are,
/// without a look into them.
fn object<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    let map: Map = fields.into_iter().map(|(name, value)| (Key::Str(name), value)).collect();
    map.into()
}
