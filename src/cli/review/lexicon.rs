//! A rule more in the text of a lexicon, whose comments and order stay. It must
//! not know where the file is.

use toml_edit::{
    ArrayOfTables, DocumentMut, Formatted, InlineTable, Item, Table, TomlError, Value,
};

use crate::check::Rule;

/// The text with a rule at the end of its rules.
///
/// # Errors
/// If the text is no TOML, which a build says better.
pub fn with_rule(text: &str, rule: &Rule) -> Result<String, TomlError> {
    let mut lexicon: DocumentMut = text.parse()?;
    let fields = [("hant", &rule.hant), ("hans", &rule.hans)];
    let fields = fields.map(|(name, word)| (name, word.as_str()));
    let fields = fields.into_iter().chain([("into", rule.into.id())]);
    match lexicon.get_mut("rules") {
        Some(Item::Value(Value::Array(rules))) => {
            let rule: InlineTable = fields
                .map(|(name, word)| (name, Value::String(Formatted::new(word.into()))))
                .collect();
            let before = rules.iter().last().map(|last| last.decor().prefix().cloned());
            rules.push(rule);
            // On a line of its own where the others are.
            if let (Some(Some(prefix)), Some(last)) = (before, rules.iter_mut().last()) {
                last.decor_mut().set_prefix(prefix.as_str().map(indent).unwrap_or_default());
            }
        }
        Some(Item::ArrayOfTables(rules)) => {
            rules.push(table(fields));
            keep_the_end(&mut lexicon);
        }
        _ => {
            let mut rules = ArrayOfTables::new();
            rules.push(table(fields));
            lexicon.insert("rules", Item::ArrayOfTables(rules));
            keep_the_end(&mut lexicon);
        }
    }
    Ok(lexicon.to_string())
}

fn table<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Table {
    let mut table = Table::new();
    fields.for_each(|(name, word)| {
        table.insert(name, toml_edit::value(word));
    });
    table
}

/// Moves the comments at the file's end before the rule that was pushed: else
/// they would come after it.
fn keep_the_end(lexicon: &mut DocumentMut) {
    let end = lexicon.trailing().as_str().unwrap_or_default().trim_end().to_owned();
    let is_first = lexicon.len() == 1;
    lexicon.set_trailing("");
    let Some(rules) = lexicon.get_mut("rules").and_then(Item::as_array_of_tables_mut) else {
        return;
    };
    let is_first = is_first && rules.len() == 1;
    if let Some(rule) = rules.iter_mut().last() {
        let gap = match (end.is_empty(), is_first) {
            (true, true) => String::new(),
            (true, false) => "\n".to_owned(),
            (false, _) => format!("{end}\n\n"),
        };
        rule.decor_mut().set_prefix(gap);
    }
}

/// The white space that a line begins with, without comments of its own.
fn indent(prefix: &str) -> String {
    prefix.rfind('\n').map_or_else(|| " ".to_owned(), |line| prefix[line..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Script;

    fn check(text: &str, expected: &str) {
        let rule = Rule { hant: "復議".into(), hans: "复议".into(), into: Script::Hant };
        assert_eq!(with_rule(text, &rule).unwrap(), expected);
    }

    const RULE: &str = "[[rules]]\nhant = \"復議\"\nhans = \"复议\"\ninto = \"hant\"\n";

    #[test]
    fn comments_and_order_stay() {
        let before = "# Ours.\nprotect = [\"后海\"] # a place\n\n# How rules look:\n# [[rules]]\n";
        check(before, &format!("{before}\n{RULE}"));
        let before = "# a\n[[rules]]\nhans = \"信息\" # b\nhant = \"資訊\"\n# c\n";
        check(before, &format!("{before}\n{RULE}"));
    }

    #[test]
    fn rules_in_one_value_get_another() {
        check(
            "rules = [\n    # a\n    { hant = \"資訊\", hans = \"信息\" },\n]\n",
            "rules = [\n    # a\n    { hant = \"資訊\", hans = \"信息\" },\n    { hant = \"復議\", hans = \"复议\", into = \"hant\" },\n]\n",
        );
    }

    #[test]
    fn an_empty_file_gets_a_rule() {
        check("", RULE);
        check("rules = []\n", "rules = [{ hant = \"復議\", hans = \"复议\", into = \"hant\" }]\n");
    }

    #[test]
    fn what_is_no_toml_is_an_error() {
        let rule = Rule { hant: "復議".into(), hans: "复议".into(), into: Script::Hant };
        assert!(with_rule("rules = [", &rule).is_err());
    }
}
