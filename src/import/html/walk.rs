//! An element's text as lines and tables, as a browser sets it. Goes over the
//! tree without recursion: pages nest as deep as they like.

use rustc_hash::FxHashSet;
use scraper::{ElementRef, Html, Node, node::Element};

use ego_tree::NodeRef;
use ego_tree::iter::Edge;

use crate::import::extracted::{Block, Cell, Line, Table};
use crate::import::mark;

/// What stands in an element.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) blocks: Vec<Block>,
    pub(super) hidden: Vec<String>,
}

/// Elements that begin and end a line.
const BLOCKS: &str = " address article aside blockquote body caption center dd details dialog dir div \
    dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li \
    main menu nav ol p pre section summary table tbody td tfoot th thead tr ul ";

/// Elements whose text is none of the page's.
const SILENT: &str = " head script style noscript template svg math iframe object video audio canvas \
    button select textarea datalist rt rp title meta link ";

fn is_one(list: &str, name: &str) -> bool {
    list.split(' ').any(|one| one == name)
}

pub(super) fn is_block(element: &Element) -> bool {
    is_one(BLOCKS, element.name())
}

pub(super) fn is_silent(element: &Element) -> bool {
    is_one(SILENT, element.name())
}

/// The style attribute and the old ones, in small letters and without spaces.
fn style(element: &Element) -> String {
    let mut style: String = element.attr("style").unwrap_or_default().split_whitespace().collect();
    style.make_ascii_lowercase();
    style
}

pub(super) fn is_hidden(element: &Element) -> bool {
    let style = style(element);
    element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// How a line is set, as far as its elements say.
#[derive(Clone, Copy, Default)]
struct Setting {
    centred: bool,
    right: bool,
    bold: bool,
    heading: Option<u8>,
    kept: bool,
}

impl Setting {
    fn within(mut self, element: &Element) -> Self {
        let style = style(element);
        let align = element.attr("align").unwrap_or_default().to_ascii_lowercase();
        if align == "center" || style.contains("text-align:center") || element.name() == "center" {
            (self.centred, self.right) = (true, false);
        } else if align == "right" || style.contains("text-align:right") {
            (self.centred, self.right) = (false, true);
        } else if !align.is_empty() || style.contains("text-align:") {
            (self.centred, self.right) = (false, false);
        }
        let name = element.name();
        self.bold |= matches!(name, "b" | "strong" | "th")
            || ["font-weight:bold", "font-weight:7", "font-weight:8", "font-weight:9"]
                .iter()
                .any(|bold| style.contains(bold));
        if let [b'h', level @ b'1'..=b'6'] = name.as_bytes() {
            self.heading = Some(level - b'0');
        }
        self.kept |= name == "pre" || style.contains("white-space:pre");
        self
    }
}

/// The state of a walk.
#[derive(Default)]
struct Writer {
    walked: Walked,
    line: String,
    plain: bool,
    broken: bool,
    lists: Vec<Option<i64>>,
    number: Option<String>,
}

/// The lines and tables of an element.
pub(super) fn walk(root: ElementRef<'_>) -> Walked {
    let mut writer = Writer::default();
    let mut settings = vec![Setting::default()];
    let mut edges = root.traverse();
    while let Some(edge) = edges.next() {
        let setting = *settings.last().expect("the first one stays");
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => writer.text(text, setting),
                Node::Element(element) => {
                    if is_silent(element) || is_hidden(element) {
                        if is_hidden(element) && !is_silent(element) {
                            writer.walked.hidden.extend(lines_below(node));
                        }
                        pass(&mut edges, node);
                        continue;
                    }
                    if let Some(table) = data_table(node) {
                        writer.end(setting);
                        writer.walked.blocks.push(Block::Table(table));
                        pass(&mut edges, node);
                        continue;
                    }
                    writer.open(element, setting);
                    settings.push(setting.within(element));
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    writer.close(element, setting);
                    settings.pop();
                }
            }
        }
    }
    writer.end(Setting::default());
    writer.walked
}

/// Goes on behind a node.
fn pass<'a>(edges: &mut ego_tree::iter::Traverse<'a, Node>, node: NodeRef<'a, Node>) {
    for edge in edges.by_ref() {
        if matches!(edge, Edge::Close(closed) if closed.id() == node.id()) {
            return;
        }
    }
}

