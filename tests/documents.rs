//! Documents of every form: each verifies against its source as it is, and no
//! longer with one character changed; pages say what the document prints.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{documents, mistakes, page, render, sha256, text_of, tree};
use tongwen::source::Tree;

/// A site of one document in two areas of two measures, printed as `numbering`
/// says; `marks` are those of areas and of measures in the source.
fn site(numbering: &str, areas: [&str; 2], measures: [&str; 4]) -> Tree {
    let [one, two] = areas;
    let [a, b, c, d] = measures;
    let source = format!(
        "合作框架安排\n雙方同意如下。\n{one}金融\n{a}支持金融機構參與建設。\n{b}鼓勵企業投資。\n{two}科技\n{c}推動科技交流。\n{d}設立聯合實驗室。\n"
    );
    let memorandum = format!(
        "id = \"demo\"\ntitle = \"合作框架安排\"\nkind = \"arrangement\"\npreamble = \"雙方同意如下。\"\n[numbering]\n{numbering}\n"
    );
    let area = |id: &str, title: &str, texts: [&str; 2]| {
        format!(
            "id = \"{id}\"\ntitle = \"{title}\"\n[[measures]]\ntext = \"{}\"\n[[measures]]\ntext = \"{}\"\n",
            texts[0], texts[1]
        )
    };
    document(
        &memorandum,
        &[
            ("01.toml", &area("finance", "金融", ["支持金融機構參與建設。", "鼓勵企業投資。"])),
            ("02.toml", &area("science", "科技", ["推動科技交流。", "設立聯合實驗室。"])),
        ],
        &source,
    )
}

/// A site of one document with its source document.
fn document(memorandum: &str, areas: &[(&str, &str)], source: &str) -> Tree {
    let mut site = tree(
        "-- content/site.toml --\ntitle = \"示範網站\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n",
    );
    let sha256 = sha256(source);
    let head =
        format!("{memorandum}\n[source]\nfile = \"seeds/demo.txt\"\nsha256 = \"{sha256}\"\n");
    site.insert("content/demo/memorandum.toml", head.into_bytes());
    for (name, text) in areas {
        site.insert(format!("content/demo/{name}"), text.as_bytes().to_vec());
    }
    site.insert("seeds/demo.txt", source.as_bytes().to_vec());
    site
}

/// The source with one character changed, and its sha256 with it.
fn changed(mut site: Tree, from: &str, to: &str) -> Tree {
    let source = text_of(&site, "seeds/demo.txt");
    let other = source.replacen(from, to, 1);
    assert_ne!(source, other, "`{from}` is not in the source");
    let head = text_of(&site, "content/demo/memorandum.toml");
    let head = head.replace(&sha256(&source), &sha256(&other));
    site.insert("content/demo/memorandum.toml", head.into_bytes());
    site.insert("seeds/demo.txt", other.into_bytes());
    site
}

/// A mark with its number or sign changed for another.
fn another(mark: &str) -> String {
    const NEXT: [(&str, &str); 15] = [
        ("ii", "iii"),
        ("II", "III"),
        ("二", "三"),
        ("2", "3"),
        ("２", "３"),
        ("②", "③"),
        ("㈡", "㈢"),
        ("⑵", "⑶"),
        ("⒉", "⒊"),
        ("乙", "丙"),
        ("貳", "參"),
        ("B", "C"),
        ("b", "c"),
        ("●", "○"),
        ("—", "·"),
    ];
    let next = NEXT.iter().find(|(one, _)| mark.contains(one));
    next.map_or(mark.replacen('◆', "◇", 1), |(one, next)| mark.replacen(one, next, 1))
}

