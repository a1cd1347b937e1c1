//! `tongwen explain`: what a code means.

use std::io::{self, Write};

use anyhow::{Context, Result, bail};

use crate::diagnostic::{Code, like};

use super::Outcome;

/// Says what the code of a mistake or finding means
///
/// Without a code, all are listed with what they mean.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  tongwen explain unknown-reference")]
pub struct Options {
    /// The code, as it stands in brackets after `error` or `warning`
    code: Option<String>,
}

/// Runs the command.
pub fn run(options: &Options) -> Result<Outcome> {
    let text = match &options.code {
        None => Code::ALL.iter().map(|code| line(*code)).collect(),
        Some(name) => match Code::from_name(name) {
            Some(code) => line(code),
            None => bail!("{}", unknown(name)),
        },
    };
    io::stdout().write_all(text.as_bytes()).context("cannot write to stdout")?;
    Ok(Outcome::Fine)
}

fn line(code: Code) -> String {
    format!("{}: {}\n", code.name(), code.meaning())
}

fn unknown(name: &str) -> String {
    let near = like(name, Code::ALL.iter().map(|code| code.name()));
    let help = near.map_or_else(
        || "`tongwen explain` lists them all".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    format!("no code is called `{name}`\n  help: {help}")
}
