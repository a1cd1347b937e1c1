//! A document's source beside its text, and how a reader checks both without
//! trusting the site.
//!
//! The lines are the published file's own, the text is the site's; nothing here
//! compares them.

use serde::Serialize;

use crate::library::{Memorandum, Passage, SkippedText, Verification};
use crate::render::theme::Phrase;
use crate::snapshot::Version;

use super::document::Day;
use super::text::escape_into;
use super::version::zip;
use super::{NamedLink, Scope};

/// How many sealed versions the page offers; the others are on their own.
const VERSIONS: usize = 3;

/// The page of a document's source.
#[derive(Debug, Serialize)]
pub struct SourcePage {
    documents: Vec<Document>,
    sealed_versions: Vec<Bag>,
}

/// A source document, of one script.
#[derive(Debug, Serialize)]
struct Document {
    id: &'static str,
    lang: String,
    /// What its script is called.
    script: String,
    /// Its path in the site's content.
    path: String,
    sha256: String,
    characters: usize,
    /// Where the document comes from, where the content says it.
    url: Option<String>,
    file: Option<Published>,
    original: Option<Original>,
    joins: Vec<String>,
    skipped: Vec<Skipped>,
    /// The lines beside the texts; empty if the file is not published.
    html: String,
}

#[derive(Debug, Serialize)]
struct Original {
    path: String,
    sha256: String,
    file: Option<Published>,
}

/// A file that is published with its digest.
#[derive(Debug, Serialize)]
struct Published {
    href: String,
    name: String,
    bytes: usize,
    /// What checks it.
    command: String,
}

#[derive(Debug, Serialize)]
struct Skipped {
    text: String,
    reason: String,
}

/// A sealed version that holds the document.
#[derive(Debug, Serialize)]
struct Bag {
    name: String,
    day: Day,
    seal: String,
    zip: NamedLink,
}

/// A memorandum's source page.
pub fn source(scope: &Scope, index: usize) -> SourcePage {
    let whole = &scope.library.memoranda[index];
    SourcePage {
        // A measure's place is in the first of them: an id stands once in a page.
        documents: (whole.verifications.iter().enumerate())
            .map(|(number, one)| document(scope, whole, one, number == 0))
            .collect(),
        sealed_versions: bags(scope, whole),
    }
}

fn document(scope: &Scope, whole: &Memorandum, found: &Verification, anchored: bool) -> Document {
    let Scope { library, strings, .. } = *scope;
    let text = library.source_text(whole, found);
    Document {
        id: found.script.id(),
        lang: library.editions.of(found.script).language().to_owned(),
        script: strings.format(Phrase::Script(found.script), &[]),
        path: found.file.clone(),
        sha256: found.sha256.clone(),
        characters: found.characters,
        url: found.url.clone(),
        file: published(scope, &library.source_path(whole, found), &found.sha256),
        original: found.original.as_ref().map(|(path, sha256)| Original {
            path: path.clone(),
            sha256: sha256.clone(),
            file: published(scope, &library.original_path(whole, found, path), sha256),
        }),
        joins: found.joins.iter().map(|join| format!("{}‖{}", join.before, join.after)).collect(),
        skipped: (found.skipped.iter())
            .map(|one| Skipped { text: one.text.clone(), reason: one.reason.clone() })
            .collect(),
        html: text
            .map(|text| Lines { anchored, ..Lines::new(scope, whole, found, text) }.html())
            .unwrap_or_default(),
    }
}

fn published(scope: &Scope, path: &str, sha256: &str) -> Option<Published> {
    let file = scope.library.source(path)?;
    let name = path.rsplit('/').next().unwrap_or(path);
    Some(Published {
        href: scope.way.to(path.to_owned()),
        name: name.to_owned(),
        bytes: file.bytes.len(),
        command: format!("echo \"{sha256}  {name}\" | sha256sum -c"),
    })
}

/// The latest sealed versions that hold a document.
fn bags(scope: &Scope, whole: &Memorandum) -> Vec<Bag> {
    let library = scope.library;
    if !library.publishes.bags {
        return Vec::new();
    }
    let holds = |version: &&Version| {
        version.record.memoranda.iter().any(|one| one.id.value == whole.id.value)
    };
    let versions = library.versions.iter().rev().filter(holds).take(VERSIONS);
    let bag = |version: &Version| Bag {
        name: version.name.to_string(),
        day: version.date.into(),
        seal: version.seal.as_str().to_owned(),
        zip: zip(scope, version),
    };
    versions.map(bag).collect()
}

