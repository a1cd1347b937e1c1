//! Mistakes in the content: the last good state stays, and they are listed.

use std::fs;

use crate::support::http::{LINE, Preview};
use crate::support::{copy_of_the_default_site, files, root, save};

const FINE: &str = r#"{"errors":[],"more":0}"#;

#[test]
fn a_mistake_is_listed_and_the_last_good_state_stays_until_it_is_mended() {
    let site = copy_of_the_default_site();
    let preview = Preview::start(site.path(), &[]);
    let mut events = preview.events();
    assert_eq!(events.next(), FINE);
    let page = "/hant/hubei-2021/education/1.html";
    let before = preview.get(page).body;
    let area = site.path().join("content/hubei-2021/09-education.toml");
    let text = fs::read_to_string(&area).unwrap();
    let label = text.find("label = ").unwrap();
    let wrong = format!("{}related = [\"4.9\"] # 見\n{}", &text[..label], &text[label..]);
    save(&area, wrong);
    let said = events.until(|data| data.contains("unknown-reference"));
    let list: serde_json::Value = serde_json::from_str(&said).unwrap();
    let error = &list["errors"][0];
    assert_eq!(error["code"], "unknown-reference");
    assert_eq!(error["message"], "no measure has the id `4.9`");
    assert_eq!(error["path"], "content/hubei-2021/09-education.toml");
    assert_eq!(error["line"]["before"], "related = [\"");
    assert_eq!(error["line"]["marked"], "4.9");
    assert_eq!(error["line"]["after"], "\"] # 見");
    assert_eq!(error["line"]["column"], 13);
    assert_eq!(error["line"]["label"], "not found in `hubei-2021`");
    assert!(error["help"][0].as_str().unwrap().starts_with("did you mean"), "{error}");
    assert!(preview.get(page).body == before);
    preview.says("error[unknown-reference]: no measure has the id `4.9`");
    save(&area, text.replace("教育", "教學"));
    assert!(events.until(|data| data.contains("differs-from-source")).contains("\"errors\""));
    save(&area, text);
    events.until(|data| data == FINE);
    assert!(preview.get(page).body == before);
}

#[test]
fn documents_without_mistakes_are_shown_beside_one_that_has_some() {
    let site = tempfile::tempdir().unwrap();
    let many = root().join("tests/many/content");
    for (path, bytes) in files(&many) {
        let target = site.path().join("content").join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    let notice = site.path().join("content/notice-2022/01-text.toml");
    let (fine, wrong) = (fs::read_to_string(&notice).unwrap(), "id = \"text\"\nodd = 1\n");
    save(&notice, wrong);
    let preview = Preview::start(site.path(), &[]);
    let mut events = preview.events();
    events.until(|data| data.contains("unknown-key"));
    let text = |path: &str| String::from_utf8(preview.get(path).body).unwrap();
    // It was never without mistakes, so there is nothing of it to be shown.
    assert_eq!(preview.get("/hant/notice-2022/index.html").status, 404);
    assert!(text("/hant/memo-2019/index.html").contains("備忘錄"));
    let other = site.path().join("content/memo-2023/memorandum.toml");
    let title = |text: &str| {
        let at = text.find("title = \"").unwrap() + 9;
        format!("{}改過的{}", &text[..at], &text[at..])
    };
    save(&other, title(&fs::read_to_string(&other).unwrap()));
    preview.says("showing the other documents");
    let until = |path: &str, part: &str| {
        for _ in 0..200 {
            if text(path).contains(part) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        panic!("{path} never said {part}");
    };
    until("/hant/memo-2023/index.html", "改過的");
    save(&notice, &fine);
    events.until(|data| data == FINE);
    assert!(text("/hant/notice-2022/full.html").contains("通車"));
    // Now it is shown as it last was.
    save(&notice, wrong);
    events.until(|data| data.contains("unknown-key"));
    assert!(text("/hant/notice-2022/full.html").contains("通車"));
}

#[test]
fn warnings_are_for_the_terminal_alone() {
    let mut diagnostics = tongwen::diagnostic::Diagnostics::default();
    let mut sources = tongwen::source::Sources::default();
    let file = sources.add("content/site.toml", "title = \"示範\"\n");
    let span = tongwen::source::Span::new(file, 0..5);
    diagnostics.push(tongwen::diagnostic::Diagnostic::warning(
        tongwen::diagnostic::Code::LongText,
        span,
        "look at this",
    ));
    assert_eq!(tongwen::serve::Mistakes::new(&diagnostics, &sources).json(), FINE);
}

#[test]
fn a_site_that_begins_with_a_mistake_is_shown_once_it_is_mended() {
    let site = copy_of_the_default_site();
    let file = site.path().join("content/site.toml");
    let text = fs::read_to_string(&file).unwrap();
    save(&file, "titel = \"x\"\n");
    let preview = Preview::start(site.path(), &[]);
    let early = preview.get("/hant/");
    assert_eq!(early.status, 503);
    assert!(String::from_utf8(early.body).unwrap().contains(LINE));
    let mut events = preview.events();
    events.until(|data| data.contains("unknown-key"));
    save(&file, text);
    events.until(|data| data == FINE);
    assert_eq!(preview.get("/hant/").status, 200);
}

#[test]
fn a_template_that_fails_is_told_on_its_page_alone() {
    let site = copy_of_the_default_site();
    let templates = site.path().join("themes/default/templates");
    fs::create_dir_all(&templates).unwrap();
    save(templates.join("page.html"), "<body>{{ tilte }}</body>");
    let preview = Preview::start(site.path(), &[]);
    let broken = preview.get("/hant/about.html");
    assert_eq!(broken.status, 500);
    let text = String::from_utf8(broken.body).unwrap();
    assert!(text.contains("themes/default/templates/page.html:1:10"), "{text}");
    assert!(text.contains(r#""path":"themes/default/templates/page.html","line":{"number":1"#));
    assert!(text.contains(LINE));
    assert_eq!(preview.get("/hant/").status, 200);
    preview.says("while rendering `hant/about.html`");
}
