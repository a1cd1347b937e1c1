//! The manual's pages that are made: every field, from the schemas' declarations
//! and a sentence for each; what templates get, from the templates' own contexts.
//!
//! `UPDATE_MANUAL=1 cargo test --test manual` writes them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use support::root;
use tongwen::io::read_tree;
use tongwen::parse::fields::{Field, Shape, Table};
use tongwen::parse::schema::Kind;
use tongwen::pipeline::{self, Overrides};
use tongwen::render::Renderer;
use tongwen::source::Tree;

/// A page as it must stand there.
fn page(name: &str, text: &str) {
    let path = root().join("docs/manual/content/pages").join(name);
    if std::env::var_os("UPDATE_MANUAL").is_some() {
        fs::write(&path, text).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "run `UPDATE_MANUAL=1 cargo test --test manual`");
}

#[test]
fn every_field_is_told() {
    let told = fs::read_to_string(root().join("docs/manual/fields.toml")).unwrap();
    let told: toml::Table = told.parse().unwrap();
    let mut text = "+++\ntitle = \"每一個欄位\"\ndescription = \"內容檔案可用的全部欄位，由程式自身的聲明產生。\"\norder = 3\n+++\n\n\
        本頁由程式讀取檔案所用的同一份聲明產生，故不會遺漏。標有“必填”的欄位不可缺少。任何一段文字都可寫成[兩種字體的表](#sides)。\n"
        .to_owned();
    let mut seen = BTreeSet::new();
    for kind in Kind::ALL {
        table(kind.table(), 2, &told, &mut seen, &mut text);
    }
    table(sides(), 2, &told, &mut seen, &mut text);
    let named: BTreeSet<&str> = told.keys().map(String::as_str).collect();
    assert_eq!(named, seen, "`fields.toml` tells of tables that are not there");
    page("fields.md", &text);
}

/// The table of a text in each script.
fn sides() -> &'static Table {
    &tongwen::parse::fields::SIDES
}

fn table<'a>(
    table: &'a Table,
    level: usize,
    told: &toml::Table,
    seen: &mut BTreeSet<&'a str>,
    text: &mut String,
) {
    if !seen.insert(table.name) {
        return;
    }
    let own = told.get(table.name).and_then(toml::Value::as_table);
    let own = own.unwrap_or_else(|| panic!("`fields.toml` has no [{}]", table.name));
    let sentence = |key: &str| {
        let sentence = own.get(key).and_then(toml::Value::as_str);
        sentence.unwrap_or_else(|| panic!("[{}] has no `{key}`", table.name)).replace('|', "\\|")
    };
    let known: BTreeSet<&str> = table.fields.iter().map(|field| field.key).collect();
    let is_idle = |key: &&String| *key != "about" && !known.contains(key.as_str());
    let idle: Vec<&String> = own.keys().filter(is_idle).collect();
    assert!(idle.is_empty(), "[{}] tells of fields that are not there: {idle:?}", table.name);
    let _ = write!(
        text,
        "\n{} `{}` {{#{}}}\n\n{}。\n\n| 欄位 | 值 | 說明 |\n|---|---|---|\n",
        "#".repeat(level),
        table.name,
        table.name,
        sentence("about")
    );
    for field in table.fields {
        let needed = if field.needed { "（必填）" } else { "" };
        let only = match field.only {
            [] => String::new(),
            kinds => format!("；只用於 `{}`", kinds.join("`、`")),
        };
        let _ = writeln!(
            text,
            "| `{}` | {}{needed} | {}{only} |",
            field.key,
            shape(field).replace('|', "\\|"),
            sentence(field.key)
        );
    }
    for field in table.fields {
        if let Some(inner) = inner(field) {
            self::table(inner, 3, told, seen, text);
        }
    }
}

fn inner(field: &Field) -> Option<&'static Table> {
    match field.shape {
        Shape::Table(inner)
        | Shape::Tables(inner)
        | Shape::WordOrTable(_, inner)
        | Shape::WordsOrTables(_, inner) => Some(inner),
        _ => None,
    }
}

fn shape(field: &Field) -> String {
    let words = |words: Vec<&str>| {
        words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join("、")
    };
    match field.shape {
        Shape::Any | Shape::Filled | Shape::Pattern(_) => "字串".into(),
        Shape::Word(known) => words(known()),
        Shape::Strings => "一列字串".into(),
        Shape::Integer(_) => "整數".into(),
        Shape::Boolean => "`true`、`false`".into(),
        Shape::Date => "日期 `2021-11-29`，或 `\"2021-11\"`、`\"2021\"`".into(),
        Shape::Text => "文字".into(),
        Shape::Mark => "文字，可為空".into(),
        Shape::Texts => "一列文字".into(),
        Shape::Paragraphs => "文字（空行分段），或一列文字".into(),
        Shape::Rows => "一列行，每行一列文字".into(),
        Shape::Named => "表，其值為文字".into(),
        Shape::Marks => "標號的式樣，或一列式樣".into(),
        Shape::Table(inner) => format!("[表](#{})", inner.name),
        Shape::Tables(inner) => format!("[一列表](#{})", inner.name),
        Shape::WordOrTable(known, inner) => {
            format!("{}；或[表](#{})", words(known()), inner.name)
        }
        Shape::WordsOrTables(known, inner) => {
            format!("一列 {}；或[一列表](#{})", words(known()), inner.name)
        }
    }
}