/// A source document's lines with the texts that stand on them.
struct Lines<'a> {
    scope: &'a Scope<'a>,
    whole: &'a Memorandum,
    found: &'a Verification,
    /// Whether each measure has its place here.
    anchored: bool,
    lines: Vec<&'a str>,
    html: String,
}

impl<'a> Lines<'a> {
    fn new(
        scope: &'a Scope<'a>,
        whole: &'a Memorandum,
        found: &'a Verification,
        text: &'a str,
    ) -> Self {
        let lines = text.lines().collect();
        Self { scope, whole, found, anchored: false, lines, html: String::new() }
    }

    fn html(mut self) -> String {
        let mut next = 1;
        let found = self.found;
        for passage in &found.passages {
            self.between(next..*passage.lines.start());
            self.passage(passage);
            next = passage.lines.end() + 1;
        }
        self.between(next..self.lines.len() + 1);
        self.html
    }

    /// Lines that no text stands on: what is skipped, with the reason.
    fn between(&mut self, lines: std::ops::Range<usize>) {
        for line in lines {
            if self.lines.get(line - 1).is_none_or(|text| text.trim().is_empty()) {
                continue;
            }
            self.html.push_str("<div class=\"row\"><div>");
            self.line(line, false);
            self.html.push_str("</div><p class=\"reason\">");
            let reasons: Vec<&str> = self.skipped_on(line).map(|one| one.reason.as_str()).collect();
            let reason = self
                .scope
                .strings
                .format(Phrase::SourceSkipped, &[("reason", &reasons.join("、"))]);
            escape_into(&mut self.html, &reason);
            self.html.push_str("</p></div>\n");
        }
    }

    fn passage(&mut self, passage: &Passage) {
        let measures = passage.measures.iter().filter(|_| self.anchored);
        let mut anchors = measures.map(|measure| self.whole.measure(*measure).anchor());
        let own = anchors.next().map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
        let others: String = anchors.map(|id| format!("<span id=\"{id}\"></span>")).collect();
        self.html.push_str(&format!("<div class=\"row\"{own}><div>"));
        for line in passage.lines.clone() {
            if self.lines.get(line - 1).is_some_and(|text| !text.trim().is_empty()) {
                self.line(line, line < *passage.lines.end());
            }
        }
        self.html.push_str(&format!("</div><p>{others}"));
        let mut from = 0;
        for join in &passage.joins {
            escape_into(&mut self.html, &passage.text[from..*join]);
            self.html.push_str("<i class=\"cut\"></i>");
            from = *join;
        }
        escape_into(&mut self.html, &passage.text[from..]);
        self.html.push_str("</p></div>\n");
    }

    /// A line as the file has it; what is skipped of it is struck out, and where its
    /// end is joined is marked.
    fn line(&mut self, number: usize, is_joined: bool) {
        let text = self.lines[number - 1];
        let mut skipped: Vec<(usize, usize)> = self
            .skipped_on(number)
            .flat_map(|one| one.text.lines())
            .map(str::trim)
            .filter(|own| !own.is_empty())
            .filter_map(|own| text.find(own).map(|at| (at, at + own.len())))
            .collect();
        skipped.sort_unstable();
        let id = self.found.script.id();
        self.html.push_str(&format!("<p id=\"{id}-{number}\"><span>{number}</span>"));
        let mut from = 0;
        let is_whole = skipped.iter().any(|(start, end)| text.trim() == &text[*start..*end]);
        for (start, end) in skipped {
            if start < from {
                continue;
            }
            escape_into(&mut self.html, &text[from..start]);
            self.html.push_str("<s>");
            escape_into(&mut self.html, &text[start..end]);
            self.html.push_str("</s>");
            from = end;
        }
        escape_into(&mut self.html, &text[from..]);
        if is_joined && !is_whole {
            self.html.push_str("<i class=\"cut\"></i>");
        }
        self.html.push_str("</p>");
    }

    /// What is skipped on a line.
    fn skipped_on(&self, line: usize) -> impl Iterator<Item = &'a SkippedText> + use<'a> {
        let found = self.found;
        found.skipped.iter().filter(move |one| {
            let last = one.line + one.text.trim_end().matches('\n').count();
            (one.line..=last).contains(&line)
        })
    }
}
