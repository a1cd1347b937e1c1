//! What each level of numbers is: an area, a section, a measure, an item.
//!
//! Articles (`第…條`) are measures wherever they stand. Without articles, levels
//! are gone down from the outermost as long as their lines are bare headings:
//! the first one that has text is the measures.

use rustc_hash::FxHashMap;

use crate::import::mark::{Form, Numeral, Unit};
use crate::import::outline::Counted;
use crate::import::tree::NodeKind;

/// What a form's lines are like.
#[derive(Default)]
struct Level {
    count: usize,
    roots: usize,
    bare: usize,
    /// Lines with at least one line of a form below, for each form.
    above: FxHashMap<Form, usize>,
    /// Lines of the form below, in all.
    below: FxHashMap<Form, usize>,
    first: usize,
}

/// The roles of the forms of a text.
pub(super) fn roles(
    counted: &[Option<Counted>],
    is_bare: impl Fn(usize) -> bool,
) -> FxHashMap<Form, NodeKind> {
    let levels = levels(counted, is_bare);
    articles(counted, &levels).unwrap_or_else(|| without_articles(&levels))
}

fn levels(counted: &[Option<Counted>], is_bare: impl Fn(usize) -> bool) -> FxHashMap<Form, Level> {
    let mut levels: FxHashMap<Form, Level> = FxHashMap::default();
    let mut last: FxHashMap<Form, usize> = FxHashMap::default();
    for (line, counted_line) in counted.iter().enumerate() {
        let Some(found) = counted_line else { continue };
        let level = levels.entry(found.form.clone()).or_default();
        if level.count == 0 {
            level.first = line;
        }
        level.count += 1;
        level.bare += usize::from(is_bare(line));
        let Some(parent) = found.parent else {
            level.roots += 1;
            continue;
        };
        let Some(above) = counted[parent].as_ref() else { continue };
        let level = levels.entry(above.form.clone()).or_default();
        *level.below.entry(found.form.clone()).or_default() += 1;
        if last.insert(found.form.clone(), parent) != Some(parent) {
            *level.above.entry(found.form.clone()).or_default() += 1;
        }
    }
    levels
}

/// Articles and what stands above them.
fn articles(
    counted: &[Option<Counted>],
    levels: &FxHashMap<Form, Level>,
) -> Option<FxHashMap<Form, NodeKind>> {
    let is_article = |form: &Form| form.unit() == Some(Unit::Article);
    let mut above: Vec<&Form> = Vec::new();
    let mut count = 0;
    for found in counted.iter().flatten().filter(|found| is_article(&found.form)) {
        let mut chain = Vec::new();
        let mut parent = found.parent;
        while let Some(found) = parent.and_then(|parent| counted[parent].as_ref()) {
            chain.push(&found.form);
            parent = found.parent;
        }
        // An article that is cited within an item is none.
        if chain
            .iter()
            .all(|form| form.unit().is_some() || levels[*form].bare * 2 > levels[*form].count)
        {
            count += 1;
            chain.reverse();
            for form in chain {
                if !above.contains(&form) {
                    above.push(form);
                }
            }
        }
    }
    let others = levels.values().map(|level| level.roots).max().unwrap_or(0);
    if count == 0 || count == 1 && others > 1 && above.is_empty() {
        return None;
    }
    above.sort_by_key(|form| (form.unit(), levels[*form].first));
    let mut roles = headings(&above);
    for form in levels.keys().filter(|form| is_article(form)) {
        roles.insert(form.clone(), NodeKind::Measure);
    }
    Some(roles)
}

/// The roles of levels above the measures, the outermost first.
fn headings(above: &[&Form]) -> FxHashMap<Form, NodeKind> {
    let unit = |form: &Form| form.unit();
    let chapter = above.iter().position(|form| unit(form) == Some(Unit::Chapter));
    let area = chapter.unwrap_or_else(|| {
        let books =
            above.iter().take_while(|form| unit(form).is_some_and(|unit| unit <= Unit::Part));
        if above.len() > 1 { books.count().min(above.len() - 1) } else { 0 }
    });
    above
        .iter()
        .enumerate()
        .map(|(at, form)| {
            let role = match at.cmp(&area) {
                std::cmp::Ordering::Less => NodeKind::Group,
                std::cmp::Ordering::Equal => NodeKind::Area,
                std::cmp::Ordering::Greater => NodeKind::Section,
            };
            ((*form).clone(), role)
        })
        .collect()
}

fn without_articles(levels: &FxHashMap<Form, Level>) -> FxHashMap<Form, NodeKind> {
    let mut sorted: Vec<(&Form, &Level)> = levels.iter().collect();
    sorted.sort_by_key(|(_, level)| level.first);
    let outer = sorted.iter().filter(|(_, level)| level.roots > 0).max_by_key(|(form, level)| {
        // The first one stands above where others are as many.
        (level.roots * usize::from(!form.is_sign()), usize::MAX - level.first)
    });
    let Some((first, _)) = outer else { return FxHashMap::default() };
    let mut chain = vec![*first];
    loop {
        let form = chain[chain.len() - 1];
        let level = &levels[form];
        let mut below: Vec<(&Form, &usize)> =
            level.below.iter().filter(|(form, _)| !chain.contains(form)).collect();
        below.sort_by_key(|(form, count)| (usize::MAX - **count, (*form).clone()));
        let Some((next, _)) = below.first() else { break };
        // `1.` with `(1)` below it may be a heading, or a section of a law.
        let arabic = [form, next].iter().all(|form| form.numeral == Numeral::Arabic);
        let share = if chain.len() == 1 && !arabic { 25 } else { 60 };
        let parents = level.above.get(*next).copied().unwrap_or(0);
        let is_heading = level.bare * 10 >= level.count * 6;
        let signs = next.is_sign() && chain.len() > 1;
        // `1.` with `(1)` below it, within parts that are counted by `第`, is an
        // ordinance's section: its article.
        let is_section =
            form.unit().is_none() && chain.iter().any(|form| form.unit().is_some()) && arabic;
        if !is_heading || signs || is_section || parents * 100 < level.count * share {
            break;
        }
        chain.push(next);
    }
    let measure = chain.pop().expect("the outermost level is there");
    let mut roles = headings(&chain);
    roles.insert(measure.clone(), NodeKind::Measure);
    roles
}

/// The role of a line of a form below a part of a kind.
pub(super) fn role(
    roles: &FxHashMap<Form, NodeKind>,
    form: &Form,
    parent: Option<NodeKind>,
) -> NodeKind {
    let known = roles.get(form).copied();
    match (parent, known) {
        (None | Some(NodeKind::Group), Some(kind)) => kind,
        (Some(NodeKind::Area), Some(kind @ (NodeKind::Section | NodeKind::Measure))) => kind,
        (Some(NodeKind::Section), Some(kind @ (NodeKind::Section | NodeKind::Measure))) => kind,
        (Some(NodeKind::Measure | NodeKind::Item), _) => NodeKind::Item,
        _ => NodeKind::Measure,
    }
}
