//! The parts of an explainer page as plain text, for the search.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::model::{Each, Editions};

/// What stands under one second-level heading, or before the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index among the page's headings; `None` before the first.
    pub heading: Option<usize>,
    /// The text of its paragraphs, list items and table cells.
    pub texts: Each<Vec<String>>,
}

/// The sections of a page that have text. The events of all editions agree one by
/// one; `headings` are the events that begin the second-level headings.
pub fn sections(
    editions: &Editions,
    events: &Each<Vec<Event>>,
    headings: &[usize],
) -> Vec<Section> {
    let fresh = |heading| Section { heading, texts: Each::none(editions) };
    let mut sections = vec![fresh(None)];
    let mut heading = false;
    let mut open = Each::<String>::none(editions);
    let default = editions.default_edition();
    for (at, event) in events[default].iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading = headings.contains(&at);
                if heading {
                    let heading = sections.iter().filter(|one| one.heading.is_some()).count();
                    sections.push(fresh(Some(heading)));
                }
            }
            // The heading itself is the section's title.
            Event::End(TagEnd::Heading(HeadingLevel::H2)) if heading => {
                heading = false;
                open = Each::none(editions);
            }
            Event::Text(_) | Event::Code(_) => {
                for edition in editions.all() {
                    open[edition].push_str(events[edition].get(at).map_or("", text));
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                editions.all().for_each(|edition| open[edition].push(' '));
            }
            Event::Start(Tag::Item) | Event::End(_) if ends_block(event) => {
                if let Some(section) = sections.last_mut()
                    && !open[default].trim().is_empty()
                {
                    for edition in editions.all() {
                        section.texts[edition].push(std::mem::take(&mut open[edition]));
                    }
                }
            }
            _ => {}
        }
    }
    sections.retain(|section| section.heading.is_some() || !section.texts[default].is_empty());
    sections
}

fn text<'a>(event: &'a Event) -> &'a str {
    match event {
        Event::Text(text) | Event::Code(text) => text,
        _ => "",
    }
}

fn ends_block(event: &Event) -> bool {
    matches!(
        event,
        Event::Start(Tag::Item)
            | Event::End(
                TagEnd::Paragraph
                    | TagEnd::Item
                    | TagEnd::CodeBlock
                    | TagEnd::TableCell
                    | TagEnd::DefinitionListTitle
                    | TagEnd::DefinitionListDefinition
                    | TagEnd::Heading(_)
            )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    #[test]
    fn a_page_falls_into_sections_of_plain_text() {
        let text = "甲*乙*`x`\n\n## 題\n\n- 一\n- 二\n  - 三\n\n> 四\n\n### 小題\n\n|五|六|\n|-|-|\n|七|八|\n";
        let events: Vec<_> = Parser::new_ext(text, Options::ENABLE_TABLES).collect();
        let headings: Vec<usize> = events
            .iter()
            .enumerate()
            .filter(|(_, event)| {
                matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }))
            })
            .map(|(at, _)| at)
            .collect();
        let editions = Editions::default();
        let events = Each::from_fn(&editions, |_| events.clone());
        let found = sections(&editions, &events, &headings);
        let default = editions.default_edition();
        let texts: Vec<_> =
            found.iter().map(|one| (one.heading, one.texts[default].join("|"))).collect();
        assert_eq!(
            texts,
            [(None, "甲乙x".to_owned()), (Some(0), "一|二|三|四|小題|五|六|七|八".to_owned())]
        );
    }
}
