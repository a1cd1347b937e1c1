//! `tongwen serve`.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;

use crate::pipeline::Overrides;
use crate::serve::{self, News, Shown, Tell};

use super::{Outcome, report, say, source_date};

/// Shows the site while it is written
///
/// Every page is the build's own, plus one line that reloads it when it
/// changes. While documents have mistakes, the others are shown, and these as they
/// last were, with a list of the mistakes; where anything else has any, the last
/// good state is shown. `/__preview/review.html` lists what the conversion leaves
/// in doubt, with links to the places on the pages.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen serve --open\n  tongwen --root my-site serve --drafts\n  tongwen serve --host 0.0.0.0 --port 8080"
)]
pub struct Options {
    /// The port; the next free one if it is taken
    #[arg(long, value_name = "N", default_value_t = 4000)]
    port: u16,
    /// The address to listen at; others than this reach other machines
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Opens the site in the browser
    #[arg(long)]
    open: bool,
    /// Also shows pages that are drafts
    #[arg(long)]
    drafts: bool,
    /// Looks for changes this often, for drives that do not tell of them
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(20..))]
    poll: Option<u64>,
}

/// Runs the command, until it is stopped.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let opens = options.open;
    let tell: Tell = Arc::new(move |news| tell(&news, opens));
    let options = serve::Options {
        root: root.to_owned(),
        host: options.host,
        port: options.port,
        poll: options.poll.map(Duration::from_millis),
        overrides: Overrides {
            drafts: options.drafts,
            built: source_date()?,
            ..Overrides::default()
        },
    };
    serve::run(&options, &tell)?;
    Ok(Outcome::Fine)
}

fn tell(news: &News, opens: bool) {
    match news {
        News::Listening(address) => {
            let here = browsable(*address);
            if !address.ip().is_loopback() {
                say(&format!("listening at {address}: other machines can read this preview"));
            }
            say(&format!("preview at {here} (stop with Ctrl-C)"));
            let review = serve::REVIEW.trim_start_matches('/');
            say(&format!("what the conversion leaves in doubt: {here}{review}"));
            if opens && let Err(error) = open(&here) {
                say(&format!("cannot open the browser: {error}"));
            }
        }
        News::Loaded(diagnostics, sources, time, shown) => {
            report(diagnostics, sources);
            let milliseconds = time.as_secs_f64() * 1000.0;
            match shown {
                Shown::New => say(&format!("site ready in {milliseconds:.0} ms")),
                Shown::Spared => say(
                    "showing the other documents, and these as they last were, until this is mended",
                ),
                Shown::Last => say("showing the last good state until this is mended"),
                Shown::Nothing => say("nothing can be shown until this is mended"),
            }
        }
        News::Trouble(trouble) => say(&format!("warning: {trouble}")),
    }
}

/// Where a browser on this machine finds the site.
fn browsable(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        let ip: IpAddr = match address.ip() {
            IpAddr::V4(_) => [127, 0, 0, 1].into(),
            IpAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        };
        return format!("http://{}/", SocketAddr::new(ip, address.port()));
    }
    format!("http://{address}/")
}

/// Hands an address to the system's opener, which outlives this call.
fn open(address: &str) -> std::io::Result<()> {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop)
}
