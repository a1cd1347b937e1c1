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

/// How many entries before and after its own a page shows of a long list: all of
/// an ordinary document's, and not thousands on each of thousands of pages.
pub(super) const NEAR: usize = 30;

/// Whether a list is too long for every page that it concerns.
pub(super) fn is_long(entries: usize) -> bool {
    entries > 2 * NEAR
}

/// Links to pages of the site, none of them marked.
#[derive(Default)]
pub(super) struct Navigation {
    html: String,
    /// Where each entry of the list begins, and where the last one ends.
    entries: Vec<usize>,
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
        let mut entries: Vec<usize> = html.match_indices("<li").map(|(at, _)| at).collect();
        entries.extend(html.rfind("</li>").map(|at| at + "</li>".len()));
        Self { html, entries, ends }
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

    /// A list's entries; of a long list, those near the link that is marked.
    pub(super) fn near(&self, mark: Option<Mark>) -> Value {
        self.marked(self.range_near(mark.map_or(0, |(end, _)| end)), mark)
    }

    /// A list's entries in two parts: up to the link that is marked, and after it.
    /// Of a long list, those near the link.
    pub(super) fn parted(&self, mark: Option<Mark>) -> (Value, Value) {
        let link = mark.map_or(self.html.len(), |(end, _)| end);
        let end = self.html[link..].find("</a>");
        let end = end.map_or(self.html.len(), |end| link + end + "</a>".len());
        let near = self.range_near(link);
        (self.marked(near.start.min(end)..end, mark), self.marked(end..near.end.max(end), None))
    }

    /// What a page shows of the list, if its own entry is at a place.
    fn range_near(&self, place: usize) -> Range<usize> {
        let count = self.entries.len().saturating_sub(1);
        if !is_long(count) {
            return 0..self.html.len();
        }
        let own = self.entries[..count].partition_point(|start| *start <= place).max(1) - 1;
        let last = (own + NEAR + 1).min(count);
        self.entries[own.saturating_sub(NEAR)]..self.entries[last]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many entries a page shows of a list, if one of them is its own.
    fn shown(count: usize, own: usize) -> usize {
        let entry = |number| format!("<li><a href=\"{number}.html\">{number}</a></li>\n");
        let list = Navigation::new((0..count).map(entry).collect());
        let mark = list.mark(&format!("{own}.html"), PAGE);
        let (before, after) = list.parted(mark);
        assert!(before.to_string().contains(&format!("\"{own}.html\"{PAGE}")));
        before.to_string().matches("<li>").count() + after.to_string().matches("<li>").count()
    }

    #[test]
    fn a_list_is_shown_whole_unless_it_is_long() {
        assert_eq!((shown(1, 0), shown(60, 0), shown(60, 59)), (1, 60, 60));
    }

    #[test]
    fn of_a_long_list_a_page_shows_what_is_near() {
        assert_eq!((shown(1000, 0), shown(1000, 500), shown(1000, 999)), (31, 61, 31));
    }
}
