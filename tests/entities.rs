//! Who and what: mentions found in the source script, laid into both editions.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{default_site, mistakes, page, render, root, small_site};
use tongwen::io::read_tree;
use tongwen::library::Library;
use tongwen::pipeline::{self, Overrides};

fn default_library() -> Library {
    pipeline::load(&read_tree(&root()).unwrap(), &Overrides::default()).site.unwrap().library
}

/// The numbers of the measures that mention an entity.
fn measures_of(library: &Library, id: &str) -> Vec<String> {
    let entity = library.entities.iter().position(|one| one.id.value.as_str() == id).unwrap();
    let number = |index: &tongwen::library::MeasureIndex| library.measure(*index).key().to_string();
    library.mentioning(entity).iter().map(number).collect()
}

#[test]
fn the_zone_and_the_exchange_link_their_measures_and_no_other() {
    let library = default_library();
    let zone = ["1.1", "4.2", "9.4", "12.2"];
    assert_eq!(measures_of(&library, "hubei-pilot-free-trade-zone"), zone);
    assert_eq!(measures_of(&library, "hkex"), ["1.2", "1.3", "1.4"]);
    for (edition, name) in [("hant", "湖北自貿試驗區"), ("hans", "湖北自贸试验区")] {
        let path = format!("{edition}/entities/hubei-pilot-free-trade-zone.html");
        let text = page(default_site(), &path);
        // 4.2 names it twice, in one sentence.
        assert_eq!(text.matches(&format!("<mark>{name}</mark>")).count(), 5, "{path}");
        for number in zone {
            assert!(text.contains(&format!("<b>{number}</b>")), "{path}");
        }
    }
}

#[test]
fn every_entity_is_mentioned() {
    let library = default_library();
    let idle: Vec<_> = (0..library.entities.len())
        .filter(|entity| library.mentioning(*entity).is_empty())
        .map(|entity| &library.entities[entity].id)
        .collect();
    assert!(library.entities.len() > 60 && idle.is_empty(), "{idle:?}");
}

/// The words that an entity's text links, in the Traditional edition.
fn linked(entities: &str, text: &str) -> Vec<String> {
    let site = format!(
        "-- content/entities.toml --\n{entities}\n-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"{text}\"\n"
    );
    let pages = render(&small_site(&site));
    let words = |edition: &str| -> Vec<String> {
        let html = page(&pages, &format!("{edition}/demo/finance.html"));
        let text = html.split_once("<p class=\"text\">").unwrap().1.split_once("</p>").unwrap().0;
        let parts = text.split("<a href=\"").skip(1);
        parts
            .map(|part| part.split_once("\">").unwrap().1.split_once("</a>").unwrap().0.to_owned())
            .collect()
    };
    assert_eq!(words("hant").len(), words("hans").len());
    words("hant")
}

fn entity(id: &str, name: &str, more: &str) -> String {
    format!("[[entities]]\nid = \"{id}\"\nkind = \"topic\"\nname = \"{name}\"\n{more}\n")
}

/// What would link without block phrases: the traps are real.
#[test]
fn without_block_phrases_the_traps_that_are_words_would_link() {
    for (name, text) in [
        ("湖北省政府", "湖北省政府金融辦公室。"),
        ("定期", "不定期舉辦論壇。"),
        ("走出去", "“香港現代服務業助推企業‘走出去’”系列活動。"),
    ] {
        assert_eq!(linked(&entity("trap", name, ""), text), [name]);
    }
}

#[test]
fn a_name_that_is_parts_of_two_words_is_no_mention() {
    for (name, text) in [
        ("中大", "其中大部分由香港提供。"),
        ("合資", "“內地與香港聯合資助計劃”。"),
        ("港資", "鼓勵香港資本投資。"),
        ("港企", "鼓勵香港企業到湖北投資。"),
    ] {
        assert_eq!(linked(&entity("trap", name, ""), text), Vec::<String>::new(), "{name}");
    }
    assert_eq!(linked(&entity("cuhk", "中大", ""), "中大與武漢合作。"), ["中大"]);
}

