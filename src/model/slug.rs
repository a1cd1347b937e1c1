//! Addresses from words: the Latin words of a text and the pinyin of its
//! characters, in ASCII. The same words give the same address, whatever stands
//! around them.

use pinyin::ToPinyin;

/// The first so many words and syllables of a text; none where it has neither
/// Latin nor Chinese characters.
pub fn slug(text: &str, most: usize) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let mut latin = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            latin.push(c.to_ascii_lowercase());
            continue;
        }
        if !latin.is_empty() {
            words.push(std::mem::take(&mut latin));
        }
        words.extend(c.to_pinyin().map(|syllable| syllable.plain().replace('ü', "v")));
    }
    words.extend((!latin.is_empty()).then_some(latin));
    words.truncate(most);
    let slug = words.join("-");
    (!slug.is_empty()).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_pinyin_and_latin() {
        assert_eq!(slug("總則", 4).as_deref(), Some("zong-ze"));
        assert_eq!(slug("推进5G网络建设与发展", 4).as_deref(), Some("tui-jin-5g-wang"));
        assert_eq!(slug("How to Cite", 4).as_deref(), Some("how-to-cite"));
        assert_eq!(slug("——", 4), None);
    }
}
