//! What a page's links, images and raw HTML must not do: run a program, or load
//! from elsewhere.

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::Parser;

/// Schemes of addresses that run or hold a program.
const ACTIVE: [&str; 3] = ["javascript:", "vbscript:", "data:"];

/// Reports addresses that are active; gives what deserves a look.
pub fn check(parser: &mut Parser, event: &Event, span: Span) -> Vec<Diagnostic> {
    match event {
        Event::Start(Tag::Link { dest_url, .. }) => {
            let found = ACTIVE.into_iter().find(|scheme| plain(dest_url).starts_with(scheme));
            report(parser, found, span);
            Vec::new()
        }
        Event::Start(Tag::Image { dest_url, .. }) => {
            let address = plain(dest_url);
            report(parser, ACTIVE.into_iter().find(|scheme| address.starts_with(scheme)), span);
            is_elsewhere(&address).then(|| foreign_image(dest_url, span)).into_iter().collect()
        }
        Event::Html(html) | Event::InlineHtml(html) => {
            let text = plain(html);
            let value = |scheme: &&str| {
                ["=\"", "='", "="].iter().any(|before| text.contains(&format!("{before}{scheme}")))
            };
            report(parser, ACTIVE.into_iter().find(value), span);
            let image = ["src=\"http", "src='http", "src=http", "src=\"//", "src='//", "src=//"];
            let image = image.iter().any(|start| text.contains(start));
            let image = image.then(|| foreign_image("src", span));
            let handler = event_attribute(html).map(|name| {
                Diagnostic::warning(
                    Code::EventAttribute,
                    span,
                    format!("the attribute `{name}` runs a script, which pages do not allow"),
                )
                .help("take it out: pages work under `default-src 'self'`")
            });
            image.into_iter().chain(handler).collect()
        }
        _ => Vec::new(),
    }
}

fn report(parser: &mut Parser, scheme: Option<&str>, span: Span) {
    let Some(scheme) = scheme else { return };
    parser.diagnostics.push(
        Diagnostic::error(Code::ActiveAddress, span, format!("an address begins with `{scheme}`"))
            .help("link to a page or a file: `https://…`, `page:…`, `measure:…`"),
    );
}

fn foreign_image(address: &str, span: Span) -> Diagnostic {
    let message = format!("the image `{address}` is loaded from another host");
    Diagnostic::warning(Code::ForeignImage, span, message)
        .help("put the file into `static/` and link to that: pages load nothing from elsewhere")
}

fn is_elsewhere(address: &str) -> bool {
    ["http://", "https://", "//"].iter().any(|start| address.starts_with(start))
}

/// An address as a browser takes it: lowercase, character references read, white
/// space and control characters left out.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (c, length) = match c {
            '&' => reference(rest).unwrap_or(('&', 1)),
            c => (c, c.len_utf8()),
        };
        rest = &rest[length..];
        if !c.is_whitespace() && !c.is_control() {
            plain.extend(c.to_lowercase());
        }
    }
    plain
}

/// The character reference that a text begins with, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let named = [("&colon;", ':'), ("&tab;", '\t'), ("&newline;", '\n')];
    let lower = text.get(..9.min(text.len())).unwrap_or_default().to_ascii_lowercase();
    if let Some((name, c)) = named.into_iter().find(|(name, _)| lower.starts_with(name)) {
        return Some((c, name.len()));
    }
    let number = text.strip_prefix("&#")?;
    let (number, radix, before) = match number.strip_prefix(['x', 'X']) {
        Some(number) => (number, 16, 3),
        None => (number, 10, 2),
    };
    let digits = number.chars().take_while(|c| c.is_digit(radix)).count();
    let c = char::from_u32(u32::from_str_radix(&number[..digits], radix).ok()?)?;
    let end = usize::from(number[digits..].starts_with(';'));
    Some((c, before + digits + end))
}

/// The first attribute of a tag that begins with `on`.
fn event_attribute(html: &str) -> Option<&str> {
    let mut at = 0;
    while let Some(found) = html[at..].find(|c: char| c.is_whitespace() || "\"'/".contains(c)) {
        at += found + html[at + found..].chars().next().map_or(1, char::len_utf8);
        let name_end =
            html[at..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(html.len() - at);
        let name = &html[at..at + name_end];
        let is_handler = name.len() > 2 && name[..2].eq_ignore_ascii_case("on");
        if is_handler && html[at + name_end..].trim_start().starts_with('=') {
            return Some(name);
        }
    }
    None
}
