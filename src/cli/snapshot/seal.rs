//! `tongwen snapshot seal`.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use crate::check;
use crate::diagnostic::{Diagnostics, Severity};
use crate::io::read_tree;
use crate::io::snapshot::{FOLDER, Put, Sealer};
use crate::library;
use crate::model::Date;
use crate::pipeline::{self, Overrides, Site, Stopped};
use crate::render::Renderer;
use crate::snapshot::bag::BagInfo;
use crate::snapshot::{Seal, Sealed, Version, VersionName};
use crate::source::{Entry, Tree};

use super::super::{Outcome, report, say, source_date};

/// Seals the site as it is now, under a name
///
/// Checks the site, renders it, and writes both content and pages to
/// `snapshots/VERSION/`, all or nothing. A sealed version is never rewritten;
/// each names the seal of the one before it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen snapshot seal 2024-07\n  tongwen snapshot seal v2 --note \"Chapter four amended\" --date 2024-07-01"
)]
pub struct Options {
    /// The version's name: lowercase letters, digits, hyphens, dots
    #[arg(value_parser = VersionName::parse)]
    version: VersionName,
    /// A sentence about it
    #[arg(long, value_name = "TEXT", value_parser = note)]
    note: Option<String>,
    /// The day it is sealed [default: today in UTC, or SOURCE_DATE_EPOCH]
    #[arg(long, value_parser = date)]
    date: Option<Date>,
    /// Seals with a day that is still to come
    #[arg(long)]
    force_date: bool,
}

/// One paragraph, whatever white space it was typed with.
fn note(text: &str) -> Result<String, String> {
    let note = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match note.is_empty() || note.contains(char::is_control) {
        true => Err("write a sentence, or leave the option out".to_owned()),
        false => Ok(note),
    }
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a day of the calendar, e.g. 2024-07-01".to_owned())
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let start = Instant::now();
    let date = options.date.map_or_else(today, Ok)?;
    if !options.force_date {
        refuse_future(date)?;
    }
    let sealer = Sealer::open(root, &options.version)?;
    let tree = read_tree(root)?;
    let versions = super::versions(root)?;
    let previous = versions.latest();
    refuse_earlier(date, previous)?;
    let overrides = Overrides { versions: versions.clone(), ..Overrides::default() };
    if has_mistakes(&tree, &overrides) {
        return Ok(Outcome::Mistakes);
    }
    let sealed = Sealed { name: options.version.clone(), date };
    let loaded = pipeline::load(&tree, &Overrides { sealed: Some(sealed), ..Overrides::default() });
    let Some(site) = loaded.site else {
        report(&loaded.diagnostics, &loaded.sources);
        return Ok(Outcome::Mistakes);
    };
    let Some(base_url) = site.library.base_url.clone() else {
        bail!(
            "the site has no address, which a version's stands on\n  help: write `base_url` in `content/site.toml`"
        );
    };
    let files = match put_all(&sealer, root, &tree, &site) {
        Ok(files) => files,
        Err(Stopped::Mistakes(diagnostics)) => {
            report(&diagnostics, &loaded.sources);
            return Ok(Outcome::Mistakes);
        }
        Err(Stopped::Failure(error)) => return Err(error),
    };
    let payload = Put::payload(&files);
    let info = BagInfo {
        name: options.version.clone(),
        date,
        note: options.note.clone(),
        base_url,
        software: super::SOFTWARE.to_owned(),
        previous_seal: previous.map(|version| version.seal.clone()),
        payload,
    };
    let seal = sealer.commit(&info, &files)?;
    tell(&info, &seal, start.elapsed());
    Ok(Outcome::Fine)
}

/// The day of the seal: `SOURCE_DATE_EPOCH`'s, or today's in UTC.
fn today() -> Result<Date> {
    if let Some(date) = source_date()? {
        return Ok(date);
    }
    clock(Duration::ZERO)
}

/// The day in UTC after so much time from now.
fn clock(later: Duration) -> Result<Date> {
    let now = SystemTime::UNIX_EPOCH.elapsed().context("the clock is before 1970")?;
    let then = (now + later).as_secs();
    Date::from_unix(then).with_context(|| format!("{then} s after 1970 is no date"))
}

/// No later version could be sealed until that day has come.
fn refuse_future(date: Date) -> Result<()> {
    // Where the day begins first, on islands of the Pacific.
    const EARLIEST: Duration = Duration::from_secs(14 * 3600);
    if date > clock(EARLIEST)? {
        bail!(
            "the day {date} is still to come\n  \
             help: seal with the day of today, or with `--force-date` if that day is meant"
        );
    }
    Ok(())
}

/// Versions are ordered by date, and the chain of seals goes by that order.
fn refuse_earlier(date: Date, previous: Option<&Version>) -> Result<()> {
    if let Some(previous) = previous.filter(|previous| date < previous.date) {
        bail!(
            "the day {date} is before that of the latest version: `{}` was sealed on {}\n  \
             help: name that day or a later one with `--date`",
            previous.name,
            previous.date
        );
    }
    Ok(())
}

/// Runs the check. Mistakes are listed; doubts are counted.
fn has_mistakes(tree: &Tree, overrides: &Overrides) -> bool {
    let checked = check::check(tree, overrides);
    if checked.diagnostics.has_errors() {
        report(&checked.diagnostics, &checked.sources);
        say("nothing was sealed");
        return true;
    }
    tell_doubts(&checked.diagnostics);
    false
}

fn tell_doubts(diagnostics: &Diagnostics) {
    let count = diagnostics.count(Severity::Warning);
    if count > 0 {
        let warnings = if count == 1 { "warning" } else { "warnings" };
        say(&format!("the check has {count} {warnings}: `tongwen check` lists them"));
    }
}

/// Writes the payload: pages, record, content and theme.
fn put_all(sealer: &Sealer, root: &Path, tree: &Tree, site: &Site) -> Result<Vec<Put>, Stopped> {
    let renderer = Renderer::new(&site.library, &site.theme);
    let mut files = pipeline::render_all(&renderer, |file| {
        sealer.put(&format!("site/{}", file.path), &file.bytes)
    })?;
    let record = library::record(&site.library).to_json();
    files.push(sealer.put("measures.json", &record).map_err(Stopped::Failure)?);
    files.extend(put_source(sealer, root, tree, site).map_err(Stopped::Failure)?);
    Ok(files)
}

/// A complete root: what the site was made of, and the embedded theme's files.
fn put_source(sealer: &Sealer, root: &Path, tree: &Tree, site: &Site) -> Result<Vec<Put>> {
    let own = tree.files.par_iter().map(|(path, entry)| {
        let target = format!("source/{path}");
        match entry {
            Entry::Bytes(bytes) => sealer.put(&target, bytes),
            Entry::TooLarge(_) => sealer.copy(&target, &root.join(path)),
        }
    });
    let mut files: Vec<Put> = own.collect::<Result<_>>()?;
    for (path, bytes) in site.theme.files().filter(|(path, _)| !tree.files.contains_key(*path)) {
        files.push(sealer.put(&format!("source/{path}"), bytes)?);
    }
    Ok(files)
}

fn tell(info: &BagInfo, seal: &Seal, time: Duration) {
    let (bytes, files) = info.payload;
    say(&format!(
        "sealed `{}` ({files} files, {:.1} MB) in {:.2} s into `{FOLDER}/{}`\n  seal: {seal}",
        info.name,
        bytes as f64 / 1e6,
        time.as_secs_f64(),
        info.name,
    ));
}
