//! No page, citation or feed of any fixture says a number, a kind, a date's name,
//! a party or a claim that its document does not have.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::process::Command;

use scraper::{Html, Node};
use support::numbers::{numbers, unspaced};
use support::{documents, render, root, small_site};
use tongwen::io::read_tree;
use tongwen::script::opencc::{Config, Converter};
use tongwen::source::{Entry, Tree};

#[test]
fn no_page_of_any_site_says_what_its_documents_do_not() {
    let mut seen = 0;
    for (name, tree) in sites() {
        let truth = Truth::new(&tree);
        let mut wrong = BTreeSet::new();
        for (path, bytes) in render(&tree) {
            let Some(said) = said(&path, bytes) else { continue };
            seen += 1;
            wrong
                .extend(truth.faults(&path, &said).into_iter().map(|one| format!("{path}: {one}")));
        }
        let shown: Vec<&String> = wrong.iter().take(30).collect();
        assert!(wrong.is_empty(), "{name}: {} faults, first {shown:#?}", wrong.len());
    }
    assert!(seen > 500, "only {seen} files were read");
}

#[test]
fn what_a_document_does_not_have_is_found_on_a_page_that_says_it() {
    let sites = documents();
    let (_, tree) = sites.iter().find(|(name, _)| name == "decision-without-areas").unwrap();
    let truth = Truth::new(tree);
    let faults = |said: &str| truth.faults("hant/decision/full.html", said);
    assert_eq!(faults("三、本決定自公布之日起生效。第三項，通過日期"), Vec::<String>::new());
    for planted in [
        "第四條",
        "第九項",
        "（十七）",
        "2.1",
        "本備忘錄",
        "本协议",
        "各領域",
        "上一章节",
        "簽署日期",
        "施行日期",
        "发布机关",
        "簽署各方",
        "官方",
        "編者所擬",
        "编者校订",
    ] {
        assert_eq!(faults(planted).len(), 1, "{planted}: {:?}", faults(planted));
    }
    let truth = Truth::new(&small_site(
        "-- content/other/memorandum.toml --\nid = \"other\"\ntitle = \"別的備忘錄\"\n",
    ));
    let faults = |said: &str| truth.faults("hant/demo/finance.html", said);
    assert_eq!(faults("措施1.1，備忘錄，簽署日期"), Vec::<String>::new());
    for planted in ["1.2", "2.1", "已與來源文件逐字核對", "簽署雙方"] {
        assert_eq!(faults(planted).len(), 1, "{planted}");
    }
    let faults = |said: &str| truth.faults("hans/other/index.html", said);
    assert_eq!(faults("签署日期").len(), 1, "what one document has is not another's");
    let truth = Truth::new(&read_tree(&root().join("tests/many")).unwrap());
    let faults = |said: &str| truth.faults("hant/notice-2022/index.html", said);
    assert_eq!(faults("橋樑基金合作協議 1.2，跨河大橋管理條例 第三條"), Vec::<String>::new());
    for planted in ["本協議", "第三條", "跨河大橋管理條例 第四條", "橋樑基金合作協議，1.2"]
    {
        assert_eq!(faults(planted).len(), 1, "{planted}");
    }
}

/// Every site that a test renders without a mistake, but for the large ones made
/// by a program.
fn sites() -> Vec<(String, Tree)> {
    let mut sites = documents();
    sites.push(("small".to_owned(), small_site("")));
    for folder in
        ["", "tests/versions/present", "tests/browser/fixture", "tests/many", "docs/manual"]
    {
        let tree = read_tree(&root().join(folder)).unwrap();
        assert!(tree.files.contains_key("content/site.toml"), "`{folder}` is no site");
        sites.push((format!("`{folder}`"), tree));
    }
    let made = tempfile::tempdir().unwrap();
    let site = made.path().join("site");
    let init = Command::new(env!("CARGO_BIN_EXE_tongwen")).arg("init").arg(&site).output().unwrap();
    assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
    sites.push(("init".to_owned(), read_tree(&site).unwrap()));
    sites
}

