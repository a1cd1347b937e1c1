//! The promises about the default content, kept in the rendered pages.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "what was found is what a reader asks")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use scraper::{ElementRef, Html, Node, Selector};
use support::{default_site, page, render, root, small_site};
use tongwen::diagnostic::{Diagnostics, Severity};
use tongwen::io::read_tree;
use tongwen::model::{Lexicon, Script};
use tongwen::pipeline::{self, Loader, Overrides};
use tongwen::render::Renderer;
use tongwen::script::{Converter, OpenccRules};
use tongwen::source::Tree;

/// The areas of the memorandum, as their files say, read without our parser.
fn areas() -> Vec<toml::Table> {
    let mut files: Vec<_> = fs::read_dir(root().join("content/hubei-2021"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("memorandum.toml"))
        .collect();
    files.sort();
    files.iter().map(|path| fs::read_to_string(path).unwrap().parse().unwrap()).collect()
}

fn measures(area: &toml::Table) -> Vec<(&str, &str)> {
    let measures = area["measures"].as_array().unwrap().iter();
    measures.map(|one| (one["number"].as_str().unwrap(), one["text"].as_str().unwrap())).collect()
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn html_pages() -> impl Iterator<Item = (&'static String, Html)> {
    default_site()
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, Html::parse_document(std::str::from_utf8(bytes).unwrap())))
}

#[test]
fn the_memorandum_has_13_areas_and_52_measures() {
    let counts: Vec<_> = areas().iter().map(|area| measures(area).len()).collect();
    assert_eq!(counts, [9, 3, 5, 4, 5, 4, 4, 4, 4, 3, 1, 3, 3]);
}

/// Display numbers are the one thing rewritten: `2.` below `一、` reads `1.2`.
fn source_with_display_numbers() -> String {
    let source = fs::read_to_string(root().join("seeds/hubei-2021.txt")).unwrap();
    let mut area = 0;
    let mut text = String::new();
    for line in source.lines() {
        let heading = line.split_once('、').is_some_and(|(numeral, title)| {
            numeral.chars().all(|c| "一二三四五六七八九十".contains(c)) && !title.contains('。')
        });
        area += usize::from(heading);
        match line.split_once('.') {
            Some((number, rest))
                if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) =>
            {
                text.push_str(&format!("{area}.{number}{rest}"));
            }
            _ => text.push_str(line),
        }
    }
    assert_eq!(area, 13);
    unspaced(&text)
}

#[test]
fn the_full_document_is_the_source_document_and_nothing_else() {
    let html = Html::parse_document(&page(default_site(), "hant/hubei-2021/full.html"));
    let article = select(&html, "article.document");
    let shown = unspaced(&article[0].text().collect::<String>());
    let source = source_with_display_numbers();
    let differs = shown.chars().zip(source.chars()).position(|(a, b)| a != b);
    assert_eq!(
        differs,
        None,
        "{:?}",
        differs.map(|at| shown.chars().skip(at).take(20).collect::<String>())
    );
    assert_eq!(shown.chars().count(), source.chars().count());
}

#[test]
fn each_measure_stands_in_one_piece_on_its_pages() {
    for area in areas() {
        let id = area["id"].as_str().unwrap();
        let area_page =
            Html::parse_document(&page(default_site(), &format!("hant/hubei-2021/{id}.html")));
        let shown: Vec<String> =
            select(&area_page, "p.text").iter().map(|text| text.text().collect()).collect();
        let expected: Vec<_> = measures(&area).iter().map(|(_, text)| *text).collect();
        assert_eq!(shown, expected, "{id}");
        for (number, text) in measures(&area) {
            let ordinal = number.split_once('.').unwrap().1;
            let path = format!("hant/hubei-2021/{id}/{ordinal}.html");
            let own_page = Html::parse_document(&page(default_site(), &path));
            let shown: String = select(&own_page, "p.text")[0].text().collect();
            assert_eq!(shown, text, "{path}");
        }
    }
}