impl Writer {
    fn text(&mut self, text: &str, setting: Setting) {
        if setting.kept {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.end_broken(setting);
                }
                self.push(line, setting);
            }
        } else {
            self.push(text, setting);
        }
    }

    /// Adds text; white space becomes one space, and none where it is a line's
    /// end of the file between Chinese characters.
    fn push(&mut self, text: &str, setting: Setting) {
        let mut space = false;
        let mut line_end = false;
        for c in text.chars() {
            if matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{2060}') {
                continue;
            }
            if c.is_whitespace() {
                space = true;
                line_end |= matches!(c, '\n' | '\r');
                continue;
            }
            if space {
                self.space(line_end, c);
                (space, line_end) = (false, false);
            }
            self.plain |= !setting.bold;
            self.line.push(c);
        }
        if space && !line_end && !self.line.is_empty() {
            self.space(false, ' ');
        }
    }

    fn space(&mut self, line_end: bool, next: char) {
        let before = self.line.chars().next_back();
        let chinese = |c: char| c > '\u{2E80}';
        let dropped = line_end && chinese(next) && before.is_some_and(chinese);
        if !dropped && before.is_some_and(|c| c != ' ') {
            self.line.push(' ');
        }
    }

    fn open(&mut self, element: &Element, setting: Setting) {
        match element.name() {
            "br" => self.end_broken(setting),
            name if is_block(element) => {
                self.end(setting);
                match name {
                    "ol" => self.lists.push(Some(attr(element, "start").unwrap_or(1))),
                    "ul" | "menu" | "dir" => self.lists.push(None),
                    "li" => {
                        if let Some(Some(next)) = self.lists.last_mut() {
                            let number = attr(element, "value").unwrap_or(*next);
                            *next = number + 1;
                            self.number = Some(format!("{number}."));
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, element: &Element, setting: Setting) {
        if !is_block(element) {
            return;
        }
        self.end(setting);
        if matches!(element.name(), "ol" | "ul" | "menu" | "dir") {
            self.lists.pop();
        }
    }

    /// Ends a line whose paragraph may go on.
    fn end_broken(&mut self, setting: Setting) {
        self.broken = true;
        self.end(setting);
        self.broken = false;
    }

    fn end(&mut self, setting: Setting) {
        let text = std::mem::take(&mut self.line);
        let text = text.trim();
        let bold = !std::mem::take(&mut self.plain);
        if text.is_empty() {
            return;
        }
        let mut line = Line {
            text: text.to_owned(),
            whole: !self.broken,
            heading: setting.heading,
            centred: setting.centred,
            right: setting.right,
            bold,
            ..Line::default()
        };
        if let Some(number) = self.number.take()
            && mark::at_start(text).is_none()
        {
            line.counted = number.len();
            line.text = format!("{number} {text}");
        }
        self.walked.blocks.push(Block::Line(line));
    }
}

fn attr(element: &Element, name: &str) -> Option<i64> {
    element.attr(name)?.trim().parse().ok()
}

/// A table of more than one column that holds no other table and no headings;
/// others only lay out a page.
fn data_table(node: NodeRef<'_, Node>) -> Option<Table> {
    let table = ElementRef::wrap(node).filter(|element| element.value().name() == "table")?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for element in table.descendent_elements().skip(1) {
        match element.value().name() {
            "table" | "h1" | "h2" => return None,
            "tr" => rows.push(Vec::new()),
            name @ ("td" | "th") => {
                if rows.is_empty() {
                    rows.push(Vec::new());
                }
                let span = |name| attr(element.value(), name).unwrap_or(1).clamp(1, 1000) as usize;
                rows.last_mut().expect("one was pushed").push(Cell {
                    lines: lines_below(*element),
                    columns: span("colspan"),
                    rows: span("rowspan"),
                    head: name == "th",
                });
            }
            _ => {}
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.lines.is_empty()));
    let wide = rows.iter().filter(|row| row.len() > 1).count();
    // A cell with a whole document in it is a page laid out by a table.
    let long = rows.iter().flatten().any(|cell| cell.lines.len() > 30);
    (wide > 0 && !long).then_some(Table { rows, page: 0 })
}

/// The lines of text below a node, for cells and for what is skipped.
pub(super) fn lines_below(node: NodeRef<'_, Node>) -> Vec<String> {
    let mut writer = Writer::default();
    let mut edges = node.traverse();
    while let Some(edge) = edges.next() {
        match edge {
            Edge::Open(below) => match below.value() {
                Node::Text(text) => writer.push(text, Setting::default()),
                Node::Element(element) if is_silent(element) => pass(&mut edges, below),
                Node::Element(element) => writer.open(element, Setting::default()),
                _ => {}
            },
            Edge::Close(below) => {
                if let Node::Element(element) = below.value() {
                    writer.close(element, Setting::default());
                }
            }
        }
    }
    writer.end(Setting::default());
    writer
        .walked
        .blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::Line(line) => Some(line.text),
            Block::Table(_) => None,
        })
        .collect()
}

/// The lines of the body outside the parts that were taken.
pub(super) fn skipped_outside(page: &Html, parts: &[ElementRef<'_>]) -> Vec<String> {
    let taken: FxHashSet<_> = parts.iter().map(|part| part.id()).collect();
    let mut writer = Writer::default();
    let mut edges = page.tree.root().traverse();
    while let Some(edge) = edges.next() {
        match edge {
            Edge::Open(node) if taken.contains(&node.id()) => {
                writer.end(Setting::default());
                pass(&mut edges, node);
            }
            Edge::Open(node) => match node.value() {
                Node::Text(text) => writer.push(text, Setting::default()),
                Node::Element(element) if is_silent(element) => pass(&mut edges, node),
                Node::Element(element) => {
                    writer.lists.clear();
                    writer.open(element, Setting::default());
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    writer.close(element, Setting::default());
                }
            }
        }
    }
    writer.end(Setting::default());
    writer
        .walked
        .blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::Line(line) => Some(line.text),
            Block::Table(_) => None,
        })
        .collect()
}
