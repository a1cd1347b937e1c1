//! Texts in the words of every edition: what their author wrote, what is given
//! for a script, and what is converted.

use std::sync::Arc;

use pulldown_cmark::Event;

use crate::model::{Each, Edition, Editions, Provenance, Script, Text};
use crate::script::{Converted, Converter, convert_events};

/// A text in every edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wording {
    /// The text.
    pub text: Each<String>,
    /// Where each edition's text comes from.
    pub provenance: Each<Provenance>,
}

/// A site's editions, and how texts come into them.
#[derive(Clone, Copy)]
pub struct Forms<'a> {
    /// The editions.
    pub editions: &'a Editions,
    /// What converts.
    pub converter: &'a Arc<Converter>,
}

impl Forms<'_> {
    /// A text in every edition.
    pub fn wording(&self, text: &Text) -> Wording {
        self.wording_with_positions(text).0
    }

    /// A text in every edition, and the conversions, where it was converted.
    pub fn wording_with_positions(&self, text: &Text) -> (Wording, Each<Option<Converted>>) {
        let source = &text.source.value;
        let given = text.counterpart.as_ref();
        let converted = Each::from_fn(self.editions, |edition| {
            let is_converted = edition.script != text.script && given.is_none();
            is_converted.then(|| self.converter.convert(source, edition))
        });
        let of = |edition: Edition| match (&converted[edition], given) {
            (Some(converted), _) => (&converted.text, Provenance::Converted),
            (None, Some(given)) if edition.script != text.script => {
                (&given.text.value, given.provenance)
            }
            _ => (source, Provenance::Source),
        };
        let wording = Wording {
            text: Each::from_fn(self.editions, |edition| of(edition).0.clone()),
            provenance: Each::from_fn(self.editions, |edition| of(edition).1),
        };
        (wording, converted)
    }

    /// Words of the site's own in every edition.
    pub fn words(&self, text: &str, script: Script) -> Each<String> {
        Each::from_fn(self.editions, |edition| match edition.script == script {
            true => text.to_owned(),
            false => self.converter.convert(text, edition).text,
        })
    }

    /// A page's events in every edition.
    pub fn events(&self, events: &[Event<'static>], script: Script) -> Each<Vec<Event<'static>>> {
        Each::from_fn(self.editions, |edition| match edition.script == script {
            true => events.to_vec(),
            false => convert_events(events, edition, self.converter),
        })
    }
}
