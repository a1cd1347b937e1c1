//! Goes over a Word document's body: paragraphs, tables, notes, as printed with
//! all tracked changes accepted.

mod table;

use roxmltree::Node;
use rustc_hash::FxHashMap;

use super::numbering::{Counters, Formats, bullet};
use super::{attribute, child, is_on, value};
use crate::import::extracted::{Block, Extracted, Line, Note, Reason};
use crate::import::numeral;

/// Elements stand in one another no deeper than this in any real file.
const MAX_DEPTH: usize = 100;

/// A reader of the body and the notes of one file.
pub(super) struct Reader<'f> {
    formats: &'f Formats,
    counters: Counters,
    blocks: Vec<Block>,
    hidden: Vec<String>,
    /// Complex fields that are open: whether their result has begun.
    fields: Vec<bool>,
    /// References to notes in the order of the text: kind, id.
    references: Vec<(&'static str, String)>,
    notes: FxHashMap<(&'static str, String), String>,
    note_format: FxHashMap<&'static str, String>,
    /// Text of a paragraph whose end was deleted.
    pending: Text,
    depth: usize,
    /// Whether something was passed over for standing deeper than any text does.
    is_too_deep: bool,
}

/// A paragraph's text while it is put together.
#[derive(Default)]
struct Text {
    text: String,
    plain: bool,
    notes: Vec<(usize, usize)>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(formats: &'f Formats) -> Self {
        Self {
            formats,
            counters: Counters::default(),
            blocks: Vec::new(),
            hidden: Vec::new(),
            fields: Vec::new(),
            references: Vec::new(),
            notes: FxHashMap::default(),
            note_format: FxHashMap::default(),
            pending: Text::default(),
            depth: 0,
            is_too_deep: false,
        }
    }

    /// Goes one deeper, unless that is too deep.
    fn deepen(&mut self) -> bool {
        let may = self.depth < MAX_DEPTH;
        self.depth += usize::from(may);
        self.is_too_deep |= !may;
        may
    }

    pub(super) fn body(&mut self, body: Node<'_, '_>) {
        for (kind, name) in [("footnote", "footnotePr"), ("endnote", "endnotePr")] {
            let named = body.descendants().filter(|node| node.tag_name().name() == name);
            if let Some(format) = named.filter_map(|node| value(node, "numFmt")).next() {
                self.note_format.insert(kind, format.to_owned());
            }
        }
        self.elements(body);
        self.flush();
    }

    /// A text that was to go on in a paragraph that never came.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        self.lines(pending, Line::paragraph(""));
    }

    /// Paragraphs, tables, and what holds them.
    fn elements(&mut self, parent: Node<'_, '_>) {
        if !self.deepen() {
            return;
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                "del" | "moveFrom" | "sectPr" | "sdtPr" | "tcPr" | "customXmlPr" => {}
                "AlternateContent" => {
                    if let Some(chosen) = chosen(node) {
                        self.elements(chosen);
                    }
                }
                _ => self.elements(node),
            }
        }
        self.depth -= 1;
    }

    fn paragraph(&mut self, node: Node<'_, '_>) {
        let properties = child(node, "pPr");
        let mut text = std::mem::take(&mut self.pending);
        let mut boxes = Vec::new();
        let before = text.text.len();
        self.runs(node, &mut text, &mut boxes);
        let mark = properties.and_then(|properties| child(properties, "rPr"));
        let deleted = mark
            .is_some_and(|mark| child(mark, "del").is_some() || child(mark, "moveFrom").is_some());
        if deleted {
            self.pending = text;
        } else {
            let style = properties.and_then(|properties| value(properties, "pStyle"));
            let number = if text.text.trim().is_empty() && before == 0 && boxes.is_empty() {
                // An empty paragraph with a number prints the number alone, in
                // no document on purpose.
                String::new()
            } else {
                self.counters.next(self.formats, properties, style)
            };
            let line = self.setting(properties, style, &text);
            self.lines(numbered(text, &number), Line { counted: number.trim_end().len(), ..line });
        }
        for content in boxes {
            self.elements(content);
        }
    }

    /// What the paragraph's properties and style say of it.
    fn setting(&self, properties: Option<Node<'_, '_>>, style: Option<&str>, text: &Text) -> Line {
        let align = properties
            .and_then(|properties| value(properties, "jc"))
            .map(str::to_owned)
            .or_else(|| self.formats.of(style, |style| style.align.clone()));
        let outline = properties
            .and_then(|properties| value(properties, "outlineLvl")?.parse::<u8>().ok())
            .or_else(|| self.formats.heading(style))
            .filter(|level| *level < 9);
        let bold = self.formats.of(style, |style| style.bold).unwrap_or(false);
        Line {
            heading: outline.map(|level| level + 1),
            centred: align.as_deref() == Some("center"),
            right: matches!(align.as_deref(), Some("right" | "end")),
            bold: bold || !text.plain,
            ..Line::paragraph("")
        }
    }

    /// Puts a paragraph down, line by line.
    fn lines(&mut self, text: Text, line: Line) {
        let mut start = 0;
        let count = text.text.split('\n').count();
        for (at, piece) in text.text.split('\n').enumerate() {
            let end = start + piece.len();
            let shown = piece.trim();
            if !shown.is_empty() {
                let offset = start + (piece.len() - piece.trim_start().len());
                let notes = text.notes.iter().filter(|(place, _)| (start..=end).contains(place));
                self.blocks.push(Block::Line(Line {
                    text: shown.to_owned(),
                    whole: true,
                    counted: if at == 0 { line.counted } else { 0 },
                    notes: notes
                        .map(|(place, note)| (place.saturating_sub(offset).min(shown.len()), *note))
                        .collect(),
                    ..line.clone()
                }));
            } else if count == 1 && !text.notes.is_empty() {
                // A reference alone in its paragraph belongs to the text before.
                if let Some(Block::Line(last)) = self.blocks.last_mut() {
                    let end = last.text.len();
                    last.notes.extend(text.notes.iter().map(|(_, note)| (end, *note)));
                }
            }
            start = end + 1;
        }
    }

    fn runs<'a, 'input>(
        &mut self,
        parent: Node<'a, 'input>,
        text: &mut Text,
        boxes: &mut Vec<Node<'a, 'input>>,
    ) {
        if !self.deepen() {
            return;
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "pPr" | "rPr" | "del" | "moveFrom" | "sdtPr" | "rt" | "instrText" | "delText" => {}
                "txbxContent" => boxes.push(node),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(node) {
                        self.runs(chosen, text, boxes);
                    }
                }
                "r" => self.run(node, text, boxes),
                "t" if self.shown() => text.push(node.text().unwrap_or_default(), false),
                _ => self.runs(node, text, boxes),
            }
        }
        self.depth -= 1;
    }

    /// No open field is still at its instructions.
    fn shown(&self) -> bool {
        self.fields.iter().all(|result| *result)
    }

    fn run<'a, 'input>(
        &mut self,
        run: Node<'a, 'input>,
        text: &mut Text,
        boxes: &mut Vec<Node<'a, 'input>>,
    ) {
        let properties = child(run, "rPr");
        let style = properties.and_then(|properties| value(properties, "rStyle"));
        let named = |name: &'static str| properties.and_then(|properties| is_on(properties, name));
        let of_style = |get: fn(&super::numbering::Style) -> Option<bool>| {
            style.and_then(|style| self.formats.of(Some(style), get))
        };
        let hidden = named("vanish").or_else(|| of_style(|style| style.hidden)) == Some(true);
        let bold = named("b").or_else(|| of_style(|style| style.bold)) == Some(true);
        for node in run.children().filter(Node::is_element) {
            let piece = match node.tag_name().name() {
                "t" => node.text().unwrap_or_default().to_owned(),
                "tab" | "ptab" => " ".to_owned(),
                "br" | "cr" => "\n".to_owned(),
                "noBreakHyphen" => "-".to_owned(),
                "sym" => symbol(node),
                "fldChar" => {
                    self.field(attribute(node, "fldCharType").unwrap_or_default());
                    continue;
                }
                "footnoteReference" => {
                    self.reference("footnote", node, text);
                    continue;
                }
                "endnoteReference" => {
                    self.reference("endnote", node, text);
                    continue;
                }
                "rPr" | "instrText" | "delText" | "delInstrText" | "softHyphen" => continue,
                "txbxContent" => {
                    boxes.push(node);
                    continue;
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(node) {
                        self.runs(chosen, text, boxes);
                    }
                    continue;
                }
                _ => {
                    self.runs(node, text, boxes);
                    continue;
                }
            };
            if !self.shown() {
                continue;
            }
            if hidden {
                self.hidden.push(piece);
            } else {
                text.push(&piece, bold);
            }
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(false),
            "separate" => {
                if let Some(result) = self.fields.last_mut() {
                    *result = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn reference(&mut self, kind: &'static str, node: Node<'_, '_>, text: &mut Text) {
        if let Some(id) = attribute(node, "id").filter(|_| self.shown()) {
            text.notes.push((text.text.len(), self.references.len()));
            self.references.push((kind, id.to_owned()));
        }
    }

    /// Reads the notes of a kind.
    pub(super) fn notes(&mut self, kind: &'static str, root: Node<'_, '_>) {
        for node in root.children().filter(Node::is_element) {
            let Some(id) = attribute(node, "id") else { continue };
            let outer = std::mem::take(&mut self.blocks);
            self.elements(node);
            self.flush();
            let blocks = std::mem::replace(&mut self.blocks, outer);
            let lines: Vec<String> = blocks.into_iter().flat_map(texts).collect();
            self.notes.insert((kind, id.to_owned()), lines.join("\n"));
        }
    }

    /// Hands over what was read. False if that is not all.
    #[must_use]
    pub(super) fn finish(self, extracted: &mut Extracted) -> bool {
        extracted.blocks = self.blocks;
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        for (kind, id) in &self.references {
            let count = counts.entry(kind).or_default();
            *count += 1;
            let standard = if *kind == "endnote" { "lowerRoman" } else { "decimal" };
            let format = self.note_format.get(kind).map_or(standard, String::as_str);
            extracted.notes.push(Note {
                mark: numeral::word(*count, format).unwrap_or_default(),
                text: self.notes.get(&(*kind, id.clone())).cloned().unwrap_or_default(),
            });
        }
        extracted.skip(self.hidden.concat(), Reason::Hidden);
        !self.is_too_deep
    }
}

impl Text {
    fn push(&mut self, text: &str, bold: bool) {
        for c in text.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}')) {
            self.plain |= !bold && !c.is_whitespace();
            self.text.push(match c {
                '\t' | '\r' => ' ',
                c => c,
            });
        }
    }
}

/// A paragraph's text with its number before it.
fn numbered(mut text: Text, number: &str) -> Text {
    if !number.is_empty() {
        let lead = text.text.len() - text.text.trim_start().len();
        text.text.replace_range(..lead, number);
        for (place, _) in &mut text.notes {
            *place = place.saturating_sub(lead) + number.len();
        }
    }
    text
}

/// The version of a content that is read: the newer one, unless it is empty.
fn chosen<'a, 'input>(node: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let shows = |node: &Node<'a, 'input>| {
        node.descendants().any(|below| matches!(below.tag_name().name(), "t" | "tbl" | "sym"))
    };
    child(node, "Choice").filter(shows).or_else(|| child(node, "Fallback"))
}

fn symbol(node: Node<'_, '_>) -> String {
    let font = attribute(node, "font").unwrap_or_default();
    attribute(node, "char")
        .and_then(|code| u32::from_str_radix(code, 16).ok())
        .and_then(char::from_u32)
        .map(|c| bullet(c, font).to_string())
        .unwrap_or_default()
}

fn texts(block: Block) -> Vec<String> {
    match block {
        Block::Line(line) => vec![line.text],
        Block::Table(table) => {
            table.rows.into_iter().flatten().flat_map(|cell| cell.lines).collect()
        }
    }
}

/// The text of a part whose structure does not matter, a line a paragraph.
pub(super) fn plain(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for below in node.descendants() {
        match below.tag_name().name() {
            "t" => text.push_str(below.text().unwrap_or_default()),
            "tab" => text.push(' '),
            "p" | "br" if !text.is_empty() && !text.ends_with('\n') => text.push('\n'),
            _ => {}
        }
    }
    text
}
