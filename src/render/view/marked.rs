//! A text with what changed in it, as HTML: `<ins>` and `<del>`, each told in
//! words to those who do not see it.

use crate::render::theme::Phrase;
use crate::snapshot::diff::Status;
use crate::snapshot::marks::{Mark, MarkKind};
use crate::snapshot::texts::Texts;

use super::Scope;
use super::text::escape_into;

/// A text as HTML, with its marks.
pub struct Marked {
    pub html: String,
    /// The old text and the new for themselves, where neither is all that there is.
    pub sides: Option<[String; 2]>,
    /// Set if it is the other edition's text.
    pub lang: Option<String>,
    /// Whether anything is marked.
    pub is_marked: bool,
}

/// The text of the page's edition. Where the converted text alone changed, both
/// editions show that one.
pub fn marked(scope: &Scope, texts: &Texts, statuses: &[Status]) -> Marked {
    let converted = scope.library.editions.of(texts.source().script.other());
    let (edition, lang) = match statuses.contains(&Status::Converted) {
        true if scope.edition.script == converted.script => (scope.edition, Some(scope.edition)),
        true => (converted, Some(converted)),
        false => (scope.edition, None),
    };
    let lang = lang.map(|edition| edition.language().to_owned());
    let marks = texts.marks(edition);
    let is_marked = marks.iter().any(|mark| mark.kind != MarkKind::Same);
    let has = |kind: MarkKind| marks.iter().any(|mark| mark.kind == kind);
    let both = has(MarkKind::Same) || has(MarkKind::Removed) && has(MarkKind::Inserted);
    let sides = (is_marked && both).then(|| {
        [MarkKind::Inserted, MarkKind::Removed]
            .map(|other| html(scope, marks.iter().filter(|mark| mark.kind != other)))
    });
    Marked { html: html(scope, &marks), sides, lang, is_marked }
}

fn html<'a>(scope: &Scope, marks: impl IntoIterator<Item = &'a Mark>) -> String {
    let words = |key: Phrase| scope.strings.format(key, &[]);
    let (inserted, removed, end) =
        (words(Phrase::MarkedInserted), words(Phrase::MarkedRemoved), words(Phrase::MarkedEnd));
    let mut html = String::new();
    for mark in marks {
        let (element, begin) = match mark.kind {
            MarkKind::Same => {
                escape_into(&mut html, &mark.text);
                continue;
            }
            MarkKind::Removed => ("del", &removed),
            MarkKind::Inserted => ("ins", &inserted),
        };
        html.push_str(&format!("<{element}><span class=\"hidden\">"));
        escape_into(&mut html, begin);
        html.push_str("</span>");
        escape_into(&mut html, &mark.text);
        html.push_str("<span class=\"hidden\">");
        escape_into(&mut html, &end);
        html.push_str(&format!("</span></{element}>"));
    }
    html
}