/// What a file says to those who read it: text, names for assistive technology,
/// structured data. `None` of one that nobody reads.
fn said(path: &str, bytes: Vec<u8>) -> Option<String> {
    if [".bib", ".csl.json", ".atom"].iter().any(|end| path.ends_with(end))
        || path.ends_with("feed.xml")
    {
        return Some(String::from_utf8(bytes).unwrap());
    }
    if !path.ends_with(".html") {
        return None;
    }
    let html = Html::parse_document(std::str::from_utf8(&bytes).unwrap());
    let mut said = String::new();
    for node in html.tree.nodes() {
        match node.value() {
            Node::Text(text) => said.push_str(text),
            Node::Element(element) => {
                for name in ["aria-label", "content", "alt", "title", "placeholder"] {
                    said.extend(element.attr(name).map(|value| format!("\n{value}\n")));
                }
                said.push('\n');
            }
            _ => {}
        }
    }
    Some(said)
}

/// What a site's documents have.
struct Truth {
    documents: Vec<Document>,
}

struct Document {
    id: String,
    /// Its own words and its editors', without white space, in one form of script.
    words: String,
    kind: String,
    /// The keys of its head.
    keys: BTreeSet<String>,
    signed: bool,
    verified: bool,
    official: bool,
    edited: bool,
    editorial: bool,
    composes: bool,
    /// Of each of its areas, the number of measures.
    measures: Vec<usize>,
    /// Its titles, in both scripts.
    names: BTreeSet<String>,
    /// What its numbering prints.
    marks: BTreeSet<String>,
}

/// A word that pages may say of a document that fits, in either script.
type Claim = (&'static [&'static str], fn(&Document) -> bool);

const CLAIMS: &[Claim] = &[
    (&["備忘錄", "备忘录"], |one| one.kind == "memorandum"),
    (&["協議", "协议"], |one| one.kind == "agreement"),
    (&["安排"], |one| one.kind == "arrangement"),
    (&["規劃", "规划"], |one| one.kind == "plan"),
    (&["法規", "法规"], |one| one.kind == "regulation"),
    (&["決定", "决定"], |one| one.kind == "decision"),
    (&["通知"], |one| one.kind == "notice"),
    (&["領域", "领域"], |one| one.kind == "memorandum"),
    (&["章節", "章节"], |one| one.kind == "agreement"),
    (&["條款", "条款"], |one| one.kind == "agreement"),
    (&["任務", "任务"], |one| one.kind == "plan"),
    (&["措施"], |one| one.kind == "memorandum" || one.kind == "measures"),
    (&["簽署", "签署"], |one| one.signed),
    (&["通過日期", "通过日期"], |one| one.keys.contains("adopted")),
    (&["發布日期", "发布日期"], |one| one.keys.contains("issued")),
    (&["公布日期"], |one| one.keys.contains("published")),
    (&["施行日期"], |one| one.keys.contains("in_force")),
    (&["內容截至", "内容截至"], |one| one.keys.contains("as_at")),
    (
        &["簽署雙方", "签署双方", "簽署各方", "签署各方", "發布機關", "发布机关"],
        |one| one.keys.contains("parties"),
    ),
    (&["官方"], |one| one.official),
    (&["逐字核對", "逐字核对"], |one| one.verified),
    (&["編者校訂", "编者校订"], |one| one.edited),
    (&["編者擬", "編者所擬", "编者拟", "编者所拟"], |one| one.editorial),
];

impl Truth {
    fn new(tree: &Tree) -> Self {
        let heads = tree
            .files
            .keys()
            .filter_map(|path| path.strip_prefix("content/")?.strip_suffix("/memorandum.toml"));
        let documents = heads.map(|id| Document::new(tree, id)).collect();
        Self { documents }
    }

