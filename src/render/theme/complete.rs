//! Whether a theme has all wordings that somebody asks for, and none that nobody
//! does. A table that is missing, misspelt or out of place is one mistake, not one
//! for each wording in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, like};
use crate::model::Script;
use crate::source::{FileId, Span};

use super::named::Named;
use super::phrase;

/// So many of a kind are told in one message.
const SEVERAL: usize = 4;

const HELP: &str = "wording is written by hand for each edition, under the same keys";

/// Reports what is wrong with a file of wordings.
pub(super) fn check(file: FileId, root: &DeTable, named: &Named, diagnostics: &mut Diagnostics) {
    let mut found = Found { file, named, diagnostics };
    let mut tables = found.tables(root);
    found.misnamed(&mut tables);
    let mut missing: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut idle: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    found.absent(&tables);
    let needed = needed(&tables, named);
    let outside = found.outside(root);
    for table in &tables {
        for item in found.compare(table, &needed, &outside, &mut idle) {
            missing.entry(item).or_default().push(table.name);
        }
    }
    found.idle(&idle);
    found.missing(&missing, &tables);
}

/// A table of wordings.
struct Table<'a> {
    name: &'a str,
    head: Range<usize>,
    /// Every wording by its whole key, and where its key stands.
    keys: BTreeMap<String, Range<usize>>,
}

/// What must be there: what the program asks for, what templates name, and of a
/// table that they name without saying which, all that any edition has.
fn needed(tables: &[Table], named: &Named) -> BTreeSet<String> {
    let mut needed: BTreeSet<String> = phrase::keys().collect();
    let is_table = |name: &str| {
        let within = [name, "."].concat();
        let all = tables.iter().flat_map(|table| table.keys.keys());
        let own = all.filter(|key| key.starts_with(&within)).count();
        let plain = tables.iter().any(|table| table.keys.contains_key(name));
        own > 0 && !plain || needed.iter().any(|key| key.starts_with(&within))
    };
    let (whole, single): (Vec<&String>, Vec<&String>) =
        named.keys.keys().partition(|name| is_table(name));
    needed.extend(single.into_iter().cloned());
    for name in whole {
        let within = [name.as_str(), "."].concat();
        let all = tables.iter().flat_map(|table| table.keys.keys());
        needed.extend(all.filter(|key| key.starts_with(&within)).cloned());
    }
    needed
}

struct Found<'a> {
    file: FileId,
    named: &'a Named,
    diagnostics: &'a mut Diagnostics,
}

