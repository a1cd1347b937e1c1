//! What an import tells: what was recognised, level by level; what is doubtful
//! and where; what is to be done next.

use std::fmt::Write;

use serde::Serialize;

use super::content::{self, Content};
use super::extracted::Extracted;
use super::pdf;
use super::tree::{NodeKind, Recognised, TextScript};
use super::update::{Differing, Update};

/// The report of one file.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The file.
    pub file: String,
    /// The document's id.
    pub id: String,
    /// What kind of file it is.
    pub format: &'static str,
    /// What read it, of PDF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reader: Option<&'static str>,
    /// The encoding of its characters, of text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
    /// The document's title.
    pub title: String,
    /// `hant`, `hans`; none if its characters do not tell.
    pub script: Option<&'static str>,
    /// How many areas.
    pub areas: usize,
    /// How many sections.
    pub sections: usize,
    /// How many measures.
    pub measures: usize,
    /// How many tables.
    pub tables: usize,
    /// The numbered levels.
    pub levels: Vec<Level>,
    /// Parts around the measures, each with how often.
    pub parts: Vec<(String, usize)>,
    /// What of the file is no part of the document, verbatim.
    pub skipped: Vec<String>,
    /// Why, in the same order.
    pub reasons: Vec<&'static str>,
    /// Look-alike characters and what stands for them.
    pub folded: Vec<String>,
    /// What someone should look at.
    pub doubts: Vec<Found>,
    /// The files written, or that would be.
    pub files: Vec<String>,
    /// What became of the measures that were there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update: Option<Update>,
    /// They were written.
    pub written: bool,
}

/// A numbered level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Level {
    /// What it is.
    pub level: &'static str,
    /// Its marks; empty where it prints none.
    pub form: String,
    /// How many.
    pub count: usize,
}

/// A doubt at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The source's path.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What it is about.
    pub code: &'static str,
    /// What is doubtful.
    pub message: String,
}

/// Kinds in the order they are told, with their words.
const KINDS: [(NodeKind, &str); 5] = [
    (NodeKind::Group, "division"),
    (NodeKind::Area, "area"),
    (NodeKind::Section, "section"),
    (NodeKind::Measure, "measure"),
    (NodeKind::Item, "item"),
];

const AROUND: [(NodeKind, &str); 14] = [
    (NodeKind::Before, "line before the title"),
    (NodeKind::Title, "line of the title"),
    (NodeKind::Number, "document number"),
    (NodeKind::Adopted, "line of the adoption"),
    (NodeKind::Date, "date"),
    (NodeKind::Addressee, "addressee"),
    (NodeKind::Contents, "line of the table of contents"),
    (NodeKind::Preamble, "paragraph of the preamble"),
    (NodeKind::Closing, "closing paragraph"),
    (NodeKind::Attachment, "line that lists annexes"),
    (NodeKind::Signature, "line of the signature"),
    (NodeKind::Remark, "remark"),
    (NodeKind::Annex, "annex"),
    (NodeKind::Note, "note"),
];

impl Report {
    /// The report of a file that was read.
    pub fn new(
        file: &str,
        extracted: &Extracted,
        recognised: &Recognised,
        content: &Content,
    ) -> Self {
        let all = extracted.skipped.iter().chain(&recognised.skipped);
        let source = format!("seeds/{}.txt", content.id);
        let own = extracted.is_own_source();
        Self {
            file: file.to_owned(),
            id: content.id.clone(),
            format: extracted.format.name(),
            reader: extracted.reader.map(pdf::words),
            encoding: extracted.encoding,
            title: content::title(recognised),
            script: match recognised.script {
                TextScript::Hant => Some("hant"),
                TextScript::Hans => Some("hans"),
                TextScript::Either => None,
            },
            areas: recognised.count(NodeKind::Area),
            sections: recognised.count(NodeKind::Section),
            measures: recognised.count(NodeKind::Measure),
            tables: recognised.nodes().iter().filter(|node| node.table.is_some()).count(),
            levels: levels(recognised),
            parts: AROUND
                .iter()
                .map(|(kind, word)| ((*word).to_owned(), recognised.count(*kind)))
                .filter(|(_, count)| *count > 0)
                .collect(),
            skipped: all.clone().map(|skipped| skipped.text.clone()).collect(),
            reasons: all.map(|skipped| skipped.reason.words()).collect(),
            folded: extracted
                .folded
                .iter()
                .map(|((from, to), count)| {
                    format!("{from} U+{:04X} is read as {to}: {count}", *from as u32)
                })
                .collect(),
            doubts: recognised
                .doubts
                .iter()
                .map(|doubt| Found {
                    file: source.clone(),
                    line: extracted.line_of(doubt.block, own),
                    code: doubt.code.name(),
                    message: doubt.message.clone(),
                })
                .collect(),
            files: content.files.iter().map(|(path, _)| path.clone()).collect(),
            update: None,
            written: false,
        }
    }

