//! The local preview: the site as `build` would make it, while it is written.
//!
//! 1. [`Preview`] keeps the files and, after a change, reads only those again
//!    and makes a new [`State`] of the site.
//! 2. [`Pages`] renders what the browser asks for, by the build's own renderer.
//! 3. `http` answers; `watch` says what changed.
//! 4. `spare` says what of a site is shown while documents have mistakes.
//! 5. `review` lists, when it is asked for, what the conversion leaves in doubt.
//!
//! A state is never altered, only replaced, so that a request sees one whole
//! state. No file is served from the disk: an address is looked up among the
//! site's routes, and what is not there cannot be reached. Must not know what
//! pages look like.

mod frame;
mod http;
mod listen;
mod mistakes;
mod pages;
mod preview;
mod review;
mod spare;
mod watch;

pub use http::REVIEW;
pub use mistakes::Mistakes;
pub use pages::{Answer, Origin, Pages, Wanted};
pub use preview::{Changes, Outcome, Preview, Shown, State};

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::diagnostic::Diagnostics;
use crate::pipeline::Overrides;
use crate::source::Sources;

/// What the preview is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// The address to listen at.
    pub host: IpAddr,
    /// The first port to try.
    pub port: u16,
    /// How often to look for changes, in place of being told by the system.
    pub poll: Option<Duration>,
    /// What stands above `site.toml`.
    pub overrides: Overrides,
}

/// What there is to tell the person at the terminal.
pub enum News<'a> {
    /// The preview answers at this address.
    Listening(SocketAddr),
    /// The content was read: what is wrong with it, how long it took, and what is
    /// shown of it.
    Loaded(&'a Diagnostics, &'a Sources, Duration, Shown),
    /// Something outside the content went wrong, and the preview goes on.
    Trouble(String),
}

/// Takes the news, from any thread.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// Serves until the process is told to stop.
///
/// # Errors
/// If the folder is not there or no port can be listened at.
pub fn run(options: &Options, tell: &Tell) -> Result<()> {
    let (mut preview, first) = Preview::open(&options.root, &options.overrides)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start threads")?;
    let listener = runtime.block_on(listen::listen(options.host, options.port))?;
    tell_outcome(&first, tell);
    let (current, _) = tokio::sync::watch::channel(first.state);
    // From here on changes are seen: what changed since the first reading is
    // looked at again by the watcher's first message.
    let sender = current.clone();
    let teller = tell.clone();
    let root = preview.root().to_owned();
    watch::follow(&root, options.poll, tell, move |changes| {
        if let Some(outcome) = preview.update(&changes) {
            tell_outcome(&outcome, &teller);
            sender.send_replace(outcome.state);
        }
    });
    tell(News::Listening(listener.local_addr().context("the listener has no address")?));
    let served = runtime.block_on(async {
        tokio::select! {
            served = http::serve(listener, options.host, current, tell.clone()) => served,
            stopped = tokio::signal::ctrl_c() => stopped,
        }
    });
    // A template that loops must not keep the process.
    runtime.shutdown_background();
    served.context("cannot go on serving")
}

fn tell_outcome(outcome: &Outcome, tell: &Tell) {
    match &outcome.loaded {
        Ok((diagnostics, sources)) => {
            tell(News::Loaded(diagnostics, sources, outcome.time, outcome.shown));
        }
        Err(error) => tell(News::Trouble(format!("{error:#}"))),
    }
}

/// The folder as the system names it, so that the places of changes lie in it.
fn canonical(root: &Path) -> Result<PathBuf> {
    root.canonicalize().with_context(|| format!("there is no folder `{}`", root.display()))
}
