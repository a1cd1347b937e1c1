//! Fields of one value: ids, names of scripts, numbers, dates, lists of strings.
//!
//! Must not know what any of them is for.

use super::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Date, Id, PartialDate, Script};
use crate::parse::fields::Asked;
use crate::source::{Spanned, portable};

impl Reader<'_> {
    /// An id that must be there.
    pub fn id(&mut self, key: &'static str) -> Option<Spanned<Id>> {
        let text = self.required_string(key)?;
        match Id::parse(&text.value) {
            Some(id) => Some(Spanned::new(id, text.span)),
            None => {
                self.report(bad_id(&text));
                None
            }
        }
    }

    /// Ids that a thing had before it got its present one.
    pub fn former_ids(&mut self, id: Option<&Id>) -> Vec<Spanned<Id>> {
        let mut ids: Vec<Spanned<Id>> = Vec::new();
        for text in self.strings("formerly") {
            match Id::parse(&text.value) {
                None => self.report(bad_id(&text)),
                Some(former) if Some(&former) == id => {
                    let message = format!("`{former}` is the id that it has now");
                    self.report(Diagnostic::error(Code::IdleFormerId, text.span, message));
                }
                Some(former) if ids.iter().any(|known| known.value == former) => {
                    let message = format!("`{former}` stands here twice");
                    self.report(Diagnostic::error(Code::IdleFormerId, text.span, message));
                }
                Some(former) => ids.push(Spanned::new(former, text.span)),
            }
        }
        ids
    }

    /// The name of a script, if the key is there.
    pub fn script(&mut self, key: &'static str) -> Option<Script> {
        let text = self.string(key)?;
        let script = Script::from_id(&text.value);
        if script.is_none() {
            self.report(unknown_script(&text));
        }
        script
    }

    /// A whole number, if the key is there.
    pub fn integer(&mut self, key: &'static str) -> Option<Spanned<i64>> {
        let (value, range) = self.value(key, Asked::Integer)?;
        let number = value
            .as_integer()
            .and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok());
        match number {
            Some(number) => Some(Spanned::new(number, self.context.span(range))),
            None => {
                self.wrong_type(key, value, range, "a whole number");
                None
            }
        }
    }

    /// `true` or `false`, if the key is there.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let (value, range) = self.value(key, Asked::Boolean)?;
        let found = value.as_bool();
        if found.is_none() {
            self.wrong_type(key, value, range, "`true` or `false`");
        }
        found
    }

    /// A date that may be known to the month or the year alone, if the key is
    /// there: `2021-11-29` without quotes, or `"2021-11"`, `"2021"`.
    pub fn partial_date(&mut self, key: &'static str) -> Option<PartialDate> {
        let text = self.peek(key).and_then(|value| value.as_str());
        // A day has one spelling, without quotes.
        let text = text.filter(|text| Date::parse(text).is_none());
        let Some(text) = text else { return self.date(key).map(PartialDate::from) };
        let date = PartialDate::parse(text);
        let place = self.string(key);
        if let (None, Some(place)) = (date, place) {
            self.report(
                Diagnostic::error(Code::BadDate, place.span, format!("there is no date `{text}`"))
                    .help("write 2021-11-29 without quotes, \"2021-11\" or \"2021\""),
            );
        }
        date
    }

    /// A calendar day, if the key is there.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        let (value, range) = self.value(key, Asked::Date)?;
        let date = value
            .as_datetime()
            .filter(|datetime| datetime.time.is_none() && datetime.offset.is_none())
            .and_then(|datetime| datetime.date);
        match date {
            Some(date) => Some(Date { year: date.year, month: date.month, day: date.day }),
            None => {
                self.wrong_type(key, value, range, "a date such as 2021-11-29, without quotes");
                None
            }
        }
    }

    /// A list of strings; empty if the key is not there.
    pub fn strings(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let mut strings = Vec::new();
        for (value, range) in self.array(key, Asked::Strings, "a list of strings") {
            match value.as_str() {
                Some(text) => strings.push(self.context.string(text, range)),
                None => self.wrong_type(key, value, range, "a list of strings"),
            }
        }
        strings
    }
}

/// The mistake of a text that is no id.
pub fn bad_id(text: &Spanned<String>) -> Diagnostic {
    let wrong =
        Diagnostic::error(Code::BadId, text.span, format!("`{}` cannot be an id", text.value));
    match portable::is_device(&text.value) {
        true => wrong.help("ids are names of files, and Windows keeps this one for itself"),
        false => wrong.help(
            "ids are part of addresses: lowercase letters a–z, digits and single hyphens, at most 100",
        ),
    }
}

fn unknown_script(text: &Spanned<String>) -> Diagnostic {
    let message = format!("no edition is called `{}`", text.value);
    Diagnostic::error(Code::UnknownEdition, text.span, message)
        .suggest(&text.value, Script::ALL.map(Script::id))
        .help("write `hant` (Traditional) or `hans` (Simplified)")
}