    /// For a person.
    pub fn human(&self) -> String {
        let mut text = String::new();
        let by = self.reader.or(self.encoding).map(|by| format!(", {by}")).unwrap_or_default();
        let _ = writeln!(text, "{}: {}{by}", self.file, self.format);
        let title = if self.title.is_empty() { "no title was found" } else { &self.title };
        let _ = writeln!(text, "  {} — {title}", self.id);
        for level in &self.levels {
            let _ = writeln!(
                text,
                "  {:>5} {} {}",
                level.count,
                plural(level.level, level.count),
                if level.form.is_empty() { "without a number" } else { &level.form }
            );
        }
        for (word, count) in &self.parts {
            let _ = writeln!(text, "  {count:>5} {}", plural(word, *count));
        }
        if !self.skipped.is_empty() {
            let _ = writeln!(
                text,
                "  {:>5} {} skipped:",
                self.skipped.len(),
                plural("piece", self.skipped.len())
            );
            for (skipped, reason) in self.skipped.iter().zip(&self.reasons) {
                let _ = writeln!(text, "        {reason}: {}", shortened(skipped));
            }
        }
        for folded in &self.folded {
            let _ = writeln!(text, "  folded: {folded}");
        }
        for doubt in &self.doubts {
            let _ = writeln!(text, "  look at {}:{}: {}", doubt.file, doubt.line, doubt.message);
        }
        if let Some(update) = &self.update {
            let _ =
                writeln!(text, "  {:>5} {} as before", update.same, plural("measure", update.same));
            for (word, all) in
                [("changed", &update.changed), ("new", &update.new), ("gone", &update.gone)]
            {
                for one in all {
                    let _ = writeln!(text, "  {word}: {one}");
                }
            }
            for one in &update.head {
                let _ = writeln!(text, "  {}", one.human());
            }
        }
        text.push_str(if self.written { "  written:\n" } else { "  would be written:\n" });
        for file in &self.files {
            let _ = writeln!(text, "        {file}");
        }
        text
    }
}

impl Differing {
    /// In a line: both values, and which of them stands.
    fn human(&self) -> String {
        let Self { key, before, text, kept, file, line } = self;
        let shown = |value: &str| match value {
            "" => "nothing".to_owned(),
            value => format!("`{}`", shortened(value)),
        };
        let (before, text) = (shown(before), shown(text));
        match kept {
            true => format!(
                "look at {file}:{line}: `{key}` is {before} still, and the text says {text}"
            ),
            false => format!("{file}:{line}: `{key}` was {before} and is {text}"),
        }
    }
}

fn plural(word: &str, count: usize) -> String {
    if count == 1 {
        return word.to_owned();
    }
    let (head, rest) = word.split_once(' ').map_or((word, ""), |(head, rest)| (head, rest));
    let ends = matches!(head, "document" | "closing");
    if ends {
        return format!("{word}s");
    }
    format!("{head}s{}{rest}", if rest.is_empty() { "" } else { " " })
}

fn shortened(text: &str) -> String {
    let line: String = text.chars().map(|c| if c == '\n' { ' ' } else { c }).take(60).collect();
    if text.chars().count() > 60 { format!("{line}…") } else { line }
}

/// The forms of each level with how often, in the order of the levels.
fn levels(recognised: &Recognised) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let nodes = recognised.nodes();
    for (kind, word) in KINDS {
        for node in nodes.iter().filter(|node| node.kind == kind) {
            let form = node.form.clone().unwrap_or_default();
            match levels.iter_mut().find(|level| level.level == word && level.form == form) {
                Some(level) => level.count += 1,
                None => levels.push(Level { level: word, form, count: 1 }),
            }
        }
    }
    levels
}
