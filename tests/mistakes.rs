//! What authors are told: each mistake at its place, with what to do.
//!
//! The expected texts stand in `tests/golden/mistakes/`; `CONTRIBUTING.md` tells
//! how to bless a changed one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;

use support::{mistakes, root, small_site};
use tongwen::diagnostic::{Style, human, json, sarif};
use tongwen::io::read_tree;
use tongwen::pipeline::{Loaded, Overrides, load};
use tongwen::source::{Entry, MAX_FILE_SIZE, Tree};

fn check(name: &str, more: &str) {
    let tree = small_site(more);
    leave(name, &tree);
    golden(name, &mistakes(&tree));
}

/// Leaves the files for `tests/schemas/run`, with what they were told.
fn leave(name: &str, tree: &Tree) {
    let folder = root().join("target/mistakes").join(name);
    let Loaded { sources, diagnostics, .. } = load(tree, &Overrides::default());
    for (path, entry) in tree.below("content/") {
        let Entry::Bytes(bytes) = entry else { continue };
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::write(folder.join("told.json"), json(&diagnostics.sorted(&sources), &sources)).unwrap();
}

fn golden(name: &str, told: &str) {
    insta::with_settings!({
        snapshot_path => "golden/mistakes",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, told) });
}

#[test]
fn one_run_lists_twelve_mistakes_of_five_files() {
    let tree = read_tree(&root().join("tests/golden/twelve-mistakes/in")).unwrap();
    let told = mistakes(&tree);
    assert_eq!(told.matches("error[").count(), 12);
    golden("twelve-mistakes", &told);
}

#[test]
fn a_site_without_mistakes_is_told_nothing() {
    assert_eq!(mistakes(&small_site("")), "");
}

#[test]
fn toml_syntax() {
    check(
        "toml-syntax",
        "-- content/demo/01-finance.toml --\nid = \"finance\"\ntitle = \"金融\nnumber = 1\n",
    );
}

#[test]
fn missing_fields() {
    check(
        "missing-field",
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\n\n[[measures]]\nnumber = \"1.1\"\n",
    );
}

#[test]
fn wrong_types() {
    check(
        "wrong-type",
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = \"一\"\ntitle = [\"金融\"]\n[[measures]]\nnumber = 1.1\ntext = \"合作。\"\nrelated = \"1.1\"\n",
    );
}

#[test]
fn unknown_key_with_a_suggestion() {
    check(
        "unknown-key",
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\nsumary = \"提要。\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"合作。\"\nzzz = 1\n",
    );
}

#[test]
fn duplicate_ids_and_numbers() {
    check(
        "duplicate",
        "-- content/demo/02-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"教育\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"合作。\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"交流。\"\n",
    );
}

#[test]
fn gaps_in_numbering_and_bad_numbers() {
    check(
        "gap-in-numbering",
        "-- content/demo/02-education.toml --\nid = \"education\"\nnumber = 3\ntitle = \"教育\"\n[[measures]]\nnumber = \"3.2\"\ntext = \"合作。\"\n[[measures]]\nnumber = \"3.4\"\ntext = \"交流。\"\n",
    );
    check(
        "bad-number",
        "-- content/demo/02-education.toml --\nid = \"education\"\nnumber = 2\ntitle = \"教育\"\n[[measures]]\nnumber = \"4.1\"\ntext = \"合作。\"\n[[measures]]\nnumber = \"2.02\"\ntext = \"交流。\"\n-- content/demo/03-zero.toml --\nid = \"zero\"\nnumber = 0\ntitle = \"零\"\n",
    );
}

#[test]
fn bad_ids_and_colliding_addresses() {
    check(
        "bad-id",
        "-- content/demo/02-full.toml --\nid = \"full\"\nnumber = 2\ntitle = \"教育\"\n-- content/demo/03.toml --\nid = \"健康 產業\"\nnumber = 3\ntitle = \"健康\"\n-- content/pages/search.md --\n+++\ntitle = \"搜尋\"\n+++\n-- content/pages/About us.md --\n+++\ntitle = \"關於\"\n+++\n-- content/versions/memorandum.toml --\nid = \"versions\"\ntitle = \"備忘錄\"\nsigned = 2021-11-29\n",
    );
}

