//! Whatever the bytes, a site is built or its mistakes are listed: no panic.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::{hostile, mistakes, small_site};
use tongwen::diagnostic::Diagnostics;
use tongwen::import::{self, About, PdfReader};
use tongwen::io::stream;
use tongwen::library;
use tongwen::model::{Lexicon, Script};
use tongwen::pipeline::{self, Overrides};
use tongwen::render::Renderer;
use tongwen::script::{Converter, Tongwen};
use tongwen::snapshot::bag::{BagInfo, Manifest};
use tongwen::snapshot::diff::compare;
use tongwen::snapshot::record::Record;
use tongwen::source::{Entry, Tree};

/// Tries values: some, and others for as many seconds as `FUZZ_SECONDS` says.
fn fuzz<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    loop {
        let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
        let result = runner.run(&strategy, |value| {
            test(value);
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{error}"));
        if Instant::now() >= end {
            return;
        }
    }
}

/// Files that a site may have, known and unknown ones.
const PATHS: [&str; 11] = [
    "content/site.toml",
    "content/lexicon.toml",
    "content/entities.toml",
    "content/entities/more.toml",
    "content/demo/memorandum.toml",
    "content/demo/01-finance.toml",
    "content/demo/02-more.toml",
    "content/pages/about.md",
    "content/other/memorandum.toml",
    "seeds/demo.txt",
    "themes/default/strings.toml",
];

/// Content as authors garble it: pieces of real files in any order.
fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "id",
        "number",
        "title",
        "text",
        "measures",
        "related",
        "script",
        "signed",
        "source",
        "file",
        "sha256",
        "hant",
        "hans",
        "provenance",
        "official",
        "rules",
        "protect",
        "into",
        "preamble",
        "theme",
        "base_url",
        "description",
        "= ",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "\"",
        "\"\"\"",
        "\n",
        "'",
        ",",
        "1.1",
        "1",
        "0",
        "-1",
        "99999999999999999999",
        "2021-11-29",
        "\"demo\"",
        "\"seeds/demo.txt\"",
        "金融",
        "\"頭髮。\"",
        "“",
        "》",
        "+++",
        "# ",
        "**",
        "`",
        "[頭](measure:demo/1.1)",
        "[a](page:about)",
        "<span lang=\"x\">",
        "</span>",
        "<",
        "&",
        "髮",
        "\u{200b}",
        "\u{20bb7}",
        "⿰",
        "\u{fe00}",
        "{#",
        "}",
        "|",
        "---",
        "\t",
        "\\u0000",
        "example.org",
        "https://example.org/",
        "\r\n",
        "\u{feff}",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.concat())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => pieces().prop_map(String::into_bytes),
        1 => any::<String>().prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ]
}

/// A good file with one piece of it replaced.
fn damaged(good: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = good.len();
    (0..=length, 0..=40usize, bytes()).prop_map(move |(start, cut, piece)| {
        let end = (start + cut).min(good.len());
        [&good[..start], &piece, &good[end..]].concat()
    })
}

/// One of several good values, damaged, and which.
fn one_damaged(good: Vec<Vec<u8>>) -> impl Strategy<Value = (usize, Vec<u8>)> {
    (0..good.len()).prop_flat_map(move |index| (Just(index), damaged(good[index].clone())))
}

#[test]
fn arbitrary_files_are_built_or_refused() {
    let files = prop::collection::vec((prop::sample::select(PATHS.to_vec()), bytes()), 1..4);
    fuzz(150, files, |files| {
        let mut tree = small_site("");
        for (path, bytes) in files {
            tree.insert(path, bytes);
        }
        mistakes(&tree);
    });
}

