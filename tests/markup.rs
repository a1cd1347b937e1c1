//! Markdown through conversion: a block's text is converted whole, its markup
//! laid back by position, and what must stay stays.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{page, render, small_site};

/// What a Markdown text becomes in both editions' pages.
fn bodies(script: &str, markdown: &str) -> (String, String) {
    let site = format!(
        "-- content/pages/about.md --\n+++\ntitle = \"示範\"\nscript = \"{script}\"\n+++\n\n{markdown}\n"
    );
    let pages = render(&small_site(&site));
    let body = |edition: &str| {
        let text = page(&pages, &format!("{edition}/about.html"));
        let html = text.split_once("<div class=\"prose\">").unwrap().1;
        html.split_once("\n</div>").unwrap().0.trim().to_owned()
    };
    (body("hant"), body("hans"))
}

#[test]
fn from_traditional() {
    let cases = [
        ("頭**髮**與發展", "<p>头<strong>发</strong>与发展</p>"),
        ("理<b>髮</b>店", "<p>理<b>发</b>店</p>"),
        ("台*風*", "<p>台<em>风</em></p>"),
        ("乾*坤*與乾*燥*", "<p>乾<em>坤</em>与干<em>燥</em></p>"),
        ("頭\n髮", "<p>头发</p>"),
        ("word\nword", "<p>word\nword</p>"),
        ("`頭髮`與頭髮", "<p><code>頭髮</code>与头发</p>"),
        ("    頭髮\n", "<pre><code>頭髮\n</code></pre>"),
        (
            "[頭髮](https://example.com/頭髮 \"頭髮\")",
            "<p><a href=\"https://example.com/%E9%A0%AD%E9%AB%AE\" title=\"头发\">头发</a></p>",
        ),
        (
            "<span lang=\"zh-Hant-HK\">頭髮</span>與頭髮",
            "<p><span lang=\"zh-Hant-HK\">頭髮</span>与头发</p>",
        ),
        (
            "<span lang=\"zh-Hant-HK\">頭<b>髮</b>會</span>會",
            "<p><span lang=\"zh-Hant-HK\">頭<b>髮</b>會</span>会</p>",
        ),
        ("<i translate=\"no\">頭髮</i>會", "<p><i translate=\"no\">頭髮</i>会</p>"),
        ("## 標題會\n\n會", "<h2 id=\"biao-ti-hui\">标题会</h2>\n<p>会</p>"),
        ("- 頭\n- 髮", "<ul>\n<li>头</li>\n<li>发</li>\n</ul>"),
        ("&lt;會&amp;", "<p>&lt;会&amp;</p>"),
    ];
    for (markdown, simplified) in cases {
        let (_, hans) = bodies("hant", markdown);
        assert_eq!(hans, simplified, "{markdown}");
    }
}

#[test]
fn from_simplified() {
    let cases = [
        ("头**发**与发展", "<p>頭<strong>髮</strong>與發展</p>"),
        ("理<b>发</b>店", "<p>理<b>髮</b>店</p>"),
        ("台*风*", "<p>颱<em>風</em></p>"),
        ("头\n发", "<p>頭髮</p>"),
        ("干[燥](page:about)", "<p>乾<a href=\"about.html\">燥</a></p>"),
        ("`头发`与头发", "<p><code>头发</code>與頭髮</p>"),
        (
            "<span lang=\"zh-Hans-CN\">头发</span>与头发",
            "<p><span lang=\"zh-Hans-CN\">头发</span>與頭髮</p>",
        ),
        ("落户**香港**，借*助*", "<p>落戶<strong>香港</strong>，借<em>助</em></p>"),
    ];
    for (markdown, traditional) in cases {
        let (hant, _) = bodies("hans", markdown);
        assert_eq!(hant, traditional, "{markdown}");
    }
}