#[test]
fn unknown_references() {
    check(
        "unknown-reference",
        "-- content/pages/about.md --\n+++\ntitle = \"關於\"\n+++\n見[金融](area:demo/fiance)、[措施](measure:1.1)、[措施](measure:demo/1.2)、\n[機構](entity:hkex)及[本頁](page:abot)。\n-- content/demo/02-education.toml --\nid = \"education\"\nnumber = 2\ntitle = \"教育\"\n[[measures]]\nnumber = \"2.1\"\ntext = \"合作。\"\nrelated = [\"1.1\", \"1.1\", \"2.1\", \"9.9\", \"other/1.1\"]\n",
    );
}

#[test]
fn documents_that_follow_each_other_wrongly() {
    let document = |id: &str, more: &str| {
        format!(
            "-- content/{id}/memorandum.toml --\nid = \"{id}\"\ntitle = \"協議\"\n{more}\n-- content/{id}/01-rules.toml --\nid = \"rules\"\ntitle = \"規則\"\n[[measures]]\ntext = \"合作。\"\n"
        )
    };
    let measure = "amends = [\"demo/1.1\", \"gone/1.1\", \"last/1.1\"]\n";
    let documents = [
        document("first", "continues = \"third\""),
        document(
            "second",
            "continues = \"first\"\namends = [\"demo\", \"demo/1.2\", \"dmeo\", \"demo\"]",
        ),
        document("third", "continues = \"second\""),
        document("fourth", "continues = \"fourth\""),
        document("fifth", "continues = \"second/1.1\""),
        document("last", "continues = \"third\"\namends = [\"last\"]") + measure,
    ];
    check("documents-that-follow", &documents.concat());
}

/// Each suggestion searches all names, so what nobody reads has none: the cost of
/// mistakes does not grow with the square of their number.
#[test]
fn suggestions_end_where_nobody_reads_them() {
    let page = "-- content/pages/about.md --\n+++\ntitle = \"關於\"\n+++\n".to_owned()
        + &"[措施](measure:demo/1.2)\n\n".repeat(300)
        + &"[金融](area:demo/fiance)\n\n".repeat(300);
    let tree = small_site(&page);
    let Loaded { sources, diagnostics, .. } = load(&tree, &Overrides::default());
    let sorted = diagnostics.sorted(&sources);
    assert_eq!(sorted.len(), 600);
    let suggested = |one: &&&tongwen::diagnostic::Diagnostic| !one.help.is_empty();
    assert_eq!(sorted.iter().filter(suggested).count(), 100);
    assert!(sorted[..100].iter().all(|one| one.help == ["did you mean `demo/1.1`?"]));
}

const VERIFIED: &str = "-- content/demo/memorandum.toml --\nid = \"demo\"\ntitle = \"示範備忘錄\"\nsigned = 2021-11-29\n[source]\nfile = \"seeds/demo.txt\"\nsha256 = \"HASH\"\n";

fn verified(source: &str) -> String {
    use sha2::{Digest, Sha256};
    let hash: String = Sha256::digest(source).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-- seeds/demo.txt --\n{source}", VERIFIED.replace("HASH", &hash))
}

#[test]
fn a_source_document_that_is_missing_or_changed() {
    let hash = "0".repeat(64);
    let missing = VERIFIED.replace("HASH", &hash).replace("demo.txt", "dmeo.txt");
    check("missing-source", &format!("{missing}-- seeds/demo.txt --\n示範\n"));
    let changed = VERIFIED.replace("HASH", &hash);
    check(
        "source-changed",
        &format!(
            "{changed}-- seeds/demo.txt --\n示範備忘錄\n一、金融\n1. 支持金融機構參與建設。\n"
        ),
    );
}

