//! `datapackage.json`: what each file of open data is (Data Package 2.0).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::library::{DataFile, DataTable, Library, Place};
use crate::model::Kind;
use crate::snapshot::record::Origin;
use crate::source::hexadecimal;

use super::table::{Column, Type, heads, key, references};

const PACKAGE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const DIALECT: &str = "https://datapackage.org/profiles/2.0/tabledialect.json";
const SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// What a package says in words, and the files that it tells of.
pub struct Described<'a> {
    /// How long each file is, and its hash.
    pub digest: &'a dyn Fn(DataFile) -> Digest,
    /// What a column holds, by its name.
    pub column: &'a dyn Fn(&'static str) -> String,
}

/// What a package says of a file's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    bytes: usize,
    sha256: String,
}

impl Digest {
    /// Of a file.
    pub fn of(bytes: &[u8]) -> Self {
        let sha256 = hexadecimal(&Sha256::digest(bytes));
        Self { bytes: bytes.len(), sha256 }
    }
}

/// A file of the package.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: String,
    path: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: usize,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Value>,
}

/// The package of a site.
pub fn package(library: &Library, described: &Described) -> Vec<u8> {
    let default = library.editions.default_edition();
    let files = library.data_files().filter(|file| *file != DataFile::Package);
    let resources: Vec<_> = files.map(|file| resource(library, file, described)).collect();
    let mut package = json!({
        "$schema": PACKAGE,
        "name": "data",
        "title": library.title.text[default],
        "description": library.description.text[default],
        "resources": resources,
    });
    if let Some(url) = library.url(Place::Data.of(default)) {
        package["homepage"] = url.into();
    }
    let licences: Vec<Value> = (library.licences.iter())
        .map(|(title, url)| json!({ "title": title.text[default], "path": url }))
        .collect();
    if !licences.is_empty() {
        package["licenses"] = licences.into();
    }
    if let Some(sealed) = &library.sealed {
        package["version"] = sealed.name.to_string().into();
    }
    let mut bytes = serde_json::to_vec_pretty(&package).expect("its keys are strings");
    bytes.push(b'\n');
    bytes
}

fn resource(library: &Library, file: DataFile, described: &Described) -> Resource {
    let Digest { bytes, sha256 } = (described.digest)(file);
    let path = library.data_path(file);
    let path = path.strip_prefix("data/").unwrap_or(&path).to_owned();
    let plain = Resource {
        profile: RESOURCE,
        name: String::new(),
        path,
        kind: None,
        format: None,
        mediatype: "application/json",
        encoding: "utf-8",
        bytes,
        hash: ["sha256:", &sha256].concat(),
        dialect: None,
        schema: None,
    };
    match file {
        DataFile::Package => plain,
        DataFile::Document(index, form) => Resource {
            name: format!("{}-{}", library.memoranda[index].id.value, form.name()),
            mediatype: form.media_type(),
            ..plain
        },
        DataFile::Table(table) => Resource {
            name: table.name().to_owned(),
            kind: Some("table"),
            format: Some("csv"),
            mediatype: "text/csv",
            dialect: Some(json!({ "$schema": DIALECT, "lineTerminator": "\r\n" })),
            schema: Some(schema(library, table, described)),
            ..plain
        },
    }
}

fn schema(library: &Library, table: DataTable, described: &Described) -> Value {
    let fields: Vec<Value> = heads(library, table)
        .into_iter()
        .map(|(column, name)| field(library, table, column, name, described))
        .collect();
    let foreign: Vec<Value> = references(table)
        .iter()
        .map(|(column, table)| {
            let reference = json!({ "resource": table.name(), "fields": ["id"] });
            json!({ "fields": [column], "reference": reference })
        })
        .collect();
    let mut schema = json!({ "$schema": SCHEMA, "fields": fields, "primaryKey": key(table) });
    if !foreign.is_empty() {
        schema["foreignKeys"] = foreign.into();
    }
    schema
}

fn field(
    library: &Library,
    table: DataTable,
    column: Column,
    name: String,
    described: &Described,
) -> Value {
    let kind = match column.of {
        Type::Text | Type::Address | Type::Origin => "string",
        Type::Number => "integer",
        Type::Texts => "array",
    };
    let mut constraints = serde_json::Map::new();
    if column.required {
        constraints.insert("required".to_owned(), true.into());
    }
    if column.of == Type::Number {
        constraints.insert("minimum".to_owned(), 0.into());
    }
    let allowed: Option<Vec<String>> = match (column.name, table) {
        (_, _) if column.of == Type::Origin => {
            Some(Origin::ALL.map(|origin| origin.id().to_owned()).to_vec())
        }
        ("kind", DataTable::Entities) => Some(Kind::ALL.map(|kind| kind.id().to_owned()).to_vec()),
        ("edition", _) => {
            Some(library.editions.published().map(|one| one.id().to_owned()).collect())
        }
        _ => None,
    };
    if let Some(allowed) = allowed {
        constraints.insert("enum".to_owned(), allowed.into());
    }
    let mut field = json!({
        "name": name,
        "type": kind,
        "description": (described.column)(column.name),
    });
    if column.of == Type::Address {
        field["format"] = "uri".into();
    }
    if !constraints.is_empty() {
        field["constraints"] = constraints.into();
    }
    field
}
