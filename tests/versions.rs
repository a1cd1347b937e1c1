//! Three versions of a memorandum and the present, as `tests/versions/` holds
//! them: what changed in every format, and the pages that say so.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use scraper::{ElementRef, Html, Node, Selector};
use support::{Pages, page, render, render_with, root, small_site};
use tongwen::check::check;
use tongwen::diagnostic::Style;
use tongwen::io::read_tree;
use tongwen::library;
use tongwen::model::{BaseUrl, Date};
use tongwen::pipeline::{self, Overrides};
use tongwen::snapshot::diff::compare;
use tongwen::snapshot::record::Record;
use tongwen::snapshot::report::{self, Side};
use tongwen::snapshot::{Seal, Sealed, Version, VersionName, Versions};
use tongwen::source::Tree;

fn golden(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "golden/versions",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, text) });
}

/// The fixture's versions, the oldest first.
const NAMES: [&str; 3] = ["2022", "2023", "2024"];

fn fixture(name: &str) -> Tree {
    read_tree(&root().join("tests/versions").join(name)).unwrap()
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn record(tree: &Tree) -> Record {
    let site = pipeline::load(tree, &Overrides::default()).site.unwrap();
    library::record(&site.library)
}

/// A version as if a site had been sealed, the `index`th.
fn version(tree: &Tree, name: &str, day: Date, index: usize, note: Option<&str>) -> Version {
    let name = VersionName::parse(name).unwrap();
    let sealed = Sealed { name: name.clone(), date: day };
    let pages = render_with(tree, &Overrides { sealed: Some(sealed), ..Overrides::default() });
    let seal = |index: usize| Seal::parse(&format!("{index:064x}")).unwrap();
    Version {
        name,
        date: day,
        note: note.map(str::to_owned),
        seal: seal(index),
        previous_seal: index.checked_sub(1).map(seal),
        software: "tongwen 0.1.0".to_owned(),
        base_url: BaseUrl::parse("https://before.example.org/").unwrap(),
        record: record(tree),
        pages: pages.into_keys().map(Arc::from).collect(),
    }
}

fn versions() -> Versions {
    static VERSIONS: OnceLock<Versions> = OnceLock::new();
    let make = || {
        let all = NAMES.iter().enumerate().map(|(index, name)| {
            let note = (index > 0).then_some("經雙方核對後修訂。");
            version(&fixture(name), name, date(&format!("{name}-03-01")), index, note)
        });
        Versions::new(all.collect())
    };
    VERSIONS.get_or_init(make).clone()
}

fn with_versions() -> Overrides {
    Overrides { versions: versions(), ..Overrides::default() }
}

fn pages() -> &'static Pages {
    static PAGES: OnceLock<Pages> = OnceLock::new();
    PAGES.get_or_init(|| render_with(&fixture("present"), &with_versions()))
}

fn html(path: &str) -> Html {
    Html::parse_document(&page(pages(), path))
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: &ElementRef) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(html: &Html, selector: &str) -> Vec<String> {
    select(html, selector).iter().map(text).collect()
}

fn addresses(html: &Html, selector: &str) -> Vec<String> {
    let links = select(html, selector);
    links.iter().map(|link| link.value().attr("href").unwrap().to_owned()).collect()
}

#[test]
fn what_changed_is_told_in_every_format() {
    let present = record(&fixture("present"));
    let all = versions();
    let side = |name: &'static str| match all.named(name) {
        Some(version) => Side { name, date: Some(version.date), record: &version.record },
        None => Side { name, date: None, record: &present },
    };
    for (old, new) in [
        ("2022", "2023"),
        ("2023", "2024"),
        ("2024", "current"),
        ("2022", "current"),
        ("2023", "2022"),
    ] {
        let (from, to) = (side(old), side(new));
        let diff = compare(from.record, to.record);
        golden(&format!("{old}..{new}-human"), &report::human(&diff, from, to, Style::Plain));
        if new != "current" {
            golden(&format!("{old}..{new}-json"), &report::json(&diff, from, to));
        }
    }
    for edition in ["hant", "hans"] {
        for pair in ["2022..2023", "2023..2024"] {
            let page = page(pages(), &format!("{edition}/versions/{pair}.html"));
            let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next());
            golden(&format!("{pair}-{edition}-page"), main.unwrap());
        }
    }
    let (from, to) = (side("2022"), side("2023"));
    let diff = compare(from.record, to.record);
    let coloured = report::human(&diff, from, to, Style::Coloured);
    let marked = "支持湖北\u{1b}[91m[-金融-]\u{1b}[0m\u{1b}[92m{+銀行及保險+}\u{1b}[0m機構";
    assert!(coloured.contains(marked), "{coloured}");
    let same = side("2023");
    let nothing = compare(same.record, same.record);
    assert!(report::human(&nothing, same, same, Style::Plain).ends_with("\nnothing changed\n"));
}

