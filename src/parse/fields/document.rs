//! The fields of a document's head.

use super::site::IMAGE;
use super::{ID, ID_LENGTH, Shape, Table, may, must, only, scripts};
use crate::model::{KnownKind, PartKind, PdfReader};
use Shape::{
    Any, Boolean, Date, Filled, Mark, Marks, Paragraphs, Pattern, Rows, Strings, Tables, Text,
    Texts, Word, WordOrTable,
};

const SHA256: Shape = Pattern("^[0-9a-f]{64}$");

/// The parts that are headings of areas.
const HEADED: &[&str] = &["division", "annex"];

fn documents() -> Vec<&'static str> {
    KnownKind::ALL.map(KnownKind::id).into()
}

fn parts() -> Vec<&'static str> {
    PartKind::ALL.map(PartKind::id).into()
}

fn readers() -> Vec<&'static str> {
    PdfReader::ALL.map(PdfReader::id).into()
}

fn of_areas() -> Vec<&'static str> {
    vec!["document", "division"]
}

fn of_sections() -> Vec<&'static str> {
    vec!["document", "division", "area"]
}

fn of_measures() -> Vec<&'static str> {
    vec!["document", "division", "area", "section"]
}

/// `content/<id>/memorandum.toml`.
pub static MEMORANDUM: Table = Table {
    name: "memorandum",
    about: "A document's head",
    fields: &[
        must("id", ID, "\"example\"", "Its part of addresses; the name of its folder"),
        may("formerly", Strings, "[\"draft\"]", "Ids that it had before: their addresses lead on"),
        must("title", Text, "\"讀書會章程\"", "The document's name"),
        may(
            "script",
            Word(scripts),
            "\"hant\"",
            "The script that it is written in; without it, the site's",
        ),
        may(
            "kind",
            WordOrTable(documents, &WORDS),
            "\"regulation\"",
            "What it is; or, in a table, what it and its parts are called",
        ),
        may("short_title", Text, "\"章程\"", "A shorter title of yours, for navigation"),
        may("summary", Text, "\"讀書會怎樣辦。\"", "Words of yours on what it is about, for lists"),
        may(
            "group",
            Text,
            "\"章程\"",
            "The heading of yours that lists of documents show it under",
        ),
        may("continues", Any, "\"example-2020\"", "The document that it takes the place of, by id"),
        may(
            "amends",
            Strings,
            "[\"example-2020/1.2\"]",
            "The documents and measures that it amends or supplements",
        ),
        may("signed", Date, "2021-11-29", "When it was signed"),
        may("adopted", Date, "2021-11-29", "When a body adopted it"),
        may("issued", Date, "2021-11-29", "When it was issued"),
        may("published", Date, "\"2021-12\"", "When it was published"),
        may("in_force", Date, "2022-01-01", "When it takes effect"),
        may("as_at", Date, "\"2024\"", "The day, month or year as of which the text stands"),
        may("place", Text, "\"香港\"", "Where it was signed"),
        may("parties", Texts, "[\"讀書會\"]", "Who agreed on it, or issued it"),
        may("fields", Tables(&NAMED_FIELD), "", "Facts that the document gives with its measures"),
        may(
            "numbering",
            Shape::Table(&NUMBERING),
            "",
            "What the document prints before each level",
        ),
        may(
            "preamble",
            Paragraphs,
            "[\"會員議定如下。\"]",
            "Paragraphs between the title and the areas",
        ),
        may("signatories", Tables(&SIGNATORY), "", "Who signed"),
        may("annex", Text, "\"附件\"", "The heading of the annex that the areas stand in"),
        may(
            "parts",
            Tables(&PART),
            "",
            "The document's parts one by one, in place of `preamble`, `signatories` and `annex`",
        ),
        may(
            "image",
            Shape::Table(&IMAGE),
            "",
            "What stands for its pages where links to them are shown; without it, the site's",
        ),
        may(
            "source",
            Shape::Table(&SOURCE),
            "",
            "The document that every character is compared with",
        ),
    ],
    rules: r#"{
        "properties": {"id": {"maxLength": 100}},
        "if": {"required": ["parts"]},
        "then": {"properties": {"preamble": false, "signatories": false, "annex": false}}
    }"#,
};

static WORDS: Table = Table {
    name: "words",
    about: "What the document and its parts are called",
    fields: &[
        must("document", Text, "\"章程\"", "The document"),
        must("area", Text, "\"章\"", "A part that has a page of its own"),
        must("measure", Text, "\"條\"", "What areas consist of"),
    ],
    rules: "",
};

static NAMED_FIELD: Table = Table {
    name: "field",
    about: "A fact that the document gives with its measures",
    fields: &[
        must("id", ID, "\"responsible\"", "Its name in `fields` and `columns`"),
        must("name", Text, "\"負責部門\"", "Its name as printed"),
    ],
    rules: ID_LENGTH,
};

static NUMBERING: Table = Table {
    name: "numbering",
    about: "What the document prints before each level; \"\" where nothing is printed",
    fields: &[
        may("division", Marks, "\"第{一}編\"", "Before divisions; without it, nothing"),
        may("area", Marks, "\"第{一}章\"", "Before areas; without it, `{一}、`"),
        may("section", Marks, "\"第{一}節\"", "Before sections; without it, nothing"),
        may("measure", Marks, "\"第{一}條\"", "Before measures; without it, `{1}.`"),
        may(
            "items",
            Marks,
            "[\"（{一}）\", \"{1}.\"]",
            "Before items within a measure, the outermost level first",
        ),
        may("area_within", Word(of_areas), "\"division\"", "Where areas' numbers begin anew"),
        may("section_within", Word(of_sections), "\"area\"", "Where sections' numbers begin anew"),
        may("measure_within", Word(of_measures), "\"area\"", "Where measures' numbers begin anew"),
    ],
    rules: "",
};

