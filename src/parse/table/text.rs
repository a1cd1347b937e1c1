//! Texts: a string in the source script, or a table keyed by edition.

use toml::de::DeValue;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Counterpart, Line, Pattern, Provenance, Script, Text};
use crate::source::{Span, Spanned, is_noncharacter};

use super::super::fields::{Asked, SIDES};
use super::Reader;
use super::prose::{Prose, prose};

/// A text in which lines mean something.
#[derive(Debug, Clone)]
pub struct Lines {
    /// The text, a line for each paragraph, item and row.
    pub text: Text,
    /// What each line is.
    pub lines: Vec<Line>,
}

impl<'a> Reader<'a> {
    /// A text that must be there and not be blank; an unread one if it is not.
    pub fn required_text(&mut self, key: &'static str, script: Script) -> Text {
        let read = self.required(key).and_then(|()| self.text(key, script));
        read.unwrap_or_else(|| Text::unread(script, self.place))
    }

    /// A text, if the key is there: a string in the source script or a table
    /// keyed by edition.
    pub fn text(&mut self, key: &'static str, script: Script) -> Option<Text> {
        let (value, range) = self.value(key, Asked::Text)?;
        let read = self.text_value(key, value, range, script, &[])?;
        self.one_paragraph(key, read)
    }

    /// A list of texts; empty if the key is not there.
    pub fn texts(&mut self, key: &'static str, script: Script) -> Vec<Text> {
        let list = self.array(key, Asked::Text, "a list of texts");
        list.into_iter()
            .filter_map(|(value, range)| {
                let read = self.text_value(key, value, range, script, &[])?;
                self.one_paragraph(key, read)
            })
            .collect()
    }

    /// Paragraphs: a text in which empty lines part them, or a list of texts.
    pub fn paragraphs(&mut self, key: &'static str, script: Script) -> Vec<Text> {
        let is_list = self.peek(key).is_some_and(|value| value.is_array());
        if is_list {
            return self.texts(key, script);
        }
        let Some((value, range)) = self.value(key, Asked::Text) else { return Vec::new() };
        let read = self.text_value(key, value, range, script, &[]);
        read.map_or_else(Vec::new, |read| parted(&read))
    }

    /// Rows of texts, each a list of cells; a cell may be empty.
    pub fn rows(&mut self, key: &'static str, script: Script) -> Vec<Vec<Text>> {
        let expected = "a list of rows, each a list of texts";
        let mut rows = Vec::new();
        for (value, range) in self.array(key, Asked::Text, expected) {
            let Some(cells) = value.as_array() else {
                self.wrong_type(key, value, range, expected);
                continue;
            };
            let mut row = Vec::new();
            for cell in cells.iter() {
                if cell.get_ref().as_str().is_some_and(str::is_empty) {
                    row.push(Text::unread(script, self.context.span(cell.span())));
                    continue;
                }
                let read = self.text_value(key, cell.get_ref(), cell.span(), script, &[]);
                row.extend(read.and_then(|read| self.one_paragraph(key, read)));
            }
            rows.push(row);
        }
        rows
    }

    /// A text of paragraphs, items and rows that must be there.
    pub fn required_lines(
        &mut self,
        key: &'static str,
        script: Script,
        items: &[Pattern],
    ) -> Lines {
        let read = self.required(key).and_then(|()| {
            let (value, range) = self.value(key, Asked::Text)?;
            self.text_value(key, value, range, script, items)
        });
        let unread = || Lines { text: Text::unread(script, self.place), lines: Vec::new() };
        read.unwrap_or_else(unread)
    }

    /// Reports a key that is missing.
    fn required(&mut self, key: &'static str) -> Option<()> {
        if self.has(key) {
            return Some(());
        }
        self.known.push(key);
        self.missing(key);
        None
    }

    /// A text that has only one paragraph.
    pub(super) fn one_paragraph(&mut self, key: &str, read: Lines) -> Option<Text> {
        if read.lines.len() > 1 {
            self.report(
                Diagnostic::error(
                    Code::SeveralParagraphs,
                    read.text.source.span,
                    format!("`{key}` has an empty line or a table in it, and is one paragraph"),
                )
                .help("take the empty line out; a line end inside a paragraph means nothing"),
            );
            return None;
        }
        Some(read.text)
    }

    pub(super) fn text_value(
        &mut self,
        key: &'static str,
        value: &'a DeValue<'a>,
        range: std::ops::Range<usize>,
        script: Script,
        items: &[Pattern],
    ) -> Option<Lines> {
        if let Some(text) = value.as_str() {
            let source = self.context.string(text, range);
            let (source, lines) = self.prose(key, source, items)?;
            return Some(Lines { text: Text { script, source, counterpart: None }, lines });
        }
        if !value.is_table() {
            self.wrong_type(key, value, range, "a text, or a table with `hant` and `hans`");
            return None;
        }
        self.table_of(&SIDES, key, value, range, |reader| reader.sides(key, script, items))
    }

