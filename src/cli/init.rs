//! `tongwen init`: a small site that builds at once. Knows no content but its
//! templates and the project's own site.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use sha2::{Digest, Sha256};

use crate::model::{BaseUrl, Edition};
use crate::script::{Engine, Standard, Tongwen, Way};

use super::{Outcome, say, schema};

/// Makes a small site that builds at once
///
/// No file that exists is overwritten; where there is a site nothing is done.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tongwen init my-site\n  tongwen init my-site --example")]
pub struct Options {
    /// The new site's folder, from the working directory
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The site's title
    #[arg(long)]
    title: Option<String>,
    /// Where it will be published
    #[arg(long, value_name = "URL", default_value = "https://example.org/")]
    base_url: String,
    /// The script that it is written in
    #[arg(long, value_enum, default_value = "hant")]
    script: Script,
    /// Writes a whole site: fifty-two measures of Hubei and Hong Kong
    #[arg(long, conflicts_with_all = ["title", "base_url", "script"])]
    example: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Script {
    /// Traditional
    Hant,
    /// Simplified
    Hans,
}

const SITE: &str = "content/site.toml";
const ATTRIBUTES: &str =
    "# Line-ending conversion would break every hash.\nseeds/** -text\nsnapshots/** -text\n";
const IGNORED: &str = "public/\n";

/// The project's own site, its `site.toml` last.
const EXAMPLE: &[(&str, &[u8])] = &[
    ("content/entities.toml", include_bytes!("../../content/entities.toml")),
    (
        "content/hubei-2021/01-finance.toml",
        include_bytes!("../../content/hubei-2021/01-finance.toml"),
    ),
    (
        "content/hubei-2021/02-innovation-technology.toml",
        include_bytes!("../../content/hubei-2021/02-innovation-technology.toml"),
    ),
    (
        "content/hubei-2021/03-aviation-railway.toml",
        include_bytes!("../../content/hubei-2021/03-aviation-railway.toml"),
    ),
    (
        "content/hubei-2021/04-trade-investment.toml",
        include_bytes!("../../content/hubei-2021/04-trade-investment.toml"),
    ),
    ("content/hubei-2021/05-youth.toml", include_bytes!("../../content/hubei-2021/05-youth.toml")),
    (
        "content/hubei-2021/06-services.toml",
        include_bytes!("../../content/hubei-2021/06-services.toml"),
    ),
    (
        "content/hubei-2021/07-health-biomedicine.toml",
        include_bytes!("../../content/hubei-2021/07-health-biomedicine.toml"),
    ),
    (
        "content/hubei-2021/08-chinese-medicine-food-safety.toml",
        include_bytes!("../../content/hubei-2021/08-chinese-medicine-food-safety.toml"),
    ),
    (
        "content/hubei-2021/09-education.toml",
        include_bytes!("../../content/hubei-2021/09-education.toml"),
    ),
    (
        "content/hubei-2021/10-culture.toml",
        include_bytes!("../../content/hubei-2021/10-culture.toml"),
    ),
    (
        "content/hubei-2021/11-tourism.toml",
        include_bytes!("../../content/hubei-2021/11-tourism.toml"),
    ),
    (
        "content/hubei-2021/12-talent-civil-service.toml",
        include_bytes!("../../content/hubei-2021/12-talent-civil-service.toml"),
    ),
    (
        "content/hubei-2021/13-living-in-the-mainland.toml",
        include_bytes!("../../content/hubei-2021/13-living-in-the-mainland.toml"),
    ),
    (
        "content/hubei-2021/memorandum.toml",
        include_bytes!("../../content/hubei-2021/memorandum.toml"),
    ),
    ("content/lexicon.toml", include_bytes!("../../content/lexicon.toml")),
    ("content/pages/about.md", include_bytes!("../../content/pages/about.md")),
    ("content/pages/cite.md", include_bytes!("../../content/pages/cite.md")),
    ("content/pages/scripts.md", include_bytes!("../../content/pages/scripts.md")),
    ("seeds/hubei-2021.txt", include_bytes!("../../seeds/hubei-2021.txt")),
    ("content/site.toml", include_bytes!("../../content/site.toml")),
];

/// Runs the command.
pub fn run(options: &Options) -> Result<Outcome> {
    let root = &options.folder;
    if root.join(SITE).symlink_metadata().is_ok() {
        bail!("there is a site in `{}`\n  help: name another folder", root.display());
    }
    let mut files = if options.example { example() } else { small(options)? };
    // That of a site that was not finished is not there.
    files.sort_by_key(|(path, _)| path == SITE);
    let mut written = Vec::new();
    for (path, bytes) in &files {
        match write_new(&root.join(path), bytes) {
            Ok(true) => written.push(root.join(path)),
            Ok(false) => say(&format!("kept `{path}`, which exists")),
            Err(error) => {
                for path in written {
                    let _ = fs::remove_file(path);
                }
                return Err(error);
            }
        }
    }
    say(&format!("made a site in `{}`", root.display()));
    say("next: `tongwen build` there, or `tongwen import FILE` for a document of yours");
    Ok(Outcome::Fine)
}

fn example() -> Vec<(String, Vec<u8>)> {
    let own = EXAMPLE.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
    own.chain(git()).chain(schema::files()).collect()
}

fn git() -> [(String, Vec<u8>); 2] {
    [(".gitattributes", ATTRIBUTES), (".gitignore", IGNORED)]
        .map(|(path, text)| (path.to_owned(), text.into()))
}

/// The templates, in the script that was asked for.
fn small(options: &Options) -> Result<Vec<(String, Vec<u8>)>> {
    if BaseUrl::parse(&options.base_url).is_none() {
        bail!("`{}` cannot be a base URL", options.base_url);
    }
    let title = options.title.as_deref().unwrap_or("讀書會").trim();
    if title.is_empty() || title.chars().any(char::is_control) {
        bail!("the title is empty or has characters that cannot be shown");
    }
    let way = Way { into: Edition::Hans, standard: Standard::Hk };
    let written = |text: &str| match options.script {
        Script::Hant => text.to_owned(),
        Script::Hans => Tongwen.convert(text, &[], way),
    };
    let title = if options.title.is_some() { title.to_owned() } else { written(title) };
    let seed = written(include_str!("init/seed.txt"));
    let digest = Sha256::digest(seed.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let script = match options.script {
        Script::Hant => "hant",
        Script::Hans => "hans",
    };
    let filled = |(path, text): (&str, &str)| {
        let text = if path == "content/lexicon.toml" { text.to_owned() } else { written(text) };
        let text = text
            .replace("{{script}}", script)
            .replace("{{sha256}}", &digest)
            .replace("{{base_url}}", &quoted(&options.base_url))
            .replace("{{title}}", &quoted(&title));
        (path.to_owned(), text.into_bytes())
    };
    let templates = [
        ("content/lexicon.toml", include_str!("init/lexicon.toml")),
        ("content/entities.toml", include_str!("init/entities.toml")),
        ("content/example/memorandum.toml", include_str!("init/memorandum.toml")),
        ("content/example/01-general.toml", include_str!("init/01-general.toml")),
        ("content/pages/about.md", include_str!("init/about.md")),
        (SITE, include_str!("init/site.toml")),
    ];
    let mut files: Vec<_> = templates.map(filled).into();
    files.push(("seeds/example.txt".to_owned(), seed.into_bytes()));
    files.extend(git());
    files.extend(schema::files());
    Ok(files)
}

/// As a string of TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Writes a file unless there is one; tells which.
fn write_new(path: &Path, bytes: &[u8]) -> Result<bool> {
    let failed = || format!("cannot write `{}`", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(failed)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            file.write_all(bytes).with_context(failed)?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(failed),
    }
}
