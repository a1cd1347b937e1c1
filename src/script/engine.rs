//! Engines: what turns text of one script into the other, by dictionary.

use crate::diagnostic::Diagnostic;
use crate::model::Edition;
use crate::source::Spanned;

use super::opencc::{Ambiguity, Config, Converter};

/// The names that `engine` in `site.toml` may have.
const NAMES: [&str; 2] = ["tongwen", "opencc"];

/// Turns text into an edition's script, character for character.
pub trait Engine: Send + Sync {
    /// Converts a text that stands in the other edition's script.
    fn convert(&self, text: &str, into: Edition) -> String;
}

/// The default engine: OpenCC's rules over OpenCC's dictionaries, in Rust.
pub struct OpenccRules;

impl Engine for OpenccRules {
    fn convert(&self, text: &str, into: Edition) -> String {
        Converter::get(config(into)).convert(text)
    }
}

fn config(into: Edition) -> Config {
    match into {
        Edition::Hant => Config::S2hk,
        Edition::Hans => Config::Hk2s,
    }
}

/// Where the dictionaries had several candidates.
pub(super) fn ambiguities(text: &str, into: Edition) -> Vec<Ambiguity> {
    Converter::get(config(into)).ambiguities(text)
}

/// The engine of a name.
///
/// # Errors
/// A diagnostic at the name if there is no such engine in this build.
pub fn engine(name: &Spanned<String>) -> Result<Box<dyn Engine>, Diagnostic> {
    match name.value.as_str() {
        "tongwen" => Ok(Box::new(OpenccRules)),
        "opencc" => library(name),
        other => Err(Diagnostic::error(
            "unknown-engine",
            name.span,
            format!("no engine is called `{other}`"),
        )
        .suggest(other, NAMES)
        .help("write `tongwen`, or leave the key out")),
    }
}

#[cfg(feature = "opencc")]
fn library(name: &Spanned<String>) -> Result<Box<dyn Engine>, Diagnostic> {
    use super::opencc::judge::Judge;
    use crate::model::Both;

    struct Library(Both<Judge>);

    impl Engine for Library {
        fn convert(&self, text: &str, into: Edition) -> String {
            self.0[into].convert(text).expect("OpenCC converts whatever is UTF-8")
        }
    }

    let open = |into| {
        Judge::open(config(into)).map_err(|error| {
            Diagnostic::error("engine-failed", name.span, format!("OpenCC cannot start: {error}"))
        })
    };
    Ok(Box::new(Library(Both { hant: open(Edition::Hant)?, hans: open(Edition::Hans)? })))
}

#[cfg(not(feature = "opencc"))]
fn library(name: &Spanned<String>) -> Result<Box<dyn Engine>, Diagnostic> {
    Err(Diagnostic::error(
        "engine-not-built",
        name.span,
        "this build is without the engine `opencc`",
    )
    .help("build with `--features opencc`, or write `tongwen`, whose output is the same"))
}
