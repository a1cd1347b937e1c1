//! Whatever a file holds, it is read or refused, and what it becomes is content
//! that can be read.

use std::io::{Cursor, Write};

use proptest::prelude::*;

use super::{About, Options, content, read, recognise};
use crate::model::PdfReader;

fn imported(name: &str, bytes: &[u8]) {
    let how = Options { pdf: Some(PdfReader::BuiltIn), ..Options::default() };
    let Ok(extracted) = read(name, bytes, &how) else { return };
    let recognised = recognise(&extracted);
    let about = About { id: Some("read".to_owned()), file: name.to_owned(), ..About::default() };
    for (path, bytes) in content(bytes, &extracted, &recognised, &about).files {
        if path.ends_with(".toml") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.parse::<toml::Table>().is_ok(), "{path}: {text}");
        }
    }
}

/// One of several good files with a piece of it replaced, and which.
fn damaged(good: Vec<Vec<u8>>) -> impl Strategy<Value = (usize, Vec<u8>)> {
    let piece = prop_oneof![
        "[<>/=\"'&;#a-z0-9 ]{0,12}".prop_map(String::into_bytes),
        "[-(){}|*#>`~+.:]{0,12}".prop_map(String::into_bytes),
        "[第一二十百條章（）、。 \n\t]{0,12}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..12),
    ];
    let one = (0..good.len(), 0.0..1.0f64, 0..40usize, piece);
    one.prop_map(move |(index, place, cut, piece)| {
        let good = &good[index];
        let start = (place * good.len() as f64) as usize;
        let end = (start + cut).min(good.len());
        (index, [&good[..start], &piece[..], &good[end..]].concat())
    })
}

const WORD: &str = r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>第一條 甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%2條"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
const PDF: &str = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n<< /Length 44 >> stream\nBT /F 12 Tf 72 720 Td (1. Supports.) Tj ET\n\nendstream\nendobj\ntrailer << /Size 5 /Root 1 0 R >>\n%%EOF\n";

fn docx(document: &[u8], numbering: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("word/document.xml", document), ("word/numbering.xml", numbering)] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn texts() -> Vec<Vec<u8>> {
    let good = [
        "關於合作的備忘錄\n\n第一章 總則\n第一條　為促進合作，\n制定本條例。\n（一）甲；\n（二）乙。\n\n附件1\n表格\n\n香港特別行政區政府\n2024年1月2日\n",
        "# 備忘錄\n\n## 一、金融\n\n1. 支持**機構**。\n2. 推動[合作](x)。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
        "<!doctype html><html><head><meta charset=utf-8><title>備忘錄</title></head><body><h1>備忘錄</h1><ol><li>甲<li>乙<ul><li>丙</ul></ol><table><tr><th rowspan=2>甲<td colspan=3>乙<tr><td>丙</table><p>1. 支持<br>機構</p></body></html>",
    ];
    good.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// As many cases as `PROPTEST_CASES` says, or few.
fn cases() -> ProptestConfig {
    let is_said = std::env::var_os("PROPTEST_CASES").is_some();
    if is_said { ProptestConfig::default() } else { ProptestConfig::with_cases(40) }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_text_and_any_page_is_read_or_refused((index, bytes) in damaged(texts())) {
        imported(["a.txt", "a.md", "a.html"][index], &bytes);
    }

    #[test]
    fn any_word_file_is_read_or_refused((index, bytes) in damaged(vec![
        WORD.as_bytes().to_vec(),
        NUMBERING.as_bytes().to_vec(),
        docx(WORD.as_bytes(), NUMBERING.as_bytes()),
    ])) {
        imported("a.docx", &match index {
            0 => docx(&bytes, NUMBERING.as_bytes()),
            1 => docx(WORD.as_bytes(), &bytes),
            _ => bytes,
        });
    }

    #[test]
    fn any_pdf_is_read_or_refused((_, bytes) in damaged(vec![PDF.as_bytes().to_vec()])) {
        imported("a.pdf", &bytes);
    }
}