#[test]
fn each_preamble_paragraph_stands_in_one_piece() {
    let head = fs::read_to_string(root().join("content/hubei-2021/memorandum.toml")).unwrap();
    let head: toml::Table = head.parse().unwrap();
    let html = Html::parse_document(&page(default_site(), "hant/hubei-2021/index.html"));
    let shown: Vec<String> =
        select(&html, ".record p").iter().map(|text| text.text().collect()).collect();
    let expected: Vec<_> =
        head["preamble"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(shown, expected);
}

#[test]
fn the_joins_of_lines_are_listed() {
    let tree = tongwen::io::read_tree(&root()).unwrap();
    let loaded = tongwen::pipeline::load(&tree, &tongwen::pipeline::Overrides::default());
    let site = loaded.site.unwrap();
    let found = site.library.memoranda[0].verifications.first().unwrap();
    for join in &found.joins {
        println!("line {}: {}‖{}", join.line, join.before, join.after);
    }
    assert_eq!(found.joins.iter().filter(|join| join.across_page).count(), 5);
    let html = Html::parse_document(&page(default_site(), "hant/hubei-2021/source.html"));
    let shown: Vec<String> =
        select(&html, ".joins li").iter().map(|one| one.text().collect()).collect();
    let expected: Vec<_> =
        found.joins.iter().map(|join| format!("{}‖{}", join.before, join.after)).collect();
    assert_eq!(shown, expected);
}

/// Tags and ids in order: what two editions of a page share.
fn structure(html: &Html) -> Vec<(String, Option<String>)> {
    html.tree
        .nodes()
        .filter_map(|node| match node.value() {
            Node::Element(element) => {
                Some((element.name().to_owned(), element.id().map(str::to_owned)))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn each_page_exists_in_both_editions_with_the_same_structure() {
    let mut compared = 0;
    for (path, html) in html_pages() {
        let other = match path.split_once('/') {
            Some(("hant", rest)) => format!("hans/{rest}"),
            Some(("hans", rest)) => format!("hant/{rest}"),
            _ => continue,
        };
        let counterpart = Html::parse_document(&page(default_site(), &other));
        let (mut own, mut others) = (structure(&html), structure(&counterpart));
        // Each script has its own order of names: there the elements are the
        // same, and stand in another order.
        if path.ends_with("/matrix.html") {
            own.sort();
            others.sort();
        }
        assert!(own == others, "{path} and {other} differ in their elements");
        compared += 1;
    }
    assert!(compared > 2 * (52 + 13), "only {compared} pages were compared");
}

/// Characters that the dictionaries always turn into others, but for those that
/// Hong Kong writes where OpenCC's standard does not (床).
fn only_in(dictionary: &str, into: Script) -> BTreeSet<char> {
    let converter =
        Converter::new(Box::new(OpenccRules), &Lexicon::default(), &mut Diagnostics::default());
    let stays = |c: &char| converter.convert(&c.to_string(), into).text == c.to_string();
    let path = root().join("src/script/opencc/data").join(dictionary);
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (key, values) = line.split_once('\t')?;
            let mut values = values.split(' ');
            (!values.any(|value| value == key)).then(|| key.chars().next()).flatten()
        })
        .filter(|c| !stays(c))
        .collect()
}

/// Text and attributes that a reader may see or hear, without what is marked as
/// of another language.
fn visible(element: ElementRef, language: &str, found: &mut String) {
    if element.value().attr("lang").is_some_and(|lang| lang != language) {
        return;
    }
    for (name, value) in element.value().attrs() {
        if !matches!(name, "href" | "src" | "class" | "id") {
            found.push_str(value);
            found.push('\n');
        }
    }
    for child in element.children() {
        match child.value() {
            Node::Text(text) => found.push_str(text),
            _ => {
                if let Some(child) = ElementRef::wrap(child) {
                    visible(child, language, found);
                }
            }
        }
    }
}

#[test]
fn no_edition_holds_a_character_of_the_other_script() {
    let wrong = BTreeMap::from([
        ("hans", only_in("TSCharacters.txt", Script::Hans)),
        ("hant", only_in("STCharacters.txt", Script::Hant)),
    ]);
    assert!(wrong["hans"].contains(&'會') && wrong["hant"].contains(&'会'));
    let mut looked_at = 0;
    for (path, html) in html_pages() {
        let Some((edition, _)) = path.split_once('/') else { continue };
        let language = if edition == "hant" { "zh-Hant-HK" } else { "zh-Hans-CN" };
        let mut text = String::new();
        visible(html.root_element(), language, &mut text);
        let leaks: BTreeSet<char> = text.chars().filter(|c| wrong[edition].contains(c)).collect();
        assert_eq!(leaks, BTreeSet::new(), "{path}");
        looked_at += text.chars().count();
    }
    assert!(looked_at > 100_000, "only {looked_at} characters were looked at");
}

#[test]
fn every_link_leads_to_a_page_and_an_element_that_exist() {
    let ids: BTreeMap<&String, BTreeSet<String>> = html_pages()
        .map(|(path, html)| (path, structure(&html).into_iter().filter_map(|(_, id)| id).collect()))
        .collect();
    let mut followed = 0;
    for (path, html) in html_pages() {
        for link in select(&html, "a[href], link[rel=stylesheet], script[src], img[src]") {
            let value = link.value();
            let target = value.attr("href").or(value.attr("src")).unwrap();
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let resolved = resolve(path, file);
            assert!(default_site().contains_key(&resolved), "{path}: {target}");
            let known = fragment.is_empty() || ids[&resolved].contains(fragment);
            assert!(known, "{path}: {target}");
            followed += 1;
        }
    }
    assert!(followed > 3000, "only {followed} links were followed");
}

/// Fifteen memoranda, ids that begin alike, and a site that is no host's root.
fn many_memoranda() -> support::Pages {
    let mut text = String::from(
        "-- content/site.toml --\ntitle = \"示範網站\"\ndescription = \"示範。\"\nbase_url = \"https://example.org/docs/\"\n\
         -- content/entities.toml --\n[[entities]]\nid = \"hkex\"\nkind = \"organisation\"\nname = \"港交所\"\n\
         -- content/pages/about.md --\n+++\ntitle = \"關於\"\n+++\n\n見[一項](measure:demo-2/1.1)、[領域](area:demo-2/a)及[港交所](entity:hkex)。\n",
    );
    for number in 2..=15 {
        text.push_str(&format!(
            "-- content/demo-{number}/memorandum.toml --\nid = \"demo-{number}\"\ntitle = \"第{number}份\"\nsigned = {}-01-01\n-- content/demo-{number}/01-a.toml --\nid = \"a\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"支持港交所。\"\n[[measures]]\nnumber = \"1.2\"\ntext = \"支持港交所發展。\"\nrelated = [\"demo-2/1.1\"]\n",
            2000 + number
        ));
    }
    render(&small_site(&text))
}

#[test]
fn links_and_their_marks_hold_on_a_site_of_many_memoranda() {
    let pages = many_memoranda();
    let mut followed = 0;
    for (path, bytes) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = Html::parse_document(std::str::from_utf8(bytes).unwrap());
        for link in select(&html, "a[href], link[rel=stylesheet], script[src], img[src], form") {
            let value = link.value();
            let target = value.attr("href").or(value.attr("src")).or(value.attr("action")).unwrap();
            let file = target.split_once('#').map_or(target, |(file, _)| file);
            let resolved = resolve(path, file);
            let resolved = resolved.strip_prefix("docs/").unwrap_or(&resolved);
            assert!(pages.contains_key(resolved), "{path}: {target}");
            followed += 1;
        }
    }
    assert!(followed > 2000, "only {followed} links were followed");
    for (at, marks) in [
        ("hant/index.html", "page hant/index.html"),
        ("hans/about.html", "page hans/about.html"),
        ("hant/matrix.html", "page hant/matrix.html"),
        ("hant/demo-2/index.html", "page hant/demo-2/index.html"),
        ("hans/demo-2/a.html", ""),
        ("hant/demo-2/full.html", "page hant/demo-2/full.html"),
        ("hant/demo-2/a/2.html", ""),
        ("hant/entities/hkex.html", ""),
    ] {
        let html = page(&pages, at);
        let html = Html::parse_document(&html);
        let marked = select(&html, "nav.contents a[aria-current], footer a[aria-current]")
            .into_iter()
            .map(|link| {
                let value = link.value();
                let (kind, target) = (value.attr("aria-current"), value.attr("href"));
                format!("{} {}", kind.unwrap(), resolve(at, target.unwrap()))
            });
        assert_eq!(marked.collect::<Vec<_>>().join(", "), marks, "{at}");
    }
    let measure = page(&pages, "hans/demo-3/a/2.html");
    let side = Html::parse_document(&measure);
    let own = select(&side, "nav.side a[aria-current=page]");
    assert_eq!(
        resolve("hans/demo-3/a/2.html", own[0].value().attr("href").unwrap()),
        "hans/demo-3/a/2.html"
    );
    assert_eq!(own.len(), 1);
}

/// The path that a relative address means on a page. Addresses name files.
fn resolve(page: &str, address: &str) -> String {
    if let Some(absolute) = address.strip_prefix('/') {
        assert_eq!(page, "404.html", "only 404.html may use absolute paths: {address}");
        return absolute.to_owned();
    }
    if address.is_empty() {
        return page.to_owned();
    }
    assert!(!address.contains(':') && !address.ends_with('/'), "{page}: {address}");
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {address}"),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn canonical_and_alternate_links_name_each_other() {
    let mut canonical_of = BTreeMap::new();
    let mut alternates_of = BTreeMap::new();
    for (path, html) in html_pages().filter(|(path, _)| *path != "404.html") {
        let canonical = select(&html, "link[rel=canonical]")[0].value().attr("href").unwrap();
        let expected = format!("https://example.org/{path}");
        let expected = expected.strip_suffix("index.html").unwrap_or(&expected);
        assert_eq!(canonical, expected, "{path}");
        let alternates: BTreeMap<String, String> = select(&html, "link[rel=alternate][hreflang]")
            .iter()
            .map(|link| {
                let attribute = |name| link.value().attr(name).unwrap().to_owned();
                (attribute("hreflang"), attribute("href"))
            })
            .collect();
        let language = select(&html, "html")[0].value().attr("lang").unwrap().to_owned();
        canonical_of.insert(canonical.to_owned(), language);
        alternates_of.insert(canonical.to_owned(), alternates);
    }
    for (url, alternates) in &alternates_of {
        assert_eq!(alternates.len(), 3, "{url}");
        assert!(alternates.values().any(|target| target == url), "{url} does not name itself");
        for (language, target) in alternates {
            assert_eq!(&alternates_of[target], alternates, "{url} and {target} differ");
            if language != "x-default" {
                assert_eq!(&canonical_of[target], language, "{url}");
            }
        }
    }
    assert_eq!(alternates_of["https://example.org/"]["x-default"], "https://example.org/");
    let home = &alternates_of["https://example.org/hans/"];
    assert_eq!(home["x-default"], "https://example.org/");
    let measure = &alternates_of["https://example.org/hans/hubei-2021/finance/2.html"];
    assert_eq!(measure["x-default"], "https://example.org/hant/hubei-2021/finance/2.html");
}

#[test]
fn the_sitemap_lists_every_page_with_its_alternates() {
    let sitemap = page(default_site(), "sitemap.xml");
    let listed: BTreeSet<&str> =
        sitemap.split("<loc>").skip(1).map(|rest| rest.split_once("</loc>").unwrap().0).collect();
    let pages: BTreeSet<String> = html_pages()
        .filter(|(path, _)| *path != "404.html")
        .filter(|(_, html)| select(html, "meta[name=robots][content=noindex]").is_empty())
        .map(|(_, html)| {
            select(&html, "link[rel=canonical]")[0].value().attr("href").unwrap().to_owned()
        })
        .collect();
    assert_eq!(listed, pages.iter().map(String::as_str).collect());
    assert_eq!(sitemap.matches("hreflang=\"zh-Hans-CN\"").count(), pages.len());
}

#[test]
fn structured_data_describes_memorandum_and_measure() {
    let data = |path: &str| -> serde_json::Value {
        let html = Html::parse_document(&page(default_site(), path));
        let scripts = select(&html, "script[type='application/ld+json']");
        serde_json::from_str(&scripts[0].text().collect::<String>()).unwrap()
    };
    let measure = data("hans/hubei-2021/finance/2.html");
    let legislation = &measure["@graph"][0];
    assert_eq!(legislation["@type"], "Legislation");
    assert_eq!(legislation["legislationIdentifier"], "hubei-2021/1.2");
    assert_eq!(legislation["legislationDate"], "2021-11-29");
    assert_eq!(legislation["inLanguage"], "zh-Hans-CN");
    assert_eq!(legislation["position"], 2);
    assert_eq!(legislation["isPartOf"]["legislationIdentifier"], "hubei-2021");
    assert_eq!(measure["@graph"][1]["itemListElement"].as_array().unwrap().len(), 4);
    let memorandum = data("hant/hubei-2021/index.html");
    assert_eq!(memorandum["@graph"][0]["hasPart"].as_array().unwrap().len(), 52);
}

#[test]
fn each_address_leads_back_to_its_route() {
    let site = pipeline::load(&read_tree(&root()).unwrap(), &Overrides::default()).site.unwrap();
    let renderer = Renderer::new(&site.library, &site.theme);
    let few: Vec<_> = renderer.other_routes().collect();
    for route in renderer.routes() {
        let found = renderer.find(&renderer.path(route));
        assert_eq!(found.is_none(), few.contains(&route), "{route:?}");
        assert!(found.is_none_or(|found| found == route), "{route:?} {found:?}");
    }
    for path in ["hant/hubei-2021/finance/01.html", "hant/hubei-2021/finance/10.html", "hant", ""] {
        assert_eq!(renderer.find(path), None, "{path}");
    }
}

#[test]
fn a_loader_that_keeps_parts_notices_what_they_were_read_from() {
    let mut tree = read_tree(&root()).unwrap();
    let mut loader = Loader::default();
    let mut errors = |tree: &Tree| {
        let loaded = loader.load(tree, &Overrides::default());
        loaded.diagnostics.count(Severity::Error)
    };
    assert_eq!(errors(&tree), 0);
    for path in ["seeds/hubei-2021.txt", "content/lexicon.toml", "content/entities.toml"] {
        let kept = tree.files.get(path).cloned();
        let text = if path.starts_with("seeds/") { "別的文件" } else { "odd = 1\n" };
        tree.insert(path, text.as_bytes());
        assert!(errors(&tree) > 0, "{path}");
        tree.files.remove(path);
        tree.files.extend(kept.map(|kept| (path.to_owned(), kept)));
        assert_eq!(errors(&tree), 0, "{path}");
    }
}
