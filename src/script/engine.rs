//! Engines: what turns text of one script into the other.
//!
//! - `tongwen`: OpenCC's rules, and where they leave several candidates, what
//!   the neighbourhood says.
//! - `rules`: OpenCC's rules to the character.
//! - `opencc`: the OpenCC library itself.

use std::ops::Range;

use super::context::{Layer, Ruled};
use super::opencc::Converter;
use super::{Standard, simplified};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Script;
use crate::source::Spanned;

/// The names that `engine` in `site.toml` may have.
const NAMES: [&str; 3] = ["tongwen", "rules", "opencc"];

/// Which way a text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// The edition whose script it gets.
    pub into: Script,
    /// The standard of the Traditional side.
    pub standard: Standard,
}

/// Turns text into an edition's script, character for character.
pub trait Engine: Send + Sync {
    /// Converts a text that stands in the other edition's script. Fixed ranges
    /// are of bytes, in order, and stay as they are.
    fn convert(&self, text: &str, fixed: &[Range<usize>], way: Way) -> String;

    /// Whether it asks what stands around a character with several candidates.
    fn looks_around(&self) -> bool {
        false
    }
}

/// The default engine: the rules and the context.
pub struct Tongwen;

/// OpenCC's rules over OpenCC's dictionaries, in Rust.
pub struct OpenccRules;

impl Engine for Tongwen {
    fn convert(&self, text: &str, fixed: &[Range<usize>], way: Way) -> String {
        match way.into {
            Script::Hant => settled(text, fixed, way.standard),
            Script::Hans => {
                by_parts(text, fixed, |part| simplified::settle(rules(part, way), way.standard))
            }
        }
    }

    fn looks_around(&self) -> bool {
        true
    }
}

impl Engine for OpenccRules {
    fn convert(&self, text: &str, fixed: &[Range<usize>], way: Way) -> String {
        by_parts(text, fixed, |part| rules(part, way))
    }
}

fn rules(part: &str, way: Way) -> String {
    let converted = Converter::get(way.standard.config(way.into)).convert(part);
    used(converted, way)
}

/// The usage above the dictionaries; from Traditional there is none.
fn used(converted: String, way: Way) -> String {
    match way.into {
        Script::Hant => way.standard.used(converted),
        Script::Hans => converted,
    }
}

fn by_parts(text: &str, fixed: &[Range<usize>], convert: impl Fn(&str) -> String) -> String {
    if fixed.is_empty() {
        return convert(text);
    }
    let mut converted = String::with_capacity(text.len());
    let mut at = 0;
    for range in fixed {
        converted.push_str(&convert(&text[at..range.start]));
        converted.push_str(&text[range.clone()]);
        at = range.end;
    }
    converted.push_str(&convert(&text[at..]));
    converted
}

fn settled(text: &str, fixed: &[Range<usize>], standard: Standard) -> String {
    let layer = Layer::embedded();
    if !layer.concerns(text) {
        return by_parts(text, fixed, |part| standard.traditional(part));
    }
    // Once more: what was learnt is OpenCC's own standard.
    standard.used(layer.settle(&Ruled::new(text, fixed, standard)).into_iter().collect())
}

/// The engine of a name.
///
/// # Errors
/// A diagnostic at the name if there is no such engine in this build.
pub fn engine(name: &Spanned<String>) -> Result<Box<dyn Engine>, Diagnostic> {
    match name.value.as_str() {
        "tongwen" => Ok(Box::new(Tongwen)),
        "rules" => Ok(Box::new(OpenccRules)),
        "opencc" => library(name),
        other => Err(Diagnostic::error(
            Code::UnknownEngine,
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

    /// The library with the configurations of each standard, into Traditional
    /// script and into Simplified.
    struct Library(Vec<(Way, Judge)>);

    impl Engine for Library {
        fn convert(&self, text: &str, fixed: &[Range<usize>], way: Way) -> String {
            let judge = self.0.iter().find(|(known, _)| *known == way).map(|(_, judge)| judge);
            let judge = judge.expect("every way was opened");
            by_parts(text, fixed, |part| {
                used(judge.convert(part).expect("OpenCC converts whatever is UTF-8"), way)
            })
        }
    }

    let open = |(standard, into): (Standard, Script)| {
        let way = Way { into, standard };
        Judge::open(standard.config(into)).map(|judge| (way, judge)).map_err(|error| {
            Diagnostic::error(
                Code::EngineFailed,
                name.span,
                format!("OpenCC cannot start: {error}"),
            )
        })
    };
    let ways = Standard::ALL.into_iter().flat_map(|one| Script::ALL.map(|into| (one, into)));
    Ok(Box::new(Library(ways.map(open).collect::<Result<_, _>>()?)))
}

#[cfg(not(feature = "opencc"))]
fn library(name: &Spanned<String>) -> Result<Box<dyn Engine>, Diagnostic> {
    Err(Diagnostic::error(
        Code::EngineNotBuilt,
        name.span,
        "this build is without the engine `opencc`",
    )
    .help("build with `--features opencc`, or write `rules`, whose output is the same"))
}
