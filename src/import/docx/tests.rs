//! Small Word files, made here.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::ReadError;
use super::super::extracted::{Block, Extracted, Reason};
use super::read;

const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="第%1章"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlRestart w:val="0"/><w:suff w:val="space"/><w:lvlText w:val="第%2條"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="taiwaneseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="（%3）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#;

const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:jc w:val="center"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Chapter"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>"#;

fn part(root: &str, inner: &str) -> String {
    format!(r#"<w:{root} xmlns:w="w" xmlns:mc="mc">{inner}</w:{root}>"#)
}

fn file(body: &str, more: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let document = part("document", &format!("<w:body>{body}</w:body>"));
    let parts = [
        ("word/document.xml", document),
        ("word/styles.xml", part("styles", STYLES)),
        ("word/numbering.xml", part("numbering", NUMBERING)),
    ];
    for (name, text) in parts.iter().chain(more) {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn extracted(body: &str, more: &[(&str, String)]) -> Extracted {
    read(&file(body, more)).unwrap()
}

fn lines(body: &str) -> Vec<String> {
    extracted(body, &[]).text().lines().map(str::to_owned).collect()
}

fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn numbered(list: u8, level: u8, text: &str) -> String {
    let number =
        format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#);
    p(&number, text)
}

#[test]
fn automatic_numbers_are_printed() {
    let body = [
        p(r#"<w:pStyle w:val="Chapter"/>"#, "總則"),
        numbered(1, 1, "甲"),
        numbered(1, 2, "乙"),
        numbered(1, 2, "丙"),
        p(r#"<w:pStyle w:val="Sub"/>"#, "丁"),
        numbered(1, 2, "戊"),
        p(r#"<w:pStyle w:val="Chapter"/>"#, "附則"),
        numbered(1, 1, "己"),
        numbered(2, 2, "庚"),
    ];
    assert_eq!(
        lines(&body.concat()),
        [
            "第一章總則",
            "第一條 甲",
            "（一）乙",
            "（二）丙",
            "第二條 丁",
            "（一）戊",
            "第二章附則",
            "第三條 己",
            "（五）庚"
        ]
    );
}

#[test]
fn a_style_says_that_a_paragraph_is_a_heading_in_the_middle() {
    let extracted = extracted(&p(r#"<w:pStyle w:val="Chapter"/>"#, "總則"), &[]);
    let Block::Line(line) = &extracted.blocks[0] else { panic!() };
    assert_eq!((line.heading, line.centred, line.counted), (Some(1), true, "第一章".len()));
}

#[test]
fn tracked_changes_are_accepted() {
    let body = "<w:p><w:r><w:t>加強</w:t></w:r><w:del><w:r><w:delText>舊</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom>\
        <w:moveTo><w:r><w:t>來</w:t></w:r></w:moveTo></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前段</w:t></w:r></w:p>\
        <w:p><w:r><w:t>後段</w:t></w:r></w:p>";
    assert_eq!(lines(body), ["加強新來", "前段後段"]);
}

#[test]
fn controls_fields_links_and_boxes_show_their_text() {
    let body = r#"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>
        <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>結果</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
        <w:hyperlink><w:r><w:t>連結</w:t></w:r></w:hyperlink><w:fldSimple><w:r><w:t>簡</w:t></w:r></w:fldSimple></w:p>
        <w:p><w:r><w:t>外</w:t><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
        <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"#;
    assert_eq!(lines(body), ["控件", "結果連結簡", "外", "框"]);
}

#[test]
fn notes_stand_behind_the_text_with_their_place() {
    let body = r#"<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="7"/></w:r><w:r><w:t>乙</w:t></w:r></w:p>"#;
    let notes = part(
        "footnotes",
        r#"<w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="7"><w:p><w:r><w:t>注釋</w:t></w:r></w:p></w:footnote>"#,
    );
    let extracted = extracted(body, &[("word/footnotes.xml", notes)]);
    let Block::Line(line) = &extracted.blocks[0] else { panic!() };
    assert_eq!((line.text.as_str(), &line.notes), ("甲乙", &vec![("甲".len(), 0)]));
    assert_eq!((extracted.notes[0].mark.as_str(), extracted.notes[0].text.as_str()), ("1", "注釋"));
}

#[test]
fn tables_keep_merged_cells_and_boxes_become_lines() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>{}</w:tr></w:tbl><w:tbl><w:tr>{}</w:tr></w:tbl>",
        cell(r#"<w:vMerge w:val="restart"/>"#, "甲"),
        cell(r#"<w:gridSpan w:val="2"/>"#, "乙"),
        cell("", "丙"),
        cell("", "專欄"),
    );
    let extracted = extracted(&body, &[]);
    let Block::Table(table) = &extracted.blocks[0] else { panic!() };
    assert_eq!((table.rows[0][0].rows, table.rows[0][1].columns, table.rows[1].len()), (2, 2, 1));
    assert!(matches!(&extracted.blocks[1], Block::Line(line) if line.text == "專欄"));
}

#[test]
fn heads_comments_and_hidden_text_are_skipped() {
    let body =
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隱</w:t></w:r><w:r><w:t>顯</w:t></w:r></w:p>";
    let text =
        |root: &str, text: &str| part(root, &format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    let extracted = extracted(
        body,
        &[
            ("word/header1.xml", text("hdr", "頁眉")),
            (
                "word/comments.xml",
                part(
                    "comments",
                    &text("comment", "批注").replace(r#" xmlns:w="w" xmlns:mc="mc""#, ""),
                ),
            ),
        ],
    );
    assert_eq!(extracted.text(), "顯\n");
    let reasons: Vec<Reason> = extracted.skipped.iter().map(|skipped| skipped.reason).collect();
    assert_eq!(reasons, [Reason::Hidden, Reason::Comment, Reason::RunningHead]);
}

#[test]
fn damaged_and_other_archives_are_refused() {
    let whole = file(&p("", "甲"), &[]);
    assert!(matches!(read(&whole[..whole.len() / 2]), Err(ReadError::Damaged { .. })));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    let sheet = writer.finish().unwrap().into_inner();
    assert_eq!(read(&sheet).unwrap_err(), ReadError::Unsupported("a spreadsheet"));
    assert!(matches!(read(&file("<w:p>", &[])), Err(ReadError::Damaged { .. })));
}

/// A text that is not read is never passed over without a word.
#[test]
fn text_that_stands_too_deep_refuses_the_file() {
    for (depth, is_read) in [(50, true), (2000, false)] {
        let (open, close) = ("<w:smartTag>".repeat(depth), "</w:smartTag>".repeat(depth));
        let deep = format!("<w:p>{open}<w:r><w:t>甲</w:t></w:r>{close}</w:p>");
        for body in [format!("{}{deep}", p("", "乙")), format!("{open}{}{close}", p("", "甲"))] {
            let read = read(&file(&body, &[]));
            match is_read {
                true => assert!(read.unwrap().text().contains('甲')),
                false => assert!(matches!(read, Err(ReadError::Damaged { .. })), "{depth}"),
            }
        }
    }
}

/// A few bytes may unpack to any number, in any number of parts.
#[test]
fn the_parts_of_an_archive_are_read_up_to_a_limit_together() {
    let file = file(&p("", "甲"), &[("word/header1.xml", part("hdr", &p("", "乙")))]);
    let zip = zip::ZipArchive::new(Cursor::new(&*file)).unwrap();
    let mut archive = super::Archive { zip, left: 1000 };
    let mut taken = 0;
    for round in 0.. {
        match super::part(&mut archive, "word/header1.xml") {
            Ok(text) => taken += text.unwrap().len(),
            Err(error) => {
                assert!(matches!(error, ReadError::TooLarge { .. }) && round > 1, "{error}");
                break;
            }
        }
    }
    assert!((900..=1000).contains(&taken), "{taken}");
}
