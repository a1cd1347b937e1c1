//! A site, and the threads that render the page that is asked for.
//!
//! The threads belong to the site and end with it: a template that loops holds
//! up its own state and not the one in which it has been mended. There are few
//! of them, so that many requests at once do not fill the machine.

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use anyhow::Result;
use tokio::sync::oneshot;

use crate::check;
use crate::diagnostic::{Diagnostics, Style};
use crate::io::snapshot::{self, Bag};
use crate::library::Route;
use crate::pipeline::{Overrides, Site};
use crate::render::Renderer;
use crate::source::{Sources, Tree};

use super::{Mistakes, review};

/// How many pages one state renders at once.
const RENDERERS: usize = 4;

/// A site that can be asked for its pages.
pub struct Pages {
    jobs: mpsc::Sender<Job>,
}

/// What can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// What stands at a path below the site's root.
    Path(String),
    /// The preview's own page about the conversion.
    Review,
}

/// What a site was made of, to be looked at once more.
#[derive(Clone)]
pub struct Origin {
    /// Its files.
    pub tree: Tree,
    /// What stands above `site.toml`.
    pub overrides: Overrides,
}

/// What to look up, and where the answer goes.
struct Job {
    wanted: Wanted,
    reply: oneshot::Sender<Answer>,
}

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A file of the site: its path and the build's own bytes.
    File(String, Vec<u8>),
    /// Nothing, but a folder of that name has an index.
    Folder,
    /// Nothing; the bytes of the site's page that says so.
    Missing(Vec<u8>),
    /// The preview's own page about the conversion.
    Review(Vec<u8>),
    /// The page cannot be rendered; why, for the terminal and for the browser.
    Broken(String, Mistakes),
}

impl Pages {
    /// Starts the threads of a site.
    pub fn start(site: Site, sources: Sources, bags: Arc<[Bag]>, origin: Origin) -> Self {
        let (jobs, queue) = mpsc::channel();
        thread::spawn(move || work(&site, &sources, &bags, &origin, &Mutex::new(queue)));
        Self { jobs }
    }

    /// Asks for a page or a file. The receiver fails if rendering does.
    pub fn ask(&self, wanted: Wanted) -> oneshot::Receiver<Answer> {
        let (reply, answer) = oneshot::channel();
        // Were there no thread left, the reply is dropped and the receiver fails.
        let _ = self.jobs.send(Job { wanted, reply });
        answer
    }
}

/// Answers until nobody can ask any more.
fn work(
    site: &Site,
    sources: &Sources,
    bags: &[Bag],
    origin: &Origin,
    queue: &Mutex<Receiver<Job>>,
) {
    let renderer = Renderer::new(&site.library, &site.theme);
    let few = renderer.other_routes().map(|route| (renderer.path(route), route)).collect();
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
    let desk = Desk { renderer, few, sources, bags, origin, review: OnceLock::new() };
    thread::scope(|scope| {
        for _ in 0..RENDERERS {
            scope.spawn(|| {
                while let Ok(Job { wanted, reply }) = next() {
                    // A request that was given up needs no work. A panic is told
                    // by the reply that does not come.
                    let answer = AssertUnwindSafe(|| desk.answer(&wanted));
                    if !reply.is_closed()
                        && let Ok(answer) = catch_unwind(answer)
                    {
                        let _ = reply.send(answer);
                    }
                }
            });
        }
    });
}

/// What a thread needs to answer.
struct Desk<'a> {
    renderer: Renderer<'a>,
    /// The routes that are looked up by path; those of which there are many are
    /// found by the renderer.
    few: HashMap<String, Route>,
    sources: &'a Sources,
    bags: &'a [Bag],
    origin: &'a Origin,
    /// The page about the conversion, once somebody asked for it: it takes as
    /// long as all pages together.
    review: OnceLock<Vec<u8>>,
}

impl Desk<'_> {
    fn answer(&self, wanted: &Wanted) -> Answer {
        match wanted {
            Wanted::Path(path) => self.at(path),
            Wanted::Review => Answer::Review(self.review().clone()),
        }
    }

    fn review(&self) -> &Vec<u8> {
        let Origin { tree, overrides } = self.origin;
        self.review.get_or_init(|| review::page(&check::review(tree, overrides)))
    }

    fn at(&self, path: &str) -> Answer {
        // Links of `404.html` hold the path that the site will have.
        let base = self.renderer.library().base_url.as_ref();
        let base = base.map_or("", |base| base.path().trim_matches('/'));
        let inside = path.strip_prefix(base).and_then(|rest| rest.strip_prefix('/'));
        for path in [Some(path), inside].into_iter().flatten() {
            if let Some(route) = self.find(path) {
                return self.render(route, |bytes| Answer::File(path.to_owned(), bytes));
            }
            if let Some(answer) = archived(self.bags, path) {
                return answer;
            }
            if self.renderer.library().publishes.bags
                && let Some(answer) = packed(self.bags, path)
            {
                return answer;
            }
        }
        if self.find(&format!("{path}/index.html")).is_some() {
            return Answer::Folder;
        }
        self.render(Route::NotFound, Answer::Missing)
    }

    fn find(&self, path: &str) -> Option<Route> {
        self.few.get(path).copied().or_else(|| self.renderer.find(path))
    }

    fn render(&self, route: Route, answer: impl FnOnce(Vec<u8>) -> Answer) -> Answer {
        match self.renderer.render(route) {
            Ok(bytes) => answer(bytes),
            Err(mistake) => {
                let mut mistakes = Diagnostics::default();
                mistakes.push(mistake);
                let shown = Mistakes::new(&mistakes, self.sources);
                Answer::Broken(mistakes.render(self.sources, Style::Plain), shown)
            }
        }
    }
}

/// What stands at a path of a sealed version, read from its bag as it is asked
/// for. Only what the bag's manifest names can be reached.
fn archived(bags: &[Bag], path: &str) -> Option<Answer> {
    let inside = path.strip_prefix("archive/")?;
    let (name, below) = inside.split_once('/').unwrap_or((inside, ""));
    let bag = bags.iter().find(|bag| bag.info().name.as_str() == name)?;
    let file = || -> Result<Option<Answer>> {
        if let Some(digest) = bag.site_digest(below)? {
            return Ok(Some(Answer::File(path.to_owned(), bag.site_file(below, &digest)?)));
        }
        let index = format!("{below}/index.html");
        Ok(bag.site_digest(index.trim_start_matches('/'))?.map(|_| Answer::Folder))
    };
    file().unwrap_or_else(|error| Some(broken(&error)))
}

/// A version's bag, packed as it is asked for.
fn packed(bags: &[Bag], path: &str) -> Option<Answer> {
    let bag = bags.iter().find(|bag| bag.info().name.packed() == path)?;
    Some(match snapshot::pack(bag, Cursor::new(Vec::new())) {
        Ok(packed) => Answer::File(path.to_owned(), packed.into_inner()),
        Err(error) => broken(&error),
    })
}

fn broken(error: &anyhow::Error) -> Answer {
    let told = format!("{error:#}");
    Answer::Broken(format!("error: {told}\n"), Mistakes::failure(&told))
}
