//! Tables of a Word document: rows, and cells that cover others.
//!
//! Must not know what stands in a cell.

use roxmltree::Node;
use rustc_hash::FxHashMap;

use super::super::{attribute, child, is_on, value};
use super::{Reader, texts};
use crate::import::extracted::{Block, Cell, Line, Table};

impl Reader<'_> {
    pub(super) fn table(&mut self, node: Node<'_, '_>) {
        if !self.deepen() {
            return;
        }
        self.flush();
        let before = std::mem::take(&mut self.blocks);
        let mut rows = Rows::default();
        self.rows(node, &mut rows);
        let lines = std::mem::replace(&mut self.blocks, before);
        self.blocks.extend(lines);
        let rows = rows.done;
        if rows.iter().all(|row| row.len() <= 1) {
            // A box around text, or one column: its lines in their order.
            for line in rows.into_iter().flatten().flat_map(|cell| cell.lines) {
                self.blocks.push(Block::Line(Line::paragraph(line)));
            }
        } else {
            self.blocks.push(Block::Table(Table { rows, page: 0 }));
        }
        self.depth -= 1;
    }

    fn rows(&mut self, parent: Node<'_, '_>, rows: &mut Rows) {
        if !self.deepen() {
            return;
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "tr" => {
                    let properties = child(node, "trPr");
                    if properties.is_some_and(|properties| child(properties, "del").is_some()) {
                        continue;
                    }
                    let head = properties.and_then(|found| is_on(found, "tblHeader")) == Some(true);
                    rows.begin();
                    self.cells(node, head, rows);
                    rows.end();
                }
                "tblPr" | "tblGrid" | "del" | "moveFrom" => {}
                _ => self.rows(node, rows),
            }
        }
        self.depth -= 1;
    }

    fn cells(&mut self, parent: Node<'_, '_>, head: bool, rows: &mut Rows) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "tc" => {
                    let properties = child(node, "tcPr");
                    let span = properties
                        .and_then(|properties| value(properties, "gridSpan")?.parse().ok())
                        .unwrap_or(1_usize)
                        .clamp(1, 1000);
                    let merged = properties.and_then(|properties| child(properties, "vMerge"));
                    let covered =
                        merged.is_some_and(|merged| attribute(merged, "val") != Some("restart"));
                    let outer = std::mem::take(&mut self.blocks);
                    self.elements(node);
                    self.flush();
                    let blocks = std::mem::replace(&mut self.blocks, outer);
                    let lines: Vec<String> = blocks.into_iter().flat_map(texts).collect();
                    rows.cell(Cell { lines, columns: span, rows: 1, head }, covered);
                }
                "trPr" | "tblPrEx" | "del" | "moveFrom" => {}
                _ if self.deepen() => {
                    self.cells(node, head, rows);
                    self.depth -= 1;
                }
                _ => {}
            }
        }
    }
}

/// A table's rows while they come, with what covers the cells below.
#[derive(Default)]
struct Rows {
    done: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    column: usize,
    /// The cell that began in each column: its row and place there.
    origin: FxHashMap<usize, (usize, usize)>,
}

impl Rows {
    fn begin(&mut self) {
        self.row.clear();
        self.column = 0;
    }

    fn cell(&mut self, cell: Cell, covered: bool) {
        let column = self.column;
        self.column += cell.columns;
        let empty = cell.lines.is_empty();
        if covered
            && empty
            && let Some((row, place)) = self.origin.get(&column)
            && let Some(above) = self.done.get_mut(*row).and_then(|row| row.get_mut(*place))
        {
            above.rows += 1;
            return;
        }
        self.origin.insert(column, (self.done.len(), self.row.len()));
        self.row.push(cell);
    }

    fn end(&mut self) {
        self.done.push(std::mem::take(&mut self.row));
    }
}
