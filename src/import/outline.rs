//! Which marks of a text are its numbers, and how they are nested.
//!
//! No table says that `（一）` stands below `一、`. A level is a run of marks of
//! one form that count on; one run stands within another where it begins while
//! the other is open. A number counts on from the last one of its form, begins
//! anew below a new heading, or runs on there. Whatever fits no run is text.

use rustc_hash::FxHashMap;

use super::mark::{self, Form, Mark, Numeral, Unit};

/// A mark that counts.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) mark: Mark,
    /// The form it counts in, which a slip may write otherwise.
    pub(super) form: Form,
    /// The line whose mark it stands below.
    pub(super) parent: Option<usize>,
    /// What is odd about its number.
    pub(super) odd: Option<Odd>,
}

/// What is odd about a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Odd {
    /// Numbers before it are missing; the last one was this.
    Gap(u32),
    /// It does not follow the one before it.
    Order(u32),
    /// It is written in another form than its neighbours.
    Form,
}

/// A level that is open.
struct Open {
    form: Form,
    number: u32,
    sub: u32,
    line: usize,
}

/// What is known of a form in this text.
struct Known {
    last: u32,
    sub: u32,
    parent: Option<Form>,
}

/// A line whose mark may count.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Candidate<'a> {
    pub(super) text: &'a str,
    /// The file's own program counted it.
    pub(super) counted: bool,
}

