//! The HTML of one page: ids, links, and the text in the page's own language.
//!
//! 1. Pages are nearly always written plainly (`plain`), and read so in a third
//!    of the time.
//! 2. As soon as something else is met, the page is read from its beginning by
//!    all the rules of HTML.
//!
//! Knows nothing of what a link leads to, or of what a text should be.

mod plain;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// What is told of a page, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// An element has an id.
    Id(&'a str),
    /// A link, or what a page loads.
    Link(&'a str),
    /// Text in no language but the page's.
    Text(&'a str),
}

/// Tells the parts of a page to `tell`, some perhaps twice. Text in elements whose
/// `lang` is not `language` is left out.
pub fn read(html: &[u8], language: Option<&str>, mut tell: impl FnMut(Part<'_>)) {
    let plain = std::str::from_utf8(html).ok();
    if plain.and_then(|html| plain::read(html, &mut Reader::new(language, &mut tell))).is_none() {
        read_by_all_rules(html, &mut Reader::new(language, &mut tell));
    }
}

fn read_by_all_rules(html: &[u8], reader: &mut Reader<impl FnMut(Part<'_>)>) {
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        reader.see(event);
        None
    });
    let text = String::from_utf8_lossy(html);
    // It hands nothing on: all is told on the way.
    Tokenizer::new_with_emitter(text.as_ref(), emitter).for_each(drop);
}

struct Reader<'a, T> {
    tell: T,
    language: Option<&'a str>,
    tag: Tag,
    attribute: Option<Attribute>,
    /// Open elements since, and with, the one that is of another language.
    foreign: Vec<String>,
}

/// The start tag that is being read; its memory is used again for the next.
#[derive(Default)]
struct Tag {
    name: String,
    href: String,
    src: String,
    rel: String,
    is_foreign: bool,
}

/// The attributes that matter.
#[derive(Debug, Clone, Copy)]
enum Attribute {
    Id,
    Href,
    Src,
    Rel,
    Lang,
}

impl Attribute {
    fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"id" => Self::Id,
            b"href" => Self::Href,
            b"src" => Self::Src,
            b"rel" => Self::Rel,
            b"lang" => Self::Lang,
            _ => return None,
        })
    }
}

impl<'a, T: FnMut(Part<'_>)> Reader<'a, T> {
    fn new(language: Option<&'a str>, tell: T) -> Self {
        Self { tell, language, tag: Tag::default(), attribute: None, foreign: Vec::new() }
    }

    fn see(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.open(&String::from_utf8_lossy(name)),
            CallbackEvent::AttributeName { name } => self.attribute = Attribute::named(name),
            CallbackEvent::AttributeValue { value } => {
                if let Some(attribute) = self.attribute.take() {
                    self.give(attribute, &String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.close(self_closing),
            CallbackEvent::EndTag { name } => self.end(&String::from_utf8_lossy(name)),
            CallbackEvent::String { value } if self.hears_text() => {
                (self.tell)(Part::Text(&String::from_utf8_lossy(value)));
            }
            CallbackEvent::String { .. }
            | CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    /// Whether text is in the page's language.
    fn hears_text(&self) -> bool {
        self.foreign.is_empty()
    }

    fn open(&mut self, name: &str) {
        let Tag { name: own, href, src, rel, is_foreign } = &mut self.tag;
        [&mut *own, href, src, rel].into_iter().for_each(String::clear);
        own.push_str(name);
        *is_foreign = false;
    }

    fn give(&mut self, attribute: Attribute, value: &str) {
        match attribute {
            Attribute::Id => (self.tell)(Part::Id(value)),
            Attribute::Href => self.tag.href.push_str(value),
            Attribute::Src => self.tag.src.push_str(value),
            Attribute::Rel => self.tag.rel.push_str(value),
            Attribute::Lang => {
                self.tag.is_foreign = self.language.is_some_and(|language| language != value);
            }
        }
    }

    fn close(&mut self, self_closing: bool) {
        let Self { tell, tag, foreign, .. } = self;
        if tag.name != "link" || tag.rel == "stylesheet" {
            for link in [&tag.href, &tag.src].into_iter().filter(|link| !link.is_empty()) {
                tell(Part::Link(link));
            }
        }
        if (tag.is_foreign || !foreign.is_empty()) && !self_closing && !is_void(&tag.name) {
            foreign.push(tag.name.clone());
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(at) = self.foreign.iter().rposition(|open| open == name) {
            self.foreign.truncate(at);
        }
    }
}

fn is_void(name: &str) -> bool {
    const VOID: [&str; 8] = ["br", "img", "meta", "link", "hr", "input", "wbr", "source"];
    VOID.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of a page that is in Chinese.
    fn told(html: &str, plainly: bool) -> Option<Vec<String>> {
        let (mut told, mut text) = (Vec::new(), String::new());
        let mut reader = Reader::new(Some("zh"), |part: Part<'_>| match part {
            // Where a text is parted is nobody's business.
            Part::Text(part) => text.push_str(part),
            other => told.push(format!("{other:?}")),
        });
        match plainly {
            true => plain::read(html, &mut reader)?,
            false => read_by_all_rules(html.as_bytes(), &mut reader),
        }
        told.push(text);
        Some(told)
    }

    #[test]
    fn what_is_plain_is_read_as_by_all_rules() {
        for html in [
            "<!doctype html>\n<html lang=\"zh\"><p id=\"甲\" class=a>",
            "<a href=\"b.html?c&amp;d#e\" hidden>發&lt;</a><link rel=\"icon\" href=\"i\"/>",
            "<link rel=\"stylesheet\" href=\"s.css\"><img src=\"&#x4e00;.png\" alt=\"<>\">",
            "<p lang=\"en\">a<br>b<i>c</i></p>d<b lang=\"en\"/>e&#21457;&#39;",
            "<p\nid = \"a\">",
            "<svg viewBox=\"0\" xlink:href=\"a\" role=\"img\">",
            "<a href=\"\">",
            "a < b > c",
            "",
        ] {
            let right = told(html, false);
            let plain = told(html, true);
            assert!(plain.is_none() || plain == right, "{html}: {plain:?}, not {right:?}");
        }
        let plain = "<!doctype html><p id=\"a\" hidden><a href=\"b&amp;c\">發</a>&#39;</p>";
        assert!(told(plain, true).is_some());
    }

    #[test]
    fn what_is_not_plain_is_left_to_all_rules() {
        for html in [
            "<!-- <a href=\"b\"> -->",
            "<A href=\"b\">",
            "<a HREF=\"b\">",
            "<a href='b'>",
            "<a href=b>",
            "<a href=\"&eacute;\">",
            "<a href=\"&amp\">",
            "<a href=\"b\"class=\"c\">",
            "<a href=\"b",
            "<a",
            "</a b>",
            "<p>&eacute;</p>",
            "<p>&#0;&#xd800;</p>",
            "<p>&#x80;</p>",
            "< p>",
            "<![CDATA[a]]>",
            "<a href=\"b\" href=\"c\">",
            "\0",
        ] {
            assert_eq!(told(html, true), None, "{html}");
        }
    }
}
