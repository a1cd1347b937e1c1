//! What is written holds the document.

use super::super::{Options, content, read, recognise};
use super::About;

/// Compares with what was looked at before.
fn golden(name: &str, files: &[(String, String)]) {
    let written: String =
        files.iter().map(|(path, text)| format!("-- {path} --\n{text}")).collect();
    insta::with_settings!({
        snapshot_path => "../../../tests/golden/import",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, written) });
}

fn files(text: &str) -> Vec<(String, String)> {
    let bytes = text.as_bytes();
    let extracted = read("a.txt", bytes, &Options::default()).unwrap();
    let about = About { file: "demo.txt".into(), ..About::default() };
    let content = content(bytes, &extracted, &recognise(&extracted), &about);
    content
        .files
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

#[test]
fn a_regulation_becomes_a_file_for_each_chapter() {
    let files = files(
        "某條例\n（2020年1月1日某大會通過）\n第一章 總則\n第一條 為了甲。\n第二條 下列：\n（一）乙；\n（二）丙。\n前款丁。\n第二章 管理\n第三條 戊。\n第三條之一 己。\n— 1 —\n第五條 庚。\n",
    );
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "content/demo/memorandum.toml",
            "content/demo/01-zong-ze.toml",
            "content/demo/02-guan-li.toml",
            "seeds/demo.txt"
        ]
    );
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
        assert!(text.parse::<::toml::Table>().is_ok(), "{path}: {text}");
    }
    golden("regulation", &files[..3]);
}

#[test]
fn annexes_lists_fields_and_signatures_keep_their_order() {
    let files = files(
        "某院關於甲的通知\n某發〔2018〕3號\n各省：\n通知如下：\n一、優化\n（一）放寬。（負責部門：商務部；適用範圍：甲區）\n二、落實\n（二）加強。\n三、保障\n堅持領導，不得懈怠。\n附件：乙清單\n某院\n2018年11月7日\n附件\n乙清單\n| 序號 | 內容 |\n| 1 | 丙 |\n",
    );
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
        assert!(text.parse::<::toml::Table>().is_ok(), "{path}: {text}");
    }
    golden("notice", &files[..4]);
}

#[test]
fn dates_parties_and_the_place_are_what_the_text_says() {
    let facts = |text: &str| {
        let (_, head) = files(text).into_iter().next().unwrap();
        let names = ["signed", "adopted", "issued", "in_force", "published", "place", "parties"];
        let is_fact = |line: &&str| names.iter().any(|name| line.starts_with(name));
        head.lines().filter(is_fact).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        facts(
            "甲省人民政府　乙市人民政府\n合作備忘錄\n一、加強合作。\n二、完善機制。\n本備忘錄於二〇二一年十一月二十九日在香港簽署，一式兩份。\n"
        ),
        [
            "signed = 2021-11-29",
            "place = \"香港\"",
            "parties = [\"甲省人民政府\", \"乙市人民政府\"]"
        ]
    );
    assert_eq!(
        facts(
            "某條例\n（2020年1月2日某大會通過　2021年3月4日某大會修正）\n第一條　為了甲。\n第二條　本條例自2020年5月1日起施行。\n"
        ),
        ["adopted = 2020-01-02", "in_force = 2020-05-01"]
    );
    assert_eq!(
        facts("某通知\n各市：\n一、加強甲。\n二、落實乙。\n某省政府\n2018年11月\n"),
        ["issued = \"2018-11\"", "parties = [\"某省政府\"]"]
    );
    // Of two dates for one name, none; of a date without a name, none.
    assert!(facts("某規定\n2020年1月2日\n一、於2020年3月4日開始甲。\n二、乙。\n").is_empty());
}
