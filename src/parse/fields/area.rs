//! The fields of an area's file.

use super::{ID, Shape, Table, may, must};
use Shape::{Any, Integer, Mark, Named, Paragraphs, Pattern, Strings, Tables, Text, Texts};

const NUMBER: Shape = Pattern("^[1-9][0-9]*\\.[1-9][0-9]*$");

/// `content/<id>/NN-<area>.toml`.
pub static AREA: Table = Table {
    name: "area",
    about: "An area of a document",
    fields: &[
        must("id", ID, "\"general\"", "Its part of addresses; `text` for measures under no area"),
        may("formerly", Strings, "[\"rules\"]", "Ids that it had before: their addresses lead on"),
        may(
            "number",
            Integer(1),
            "1",
            "Its place in the document, from 1; without any, the order of the files' names",
        ),
        may("under", Any, "\"annex-1\"", "The division or annex that it stands under"),
        may(
            "mark",
            Mark,
            "\"第三章之一\"",
            "What is printed before the title, where it is not what is counted; \"\" for nothing",
        ),
        may("title", Text, "\"總則\"", "The title as printed"),
        may("text", Paragraphs, "\"會員須知如下。\"", "Paragraphs before the first measure"),
        may("summary", Text, "\"聚會和借閱。\"", "Words of yours about the area, for its page"),
        may(
            "columns",
            Strings,
            "[\"mark\", \"text\", \"responsible\"]",
            "Of a table whose rows are the measures, what each column holds",
        ),
        may(
            "heads",
            Texts,
            "[\"序號\", \"內容\", \"負責部門\"]",
            "The heads of those columns, as printed",
        ),
        may("measures", Tables(&MEASURE), "", "The measures before the first section"),
        may("sections", Tables(&SECTION), "", "A level between area and measure"),
        may("closing", Paragraphs, "\"本章完。\"", "Paragraphs after the last measure"),
    ],
    rules: r#"{
        "properties": {"id": {"maxLength": 100}},
        "if": {"properties": {"id": {"const": "text"}}},
        "then": {"properties": {"title": false, "mark": {"maxLength": 0}}},
        "else": {"anyOf": [{"required": ["title"]}, {"required": ["mark"]}]}
    }"#,
};

static SECTION: Table = Table {
    name: "section",
    about: "A level between area and measure",
    fields: &[
        may(
            "mark",
            Mark,
            "\"第一節\"",
            "What is printed before the title, where it is not what is counted; \"\" for nothing",
        ),
        may("title", Text, "\"聚會\"", "The title as printed"),
        may("text", Paragraphs, "\"聚會如下。\"", "Paragraphs before its first measure"),
        may("measures", Tables(&MEASURE), "", "Its measures"),
    ],
    rules: "",
};

static MEASURE: Table = Table {
    name: "measure",
    about: "A measure: an article, a numbered paragraph, a row of a table",
    fields: &[
        must(
            "text",
            Text,
            "\"會員可以借閱藏書。\"",
            "Its wording; an empty line parts paragraphs, a declared mark begins an item, `| a | b |` is a row",
        ),
        may(
            "number",
            NUMBER,
            "\"1.1\"",
            "Its key: the area's place and its own; without it, counted",
        ),
        may(
            "mark",
            Mark,
            "\"第三條之一\"",
            "What is printed before it, where it is not what is counted; \"\" for nothing",
        ),
        may("title", Text, "\"借閱\"", "A printed heading between mark and text"),
        may("label", Text, "\"借書\"", "A short title of yours, for lists"),
        may(
            "related",
            Strings,
            "[\"1.2\"]",
            "Measures that belong together, also `id/1.2` of another document",
        ),
        may("amends", Strings, "[\"example-2020/1.2\"]", "Measures and documents that it amends"),
        may(
            "fields",
            Named,
            "{ responsible = \"圖書組\" }",
            "Cells of a table's row, by the ids of `[[fields]]`",
        ),
    ],
    rules: "",
};
