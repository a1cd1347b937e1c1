//! What no document can be, or what an author should look at: each is told once, at
//! its place, with what to do.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{sha256, tree};
use tongwen::check::{Checked, check};
use tongwen::diagnostic::{Place, Severity, Style};
use tongwen::pipeline::Overrides;
use tongwen::source::Tree;

const SITE: &str = "-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n";
const HEAD: &str = "id = \"demo\"\ntitle = \"協議\"\n";
const AREA: &str = "id = \"one\"\ntitle = \"金融\"\nsummary = \"提要。\"\n";
const MEASURE: &str = "[[measures]]\nlabel = \"短題\"\ntext = \"支持支援。\"\n";
const SOURCE: &str = "協議\n一、金融\n1.支持支援。\n";

/// A site of one document: more of its head, and its area's file.
fn site(head: &str, area: &str) -> Tree {
    tree(&format!(
        "{SITE}-- content/demo/memorandum.toml --\n{HEAD}{head}\n-- content/demo/01.toml --\n{area}-- seeds/demo.txt --\n{SOURCE}"
    ))
}

fn skipping(skip: &str) -> Tree {
    let head = format!(
        "[source]\nfile = \"seeds/demo.txt\"\nsha256 = \"{}\"\n[[source.skip]]\n{skip}\nreason = \"頁碼\"",
        sha256(SOURCE)
    );
    site(&head, &[AREA, MEASURE].concat())
}

fn twice_named() -> Tree {
    let parts = "[[parts]]\nkind = \"title\"\n[[parts]]\nkind = \"annex\"\nid = \"a\"\nmark = \"附件一\"\n[[parts]]\nkind = \"annex\"\nid = \"b\"\nmark = \"附件二\"";
    let area = |under: &str| format!("{AREA}under = \"{under}\"\n{MEASURE}");
    let mut site = site(parts, &area("a"));
    site.insert("content/demo/02.toml", area("b").into_bytes());
    site
}

/// Official in both scripts, the second source of which has a measure more.
fn longer_source() -> Tree {
    let hans = "协议\n一、金融\n1.支持支援。\n2.鼓励。\n";
    let both = |hant: &str, hans: &str| {
        format!("{{ hant = \"{hant}\", hans = \"{hans}\", provenance = \"official\" }}")
    };
    let mut site = tree(&format!(
        "{SITE}-- content/demo/memorandum.toml --\nid = \"demo\"\ntitle = {}\n[source.hant]\nfile = \"seeds/demo.txt\"\nsha256 = \"{}\"\n[source.hans]\nfile = \"seeds/hans.txt\"\nsha256 = \"{}\"\n-- content/demo/01.toml --\nid = \"one\"\ntitle = {}\nsummary = \"提要。\"\n[[measures]]\nlabel = \"短題\"\ntext = {}\n",
        both("協議", "协议"),
        sha256(SOURCE),
        sha256(hans),
        both("金融", "金融"),
        both("支持支援。", "支持支援。"),
    ));
    site.insert("seeds/demo.txt", SOURCE.as_bytes().to_vec());
    site.insert("seeds/hans.txt", hans.as_bytes().to_vec());
    site
}

fn cases() -> Vec<(&'static str, &'static str, Tree)> {
    let area = |rest: &str| [AREA, rest].concat();
    let measure = |text: &str| area(&format!("[[measures]]\nlabel = \"短題\"\n{text}\n"));
    let fields = "[[fields]]\nid = \"who\"\nname = \"負責\"";
    vec![
        (
            "a pattern without a place for the number",
            "bad-pattern",
            site("[numbering]\nmeasure = \"第條\"", &area(MEASURE)),
        ),
        (
            "a mark that fits no pattern",
            "mark-fits-no-pattern",
            site(
                "place = \"香港\"\nsigned = 2020-01-01",
                &measure("mark = \"第三\"\ntext = \"支持支援。\""),
            ),
        ),
        (
            "an item's mark out of order",
            "item-out-of-order",
            site(
                "[numbering]\nitems = \"（{一}）\"",
                &measure("text = \"\"\"\n甲：\n（一）乙；\n（三）丙。\"\"\""),
            ),
        ),
        (
            "a row of a measure's table with too many cells",
            "column-count-differs",
            site(
                "signed = 2020-01-01",
                &measure("text = \"\"\"\n如下：\n| 甲 | 乙 |\n| 1 | 2 | 3 |\"\"\""),
            ),
        ),
        (
            "a row of a table beside the areas with too many cells",
            "column-count-differs",
            site(
                "[[parts]]\nkind = \"title\"\n[[parts]]\nkind = \"areas\"\n[[parts]]\nkind = \"table\"\nrows = [[\"甲\"], [\"1\", \"2\"]]",
                &area(MEASURE),
            ),
        ),
        (
            "a row that is a measure, with a cell of no column",
            "column-count-differs",
            site(
                fields,
                &area(&format!(
                    "columns = [\"mark\", \"text\"]\n{MEASURE}fields = {{ who = \"甲局\" }}\n"
                )),
            ),
        ),
        ("an unknown kind", "unknown-kind", site("kind = \"aggreement\"", &area(MEASURE))),
        ("a skip that matches nothing", "bad-skip", skipping("line = \"— {1} —\"")),
        ("a skip that matches twice", "bad-skip", skipping("text = \"支\"")),
        ("an area without measures", "empty-area", site("signed = 2020-01-01", AREA)),
        ("two areas of one id in two annexes", "duplicate-id", twice_named()),
        ("a second source with another number of measures", "source-left-over", longer_source()),
        ("a site without documents", "no-documents", tree(SITE)),
    ]
}

#[test]
fn each_is_told_once_at_its_place_with_help() {
    let mut all = String::new();
    for (what, code, tree) in cases() {
        let Checked { sources, diagnostics } = check(&tree, &Overrides::default());
        let sorted = diagnostics.sorted(&sources);
        let found: Vec<_> = sorted.iter().filter(|one| one.code.name() == code).collect();
        let told = diagnostics.render(&sources, Style::Plain);
        assert_eq!(found.len(), 1, "{what}\n{told}");
        assert!(matches!(found[0].place, Place::Span(_)), "{what} stands nowhere");
        assert!(told.contains("help:"), "{what}\n{told}");
        let others =
            sorted.iter().filter(|one| one.severity == Severity::Error && one.code.name() != code);
        assert_eq!(others.count(), 0, "{what} is told with more\n{told}");
        let own = told.split("\n\n").find(|one| one.contains(&format!("[{code}]"))).unwrap();
        all.push_str(&format!("## {what}\n\n{own}\n\n"));
    }
    insta::with_settings!({
        snapshot_path => "golden/documents",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("bad-input", all) });
}
