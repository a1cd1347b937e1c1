//! What pages say of where their words come from: by the edition, and by what was
//! really the source of what stands on the page. One site has documents in both
//! scripts, two have one source script, two have one edition.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use scraper::{Html, Selector};
use support::{Pages, page, render, render_with, small_site, tree};
use tongwen::library;
use tongwen::model::{BaseUrl, Date};
use tongwen::pipeline::{self, Overrides};
use tongwen::snapshot::{Seal, Sealed, Version, VersionName, Versions};
use tongwen::source::Tree;

/// A document of one measure, written in a script.
fn document(id: &str, head: &str, title: &str, area: &str, text: &str) -> String {
    format!(
        "-- content/{id}/memorandum.toml --\nid = \"{id}\"\ntitle = \"{title}\"\n{head}\n\
         -- content/{id}/01-one.toml --\nid = \"one\"\nnumber = 1\ntitle = \"{area}\"\n\n\
         [[measures]]\nnumber = \"1.1\"\ntext = \"{text}\"\n"
    )
}

fn traditional(text: &str) -> String {
    document("trad", "signed = 2021-11-29", "繁體備忘錄", "金融發展", text)
}

fn simplified(text: &str) -> String {
    document("simp", "script = \"hans\"\nsigned = 2022-11-29", "简体备忘录", "教育发展", text)
}

fn site(head: &str, parts: &[String]) -> Tree {
    let head = format!(
        "-- content/site.toml --\ntitle = \"示範網站\"\ndescription = \"示範。\"\n\
         base_url = \"https://example.org/\"\n{head}\n"
    );
    tree(&[head, parts.concat()].concat())
}

/// A site with a sealed version that had other documents.
fn with_version(before: &Tree, now: &Tree) -> Pages {
    let name = VersionName::parse("v1").unwrap();
    let day = Date::parse("2024-01-01").unwrap();
    let sealed = Some(Sealed { name: name.clone(), date: day });
    let pages = render_with(before, &Overrides { sealed, ..Overrides::default() });
    let loaded = pipeline::load(before, &Overrides::default()).site.unwrap();
    let version = Version {
        name,
        date: day,
        note: None,
        seal: Seal::parse(&"1".repeat(64)).unwrap(),
        previous_seal: None,
        software: "tongwen 0.1.0".to_owned(),
        base_url: BaseUrl::parse("https://example.org/").unwrap(),
        record: library::record(&loaded.library),
        pages: pages.into_keys().map(Arc::from).collect(),
    };
    let versions = Versions::new(vec![version]);
    render_with(now, &Overrides { versions, ..Overrides::default() })
}

fn texts(html: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let found = html.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
    found.iter().map(|one| one.text().collect::<String>().trim().to_owned()).collect()
}

/// The sentence of a page's notice, without the links to other editions.
fn notice(pages: &Pages, path: &str) -> String {
    let html = page(pages, path);
    let found = Html::parse_document(&html);
    let notice = found.select(&Selector::parse(".notice").unwrap()).next();
    let notice = notice.unwrap_or_else(|| panic!("`{path}` has no notice"));
    notice.children().filter_map(|node| Some(node.value().as_text()?.to_string())).collect()
}

const COMPARISON: [&str; 2] = ["hant/versions/v1..current.html", "hans/versions/v1..current.html"];

#[test]
fn a_comparison_speaks_of_what_it_compares_not_of_what_else_the_site_has() {
    let now = site("", &[traditional("支持金融。"), simplified("发展教育。")]);
    let before = site("", &[traditional("支持金融。"), simplified("支持教育。")]);
    let pages = with_version(&before, &now);
    assert_eq!(notice(&pages, COMPARISON[0]), "本頁由軟件自簡體文本轉換。");
    assert_eq!(notice(&pages, COMPARISON[1]), "本页为原文。");
    let before = site("", &[traditional("發展金融。"), simplified("发展教育。")]);
    let pages = with_version(&before, &now);
    assert_eq!(notice(&pages, COMPARISON[0]), "本頁為原文。");
    assert_eq!(notice(&pages, COMPARISON[1]), "本页由软件自繁体文本转换。");
}

#[test]
fn a_comparison_of_documents_in_both_scripts_says_which_is_which() {
    let before = site("", &[traditional("發展金融。"), simplified("支持教育。")]);
    let now = site("", &[traditional("支持金融。"), simplified("发展教育。")]);
    let pages = with_version(&before, &now);
    let variously = "本頁所引各文件的文字來源不一，見各文件名下。";
    assert_eq!(notice(&pages, COMPARISON[0]), variously);
    let html = page(&pages, COMPARISON[0]);
    assert_eq!(texts(&html, ".compared h2"), ["簡體備忘錄", "繁體備忘錄"]);
    assert_eq!(texts(&html, ".origin"), ["由軟件轉換", "原文"]);
    assert_eq!(texts(&page(&pages, COMPARISON[1]), ".origin"), ["原文", "由软件转换"]);
}