/// Numbering as declared; marks of areas and measures as the source has them.
type Form = (&'static str, [&'static str; 2], [&'static str; 4]);

const FORMS: [Form; 32] = [
    ("", ["一、", "二、"], ["1.", "2.", "1.", "2."]),
    ("measure = \"（{一}）\"", ["一、", "二、"], ["（一）", "（二）", "（一）", "（二）"]),
    ("measure = \"({一})\"", ["一、", "二、"], ["(一)", "(二)", "(一)", "(二)"]),
    ("measure = \"{1}．\"", ["一、", "二、"], ["1．", "2．", "1．", "2．"]),
    ("measure = \"{1}、\"", ["一、", "二、"], ["1、", "2、", "1、", "2、"]),
    ("measure = \"{１}、\"", ["一、", "二、"], ["１、", "２、", "１、", "２、"]),
    ("measure = \"（{1}）\"", ["一、", "二、"], ["（1）", "（2）", "（1）", "（2）"]),
    ("measure = \"({1})\"", ["一、", "二、"], ["(1)", "(2)", "(1)", "(2)"]),
    ("measure = \"{①}\"", ["一、", "二、"], ["①", "②", "①", "②"]),
    ("measure = \"{㈠}\"", ["一、", "二、"], ["㈠", "㈡", "㈠", "㈡"]),
    ("measure = \"{⑴}\"", ["一、", "二、"], ["⑴", "⑵", "⑴", "⑵"]),
    ("measure = \"{⒈}\"", ["一、", "二、"], ["⒈", "⒉", "⒈", "⒉"]),
    ("measure = \"{甲}、\"", ["一、", "二、"], ["甲、", "乙、", "甲、", "乙、"]),
    ("measure = \"{a}.\"", ["一、", "二、"], ["a.", "b.", "a.", "b."]),
    ("measure = \"●\"", ["一、", "二、"], ["●", "●", "●", "●"]),
    ("measure = \"——\"", ["一、", "二、"], ["——", "——", "——", "——"]),
    ("measure = \"\"", ["一、", "二、"], ["", "", "", ""]),
    ("area = \"\"\nmeasure = \"\"", ["", ""], ["", "", "", ""]),
    ("area = \"{壹}、\"", ["壹、", "貳、"], ["1.", "2.", "1.", "2."]),
    ("area = \"{I}. \"", ["I. ", "II. "], ["1.", "2.", "1.", "2."]),
    ("area = \"{A}. \"", ["A. ", "B. "], ["1.", "2.", "1.", "2."]),
    ("area = \"{1}. \"\nmeasure = \"({i})\"", ["1. ", "2. "], ["(i)", "(ii)", "(i)", "(ii)"]),
    ("area = \"第{一}部分\"", ["第一部分 ", "第二部分 "], ["1.", "2.", "1.", "2."]),
    ("area = \"第{1}章\"", ["第1章 ", "第2章 "], ["1.", "2.", "1.", "2."]),
    (
        "measure = \"{1}.\"\nmeasure_within = \"document\"",
        ["一、", "二、"],
        ["1.", "2.", "3.", "4."],
    ),
    (
        "measure = \"（{一}）\"\nmeasure_within = \"document\"",
        ["一、", "二、"],
        ["（一）", "（二）", "（三）", "（四）"],
    ),
    (
        "area = \"第{一}章\"\nmeasure = \"第{一}條\"\nmeasure_within = \"document\"",
        ["第一章　", "第二章　"],
        ["第一條　", "第二條　", "第三條　", "第四條　"],
    ),
    (
        "area = \"第{1}章\"\nmeasure = \"第{1}條\"\nmeasure_within = \"document\"",
        ["第 1 章 ", "第 2 章 "],
        ["第 1 條 ", "第 2 條 ", "第 3 條 ", "第 4 條 "],
    ),
    (
        "area = \"第{一}章\"\nmeasure = \"第{一}條\"",
        ["第一章", "第二章"],
        ["第一條", "第二條", "第一條", "第二條"],
    ),
    ("area = \"【{一}】\"", ["【一】", "【二】"], ["1.", "2.", "1.", "2."]),
    ("area = \"（{一}）\"", ["（一）", "（二）"], ["1.", "2.", "1.", "2."]),
    ("area = \"◆\"\nmeasure = \"{1}）\"", ["◆", "◆"], ["1）", "2）", "1）", "2）"]),
];

#[test]
fn every_form_of_headings_and_numbers_verifies_and_does_not_once_a_character_differs() {
    for (numbering, areas, measures) in FORMS {
        let told = mistakes(&site(numbering, areas, measures));
        assert_eq!(told, "", "{numbering}");
        let site = || site(numbering, areas, measures);
        let mut changes = vec![("推動".to_owned(), "推动".to_owned())];
        changes.push(("科技\n".to_owned(), "科學\n".to_owned()));
        for (printed, after) in [(areas[1], "科技"), (measures[1], "鼓勵")] {
            let other = another(printed);
            assert!(other != printed || printed.is_empty(), "{numbering}");
            if other != printed {
                changes.push((format!("{printed}{after}"), format!("{other}{after}")));
            }
        }
        for (from, to) in changes {
            let told = mistakes(&changed(site(), &from, &to));
            let count = told.matches("error[differs-from-source]").count();
            assert_eq!(count, 1, "{numbering}: `{from}` is `{to}`\n{told}");
        }
    }
}

#[test]
fn white_space_counts_between_latin_letters_alone() {
    let memorandum = "id = \"demo\"\ntitle = \"協議\"\n";
    let text =
        "id = \"one\"\ntitle = \"支援\"\n[[measures]]\ntext = \"見 Support the Fund 第 2 期。\"\n";
    let build = |source: &str| mistakes(&document(memorandum, &[("01.toml", text)], source));
    assert_eq!(build("\u{feff}協議\n一、支援\n1. 見Support\nthe Fund第2\n\u{200b}期。\n"), "");
    let told = build("協議\n一、支援\n1. 見Supportthe Fund第2期。\n");
    assert!(told.contains("a space before `the"), "{told}");
    assert_eq!(told.matches("error[").count(), 1, "{told}");
}

#[test]
fn one_undeclared_numbering_is_one_message_that_says_what_to_declare() {
    let marks = ["（一）", "（二）", "（一）", "（二）"];
    let told = mistakes(&site("", ["一、", "二、"], marks));
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    assert!(told.contains("measure = \"（{一}）\""), "{told}");
    let told = mistakes(&site("", ["一、", "二、"], ["1.", "2.", "3.", "4."]));
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    assert!(told.contains("measure_within = \"document\""), "{told}");
    let told = mistakes(&site("", ["第一章 ", "第二章 "], ["1.", "2.", "1.", "2."]));
    assert!(told.contains("area = \"第{一}章\""), "{told}");
}

#[test]
fn a_regulation_with_every_part_is_cited_and_addressed_as_printed() {
    let all = documents();
    let (_, tree) = all.iter().find(|(name, _)| name == "regulation-with-every-part").unwrap();
    let pages = render(tree);
    let measure = page(&pages, "hant/demo/general-provisions/2.html");
    for part in [
        "<title>第二條 “本市設立下列機構……” — 示範條例</title>",
        "id=\"m1-2-i3\">",
        "<p class=\"text item item-2\"",
        "“第一編　總綱”“第一章　總則”第二條（繁體版）",
    ] {
        assert!(measure.contains(part), "{part}\n{measure}");
    }
    assert!(page(&pages, "data/demo.bib").contains("{“第一編　總綱”“第一章　總則”第二條}"));
    let duties = page(&pages, "hans/demo/duties/1.html");
    for part in ["<dt>负责部门</dt><dd>甲局、乙局</dd>", "<dt>适用范围</dt><dd>全市</dd>"]
    {
        assert!(duties.contains(part), "{part}");
    }
    assert!(page(&pages, "hant/demo/duties.html").contains("<td>"));
    assert!(
        pages.contains_key("hant/demo/text/1.html") && !pages.contains_key("hant/demo/text.html")
    );
}

#[test]
fn a_second_source_makes_its_wording_official_and_checked() {
    let hant = "合作協議\n一、金融\n1.支持發展。\n";
    let hans = "合作协议\n一、金融\n1.支持发展。\n";
    let site = |hans_text: &str| {
        let mut site = tree(&format!(
            "-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n-- content/demo/memorandum.toml --\nid = \"demo\"\nkind = \"agreement\"\ntitle = {{ hant = \"合作協議\", hans = \"合作协议\", provenance = \"official\" }}\n[source.hant]\nfile = \"seeds/a.txt\"\nsha256 = \"{}\"\n[source.hans]\nfile = \"seeds/b.txt\"\nsha256 = \"{}\"\n-- content/demo/01.toml --\nid = \"finance\"\ntitle = {{ hant = \"金融\", hans = \"金融\", provenance = \"official\" }}\n[[measures]]\ntext = {{ hant = \"支持發展。\", hans = \"{hans_text}\", provenance = \"official\" }}\n",
            sha256(hant),
            sha256(hans)
        ));
        site.insert("seeds/a.txt", hant.as_bytes().to_vec());
        site.insert("seeds/b.txt", hans.as_bytes().to_vec());
        site
    };
    let pages = render(&site("支持发展。"));
    assert!(
        page(&pages, "hans/demo/finance/1.html")
            .contains("本页采用官方简体文本，已与来源文件逐字核对。")
    );
    let told = mistakes(&site("支持开发。"));
    assert_eq!(told.matches("error[differs-from-source]").count(), 1, "{told}");
}

#[test]
fn what_cannot_be_a_document_is_told_at_its_place() {
    let one = "id = \"one\"\ntitle = \"金融\"\n[[measures]]\ntext = \"支持。\"\n";
    let told = |memorandum: &str, area: &str| {
        let head = format!("id = \"demo\"\ntitle = \"協議\"\n{memorandum}\n");
        let mut site = tree(
            "-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n",
        );
        site.insert("content/demo/memorandum.toml", head.into_bytes());
        site.insert("content/demo/01.toml", area.as_bytes().to_vec());
        mistakes(&site)
    };
    for (memorandum, area, code) in [
        ("[numbering]\nmeasure = \"第條\"", one, "bad-pattern"),
        ("[numbering]\nmeasure = \"第{n}條\"", one, "bad-pattern"),
        ("[numbering]\nmeasure_within = \"chapter\"", one, "unknown-level"),
        ("kind = \"statute\"", one, "unknown-kind"),
        ("signed = \"2021-13\"", one, "bad-date"),
        (
            "[[parts]]\nkind = \"title\"\n[[parts]]\nkind = \"heading\"\n[[parts]]\nkind = \"areas\"",
            one,
            "unknown-part",
        ),
        ("[[parts]]\nkind = \"title\"", one, "missing-part"),
        (
            "[[parts]]\nkind = \"title\"\n[[parts]]\nkind = \"title\"\n[[parts]]\nkind = \"areas\"",
            one,
            "duplicate-part",
        ),
        (
            "annex = \"附件\"\n[[parts]]\nkind = \"title\"\n[[parts]]\nkind = \"areas\"",
            one,
            "declared-twice",
        ),
        ("", "id = \"one\"\nunder = \"x\"\ntitle = \"金融\"\n", "unknown-part"),
        (
            "",
            "id = \"one\"\ntitle = \"金融\"\n[[measures]]\nmark = \"第三\"\ntext = \"支持。\"\n",
            "mark-fits-no-pattern",
        ),
        ("", "id = \"text\"\ntitle = \"金融\"\n", "reserved-id"),
        ("", "id = \"one\"\ntitle = \"金融\"\ncolumns = [\"who\"]\n", "unknown-field"),
        ("", "id = \"one\"\ntitle = \"金\\n\\n融\"\n", "several-paragraphs"),
        (
            "[numbering]\nmeasure = \"{甲}、\"",
            &format!(
                "id = \"one\"\ntitle = \"金融\"\n{}",
                "[[measures]]\ntext = \"支持。\"\n".repeat(11)
            ),
            "no-numeral",
        ),
        (
            "[numbering]\nitems = \"（{一}）\"",
            "id = \"one\"\ntitle = \"金融\"\n[[measures]]\ntext = \"\"\"\n甲：\n（一）乙；\n（三）丙。\"\"\"\n",
            "item-out-of-order",
        ),
    ] {
        let found = told(memorandum, area);
        assert!(found.contains(&format!("[{code}]")), "{code}: {memorandum}\n{area}\n{found}");
    }
}
