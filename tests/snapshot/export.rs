//! A version as one file.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;

use crate::{bag, edit, good, run, seal, site, tongwen, tree};

#[test]
fn a_zip_is_the_same_bytes_and_holds_the_bag_to_the_byte() {
    let (one, other) = (site(), site());
    let mut packed = Vec::new();
    for site in [&one, &other] {
        seal(site.path(), "v1", "2024-07-01");
        let folder = tempfile::tempdir().unwrap();
        let output = tongwen(site.path(), &["snapshot", "export", "v1", "--format", "zip"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success());
        let files = tree(folder.path());
        assert_eq!(Vec::from_iter(files.keys()), ["v1.zip"]);
        packed.push(files["v1.zip"].clone());
    }
    assert!(packed[0] == packed[1]);
    assert!(unpacked(&packed[0], "v1") == tree(&bag(one.path(), "v1")));
}

/// The files of a packed version.
pub(crate) fn unpacked(packed: &[u8], version: &str) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(packed)).unwrap();
    let mut unpacked = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let path = file.name().unwrap().strip_prefix(&format!("{version}/")).unwrap().to_owned();
        unpacked.insert(path, bytes);
    }
    unpacked
}

#[test]
fn a_zip_never_stands_among_the_snapshots() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    let snapshots = site.path().join("snapshots");
    let before = tree(&snapshots);
    for place in ["snapshots/v1.zip", "snapshots/v1/v1.zip", "content/../snapshots/v1/data/x.zip"] {
        let out = site.path().join(place);
        let ran = run(site.path(), &["snapshot", "export", "v1", "--out", out.to_str().unwrap()]);
        assert_eq!(ran.code, Some(2), "{place}");
        assert!(ran.said.contains("refusing to write"), "{}", ran.said);
    }
    let inside = tongwen(&snapshots.join(".."), &["snapshot", "export", "v1"])
        .current_dir(&snapshots)
        .output()
        .unwrap();
    assert_eq!(inside.status.code(), Some(2));
    assert!(tree(&snapshots) == before);
}

#[test]
fn a_damaged_version_is_not_packed_and_the_last_file_stays() {
    let site = site();
    seal(site.path(), "v1", "2024-07-01");
    let out = site.path().join("v1.zip");
    let export = ["snapshot", "export", "v1", "--out", out.to_str().unwrap()];
    good(site.path(), &export);
    let before = fs::read(&out).unwrap();
    edit(&bag(site.path(), "v1").join("data/site/hans/index.html"), "</body>", "</body> ");
    let ran = run(site.path(), &export);
    assert_eq!(ran.code, Some(2));
    assert!(ran.said.contains("`data/site/hans/index.html` was changed"), "{}", ran.said);
    assert!(fs::read(&out).unwrap() == before);
    let names: Vec<_> =
        tree(site.path()).into_keys().filter(|path| path.contains(".zip")).collect();
    assert_eq!(names, ["v1.zip"], "nothing is left aside");
}
