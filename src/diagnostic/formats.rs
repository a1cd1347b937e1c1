//! Diagnostics for machines: JSON, and SARIF for code hosts.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::source::{Sources, Span};

use super::{Code, Diagnostic, Place};

/// The version of the SARIF standard.
const SARIF: &str = "2.1.0";

/// A list of diagnostics as JSON. Lines and columns count from 1, columns in
/// characters; a place without lines is a file as a whole.
pub fn json(diagnostics: &[&Diagnostic], sources: &Sources) -> String {
    #[derive(Serialize)]
    struct List<T: Serialize> {
        diagnostics: T,
    }
    pretty(&List { diagnostics: Each(diagnostics, |one: &Diagnostic| entry(one, sources)) })
}

/// A list of which one value at a time is in memory.
struct Each<'a, F>(&'a [&'a Diagnostic], F);

impl<F: Fn(&Diagnostic) -> Value> Serialize for Each<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|one| (self.1)(one)))
    }
}

fn entry(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(span, label)| json!({ "place": place(*span, sources), "label": label }))
        .collect();
    json!({
        "severity": diagnostic.severity.name(),
        "code": diagnostic.code.name(),
        "message": diagnostic.message,
        "place": match &diagnostic.place {
            Place::Span(span) => place(*span, sources),
            Place::File(path) => json!({ "path": path }),
        },
        "label": diagnostic.label,
        "related": related,
        "notes": diagnostic.notes,
        "help": diagnostic.help,
    })
}

fn place(span: Span, sources: &Sources) -> Value {
    let (line, column) = sources.line_column(span);
    let (end_line, end_column) = sources.line_column(Span { start: span.end, ..span });
    json!({
        "path": sources.file(span.file).path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    })
}

/// A list of diagnostics as a SARIF log, so that code hosts annotate changes.
pub fn sarif(diagnostics: &[&Diagnostic], sources: &Sources) -> String {
    let mut codes: Vec<Code> = diagnostics.iter().map(|one| one.code).collect();
    codes.sort_unstable_by_key(|code| code.name());
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).collect();
    pretty(&Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: SARIF,
        runs: [Run {
            tool: json!({ "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } }),
            column_kind: "unicodeCodePoints",
            results: Each(diagnostics, |one: &Diagnostic| result(one, &codes, sources)),
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({ "id": code.name(), "fullDescription": { "text": code.meaning() } })
}

#[derive(Serialize)]
struct Log<T: Serialize> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<T>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<T: Serialize> {
    tool: Value,
    column_kind: &'static str,
    results: T,
}

fn result(diagnostic: &Diagnostic, codes: &[Code], sources: &Sources) -> Value {
    let mut text = diagnostic.message.clone();
    for line in diagnostic.notes.iter().chain(&diagnostic.help) {
        text.push('\n');
        text.push_str(line);
    }
    let location = match &diagnostic.place {
        Place::Span(span) => location(*span, sources),
        Place::File(path) => {
            json!({ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } })
        }
    };
    let index = codes.iter().position(|code| *code == diagnostic.code);
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": index,
        "level": diagnostic.severity.name(),
        "message": { "text": text },
        "locations": [location],
    });
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(span, label)| {
            let mut location = self::location(*span, sources);
            location["message"] = json!({ "text": label });
            location
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    result
}

fn location(span: Span, sources: &Sources) -> Value {
    let (line, column) = sources.line_column(span);
    let (end_line, end_column) = sources.line_column(Span { start: span.end, ..span });
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&sources.file(span.file).path) },
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    } })
}

/// A path as a relative URI reference: everything but what a path may hold
/// plainly is percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// JSON leaves some characters as they are that drive a terminal.
fn pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("strings and numbers make JSON");
    text.push('\n');
    let drives = |c: char| c.is_control() && c != '\n';
    if !text.contains(drives) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match drives(c) {
            true => escaped.push_str(&format!("\\u{:04x}", c as u32)),
            false => escaped.push(c),
        }
    }
    escaped
}
