//! `tongwen check`.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::check;
use crate::diagnostic::{self, Severity};
use crate::io::read_tree;
use crate::pipeline::Overrides;

use super::{Outcome, report, snapshot};

/// Checks the content and every page, and lists what to review
///
/// Everything that a build would find, and: links and fragments of every
/// rendered page, characters of the wrong script, entities nobody mentions,
/// labels and alternative texts, lines joined from the source document, and
/// each place of the conversion that had several candidates.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen check\n  tongwen check --deny warnings\n  tongwen check --format sarif > tongwen.sarif"
)]
pub struct Options {
    /// How the findings are written: `human` to stderr, the others to stdout
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Makes warnings count as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person at a terminal
    Human,
    /// One object for each finding
    Json,
    /// For code hosts
    Sarif,
}

/// What counts as an error besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings, too
    Warnings,
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let tree = read_tree(root)?;
    let versions = snapshot::versions(root)?;
    let checked = check::check(&tree, &Overrides { versions, ..Overrides::default() });
    let (diagnostics, sources) = (&checked.diagnostics, &checked.sources);
    match options.format {
        Format::Human => report(diagnostics, sources),
        Format::Json => print(&diagnostic::json(&diagnostics.sorted(sources), sources))?,
        Format::Sarif => print(&diagnostic::sarif(&diagnostics.sorted(sources), sources))?,
    }
    let denied = options.deny.is_some() && diagnostics.count(Severity::Warning) > 0;
    Ok(if diagnostics.has_errors() || denied { Outcome::Mistakes } else { Outcome::Fine })
}

fn print(text: &str) -> Result<()> {
    io::stdout().write_all(text.as_bytes()).context("cannot write to stdout")
}
