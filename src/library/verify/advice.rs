//! How to declare what a source document has and the content has not.

use std::ops::Range;

use crate::model::{Level, PartKind, Pattern, ordinary};

use super::pieces::{Piece, Role};
use super::stream::Stream;

/// What to do about a text that is not the document's.
pub const VERBATIM: &str = "measures are verbatim: write what the document says";

/// Forms of marks that documents have.
const FORMS: [&str; 32] = [
    "第{一}條",
    "第{一}条",
    "第{1}條",
    "第{1}条",
    "第{一}章",
    "第{1}章",
    "第{一}節",
    "第{一}节",
    "第{一}編",
    "第{一}编",
    "第{一}部分",
    "（{一}）",
    "({一})",
    "（{1}）",
    "({1})",
    "{一}、",
    "{一}．",
    "{1}、",
    "{1}．",
    "{1}.",
    "{１}、",
    "{１}．",
    "{①}",
    "{㈠}",
    "{⑴}",
    "{⒈}",
    "{甲}、",
    "{壹}、",
    "{I}.",
    "{A}.",
    "●",
    "——",
];

/// Notes on two characters that look alike: told by code point.
pub fn notes(own: char, source: char) -> Option<String> {
    let looks_alike = |c: char| {
        matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{ff01}'..='\u{ff5e}')
            || !c.is_alphanumeric()
            || ordinary(c).is_some()
    };
    let told = own != source && (looks_alike(own) || looks_alike(source));
    told.then(|| format!("`{own}` is U+{:04X}, `{source}` is U+{:04X}", own as u32, source as u32))
}

/// What helps with a difference in a piece; `more` is what the source has
/// between two texts that agree.
pub fn help(
    pieces: &[Piece],
    index: usize,
    source: &Stream,
    at: usize,
    more: Option<Range<usize>>,
) -> Vec<String> {
    let piece = &pieces[index];
    if let Role::Mark { level, counted: true } = piece.role
        && let Some(help) = mark_help(level, &piece.text, source, at)
    {
        return vec![help];
    }
    match more {
        Some(more) => between_help(pieces, index, source, &more),
        None => vec![VERBATIM.to_owned()],
    }
}

/// What the source prints in place of a mark that was counted.
fn mark_help(level: Level, counted: &str, source: &Stream, at: usize) -> Option<String> {
    // The difference may lie inside the mark: its line tells what it is.
    let mut start = at;
    while start > 0 && !source.begins_line(start) && at - start < counted.chars().count() {
        start -= 1;
    }
    let rest = [start, at].into_iter().map(|at| source.rest(at));
    let (form, reading) = rest
        .flat_map(|rest| FORMS.iter().map(move |form| (rest, form)))
        .find_map(|(rest, form)| Some((form, Pattern::parse(form).ok()?.starts(rest)?.0)))?;
    let key = key(level);
    let same_form =
        Pattern::parse(form).ok().is_some_and(|pattern| pattern.read(counted).is_some());
    let printed = reading.numeral.map_or((*form).to_owned(), |numeral| {
        let (before, after) =
            form.split_once('{').zip(form.split_once('}')).map_or(("", ""), |(a, b)| (a.0, b.1));
        [before, &numeral, after].concat()
    });
    Some(match same_form {
        true => format!(
            "the document prints `{printed}`: if numbers run on, write `{key}_within = \"document\"` in `[numbering]`; for this one alone, `mark = \"{printed}\"`"
        ),
        false => {
            format!("the document prints `{printed}`: write `{key} = \"{form}\"` in `[numbering]`")
        }
    })
}

fn key(level: Level) -> &'static str {
    match level {
        Level::Division => "division",
        Level::Area => "area",
        Level::Section => "section",
        Level::Measure => "measure",
    }
}

/// The beginning of a text, in backticks.
pub fn excerpt(mut text: impl Iterator<Item = char>) -> String {
    /// The most characters shown.
    const MOST: usize = 16;
    let shown: String = text.by_ref().take(MOST).collect();
    format!("`{shown}{}`", if text.next().is_some() { "…" } else { "" })
}

/// What a level's texts are called.
pub fn name(level: Level) -> &'static str {
    key(level)
}

/// The form of a mark as it is printed.
pub fn form_of(mark: &str) -> Option<Pattern> {
    let forms = FORMS.iter().filter_map(|form| Pattern::parse(form).ok());
    forms.into_iter().find(|form| form.read(mark).is_some())
}

/// Where a text belongs that the source has between two others.
fn between_help(
    pieces: &[Piece],
    index: usize,
    source: &Stream,
    more: &Range<usize>,
) -> Vec<String> {
    let excerpt = source.excerpt(more.start..more.end.min(more.start + 20));
    let dots = if more.len() > 20 { "…" } else { "" };
    let before = index.checked_sub(1).map(|index| pieces[index].role);
    let place = match (before, pieces[index].role) {
        (None, _) => "a part of the kind `before`",
        (_, Role::Title) => "a part of the kind `before`",
        (
            Some(Role::AreaTitle | Role::AreaText),
            Role::Mark { level: Level::Measure, .. } | Role::Measure,
        ) => "the `text` of the area",
        (Some(Role::Measure), Role::Mark { level: Level::Area, .. } | Role::AreaTitle) => {
            "the last measure's text, or the `closing` of the area"
        }
        (Some(Role::Measure), Role::Mark { level: Level::Measure, .. }) => "the measure's text",
        (Some(Role::Title | Role::Part(PartKind::Title)), _) => {
            "a part of the kind `number`, `adopted`, `addressee` or `preamble`"
        }
        _ => "the text before or after, or a part of its own",
    };
    vec![format!(
        "the source document has `{excerpt}{dots}` more here: it belongs into {place}, or into a `[[source.skip]]` with a reason"
    )]
}

/// What one of two official sources says more than `other` does.
pub fn of_two(other: &str) -> String {
    format!(
        "the content is compared with `{other}` too: if that has as many measures as the content, this source is of another text, or what it has more is a `skip` with a reason"
    )
}

/// Where a text belongs that the source has after all others.
pub fn after_the_last(source: &Stream, at: usize) -> Vec<String> {
    let short = source.len() - at < 60;
    let kinds = if short { "`signatures`, `closing` or `note`" } else { "`closing` or `annex`" };
    vec![format!(
        "it belongs into the last measure's text, the `closing` of the area, or a part after the areas: `[[parts]]` of the kind {kinds}"
    )]
}
