//! Named facts that an editor gave other ids: a new import says the ids that
//! stand, wherever it names a field. Fields are the same whose names are.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::keep;

/// For each field that a new head names otherwise, by its new id, the old one's.
pub(super) fn ids(new: &DocumentMut, old: &DocumentMut) -> BTreeMap<String, String> {
    let id = |field: &Table| field.get("id").and_then(Item::as_str).map(str::to_owned);
    let pairs = fields(new).filter_map(|field| Some((id(field)?, id(same(field, old)?)?)));
    pairs.filter(|(new, old)| new != old).collect()
}

/// A document's fields as an editor wrote them.
pub(super) fn head(new: &mut DocumentMut, old: &DocumentMut) {
    let tables = new.get_mut("fields").and_then(Item::as_array_of_tables_mut);
    for field in tables.into_iter().flat_map(|tables| tables.iter_mut()) {
        if let Some(before) = same(field, old) {
            let mut kept = before.clone();
            kept.set_position(field.position());
            *field = kept;
        }
    }
}

/// An area's columns and the fields of its measures, by the ids that stand.
pub(super) fn area(new: &mut DocumentMut, ids: &BTreeMap<String, String>) {
    let columns = new.get_mut("columns").and_then(Item::as_array_mut);
    for column in columns.into_iter().flat_map(|columns| columns.iter_mut()) {
        if let Some(id) = column.as_str().and_then(|id| ids.get(id)) {
            let decor = column.decor().clone();
            *column = Value::from(id.as_str());
            *column.decor_mut() = decor;
        }
    }
    for measure in keep::measures(new) {
        if let Some(fields) = measure.get_mut("fields").and_then(Item::as_table_like_mut) {
            rename(fields, ids);
        }
    }
}

/// The values by other keys, in their order.
fn rename(fields: &mut dyn TableLike, ids: &BTreeMap<String, String>) {
    let keys: Vec<String> = fields.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        if let Some(value) = fields.remove(&key) {
            fields.insert(ids.get(&key).unwrap_or(&key), value);
        }
    }
}

fn fields(head: &DocumentMut) -> impl Iterator<Item = &Table> {
    let tables = head.get("fields").and_then(Item::as_array_of_tables);
    tables.into_iter().flat_map(|tables| tables.iter())
}

/// The old field of the same name.
fn same<'a>(field: &Table, old: &'a DocumentMut) -> Option<&'a Table> {
    let own = names(field);
    fields(old).find(|before| names(before).iter().any(|name| own.contains(name)))
}

/// What a field is called, in whatever scripts are given.
fn names(field: &Table) -> Vec<String> {
    let plain = |name: &str| name.split_whitespace().collect::<String>();
    match field.get("name") {
        Some(name) if name.is_str() => name.as_str().map(plain).into_iter().collect(),
        Some(name) => name
            .as_table_like()
            .into_iter()
            .flat_map(|sides| sides.iter())
            .filter(|(key, _)| *key != "provenance")
            .filter_map(|(_, side)| side.as_str().map(plain))
            .collect(),
        None => Vec::new(),
    }
}
