//! Whatever changes on disk, what is shown is what a clean build would make.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tongwen::diagnostic::Style;
use tongwen::io::read_tree;
use tongwen::pipeline::{self, Overrides};
use tongwen::serve::{Answer, Changes, Preview as Parts, Shown, Wanted};
use tongwen::source::Tree;

use crate::support::http::{Preview, built, without_line};
use crate::support::{Pages, copy_of_the_default_site, render, save, small_site};

/// Files that a site may have, each with what may stand in it: most of it good,
/// alone and together.
const FILES: [(&str, &[&str]); 12] = [
    (
        "content/site.toml",
        &[
            "title = \"示範\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/\"\n",
            "title = \"網站\"\ndescription = \"網。\"\nbase_url = \"https://example.org/docs/\"\nscript = \"hant\"\n",
            "title = \"網站\"\n",
        ],
    ),
    (
        "content/demo/memorandum.toml",
        &[
            "id = \"demo\"\ntitle = \"備忘錄\"\nsigned = 2021-11-29\n",
            "id = \"demo\"\ntitle = \"諒解備忘錄\"\nsigned = 2022-11-29\npreamble = [\"序言。\"]\n",
        ],
    ),
    (
        "content/demo/01.toml",
        &[
            "id = \"one\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"支持金融。\"\n",
            "id = \"first\"\nnumber = 1\ntitle = \"金融科技\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"支持金融科技。\"\n[[measures]]\nnumber = \"1.2\"\ntext = \"發展中心。\"\nrelated = [\"1.1\"]\n",
            "id = \"first\"\nnumber = 1\ntitle = \"金融科技\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"支持。\"\nrelated = [\"9.9\"]\n",
        ],
    ),
    (
        "content/demo/02.toml",
        &[
            "id = \"two\"\nnumber = 2\ntitle = \"創新\"\n[[measures]]\nnumber = \"2.1\"\ntext = \"發展中心支持創新。\"\nlabel = \"創新\"\n",
        ],
    ),
    (
        "content/other/memorandum.toml",
        &["id = \"other\"\ntitle = \"另一備忘錄\"\nsigned = 2020-01-01\n"],
    ),
    (
        "content/other/01.toml",
        &[
            "id = \"only\"\nnumber = 1\ntitle = \"旅遊\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"發展中心推廣旅遊。\"\nrelated = [\"demo/1.1\"]\n",
        ],
    ),
    (
        "content/entities.toml",
        &[
            "[[entities]]\nid = \"centre\"\nkind = \"organisation\"\nname = \"發展中心\"\n",
            "[[entities]]\nid = \"centre\"\nkind = \"organisation\"\nname = \"發展中心\"\naliases = [\"金融\"]\n",
        ],
    ),
    (
        "content/lexicon.toml",
        &["protect = [\"創新\"]\n", "[[rules]]\nhant = \"金融\"\nhans = \"財务\"\n"],
    ),
    (
        "content/pages/about.md",
        &[
            "+++\ntitle = \"關於\"\n+++\n\n[措施](measure:demo/1.1)\n",
            "+++\ntitle = \"關於\"\ndraft = true\n+++\n\n未完。\n",
            "沒有前言\n",
        ],
    ),
    ("content/pages/more.md", &["+++\ntitle = \"更多\"\norder = -1\n+++\n\n## 一\n\n文字。\n"]),
    (
        "themes/default/templates/page.html",
        &[
            "<!doctype html>\n<title>{{ title }}</title>\n<body>{{ body | safe }}</body>\n",
            "{% if %}",
        ],
    ),
    ("themes/default/static/style.css", &["body { color: red }\n", "body { color: blue }\n"]),
];

