//! Writes the files of a folder into another as plainly as can be, from as many
//! threads as there are cores: the least that any generator of them could take.
//!
//! ```sh
//! cargo run --release --example write-files -- FROM TO
//! ```
//!
//! Reads all files and makes all folders first. Prints the seconds that writing
//! took, and those of the processor where the system tells.
#![allow(clippy::print_stdout, reason = "its output is its purpose")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [from, to] = arguments.as_slice() else { bail!("say from where and to where") };
    let files = read(from, to)?;
    let (start, cpu) = (Instant::now(), cpu());
    files.par_iter().try_for_each(|(path, bytes)| {
        fs::write(path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
    })?;
    let (wall, cpu) = (start.elapsed().as_secs_f64(), self::cpu() - cpu);
    println!("wall={wall:.4} cpu={cpu:.2}");
    Ok(())
}

/// All files, each with the place it goes to, whose folder is made.
fn read(from: &Path, to: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(from).sort_by_file_name() {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from)?);
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target)?,
            false => files.push((target, fs::read(entry.path())?)),
        }
    }
    Ok(files)
}

/// Processor seconds of this process so far, in hundredths.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the program's name in parentheses, which may hold spaces.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}
