//! Edit → new bytes in the preview: `cargo run --release --example serve-edit`,
//! with numbers of measures, or 52, 10,000 and 100,000.
//!
//! Writes a generated site into a temporary folder and opens it as `tongwen
//! serve` does. Then, 20 times, changes one measure on disk and takes the time
//! from the change being known to the measure's page being rendered from it:
//! reading the file, loading, rendering. Not in it are the 50 ms for which the
//! watcher waits for more, and the socket.
#![allow(clippy::print_stdout, reason = "its output is its purpose")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tongwen::io::read_tree;
use tongwen::pipeline::Overrides;
use tongwen::serve::{Answer, Changes, Preview, State};
use tongwen::source::{Entry, Tree};

#[path = "../benches/support/generate.rs"]
mod generate;

const ROUNDS: usize = 20;

fn main() -> Result<()> {
    let mut sizes: Vec<usize> = Vec::new();
    for argument in std::env::args().skip(1) {
        sizes.push(argument.parse().context("the arguments are numbers of measures")?);
    }
    if sizes.is_empty() {
        sizes = vec![52, 10_000, 100_000];
    }
    let default = read_tree(Path::new(env!("CARGO_MANIFEST_DIR")))?;
    println!(
        "measures   first load   edit → bytes: median (min … max)   of it loading   peak memory"
    );
    for size in sizes {
        measure(&default, size)?;
    }
    Ok(())
}

fn measure(default: &Tree, size: usize) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("tongwen-serve-edit-{}", std::process::id()));
    write(&generate::site(default, size), &folder)?;
    let start = Instant::now();
    let (mut preview, first) = Preview::open(&folder, &Overrides::default())?;
    let (file, page) = ("content/m0/02.toml", "hant/m0/a2/3.html");
    let mut last = bytes(&first.state, page)?;
    let opened = start.elapsed();
    let file = preview.root().join(file);
    let original = fs::read_to_string(&file)?;
    let mut rounds = Vec::new();
    let mut state = first.state;
    for round in 0..ROUNDS {
        let mark = format!("第{round}次修訂，");
        fs::write(&file, original.replace("牽頭，", &format!("牽頭，{mark}")))?;
        let start = Instant::now();
        let outcome = preview
            .update(&Changes::Paths(BTreeSet::from([file.clone()])))
            .context("the edit was not seen")?;
        state = outcome.state;
        let new = bytes(&state, page)?;
        rounds.push((start.elapsed(), outcome.time));
        anyhow::ensure!(new != last && String::from_utf8_lossy(&new).contains(&mark));
        last = new;
    }
    drop(state);
    fs::remove_dir_all(&folder)?;
    rounds.sort();
    let shown = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let (median, loading) = rounds[ROUNDS / 2];
    let (min, max) = (shown(rounds[0].0), shown(rounds[ROUNDS - 1].0));
    println!(
        "{size:>8}   {:>10}   {:>20} ({min} … {max})   {:>13}   {:>11}",
        shown(opened),
        shown(median),
        shown(loading),
        peak_memory(),
    );
    Ok(())
}

fn bytes(state: &State, page: &str) -> Result<Vec<u8>> {
    let pages = state.pages.as_ref().context("the site has mistakes")?;
    match pages.ask(page).blocking_recv()? {
        Answer::File(_, bytes) => Ok(bytes),
        answer => anyhow::bail!("no page: {answer:?}"),
    }
}

fn write(tree: &Tree, folder: &Path) -> Result<()> {
    for (path, entry) in &tree.files {
        let Entry::Bytes(bytes) = entry else { continue };
        let target = folder.join(path);
        fs::create_dir_all(target.parent().context("files stand in folders")?)?;
        fs::write(target, bytes)?;
    }
    Ok(())
}

/// The most memory this process ever had, where the system tells.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.map_or("unknown".to_owned(), |size| format!("{:.0} MB", size / 1000.0))
}