/// Every kind of content file, with every field that there is, and the source.
#[test]
fn damaged_files_are_built_or_refused() {
    let site = hostile::site();
    let (paths, files): (Vec<_>, Vec<_>) = site
        .files
        .iter()
        .map(|(path, entry)| match entry {
            Entry::Bytes(bytes) => (path.clone(), bytes.to_vec()),
            Entry::TooLarge(_) => panic!("`{path}` is small"),
        })
        .unzip();
    fuzz(60, one_damaged(files), |(index, bytes)| {
        let mut tree: Tree = site.clone();
        tree.insert(paths[index].clone(), bytes);
        mistakes(&tree);
    });
}

/// Texts of which nothing but the words is odd, so that the pages are rendered.
#[test]
fn any_markdown_and_any_words_are_rendered_or_refused() {
    fuzz(60, (pieces(), pieces()), |(page, words)| {
        let mut tree = small_site("");
        let page = format!("+++\ntitle = \"頁\"\n+++\n\n{page}\n");
        let words = toml::Value::String(words).to_string();
        let area = format!(
            "id = \"finance\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = {words}\n"
        );
        tree.insert("content/pages/about.md", page.into_bytes());
        tree.insert("content/demo/01-finance.toml", area.into_bytes());
        mistakes(&tree);
    });
}

#[test]
fn a_damaged_record_is_read_and_compared_or_refused() {
    let loaded = pipeline::load(&hostile::site(), &Overrides::default());
    let good = library::record(&loaded.site.unwrap().library);
    fuzz(100, damaged(good.to_json()), |bytes| {
        if let Ok(read) = Record::from_json(&bytes) {
            let (there, back) = (compare(&good, &read), compare(&read, &good));
            assert_eq!(there.is_empty(), back.is_empty());
            assert_eq!(Record::from_json(&read.to_json()).unwrap(), read);
        }
    });
}

/// The bag's own files; that any change of a bag is found, `snapshot` holds.
#[test]
fn what_a_bags_own_files_say_is_read_back_or_refused() {
    let digest = "0123456789abcdef".repeat(4);
    let manifest = format!("{digest}  data/a.txt\n{digest}  data/b%0Ac\n");
    let info = "Bagging-Date: 2024-07-01\nPayload-Oxum: 10.2\nExternal-Identifier: v1\n".to_owned();
    let good = [manifest, info].map(String::into_bytes).to_vec();
    fuzz(500, one_damaged(good), |(_, bytes)| {
        let Ok(text) = String::from_utf8(bytes) else { return };
        if let Ok(read) = Manifest::parse(&text, 64) {
            assert!(Manifest::parse_exact(&read.to_text(), 64).is_ok(), "{text:?}");
            for (path, _) in read.iter() {
                let leads = |part: &str| part.is_empty() || part == "." || part == "..";
                assert!(!path.split(['/', '\\']).any(leads), "{path:?}");
            }
        }
        let _ = BagInfo::parse(&text);
    });
}

#[test]
fn an_address_leads_to_the_page_that_stands_there_or_nowhere() {
    let site = pipeline::load(&hostile::site(), &Overrides::default()).site.unwrap();
    let renderer = Renderer::new(&site.library, &site.theme);
    let paths: Vec<String> = renderer.routes().map(|route| renderer.path(route)).collect();
    let good = paths.iter().map(|path| path.clone().into_bytes()).collect();
    let odd = prop::collection::vec(
        prop::sample::select(vec![
            "hant",
            "hans",
            "/",
            "demo",
            "parts",
            "finance",
            "1",
            "01",
            "+1",
            "-1",
            "0",
            ".html",
            "index",
            "full",
            "text",
            "entities",
            "one",
            "search",
            "grams",
            ".js",
            "data",
            ".json",
            ".akn.xml",
            ".",
            "..",
            "%",
            "\0",
            "99999999999999999999",
        ]),
        0..8,
    );
    let odd = odd.prop_map(|parts| parts.concat().into_bytes());
    let addresses = prop_oneof![1 => odd, 1 => one_damaged(good).prop_map(|(_, bytes)| bytes)];
    fuzz(500, addresses, |bytes| {
        let Ok(path) = String::from_utf8(bytes) else { return };
        if let Some(route) = renderer.find(&path) {
            assert_eq!(renderer.path(route), path);
            assert!(paths.contains(&path), "{path}");
        }
    });
}

