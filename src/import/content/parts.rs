//! The parts of a document in its order, and the areas that stand in them.

use std::fmt::Write;

use super::areas::Area;
use crate::import::extracted::Table;
use crate::import::ids::Ids;
use crate::import::toml::{list, quoted};
use crate::import::tree::{Holds, Node, NodeKind, Recognised};

/// What the document's own file says of its order.
#[derive(Default)]
pub(super) struct Plan<'a> {
    /// The `[[parts]]`.
    pub(super) parts: String,
    pub(super) areas: Vec<Area<'a>>,
    /// The named facts: id, name.
    pub(super) fields: Vec<(String, String)>,
}

/// Names of facts that have a word of their own.
const FIELDS: [(&str, &str); 9] = [
    ("负责部门", "responsible"),
    ("負責部門", "responsible"),
    ("责任单位", "responsible"),
    ("責任單位", "responsible"),
    ("适用范围", "scope"),
    ("適用範圍", "scope"),
    ("牵头单位", "lead"),
    ("牽頭單位", "lead"),
    ("完成时限", "deadline"),
];

/// Its rows are measures.
fn is_rows(node: &Node) -> bool {
    !node.columns.is_empty()
}

/// Areas, measures and sections are parts only together.
fn in_areas(node: &Node) -> bool {
    is_rows(node)
        || matches!(
            node.kind,
            NodeKind::Area | NodeKind::Measure | NodeKind::Section | NodeKind::Item
        )
}

pub(super) fn plan<'a>(recognised: &'a Recognised, ids: &mut Ids) -> Plan<'a> {
    let mut plan = Plan::default();
    let parts = &recognised.parts;
    let mut at = 0;
    while at < parts.len() {
        let node = &parts[at];
        let same = |other: &Node| word(other.kind) == word(node.kind) && !other.kind.is_alone();
        let mut run = parts[at..].iter().take_while(|other| same(other)).count().max(1);
        match node.kind {
            NodeKind::Group | NodeKind::Annex => plan.division(node, ids),
            _ if in_areas(node) => {
                // What stands between two of them stays where it stood: the part is one.
                let rest = &parts[at..];
                let ends = |other: &Node| matches!(other.kind, NodeKind::Group | NodeKind::Annex);
                let own = rest.iter().position(ends).unwrap_or(rest.len());
                run = rest[..own].iter().rposition(in_areas).map_or(1, |last| last + 1);
                plan.parts.push_str("\n[[parts]]\nkind = \"areas\"\n");
                let nodes: Vec<&Node> = parts[at..at + run].iter().collect();
                plan.areas_of(&nodes, None, ids);
            }
            NodeKind::Title => plan.parts.push_str("\n[[parts]]\nkind = \"title\"\n"),
            NodeKind::Table => plan.table(node.table.as_ref()),
            kind => plan.lines(word(kind), &parts[at..at + run]),
        }
        at += run;
    }
    plan.fields(recognised);
    plan
}

impl NodeKind {
    /// Two of it one behind the other are two parts.
    fn is_alone(self) -> bool {
        matches!(self, Self::Group | Self::Annex | Self::Table)
    }
}

/// The `kind` of a part.
fn word(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Before => "before",
        NodeKind::Title => "title",
        NodeKind::Number => "number",
        NodeKind::Adopted => "adopted",
        NodeKind::Addressee => "addressee",
        NodeKind::Preamble => "preamble",
        NodeKind::Contents => "contents",
        NodeKind::Closing => "closing",
        NodeKind::Signature => "signatures",
        NodeKind::Note => "note",
        NodeKind::Table => "table",
        NodeKind::Group => "division",
        NodeKind::Annex => "annex",
        NodeKind::Area | NodeKind::Section | NodeKind::Measure | NodeKind::Item => "areas",
        NodeKind::Date | NodeKind::Paragraph | NodeKind::Attachment | NodeKind::Remark => "text",
    }
}

impl<'a> Plan<'a> {
    fn lines(&mut self, kind: &str, nodes: &[Node]) {
        let texts: Vec<&str> = nodes.iter().map(|node| node.text.as_str()).collect();
        let text = match texts.as_slice() {
            [one] => quoted(one),
            more => list(more.iter().copied()),
        };
        let _ = write!(self.parts, "\n[[parts]]\nkind = {}\ntext = {text}\n", quoted(kind));
    }