#[test]
fn there_is_a_comparison_for_each_neighbouring_pair_and_with_the_present() {
    let own = |path: &&String| path.starts_with("hant/versions/");
    let found: Vec<&String> = pages().keys().filter(own).collect();
    assert_eq!(
        found,
        [
            "hant/versions/2022..2023.html",
            "hant/versions/2022..current.html",
            "hant/versions/2023..2024.html",
            "hant/versions/2023..current.html",
            "hant/versions/2024..current.html",
            "hant/versions/index.html",
        ]
    );
    let sitemap = page(pages(), "sitemap.xml");
    for path in found {
        let address = format!("https://example.org/{}", path.trim_end_matches("index.html"));
        assert!(sitemap.contains(&format!("<loc>{address}</loc>")), "{address}");
    }
}

#[test]
fn the_index_tells_of_each_version_the_present_first() {
    let index = html("hant/versions/index.html");
    assert_eq!(
        texts(&index, "h2"),
        ["現行內容", "版本 2024", "版本 2023", "版本 2022", "如何核對"]
    );
    assert_eq!(texts(&index, ".version:nth-of-type(1) .counts li"), ["8 項措施", "改動 1 項"]);
    assert_eq!(
        texts(&index, ".version:nth-of-type(2) .counts li"),
        [
            "8 項措施",
            "新增 1 項",
            "改動 1 項",
            "僅簡體文字改動 2 項",
            "重新編號 2 項",
            "短題改動 1 項"
        ]
    );
    assert_eq!(
        texts(&index, ".version:nth-of-type(3) .counts li"),
        ["7 項措施", "新增 1 項", "刪去 1 項", "改動 1 項", "重新編號 3 項"]
    );
    assert_eq!(texts(&index, ".version:nth-of-type(4) .counts li"), ["7 項措施", "首個版本"]);
    assert_eq!(texts(&index, ".note"), ["經雙方核對後修訂。", "經雙方核對後修訂。"]);
    assert_eq!(texts(&html("hans/versions/index.html"), ".note")[0], "经双方核对后修订。");
    assert_eq!(texts(&index, ".digest code")[2], format!("{:064x}", 0));
    // The four dates, each under its own name.
    assert_eq!(texts(&index, ".version:nth-of-type(2) dt"), ["封存日期", "簽署日期", "內容截至"]);
    let days: Vec<_> = select(&index, ".version:nth-of-type(2) time")
        .iter()
        .map(|time| time.value().attr("datetime").unwrap())
        .collect();
    assert_eq!(days, ["2024-03-01", "2021-11-29", "2024-02-01"]);
}

#[test]
fn a_page_leads_to_the_same_page_in_the_versions_before() {
    let line = |path: &str| addresses(&html(path), "nav.versions a");
    let all = "versions/index.html";
    let root = "../../../";
    let archived = |rest: &str| format!("{root}archive/{rest}");
    // The measure that was 2.2 is followed to where it stood.
    let own = line("hant/demo/youth/2.html");
    assert_eq!(
        own,
        [
            archived("2024/hant/demo/youth/2.html"),
            archived("2023/hant/demo/youth/2.html"),
            format!("../../{all}"),
        ]
    );
    let moved = addresses(&html("hant/demo/youth/2.html"), ".history .name a");
    assert_eq!(
        moved,
        [archived("2023/hant/demo/youth/2.html"), archived("2022/hant/demo/trade/2.html")]
    );
    // Swapped since 2023: not the page of the same number.
    assert_eq!(line("hans/demo/trade/1.html")[1], archived("2023/hans/demo/trade/2.html"));
    // What was not there has its nearest parent.
    assert_eq!(line("hant/demo/sport/1.html")[1], archived("2023/hant/demo/index.html"));
    assert_eq!(line("hant/demo/sport.html")[1], "../../archive/2023/hant/demo/index.html");
    assert_eq!(line("hant/index.html")[0], "../archive/2024/hant/index.html");
    // Pages about versions are part of none.
    assert_eq!(line("hant/versions/index.html"), Vec::<String>::new());
}

