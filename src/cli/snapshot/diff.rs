//! `tongwen snapshot diff`.

use std::io::{self, Write};
use std::path::Path;
use std::slice;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::io::read_tree;
use crate::io::snapshot::{self, Bag};
use crate::library;
use crate::model::Date;
use crate::pipeline::{self, Overrides};
use crate::snapshot::record::Record;
use crate::snapshot::report::{self, Side};
use crate::snapshot::{VersionName, diff};

use super::super::{Outcome, report as tell, style};

/// Tells what changed between two versions
///
/// Measures are matched by what they say, so one with another number was
/// renumbered, not removed and added. `current` is the present, not sealed yet.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen snapshot diff 2024-07 2024-12\n  tongwen snapshot diff 2024-12 current --format json"
)]
pub struct Options {
    /// The version to compare from
    #[arg(value_parser = End::parse)]
    old: End,
    /// The version to compare with
    #[arg(value_parser = End::parse)]
    new: End,
    /// How the changes are written to stdout
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The source script, changes within a text as `[-old-]{+new+}`
    Human,
    /// One object, with both editions
    Json,
}

/// A version, or the present.
#[derive(Debug, Clone)]
enum End {
    Present,
    Sealed(VersionName),
}

impl End {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            VersionName::CURRENT => Ok(Self::Present),
            _ => VersionName::parse(text).map(Self::Sealed),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Present => VersionName::CURRENT,
            Self::Sealed(name) => name.as_str(),
        }
    }
}

/// What a version says, and when it was sealed.
struct Read {
    date: Option<Date>,
    record: Record,
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let (Some(old), Some(new)) = (read(root, &options.old)?, read(root, &options.new)?) else {
        return Ok(Outcome::Mistakes);
    };
    let (old, new) = (side(&options.old, &old), side(&options.new, &new));
    let diff = diff::compare(old.record, new.record);
    let text = match options.format {
        Format::Human => report::human(&diff, old, new, style(&io::stdout())),
        Format::Json => report::json(&diff, old, new),
    };
    io::stdout().write_all(text.as_bytes()).context("cannot write to stdout")?;
    Ok(Outcome::Fine)
}

fn side<'a>(end: &'a End, read: &'a Read) -> Side<'a> {
    Side { name: end.name(), date: read.date, record: &read.record }
}

/// `None` if the present has mistakes, which were listed.
fn read(root: &Path, end: &End) -> Result<Option<Read>> {
    match end {
        End::Present => present(root),
        End::Sealed(name) => {
            super::known(root, name)?;
            let bag = Bag::open(root, name)?;
            let versions = snapshot::versions(slice::from_ref(&bag))?;
            let version = versions.latest().context("a bag holds a version")?;
            Ok(Some(Read { date: Some(version.date), record: version.record.clone() }))
        }
    }
}

fn present(root: &Path) -> Result<Option<Read>> {
    let loaded = pipeline::load(&read_tree(root)?, &Overrides::default());
    let Some(site) = loaded.site else {
        tell(&loaded.diagnostics, &loaded.sources);
        return Ok(None);
    };
    Ok(Some(Read { date: None, record: library::record(&site.library) }))
}
