//! A recognised document as files of a site's content.
//!
//! What is written holds every character of the text once, in its order: marks
//! where they are not the ones that are counted, headings, texts, parts around.
//! Nothing is worded here; ids come from pinyin, and summaries and labels are
//! left to the editor.

mod areas;
mod facts;
mod numbering;
mod parts;

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::model::Id;
use crate::source::hexadecimal;

use super::extracted::{Extracted, Reason};
use super::ids::{self, Ids};
use super::sniff::Options;
use super::toml::quoted;
use super::tree::{Kind, NodeKind, Recognised, TextScript};
use areas::Area;
use numbering::Numbering;

/// What is known beside the document's text.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The document's id; made from the title where it is not given.
    pub id: Option<String>,
    /// The name of its file, without folders.
    pub file: String,
    /// Its kind, where it is given.
    pub kind: Option<String>,
    /// Its script, where it is given: `hant` or `hans`.
    pub script: Option<String>,
    /// What was said of its file, to read it.
    pub options: Options,
}

/// The files of a document.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The document's id.
    pub id: String,
    /// Path below the site's root, bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The files of a document, from the bytes of its file and what was found.
pub fn content(
    bytes: &[u8],
    extracted: &Extracted,
    recognised: &Recognised,
    about: &About,
) -> Content {
    let title = title(recognised);
    let id = about.id.clone().unwrap_or_else(|| {
        let stem = about.file.rsplit_once('.').map_or(about.file.as_str(), |(stem, _)| stem);
        let latin = stem.is_ascii().then(|| ids::id(&stem.replace(['_', ' ', '.'], "-"))).flatten();
        let slug = Some(stem.to_ascii_lowercase()).filter(|slug| Id::parse(slug).is_some());
        slug.or(latin).or_else(|| ids::id(&title)).unwrap_or_else(|| "document".into())
    });
    let mut numbering = Numbering::of(recognised);
    let mut ids = Ids::default();
    let plan = parts::plan(recognised, &mut ids);
    let mut files = Vec::new();
    let names = names(&plan.areas);
    for ((place, area), name) in plan.areas.iter().enumerate().zip(&names) {
        let text = areas::write(area, place + 1, &mut numbering, &plan.fields);
        files.push((format!("content/{id}/{name}"), text.into_bytes()));
    }
    let mut head = "#:schema ../../schemas/memorandum.json\n".to_owned();
    let _ = writeln!(head, "id = {}", quoted(&id));
    let kind = about.kind.clone().or_else(|| kind_word(recognised).map(str::to_owned));
    if let Some(kind) = kind {
        let _ = writeln!(head, "kind = {}", quoted(&kind));
    }
    let script = about.script.clone().or_else(|| script(recognised.script).map(str::to_owned));
    if let Some(script) = script {
        let _ = writeln!(head, "script = {}", quoted(&script));
    }
    let printed = if title.is_empty() { id.clone() } else { title.clone() };
    let _ = writeln!(head, "title = {}", quoted(&printed));
    facts::write(&mut head, recognised);
    numbering.write(&mut head);
    for (field, name) in &plan.fields {
        let _ = write!(head, "\n[[fields]]\nid = {}\nname = {}\n", quoted(field), quoted(name));
    }
    head.push_str(&plan.parts);
    source(&mut head, &mut files, bytes, extracted, recognised, &id, about);
    files.insert(0, (format!("content/{id}/memorandum.toml"), head.into_bytes()));
    Content { id, files }
}

/// The title as one line.
pub(super) fn title(recognised: &Recognised) -> String {
    let lines = recognised.parts.iter().filter(|node| node.kind == NodeKind::Title);
    lines.fold(String::new(), |title, node| super::extracted::join(title, &node.text))
}

