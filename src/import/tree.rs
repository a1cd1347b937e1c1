//! A document's structure as it was recognised: a tree in the document's own
//! order that holds all of its text.

use crate::diagnostic::Code;

use super::extracted::{Skipped, Table};

/// A document's structure.
#[derive(Debug, Clone, Default)]
pub struct Recognised {
    /// The script of its text.
    pub script: TextScript,
    /// What kind of document it is.
    pub kind: Kind,
    /// Its parts, in its order.
    pub parts: Vec<Node>,
    /// Lines that are no part of the text, in its order.
    pub skipped: Vec<Skipped>,
    /// What someone should look at.
    pub doubts: Vec<Doubt>,
}

/// A script, as far as characters tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextScript {
    /// Traditional.
    Hant,
    /// Simplified.
    Hans,
    /// No character of the text differs between the scripts.
    #[default]
    Either,
}

/// A kind of document, by the words of its title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// 備忘錄.
    Memorandum,
    /// 協議, 合同, 公約.
    Agreement,
    /// 安排.
    Arrangement,
    /// 規劃, 方案, 綱要, 計劃.
    Plan,
    /// 措施.
    Measures,
    /// 法, 條例, 規定, 辦法.
    Regulation,
    /// 決定, 決議.
    Decision,
    /// 通知, 意見, 公告.
    Notice,
    /// None of these.
    #[default]
    Other,
}

/// What a part of a document is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeKind {
    /// A line before the title: who issued it.
    Before,
    /// The title, or a line of it.
    Title,
    /// The document's number.
    Number,
    /// Who adopted it when.
    Adopted,
    /// A date.
    Date,
    /// To whom it is written.
    Addressee,
    /// A paragraph before the first heading.
    Preamble,
    /// A printed table of contents.
    Contents,
    /// An annex, or another document that is attached.
    Annex,
    /// A level above areas.
    Group,
    /// An area.
    Area,
    /// A level between area and measure.
    Section,
    /// A measure.
    Measure,
    /// An item of a measure.
    Item,
    /// A paragraph.
    #[default]
    Paragraph,
    /// A table.
    Table,
    /// A footnote or endnote.
    Note,
    /// A paragraph after the last measure.
    Closing,
    /// A line that lists what is attached.
    Attachment,
    /// A line of a signature.
    Signature,
    /// A remark of those who published it.
    Remark,
}

/// A part of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its mark as printed.
    pub mark: Option<String>,
    /// The number of the mark, and the second one of `第三條之一`.
    pub number: Option<(u32, u32)>,
    /// The form of the mark: `第{一}條`.
    pub form: Option<String>,
    /// Its heading, without the mark.
    pub heading: Option<String>,
    /// Its own text, without mark and heading.
    pub text: String,
    /// Named facts at the end of its text: name, value. They are in `text` too.
    pub fields: Vec<(String, String)>,
    /// Its table.
    pub table: Option<Table>,
    /// Of a table whose rows are the measures below it, what each column holds.
    pub columns: Vec<Column>,
    /// Cells of its row: the head of the column, what it says.
    pub cells: Vec<(String, String)>,
    /// Notes that its text refers to, by their place in the file.
    pub notes: Vec<usize>,
    /// The block of the extracted text it begins with.
    pub block: usize,
    /// Lines of the extracted text that its text was joined from.
    pub lines: usize,
    /// What stands below it, in order.
    pub children: Vec<Node>,
}

/// A column of a table whose rows are measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it holds of a measure.
    pub holds: Holds,
    /// Its head, as printed.
    pub head: String,
}

/// What a column holds of the measure in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Its number.
    Mark,
    /// Its heading.
    Title,
    /// Its text.
    Text,
    /// A named fact.
    Fact,
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The block of the extracted text.
    pub block: usize,
    /// What it is about.
    pub code: Code,
    /// What is doubtful.
    pub message: String,
}

impl Node {
    /// A part with its text alone.
    pub(super) fn new(kind: NodeKind, text: impl Into<String>, block: usize) -> Self {
        Self { kind, text: text.into(), block, lines: 1, ..Self::default() }
    }

    /// This part and all below it, in order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }
}

impl Recognised {
    /// All parts, in order.
    pub fn nodes(&self) -> Vec<&Node> {
        let mut nodes = Vec::new();
        for part in &self.parts {
            part.walk(&mut |node| nodes.push(node));
        }
        nodes
    }

    /// How many parts are of a kind.
    pub fn count(&self, kind: NodeKind) -> usize {
        self.nodes().iter().filter(|node| node.kind == kind).count()
    }

    /// The text in the order of the tree, without white space: what the
    /// extracted text has, but for what was skipped.
    #[cfg(test)]
    pub(super) fn all_text(&self) -> String {
        let mut all = String::new();
        let mut push = |text: &str| all.extend(text.chars().filter(|c| !c.is_whitespace()));
        for node in self.nodes() {
            node.columns.iter().for_each(|column| push(&column.head));
            push(node.mark.as_deref().unwrap_or_default());
            push(node.heading.as_deref().unwrap_or_default());
            push(&node.text);
            node.cells.iter().for_each(|(_, cell)| push(cell));
            for cell in node.table.iter().flat_map(|table| table.rows.iter().flatten()) {
                push(&cell.text());
            }
        }
        all
    }
}
