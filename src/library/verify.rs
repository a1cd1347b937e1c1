//! The promise of the verbatim text, kept: content against its source document.
//!
//! 1. `pieces` puts everything the document says in its order, marks included.
//! 2. `stream` takes a source document's characters, without what is skipped.
//! 3. Both are compared character by character. White space counts between two
//!    Latin letters or digits alone.
//! 4. Where they differ, `units` looks whether whole measures are missing or stand
//!    elsewhere, and both are compared again without these.
//! 5. After a difference `meeting` finds where both agree again, so that one
//!    mistake gives one message; `advice` says how to declare what the document
//!    has.

mod advice;
mod meeting;
mod other;
mod passages;
mod pieces;
mod stream;
mod units;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Level, Manuscript, Script, SourceDocument};
use crate::script::Converter;
use crate::source::{Sources, Span};

use meeting::Meetings;
use pieces::{Gap, Piece, Role, Symbol, pieces, symbols};
use stream::Stream;
use units::{Edit, Edits, Told};

pub use passages::Passage;
pub use stream::SkippedText;

/// How many characters around a place a message shows.
const CONTEXT: usize = 8;

/// What the comparison with one source document found when all agreed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Verification {
    /// The script of the document.
    pub script: Script,
    /// Path of the source document below the site's root.
    pub file: String,
    /// Its sha256, in lowercase hexadecimal digits.
    pub sha256: String,
    /// The file that its text was extracted from, and that file's sha256.
    pub original: Option<(String, String)>,
    /// How many characters agreed, white space aside.
    pub characters: usize,
    /// The places where a text of the site joins two lines of the source.
    pub joins: Vec<Join>,
    /// What of the source is no part of the document.
    pub skipped: Vec<SkippedText>,
    /// The texts by the lines that they stand on.
    pub passages: Vec<Passage>,
    /// Where whoever issued it has it on the web.
    pub url: Option<String>,
}

/// A place where one text runs over a line end of the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Join {
    /// The source line before the join, from 1.
    pub line: usize,
    /// The last characters before it.
    pub before: String,
    /// The first characters after it.
    pub after: String,
    /// Whether empty lines lie between, as at the end of a page.
    pub across_page: bool,
}

/// Compares a memorandum with its source documents; reports where they differ.
pub fn verify(
    manuscript: &Manuscript,
    converter: &Converter,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Verification> {
    let mut verified = Vec::new();
    let mut told = Vec::new();
    for document in &manuscript.sources {
        let text = &sources.file(document.text).text;
        if !manuscript.whole {
            continue;
        }
        let Some(stream) = Stream::new(document, text, diagnostics) else { continue };
        let pieces = pieces(&manuscript.memorandum, document, converter, sources, diagnostics);
        let Some(pieces) = pieces else { continue };
        let mut comparison = Comparison::new(&pieces, &stream, sources);
        comparison.in_order = manuscript.in_order;
        let other = manuscript.sources.iter().find(|one| one.script != document.script);
        comparison.other = other.map(|other| other.file.value.as_str());
        if !manuscript.in_order {
            // Told by whoever put them in order.
            comparison.levels = vec![Level::Division, Level::Area, Level::Section, Level::Measure];
        }
        verified.extend(comparison.run(document, &mut told, diagnostics));
    }
    verified
}

/// The document's texts and the source's characters, side by side.
struct Comparison<'a> {
    pieces: &'a [Piece<'a>],
    own: Vec<Symbol>,
    source: &'a Stream<'a>,
    sources: &'a Sources,
    joins: Vec<Join>,
    agreed: bool,
    /// The levels whose counted marks are known to differ: one message tells it.
    levels: Vec<Level>,
    /// Whether numbers and parts are in order.
    in_order: bool,
    /// The document's official source in the other script, if there is one.
    other: Option<&'a str>,
}