#[test]
fn a_text_that_differs_from_its_source() {
    check(
        "differs-from-source",
        &verified("示範備忘錄\n\n一、金融\n1. 支持金融機構\n參加建設。\n"),
    );
    check("source-ends", &verified("示範備忘錄\n一、金融\n1. 支持金融機構\n"));
    check(
        "source-left-over",
        &verified("示範備忘錄\n一、金融\n1. 支持金融機構參與建設。\n2. 推動合作。\n"),
    );
}

/// The first and the last character count like any other.
#[test]
fn one_character_left_over_on_either_side_is_told() {
    let whole = "示範備忘錄一、金融1.支持金融機構參與建設。";
    assert_eq!(mistakes(&small_site(&verified(whole))), "");
    for (source, words) in [
        (format!("{whole}又"), "the source document goes on after the last text: `又…`"),
        (format!("又{whole}"), "where the source document has `又示範備忘錄一、`"),
        (whole.replace('。', ""), "the text has `。` where the source document ends"),
        (whole.replace('示', ""), "the text has `示範備忘錄` where the source document has `範"),
    ] {
        let said = mistakes(&small_site(&verified(&source)));
        assert!(said.contains(words) && said.matches("error[").count() == 1, "{source}: {said}");
    }
}

/// Both meet again where six characters agree, however short the pieces are that
/// these belong to; fewer that agree by chance are not taken for it.
#[test]
fn one_difference_between_short_pieces_is_one_message() {
    let texts = ["甲乙。", "丙丁。", "戊己庚辛壬癸。", "甲乙丙。", "丁。"];
    let measures = (1..).zip(texts).map(|(number, text)| {
        format!("[[measures]]\nnumber = \"1.{number}\"\ntext = \"{text}\"\n")
    });
    let area = format!(
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n{}",
        measures.collect::<String>()
    );
    let whole = "示範備忘錄一、金融1.甲乙。2.丙丁。3.戊己庚辛壬癸。4.甲乙丙。5.丁。";
    let said = |source: &str| mistakes(&small_site(&format!("{area}{}", verified(source))));
    assert_eq!(said(whole), "");
    for (from, to, count) in [
        // One of either side, or both, at the beginning, inside and at the end.
        ("丙丁。3", "丙子。3", 1),
        ("丙丁。3", "丙。3", 1),
        ("丙丁。3", "丙丁丑。3", 1),
        ("5.丁。", "5.子。", 1),
        ("5.丁。", "5.子丁。", 1),
        // What agrees by chance: 甲乙 stands there again, and so does 丙.
        ("1.甲乙。2.丙丁。", "1.子甲乙丑丙丁寅卯。2.丙丁。", 1),
        // Six characters lie between two differences, and five.
        ("戊己庚辛壬癸。4.甲乙丙。5", "子己庚辛壬癸。丑.甲乙丙。5", 2),
        ("戊己庚辛壬癸。4.甲乙丙。5", "子己庚辛壬癸丑4.甲乙丙。5", 1),
    ] {
        let said = said(&whole.replace(from, to));
        assert_eq!(said.matches("error[").count(), count, "{to}: {said}");
    }
    // What stands there beside is shown up to where both meet, be it near the end.
    let more = said(&whole.replace("5.丁。", "5.（略）丁。"));
    assert!(more.contains("the source document has `（略）` more here"), "{more}");
}

#[test]
fn a_difference_does_not_hide_the_next_one() {
    let more = verified(
        "示範備忘錄\n一、金融\n1. 支持金融機構參加建設。\n二、教育\n1. 鼓勵兩地高等院校開展師生交流。\n2. 支持高校通過規定的方式擴大招生。\n",
    );
    let area = "-- content/demo/02-education.toml --\nid = \"education\"\nnumber = 2\ntitle = \"教育\"\n[[measures]]\nnumber = \"2.1\"\ntext = \"鼓勵兩地高等院校開展師生交流。\"\n[[measures]]\nnumber = \"2.2\"\ntext = \"支持高校通過規定的方式擴大招收。\"\n";
    check("two-differences", &format!("{more}{area}"));
}