/// The default theme's templates that pages are made with: those that others are
/// made of are no page.
fn templates() -> BTreeSet<String> {
    let folder = root().join("themes/default/templates");
    let texts: BTreeMap<String, String> = support::files(&folder)
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    let is_frame = |name: &String| {
        let extends = format!("extends \"{name}\"");
        texts.values().any(|text| text.contains(&extends))
    };
    let is_whole = |text: &String| text.contains("{% extends") || text.contains("<!doctype html>");
    let pages = texts.iter().filter(|(name, text)| is_whole(text) && !is_frame(name));
    pages.map(|(name, _)| name.clone()).collect()
}

/// So many documents have a list of several pages.
const MANY: usize = 121;

/// Sites whose pages are of all kinds between them.
fn sites() -> Vec<(Tree, Overrides)> {
    let bags = tempfile::tempdir().unwrap();
    sealed_twice(bags.path());
    let bags = tongwen::io::snapshot::bags(bags.path()).unwrap();
    let versions = tongwen::io::snapshot::versions(&bags).unwrap();
    let own = read_tree(&root()).unwrap();
    let others = support::documents().into_iter().map(|(_, tree)| tree);
    let more: String = (0..MANY)
        .map(|number| format!("-- content/d{number}/memorandum.toml --\nid = \"d{number}\"\ntitle = \"第{number}份\"\nformerly = [\"e{number}\"]\n-- content/d{number}/01-a.toml --\nid = \"a\"\ntitle = \"甲\"\n[[measures]]\ntext = \"乙。\"\n"))
        .collect();
    let many = support::small_site(&more);
    let own = (own, Overrides { versions, ..Overrides::default() });
    let others = others.chain([many]).map(|tree| (tree, Overrides::default()));
    [own].into_iter().chain(others).collect()
}

#[test]
fn what_each_template_gets_is_told() {
    let told = fs::read_to_string(root().join("docs/manual/templates.toml")).unwrap();
    let told: toml::Table = told.parse().unwrap();
    let templates = templates();
    let named: BTreeSet<String> = told.keys().map(|name| format!("{name}.html")).collect();
    assert_eq!(named, templates, "`templates.toml` has the templates that pages are made with");
    let mut names: BTreeMap<String, Option<BTreeSet<String>>> = BTreeMap::new();
    for (mut tree, overrides) in sites() {
        for template in &templates {
            let path = format!("themes/default/templates/{template}");
            let dump = format!("TEMPLATE {template} {{{{ __tera_context | safe }}}}");
            tree.insert(path, dump.into_bytes());
        }
        let site = pipeline::load(&tree, &overrides).site.unwrap();
        let renderer = Renderer::new(&site.library, &site.theme);
        let pages = pipeline::render_all(&renderer, |page| Ok(page.bytes));
        let Ok(pages) = pages else { panic!("the templates cannot be rendered") };
        for page in pages {
            let Ok(page) = String::from_utf8(page) else { continue };
            let Some(rest) = page.strip_prefix("TEMPLATE ") else { continue };
            let (template, context) = rest.split_once(' ').unwrap();
            let keys = top_level(context);
            let known = names.entry(template.to_owned()).or_default();
            *known = Some(known.take().map_or(keys.clone(), |known| &known | &keys));
        }
    }
    let all: Vec<&BTreeSet<String>> = names.values().flatten().collect();
    let common: BTreeSet<String> =
        all.iter().skip(1).fold(all[0].clone(), |common, keys| &common & *keys);
    let listed = |keys: &BTreeSet<String>| {
        keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join("、")
    };
    let mut text = format!(
        "+++\ntitle = \"模板所得的資料\"\ndescription = \"每個模板可用的名稱，由模板自身的資料產生。\"\norder = 8\n+++\n\n\
        本頁由程式渲染網站時交給每個模板的資料產生。[主題](page:themes)一頁說明如何使用。在模板內寫 `{{{{ __tera_context }}}}`，可見其全部內容。\n\n\
        ## 所有模板\n\n{}\n\n## 各個模板\n\n| 模板 | 用途 | 另有 |\n|---|---|---|\n",
        listed(&common)
    );
    for template in templates {
        let purpose = told[template.trim_end_matches(".html")].as_str().unwrap();
        let keys = names.get(&template).and_then(Option::as_ref);
        let keys = keys.unwrap_or_else(|| panic!("no page is made by `{template}`"));
        let _ = writeln!(text, "| `{template}` | {purpose} | {} |", listed(&(keys - &common)));
    }
    page("templates.md", &text);
}

/// The names in a context as Tera shows it: the keys of the outermost braces.
fn top_level(shown: &str) -> BTreeSet<String> {
    let (mut keys, mut depth, mut chars) = (BTreeSet::new(), 0, shown.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '"' => {
                let mut word = String::new();
                while let Some(c) = chars.next() {
                    match c {
                        '\\' => drop(chars.next()),
                        '"' => break,
                        c => word.push(c),
                    }
                }
                if depth == 1 && chars.peek() == Some(&':') {
                    keys.insert(word);
                }
            }
            _ => {}
        }
    }
    keys
}

/// The project's content, sealed as two versions.
fn sealed_twice(root: &std::path::Path) {
    for folder in ["content", "seeds", "static"] {
        for entry in walkdir::WalkDir::new(support::root().join(folder)) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let to = root.join(entry.path().strip_prefix(support::root()).unwrap());
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    for (version, date) in [("v1", "2024-01-01"), ("v2", "2024-02-01")] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tongwen"));
        command.current_dir(root).args(["snapshot", "seal", version, "--date", date]);
        assert!(command.output().unwrap().status.success());
    }
}
