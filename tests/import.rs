//! `tongwen import` as a process: what goes wrong leaves nothing behind.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output};

fn tongwen(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    command.current_dir(root).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A new site.
fn site() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(tongwen(root.path(), &["init", "--yes"]).status.code(), Some(0));
    root
}

/// All that stands in a site.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.unwrap());
    entries
        .filter(|entry| entry.file_type().is_file() && !entry.path().ends_with("given"))
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with("given"))
        .map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// Imports what cannot be imported, and finds the site as it was.
fn refused(root: &Path, arguments: &[&str], code: i32, says: &str) {
    let before = tree(root);
    let output = tongwen(root, &[&["import"], arguments].concat());
    assert_eq!(output.status.code(), Some(code), "{}", said(&output));
    assert!(said(&output).contains(says), "`{says}` is not in {}", said(&output));
    assert!(tree(root) == before, "something was left behind");
}

#[test]
fn what_is_no_document_leaves_nothing_behind() {
    let root = site();
    let write = |name: &str, bytes: &[u8]| fs::write(root.path().join(name), bytes).unwrap();
    write("given-empty.txt", b"");
    write("given-blank.txt", b" \r\n\r\n");
    write("given-binary.txt", &[0x7F, b'E', b'L', b'F', 0, 1, 2, 3, 0, 0, 0, 255, 254, 0]);
    write("given-image.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    write("given-cut.docx", b"PK\x03\x04\x14\0\0\0");
    let huge = File::create(root.path().join("given-huge.txt")).unwrap();
    huge.set_len(101 * 1024 * 1024).unwrap();
    fs::create_dir(root.path().join("given-folder")).unwrap();
    for (file, code, says) in [
        ("given-empty.txt", 1, "help: "),
        ("given-blank.txt", 1, "help: "),
        ("given-binary.txt", 1, "help: "),
        ("given-image.pdf", 1, "help: "),
        ("given-cut.docx", 1, "help: "),
        ("given-huge.txt", 1, "help: "),
        ("given-folder", 2, "is a folder"),
        ("given-none.txt", 2, "cannot read"),
    ] {
        refused(root.path(), &[file], code, says);
    }
}

#[test]
fn a_document_that_exists_is_left_alone() {
    let root = site();
    fs::write(root.path().join("given.txt"), "通知\n\n一、甲\n\n1. 乙。\n").unwrap();
    refused(root.path(), &["given.txt", "--id", "example"], 2, "`example` exists");
    fs::write(root.path().join("seeds/other.txt"), "別的").unwrap();
    refused(root.path(), &["given.txt", "--id", "other"], 2, "`seeds/other.txt` exists");
    refused(root.path(), &["given.txt", "--id", "Not An Id"], 2, "no id");
}

#[test]
fn where_nothing_can_be_written_nothing_is() {
    let root = site();
    fs::write(root.path().join("given.txt"), "通知\n\n一、甲\n\n1. 乙。\n").unwrap();
    // Nobody, not even root, can make a folder where a file stands.
    fs::remove_dir_all(root.path().join("seeds")).unwrap();
    fs::write(root.path().join("seeds"), "a file").unwrap();
    refused(root.path(), &["given.txt", "--id", "notice"], 2, "cannot");
}

#[test]
fn an_import_that_was_interrupted_is_no_content_and_does_not_stand_in_the_way() {
    let root = site();
    let aside = root.path().join("content/.notice.import/content");
    fs::create_dir_all(&aside).unwrap();
    fs::write(aside.join("memorandum.toml"), "half of").unwrap();
    assert_eq!(tongwen(root.path(), &["build"]).status.code(), Some(0));
    fs::write(root.path().join("given.txt"), "通知\n\n一、甲\n\n1. 乙。\n").unwrap();
    let done = tongwen(root.path(), &["import", "given.txt", "--id", "notice"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(!aside.exists());
    assert_eq!(tongwen(root.path(), &["build"]).status.code(), Some(0));
}

#[test]
fn a_document_without_numbers_is_whole() {
    let root = site();
    fs::write(root.path().join("given.txt"), "關於圖書館的說明\n\n本館免費開放。\n\n歡迎光臨。\n")
        .unwrap();
    let done = tongwen(root.path(), &["import", "given.txt", "--id", "notice"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let built = tongwen(root.path(), &["build", "--verbose"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    assert!(said(&built).contains("verified `notice`"), "{}", said(&built));
}

/// Imports a text and builds its site: areas and measures that were found.
fn built(name: &str, text: &str) -> (u64, u64) {
    let root = site();
    fs::write(root.path().join(name), text).unwrap();
    let output = tongwen(root.path(), &["import", name, "--id", "given", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let output = tongwen(root.path(), &["build"]);
    assert_eq!(output.status.code(), Some(0), "{text}: {}", said(&output));
    (report["areas"].as_u64().unwrap(), report["measures"].as_u64().unwrap())
}

#[test]
fn annexes_with_measures_of_their_own_are_verified() {
    let text = "某市關於管理的通告\n現通告如下：\n一、加強管理。\n二、完善制度。\n特此通告。\n附件：1．甲細則\n2．乙細則\n某市政府\n2020年3月1日\n附件1\n甲細則\n第一條　為了甲，制定本細則。\n第二條　本細則自公佈之日起施行。\n附件2\n乙細則\n第一條　為了乙，制定本細則。\n";
    assert_eq!(built("given.txt", text), (0, 5));
}

#[test]
fn a_regulation_behind_the_order_that_issues_it_keeps_its_table_of_contents() {
    let text = "某國務院令\n第588號\n《保護條例》已經通過，現予公佈，自2011年5月1日起施行。\n總理　某某\n二〇一一年一月八日\n保護條例\n目錄\n第一章　總則\n第二章　附則\n第一章　總則\n第一條　為了保護，制定本條例。\n第二章　附則\n第二條　本條例自公佈之日起施行。\n";
    assert_eq!(built("given.txt", text), (2, 2));
}

#[test]
fn numbers_on_lines_of_their_own_and_empty_cells_are_verified() {
    let text = "職業訓練辦法\n第 一 章 總則\n第 1 條\n本辦法依法訂定之，由主管機關執行。\n第 2 條\n下列情形，不適用之：\n一、甲者。\n二、乙者。\n第一節\n第 3 條\n（刪除）\n";
    assert_eq!(built("given.txt", text), (1, 3));
    let page = "<html><body><p>某公告</p><table border=1><tr><td>序號</td><td>內容</td></tr><tr><td>1</td><td></td></tr></table><p>一、甲應當公開，乙應當登記。</p><p>二、丙應當報告，丁應當備案。</p></body></html>";
    assert_eq!(built("given.html", page), (0, 2));
}

#[test]
fn papers_and_ordinances_have_headings_without_numbers_and_numbers_of_their_own() {
    // The first paragraph of a paper has no number, and headings have none.
    let paper = "立法會CB(2)1234/2022(05)號文件\n討論文件\n2022年11月8日\n立法會民政事務委員會\n地區會堂的管理\n目的\n本文件旨在介紹會堂的管理安排。\n背景\n2. 各區設有會堂，供團體租用。\n3. 去年增設三所會堂。\n建議\n4. 建議延長開放時間，包括：\n(a) 平日開放至晚上十時；及\n(b) 假日照常開放。\n徵詢意見\n5. 請委員提出意見。\n";
    assert_eq!(built("given.txt", paper), (4, 5));
    let ordinance = "第599章\n公園條例\n第1部　導言\n1. 簡稱\n本條例可引稱為《公園條例》。\n2. 釋義\n在本條例中——\n「公園」指附表指明的地方；\n「署長」指管理公園的人。\n第2部　規例\n3. 規例\n(1) 署長可訂立規例。\n(2) 規例可就收費作出規定。\n";
    assert_eq!(built("given.txt", ordinance), (2, 3));
    let notice = "2021年第15號法律公告\n《2021年公園（修訂）規例》\n（由署長根據《公園條例》第3條訂立）\n1. 生效日期\n本規例自2021年3月1日起實施。\n2. 修訂《公園規例》\n《公園規例》現予修訂，修訂方式列於第3條。\n3. 修訂第2條（釋義）\n(1) 廢除會堂的定義。\n(2) 加入涼亭的定義。\n署長\n某某\n2021年2月26日\n";
    assert_eq!(built("given.txt", notice), (0, 3));
}

#[test]
fn numbers_of_two_parts_are_marks_of_their_own() {
    let text = "場地合作協議\n甲方：某局\n乙方：某會\n雙方特此訂立本協議。\n1. 定義\n1.1 「場地」指兩間會堂。\n1.2 「活動」指公開的聚會。\n2. 保密\n2.1 雙方不得披露資料。\n甲方代表：\n乙方代表：\n日期：2023年6月29日\n";
    assert_eq!(built("given.txt", text), (2, 3));
}

#[test]
fn tables_are_measures_or_stand_behind_them() {
    let rows = "<table><tr><td>序号</td><td>项目名称</td><td>负责单位</td></tr><tr><td>1</td><td>修建会堂。</td><td>市文化局</td></tr><tr><td>2</td><td>翻新公园。</td><td>市园林局</td></tr></table>";
    let page = |table: &str, after: &str| {
        format!("<html><body><h1>年度项目清单</h1>{table}<p>{after}</p></body></html>")
    };
    assert_eq!(built("given.html", &page(rows, "以上项目由各单位负责实施。")), (0, 2));
    let plain = rows.replace("序号", "领域").replace("<td>1<", "<td>文化<");
    let before = format!("<p>为落实安排，制定本表。</p>{}", plain.replace("<td>2<", "<td>园林<"));
    assert_eq!(built("given.html", &page(&before, "本表由双方更新。")), (0, 2));
}

#[test]
fn a_document_that_prints_no_title_gets_none_among_its_words() {
    let root = site();
    fs::write(root.path().join("given.txt"), "一、甲應當努力工作。\n二、乙應當努力工作。\n")
        .unwrap();
    let done = tongwen(root.path(), &["import", "given.txt", "--id", "untitled"]);
    assert!(said(&done).contains("no title was found"), "{}", said(&done));
    let built = tongwen(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    let page = root.path().join("public/hant/untitled/full.html");
    let page = scraper::Html::parse_document(&fs::read_to_string(page).unwrap());
    let selects = |css: &str| page.select(&scraper::Selector::parse(css).unwrap()).count();
    assert_eq!((selects("main > h1"), selects("article.document h1")), (1, 0));
}

/// What `check` says of the texts that were extracted from other files.
#[test]
fn what_was_extracted_is_extracted_again_with_what_was_said_of_it() {
    let root = site();
    let document = "關於借閱的通知\n\n一、借閱\n\n1. 會員可以借閱藏書。\n\n2. 藏書應按時歸還。\n";
    let lines = document.split("\n\n").map(|line| format!("<p>{line}</p>"));
    let page = format!(
        "<html><body><p>首頁</p><div id=\"a\">{}</div></body></html>",
        lines.collect::<String>()
    );
    let big5 = encoding_rs::BIG5.encode(document).0.into_owned();
    for (name, bytes, more) in [
        ("given-a.md", format!("# {document}").into_bytes(), &[][..]),
        ("given-b.html", page.into_bytes(), &["--select", "#a"]),
        ("given-c.txt", big5, &["--encoding", "big5"]),
    ] {
        fs::write(root.path().join(name), bytes).unwrap();
        let done = tongwen(root.path(), &[&["import", name], more].concat());
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    }
    let checked = tongwen(root.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    assert_eq!(said(&checked).matches("note[extracted-again]").count(), 3, "{}", said(&checked));
}

#[test]
fn five_thousand_articles_are_imported_and_verified() {
    let root = site();
    let mut text = "大條例\n".to_owned();
    for number in 1..=5000 {
        text.push_str(&format!(
            "第{}條 各部門應當辦理第{number}項事務。\n",
            tongwen::model::chinese_numeral(number)
        ));
    }
    fs::write(root.path().join("given.txt"), text).unwrap();
    let done = tongwen(root.path(), &["import", "given.txt", "--id", "law", "--json"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(report["measures"], 5000);
    let tree = tongwen::io::read_tree(root.path()).unwrap();
    let loaded = tongwen::pipeline::load(&tree, &Default::default());
    let law = loaded.site.unwrap().library.memoranda.into_iter().find(|one| one.count() == 5000);
    assert_eq!(law.unwrap().verifications.len(), 1);
}

#[test]
fn an_update_keeps_what_an_editor_wrote_and_tells_what_changed() {
    let root = site();
    let path = |name: &str| root.path().join(name);
    let text = "關於借閱的通知\n\n一、借閱\n\n1. 會員可以借閱藏書，每次最多三冊。\n\n2. 藏書應按時歸還，不得轉借他人。\n\n二、聚會\n\n1. 讀書會每月舉行一次聚會。\n";
    fs::write(path("given.txt"), text).unwrap();
    assert_eq!(
        tongwen(root.path(), &["import", "given.txt", "--id", "notice"]).status.code(),
        Some(0)
    );
    let area = path("content/notice/01-jie-yue.toml");
    let edited = fs::read_to_string(&area).unwrap();
    let edited = edited
        .replace("id = \"jie-yue\"", "id = \"lending\"")
        .replace("number = 1\n", "number = 1\nsummary = \"借書。\"\n")
        .replacen("[[measures]]\n", "[[measures]]\nlabel = { hant = \"借書\", hans = \"借书\" }\nrelated = [\"1.2\", \"2.1\"]\n", 1)
        // A heading parted from the text, and a remark.
        .replace("[[measures]]\ntext = \"藏書", "# 館長看過。\n[[measures]]\ntitle = \"藏書\"\ntext = \"");
    fs::write(&area, edited).unwrap();
    let head = path("content/notice/memorandum.toml");
    let edited = fs::read_to_string(&head).unwrap().replacen(
        "\n\n",
        "\nissued = 2024-01-31\nformerly = [\"old\"]\n\n",
        1,
    );
    fs::write(&head, edited).unwrap();
    assert_eq!(tongwen(root.path(), &["build"]).status.code(), Some(0));

    // One measure before the others, one changed, one gone.
    let text = "關於借閱的通知\n\n一、借閱\n\n1. 圖書館逢週一休息。\n\n2. 會員可以借閱藏書，每次最多五冊。\n\n3. 藏書應按時歸還，不得轉借他人。\n\n二、活動\n\n1. 會員自備茶水。\n";
    fs::write(path("given.txt"), text).unwrap();
    let before = tree(root.path());
    let shown =
        tongwen(root.path(), &["import", "given.txt", "--id", "notice", "--update", "--dry-run"]);
    assert_eq!(shown.status.code(), Some(0), "{}", said(&shown));
    assert!(tree(root.path()) == before);
    for line in ["1 measure as before", "changed: 1.2 會員", "new: 1.1 圖書館", "gone: 2.1 讀書會"]
    {
        assert!(said(&shown).contains(line), "`{line}` is not in {}", said(&shown));
    }
    let done = tongwen(root.path(), &["import", "given.txt", "--id", "notice", "--update"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let area: toml::Table = fs::read_to_string(&area).unwrap().parse().unwrap();
    assert_eq!(area["id"].as_str(), Some("lending"));
    assert_eq!(area["summary"].as_str(), Some("借書。"));
    let kept = area["measures"][1].as_table().unwrap();
    assert_eq!(kept["label"]["hans"].as_str(), Some("借书"));
    assert_eq!(kept["related"].as_array().unwrap().len(), 1);
    assert_eq!(kept["related"][0].as_str(), Some("1.3"));
    assert!(area["measures"][0].get("label").is_none());
    let corrected = area["measures"][2].as_table().unwrap();
    assert_eq!(corrected["title"].as_str(), Some("藏書"));
    let written = fs::read_to_string(path("content/notice/01-jie-yue.toml")).unwrap();
    assert!(written.contains("# 館長看過。\n[[measures]]\ntitle"), "{written}");
    let head = fs::read_to_string(&head).unwrap();
    assert!(
        head.contains("issued = 2024-01-31") && head.contains("formerly = [\"old\"]"),
        "{head}"
    );
    let built = tongwen(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    let left = fs::read_dir(path("content")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with('.')));
    refused(root.path(), &["given.txt", "--id", "nothing", "--update"], 2, "no document `nothing`");
}

/// What an import wrote and nobody edited follows the new text; what an editor
/// wrote stays. Both are told with their line.
#[test]
fn an_update_tells_what_the_head_says_otherwise_than_the_text() {
    let root = site();
    let path = |name: &str| root.path().join(name);
    let text = |number: &str, day: &str, title: &str| {
        format!(
            "{title}\n\n館通〔2024〕{number}號\n\n各會員：\n\n一、借閱\n\n1. 會員可以借閱藏書。\n\n2. 藏書應按時歸還。\n\n示範市文化局\n\n2024年1月{day}日\n"
        )
    };
    let import = |arguments: &[&str]| {
        let all = [&["import", "given.txt", "--id", "notice"][..], arguments].concat();
        let done = tongwen(root.path(), &all);
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
        said(&done)
    };
    fs::write(path("given.txt"), text("1", "5", "關於借閱的通知")).unwrap();
    import(&[]);
    let head = path("content/notice/memorandum.toml");
    let first = fs::read_to_string(&head).unwrap();
    assert!(first.contains("issued = 2024-01-05\nparties = [\"示範市文化局\"]"), "{first}");
    // Nobody edited it: the text is right.
    fs::write(path("given.txt"), text("2", "6", "關於借閱藏書的通知")).unwrap();
    let told = import(&["--update"]);
    for line in [
        ":5: `title` was `\"關於借閱的通知\"` and is `\"關於借閱藏書的通知\"`",
        ":6: `issued` was `2024-01-05` and is `2024-01-06`",
        "`number` was `館通〔2024〕1號` and is `館通〔2024〕2號`",
    ] {
        assert!(told.contains(line), "`{line}` is not in {told}");
    }
    assert!(!told.contains("look at content/") && !told.contains("parties"), "{told}");
    let second = fs::read_to_string(&head).unwrap();
    assert!(second.contains("issued = 2024-01-06\n"), "{second}");
    // An editor knows better, and has taken a value out.
    let edited = second
        .replace("issued = 2024-01-06", "issued = 2024-02-01")
        .replace("parties = [\"示範市文化局\"]\n", "");
    fs::write(&head, edited).unwrap();
    fs::write(path("given.txt"), text("2", "7", "關於借閱藏書的通知")).unwrap();
    let kept = import(&["--update"]);
    assert!(kept.contains("look at content/notice/memorandum.toml:6: `issued` is `2024-02-01` still, and the text says `2024-01-07`"), "{kept}");
    assert!(!kept.contains("parties") && !kept.contains("`title`"), "{kept}");
    let third = fs::read_to_string(&head).unwrap();
    assert!(third.contains("issued = 2024-02-01\n") && !third.contains("parties"), "{third}");
    let built = tongwen(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
}

#[test]
fn an_update_keeps_the_ids_that_an_editor_gave_to_fields() {
    let root = site();
    let path = |name: &str| root.path().join(name);
    let text = |last: &str| {
        format!(
            "# 圖書館的通知\n\n一、開放\n\n（一）平日開放。（負責部門：秘書處；適用範圍：會員）\n\n（二）週末開放。（負責部門：館長室）\n\n附件\n\n分工表\n\n| 序號 | 內容 | 指導部門 |\n|---|---|---|\n| 1 | 簡化借書手續，增設自助借書機。 | 秘書處 |\n| 2 | {last} | 館長室 |\n"
        )
    };
    fs::write(path("given.md"), text("增設還書箱，延長還書時間。")).unwrap();
    let done = tongwen(root.path(), &["import", "given.md", "--id", "notice"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let files = || {
        let folder = fs::read_dir(path("content/notice")).unwrap();
        folder.map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    for file in files() {
        let written = fs::read_to_string(&file).unwrap();
        let renamed = written
            .replace("\"responsible\"\nname = \"負責部門\"", "\"in-charge\"\nname = \"負責部門\"")
            .replace("zhi-dao-bu-men", "guided-by");
        fs::write(&file, renamed).unwrap();
    }
    assert_eq!(tongwen(root.path(), &["build"]).status.code(), Some(0));

    fs::write(path("given.md"), text("增設還書箱，延長還書和續借時間。")).unwrap();
    let done = tongwen(root.path(), &["import", "given.md", "--id", "notice", "--update"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let written: String = files().iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    for kept in ["id = \"in-charge\"", "id = \"guided-by\"", "guided-by = \"館長室\"", "續借"]
    {
        assert!(written.contains(kept), "`{kept}` is not in {written}");
    }
    assert!(written.contains("\"guided-by\"]"), "a column has the field's id: {written}");
    assert!(!written.contains("zhi-dao"), "{written}");
    let built = tongwen(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
}

#[test]
fn an_id_that_no_build_would_take_is_refused() {
    let root = site();
    fs::write(root.path().join("given.txt"), "關於合作的通知\n\n一、推動金融合作。\n").unwrap();
    let long = "x".repeat(101);
    for id in ["con", "a--b", "A", "同", "a.b", "../a", &long] {
        refused(root.path(), &["given.txt", "--id", id], 2, "is no id");
    }
    // A file may be called anything.
    for (name, id) in [("given/nul.txt", "guan-yu-he-zuo"), ("given/a--b.txt", "a-b")] {
        fs::create_dir_all(root.path().join("given")).unwrap();
        fs::copy(root.path().join("given.txt"), root.path().join(name)).unwrap();
        let output = tongwen(root.path(), &["import", name]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(root.path().join("content").join(id).is_dir(), "{name}: {}", said(&output));
    }
}

#[cfg(unix)]
#[test]
fn nothing_of_a_file_drives_the_terminal() {
    let root = site();
    let name = "given\u{1b}[31m.txt";
    let text = "關於\u{202e}合作的通知\n\n一、推動金融合作。\n";
    fs::write(root.path().join(name), text).unwrap();
    let output = tongwen(root.path(), &["import", name, "--id", "notice"]);
    let told = said(&output);
    assert!(told.contains("given\\u{1b}[31m.txt: text"), "{told}");
    assert!(told.contains("關於\\u{202e}合作"), "{told}");
    assert!(!told.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{told:?}");
}

/// The system says that it has no bytes.
#[cfg(target_os = "linux")]
#[test]
fn a_file_without_an_end_is_too_large() {
    refused(site().path(), &["/dev/zero", "--id", "zero"], 1, "MiB are read");
}
