//! What a page has around the text: its number, and lines that stand at the
//! same place of most pages.

use rustc_hash::FxHashMap;

use crate::import::extracted::{Line, Reason};
use crate::import::recognise::title;
use crate::import::{mark, numeral};

/// Lines at the top or bottom of a page that may be no part of the text.
const EDGE: usize = 2;

/// For each line, why it is no part of the text.
pub(in crate::import) fn furniture(lines: &[Line]) -> Vec<Option<Reason>> {
    let mut reasons = vec![None; lines.len()];
    let pages = pages(lines);
    if pages.len() > 1 {
        numbers_of_pages(lines, &pages, &mut reasons);
        heads(lines, &pages, &mut reasons);
    } else {
        numbers_alone(lines, &mut reasons);
    }
    for (line, reason) in lines.iter().zip(&mut reasons) {
        if is_rule(&line.text) {
            *reason = Some(Reason::Rule);
        }
    }
    reasons
}

/// The lines of each page that has any.
fn pages(lines: &[Line]) -> Vec<std::ops::Range<usize>> {
    let mut pages: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match pages.last_mut() {
            Some(page) if lines[page.start].page == line.page => page.end = at + 1,
            _ => pages.push(at..at + 1),
        }
    }
    pages
}

/// The places at a page's edges, from its top and from its bottom.
fn edges(page: &std::ops::Range<usize>) -> impl Iterator<Item = (i8, usize)> + use<> {
    let (start, end) = (page.start, page.end);
    let count = EDGE.min((end - start).div_ceil(2));
    (0..count)
        .map(move |n| (n as i8, start + n))
        .chain((0..count).map(move |n| (-1 - n as i8, end - 1 - n)))
}

/// Numbers that rise by one from page to page, or are dressed as a page's.
fn numbers_of_pages(
    lines: &[Line],
    pages: &[std::ops::Range<usize>],
    reasons: &mut [Option<Reason>],
) {
    let mut shifts: FxHashMap<i64, usize> = FxHashMap::default();
    let mut found = Vec::new();
    for page in pages {
        for (_, at) in edges(page) {
            if let Some((number, dressed)) = page_number(&lines[at].text) {
                let shift = i64::from(number) - lines[at].page as i64;
                *shifts.entry(shift).or_default() += 1;
                found.push((at, shift, dressed));
            }
        }
    }
    for (at, shift, dressed) in found {
        if dressed || shifts[&shift] >= 2 {
            reasons[at] = Some(Reason::PageNumber);
        }
    }
}

/// Lines that stand at the same place of over half of the pages, or of over
/// half of the left or right ones.
fn heads(lines: &[Line], pages: &[std::ops::Range<usize>], reasons: &mut [Option<Reason>]) {
    let mut seen: FxHashMap<(i8, String), Vec<usize>> = FxHashMap::default();
    for page in pages {
        let left: Vec<usize> = page.clone().filter(|at| reasons[*at].is_none()).collect();
        let count = EDGE.min(left.len());
        let top = (0..count).map(|n| (n as i8, left[n]));
        let bottom = (0..count).map(|n| (-1 - n as i8, left[left.len() - 1 - n]));
        for (place, at) in top.chain(bottom) {
            seen.entry((place, shape(&lines[at].text))).or_default().push(at);
        }
    }
    let first = pages.first().map_or(0, |page| page.end);
    let mut found: Vec<_> = seen.into_iter().collect();
    found.sort();
    for ((_, shape), places) in found {
        let most = |parity: usize| {
            let all = pages.iter().filter(|page| lines[page.start].page % 2 == parity).count();
            let here = places.iter().filter(|at| lines[**at].page % 2 == parity).count();
            here >= 3 && here * 2 > all
        };
        let often = places.len() >= 3 && places.len() * 2 > pages.len();
        if shape.is_empty() || !(often || most(0) || most(1)) {
            continue;
        }
        let text = &lines[places[0]].text;
        let other = |line: &Line| line.text != *text && title::looks_like(&line.text);
        let again = lines[..first].iter().filter(|line| line.text == *text).count() > 1
            || lines[..first].iter().take(8).any(other);
        for at in places {
            // A title stands at the top of its first page, whatever follows.
            if at >= first || again || !title::looks_like(text) {
                reasons[at] = Some(Reason::RunningHead);
            }
        }
    }
}

/// A line without what changes from page to page.
fn shape(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_numeric() { '#' } else { c })
        .collect::<String>()
        .trim_matches('#')
        .to_owned()
}

/// Page numbers in a text without pages: dressed ones that rise, and bare ones
/// that stand alone, rise by one and break sentences.
fn numbers_alone(lines: &[Line], reasons: &mut [Option<Reason>]) {
    let mut bare = Vec::new();
    let mut last = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some((number, dressed)) = page_number(&line.text) else { continue };
        if dressed {
            if last == 0 || number == last + 1 {
                reasons[at] = Some(Reason::PageNumber);
                last = number;
            }
        } else if (line.gap || at == 0) && lines.get(at + 1).is_none_or(|next| next.gap) {
            bare.push((at, number));
        }
    }
    let rising =
        bare.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1 && pair[1].0 - pair[0].0 > 4);
    if bare.len() >= 2 && rising {
        for (at, _) in bare {
            reasons[at] = Some(Reason::PageNumber);
        }
    }
}