#[test]
fn a_measure_has_its_own_history() {
    let history = |path: &str| {
        let html = html(path);
        let events = texts(&html, ".history li");
        let summary = texts(&html, "[aria-labelledby=history] > p");
        [summary, events].concat()
    };
    assert_eq!(
        history("hant/demo/finance/2.html"),
        [
            "自版本 2024起沒有改動。",
            "版本 2024 2024年3月1日 僅簡體文字改動 查看改動",
            "版本 2023 2023年3月1日 重新編號為 1.2 查看改動",
            "版本 2022 2022年3月1日 首個版本已有（編號 1.3）",
        ]
    );
    assert_eq!(
        history("hant/demo/youth/1.html"),
        [
            "現行內容與最新封存版本不同。",
            "現行內容 文字改動 查看改動",
            "版本 2022 2022年3月1日 首個版本已有（編號 3.1）",
        ]
    );
    assert_eq!(
        history("hans/demo/sport/1.html")[1],
        "版本 2024 2024年3月1日 新增（编号 4.1） 查看改动"
    );
    let changes = addresses(&html("hant/demo/finance/2.html"), ".history li > p:last-child a");
    assert_eq!(
        changes,
        ["../../versions/2023..2024.html#demo.m1-2", "../../versions/2022..2023.html#demo.m1-2",]
    );
}

#[test]
fn the_head_names_the_versions_and_what_to_cite() {
    let link = |path: &str, relation: &str| {
        addresses(&html(path), &format!("head link[rel={relation}]")).join(" ")
    };
    let site = "https://example.org/";
    let unchanged = "hant/demo/youth/2.html";
    assert_eq!(link(unchanged, "latest-version"), format!("{site}{unchanged}"));
    assert_eq!(link(unchanged, "predecessor-version"), format!("{site}archive/2024/{unchanged}"));
    assert_eq!(link(unchanged, "version-history"), format!("{site}hant/versions/"));
    assert_eq!(link(unchanged, "cite-as"), format!("{site}archive/2024/{unchanged}"));
    // Changed since the last seal: no version says what this page says.
    for changed in ["hant/demo/youth/1.html", "hant/demo/youth.html", "hant/demo/full.html"] {
        assert_eq!(link(changed, "cite-as"), format!("{site}{changed}"), "{changed}");
    }
    let area = "hans/demo/finance.html";
    assert_eq!(link(area, "cite-as"), format!("{site}archive/2024/{area}"));
}

/// Tags and ids in order: what two editions of a page share.
fn structure(html: &Html) -> Vec<(String, Option<String>)> {
    let elements = html.tree.nodes().filter_map(|node| match node.value() {
        Node::Element(element) => {
            Some((element.name().to_owned(), element.id().map(str::to_owned)))
        }
        _ => None,
    });
    elements.collect()
}

#[test]
fn both_editions_have_the_same_structure_and_every_id_once() {
    let mut compared = 0;
    for path in pages().keys().filter(|path| path.starts_with("hant/") && path.ends_with(".html")) {
        let own = structure(&html(path));
        assert!(own == structure(&html(&path.replacen("hant", "hans", 1))), "{path}");
        let ids: Vec<_> = own.iter().filter_map(|(_, id)| id.as_ref()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}");
        compared += 1;
    }
    assert!(compared > 15);
}

