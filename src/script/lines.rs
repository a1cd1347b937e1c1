//! Line ends inside a text: Chinese is written without spaces, so one between
//! two ideographs parts nothing. It is taken out for conversion and put back.

use super::{Converted, Shift};

/// A line end with the white space around it.
struct Break<'a> {
    /// How many characters of the rest stand before it.
    at: usize,
    text: &'a str,
}

/// Converts a text as if no line ended inside a word.
pub(super) fn without_breaks(text: &str, convert: impl FnOnce(&str) -> Converted) -> Converted {
    if !text.contains('\n') {
        return convert(text);
    }
    let (rest, breaks) = taken_out(text);
    put_back(&convert(&rest), &breaks)
}

fn taken_out(text: &str) -> (String, Vec<Break<'_>>) {
    let (mut rest, mut breaks, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    for (found, _) in text.match_indices('\n').filter(|(_, end)| !end.is_empty()) {
        if found < at {
            continue;
        }
        let start = text[..found].trim_end().len();
        let end = text.len() - text[found..].trim_start().len();
        let is_ideograph = |c: char| c >= '\u{3400}';
        let parts_a_word = text[start..end].matches('\n').count() == 1
            && text[..start].ends_with(is_ideograph)
            && text[end..].starts_with(is_ideograph);
        if parts_a_word {
            rest.push_str(&text[at..start]);
            breaks.push(Break { at: rest.chars().count(), text: &text[start..end] });
            at = end;
        }
    }
    rest.push_str(&text[at..]);
    (rest, breaks)
}

/// Each break where its place went; inside a piece that changed its length, at
/// the piece's end.
fn put_back(converted: &Converted, breaks: &[Break<'_>]) -> Converted {
    let mut whole = Converted { text: String::new(), shifts: Vec::new() };
    let (mut chars, mut done) = (converted.text.chars(), 0);
    for one in breaks {
        let place = converted.position(one.at);
        whole.text.extend(chars.by_ref().take(place - done));
        whole.text.push_str(one.text);
        done = place;
    }
    whole.text.extend(chars);
    let length = |keep: &dyn Fn(usize) -> bool| -> usize {
        breaks.iter().filter(|one| keep(one.at)).map(|one| one.text.chars().count()).sum()
    };
    whole.shifts.extend(converted.shifts.iter().map(|shift| {
        let before = length(&|at| at <= shift.start);
        let inside = length(&|at| shift.start < at && at < shift.start + shift.from);
        Shift { start: shift.start + before, from: shift.from + inside, to: shift.to + inside }
    }));
    whole
}