    /// What a file says that none of the documents it is about has.
    fn faults(&self, path: &str, said: &str) -> Vec<String> {
        let about = |one: &&Document| {
            let id = one.id.as_str();
            path.split(['/', '.']).any(|part| part == id)
        };
        let own: Vec<&Document> = self.documents.iter().filter(about).collect();
        let all: Vec<&Document> = self.documents.iter().collect();
        let mut said = unspaced(said);
        if !own.is_empty() {
            let others = all.iter().filter(|one| own.iter().all(|own| own.id != one.id));
            said = without_others(&said, &others.copied().collect::<Vec<_>>());
        }
        let documents = if own.is_empty() { all } else { own };
        // The names of formats, of terms of use, and what the site is not.
        let mut others =
            vec!["DataPackage2.0", "AkomaNtoso3.0", "使用條款", "授權條款", "授权条款", "非官方"];
        if path.ends_with("/data.html") {
            // What codes mean.
            others.extend([
                "official（另有的正式文本）",
                "edited（編者校訂）",
                "edited（编者校订）",
            ]);
            others.extend(["提要，編者所擬", "短題，編者所擬", "說明，編者所擬"]);
            others.extend(["提要，编者所拟", "短题，编者所拟", "说明，编者所拟"]);
        }
        for other in others {
            said = said.replace(&*unspaced(other), "");
        }
        let mut faults = Vec::new();
        for (words, has) in CLAIMS {
            for word in *words {
                let own =
                    documents.iter().any(|one| has(one) || words.iter().any(|word| one.says(word)));
                if said.contains(&*unspaced(word)) && !own {
                    faults.push(format!("`{word}`"));
                    break;
                }
            }
        }
        for number in numbers(&said) {
            if !documents.iter().any(|one| one.has_number(&number)) {
                faults.push(format!("the number `{number}`"));
            }
        }
        // One fault is told by its longest word.
        let long = faults.clone();
        faults.retain(|one| {
            !long.iter().any(|other| other != one && other.contains(one.trim_matches('`')))
        });
        faults
    }
}

impl Document {
    fn new(tree: &Tree, id: &str) -> Self {
        let folder = format!("content/{id}/");
        let text = |path: &str| match tree.files.get(path) {
            Some(Entry::Bytes(bytes)) => String::from_utf8(bytes.to_vec()).unwrap_or_default(),
            _ => String::new(),
        };
        let head: toml::Table = text(&format!("{folder}memorandum.toml")).parse().unwrap();
        let mut words = String::new();
        let mut measures = Vec::new();
        for path in tree.files.keys() {
            let shared = path.starts_with("content/") && path[8..].matches('/').count() == 0
                || path.starts_with("content/entities/")
                || path.starts_with("content/pages/");
            let own = path.starts_with(&folder);
            let source = path.starts_with("seeds/")
                && text(&format!("{folder}memorandum.toml")).contains(path.as_str());
            if shared || own || source {
                words.push_str(&text(path));
            }
            if own && !path.ends_with("/memorandum.toml") {
                measures.push(text(path).matches("measures]]").count());
            }
        }
        let all: String = tree
            .files
            .keys()
            .filter(|path| path.starts_with(&folder))
            .map(|path| text(path))
            .collect();
        let kind = match head.get("kind") {
            Some(toml::Value::String(kind)) => kind.clone(),
            Some(_) => "own".to_owned(),
            None => "memorandum".to_owned(),
        };
        Self {
            id: id.to_owned(),
            words: unspaced(&words),
            kind,
            signed: head.contains_key("signed") || all.contains("signatories]]"),
            verified: head.contains_key("source"),
            official: words.contains("official"),
            edited: words.contains("edited"),
            editorial: ["\nsummary =", "\nlabel ="].iter().any(|key| all.contains(key))
                || tree.files.keys().any(|path| path.starts_with("content/entities/")),
            composes: !head.contains_key("numbering"),
            names: names(&head),
            marks: marks(&head, &measures),
            keys: head.keys().cloned().collect(),
            measures,
        }
    }

