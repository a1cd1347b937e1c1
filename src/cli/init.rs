//! `tongwen init`: a small site that builds at once. Knows no content but its
//! templates and the project's own site.

mod commented;

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use sha2::{Digest, Sha256};

use crate::model::{self, BaseUrl};
use crate::parse::schema::Kind;
use crate::script::{Engine, Tongwen};
use crate::source::hexadecimal;

use commented::Given::{self, Value};

use super::{Outcome, say, schema};

/// Makes a small site that builds at once
///
/// Each file holds every field that it may have, with a sentence on each; those
/// that are not needed are comments. At a terminal, what no option says is asked.
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
    /// Where it will be published; may be told later
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The script that it is written in: `hant` if nothing is said
    #[arg(long, value_enum)]
    script: Option<Script>,
    /// Asks nothing, not even at a terminal
    #[arg(long, short)]
    yes: bool,
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

const TITLE: &str = "讀書會";
const SITE: &str = "content/site.toml";
const ATTRIBUTES: &str =
    "# Line-ending conversion would break every hash.\nseeds/** -text\nsnapshots/** -text\n";
/// How to take out what a new site only has as an example.
const REMOVAL: &str = "to take the example document out, delete the folder `content/example/` and \
                       the file `seeds/example.txt`";
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
    ("static/share.png", include_bytes!("../../static/share.png")),
];

