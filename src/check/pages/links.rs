//! Where links lead: to a path of the site, to an element of one of its pages,
//! elsewhere, or nowhere.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashMap;

use crate::snapshot::Versions;

/// Every path of a site, and the elements of its pages.
pub struct Links<'a> {
    paths: FxHashMap<String, u32>,
    /// The hashes of a path's ids, in order.
    ids: Vec<Box<[u64]>>,
    versions: &'a Versions,
}

/// An element of a page, by its id's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Element {
    page: u32,
    id: u64,
}

/// Where a link leads.
pub enum Leads {
    /// To another site, or to a path of this one.
    Fine,
    /// To an element, if there is one.
    To(Element),
    /// To no path of the site.
    Nowhere,
}

impl<'a> Links<'a> {
    /// Knows the paths, but no element yet. Pages of sealed versions are known by
    /// their paths alone.
    pub fn new(paths: impl Iterator<Item = String>, versions: &'a Versions) -> Self {
        let paths: FxHashMap<String, u32> = paths.zip(0..).collect();
        let ids = (0..paths.len()).map(|_| Box::default()).collect();
        Self { paths, ids, versions }
    }

    /// Learns the ids of a page.
    pub fn learn(&mut self, path: &str, ids: Box<[u64]>) {
        let known = self.paths.get(path).and_then(|page| self.ids.get_mut(*page as usize));
        if let Some(known) = known {
            *known = ids;
        }
    }

    /// Where a link of a page leads; `target` becomes the path that it means.
    pub fn lead(&self, page: &str, link: &str, target: &mut String) -> Leads {
        let Some(fragment) = resolve(page, link, target) else { return Leads::Fine };
        match self.paths.get(target.as_str()) {
            None if self.versions.has_archived(target) => Leads::Fine,
            None => Leads::Nowhere,
            Some(_) if fragment.is_empty() => Leads::Fine,
            Some(page) => Leads::To(Element { page: *page, id: hash(fragment) }),
        }
    }

    /// Whether there is such an element.
    pub fn has(&self, element: Element) -> bool {
        let ids = self.ids.get(element.page as usize);
        ids.is_some_and(|ids| ids.binary_search(&element.id).is_ok())
    }
}

/// What stands for an id: a site of many pages has millions.
pub fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Writes the path that a link means, and gives its fragment; `None` if it leads
/// elsewhere. The 404 page is served in place of any other, so its links are
/// absolute.
fn resolve<'a>(page: &str, link: &'a str, target: &mut String) -> Option<&'a str> {
    let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or_default();
    let scheme = address.split('/').next().is_some_and(|first| first.contains(':'));
    if scheme || address.starts_with('/') {
        return None;
    }
    target.clear();
    target.push_str(page);
    if address.is_empty() {
        return Some(fragment);
    }
    let pop = |path: &mut String| path.truncate(path.rfind('/').unwrap_or(0));
    pop(target);
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => pop(target),
            _ => {
                if !target.is_empty() {
                    target.push('/');
                }
                target.push_str(part);
            }
        }
    }
    Some(fragment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_means_a_path_from_its_page() {
        for (page, link, path, fragment) in [
            ("hant/a/b.html", "c.html", "hant/a/c.html", ""),
            ("hant/a/b.html", "../c.html#d", "hant/c.html", "d"),
            ("hant/a/b.html", "../../style.css?1", "style.css", ""),
            ("hant/a/b.html", "./", "hant/a/", ""),
            ("hant/a/b.html", "../../../../c.html", "c.html", ""),
            ("hant/a/b.html", "#d", "hant/a/b.html", "d"),
            ("index.html", "?q#", "index.html", ""),
        ] {
            let mut target = "left over".to_owned();
            assert_eq!(resolve(page, link, &mut target), Some(fragment), "{link}");
            assert_eq!(target, path, "{link}");
        }
        for link in ["https://example.org/", "mailto:a@example.org", "/c.html", "//example.org"] {
            assert_eq!(resolve("a.html", link, &mut String::new()), None, "{link}");
        }
    }
}
