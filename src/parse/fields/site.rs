//! The fields of the files that concern a site as a whole, and of texts.

use super::{ID, ID_LENGTH, Shape, Table, may, must, scripts};
use crate::model::{Kind, SiteStatus, Standard};
use Shape::{
    Any, Boolean, Filled, Integer, Pattern, Strings, Tables, Text, Texts, Word, WordsOrTables,
};

const ADDRESS: Shape = Pattern("^https?://[^/?#\\s][^?#\\s]*$");
const WEB: Shape = Pattern("^https?://");

fn engines() -> Vec<&'static str> {
    vec!["tongwen", "rules", "opencc"]
}

fn statuses() -> Vec<&'static str> {
    SiteStatus::ALL.map(SiteStatus::id).into()
}

fn kinds() -> Vec<&'static str> {
    Kind::ALL.map(Kind::id).into()
}

fn provenances() -> Vec<&'static str> {
    vec!["official", "edited"]
}

/// `content/site.toml`.
pub static SITE: Table = Table {
    name: "site",
    about: "The site as a whole",
    fields: &[
        must("title", Text, "\"讀書會\"", "The site's title"),
        must(
            "description",
            Text,
            "\"一份文件，繁簡並列。\"",
            "What it is, in a sentence, for search engines and feeds",
        ),
        may(
            "base_url",
            ADDRESS,
            "\"https://example.org/\"",
            "Where the site will be published; without it, there is no sitemap, no feed and no canonical address",
        ),
        may(
            "script",
            Word(scripts),
            "\"hant\"",
            "The script that texts are written in; without it, `hant`",
        ),
        may(
            "default_edition",
            Filled,
            "\"hant\"",
            "The edition a reader without a preference gets; without it, that of `script`",
        ),
        may(
            "editions",
            WordsOrTables(scripts, &EDITION),
            "[\"hant\", \"hans\"]",
            "The editions, by name or as tables; without it, one in each script",
        ),
        may("theme", Any, "\"default\"", "The theme, a folder below `themes/`"),
        may(
            "engine",
            Word(engines),
            "\"tongwen\"",
            "What converts: `tongwen`, `rules` (OpenCC's rules alone) or `opencc` (the library)",
        ),
        may(
            "licences",
            Tables(&LINK),
            "",
            "The licences under which the data may be used, for `data/datapackage.json` and the page about it",
        ),
        may("publisher", Text, "\"讀書會編輯部\"", "Who publishes the site; every page says so"),
        may(
            "status",
            Word(statuses),
            "\"unofficial\"",
            "How official the site is: `official`, `unofficial` or `draft`; every page says so. Without it, `unofficial`",
        ),
        may(
            "contact",
            Filled,
            "\"editor@example.org\"",
            "Where readers tell of a mistake: an address of mail, or of a page on the web, in which `{address}` becomes that of the page told of",
        ),
        may(
            "publish_sources",
            Boolean,
            "true",
            "Whether the source documents are published, byte for byte, beside the text; without it, they are",
        ),
        may(
            "publish_bags",
            Boolean,
            "true",
            "Whether each sealed version is published as a ZIP of its bag; without it, it is",
        ),
        may(
            "image",
            Shape::Table(&IMAGE),
            "",
            "What stands for its pages where links to them are shown, as in a chat",
        ),
    ],
    rules: r#"{
        "if": {"properties": {"status": {"const": "official"}}, "required": ["status"]},
        "then": {"required": ["publisher"]}
    }"#,
};

/// A picture for shared links.
pub static IMAGE: Table = Table {
    name: "image",
    about: "A picture for links that are shared",
    fields: &[
        must(
            "file",
            Pattern("^[A-Za-z0-9._-][A-Za-z0-9._/-]*\\.(png|jpe?g)$"),
            "\"share.png\"",
            "A PNG or JPEG of 1200 × 630 pixels, by its path below `static/`",
        ),
        must("alt", Text, "\"一疊書。\"", "What it shows, for those who do not see it"),
    ],
    rules: "",
};

fn standards() -> Vec<&'static str> {
    Standard::ALL.map(Standard::id).into()
}

