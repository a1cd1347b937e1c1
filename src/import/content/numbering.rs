//! The patterns of a document's marks, and which marks are the ones counted.

use std::collections::BTreeMap;
use std::fmt::Write;

use rustc_hash::FxHashMap;

use crate::import::toml::{list, quoted};
use crate::import::tree::{Node, NodeKind, Recognised};

/// The levels that have patterns.
const LEVELS: [(NodeKind, &str); 4] = [
    (NodeKind::Group, "division"),
    (NodeKind::Area, "area"),
    (NodeKind::Section, "section"),
    (NodeKind::Measure, "measure"),
];

/// The patterns of each level and what was counted last.
pub(super) struct Numbering {
    patterns: FxHashMap<NodeKind, Vec<String>>,
    within: FxHashMap<NodeKind, NodeKind>,
    items: Vec<String>,
    last: FxHashMap<NodeKind, u32>,
}

impl Numbering {
    pub(super) fn of(recognised: &Recognised) -> Self {
        let mut counts: BTreeMap<NodeKind, Vec<(String, usize)>> = BTreeMap::new();
        let mut items: Vec<(usize, String)> = Vec::new();
        for part in &recognised.parts {
            collect(part, 0, &mut counts, &mut items);
        }
        let mut patterns: FxHashMap<NodeKind, Vec<String>> = FxHashMap::default();
        for (kind, mut found) in counts {
            // The commonest is counted with; of equals the first.
            found.sort_by_key(|(_, count)| usize::MAX - count);
            patterns.insert(kind, found.into_iter().map(|(pattern, _)| pattern).collect());
        }
        items.sort_by_key(|(depth, _)| *depth);
        let mut unique: Vec<String> = Vec::new();
        for (_, item) in items {
            if !unique.contains(&item) {
                unique.push(item);
            }
        }
        let within = LEVELS.iter().map(|(kind, _)| (*kind, within(recognised, *kind))).collect();
        Self { patterns, within, items: unique, last: FxHashMap::default() }
    }

    pub(super) fn write(&self, head: &mut String) {
        head.push_str("\n[numbering]\n");
        for (kind, name) in LEVELS {
            let pattern = match self.patterns.get(&kind).map(Vec::as_slice) {
                None | Some([]) => quoted(""),
                Some([one]) => quoted(one),
                Some(more) => list(more.iter().map(String::as_str)),
            };
            let _ = writeln!(head, "{name} = {pattern}");
        }
        if !self.items.is_empty() {
            let _ = writeln!(head, "items = {}", list(self.items.iter().map(String::as_str)));
        }
        for (kind, name) in &LEVELS[1..] {
            let within = match self.within.get(kind) {
                Some(NodeKind::Group) => "division",
                Some(NodeKind::Area) => "area",
                Some(NodeKind::Section) => "section",
                _ => "document",
            };
            if self.patterns.contains_key(kind) {
                let _ = writeln!(head, "{name}_within = {}", quoted(within));
            }
        }
    }

    /// A part of a level begins: the `mark` line where its mark is not the one
    /// that is counted.
    pub(super) fn mark(&mut self, node: &Node) -> Option<String> {
        let pattern = self.patterns.get(&node.kind).and_then(|patterns| patterns.first());
        let Some(mark) = &node.mark else {
            return pattern.map(|_| String::new());
        };
        let own = node.form.as_ref() == pattern;
        let Some((number, sub)) = node.number else {
            return (!own).then(|| mark.clone());
        };
        let next = self.last.get(&node.kind).copied().unwrap_or(0) + 1;
        let plain =
            own && sub == 0 && pattern.is_some_and(|pattern| printed(pattern, number) == *mark);
        if own && sub == 0 {
            self.last.insert(node.kind, number);
        }
        (!plain || number != next).then(|| mark.clone())
    }

    /// Levels below this one may begin anew.
    pub(super) fn enter(&mut self, kind: NodeKind) {
        let anew: Vec<NodeKind> = self
            .within
            .iter()
            .filter(|(_, within)| **within == kind)
            .map(|(level, _)| *level)
            .collect();
        for level in anew {
            self.last.remove(&level);
        }
    }

    pub(super) fn has(&self, kind: NodeKind) -> bool {
        self.patterns.contains_key(&kind)
    }
}

fn collect(
    node: &Node,
    depth: usize,
    counts: &mut BTreeMap<NodeKind, Vec<(String, usize)>>,
    items: &mut Vec<(usize, String)>,
) {
    if let Some(form) = &node.form {
        if node.kind == NodeKind::Item {
            items.push((depth, form.clone()));
        } else {
            let found = counts.entry(node.kind).or_default();
            match found.iter_mut().find(|(known, _)| known == form) {
                Some((_, count)) => *count += 1,
                None => found.push((form.clone(), 1)),
            }
        }
    }
    let depth = if node.kind == NodeKind::Item { depth + 1 } else { 0 };
    for child in &node.children {
        collect(child, depth, counts, items);
    }
}

/// What a number looks like in a pattern; the plain forms only.
fn printed(pattern: &str, number: u32) -> String {
    let format = |name: &str| crate::import::numeral::word(number, name).unwrap_or_default();
    [
        ("{一}", "chineseCountingThousand"),
        ("{1}", "decimal"),
        ("{１}", "decimalFullWidth"),
        ("{①}", "decimalEnclosedCircle"),
        ("{⑴}", "decimalEnclosedParen"),
        ("{⒈}", "decimalEnclosedFullstop"),
        ("{甲}", "ideographTraditional"),
    ]
    .iter()
    .find(|(place, _)| pattern.contains(place))
    .map_or_else(String::new, |(place, name)| pattern.replace(place, &format(name)))
}

/// Within what a level's numbers begin anew: the smallest level above in which
/// they do at each beginning but the first.
fn within(recognised: &Recognised, kind: NodeKind) -> NodeKind {
    let mut anew: FxHashMap<NodeKind, (usize, usize)> = FxHashMap::default();
    let mut fresh: Vec<NodeKind> = Vec::new();
    let mut seen = false;
    for node in recognised.nodes() {
        let above = [NodeKind::Group, NodeKind::Annex, NodeKind::Area, NodeKind::Section];
        if node.kind == kind {
            let Some((number, _)) = node.number else { continue };
            if seen {
                for above in fresh.drain(..) {
                    let above = if above == NodeKind::Annex { NodeKind::Group } else { above };
                    let (one, all) = anew.entry(above).or_default();
                    *one += usize::from(number == 1);
                    *all += 1;
                }
            }
            fresh.clear();
            seen = true;
        } else if above.contains(&node.kind) && !fresh.contains(&node.kind) {
            fresh.push(node.kind);
        }
    }
    let begins = |level| anew.get(&level).is_some_and(|(one, all)| one * 2 > *all);
    [NodeKind::Section, NodeKind::Area, NodeKind::Group]
        .into_iter()
        .filter(|level| *level != kind)
        .find(|level| begins(*level))
        .unwrap_or(NodeKind::Title)
}
