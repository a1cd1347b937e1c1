//! The page that lists what the conversion leaves in doubt. It is the preview's
//! own: no build has it, and it needs no script. Must not know how doubts are
//! found.

use std::fmt::Write as _;

use crate::check::{Decision, Excerpt, Occurrence, Reviewed};
use crate::model::Script;
use crate::source::Sources;

use super::frame::{escaped, frame};

const STYLE: &str = include_str!("review.css");

/// More places of a decision are counted only: nobody reads on.
const PLACES: usize = 20;

/// The page as HTML.
pub fn page(reviewed: &Reviewed) -> Vec<u8> {
    let Reviewed { decisions, unlisted, sources, .. } = reviewed;
    let places: usize = decisions.iter().map(|one| one.places.len()).sum();
    let mut html = String::from("<main>\n<h1>What the conversion leaves in doubt</h1>\n");
    match decisions.len() {
        0 => html.push_str("<p>Nothing: the evidence settles every decision.</p>\n"),
        count => {
            let (decisions, places) = (counted(count, "decision"), counted(places, "place"));
            let _ = writeln!(
                html,
                "<p>{decisions} at {places}, the most doubtful first. A line of the lexicon \
                 settles all places of a decision; <code>tongwen review</code> asks about the \
                 same and writes it.</p>"
            );
        }
    }
    html.push_str("<ol class=\"decisions\">\n");
    decisions.iter().for_each(|one| decision(one, sources, &mut html));
    html.push_str("</ol>\n");
    if *unlisted > 0 {
        let _ = writeln!(html, "<p>{unlisted} less doubtful ones are not listed.</p>");
    }
    html.push_str("</main>\n");
    frame("What the conversion leaves in doubt", STYLE, &html)
}

fn decision(one: &Decision, sources: &Sources, html: &mut String) {
    let Decision { word, into, doubt, places } = one;
    let taken = in_script(&doubt.taken, *into);
    let source = in_script(word, into.other());
    let others: Vec<String> = doubt.others.iter().map(|other| in_script(other, *into)).collect();
    let _ = write!(
        html,
        "<li>\n<h2>{source} became {taken}</h2>\n<p>{}; it may also be {}</p>\n",
        counted(places.len(), "place"),
        others.join(", ")
    );
    evidence(&format!("For {taken}"), &doubt.reasons, html);
    evidence(&format!("Against {taken}"), &doubt.objections, html);
    settling(one, html);
    html.push_str("<p>On the pages:</p>\n<ul>\n");
    places.iter().take(PLACES).for_each(|place| occurrence(place, one, sources, html));
    html.push_str("</ul>\n");
    if let Some(more) = places.len().checked_sub(PLACES).filter(|more| *more > 0) {
        let _ = writeln!(
            html,
            "<p>and {more} more; <code>tongwen review --json</code> lists every place</p>"
        );
    }
    html.push_str("</li>\n");
}

/// What speaks for something, where anything does.
fn evidence(what: &str, evidence: &[String], html: &mut String) {
    if !evidence.is_empty() {
        let told = escaped(&evidence.join("; "));
        let _ = writeln!(html, "<dl><dt>{what}</dt><dd>{told}</dd></dl>");
    }
}

/// The lines that settle a decision, one for each reading.
fn settling(one: &Decision, html: &mut String) {
    let readings = std::iter::once(&one.doubt.taken).chain(&one.doubt.others);
    let rules: Vec<_> = readings.filter_map(|reading| one.rule(reading)).collect();
    if rules.is_empty() {
        html.push_str(
            "<p>It stands alone: write both wordings with the text, \
             <code>{ hant = \"…\", hans = \"…\" }</code>.</p>\n",
        );
        return;
    }
    html.push_str(
        "<p>To settle all places, one of these in <code>rules</code> of \
         <code>content/lexicon.toml</code>:</p>\n<ul>\n",
    );
    for rule in rules {
        let _ = writeln!(html, "<li><code>{}</code></li>", escaped(&rule.to_string()));
    }
    html.push_str("</ul>\n");
}

/// A link to the place on the page, with the words around it.
fn occurrence(place: &Occurrence, one: &Decision, sources: &Sources, html: &mut String) {
    let (line, column) = sources.line_column(place.span);
    let path = escaped(&sources.file(place.span.file).path);
    let address = escaped(&place.address);
    let words = match place.excerpt(&one.word, sources) {
        Some(Excerpt { before, word, after }) => {
            let [before, word, after] = [before, word, after].map(escaped);
            format!(
                "<span lang=\"{}\">{before}<mark>{word}</mark>{after}</span>",
                lang(one.into.other())
            )
        }
        None => address.clone(),
    };
    let _ = writeln!(
        html,
        "<li><a href=\"/{address}\">{words}</a> <span class=\"file\">{path}:{line}:{column}</span></li>"
    );
}

fn in_script(word: &str, script: Script) -> String {
    format!("<span lang=\"{}\">{}</span>", lang(script), escaped(word))
}

fn lang(script: Script) -> &'static str {
    match script {
        Script::Hant => "zh-Hant",
        Script::Hans => "zh-Hans",
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