#[test]
fn unknown_theme_engine_edition_and_provenance() {
    check(
        "unknown-names",
        "-- content/site.toml --\ntitle = { hans = \"示范\", provenance = \"oficial\" }\ndescription = { hant = \"示範。\", hans = \"示范。\", provenance = \"offical\" }\nbase_url = \"/docs/\"\ntheme = \"papper\"\nengine = \"openc\"\neditions = [\"hant\", \"en\"]\ndefault_edition = \"zh\"\n-- themes/paper/strings.toml --\n",
    );
}

#[test]
fn template_errors_name_the_template_and_the_page() {
    check(
        "template-syntax",
        "-- themes/default/templates/page.html --\n<p>{{ title }</p>\n-- themes/default/templates/home.html --\n{% if %}\n",
    );
    check(
        "template-rendering",
        "-- themes/default/templates/home.html --\n<p>繁體 {{ titel }}</p>\n",
    );
    check(
        "template-parent",
        "-- themes/default/templates/home.html --\n{% extends \"bse.html\" %}\n",
    );
    check(
        "template-linking",
        "-- themes/default/templates/home.html --\n{% extends \"base.html\" %}\n{% block mian -%}\n{{ title | nosuchfilter }}{{ nothing() }}\n{% endblock -%}\n-- themes/default/templates/page.html --\n<p>{% include \"nowhere.html\" %}</p>\n",
    );
    check(
        "template-circle",
        "-- themes/default/templates/home.html --\n{# 首頁 #}\n{% extends \"page.html\" %}\n-- themes/default/templates/page.html --\n{% extends \"home.html\" %}\n",
    );
}

#[test]
fn entities_that_cannot_be() {
    check(
        "entities",
        "-- content/entities.toml --\n[[entities]]\nid = \"hkex\"\nkind = \"organization\"\nname = \"香港交易所\"\n[[entities]]\nid = \"zone\"\nkind = \"place\"\nname = \"自貿試驗區\"\naliases = [\"自貿區\", \"自貿試驗區\", \"\"]\nblock = [\"自貿港\", \"自貿區\"]\n-- content/entities/more.toml --\n[[entities]]\nid = \"zone\"\nkind = \"topic\"\nname = \"自貿區\"\n[[entities]]\nid = \"index\"\nkind = \"topic\"\nname = \" \"\nlinks = [{ title = \"官網\", url = \"www.example.org\" }]\n",
    );
}

#[test]
fn wording_that_a_theme_lacks_and_that_nobody_names() {
    let path = "themes/default/strings.toml";
    let text = std::fs::read_to_string(support::root().join(path)).unwrap();
    let (hant, hans) = text.split_once("\n[hans]\n").unwrap();
    let without = |text: &str, names: &[&str]| -> String {
        let gone = |line: &&str| !names.iter().any(|name| line.starts_with(&format!("{name} =")));
        text.lines().filter(gone).map(|line| format!("{line}\n")).collect()
    };
    let hans = without(hans, &["permalink", "measure_named", "hant", "hans"]);
    let hant = without(hant, &["permalink", "copy"]).replacen(
        "[hant]\n",
        "[hant]\nmore = \"更多\"\ncoppy = \"複製\"\n",
        1,
    );
    check("missing-string", &format!("-- {path} --\n{hant}\n[hans]\n{hans}"));
    // Tables that lack a lot are one mistake, not one for each key.
    check(
        "empty-strings",
        &format!("-- {path} --\n{text}").replace("\n[hans]\n", "\n[hans]\n[hand]\n"),
    );
}

