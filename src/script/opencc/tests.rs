//! What the conversion does to text. Agreement with OpenCC itself is tested in
//! `tests/parity.rs`.

use proptest::prelude::*;

use super::{Config, Converter};

fn check(config: Config, text: &str, expected: &str) {
    assert_eq!(Converter::get(config).convert(text), expected, "{config:?}: {text}");
}

/// Each ambiguity as `start..end chosen/other/…`.
fn check_ambiguities(config: Config, text: &str, expected: &[&str]) {
    let found = Converter::get(config).ambiguities(text);
    let found: Vec<String> = found
        .iter()
        .map(|found| {
            assert_eq!(found.candidates[0], found.chosen);
            format!("{:?} {}", found.range, found.candidates.join("/"))
        })
        .collect();
    assert_eq!(found, expected, "{config:?}: {text}");
}

#[test]
fn phrases_settle_what_a_character_becomes() {
    check(Config::S2hk, "头发和理发", "頭髮和理髮");
    check(Config::S2hk, "发展", "發展");
    check(Config::S2hk, "皇后后来来了", "皇后後來來了");
    check(Config::S2hk, "干燥的干部干涉", "乾燥的幹部干涉");
    check(Config::Hk2s, "頭髮和理髮", "头发和理发");
    check(Config::Hk2s, "乾坤乾燥", "乾坤干燥");
}

#[test]
fn hong_kong_forms_differ_from_the_standard() {
    check(Config::S2hk, "里面说", "裏面説");
    check(Config::S2t, "里面说", "裏面說");
    check(Config::Hk2s, "裏面説", "里面说");
    check(Config::T2s, "裏面說", "里面说");
}

#[test]
fn compatibility_ideographs_are_normalised() {
    check(Config::Hk2s, "\u{F902}", "车");
    check(Config::S2hk, "\u{F902}", "車");
}

#[test]
fn description_sequences_are_kept() {
    check(Config::Hk2s, "說⿰說話話", "说⿰說話话");
    check(Config::Hk2s, "⿰說", "⿰说");
    check(Config::Hk2s, "⿰\u{F902}\u{F902}", "⿰\u{F902}\u{F902}");
    check(Config::S2hk, "头⿰发头发发", "頭⿰发头發發");
}

#[test]
fn a_variation_selector_is_a_character_like_any_other() {
    check(Config::S2hk, "头发\u{FE00}", "頭髮\u{FE00}");
    check(Config::S2hk, "头\u{FE00}发", "頭\u{FE00}發");
}

#[test]
fn everything_else_passes_through() {
    for config in Config::ALL {
        let text = "SQL & <b>1</b>\0\r\n，。🀄\u{10FFFF}";
        check(config, text, text);
        check(config, "", "");
    }
}

#[test]
fn keys_may_hold_ascii() {
    check(Config::S2hk, "SQL注入攻击", "SQL注入攻擊");
}

#[test]
fn a_character_with_several_candidates_is_ambiguous() {
    check_ambiguities(Config::S2hk, "发", &["0..1 發/髮"]);
    check_ambiguities(Config::S2hk, "a后b", &["1..2 後/后"]);
}

#[test]
fn a_phrase_settles_its_characters() {
    check_ambiguities(Config::S2hk, "头发", &[]);
    check_ambiguities(Config::S2hk, "头发发", &["2..3 發/髮"]);
}

#[test]
fn a_phrase_may_be_ambiguous_itself() {
    check_ambiguities(Config::Hk2s, "見魏徵", &["1..3 魏徵/魏征"]);
}

#[test]
fn candidates_read_as_they_would_in_the_result() {
    check_ambiguities(Config::S2t, "拐", &["0..1 拐/柺"]);
    check_ambiguities(Config::S2hk, "拐", &["0..1 拐/枴"]);
}

#[test]
fn candidates_that_end_up_equal_count_once() {
    check_ambiguities(Config::S2t, "才", &["0..1 才/纔"]);
    check_ambiguities(Config::S2hk, "才", &[]);
}

proptest! {
    #[test]
    fn any_text_keeps_the_number_of_its_characters(text in any::<String>()) {
        check_length(&text);
    }

    #[test]
    fn chinese_text_keeps_the_number_of_its_characters(
        text in "[\u{2FF0}-\u{2FFF}\u{4E00}-\u{9FFF}头发后干里乾髮a\\n\0\u{F900}-\u{FAFF}\u{FE00}\u{20000}-\u{2A6DF}]{0,80}"
    ) {
        check_length(&text);
    }

    #[test]
    fn ambiguities_lie_within_the_text(text in "[头发后干里乾髮台⿰a\\n\0\u{F900}-\u{FAFF}]{0,40}") {
        for config in Config::ALL {
            let converter = Converter::get(config);
            let converted: Vec<char> = converter.convert(&text).chars().collect();
            for found in converter.ambiguities(&text) {
                let chosen: String = converted[found.range.clone()].iter().collect();
                prop_assert_eq!(&found.chosen, &chosen);
                prop_assert!(found.candidates.len() > 1);
            }
        }
    }
}

fn check_length(text: &str) {
    for config in Config::ALL {
        let converted = Converter::get(config).convert(text);
        assert_eq!(converted.chars().count(), text.chars().count(), "{config:?}");
    }
}
