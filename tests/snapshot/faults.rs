//! A seal that is killed, runs out of disk, or is not alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{bag, good, run, seal, site, tongwen, tree, write};

/// A site that takes a while to write.
fn larger(root: &Path) {
    let mut text = String::from("id = \"many\"\nnumber = 3\ntitle = \"其他\"\n");
    for ordinal in 1..=40 {
        text +=
            &format!("[[measures]]\nnumber = \"3.{ordinal}\"\ntext = \"支持第{ordinal}項。\"\n");
    }
    write(root, "content/demo/03-many.toml", text.as_bytes());
}

fn names(root: &Path) -> Vec<String> {
    let listed = good(root, &["snapshot", "list"]).out;
    listed.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// What stands in `snapshots/` apart from the tool's own folder.
fn visible(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root.join("snapshots")).into_iter().flatten();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.starts_with('.')).collect()
}

/// Killed at 50 moments of its run, a seal is there whole or not at all.
#[test]
fn a_killed_seal_leaves_nothing_half_made_and_does_not_stop_the_next_one() {
    const MOMENTS: u32 = 50;
    let site = site();
    let root = site.path();
    larger(root);
    let start = Instant::now();
    seal(root, "v0", "2024-07-01");
    let whole_run = start.elapsed();
    let (mut half, mut leftovers) = (0, 0);
    for moment in 0..MOMENTS {
        let name = format!("v{}", moment + 1);
        let mut child = tongwen(root, &["snapshot", "seal", &name, "--date", "2024-07-01"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Any moment will do; these are spread over the run, in no order.
        let part = f64::from(moment * 37 % MOMENTS) / f64::from(MOMENTS);
        std::thread::sleep(whole_run.mul_f64(part));
        child.kill().unwrap();
        child.wait().unwrap();
        leftovers += usize::from(root.join("snapshots/.tongwen/aside").exists());
        let mut there = visible(root);
        half += usize::from(!there.contains(&name));
        let mut listed = names(root);
        there.sort();
        listed.sort();
        assert_eq!(there, listed, "after moment {moment}");
    }
    assert!(half > 10, "only {half} runs were killed before they had sealed");
    assert!(leftovers > 0, "no run was killed while it wrote");
    good(root, &["snapshot", "verify"]);
    seal(root, "after", "2024-07-02");
    assert!(!root.join("snapshots/.tongwen/aside").exists());
    good(root, &["snapshot", "verify", "after", "--rebuild"]);
    good(root, &["build"]);
}

#[test]
fn what_a_killed_seal_left_is_cleaned_by_the_next() {
    let site = site();
    write(site.path(), "snapshots/.tongwen/aside/data/site/stray.html", b"x");
    assert_eq!(names(site.path()), [""; 0]);
    good(site.path(), &["build"]);
    seal(site.path(), "v1", "2024-07-01");
    assert!(!tree(&bag(site.path(), "v1")).contains_key("data/site/stray.html"));
    assert!(!site.path().join("snapshots/.tongwen/aside").exists());
}

#[test]
fn two_seals_at_once_do_not_mix() {
    let site = site();
    let root = site.path();
    seal(root, "v1", "2024-07-01");
    let held = fs::File::create(root.join("snapshots/.tongwen/lock")).unwrap();
    held.lock().unwrap();
    let ran = run(root, &["snapshot", "seal", "v2", "--date", "2024-07-01"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.said.contains("another version is being sealed"), "{}", ran.said);
    drop(held);

    // In earnest: one of them wins, the other says why it does not.
    for name in ["v2", "v3"] {
        let seal = ["snapshot", "seal", name, "--date", "2024-07-01"];
        let spawn = || {
            let mut command = tongwen(root, &seal);
            command.stderr(Stdio::piped()).spawn().unwrap()
        };
        let both = [spawn(), spawn()].map(|child| child.wait_with_output().unwrap());
        let won = both.iter().filter(|output| output.status.success()).count();
        assert_eq!(won, 1);
        let lost = both.iter().find(|output| !output.status.success()).unwrap();
        let said = String::from_utf8_lossy(&lost.stderr);
        assert!(said.contains("is being sealed") || said.contains("is sealed already"), "{said}");
    }
    assert_eq!(names(root), ["v1", "v2", "v3"]);
    good(root, &["snapshot", "verify"]);
}

/// A file system of 300 KB is full before the version is written.
#[test]
fn a_full_disk_is_a_failure_with_its_path_and_leaves_nothing() {
    let site = site();
    let snapshots = site.path().join("snapshots");
    fs::create_dir(&snapshots).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=300k tmpfs '{snapshots}' && '{tongwen}' --root '{root}' snapshot seal v1; \
         code=$?; ls -A '{snapshots}'; ls -A '{snapshots}/.tongwen'; exit $code",
        snapshots = snapshots.display(),
        tongwen = env!("CARGO_BIN_EXE_tongwen"),
        root = site.path().display(),
    );
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", &script])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write `") && said.contains("/snapshots/v1/"), "{said}");
    assert!(said.contains("No space left"), "{said}");
    let left = String::from_utf8_lossy(&output.stdout);
    assert_eq!(left, ".tongwen\n.gitignore\nlock\n", "nothing half-made remains");
}

/// Nobody waits for ever.
#[test]
fn a_seal_does_not_wait_for_another() {
    let site = site();
    write(site.path(), "snapshots/.tongwen/lock", b"");
    let held = fs::File::open(site.path().join("snapshots/.tongwen/lock")).unwrap();
    held.lock().unwrap();
    let start = Instant::now();
    assert_eq!(run(site.path(), &["snapshot", "seal", "v1"]).code, Some(2));
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(visible(site.path()), [""; 0]);
}
