//! `sitemap.xml`, its parts on a large site, and `robots.txt`.

use crate::data::xml::escaped;
use crate::library::{File, Library, Route, SITEMAP_LIMIT};

use super::view;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// About as many bytes has an address with its alternates.
const ENTRY: usize = 450;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// All addresses, or the list of parts if they are too many for one file.
pub(super) fn sitemap(library: &Library) -> Vec<u8> {
    let parts = library.sitemap_parts();
    if parts == 1 {
        return part(library, 1);
    }
    let mut text = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for number in 1..=parts {
        let Some(url) = library.url(Route::File(File::SitemapPart(number))) else { continue };
        text.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escaped(&url)));
    }
    text.push_str("</sitemapindex>\n");
    text.into_bytes()
}

/// The addresses of one part, from 1, each with its alternates.
pub(super) fn part(library: &Library, number: usize) -> Vec<u8> {
    let mut text = String::with_capacity(SITEMAP_LIMIT.min(library.addresses().count()) * ENTRY);
    text.push_str(&format!(
        "{HEAD}<urlset xmlns=\"{NAMESPACE}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
    ));
    let first = (number - 1) * SITEMAP_LIMIT;
    for route in library.addresses().skip(first).take(SITEMAP_LIMIT) {
        let Some(url) = library.url(route) else { continue };
        let mut add = |parts: &[&str]| parts.iter().for_each(|part| text.push_str(part));
        add(&["<url><loc>", &escaped(&url), "</loc>"]);
        for alternate in view::alternates(library, route) {
            let (language, url) = (alternate.hreflang, escaped(&alternate.url));
            add(&["<xhtml:link rel=\"alternate\" hreflang=\"", &language]);
            add(&["\" href=\"", &url, "\"/>"]);
        }
        add(&["</url>\n"]);
    }
    text.push_str("</urlset>\n");
    text.into_bytes()
}

/// Everything may be read; where the sitemap is, if there is one.
pub(super) fn robots(library: &Library) -> Vec<u8> {
    let sitemap = library.url(Route::File(File::Sitemap)).map(|url| format!("\nSitemap: {url}\n"));
    ["User-agent: *\nAllow: /\n", &sitemap.unwrap_or_default()].concat().into_bytes()
}
