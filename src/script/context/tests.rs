//! What the layer does to single places, and that its file is as it should be.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn settled(text: &str) -> String {
    Layer::embedded().settle(&Ruled::new(text, &[], Standard::Hk)).into_iter().collect()
}

#[test]
fn no_phrase_matches_across_the_border_of_two_words() {
    for (hans, hant) in [
        ("民生发展", "民生發展"),
        ("专项资金发放", "專項資金發放"),
        ("政府干预市场", "政府干預市場"),
        ("参与制造业", "參與製造業"),
        ("讨论了如何推进", "討論了如何推進"),
    ] {
        assert_eq!(settled(hans), hant);
    }
}

#[test]
fn what_stands_around_decides_where_words_do_not() {
    for (hans, hant) in [
        ("由部门制定办法", "由部門制定辦法"),
        ("由部门制作表格", "由部門製作表格"),
        ("申请复查，恢复原状", "申請複查，恢復原狀"),
        ("核准后依标准办理", "核准後依標準辦理"),
        ("范先生和余女士", "范先生和余女士"),
    ] {
        assert_eq!(settled(hans), hant);
    }
}

#[test]
fn every_standard_writes_its_own_forms() {
    let text = "里面只有三只鸡";
    let forms = Standard::ALL.map(|standard| {
        Layer::embedded().settle(&Ruled::new(text, &[], standard)).into_iter().collect::<String>()
    });
    assert_eq!(forms, ["裏面只有三隻雞", "裡面只有三隻雞", "裏面只有三隻雞"]);
}

#[test]
fn a_fixed_range_stays_and_is_still_seen_by_its_neighbours() {
    let text = "资金发放";
    let fixed = "资金".len()..text.len();
    let ruled = Ruled::new(text, std::slice::from_ref(&fixed), Standard::Hk);
    let settled: String = Layer::embedded().settle(&ruled).into_iter().collect();
    assert_eq!(settled, "資金发放");
}

#[test]
fn the_file_is_small_and_ready_at_once() {
    let bytes = include_bytes!("learnt.bin");
    assert!(bytes.len() <= 1_500_000, "{}", bytes.len());
    let fastest = (0..5).map(|_| {
        let start = Instant::now();
        assert!(Layer::read(Cow::Borrowed(bytes)).is_some());
        start.elapsed()
    });
    // Five milliseconds in a release; a debug build is some ten times slower.
    let most = Duration::from_millis(if cfg!(debug_assertions) { 200 } else { 5 });
    assert!(fastest.min().is_some_and(|fastest| fastest < most));
}

#[test]
fn a_file_of_another_layout_is_refused() {
    assert!(Layer::read(Cow::Borrowed(b"")).is_none());
    assert!(Layer::read(Cow::Borrowed(b"tongwen0aaaabbbb")).is_none());
}

proptest! {
    #[test]
    fn any_text_keeps_the_number_of_its_characters(text in "[头发后干里发放资金制定a1，。\\n\u{F900}-\u{F910}⿰\u{20000}-\u{20010}]{0,40}") {
        prop_assert_eq!(settled(&text).chars().count(), text.chars().count());
    }
}
