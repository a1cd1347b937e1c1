//! The layers of `ARCHITECTURE.md`: each module imports only those above it, none
//! knows what the table says it must not, and none goes in a circle with another.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
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

/// What the table's last column forbids, as code has it: a module imports only
/// those above it, so what remains are other crates, the system, and single
/// modules of a layer above.
const MUST_NOT_KNOW: [(&str, &[&str]); 16] = [
    ("source", &["toml::", "pulldown_cmark", DISK, CLOCK, ENVIRONMENT]),
    ("diagnostic", &["toml::", "pulldown_cmark", DISK, CLOCK, ENVIRONMENT]),
    ("model", &["toml::", "pulldown_cmark::Parser", DISK, CLOCK, ENVIRONMENT]),
    ("parse", &["crate::library", DISK, CLOCK, ENVIRONMENT]),
    ("script", &["model::Site", "model::Memorandum", "model::Content", DISK, CLOCK, ENVIRONMENT]),
    ("import", &["crate::library", "crate::render", ENGINE, DISK, CLOCK, ENVIRONMENT]),
    ("snapshot", &["crate::library", DISK, CLOCK, ENVIRONMENT]),
    ("library", &["tera::", ENGINE, "script::context", DISK, CLOCK, ENVIRONMENT]),
    ("data", &["tera::", "crate::render", DISK, CLOCK, ENVIRONMENT]),
    ("search", &["tera::", "crate::render", DISK, CLOCK, ENVIRONMENT]),
    ("render", &[ENGINE, "Mutex", "RwLock", DISK, CLOCK, ENVIRONMENT]),
    ("pipeline", &[ENGINE, "tera::", DISK, CLOCK, ENVIRONMENT]),
    ("check", &[ENGINE, "tera::", "diagnostic::human", DISK, CLOCK, ENVIRONMENT]),
    ("io", &["crate::parse", "crate::library", "crate::render", "crate::pipeline", ENVIRONMENT]),
    ("serve", &["tera::", "render::view", "render::theme", ENVIRONMENT]),
    ("cli", &[]),
];

/// The rules of one engine; the others are behind features.
const ENGINE: &str = "script::opencc";
const DISK: &str = "std::fs";
const CLOCK: &str = "std::time";
const ENVIRONMENT: &str = "std::env";

#[test]
fn no_layer_knows_what_it_must_not() {
    let told = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md")).unwrap();
    for (layer, _) in MUST_NOT_KNOW {
        assert!(told.contains(&format!("\n| `{layer}`")), "`{layer}` is not in the table");
    }
    let mut wrong = Vec::new();
    for (module, code) in modules() {
        let layer = module[0].as_str();
        let found = MUST_NOT_KNOW.iter().find(|(name, _)| *name == layer);
        let Some((_, forbidden)) = found else { panic!("`{layer}` is in no row") };
        let known = forbidden.iter().filter(|name| code.contains(**name));
        wrong.extend(known.map(|name| format!("{}: {name}", module.join("/"))));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_module_goes_in_a_circle_with_another() {
    let modules = modules();
    let imports: BTreeMap<&Vec<String>, BTreeSet<Vec<String>>> = modules
        .iter()
        .map(|(module, code)| {
            (module, names(module, code).filter_map(|name| home(&modules, &name)).collect())
        })
        .collect();
    assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 500, "too few imports are seen");
    let mut wrong = Vec::new();
    for module in modules.keys() {
        let mut seen: BTreeSet<&Vec<String>> = BTreeSet::new();
        let mut open: Vec<&Vec<String>> = vec![module];
        while let Some(next) = open.pop() {
            open.extend(imports[next].iter().filter(|one| *one != next && seen.insert(one)));
        }
        if seen.contains(module) {
            wrong.push(module.join("/"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "these import each other");
}

/// The code of each module by its path, without comments, tests and test modules.
fn modules() -> BTreeMap<Vec<String>, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&source).into_iter().map(Result::unwrap) {
        let below = entry.path().strip_prefix(&source).unwrap().with_extension("");
        let mut module: Vec<String> =
            below.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        module.retain(|part| part != "mod");
        let code = entry.path().extension().is_some_and(|end| end == "rs");
        let apart = ["lib", "main", "tests"].contains(&module.last().map_or("lib", String::as_str));
        if !code || apart {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
        modules.insert(module, lines.collect::<Vec<_>>().join("\n"));
    }
    modules
}

/// The paths that a module's code names, from the crate's root.
fn names(module: &[String], code: &str) -> impl Iterator<Item = Vec<String>> {
    let mut found = Vec::new();
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            // `super::super::` is found at its first.
            if !code[..at].ends_with("::") {
                paths(&code[at..], Vec::new(), &mut found);
            }
        }
    }
    let module = module.to_vec();
    found.into_iter().map(move |path| {
        let mut full = if path[0] == "crate" { Vec::new() } else { module.clone() };
        for part in path {
            match part.as_str() {
                "crate" | "self" => {}
                "super" => drop(full.pop()),
                _ => full.push(part),
            }
        }
        full
    })
}

/// Reads `a::b` or `a::{b, c::d}`, and gives what follows.
fn paths<'a>(text: &'a str, mut before: Vec<String>, found: &mut Vec<Vec<String>>) -> &'a str {
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        before.push(rest[..end].to_owned());
        rest = &rest[end..];
        let Some(after) = rest.strip_prefix("::") else { break };
        rest = after;
        let Some(mut list) = rest.strip_prefix('{') else { continue };
        loop {
            list = list.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
            match list.chars().next() {
                Some(c) if c.is_alphabetic() => list = paths(list, before.clone(), found),
                Some('_') => list = paths(list, before.clone(), found),
                _ => return list.strip_prefix('}').unwrap_or(list),
            }
            let alias = list
                .strip_prefix(" as ")
                .map(|rest| rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'));
            list = alias.unwrap_or(list);
        }
    }
    found.push(before);
    rest
}

/// The module that holds what a path names.
fn home(modules: &BTreeMap<Vec<String>, String>, path: &[String]) -> Option<Vec<String>> {
    (1..=path.len())
        .rev()
        .map(|length| path[..length].to_vec())
        .find(|one| modules.contains_key(one))
}
