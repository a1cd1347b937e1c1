//! `tongwen convert` as a process.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn convert(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    command.current_dir(folder).arg("convert").args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn output(arguments: &[&str], input: &str) -> String {
    let nowhere = tempfile::tempdir().unwrap();
    let output = convert(nowhere.path(), arguments, input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn standard_input_is_converted_and_its_line_ends_stay() {
    assert_eq!(output(&["--from", "hans"], "头发\r\n台湾户口\n这里"), "頭髮\r\n台灣戶口\n這裏");
    assert_eq!(output(&["--to", "hans"], "頭髮"), "头发");
    assert_eq!(output(&["--from", "hans", "--to", "hant"], ""), "");
}

#[test]
fn one_character_is_a_text_and_unknown_ones_stay() {
    for (hans, hant) in [("发", "發"), ("头", "頭"), ("甲", "甲"), ("\n", "\n")] {
        assert_eq!(output(&["--from", "hans"], hans), hant);
    }
    let unknown = "\u{e000}\u{2ffff}\u{e0100}𪚥☃️\u{202e}\u{7f}é가ｱ";
    for from in ["hans", "hant", "tw"] {
        assert_eq!(output(&["--from", from], unknown), unknown, "{from}");
    }
    assert_eq!(
        output(&["--from", "hans"], &format!("头发{unknown}头发")),
        format!("頭髮{unknown}頭髮")
    );
}

/// The most memory that a process ever had, in kB.
#[cfg(target_os = "linux")]
fn peak_memory(process: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_text() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
    command.args(["convert", "--from", "hans"]).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A line without an end is the worst there is.
    let part = "民生发展，专项资金发放。".repeat(30_000);
    stdin.write_all(part.as_bytes()).unwrap();
    let before = peak_memory(child.id());
    (0..4).for_each(|_| stdin.write_all(part.as_bytes()).unwrap());
    // The system tells it roughly: it may even be less.
    let grown = peak_memory(child.id()).saturating_sub(before);
    drop(stdin);
    assert!(child.wait().unwrap().success());
    assert!(grown * 1024 < 2 * part.len(), "{grown} kB more after four megabytes");
}

#[test]
fn a_standard_says_which_traditional() {
    let of =
        |standard: &str| output(&["--from", "hans", "--to", standard], "这里，为众，群众，台湾");
    assert_eq!(of("hk"), "這裏，為眾，群眾，台灣");
    assert_eq!(of("hant"), of("hk"));
    assert_eq!(of("tw"), "這裡，為眾，群眾，臺灣");
    assert_eq!(of("plain"), "這裏，爲衆，羣衆，臺灣");
    assert_eq!(output(&["--from", "tw"], "裡面"), "里面");
}

#[test]
fn a_site_lends_its_lexicon_its_names_and_its_script() {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let site = "title = \"站\"\ndescription = \"站\"\nbase_url = \"https://example.org/\"\n";
    write("content/site.toml", &format!("{site}script = \"hant\"\n"));
    write("content/lexicon.toml", "[[rules]]\nhant = \"資訊\"\nhans = \"信息\"\n");
    let name = "name = { hant = \"醫管局\", hans = \"医院管理局\", provenance = \"official\" }";
    write(
        "content/entities.toml",
        &format!("[[entities]]\nid = \"ha\"\nkind = \"organisation\"\n{name}\n"),
    );
    let converted = convert(root.path(), &[], "資訊科技，醫管局。\n".as_bytes());
    assert_eq!(String::from_utf8(converted.stdout).unwrap(), "信息科技，医院管理局。\n");
    write("content/lexicon.toml", "rule = 1\n");
    let refused = convert(root.path(), &[], "資訊".as_bytes());
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
    assert!(String::from_utf8(refused.stderr).unwrap().contains("unknown-key"));
}

#[test]
fn json_holds_the_text_and_its_candidates() {
    let input = "第一行。\n他姓范，公里里程，于是干涉若干。\n";
    let output = output(&["--from", "hans", "--json"], input);
    let value: serde_json::Value = serde_json::from_str(&output).unwrap();
    let part = &value["parts"][0];
    assert_eq!((&value["from"], &value["to"]), (&"hans".into(), &"hk".into()));
    let text = part["text"].as_str().unwrap();
    assert_eq!(text.lines().count(), 2);
    for candidate in part["candidates"].as_array().unwrap() {
        let at = |name: &str| candidate[name].as_u64().unwrap() as usize;
        let line: Vec<char> = input.lines().nth(at("line") - 1).unwrap().chars().collect();
        let source: Vec<char> = candidate["source"].as_str().unwrap().chars().collect();
        assert!(line[at("column") - 1..].starts_with(&source), "{candidate}");
        assert!(text.contains(candidate["taken"].as_str().unwrap()));
        assert!(!candidate["others"].as_array().unwrap().is_empty());
    }
    assert!(!part["candidates"].as_array().unwrap().is_empty(), "{output}");
}

#[test]
fn files_are_converted_one_after_another() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("a.txt"), "发").unwrap();
    fs::write(root.path().join("b.txt"), "展\n").unwrap();
    let done = convert(root.path(), &["--from", "hans", "a.txt", "b.txt"], b"");
    assert_eq!(String::from_utf8(done.stdout).unwrap(), "發展\n");
}

#[test]
fn what_cannot_be_converted_is_told() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("big5.txt"), [0xA4, 0xA4, 0xA4, 0xE5]).unwrap();
    for (arguments, said) in [
        (&["--from", "hans", "big5.txt"][..], "`big5.txt`: it is not UTF-8: byte 1 "),
        (&["--from", "hans", "."], "is a folder"),
        (&["--from", "hans", "none.txt"], "cannot read `none.txt`"),
        (&["--from", "hk", "--to", "tw"], "both sides are Traditional"),
        (&[], "no site that tells the text's script"),
    ] {
        let output = convert(root.path(), arguments, "发".as_bytes());
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
    }
}
