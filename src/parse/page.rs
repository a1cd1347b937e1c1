//! An explainer page: TOML front matter between `+++` lines, then Markdown.

use crate::diagnostic::Diagnostic;
use crate::model::{Edition, Id, Page, Text};
use crate::source::{FileId, Span, Spanned};

use super::table::{self, Reader};
use super::{Parser, markdown};

const FENCE: &str = "+++";

/// Reads a page.
pub fn parse(parser: &mut Parser, file: FileId, script: Edition) -> Option<Page> {
    let source = parser.sources.file(file).clone();
    let Some((front, body)) = split(&source.text) else {
        parser.diagnostics.push(
            Diagnostic::error(
                "missing-front-matter",
                Span::new(file, 0..0),
                "the page has no front matter",
            )
            .help(
                "begin the file with `+++`, then `title = \"…\"`, then `+++`, each on its own line",
            ),
        );
        return None;
    };
    let id = page_id(parser, file, &source.path);
    let front_matter = &source.text[front.clone()];
    let matter =
        table::parse_part(parser, file, front_matter, front.start, |reader| matter(reader, script));
    let script = matter.as_ref().map_or(script, |matter| matter.script);
    let body = markdown::parse(parser, file, body);
    let matter = matter?;
    Some(Page {
        id: id?,
        title: matter.title,
        description: matter.description,
        order: matter.order,
        body,
        script,
    })
}

struct Matter {
    script: Edition,
    title: Text,
    description: Option<Text>,
    order: i64,
}

fn matter(reader: &mut Reader, script: Edition) -> Option<Matter> {
    let script = reader.edition("script").unwrap_or(script);
    let title = reader.required_text("title", script);
    let description = reader.text("description", script);
    let order = reader.integer("order").map_or(0, |order| order.value);
    Some(Matter { script, title: title?, description, order })
}

/// The byte ranges of front matter and body.
fn split(text: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
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

fn page_id(parser: &mut Parser, file: FileId, path: &str) -> Option<Spanned<Id>> {
    let stem =
        path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap_or_default();
    let span = Span::new(file, 0..0);
    match Id::parse(stem) {
        Some(id) => Some(Spanned::new(id, span)),
        None => {
            parser
                .diagnostics
                .push(table::bad_id(&Spanned::new(stem.to_owned(), span)).help("rename the file"));
            None
        }
    }
}