#[test]
fn lexicon_rules_that_contradict_or_change_lengths() {
    check(
        "lexicon",
        "-- content/lexicon.toml --\nprotect = [\"資訊局\", \"\"]\n[[rules]]\nhant = \"資訊局\"\nhans = \"信息局\"\n[[rules]]\nhant = \"甲\"\nhans = \"\"\n[[rules]]\nhant = \"計程車\"\nhans = \"出租车\"\n[[rules]]\nhant = \"的士\"\nhans = \"出租车\"\ninto = \"hans\"\n[[rules]]\nhant = \"出租汽車\"\nhans = \"出租车\"\n",
    );
}

#[test]
fn bytes_that_are_not_utf8_and_files_too_large_to_be_meant() {
    let mut tree = small_site("");
    tree.insert("content/pages/about.md", b"+++\ntitle = \"\xe9\x97\x9c\xff\"\n+++\n".to_vec());
    tree.files.insert("content/pages/big.md".to_owned(), Entry::TooLarge(MAX_FILE_SIZE + 1));
    tree.insert("content/pages/notes.txt", b"?".to_vec());
    golden("bad-files", &mistakes(&tree));
}

#[test]
fn a_folder_without_a_site_or_a_memorandum() {
    let tree =
        support::tree("-- content/demo/01.toml --\nid = \"a\"\nnumber = 1\ntitle = \"金融\"\n");
    golden("missing-files", &mistakes(&tree));
}

#[test]
fn pages_without_front_matter_and_with_chinese_inside_html() {
    check(
        "pages",
        "-- content/pages/a.md --\n沒有前言\n-- content/pages/b.md --\n+++\ntitle = \"乙\"\n+++\n\n<div title=\"繁體\">\n文字\n</div>\n\n<p lang=\"zh-Hans-CN\">简体</p>\n\n## 標題 {#題}\n\n## 標題 {#a}\n\n## 標題 {#a}\n",
    );
}

#[test]
fn links_to_headings_that_are_not_there_or_not_one() {
    check(
        "headings",
        "-- content/pages/a.md --\n+++\ntitle = \"甲\"\n+++\n\n## 權利\n\n### 例\n\n## 權力\n\n## Main\n\n## 附則 {#fu .wide style=color:red onclick=x}\n\n見[甲](#fu)。\n-- content/pages/b.md --\n+++\ntitle = \"乙\"\n+++\n\n[一](page:a#li)、[二](page:a#lii)、[三](page:a#權利)、[四](page:a#)、[五](page:b#li)、[六](page:c#li)。\n",
    );
}

#[test]
fn markdown_of_other_kinds_is_not_shown_as_it_is_written() {
    check(
        "unsupported-markdown",
        "-- content/pages/a.md --\n+++\ntitle = \"甲\"\n+++\n\n[TOC]\n\n- [ ] 一\n- [x] 二\n\n> [!NOTE]\n> 注意\n\n::: tip\n注意\n:::\n\n#標題\n\n[[乙]]、[文][無]、[文](a b.html)、==三==、x^2^、$x_1$、$$y$$、{{ title }}、{% if %}。\n\n| 甲 | 乙 |\n| 一 | 二 |\n\n`[[code]]`、\\[文][無]、由$500萬至$800萬、a == b、[1]、[二]（三）、3^2，\\#標題\n\n    [TOC] {{ code }}\n",
    );
}