impl<'a> Comparison<'a> {
    fn new(pieces: &'a [Piece<'a>], source: &'a Stream<'a>, sources: &'a Sources) -> Self {
        let own = symbols(pieces);
        let (joins, levels) = (Vec::new(), Vec::new());
        Self {
            pieces,
            own,
            source,
            sources,
            joins,
            agreed: true,
            levels,
            in_order: true,
            other: None,
        }
    }

    /// `told` is what is known of another source document.
    fn run(
        mut self,
        document: &SourceDocument,
        told: &mut Vec<Told>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Verification> {
        let mut meetings = None;
        let mut edits: Option<Edits> = None;
        let (mut own, mut source) = (0, 0);
        loop {
            if let Some(edits) = &edits {
                (own, source) = edits.after(own, source);
            }
            if own >= self.own.len() || source >= self.source.len() {
                break;
            }
            if self.agree(own, source) {
                self.note_join(own, source);
                (own, source) = (own + 1, source + 1);
                continue;
            }
            if edits.is_none() {
                if let Some(other) =
                    other::in_other_script(document, self.pieces, &self.own, self.source)
                {
                    diagnostics.push(other);
                    return None;
                }
                let found = units::edits(self.pieces, &self.own, self.source);
                self.tell(&found, told, diagnostics);
                edits = Some(found);
                (own, source) = (0, 0);
                continue;
            }
            let meetings = meetings.get_or_insert_with(|| Meetings::new(self.source));
            let next = meetings.next(&self.own, own, source);
            self.report(own, source, next, diagnostics);
            (own, source) = next.unwrap_or((self.own.len(), self.source.len()));
            // White space alone may differ where both meet again.
            if own < self.own.len() && source < self.source.len() {
                self.note_join(own, source);
                (own, source) = (own + 1, source + 1);
            }
        }
        self.finish(own, source, document, diagnostics)
    }

    /// Whether the characters are the same, and the white space before them
    /// where it counts.
    fn agree(&self, own: usize, source: usize) -> bool {
        let (symbol, c) = (&self.own[own], self.source.char(source));
        if symbol.c != c {
            return false;
        }
        if !c.is_ascii_alphanumeric() || matches!(symbol.gap, Gap::Piece | Gap::Line) {
            return true;
        }
        let is_latin = |c: char| c.is_ascii_alphanumeric();
        let latin_before = own > 0 && is_latin(self.own[own - 1].c);
        let latin_there = source > 0 && is_latin(self.source.char(source - 1));
        if !(latin_before && latin_there) {
            return true;
        }
        // A line may end inside a number; between letters its end is a space.
        let letters = c.is_ascii_alphabetic() && self.source.char(source - 1).is_ascii_alphabetic();
        let ends_line = self.source.line_ends_before(source) > 0;
        ends_line && !letters || (symbol.gap == Gap::Space) == self.source.has_space_before(source)
    }

    /// Notes the join between a character and the one before, if a line of the
    /// source ends between them inside one text.
    fn note_join(&mut self, own: usize, source: usize) {
        if source == 0 || matches!(self.own[own].gap, Gap::Piece | Gap::Line) {
            return;
        }
        let line_ends = self.source.line_ends_before(source);
        if line_ends > 0 {
            self.joins.push(Join {
                line: self.source.line(source - 1),
                before: self.source.excerpt(source.saturating_sub(CONTEXT)..source),
                after: self.source.excerpt(source..source + CONTEXT),
                across_page: line_ends > 1,
            });
        }
    }

    fn report(
        &mut self,
        own: usize,
        source: usize,
        next: Option<(usize, usize)>,
        diagnostics: &mut Diagnostics,
    ) {
        self.agreed = false;
        let symbol = &self.own[own];
        let piece = &self.pieces[symbol.piece];
        if let Role::Mark { level, counted: true } = piece.role {
            if self.levels.contains(&level) {
                return;
            }
            self.levels.push(level);
        }
        // A text that is missing, or too many, where the numbers say so, too.
        let one_side = next.is_some_and(|(there, here)| there == own || here == source);
        if !self.in_order && one_side && symbol.offset == 0 {
            return;
        }
        let content: String = self.own[own..]
            .iter()
            .take_while(|one| one.piece == symbol.piece)
            .take(CONTEXT)
            .map(|one| one.c)
            .collect();
        let there = self.source.excerpt(source..source + CONTEXT);
        let message = match symbol.c == self.source.char(source) {
            true => self.white_space_message(own, source),
            false => {
                format!("the text has `{content}` where the source document has `{there}`")
            }
        };
        let mut diagnostic = Diagnostic::error(Code::DiffersFromSource, self.place(own), message)
            .label("first character that differs")
            .related(self.source.span(source), "the source document");
        if let Some(note) = advice::notes(symbol.c, self.source.char(source)) {
            diagnostic = diagnostic.note(note);
        }
        let more = next.filter(|(there, _)| *there == own).map(|(_, there)| source..there);
        for help in advice::help(self.pieces, symbol.piece, self.source, source, more) {
            diagnostic = diagnostic.help(help);
        }
        diagnostics.push(diagnostic);
    }

    /// Tells what stands elsewhere as a whole. What was told of another source
    /// document, or by whoever put the measures in order, is not told again.
    fn tell(&mut self, found: &Edits, told: &mut Vec<Told>, diagnostics: &mut Diagnostics) {
        self.joins.clear();
        if found.edits.is_empty() {
            return;
        }
        self.agreed = false;
        // Their numbers are other ones than the source's for the same reason.
        self.levels = vec![Level::Division, Level::Area, Level::Section, Level::Measure];
        for edit in &found.edits {
            if self.in_order && !told.contains(&edit.told()) {
                diagnostics.push(self.told(edit, found));
            }
            told.push(edit.told());
        }
    }

    fn told(&self, edit: &Edit, found: &Edits) -> Diagnostic {
        let start = |unit: usize| found.units[unit].whole.start;
        let words =
            |unit: usize| advice::excerpt(found.units[unit].whole.clone().map(|at| self.own[at].c));
        let there =
            |at: usize| advice::excerpt((at..self.source.len()).map(|at| self.source.char(at)));
        let more = |count: usize| match count {
            0 | 1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        match edit {
            Edit::Missing { before, source, level, count } => {
                let (what, words) = (advice::name(*level), there(*source));
                let message = format!(
                    "the source document has the {what} {words}{} before this, and the content has not",
                    more(*count)
                );
                Diagnostic::error(Code::SourceLeftOver, self.place(start(*before)), message)
                    .label("stands before this")
                    .related(self.source.span(*source), "the source document")
                    .help(format!("write the {what} at its place, or put it into a `[[source.skip]]` with a reason"))
            }
            Edit::Added { units, source } => {
                let message = format!(
                    "{}{} is not in the source document",
                    words(units.start),
                    more(units.len())
                );
                Diagnostic::error(Code::DiffersFromSource, self.place(start(units.start)), message)
                    .label("is not there")
                    .related(self.source.span(*source), "the source document goes on with this")
                    .help("take it out; or is the source an older text of the document?")
            }
            Edit::Moved { units, source, after } => {
                let message = format!(
                    "{}{} stands at another place in the source document",
                    words(units.start),
                    more(units.len())
                );
                let place = match after {
                    Some(after) => format!("after {}", words(*after)),
                    None => "before all others".to_owned(),
                };
                Diagnostic::error(Code::DiffersFromSource, self.place(start(units.start)), message)
                    .label("stands here")
                    .related(self.source.span(*source), "and there in the source document")
                    .help(format!("move it where the document has it: {place}"))
            }
            Edit::Exchanged { units, with, source } => {
                let message = format!(
                    "{}{} and {}{} stand in each other's place",
                    words(units.start),
                    more(units.len()),
                    words(*with),
                    more(units.len())
                );
                Diagnostic::error(Code::DiffersFromSource, self.place(start(units.start)), message)
                    .label("stands here")
                    .related(self.place(start(*with)), "in place of this")
                    .related(self.source.span(*source), "the source document")
                    .help("exchange them")
            }
        }
    }

    fn white_space_message(&self, own: usize, source: usize) -> String {
        let before = |spaced: bool| if spaced { "a space" } else { "no space" };
        let word = self.source.excerpt(source..source + CONTEXT);
        format!(
            "the text has {} before `{word}` where the source document has {}",
            before(self.own[own].gap == Gap::Space),
            before(self.source.has_space_before(source)),
        )
    }

    /// The place of a character; of a mark that is counted, where it is counted
    /// for.
    fn place(&self, own: usize) -> Span {
        let symbol = &self.own[own];
        let piece = &self.pieces[symbol.piece];
        self.sources.place_in(
            piece.span,
            &piece.text,
            symbol.offset..symbol.offset + symbol.c.len_utf8(),
        )
    }

    /// Nothing of either may be left over.
    fn finish(
        self,
        own: usize,
        source: usize,
        document: &SourceDocument,
        diagnostics: &mut Diagnostics,
    ) -> Option<Verification> {
        if own < self.own.len() {
            let content: String = self.own[own..].iter().take(CONTEXT).map(|one| one.c).collect();
            let message = format!("the text has `{content}` where the source document ends");
            diagnostics.push(
                Diagnostic::error(Code::DiffersFromSource, self.place(own), message)
                    .label("first character that differs")
                    .related(self.source.span(source), "the source document")
                    .help(advice::VERBATIM),
            );
            return None;
        }
        if source < self.source.len() {
            let rest = self.source.excerpt(source..source + CONTEXT);
            let mut diagnostic = Diagnostic::error(
                Code::SourceLeftOver,
                document.file.span,
                format!("the source document goes on after the last text: `{rest}…`"),
            )
            .related(self.source.span(source), "from here on");
            let of_two = self.other.map(advice::of_two);
            for help in advice::after_the_last(self.source, source).into_iter().chain(of_two) {
                diagnostic = diagnostic.help(help);
            }
            diagnostics.push(diagnostic);
            return None;
        }
        self.agreed.then(|| Verification {
            script: document.script,
            file: document.file.value.clone(),
            sha256: document.sha256.value.clone(),
            original: document
                .original
                .as_ref()
                .map(|original| (original.file.value.clone(), original.sha256.value.clone())),
            characters: self.source.len(),
            joins: self.joins,
            skipped: self.source.skipped().to_vec(),
            passages: passages::passages(self.pieces, &self.own, self.source),
            url: document.url.clone(),
        })
    }
}
