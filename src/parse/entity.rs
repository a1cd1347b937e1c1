//! `content/entities.toml`, or the files of `content/entities/`.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Entity, Kind, Script, WebLink};
use crate::source::{FileId, Spanned};

use super::Parser;
use super::fields::ENTITIES;
use super::table::{self, Reader};

/// Reads a file's entities. One without a usable id or kind is left out.
pub fn parse(parser: &mut Parser, file: FileId, script: Script) -> Vec<Entity> {
    let entities = table::parse(parser, file, &ENTITIES, |reader| {
        let script = reader.script("script").unwrap_or(script);
        Some(reader.tables("entities", |reader| entity(reader, script)))
    });
    entities.unwrap_or_default()
}

fn entity(reader: &mut Reader, script: Script) -> Option<Entity> {
    let id = reader.id("id");
    let formerly = reader.former_ids(id.as_ref().map(|id| &id.value));
    let kind = kind(reader);
    let name = reader.required_text("name", script);
    let aliases = reader.texts("aliases", script);
    let block = reader.texts("block", script);
    let search = reader.strings("search");
    let description = reader.text("description", script);
    let links = reader.tables("links", |reader| link(reader, script));
    Some(Entity {
        id: id?,
        formerly,
        kind: kind?,
        name,
        aliases,
        block,
        search,
        description,
        links,
    })
}

fn kind(reader: &mut Reader) -> Option<Kind> {
    let text = reader.required_string("kind")?;
    let kind = Kind::from_id(&text.value);
    if kind.is_none() {
        let known = Kind::ALL.map(Kind::id);
        reader.report(
            Diagnostic::error(
                Code::UnknownKind,
                text.span,
                format!("no kind of entity is called `{}`", text.value),
            )
            .suggest(&text.value, known)
            .help(format!("kinds are `{}`", known.join("`, `"))),
        );
    }
    kind
}

/// A place on the web: what it is called, and its address.
pub(super) fn link(reader: &mut Reader, script: Script) -> Option<WebLink> {
    let title = reader.required_text("title", script);
    let url = reader.required_string("url")?;
    Some(WebLink { title, url: web_address(reader, url)? })
}

/// An address on the web; another is reported.
pub(super) fn web_address(reader: &mut Reader, url: Spanned<String>) -> Option<String> {
    if url.value.starts_with("https://") || url.value.starts_with("http://") {
        return Some(url.value);
    }
    let message = format!("`{}` is no address on the web", url.value);
    reader.report(
        Diagnostic::error(Code::BadLink, url.span, message).help("write it from `https://` on"),
    );
    None
}
