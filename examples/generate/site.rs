//! A whole site, file by file: memoranda of the shape of the 2021 memorandum,
//! whose clauses are put together anew, with source documents, entities, a
//! lexicon and explainer pages, so that every feature has something to do.
//!
//! What the site has per measure stays the same at any size, but for what all
//! real memoranda share (`人才`, `香港交易所`): that is mentioned ever more often.

use std::path::Path;

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};
use tongwen::model::chinese_numeral;

use crate::names::{MOST_MEMORANDA, Organisation, Place, Random};
use crate::pattern::{Area, Pattern};

/// Takes a file's path below the site's root, and its text.
pub type Write<'a> = dyn FnMut(&str, &str) -> Result<()> + 'a;

/// Makes a site of so many measures.
pub fn generate(count: usize, write: &mut Write) -> Result<()> {
    ensure!(count > 0, "a site has at least one measure");
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let pattern = Pattern::read(&content)?;
    write("content/site.toml", SITE)?;
    write("content/lexicon.toml", LEXICON)?;
    let mut number = 0;
    let mut left = count;
    while left > 0 {
        number += 1;
        ensure!(number <= MOST_MEMORANDA, "there are no names for so many measures");
        left -= memorandum(&pattern, number, left, write)?;
    }
    write("content/entities.toml", &entities(&pattern, number)?)?;
    write("content/pages/about.md", &about(&pattern.areas[0], number))?;
    write("content/pages/cite.md", CITE)
}

const SITE: &str = "title = \"示範措施\"\n\
    description = \"由程式產生，用於量度速度。\"\n\
    base_url = \"https://example.org/\"\n";

const LEXICON: &str = r#"protect = ["OFC", "LPF"]

[[rules]]
hant = "資訊"
hans = "信息"
into = "hans"

[[rules]]
hant = "品質"
hans = "质量"
into = "hans"

[[rules]]
hant = "透過"
hans = "通过"
into = "hans"
"#;

const CITE: &str = r#"+++
title = "如何引用"
order = 2
+++

每項措施都有永久網址，例如[措施](measure:m00001/1.1)的`#m1-1-s1`是它的第一句。

> 《第1號合作備忘錄》，“一、金融”第1項。

## 內容的來歷

見[關於本網站](page:about)。
"#;

/// Measures of the first memoranda, and what they mention.
fn about(area: &Area, memoranda: usize) -> String {
    let mut text = format!(
        "+++\ntitle = \"關於本網站\"\norder = 1\n+++\n\n本網站由程式產生，用於量度速度：\
         各項措施的文字由一份備忘錄的分句**重新組成**。引用的方法見[另頁](page:cite)。\n\n\
         ## 例子\n\n- 領域：[{}](area:m00001/{})\n- 機構：[香港交易所](entity:hkex)\n",
        area.title, area.id,
    );
    for number in 1..=memoranda.min(20) {
        text.push_str(&format!("- 第{number}號的[措施 1.1](measure:m{number:05}/1.1)\n"));
    }
    text
}

/// The real entities, those of them that name the place once for each place,
/// and the organisations.
fn entities(pattern: &Pattern, memoranda: usize) -> Result<String> {
    let mut text = String::new();
    for place in (0..=Place::of(memoranda).number).map(Place::numbered) {
        for entity in &pattern.entities {
            let name = entity["name"].as_str().unwrap_or_default();
            if place.number > 0 && !Place::is_named_in(name) {
                continue;
            }
            let entry = toml::to_string(entity)?;
            let id = entity["id"].as_str().unwrap_or_default();
            let entry = entry.replacen(&format!("\"{id}\""), &format!("\"{}\"", place.id(id)), 1);
            text.push_str(&format!("[[entities]]\n{}\n", place.localise(&entry)));
        }
    }
    for number in 0..memoranda * Organisation::EACH {
        text.push_str(&Organisation::new(number).entry());
    }
    Ok(text)
}

