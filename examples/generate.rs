//! Makes a site of any number of measures, for benchmarks and tests of large
//! sites:
//!
//! ```sh
//! cargo run --release --example generate -- /tmp/large 10000
//! ```
//!
//! Memoranda are of the shape of the 2021 memorandum, whose clauses are put
//! together anew with numbers between them. The same number gives the same files.
#![allow(missing_docs, reason = "a program, not a library")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [folder, count] = arguments.as_slice() else { bail!("say where, and how many measures") };
    let count: usize = count.parse().context("the number of measures is no number")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pattern = Pattern::read(&root.join("content/hubei-2021"))?;
    let content = PathBuf::from(folder).join("content");
    write(&content.join("site.toml"), SITE)?;
    for page in ["about", "cite"] {
        write(&content.join(format!("pages/{page}.md")), PAGE)?;
    }
    let mut left = count;
    let mut number = 0;
    while left > 0 {
        number += 1;
        left -= pattern.memorandum(&content.join(format!("m{number:05}")), number, left)?;
    }
    Ok(())
}

const SITE: &str = "title = \"示範措施\"\n\
    description = \"由程式產生，用於量度速度。\"\n\
    base_url = \"https://example.org/\"\n";

const PAGE: &str = "+++\ntitle = \"關於本網站\"\n+++\n\n本網站由程式產生。\n\n\
    ## 內容\n\n各項措施的文字由一份備忘錄的分句重新組成。\n";

/// What a real memorandum is like.
struct Pattern {
    areas: Vec<Area>,
    clauses: Vec<String>,
    labels: Vec<String>,
}

struct Area {
    id: String,
    title: String,
    summary: String,
    measures: usize,
}

impl Pattern {
    fn read(folder: &Path) -> Result<Self> {
        let mut pattern = Self { areas: Vec::new(), clauses: Vec::new(), labels: Vec::new() };
        let mut files: Vec<_> = fs::read_dir(folder)
            .with_context(|| format!("cannot read `{}`", folder.display()))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        files.sort();
        for file in files.iter().filter(|file| !file.ends_with("memorandum.toml")) {
            let area: toml::Table = fs::read_to_string(file)?.parse()?;
            let measures = area["measures"].as_array().context("an area has measures")?;
            for measure in measures {
                let text = string(&measure["text"]);
                let clauses = text.split_inclusive(['，', '。', '；']).map(|clause| {
                    clause.trim_end_matches(['，', '。', '；']).replace(['“', '”'], "")
                });
                pattern.clauses.extend(clauses.filter(|clause| !clause.is_empty()));
                pattern.labels.push(string(&measure["label"]).to_owned());
            }
            pattern.areas.push(Area {
                id: string(&area["id"]).to_owned(),
                title: string(&area["title"]).to_owned(),
                summary: string(&area["summary"]).to_owned(),
                measures: measures.len(),
            });
        }
        Ok(pattern)
    }

    /// Writes a memorandum of at most so many measures; returns how many.
    fn memorandum(&self, folder: &Path, number: usize, most: usize) -> Result<usize> {
        let mut random = Random(number as u64);
        let (year, month, day) = (2000 + number / 336, number / 28 % 12 + 1, number % 28 + 1);
        let head = format!(
            "id = \"m{number:05}\"\ntitle = \"第{number}號合作備忘錄\"\n\
             signed = {year}-{month:02}-{day:02}\nparties = [\"甲方\", \"乙方\"]\n\
             preamble = [\"{}\"]\n",
            self.text(&mut random),
        );
        write(&folder.join("memorandum.toml"), &head)?;
        let mut written = 0;
        for (index, area) in self.areas.iter().enumerate() {
            let count = area.measures.min(most - written);
            if count == 0 {
                break;
            }
            let own = index + 1;
            let mut text = format!(
                "id = \"{}\"\nnumber = {own}\ntitle = \"{}\"\nsummary = \"{}\"\n",
                area.id, area.title, area.summary,
            );
            for ordinal in 1..=count {
                let label = &self.labels[random.below(self.labels.len())];
                let words = self.text(&mut random);
                let related = match ordinal {
                    1 => String::new(),
                    _ => format!("related = [\"{own}.{}\"]\n", ordinal - 1),
                };
                write!(
                    text,
                    "\n[[measures]]\nnumber = \"{own}.{ordinal}\"\nlabel = \"{label}\"\n\
                     {related}text = \"{words}\"\n",
                )?;
            }
            write(&folder.join(format!("{own:02}-{}.toml", area.id)), &text)?;
            written += count;
        }
        Ok(written)
    }

    /// One to four sentences of one to four clauses, with numbers among them.
    fn text(&self, random: &mut Random) -> String {
        let mut text = String::new();
        for _ in 0..1 + random.below(4) {
            for clause in 0..1 + random.below(4) {
                if clause > 0 {
                    text.push('，');
                }
                text.push_str(&self.clauses[random.below(self.clauses.len())]);
                if random.below(4) == 0 {
                    text.push_str(&format!("（第{}期）", random.below(100_000)));
                }
            }
            text.push('。');
        }
        text
    }
}

fn string(value: &toml::Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn write(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().context("every file stands in a folder")?;
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .with_context(|| format!("cannot write `{}`", file.display()))
}

/// SplitMix64: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % end as u64) as usize
    }
}
