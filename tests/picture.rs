//! A document as a picture: what it shows and says, whatever the content, and when
//! it steps aside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write;

use scraper::{ElementRef, Html, Selector};
use support::{Pages, default_site, render, small_site};
use tongwen::diagnostic::Style;
use tongwen::pipeline::{self, Loaded, Overrides};
use tongwen::render::Renderer;

const HOME: &str = "hant/index.html";
const OVERVIEW: &str = "hant/demo/index.html";
const ENTITY: &str = "hant/entities/e1.html";

fn page(pages: &Pages, path: &str) -> Html {
    Html::parse_document(std::str::from_utf8(&pages[path]).unwrap())
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn texts(html: &Html, selector: &str) -> Vec<String> {
    let text = |one: ElementRef| one.text().collect::<String>().trim().to_owned();
    all(html, selector).into_iter().map(text).collect()
}

/// What a picture says of itself.
fn caption(html: &Html) -> String {
    texts(html, "figcaption").concat()
}

/// A document with so many areas of so many measures, each of which mentions the
/// entity of its place in its area.
fn document(areas: usize, measures: usize, entities: usize) -> Pages {
    let mut text = String::new();
    if entities > 0 {
        text.push_str("-- content/entities.toml --\n");
    }
    for entity in 1..=entities {
        let name = format!("乙{entity}號機構");
        writeln!(
            text,
            "[[entities]]\nid = \"e{entity}\"\nkind = \"organisation\"\nname = \"{name}\""
        )
        .unwrap();
    }
    for area in 1..=areas {
        let id = if area == 1 { "finance".to_owned() } else { format!("a{area}") };
        let file = if area == 1 { "01-finance".to_owned() } else { format!("{area:02}") };
        writeln!(
            text,
            "-- content/demo/{file}.toml --\nid = \"{id}\"\nnumber = {area}\ntitle = \"甲{area}\""
        )
        .unwrap();
        for measure in 1..=measures {
            let mention = if measure <= entities {
                format!("乙{measure}號機構")
            } else {
                "各方".to_owned()
            };
            writeln!(
                text,
                "[[measures]]\nnumber = \"{area}.{measure}\"\ntext = \"支持{mention}。\""
            )
            .unwrap();
        }
    }
    let Loaded { sources, diagnostics, site } =
        pipeline::load(&small_site(&text), &Overrides::default());
    let Some(site) = site else { panic!("{}", diagnostics.render(&sources, Style::Plain)) };
    let renderer = Renderer::new(&site.library, &site.theme);
    // Of thousands of pages, those with pictures.
    let shown = renderer.routes().map(|route| (renderer.path(route), route));
    let shown = shown.filter(|(path, _)| [HOME, OVERVIEW, ENTITY].contains(&path.as_str()));
    shown.map(|(path, route)| (path, renderer.render(route).unwrap())).collect()
}

#[test]
fn every_measure_is_a_square_with_its_number_and_name() {
    let pages = default_site();
    for path in [HOME, "hant/hubei-2021/index.html"] {
        let html = page(pages, path);
        let squares = texts(&html, ".drawing li > svg > a > title");
        assert_eq!(squares.len(), 52, "{path}");
        assert_eq!(squares[0], "1.1 香港金融機構與自貿試驗區建設");
        let links = all(&html, ".drawing li > svg > a");
        assert!(links[0].value().attr("href").unwrap().ends_with("finance/1.html"));
        assert_eq!(all(&html, ".drawing li").len(), 13);
    }
}

#[test]
fn the_picture_says_where_most_is_and_what_reaches_furthest() {
    let html = page(default_site(), HOME);
    let said = caption(&html);
    assert!(said.contains("共 52 項") && said.contains("“金融”最多，有 9 項"), "{said}");
    assert!(
        said.contains("72 個條目中有 22 個") && said.contains("“人才”見於最多領域：8 個"),
        "{said}"
    );
    assert_eq!(all(&html, ".arcs a").len(), 22);
    assert_eq!(all(&html, ".shared dd").len(), 22);
    let shared = texts(&html, ".shared dd");
    assert!(shared.contains(&"湖北自貿試驗區 1.1、4.2、9.4、12.2".to_owned()), "{shared:?}");
    let none = texts(&html, ".shared > p").concat();
    assert_eq!(none, "沒有機構、計劃及基金、文件及政策、活動見於多個領域。");
}

#[test]
fn an_entity_is_shown_among_all_measures() {
    let html = page(default_site(), "hans/entities/hubei-pilot-free-trade-zone.html");
    let squares = texts(&html, ".places a > title");
    assert_eq!(squares.len(), 4);
    assert!(squares[1].starts_with("4.2 "));
    assert!(caption(&html).contains("1.1、4.2、9.4、12.2"));
    assert_eq!(texts(&html, ".places text").len(), 13);
}

#[test]
fn without_entities_there_are_squares_and_no_arcs() {
    let html = page(&document(3, 4, 0), OVERVIEW);
    assert_eq!(all(&html, ".drawing li > svg > a").len(), 12);
    assert!(all(&html, ".arcs").is_empty() && all(&html, ".shared").is_empty());
    assert_eq!(caption(&html), "一格一項措施，共 12 項。", "no area stands out");
}

#[test]
fn of_one_area_nothing_is_said_to_be_shared() {
    let html = page(&document(1, 12, 2), OVERVIEW);
    assert_eq!(all(&html, ".drawing li > svg > a").len(), 12);
    assert!(all(&html, ".arcs").is_empty());
    assert_eq!(caption(&html), "一格一項措施，共 12 項。");
}

#[test]
fn five_hundred_measures_are_a_picture_and_five_thousand_are_not() {
    let html = page(&document(25, 20, 3), OVERVIEW);
    assert_eq!(all(&html, ".drawing li > svg > a").len(), 500);
    // Two lines of ten squares for each area.
    assert_eq!(all(&html, ".drawing li > svg")[0].value().attr("height"), Some("3em"));
    let pages = document(50, 100, 3);
    for path in [OVERVIEW, HOME, ENTITY] {
        assert!(all(&page(&pages, path), "figure").is_empty(), "{path}");
    }
}

#[test]
fn of_many_shared_entities_those_in_most_areas_are_drawn_and_the_rest_is_told() {
    let html = page(&document(3, 50, 50), OVERVIEW);
    assert_eq!(all(&html, ".arcs a").len(), 40);
    assert_eq!(all(&html, ".shared dd").len(), 40);
    assert!(texts(&html, ".shared > p").concat().contains("40 個"));
}

#[test]
fn a_home_of_many_documents_draws_none() {
    let more: String = (2..=3)
        .map(|number| {
            format!(
                "-- content/d{number}/memorandum.toml --\nid = \"d{number}\"\ntitle = \"備忘錄\"\n\
                 -- content/d{number}/01.toml --\nid = \"one\"\nnumber = 1\ntitle = \"一\"\n\
                 [[measures]]\nnumber = \"1.1\"\ntext = \"支持。\"\n"
            )
        })
        .collect();
    let pages = render(&small_site(&more));
    assert!(all(&page(&pages, HOME), "figure").is_empty());
    assert_eq!(all(&page(&pages, OVERVIEW), "figure").len(), 1);
}

#[test]
fn names_with_marks_of_markup_stay_names() {
    let pages = render(&small_site(
        r#"
-- content/entities.toml --
[[entities]]
id = "e1"
kind = "topic"
name = "<甲>&\"乙\""
-- content/demo/01-finance.toml --
id = "finance"
number = 1
title = "金<融>"
[[measures]]
number = "1.1"
label = "\"短\"<題>"
text = "支持<甲>&\"乙\"。"
-- content/demo/02.toml --
id = "two"
number = 2
title = "二"
[[measures]]
number = "2.1"
text = "支持<甲>&\"乙\"。"
"#,
    ));
    let html = page(&pages, OVERVIEW);
    assert_eq!(texts(&html, ".drawing li > svg > a > title")[0], "1.1 \"短\"<題>");
    assert_eq!(texts(&html, ".shared dd a"), ["<甲>&\"乙\""]);
    assert_eq!(texts(&html, ".arcs a > title"), ["<甲>&\"乙\""]);
    assert_eq!(texts(&html, ".drawing li > a")[0], "一金<融>");
}
