//! `tongwen import`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use serde_json::json;

use crate::import::{self, About, Report};
use crate::io::{import as place, read_bounded};
use crate::model::Id;

use super::{Outcome, say, schema};

/// Makes content of a document: text, Markdown, HTML, Word or PDF
///
/// The file is kept byte for byte in `seeds/`, with the text extracted from it;
/// the structure that was recognised becomes `content/<id>/`. Nothing of the
/// text is dropped, and what is doubtful is told.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tongwen import notice.docx --id notice-2024\n  tongwen import page.html --select \"#content\" --dry-run\n  tongwen import old.txt --encoding big5-hkscs --json"
)]
pub struct Options {
    /// The documents' files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The document's id; without it, from the file's name or the title
    #[arg(long)]
    id: Option<String>,
    /// Its kind: memorandum, agreement, arrangement, plan, measures,
    /// regulation, decision, notice
    #[arg(long)]
    kind: Option<String>,
    /// The script it is written in; without it, as its characters tell
    #[arg(long, value_enum, value_name = "SCRIPT")]
    source_script: Option<Script>,
    /// The encoding of its characters; without it, as its bytes tell
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The part of a web page that holds the document, as a CSS selector
    #[arg(long, value_name = "CSS")]
    select: Option<String>,
    /// Puts a new text of a document that is there in the old one's place;
    /// measures that say the same stay as they stand, of the others and of the
    /// head what an editor adds
    #[arg(long, requires = "id")]
    update: bool,
    /// Shows the report and writes nothing
    #[arg(long)]
    dry_run: bool,
    /// Prints the report as one object on standard output
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Script {
    /// Traditional
    Hant,
    /// Simplified
    Hans,
}

/// Runs the command.
pub fn run(root: &Path, options: &Options) -> Result<Outcome> {
    if !root.join("content/site.toml").is_file() {
        bail!("there is no site in `{}`: it has no `content/site.toml`", root.display());
    }
    if options.id.is_some() && options.files.len() > 1 {
        bail!("`--id` is for one file, and {} are given", options.files.len());
    }
    if let Some(id) = options.id.as_deref().filter(|id| Id::parse(id).is_none()) {
        bail!(
            "`{id}` is no id\n  help: write small letters, digits and single hyphens, at most 100, \
             and no name that Windows keeps for itself"
        );
    }
    let mut reports = Vec::new();
    let mut outcome = Outcome::Fine;
    for file in &options.files {
        match one(root, file, options) {
            Ok(Some(report)) => reports.push(report),
            Ok(None) => outcome = Outcome::Mistakes,
            Err(error) => {
                say(&format!("error: {error:#}"));
                return Ok(Outcome::Failure);
            }
        }
    }
    if options.json {
        print(&reports)?;
    } else {
        for report in &reports {
            say(&report.human());
        }
        if reports.iter().any(|report| report.written) {
            say(
                "next: read the files through, give titles and labels, add entities, then `tongwen build`",
            );
        }
    }
    Ok(outcome)
}

/// Imports a file; `None` if it gives no text, which was said.
fn one(root: &Path, file: &Path, options: &Options) -> Result<Option<Report>> {
    let shown = file.display().to_string();
    if file.is_dir() {
        bail!("`{shown}` is a folder\n  help: name the document's file");
    }
    let length = fs::metadata(file).with_context(|| format!("cannot read `{shown}`"))?.len();
    let limit = import::MAX_BYTES;
    let read = match read_bounded(file, limit) {
        Ok(bytes) => {
            let how = import::Options {
                encoding: options.encoding.clone(),
                select: options.select.clone(),
                ..import::Options::default()
            };
            import::read(&shown, &bytes, &how).map(|extracted| (bytes, extracted, how))
        }
        // What the system says of its size need not be so.
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Err(import::ReadError::TooLarge { bytes: length.max(limit + 1), limit })
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read `{shown}`")),
    };
    let (bytes, extracted, how) = match read {
        Ok(read) => read,
        Err(error) => {
            say(&format!("error: `{shown}`: {error}\n  help: {}", error.help()));
            return Ok(None);
        }
    };
    let recognised = import::recognise(&extracted);
    let about = About {
        id: options.id.clone(),
        file: file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        kind: options.kind.clone(),
        script: options.source_script.map(|script| match script {
            Script::Hant => "hant".to_owned(),
            Script::Hans => "hans".to_owned(),
        }),
        options: how,
    };
    let mut content = import::content(&bytes, &extracted, &recognised, &about);
    let update = match options.update {
        true => {
            let old = place::content_files(root, &content.id)?;
            let unread = |path| anyhow!("`{path}` is no TOML\n  help: `tongwen check` tells where");
            let seed = read_bounded(&root.join(format!("seeds/{}.txt", content.id)), limit).ok();
            Some(import::update(&mut content, &old, seed.as_deref()).map_err(unread)?)
        }
        false => None,
    };
    let mut report = Report::new(&shown, &extracted, &recognised, &content);
    if let Some(update) = update {
        report.update = Some(update);
        if !options.dry_run {
            place::replace(root, &content.id, &content.files)?;
            report.written = true;
        }
    } else if options.dry_run {
        place::refuse(root, &content.id, &content.files)?;
    } else {
        // What the files' first lines name.
        let schemas = schema::files().filter(|(path, _)| !root.join(path).exists());
        let files: Vec<_> = content.files.iter().cloned().chain(schemas).collect();
        place::place(root, &content.id, &files)?;
        report.written = true;
    }
    Ok(Some(report))
}

/// One object, whatever the number of files.
fn print(reports: &[Report]) -> Result<()> {
    let value = match reports {
        [one] => json!(one),
        more => {
            let skipped: Vec<&String> = more.iter().flat_map(|report| &report.skipped).collect();
            json!({ "documents": more, "skipped": skipped })
        }
    };
    writeln!(io::stdout(), "{value:#}").context("cannot write to stdout")
}
