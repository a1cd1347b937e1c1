//! `content/site.toml` and `content/lexicon.toml`.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    BaseUrl, Edition, Editions, Lexicon, LexiconRule, Publisher, Publishes, Script, Site, Standard,
    Text,
};
use crate::source::{FileId, Span, Spanned};

use super::fields::{LEXICON, SITE};
use super::image::image;
use super::publisher::publisher;
use super::table::{self, Reader};
use super::{Parser, entity};

/// Reads `site.toml`: the site and the source script that others fall back to.
/// What cannot be read is reported and stands in for itself.
pub fn parse(parser: &mut Parser, file: FileId) -> (Site, Script) {
    let parsed = table::parse(parser, file, &SITE, |reader| {
        let place = reader.place();
        let script = reader.script("script").unwrap_or(Script::Hant);
        let title = reader.required_text("title", script);
        let description = reader.required_text("description", script);
        let base_url = base_url(reader);
        let editions = editions(reader, script);
        let theme = reader.string("theme");
        let engine = reader.string("engine");
        let image = image(reader, script);
        let licences = reader.tables("licences", |reader| entity::link(reader, script));
        let publisher = publisher(reader, script);
        let publishes = Publishes {
            sources: reader.boolean("publish_sources").unwrap_or(true),
            bags: reader.boolean("publish_bags").unwrap_or(true),
        };
        let mut site = unread(place);
        (site.title, site.description) = (title, description);
        site.editions = editions;
        site.base_url = base_url;
        site.theme = theme.unwrap_or(site.theme);
        site.engine = engine.unwrap_or(site.engine);
        site.licences = licences;
        site.image = image;
        site.publisher = publisher;
        site.publishes = publishes;
        Some((site, script))
    });
    parsed.unwrap_or_else(|| (unread(Span::new(file, 0..0)), Script::Hant))
}

/// A site of which nothing is known but its defaults.
pub fn unread(place: Span) -> Site {
    Site {
        title: Text::unread(Script::Hant, place),
        description: Text::unread(Script::Hant, place),
        base_url: None,
        editions: Editions::default(),
        theme: Spanned::new("default".to_owned(), place),
        engine: Spanned::new("tongwen".to_owned(), place),
        licences: Vec::new(),
        image: None,
        publisher: Publisher::default(),
        publishes: Publishes::default(),
    }
}

