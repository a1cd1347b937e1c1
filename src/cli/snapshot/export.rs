//! `tongwen snapshot export`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;

use crate::io::snapshot::{self, Bag};
use crate::snapshot::VersionName;

use super::super::{Outcome, say};

/// Packs a sealed version into one file
///
/// The same version gives the same bytes. Unpacked, it is the bag as it was
/// sealed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen snapshot export 2024-07 --format zip\n  tongwen snapshot export 2024-07 --format zip --out /srv/archive/2024-07.zip"
)]
pub struct Options {
    /// The version
    #[arg(value_parser = VersionName::parse)]
    version: VersionName,
    /// The kind of file
    #[arg(long, value_enum, default_value = "zip")]
    format: Format,
    /// Where the file goes, never among the snapshots [default: ./VERSION.zip]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A kind of file that holds others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A ZIP file
    Zip,
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let name = &options.version;
    super::known(root, name)?;
    let Format::Zip = options.format;
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.zip")));
    snapshot::refuse_damaged(root, name)?;
    let size = snapshot::export(root, &Bag::open(root, name)?, &out)?;
    say(&format!("packed `{name}` ({:.1} MB) into `{}`", size as f64 / 1e6, out.display()));
    Ok(Outcome::Fine)
}
