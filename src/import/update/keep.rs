//! Lays what an editor wrote into the files of a new import: whole measures
//! that say the same, with comments and corrections; elsewhere the editor's own
//! values.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item, Table, Value};

/// Keys of an area's head that are the editor's.
const OF_AREA: [&str; 3] = ["id", "summary", "formerly"];

/// A measure's keys that are the editor's.
const OF_MEASURE: [&str; 3] = ["label", "amends", "related"];

/// The tables of an area's measures, in their order.
pub(super) fn measures(area: &mut Table) -> Vec<&mut Table> {
    let (mut own, mut of_sections) = (Vec::new(), Vec::new());
    for (key, item) in area.iter_mut() {
        let Some(tables) = item.as_array_of_tables_mut() else { continue };
        match key.get() {
            "measures" => own.extend(tables.iter_mut()),
            "sections" => {
                let within = tables.iter_mut().filter_map(|section| {
                    section.get_mut("measures").and_then(Item::as_array_of_tables_mut)
                });
                of_sections.extend(within.flat_map(|tables| tables.iter_mut()));
            }
            _ => {}
        }
    }
    own.extend(of_sections);
    own
}

/// A measure that says the same stays as it was written, but for its mark, which
/// the new text's order tells.
pub(super) fn same(new: &mut Table, old: &Table, keys: &BTreeMap<&str, &str>) {
    if old.iter().any(|(_, item)| item.is_table() || item.is_array_of_tables()) {
        editorial(new, old, keys);
        return;
    }
    let mut kept = old.clone();
    kept.set_position(new.position());
    kept.remove("number");
    let mark = |table: &Table| table.get("mark").and_then(Item::as_str).map(str::to_owned);
    if mark(new) != mark(old) {
        match new.remove("mark") {
            Some(mark) => drop(kept.insert("mark", mark)),
            None => drop(kept.remove("mark")),
        }
    }
    rename(&mut kept, keys);
    *new = kept;
}

/// The editor's values of a measure that says something else now.
pub(super) fn editorial(new: &mut Table, old: &Table, keys: &BTreeMap<&str, &str>) {
    take(new, old, &OF_MEASURE);
    rename(new, keys);
    comments(new, old);
}

/// The head of an area or document: the editor's values and all comments.
pub(super) fn head(new: &mut DocumentMut, old: &DocumentMut, own: &[&str]) {
    take(new, old, own);
    let names: Vec<String> = new.iter().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        let decor = old.key(&name).map(|key| key.leaf_decor().clone());
        if let (Some(decor), Some(mut key)) = (decor, new.key_mut(&name)) {
            *key.leaf_decor_mut() = decor;
        }
        let old = old.get(&name).and_then(Item::as_table);
        if let (Some(old), Some(table)) = (old, new.get_mut(&name).and_then(Item::as_table_mut)) {
            comments(table, old);
        }
    }
}

/// The head of an area.
pub(super) fn area(new: &mut DocumentMut, old: &DocumentMut) {
    head(new, old, &OF_AREA);
}

fn take(new: &mut Table, old: &Table, names: &[&str]) {
    for name in names {
        if let Some((key, item)) = old.get_key_value(name).filter(|(_, item)| item.is_value()) {
            new.insert_formatted(key, item.clone());
        }
    }
}

/// What stands above a table's own line, where it says something.
fn comments(new: &mut Table, old: &Table) {
    let above = old.decor().prefix().and_then(|prefix| prefix.as_str());
    if above.is_some_and(|above| above.contains('#')) {
        *new.decor_mut() = old.decor().clone();
    }
}

/// Related measures by their new keys, without those that are gone.
fn rename(measure: &mut Table, keys: &BTreeMap<&str, &str>) {
    let Some(related) = measure.get_mut("related").and_then(Item::as_array_mut) else { return };
    let names = related.iter().map(|one| one.as_str().map(str::to_owned));
    let renamed: Vec<Option<String>> = names
        .map(|name| {
            let name = name?;
            let new = || keys.get(name.as_str()).map(|new| (*new).to_owned());
            if name.contains('/') { Some(name) } else { new() }
        })
        .collect();
    let mut at = 0;
    related.retain(|_| {
        at += 1;
        renamed[at - 1].is_some()
    });
    for (one, name) in related.iter_mut().zip(renamed.into_iter().flatten()) {
        let decor = one.decor().clone();
        *one = Value::from(name);
        *one.decor_mut() = decor;
    }
    if related.is_empty() {
        measure.remove("related");
    }
}
