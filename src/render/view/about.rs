//! What is said of a page: its name, titles, description, and the way to it.

use crate::library::{Place, Route, Sheet};

use super::Scope;

/// How many characters of a text describe a page.
const DESCRIPTION_LENGTH: usize = 80;

/// What a page is.
pub struct About {
    /// The kind's name: the template's, and the class of the page's body.
    pub kind: &'static str,
    /// The page's own title.
    pub title: String,
    /// The title for windows and link previews.
    pub window_title: String,
    /// One or two sentences for search engines and link previews.
    pub description: String,
    /// The pages above it and itself, for search engines; empty if they need none.
    pub trail: Vec<(String, Route)>,
}

/// A page that says of itself no more than a title.
pub(super) fn site_page(scope: &Scope, title: String) -> About {
    let Scope { library, edition, .. } = *scope;
    About {
        kind: "page",
        window_title: format!("{title} — {}", library.title.text[edition]),
        title,
        description: shortened(&library.description.text[edition]),
        trail: Vec::new(),
    }
}

pub(super) fn memorandum_step(scope: &Scope, index: usize) -> (String, Route) {
    let name = scope.library.memoranda[index].name().text[scope.edition].clone();
    (name, Place::Memorandum(index, Sheet::Overview).of(scope.edition))
}

pub(super) fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(DESCRIPTION_LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
