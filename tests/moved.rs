//! An id that changed keeps its old addresses.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{mistakes, page, render, small_site};

const SITE: &str = "-- content/demo/memorandum.toml --\nid = \"demo\"\nformerly = [\"draft\"]\ntitle = \"示範備忘錄\"\nsigned = 2021-11-29\n-- content/demo/01-finance.toml --\nid = \"finance\"\nformerly = [\"money\"]\nnumber = 1\ntitle = \"金融\"\n[[measures]]\nnumber = \"1.1\"\ntext = \"支持金融機構。\"\n-- content/entities.toml --\n[[entities]]\nid = \"institutions\"\nformerly = [\"banks\"]\nkind = \"organisation\"\nname = \"金融機構\"\n-- content/pages/about.md --\n+++\ntitle = \"關於\"\nformerly = [\"intro\"]\n+++\n\n本站。\n";

#[test]
fn every_former_address_leads_to_the_present_one() {
    let pages = render(&small_site(SITE));
    for (former, target) in [
        ("draft/index.html", "demo/index.html"),
        ("draft/full.html", "demo/full.html"),
        ("draft/finance.html", "demo/finance.html"),
        ("demo/money.html", "demo/finance.html"),
        ("draft/money.html", "demo/finance.html"),
        ("draft/money/1.html", "demo/finance/1.html"),
        ("demo/money/1.html", "demo/finance/1.html"),
        ("entities/banks.html", "entities/institutions.html"),
        ("intro.html", "about.html"),
    ] {
        for edition in ["hant", "hans"] {
            let html = page(&pages, &format!("{edition}/{former}"));
            let canonical =
                format!("<link rel=\"canonical\" href=\"https://example.org/{edition}/");
            assert!(html.contains(&canonical), "{former}: {html}");
            let up = "../".repeat(former.matches('/').count());
            let links =
                [format!("content=\"0; url={up}{target}\""), format!("<a href=\"{up}{target}\">")];
            for link in links {
                assert!(html.contains(&link), "{former}: {link} is not in\n{html}");
            }
            assert!(!html.contains("<script"), "{html}");
        }
    }
    let sitemap = page(&pages, "sitemap.xml");
    assert!(!sitemap.contains("draft") && !sitemap.contains("money"), "{sitemap}");
}

#[test]
fn a_former_address_that_something_else_has_is_told() {
    for (former, code) in [
        ("formerly = [\"demo\"]", "idle-former-id"),
        ("formerly = [\"old\", \"old\"]", "idle-former-id"),
        ("formerly = [\"Old\"]", "bad-id"),
    ] {
        let site = SITE.replacen("formerly = [\"draft\"]", former, 1);
        let told = mistakes(&small_site(&site));
        assert!(told.contains(&format!("[{code}]")), "{told}");
        assert_eq!(told.matches("error[").count(), 1, "{told}");
    }
    let taken = SITE.replacen("formerly = [\"intro\"]", "formerly = [\"search\"]", 1);
    let twice = SITE.replacen("formerly = [\"money\"]", "formerly = [\"full\"]", 1);
    for site in [taken, twice] {
        let told = mistakes(&small_site(&site));
        assert!(told.contains("[colliding-address]"), "{told}");
        assert_eq!(told.matches("error[").count(), 1, "{told}");
    }
}
