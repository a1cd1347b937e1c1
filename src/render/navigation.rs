//! Navigation: rendered once for many pages, without a word of which page it is
//! shown on; links are marked afterwards, by their addresses.

use std::ops::Range;

use rustc_hash::FxHashMap;
use tera::{Context, Value};

use crate::diagnostic::Diagnostic;

use super::Theme;

/// A mark on the link to an address, at its place.
pub(super) type Mark = (usize, &'static str);

/// On the link to the page itself.
pub(super) const PAGE: &str = " aria-current=\"page\"";
/// On the link to what the page belongs to.
pub(super) const TRUE: &str = " aria-current=\"true\"";

/// Links to pages of the site, none of them marked.
#[derive(Default)]
pub(super) struct Navigation {
    html: String,
    /// Where the last link to each address ends: the first, at the top of every
    /// page, leads home and is never marked.
    ends: FxHashMap<String, usize>,
}

impl Navigation {
    /// A template's links.
    ///
    /// # Errors
    /// A diagnostic at the template's place.
    pub(super) fn render(
        theme: &Theme,
        template: &str,
        context: &Context,
    ) -> Result<Self, Diagnostic> {
        let rendered = theme.tera.render(template, context);
        let html = rendered.map_err(|error| theme.diagnostic(&error, template))?;
        Ok(Self::new(html))
    }

    fn new(html: String) -> Self {
        let mut ends = FxHashMap::default();
        for (at, before) in html.match_indices("href=\"") {
            let start = at + before.len();
            if let Some(length) = html[start..].find('"') {
                ends.insert(html[start..start + length].to_owned(), start + length + 1);
            }
        }
        Self { html, ends }
    }

    /// The mark on the link to an address, if there is one.
    pub(super) fn mark(&self, href: &str, mark: &'static str) -> Option<Mark> {
        self.ends.get(href).map(|end| (*end, mark))
    }

    /// The part of the links that `range` covers, with marks.
    fn marked(&self, range: Range<usize>, marks: impl IntoIterator<Item = Mark>) -> Value {
        let mut marks: Vec<Mark> = marks.into_iter().filter(|(at, _)| range.contains(at)).collect();
        marks.sort_unstable();
        let mut html = String::with_capacity(range.len() + 2 * PAGE.len());
        let mut from = range.start;
        for (at, mark) in marks {
            html.push_str(&self.html[from..at]);
            html.push_str(mark);
            from = at;
        }
        html.push_str(&self.html[from..range.end]);
        Value::safe_string(&html)
    }

    /// All of the links, with marks.
    pub(super) fn whole(&self, marks: impl IntoIterator<Item = Mark>) -> Value {
        self.marked(0..self.html.len(), marks)
    }

    /// The links in two parts: up to the link that is marked, and after it.
    pub(super) fn parted(&self, mark: Option<Mark>) -> (Value, Value) {
        let link = mark.map_or(self.html.len(), |(end, _)| end);
        let end = self.html[link..].find("</a>");
        let end = end.map_or(self.html.len(), |end| link + end + "</a>".len());
        (self.marked(0..end, mark), self.marked(end..self.html.len(), None))
    }
}
