//! `tongwen convert`: files or standard input to standard output, in the other
//! script.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde_json::{Value, json};

use crate::diagnostic::Diagnostics;
use crate::io::{read_settings, stream};
use crate::model::{self, Lexicon};
use crate::pipeline;
use crate::script::{Converter, Doubt, Standard, Tongwen, Way};
use crate::source::Sources;

use super::{Outcome, report};

/// Converts text from one script to the other
///
/// From standard input or files to standard output; line ends stay as they are.
/// In a site's folder its lexicon, its entities' official names and its engine
/// are used, and its script is where the text comes from.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen convert --from hans notice.txt > notice.hant.txt\n  echo 头发 | tongwen convert --to tw\n  tongwen convert --to hans --json draft.txt"
)]
pub struct Options {
    /// The script of the text
    #[arg(long, value_enum, value_name = "SCRIPT")]
    from: Option<Script>,
    /// The script to write
    #[arg(long, value_enum, value_name = "SCRIPT")]
    to: Option<Script>,
    /// Prints one object: the text in parts, and the places where other readings
    /// are as likely, with what speaks for and against them
    #[arg(long)]
    json: bool,
    /// The texts, in UTF-8; without any, standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Script {
    /// Traditional as in Hong Kong
    Hant,
    /// Simplified
    Hans,
    /// Traditional as in Hong Kong
    Hk,
    /// Traditional as in Taiwan
    Tw,
    /// Traditional by OpenCC's own standard
    Plain,
}

impl Script {
    fn standard(self) -> Option<Standard> {
        match self {
            Self::Hans => None,
            Self::Hant | Self::Hk => Some(Standard::Hk),
            Self::Tw => Some(Standard::Tw),
            Self::Plain => Some(Standard::Plain),
        }
    }

    fn of_text(self) -> model::Script {
        if self == Self::Hans { model::Script::Hans } else { model::Script::Hant }
    }
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    let settings = read_settings(root)?;
    let of_site = settings.map(|tree| pipeline::converter(&tree, &mut sources, &mut diagnostics));
    let (converter, script) = match of_site {
        Some((converter, script)) => (converter, Some(script)),
        None => {
            let lexicon = Lexicon::default();
            (Converter::new(Box::new(Tongwen), &lexicon, &mut diagnostics), None)
        }
    };
    report(&diagnostics, &sources);
    if diagnostics.has_errors() {
        return Ok(Outcome::Mistakes);
    }
    let way = direction(options, script)?;
    let mut writer = Writer { out: io::stdout().lock(), json: options.json, parts: 0 };
    let written = all(&converter, way, options, &mut writer);
    match written {
        // Who reads has read enough.
        Err(error) if is_closed(&error) => Ok(Outcome::Fine),
        written => written.map(|()| Outcome::Fine),
    }
}

/// What the options say, and the site where they say nothing.
fn direction(options: &Options, site: Option<model::Script>) -> Result<Way> {
    let other = |one: Script| if one == Script::Hans { Script::Hant } else { Script::Hans };
    let (from, to) = match (options.from, options.to, site) {
        (Some(from), Some(to), _) => (from, to),
        (Some(from), None, _) => (from, other(from)),
        (None, Some(to), _) => (other(to), to),
        (None, None, Some(model::Script::Hant)) => (Script::Hant, Script::Hans),
        (None, None, Some(model::Script::Hans)) => (Script::Hans, Script::Hant),
        (None, None, None) => bail!(
            "there is no site that tells the text's script\n  help: write `--from hans` or `--from hant`"
        ),
    };
    if from.of_text() == to.of_text() {
        bail!(
            "both sides are {}\n  help: one of `--from` and `--to` is `hans`, the other `hant`, `hk`, `tw` or `plain`",
            if from == Script::Hans { "Simplified" } else { "Traditional" }
        );
    }
    let standard = from.standard().or(to.standard()).unwrap_or_default();
    Ok(Way { into: to.of_text(), standard })
}

fn all(
    converter: &Converter,
    way: Way,
    options: &Options,
    writer: &mut Writer<impl Write>,
) -> Result<()> {
    let Way { into, standard } = way;
    let name = |script| if script == model::Script::Hans { "hans" } else { standard.id() };
    writer.begin(name(into.other()), name(into))?;
    if options.files.is_empty() {
        one(converter, way, io::stdin().lock(), None, writer).context("standard input")?;
    }
    for path in &options.files {
        let shown = path.display().to_string();
        if path.is_dir() {
            bail!("`{shown}` is a folder\n  help: name the text's file");
        }
        let file = File::open(path).with_context(|| format!("cannot read `{shown}`"))?;
        one(converter, way, file, Some(&shown), writer).with_context(|| format!("`{shown}`"))?;
    }
    writer.end()
}

fn one(
    converter: &Converter,
    way: Way,
    text: impl io::Read,
    file: Option<&str>,
    writer: &mut Writer<impl Write>,
) -> Result<()> {
    stream::convert(text, converter, way, |part| writer.part(part, file))
}

/// Writes what was converted.
struct Writer<W> {
    out: W,
    json: bool,
    parts: usize,
}

impl<W: Write> Writer<W> {
    fn begin(&mut self, from: &str, to: &str) -> Result<()> {
        if self.json {
            write!(self.out, "{{\"from\": \"{from}\", \"to\": \"{to}\", \"parts\": [")?;
        }
        Ok(())
    }

    fn part(&mut self, part: &stream::Part, file: Option<&str>) -> Result<()> {
        if !self.json {
            return Ok(self.out.write_all(part.text.as_bytes())?);
        }
        let mut line = part.place;
        let mut at = 0;
        let candidates: Vec<Value> = part
            .doubts()
            .iter()
            .map(|doubt| {
                line = place(line, &part.source[at..doubt.range.start.max(at)]);
                at = doubt.range.start.max(at);
                candidate(doubt, &part.source[doubt.range.clone()], line)
            })
            .collect();
        let mut value =
            json!({ "line": part.place.0, "text": part.text, "candidates": candidates });
        if let Some(file) = file {
            value["file"] = file.into();
        }
        let comma = if self.parts > 0 { "," } else { "" };
        self.parts += 1;
        Ok(write!(self.out, "{comma}\n{value}")?)
    }

    fn end(&mut self) -> Result<()> {
        if self.json {
            writeln!(self.out, "\n]}}")?;
        }
        Ok(self.out.flush()?)
    }
}

/// A doubtful place, lines and columns from 1, columns in characters.
fn candidate(doubt: &Doubt, source: &str, (line, column): (usize, usize)) -> Value {
    json!({
        "line": line,
        "column": column,
        "source": source,
        "taken": doubt.taken,
        "others": doubt.others,
        "reasons": doubt.reasons,
        "objections": doubt.objections,
    })
}

/// Where one is after this much text.
fn place((line, column): (usize, usize), passed: &str) -> (usize, usize) {
    match passed.rsplit_once('\n') {
        Some((_, last)) => (line + passed.matches('\n').count(), last.chars().count() + 1),
        None => (line, column + passed.chars().count()),
    }
}

fn is_closed(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(ErrorKind::BrokenPipe)
}
