//! Whatever the bytes, a site is built or its mistakes are listed: no panic.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::{hostile, mistakes, small_site};
use tongwen::diagnostic::Diagnostics;
use tongwen::io::snapshot;
use tongwen::library;
use tongwen::model::{Lexicon, LexiconRule, Script};
use tongwen::pipeline::{self, Overrides};
use tongwen::render::Renderer;
use tongwen::script::{Converter, Review, Tongwen};
use tongwen::snapshot::VersionName;
use tongwen::snapshot::diff::compare;
use tongwen::snapshot::record::Record;
use tongwen::source::{Entry, Sources, Span, Spanned, Tree};

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

/// Texts of words that conversion changes, in any order and by any lexicon.
#[test]
fn any_text_is_converted_and_each_character_has_its_place() {
    let words = || {
        let words = vec![
            "頭髮",
            "头发",
            "發展",
            "发展",
            "皇后",
            "理发",
            "其中大部分",
            "干",
            "乾",
            "\n",
            "\r\n",
            " ",
            "。",
            "a",
            "⾒",
            "\u{20bb7}",
            "\u{fe00}",
            "⿰木木",
            "e\u{301}",
            "\u{fffd}",
            "“",
            "醫管局",
        ];
        prop::collection::vec(prop::sample::select(words), 1..12).prop_map(|words| words.concat())
    };
    let texts = prop_oneof![4 => words(), 1 => any::<String>()];
    fuzz(150, (texts, words(), words(), words()), |(text, hant, hans, kept)| {
        let word =
            |text: String| Spanned::new(text, Span::new(Sources::default().add("", ""), 0..0));
        let rule = LexiconRule { hant: word(hant), hans: word(hans), into: None, exact: true };
        let lexicon =
            Lexicon { rules: vec![rule], protect: vec![word(kept)], ..Lexicon::default() };
        for lexicon in [Lexicon::default(), lexicon] {
            let found = &mut Diagnostics::default();
            let converter = Converter::new(Box::new(Tongwen), &lexicon, found);
            for into in Script::ALL {
                let converted = converter.convert(&text, into);
                let places: Vec<_> =
                    (0..=text.chars().count()).map(|at| converted.position(at)).collect();
                assert!(places.is_sorted(), "{text:?}: {places:?}");
                assert_eq!(places.last(), Some(&converted.text.chars().count()), "{text:?}");
                for review in converter.review(&text, into) {
                    let range = match review {
                        Review::Lexicon { range, .. } | Review::Crossing { range, .. } => range,
                        Review::Doubt(doubt) => doubt.range,
                    };
                    assert!(text.get(range).is_some_and(|word| !word.is_empty()), "{text:?}");
                }
            }
        }
    });
}

/// A sealed version of the smallest site, and one of its own files with a piece
/// replaced: it is told to be damaged, unless it says the same.
#[test]
fn a_damaged_bag_is_refused_by_all_who_read_it() {
    let site = tempfile::tempdir().unwrap();
    let root = site.path();
    for (path, entry) in small_site("").files {
        let Entry::Bytes(bytes) = entry else { panic!("`{path}` is small") };
        std::fs::create_dir_all(root.join(&path).parent().unwrap()).unwrap();
        std::fs::write(root.join(&path), bytes).unwrap();
    }
    let mut seal = std::process::Command::new(env!("CARGO_BIN_EXE_tongwen"));
    seal.arg("--root").arg(root).args(["snapshot", "seal", "v1", "--date", "2022-01-01"]);
    assert!(seal.output().unwrap().status.success());
    let name = VersionName::parse("v1").unwrap();
    let bag = root.join("snapshots/v1");
    let paths = [
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha256.txt",
        "manifest-sha512.txt",
        "tagmanifest-sha256.txt",
        "tagmanifest-sha512.txt",
        "data/measures.json",
    ];
    let good: Vec<_> = paths.iter().map(|path| std::fs::read(bag.join(path)).unwrap()).collect();
    let is_whole =
        || snapshot::verify(root, &name).is_ok_and(|verified| verified.damage.is_empty());
    assert!(is_whole());
    fuzz(60, one_damaged(good.clone()), |(index, bytes)| {
        let path = bag.join(paths[index]);
        std::fs::write(&path, &bytes).unwrap();
        let whole = is_whole();
        let _ = snapshot::bags(root).and_then(|bags| snapshot::versions(&bags));
        std::fs::write(&path, &good[index]).unwrap();
        assert_eq!(whole, bytes == good[index], "{}", paths[index]);
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
