//! `tongwen schema`: the fields of a kind of file, for editors.

use std::io::{self, Write};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::parse::schema::{self, Kind};
use crate::render;

use super::Outcome;

/// Prints the JSON Schema of a kind of content file
///
/// Editors that know TOML complete fields by it, and mark mistakes as one types.
/// A new site has the schemas in `schemas/`, and its files name them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  tongwen schema area > schemas/area.json")]
pub struct Options {
    /// The kind of file
    #[arg(value_enum, value_name = "KIND")]
    kind: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// `content/site.toml`
    Site,
    /// `content/<id>/memorandum.toml`
    Memorandum,
    /// The other files of `content/<id>/`
    Area,
    /// `content/entities.toml`
    Entities,
    /// `content/lexicon.toml`
    Lexicon,
    /// A theme's `strings.toml`
    Strings,
    /// The front matter of `content/pages/*.md`
    Page,
}

/// Runs the command.
pub fn run(options: &Options) -> Result<Outcome> {
    let printed = text(options.kind);
    io::stdout().write_all(printed.as_bytes()).context("cannot write to stdout")?;
    Ok(Outcome::Fine)
}

fn text(of: Of) -> String {
    let value = match of {
        Of::Site => schema::schema(Kind::Site),
        Of::Memorandum => schema::schema(Kind::Memorandum),
        Of::Area => schema::schema(Kind::Area),
        Of::Entities => schema::schema(Kind::Entities),
        Of::Lexicon => schema::schema(Kind::Lexicon),
        Of::Strings => render::strings_schema(),
        Of::Page => schema::schema(Kind::Page),
    };
    format!("{value:#}\n")
}

/// The schemas by their paths below a site's root.
pub fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
    let all = Of::value_variants().iter().filter_map(|of| Some((of.to_possible_value()?, *of)));
    all.map(|(name, of)| (format!("schemas/{}.json", name.get_name()), text(of).into_bytes()))
}
