//! The files of areas.

use std::fmt::Write;

use super::numbering::Numbering;
use crate::import::extracted::Table;
use crate::import::toml::{block, list, quoted};
use crate::import::tree::{Column, Holds, Node, NodeKind};

/// An area: a heading of the document, or measures under none.
pub(super) struct Area<'a> {
    pub(super) id: String,
    /// The annex or division it stands under.
    pub(super) under: Option<String>,
    /// It begins a division or annex.
    pub(super) first: bool,
    /// Its heading; none for measures under no area.
    pub(super) node: Option<&'a Node>,
    /// What the columns hold, of a table whose rows are the measures.
    pub(super) columns: &'a [Column],
    /// What stands in it.
    pub(super) children: Vec<&'a Node>,
}

/// The text of an area's file.
pub(super) fn write(
    area: &Area<'_>,
    place: usize,
    numbering: &mut Numbering,
    fields: &[(String, String)],
) -> String {
    let mut text = "#:schema ../../schemas/area.json\n".to_owned();
    let _ = writeln!(text, "id = {}\nnumber = {place}", quoted(&area.id));
    if let Some(under) = &area.under {
        let _ = writeln!(text, "under = {}", quoted(under));
    }
    if area.first {
        numbering.enter(NodeKind::Group);
    }
    match area.node {
        Some(node) => {
            // One without a title is named by its mark.
            let counted = numbering.mark(node);
            let own = || node.heading.is_none().then(|| node.mark.clone()).flatten();
            mark(&mut text, counted.or_else(own));
            if let Some(heading) = &node.heading {
                let _ = writeln!(text, "title = {}", quoted(heading));
            }
        }
        None if area.id == "text" => {}
        None => text.push_str("mark = \"\"\n"),
    }
    numbering.enter(NodeKind::Area);
    let mut children = area.children.as_slice();
    introduction(&mut text, area.node, &mut children);
    columns(&mut text, area.columns, fields);
    measures(&mut text, children, "measures", numbering, fields);
    text
}

/// What the columns hold and how they are headed.
fn columns(text: &mut String, columns: &[Column], fields: &[(String, String)]) {
    if columns.is_empty() {
        return;
    }
    let holds = columns.iter().map(|column| match column.holds {
        Holds::Mark => "mark",
        Holds::Title => "title",
        Holds::Text => "text",
        Holds::Fact => field(fields, &column.head),
    });
    let _ = writeln!(text, "columns = {}", list(holds));
    let _ = writeln!(text, "heads = {}", list(columns.iter().map(|column| column.head.as_str())));
}

/// The id of a named fact.
fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    let found = fields.iter().find(|(_, known)| known == name);
    found.map_or("field", |(id, _)| id)
}

fn mark(text: &mut String, mark: Option<String>) {
    if let Some(mark) = mark {
        let _ = writeln!(text, "mark = {}", quoted(&mark));
    }
}

/// The paragraphs before the first measure.
fn introduction(text: &mut String, node: Option<&Node>, children: &mut &[&Node]) {
    let count = children.iter().take_while(|child| child.kind == NodeKind::Paragraph).count();
    let own = node.map(|node| node.text.as_str()).filter(|text| !text.is_empty());
    let before = children[..count].iter().map(|child| child.text.as_str());
    let texts: Vec<&str> = own.into_iter().chain(before).collect();
    *children = &children[count..];
    match texts.as_slice() {
        [] => {}
        [one] => {
            let _ = writeln!(text, "text = {}", quoted(one));
        }
        more => {
            let _ = writeln!(text, "text = {}", list(more.iter().copied()));
        }
    }
}

/// Measures, and sections with theirs.
fn measures(
    text: &mut String,
    children: &[&Node],
    table: &str,
    numbering: &mut Numbering,
    fields: &[(String, String)],
) {
    for node in children {
        if node.kind == NodeKind::Section {
            section(text, node, numbering, fields);
        } else {
            let _ = write!(text, "\n[[{table}]]\n");
            measure(text, node, numbering, fields);
        }
    }
}

fn section(text: &mut String, node: &Node, numbering: &mut Numbering, fields: &[(String, String)]) {
    text.push_str("\n[[sections]]\n");
    mark(text, numbering.mark(node));
    numbering.enter(NodeKind::Section);
    if let Some(heading) = &node.heading {
        let _ = writeln!(text, "title = {}", quoted(heading));
    }
    let children: Vec<&Node> = node.children.iter().collect();
    let mut children = children.as_slice();
    introduction(text, Some(node), &mut children);
    // A section within a section stands beside it.
    measures(text, children, "sections.measures", numbering, fields);
}

fn measure(text: &mut String, node: &Node, numbering: &mut Numbering, fields: &[(String, String)]) {
    if node.kind == NodeKind::Measure {
        mark(text, numbering.mark(node));
    } else if numbering.has(NodeKind::Measure) {
        text.push_str("mark = \"\"\n");
    }
    if let Some(heading) = &node.heading {
        let _ = writeln!(text, "title = {}", quoted(heading));
    }
    let mut lines = Lines::default();
    lines.node(node);
    if !lines.text.is_empty() || node.heading.is_none() {
        let _ = writeln!(text, "text = {}", block(&lines.text));
    }
    if !node.cells.is_empty() {
        let cell = |(name, value): &(String, String)| {
            format!("{} = {}", field(fields, name), quoted(value))
        };
        let cells: Vec<String> = node.cells.iter().map(cell).collect();
        let _ = writeln!(text, "fields = {{ {} }}", cells.join(", "));
    }
}

/// A measure's text: paragraphs with empty lines between them, items and rows
/// on lines of their own.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn node(&mut self, node: &Node) {
        self.paragraph(&node.text);
        if let Some(table) = &node.table {
            self.table(table);
        }
        for child in &node.children {
            self.below(child);
        }
    }

    fn below(&mut self, node: &Node) {
        match &node.mark {
            Some(mark) => {
                let space = if mark.ends_with(|c: char| c.is_ascii())
                    && node.text.starts_with(|c: char| c.is_ascii_alphanumeric())
                {
                    " "
                } else {
                    ""
                };
                let heading = node.heading.as_deref().unwrap_or_default();
                self.line(&format!("{mark}{space}{heading}{}", node.text));
            }
            None => self.paragraph(&node.text),
        }
        if let Some(table) = &node.table {
            self.table(table);
        }
        for child in &node.children {
            self.below(child);
        }
    }

    fn paragraph(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(text);
    }

    fn line(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    fn table(&mut self, table: &Table) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        for row in &table.rows {
            let cells: Vec<String> =
                row.iter().map(|cell| cell.text().replace('|', "\\|")).collect();
            self.line(&format!("| {} |", cells.join(" | ")));
        }
    }
}
