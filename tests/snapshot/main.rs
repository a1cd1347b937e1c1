//! Sealed versions as people and archivists use them: real folders, real
//! processes, every kind of damage.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../support/mod.rs"]
mod support;

mod chain;
mod codes;
mod damage;
mod export;
mod faults;
mod publish;
mod seal;
mod terminal;
mod versions;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256, Sha512};
use support::{Pages, small_site};
use tempfile::TempDir;
use tongwen::source::Entry;

/// What a run of the tool ended with.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) said: String,
}

pub(crate) fn tongwen(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    command.arg("--root").arg(root).args(arguments);
    command.env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
    command
}

pub(crate) fn run(root: &Path, arguments: &[&str]) -> Ran {
    let output = tongwen(root, arguments).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        said: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs what must go well.
pub(crate) fn good(root: &Path, arguments: &[&str]) -> Ran {
    let ran = run(root, arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.said);
    ran
}

/// Seals a version.
pub(crate) fn seal(root: &Path, name: &str, date: &str) {
    good(root, &["snapshot", "seal", name, "--date", date]);
}

/// A small site on the disk: two areas, an entity, an explainer page.
pub(crate) fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let tree = small_site(
        r#"
-- content/demo/02-trade.toml --
id = "trade"
number = 2
title = "商貿"

[[measures]]
number = "2.1"
text = "鼓勵企業在發展中心開拓商機。"
label = "開拓商機"
-- content/entities.toml --
[[entities]]
id = "centre"
kind = "organisation"
name = "發展中心"
-- content/pages/about.md --
+++
title = "關於"
+++
見 [措施](measure:demo/1.1)。
-- seeds/demo.txt --
來源文件
"#,
    );
    for (path, entry) in tree.files {
        let Entry::Bytes(bytes) = entry else { panic!("`{path}` is small") };
        write(folder.path(), &path, &bytes);
    }
    folder
}

pub(crate) fn write(root: &Path, path: &str, bytes: &[u8]) {
    let target = root.join(path);
    fs::create_dir_all(target.parent().unwrap()).unwrap();
    fs::write(target, bytes).unwrap();
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Replaces words in a file that has them.
pub(crate) fn edit(path: &Path, from: &str, to: &str) {
    let text = read(path);
    assert!(text.contains(from), "`{}` has no `{from}`", path.display());
    fs::write(path, text.replace(from, to)).unwrap();
}

pub(crate) fn bag(root: &Path, name: &str) -> PathBuf {
    root.join("snapshots").join(name)
}

/// Every file of a folder, hidden ones too.
pub(crate) fn tree(folder: &Path) -> Pages {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (below, fs::read(entry.path()).unwrap_or_default())
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a forger does: new manifests and counts for a bag that was altered.
pub(crate) fn forge(bag: &Path) {
    let files = tree(bag);
    let payload: Vec<_> = files.iter().filter(|(path, _)| path.starts_with("data/")).collect();
    let bytes: usize = payload.iter().map(|(_, bytes)| bytes.len()).sum();
    let info = read(&bag.join("bag-info.txt"));
    let info: String = info
        .lines()
        .map(|line| match line.starts_with("Payload-Oxum") {
            true => format!("Payload-Oxum: {bytes}.{}\n", payload.len()),
            false => format!("{line}\n"),
        })
        .collect();
    fs::write(bag.join("bag-info.txt"), info).unwrap();
    let lines = |files: &[(&String, &Vec<u8>)], digest: &dyn Fn(&[u8]) -> String| -> String {
        files.iter().map(|(path, bytes)| format!("{}  {path}\n", digest(bytes))).collect()
    };
    let sha256 = |bytes: &[u8]| hex(&Sha256::digest(bytes));
    let sha512 = |bytes: &[u8]| hex(&Sha512::digest(bytes));
    fs::write(bag.join("manifest-sha256.txt"), lines(&payload, &sha256)).unwrap();
    fs::write(bag.join("manifest-sha512.txt"), lines(&payload, &sha512)).unwrap();
    forge_tags(bag);
}

/// New tag manifests for a bag whose own files were altered.
pub(crate) fn forge_tags(bag: &Path) {
    let lines = |files: &[(&String, &Vec<u8>)], digest: &dyn Fn(&[u8]) -> String| -> String {
        files.iter().map(|(path, bytes)| format!("{}  {path}\n", digest(bytes))).collect()
    };
    let sha256 = |bytes: &[u8]| hex(&Sha256::digest(bytes));
    let sha512 = |bytes: &[u8]| hex(&Sha512::digest(bytes));
    let files = tree(bag);
    let own = |path: &str| !path.starts_with("data/") && !path.starts_with("tagmanifest");
    let tags: Vec<_> = files.iter().filter(|(path, _)| own(path)).collect();
    fs::write(bag.join("tagmanifest-sha256.txt"), lines(&tags, &sha256)).unwrap();
    fs::write(bag.join("tagmanifest-sha512.txt"), lines(&tags, &sha512)).unwrap();
}