static SIGNATORY: Table = Table {
    name: "signatory",
    about: "Who signed",
    fields: &[
        must("party", Text, "\"讀書會\"", "For whom"),
        may("post", Text, "\"會長\"", "In which post"),
        may("dated", Text, "\"二零二四年一月一日\"", "The date as printed"),
    ],
    rules: "",
};

static PART: Table = Table {
    name: "part",
    about: "A part of the document, where it stands in it",
    fields: &[
        must("kind", Word(parts), "\"preamble\"", "What it is"),
        only(HEADED, may("id", ID, "\"annex-1\"", "By which areas name it in `under`")),
        only(
            HEADED,
            may(
                "mark",
                Mark,
                "\"附件1\"",
                "What is printed before the title, where it is not counted; \"\" for nothing",
            ),
        ),
        only(HEADED, may("title", Text, "\"收費表\"", "Its title")),
        may("text", Paragraphs, "[\"會員議定如下。\"]", "Its paragraphs"),
        only(HEADED, may("closing", Paragraphs, "[\"附件完。\"]", "Paragraphs after its areas")),
        only(
            &["signatures"],
            may("signatories", Tables(&SIGNATORY), "", "Who signed, in place of `text`"),
        ),
        only(
            &["table"],
            may(
                "rows",
                Rows,
                "[[\"項目\", \"費用\"], [\"會費\", \"十元\"]]",
                "The rows of a table, each a list of cells",
            ),
        ),
    ],
    rules: r#"{
        "if": {"properties": {"kind": {"enum": ["title", "areas", "division", "annex"]}}},
        "else": {
            "if": {"properties": {"kind": {"const": "table"}}},
            "then": {"anyOf": [{"required": ["rows"]}, {"required": ["text"]}]},
            "else": {"anyOf": [{"required": ["text"]}, {"required": ["signatories"]}]}
        }
    }"#,
};

static SOURCE: Table = Table {
    name: "source",
    about: "The document that every character is compared with; or one each in `hant` and `hans`",
    fields: &[
        may("file", Any, "\"seeds/example.txt\"", "The document's text, below `seeds/`"),
        may(
            "sha256",
            SHA256,
            "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
            "The file's digest",
        ),
        may("original", Shape::Table(&ORIGINAL), "", "The file that the text was extracted from"),
        may("skip", Tables(&SKIP), "", "What of the text is no part of the document"),
        may(
            "url",
            Pattern("^https?://"),
            "\"https://example.org/notice\"",
            "Where whoever issued it has it on the web; the source page leads there",
        ),
        may("hant", Shape::Table(&ONE_SOURCE), "", "The document in Traditional script"),
        may("hans", Shape::Table(&ONE_SOURCE), "", "The document in Simplified script"),
    ],
    rules: r#"{"oneOf": [
        {"required": ["file", "sha256"]},
        {
            "anyOf": [{"required": ["hant"]}, {"required": ["hans"]}],
            "properties": {"file": false, "sha256": false, "original": false, "skip": false, "url": false}
        }
    ]}"#,
};

static ONE_SOURCE: Table = Table {
    name: "source-edition",
    about: "A document in one script",
    fields: &[
        must("file", Any, "\"seeds/example.txt\"", "The document's text, below `seeds/`"),
        must(
            "sha256",
            SHA256,
            "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
            "The file's digest",
        ),
        may("original", Shape::Table(&ORIGINAL), "", "The file that the text was extracted from"),
        may("skip", Tables(&SKIP), "", "What of the text is no part of the document"),
        may(
            "url",
            Pattern("^https?://"),
            "\"https://example.org/notice\"",
            "Where whoever issued it has it on the web; the source page leads there",
        ),
    ],
    rules: "",
};

static ORIGINAL: Table = Table {
    name: "original",
    about: "The file that a source's text was extracted from",
    fields: &[
        must("file", Any, "\"seeds/example.pdf\"", "The file, below `seeds/`"),
        must(
            "sha256",
            SHA256,
            "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
            "Its digest",
        ),
        may(
            "encoding",
            Filled,
            "\"big5\"",
            "The encoding of its characters, if its bytes do not tell",
        ),
        may(
            "select",
            Filled,
            "\"#content\"",
            "The part of a web page that holds the document, as a CSS selector",
        ),
        may("reader", Word(readers), "\"pdftotext\"", "What read a PDF"),
    ],
    rules: "",
};

static SKIP: Table = Table {
    name: "skip",
    about: "What of the text is no part of the document",
    fields: &[
        may("line", Any, "\"— {1} —\"", "Whole lines of this pattern"),
        may("text", Filled, "\"打印本頁\"", "These words, which stand there once"),
        may("every", Boolean, "true", "Whether the words are skipped wherever they stand"),
        must("reason", Any, "\"頁碼\"", "Why"),
    ],
    rules: r#"{"oneOf": [{"required": ["line"]}, {"required": ["text"]}]}"#,
};