#[test]
fn the_check_knows_the_pages_about_versions_and_the_archive() {
    let checked = check(&fixture("present"), &with_versions());
    let told = checked.diagnostics.render(&checked.sources, Style::Plain);
    assert!(!told.contains("error[") && !told.contains("wrong-script"), "{told}");
    // Without the versions' pages the same links would be broken.
    let bare = versions().iter().map(|one| Version { pages: Vec::new(), ..one.clone() }).collect();
    let bare = Overrides { versions: Versions::new(bare), ..Overrides::default() };
    assert!(check(&fixture("present"), &bare).diagnostics.has_errors());
}

#[test]
fn links_between_the_pages_of_the_site_lead_to_their_elements() {
    let ids: BTreeMap<&String, BTreeSet<String>> = pages()
        .keys()
        .filter(|path| path.ends_with(".html"))
        .map(|path| (path, structure(&html(path)).into_iter().filter_map(|(_, id)| id).collect()))
        .collect();
    let mut followed = 0;
    for path in ids.keys().filter(|path| path.contains("/demo/") || path.contains("/versions/")) {
        for address in addresses(&html(path), "a[href*='/versions/']") {
            let (file, fragment) = address.split_once('#').unwrap_or((&address, ""));
            let known = ids.get(&target(path, file)).unwrap_or_else(|| panic!("{path}: {address}"));
            assert!(fragment.is_empty() || known.contains(fragment), "{path}: {address}");
            followed += 1;
        }
    }
    assert!(followed > 50, "only {followed}");
}

/// The path that a link on a page leads to.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn the_feed_tells_each_version_under_an_id_that_stays() {
    let feed = page(pages(), "hans/feed.xml");
    let between = |text: &str, tag: &str| -> Vec<String> {
        let open = format!("<{tag}>");
        text.split(&open)
            .skip(1)
            .map(|part| part.split(&format!("</{tag}>")).next().unwrap().to_owned())
            .collect()
    };
    let ids: Vec<String> = NAMES
        .iter()
        .rev()
        .map(|name| format!("https://before.example.org/archive/{name}/hans/"))
        .collect();
    assert_eq!(between(&feed, "id")[1..], ids);
    assert_eq!(between(&feed, "updated")[..2], ["2024-03-01T00:00:00Z", "2024-03-01T00:00:00Z"]);
    assert_eq!(between(&feed, "updated")[3], "2022-03-01T00:00:00Z");
    assert!(between(&feed, "summary")[0].starts_with("新增 1 项、改动 1 项、仅简体文字改动 2 项"));
    let home = html("hans/index.html");
    assert_eq!(addresses(&home, "link[type='application/atom+xml']"), ["feed.xml"]);
}

#[test]
fn versions_are_found_by_name_and_note() {
    let index = page(pages(), "search/hans.js");
    assert!(index.contains("versions/index.html#v-2023") && index.contains("经双方核对后修订"));
}

#[test]
fn a_site_without_versions_says_so_and_pays_nothing() {
    let pages = render(&fixture("present"));
    let index = page(&pages, "hant/versions/index.html");
    assert!(index.contains("尚未封存任何版本。"));
    let about =
        pages.keys().filter(|path| path.contains("/versions/") || path.ends_with("feed.xml"));
    assert_eq!(about.count(), 2, "the two editions' index");
    for (path, bytes) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        if path.ends_with("versions/index.html") {
            continue;
        }
        let html = String::from_utf8_lossy(bytes);
        // One page leads to the index, so that it can be found.
        let leads = html.matches("/versions/index.html\"").count();
        assert_eq!(leads, usize::from(path.ends_with("/data.html")), "{path}");
        let html = html.replace("/versions/index.html\"", "");
        for trace in ["version", "feed.xml", "history"] {
            assert!(!html.contains(trace), "{path} holds `{trace}`");
        }
    }
}

#[test]
fn a_sealed_version_has_no_pages_about_others() {
    let sealed = Sealed { name: VersionName::parse("2025").unwrap(), date: date("2025-01-01") };
    let overrides = Overrides { sealed: Some(sealed), ..with_versions() };
    let pages = render_with(&fixture("present"), &overrides);
    let about = |path: &&String| path.contains("/versions/") || path.ends_with("feed.xml");
    assert_eq!(pages.keys().find(about), None);
    let measure = page(&pages, "hant/demo/youth/2.html");
    for trace in ["version-history", "nav class=\"versions\"", "class=\"history\""] {
        assert!(!measure.contains(trace), "{trace}");
    }
}

