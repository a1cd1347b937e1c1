//! Where sentences end.

use std::ops::Range;

/// The sentences of a text as character ranges that cover it, but for the line
/// ends and tabulators between its paragraphs, items and cells. A sentence ends
/// with its full stop, question or exclamation mark and the closing marks after.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut ended = false;
    let mut length = 0;
    for (at, c) in text.chars().enumerate() {
        let parts = matches!(c, '\n' | '\t');
        if parts || ended && !closes(c) && !ends(c) {
            if start < at {
                sentences.push(start..at);
            }
            (start, ended) = (if parts { at + 1 } else { at }, false);
        }
        ended |= ends(c);
        length = at + 1;
    }
    if start < length {
        sentences.push(start..length);
    }
    sentences
}

fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '】' | '"' | ' ' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        split(text).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn sentences_end_with_their_marks() {
        assert_eq!(sentences("甲。乙！丙"), ["甲。", "乙！", "丙"]);
        assert_eq!(sentences("“甲。”乙。"), ["“甲。”", "乙。"]);
        assert_eq!(sentences("甲？！乙"), ["甲？！", "乙"]);
        assert_eq!(sentences("甲1.5乙"), ["甲1.5乙"]);
        assert_eq!(sentences("甲：\n（一）乙；\n丙。丁"), ["甲：", "（一）乙；", "丙。", "丁"]);
        assert_eq!(sentences("甲\t乙\t\n丙"), ["甲", "乙", "丙"]);
        assert_eq!(sentences(""), Vec::<String>::new());
    }
}
