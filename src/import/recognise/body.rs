//! Numbered lines as a tree: each gets its role, its mark, its heading, and the
//! place that it stands below.

use rustc_hash::FxHashMap;

use super::{Entry, fields, headings, roles, title};
use crate::diagnostic::Code;
use crate::import::lines::ends_sentence;
use crate::import::mark::{Form, Numeral};
use crate::import::outline::{Counted, Odd};
use crate::import::tree::{Doubt, Node, NodeKind};

/// A heading has at most so many characters.
const HEADING: usize = 60;

/// A line's part while the tree grows.
struct Growing {
    node: Node,
    parent: Option<usize>,
}

/// The numbered lines of a part.
pub(super) struct Body<'e> {
    entries: &'e [&'e Entry<'e>],
    counted: Vec<Option<Counted>>,
    /// Where it begins.
    pub(super) start: usize,
    roles: FxHashMap<Form, NodeKind>,
    grown: Vec<Growing>,
    /// The part of each line that has a mark.
    of_line: FxHashMap<usize, usize>,
    /// A heading on the next line was taken.
    taken: Vec<bool>,
    /// For each line, the next one with a mark.
    next: Vec<Option<usize>>,
    /// Which lines are headings without a mark.
    headings: Vec<bool>,
    /// The last of them.
    heading: Option<usize>,
}

impl<'e> Body<'e> {
    pub(super) fn new(
        entries: &'e [&'e Entry<'e>],
        counted: Vec<Option<Counted>>,
        start: usize,
    ) -> Self {
        let roles = roles::roles(&counted, |line| is_bare(entries, &counted, line));
        let is_flat = roles.values().all(|kind| *kind == NodeKind::Measure);
        let found = is_flat.then(|| headings::find(entries, &counted, start)).flatten();
        let (headings, start) = match found {
            Some(found) => (found.at, found.start),
            None => (vec![false; entries.len()], start),
        };
        let taken = vec![false; entries.len()];
        let of_line = FxHashMap::default();
        let mut next = vec![None; entries.len()];
        let mut last = None;
        for line in (0..entries.len()).rev() {
            last = counted[line].as_ref().map(|_| line).or(last);
            next[line] = last;
        }
        let grown = Vec::new();
        Self {
            entries,
            counted,
            start,
            roles,
            grown,
            of_line,
            taken,
            next,
            headings,
            heading: None,
        }
    }

    pub(super) fn nodes(mut self, doubts: &mut Vec<Doubt>) -> Vec<Node> {
        let mut current: Option<usize> = None;
        for line in self.start..self.entries.len() {
            if self.taken[line] {
                continue;
            }
            let entry = self.entries[line];
            if let Some(counted) = self.counted[line].clone() {
                doubts.extend(odd(entry, &counted));
                current = Some(self.numbered(line, &counted));
            } else if self.headings[line] {
                let heading = Some(entry.text.to_owned());
                let node = Node { heading, text: String::new(), ..entry.node(NodeKind::Area) };
                current = Some(self.grown.len());
                self.heading = current;
                self.grown.push(Growing { node, parent: None });
            } else {
                let holder = current.map(|current| self.holder(current, line));
                self.grown.push(Growing { node: entry.node(NodeKind::Paragraph), parent: holder });
            }
        }
        let mut nodes = assemble(self.grown);
        for node in &mut nodes {
            finish(node);
        }
        nodes
    }

    /// What a paragraph without a number stands below: behind items it goes on
    /// with what they are items of, unless an item goes on behind it.
    fn holder(&self, mut current: usize, line: usize) -> usize {
        let next = self.next[line].and_then(|next| self.counted[next].as_ref());
        let goes_on = |current: usize| {
            let mut parent = next.and_then(|next| next.parent);
            while let Some(line) = parent {
                if self.of_line.get(&line) == Some(&current) {
                    return true;
                }
                parent = self.counted[line].as_ref().and_then(|above| above.parent);
            }
            false
        };
        while self.grown[current].node.kind == NodeKind::Item
            && !goes_on(current)
            && let Some(parent) = self.grown[current].parent
        {
            current = parent;
        }
        current
    }

