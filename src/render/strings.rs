//! What a theme's wording consists of, as JSON Schema: the default theme's keys,
//! and which of them the program itself asks for.

use serde_json::{Map, Value, json};

use crate::model::Script;

use super::theme::keys;

/// The schema of a `strings.toml`. A theme may have keys of its own.
pub fn strings_schema() -> Value {
    let default = include_str!("../../themes/default/strings.toml");
    let default: toml::Table = default.parse().expect("the default theme's wording is TOML");
    let asked: Vec<String> = keys().collect();
    let wording = |script: Script| {
        let mut table = default.get(script.id()).map_or_else(|| json!({}), of_value);
        require(&mut table, &asked);
        (script.id().to_owned(), table)
    };
    let scripts: Map<String, Value> = Script::ALL.into_iter().map(wording).collect();
    let required: Vec<&String> = scripts.keys().collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "strings",
        "description": "The interface's wording, by hand for each script, and for an edition that differs, under the same keys",
        "type": "object",
        "required": required,
        "properties": scripts,
        "additionalProperties": { "type": "object" },
    })
}

/// Says which keys a table, and each within it, must have.
fn require(table: &mut Value, keys: &[String]) {
    let mut own: Vec<&str> = Vec::new();
    for key in keys {
        let first = key.split('.').next().unwrap_or(key);
        if !own.contains(&first) {
            own.push(first);
        }
    }
    for first in &own {
        let below = keys.iter().filter_map(|key| key.strip_prefix(first)?.strip_prefix('.'));
        let below: Vec<String> = below.map(str::to_owned).collect();
        if !below.is_empty() {
            require(&mut table["properties"][*first], &below);
        }
    }
    table["required"] = own.into();
}

fn of_value(value: &toml::Value) -> Value {
    let toml::Value::Table(table) = value else { return json!({ "type": "string" }) };
    let properties: Map<String, Value> =
        table.iter().map(|(key, value)| (key.clone(), of_value(value))).collect();
    json!({ "type": "object", "properties": properties })
}