    fn table(&mut self, table: Option<&Table>) {
        let Some(table) = table else { return };
        self.parts.push_str("\n[[parts]]\nkind = \"table\"\nrows = [\n");
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.text()).collect();
            let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
            let _ = writeln!(self.parts, "  [{}],", cells.join(", "));
        }
        self.parts.push_str("]\n");
    }

    /// An annex, or a level above areas, and what stands in it.
    fn division(&mut self, node: &'a Node, ids: &mut Ids) {
        let annex = node.kind == NodeKind::Annex;
        let number = self.parts.matches("kind = \"annex\"").count() + 1;
        let id = if annex {
            ids.take(&format!("annex-{number}"), "annex")
        } else {
            ids.take(node.heading.as_deref().unwrap_or_default(), "division")
        };
        let _ = write!(
            self.parts,
            "\n[[parts]]\nkind = {}\nid = {}\n",
            quoted(word(node.kind)),
            quoted(&id)
        );
        match &node.mark {
            Some(mark) => {
                let _ = writeln!(self.parts, "mark = {}", quoted(mark));
            }
            None => self.parts.push_str("mark = \"\"\n"),
        }
        if let Some(heading) = &node.heading {
            let _ = writeln!(self.parts, "title = {}", quoted(&heading.replace('\n', "")));
        }
        let children: Vec<&Node> = node.children.iter().collect();
        let heads = |node: &Node| matches!(node.kind, NodeKind::Paragraph | NodeKind::Contents);
        let first = children.iter().take_while(|child| heads(child)).count();
        let own = (!node.text.is_empty()).then_some(node.text.as_str());
        let texts: Vec<&str> = own
            .into_iter()
            .chain(children[..first].iter().map(|child| child.text.as_str()))
            .collect();
        if !texts.is_empty() {
            let _ = writeln!(self.parts, "text = {}", list(texts));
        }
        let mut at = first;
        let inside = children[at..].iter().take_while(|child| in_areas(child)).count();
        self.areas_of(&children[at..at + inside], Some(&id), ids);
        at += inside;
        for child in &children[at..] {
            match child.kind {
                NodeKind::Group => self.division(child, ids),
                NodeKind::Table => self.table(child.table.as_ref()),
                kind => self.lines(word(kind), std::slice::from_ref(child)),
            }
        }
    }

    /// Areas, and measures under none between them.
    fn areas_of(&mut self, nodes: &[&'a Node], under: Option<&str>, ids: &mut Ids) {
        let mut at = 0;
        let mut first = under.is_some();
        while at < nodes.len() {
            let node = nodes[at];
            let is_area = node.kind == NodeKind::Area;
            let alone = |node: &&&Node| node.kind == NodeKind::Area || is_rows(node);
            let run = nodes[at..].iter().take_while(|node| !alone(node)).count().max(1);
            if let Some(last) = self.areas.last_mut()
                && under.is_none()
                && !is_area
            {
                // Only one area may have no name: these stand at the end of the last.
                last.children.extend(&nodes[at..at + run]);
                at += run;
                continue;
            }
            let columns = node.columns.as_slice();
            let (id, taken, heading, children) = if is_area {
                let id = ids.take(node.heading.as_deref().unwrap_or_default(), "area");
                (id, 1, Some(node), node.children.iter().collect())
            } else {
                let id = match under {
                    None => "text".to_owned(),
                    Some(under) => ids.take("", &format!("{under}-text")),
                };
                let children = match is_rows(node) {
                    true => node.children.iter().collect(),
                    false => nodes[at..at + run].to_vec(),
                };
                (id, run, None, children)
            };
            let under = under.map(str::to_owned);
            self.areas.push(Area {
                id,
                under,
                first: std::mem::take(&mut first),
                node: heading,
                columns,
                children,
            });
            at += taken;
        }
    }

    fn fields(&mut self, recognised: &Recognised) {
        for node in recognised.nodes() {
            let facts = node.columns.iter().filter(|column| column.holds == Holds::Fact);
            let heads = facts.map(|column| &column.head);
            for name in node.fields.iter().map(|(name, _)| name).chain(heads) {
                if self.fields.iter().any(|(_, known)| known == name) {
                    continue;
                }
                let known = FIELDS.iter().find(|(known, _)| known == name);
                let base = known.map_or_else(
                    || crate::import::ids::id(name).unwrap_or_else(|| "field".into()),
                    |(_, id)| (*id).to_owned(),
                );
                let taken = self.fields.iter().filter(|(id, _)| id.starts_with(&base)).count();
                let id = if taken > 0 { format!("{base}-{}", taken + 1) } else { base };
                self.fields.push((id, name.clone()));
            }
        }
    }
}