#[test]
fn a_document_that_is_gone_or_changed_its_script_is_told_by_what_it_was() {
    let now = site("", &[traditional("支持金融。")]);
    let before = site("", &[traditional("支持金融。"), simplified("支持教育。")]);
    let pages = with_version(&before, &now);
    assert_eq!(notice(&pages, COMPARISON[0]), "本頁由軟件自簡體文本轉換。");
    assert_eq!(notice(&pages, COMPARISON[1]), "本页为原文。");
    let other = document("simp", "signed = 2022-11-29", "簡體備忘錄", "教育發展", "發展教育。");
    let pages = with_version(&before, &site("", &[traditional("支持金融。"), other]));
    let html = page(&pages, COMPARISON[0]);
    assert_eq!(texts(&html, ".origin"), ["舊：由軟件轉換　新：原文"]);
    assert_eq!(texts(&page(&pages, COMPARISON[1]), ".origin"), ["旧：原文　新：由软件转换"]);
}

#[test]
fn a_comparison_without_changes_has_no_text_of_which_to_speak() {
    let site = site("", &[simplified("支持教育。")]);
    let pages = with_version(&site, &site);
    assert!(!page(&pages, COMPARISON[0]).contains("class=\"notice"));
}

#[test]
fn a_document_compared_with_the_one_before_it_says_which_of_them_is_converted() {
    let next = document(
        "next",
        "continues = \"simp\"\nsigned = 2023-11-29",
        "新備忘錄",
        "教育發展",
        "發展教育事業。",
    );
    let pages = render(&site("", &[simplified("发展教育。"), next]));
    let path = pages.keys().find(|path| path.starts_with("hant/compare/")).unwrap().clone();
    assert_eq!(texts(&page(&pages, &path), ".origin"), ["舊：由軟件轉換　新：原文"]);
}

#[test]
fn where_one_script_is_the_source_no_page_says_that_the_other_is() {
    let entities = |script: &str, name: &str| {
        format!(
            "-- content/entities.toml --\n{script}[[entities]]\nid = \"one\"\nkind = \"topic\"\nname = \"{name}\"\n"
        )
    };
    let page_in = |script: &str, title: &str| {
        format!("-- content/pages/about.md --\n+++\ntitle = \"{title}\"\n{script}+++\n文\n")
    };
    let cases = [
        (
            [
                simplified("发展教育。"),
                entities("script = \"hans\"\n", "教育"),
                page_in("script = \"hans\"\n", "关于"),
            ],
            ["自繁体", "本頁為原文", "閱讀原文（繁體）", "阅读原文（繁體）"],
        ),
        (
            [traditional("發展教育。"), entities("", "教育"), page_in("", "關於")],
            ["自簡體", "本页为原文", "閱讀原文（简体）", "阅读原文（简体）"],
        ),
    ];
    for (parts, wrong) in cases {
        for editions in ["", "editions = [\"hant\"]", "editions = [\"hans\"]"] {
            let before =
                site(editions, &[parts[0].replace("教育。", "教育事業。"), parts[1].clone()]);
            let pages = with_version(&before, &site(editions, &parts));
            let mut kinds = BTreeSet::new();
            for (path, bytes) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
                let html = String::from_utf8_lossy(bytes);
                kinds.extend(texts(&html, ".notice").into_iter().map(|_| path.len()));
                let said: String = texts(&html, "body").concat();
                for wrong in wrong {
                    assert!(!said.contains(wrong), "{path} with `{editions}`: {wrong}");
                }
            }
            assert!(kinds.len() > 4, "{kinds:?}");
        }
    }
}

#[test]
fn counts_name_the_script_of_the_texts_that_changed() {
    let rule = "-- content/lexicon.toml --\n[[rules]]\nhant = \"金融\"\nhans = \"金榕\"\n";
    let before = site("", &[traditional("支持金融。"), simplified("发展教育。")]);
    let now = site("", &[traditional("支持金融。"), simplified("发展教育。"), rule.to_owned()]);
    let pages = with_version(&before, &now);
    let counts = texts(&page(&pages, COMPARISON[0]), ".counts");
    assert!(counts.concat().contains("僅簡體文字改動 1 項"), "{counts:?}");
}

#[test]
fn names_in_both_scripts_are_said_to_be_so() {
    let entities = "-- content/entities.toml --\n[[entities]]\nid = \"one\"\nkind = \"topic\"\nname = \"教育\"\n";
    let pages = render(&site("", &[simplified("发展教育。"), entities.to_owned()]));
    assert_eq!(notice(&pages, "hans/entities/index.html"), "本页由软件自繁体文本转换。");
    let said = notice(&pages, "hans/matrix.html");
    assert_eq!(said, "本页所列名称的来源不一，并非全为原文。");
}

#[test]
fn a_title_given_in_both_scripts_makes_no_page_below_it_official() {
    let pages = render(&small_site(
        "-- content/pages/about.md --\n+++\ntitle = { hant = \"關於\", hans = \"关于本站\", provenance = \"official\" }\n+++\n金融\n",
    ));
    assert_eq!(notice(&pages, "hans/about.html"), "本页由软件自繁体文本转换。");
}