    /// A line with a number.
    fn numbered(&mut self, line: usize, counted: &Counted) -> usize {
        let parent = counted.parent.and_then(|parent| self.of_line.get(&parent).copied());
        let parent = parent.or(self.heading);
        let above = parent.map(|parent| self.grown[parent].node.kind);
        let kind = roles::role(&self.roles, &counted.form, above);
        let entry = self.entries[line];
        let (mark, rest) = entry.text.split_at(counted.mark.length);
        let rest = rest.trim_start();
        let mut node = entry.node(kind);
        node.mark = Some(mark.trim_end().to_owned());
        node.number = counted.mark.number.map(|number| (number, counted.mark.sub));
        // A pattern has one number: of several each mark says its own.
        let several = matches!(counted.mark.form.numeral, Numeral::Decimal(_));
        node.form = (!several || kind == NodeKind::Item).then(|| pattern(mark, counted));
        node.text = String::new();
        let mut text = rest.to_owned();
        let heads = matches!(kind, NodeKind::Group | NodeKind::Area | NodeKind::Section);
        if rest.is_empty() && kind != NodeKind::Item && self.is_title(line + 1) {
            self.taken[line + 1] = true;
            node.lines += 1;
            node.heading = Some(self.entries[line + 1].text.to_owned());
        } else if heads && !text.is_empty() {
            let length = heading_length(rest);
            node.heading = Some(rest[..length].to_owned());
            text = rest[length..].trim_start().to_owned();
        } else if kind == NodeKind::Measure
            && !text.is_empty()
            && is_bare(self.entries, &self.counted, line)
            && self.has_more(line)
        {
            node.heading = Some(std::mem::take(&mut text));
        }
        node.text = text;
        let at = self.grown.len();
        self.of_line.insert(line, at);
        self.grown.push(Growing { node, parent });
        at
    }

    /// A line without a number that may be the title of the one before it.
    fn is_title(&self, line: usize) -> bool {
        let Some(entry) = self.entries.get(line).filter(|_| self.counted[line].is_none()) else {
            return false;
        };
        entry.table.is_none() && title::may_be(entry.text) && entry.text.chars().count() <= 40
    }

    /// Text or items of its own follow the line.
    fn has_more(&self, line: usize) -> bool {
        match self.counted.get(line + 1) {
            Some(Some(next)) => next.parent == Some(line),
            Some(None) => true,
            None => false,
        }
    }
}

/// How much of an area's line is its heading: all of it, or what stands before
/// the first sentence that goes on.
fn heading_length(rest: &str) -> usize {
    if rest.chars().count() <= HEADING && !rest.contains('。') {
        return rest.len();
    }
    match rest.find('。') {
        Some(stop) if stop + '。'.len_utf8() < rest.len() && rest[..stop].chars().count() <= 30 => {
            stop + '。'.len_utf8()
        }
        _ => rest.len(),
    }
}

