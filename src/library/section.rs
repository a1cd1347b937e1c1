//! The parts of an explainer page as plain text, for the search.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::model::Both;

/// What stands under one second-level heading, or before the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Index among the page's headings; `None` before the first.
    pub heading: Option<usize>,
    /// The text of its paragraphs, list items and table cells.
    pub texts: Both<Vec<String>>,
}

/// The sections of a page that have text. Both editions' events agree one by
/// one; `headings` are the events that begin the second-level headings.
pub fn sections(events: Both<&[Event]>, headings: &[usize]) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let Both { hant, hans } = events;
    let mut heading = false;
    let mut open = Both::<String>::default();
    for (at, (hant, hans)) in hant.iter().zip(hans).enumerate() {
        match hant {
            Event::Start(Tag::Heading { .. }) => {
                heading = headings.contains(&at);
                if heading {
                    let heading = sections.iter().filter(|one| one.heading.is_some()).count();
                    sections.push(Section { heading: Some(heading), ..Section::default() });
                }
            }
            // The heading itself is the section's title.
            Event::End(TagEnd::Heading(HeadingLevel::H2)) if heading => {
                heading = false;
                open = Both::default();
            }
            Event::Text(_) | Event::Code(_) => {
                open.hant.push_str(text(hant));
                open.hans.push_str(text(hans));
            }
            Event::SoftBreak | Event::HardBreak => {
                open.hant.push(' ');
                open.hans.push(' ');
            }
            Event::Start(Tag::Item) | Event::End(_) if ends_block(hant) => {
                if let Some(section) = sections.last_mut()
                    && !open.hant.trim().is_empty()
                {
                    section.texts.hant.push(std::mem::take(&mut open.hant));
                    section.texts.hans.push(std::mem::take(&mut open.hans));
                }
            }
            _ => {}
        }
    }
    sections.retain(|section| section.heading.is_some() || !section.texts.hant.is_empty());
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
        let found = sections(Both { hant: &events, hans: &events }, &headings);
        let texts: Vec<_> =
            found.iter().map(|one| (one.heading, one.texts.hant.join("|"))).collect();
        assert_eq!(
            texts,
            [(None, "甲乙x".to_owned()), (Some(0), "一|二|三|四|小題|五|六|七|八".to_owned())]
        );
    }
}
