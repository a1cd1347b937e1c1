//! The declared fields as JSON Schema (draft 7), for editors.
//!
//! A schema knows what can be told of one file by itself. Must not declare a field
//! of its own.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::fields::{self, Field, Shape, Table};

/// A kind of content file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `content/site.toml`.
    Site,
    /// `content/<id>/memorandum.toml`.
    Memorandum,
    /// The other files of that folder.
    Area,
    /// `content/entities.toml` and `content/entities/*.toml`.
    Entities,
    /// `content/lexicon.toml`.
    Lexicon,
    /// The front matter of `content/pages/*.md`.
    Page,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Site, Self::Memorandum, Self::Area, Self::Entities, Self::Lexicon, Self::Page];

    /// The fields of such a file.
    pub fn table(self) -> &'static Table {
        match self {
            Self::Site => &fields::SITE,
            Self::Memorandum => &fields::MEMORANDUM,
            Self::Area => &fields::AREA,
            Self::Entities => &fields::ENTITIES,
            Self::Lexicon => &fields::LEXICON,
            Self::Page => &fields::PAGE,
        }
    }
}

/// The schema of a kind of file.
pub fn schema(kind: Kind) -> Value {
    let mut definitions = BTreeMap::new();
    let mut schema = object(kind.table(), &mut definitions);
    schema.insert("$schema".to_owned(), "http://json-schema.org/draft-07/schema#".into());
    if !definitions.is_empty() {
        schema.insert("definitions".to_owned(), json!(definitions));
    }
    Value::Object(schema)
}

type Definitions = BTreeMap<&'static str, Value>;

fn object(table: &'static Table, definitions: &mut Definitions) -> Map<String, Value> {
    let mut properties = Map::new();
    for field in table.fields {
        let mut value = of_shape(field.shape, definitions);
        value["description"] = field.about.into();
        properties.insert(field.key.to_owned(), value);
    }
    let required: Vec<&str> =
        table.fields.iter().filter(|field| field.needed).map(|field| field.key).collect();
    let mut schema = Map::new();
    schema.insert("title".to_owned(), table.name.into());
    schema.insert("description".to_owned(), table.about.into());
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    schema.insert("additionalProperties".to_owned(), false.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    let rules: Vec<Value> = table.fields.iter().filter_map(of_kinds).chain(rules(table)).collect();
    if !rules.is_empty() {
        schema.insert("allOf".to_owned(), rules.into());
    }
    schema
}

/// That a field stands in tables of some kinds alone.
fn of_kinds(field: &Field) -> Option<Value> {
    let others = json!({ "properties": { field.key: false } });
    let kinds = json!({ "properties": { "kind": { "enum": field.only } } });
    (!field.only.is_empty()).then(|| json!({ "if": kinds, "else": others }))
}

fn rules(table: &Table) -> Option<Value> {
    let is_there = !table.rules.is_empty();
    is_there.then(|| serde_json::from_str(table.rules).expect("the rules of a table are JSON"))
}

fn of_shape(shape: Shape, definitions: &mut Definitions) -> Value {
    let filled = || json!({ "type": "string", "pattern": "\\S" });
    match shape {
        Shape::Any => json!({ "type": "string" }),
        Shape::Filled => json!({ "type": "string", "minLength": 1 }),
        Shape::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
        Shape::Word(words) => json!({ "enum": words() }),
        Shape::Strings => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::Integer(i64::MIN) => json!({ "type": "integer" }),
        Shape::Integer(least) => json!({ "type": "integer", "minimum": least }),
        Shape::Boolean => json!({ "type": "boolean" }),
        // As programs that read TOML hand over a date.
        Shape::Date => json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$" }),
        Shape::Text => json!({ "anyOf": [filled(), reference(&fields::SIDES, definitions)] }),
        Shape::Mark => {
            json!({ "anyOf": [{ "type": "string" }, reference(&fields::SIDES, definitions)] })
        }
        Shape::Texts => json!({ "type": "array", "items": of_shape(Shape::Text, definitions) }),
        Shape::Paragraphs => {
            let one = of_shape(Shape::Text, definitions);
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Shape::Rows => {
            let cell = of_shape(Shape::Mark, definitions);
            json!({ "type": "array", "items": { "type": "array", "items": cell } })
        }
        Shape::Named => {
            let text = of_shape(Shape::Text, definitions);
            json!({ "type": "object", "additionalProperties": text })
        }
        Shape::Marks => json!({
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
        }),
        Shape::Table(table) => json!({ "allOf": [reference(table, definitions)] }),
        Shape::Tables(table) => {
            json!({ "type": "array", "items": reference(table, definitions) })
        }
        Shape::WordsOrTables(words, table) => json!({ "anyOf": [
            { "type": "array", "items": { "enum": words() } },
            { "type": "array", "items": reference(table, definitions) },
        ] }),
        Shape::WordOrTable(words, table) => {
            json!({ "anyOf": [{ "enum": words() }, reference(table, definitions)] })
        }
    }
}

/// A table that several fields may have stands among the definitions once.
fn reference(table: &'static Table, definitions: &mut Definitions) -> Value {
    if !definitions.contains_key(table.name) {
        definitions.insert(table.name, Value::Null);
        let schema = object(table, definitions);
        definitions.insert(table.name, Value::Object(schema));
    }
    json!({ "$ref": format!("#/definitions/{}", table.name) })
}
