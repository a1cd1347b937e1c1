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
            let image = || from_elsewhere(&format!("the image `{dest_url}`"), span);
            is_elsewhere(&address).then(image).into_iter().collect()
        }
        Event::Html(html) | Event::InlineHtml(html) => {
            let text = plain(html);
            let value = |scheme: &&str| {
                ["=\"", "='", "="].iter().any(|before| text.contains(&format!("{before}{scheme}")))
            };
            report(parser, ACTIVE.into_iter().find(value), span);
            look(html, span)
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

/// What of HTML browsers do not run under the policy that pages keep, or load from
/// elsewhere: one finding of each sort.
fn look(html: &str, span: Span) -> Vec<Diagnostic> {
    const HELP: &str = "take it out: pages work under `default-src 'self'`";
    let attributes = attributes(html);
    let handler = attributes.iter().find(|(name, _)| name.len() > 2 && name.starts_with("on"));
    let handler = handler.map(|(name, _)| {
        let message = format!("the attribute `{name}` runs a script, which pages do not allow");
        Diagnostic::warning(Code::EventAttribute, span, message).help(HELP)
    });
    let lower = html.to_ascii_lowercase();
    let has = |name: &str| attributes.iter().any(|(known, _)| known == name);
    let script = (lower.contains("<script") && !has("src")).then_some("a script");
    let style = (lower.contains("<style") || has("style")).then_some("a style");
    let inline = script.or(style).map(|what| {
        let message = format!("{what} stands in the page, which browsers pass over");
        Diagnostic::warning(Code::InlineCode, span, message).help(HELP)
    });
    let loads = |name: &str| match name {
        "src" | "srcset" | "poster" | "data" | "background" => true,
        "href" => lower.contains("<link"),
        _ => false,
    };
    let addresses = attributes.iter().filter(|(name, _)| loads(name)).flat_map(|(_, value)| {
        value.split([',', ' ', '\t', '\n']).filter(|address| is_elsewhere(&plain(address)))
    });
    let foreign = addresses.map(|address| from_elsewhere(&format!("`{address}`"), span)).next();
    handler.into_iter().chain(inline).chain(foreign).collect()
}

fn from_elsewhere(what: &str, span: Span) -> Diagnostic {
    let message = format!("{what} is loaded from another host");
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

/// The attributes of the tags in HTML, their names in lowercase. It may begin or
/// end within a tag.
fn attributes(html: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(|c: char| c.is_whitespace() || "\"'/".contains(c)) {
        rest = &rest[at + rest[at..].chars().next().map_or(1, char::len_utf8)..];
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=').filter(|_| end > 0) else {
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let value = &value[1..];
                value.split_at(value.find(quote).unwrap_or(value.len()))
            }
            _ => {
                let is_end = |c: char| c.is_whitespace() || c == '>';
                value.split_at(value.find(is_end).unwrap_or(value.len()))
            }
        };
        found.push((name.to_ascii_lowercase(), value));
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let check = |html: &str, wanted: &[(&str, &str)]| {
            let found = attributes(html);
            let found: Vec<_> = found.iter().map(|(name, value)| (&**name, *value)).collect();
            assert_eq!(found, wanted, "{html}");
        };
        check(
            "<img SRC=a onerror='b' alt=\"c d\">",
            &[("src", "a"), ("onerror", "b"), ("alt", "c d")],
        );
        check("<img/src=a/b>", &[("src", "a/b")]);
        check("<p title=\"a\"onclick = b>甲", &[("title", "a"), ("onclick", "b")]);
        check("<p title=\" onclick=b\">", &[("title", " onclick=b")]);
        check("\tsrc=\"a", &[("src", "a")]);
        check("</p> = ' =", &[]);
    }
}