impl Found<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// The tables of scripts and editions. One that is named as a table within
    /// them stands out of place.
    fn tables<'a>(&mut self, root: &'a DeTable) -> Vec<Table<'a>> {
        let within = inner_tables();
        let mut tables = Vec::new();
        for (name, value) in root.iter() {
            let Some(table) = value.get_ref().as_table() else { continue };
            if within.contains(name.get_ref().as_ref()) {
                continue;
            }
            let mut keys = BTreeMap::new();
            self.walk(table, "", &mut keys);
            tables.push(Table { name: name.get_ref(), head: name.span(), keys });
        }
        tables
    }

    /// Reports scripts that have no table.
    fn absent(&mut self, tables: &[Table]) {
        let is_there = |name: &str| tables.iter().any(|table| table.name == name);
        let absent: Vec<&str> =
            Script::ALL.map(Script::id).into_iter().filter(|name| !is_there(name)).collect();
        if !absent.is_empty() {
            let place = self.span(tables.first().map_or(0..0, |table| table.head.clone()));
            let message = format!("there is no table `[{}]`", absent.join("]`, nor `["));
            let lost = Diagnostic::error(Code::MissingString, place, message);
            self.diagnostics.push(lost.help(HELP));
        }
    }

    /// Takes a table for a script's whose wordings it has, under another name.
    fn misnamed(&mut self, tables: &mut Vec<Table>) {
        let is_script = |table: &Table| Script::from_id(table.name).is_some();
        let (mut scripts, others): (Vec<_>, Vec<_>) = tables.drain(..).partition(is_script);
        for other in others {
            let lacks = |table: &&mut Table| {
                other.keys.len() >= SEVERAL
                    && other.keys.keys().all(|key| !table.keys.contains_key(key))
            };
            match scripts.iter_mut().find(lacks) {
                Some(table) => {
                    let message =
                        format!("`[{}]` has wordings that `[{}]` lacks", other.name, table.name);
                    let place = self.span(other.head.clone());
                    let wrong = Diagnostic::error(Code::MissingString, place, message);
                    self.diagnostics.push(wrong.help(format!("did you mean `[{}]`?", table.name)));
                    table.keys.extend(other.keys);
                }
                None => tables.push(other),
            }
        }
        tables.extend(scripts);
    }

    /// Gathers the wordings of a table; each is a text that says something.
    fn walk(&mut self, table: &DeTable, above: &str, keys: &mut BTreeMap<String, Range<usize>>) {
        for (name, value) in table.iter() {
            let key = format!("{above}{}", name.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) => {
                    self.walk(inner, &format!("{key}."), keys);
                    continue;
                }
                DeValue::String(text) if !text.trim().is_empty() => {}
                DeValue::String(_) => {
                    let place = self.span(value.span());
                    let empty =
                        Diagnostic::error(Code::EmptyText, place, format!("`{key}` is empty"));
                    self.diagnostics.push(empty.help("a page would show nothing: write it"));
                }
                other => {
                    let place = self.span(value.span());
                    let message = format!("`{key}` must be a string, and is {}", other.type_str());
                    self.diagnostics.push(Diagnostic::error(Code::WrongType, place, message));
                }
            }
            keys.insert(key, name.span());
        }
    }

    /// Reports what stands outside of all tables; gives the keys.
    fn outside(&mut self, root: &DeTable) -> BTreeSet<String> {
        let within = inner_tables();
        let mut keys = BTreeMap::new();
        let mut first = None;
        for (name, value) in root.iter() {
            let key: &str = name.get_ref();
            let inner = value.get_ref().as_table().filter(|_| within.contains(key));
            match (inner, value.get_ref().is_table()) {
                (Some(inner), _) => {
                    self.walk(inner, &format!("{key}."), &mut keys);
                }
                (None, true) => continue,
                (None, false) => {
                    keys.insert(key.to_owned(), name.span());
                }
            }
            let start = first.get_or_insert((name.span(), key.to_owned()));
            if name.span().start < start.0.start {
                *start = (name.span(), key.to_owned());
            }
        }
        if let Some((range, name)) = first {
            let place = self.span(range);
            let more = match keys.len() {
                0 | 1 => String::new(),
                count => format!(", with {} wordings in all,", count),
            };
            let message = format!("`{name}`{more} stands outside of the editions' tables");
            self.diagnostics.push(
                Diagnostic::error(Code::MissingString, place, message)
                    .help("put it below `[hant]` or `[hans]`, a table of them as `[hant.…]`"),
            );
        }
        keys.into_keys().collect()
    }

    /// Compares a table with what must be there: reports what is misspelt, or
    /// named by nobody, and gives what is missing.
    fn compare(
        &mut self,
        table: &Table,
        needed: &BTreeSet<String>,
        outside: &BTreeSet<String>,
        told: &mut BTreeMap<String, Vec<Range<usize>>>,
    ) -> Vec<String> {
        let missing = needed.iter().filter(|key| !table.keys.contains_key(*key));
        let missing: BTreeSet<&str> =
            missing.filter(|key| !outside.contains(*key)).map(String::as_str).collect();
        let asked = |key: &str| needed.contains(key) || self.named.has(key);
        let idle: BTreeSet<&str> =
            table.keys.keys().map(String::as_str).filter(|key| !asked(key)).collect();
        let mut missing =
            items(&missing, |first| needed.iter().filter(|key| is_in(key, first)).count());
        for (item, leaves) in
            items(&idle, |first| table.keys.keys().filter(|key| is_in(key, first)).count())
        {
            if Script::from_id(&item).is_some() {
                continue;
            }
            let place = leaves.first().and_then(|key| table.keys.get(*key)).cloned();
            let place = place.unwrap_or_else(|| table.head.clone());
            let meant = missing.keys().find(|key| same_leaves(&missing[*key], &leaves));
            let meant = meant
                .map(String::as_str)
                .or_else(|| like(&item, missing.keys().map(String::as_str)));
            match meant.map(str::to_owned) {
                Some(meant) => {
                    missing.remove(&meant);
                    if meant == item {
                        let message = format!("`{item}` is not what it is in other editions");
                        let wrong = Diagnostic::error(Code::WrongType, self.span(place), message);
                        self.diagnostics.push(wrong.help("it is a wording, or a table of some"));
                        continue;
                    }
                    let message =
                        format!("no wording is called `{item}`, and `{meant}` is missing");
                    let wrong = Diagnostic::error(Code::MissingString, self.span(place), message);
                    self.diagnostics.push(wrong.help(format!("did you mean `{meant}`?")));
                }
                None => told.entry(item).or_default().push(place),
            }
        }
        missing.into_keys().collect()
    }

    /// What nobody asks for, each once for all tables that have it.
    fn idle(&mut self, told: &BTreeMap<String, Vec<Range<usize>>>) {
        let names: Vec<String> = told.keys().map(|item| format!("`{item}`")).collect();
        let several = told.len() >= SEVERAL;
        let shown = if several { 1 } else { told.len() };
        for (name, places) in names.iter().zip(told.values()).take(shown) {
            let message = match several {
                true => format!(
                    "nothing shows the wordings {} and {} more",
                    names[..SEVERAL - 1].join(", "),
                    told.len() + 1 - SEVERAL
                ),
                false => format!("nothing shows the wording {name}"),
            };
            let mut places = places.iter().map(|place| self.span(place.clone()));
            let Some(first) = places.next() else { continue };
            let idle = Diagnostic::warning(Code::IdleString, first, message);
            let idle = places.fold(idle, |idle, place| idle.related(place, "here too"));
            self.diagnostics.push(idle.help("take it out, or name it in a template"));
        }
    }

    /// What is missing, each once for all tables that lack it; of a table that
    /// lacks a lot, how much.
    fn missing(&mut self, missing: &BTreeMap<String, Vec<&str>>, tables: &[Table]) {
        let mut by_tables: BTreeMap<&[&str], Vec<&str>> = BTreeMap::new();
        for (item, lacking) in missing {
            by_tables.entry(lacking).or_default().push(item);
        }
        for (lacking, items) in by_tables {
            let head = tables.iter().find(|table| lacking.contains(&table.name));
            let place = self.span(head.map_or(0..0, |table| table.head.clone()));
            let names = lacking.join("]` and `[");
            let several = items.len() >= SEVERAL;
            let shown = if several { 1 } else { items.len() };
            for item in items.iter().take(shown) {
                let message = match several {
                    true => {
                        format!("`{item}` and {} more are missing in `[{names}]`", items.len() - 1)
                    }
                    false => format!("`{item}` is missing in `[{names}]`"),
                };
                let mut lost = Diagnostic::error(Code::MissingString, place, message);
                if let Some(span) = self.named.keys.get(*item).filter(|_| !several) {
                    lost = lost.related(*span, "named here");
                }
                self.diagnostics.push(lost.help(HELP));
            }
        }
    }
}