static EDITION: Table = Table {
    name: "edition",
    about: "An edition: all pages in one form",
    fields: &[
        must("id", ID, "\"tw\"", "Its folder in addresses"),
        may(
            "script",
            Word(scripts),
            "\"hant\"",
            "What it is written in, where neither `standard` nor the id says it",
        ),
        may(
            "standard",
            Word(standards),
            "\"tw\"",
            "The Traditional of it: `hk` (Hong Kong), `tw` (Taiwan) or `plain` (OpenCC's own)",
        ),
        may("lang", Filled, "\"zh-Hant-TW\"", "Its language tag (BCP 47)"),
        may("name", Any, "\"繁體（台灣）\"", "What links to it say"),
        may("short", Any, "\"台\"", "The same in a character or two"),
    ],
    rules: r#"{"properties": {"id": {"maxLength": 16}, "lang": {"maxLength": 16}}}"#,
};

/// `content/lexicon.toml`.
pub static LEXICON: Table = Table {
    name: "lexicon",
    about: "Rules of conversion above the dictionaries",
    fields: &[
        may("protect", Strings, "[\"乾隆\"]", "Words that stay as they are in either edition"),
        may("rules", Tables(&RULE), "", "What is written in each script"),
    ],
    rules: "",
};

static RULE: Table = Table {
    name: "rule",
    about: "A rule of conversion",
    fields: &[
        must("hant", Filled, "\"資訊科技\"", "The word in Traditional script"),
        must("hans", Filled, "\"信息技术\"", "The word in Simplified script"),
        may("into", Word(scripts), "\"hans\"", "The only edition that it writes; without it, both"),
        may(
            "exact",
            Boolean,
            "false",
            "Whether it holds even where the word is parts of two others by chance",
        ),
        may("note", Any, "\"內地用語\"", "Why it is there"),
    ],
    rules: "",
};

/// `content/entities.toml`, or the files of `content/entities/`.
pub static ENTITIES: Table = Table {
    name: "entities",
    about: "Who and what the measures mention",
    fields: &[
        may(
            "script",
            Word(scripts),
            "\"hant\"",
            "The script of the file's texts; without it, the site's",
        ),
        may("entities", Tables(&ENTITY), "", "The entities"),
    ],
    rules: "",
};

static ENTITY: Table = Table {
    name: "entity",
    about: "An organisation, programme, place, instrument, event or topic",
    fields: &[
        must("id", ID, "\"reading-society\"", "Its part of addresses"),
        may(
            "formerly",
            Strings,
            "[\"society\"]",
            "Ids that it had before: their addresses lead on",
        ),
        must("kind", Word(kinds), "\"organisation\"", "What it is"),
        must("name", Text, "\"讀書會\"", "Its name"),
        may("aliases", Texts, "[\"書會\"]", "Other names that it is mentioned by"),
        may("block", Texts, "[\"讀書會議\"]", "Phrases in which the name means something else"),
        may(
            "search",
            Strings,
            "[\"RC\"]",
            "Words that find it in the search alone: abbreviations, Latin names",
        ),
        may("description", Text, "\"一個讀書會。\"", "What it is, in a sentence"),
        may("links", Tables(&LINK), "", "Its pages on the web"),
    ],
    rules: ID_LENGTH,
};

static LINK: Table = Table {
    name: "link",
    about: "A page on the web",
    fields: &[
        must("title", Text, "\"網站\"", "What the link says"),
        must("url", WEB, "\"https://example.org/\"", "Where it leads"),
    ],
    rules: "",
};

/// The front matter of a page.
pub static PAGE: Table = Table {
    name: "page",
    about: "An explainer page's front matter, between `+++` lines",
    fields: &[
        must("title", Text, "\"關於本網站\"", "The page's title"),
        may("formerly", Strings, "[\"site\"]", "Ids that it had before: their addresses lead on"),
        may("description", Text, "\"本網站載列的文件。\"", "What it says, in a sentence"),
        may("order", Integer(i64::MIN), "1", "Its place among the pages; the smaller comes first"),
        may("script", Word(scripts), "\"hant\"", "The script of its text; without it, the site's"),
        may("draft", Boolean, "false", "Whether only `serve --drafts` shows it"),
    ],
    rules: "",
};

/// A text in each script.
pub static SIDES: Table = Table {
    name: "sides",
    about: "A text in each script",
    fields: &[
        may("hant", Filled, "\"資訊科技\"", "In Traditional script"),
        may("hans", Filled, "\"信息技术\"", "In Simplified script"),
        may(
            "provenance",
            Word(provenances),
            "\"edited\"",
            "Who wrote the other wording: `official` or `edited`",
        ),
    ],
    rules: r#"{
        "anyOf": [{"required": ["hant"]}, {"required": ["hans"]}],
        "dependencies": {"provenance": ["hant", "hans"]}
    }"#,
};

/// A table of which no field is declared.
pub static NOTHING: Table = Table { name: "nothing", about: "", fields: &[], rules: "" };
