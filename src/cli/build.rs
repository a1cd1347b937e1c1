//! `tongwen build`.

mod again;
mod archive;

use std::io::{IsTerminal, Write, stderr};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::io::{self, Built, Made, Output, Written, read_tree};
use crate::library::{Library, SkippedText};
use crate::model::BaseUrl;
use crate::pipeline::{self, Overrides, Stopped};
use crate::render::Renderer;
use crate::source::Tree;

use super::{Outcome, report, say, snapshot, source_date};

use again::Again;
use archive::{Archive, Packed};

/// Builds the whole site in both scripts
///
/// Writes only files that differ and removes only what the last build made.
/// Mistakes in the content are all listed, and the output stays as it was.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen build\n  tongwen --root my-site build --out /srv/www --base-url https://example.org/docs/"
)]
pub struct Options {
    /// Where the site goes [default: <root>/public]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the site will stand, in place of `site.toml`'s
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<BaseUrl>,
    /// The theme, in place of `site.toml`'s
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// How many threads render [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Also tell what was verified against the source documents
    #[arg(long, short)]
    verbose: bool,
}

fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text).ok_or_else(|| {
        "write an absolute address without query or fragment, e.g. https://example.org/".to_owned()
    })
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let threads = options.threads.map_or(0, NonZeroUsize::get);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .context("cannot start threads")?;
    pool.install(|| build(root, options))
}

fn build(root: &Path, options: &Options) -> Result<Outcome> {
    let start = Instant::now();
    let folder = options.out.clone().unwrap_or_else(|| default_output(root));
    let (tree, last) = rayon::join(|| read_tree(root), || intact(&folder));
    let tree = tree?;
    let bags = snapshot::bags(root)?;
    let archive = Archive::look(&bags, &folder);
    let inputs = inputs(&tree, &archive, options);
    if let Some(last) = last.filter(|last| Some(&last.inputs) == inputs.as_ref())
        && !options.verbose
    {
        let done = Written { written: 0, unchanged: last.files, removed: 0, bytes: last.bytes };
        tell_summary(&folder, last.pages, done, start.elapsed());
        return Ok(Outcome::Fine);
    }
    archive.refuse_damaged(root)?;
    let overrides = Overrides {
        built: source_date()?,
        base_url: options.base_url.clone(),
        theme: options.theme.clone(),
        versions: io::snapshot::versions(&bags)?,
        ..Overrides::default()
    };
    let mut loaded = pipeline::load(&tree, &overrides);
    drop(tree);
    report(&loaded.diagnostics, &loaded.sources);
    // From here on only templates can have mistakes.
    loaded.sources.forget(&["content/", "seeds/"]);
    let Some(site) = loaded.site else { return Ok(Outcome::Mistakes) };
    if options.verbose {
        tell_verification(&site.library);
    }
    let output = Output::open(root, &folder)?;
    let renderer = Renderer::new(&site.library, &site.theme);
    let again = program().map(|program| Again::look(&renderer, &program, &folder));
    let (kept, unchanged) = again.as_ref().map(|again| again.kept(&output)).unwrap_or_default();
    let progress = Progress::new(start, renderer.routes().count() - unchanged.len());
    let made = pipeline::render_besides(&renderer, kept, |file| {
        let put = output.put(file.path, &file.bytes);
        progress.step();
        put
    });
    progress.clear();
    match made {
        Ok((mut puts, digests)) => {
            puts.extend(unchanged);
            let packed = if site.library.publishes.bags { Packed::Too } else { Packed::Not };
            puts.extend(archive.publish(&folder, &output, packed)?);
            let pages = site.library.addresses().count() + 1;
            let done = output.commit(puts)?;
            archive.remember(&folder, packed)?;
            if let Some(again) = again {
                again.remember(&digests)?;
            }
            // What there is to say of the content is said by every build.
            let is_silent = loaded.diagnostics.is_empty() && site.library.base_url.is_some();
            if let Some(inputs) = inputs.filter(|_| is_silent) {
                let files = done.written + done.unchanged;
                let left = left(&folder)?;
                Built { inputs, left, pages, files, bytes: done.bytes }.remember(&folder)?;
            }
            tell_summary(&folder, pages, done, start.elapsed());
            if site.library.base_url.is_none() {
                say(
                    "note: without `base_url` in `content/site.toml` there are no canonical addresses, no sitemap and no feed",
                );
            }
            Ok(Outcome::Fine)
        }
        Err(Stopped::Mistakes(diagnostics)) => {
            report(&diagnostics, &loaded.sources);
            Ok(Outcome::Mistakes)
        }
        Err(Stopped::Failure(error)) => Err(error),
    }
}