/// The line is a heading and nothing else.
fn is_bare(entries: &[&Entry<'_>], counted: &[Option<Counted>], line: usize) -> bool {
    let Some(found) = counted[line].as_ref() else { return false };
    let rest = entries[line].text[found.mark.length..].trim();
    let bracketed = rest.starts_with(['（', '(', '【']) && rest.ends_with(['）', ')', '】']);
    if bracketed {
        let inner = rest.trim_matches(['（', '(', '【', '）', ')', '】']);
        return inner.chars().count() <= 30
            && !matches!(inner, "删除" | "刪除" | "廢止" | "废止" | "略");
    }
    rest.chars().count() <= HEADING
        && !rest.contains(['。', '；'])
        && (!ends_sentence(rest) || rest.ends_with(['）', ')', '”', '」', '》']))
        && !rest.ends_with(['，', '、', ','])
}

/// The pattern of a level's marks, as they are printed.
fn pattern(mark: &str, counted: &Counted) -> String {
    let place = match counted.mark.form.numeral {
        Numeral::None => return mark.trim().to_owned(),
        Numeral::Chinese => "{一}",
        Numeral::Legal => "{壹}",
        Numeral::Arabic | Numeral::FullWidth
            if mark.contains(|c: char| ('０'..='９').contains(&c)) =>
        {
            "{１}"
        }
        Numeral::Arabic | Numeral::FullWidth | Numeral::Decimal(_) => "{1}",
        Numeral::Stem => "{甲}",
        Numeral::Letter if mark.contains(|c: char| c.is_ascii_uppercase()) => "{A}",
        Numeral::Letter => "{a}",
        Numeral::Roman if mark.contains(|c: char| c.is_ascii_uppercase()) => "{I}",
        Numeral::Roman => "{i}",
        Numeral::Enclosed('⑴') => "{⑴}",
        Numeral::Enclosed('⒈') => "{⒈}",
        Numeral::Enclosed('㈠') => "{㈠}",
        Numeral::Enclosed(_) => "{①}",
    };
    let is_number = |c: char| {
        c.is_ascii_alphanumeric()
            || ('０'..='９').contains(&c)
            || crate::import::numeral::is_chinese_digit(c)
            || crate::import::numeral::enclosed(c).is_some()
            || crate::import::numeral::STEMS.contains(c)
    };
    let Some(from) = mark.find(is_number) else { return mark.to_owned() };
    let length = mark[from..].find(|c: char| !is_number(c)).unwrap_or(mark.len() - from);
    let mut after = mark[from + length..].to_owned();
    if counted.mark.sub > 0 {
        // `第三條之一`, `第12-1條`: the level's own pattern has one number.
        after = after.trim_end_matches(is_number).trim_end_matches('之').to_owned();
        if let Some(rest) = after.strip_prefix(['-', '之']) {
            after = rest.trim_start_matches(is_number).to_owned();
        }
    }
    format!("{}{place}{}", &mark[..from], after.trim_end())
}

fn odd(entry: &Entry<'_>, counted: &Counted) -> Option<Doubt> {
    let mark = entry.text[..counted.mark.length].trim();
    let odd = counted.odd?;
    // A level that first begins elsewhere is told once, by its number.
    Some(match odd {
        Odd::Gap(0) => {
            entry.doubt(Code::FirstNumber, format!("`{mark}` is the first of its level"))
        }
        Odd::Gap(last) => {
            entry.doubt(Code::NumberMissing, format!("`{mark}` follows number {last}"))
        }
        Odd::Order(last) => {
            entry.doubt(Code::NumberOrder, format!("`{mark}` follows number {last}"))
        }
        Odd::Form => {
            entry.doubt(Code::NumberForm, format!("`{mark}` is written unlike its neighbours"))
        }
    })
}

/// The tree of parts that know what they stand below.
fn assemble(mut grown: Vec<Growing>) -> Vec<Node> {
    let mut roots = Vec::new();
    while let Some(Growing { mut node, parent }) = grown.pop() {
        node.children.reverse();
        match parent {
            Some(parent) => grown[parent].node.children.push(node),
            None => roots.push(node),
        }
    }
    roots.reverse();
    roots
}

/// Turns paragraphs below a heading without measures into measures, and finds
/// the named facts at the end of each measure.
fn finish(node: &mut Node) {
    let heads = matches!(node.kind, NodeKind::Group | NodeKind::Area | NodeKind::Section);
    if heads && node.kind != NodeKind::Group {
        let bare = |child: &Node| matches!(child.kind, NodeKind::Paragraph | NodeKind::Table);
        if node.children.iter().all(bare) {
            for child in &mut node.children {
                if child.kind == NodeKind::Paragraph {
                    child.kind = NodeKind::Measure;
                }
            }
        }
    }
    for child in &mut node.children {
        finish(child);
    }
    if node.kind == NodeKind::Measure {
        if node.text.is_empty() && node.children.is_empty() {
            // A heading alone is all it says, and so is a number alone.
            let said = node.heading.take().or_else(|| {
                (node.number, node.form) = (None, None);
                node.mark.take()
            });
            node.text = said.unwrap_or_default();
        }
        let last = node.children.iter().rev().find(|child| child.kind != NodeKind::Table);
        node.fields = fields::tail(last.map_or(node.text.as_str(), |last| last.text.as_str()));
    }
}