/// Writes a memorandum of at most so many measures; returns how many.
fn memorandum(pattern: &Pattern, number: usize, most: usize, write: &mut Write) -> Result<usize> {
    let mut random = Random(number as u64);
    let place = Place::of(number);
    let organisations: Vec<_> = (0..number * Organisation::EACH)
        .rev()
        .take(3 * Organisation::EACH)
        .map(Organisation::new)
        .collect();
    let folder = format!("content/m{number:05}");
    let preamble = place.localise(&pattern.text(&mut random, &organisations));
    let mut document = Document::new(&place, number, &preamble);
    let mut written = 0;
    for (index, area) in pattern.areas.iter().enumerate() {
        let count = area.measures.min(most - written);
        if count == 0 {
            break;
        }
        let own = index + 1;
        document.area(own, &area.title);
        let (title, summary) = (&area.title, place.localise(&area.summary));
        let mut file = format!(
            "id = \"{}\"\nnumber = {own}\ntitle = \"{title}\"\nsummary = \"{summary}\"\n",
            area.id,
        );
        for ordinal in 1..=count {
            let label = random.choose(&pattern.labels);
            let words = place.localise(&pattern.text(&mut random, &organisations));
            document.measure(ordinal, &words);
            let related = related(number, own, ordinal);
            file.push_str(&format!(
                "\n[[measures]]\nnumber = \"{own}.{ordinal}\"\nlabel = \"{label}\"\n\
                 {related}text = \"{words}\"\n",
            ));
        }
        write(&format!("{folder}/{own:02}-{}.toml", area.id), &file)?;
        written += count;
    }
    write(&format!("seeds/m{number:05}.txt"), &document.text)?;
    write(&format!("{folder}/memorandum.toml"), &head(&place, number, &preamble, &document))?;
    Ok(written)
}

/// The measure before, and now and then one of the memorandum before.
fn related(memorandum: usize, area: usize, ordinal: usize) -> String {
    let mut related = Vec::new();
    if ordinal > 1 {
        related.push(format!("\"{area}.{}\"", ordinal - 1));
    }
    if ordinal == 3 && memorandum > 1 {
        related.push(format!("\"m{:05}/{area}.1\"", memorandum - 1));
    }
    match related.is_empty() {
        true => String::new(),
        false => format!("related = [{}]\n", related.join(", ")),
    }
}

/// `memorandum.toml`. The second paragraph has a wording for each script.
fn head(place: &Place, number: usize, preamble: &str, document: &Document) -> String {
    let (year, month, day) = (2000 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
    let place = place.localise("湖北省人民政府");
    format!(
        "id = \"m{number:05}\"\ntitle = \"{title}\"\nshort_title = \"第{number}號\"\n\
         signed = {year}-{month:02}-{day:02}\nas_at = {year}-{month:02}-{day:02}\n\
         parties = [\"{place}\", \"香港特別行政區政府\"]\n\
         preamble = [\"{preamble}\", {{ hant = \"{PARAGRAPH}\", hans = \"{SIMPLIFIED}\", \
         provenance = \"edited\" }}]\nannex = \"{ANNEX}\"\n\n\
         [[signatories]]\nparty = \"{place}\"\npost = \"副省長（簽字）\"\n\n\
         [source]\nfile = \"seeds/m{number:05}.txt\"\nsha256 = \"{sha256}\"\n",
        title = title(number),
        sha256 = document.sha256(),
    )
}

const PARAGRAPH: &str = "本備忘錄一式兩份，雙方同意在下列領域加強合作。";
const SIMPLIFIED: &str = "本备忘录一式两份，双方同意在下列领域加强合作。";
const ANNEX: &str = "具體合作措施";

fn title(number: usize) -> String {
    format!("第{number}號合作備忘錄")
}

/// The document that a memorandum is verified against.
struct Document {
    text: String,
}

impl Document {
    fn new(place: &Place, number: usize, preamble: &str) -> Self {
        let place = place.localise("湖北省人民政府");
        let title = title(number);
        let text = format!(
            "{title}\n\n{preamble}\n\n{PARAGRAPH}\n\n{place}\n副省長（簽字）\n\n{ANNEX}\n",
        );
        Self { text }
    }

    fn area(&mut self, number: usize, title: &str) {
        self.text.push_str(&format!("\n{}、{title}\n\n", chinese_numeral(number)));
    }

    /// The third measure of each area runs over a line's end.
    fn measure(&mut self, ordinal: usize, words: &str) {
        let place = words.char_indices().nth(9).map_or(words.len(), |(at, _)| at);
        let (start, end) = words.split_at(place);
        let join = if ordinal == 3 { "\n" } else { "" };
        self.text.push_str(&format!("{ordinal}. {start}{join}{end}\n"));
    }

    fn sha256(&self) -> String {
        Sha256::digest(&self.text).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
