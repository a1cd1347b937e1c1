//! A PDF made here: its font says by a table which characters its signs are.

use super::super::ReadError;
use super::super::extracted::Block;
use super::read;
use crate::model::PdfReader;

/// A PDF of pages of lines, each with the place of its left end.
fn pdf(pages: &[&[(u32, u32, &str)]]) -> Vec<u8> {
    let mut signs: Vec<char> =
        pages.iter().flat_map(|page| page.iter()).flat_map(|line| line.2.chars()).collect();
    signs.sort_unstable();
    signs.dedup();
    let code = |c: char| signs.iter().position(|sign| *sign == c).unwrap() + 1;
    let map: String =
        signs.iter().map(|c| format!("<{:04X}> <{:04X}>\n", code(*c), *c as u32)).collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange {} beginbfchar\n{map}endbfchar endcmap end end",
        signs.len()
    );
    let stream = |text: &str| format!("<< /Length {} >> stream\n{text}\nendstream", text.len());
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 7 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R /DW 1000 >>".to_owned(),
        stream(&map),
        "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>".to_owned(),
    ];
    for (page, lines) in pages.iter().enumerate() {
        let text: String = lines
            .iter()
            .map(|(x, y, line)| {
                let codes: String = line.chars().map(|c| format!("{:04X}", code(c))).collect();
                format!("BT /F 12 Tf {x} {y} Td <{codes}> Tj ET\n")
            })
            .collect();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            8 + 2 * page
        ));
        objects.push(stream(&text));
    }
    let mut file = "%PDF-1.5\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}

fn small() -> Vec<u8> {
    pdf(&[
        &[(96, 780, "第一條　甲方應當加強合作"), (72, 760, "，共同發展。"), (290, 40, "—1—")],
        &[(96, 780, "第二條　乙。"), (290, 40, "—2—")],
    ])
}

fn text(bytes: &[u8], reader: Option<PdfReader>) -> String {
    read(bytes, reader).unwrap().text().split_whitespace().collect()
}

#[test]
fn the_built_in_reader_needs_no_other_program() {
    let extracted = read(&small(), Some(PdfReader::BuiltIn)).unwrap();
    let text: String = extracted.text().split_whitespace().collect();
    assert_eq!(text, "第一條甲方應當加強合作，共同發展。第二條乙。");
    let skipped: Vec<&str> =
        extracted.skipped.iter().map(|skipped| skipped.text.as_str()).collect();
    assert_eq!(skipped, ["—1—", "—2—"]);
    let Block::Line(first) = &extracted.blocks[0] else { panic!() };
    assert_eq!((first.indent, first.page), (4, 0));
}

#[test]
fn both_readers_bring_the_same_text() {
    let bytes = small();
    // Where poppler is not installed there is nothing to compare with.
    let extracted = read(&bytes, None).unwrap();
    if extracted.reader == Some(PdfReader::Poppler) {
        let poppler: String = extracted.text().split_whitespace().collect();
        assert_eq!(poppler, text(&bytes, Some(PdfReader::BuiltIn)));
    }
}

#[test]
fn pages_without_text_are_no_empty_document() {
    let bytes = pdf(&[&[], &[]]);
    for reader in [Some(PdfReader::BuiltIn), None] {
        assert_eq!(read(&bytes, reader).unwrap_err(), ReadError::NoText { pages: 2 });
    }
}

#[test]
fn signs_that_are_no_characters_are_refused() {
    let bytes = pdf(&[&[(72, 700, "甲\u{FFFD}乙")]]);
    let refused = read(&bytes, Some(PdfReader::BuiltIn)).unwrap_err();
    assert!(matches!(refused, ReadError::Unmapped { characters: 1, .. }), "{refused}");
}

#[test]
fn a_damaged_file_is_an_error_at_any_place_it_ends() {
    let bytes = small();
    for length in (9..bytes.len()).step_by(97) {
        // A reader may find its way in what is left; it may not fall over.
        let _ = read(&bytes[..length], Some(PdfReader::BuiltIn));
    }
    assert!(read(b"%PDF-1.4\nnothing", Some(PdfReader::BuiltIn)).is_err());
}