/// Runs the command.
pub fn run(options: &Options) -> Result<Outcome> {
    let root = &options.folder;
    if root.join(SITE).symlink_metadata().is_ok() {
        bail!("there is a site in `{}`\n  help: name another folder", root.display());
    }
    let assumed = if options.example { Vec::new() } else { assumed(options) };
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
    if !assumed.is_empty() {
        say(&format!("assumed, as nothing was asked: {}", assumed.join(", ")));
    }
    if !options.example {
        say(&format!("{REMOVAL}, and its entities in `content/entities.toml`"));
    }
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

/// What a new site says of itself.
struct Answers {
    title: String,
    base_url: Option<String>,
    script: Script,
}

/// Whether a person is there who may be asked.
fn asks(options: &Options) -> bool {
    !options.yes && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// What no option says and nobody was asked, as it was taken.
fn assumed(options: &Options) -> Vec<String> {
    if asks(options) {
        return Vec::new();
    }
    let script = options.script.unwrap_or(Script::Hant);
    let mut assumed = Vec::new();
    if options.script.is_none() {
        assumed.push(format!("`--script {}`", script.id()));
    }
    if options.title.is_none() {
        assumed.push(format!("`--title {}`", script.written(TITLE)));
    }
    if options.base_url.is_none() {
        assumed.push("no `--base-url` yet".to_owned());
    }
    assumed
}

/// The options, and where one is missing and a person is there, what is answered.
fn answers(options: &Options) -> Result<Answers> {
    let asks = asks(options);
    let script = match options.script {
        Some(script) => script,
        None if asks => match ask("script of your texts, hant or hans", "hant")?.as_str() {
            "hant" => Script::Hant,
            "hans" => Script::Hans,
            other => bail!("`{other}` is no script\n  help: write `hant` or `hans`"),
        },
        None => Script::Hant,
    };
    let title = match &options.title {
        Some(title) => title.trim().to_owned(),
        None if asks => ask("title of the site", &script.written(TITLE))?,
        None => script.written(TITLE),
    };
    if title.is_empty() || title.chars().any(char::is_control) {
        bail!("the title is empty or has characters that cannot be shown");
    }
    let base_url = match &options.base_url {
        Some(base_url) => Some(base_url.clone()),
        None if asks => Some(ask("address of the site, empty if it is not known yet", "")?),
        None => None,
    };
    let base_url = base_url.filter(|base_url| !base_url.is_empty());
    if let Some(wrong) = base_url.as_ref().filter(|base_url| BaseUrl::parse(base_url).is_none()) {
        bail!("`{wrong}` cannot be a base URL\n  help: write it as `https://example.org/`");
    }
    Ok(Answers { title, base_url, script })
}

/// Asks on the terminal; an empty answer is the default.
fn ask(what: &str, default: &str) -> Result<String> {
    let shown = if default.is_empty() { String::new() } else { format!(" [{default}]") };
    let _ = write!(io::stderr(), "{what}{shown}: ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).context("cannot read the answer")?;
    let answer = answer.trim();
    Ok(if answer.is_empty() { default.to_owned() } else { answer.to_owned() })
}

impl Script {
    fn id(self) -> &'static str {
        match self {
            Self::Hant => "hant",
            Self::Hans => "hans",
        }
    }

    /// A text of the templates in this script.
    fn written(self, text: &str) -> String {
        let way = model::Script::Hans.into();
        match self {
            Self::Hant => text.to_owned(),
            Self::Hans => Tongwen.convert(text, &[], way),
        }
    }
}

/// A site of one document, with every field there is.
fn small(options: &Options) -> Result<Vec<(String, Vec<u8>)>> {
    let Answers { title, base_url, script } = answers(options)?;
    let seed = script.written(include_str!("init/seed.txt"));
    let digest = Sha256::digest(seed.as_bytes());
    let digest = hexadecimal(&digest);
    let text = |text: &str| Value(quoted(&script.written(text)));
    let plain = |text: &str| Value(quoted(text));
    let mut site = vec![
        ("title", plain(&title)),
        ("description", text("一份文件，繁簡並列，逐項可引。")),
        ("script", plain(script.id())),
    ];
    site.extend(base_url.map(|base_url| ("base_url", plain(&base_url))));
    let source = vec![("file", plain("seeds/example.txt")), ("sha256", plain(&digest))];
    let head = [
        ("id", plain("example")),
        ("title", text("讀書會章程")),
        ("script", plain(script.id())),
        ("kind", plain("regulation")),
        ("source", Given::Table(source)),
    ];
    let measures = ["讀書會每月舉行一次聚會。", "會員可以借閱藏書。"];
    let area = [
        ("id", plain("general")),
        ("number", Value("1".to_owned())),
        ("title", text("總則")),
        ("measures", Given::Tables(measures.map(|one| vec![("text", text(one))]).into())),
    ];
    let entity = vec![
        ("id", plain("reading-society")),
        ("kind", plain("organisation")),
        ("name", text("讀書會")),
    ];
    let file = |path: &str, kind: Kind, values: &[(&'static str, Given)]| {
        let up = "../".repeat(path.matches('/').count());
        let table = kind.table();
        // Examples of the lexicon name both scripts.
        let text = match kind {
            Kind::Lexicon => commented::file(table, values),
            _ => script.written(&commented::file(table, values)),
        };
        let mut name = format!("#:schema {up}schemas/{}.json\n", table.name);
        if kind == Kind::Memorandum {
            name.push_str(&format!("# An example: {REMOVAL}.\n"));
        }
        (path.to_owned(), [name, text].concat().into_bytes())
    };
    let about = [
        ("title", text("關於本網站")),
        ("description", text("本網站載列的文件。")),
        ("order", Value("1".to_owned())),
    ];
    let about = commented::file(Kind::Page.table(), &about);
    let body = "本網站載列一份文件的全文，繁簡並列。";
    let about = script.written(&format!("+++\n# An example: {REMOVAL}.\n{about}+++\n\n{body}\n"));
    let mut files = vec![
        file("content/lexicon.toml", Kind::Lexicon, &[]),
        file("content/entities.toml", Kind::Entities, &[("entities", Given::Tables(vec![entity]))]),
        file("content/example/memorandum.toml", Kind::Memorandum, &head),
        file("content/example/01-general.toml", Kind::Area, &area),
        ("content/pages/about.md".to_owned(), about.into_bytes()),
        file(SITE, Kind::Site, &site),
        ("seeds/example.txt".to_owned(), seed.into_bytes()),
    ];
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
