//! A Markdown text as the CommonMark parser's events, with what the site adds:
//! where links lead and which headings can be linked to.

use pulldown_cmark::Event;

use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};

/// A Markdown text.
#[derive(Debug, Clone, Default)]
pub struct Markdown {
    /// The parser's events. A soft line break between two Chinese characters is
    /// gone: browsers would show it as a space.
    pub events: Vec<Event<'static>>,
    /// Where each event stands in its file.
    pub places: Vec<Span>,
    /// The links to places of this site.
    pub links: Vec<Link>,
    /// The second-level headings, in order.
    pub headings: Vec<Heading>,
    /// The ids of all its elements: what a link to a place of it can name.
    pub anchors: Vec<String>,
    /// What `check` says of the text.
    pub doubts: Vec<Diagnostic>,
}

/// A link to a place of this site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Index of the event that begins the link.
    pub event: usize,
    /// Where it leads.
    pub target: Spanned<Target>,
}

/// A heading that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Index of the event that begins the heading.
    pub event: usize,
    /// The element's id, the same in both editions.
    pub id: String,
}

/// A place of this site, as an author names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `measure:hubei-2021/4.2`
    Measure(String),
    /// `area:hubei-2021/finance`
    Area(String),
    /// `page:about`, or an element of it: `page:about#ru-he-yin-yong`
    Page(String, Option<String>),
    /// `entity:hkex`
    Entity(String),
}

impl Target {
    /// Reads a link's address; `None` if it is an ordinary one.
    pub fn parse(address: &str) -> Option<Self> {
        let (scheme, rest) = address.split_once(':')?;
        let rest = rest.to_owned();
        match scheme {
            "measure" => Some(Self::Measure(rest)),
            "area" => Some(Self::Area(rest)),
            "page" => Some(match rest.split_once('#') {
                Some((page, anchor)) => Self::Page(page.to_owned(), Some(anchor.to_owned())),
                None => Self::Page(rest, None),
            }),
            "entity" => Some(Self::Entity(rest)),
            _ => None,
        }
    }
}
