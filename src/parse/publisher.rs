//! Whose a site is: `publisher`, `status` and `contact` of `site.toml`.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Contact, Publisher, Script, SiteStatus, Text};

use super::table::Reader;

/// Reads the fields that say it. An official site says whose it is.
pub(super) fn publisher(reader: &mut Reader, script: Script) -> Publisher<Text> {
    let is_named = reader.has("publisher");
    let name = reader.text("publisher", script);
    let status = reader.string("status");
    let known = status.as_ref().and_then(|text| SiteStatus::from_id(&text.value));
    if let Some(status) = &status {
        match known {
            None => reader.report(
                Diagnostic::error(
                    Code::UnknownStatus,
                    status.span,
                    format!("no site is `{}`", status.value),
                )
                .suggest(&status.value, SiteStatus::ALL.map(SiteStatus::id))
                .help("write `official`, `unofficial` or `draft`"),
            ),
            Some(SiteStatus::Official) if !is_named => reader.report(
                Diagnostic::error(
                    Code::MissingField,
                    status.span,
                    "an official site has a `publisher`",
                )
                .help("add `publisher = \"…\"`: whose official site it is"),
            ),
            Some(_) => {}
        }
    }
    let contact = reader.string("contact").and_then(|text| {
        let contact = Contact::parse(&text.value);
        if contact.is_none() {
            let message = format!("nobody can be reached at `{}`", text.value);
            reader.report(Diagnostic::error(Code::BadContact, text.span, message).help(
                "write an address of mail, or of a page from `https://` on; `{address}` in it becomes the page's",
            ));
        }
        contact
    });
    Publisher { name, status: known.unwrap_or_default(), contact }
}
