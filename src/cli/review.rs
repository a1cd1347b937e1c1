//! `tongwen review`.

mod lexicon;

use std::fmt::Write as _;
use std::io::{self, BufRead, Write as _};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::check::{self, Decision, Excerpt, Occurrence, Rule};
use crate::diagnostic::visible;
use crate::io::{read_tree, replace};
use crate::pipeline::Overrides;
use crate::source::Sources;

use super::{Outcome, harmless, report, say};

/// The lexicon's path below the root.
const LEXICON: &str = "content/lexicon.toml";

/// The most places that are shown of a decision.
const PLACES: usize = 5;

/// Walks through what the conversion leaves in doubt, and writes the lexicon
///
/// Each decision is shown with what speaks for and against it and where it stands,
/// the most doubtful first. Answers are read from standard input, one a line: `k`
/// keeps what the word became, a number takes another reading, `=` and a wording
/// takes that, `s` or an empty line goes on, `q` ends. What is answered is written
/// to `content/lexicon.toml` at once; its comments and order stay.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen review\n  tongwen review --list\n  tongwen review --json"
)]
pub struct Options {
    /// Prints the decisions and asks nothing
    #[arg(long)]
    list: bool,
    /// Prints them as JSON and asks nothing
    #[arg(long, conflicts_with = "list")]
    json: bool,
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    let tree = read_tree(root)?;
    let reviewed = check::review(&tree, &Overrides::default());
    let (decisions, sources) = (&reviewed.decisions, &reviewed.sources);
    if reviewed.diagnostics.has_errors() {
        report(&reviewed.diagnostics, sources);
        return Ok(Outcome::Mistakes);
    }
    if options.json {
        let all: Vec<Value> = decisions.iter().map(|one| as_json(one, sources)).collect();
        let text = serde_json::to_string_pretty(&all).context("cannot write JSON")?;
        print(&format!("{text}\n"))?;
    } else if options.list {
        for (rank, decision) in (1..).zip(decisions) {
            print(&harmless(&shown(decision, rank, decisions.len(), sources)))?;
        }
    } else {
        let written = walk(root, decisions, sources, &mut io::stdin().lock())?;
        say(&match (decisions.len(), written) {
            (0, _) => "nothing is in doubt".to_owned(),
            (_, 1) => format!("wrote 1 rule to `{LEXICON}`"),
            (_, written) => format!("wrote {written} rules to `{LEXICON}`"),
        });
    }
    Ok(Outcome::Fine)
}

/// Asks about each decision, and writes what is answered; tells how many rules.
fn walk(
    root: &Path,
    decisions: &[Decision],
    sources: &Sources,
    answers: &mut impl BufRead,
) -> Result<usize> {
    let mut written = 0;
    for (rank, decision) in (1..).zip(decisions) {
        say(&shown(decision, rank, decisions.len(), sources));
        let reading = match ask(decision, answers)? {
            Answer::Reading(reading) => reading,
            Answer::Skip => continue,
            Answer::Quit => break,
        };
        if let Some(rule) = decision.rule(&reading) {
            add(root, &rule)?;
            say(&format!("  {rule}\n"));
            written += 1;
        }
    }
    Ok(written)
}

/// What a reviewer says.
enum Answer {
    Reading(String),
    Skip,
    Quit,
}

/// Asks until the answer is one.
fn ask(decision: &Decision, answers: &mut impl BufRead) -> Result<Answer> {
    loop {
        say(&choices(decision));
        let mut line = String::new();
        if answers.read_line(&mut line).context("cannot read standard input")? == 0 {
            return Ok(Answer::Quit);
        }
        match answer(decision, line.trim()) {
            Some(answer) => return Ok(answer),
            None => say(&format!("  `{}` is none of these", line.trim())),
        }
    }
}

fn choices(decision: &Decision) -> String {
    let doubt = &decision.doubt;
    if decision.rule(&doubt.taken).is_none() {
        return "  it stands alone: write both wordings with the text; s, q?".to_owned();
    }
    let others = (1..).zip(&doubt.others).map(|(number, other)| format!("{number} {other}, "));
    format!(
        "  k keep {}, {}= another wording, s skip, q quit?",
        doubt.taken,
        others.collect::<String>()
    )
}

fn answer(decision: &Decision, line: &str) -> Option<Answer> {
    let doubt = &decision.doubt;
    let reading = match line {
        "" | "s" => return Some(Answer::Skip),
        "q" => return Some(Answer::Quit),
        "k" => doubt.taken.clone(),
        _ => match line.strip_prefix('=') {
            Some(wording) => wording.trim().to_owned(),
            None => doubt.others.get(line.parse::<usize>().ok()?.checked_sub(1)?)?.clone(),
        },
    };
    let is_word = !reading.is_empty() && !reading.chars().any(char::is_control);
    (is_word && decision.rule(&reading).is_some()).then_some(Answer::Reading(reading))
}

/// Adds a rule to the lexicon as it is on the disk now.
fn add(root: &Path, rule: &Rule) -> Result<()> {
    let text = replace::text(root, LEXICON)?.unwrap_or_default();
    let text = lexicon::with_rule(&text, rule)
        .with_context(|| format!("cannot add to `{}`", root.join(LEXICON).display()))?;
    replace::replace(root, LEXICON, &text)
}

fn shown(decision: &Decision, rank: usize, all: usize, sources: &Sources) -> String {
    let Decision { word, doubt, places, .. } = decision;
    let others = doubt.others.join("`, `");
    let mut text = format!("{rank} of {all}: `{word}` became `{}`", doubt.taken);
    if places.len() > 1 {
        let _ = write!(text, " {} times", places.len());
    }
    let _ = writeln!(text, "; it may also be `{others}`");
    for (what, evidence) in [("for", &doubt.reasons), ("against", &doubt.objections)] {
        if !evidence.is_empty() {
            let _ = writeln!(text, "  {what} `{}`: {}", doubt.taken, evidence.join("; "));
        }
    }
    for place in places.iter().take(PLACES) {
        let (line, column) = sources.line_column(place.span);
        let path = &sources.file(place.span.file).path;
        let around = place.excerpt(word, sources).map(|Excerpt { before, word, after }| {
            format!(": {}〔{word}〕{}", visible(before), visible(after))
        });
        let _ = writeln!(text, "  {path}:{line}:{column}{}", around.unwrap_or_default());
    }
    if let Some(more) = places.len().checked_sub(PLACES).filter(|more| *more > 0) {
        let _ = writeln!(text, "  and {more} more");
    }
    text
}

fn as_json(decision: &Decision, sources: &Sources) -> Value {
    let Decision { word, into, doubt, places } = decision;
    let place = |Occurrence { span, address, .. }: &Occurrence| {
        let (line, column) = sources.line_column(*span);
        let file = &sources.file(span.file).path;
        json!({ "file": file, "line": line, "column": column, "page": address })
    };
    json!({
        "word": word,
        "into": into.id(),
        "became": doubt.taken,
        "may_be": doubt.others,
        "for": doubt.reasons,
        "against": doubt.objections,
        "places": places.iter().map(place).collect::<Vec<_>>(),
        "rule": decision.rule(&doubt.taken),
    })
}

fn print(text: &str) -> Result<()> {
    io::stdout().write_all(text.as_bytes()).context("cannot write to stdout")
}