/// The number of a page and whether signs or words say that it is one.
fn page_number(text: &str) -> Option<(u32, bool)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.chars().count() > 20 {
        return None;
    }
    let is_dash =
        |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '~' | '·' | '•' | '‧' | '・');
    let inner = text.trim_matches(is_dash);
    if let Some(number) = numeral::arabic(inner).filter(|number| *number < 3000) {
        let both = text.starts_with(is_dash) && text.ends_with(is_dash);
        return Some((number, both));
    }
    let body = inner.strip_prefix("第").and_then(|rest| rest.split_once(['页', '頁']));
    if let Some((number, rest)) = body {
        let number = numeral::arabic(number).or_else(|| numeral::chinese(number))?;
        let rest =
            rest.trim_matches(|c: char| matches!(c, '，' | ',' | '/' | '（' | '）' | '(' | ')'));
        let total = rest.trim_start_matches(['共', '第']).trim_end_matches(['页', '頁']);
        return (rest.is_empty() || numeral::arabic(total).is_some()).then_some((number, true));
    }
    if let Some(number) = inner.strip_prefix("Page").or_else(|| inner.strip_prefix("page")) {
        let number = number.split(|c: char| !c.is_ascii_digit()).next()?;
        return numeral::arabic(number).map(|number| (number, true));
    }
    let (number, total) = inner.split_once('/')?;
    let (number, total) = (numeral::arabic(number)?, numeral::arabic(total)?);
    (number <= total && total < 3000).then_some((number, true))
}

/// A line of signs alone that parts things.
fn is_rule(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let Some(first) = signs.next() else { return false };
    let count = text.chars().filter(|c| !c.is_whitespace()).count();
    count >= 4
        && matches!(
            first,
            '-' | '—'
                | '–'
                | '─'
                | '━'
                | '='
                | '＝'
                | '*'
                | '＊'
                | '_'
                | '＿'
                | '~'
                | '～'
                | '#'
                | '…'
                | '·'
        )
        && signs.all(|c| c == first)
        && mark::at_start(text).is_none_or(|mark| mark.number.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pages: &[&[&str]]) -> Vec<Line> {
        pages
            .iter()
            .enumerate()
            .flat_map(|(page, lines)| {
                lines.iter().map(move |text| Line { page, text: (*text).into(), ..Line::default() })
            })
            .collect()
    }

    fn skipped(pages: &[&[&str]]) -> Vec<String> {
        let lines = lines(pages);
        let reasons = furniture(&lines);
        lines
            .into_iter()
            .zip(reasons)
            .filter(|(_, reason)| reason.is_some())
            .map(|(line, _)| line.text)
            .collect()
    }

    #[test]
    fn numbers_that_rise_with_the_pages_are_no_text() {
        let pages: [&[&str]; 3] = [&["甲。", "乙。", "3"], &["丙。", "4"], &["丁。", "戊。", "5"]];
        assert_eq!(skipped(&pages), ["3", "4", "5"]);
        assert_eq!(
            skipped(&[&["甲", "— 1 —"], &["乙", "第 2 頁　共 2 頁"]]),
            ["— 1 —", "第 2 頁　共 2 頁"]
        );
    }

    #[test]
    fn numbers_in_a_text_stay() {
        assert!(skipped(&[&["項目", "1", "甲", "2", "乙"]]).is_empty());
        assert!(skipped(&[&["甲", "12"], &["乙", "7"]]).is_empty());
    }

    #[test]
    fn a_line_at_the_top_of_most_pages_is_a_running_head() {
        let pages: [&[&str]; 4] = [
            &["政府公報", "合作條例"],
            &["政府公報", "乙。"],
            &["政府公報", "丙。"],
            &["丁。", "戊。"],
        ];
        assert_eq!(skipped(&pages), ["政府公報"; 3]);
    }

    #[test]
    fn the_title_stays_where_pages_repeat_it() {
        let pages: [&[&str]; 4] = [
            &["合作區條例", "甲。"],
            &["合作區條例", "乙。"],
            &["合作區條例", "丙。"],
            &["合作區條例", "丁。"],
        ];
        assert_eq!(skipped(&pages), ["合作區條例"; 3]);
    }

    #[test]
    fn dressed_numbers_need_no_pages() {
        assert_eq!(skipped(&[&["甲", "- 1 -", "乙", "- 2 -", "丙"]]), ["- 1 -", "- 2 -"]);
        assert_eq!(skipped(&[&["甲", "——————", "乙"]]), ["——————"]);
    }
}