/// The marks of some lines that count.
pub(super) fn outline(lines: &[Candidate<'_>]) -> Vec<Option<Counted>> {
    let mut marks: Vec<Option<Mark>> = lines.iter().map(|line| mark::at_start(line.text)).collect();
    for (mark, line) in marks.iter_mut().zip(lines) {
        if let Some(mark) = mark.as_mut().filter(|_| line.counted) {
            (mark.spaced, mark.refers) = (true, false);
        }
    }
    drop_references(&mut marks);
    let heads: Vec<bool> = (0..lines.len()).map(|line| opens_level(lines, &marks, line)).collect();
    let next = next_of_form(&marks);
    let mut outliner = Outliner { open: Vec::new(), known: FxHashMap::default() };
    marks
        .into_iter()
        .enumerate()
        .map(|(line, mark)| {
            let mark = mark?;
            outliner.place(line, mark, next[line], heads[line])
        })
        .collect()
}

/// Where most numbers of a form have a space behind them, one that has none and
/// reads like a reference is one.
fn drop_references(marks: &mut [Option<Mark>]) {
    let mut spaced: FxHashMap<Form, (usize, usize)> = FxHashMap::default();
    for mark in marks.iter().flatten() {
        let (with, all) = spaced.entry(mark.form.clone()).or_default();
        *with += usize::from(mark.spaced);
        *all += 1;
    }
    for found in marks {
        let refers = found.as_ref().is_some_and(|mark| {
            mark.refers && spaced.get(&mark.form).is_some_and(|(with, all)| with * 2 >= *all)
        });
        if refers {
            *found = None;
        }
    }
}

/// A first number alone in its level: a short line without a sentence, and the
/// next mark is the first of another form.
fn opens_level(lines: &[Candidate<'_>], marks: &[Option<Mark>], line: usize) -> bool {
    let Some(mark) = &marks[line] else { return false };
    let rest = lines[line].text[mark.length..].trim();
    let bare = rest.chars().count() <= 30 && !rest.contains(['。', '；', '，', '：']);
    let below = marks[line + 1..].iter().take(8).flatten().next();
    bare && below.is_some_and(|below| below.form != mark.form && below.number == Some(1))
}

/// For each mark, the number of the next mark of its form.
fn next_of_form(marks: &[Option<Mark>]) -> Vec<Option<(u32, u32)>> {
    let mut last: FxHashMap<&Form, (u32, u32)> = FxHashMap::default();
    let mut next = vec![None; marks.len()];
    for (line, mark) in marks.iter().enumerate().rev() {
        if let Some(mark) = mark {
            let number = (mark.number.unwrap_or(0), mark.sub);
            next[line] = last.insert(&mark.form, number);
        }
    }
    next
}

struct Outliner {
    open: Vec<Open>,
    known: FxHashMap<Form, Known>,
}

impl Outliner {
    fn place(
        &mut self,
        line: usize,
        mark: Mark,
        next: Option<(u32, u32)>,
        opens: bool,
    ) -> Option<Counted> {
        let Some(number) = mark.number else { return Some(self.sign(line, mark)) };
        let at = self.open.iter().rposition(|open| open.form == mark.form);
        let (depth, odd) = match at {
            Some(at) => (at, self.sibling(&self.open[at], &mark, number, next)?),
            None => self.begin(&mark, number, next, opens)?,
        };
        let form = match odd {
            Some(Odd::Form) => self.open[depth].form.clone(),
            _ => mark.form.clone(),
        };
        Some(self.accept(line, mark, form, number, depth, odd))
    }

    fn accept(
        &mut self,
        line: usize,
        mark: Mark,
        form: Form,
        number: u32,
        depth: usize,
        odd: Option<Odd>,
    ) -> Counted {
        self.open.truncate(depth);
        let parent = self.open.last();
        let known =
            Known { last: number, sub: mark.sub, parent: parent.map(|open| open.form.clone()) };
        let parent = parent.map(|open| open.line);
        self.known.insert(form.clone(), known);
        self.open.push(Open { form: form.clone(), number, sub: mark.sub, line });
        Counted { mark, form, parent, odd }
    }

    /// A sign counts nothing: it goes on where its like is open, and begins
    /// below what is open otherwise.
    fn sign(&mut self, line: usize, mark: Mark) -> Counted {
        let depth = self.open.iter().rposition(|open| open.form == mark.form);
        let depth = depth.unwrap_or(self.open.len());
        let form = mark.form.clone();
        self.accept(line, mark, form, 0, depth, None)
    }

    /// Whether a mark goes on in an open level of its form.
    #[expect(clippy::option_option, reason = "accepted or not, odd or not")]
    fn sibling(
        &self,
        open: &Open,
        mark: &Mark,
        number: u32,
        next: Option<(u32, u32)>,
    ) -> Option<Option<Odd>> {
        let follows = number == open.number + 1 && mark.sub <= 1
            || number == open.number && mark.sub == open.sub + 1;
        // A list begins anew in another paragraph of the same text.
        let anew = number == 1 && mark.sub == 0 && (is_firm(mark) || next == Some((2, 0)));
        if follows || anew {
            return Some(None);
        }
        let goes_on = next.is_some_and(|(next, _)| next == number + 1);
        if number > open.number {
            let near = number - open.number == 2 && !mark.form.is_weak();
            return (is_firm(mark) || goes_on || near).then_some(Some(Odd::Gap(open.number)));
        }
        (is_firm(mark) && goes_on).then_some(Some(Odd::Order(open.number)))
    }

    /// Where a mark whose form is not open begins a level, or runs on in one.
    fn begin(
        &self,
        mark: &Mark,
        number: u32,
        next: Option<(u32, u32)>,
        opens: bool,
    ) -> Option<(usize, Option<Odd>)> {
        let known = self.known.get(&mark.form);
        if let Some(known) = known {
            let runs_on = number == known.last + 1 && mark.sub <= 1
                || number == known.last && mark.sub == known.sub + 1;
            if runs_on && number > 1 {
                return Some((self.depth_of(mark, Some(known)), None));
            }
        }
        if let Some(depth) = self.slip(mark, number, next) {
            return Some((depth, Some(Odd::Form)));
        }
        let followed = next.is_some_and(|(next, _)| next == number + 1 || next == number);
        if number <= 1 {
            let within =
                mark.above.is_some() && self.open.last().map(|open| open.number) == mark.above;
            let sure = known.is_some() && !mark.form.is_weak()
                || followed
                || opens
                || within
                || is_firm(mark);
            return sure.then(|| (self.depth_of(mark, None), None));
        }
        let last = known.map_or(0, |known| known.last);
        let goes_on = next.is_some_and(|(next, _)| next == number + 1);
        let plausible = match known {
            Some(_) if number > last => is_firm(mark) || goes_on,
            Some(_) => is_firm(mark) && goes_on,
            // The first of its form, in an excerpt.
            None => is_firm(mark) || goes_on && !mark.form.is_weak(),
        };
        plausible.then(|| (self.depth_of(mark, known), Some(Odd::Gap(last))))
    }

    /// The level of a number that counts on, but for how it is written.
    fn slip(&self, mark: &Mark, number: u32, next: Option<(u32, u32)>) -> Option<usize> {
        if number < 2 || next.is_some_and(|(next, _)| next == number + 1) {
            return None;
        }
        let like = |form: &Form| {
            form.numeral == mark.form.numeral
                && form.unit() == mark.form.unit()
                && form.before == mark.form.before
                && !form.is_weak()
                && !matches!(form.numeral, Numeral::Enclosed(_))
        };
        let depth = self.open.len().checked_sub(1)?;
        let open = &self.open[depth];
        (open.number + 1 == number && open.number > 1 && like(&open.form)).then_some(depth)
    }

    /// How deep a new level of this form begins.
    fn depth_of(&self, mark: &Mark, known: Option<&Known>) -> usize {
        if let Some(unit) = mark.form.unit() {
            return self.depth_of_unit(unit);
        }
        // A number that runs on stands where its like stood before.
        if let Some(parent) = known.and_then(|known| known.parent.as_ref())
            && let Some(at) = self.open.iter().rposition(|open| open.form == *parent)
        {
            return at + 1;
        }
        if known.is_some_and(|known| known.parent.is_none()) {
            return 0;
        }
        self.open.len()
    }

    /// Words count in their order: a chapter ends sections and articles, and
    /// what stands below these.
    fn depth_of_unit(&self, unit: Unit) -> usize {
        let ends = |open: &Open| open.form.unit().is_some_and(|other| other >= unit);
        let outer = self.open.iter().position(ends);
        outer.unwrap_or_else(|| {
            let above = self.open.iter().rposition(|open| open.form.unit().is_some());
            match above {
                Some(above) => above + 1,
                // Below what is counted by signs only if that came first.
                None if unit >= Unit::Section => self.open.len().min(1),
                None => 0,
            }
        })
    }
}

/// A mark that is hardly ever anything else.
fn is_firm(mark: &Mark) -> bool {
    mark.spaced && mark.form.unit().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Vec<Option<Counted>> {
        let lines: Vec<_> = lines.iter().map(|text| Candidate { text, counted: false }).collect();
        outline(&lines)
    }

    /// The marks that count, each with its depth.
    fn levels(text: &str) -> Vec<(usize, String)> {
        let lines: Vec<&str> = text.lines().collect();
        let outline = of(&lines);
        let depth = |mut line: usize| {
            let mut depth = 0;
            while let Some(above) = outline[line].as_ref().and_then(|counted| counted.parent) {
                depth += 1;
                line = above;
            }
            depth
        };
        (0..lines.len())
            .filter_map(|line| {
                let mark = &outline[line].as_ref()?.mark;
                Some((depth(line), lines[line][..mark.length].to_owned()))
            })
            .collect()
    }

    fn check(text: &str, expected: &str) {
        let found: Vec<String> =
            levels(text).into_iter().map(|(depth, mark)| format!("{depth}{mark}")).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn levels_nest_where_they_begin() {
        check(
            "一、甲\n（一）乙\n1.丙\n2.丁\n（二）戊\n二、己\n（一）庚\n（二）辛",
            "0一、 1（一） 21. 22. 1（二） 0二、 1（一） 1（二）",
        );
        check("(一)甲\n1.乙\n2.丙\n(二)丁\n一、戊\n二、己", "0(一) 11. 12. 0(二) 1一、 1二、");
    }

    #[test]
    fn numbers_run_on_across_headings() {
        check(
            "一、甲\n（一）乙\n（二）丙\n二、丁\n（三）戊\n三、己\n（四）庚",
            "0一、 1（一） 1（二） 0二、 1（三） 0三、 1（四）",
        );
    }

    #[test]
    fn words_count_in_their_order() {
        check(
            "第一条 甲\n第一章 乙\n第二条 丙\n（一）丁\n（二）戊\n第二章 己\n第一节 庚\n第三条 辛\n第三条之一 壬\n第四条 癸",
            "0第一条 0第一章 1第二条 2（一） 2（二） 0第二章 1第一节 2第三条 2第三条之一 2第四条",
        );
    }

    #[test]
    fn a_number_that_counts_on_nowhere_is_text() {
        check(
            "第一条 甲\n第二条 乙\n第五条的规定同样适用\n第三条 丙\n2. 丁",
            "0第一条 0第二条 0第三条",
        );
        check("第一条 甲\n第二条 乙\n第一条规定的机构\n第三条 丙", "0第一条 0第二条 0第三条");
    }

    #[test]
    fn missing_numbers_are_odd_and_no_fault() {
        let lines = ["第一条 甲", "第四条 乙", "第五条 丙"];
        let outline = of(&lines);
        assert_eq!(outline[1].as_ref().unwrap().odd, Some(Odd::Gap(1)));
        assert_eq!(outline[2].as_ref().unwrap().odd, None);
    }

    #[test]
    fn a_slip_in_the_form_stays_in_its_level() {
        check("1.甲\n2.乙\n3、丙\n4.丁", "01. 02. 03、 04.");
        check("（一）甲\n（二）乙\n（三)丙", "0（一） 0（二） 0（三)");
    }

    #[test]
    fn a_list_begins_anew_in_the_same_article() {
        check(
            "第一条 甲\n（一）乙\n（二）丙\n（一）丁\n（二）戊\n第二条 己",
            "0第一条 1（一） 1（二） 1（一） 1（二） 0第二条",
        );
    }

    #[test]
    fn numbers_without_space_are_told_from_references() {
        check("第一条为了合作\n第二条有关部门应当\n第三条以甲为乙", "0第一条 0第二条 0第三条");
        check("第一条 甲\n第二条 乙\n第三条所称的丙\n第三条 丁", "0第一条 0第二条 0第三条");
    }

    #[test]
    fn a_heading_alone_in_its_level_is_one() {
        check("一、总则\n（一）甲。\n（二）乙。", "0一、 1（一） 1（二）");
        check("1. 这是一句话，不是标题。\n（一）甲\n（二）乙", "0（一） 0（二）");
    }

    #[test]
    fn the_only_number_below_another_that_it_repeats_counts() {
        check("1. 甲\n1.1 乙\n1.2 丙\n2. 丁\n2.1 戊", "01. 11.1 11.2 02. 12.1");
    }

    #[test]
    fn signs_are_one_level_without_numbers() {
        check("一、甲\n●乙\n●丙\n二、丁\n●戊", "0一、 1● 1● 0二、 1●");
    }

    #[test]
    fn five_thousand_articles_take_no_time() {
        let text: Vec<String> = (1..=5000).map(|n| format!("第{n}條　甲應當乙。")).collect();
        let lines: Vec<&str> = text.iter().map(String::as_str).collect();
        let started = std::time::Instant::now();
        assert_eq!(of(&lines).iter().flatten().count(), 5000);
        assert!(started.elapsed().as_secs() < 2);
    }
}
