//! Radicals in place of characters become what they stand for; nothing else is
//! folded.

use std::collections::BTreeMap;

use crate::model::radical;

/// Puts characters for radicals and counts what it did.
pub(super) fn fold(text: &mut String, folded: &mut BTreeMap<(char, char), usize>) {
    if !text.contains(|c| radical(c).is_some()) {
        return;
    }
    *text = text
        .chars()
        .map(|c| {
            let Some(meant) = radical(c) else { return c };
            *folded.entry((c, meant)).or_default() += 1;
            meant
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_they_stand_for() {
        let mut folded = BTreeMap::new();
        let mut text = "⽂化⾦⻓⺠".to_owned();
        fold(&mut text, &mut folded);
        assert_eq!(text, "文化金长民");
        assert_eq!(folded.values().sum::<usize>(), 4);
    }

    #[test]
    fn compatibility_forms_and_full_width_signs_stay() {
        let mut folded = BTreeMap::new();
        let mut text = "（１）﨑，①".to_owned();
        fold(&mut text, &mut folded);
        assert_eq!(text, "（１）﨑，①");
        assert!(folded.is_empty());
    }
}