/// What authors mean by asterisks beside Chinese punctuation, in a paragraph,
/// and within whatever else holds text.
#[test]
fn emphasis_ends_and_begins_beside_chinese_punctuation() {
    let cases = [
        ("**推進。**其後", "<strong>推進。</strong>其後"),
        ("參與**“一帶一路”**倡議", "參與<strong>“一帶一路”</strong>倡議"),
        ("**（第一階段）**已完成", "<strong>（第一階段）</strong>已完成"),
        ("*此為說明。*下文", "<em>此為說明。</em>下文"),
        ("__推進。__其後，_如此。_然後", "<strong>推進。</strong>其後，<em>如此。</em>然後"),
        ("甲__「乙」__丙", "甲<strong>「乙」</strong>丙"),
        ("***「甲」***乙", "<em><strong>「甲」</strong></em>乙"),
        ("**甲：*乙。*丙。**丁", "<strong>甲：<em>乙。</em>丙。</strong>丁"),
        ("*甲。**乙。**丙。*丁", "<em>甲。<strong>乙。</strong>丙。</em>丁"),
        ("***甲。**乙。*丙", "<em><strong>甲。</strong>乙。</em>丙"),
        ("**推進。**其後**重點。**", "<strong>推進。</strong>其後<strong>重點。</strong>"),
        (
            "**甲。**乙**丙。**丁**戊**",
            "<strong>甲。</strong>乙<strong>丙。</strong>丁<strong>戊</strong>",
        ),
        (
            "**增長50%**以上，**GDP（本地）**Growth",
            "<strong>增長50%</strong>以上，<strong>GDP（本地）</strong>Growth",
        ),
        (
            "見[**備忘錄（全文）**的](https://example.org/)",
            "見<a href=\"https://example.org/\"><strong>備忘錄（全文）</strong>的</a>",
        ),
        (
            "**[全文](https://example.org/)**。**`a*b`**乙",
            "<strong><a href=\"https://example.org/\">全文</a></strong>。<strong><code>a*b</code></strong>乙",
        ),
        ("甲**——乙**丙，甲**，乙**丙", "甲<strong>——乙</strong>丙，甲<strong>，乙</strong>丙"),
        (
            "**推進\n計劃。**其後\n再**「議」**定",
            "<strong>推進計劃。</strong>其後再<strong>「議」</strong>定",
        ),
    ];
    for (markdown, html) in cases {
        let within = [
            (markdown.to_owned(), format!("<p>{html}</p>")),
            (
                format!("> - {}", markdown.replace('\n', "\n>   ")),
                format!("<blockquote>\n<ul>\n<li>{html}</li>\n</ul>\n</blockquote>"),
            ),
        ];
        let one_line = !markdown.contains('\n');
        let table = (
            format!("|a|\n|-|\n|{markdown}|"),
            format!(
                "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>{html}</td></tr>\n</tbody></table>"
            ),
        );
        let heading = (format!("### {markdown} {{#a}}"), format!("<h3 id=\"a\">{html}</h3>"));
        for (text, right) in
            within.into_iter().chain([table, heading].into_iter().filter(|_| one_line))
        {
            assert_eq!(bodies("hant", &text).0, right, "{text}");
        }
    }
}

/// What CommonMark says of Latin text stands, and so do characters that are
/// meant as such.
#[test]
fn asterisks_and_underscores_of_latin_text_are_commonmark_s() {
    let cases = [
        (
            "snake_case_name，2 * 3 * 4，2**3，**甲**",
            "snake_case_name，2 * 3 * 4，2**3，<strong>甲</strong>",
        ),
        ("a**\"foo\"**b", "a**&quot;foo&quot;**b"),
        ("`**推進。**其後` \\*\\*推進。\\*\\*其後", "<code>**推進。**其後</code> **推進。**其後"),
        (
            "https://example.org/甲*「乙」*丙 a*b*c",
            "https://example.org/甲<em>「乙」</em>丙 a<em>b</em>c",
        ),
        (
            "<https://example.org/a*「b」*c>",
            "<a href=\"https://example.org/a*%E3%80%8Cb%E3%80%8D*c\">https://example.org/a*「b」*c</a>",
        ),
        (
            "[甲](https://example.org/*「乙」*丙)",
            "<a href=\"https://example.org/*%E3%80%8C%E4%B9%99%E3%80%8D*%E4%B8%99\">甲</a>",
        ),
        (
            "<b title=\"a*.*b\">會</b>，約3~5個（~6個~）",
            "<b title=\"a*.*b\">會</b>，約3~5個（~6個~）",
        ),
    ];
    for (markdown, html) in cases {
        let right = format!("<p>{}</p>", html.replace("&quot;", "\""));
        assert_eq!(bodies("hant", markdown).0, right, "{markdown}");
    }
}

/// The source script passes through as it is, but for the line ends that
/// Chinese does not write.
#[test]
fn the_source_edition_is_what_was_written() {
    let (hant, _) = bodies("hant", "頭**髮**、羣衆、説明、裡面\n與着力");
    assert_eq!(hant, "<p>頭<strong>髮</strong>、羣衆、説明、裡面與着力</p>");
    let (_, hans) = bodies("hans", "头**发**、乾隆");
    assert_eq!(hans, "<p>头<strong>发</strong>、乾隆</p>");
}

#[test]
fn a_lexicon_rule_that_changes_the_length_keeps_the_markup() {
    let site = "-- content/lexicon.toml --\n[[rules]]\nhant = \"醫管局\"\nhans = \"医院管理局\"\n-- content/pages/about.md --\n+++\ntitle = \"示範\"\n+++\n由**醫管局**發布，[醫管](https://example.com/)局辦\n";
    let pages = render(&small_site(site));
    let text = page(&pages, "hans/about.html");
    assert!(text.contains("<p>由<strong>医院管理局</strong>发布，<a href=\"https://example.com/\">医院管理局</a>办</p>"), "{text}");
}

