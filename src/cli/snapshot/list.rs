//! `tongwen snapshot list`.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::Serialize;

use crate::io::snapshot::{self, Bag};
use crate::snapshot::chain;

use super::super::{Outcome, harmless, say};

/// Lists the sealed versions, the oldest first
///
/// Looks at what each version says of itself, not at its files: that is for
/// `tongwen snapshot verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tongwen snapshot list\n  tongwen snapshot list --format json")]
pub struct Options {
    /// How the versions are written to stdout
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// How versions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each: name, date, seal, note
    Human,
    /// One object for each
    Json,
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    date: String,
    note: Option<&'a str>,
    seal: &'a str,
    previous_seal: Option<&'a str>,
    software: &'a str,
    base_url: &'a str,
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let mut outcome = Outcome::Fine;
    let mut bags = Vec::new();
    for name in snapshot::names(root)? {
        match Bag::open(root, &name) {
            Ok(bag) => bags.push(bag),
            Err(error) => {
                say(&format!("error: {error:#}"));
                outcome = Outcome::Mistakes;
            }
        }
    }
    let links: Vec<_> = bags.iter().map(Bag::link).collect();
    let bags: Vec<&Bag> = chain::order(&links).into_iter().map(|at| &bags[at]).collect();
    if bags.is_empty() && outcome == Outcome::Fine {
        say("there are no sealed versions");
    }
    let text = match options.format {
        Format::Human => harmless(&human(&bags)),
        Format::Json => json(&bags),
    };
    io::stdout().write_all(text.as_bytes()).context("cannot write to stdout")?;
    Ok(outcome)
}

fn human(bags: &[&Bag]) -> String {
    let name = |bag: &Bag| bag.info().name.as_str().to_owned();
    let width = bags.iter().map(|bag| name(bag).len()).max().unwrap_or_default();
    let line = |bag: &&Bag| {
        let (info, seal) = (bag.info(), bag.seal().short());
        let note = info.note.as_deref().unwrap_or_default();
        let line = format!("{:width$}  {}  {seal}…  {note}", name(bag), info.date);
        format!("{}\n", line.trim_end())
    };
    bags.iter().map(line).collect()
}

fn json(bags: &[&Bag]) -> String {
    let listed = |bag: &&'_ Bag| serde_json::json!(listed(bag));
    let list: Vec<_> = bags.iter().map(listed).collect();
    let text = serde_json::to_string_pretty(&list).expect("strings become JSON in memory");
    format!("{text}\n")
}

fn listed(bag: &Bag) -> Listed<'_> {
    let info = bag.info();
    Listed {
        name: info.name.as_str(),
        date: info.date.to_string(),
        note: info.note.as_deref(),
        seal: bag.seal().as_str(),
        previous_seal: info.previous_seal.as_ref().map(|seal| seal.as_str()),
        software: &info.software,
        base_url: info.base_url.as_str(),
    }
}
