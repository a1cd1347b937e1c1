//! `tongwen snapshot verify`.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::io::snapshot::{self, FOLDER, Verified};
use crate::snapshot::{VersionName, chain};
use crate::source::Sources;

use super::super::{Outcome, report, say};
use super::rebuild::{Rebuilt, rebuild};

/// Verifies sealed versions to the byte
///
/// Hashes every file again, and names each one that was changed, is missing or
/// was added. Checks that each version was sealed after the one before it, which
/// shows a version that was replaced by another with digests of its own.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen snapshot verify\n  tongwen snapshot verify 2024-07 --rebuild"
)]
pub struct Options {
    /// The versions [default: all]
    #[arg(value_parser = VersionName::parse)]
    versions: Vec<VersionName>,
    /// Also builds each version's content again and compares the pages
    #[arg(long)]
    rebuild: bool,
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let start = Instant::now();
    for name in &options.versions {
        super::known(root, name)?;
    }
    let all = snapshot::names(root)?;
    let chosen = if options.versions.is_empty() { &all } else { &options.versions };
    let verified: Result<Vec<Verified>> =
        chosen.par_iter().map(|name| snapshot::verify(root, name)).collect();
    let (mut files, mut bytes, mut damage) = (0, 0, Diagnostics::default());
    for (name, one) in chosen.iter().zip(verified?) {
        files += one.files;
        bytes += one.bytes;
        if options.rebuild {
            let rebuilt = match one.damage.has_errors() {
                true => Rebuilt::PassedOver("it is damaged".to_owned()),
                false => rebuild(root, name)?,
            };
            damage.append(rebuilt.diagnostics(name));
        }
        damage.append(one.damage);
    }
    check_chain(root, &all, chosen, &mut damage);
    report(&damage, &Sources::default());
    let outcome = if damage.has_errors() { "damaged" } else { "whole" };
    say(&format!(
        "verified {} ({files} files, {:.1} MB) in {:.2} s: {outcome}",
        match chosen.len() {
            1 => "1 version".to_owned(),
            count => format!("{count} versions"),
        },
        bytes as f64 / 1e6,
        start.elapsed().as_secs_f64(),
    ));
    Ok(if damage.has_errors() { Outcome::Mistakes } else { Outcome::Fine })
}

/// Reports the breaks of the chain on either side of the chosen versions.
fn check_chain(root: &Path, all: &[VersionName], chosen: &[VersionName], damage: &mut Diagnostics) {
    let links: Vec<_> = all.iter().filter_map(|name| snapshot::link(root, name)).collect();
    let ordered: Vec<_> = chain::order(&links).into_iter().map(|at| links[at].clone()).collect();
    for one in chain::breaks(&ordered) {
        let names = std::iter::once(&one.version).chain(&one.before).map(|link| &link.name);
        if names.into_iter().any(|name| chosen.contains(name)) {
            let place = format!("{FOLDER}/{}", one.version.name);
            damage.push(
                Diagnostic::file_error(Code::BrokenChain, &place, super::told(&one))
                    .help(one.help()),
            );
        }
    }
}