#[test]
fn official_wording_with_other_sentences() {
    check(
        "sentence-count",
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = { hant = \"支持建設。推動合作。\", hans = \"支持建设，推动合作。\", provenance = \"official\" }\n",
    );
}

#[test]
fn control_characters_do_not_reach_the_terminal_or_the_pages() {
    check(
        "control-characters",
        "-- content/site.toml --\ntitle = \"示\\u001b[31m範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n\"a\\u001bb\" = 1\n",
    );
    check(
        "noncharacters",
        "-- content/site.toml --\ntitle = \"示\\uFFFE範\"\ndescription = \"示範。\u{fdd0}\"\nbase_url = \"https://example.org/\"\n-- content/pages/about.md --\n+++\ntitle = \"關於\"\n+++\n\n本\u{1fffe}站。\n",
    );
}

/// A hundred in full, the errors first; of the rest a count by code. A code host
/// gets them all.
#[test]
fn of_many_mistakes_a_hundred_are_shown_and_the_rest_are_counted() {
    let mut site =
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n"
            .to_owned();
    for _ in 0..1000 {
        site.push_str("[[measures]]\nnumber = \"一\"\ntext = \"建設。\"\nlabl = \"\"\n");
    }
    site.push_str("-- content/lexicon.toml --\nprotect = [\"\"]\n");
    let Loaded { sources, diagnostics, .. } = load(&small_site(&site), &Overrides::default());
    let told = diagnostics.render(&sources, Style::Plain);
    assert_eq!(told.lines().filter(|line| line.starts_with("error[")).count(), 100);
    let (_, rest) = told.split_once("\nand 1901 more").unwrap();
    golden("many", rest);
    let all = json(&diagnostics.sorted(&sources), &sources);
    assert_eq!(all.matches("\"severity\": \"error\"").count(), 2001);
    assert!(all.contains("\"line\": 4003"));
}

/// Neither the lines shown nor the values named grow with what stands in a file.
#[test]
fn a_long_line_is_shown_round_the_mistake_and_a_long_value_is_cut() {
    let names = vec!["[\"湖北自貿試驗區\"]"; 1999].join(", ");
    let long = "長".repeat(100_000);
    let site = format!(
        "-- content/entities.toml --\n[[entities]]\nid = \"zone\"\nkind = \"{long}\"\nname = \"自貿區\"\n[[entities]]\nid = \"area\"\nkind = \"place\"\nname = \"片區\"\naliases = [{names}]\n"
    );
    let Loaded { sources, diagnostics, .. } = load(&small_site(&site), &Overrides::default());
    let sorted = diagnostics.sorted(&sources);
    assert_eq!(sorted.len(), 2000);
    for machine in [json(&sorted, &sources), sarif(&sorted, &sources)] {
        assert!(machine.len() < 3000 * sorted.len(), "{}", machine.len() / sorted.len());
    }
    let few = [sorted[0], sorted[1], sorted[1000], sorted[1999]];
    golden("long-lines", &human(&few, &sources, Style::Plain));
}

/// Whatever is looked up for each mistake, as its line, is not counted anew from
/// the file's start: else this takes minutes.
#[test]
fn twenty_thousand_mistakes_take_no_longer_than_their_number() {
    let mut site =
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n"
            .to_owned();
    for number in 1..=20_000 {
        let measure =
            format!("[[measures]]\nnumber = \"1.{number}\"\ntext = \"建設。\"\nlabl = 1\n");
        site.push_str(&measure);
    }
    let tree = small_site(&site);
    let began = std::time::Instant::now();
    let Loaded { sources, diagnostics, .. } = load(&tree, &Overrides::default());
    let sorted = diagnostics.sorted(&sources);
    let machine = json(&sorted, &sources).len() + sarif(&sorted, &sources).len();
    let told = human(&sorted, &sources, Style::Plain);
    assert!(sorted.len() == 20_000 && machine < 60_000_000 && told.len() < 40_000);
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn what_drives_a_terminal_is_spelt_out_in_lines_paths_and_values() {
    let told = mistakes(&small_site(
        "-- content/demo/0\u{1b}[2J.toml --\nid = \"a\u{202e}b\u{9b}\" # \u{7f}\u{85}\n-- content/\u{9b}.txt --\n",
    ));
    assert!(told.chars().all(|c| c == '\n' || !c.is_control()), "{told:?}");
    assert!(
        told.contains("content/demo/0\\u{1b}[2J.toml") && told.contains("a\\u{202e}b"),
        "{told}"
    );
    let Loaded { sources, diagnostics, .. } =
        load(&small_site("-- content/\u{9b}.txt --\n"), &Overrides::default());
    let machine = json(&diagnostics.sorted(&sources), &sources);
    assert!(machine.contains("content/\\u009b.txt"), "{machine}");
}