    fn says(&self, word: &str) -> bool {
        self.words.contains(&*unspaced(word)) || self.marks.contains(&*unspaced(word))
    }

    /// Whether a number stands in its words, or is a measure's place where numbers
    /// begin anew in each area.
    fn has_number(&self, number: &str) -> bool {
        if self.says(number) {
            return true;
        }
        if let Some((area, place)) = number.split_once('.') {
            let [Ok(area), Ok(place)] = [area, place].map(str::parse::<usize>) else {
                return false;
            };
            let counted = area.checked_sub(1).and_then(|area| self.measures.get(area));
            return self.composes && counted.is_some_and(|count| (1..=*count).contains(&place));
        }
        // `第三項` of what is printed as `三、`.
        let numeral = number.strip_prefix('第').and_then(|rest| rest.strip_suffix('項'));
        let marks = ["、", ".", "．", "）", ")"];
        let printed = |numeral: &str| marks.iter().any(|end| self.says(&[numeral, end].concat()));
        let places = || {
            self.composes
                && self.measures.iter().any(|count| {
                    numeral.and_then(|one| one.parse().ok()).is_some_and(|one: usize| one <= *count)
                })
        };
        numeral.is_some_and(|numeral| {
            let bare = numeral.trim_matches(['（', '）', '(', ')']);
            printed(bare) || places() || self.says(&[bare, " "].concat())
        })
    }
}

/// What a document's page says but for the names of other documents, each with the
/// date or id that tells it from its like, and with the number behind it if the
/// document of that name has it.
fn without_others(said: &str, others: &[&Document]) -> String {
    let mut names: Vec<&String> = others.iter().flat_map(|one| &one.names).collect();
    names.sort_by_key(|name| (Reverse(name.len()), *name));
    names.dedup();
    let mut said = said.to_owned();
    for name in names {
        let called = || others.iter().filter(|one| one.names.contains(name));
        let mut parts = said.split(name.as_str());
        let mut without = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let told = part.strip_prefix('（').and_then(|rest| rest.split_once('）'));
            let is_told =
                |by: &str| by.contains('年') || called().any(|one| by.contains(one.id.as_str()));
            let part = told.filter(|(by, _)| is_told(by)).map_or(part, |(_, rest)| rest);
            let start: String = part.chars().take(12).collect();
            let number = numbers(&start).into_iter().filter(|one| part.starts_with(one.as_str()));
            let number = number.filter(|number| called().any(|one| one.has_number(number)));
            without.push('\n');
            without.push_str(&part[number.map(|one| one.len()).max().unwrap_or_default()..]);
        }
        said = without;
    }
    said
}

/// A document's titles, in both scripts.
fn names(head: &toml::Table) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for key in ["title", "short_title"] {
        let Some(title) = head.get(key).and_then(toml::Value::as_str) else { continue };
        names.insert(unspaced(title));
        names.extend(
            [Config::Hk2s, Config::S2hk]
                .map(|config| unspaced(&Converter::get(config).convert(title))),
        );
    }
    names
}

/// The first numbers by each pattern of a document's numbering, as many as it has
/// areas and measures.
fn marks(head: &toml::Table, measures: &[usize]) -> BTreeSet<String> {
    let Some(numbering) = head.get("numbering").and_then(toml::Value::as_table) else {
        return BTreeSet::new();
    };
    let mut marks = BTreeSet::new();
    for (key, count) in [("area", measures.len()), ("measure", measures.iter().sum())] {
        let pattern = numbering.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        let numerals = (1..).zip("一二三四五六七八九".chars()).take(count);
        marks.extend(numerals.map(|(number, numeral)| {
            let mark = pattern.replace("{一}", &numeral.to_string());
            unspaced(&mark.replace("{1}", &number.to_string()))
        }));
    }
    marks
}
