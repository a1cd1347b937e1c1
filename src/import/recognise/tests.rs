//! Documents of the kinds that are published, in small and in our own words.

use crate::diagnostic::Code;

use super::super::extracted::{Extracted, Reason};
use super::super::tree::{Node, NodeKind, Recognised};
use super::super::{Options, read};
use super::recognise;

fn extracted(text: &str) -> Extracted {
    read("a.txt", text.as_bytes(), &Options::default()).unwrap()
}

/// The structure of a text, none of which may be lost.
fn of(text: &str) -> Recognised {
    let extracted = extracted(text);
    let recognised = recognise(&extracted);
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let text = extracted.text();
    let mut lines: Vec<&str> = text.lines().collect();
    for skipped in &recognised.skipped {
        let at = lines.iter().position(|line| *line == skipped.text);
        lines.remove(at.expect("what is skipped is in the text"));
    }
    let all = squeezed(&lines.concat());
    assert_eq!(recognised.all_text(), all, "something was lost");
    recognised
}

fn outline(nodes: &[Node]) -> String {
    let one = |node: &Node| {
        let name = format!("{:?}", node.kind).to_lowercase();
        let mark = node.mark.as_deref().map(|mark| format!(" {mark}")).unwrap_or_default();
        let heading =
            node.heading.as_deref().map(|heading| format!(" [{}]", heading.replace('\n', "/")));
        let below = if node.children.is_empty() {
            String::new()
        } else {
            format!(" ({})", outline(&node.children))
        };
        format!("{name}{mark}{}{below}", heading.unwrap_or_default())
    };
    nodes.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn check(text: &str, expected: &str) {
    assert_eq!(outline(&of(text).parts), expected);
}

#[test]
fn a_regulation_has_chapters_sections_and_articles() {
    check(
        "某區條例\n（2020年1月1日某大會通過）\n第一章 總則\n第一條 為了甲，制定本條例。\n第二條 下列事項：\n（一）乙；\n（二）丙。\n前款所列，丁。\n\
         第二章 管理\n第一節 機構\n第三條 戊。\n第三條之一 己。\n第二節 經費\n第四條 庚。\n",
        "title · adopted · area 第一章 [總則] (measure 第一條 · measure 第二條 (item （一） · item （二） · paragraph)) · \
         area 第二章 [管理] (section 第一節 [機構] (measure 第三條 · measure 第三條之一) · section 第二節 [經費] (measure 第四條))",
    );
}

#[test]
fn books_stand_above_chapters() {
    check(
        "某法\n第一編 總則\n第一章 甲\n第一條 乙。\n第二章 丙\n第二條 丁。\n第二編 分則\n第一章 戊\n第三條 己。\n",
        "title · group 第一編 [總則] (area 第一章 [甲] (measure 第一條) · area 第二章 [丙] (measure 第二條)) · \
         group 第二編 [分則] (area 第一章 [戊] (measure 第三條))",
    );
}

#[test]
fn a_notice_has_a_number_an_addressee_and_measures_that_run_on() {
    let text = "某院關於支持甲區\n改革若干措施的通知\n某發〔2018〕3號\n各省人民政府，各部委：\n建設甲區是重大舉措。現就有關事項通知如下：\n\
        一、優化環境\n（一）放寬限制。（負責部門：商務部；適用範圍：甲區）\n（二）下放權限。（負責部門：建設部）\n二、抓好落實\n（三）加強組織。\n\
        三、保障\n堅持領導。各部門要重視。\n維護安全。各地區要負責。\n某院\n2018年11月7日\n（此件公開發佈）\n";
    check(
        text,
        "title · title · number · addressee · preamble · area 一、 [優化環境] (measure （一） · measure （二）) · area 二、 [抓好落實] (measure （三）) · \
         area 三、 [保障] (measure · measure) · signature · signature · remark",
    );
    let recognised = of(text);
    let first = recognised.nodes().into_iter().find(|node| node.kind == NodeKind::Measure).unwrap();
    assert_eq!(first.fields[1], ("適用範圍".to_owned(), "甲區".to_owned()));
}

#[test]
fn bare_headings_above_numbered_texts_are_sections() {
    check(
        "某規劃\n一、重點任務\n（一）產業\n1.發展甲產業，提升水平。\n2.發展乙產業，擴大規模。\n（二）交通\n3.建設丙線，暢通聯繫。\n4.建設丁港，便利往來。\n\
         二、保障\n（一）組織\n5.加強領導，明確分工。\n",
        "title · area 一、 [重點任務] (section （一） [產業] (measure 1. · measure 2.) · section （二） [交通] (measure 3. · measure 4.)) · \
         area 二、 [保障] (section （一） [組織] (measure 5.))",
    );
}

#[test]
fn a_decision_has_measures_under_no_area() {
    check(
        "某會關於若干問題的決定\n2020年9月25日 某會通過\n為了甲，作如下決定：\n一、乙應當丙，依法執行。\n二、丁依照方案確定。\n有關部門應當配合。\n三、戊。\n本決定自2020年10月1日起施行。\n",
        "title · adopted · preamble · measure 一、 · measure 二、 (paragraph) · measure 三、 · closing",
    );
}

#[test]
fn issuers_stand_before_the_title_and_headings_on_the_next_line() {
    check(
        "某省人民政府\n某特別行政區政府\n深化合作框架協議\n為甲，雙方制定本協議。\n第一章\n總則\n推動乙合作，促進發展。\n第一條\n合作定位\n一、建設丙。以丁為龍頭。\n二、打造戊。依託己。\n第二條\n環境\n一、庚。\n二、辛。\n",
        "before · before · title · preamble · area 第一章 [總則] (paragraph · measure 第一條 [合作定位] (item 一、 · item 二、) · measure 第二條 [環境] (item 一、 · item 二、))",
    );
}

#[test]
fn an_attached_document_follows_the_signature() {
    check(
        "某會議 備忘錄\n雙方同意加強合作，共同發展。\n甲方政府\n副省長（簽字）\n2021年11月29日\n某會議同意的\n具體合作措施\n一、金融\n1. 甲，乙。\n2. 丙，丁。\n二、教育\n1. 戊，己。\n",
        "title · preamble · signature · signature · signature · annex [某會議同意的/具體合作措施] (area 一、 [金融] (measure 1. · measure 2.) · area 二、 [教育] (measure 1.))",
    );
}

#[test]
fn annexes_by_their_marks_have_numbers_of_their_own() {
    check(
        "某通知\n各區：\n現將清單印發，請執行。\n一、甲，乙。\n二、丙，丁。\n附件：1. 措施清單\n2. 分工表\n某局\n2020年1月2日\n附件1\n措施清單\n一、戊\n（一）己，庚。\n（二）辛，壬。\n附件2\n分工表\n甲負責。\n",
        "title · addressee · preamble · measure 一、 · measure 二、 · attachment · attachment · signature · signature · \
         annex 附件1 [措施清單] (area 一、 [戊] (measure （一） · measure （二）)) · annex 附件2 [分工表] (measure)",
    );
}

#[test]
fn numbered_rows_of_an_annex_are_measures_in_groups() {
    let text = "某院關於甲的通知\n各省：\n一、優化營商環境。\n二、落實責任。\n某院\n2018年11月7日\n附件\n乙清單\n| 序號 | 舉措 | 主要內容 | 指導部門 |\n";
    let found = |rows: &str| {
        let table = super::recognise(&crate::import::lines::read(&format!("{text}{rows}")));
        let nodes = table.nodes();
        let rows: Vec<_> = nodes.iter().filter(|node| !node.cells.is_empty()).collect();
        rows.iter()
            .map(|row| {
                let mark = row.mark.clone().unwrap_or_default();
                format!("{mark} {} {}", row.heading.clone().unwrap_or_default(), row.cells[0].1)
            })
            .collect::<Vec<_>>()
    };
    let rows = "| 1 | 甲 | 整合各方資源。 | 丙局 |\n| 3 | 乙 | 簡化各項流程。 | 丁局 |\n";
    assert_eq!(found(rows), ["1 甲 丙局", "3 乙 丁局"]);
    // Rows that do not count, or say nothing, stay a table.
    assert!(found("| 1 | 甲 | 整合。 | 丙 |\n| 1 | 乙 | 簡化。 | 丁 |\n").is_empty());
    assert!(found("| 1 | 甲 | 整合。 | 丙 |\n| 2 | 乙 | | 丁 |\n").is_empty());
}

#[test]
fn the_numbered_sections_of_an_ordinance_are_measures() {
    let recognised = of(
        "某條例\n第1部\n導言\n1.　簡稱\n(1)　本條例可引稱為《某條例》。\n(2)　本條例自公布日起實施。\n2.　釋義\n(1)　在本條例中，下列詞語具有所示涵義。\n(2)　在本條例中，甲包括乙。\n第2部\n罰則\n3.　罪行\n(1)　任何人違反本條例，即屬犯罪。\n(2)　一經定罪，可處罰款。\n",
    );
    assert_eq!((recognised.count(NodeKind::Area), recognised.count(NodeKind::Measure)), (2, 3));
}

#[test]
fn a_printed_table_of_contents_is_no_heading() {
    let text = "某規劃\n目錄\n第一章 甲……1\n第二章 乙……5\n第一章 甲\n第一條 丙。\n第二章 乙\n第二條 丁。\n";
    check(
        text,
        "title · contents · contents · contents · area 第一章 [甲] (measure 第一條) · area 第二章 [乙] (measure 第二條)",
    );
}

#[test]
fn a_text_without_numbers_has_a_measure_for_each_paragraph() {
    let recognised = of("某聲明\n雙方將加強合作。\n雙方將定期會晤。\n");
    assert_eq!(outline(&recognised.parts), "title · measure · measure");
    assert_eq!(recognised.doubts[0].code, Code::NoNumbers);
}

#[test]
fn page_numbers_in_a_text_are_set_aside() {
    let recognised = of("某條例\n第一條 甲。\n— 1 —\n第二條 乙。\n— 2 —\n");
    assert_eq!(recognised.count(NodeKind::Measure), 2);
    let reasons: Vec<Reason> = recognised.skipped.iter().map(|skipped| skipped.reason).collect();
    assert_eq!(reasons, [Reason::PageNumber; 2]);
}

#[test]
fn signs_and_one_heading_alone_are_levels_too() {
    check(
        "某協議\n一、總則\n(一)合作宗旨。貫徹甲,推進乙。\n(二)合作原則。\n——開放引領。構建丙。\n——互利共贏。共享丁。\n",
        "title · area 一、 [總則] (measure (一) · measure (二) (item —— · item ——))",
    );
}

#[test]
fn odd_numbers_are_told_and_kept() {
    let recognised = of("某條例\n第一條 甲。\n第二條 （刪除）\n第四條 乙。\n第五條 丙。\n");
    assert_eq!(recognised.count(NodeKind::Measure), 4);
    let codes: Vec<Code> = recognised.doubts.iter().map(|doubt| doubt.code).collect();
    assert_eq!(codes, [Code::NumberMissing]);
}

#[test]
fn scripts_are_told_by_their_characters() {
    use super::super::tree::TextScript;
    assert_eq!(of("某條例\n第一條 為促進發展。\n").script, TextScript::Hant);
    assert_eq!(of("某条例\n第一条 为促进发展。\n").script, TextScript::Hans);
    assert_eq!(of("甲乙丙丁\n").script, TextScript::Either);
}

#[test]
fn five_thousand_articles_take_less_than_two_seconds() {
    let articles: String = (1..=5000)
        .map(|n| format!("第{n}條　甲方應當在三十日內提交報告，並依照規定辦理。\n"))
        .collect();
    let text = format!("某條例\n{articles}");
    let extracted = extracted(&text);
    let started = std::time::Instant::now();
    assert_eq!(recognise(&extracted).count(NodeKind::Measure), 5000);
    assert!(started.elapsed().as_secs() < 2, "{:?}", started.elapsed());
}

proptest::proptest! {
    #[test]
    fn nothing_is_lost_whatever_the_lines(lines in proptest::collection::vec(
        "(第[一二三]章|第[一二三四]條|[一二三]、|（[一二三]）|[123]\\.|①|●|附件1?|目錄|2020年1月[12]日|— [12] —|)[ 　]?[甲乙丙關於條例的通知，。：（）]{0,12}", 0..40))
    {
        let text = lines.join("\n");
        if !text.trim().is_empty() {
            of(&text);
        }
    }
}