/// The tables that stand within an edition's, by the default theme.
fn inner_tables() -> BTreeSet<String> {
    let default: toml::Table =
        include_str!("../../../themes/default/strings.toml").parse().unwrap_or_default();
    let editions = default.values().filter_map(toml::Value::as_table).flatten();
    editions.filter(|(_, value)| value.is_table()).map(|(name, _)| name.clone()).collect()
}

/// Keys by what is told of them: a table of which all is there, or a single key.
fn items<'a>(
    keys: &BTreeSet<&'a str>,
    whole: impl Fn(&str) -> usize,
) -> BTreeMap<String, Vec<&'a str>> {
    let mut items: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for key in keys {
        let first = key.split('.').next().unwrap_or(key);
        let own = keys.iter().filter(|key| is_in(key, first)).count();
        let item = if own > 0 && own == whole(first) { first } else { key };
        items.entry(item.to_owned()).or_default().push(key);
    }
    items
}

fn is_in(key: &str, table: &str) -> bool {
    key.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether tables of two names hold wordings of the same names.
fn same_leaves(one: &[&str], other: &[&str]) -> bool {
    let leaf = |key: &&str| key.split_once('.').map(|(_, leaf)| leaf.to_owned());
    let one: Option<Vec<String>> = one.iter().map(leaf).collect();
    one.is_some_and(|one| !one.is_empty() && other.iter().map(leaf).eq(one.into_iter().map(Some)))
}
