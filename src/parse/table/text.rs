//! Texts: a string in the source script, or a table keyed by edition.

use toml::de::DeValue;

use crate::diagnostic::Diagnostic;
use crate::model::{Counterpart, Edition, Provenance, Text};
use crate::source::{Span, Spanned};

use super::Reader;

impl<'a> Reader<'a> {
    /// A text that must be there and not be blank; an unread one if it is not.
    pub fn required_text(&mut self, key: &'static str, script: Edition) -> Text {
        let read = if self.has(key) {
            self.text(key, script)
        } else {
            self.known.push(key);
            self.missing(key);
            None
        };
        read.unwrap_or_else(|| Text::unread(script, self.place))
    }

    /// A text, if the key is there: a string in the source script or a table
    /// keyed by edition.
    pub fn text(&mut self, key: &'static str, script: Edition) -> Option<Text> {
        let (value, range) = self.value(key)?;
        self.text_value(key, value, range, script)
    }

    /// A list of texts; empty if the key is not there.
    pub fn texts(&mut self, key: &'static str, script: Edition) -> Vec<Text> {
        self.array(key, "a list of texts")
            .into_iter()
            .filter_map(|(value, range)| self.text_value(key, value, range, script))
            .collect()
    }

    fn text_value(
        &mut self,
        key: &'static str,
        value: &'a DeValue<'a>,
        range: std::ops::Range<usize>,
        script: Edition,
    ) -> Option<Text> {
        if let Some(text) = value.as_str() {
            let source = self.context.string(text, range);
            let source = self.not_blank(key, source)?;
            return Some(Text { script, source, counterpart: None });
        }
        if !value.is_table() {
            self.wrong_type(key, value, range, "a text, or a table with `hant` and `hans`");
            return None;
        }
        self.subtable(key, value, range, |reader| reader.sides(key, script))
    }

    /// `{ hant = …, hans = …, provenance = … }`.
    fn sides(&mut self, key: &str, script: Edition) -> Option<Text> {
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
        let source = self.not_blank(key, source)?;
        let counterpart = match other {
            Some(text) => {
                let text = self.not_blank(key, text)?;
                Some(Counterpart { text, provenance: provenance.unwrap_or(Provenance::Edited) })
            }
            None => {
                if provenance.is_some() {
                    let diagnostic = Diagnostic::error(
                        "idle-provenance",
                        self.place,
                        "`provenance` describes a second wording, and there is none",
                    );
                    self.report(diagnostic);
                }
                None
            }
        };
        Some(Text { script, source, counterpart })
    }

    fn provenance(&mut self) -> Option<Provenance> {
        let text = self.string("provenance")?;
        match text.value.as_str() {
            "official" => Some(Provenance::Official),
            "edited" => Some(Provenance::Edited),
            other => {
                let diagnostic = Diagnostic::error(
                    "unknown-provenance",
                    text.span,
                    format!("no provenance is called `{other}`"),
                )
                .help("write `official` or `edited`");
                self.report(diagnostic);
                None
            }
        }
    }

    fn not_blank(&mut self, key: &str, text: Spanned<String>) -> Option<Spanned<String>> {
        if text.value.trim().is_empty() {
            self.report(
                Diagnostic::error("empty-text", text.span, format!("`{key}` is empty"))
                    .help("write the text, or leave the key out"),
            );
            return None;
        }
        if let Some((at, found)) = text.value.char_indices().find(|(_, c)| is_control(*c)) {
            let start = text.span.start as usize + at;
            let span = Span::new(text.span.file, start..start + found.len_utf8());
            self.report(Diagnostic::error(
                "control-character",
                span,
                format!("`{key}` holds the control character U+{:04X}", found as u32),
            ));
            return None;
        }
        Some(text)
    }
}

/// Characters that no text for people holds.
fn is_control(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t' && c != '\r'
}
