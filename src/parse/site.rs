//! `content/site.toml` and `content/lexicon.toml`.

use crate::diagnostic::Diagnostic;
use crate::model::{BaseUrl, Edition, Lexicon, LexiconRule, Site, Text};
use crate::source::{FileId, Span, Spanned};

use super::Parser;
use super::fields::{LEXICON, SITE};
use super::table::{self, Reader};

/// Reads `site.toml`: the site and the source script that others fall back to.
/// What cannot be read is reported and stands in for itself.
pub fn parse(parser: &mut Parser, file: FileId) -> (Site, Edition) {
    let parsed = table::parse(parser, file, &SITE, |reader| {
        let place = reader.place();
        let script = reader.edition("script").unwrap_or(Edition::Hant);
        let title = reader.required_text("title", script);
        let description = reader.required_text("description", script);
        let base_url = base_url(reader);
        editions(reader);
        let default_edition = reader.edition("default_edition").unwrap_or(script);
        let theme = reader.string("theme");
        let engine = reader.string("engine");
        let mut site = unread(place);
        (site.title, site.description) = (title, description);
        site.default_edition = default_edition;
        site.base_url = base_url;
        site.theme = theme.unwrap_or(site.theme);
        site.engine = engine.unwrap_or(site.engine);
        Some((site, script))
    });
    parsed.unwrap_or_else(|| (unread(Span::new(file, 0..0)), Edition::Hant))
}

/// A site of which nothing is known but its defaults.
pub fn unread(place: Span) -> Site {
    Site {
        title: Text::unread(Edition::Hant, place),
        description: Text::unread(Edition::Hant, place),
        base_url: None,
        default_edition: Edition::Hant,
        theme: Spanned::new("default".to_owned(), place),
        engine: Spanned::new("tongwen".to_owned(), place),
    }
}

fn base_url(reader: &mut Reader) -> Option<BaseUrl> {
    let text = reader.string("base_url")?;
    let url = BaseUrl::parse(&text.value);
    if url.is_none() {
        reader.report(
            Diagnostic::error(
                "bad-base-url",
                text.span,
                format!("`{}` cannot be a base URL", text.value),
            )
            .help(
                "write an absolute address without query or fragment, e.g. `https://example.org/`",
            ),
        );
    }
    url
}

/// Both editions are always made; naming them is allowed, dropping one is not.
fn editions(reader: &mut Reader) {
    let named = reader.strings("editions");
    if named.is_empty() {
        return;
    }
    for text in &named {
        if Edition::from_id(&text.value).is_none() {
            reader.report(
                Diagnostic::error(
                    "unknown-edition",
                    text.span,
                    format!("no edition is called `{}`", text.value),
                )
                .help("write `editions = [\"hant\", \"hans\"]`, or leave the key out"),
            );
        }
    }
    for edition in Edition::ALL {
        if !named.iter().any(|text| text.value == edition.id()) {
            reader.report(
                Diagnostic::error(
                    "missing-edition",
                    named[0].span,
                    format!("the edition `{}` is left out", edition.id()),
                )
                .help("each page exists in both editions or not at all"),
            );
        }
    }
}

/// Reads `lexicon.toml`.
pub fn lexicon(parser: &mut Parser, file: FileId) -> Lexicon {
    let lexicon = table::parse(parser, file, &LEXICON, |reader| {
        let mut protect = reader.strings("protect");
        for text in &protect {
            empty_word(reader, text);
        }
        protect.retain(|text| !text.value.is_empty());
        let rules = reader.tables("rules", rule);
        Some(Lexicon { protect, rules, names: Vec::new() })
    });
    lexicon.unwrap_or_default()
}

fn rule(reader: &mut Reader) -> Option<LexiconRule> {
    let hant = reader.required_string("hant");
    let hans = reader.required_string("hans");
    let into = reader.edition("into");
    let exact = reader.boolean("exact").unwrap_or(false);
    // Read only so that a rule can say why it is there.
    reader.string("note");
    let (hant, hans) = (hant?, hans?);
    for side in [&hant, &hans] {
        empty_word(reader, side);
    }
    let whole = !hant.value.is_empty() && !hans.value.is_empty();
    whole.then_some(LexiconRule { hant, hans, into, exact })
}

fn empty_word(reader: &mut Reader, text: &Spanned<String>) {
    if text.value.is_empty() {
        reader.report(Diagnostic::error("empty-text", text.span, "a lexicon word is empty"));
    }
}
