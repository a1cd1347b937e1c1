//! Rendered pages: links and fragments that lead nowhere, characters of the
//! other script, sizes out of the ordinary.
//!
//! 1. Each page is read as soon as it is rendered. Of it stay the hashes of its
//!    ids and of those that its links name, and what is wrong with it.
//! 2. With all ids known, pages whose links name none of them are rendered once
//!    more, to say which links these are.

mod html;
mod links;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::library::Route;
use crate::model::{Edition, Editions};
use crate::pipeline::{self, Rendered, Stopped};
use crate::render::Renderer;

use super::scripts::Scripts;
use html::Part;
use links::{Element, Leads, Links, hash};

/// A page beyond this, in bytes, is slow on a phone.
const PAGE_SIZE: usize = 1_000_000;

/// How many wrong characters one message shows.
const SHOWN: usize = 8;

/// What of a page is kept.
struct Read {
    route: Route,
    /// The hashes of its ids, in order.
    ids: Box<[u64]>,
    /// What its links name in pages, each once.
    wanted: Box<[Element]>,
    /// Whether a link leads to no path.
    leads_nowhere: bool,
    wrong: BTreeSet<char>,
    size: usize,
}

/// The broken links of pages, by path, with what is wrong with each.
type Broken = BTreeMap<String, BTreeMap<String, String>>;

/// Looks at every page of a site.
pub fn check(renderer: &Renderer, diagnostics: &mut Diagnostics) {
    if let Err(Stopped::Mistakes(found)) = look(renderer, diagnostics) {
        diagnostics.append(found);
    }
}

fn look(renderer: &Renderer, diagnostics: &mut Diagnostics) -> Result<(), Stopped> {
    let library = renderer.library();
    let paths = renderer.routes().map(|route| renderer.path(route));
    let mut links = Links::new(paths, &library.versions);
    let is_page = |route: &Route| renderer.path(*route).ends_with(".html");
    let routes = renderer.routes().filter(is_page).collect();
    let scripts = Scripts::default();
    let mut pages = pipeline::render_some(renderer, routes, |file| {
        Ok(read(&file, &links, &library.editions, &scripts))
    })?;
    for page in &mut pages {
        links.learn(&renderer.path(page.route), std::mem::take(&mut page.ids));
    }
    let is_broken =
        |page: &Read| page.leads_nowhere || page.wanted.iter().any(|one| !links.has(*one));
    let broken = pipeline::each(&pages, is_broken);
    let broken = pages.iter().zip(broken).filter(|(_, broken)| *broken);
    let broken = broken.map(|(page, _)| page.route).collect();
    let broken = pipeline::render_some(renderer, broken, |file| Ok(broken_links(file, &links)))?;
    tell_broken(&broken.into_iter().collect(), &library.editions, diagnostics);
    for page in pages {
        tell(&renderer.path(page.route), &page, diagnostics);
    }
    Ok(())
}

fn read(file: &Rendered, links: &Links, editions: &Editions, scripts: &Scripts) -> Read {
    let edition = file.path.split_once('/').and_then(|(first, _)| editions.named(first));
    let language = edition.as_ref().map(Edition::language);
    let (mut ids, mut wanted, mut target) = (Vec::new(), Vec::new(), String::new());
    let (mut leads_nowhere, mut wrong) = (false, BTreeSet::new());
    html::read(&file.bytes, language, |part| match part {
        Part::Id(id) => ids.push(hash(id)),
        Part::Link(link) => match links.lead(&file.path, link, &mut target) {
            Leads::Fine => {}
            Leads::To(element) => wanted.push(element),
            Leads::Nowhere => leads_nowhere = true,
        },
        Part::Text(text) => {
            if let Some(edition) = edition {
                wrong.extend(text.chars().filter(|c| scripts.is_wrong(*c, edition.script)));
            }
        }
    });
    ids.sort_unstable();
    wanted.sort_unstable();
    wanted.dedup();
    Read {
        route: file.route,
        ids: ids.into(),
        wanted: wanted.into(),
        leads_nowhere,
        wrong,
        size: file.bytes.len(),
    }
}

/// The broken links of a page, once all elements are known.
fn broken_links(file: Rendered, links: &Links) -> (String, BTreeMap<String, String>) {
    let (mut broken, mut target) = (BTreeMap::new(), String::new());
    html::read(&file.bytes, None, |part| {
        let Part::Link(link) = part else { return };
        let wrong = match links.lead(&file.path, link, &mut target) {
            Leads::Nowhere => format!("the link `{link}` leads to no page of the site"),
            Leads::To(element) if !links.has(element) => {
                format!("the link `{link}` leads to no element of `{target}`")
            }
            Leads::Fine | Leads::To(_) => return,
        };
        broken.insert(link.to_owned(), wrong);
    });
    (file.path, broken)
}

/// A link that is broken in several editions is told once.
fn tell_broken(broken: &Broken, editions: &Editions, diagnostics: &mut Diagnostics) {
    let default = editions.default_edition();
    for (path, links) in broken {
        let twin = path
            .split_once('/')
            .filter(|(folder, _)| editions.named(folder).is_some_and(|edition| edition != default));
        let twin = twin.and_then(|(_, rest)| broken.get(&[default.id(), "/", rest].concat()));
        let is_known = |link: &String| twin.is_some_and(|twin| twin.contains_key(link));
        for (_, wrong) in links.iter().filter(|(link, _)| !is_known(link)) {
            let broken = Diagnostic::file_error(Code::BrokenLink, path, wrong);
            diagnostics.push(
                broken.help(
                    "name pages of the site as `page:…`, `area:…`, `measure:…` or `entity:…`",
                ),
            );
        }
    }
}

fn tell(path: &str, page: &Read, diagnostics: &mut Diagnostics) {
    if !page.wrong.is_empty() {
        let shown: Vec<String> = page.wrong.iter().take(SHOWN).map(|c| format!("`{c}`")).collect();
        let message = format!("characters of the other script: {}", shown.join(", "));
        let leak = Diagnostic::file_warning(Code::WrongScript, path, message);
        diagnostics
            .push(leak.help("mark text that must stay with `lang`, or protect it in the lexicon"));
    }
    if page.size > PAGE_SIZE {
        let message = format!("the page has {} bytes", page.size);
        diagnostics.push(Diagnostic::file_warning(Code::LargePage, path, message));
    }
}
