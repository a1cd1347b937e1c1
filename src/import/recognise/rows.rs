//! Tables whose rows are numbered measures, in groups or not.

use crate::import::extracted::{Cell, Table};
use crate::import::numeral;
use crate::import::tree::{Column, Holds, Node, NodeKind};

/// Heads of a column of numbers.
const NUMBERS: [&str; 6] = ["序号", "序號", "编号", "編號", "项目编号", "項目編號"];

/// Words in the head of a column that names each row.
const NAMES: [&str; 10] =
    ["名称", "名稱", "事项", "事項", "举措", "舉措", "任务", "任務", "项目", "項目"];

/// Turns a table into the measures that its rows are, if all of them are.
pub(super) fn measures(node: &mut Node) {
    let Some((columns, children)) = node.table.as_ref().and_then(|table| rows(table, node.block))
    else {
        return;
    };
    (node.columns, node.children, node.table) = (columns, children, None);
}

fn rows(table: &Table, block: usize) -> Option<(Vec<Column>, Vec<Node>)> {
    let (head, body) = table.rows.split_first()?;
    let first = bare(head.first()?);
    let plain = |row: &[Cell]| row.iter().all(|cell| cell.columns == 1 && cell.rows == 1);
    let named = head.iter().all(|cell| !bare(cell).is_empty());
    if head.len() < 2 || !plain(head) || !named || !NUMBERS.contains(&first.as_str()) {
        return None;
    }
    let full: Vec<&Vec<Cell>> = body.iter().filter(|row| row.len() == head.len()).collect();
    let columns = columns(head, &full)?;
    let mut children: Vec<Node> = Vec::new();
    let (mut last, mut count) = (0, 0);
    for row in body {
        if let [group] = row.as_slice() {
            let heading = Some(group.text()).filter(|text| !text.is_empty())?;
            let node = Node::new(NodeKind::Section, "", block);
            children.push(Node { heading: Some(heading), ..node });
            continue;
        }
        if row.len() != head.len() || !plain(row) {
            return None;
        }
        let measure = measure(&columns, row, block)?;
        let (number, _) = measure.number?;
        // An excerpt leaves some out.
        if number <= last {
            return None;
        }
        (last, count) = (number, count + 1);
        match children.last_mut() {
            Some(group) if group.kind == NodeKind::Section => group.children.push(measure),
            _ => children.push(measure),
        }
    }
    (count > 1).then_some((columns, children))
}

fn measure(columns: &[Column], row: &[Cell], block: usize) -> Option<Node> {
    let mut measure = Node::new(NodeKind::Measure, "", block);
    for (column, cell) in columns.iter().zip(row) {
        let text = cell.text();
        match column.holds {
            Holds::Mark => {
                measure.number = Some((numeral::arabic(&text)?, 0));
                measure.form = Some("{1}".to_owned());
                measure.mark = Some(text);
            }
            Holds::Title => measure.heading = Some(text).filter(|text| !text.is_empty()),
            Holds::Text => measure.text = text,
            Holds::Fact if text.is_empty() => {}
            Holds::Fact => measure.cells.push((column.head.clone(), text)),
        }
    }
    (!measure.text.is_empty()).then_some(measure)
}

/// What the columns hold: after the numbers, the longest one is the text, and
/// one before it that names the rows is their heading.
fn columns(head: &[Cell], rows: &[&Vec<Cell>]) -> Option<Vec<Column>> {
    let length = |at: &usize| rows.iter().map(|row| row[*at].text().len()).sum::<usize>();
    let text = (1..head.len()).max_by_key(length)?;
    let names = |at: usize| NAMES.iter().any(|word| bare(&head[at]).contains(word));
    let title = (1..text).find(|at| names(*at));
    let holds = |at: usize| match at {
        0 => Holds::Mark,
        at if at == text => Holds::Text,
        at if Some(at) == title => Holds::Title,
        _ => Holds::Fact,
    };
    let column = |(at, cell): (usize, &Cell)| Column { holds: holds(at), head: cell.text() };
    Some(head.iter().enumerate().map(column).collect())
}

/// A cell's text without white space.
fn bare(cell: &Cell) -> String {
    cell.text().chars().filter(|c| !c.is_whitespace()).collect()
}