fn base_url(reader: &mut Reader) -> Option<BaseUrl> {
    let text = reader.string("base_url")?;
    let url = BaseUrl::parse(&text.value);
    if url.is_none() {
        reader.report(
            Diagnostic::error(
                Code::BadBaseUrl,
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

/// The editions: both scripts' if none are named.
fn editions(reader: &mut Reader, script: Script) -> Editions {
    let written = match reader.is_list_of_tables("editions") {
        true => reader.tables("editions", edition),
        false => {
            let names = reader.strings("editions");
            names.into_iter().filter_map(|name| known_edition(reader, name)).collect()
        }
    };
    let mut published: Vec<Written> = Vec::new();
    for one in written {
        match published.iter().find(|known| known.edition.id() == one.edition.id()) {
            Some(first) => reader.report(
                Diagnostic::error(
                    Code::DuplicateEdition,
                    one.span,
                    format!("`{}` is named twice", one.edition.id()),
                )
                .related(first.span, "the other one"),
            ),
            None if published.len() == Editions::MOST => reader.report(Diagnostic::error(
                Code::TooManyEditions,
                one.span,
                format!("a site has at most {} editions", Editions::MOST),
            )),
            None => published.push(one),
        }
    }
    let standard = published.iter().find(|one| one.edition.script == Script::Hant);
    let standard = standard.map(|one| one.edition.standard);
    for one in &mut published {
        // The Traditional that a Simplified edition is made of is the site's.
        if !one.has_standard {
            one.edition.standard = standard.unwrap_or_default();
        }
    }
    let default = reader.string("default_edition");
    let list: Vec<Edition> = published.iter().map(|one| one.edition).collect();
    let names = published.into_iter().map(|one| one.names).collect();
    let wanted = default.as_ref().map_or(script.id(), |default| &default.value);
    let (editions, known) = Editions::new(&list, Some(wanted));
    if let Some(default) = default.filter(|_| !known) {
        let ids: Vec<String> = editions.published().map(|one| one.id().to_owned()).collect();
        let message = format!("no edition is called `{}`", default.value);
        reader.report(
            Diagnostic::error(Code::UnknownEdition, default.span, message)
                .suggest(&default.value, ids.iter().map(String::as_str))
                .help(format!("this site has `{}`", ids.join("`, `"))),
        );
    }
    editions.with_names(names)
}

/// An edition as written.
struct Written {
    edition: Edition,
    span: Span,
    has_standard: bool,
    names: [Option<String>; 2],
}

/// Folders that every site has beside its editions, and the one that stands beside
/// theirs in the search index.
const RESERVED: [&str; 5] = ["archive", "assets", "data", "grams", "search"];

fn known_edition(reader: &mut Reader, name: Spanned<String>) -> Option<Written> {
    let Some(script) = Script::from_id(&name.value) else {
        let message = format!("no edition is called `{}`", name.value);
        reader.report(
            Diagnostic::error(Code::UnknownEdition, name.span, message)
                .suggest(&name.value, Script::ALL.map(Script::id))
                .help("`hant` and `hans` are known by name; another one is a table: `[[editions]]` with `id` and `standard` or `script`"),
        );
        return None;
    };
    let edition = Edition::of(script, Standard::default());
    Some(Written { edition, span: name.span, has_standard: false, names: [None, None] })
}

/// One of `[[editions]]`.
fn edition(reader: &mut Reader) -> Option<Written> {
    let place = reader.place();
    let id = reader.id("id");
    let standard = reader.string("standard").and_then(|text| standard(reader, &text));
    let script = reader.script("script");
    let lang = reader.string("lang").filter(|text| good_language(reader, text));
    let names = [reader.string("name"), reader.string("short")];
    let names =
        names.map(|name| name.map(|name| name.value).filter(|name| !name.trim().is_empty()));
    let id = id?;
    let traditional = reader.has("standard").then_some(Script::Hant);
    let script = script.or(Script::from_id(id.value.as_str())).or(traditional);
    let Some(script) = script else {
        reader.report(
            Diagnostic::error(
                Code::UnknownEdition,
                id.span,
                format!("it is not said what the edition `{}` is written in", id.value),
            )
            .help(
                "add `script = \"hans\"`, or for Traditional a `standard`: `hk`, `tw` or `plain`",
            ),
        );
        return None;
    };
    if RESERVED.contains(&id.value.as_str()) {
        let message = format!("`{}` is a folder of every site", id.value);
        reader.report(
            Diagnostic::error(Code::ReservedId, id.span, message).help("choose another id"),
        );
        return None;
    }
    let usual = Edition::of(script, standard.unwrap_or_default());
    let edition = usual.named(id.value.as_str(), lang.as_ref().map(|lang| lang.value.as_str()));
    let Some(edition) = edition else {
        let message = "an edition's id and language have at most 16 characters";
        reader.report(Diagnostic::error(Code::BadId, id.span, message));
        return None;
    };
    Some(Written { edition, span: place, has_standard: standard.is_some(), names })
}

fn standard(reader: &mut Reader, text: &Spanned<String>) -> Option<Standard> {
    let standard = Standard::named(&text.value);
    if standard.is_none() {
        let message = format!("no standard is called `{}`", text.value);
        reader.report(
            Diagnostic::error(Code::UnknownStandard, text.span, message)
                .suggest(&text.value, Standard::ALL.map(Standard::id))
                .help("write `hk` (Hong Kong), `tw` (Taiwan) or `plain` (OpenCC's own)"),
        );
    }
    standard
}

fn good_language(reader: &mut Reader, text: &Spanned<String>) -> bool {
    let good = icu_locale_core::LanguageIdentifier::try_from_str(&text.value)
        .is_ok_and(|tag| tag.language.as_str() == "zh" || tag.language.as_str() == "yue");
    if !good {
        let message = format!("`{}` is no language tag of Chinese", text.value);
        reader.report(
            Diagnostic::error(Code::BadLanguage, text.span, message)
                .help("write a BCP 47 tag such as `zh-Hant-TW`"),
        );
    }
    good
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
    let into = reader.script("into");
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
        reader.report(Diagnostic::error(Code::EmptyText, text.span, "a lexicon word is empty"));
    }
}
