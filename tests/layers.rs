//! The layers of `ARCHITECTURE.md`: each module imports only those above it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

/// From the top down.
const LAYERS: [&str; 15] = [
    "source",
    "diagnostic",
    "model",
    "parse",
    "script",
    "import",
    "snapshot",
    "library",
    "data",
    "search",
    "render",
    "pipeline",
    "check",
    "io",
    "serve",
];

#[test]
fn a_layer_imports_only_those_above_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(&source) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(&source).unwrap();
        let first = below.iter().next().map(|part| part.to_str().unwrap()).unwrap_or_default();
        let layer = first.trim_end_matches(".rs");
        if !entry.file_type().is_file() || entry.path().extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let Some(rank) = LAYERS.iter().position(|name| *name == layer) else {
            assert!(["lib", "main", "cli"].contains(&layer), "`{layer}` is in no layer");
            continue;
        };
        seen += 1;
        let text = fs::read_to_string(entry.path()).unwrap();
        for (number, line) in text.lines().enumerate() {
            for imported in imports(line) {
                let above = LAYERS.iter().position(|name| *name == imported);
                if above.is_none_or(|above| above > rank) {
                    wrong.push(format!("{}:{}: {imported}", below.display(), number + 1));
                }
            }
        }
    }
    assert!(seen > 30, "only {seen} files were looked at");
    assert_eq!(wrong, Vec::<String>::new());
}

/// The modules that a line names by `crate::`.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    code.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    })
}

#[test]
fn only_the_pipeline_the_preview_and_the_command_line_have_threads() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for layer in LAYERS.iter().filter(|layer| !["pipeline", "serve"].contains(layer)) {
        for entry in walkdir::WalkDir::new(&source).into_iter().map(Result::unwrap) {
            let below = entry.path().strip_prefix(&source).unwrap();
            let inside = below.starts_with(layer) || below == Path::new(&format!("{layer}.rs"));
            if inside && entry.file_type().is_file() {
                let text = fs::read_to_string(entry.path()).unwrap_or_default();
                assert!(
                    !text.contains("rayon") && !text.contains("thread::"),
                    "{}",
                    below.display()
                );
            }
        }
    }
}
