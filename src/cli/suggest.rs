//! `tongwen suggest`: what a person might write next.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::check::{Name, names};
use crate::diagnostic::Diagnostics;
use crate::import::pinyin_id;
use crate::io::{read_tree, replace};
use crate::pipeline::{self, Overrides, Parts};
use crate::source::Sources;

use super::{Outcome, report, say};

/// Proposes entities: names that the documents give
#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Names that no entity has yet, as entries of `entities.toml`
    ///
    /// Titles in 《》, terms in quotation marks, words that end as names of
    /// bodies, programmes, events, places and laws do, and abbreviations that a
    /// text introduces (以下簡稱…), each with how often and where it stands.
    /// They are proposals: look at each before it is published.
    #[command(
        after_help = "Examples:\n  tongwen suggest entities\n  tongwen suggest entities --at-least 2 --append"
    )]
    Entities(Entities),
}

#[derive(Debug, clap::Args)]
struct Entities {
    /// Adds them to `content/entities.toml` in place of printing them
    #[arg(long)]
    append: bool,
    /// Only names that stand there so often
    #[arg(long, value_name = "TIMES", default_value_t = 1)]
    at_least: usize,
}

const FILE: &str = "content/entities.toml";

/// How many places of a name are told.
const PLACES: usize = 3;

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let What::Entities(options) = &options.what;
    let tree = read_tree(root)?;
    let mut proposed = String::new();
    let mut count = 0;
    let loaded = pipeline::load_with(&tree, &Overrides::default(), |parts| {
        let names = names(parts).into_iter();
        let names: Vec<Name> = names.filter(|name| name.places.len() >= options.at_least).collect();
        count = names.len();
        proposed = entries(&names, parts);
    });
    let mut mistakes = Diagnostics::default();
    mistakes.append(loaded.diagnostics);
    if mistakes.has_errors() {
        report(&mistakes, &loaded.sources);
        return Ok(Outcome::Mistakes);
    }
    if !options.append {
        io::stdout().write_all(proposed.as_bytes()).context("cannot write to stdout")?;
        return Ok(Outcome::Fine);
    }
    if count == 0 {
        say("no name was found that no entity has");
        return Ok(Outcome::Fine);
    }
    let before = replace::text(root, FILE)?;
    let before = before.unwrap_or_else(|| "#:schema ../schemas/entities.json\n".to_owned());
    let end = if before.ends_with('\n') || before.is_empty() { "" } else { "\n" };
    replace::replace(root, FILE, &[&before, end, &proposed].concat())?;
    say(&format!("added {count} to `{FILE}`: look at each, then `tongwen check`"));
    Ok(Outcome::Fine)
}

/// The names as entries, each below where it stands.
fn entries(names: &[Name], parts: &Parts) -> String {
    let known = parts.content.entities.iter().map(|one| one.id.value.to_string());
    let mut ids: BTreeSet<String> = known.collect();
    let mut text = String::new();
    for name in names {
        let _ = write!(text, "\n# {}\n[[entities]]\n", told(name, parts.sources));
        let id = free(&mut ids, pinyin_id(&name.name).unwrap_or_else(|| "entity".to_owned()));
        let _ = writeln!(text, "id = \"{id}\"\nkind = \"{}\"", name.kind.id());
        let _ = writeln!(text, "name = {}", quoted(&name.name));
        if !name.aliases.is_empty() {
            let aliases: Vec<String> = name.aliases.iter().map(|one| quoted(one)).collect();
            let _ = writeln!(text, "aliases = [{}]", aliases.join(", "));
        }
    }
    text
}

/// How often, and where first.
fn told(name: &Name, sources: &Sources) -> String {
    let mut places: Vec<String> = Vec::new();
    for span in &name.places {
        let (line, _) = sources.line_column(*span);
        let place = format!("{}:{line}", sources.file(span.file).path);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let more = if places.len() > PLACES { ", …" } else { "" };
    let times = match name.places.len() {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    };
    places.truncate(PLACES);
    format!("{times}: {}{more}", places.join(", "))
}

/// This id, with a number behind it if it is taken.
fn free(ids: &mut BTreeSet<String>, base: String) -> String {
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let id = std::iter::once(base.clone()).chain(numbered).find(|id| !ids.contains(id));
    let id = id.expect("there is always a next number");
    ids.insert(id.clone());
    id
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