#[test]
fn the_day_of_the_build_is_shown_only_where_it_is_given() {
    let built = Overrides { built: Some(date("2024-04-05")), ..Overrides::default() };
    let site = small_site("");
    for (path, bytes) in render_with(&site, &built) {
        let html = String::from_utf8_lossy(&bytes);
        // The entry and the 404 page have no footer.
        let has_footer = path.contains('/') && path.ends_with(".html");
        assert!(!has_footer || html.contains("datetime=\"2024-04-05\""), "{path}");
    }
    for (path, bytes) in render(&site) {
        let html = String::from_utf8_lossy(&bytes);
        assert!(!html.contains("編製日期") && !html.contains("编制日期"), "{path}");
    }
}

#[test]
fn memoranda_come_and_go_between_versions() {
    let one = small_site("");
    let two = small_site(
        r#"
-- content/more/memorandum.toml --
id = "more"
title = "補充備忘錄"
signed = 2023-01-01
-- content/more/01-trade.toml --
id = "trade"
number = 1
title = "經貿"

[[measures]]
number = "1.1"
text = "推動兩地企業合作。"
"#,
    );
    let sealed = |tree: &Tree, index: usize| {
        let name = format!("v{index}");
        version(tree, &name, date("2024-01-01"), index, None)
    };
    let versions = Versions::new(vec![sealed(&one, 0), sealed(&two, 1)]);
    let pages = render_with(&one, &Overrides { versions, ..Overrides::default() });
    let added = page(&pages, "hant/versions/v0..v1.html");
    assert!(added.contains("補充備忘錄 <small class=\"status\">新增</small>"), "{added}");
    let removed = page(&pages, "hant/versions/v1..current.html");
    assert!(removed.contains("補充備忘錄 <small class=\"status\">刪去</small>"));
    assert!(removed.contains("id=\"more.removed-1-1\""));
    assert!(page(&pages, "hant/versions/v0..current.html").contains("兩者的備忘錄內容相同。"));
}

#[test]
fn three_hundred_versions_with_long_notes_fill_no_page_beyond_measure() {
    let site = small_site("");
    let note = "本版經雙方逐字核對。".repeat(200);
    let one = version(&site, "v0", date("2024-01-01"), 0, Some(&note));
    let seal = |index: usize| Seal::parse(&format!("{index:064x}")).unwrap();
    let all = (0..300).map(|index| Version {
        name: VersionName::parse(&format!("v{index}")).unwrap(),
        seal: seal(index),
        previous_seal: index.checked_sub(1).map(seal),
        ..one.clone()
    });
    let overrides = Overrides { versions: Versions::new(all.collect()), ..Overrides::default() };
    let pages = render_with(&site, &overrides);
    let index = Html::parse_document(&page(&pages, "hant/versions/index.html"));
    assert_eq!(texts(&index, ".version h2")[..2], ["現行內容", "版本 v299"]);
    assert_eq!(select(&index, ".version details > .note").len(), 300);
    assert_eq!(pages.keys().filter(|path| path.starts_with("hant/versions/")).count(), 600);
    assert_eq!(page(&pages, "hant/feed.xml").matches("<entry>").count(), 50);
    let measure = page(&pages, "hant/demo/finance/1.html");
    assert_eq!(measure.matches("首個版本已有").count(), 1);
}

#[test]
fn a_note_is_text_wherever_it_stands() {
    let site = small_site("");
    let note = "甲方 & 乙方 <b>核對</b>\u{b}";
    let one = version(&site, "v1", date("2024-01-01"), 0, Some(note));
    let overrides = Overrides { versions: Versions::new(vec![one]), ..Overrides::default() };
    let pages = render_with(&site, &overrides);
    for path in ["hant/feed.xml", "hant/versions/index.html"] {
        let text = page(&pages, path);
        assert!(text.contains("甲方 &amp; 乙方 &lt;b&gt;核對&lt;"), "{path}");
    }
    assert!(!page(&pages, "hans/feed.xml").contains('\u{b}'), "XML has no such character");
}
