//! Which characters a script does not write, and which documents and pages are not
//! written in the script that they say.

use std::collections::BTreeMap;

use std::sync::atomic::{AtomicU8, Ordering};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Script;
use crate::pipeline::Parts;
use crate::script;
use crate::source::{FileId, Sources, Span};

/// The first ideograph, and how many code points follow that may be one.
const FIRST: usize = 0x3400;
const COUNT: usize = 0x30000;

/// What is known of a character, two bits for each script.
const KNOWN: u8 = 1;
const WRONG: u8 = 2;

/// Remembers what was asked: a site has few characters and many texts.
pub struct Scripts {
    known: Vec<AtomicU8>,
}

impl Default for Scripts {
    fn default() -> Self {
        Self { known: (0..COUNT).map(|_| AtomicU8::new(0)).collect() }
    }
}

impl Scripts {
    /// Whether a character belongs to the other script alone.
    pub fn is_wrong(&self, c: char, own: Script) -> bool {
        let place = (c as usize).checked_sub(FIRST).and_then(|place| self.known.get(place));
        let Some(place) = place else { return false };
        let shift = match own {
            Script::Hant => 0,
            Script::Hans => 2,
        };
        // Whoever asks at the same time finds the same.
        match place.load(Ordering::Relaxed) >> shift {
            known if known & KNOWN != 0 => known & WRONG != 0,
            _ => {
                let wrong = script::is_foreign(c, own);
                let found = if wrong { KNOWN | WRONG } else { KNOWN };
                place.fetch_or(found << shift, Ordering::Relaxed);
                wrong
            }
        }
    }
}

/// What a document's folder, or a page, says that it is written in, and is.
#[derive(Default)]
struct Written {
    own: usize,
    other: usize,
    /// The script that is said, and the first place that shows another.
    first: Option<(Script, Span)>,
}

/// The texts of a site, document by document and page by page.
#[derive(Default)]
pub struct Writings(BTreeMap<String, Written>);

impl Writings {
    /// Counts the characters that one script alone writes; `place` says where
    /// those at an offset stand.
    pub fn count(
        &mut self,
        scripts: &Scripts,
        text: &str,
        script: Script,
        path: &str,
        place: impl Fn(usize) -> Span,
    ) {
        let Some(name) = name(path) else { return };
        let (mut own, mut other, mut first) = (0, 0, None);
        for (at, c) in text.char_indices() {
            own += usize::from(scripts.is_wrong(c, script.other()));
            if scripts.is_wrong(c, script) {
                other += 1;
                first.get_or_insert(at);
            }
        }
        let known = self.0.entry(name.to_owned()).or_default();
        known.own += own;
        known.other += other;
        if let Some(at) = first.filter(|_| known.first.is_none()) {
            known.first = Some((script, place(at)));
        }
    }

    /// Whether what a file belongs to is not written in its script.
    pub fn contradict(&self, path: &str) -> bool {
        name(path).and_then(|name| self.0.get(name)).is_some_and(Written::contradicts)
    }

    /// What there is to say of those that are not, once for each.
    pub fn told(&self, parts: &Parts) -> Vec<Diagnostic> {
        let path = |span: Span| parts.sources.file(span.file).path.as_str();
        let heads = parts.content.memoranda.iter().map(|one| one.memorandum.id.span);
        let heads: BTreeMap<&str, Span> =
            heads.filter_map(|head| Some((name(path(head))?, head))).collect();
        let wrong = self.0.iter().filter(|(_, written)| written.contradicts());
        wrong
            .filter_map(|(name, written)| {
                let (script, first) = written.first?;
                let file = heads.get(name.as_str()).unwrap_or(&first).file;
                let place = declared(parts.sources, file);
                let (said, is) = (script.id(), script.other().id());
                let message = format!(
                    "`{name}` is said to be `{said}` and is written in `{is}`: {} of {} characters",
                    written.other,
                    written.own + written.other
                );
                let told =
                    Diagnostic::warning(Code::ScriptContradicted, place.unwrap_or(first), message);
                let told = if place.is_some() { told.related(first, "as here") } else { told };
                Some(told.help(format!(
                    "write `script = \"{is}\"` in `{}`",
                    parts.sources.file(file).path
                )))
            })
            .collect()
    }
}

impl Written {
    /// A quotation of the other script makes no contradiction.
    fn contradicts(&self) -> bool {
        script::is_other(self.own, self.other)
    }
}

/// The folder of a document, or a page's own file.
fn name(path: &str) -> Option<&str> {
    if path.starts_with("content/pages/") {
        return Some(path);
    }
    let (folder, _) = path.rsplit_once('/')?;
    (folder != "content" && folder.starts_with("content/")).then_some(folder)
}

/// Where a file says its script, before its first table.
fn declared(sources: &Sources, file: FileId) -> Option<Span> {
    let text = &sources.file(file).text;
    let mut at = 0;
    for line in text.split_inclusive('\n').take_while(|line| !line.starts_with('[')) {
        let value = line
            .strip_prefix("script")
            .map(str::trim_start)
            .and_then(|rest| rest.strip_prefix('='));
        if let Some(value) = value {
            let start = at + line.len() - value.trim_start().len();
            return Some(Span::new(file, start..start + value.trim().len()));
        }
        at += line.len();
    }
    None
}
