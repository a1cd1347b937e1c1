//! The page that lists what the conversion leaves in doubt.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use scraper::{ElementRef, Html, Selector};

use crate::support::http::{LINE, Preview, built};
use crate::support::save;

const ADDRESS: &str = "/__preview/review.html";

/// A site in Simplified script with the same doubt in two measures and on a page.
fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let files = [
        (
            "content/site.toml",
            "title = \"示范\"\ndescription = \"示范。\"\nbase_url = \"https://example.org/\"\nscript = \"hans\"\n",
        ),
        ("content/demo/memorandum.toml", "id = \"demo\"\ntitle = \"通知\"\nissued = 2021-11-29\n"),
        (
            "content/demo/01.toml",
            "id = \"first\"\nnumber = 1\ntitle = \"总则\"\n\
             [[measures]]\nnumber = \"1.1\"\ntext = \"双方同意。他说干也许，可以。\"\n\
             [[measures]]\nnumber = \"1.2\"\ntext = \"又说干也许，不行。\"\n",
        ),
        ("content/pages/about.md", "+++\ntitle = \"说明\"\n+++\n\n他说**干也许**，可以。\n"),
    ];
    for (path, text) in files {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        save(path, text);
    }
    site
}

fn page(preview: &Preview) -> Html {
    let answer = preview.get(ADDRESS);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.contains(&format!("{LINE}</body>")), "it is reloaded like any page");
    Html::parse_document(&text)
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect()
}

#[test]
fn decisions_are_listed_with_counts_evidence_rules_and_links_that_lead_to_their_places() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    preview
        .says(&format!("what the conversion leaves in doubt: http://{}{ADDRESS}", preview.address));
    let html = page(&preview);
    let decision = all(&html, ".decisions > li")
        .into_iter()
        .find(|one| text(*one).starts_with("\n干也许 became"))
        .unwrap();
    let said = text(decision);
    assert!(said.contains("\n3 places; it may also be "), "{said}");
    assert!(said.contains("For ") || said.contains("Against "), "{said}");
    assert!(said.contains("hans = \"干也许\", into = \"hant\" }"), "{said}");
    let links: Vec<ElementRef> = decision.select(&Selector::parse("a").unwrap()).collect();
    let hrefs: Vec<&str> = links.iter().map(|link| link.attr("href").unwrap()).collect();
    let wanted =
        ["/hant/demo/first/1.html#m1-1-s2", "/hant/demo/first/2.html#m1-2-s1", "/hant/about.html"];
    assert_eq!(BTreeSet::from_iter(hrefs.iter().copied()), BTreeSet::from(wanted));
    for href in hrefs {
        let (path, id) = href.split_once('#').unwrap_or((href, ""));
        let answer = preview.get(path);
        assert_eq!(answer.status, 200, "{href}");
        let shown = Html::parse_document(&String::from_utf8(answer.body).unwrap());
        let place = match id {
            "" => text(shown.root_element()),
            id => text(all(&shown, &format!("[id=\"{id}\"]"))[0]),
        };
        assert!(place.contains("也許"), "{href}: {place}");
    }
    assert!(text(links[0]).contains("他说干也许"), "{}", text(links[0]));
    assert_eq!(text(all(&html, ".file")[0]).split(':').next(), Some("content/demo/01.toml"));
}

#[test]
fn a_rule_settles_it_and_the_page_follows() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    let mut events = preview.events();
    events.next();
    let before = text(page(&preview).root_element());
    assert!(before.contains("干也许 became"), "{before}");
    let rule = before.split('{').find(|part| part.contains("hans = \"干也许\"")).unwrap();
    let rule = rule.split('}').next().unwrap();
    save(site.path().join("content/lexicon.toml"), format!("rules = [{{{rule}}}]\n"));
    events.next();
    let after = text(page(&preview).root_element());
    assert!(!after.contains("干也许 became"), "{after}");
}

#[test]
fn nothing_in_doubt_is_said_so_and_no_build_knows_the_page() {
    let site = site();
    let file = site.path().join("content/site.toml");
    save(&file, format!("editions = [\"hans\"]\n{}", fs::read_to_string(&file).unwrap()));
    let preview = Preview::start(site.path(), &[]);
    let said = text(page(&preview).root_element());
    assert!(said.contains("Nothing: the evidence settles every decision."), "{said}");
    for (path, bytes) in &built(site.path()) {
        assert!(!path.contains("__preview"), "{path}");
        let is_text = Path::new(path).extension().is_some_and(|end| end == "html");
        assert!(!is_text || !String::from_utf8_lossy(bytes).contains("__preview"), "{path}");
    }
}

#[test]
fn without_a_good_state_it_says_so_and_other_methods_are_refused() {
    let site = site();
    fs::write(site.path().join("content/site.toml"), "titel = \"x\"\n").unwrap();
    let preview = Preview::start(site.path(), &[]);
    assert_eq!(preview.get(ADDRESS).status, 503);
    assert_eq!(preview.send("POST", ADDRESS, &[]).status, 405);
    assert_eq!(preview.get("/__preview/review").status, 503);
}
