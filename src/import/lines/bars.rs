//! Tables in plain text that are drawn with bars: a row on each line
//! (`| a | b |`), or a cell on each line and a bar alone behind each row.

use crate::import::extracted::{Block, Cell, Extracted, Line, Reason, Table};

/// Bars alone that make a table of a text.
const ROWS: usize = 3;

/// Puts tables in the place of the lines that draw them.
pub(super) fn tables(extracted: &mut Extracted) {
    let is_end = |block: &Block| matches!(block, Block::Line(line) if line.text == "|");
    let ends = extracted.blocks.iter().filter(|block| is_end(block)).count();
    let blocks = std::mem::take(&mut extracted.blocks);
    let mut bars = 0;
    extracted.blocks =
        if ends >= ROWS { cells(blocks, &mut bars) } else { rows(blocks, &mut bars) };
    if bars > 0 {
        extracted.skip("|", Reason::Markup);
    }
}

fn cell(text: &str) -> Cell {
    let text = text.trim();
    let lines = if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    Cell { lines, columns: 1, rows: 1, head: false }
}

/// A cell on each line.
fn cells(blocks: Vec<Block>, bars: &mut usize) -> Vec<Block> {
    let mut done: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut row: Vec<Cell> = Vec::new();
    // The last line without a bar: a row's first cell, if one follows.
    let mut first: Option<Line> = None;
    let mut held: Vec<Line> = Vec::new();
    let mut table: Option<Table> = None;
    for block in blocks {
        let Block::Line(line) = block else {
            done.push(block);
            continue;
        };
        if line.text == "|" {
            *bars += 1;
            row.extend(first.take().map(|line| cell(&line.text)));
            let table = table.get_or_insert_with(|| Table { rows: Vec::new(), page: line.page });
            table.rows.push(std::mem::take(&mut row));
        } else if let Some(text) = line.text.strip_prefix('|') {
            *bars += 1;
            row.extend(first.take().map(|line| cell(&line.text)));
            row.push(cell(text));
        } else {
            // It may be the first cell of the next row, or the text behind.
            held.extend(first.replace(line));
            if !held.is_empty() {
                done.extend(table.take().map(Block::Table));
                done.extend(held.drain(..).map(Block::Line));
            }
        }
    }
    done.extend(table.map(Block::Table));
    done.extend(first.map(Block::Line));
    done
}

/// A row on each line.
fn rows(blocks: Vec<Block>, bars: &mut usize) -> Vec<Block> {
    let mut done: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let row = match &block {
            Block::Line(line) => row(&line.text),
            Block::Table(_) => None,
        };
        match (row, done.last_mut()) {
            (Some(row), Some(Block::Table(table))) => {
                *bars += row.len() + 1;
                table.rows.push(row);
            }
            (Some(row), _) => {
                *bars += row.len() + 1;
                done.push(Block::Table(Table { rows: vec![row], page: 0 }));
            }
            (None, _) => done.push(block),
        }
    }
    done
}

fn row(text: &str) -> Option<Vec<Cell>> {
    let inner = text.strip_prefix('|')?.strip_suffix('|')?;
    let rule = inner.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+'));
    (inner.contains('|') && !rule).then(|| inner.split('|').map(cell).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::read;

    fn shape(text: &str) -> Vec<Vec<usize>> {
        read(text)
            .blocks
            .iter()
            .map(|block| match block {
                Block::Line(_) => Vec::new(),
                Block::Table(table) => table.rows.iter().map(Vec::len).collect(),
            })
            .collect()
    }

    #[test]
    fn a_cell_on_each_line_makes_a_table() {
        let text = "清單\n\n序號\n| 名稱\n| 內容\n|\n一、甲類\n|\n1\n| 乙\n| 丙\n|\n";
        assert_eq!(shape(text), [vec![], vec![3, 1, 3]]);
    }

    #[test]
    fn a_row_on_each_line_makes_a_table() {
        assert_eq!(shape("甲\n| 一 | 二 |\n| 三 | 四 |\n乙\n"), [vec![], vec![2, 2], vec![]]);
    }
}
