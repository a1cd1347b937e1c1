//! The page of all editions beside each other: whole, aligned, and true about what
//! conversion chose.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use scraper::{ElementRef, Html, Selector};
use support::{default_site, documents, page, render, small_site};

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef) -> String {
    element.text().filter(|text| !text.trim().is_empty()).collect()
}

/// The sides of every pair, by their language.
fn sides(html: &Html, lang: &str) -> Vec<String> {
    let pairs = select(html, ".pairs .pair:not(.columns)");
    let own = |pair: ElementRef| {
        let sides: Vec<_> = pair.child_elements().collect();
        assert_eq!(sides.len(), 2, "{}", pair.html());
        sides.into_iter().filter(|one| one.attr("lang") == Some(lang)).map(text).collect::<String>()
    };
    pairs.into_iter().map(own).collect()
}

#[test]
fn each_sentence_stands_beside_itself_in_both_editions() {
    let parse = |path: &str| Html::parse_document(&page(default_site(), path));
    for (edition, lang) in [("hant", "zh-Hant-HK"), ("hans", "zh-Hans-CN")] {
        let own = parse(&format!("{edition}/hubei-2021/parallel.html"));
        let other = parse("hant/hubei-2021/parallel.html");
        // Both editions' pages have the same texts in the same order.
        assert_eq!(sides(&own, lang), sides(&other, lang));
        let full = parse(&format!("{edition}/hubei-2021/full.html"));
        for measure in select(&full, ".document .measure") {
            let id = measure.attr("id").unwrap();
            let beside = select(&own, &format!("#{id} .pair > [lang={lang}]"));
            let beside: String = beside.into_iter().map(text).collect();
            let whole: String =
                measure.select(&Selector::parse(".text").unwrap()).map(text).collect();
            assert_eq!(beside, whole, "{id}");
        }
        assert_eq!(select(&own, "div.item").len(), 52);
        assert_eq!(select(&own, "h2[id]").len(), 13);
    }
}

#[test]
fn every_area_and_measure_leads_to_its_place() {
    for (path, target) in [
        ("hant/hubei-2021/finance.html", "parallel.html#a1"),
        ("hant/hubei-2021/finance.html", "parallel.html#m1-2"),
        ("hans/hubei-2021/finance/2.html", "../parallel.html#m1-2"),
        ("hans/hubei-2021/index.html", "parallel.html"),
    ] {
        assert!(page(default_site(), path).contains(&format!("href=\"{target}\"")), "{path}");
    }
}

#[test]
fn only_what_differs_is_marked() {
    let html = Html::parse_document(&page(default_site(), "hant/hubei-2021/parallel.html"));
    let mut marked = 0;
    for pair in select(&html, ".pairs .pair:not(.columns)") {
        let chars: Vec<Vec<(char, bool)>> = pair
            .child_elements()
            .map(|side| {
                side.descendants()
                    .filter_map(|node| Some((node, node.value().as_text()?)))
                    .flat_map(|(node, text)| {
                        let above = node.parent().unwrap();
                        let element = above.value().as_element().unwrap().name();
                        text.chars().map(move |c| (c, element == "b" || element == "u"))
                    })
                    .collect()
            })
            .collect();
        for (one, other) in chars[0].iter().zip(&chars[1]) {
            assert_eq!(one.0 != other.0, one.1, "{}", pair.html());
            marked += usize::from(one.1);
        }
    }
    assert!(marked > 1000, "only {marked} characters are marked");
}

#[test]
fn a_choice_tells_what_decided_and_what_else_there_was() {
    let site = small_site(
        "-- content/lexicon.toml --\nrules = [{ hant = \"資訊科技\", hans = \"信息技术\" }]\n\
         -- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n\
         [[measures]]\nnumber = \"1.1\"\ntext = \"乾隆年間的資訊科技。\"\n",
    );
    let site = render(&site).into_iter().collect();
    let html = Html::parse_document(&page(&site, "hant/demo/parallel.html"));
    let told: Vec<String> = select(&html, "#m1-1 details li").into_iter().map(text).collect();
    assert_eq!(
        told,
        ["乾→乾（候選：干），據詞語“乾隆年間”", "資訊科技→信息技术（候選：资讯科技），據本站詞庫"]
    );
    let chosen: Vec<String> = select(&html, "#m1-1 u").into_iter().map(text).collect();
    assert_eq!(chosen, ["乾", "信息技术"]);
}

#[test]
fn official_wording_is_named_and_explains_no_conversion() {
    let site = small_site(
        "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n\
         [[measures]]\nnumber = \"1.1\"\n\
         text = { hant = \"支持乾隆。\", hans = \"支援乾隆。\", provenance = \"official\" }\n",
    );
    let site = render(&site).into_iter().collect();
    let html = Html::parse_document(&page(&site, "hans/demo/parallel.html"));
    let says: Vec<String> = select(&html, "#m1-1 .says").into_iter().map(text).collect();
    assert_eq!(says, ["简体：官方文本"]);
    assert!(select(&html, "#m1-1 details").is_empty());
    let marked: Vec<String> = select(&html, "#m1-1 b").into_iter().map(text).collect();
    assert_eq!(marked, ["支持", "支援"]);
}

#[test]
fn a_site_of_one_edition_has_no_such_page() {
    let (_, tree) =
        documents().into_iter().find(|(name, _)| name == "decision-without-areas").unwrap();
    let site = render(&tree);
    assert!(site.iter().any(|(path, _)| path.ends_with("decision/parallel.html")));
    let alone = small_site(
        "-- content/site.toml --\ntitle = \"示範\"\ndescription = \"示範。\"\neditions = [\"hant\"]\n",
    );
    for (path, bytes) in render(&alone) {
        assert!(!path.ends_with("parallel.html"), "{path}");
        assert!(!String::from_utf8_lossy(&bytes).contains("parallel.html"), "{path}");
    }
}