#[test]
fn supplied_wording_stands_in_place_of_conversion() {
    let site = "-- content/demo/01-finance.toml --\nid = \"finance\"\nnumber = 1\ntitle = { hant = \"資訊\", hans = \"信息\", provenance = \"official\" }\n[[measures]]\nnumber = \"1.1\"\ntext = { hant = \"加強資訊交流。\", hans = \"加强信息交流。\", provenance = \"official\" }\n[[measures]]\nnumber = \"1.2\"\ntext = { hans = \"头发。\" }\n";
    let pages = render(&small_site(site));
    let hans = page(&pages, "hans/demo/finance/1.html");
    assert!(hans.contains("加强信息交流。") && hans.contains("class=\"notice official\""));
    let hant = page(&pages, "hant/demo/finance/2.html");
    assert!(hant.contains("頭髮。") && hant.contains("class=\"notice converted\""));
}

#[test]
fn footnotes_strike_through_definitions_and_aligned_tables_are_shown_without_styles() {
    let text = "支持發展[^a]，~~刪去~~。\n\n詞\n: 釋義\n\n| 甲 | 乙 |\n|:-:|--:|\n| 1 | 2 |\n\n[^a]: 註釋文字。";
    let (hant, hans) = bodies("hant", text);
    for (body, note) in [(&hant, "註釋文字。"), (&hans, "注释文字。")] {
        assert!(body.contains("href=\"#note-a\"") && body.contains("id=\"note-a\""), "{body}");
        assert!(body.contains(note) && body.contains("<del>"), "{body}");
        assert!(body.contains("<dl>") && body.contains("class=\"center\""), "{body}");
        assert!(!body.contains("style="), "{body}");
    }
}

#[test]
fn an_address_that_runs_a_program_is_a_mistake_however_it_is_spelt() {
    let told = |markdown: &str| {
        let site =
            format!("-- content/pages/about.md --\n+++\ntitle = \"示範\"\n+++\n\n{markdown}\n");
        support::mistakes(&small_site(&site))
    };
    for bad in [
        "[甲](javascript:alert(1))",
        "[甲](JaVaScript:alert(1))",
        "[甲](java&Tab;script:alert(1))",
        "[甲](&#106;avascript:alert(1))",
        "[甲](vbscript:x)",
        "[甲](data:text/html;base64,PHNjcmlwdD4=)",
        "![甲](data:image/svg+xml;base64,PHN2Zz4=)",
        "<javascript:alert(1)>",
        "[甲][x]\n\n[x]: javascript:alert(1)",
        "<a href=\"java\nscript:alert(1)\">x</a>",
        "<a href=' &#x6A;avascript:alert(1)'>x</a>",
    ] {
        let found = told(bad);
        assert!(found.contains("error[active-address]"), "{bad}\n{found}");
    }
    for good in ["[甲](https://example.com/javascript:x)", "`javascript:`", "[甲](#data)"] {
        assert_eq!(told(good), "", "{good}");
    }
    assert!(told("甲[^b]。").contains("error[unknown-footnote]"));
}

/// The ids of a page's headings, in both editions.
fn ids(markdown: &str) -> Vec<String> {
    let (hant, hans) = bodies("hant", markdown);
    let ids = |body: &str| -> Vec<String> {
        let heads = body.split("<h").skip(1).filter_map(|head| head.split_once("id=\""));
        heads.filter_map(|(_, id)| Some(id.split_once('"')?.0.to_owned())).collect()
    };
    assert_eq!(ids(&hant), ids(&hans), "{markdown}");
    ids(&hant)
}

#[test]
fn the_id_of_a_heading_is_made_of_its_words_and_stays_whatever_is_put_before_it() {
    assert_eq!(ids("## 乙\n"), ["yi"]);
    assert_eq!(ids("## 甲\n\n## 乙\n"), ["jia", "yi"]);
    let all =
        "# 總則\n\n## 如何引用2024年版\n\n### 例\n\n#### How *to* `cite`\n\n## 其他 {#more}\n";
    assert_eq!(ids(all), ["zong-ze", "ru-he-yin-yong-2024-nian-ban", "li", "how-to-cite", "more"]);
    // Words that stand twice are told apart by what they stand under.
    let twice = "## 甲\n\n### 例\n\n## 乙\n\n### 例\n";
    assert_eq!(ids(twice), ["jia", "jia-li", "yi", "yi-li"]);
}

#[test]
fn a_heading_and_a_footnote_never_share_an_id() {
    let notes = "文[^a]，文[^註]。\n\n[^a]: 一\n[^註]: 二\n";
    let (hant, _) = bodies("hant", notes);
    assert!(hant.contains("id=\"note-a\"") && hant.contains("href=\"#note-zhu\""), "{hant}");
    let text = format!("## Note a\n\n{notes}");
    let site = format!("-- content/pages/about.md --\n+++\ntitle = \"示範\"\n+++\n\n{text}");
    assert!(support::mistakes(&small_site(&site)).contains("error[bad-heading-id]"));
}
