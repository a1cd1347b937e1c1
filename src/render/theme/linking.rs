//! Mistakes that the template engine finds while it puts templates together, at
//! their places. It hands most of them over as one text, each with a heading
//! `error: …` and a line `--> file:line:column`.

use tera::{Error, ErrorKind};

use super::Theme;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Every mistake of an error; none if it is of another sort.
pub(super) fn mistakes(theme: &Theme, error: &Error) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::Msg(text) => {
            let reports = text.split("error: ").filter(|report| !report.trim().is_empty());
            reports.filter_map(|report| reported(theme, report)).collect()
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let way = inheritance_chain.join("`, `");
            let message = format!("`{tpl}` extends itself, by way of `{way}`");
            naming(theme, tpl, "{% extends", message).into_iter().collect()
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let way = include_chain.join("`, `");
            let message = format!("`{tpl}` includes itself, by way of `{way}`");
            naming(theme, tpl, "{% include", message).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// A mistake as the engine reports it.
fn reported(theme: &Theme, report: &str) -> Option<Diagnostic> {
    let (message, rest) = report.split_once('\n')?;
    let place = rest.lines().next()?.trim_start().strip_prefix("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let (file, text) = (theme.templates.get(name)?, theme.texts.get(name)?);
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let here = text.get(before..)?.lines().next().unwrap_or_default();
    let inside = here.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    // What it is about stands between backticks, and often at the place.
    let named = message.split('`').nth(1).unwrap_or_default();
    let length = here[inside..].find(named).map_or(0, |at| at + named.len());
    let start = before + inside;
    let span = Span::new(*file, start..start + length);
    Some(Diagnostic::error(Code::TemplateError, span, super::lowercase_first(message)))
}

/// A mistake of the statement by which a template names another.
fn naming(theme: &Theme, name: &str, statement: &str, message: String) -> Option<Diagnostic> {
    let (file, text) = (theme.templates.get(name)?, theme.texts.get(name)?);
    let start = text.find(statement).unwrap_or_default();
    let length = text[start..].find('}').map_or(0, |at| at + 1);
    let span = Span::new(*file, start..start + length);
    Some(Diagnostic::error(Code::TemplateError, span, message))
}
