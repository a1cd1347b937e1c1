//! A content file with every field that it may have: those that have a value as
//! they are, all others as commented lines, each below a sentence that says what
//! it is for. Made from the declarations, so that none is missing.

use std::fmt::Write;

use crate::parse::fields::{Field, Shape, Table};

/// A field's value, as TOML, or what stands in its table or tables.
pub enum Given {
    Value(String),
    Table(Vec<(&'static str, Given)>),
    Tables(Vec<Vec<(&'static str, Given)>>),
}

/// The file of a table.
pub fn file(table: &'static Table, values: &[(&'static str, Given)]) -> String {
    let mut writer = Writer::default();
    writer.fields(table, values, "", Lines::Plain);
    writer.text
}

/// Whether lines are content or comments.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    Plain,
    Commented,
}

#[derive(Default)]
struct Writer {
    text: String,
    /// Tables whose fields were told already.
    told: Vec<&'static str>,
}

impl Writer {
    /// Fields that are lines, then those that are tables: TOML wants it so.
    fn fields(
        &mut self,
        table: &'static Table,
        values: &[(&'static str, Given)],
        path: &str,
        lines: Lines,
    ) {
        let is_new = !self.told.contains(&table.name);
        self.told.push(table.name);
        let given = |field: &Field| values.iter().find(|(key, _)| *key == field.key);
        for field in table.fields {
            match given(field) {
                Some((_, Given::Value(value))) => self.line(field, value, lines, is_new),
                Some(_) => {}
                None if is_line(field) && (is_new || field.needed && lines == Lines::Commented) => {
                    self.line(field, field.example, Lines::Commented, is_new);
                }
                None => {}
            }
        }
        for field in table.fields {
            let path =
                if path.is_empty() { field.key.into() } else { [path, ".", field.key].concat() };
            let Some((inner, is_list)) = inner(field) else { continue };
            match given(field).map(|(_, given)| given) {
                Some(Given::Table(values)) => {
                    self.table(field, inner, values, &path, is_list, lines)
                }
                Some(Given::Tables(all)) => {
                    for values in all {
                        self.table(field, inner, values, &path, is_list, lines);
                    }
                }
                _ if is_new => self.table(field, inner, &[], &path, is_list, Lines::Commented),
                _ => {}
            }
        }
    }

    fn line(&mut self, field: &Field, value: &str, lines: Lines, is_new: bool) {
        if is_new {
            let _ = writeln!(self.text, "# {}.", field.about);
        }
        let start = if lines == Lines::Plain { "" } else { "# " };
        let _ = writeln!(self.text, "{start}{} = {value}", field.key);
    }

    fn table(
        &mut self,
        field: &Field,
        inner: &'static Table,
        values: &[(&'static str, Given)],
        path: &str,
        is_list: bool,
        lines: Lines,
    ) {
        let (open, close) = if is_list { ("[[", "]]") } else { ("[", "]") };
        let start = if lines == Lines::Plain { "" } else { "# " };
        self.text.push('\n');
        if !self.told.contains(&inner.name) || values.is_empty() {
            let _ = writeln!(self.text, "# {}.", field.about);
        }
        let _ = writeln!(self.text, "{start}{open}{path}{close}");
        self.fields(inner, values, path, lines);
    }
}

fn is_line(field: &Field) -> bool {
    !field.example.is_empty()
}

/// The table that a field is or may be.
fn inner(field: &Field) -> Option<(&'static Table, bool)> {
    match field.shape {
        Shape::Table(inner) | Shape::WordOrTable(_, inner) => Some((inner, false)),
        Shape::Tables(inner) | Shape::WordsOrTables(_, inner) => Some((inner, true)),
        _ => None,
    }
}
