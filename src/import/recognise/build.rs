//! Puts the tree together.

use crate::diagnostic::Code;

use super::body::Body;
use super::{Entry, closing, front, rows, split, title, words};
use crate::import::outline::{Candidate, Counted, outline};
use crate::import::tree::{Doubt, Node, NodeKind, Recognised};

/// The document's parts: its own, and annexes behind it. The table of contents
/// stands before the entry `at`.
pub(super) fn document(
    entries: &[&Entry<'_>],
    at: usize,
    contents: Vec<Node>,
    recognised: &mut Recognised,
) {
    let starts = split::starts(entries);
    let numbered = |range: &[&Entry<'_>]| {
        outline(&candidates(range)).iter().flatten().any(|counted| !counted.form.is_sign())
    };
    let annexes: Vec<&[&Entry<'_>]> = starts
        .iter()
        .enumerate()
        .map(|(place, start)| {
            let end = starts.get(place + 1).map_or(entries.len(), |next| next.at);
            &entries[start.at..end]
        })
        .collect();
    let body = &entries[..starts.first().map_or(entries.len(), |start| start.at)];
    let alone = !annexes.iter().any(|annex| numbered(annex));
    let before = recognised.parts.len();
    let part = Part { entries: body, title: true, alone };
    recognised.parts.extend(part.nodes(&mut recognised.doubts));
    for (start, annex) in starts.iter().zip(annexes) {
        recognised.parts.push(annex_node(start, annex, &mut recognised.doubts));
    }
    if !contents.is_empty() {
        let block = entries.get(at).map_or(usize::MAX, |entry| entry.block);
        let parts = &mut recognised.parts;
        // It stands in the annex that begins before it.
        let within = starts.iter().rposition(|start| start.at < at);
        let within = within.map(|annex| parts.len() - starts.len() + annex);
        let (parts, from) = match within {
            Some(annex) => (&mut parts[annex].children, 0),
            None => (parts, before),
        };
        let place = parts[from..].iter().position(|node| node.block >= block);
        let place = place.map_or(parts.len(), |place| from + place);
        parts.splice(place..place, contents);
    }
}

/// The lines as they may count. The number of an ordinance above its title counts
/// nothing.
fn candidates<'a>(entries: &[&Entry<'a>]) -> Vec<Candidate<'a>> {
    let counted = |entry: &Entry<'_>| entry.line().is_some_and(|line| line.counted > 0);
    let lines = entries.iter().enumerate().map(|(at, entry)| {
        let heads = at == 0
            && words::is_chapter(entry.text)
            && entries.get(1).is_some_and(|next| title::looks_like(next.text));
        Candidate { text: if heads { "" } else { entry.text }, counted: counted(entry) }
    });
    lines.collect()
}

/// An annex: its mark, its title, and what it holds.
fn annex_node(start: &split::Start, entries: &[&Entry<'_>], doubts: &mut Vec<Doubt>) -> Node {
    let mut node = Node::new(NodeKind::Annex, "", entries[0].block);
    let mut titles: Vec<&str> = entries[..start.head].iter().map(|entry| entry.text).collect();
    if start.marked {
        let length = words::annex_mark(titles[0]).unwrap_or(titles[0].len());
        let (mark, rest) = titles[0].split_at(length);
        node.mark = Some(mark.to_owned());
        titles[0] = rest.trim_start();
        titles.retain(|title| !title.is_empty());
    }
    if !titles.is_empty() {
        node.heading = Some(titles.join("\n"));
    }
    node.lines = start.head;
    let part = Part { entries: &entries[start.head..], title: false, alone: true };
    node.children = part.nodes(doubts);
    // Behind measures of its own, a table is one of them or stands by itself.
    let leads = |child: &&mut Node| {
        matches!(child.kind, NodeKind::Paragraph | NodeKind::Contents | NodeKind::Table)
    };
    node.children.iter_mut().take_while(leads).for_each(rows::measures);
    node
}

/// A text with numbers of its own.
struct Part<'e> {
    entries: &'e [&'e Entry<'e>],
    /// A title is looked for before the first number.
    title: bool,
    /// No other part has numbers.
    alone: bool,
}

impl Part<'_> {
    fn nodes(&self, doubts: &mut Vec<Doubt>) -> Vec<Node> {
        let entries = self.entries;
        let end = closing::begin(entries);
        let mut counted = outline(&candidates(&entries[..end]));
        let numbers = |counted: &[Option<Counted>]| {
            counted
                .iter()
                .position(|found| found.as_ref().is_some_and(|found| !found.form.is_sign()))
        };
        let first = numbers(&counted);
        let start = first.or_else(|| counted.iter().position(Option::is_some));
        let mut nodes;
        if let Some(start) = start {
            counted[..start].fill(None);
            let body = Body::new(&entries[..end], counted, start);
            nodes = self.before(body.start, doubts);
            nodes.extend(body.nodes(doubts));
            closing_words(&mut nodes);
        } else {
            nodes = self.before(end, doubts);
            if self.alone {
                unnumbered(&mut nodes, self.title, doubts);
            }
        }
        nodes.extend(closing::nodes(&entries[end..]));
        nodes
    }

    /// What stands before the first number.
    fn before(&self, start: usize, doubts: &mut Vec<Doubt>) -> Vec<Node> {
        if self.title {
            return front::nodes(&self.entries[..start], doubts);
        }
        self.entries[..start].iter().map(|entry| entry.node(NodeKind::Paragraph)).collect()
    }
}

/// A text without numbers: the rows of its table are the measures, or else each
/// paragraph is one, with the tables behind it.
fn unnumbered(nodes: &mut Vec<Node>, title: bool, doubts: &mut Vec<Doubt>) {
    let mut tables = nodes.iter_mut().filter(|node| node.kind == NodeKind::Table);
    if let (true, Some(only), None) = (title, tables.next(), tables.next()) {
        rows::measures(only);
        if !only.columns.is_empty() {
            return;
        }
    }
    let mut said = !title;
    for mut node in std::mem::take(nodes) {
        if node.kind == NodeKind::Table
            && let Some(last) = nodes.last_mut().filter(|last| last.kind == NodeKind::Measure)
        {
            last.children.push(node);
            continue;
        }
        if matches!(node.kind, NodeKind::Preamble | NodeKind::Paragraph) {
            if !said {
                doubts.push(Doubt {
                    block: node.block,
                    code: Code::NoNumbers,
                    message: "nothing is numbered: each paragraph became a measure".into(),
                });
                said = true;
            }
            node.kind = NodeKind::Measure;
        }
        nodes.push(node);
    }
}

/// The last paragraphs of the last measure speak of the document itself.
fn closing_words(nodes: &mut Vec<Node>) {
    let Some(last) = nodes.last_mut() else { return };
    let mut closing = Vec::new();
    let mut holder = last;
    while holder.kind != NodeKind::Measure
        && holder
            .children
            .last()
            .is_some_and(|child| !matches!(child.kind, NodeKind::Paragraph | NodeKind::Table))
    {
        holder = holder.children.last_mut().expect("it was looked at");
    }
    let article = holder.form.as_deref().is_some_and(|form| form.starts_with('第'));
    while !article
        && holder.children.last().is_some_and(|child| {
            child.kind == NodeKind::Paragraph
                && child.mark.is_none()
                && closing::is_closing(&child.text)
        })
    {
        let mut node = holder.children.pop().expect("it was looked at");
        node.kind = NodeKind::Closing;
        closing.push(node);
    }
    closing.reverse();
    nodes.extend(closing);
}
