//! How fast texts are converted, by this crate's default engine and its rules
//! alone, and by the OpenCC library through `opencc-rust`, in megabytes of UTF-8 a
//! second. `benches/conversion.py` runs it.
//!
//! The text is the 2021 memorandum: whole and many times over, and clause by
//! clause. Each round converts it with all three, one after the other.
#![allow(clippy::print_stdout, reason = "its output is its purpose")]

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use tongwen::model::Script;
use tongwen::script::opencc::judge::Judge;
use tongwen::script::opencc::{Config, Converter};
use tongwen::script::{Engine, OpenccRules, Standard, Tongwen, Way};

const MEMORANDUM: &str = include_str!("../seeds/hubei-2021.txt");
const COPIES: usize = 50;
const ROUNDS: usize = 21;

fn main() -> Result<()> {
    println!("| | tongwen MB/s | its rules MB/s | OpenCC MB/s | tongwen ÷ OpenCC |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    let hans = Converter::get(Config::Hk2s).convert(MEMORANDUM);
    for (into, text) in [(Script::Hans, MEMORANDUM), (Script::Hant, &hans)] {
        let clauses = text.split_inclusive(['，', '。', '；', '\n']);
        let clauses: Vec<&str> = clauses.filter(|clause| clause.len() > 3).collect();
        let short: Vec<&str> =
            clauses.iter().copied().cycle().take(clauses.len() * COPIES).collect();
        compare(into, "short strings", &short)?;
        compare(into, "long text", &[&text.repeat(COPIES)])?;
    }
    Ok(())
}

fn compare(into: Script, what: &str, texts: &[&str]) -> Result<()> {
    let way = Way { into, standard: Standard::Hk };
    let config = way.standard.config(into);
    let judge = Judge::open(config)?;
    let context = |text: &str| Ok(Tongwen.convert(text, &[], way));
    let rules = |text: &str| Ok(OpenccRules.convert(text, &[], way));
    let theirs = |text: &str| judge.convert(text);
    for text in texts {
        let converted = Converter::get(config).convert(text);
        ensure!(converted == theirs(text)?, "the two do not agree");
    }
    let [mut own, mut of_rules, mut other, mut ratios] = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        let (a, b) = (speed(texts, context)?, speed(texts, theirs)?);
        own.push(a);
        of_rules.push(speed(texts, rules)?);
        other.push(b);
        ratios.push(a / b);
    }
    println!(
        "| {}, {what} | {} | {} | {} | {} |",
        config.name(),
        spread(own),
        spread(of_rules),
        spread(other),
        spread(ratios),
    );
    Ok(())
}

/// Megabytes a second.
fn speed(texts: &[&str], convert: impl Fn(&str) -> Result<String>) -> Result<f64> {
    let start = Instant::now();
    for text in texts {
        black_box(convert(text)?);
    }
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    Ok(bytes as f64 / start.elapsed().as_secs_f64() / 1e6)
}

/// Median, least and most.
fn spread(mut values: Vec<f64>) -> String {
    values.sort_by(f64::total_cmp);
    let last = values.len() - 1;
    format!("{:.1} ({:.1} … {:.1})", values[last / 2], values[0], values[last])
}