/// Beside the content; but a sealed version's is built without adding to its bag.
fn default_output(root: &Path) -> PathBuf {
    match io::snapshot::bag_around(root) {
        Some(bag) => {
            let name = bag.file_name().unwrap_or_default();
            PathBuf::from(format!("public-{}", name.display()))
        }
        None => root.join("public"),
    }
}

/// The last build of a folder, if all its files stand as it left them.
fn intact(folder: &Path) -> Option<Built> {
    let last = Built::last(folder)?;
    (left(folder).ok()? == last.left).then_some(last)
}

/// How the files of a folder stand there.
fn left(folder: &Path) -> Result<Vec<String>> {
    /// Files that are looked at by one thread at a time.
    const SOME: usize = 1024;
    let Made { files, list } = io::made(folder)?;
    let left = files.par_chunks(SOME).map(|files| io::left(folder, files));
    let left: Vec<String> = left.collect::<Result<_>>()?;
    Ok(std::iter::once(list).chain(left).collect())
}

/// What tells this program from any other. `None` if that cannot be known.
fn program() -> Option<String> {
    let tool = std::env::current_exe().and_then(std::fs::metadata).ok()?;
    Some(format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), tool.len(), tool.modified().ok()?))
}

/// What decides about every byte of the output. `None` if it cannot be known.
fn inputs(tree: &Tree, archive: &Archive, options: &Options) -> Option<String> {
    let mut besides = vec![
        program()?,
        format!("{:?}", options.base_url.as_ref().map(BaseUrl::as_str)),
        format!("{:?}", options.theme),
        format!("{:?}", std::env::var_os("SOURCE_DATE_EPOCH")),
    ];
    besides.extend(archive.states()?);
    Some(io::inputs(tree, &besides))
}

fn tell_summary(folder: &Path, pages: usize, done: Written, time: Duration) {
    say(&format!(
        "built {pages} pages ({:.1} MB) in {:.2} s into `{}`: {} files written, {} unchanged, {} removed",
        done.bytes as f64 / 1e6,
        time.as_secs_f64(),
        folder.display(),
        done.written,
        done.unchanged,
        done.removed,
    ));
}

/// What agreed with the source documents, where lines were joined, and what was
/// skipped.
fn tell_verification(library: &Library) {
    for memorandum in &library.memoranda {
        let id = &memorandum.id.value;
        if memorandum.verifications.is_empty() {
            say(&format!("`{id}` names no source document to verify it against"));
        }
        for found in &memorandum.verifications {
            say(&format!(
                "verified `{id}` against `{}`: {} characters agree, {} lines joined",
                found.file,
                found.characters,
                found.joins.len(),
            ));
            for join in &found.joins {
                let place = if join.across_page { " (across a page break)" } else { "" };
                say(&format!("  line {}: {}‖{}{place}", join.line, join.before, join.after));
            }
            for skipped in &found.skipped {
                let SkippedText { text, line, reason } = skipped;
                say(&format!("  line {line}: skipped `{text}` ({reason})"));
            }
        }
    }
}

/// A line on the terminal that tells how far rendering is, once it takes long.
struct Progress {
    start: Instant,
    total: usize,
    done: AtomicUsize,
    shown: AtomicUsize,
    is_terminal: bool,
}

impl Progress {
    /// Nobody needs to be told of less.
    const PATIENCE: Duration = Duration::from_secs(1);
    const WIDTH: usize = 30;

    fn new(start: Instant, total: usize) -> Self {
        let is_terminal = stderr().is_terminal();
        Self { start, total, done: AtomicUsize::new(0), shown: AtomicUsize::new(0), is_terminal }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.is_terminal || self.start.elapsed() < Self::PATIENCE {
            return;
        }
        let percent = done * 100 / self.total.max(1);
        if self.shown.swap(percent, Ordering::Relaxed) != percent {
            let full = percent * Self::WIDTH / 100;
            let bar = format!("{}{}", "#".repeat(full), ".".repeat(Self::WIDTH - full));
            let _ = write!(stderr(), "\r[{bar}] {done} of {} files", self.total);
        }
    }

    fn clear(&self) {
        if self.shown.load(Ordering::Relaxed) > 0 {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
