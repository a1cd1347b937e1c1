//! Writes TOML as a person would: strings of one line in quotes, of several in
//! three quotes, lists on lines of their own where they are long.

/// A string in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    escape(text, &mut quoted);
    quoted.push('"');
    quoted
}

/// Paragraphs, an empty line between them; items on lines of their own.
pub(super) fn block(lines: &str) -> String {
    if !lines.contains('\n') {
        return quoted(lines);
    }
    let mut block = "\"\"\"\n".to_owned();
    for (at, line) in lines.split('\n').enumerate() {
        if at > 0 {
            block.push('\n');
        }
        escape(line, &mut block);
    }
    block.push_str("\"\"\"");
    block
}

fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\n' => into.push_str("\\n"),
            '\t' => into.push_str("\\t"),
            c if c.is_control() => into.push_str(&format!("\\u{:04X}", c as u32)),
            c => into.push(c),
        }
    }
}

/// A list of strings.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(quoted).collect();
    let short = texts.len() < 2 || texts.iter().map(String::len).sum::<usize>() < 90;
    if short {
        return format!("[{}]", texts.join(", "));
    }
    let lines: String = texts.iter().map(|text| format!("  {text},\n")).collect();
    format!("[\n{lines}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["甲\"乙\\丙", "第一段。\n\n第二段：\n（一）甲\"\"\"；", "a\tb\u{1}c", ""]
        {
            let table: ::toml::Table = format!("text = {}", block(text)).parse().unwrap();
            assert_eq!(table["text"].as_str(), Some(text));
            let table: ::toml::Table = format!("texts = {}", list([text, text])).parse().unwrap();
            assert_eq!(table["texts"][1].as_str(), Some(text));
        }
    }
}
