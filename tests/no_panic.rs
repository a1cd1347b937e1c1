//! Whatever the bytes, a site is built or its mistakes are listed: no panic.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::{hostile, mistakes, small_site};
use tongwen::library;
use tongwen::pipeline::{self, Overrides};
use tongwen::render::Renderer;
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
