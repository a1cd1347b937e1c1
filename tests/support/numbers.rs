//! The numbers that a text says, as a reader would find them; knows nothing of how
//! the crate reads or writes them.

use std::collections::BTreeSet;

/// The numbers in a text: `第四條`, `（十七）`, `2.1`.
pub fn numbers(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百零〇（）()".contains(c);
    for (at, _) in text.match_indices('第') {
        let rest = &text[at + '第'.len_utf8()..];
        let numeral: String = rest.chars().take_while(|c| is_numeral(*c)).collect();
        let unit = rest[numeral.len()..].chars().next();
        if let Some(unit) =
            unit.filter(|unit| "條章節編篇款項".contains(*unit) && !numeral.is_empty())
        {
            found.insert(format!("第{numeral}{unit}"));
        }
    }
    for (at, _) in text.match_indices('（') {
        let numeral: String = text[at + '（'.len_utf8()..]
            .chars()
            .take_while(|c| "一二三四五六七八九十百零〇".contains(*c))
            .collect();
        if !numeral.is_empty() && text[at + '（'.len_utf8() + numeral.len()..].starts_with('）') {
            found.insert(format!("（{numeral}）"));
        }
    }
    for token in text.split(|c: char| !c.is_ascii_digit() && c != '.') {
        let mut parts = token.split('.');
        let [Some(area), Some(place), None] = [parts.next(), parts.next(), parts.next()] else {
            continue;
        };
        if !area.is_empty() && !place.is_empty() {
            found.insert(token.to_owned());
        }
    }
    found
}

/// Without white space but between numbers, and with one form of the words that stand with numbers.
pub fn unspaced(text: &str) -> String {
    let one = |c: char| match c {
        '条' => '條',
        '节' => '節',
        '编' => '編',
        '项' => '項',
        other => other,
    };
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_whitespace() {
            plain.push(one(c));
            continue;
        }
        while chars.next_if(|next| next.is_whitespace()).is_some() {}
        let in_number = |c: char| c.is_ascii_digit() || c == '.';
        // What stands in two elements is not one number.
        if plain.ends_with(in_number) && chars.peek().is_some_and(|next| in_number(*next)) {
            plain.push(' ');
        }
    }
    plain
}