#[test]
fn traps_stay_unlinked() {
    let venture = entity("venture", "合資", "block = [\"聯合資助\"]");
    assert_eq!(linked(&venture, "“內地與香港聯合資助計劃”。"), Vec::<String>::new());
    assert_eq!(linked(&venture, "發展鄂港合資、合作醫療機構。"), ["合資"]);

    let capital = entity("capital", "港資", "block = [\"香港資本\"]");
    assert_eq!(linked(&capital, "鼓勵香港資本投資。支持港資企業。"), ["港資"]);

    let firms = entity("firms", "港企", "block = [\"香港企業\"]");
    assert_eq!(linked(&firms, "鼓勵香港企業到湖北投資。"), Vec::<String>::new());

    let governments =
        entity("government", "湖北省政府", "") + &entity("office", "湖北省政府金融辦公室", "");
    assert_eq!(
        linked(&governments, "與湖北省政府及湖北省政府金融辦公室合作。"),
        ["湖北省政府", "湖北省政府金融辦公室"]
    );

    let exchange = entity("exchange", "香港交易所", "");
    assert_eq!(linked(&exchange, "支持香港交易所旗下關聯公司。"), ["香港交易所"]);

    let regular = entity("regular", "定期", "block = [\"不定期\"]");
    assert_eq!(linked(&regular, "不定期舉辦論壇。"), Vec::<String>::new());

    let abroad =
        entity("abroad", "走出去", "") + &entity("series", "香港現代服務業助推企業‘走出去’", "");
    assert_eq!(
        linked(&abroad, "定期舉辦“香港現代服務業助推企業‘走出去’”系列活動。"),
        ["香港現代服務業助推企業‘走出去’"]
    );
}

#[test]
fn the_traps_of_the_memorandum_stay_unlinked() {
    let library = default_library();
    assert_eq!(measures_of(&library, "hong-kong-investment"), ["4.1", "4.2", "7.3", "9.4"]);
    assert_eq!(measures_of(&library, "hubei-provincial-government"), ["1.2"]);
    assert_eq!(measures_of(&library, "hubei-financial-affairs-office"), ["1.2"]);
    assert_eq!(measures_of(&library, "going-global"), ["1.2", "4.4", "10.1"]);
    assert_eq!(measures_of(&library, "hong-kong-modern-services-series"), ["6.2"]);
}

#[test]
fn the_first_mention_links_and_all_count() {
    let zone = entity("zone", "自貿區", "aliases = [\"試驗區\"]");
    assert_eq!(linked(&zone, "建設自貿區。試驗區與自貿區。"), ["自貿區"]);
}

#[test]
fn an_official_name_stands_above_the_lexicon() {
    let site = "-- content/lexicon.toml --\n[[rules]]\nhant = \"資訊局\"\nhans = \"资讯局\"\n-- content/entities.toml --\n[[entities]]\nid = \"bureau\"\nkind = \"organisation\"\nname = { hant = \"資訊局\", hans = \"信息局\", provenance = \"official\" }\n-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"資訊局發展金融。\"\n";
    let pages = render(&small_site(site));
    let hans = page(&pages, "hans/demo/finance.html");
    assert!(hans.contains("bureau.html\">信息局</a>发展金融。"), "{hans}");
    // But no other name, and no protected word.
    let other = "[[entities]]\nid = \"other\"\nkind = \"organisation\"\nname = \"報社\"\naliases = [{ hant = \"資訊局\", hans = \"资讯处\", provenance = \"official\" }]\n-- content/demo";
    let two = site.replacen("-- content/demo", other, 1);
    assert!(mistakes(&small_site(&two)).contains("contradicting-rules"));
    let agreeing = two.replace("资讯局", "信息局");
    assert!(mistakes(&small_site(&agreeing)).contains("contradicting-rules"));
    let edited = site.replace("official", "edited");
    assert!(mistakes(&small_site(&edited)).contains("contradicting-rules"));
    let protected = site.replace("[[rules]]", "protect = [\"資訊局\"]\n[[rules]]");
    assert!(mistakes(&small_site(&protected)).contains("contradicting-rules"));
}

