//! Named facts at the end of a text: `（負責部門：…；適用範圍：…）`.

/// The names and values of a tail, if the text ends with one.
pub(super) fn tail(text: &str) -> Vec<(String, String)> {
    tail_of(text).unwrap_or_default()
}

fn tail_of(text: &str) -> Option<Vec<(String, String)>> {
    let text = text.trim_end().trim_end_matches('。').trim_end();
    let close = text.chars().next_back().filter(|c| matches!(c, '）' | ')' | '】' | ']'))?;
    let inner = &text[..text.len() - close.len_utf8()];
    let open = opening(inner)?;
    let inner = &inner[open..];
    let inner = &inner[inner.chars().next()?.len_utf8()..];
    inner.split(['；', ';']).map(field).collect()
}

/// Where the bracket opens that is closed at the end of a text.
fn opening(inner: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in inner.char_indices().rev() {
        match c {
            '）' | ')' | '】' | ']' => depth += 1,
            '（' | '(' | '【' | '[' if depth == 0 => return Some(at),
            '（' | '(' | '【' | '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn field(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once(['：', ':'])?;
    let (name, value) = (name.trim(), value.trim());
    let chinese = name.chars().all(|c| c > '\u{2E80}' || c.is_whitespace());
    let short = (2..=10).contains(&name.chars().count());
    (chinese && short && !value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_gives_names_and_values() {
        let fields =
            tail("放寬限制。（負責部門：住房部、商務部（甲司）；適用範圍：所有試驗區，以下同）");
        assert_eq!(
            fields,
            [
                ("負責部門".to_owned(), "住房部、商務部（甲司）".to_owned()),
                ("適用範圍".to_owned(), "所有試驗區，以下同".to_owned()),
            ]
        );
    }

    #[test]
    fn other_brackets_are_no_fields() {
        for text in [
            "推進建設（見附件）",
            "大灣區（以下簡稱：灣區，下同；其他）。",
            "（一）甲",
            "支持（GDP: 3%）",
        ] {
            assert!(tail(text).is_empty(), "{text}");
        }
    }
}
