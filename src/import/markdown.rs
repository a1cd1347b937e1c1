//! Reads Markdown: headings, paragraphs, lists and tables as the file has them.
//! Marks of numbered lists stay as they are written, since the document prints
//! them; comments and markup are listed as skipped.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::extracted::{Block, Cell, Extracted, Format, Line, Reason, Table};
use super::mark;

/// The text of a Markdown file.
pub(super) fn read(text: &str) -> Extracted {
    let mut extracted = Extracted::new(Format::Markdown);
    let (front, text) = front_matter(text);
    if let Some(front) = front {
        extracted.skip(front, Reason::Markup);
    }
    let mut writer = Writer::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(text, options) {
        writer.event(event);
    }
    writer.end();
    extracted.blocks = writer.blocks;
    for text in writer.skipped {
        extracted.skip(text, Reason::Markup);
    }
    extracted
}

/// What stands between lines of `---` or `+++` at the beginning.
fn front_matter(text: &str) -> (Option<&str>, &str) {
    for fence in ["---", "+++"] {
        let Some(rest) = text.strip_prefix(fence).filter(|rest| rest.starts_with(['\n', '\r']))
        else {
            continue;
        };
        let end = rest.lines().scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        });
        if let Some((start, line)) = end.skip(1).find(|(_, line)| line.trim_end() == fence) {
            return (Some(rest[..start].trim()), &rest[(start + line.len()).min(rest.len())..]);
        }
    }
    (None, text)
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    skipped: Vec<String>,
    line: String,
    heading: Option<u8>,
    /// The next number of each open list.
    lists: Vec<Option<u64>>,
    number: Option<String>,
    table: Option<Table>,
    columns: Vec<Alignment>,
    head: bool,
    bold: usize,
    plain: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.finish(tag),
            Event::Text(text) | Event::Code(text) => {
                self.plain |= self.bold == 0 && !text.trim().is_empty();
                self.line.push_str(&text);
            }
            Event::SoftBreak => self.end_broken(),
            Event::HardBreak => self.end(),
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.trim();
                if !html.is_empty() {
                    self.skipped.push(html.to_owned());
                }
            }
            Event::Rule => {
                self.end();
                self.skipped.push("---".into());
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.end(),
            Tag::Heading { level, .. } => {
                self.end();
                self.heading = Some(match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    HeadingLevel::H4 => 4,
                    HeadingLevel::H5 => 5,
                    HeadingLevel::H6 => 6,
                });
            }
            Tag::List(first) => {
                self.end();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end();
                if let Some(Some(next)) = self.lists.last_mut() {
                    self.number = Some(format!("{next}."));
                    *next += 1;
                }
            }
            Tag::Table(columns) => {
                self.end();
                self.table = Some(Table::default());
                self.columns = columns;
            }
            Tag::TableHead | Tag::TableRow => {
                self.head = matches!(tag, Tag::TableHead);
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Strong => self.bold += 1,
            _ => {}
        }
    }

    fn finish(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end(),
            TagEnd::Heading(_) => {
                self.end();
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.end();
                self.lists.pop();
            }
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.line);
                let lines =
                    if text.trim().is_empty() { Vec::new() } else { vec![text.trim().to_owned()] };
                let cell = Cell { lines, columns: 1, rows: 1, head: self.head };
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.blocks.push(Block::Table(table));
                }
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends a line whose paragraph goes on, unless the next one begins anew.
    fn end_broken(&mut self) {
        self.put(false);
    }

    fn end(&mut self) {
        self.put(true);
    }

    fn put(&mut self, whole: bool) {
        let text = std::mem::take(&mut self.line);
        let bold = !std::mem::take(&mut self.plain);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let mut line = Line {
            whole,
            heading: self.heading,
            bold,
            width: super::extracted::columns(text),
            ..Line::paragraph(text)
        };
        if let Some(number) = self.number.take()
            && mark::at_start(text).is_none()
        {
            line.counted = number.len();
            line.text = format!("{number} {text}");
        }
        self.blocks.push(Block::Line(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        read(text).text().lines().map(str::to_owned).collect()
    }

    #[test]
    fn headings_lists_and_comments_are_told_apart() {
        let text = "# 合作條例\n\n<!-- 說明 -->\n\n## 第一章 總則\n\n第一條 甲。\n\n1. 乙\n2. 丙\n";
        assert_eq!(lines(text), ["合作條例", "第一章 總則", "第一條 甲。", "1. 乙", "2. 丙"]);
        assert_eq!(read(text).skipped[0].text, "<!-- 說明 -->");
    }

    #[test]
    fn tables_have_cells() {
        let extracted = read("| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n");
        let Block::Table(table) = &extracted.blocks[0] else { panic!() };
        assert_eq!(table.rows.len(), 2);
        assert!(table.rows[0][0].head);
    }

    #[test]
    fn front_matter_is_skipped() {
        let extracted = read("---\ntitle: 甲\n---\n# 乙\n");
        assert_eq!(extracted.text(), "乙\n");
        assert_eq!(extracted.skipped[0].text, "title: 甲");
    }
}
