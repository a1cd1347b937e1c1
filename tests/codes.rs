//! Every code is shown by at least one golden text: those that no other test
//! shows stand in `tests/golden/codes/`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write;
use std::fs;
use std::process::Command;

use sha2::{Digest, Sha256};
use support::{root, small_site, tree};
use tongwen::check::{Checked, check};
use tongwen::diagnostic::{Code, Style, human};
use tongwen::pipeline::Overrides;
use tongwen::source::Tree;

fn golden(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "golden/codes",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, text) });
}

/// What `check` says by each of the codes, of the site that shows it.
fn shown(cases: &[(Code, Tree)]) -> String {
    let mut text = String::new();
    for (code, tree) in cases {
        let Checked { sources, diagnostics } = check(tree, &Overrides::default());
        let all = diagnostics.sorted(&sources);
        let own: Vec<_> = all.iter().copied().filter(|one| one.code == *code).collect();
        let all = human(&all, &sources, Style::Plain);
        assert!(!own.is_empty(), "`{}` is not told:\n{all}", code.name());
        text.write_str(&human(&own, &sources, Style::Plain)).unwrap();
    }
    text
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

const HEAD: &str = "id = \"demo\"\ntitle = \"示範備忘錄\"\nsigned = 2021-11-29\n";
const AREA: &str = "id = \"finance\"\ntitle = \"金融\"\n";
const MEASURE: &str = "[[measures]]\ntext = \"支持金融機構參與建設。\"\n";

fn head(more: &str) -> Tree {
    small_site(&format!("-- content/demo/memorandum.toml --\n{HEAD}{more}"))
}

fn area(text: &str) -> Tree {
    small_site(&format!("-- content/demo/01-finance.toml --\n{text}"))
}

fn both(more: &str, text: &str) -> Tree {
    small_site(&format!(
        "-- content/demo/memorandum.toml --\n{HEAD}{more}-- content/demo/01-finance.toml --\n{text}"
    ))
}

fn page(text: &str) -> Tree {
    small_site(&format!("-- content/pages/about.md --\n+++\ntitle = \"關於\"\n+++\n{text}"))
}

/// Of a document whose areas and measures are not numbered.
const NO_MARKS: &str = "[numbering]\narea = \"\"\nmeasure = \"\"\n";

/// The default theme with another wording.
fn wording(from: &str, to: &str) -> Tree {
    let path = "themes/default/strings.toml";
    let text = std::fs::read_to_string(support::root().join(path)).unwrap();
    assert!(text.contains(from));
    small_site(&format!("-- {path} --\n{}", text.replace(from, to)))
}

/// A document with a source document.
fn sourced(source: &str, more: &str, text: &str) -> Tree {
    let more = format!(
        "{NO_MARKS}[source]\nfile = \"seeds/demo.txt\"\nsha256 = \"{}\"\n{more}",
        hash(source)
    );
    let mut site = both(&more, text);
    site.insert("seeds/demo.txt", source.as_bytes().to_vec());
    site
}

const SOURCE: &str = "示範備忘錄\n金融\n支持金融機構參與建設。\n";
const PAGE: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body><article><h1>示範備忘錄</h1><h2>金融</h2><p>支持金融機構參與建設。</p></article></body></html>";

/// A document whose source was extracted from another file.
fn extracted(name: &str, original: &str, source: &str, more: &str) -> Tree {
    let more = format!(
        "[source.original]\nfile = \"seeds/{name}\"\nsha256 = \"{}\"\n{more}",
        hash(original)
    );
    let mut site = sourced(source, &more, &format!("{AREA}{MEASURE}"));
    site.insert(format!("seeds/{name}"), original.as_bytes().to_vec());
    site
}

#[test]
fn what_is_wrong_in_a_document() {
    let parts = |more: &str| both(&format!("{more}[[parts]]\nkind = \"title\"\n"), AREA);
    golden(
        "document",
        &shown(&[
            (Code::BadDate, head("published = \"2021-13\"\n")),
            (Code::BadPattern, head("[numbering]\narea = \"第{二}章\"\n")),
            (Code::BadImage, head("image = { file = \"書.png\", alt = \"書\" }\n")),
            (Code::BadSha256, head("[source]\nfile = \"seeds/demo.txt\"\nsha256 = \"0\"\n")),
            (Code::UnknownLevel, head("[numbering]\nmeasure_within = \"page\"\n")),
            (
                Code::IdDiffersFromFolder,
                head("").also("content/demo/memorandum.toml", "demo", "other"),
            ),
            (Code::DeclaredTwice, parts("annex = \"附件\"\n")),
            (Code::DuplicatePart, parts("[[parts]]\nkind = \"title\"\n")),
            (Code::MissingPart, parts("")),
            (Code::UnknownPart, parts("[[parts]]\nkind = \"poem\"\n")),
            (Code::NamelessArea, area(&format!("id = \"finance\"\nmark = \"\"\n{MEASURE}"))),
            (Code::ReservedId, area(&format!("id = \"text\"\ntitle = \"金融\"\n{MEASURE}"))),
            (
                Code::UnknownField,
                area(&format!("{AREA}{MEASURE}[measures.fields]\ncost = \"一\"\n")),
            ),
            (
                Code::SeveralParagraphs,
                area(&format!("id = \"finance\"\ntitle = \"\"\"金融\n\n合作\"\"\"\n{MEASURE}")),
            ),
            (
                Code::LineCountDiffers,
                area(&format!(
                    "{AREA}[[measures]]\ntext = {{ hant = \"甲。\\n\\n乙。\", hans = \"甲。\" }}\n"
                )),
            ),
            (
                Code::IdleProvenance,
                area(&format!(
                    "{AREA}[[measures]]\ntext = {{ hant = \"甲。\", provenance = \"edited\" }}\n"
                )),
            ),
            (
                Code::MarkFitsNoPattern,
                both(
                    "[numbering]\narea = \"{一}、\"\n",
                    &format!("{AREA}mark = \"甲部\"\n{MEASURE}"),
                ),
            ),
            (
                Code::NoNumeral,
                both("[numbering]\nmeasure = \"{①}\"\n", &format!("{AREA}{}", MEASURE.repeat(60))),
            ),
            (
                Code::ItemOutOfOrder,
                both(
                    "[numbering]\nitems = [\"{1}.\"]\n",
                    &format!("{AREA}[[measures]]\ntext = \"\"\"如下：\n\n1.甲；\n\n3.乙。\"\"\"\n"),
                ),
            ),
            (
                Code::AreaOutOfOrder,
                small_site(&format!(
                    "-- content/demo/memorandum.toml --\n{HEAD}[[parts]]\nkind = \"title\"\n[[parts]]\nkind = \"areas\"\n[[parts]]\nkind = \"annex\"\nid = \"one\"\ntitle = \"附件\"\n-- content/demo/01-finance.toml --\n{AREA}number = 1\nunder = \"one\"\n-- content/demo/02.toml --\nid = \"trade\"\ntitle = \"商貿\"\nnumber = 2\n"
                )),
            ),
            (
                Code::ColumnCountDiffers,
                area(&format!(
                    "{AREA}columns = [\"text\"]\nheads = [\"甲\", \"乙\"]\nrows = [[\"合作。\"]]\n"
                )),
            ),
        ]),
    );
}

#[test]
fn what_is_wrong_beside_a_source_document() {
    let text = format!("{AREA}{MEASURE}");
    let source = SOURCE;
    let skip = "[[source.skip]]\nreason = \"頁碼\"\ntext = \"第一頁\"\n";
    let hans = "示范备忘录\n金融\n支持金融机构参与建设。\n";
    let second = format!(
        "{NO_MARKS}[source.hant]\nfile = \"seeds/a.txt\"\nsha256 = \"{}\"\n[source.hans]\nfile = \"seeds/b.txt\"\nsha256 = \"{}\"\n",
        hash(source),
        hash(hans)
    );
    let mut two = both(&second, &text);
    two.insert("seeds/a.txt", source.as_bytes().to_vec());
    two.insert("seeds/b.txt", hans.as_bytes().to_vec());
    golden(
        "source",
        &shown(&[
            (Code::BadSkip, sourced(source, skip, &text)),
            (Code::SkippedText, sourced(&format!("{source}第一頁\n"), skip, &text)),
            (Code::MissingOfficialText, two),
            (Code::UnknownReader, extracted("demo.pdf", "x", source, "reader = \"poppler\"\n")),
            (
                Code::MissingSource,
                extracted("demo.html", PAGE, source, "").without("seeds/demo.html"),
            ),
            (
                Code::SourceChanged,
                extracted("demo.html", PAGE, source, "").also("seeds/demo.html", "金融", "金錢"),
            ),
            (Code::ExtractedAgain, extracted("demo.html", PAGE, source, "select = \"article\"\n")),
            (Code::ExtractedOtherwise, extracted("demo.html", PAGE, source, "select = \"main\"\n")),
            (
                Code::ExtractedOtherwise,
                extracted("demo.html", &PAGE.replace("機構", "機關"), source, ""),
            ),
            (
                Code::ExtractedOtherwise,
                extracted("demo.html", PAGE, source, "encoding = \"gb18030\"\n"),
            ),
        ]),
    );
}

#[test]
fn a_reader_that_is_not_installed() {
    let site = tempfile::tempdir().unwrap();
    let tree = extracted("demo.pdf", "%PDF-1.4\n", SOURCE, "reader = \"pdftotext\"\n");
    for (path, entry) in &tree.files {
        let tongwen::source::Entry::Bytes(bytes) = entry else { panic!("{path}") };
        let path = site.path().join(path.as_ref() as &str);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    let output = command.arg("--root").arg(site.path()).arg("check").env("PATH", "").output();
    let told = String::from_utf8(output.unwrap().stderr).unwrap();
    let own = told.split("\n\n").filter(|one| one.contains(Code::NotExtracted.name()));
    golden("reader", &own.collect::<Vec<_>>().join("\n\n"));
}

#[test]
fn what_is_wrong_in_pages_and_files() {
    let file = |path: &str| small_site(&format!("-- {path} --\nx\n"));
    let long = format!("{AREA}[[measures]]\ntext = \"{}\"\n", "支持金融機構參與建設，".repeat(400));
    let rule = format!(
        "-- content/lexicon.toml --\n[[rules]]\nhant = \"中大\"\nhans = \"终大\"\n-- content/demo/01-finance.toml --\n{AREA}[[measures]]\ntext = \"其中大部分由香港提供。\"\n"
    );
    golden(
        "site",
        &shown(&[
            (Code::ActiveAddress, page("[甲](javascript:alert)\n")),
            (Code::EventAttribute, page("<p onclick=\"go()\">\n\n甲\n\n</p>\n")),
            (Code::ForeignImage, page("![圖](https://example.com/a.png)\n")),
            (Code::ForeignImage, page("<iframe src=\"https://example.com/\"></iframe>\n")),
            (Code::InlineCode, page("<script>go()</script>\n")),
            (Code::InlineCode, page("<p style=\"color:red\">\n\n甲\n\n</p>\n")),
            (Code::StrayEmphasis, page("甲**乙\n")),
            (Code::LookalikeCharacter, page("推動⼈⼯智能。\n\n**⾦融**、\u{f98d}射、⼈⼯。\n")),
            (
                Code::LookalikeCharacter,
                area(&format!(
                    "{AREA}summary = \"⾦融\"\n[[measures]]\ntext = \"支持⾦融機構。\"\n"
                )),
            ),
            (Code::UnknownFootnote, page("甲[^1]\n")),
            (
                Code::OneCharacterRule,
                small_site("-- content/lexicon.toml --\n[[rules]]\nhant = \"枱\"\nhans = \"台\"\n"),
            ),
            (Code::BackupFile, file("static/notes.txt~")),
            (Code::CollidingFile, file("static/robots.txt")),
            (Code::TwinNames, small_site("-- static/a.txt --\nx\n-- static/A.txt --\nx\n")),
            (Code::UnusableName, file("static/con.txt")),
            (Code::EmptyArea, area(AREA)),
            (
                Code::IdleTemplate,
                small_site("-- themes/default/templates/mesure.html --\n<p></p>\n"),
            ),
            (Code::IdleString, wording("\nskip =", "\nleapt = \"略\"\nskip =")),
            (Code::UnknownPlaceholder, wording("\"跳至內容\"", "\"跳至{mesure}\"")),
            (Code::LongText, area(&long)),
            (Code::LexiconNotApplied, small_site(&rule)),
            (
                Code::NoBaseUrl,
                small_site("-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\n"),
            ),
            (
                Code::NoDocuments,
                tree("-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\n"),
            ),
        ]),
    );
}

#[test]
fn what_is_wrong_in_editions_and_ids() {
    let editions = |text: &str| {
        small_site(&format!(
            "-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n{text}\n"
        ))
    };
    let many: String =
        (1..=17).map(|n| format!("[[editions]]\nid = \"tw{n}\"\nstandard = \"tw\"\n")).collect();
    golden(
        "editions",
        &shown(&[
            (Code::BadLanguage, editions("[[editions]]\nid = \"hant\"\nlang = \"english\"")),
            (Code::DuplicateEdition, editions("editions = [\"hant\", \"hant\"]")),
            (Code::TooManyEditions, editions(&many)),
            (Code::UnknownStatus, editions("status = \"offical\"")),
            (Code::BadContact, editions("contact = \"the editors\"")),
            (Code::MissingField, editions("status = \"official\"")),
            (Code::UnknownStandard, editions("[[editions]]\nid = \"tw\"\nstandard = \"taiwan\"")),
            (Code::IdleFormerId, head("formerly = [\"demo\"]\n")),
            (
                Code::IdleSearchWord,
                small_site(
                    "-- content/entities.toml --\n[[entities]]\nid = \"hkex\"\nkind = \"organisation\"\n\
                     name = \"香港交易所\"\nsearch = [\"HKEX\", \"香港交易所\", \"hkex\"]\n",
                ),
            ),
            (
                Code::MixedScripts,
                area(&format!("{AREA}[[measures]]\ntext = \"支持金融机構參與建設。\"\n")),
            ),
        ]),
    );
}

#[test]
#[cfg(not(feature = "opencc"))]
fn an_engine_that_is_not_part_of_the_program() {
    let site = "-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\nengine = \"opencc\"\n";
    golden("engine", &shown(&[(Code::EngineNotBuilt, small_site(site))]));
}

#[test]
fn a_page_that_a_phone_is_slow_to_show() {
    let told = shown(&[(Code::LargePage, page(&"甲\n\n".repeat(100_000)))]);
    // How many bytes stand round a page's text is the theme's business.
    golden("large-page", &told.replace(|c: char| c.is_ascii_digit(), "0"));
}

#[test]
fn what_is_doubtful_in_an_imported_document() {
    let folder = tempfile::tempdir().unwrap();
    support::copy_of_a_small_site(folder.path());
    let doubts = |text: &str| {
        let file = folder.path().join("document.txt");
        fs::write(&file, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
        command.arg("--root").arg(folder.path()).args(["import", "--dry-run", "--json"]);
        let output = command.arg(&file).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let doubts = report["doubts"].as_array().unwrap().clone();
        let line = |one: &serde_json::Value| {
            format!("{}: {} {}\n", one["line"], one["code"], one["message"])
        };
        doubts.iter().map(line).collect::<String>()
    };
    let mut told = String::new();
    for text in [
        "合作備忘錄\n\n雙方同意加強合作。\n\n以上。\n",
        "一、金融\n支持金融機構參與建設，並於今後繼續合作。\n二、科技\n推動科技交流。\n四、教育\n推動交流。\n",
        "合作備忘錄\n\n第二條 甲方負責。\n第三條 乙方負責。\n第四條 丙方負責。\n",
        "合作備忘錄\n\n一、甲方負責。\n二、乙方負責。\n三．丙方負責。\n",
        "合作備忘錄\n\n第一條 甲方負責。\n第二條 乙方負責。\n第三條 丙方負責。\n第二條 丁方負責。\n第三條 各方負責。\n第四條 完。\n",
        "各方同意以下事項，並將於今後數年內逐步落實有關安排。\n一、金融\n支持金融機構參與建設。\n二、科技\n推動科技交流。\n",
    ] {
        told += &doubts(text);
        told.push('\n');
    }
    golden("import", &told);
}

/// Of what cannot be shown: that OpenCC's own library fails to start.
const NOWHERE: [Code; 1] = [Code::EngineFailed];

#[test]
fn every_code_stands_in_a_golden_text() {
    let mut all = String::new();
    for folder in ["tests/golden", "tests/cli"] {
        for entry in walkdir::WalkDir::new(root().join(folder)).into_iter().map(Result::unwrap) {
            if entry.path().extension().is_some_and(|end| end == "snap" || end == "md") {
                all += &fs::read_to_string(entry.path()).unwrap();
            }
        }
    }
    let is_shown = |code: &Code| {
        all.contains(&format!("[{}]", code.name())) || all.contains(&format!("\"{}\"", code.name()))
    };
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !is_shown(code) && !NOWHERE.contains(code))
        .map(|code| code.name())
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// A tree in which one file says something else, or is not there.
trait Also {
    fn also(self, path: &str, from: &str, to: &str) -> Self;
    fn without(self, path: &str) -> Self;
}

impl Also for Tree {
    fn without(mut self, path: &str) -> Self {
        self.files.remove(path);
        self
    }

    fn also(mut self, path: &str, from: &str, to: &str) -> Self {
        let tongwen::source::Entry::Bytes(bytes) = &self.files[path] else { return self };
        let text = String::from_utf8(bytes.to_vec()).unwrap().replace(from, to);
        self.insert(path, text.into_bytes());
        self
    }
}