#[test]
fn any_text_is_converted_and_no_byte_of_it_lost() {
    let converter =
        Converter::new(Box::new(Tongwen), &Lexicon::default(), &mut Diagnostics::default());
    fuzz(100, (bytes(), any::<bool>()), |(bytes, into_hans)| {
        let into = if into_hans { Script::Hans } else { Script::Hant };
        let mut read = String::new();
        let result = stream::convert(&*bytes, &converter, into.into(), |part| {
            part.doubts();
            read.push_str(part.source);
            Ok(())
        });
        assert_eq!(result.is_ok(), String::from_utf8(bytes.clone()).is_ok());
        assert!(
            bytes.starts_with(read.as_bytes()) && (result.is_err() || read.len() == bytes.len())
        );
    });
}

/// What a file that is imported becomes is content that is read, if only to be told
/// of.
fn imported(name: &str, bytes: &[u8]) {
    let how = import::Options { pdf: PdfReader::BuiltIn, ..import::Options::default() };
    let Ok(extracted) = import::read(name, bytes, &how) else { return };
    let recognised = import::recognise(&extracted);
    let about =
        About { id: Some("read".to_owned()), file: name.to_owned(), kind: None, script: None };
    let content = import::content(bytes, &extracted, &recognised, &about);
    let mut tree = small_site("");
    for (path, bytes) in content.files {
        tree.insert(path, bytes);
    }
    let said = mistakes(&tree);
    assert!(!said.contains("error[toml"), "{said}");
}

#[test]
fn any_text_and_any_page_is_imported_or_refused() {
    let good = [
        "關於合作的備忘錄\n\n第一章 總則\n第一條　為促進合作，\n制定本條例。\n（一）甲；\n（二）乙。\n\n附件1\n表格\n\n香港特別行政區政府\n2024年1月2日\n",
        "# 備忘錄\n\n## 一、金融\n\n1. 支持**機構**。\n2. 推動[合作](x)。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
        "<!doctype html><html><head><meta charset=utf-8><title>備忘錄</title></head><body><h1>備忘錄</h1><ol><li>甲<li>乙<ul><li>丙</ul></ol><table><tr><th rowspan=2>甲<td colspan=3>乙<tr><td>丙</table><p>1. 支持<br>機構</p></body></html>",
    ];
    let names = ["a.txt", "a.md", "a.html"];
    let good = good.map(|text| text.as_bytes().to_vec()).to_vec();
    fuzz(40, one_damaged(good), |(index, bytes)| imported(names[index], &bytes));
    let names = prop::sample::select(names.to_vec());
    fuzz(40, (names, bytes()), |(name, bytes)| imported(name, &bytes));
}

const WORD: &str = r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>第一條 甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%2條"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;

fn docx(document: &[u8], numbering: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("word/document.xml", document), ("word/numbering.xml", numbering)] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn any_word_file_is_imported_or_refused() {
    let parts = vec![WORD.as_bytes().to_vec(), NUMBERING.as_bytes().to_vec()];
    fuzz(40, one_damaged(parts), |(index, bytes)| {
        imported(
            "a.docx",
            &match index {
                0 => docx(&bytes, NUMBERING.as_bytes()),
                _ => docx(WORD.as_bytes(), &bytes),
            },
        );
    });
    fuzz(60, damaged(docx(WORD.as_bytes(), NUMBERING.as_bytes())), |bytes| {
        imported("a.docx", &bytes)
    });
}

const PDF: &str = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n<< /Length 44 >> stream\nBT /F 12 Tf 72 720 Td (1. Supports.) Tj ET\n\nendstream\nendobj\ntrailer << /Size 5 /Root 1 0 R >>\n%%EOF\n";

#[test]
fn any_pdf_is_imported_or_refused() {
    fuzz(100, damaged(PDF.as_bytes().to_vec()), |bytes| imported("a.pdf", &bytes));
}
