//! Learns what `src/script/context/learnt.bin` holds, and says how right it is.
//!
//! ```sh
//! cargo run --release --example learn -- LAW DICT src/script/context/learnt.bin
//! ```
//!
//! **LAW** is Taiwan law, which nobody has a copyright in (Copyright Act of the
//! Republic of China, art. 9), in plain text, a paragraph a line: from the public
//! repository kong0107/mojLawSplitJSON, commit 0d26e6c7c759, folder FalVMingLing,
//! the half of the files whose name has an even SHA-256. The SHA-256 of the text
//! is in [`LAW`]; other text may be given, and gives other weights.
//!
//! **DICT** is `dict.txt` of jieba 0.42.1 (PyPI; MIT licence): words and how
//! often each was seen in Mainland text.
//!
//! 1. **Words** with their frequencies, from DICT and OpenCC's phrases.
//! 2. **Examples** of ambiguous characters with what is right there: from LAW,
//!    brought to Simplified script, where the original says it; from OpenCC's
//!    phrases; from words strewn at random, so that what two words make together
//!    by chance is not taken for a third; and from
//!    `knowledge.rs` and `everyday.rs`.
//! 3. **Weights** of a multinomial logistic regression with an L1 penalty.
//!
//! Every fortieth block of 500 lines of LAW is kept apart, and the figures are of
//! it. Nothing is left to chance: same input, same bytes.
#![allow(clippy::print_stdout, reason = "its output is its purpose")]

mod everyday;
mod examples;
mod judge;
mod knowledge;
mod law;
mod weights;
mod words;

use std::borrow::Cow;
use std::fs;

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest, Sha256};
use tongwen::script::context::Layer;

use examples::{Bag, Examples};

/// The SHA-256 of the text that the file in this repository was learnt from, and
/// of the word list.
const LAW: &str = "ddb011e9139c3b4c42dd79b5d242f806db999a059c6ba6e03aae1aa4e0eadb05";
const DICT: &str = "7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    ensure!(arguments.len() == 3, "expected: LAW DICT OUT");
    let [law, dict] = [(0, LAW), (1, DICT)].map(|(at, known)| read(&arguments[at], known));
    let law = law::Law::read(&law?);
    let dict = dict?;
    let (list, nouns) = (words::list(&dict), words::nouns(&dict));
    let words = tongwen::script::context::Words::pack(&list);
    let candidates = law::candidates(&law);
    println!("{} words, {} characters with several candidates", list.len(), candidates.len());

    let empty = Layer::pack(&candidates, &words, &[]);
    let layer = Layer::read(Cow::Owned(empty)).context("what was packed is read")?;
    let mut examples = Examples::new(&layer, &candidates);
    examples.law(&law);
    examples.phrases();
    examples.knowledge();
    let bag = Bag::new(&list);
    examples.everyday(&bag, &nouns);
    examples.strewn(&bag);
    println!("{} examples, {} things seen", examples.all.len(), examples.seen.len());

    let mut weights = weights::learn(&examples);
    weights.extend(examples.settled().into_iter().map(|(spot, candidate)| (spot, candidate, 1.0)));
    let bytes = Layer::pack(&candidates, &words, &weights);
    println!("{} weights, {} bytes", weights.len(), bytes.len());
    fs::write(&arguments[2], &bytes).with_context(|| format!("cannot write {}", arguments[2]))?;
    let layer = Layer::read(Cow::Owned(bytes)).context("what was packed is read")?;
    judge::report(&layer, &law);
    judge::phrases(&layer);
    Ok(())
}

fn read(path: &str, known: &str) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {path}"))?;
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if digest != known {
        println!("{path} is other text than the file in this repository was learnt from");
    }
    Ok(String::from_utf8(bytes)?)
}
