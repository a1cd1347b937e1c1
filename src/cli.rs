//! Arguments, messages, exit codes.

mod build;
mod check;
mod convert;
mod explain;
mod import;
mod init;
mod review;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod snapshot;
mod suggest;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{CommandFactory, Parser, Subcommand};

use crate::diagnostic::{Diagnostics, Severity, Style, human, visible};
use crate::model::Date;
use crate::source::Sources;

/// How a run ended, as its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Fine = 0,
    /// The content has mistakes, and they were listed.
    Mistakes = 1,
    /// Something outside the content failed.
    Failure = 2,
}

/// One source, both Chinese scripts: a static site from measure documents.
#[derive(Debug, Parser)]
#[command(name = "tongwen", version, arg_required_else_help = true)]
struct Arguments {
    /// The site's folder; every path but `--out` is below it
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Options),
    Check(check::Options),
    /// Writes a completion script for a shell
    #[command(after_help = "Example:\n  tongwen completions bash > /etc/bash_completion.d/tongwen")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    Convert(convert::Options),
    Explain(explain::Options),
    Import(import::Options),
    Init(init::Options),
    Review(review::Options),
    Schema(schema::Options),
    #[cfg(feature = "serve")]
    Serve(serve::Options),
    Snapshot(snapshot::Options),
    Suggest(suggest::Options),
}

/// Runs the command line.
pub fn run() -> Outcome {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Build(options) => build::run(&arguments.root, options),
        Command::Check(options) => check::run(&arguments.root, options),
        Command::Completions { shell } => {
            clap_complete::generate(
                *shell,
                &mut Arguments::command(),
                "tongwen",
                &mut io::stdout(),
            );
            Ok(Outcome::Fine)
        }
        Command::Convert(options) => convert::run(&arguments.root, options),
        Command::Explain(options) => explain::run(options),
        Command::Import(options) => import::run(&arguments.root, options),
        Command::Init(options) => init::run(options),
        Command::Review(options) => review::run(&arguments.root, options),
        Command::Schema(options) => schema::run(options),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::run(&arguments.root, options),
        Command::Snapshot(options) => snapshot::run(&arguments.root, options),
        Command::Suggest(options) => suggest::run(&arguments.root, options),
    };
    outcome.unwrap_or_else(|error| {
        say(&format!("error: {error:#}"));
        Outcome::Failure
    })
}

/// The day that `SOURCE_DATE_EPOCH` names, for results that do not depend on
/// when they are made.
fn source_date() -> Result<Option<Date>> {
    const VARIABLE: &str = "SOURCE_DATE_EPOCH";
    let Some(value) = std::env::var_os(VARIABLE) else { return Ok(None) };
    let seconds = value.to_str().and_then(|text| text.parse().ok());
    let date = seconds.and_then(Date::from_unix);
    let wrong = || format!("`{VARIABLE}` is no count of seconds: `{}`", value.display());
    date.map(Some).with_context(wrong)
}

/// Talk goes to stderr; that a reader closed it is no reason to fail. What it
/// quotes, as names of files, cannot drive the terminal.
fn say(text: &str) {
    let _ = io::stderr().write_all(harmless(text).as_bytes());
}

/// A text of some lines without what would drive a terminal.
fn harmless(text: &str) -> String {
    text.lines().map(|line| [&*visible(line), "\n"].concat()).collect()
}

/// Lists the diagnostics, then counts them in one line.
fn report(diagnostics: &Diagnostics, sources: &Sources) {
    let sorted = diagnostics.sorted(sources);
    let count = |severity| sorted.iter().filter(|one| one.severity == severity).count();
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| match count(severity) {
            0 => None,
            1 => Some(format!("1 {}", severity.name())),
            count => Some(format!("{count} {}s", severity.name())),
        })
        .collect();
    if counts.is_empty() {
        return;
    }
    let _ = io::stderr().write_all(human(&sorted, sources, style(&io::stderr())).as_bytes());
    say(&format!("found {}", counts.join(", ")));
}

/// Colours for a person at a terminal who has not refused them (`NO_COLOR`).
fn style(stream: &impl IsTerminal) -> Style {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if stream.is_terminal() && !refused { Style::Coloured } else { Style::Plain }
}
