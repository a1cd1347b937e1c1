//! Makes a site of any number of measures, for benchmarks and tests of large
//! sites:
//!
//! ```sh
//! cargo run --release --example generate -- /tmp/large 10000
//! ```
//!
//! The same number gives the same files. An existing site's files are written
//! over, and none is removed.
#![allow(missing_docs, reason = "a program, not a library")]

mod names;
mod pattern;
mod site;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [folder, count] = arguments.as_slice() else { bail!("say where, and how many measures") };
    let count: usize = count.parse().context("the number of measures is no number")?;
    let folder = Path::new(folder);
    site::generate(count, &mut |path, text| write(&folder.join(path), text))
}

fn write(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().context("every file stands in a folder")?;
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .with_context(|| format!("cannot write `{}`", file.display()))
}
