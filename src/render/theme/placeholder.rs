//! The `{placeholders}` of wordings: whether somebody fills each.
//!
//! Who fills one is known of the wordings that the default theme has: what stands
//! in its own, or what documents are called. Templates of the site's own may fill
//! others.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

use super::phrase::WORDS;

/// What the site's own templates fill: those that are not as they are embedded.
pub(super) fn filled(
    texts: &BTreeMap<String, Arc<str>>,
    embedded: &[(&str, &str)],
) -> BTreeSet<String> {
    let is_own = |name: &str, text: &str| !embedded.contains(&(name, text));
    let own = texts.iter().filter(|(name, text)| is_own(name, text));
    own.flat_map(|(_, text)| all(text)).map(str::to_owned).collect()
}

/// Reports what nobody fills in a file of wordings: a page would show its braces.
pub(super) fn check(
    (file, text): (FileId, &str),
    root: &DeTable,
    filled: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let default = include_str!("../../../themes/default/strings.toml");
    let Ok(default) = DeTable::parse(default) else { return };
    let mut known: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (key, value) in wordings(default.get_ref()) {
        known
            .entry(key)
            .or_insert_with(|| WORDS.into())
            .extend(all(value.get_ref().as_str().unwrap_or_default()));
    }
    for (key, value) in wordings(root) {
        let Some(known) = known.get(&key) else { continue };
        for name in all(value.get_ref().as_str().unwrap_or_default()) {
            if known.contains(name) || filled.contains(name) {
                continue;
            }
            let braced = ["{", name, "}"].concat();
            let whole = value.span();
            // With an escape in it, the whole wording is the place.
            let place = text[whole.clone()].find(&braced).map(|at| whole.start + at);
            let place = place.map_or(whole, |start| start..start + braced.len());
            let message = format!("nothing fills `{braced}` in the wording `{key}`");
            let wrong =
                Diagnostic::error(Code::UnknownPlaceholder, Span::new(file, place), message);
            let names: Vec<_> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
            let wrong = wrong.suggest(name, known.iter().copied());
            diagnostics.push(wrong.help(format!("it may have {}", names.join(", "))));
        }
    }
}

/// The wordings of all editions, each by its key.
fn wordings<'a>(root: &'a DeTable<'a>) -> Vec<(String, &'a Spanned<DeValue<'a>>)> {
    let mut found = Vec::new();
    let mut next: Vec<(String, &DeTable)> = Vec::new();
    let editions = root.values().filter_map(|value| value.get_ref().as_table());
    next.extend(editions.map(|table| (String::new(), table)));
    while let Some((above, table)) = next.pop() {
        for (name, value) in table.iter() {
            let key = [&above, name.get_ref().as_ref()].concat();
            match value.get_ref() {
                DeValue::Table(inner) => next.push((key + ".", inner)),
                _ => found.push((key, value)),
            }
        }
    }
    found
}

/// The names in braces of a text.
fn all(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &&str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let after = text.split('{').skip(1);
    after.filter_map(|rest| Some(rest.split_once('}')?.0)).filter(is_name)
}
