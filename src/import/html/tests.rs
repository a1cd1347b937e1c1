//! Pages as portals publish documents, in small.

use super::super::ReadError;
use super::super::extracted::{Block, Extracted};
use super::read;

fn lines(page: &str) -> Vec<String> {
    read(page, None)
        .unwrap()
        .text()
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn skipped(extracted: &Extracted) -> Vec<&str> {
    extracted.skipped.iter().map(|skipped| skipped.text.as_str()).collect()
}

const PORTAL: &str = r#"<html><head><title>門戶</title><style>p{}</style></head><body>
<nav><ul><li><a href="/">首頁</a></li><li><a href="/x">政務公開</a></li></ul></nav>
<div class="wrap"><table><tr><td>索引號</td><td>0001</td></tr><tr><td>發文機關</td><td>某市政府</td></tr><tr><td>成文日期</td><td>2020年</td></tr></table>
<div class="content"><h1>某市關於支持創新的若干措施</h1><div class="text">
<p style="text-align:center">某府〔2020〕3號</p>
<p>各區人民政府，市政府各部門：</p><p>為促進創新，現提出以下措施，請認真貫徹執行。</p>
<p><b>一、支持企業</b></p><p>（一）對符合條件的企業，給予資金支持，並簡化申請程序。</p><p>（二）鼓勵企業設立研發機構，<br>開展合作，共享成果。</p>
<p style="text-align:right">某市人民政府</p><p style="text-align:right">2020年3月1日</p></div></div>
<p>掃一掃在手機打開當前頁</p></div><footer>版權所有　某市人民政府</footer></body></html>"#;

#[test]
fn the_document_is_taken_and_the_rest_is_listed() {
    let extracted = read(PORTAL, None).unwrap();
    let text = extracted.text();
    assert!(text.starts_with("某市關於支持創新的若干措施\n某府〔2020〕3號\n"), "{text}");
    assert!(text.trim_end().ends_with("某市人民政府\n2020年3月1日"), "{text}");
    let skipped = skipped(&extracted);
    for outside in ["首頁", "政務公開", "索引號", "掃一掃在手機打開當前頁", "版權所有 某市人民政府"]
    {
        assert!(skipped.iter().any(|text| text.contains(outside)), "{outside}: {skipped:?}");
    }
}

#[test]
fn a_selector_names_the_part() {
    let extracted = read(PORTAL, Some(".text p:first-child")).unwrap();
    assert_eq!(extracted.text(), "某府〔2020〕3號\n");
    assert!(matches!(read(PORTAL, Some("#none")), Err(ReadError::NothingSelected(_))));
    assert!(matches!(read(PORTAL, Some("p[")), Err(ReadError::BadSelector(_))));
}

#[test]
fn lines_are_set_as_a_browser_sets_them() {
    let page = "<body><p>第一\n條 甲，乙。</p><p>丙，<br/>丁。</p><ol><li>戊</li><li>己</li></ol><div>庚<p>辛</p>壬</div><p>a  b&nbsp;c</p></body>";
    assert_eq!(
        lines(page),
        ["第一條 甲，乙。", "丙，", "丁。", "1. 戊", "2. 己", "庚", "辛", "壬", "a b c"]
    );
}

#[test]
fn tables_of_data_are_tables_and_tables_of_layout_are_not() {
    let data = "<body><p>甲，乙。</p><table><tr><th>序號</th><th>內容</th></tr><tr><td colspan=2>一，丙</td></tr></table></body>";
    let extracted = read(data, None).unwrap();
    let Block::Table(table) = &extracted.blocks[1] else { panic!() };
    assert!(table.rows[0][0].head && table.rows[1][0].columns == 2);
    assert_eq!(
        lines("<table><tr><td><p>甲，乙。</p><p>丙，丁。</p></td></tr></table>"),
        ["甲，乙。", "丙，丁。"]
    );
}

#[test]
fn pages_may_nest_as_deep_as_they_like() {
    let page = format!("{}甲，乙。{}", "<div>".repeat(2000), "</div>".repeat(2000));
    assert_eq!(lines(&page), ["甲，乙。"]);
}

#[test]
fn pages_that_nest_beyond_any_document_are_refused_at_once() {
    for (open, close, count) in
        [("<div>", "</div>", 100_000), ("<table><tr><td>", "</td></tr></table>", 3_000)]
    {
        let page = format!("{}甲{}", open.repeat(count), close.repeat(count));
        assert!(matches!(super::read(&page, None), Err(crate::import::ReadError::Damaged { .. })));
    }
    // Elements that nobody closes are not in each other.
    let page = format!("<body>{}", "<p>甲<br>".repeat(10_000));
    assert_eq!(lines(&page).len(), 10_000);
}
