//! `tongwen check` on a site with one of each thing to find, in every format.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

use support::{files, root, sha256, small_site};
use tongwen::check::{Checked, check};
use tongwen::diagnostic::{self, Code, Place, Style};
use tongwen::io::read_tree;
use tongwen::pipeline::Overrides;

fn golden(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "golden/check",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, text) });
}

fn one_of_each() -> Checked {
    let tree = read_tree(&root().join("tests/golden/check/in")).unwrap();
    check(&tree, &Overrides::default())
}

#[test]
fn every_format_tells_the_same() {
    let Checked { sources, diagnostics } = one_of_each();
    let sorted = diagnostics.sorted(&sources);
    golden("human", &diagnostics.render(&sources, Style::Plain));
    let json = diagnostic::json(&sorted, &sources);
    golden("json", &json);
    let sarif = diagnostic::sarif(&sorted, &sources);
    // The version of the tool is not the test's business.
    golden("sarif", &sarif.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(parsed["diagnostics"].as_array().unwrap().len(), sorted.len());
    let parsed: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(parsed["runs"][0]["results"].as_array().unwrap().len(), sorted.len());
}

/// What stays in a text as it is written, beside Chinese, is named at its place;
/// what is escaped, code or Latin is meant.
#[test]
fn a_stray_delimiter_is_named_at_its_place() {
    let page = "-- content/pages/a.md --\n+++\ntitle = \"甲\"\n+++\n\n** 推進 **，a_b_c 2 * 3，\\*甲\\*、`*乙*`\n\n長 * 寬，**推進。**其後__乙__丙\n\n[丁*](https://example.org/*丁) ~~戊 約3~5個\n";
    let Checked { sources, diagnostics } = check(&small_site(page), &Overrides::default());
    let strays: Vec<_> = diagnostics
        .sorted(&sources)
        .into_iter()
        .filter(|one| one.code == Code::StrayEmphasis)
        .map(|one| match one.place {
            Place::Span(span) => (sources.line_column(span), sources.text(span)),
            Place::File(_) => ((0, 0), ""),
        })
        .collect();
    let right = [
        ((5, 1), "**"),
        ((5, 7), "**"),
        ((7, 3), "*"),
        ((7, 16), "__"),
        ((7, 19), "__"),
        ((9, 3), "*"),
        ((9, 30), "~~"),
    ];
    assert_eq!(strays, right);
}

#[test]
fn the_default_content_has_no_errors_and_no_warnings() {
    let Checked { sources, diagnostics } =
        check(&read_tree(&root()).unwrap(), &Overrides::default());
    let told = diagnostics.render(&sources, Style::Plain);
    assert!(!told.contains("error[") && !told.contains("warning["), "{told}");
}

/// Errors, warnings, doubts (the greatest first), labels to write, facts: what
/// there is no room for is what matters least, and is counted.
#[test]
fn what_matters_most_comes_first_and_the_rest_is_counted() {
    let mut site =
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n"
            .to_owned();
    for number in 1..=120 {
        site.push_str(&format!("[[measures]]\nnumber = \"1.{number}\"\ntext = \"建設。\"\n"));
    }
    site.push_str("-- content/pages/a.md --\n+++\ntitle = \"a\"\nscript = \"hans\"\n+++\n\n被发布的资金发放。\n\n范先生发表。油**干**火尽。面向后方。甲 * 乙\n");
    site.push_str("-- content/pages/b.md --\n+++\ntitle = \"b\"\n+++\n\n[丙](nowhere.html)\n");
    let Checked { sources, diagnostics } = check(&small_site(&site), &Overrides::default());
    let told = diagnostics.render(&sources, Style::Plain);
    let heads: Vec<&str> =
        told.lines().filter_map(|line| line.split_once("]: ")).map(|(code, _)| code).collect();
    assert_eq!(heads.len(), 100);
    let first = |code: &str| heads.iter().position(|one| *one == code);
    let order = [
        "error[broken-link",
        "warning[stray-emphasis",
        "note[several-candidates",
        "warning[missing-label",
    ];
    let places = order.map(first);
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?} {heads:?}");
    let (_, rest) = told.split_once("\nand ").unwrap();
    assert!(rest.contains("warning[missing-label]") && !rest.contains("candidates"), "{rest}");
    let ranks: Vec<&str> = told
        .lines()
        .filter_map(|line| line.trim().strip_prefix("= note: doubt "))
        .filter_map(|line| line.split(',').next())
        .collect();
    let counted: Vec<String> = (1..=ranks.len()).map(|rank| rank.to_string()).collect();
    assert!(ranks.len() > 2 && ranks == counted, "{ranks:?}");
}

