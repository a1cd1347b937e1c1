//! `tongwen snapshot`: sealed versions.

mod diff;
mod export;
mod list;
mod rebuild;
mod seal;
mod verify;

use std::path::Path;

use anyhow::{Result, bail};
use clap::Subcommand;

use crate::io::snapshot::{self, Bag};
use crate::snapshot::chain::{self, Break};
use crate::snapshot::{VersionName, Versions};

use super::{Outcome, say};

/// Seals versions of the site, and keeps them honest
///
/// A version is a BagIt bag (RFC 8493) in `snapshots/`: the content, the site
/// rendered from it, and the digests of every file. Standard tools verify it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen snapshot seal 2024-07 --note \"Chapter four amended\"\n  tongwen snapshot verify"
)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Diff(diff::Options),
    Export(export::Options),
    List(list::Options),
    Seal(seal::Options),
    Verify(verify::Options),
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    match &options.command {
        Command::Diff(options) => diff::run(root, options),
        Command::Export(options) => export::run(root, options),
        Command::List(options) => list::run(root, options),
        Command::Seal(options) => seal::run(root, options),
        Command::Verify(options) => verify::run(root, options),
    }
}

/// What seals, as bags name it.
const SOFTWARE: &str = concat!("tongwen ", env!("CARGO_PKG_VERSION"));

/// The bags of a site's versions. A chain that breaks is told, and is no reason
/// to stop: each version is still what it says.
pub(super) fn bags(root: &Path) -> Result<Vec<Bag>> {
    let bags = snapshot::bags(root)?;
    for one in chain::breaks(&bags.iter().map(Bag::link).collect::<Vec<_>>()) {
        say(&format!("warning: {}\n  help: {}", told(&one), one.help()));
    }
    Ok(bags)
}

/// The versions that a site is made with.
pub(super) fn versions(root: &Path) -> Result<Versions> {
    snapshot::versions(&bags(root)?)
}

fn told(one: &Break) -> String {
    format!("the chain of seals is broken: {}", one.message())
}

/// Refuses the name of a version that is not there.
fn known(root: &Path, name: &VersionName) -> Result<()> {
    if !snapshot::names(root)?.contains(name) {
        bail!(
            "there is no version `{name}`\n  help: `tongwen snapshot list` lists those there are"
        );
    }
    Ok(())
}
