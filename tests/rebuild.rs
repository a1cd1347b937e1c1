//! A build after changes makes what a clean build would, and touches no file whose
//! bytes are the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::*;
use support::{Pages, files, save, sha256};

/// A part of a site that has one of several states: the files that each state
/// writes; the others of the part are not there.
struct Part(Vec<Vec<(&'static str, String)>>);

const SITE: &str =
    "title = \"示範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n";

const STRINGS: &str = include_str!("../themes/default/strings.toml");

/// Every kind of file that a site is made of.
fn parts() -> Vec<Part> {
    let one = |path: &'static str, texts: &[String]| {
        let state = |text: &String| match text.is_empty() {
            true => Vec::new(),
            false => vec![(path, text.clone())],
        };
        Part(texts.iter().map(state).collect())
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let head = |id: &str, more: &str| format!("id = \"{id}\"\ntitle = \"備忘錄{id}\"\n{more}");
    let area = |number: usize, measures: &[(&str, &str)]| {
        let measures = measures.iter().zip(1..).map(|((text, more), measure)| {
            format!("[[measures]]\nnumber = \"{number}.{measure}\"\ntext = \"{text}\"\n{more}\n")
        });
        let head = format!("id = \"area-{number}\"\nnumber = {number}\ntitle = \"領域\"\n");
        [head].into_iter().chain(measures).collect::<String>()
    };
    let said = |text: &str| {
        let source = format!("備忘錄\n一、領域\n1．{text}\n");
        let digest = sha256(&source);
        vec![
            ("seeds/verified.txt", source),
            (
                "content/verified/memorandum.toml",
                format!(
                    "id = \"verified\"\ntitle = \"備忘錄\"\n[source]\nfile = \"seeds/verified.txt\"\nsha256 = \"{digest}\"\n[numbering]\narea = \"{{一}}、\"\nmeasure = \"{{1}}．\"\n"
                ),
            ),
            ("content/verified/01.toml", area(1, &[(text, "")])),
        ]
    };
    let entity = |id: &str, name: &str, more: &str| {
        format!("[[entities]]\nid = \"{id}\"\nkind = \"organisation\"\nname = \"{name}\"\n{more}\n")
    };
    let theme = |path: &'static str, from: &str, to: &str, text: &str| {
        assert!(text.contains(from), "{path}");
        one(path, &[String::new(), text.replacen(from, to, 1)])
    };
    vec![
        one(
            "content/site.toml",
            &[
                SITE.to_owned(),
                SITE.replace("示範。", "另一句。"),
                SITE.replace("org/", "org/docs/"),
                format!("{SITE}status = \"draft\"\npublisher = \"發展中心\"\n"),
                format!("{SITE}script = \"hant\"\nengine = \"rules\"\n"),
                format!("{SITE}publish_sources = false\npublish_bags = false\n"),
            ],
        ),
        one(
            "content/old/memorandum.toml",
            &[
                head("old", "signed = 2019-01-01\n"),
                head("old", "short_title = \"舊\"\nsigned = 2019-01-01\n"),
                head("old", "signed = 2023-01-01\npreamble = [\"發展中心的序言。\"]\n"),
            ],
        ),
        one(
            "content/old/01.toml",
            &[
                area(1, &[("發展中心支持金融。", ""), ("研究院推廣旅遊。", "label = \"旅遊\"")]),
                area(1, &[("發展中心支持金融。", ""), ("研究院推廣教育。", "label = \"教育\"")]),
                area(1, &[("發展中心支持金融。研究院同行。", "label = \"金融\"")]),
                area(1, &[("各方後來支持金融。", ""), ("研究院着手推廣旅遊。", "")]),
            ],
        ),
        one(
            "content/new/memorandum.toml",
            &[
                head("new", "signed = 2022-01-01\ncontinues = \"old\"\n"),
                head("new", "signed = 2022-01-01\namends = [\"old/1.1\"]\n"),
                head("new", "kind = \"plan\"\nissued = 2022-03\nsummary = \"概要。\"\n"),
                head("new", "formerly = [\"newer\"]\nsigned = 2018-01-01\n"),
            ],
        ),
        one(
            "content/new/01.toml",
            &[
                area(
                    1,
                    &[("發展中心支持創新。", "related = [\"old/1.1\"]"), ("研究院在港設立。", "")],
                ),
                area(1, &[("發展中心支持創新。", "amends = [\"old/1.1\"]"), ("其他事項。", "")]),
                area(
                    1,
                    &[("發展中心與研究院支持創新。", "related = [\"1.2\"]"), ("博物館開放。", "")],
                ),
            ],
        ),
        one(
            "content/new/02.toml",
            &[String::new(), area(2, &[("博物館及研究院合作。", ""), ("金融。", "")])],
        ),
        Part(vec![said("研究院支持發展。"), said("研究院與博物館支持發展。"), Vec::new()]),
        one(
            "content/entities.toml",
            &[
                [entity("centre", "發展中心", ""), entity("institute", "研究院", "")].concat(),
                [
                    entity("centre", "發展中心", ""),
                    entity("institute", "研究院", ""),
                    entity("museum", "博物館", ""),
                ]
                .concat(),
                [
                    entity("museum", "博物館", ""),
                    entity("centre", "發展中心", "aliases = [\"金融\"]"),
                ]
                .concat(),
                [
                    entity("centre", "發展中心", "description = \"一個機構。\""),
                    entity("institute", "研究院", "search = [\"RI\"]"),
                ]
                .concat(),
                entity("research", "研究院", "formerly = [\"institute\"]"),
            ],
        ),
        one(
            "content/lexicon.toml",
            &texts(&[
                "",
                "protect = [\"創新\"]\n",
                "[[rules]]\nhant = \"金融\"\nhans = \"财经\"\n",
                "[[rules]]\nhant = \"支持\"\nhans = \"支持\"\n",
            ]),
        ),
        one(
            "content/pages/about.md",
            &texts(&[
                "",
                "+++\ntitle = \"關於\"\n+++\n\n[措施](measure:old/1.1)\n",
                "+++\ntitle = \"關於本站\"\n+++\n\n## 一\n\n文字。\n",
            ]),
        ),
        theme(
            "themes/default/templates/measure.html",
            "<h1",
            "<h1 data-changed",
            include_str!("../themes/default/templates/measure.html"),
        ),
        theme(
            "themes/default/templates/base.html",
            "<body class",
            "<body data-changed class",
            include_str!("../themes/default/templates/base.html"),
        ),
        theme("themes/default/strings.toml", "\"同樣提及\"", "\"也提及\"", STRINGS),
        one("themes/default/static/style.css", &texts(&["", "body { color: red }\n"])),
        one("static/robots.html", &texts(&["", "<p>", "<p>2"])),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    /// Puts a part into a state.
    Put(usize, usize),
    Seal,
    /// Takes all sealed versions away.
    Unseal,
    /// Changes a file of the output.
    Touch(usize),
    /// Says the day of the build, or says it no more.
    Date(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        40 => (0..15_usize, 0..6_usize).prop_map(|(part, state)| Step::Put(part, state)),
        1 => Just(Step::Seal),
        1 => Just(Step::Unseal),
        2 => (0..1000_usize).prop_map(Step::Touch),
        1 => any::<bool>().prop_map(Step::Date),
    ]
}

/// A site that changes.
struct Site {
    folder: tempfile::TempDir,
    parts: Vec<Part>,
    sealed: usize,
    date: bool,
}

impl Site {
    fn new() -> Self {
        let site =
            Self { folder: tempfile::tempdir().unwrap(), parts: parts(), sealed: 0, date: false };
        (0..site.parts.len()).for_each(|part| site.put(part, 0));
        site
    }

    fn put(&self, part: usize, state: usize) {
        let Part(states) = &self.parts[part];
        let at = |path: &str| self.folder.path().join(path);
        for (path, _) in states.iter().flatten() {
            let _ = fs::remove_file(at(path));
            // A document whose last file is gone is gone.
            let _ = fs::remove_dir(at(path).parent().unwrap());
        }
        for (path, text) in &states[state % states.len()] {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            save(at(path), text);
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongwen"));
        if self.date {
            command.env("SOURCE_DATE_EPOCH", "1700000000");
        } else {
            command.env_remove("SOURCE_DATE_EPOCH");
        }
        command.current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    fn take(&mut self, step: &Step) {
        let public = self.folder.path().join("public");
        match step {
            Step::Put(part, state) => self.put(*part, *state),
            Step::Seal => {
                let day = format!("2024-01-{:02}", self.sealed + 1);
                let name = format!("v{}", self.sealed + 1);
                if self.run(&["snapshot", "seal", &name, "--date", &day]).status.success() {
                    self.sealed += 1;
                }
            }
            Step::Unseal => {
                let _ = fs::remove_dir_all(self.folder.path().join("snapshots"));
                self.sealed = 0;
            }
            Step::Touch(number) => {
                let all: Vec<String> = made(&public).into_keys().collect();
                if let Some(path) = all.get(number % all.len().max(1)) {
                    save(public.join(path), "another's");
                }
            }
            Step::Date(date) => self.date = *date,
        }
    }
}

/// The files of an output, if there is one.
fn made(folder: &Path) -> Pages {
    if folder.exists() { files(folder) } else { Pages::new() }
}

/// What tells whether a file was written anew.
fn identity(path: &Path) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).unwrap();
    (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
}

fn cases() -> u32 {
    std::env::var("REBUILD_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_build_after_any_changes_is_a_clean_build(steps in prop::collection::vec(step(), 25)) {
        let mut site = Site::new();
        let (public, clean) = (site.folder.path().join("public"), site.folder.path().join("clean"));
        let mut built = 0;
        for step in &steps {
            site.take(step);
            let before: BTreeMap<_, _> = made(&public)
                .into_iter()
                .map(|(path, bytes)| {
                    let identity = identity(&public.join(&path));
                    (path, (bytes, identity))
                })
                .collect();
            let again = site.run(&["build"]);
            let _ = fs::remove_dir_all(&clean);
            let anew = site.run(&["build", "--out", "clean"]);
            prop_assert_eq!(
                again.status.code(),
                anew.status.code(),
                "{}",
                String::from_utf8_lossy(&again.stderr)
            );
            if !anew.status.success() {
                // A mistake that stays would hide all that comes after.
                if let Step::Put(part, _) = step {
                    site.put(*part, 0);
                }
                continue;
            }
            built += 1;
            let (found, expected) = (made(&public), made(&clean));
            let paths: Vec<&String> = found.keys().chain(expected.keys()).collect();
            let differing: Vec<_> =
                paths.into_iter().filter(|path| found.get(*path) != expected.get(*path)).collect();
            prop_assert!(differing.is_empty(), "{:?} after {:?}", differing, step);
            for (path, bytes) in &found {
                if let Some((old, identity_before)) = before.get(path)
                    && old == bytes
                {
                    prop_assert_eq!(identity_before, &identity(&public.join(path)), "{}", path);
                }
            }
        }
        prop_assert!(built > 0);
    }
}