fn kind_word(recognised: &Recognised) -> Option<&'static str> {
    let articles = recognised.nodes().iter().any(|node| {
        node.kind == NodeKind::Measure
            && node.form.as_deref().is_some_and(|form| form.starts_with('第'))
    });
    Some(match recognised.kind {
        Kind::Memorandum => "memorandum",
        Kind::Agreement => "agreement",
        Kind::Arrangement => "arrangement",
        Kind::Plan => "plan",
        Kind::Measures => "measures",
        Kind::Regulation => "regulation",
        Kind::Decision => "decision",
        Kind::Notice => "notice",
        Kind::Other if articles => "regulation",
        Kind::Other => "notice",
    })
}

fn script(script: TextScript) -> Option<&'static str> {
    match script {
        TextScript::Hant => Some("hant"),
        TextScript::Hans => Some("hans"),
        TextScript::Either => None,
    }
}

/// The files' names in their order.
fn names(areas: &[Area<'_>]) -> Vec<String> {
    let width = areas.len().to_string().len().max(2);
    let name = |(at, area): (usize, &Area<'_>)| format!("{:0width$}-{}.toml", at + 1, area.id);
    areas.iter().enumerate().map(name).collect()
}

/// The source: the file itself if it is text that needed no change, else the
/// extracted text and the file beside it.
fn source(
    head: &mut String,
    files: &mut Vec<(String, Vec<u8>)>,
    bytes: &[u8],
    extracted: &Extracted,
    recognised: &Recognised,
    id: &str,
    about: &About,
) {
    let text = format!("seeds/{id}.txt");
    let own = extracted.is_own_source();
    let source = if own { bytes.to_vec() } else { extracted.text().into_bytes() };
    let digest = digest(&source);
    let _ = write!(head, "\n[source]\nfile = {}\nsha256 = {}\n", quoted(&text), quoted(&digest));
    files.push((text, source));
    if !own {
        let end = about.file.rsplit_once('.').map_or("bin", |(_, end)| end).to_ascii_lowercase();
        let end = if end == "txt" { "original.txt" } else { end.as_str() };
        let original = format!("seeds/{id}.{end}");
        let digest = self::digest(bytes);
        let _ = write!(
            head,
            "\n[source.original]\nfile = {}\nsha256 = {}\n",
            quoted(&original),
            quoted(&digest)
        );
        let Options { encoding, select, .. } = &about.options;
        let reader = extracted.reader.map(|reader| reader.id().to_owned());
        for (key, value) in [("encoding", encoding), ("select", select), ("reader", &reader)] {
            if let Some(value) = value {
                let _ = writeln!(head, "{key} = {}", quoted(value));
            }
        }
        files.push((original, bytes.to_vec()));
    }
    skips(head, extracted, recognised, own);
}

fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The rules by which lines of the source are skipped.
fn skips(head: &mut String, extracted: &Extracted, recognised: &Recognised, own: bool) {
    let mut rules: Vec<(String, Reason)> = Vec::new();
    for skipped in &recognised.skipped {
        let line = match skipped.reason {
            Reason::PageNumber => line_pattern(&skipped.text),
            _ => skipped.text.clone(),
        };
        if !rules.iter().any(|(known, _)| *known == line) {
            rules.push((line, skipped.reason));
        }
    }
    for (line, reason) in rules {
        let _ = write!(
            head,
            "\n[[source.skip]]\nline = {}\nreason = {}\n",
            quoted(&line),
            quoted(reason.words())
        );
    }
    let bars = own && extracted.skipped.iter().any(|skipped| skipped.text == "|");
    if bars {
        head.push_str(
            "\n[[source.skip]]\ntext = \"|\"\nevery = true\nreason = \"rules of a table\"\n",
        );
    }
}

/// A line with `{1}` in the place of its first number.
fn line_pattern(line: &str) -> String {
    let Some(start) = line.find(|c: char| c.is_ascii_digit()) else { return line.to_owned() };
    let end =
        line[start..].find(|c: char| !c.is_ascii_digit()).map_or(line.len(), |end| start + end);
    format!("{}{{1}}{}", &line[..start], &line[end..])
}

#[cfg(test)]
mod tests;
