//! Diagnostics for machines: JSON, and SARIF for code hosts.

use serde_json::{Value, json};

use crate::source::{Sources, Span};

use super::{Diagnostic, Place};

/// The version of the SARIF standard.
const SARIF: &str = "2.1.0";

/// A list of diagnostics as JSON. Lines and columns count from 1, columns in
/// characters; a place without lines is a file as a whole.
pub fn json(diagnostics: &[&Diagnostic], sources: &Sources) -> String {
    let list: Vec<Value> = diagnostics.iter().map(|one| entry(one, sources)).collect();
    pretty(&json!({ "diagnostics": list }))
}

fn entry(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(span, label)| json!({ "place": place(*span, sources), "label": label }))
        .collect();
    json!({
        "severity": diagnostic.severity.name(),
        "code": diagnostic.code,
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
    let mut codes: Vec<&str> = diagnostics.iter().map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let results: Vec<Value> = diagnostics.iter().map(|one| result(one, &codes, sources)).collect();
    pretty(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": SARIF,
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn result(diagnostic: &Diagnostic, codes: &[&str], sources: &Sources) -> Value {
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
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes.binary_search(&diagnostic.code).unwrap_or_default(),
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

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("strings and numbers make JSON");
    text.push('\n');
    text
}