    /// `{ hant = …, hans = …, provenance = … }`.
    fn sides(&mut self, key: &str, script: Script, items: &[Pattern]) -> Option<Lines> {
        let own = self.string(script.id());
        let other = self.string(script.other().id());
        let provenance = self.provenance();
        let (script, source, other) = match (own, other) {
            (Some(own), other) => (script, own, other),
            (None, Some(other)) => (script.other(), other, None),
            (None, None) => {
                self.missing(script.id());
                return None;
            }
        };
        let (source, lines) = self.prose(key, source, items)?;
        let counterpart = match other {
            Some(text) => {
                let (text, given) = self.prose(key, text, items)?;
                self.same_lines(&lines, &given, &source, &text);
                Some(Counterpart { text, provenance: provenance.unwrap_or(Provenance::Edited) })
            }
            None => {
                if provenance.is_some() {
                    let diagnostic = Diagnostic::error(
                        Code::IdleProvenance,
                        self.place,
                        "`provenance` describes a second wording, and there is none",
                    );
                    self.report(diagnostic);
                }
                None
            }
        };
        Some(Lines { text: Text { script, source, counterpart }, lines })
    }

    /// Paragraphs and items are addressed by their number, so both wordings must
    /// have as many.
    fn same_lines(
        &mut self,
        own: &[Line],
        given: &[Line],
        source: &Spanned<String>,
        text: &Spanned<String>,
    ) {
        if own == given {
            return;
        }
        let (here, there) = (given.len(), own.len());
        self.report(
            Diagnostic::error(
                Code::LineCountDiffers,
                text.span,
                format!("the paragraphs, items and rows differ: {here} here, {there} there"),
            )
            .related(source.span, "the source script")
            .help("they are addressed by their number: part both wordings at the same places"),
        );
    }

    fn provenance(&mut self) -> Option<Provenance> {
        let text = self.string("provenance")?;
        match text.value.as_str() {
            "official" => Some(Provenance::Official),
            "edited" => Some(Provenance::Edited),
            other => {
                let diagnostic = Diagnostic::error(
                    Code::UnknownProvenance,
                    text.span,
                    format!("no provenance is called `{other}`"),
                )
                .help("write `official` or `edited`");
                self.report(diagnostic);
                None
            }
        }
    }

    /// A string as a text: not blank, no control characters, line ends as they
    /// are meant. Only cells of a table may be empty.
    fn prose(
        &mut self,
        key: &str,
        text: Spanned<String>,
        items: &[Pattern],
    ) -> Option<(Spanned<String>, Vec<Line>)> {
        if text.value.trim().is_empty() {
            self.report(
                Diagnostic::error(Code::EmptyText, text.span, format!("`{key}` is empty"))
                    .help("write the text, or leave the key out"),
            );
            return None;
        }
        if let Some(wrong) = unusable_character(key, &text.value, text.span) {
            self.report(wrong);
            return None;
        }
        let Prose { text: value, lines } = prose(&text.value, items);
        Some((Spanned::new(value, text.span), lines))
    }
}

/// The paragraphs of a text, each a text of its own.
fn parted(read: &Lines) -> Vec<Text> {
    let Text { script, source, counterpart } = &read.text;
    let mut own = source.value.split('\n');
    let mut given = counterpart.as_ref().map(|given| given.text.value.split('\n'));
    let one = |text: &str, of: &Spanned<String>| Spanned::new(text.to_owned(), of.span);
    std::iter::from_fn(|| {
        let text = own.next()?;
        let other = given.as_mut().and_then(Iterator::next);
        let counterpart = counterpart.as_ref().zip(other).map(|(given, text)| Counterpart {
            text: one(text, &given.text),
            provenance: given.provenance,
        });
        Some(Text { script: *script, source: one(text, source), counterpart })
    })
    .collect()
}

/// The mistake of a text with a character that no page or feed can hold.
pub fn unusable_character(what: &str, text: &str, span: Span) -> Option<Diagnostic> {
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\t' && c != '\r';
    let mut all = text.char_indices();
    let (at, found) = all.find(|(_, c)| is_control(*c) || is_noncharacter(*c))?;
    let kind = if is_noncharacter(found) { "noncharacter" } else { "control character" };
    let start = span.start as usize + at;
    let place = Span::new(span.file, start..start + found.len_utf8());
    let message = format!("`{what}` holds the {kind} U+{:04X}", found as u32);
    Some(Diagnostic::error(Code::ControlCharacter, place, message))
}
