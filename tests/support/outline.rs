//! What a page shows, line by line, for golden files that people read.

use std::fmt::Write;

use scraper::{ElementRef, Node};

/// A line for each element, its children below it; one that holds text says it.
/// What is the same on all pages is left out: what copies and downloads.
pub fn outline(element: ElementRef<'_>, depth: usize, text: &mut String) {
    const PHRASES: [&str; 12] =
        ["a", "b", "bdi", "br", "button", "cite", "code", "em", "mark", "span", "strong", "time"];
    let children: Vec<ElementRef> = element.children().filter_map(ElementRef::wrap).collect();
    let own = element.children().any(|child| match child.value() {
        Node::Text(text) => !text.trim().is_empty(),
        _ => false,
    });
    let phrases = children.iter().all(|child| PHRASES.contains(&child.value().name()));
    let indent = "  ".repeat(depth);
    let mut name = element.value().name().to_owned();
    element.value().id().iter().for_each(|id| name = format!("{name}#{id}"));
    element.value().classes().for_each(|class| name = format!("{name}.{class}"));
    if ["copy", "files", "tools"]
        .iter()
        .any(|class| element.value().classes().any(|one| one == *class))
    {
        return;
    }
    if own || phrases {
        let said = element.text().collect::<String>();
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(text, "{indent}{name}: {said}").unwrap();
        return;
    }
    writeln!(text, "{indent}{name}").unwrap();
    children.into_iter().for_each(|child| outline(child, depth + 1, text));
}