#[test]
fn an_official_wording_is_searched_for_its_own_names() {
    let site = "-- content/entities.toml --\n[[entities]]\nid = \"taxi\"\nkind = \"topic\"\nname = { hant = \"的士\", hans = \"出租汽车\", provenance = \"official\" }\n-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = { hant = \"改善的士服務。\", hans = \"改善出租汽车服务。\", provenance = \"official\" }\n[[measures]]\nnumber = \"1.2\"\ntext = \"增加的士，改善道路。\"\n";
    let pages = render(&small_site(site));
    let hans = page(&pages, "hans/demo/finance.html");
    assert_eq!(hans.matches(">出租汽车</a>").count(), 3, "twice in text, once in the list");
    assert!(hans.contains("增加<a href=\"../entities/taxi.html\">出租汽车</a>，改善道路。"));
}

#[test]
fn names_stand_in_each_script_s_customary_order() {
    let entities = entity("a", "職業", "") + &entity("b", "一站", "") + &entity("c", "武漢", "");
    let site = format!("-- content/entities.toml --\n{entities}");
    let pages = render(&small_site(&site));
    let order = |edition: &str| -> Vec<usize> {
        let html = page(&pages, &format!("{edition}/entities/index.html"));
        ["a", "b", "c"]
            .iter()
            .map(|id| html.find(&format!("entities/{id}.html")).unwrap())
            .collect()
    };
    let (strokes, pinyin) = (order("hant"), order("hans"));
    assert!(strokes[1] < strokes[2] && strokes[2] < strokes[0], "一 武 職 by strokes");
    assert!(pinyin[2] < pinyin[1] && pinyin[1] < pinyin[0], "wǔ yī zhí by pinyin");
}

#[test]
fn related_measures_share_rare_entities_or_are_the_editor_s() {
    let html = page(default_site(), "hant/hubei-2021/finance/2.html");
    let reasons =
        html.split_once("<ul class=\"reasons\">").unwrap().1.split_once("</ul>").unwrap().0;
    for number in ["1.3", "1.4"] {
        assert!(reasons.contains(&format!("<b>{number}</b>")));
    }
    assert!(reasons.contains("香港交易所"));
}

#[test]
fn the_table_shows_what_documents_share_then_each_document() {
    let site = |count: usize, more: usize| {
        let mut text = String::from(
            "-- content/entities.toml --\n[[entities]]\nid = \"hkex\"\nkind = \"organisation\"\nname = \"港交所\"\n",
        );
        for number in 1..=more {
            text.push_str(&format!(
                "[[entities]]\nid = \"e{number}\"\nkind = \"topic\"\nname = \"主題甲{number}乙\"\n"
            ));
        }
        let topics: String = (1..=more).map(|number| format!("主題甲{number}乙、")).collect();
        for number in 1..=count {
            text.push_str(&format!(
                "-- content/m{number}/memorandum.toml --\nid = \"m{number}\"\ntitle = \"第{number}份\"\nsigned = {}-01-01\n-- content/m{number}/01-a.toml --\nid = \"a\"\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"{topics}支持港交所。\"\n",
                2000 + number
            ));
        }
        render(&small_site(&text))
    };
    // The small site has a memorandum of its own, of 2021, which mentions nobody.
    let few = site(11, 0);
    let all = page(&few, "hant/matrix.html");
    assert_eq!(all.matches("<table").count(), 12);
    assert!(!few.contains_key("hant/matrix/1.html"));
    assert!(all.contains("<caption>第11份</caption>"));
    assert!(all.contains("<td data-name=\"第3份\"><a href=\"matrix.html#m3\">1</a></td>"), "{all}");
    let many = site(90, 20);
    let first = page(&many, "hant/matrix.html");
    assert_eq!(first.matches("<table").count(), 1);
    assert!(first.contains("<td><a href=\"entities/hkex.html\">90</a></td>"), "{first}");
    let pages: Vec<&String> = many.keys().filter(|path| path.starts_with("hant/matrix/")).collect();
    assert!(pages.len() > 1);
    let mut shown = 0;
    for path in &pages {
        let one = page(&many, path);
        shown += one.matches("<caption>").count();
        assert!(one.len() < 200_000, "{path}: {}", one.len());
    }
    assert_eq!(shown, 90, "each document's table stands on one page");
    // A cell leads to the table of its document.
    let href = first.split("<a href=\"matrix/").nth(pages.len() + 1).unwrap();
    let (at, id) = href.split('"').next().unwrap().split_once('#').unwrap();
    let target = page(&many, &format!("hant/matrix/{at}"));
    assert!(target.contains(&format!("<div class=\"scroll\" id=\"{id}\">")), "{href}");
}
