//! Edit → new bytes in the preview, of generated sites:
//!
//! ```sh
//! cargo run --release --example generate -- /tmp/large 10000
//! cargo run --release --example serve-edit -- /tmp/large
//! ```
//!
//! Opens each site as `tongwen serve` does. Then, 20 times, changes the labels of
//! an area's measures on disk and takes the time from the change being known to the page
//! of one of them being rendered from it: reading the file, loading, rendering.
//! Not in it are the 50 ms for which the watcher waits for more, and the socket.
//! Peak memory is the process's: name one site to know that site's.
#![allow(clippy::print_stdout, reason = "its output is its purpose")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tongwen::pipeline::Overrides;
use tongwen::serve::{Answer, Changes, Preview, State, Wanted};

const ROUNDS: usize = 20;

fn main() -> Result<()> {
    let sites: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    anyhow::ensure!(!sites.is_empty(), "name at least one generated site");
    println!("site: first load | edit → bytes: median (min … max) | of it loading | peak memory");
    sites.iter().try_for_each(|site| measure(site))
}

fn measure(site: &Path) -> Result<()> {
    let start = Instant::now();
    let (mut preview, first) = Preview::open(site, &Overrides::default())?;
    let (file, page) = area(&preview.root().join("content/m00001"))?;
    let mut last = bytes(&first.state, &page)?;
    let opened = start.elapsed();
    let original = fs::read_to_string(&file)?;
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        let mark = format!("第{round}次修訂，");
        fs::write(&file, original.replace("\nlabel = \"", &format!("\nlabel = \"{mark}")))?;
        let start = Instant::now();
        let outcome = preview
            .update(&Changes::Paths(BTreeSet::from([file.clone()])))
            .context("the edit was not seen")?;
        let new = bytes(&outcome.state, &page)?;
        rounds.push((start.elapsed(), outcome.time));
        anyhow::ensure!(new != last && String::from_utf8_lossy(&new).contains(&mark));
        last = new;
    }
    fs::write(&file, original)?;
    rounds.sort();
    let shown = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let (median, loading) = rounds[ROUNDS / 2];
    let (min, max) = (shown(rounds[0].0), shown(rounds[ROUNDS - 1].0));
    println!(
        "{}: {} | {} ({min} … {max}) | {} | {}",
        site.display(),
        shown(opened),
        shown(median),
        shown(loading),
        peak_memory(),
    );
    Ok(())
}

/// A memorandum's second area: its file, and the page of its first measure.
fn area(memorandum: &Path) -> Result<(PathBuf, String)> {
    for entry in fs::read_dir(memorandum)? {
        let file = entry?.path();
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if let Some(id) = stem.strip_prefix("02-") {
            let page = format!("hant/m00001/{id}/1.html");
            return Ok((file, page));
        }
    }
    anyhow::bail!("`{}` is no generated memorandum", memorandum.display())
}

fn bytes(state: &State, page: &str) -> Result<Vec<u8>> {
    let pages = state.pages.as_ref().context("the site has mistakes")?;
    match pages.ask(Wanted::Path(page.to_owned())).blocking_recv()? {
        Answer::File(_, bytes) => Ok(bytes),
        answer => anyhow::bail!("no page: {answer:?}"),
    }
}

/// The most memory this process ever had, where the system tells.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.map_or("unknown".to_owned(), |size| format!("{:.0} MB", size / 1000.0))
}
