//! Rendered pages: links and fragments that lead nowhere, characters of the
//! other script, sizes out of the ordinary.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use html5gum::{Token, Tokenizer};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Editions;
use crate::pipeline::{self, Stopped};
use crate::render::Renderer;
use crate::snapshot::Versions;

use super::scripts::Scripts;

/// A page beyond this, in bytes, is slow on a phone.
const PAGE_SIZE: usize = 1_000_000;

/// How many wrong characters one message shows.
const SHOWN: usize = 8;

/// What matters of one page.
#[derive(Default)]
struct Page {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
    wrong: BTreeSet<char>,
    size: usize,
}

/// Looks at every page of a site.
pub fn check(renderer: &Renderer, diagnostics: &mut Diagnostics) {
    let pages = Mutex::new(BTreeMap::new());
    let scripts = Scripts::default();
    let rendered = pipeline::render_all(renderer, |file| {
        let page = match file.path.ends_with(".html") {
            true => read(&file.path, &file.bytes, &renderer.library().editions, &scripts),
            false => Page::default(),
        };
        if let Ok(mut pages) = pages.lock() {
            pages.insert(file.path, page);
        }
        Ok(())
    });
    if let Err(Stopped::Mistakes(found)) = rendered {
        diagnostics.append(found);
        return;
    }
    let pages = pages.into_inner().unwrap_or_default();
    let editions = &renderer.library().editions;
    let default = editions.default_edition();
    let first = default.id();
    for (path, page) in &pages {
        // A link that editions share is told once.
        let twin = path.split_once('/').filter(|(folder, _)| {
            editions.named(folder).is_some_and(|edition| edition != editions.default_edition())
        });
        let twin = twin.and_then(|(_, rest)| pages.get(&format!("{first}/{rest}")));
        let known = twin.map(|twin| &twin.links);
        let links =
            page.links.iter().filter(|link| known.is_none_or(|known| !known.contains(*link)));
        check_links(path, links, &pages, &renderer.library().versions, diagnostics);
        if !page.wrong.is_empty() {
            let shown: Vec<String> =
                page.wrong.iter().take(SHOWN).map(|c| format!("`{c}`")).collect();
            let message = format!("characters of the other script: {}", shown.join(", "));
            let leak = Diagnostic::file_warning(Code::WrongScript, path, message);
            diagnostics.push(
                leak.help("mark text that must stay with `lang`, or protect it in the lexicon"),
            );
        }
        if page.size > PAGE_SIZE {
            let message = format!("the page has {} bytes", page.size);
            diagnostics.push(Diagnostic::file_warning(Code::LargePage, path, message));
        }
    }
}

fn check_links<'a>(
    path: &str,
    links: impl Iterator<Item = &'a String>,
    pages: &BTreeMap<String, Page>,
    versions: &Versions,
    diagnostics: &mut Diagnostics,
) {
    for link in links {
        let Some((target, fragment)) = resolve(path, link) else { continue };
        // Pages of sealed versions are known by their paths alone.
        if versions.has_archived(&target) {
            continue;
        }
        let broken = match pages.get(&target) {
            None => format!("the link `{link}` leads to no page of the site"),
            Some(other) if !fragment.is_empty() && !other.ids.contains(fragment) => {
                format!("the link `{link}` leads to no element of `{target}`")
            }
            Some(_) => continue,
        };
        let broken = Diagnostic::file_error(Code::BrokenLink, path, broken);
        diagnostics.push(
            broken.help("name pages of the site as `page:…`, `area:…`, `measure:…` or `entity:…`"),
        );
    }
}

/// The path and fragment that a link means; `None` if it leads elsewhere. The
/// 404 page is served in place of any other, so its links are absolute.
fn resolve<'a>(page: &str, link: &'a str) -> Option<(String, &'a str)> {
    let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or_default();
    let scheme = address.split('/').next().is_some_and(|first| first.contains(':'));
    if scheme || address.starts_with('/') {
        return None;
    }
    if address.is_empty() {
        return Some((page.to_owned(), fragment));
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    Some((parts.join("/"), fragment))
}

/// Reads a page's ids, links and wrong characters.
fn read(path: &str, bytes: &[u8], editions: &Editions, scripts: &Scripts) -> Page {
    let edition = path.split_once('/').and_then(|(first, _)| editions.named(first));
    let text = String::from_utf8_lossy(bytes);
    let mut page = Page { size: bytes.len(), ..Page::default() };
    // Open elements since, and with, the one that is of another language.
    let mut foreign: Vec<Vec<u8>> = Vec::new();
    for Ok(token) in Tokenizer::new(text.as_ref()) {
        match token {
            Token::StartTag(tag) => {
                let attribute = |name: &[u8]| {
                    let value = tag.attributes.get(name);
                    value.map(|value| String::from_utf8_lossy(&value.value).into_owned())
                };
                page.ids.extend(attribute(b"id"));
                let links = [attribute(b"href"), attribute(b"src")];
                let own = |name: &[u8]| tag.name.0.as_slice() == name;
                if !own(b"link") || attribute(b"rel").as_deref() == Some("stylesheet") {
                    page.links.extend(links.into_iter().flatten());
                }
                let language = attribute(b"lang");
                let is_foreign = edition.is_some_and(|edition| {
                    language.is_some_and(|language| language != edition.language())
                });
                if (is_foreign || !foreign.is_empty()) && !tag.self_closing && !is_void(&tag.name.0)
                {
                    foreign.push(tag.name.0.clone());
                }
            }
            Token::EndTag(tag) => {
                if let Some(at) = foreign.iter().rposition(|open| *open == tag.name.0) {
                    foreign.truncate(at);
                }
            }
            Token::String(text) if foreign.is_empty() => {
                if let Some(edition) = edition {
                    let text = String::from_utf8_lossy(&text.value).into_owned();
                    page.wrong.extend(scripts.wrong(&text, edition.script));
                }
            }
            _ => {}
        }
    }
    page
}

fn is_void(name: &[u8]) -> bool {
    const VOID: [&[u8]; 8] = [b"br", b"img", b"meta", b"link", b"hr", b"input", b"wbr", b"source"];
    VOID.contains(&name)
}
