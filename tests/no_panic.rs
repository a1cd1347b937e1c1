//! Whatever the bytes, a site is built or its mistakes are listed: no panic.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use proptest::prelude::*;
use support::{mistakes, small_site};
use tongwen::source::Tree;

/// Files that a site may have, known and unknown ones.
const PATHS: [&str; 9] = [
    "content/site.toml",
    "content/lexicon.toml",
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
fn damaged(text: String) -> impl Strategy<Value = Vec<u8>> {
    let length = text.len();
    (0..=length, 0..=length, bytes()).prop_map(move |(a, b, piece)| {
        let bytes = text.as_bytes();
        let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 40));
        [&bytes[..start], &piece, &bytes[end..]].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_files_are_built_or_refused(
        files in prop::collection::vec((prop::sample::select(PATHS.to_vec()), bytes()), 1..4)
    ) {
        let mut tree = small_site("");
        for (path, bytes) in files {
            tree.insert(path, bytes);
        }
        mistakes(&tree);
    }

    #[test]
    fn damaged_files_are_built_or_refused(
        (path, bytes) in prop::sample::select(good_files()).prop_flat_map(|(path, text)| {
            (Just(path), damaged(text))
        })
    ) {
        let mut tree: Tree = small_site("");
        for (path, text) in good_files() {
            tree.insert(path, text.into_bytes());
        }
        tree.insert(path, bytes);
        mistakes(&tree);
    }
}

fn good_files() -> Vec<(&'static str, String)> {
    let file = |path: &'static str, text: &str| (path, text.to_owned());
    vec![
        file(
            "content/site.toml",
            "title = \"示範網站\"\ndescription = { hant = \"示範。\", hans = \"示范。\", provenance = \"edited\" }\nbase_url = \"https://example.org/\"\nscript = \"hant\"\n",
        ),
        file(
            "content/lexicon.toml",
            "protect = [\"資訊局\"]\n[[rules]]\nhant = \"醫管局\"\nhans = \"医院管理局\"\n",
        ),
        file(
            "content/demo/01-finance.toml",
            "id = \"finance\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"由醫管局推動。參與“建設”。\"\nrelated = [\"1.2\"]\n[[measures]]\nnumber = \"1.2\"\ntext = { hant = \"發展。\", hans = \"发展。\", provenance = \"official\" }\n",
        ),
        file(
            "content/pages/about.md",
            "+++\ntitle = \"關於\"\norder = 1\n+++\n\n## 頭**髮** {#a}\n\n由**醫管**局[發](measure:demo/1.1)展\n與`碼`<span lang=\"zh-Hans-CN\">头发</span>。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
        ),
    ]
}
