//! Whose a site is, how official it is, whom to tell of a mistake, and what it
//! publishes for those who check it.

use std::fmt::Write;

/// Whose a site is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Publisher<T> {
    /// Who publishes it, if it says so.
    pub name: Option<T>,
    /// How official it is.
    pub status: SiteStatus,
    /// Where mistakes are told, if it says so.
    pub contact: Option<Contact>,
}

impl<T> Default for Publisher<T> {
    fn default() -> Self {
        Self { name: None, status: SiteStatus::default(), contact: None }
    }
}

/// What a site publishes for those who check it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Publishes {
    /// The source documents, byte for byte.
    pub sources: bool,
    /// The bags of its sealed versions, packed.
    pub bags: bool,
}

impl Default for Publishes {
    fn default() -> Self {
        Self { sources: true, bags: true }
    }
}

/// How official a site is. Nothing is official that does not say so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SiteStatus {
    /// It is its publisher's own, about the publisher's own documents.
    Official,
    /// It is not.
    #[default]
    Unofficial,
    /// It is not finished.
    Draft,
}

impl SiteStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Official, Self::Unofficial, Self::Draft];

    /// Its name in content.
    pub fn id(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Unofficial => "unofficial",
            Self::Draft => "draft",
        }
    }

    /// The status of a name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.id() == id)
    }
}

/// Where mistakes are told: an address of mail, or a page on the web.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Contact(String);

/// Stands in a contact's address for that of the page that is told of.
const PLACE: &str = "{address}";

impl Contact {
    /// Reads `editor@example.org`, `mailto:editor@example.org` or an address on the
    /// web, in which `{address}` stands for that of a page.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"\"<>\\".contains(c);
        if !text.chars().all(is_plain) {
            return None;
        }
        let is_web = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        if text.strip_prefix("https://").or(text.strip_prefix("http://")).is_some_and(is_web) {
            return Some(Self(text.to_owned()));
        }
        let mail = text.strip_prefix("mailto:").unwrap_or(text);
        let (name, host) = mail.split_once('@')?;
        let host = host.split('?').next().unwrap_or_default();
        let is_host = host.contains('.') && !host.contains(['@', '/', ':']);
        (!name.is_empty() && !name.contains(['/', ':', '?']) && is_host)
            .then(|| Self(["mailto:", mail].concat()))
    }

    /// Where a mistake on the page of an address is told.
    pub fn about(&self, subject: &str, address: &str) -> String {
        let Self(contact) = self;
        let (subject, address) = (encoded(subject), encoded(address));
        let and = if contact.contains('?') { '&' } else { '?' };
        if contact.contains(PLACE) {
            contact.replace(PLACE, &address)
        } else if contact.starts_with("mailto:") {
            format!("{contact}{and}subject={subject}&body={address}")
        } else {
            let (page, fragment) = contact.split_once('#').unwrap_or((contact, ""));
            let fragment = if fragment.is_empty() { "" } else { &contact[page.len()..] };
            format!("{page}{and}address={address}{fragment}")
        }
    }
}

/// As a part of an address's query: as a browser's `encodeURIComponent` has it.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => encoded.push(byte.into()),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'(' | b')' => encoded.push(byte.into()),
            _ => write!(encoded, "%{byte:02X}").expect("a string takes all that is written"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_gets_the_address_of_the_page() {
        let page = "https://example.org/hant/a.html#m1-1-s2";
        let told = "https%3A%2F%2Fexample.org%2Fhant%2Fa.html%23m1-1-s2";
        for (contact, expected) in [
            ("a@b.org", format!("mailto:a@b.org?subject=%E8%AA%A4&body={told}")),
            (
                "mailto:a@b.org?cc=c@d.org",
                format!("mailto:a@b.org?cc=c@d.org&subject=%E8%AA%A4&body={told}"),
            ),
            ("https://b.org/report", format!("https://b.org/report?address={told}")),
            (
                "https://b.org/report?lang=zh#form",
                format!("https://b.org/report?lang=zh&address={told}#form"),
            ),
            ("https://b.org/new?body={address}&x=1", format!("https://b.org/new?body={told}&x=1")),
        ] {
            let contact = Contact::parse(contact).unwrap();
            assert_eq!(contact.about("誤", page), expected);
        }
    }

    #[test]
    fn what_is_no_address_is_no_contact() {
        for text in [
            "",
            "editor",
            "@b.org",
            "a@b",
            "a@b@c.org",
            "javascript:alert(1)",
            "ftp://b.org",
            "https://",
            "https:// b",
            "a b@c.org",
            "mailto:",
            "a@b.org\"",
            "https://b.org/<x>",
        ] {
            assert_eq!(Contact::parse(text), None, "{text}");
        }
    }
}
