//! What a document says of itself beside its title: its dates by their names,
//! where it was signed, who agreed on it or issued it.
//!
//! Only what stands in the text; of a name that is given two dates, none.

use std::fmt::Write;

use crate::import::recognise::words;
use crate::import::toml::{list, quoted};
use crate::import::tree::{Kind, Node, NodeKind, Recognised};

/// Words that name the date before them, in a line that tells of the adoption.
const ADOPTION: [(&str, &[&str]); 3] = [
    ("in_force", &["起施行", "起实施", "起實施", "起生效", "起执行", "起執行"]),
    ("adopted", &["通过", "通過"]),
    ("issued", &["公布", "公佈", "发布", "發布", "發佈", "印发", "印發"]),
];

/// What is known, as lines of the document's own file.
pub(super) fn write(head: &mut String, recognised: &Recognised) {
    let mut facts = Facts::default();
    let agreed = matches!(recognised.kind, Kind::Memorandum | Kind::Agreement | Kind::Arrangement);
    for node in &recognised.parts {
        match node.kind {
            NodeKind::Adopted => facts.adopted(&node.text),
            NodeKind::Signature if words::is_date(&node.text) => {
                facts.date(if agreed { "signed" } else { "issued" }, &node.text);
            }
            NodeKind::Signature if !agreed && words::is_body(&node.text) => {
                facts.bodies(&node.text);
            }
            NodeKind::Before if agreed && words::is_body(&node.text) => facts.bodies(&node.text),
            _ => {}
        }
    }
    for text in last_texts(&recognised.parts) {
        facts.last(text);
    }
    facts.write(head);
}

#[derive(Default)]
struct Facts<'a> {
    dates: Vec<(&'static str, String)>,
    place: Option<String>,
    parties: Vec<&'a str>,
}

impl<'a> Facts<'a> {
    fn date(&mut self, name: &'static str, text: &str) {
        self.dates.extend(words::day(text).map(|day| (name, day)));
    }

    /// A line of names, with space between them where each is one by itself.
    fn bodies(&mut self, line: &'a str) {
        match line.split_whitespace().all(words::is_body) {
            true => self.parties.extend(line.split_whitespace()),
            false => self.parties.push(line.trim()),
        }
    }

    /// `2020年1月1日某大會通過　自2020年5月1日起施行`.
    fn adopted(&mut self, text: &str) {
        let text = squeezed(text);
        let mut known: Vec<&str> = Vec::new();
        for (at, length) in dates(&text) {
            let rest = &text[at + length..];
            let end = dates(rest).first().map_or(rest.len(), |(at, _)| *at);
            let named = ADOPTION
                .iter()
                .filter_map(|(name, said)| {
                    let first = said.iter().filter_map(|word| rest[..end].find(word)).min()?;
                    Some((first, *name))
                })
                .min();
            // What follows tells of amendments.
            if let Some((_, name)) = named.filter(|(_, name)| !known.contains(name)) {
                known.push(name);
                self.date(name, &text[at..at + length]);
            }
        }
    }

    /// `本備忘錄於…在香港簽署`, `本條例自…起施行`.
    fn last(&mut self, text: &'a str) {
        let text = squeezed(text);
        if !text.starts_with('本') {
            return;
        }
        for (at, length) in dates(&text) {
            let (before, day, rest) = (&text[..at], &text[at..at + length], &text[at + length..]);
            let begins = ADOPTION[0].1.iter().any(|word| rest.starts_with(word));
            if begins && before.ends_with('自') {
                self.date("in_force", day);
            }
            let Some(place) = before.ends_with(['于', '於']).then(|| signing(rest)).flatten()
            else {
                continue;
            };
            self.date("signed", day);
            self.place = (!place.is_empty()).then(|| place.to_owned());
        }
    }

    fn write(&self, head: &mut String) {
        for name in ["signed", "adopted", "issued", "in_force"] {
            let mut said = self.dates.iter().filter(|(known, _)| *known == name);
            let Some((_, day)) = said.next() else { continue };
            if said.all(|(_, other)| other == day) {
                let full = day.len() == "2021-11-29".len();
                let day = if full { day.clone() } else { quoted(day) };
                let _ = writeln!(head, "{name} = {day}");
                if let Some(place) = self.place.as_deref().filter(|_| name == "signed") {
                    let _ = writeln!(head, "place = {}", quoted(place));
                }
            }
        }
        if !self.parties.is_empty() {
            let _ = writeln!(head, "parties = {}", list(self.parties.iter().copied()));
        }
    }
}

/// What stands between a date and the word for signing: `在` and a place.
fn signing(rest: &str) -> Option<&str> {
    let signed =
        ["签署", "簽署", "签订", "簽訂"].iter().filter_map(|word| rest.find(word)).min()?;
    let before = rest[..signed].trim_start_matches('，');
    let place = before.strip_prefix('在').unwrap_or(before);
    let short = place.chars().count() <= 12 && !place.contains(['，', '。', '由', '、']);
    (short && (place.is_empty() || before.starts_with('在'))).then_some(place)
}

/// The dates of a text: where each stands and how long it is, in bytes.
fn dates(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in text.char_indices() {
        if at >= end
            && let Some(length) = words::date_length(&text[at..])
        {
            found.push((at, length));
            end = at + length;
        }
    }
    found
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The document's own last texts: its closing words and its last measure.
fn last_texts(parts: &[Node]) -> Vec<&str> {
    let closing = parts.iter().filter(|node| node.kind == NodeKind::Closing);
    let mut texts: Vec<&str> = closing.map(|node| node.text.as_str()).collect();
    let own =
        |node: &&Node| matches!(node.kind, NodeKind::Group | NodeKind::Area | NodeKind::Measure);
    let mut last = parts.iter().rev().find(own);
    while let Some(node) = last {
        texts.push(&node.text);
        last = node.children.last();
    }
    texts
}
