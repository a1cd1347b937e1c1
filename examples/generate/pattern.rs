//! What a real memorandum is like: the one of 2021, taken apart.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::names::{Organisation, Place, Random};

/// How many sentences measures have: mostly one, as in the real memorandum.
const SENTENCES: [usize; 8] = [1, 1, 1, 1, 1, 2, 2, 3];

pub struct Pattern {
    pub areas: Vec<Area>,
    /// Those that name no place, and so are short anywhere.
    pub labels: Vec<String>,
    /// Entries of `entities.toml`.
    pub entities: Vec<toml::Table>,
    clauses: Vec<String>,
}

pub struct Area {
    pub id: String,
    pub title: String,
    pub summary: String,
    /// How many measures.
    pub measures: usize,
}

impl Pattern {
    pub fn read(content: &Path) -> Result<Self> {
        let table = |file: &Path| -> Result<toml::Table> {
            let text = fs::read_to_string(file)
                .with_context(|| format!("cannot read `{}`", file.display()))?;
            Ok(text.parse()?)
        };
        let entities = table(&content.join("entities.toml"))?;
        let entities = entities["entities"].as_array().context("there are entities")?;
        let entities = entities.iter().filter_map(|entity| entity.as_table().cloned()).collect();
        let mut pattern = Self { areas: vec![], labels: vec![], entities, clauses: vec![] };
        let mut files: Vec<_> = fs::read_dir(content.join("hubei-2021"))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        files.sort();
        for file in files.iter().filter(|file| !file.ends_with("memorandum.toml")) {
            pattern.take(&table(file)?)?;
        }
        Ok(pattern)
    }

    fn take(&mut self, area: &toml::Table) -> Result<()> {
        let measures = area["measures"].as_array().context("an area has measures")?;
        for measure in measures {
            let clauses = string(&measure["text"]).split(['，', '。', '；']);
            let clauses = clauses.map(|clause| clause.replace(['“', '”'], ""));
            self.clauses.extend(clauses.filter(|clause| !clause.is_empty()));
            let label = string(&measure["label"]);
            if !Place::is_named_in(label) {
                self.labels.push(label.to_owned());
            }
        }
        self.areas.push(Area {
            id: string(&area["id"]).to_owned(),
            title: string(&area["title"]).to_owned(),
            summary: string(&area["summary"]).to_owned(),
            measures: measures.len(),
        });
        Ok(())
    }

    /// Sentences of one to four clauses, with numbers among them and
    /// organisations that take part.
    pub fn text(&self, random: &mut Random, organisations: &[Organisation]) -> String {
        let mut text = String::new();
        for _ in 0..*random.choose(&SENTENCES) {
            for clause in 0..1 + random.below(4) {
                if clause > 0 {
                    text.push('，');
                }
                if random.one_in(12) {
                    let organisation = random.choose(organisations);
                    let name = match random.below(8) {
                        0..3 => organisation.name(),
                        3..7 => organisation.alias(),
                        _ => organisation.block(),
                    };
                    text.push_str(&format!("由{name}參與"));
                }
                text.push_str(random.choose::<String>(&self.clauses));
                if random.one_in(4) {
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
