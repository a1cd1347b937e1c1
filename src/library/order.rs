//! The order of names: by strokes in Traditional script, by pinyin in
//! Simplified.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use crate::model::{Edition, Script};

use super::Entity;

/// The entities' indices by kind, then in the edition's customary order.
pub fn order(entities: &[Entity], edition: Edition) -> Vec<usize> {
    let collator = collator(edition);
    let mut order: Vec<usize> = (0..entities.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&entities[*a], &entities[*b]);
        a.kind
            .cmp(&b.kind)
            .then_with(|| collator.compare(&a.name.text[edition], &b.name.text[edition]))
            .then_with(|| a.id.value.cmp(&b.id.value))
    });
    order
}

fn collator(edition: Edition) -> CollatorBorrowed<'static> {
    let locale = match edition.script {
        Script::Hant => locale!("zh-u-co-stroke"),
        Script::Hans => locale!("zh-u-co-pinyin"),
    };
    Collator::try_new(locale.into(), CollatorOptions::default())
        .expect("the collations for Chinese are compiled in")
}
