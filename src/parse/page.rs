//! An explainer page: TOML front matter between `+++` lines, then Markdown.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Id, Markdown, Page, Script, Text};
use crate::source::{FileId, Span, Spanned};

use super::fields::PAGE;
use super::table::{self, Reader};
use super::{Parser, lookalikes, markdown};

const FENCE: &str = "+++";

/// Reads a page. `None` only if the file's name can be no id.
pub fn parse(parser: &mut Parser, file: FileId, script: Script) -> Option<Page> {
    let source = parser.sources.file(file).clone();
    let place = Span::new(file, 0..0);
    let mut page = Page {
        id: page_id(parser, place, &source.path)?,
        formerly: Vec::new(),
        script,
        title: Text::unread(script, place),
        description: None,
        order: 0,
        draft: false,
        body: Markdown::default(),
    };
    let Some((front, body)) = split(&source.text) else {
        parser.diagnostics.push(
            Diagnostic::error(Code::MissingFrontMatter, place, "the page has no front matter").help(
                "begin the file with `+++`, then `title = \"…\"`, then `+++`, each on its own line",
            ),
        );
        return Some(page);
    };
    let text = &source.text[front.clone()];
    table::parse_part(parser, file, text, front.start, &PAGE, |reader| {
        front_matter(reader, &mut page);
        Some(())
    });
    let place = Span::new(file, body.clone());
    let wrong = table::unusable_character("the page", &source.text[body.clone()], place);
    if let Some(wrong) = wrong {
        parser.diagnostics.push(wrong);
    }
    page.body = markdown::parse(parser, file, body.clone());
    let mut at = body.start;
    for line in source.text[body].split_inclusive('\n') {
        let place = |range: Range<usize>| Span::new(file, at + range.start..at + range.end);
        page.body.doubts.extend(lookalikes(line, place));
        at += line.len();
    }
    Some(page)
}

fn front_matter(reader: &mut Reader, page: &mut Page) {
    page.formerly = reader.former_ids(Some(&page.id.value));
    page.script = reader.script("script").unwrap_or(page.script);
    page.title = reader.required_text("title", page.script);
    page.description = reader.text("description", page.script);
    page.draft = reader.boolean("draft").unwrap_or(false);
    page.order = reader.integer("order").map_or(0, |order| order.value);
}

/// The byte ranges of front matter and body.
fn split(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let mut at = 0;
    let mut front_start = None;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        let is_fence = line.trim_end() == FENCE;
        match front_start {
            None if is_fence => front_start = Some(next),
            None => return None,
            Some(start) if is_fence => return Some((start..at, next..text.len())),
            Some(_) => {}
        }
        at = next;
    }
    None
}

fn page_id(parser: &mut Parser, place: Span, path: &str) -> Option<Spanned<Id>> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_suffix(".md").unwrap_or_default();
    let id = Id::parse(stem);
    if id.is_none() {
        let stem = Spanned::new(stem.to_owned(), place);
        parser.diagnostics.push(table::bad_id(&stem).help("rename the file"));
    }
    Some(Spanned::new(id?, place))
}