#[derive(Debug, Clone)]
enum Step {
    /// Writes a file; some editors do it by renaming a new one over it.
    Write(usize, usize, bool),
    Remove(usize),
    Rename(usize, usize),
    /// Moves a folder of `content/` away or back.
    Fold(&'static str),
    FolderInPlaceOfFile(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let file = 0..FILES.len();
    prop_oneof![
        8 => (file.clone(), 0..3usize, any::<bool>()).prop_map(|(file, text, by)| Step::Write(file, text, by)),
        2 => file.clone().prop_map(Step::Remove),
        1 => (file.clone(), file.clone()).prop_map(|(from, to)| Step::Rename(from, to)),
        1 => prop::sample::select(vec!["pages", "other", "demo"]).prop_map(Step::Fold),
        1 => file.prop_map(Step::FolderInPlaceOfFile),
    ]
}

/// Takes a step; tells which paths it touched.
fn take(step: &Step, root: &Path) -> Vec<PathBuf> {
    let path = |file: &usize| root.join(FILES[*file].0);
    match step {
        Step::Write(file, text, by_renaming) => {
            let (path, texts) = (path(file), FILES[*file].1);
            remove(&path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let text = texts[text % texts.len()];
            if *by_renaming {
                let new = path.with_extension("new~");
                save(&new, text);
                fs::rename(&new, &path).unwrap();
                return vec![new, path];
            }
            save(&path, text);
            vec![path]
        }
        Step::Remove(file) => {
            remove(&path(file));
            vec![path(file)]
        }
        Step::Rename(from, to) => {
            let (from, to) = (path(from), path(to));
            if from == to || !from.exists() {
                return Vec::new();
            }
            remove(&to);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::rename(&from, &to).unwrap();
            vec![from, to]
        }
        Step::Fold(name) => {
            let (here, away) = (root.join("content").join(name), root.join(name));
            let (from, to) = if here.exists() { (here, away) } else { (away, here) };
            if from.exists() && !to.exists() {
                fs::rename(&from, &to).unwrap();
            }
            // The system tells of the folder, not of what is in it.
            vec![from, to]
        }
        Step::FolderInPlaceOfFile(file) => {
            let path = path(file);
            remove(&path);
            fs::create_dir_all(&path).unwrap();
            vec![path]
        }
    }
}

fn remove(path: &Path) {
    let _ = fs::remove_file(path);
    let _ = fs::remove_dir_all(path);
}

/// What is shown, address by address.
fn shown(parts: &tongwen::serve::State, paths: impl Iterator<Item = String>) -> Pages {
    let pages = parts.pages.as_ref().unwrap();
    paths
        .map(|path| match pages.ask(Wanted::Path(path.clone())).blocking_recv().unwrap() {
            Answer::File(found, bytes) if found == path => (path, bytes),
            answer => panic!("{path}: {answer:?}"),
        })
        .collect()
}

/// Whether what is shown differs from the files, and in folders of documents alone.
fn is_spared(shown: &Tree, clean: &Tree) -> bool {
    let is_of_document = |path: &String| {
        let inside = path.strip_prefix("content/").and_then(|path| path.split_once('/'));
        inside.is_some_and(|(folder, _)| folder != "pages")
    };
    let all = shown.files.keys().chain(clean.files.keys());
    let mut differing = all.filter(|path| shown.files.get(*path) != clean.files.get(*path));
    shown.files != clean.files && differing.all(is_of_document)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// After each step, what is shown is a clean build's bytes, of all files or, if
    /// documents have mistakes, of the others; and what is said is what a clean build
    /// says.
    #[test]
    fn after_any_changes_the_preview_is_a_clean_build(steps in prop::collection::vec(step(), 1..10)) {
        let folder = tempfile::tempdir().unwrap();
        for (path, texts) in FILES.iter().take(7) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            save(path, texts[0]);
        }
        let (mut parts, first) = Parts::open(folder.path(), &Overrides::default()).unwrap();
        let root = parts.root().to_owned();
        let mut state = first.state;
        let mut good = render(&read_tree(&root).unwrap());
        let mut spared = false;
        for step in &steps {
            let paths: BTreeSet<PathBuf> = take(step, &root).into_iter().collect();
            let outcome = parts.update(&Changes::Paths(paths));
            let clean = read_tree(&root).unwrap();
            let loaded = pipeline::load(&clean, &Overrides::default());
            if let Some(outcome) = outcome {
                let (diagnostics, sources) = outcome.loaded.unwrap();
                prop_assert_eq!(
                    diagnostics.render(&sources, Style::Plain),
                    loaded.diagnostics.render(&loaded.sources, Style::Plain)
                );
                spared = outcome.shown == Shown::Spared;
                state = outcome.state;
            }
            let has_errors = loaded.diagnostics.has_errors();
            prop_assert_eq!(state.mistakes.json() != "{\"errors\":[],\"more\":0}", has_errors);
            if !has_errors {
                prop_assert!(state.tree.files == clean.files);
            } else if spared {
                prop_assert!(is_spared(&state.tree, &clean));
            }
            if !has_errors || spared {
                good = render(&state.tree);
            }
            prop_assert!(shown(&state, good.keys().cloned()) == good, "after {:?}", step);
        }
    }
}

/// Reads events until everything that is served is what a build would make.
fn until_built(preview: &Preview, events: &mut crate::support::http::Events, root: &Path) {
    let built = built(root);
    let as_built = |path: &String, bytes: &Vec<u8>| {
        let response = preview.get(&format!("/{path}"));
        response.status == 200 && without_line(&response.body) == *bytes
    };
    while !built.iter().all(|(path, bytes)| as_built(path, bytes)) {
        events.next();
    }
}

#[test]
fn changes_on_disk_are_seen() {
    for poll in [&[][..], &["--poll", "50"]] {
        let site = tempfile::tempdir().unwrap();
        for (path, entry) in &small_site("").files {
            let tongwen::source::Entry::Bytes(bytes) = entry else { unreachable!() };
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            save(path, bytes);
        }
        let preview = Preview::start(site.path(), poll);
        let mut events = preview.events();
        let content = site.path().join("content");
        let mut then = |change: &dyn Fn()| {
            change();
            until_built(&preview, &mut events, site.path());
        };
        let area = content.join("demo/01-finance.toml");
        let text = fs::read_to_string(&area).unwrap();
        then(&|| save(&area, text.replace("建設", "發展")));
        // As editors save.
        then(&|| {
            fs::write(content.join("demo/.01.swp"), text.replace("建設", "規劃")).unwrap();
            fs::rename(content.join("demo/.01.swp"), &area).unwrap();
        });
        let page = "+++\ntitle = \"頁\"\n+++\n\n文字。\n";
        then(&|| {
            fs::create_dir(content.join("pages")).unwrap();
            save(content.join("pages/one.md"), page);
        });
        then(&|| fs::rename(content.join("pages/one.md"), content.join("pages/two.md")).unwrap());
        then(&|| fs::remove_dir_all(content.join("pages")).unwrap());
        then(&|| {
            let theme = site.path().join("themes/default/static");
            fs::create_dir_all(&theme).unwrap();
            save(theme.join("style.css"), "body { color: red }");
        });
        // As a switch to another branch does.
        then(&|| {
            let folder = site.path().join("themes/default/static/many");
            fs::create_dir(&folder).unwrap();
            for number in 0..1000 {
                save(folder.join(format!("{number}.css")), format!("/* {number} */"));
            }
        });
        assert!(!preview.said().contains("warning"), "{}", preview.said());
    }
}

#[test]
fn drafts_are_shown_and_marked_only_when_asked_for() {
    let site = copy_of_the_default_site();
    let draft = site.path().join("content/pages/plan.md");
    save(&draft, "+++\ntitle = \"計劃\"\ndraft = true\n+++\n\n未完。\n");
    assert!(!built(site.path()).keys().any(|path| path.contains("plan")));
    let without = Preview::start(site.path(), &[]);
    assert_eq!(without.get("/hant/plan.html").status, 404);
    let with = Preview::start(site.path(), &["--drafts"]);
    let page = with.get("/hans/plan.html");
    assert_eq!(page.status, 200);
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("<p class=\"draft\">草稿"), "{page}");
    assert!(
        !String::from_utf8(with.get("/hans/about.html").body).unwrap().contains("class=\"draft\"")
    );
    // In a build nothing can lead to it.
    let linking = site.path().join("content/pages/about.md");
    let text = fs::read_to_string(&linking).unwrap();
    save(&linking, format!("{text}\n[計劃](page:plan)\n"));
    let said = crate::support::mistakes(&read_tree(site.path()).unwrap());
    assert!(said.contains("unknown-reference") && said.contains("`plan`"), "{said}");
}

/// The system tells of a link, and not of what it leads to.
#[cfg(unix)]
#[test]
fn what_links_lead_to_is_watched_also_of_links_made_meanwhile() {
    use std::os::unix::fs::symlink;
    let (site, away) = (copy_of_the_default_site(), tempfile::tempdir().unwrap());
    let (pages, away) = (site.path().join("content/pages"), away.path());
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n文\n");
    fs::create_dir(away.join("files")).unwrap();
    save(away.join("one.md"), page("甲一"));
    save(away.join("other.md"), page("乙一"));
    save(away.join("files/a.txt"), "a1");
    symlink(away.join("one.md"), pages.join("one.md")).unwrap();
    let preview = Preview::start(site.path(), &[]);
    let until = |path: &str, words: &str| {
        let start = std::time::Instant::now();
        while !String::from_utf8_lossy(&preview.get(path).body).contains(words) {
            assert!(start.elapsed().as_secs() < 60, "`{path}`: {}", preview.said());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    };
    until("/hant/one.html", "甲一");
    save(away.join("one.md"), page("甲二"));
    until("/hant/one.html", "甲二");
    symlink(away.join("other.md"), pages.join("other.md")).unwrap();
    symlink(away.join("files"), site.path().join("static/files")).unwrap();
    until("/hant/other.html", "乙一");
    until("/files/a.txt", "a1");
    save(away.join("other.md"), page("乙二"));
    save(away.join("files/a.txt"), "a2");
    until("/hant/other.html", "乙二");
    until("/files/a.txt", "a2");
    // What was not there when the link was made.
    symlink(away.join("later.md"), pages.join("later.md")).unwrap();
    preview.says("leads nowhere");
    save(away.join("later.md"), page("丙一"));
    until("/hant/later.html", "丙一");
}