/// What is written in the other script than is said: once for each document and
/// page, at what says it, and no character of it besides.
#[test]
fn a_script_that_is_contradicted_is_told_at_its_place() {
    let text = "支持金融机构参与建设，发挥优势，加强两地联系。";
    let source = format!("示范备忘录\n{text}\n");
    let area = format!(
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nsummary = \"金融\"\n[[measures]]\ntext = \"{text}\"\n"
    );
    let head = |script: &str, title: &str, file: &str| {
        format!(
            "-- content/demo/memorandum.toml --\nid = \"demo\"\n{script}title = \"{title}\"\n[numbering]\narea = \"\"\nmeasure = \"\"\n[source]\nfile = \"seeds/demo.txt\"\nsha256 = \"{}\"\n-- seeds/demo.txt --\n{file}",
            sha256(file)
        )
    };
    let page = |script: &str| {
        format!("-- content/pages/a.md --\n+++\ntitle = \"标题\"\n{script}+++\n\n{text}\n")
    };
    let traditional = "示範備忘錄\n支持金融機構參與建設，發揮優勢，加強兩地聯繫。\n";
    let said = "script = \"hant\"\n";
    let mut all = String::new();
    for (name, site) in [
        ("said", head(said, "示范备忘录", &source) + &area + &page(said)),
        ("said of the site", head("", "示范备忘录", &source) + &area + &page("")),
        ("the source alone", head("", "示範備忘錄", &source)),
        ("the content alone", head("", "示范备忘录", traditional) + &area),
    ] {
        let Checked { sources, diagnostics } = check(&small_site(&site), &Overrides::default());
        let wrong = [Code::ScriptContradicted, Code::MixedScripts, Code::DiffersFromSource];
        let told: Vec<_> = diagnostics
            .sorted(&sources)
            .into_iter()
            .filter(|one| wrong.contains(&one.code))
            .collect();
        all.push_str(&format!("{name}\n\n{}\n", diagnostic::human(&told, &sources, Style::Plain)));
    }
    golden("script-contradicted", &all);
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let site = tempfile::tempdir().unwrap();
    for (path, bytes) in files(&root().join("tests/golden/check/in")) {
        let target = site.path().join(&path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
        command.arg("--root").arg(site.path()).arg("check").args(more);
        command.output().unwrap().status.code()
    };
    assert_eq!(run(&[]), Some(1), "a broken link is an error");
    let page = site.path().join("content/pages/about.md");
    std::fs::write(&page, "+++\ntitle = \"關於\"\n+++\n").unwrap();
    assert_eq!(run(&[]), Some(0));
    assert_eq!(run(&["--format", "sarif"]), Some(0));
    assert_eq!(run(&["--deny", "warnings"]), Some(1));
}

/// What is protected is meant; the rest is told once a text, at its first place.
#[test]
fn a_text_in_both_scripts_is_told_at_its_place() {
    let more = "-- content/lexicon.toml --\nprotect = [\"头条\"]\n-- content/pages/a.md --\n+++\ntitle = \"头条與發展、發布、发布\"\n+++\n文\n";
    let Checked { sources, diagnostics } = check(&small_site(more), &Overrides::default());
    let sorted = diagnostics.sorted(&sources);
    let mixed: Vec<_> = sorted.iter().filter(|one| one.code == Code::MixedScripts).collect();
    assert_eq!(mixed.len(), 1);
    assert!(mixed[0].message.contains("has `发` of"), "{}", mixed[0].message);
    let Place::Span(span) = mixed[0].place else { panic!("it has a place") };
    assert_eq!((sources.line_column(span), sources.text(span)), ((2, 19), "发"));
}

/// Markup in a word does not hide where it stands.
#[test]
fn a_doubt_in_a_page_is_told_at_its_place() {
    let page = "-- content/pages/a.md --\n+++\ntitle = \"a\"\nscript = \"hans\"\n+++\n\n范先生发表。油**干**火尽。面向后方。\n\n被发布的资金发放。\n";
    let Checked { sources, diagnostics } = check(&small_site(page), &Overrides::default());
    let doubts: Vec<_> = diagnostics
        .sorted(&sources)
        .into_iter()
        .filter(|one| one.code == Code::SeveralCandidates)
        .map(|one| {
            let Place::Span(span) = one.place else { panic!("it has a place") };
            assert_eq!(sources.file(span.file).path, "content/pages/a.md");
            (sources.line_column(span), sources.text(span))
        })
        .collect();
    let right = [((6, 10), "干**火"), ((6, 13), "火尽"), ((8, 2), "发布")];
    assert_eq!(doubts, right);
}
