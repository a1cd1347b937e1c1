//! Word's automatic numbering: the formats of `styles.xml` and `numbering.xml`,
//! and the counters that give a paragraph its number.

use roxmltree::Node;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{attribute, child, is_on, value};
use crate::import::numeral;

/// Levels that a list has at most.
const LEVELS: usize = 9;

/// How deep styles may stand on one another.
const MAX_DEPTH: usize = 32;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    space: bool,
    restart: Option<usize>,
    legal: bool,
    style: Option<String>,
    font: String,
}

/// A list as paragraphs use it.
#[derive(Debug, Clone, Default)]
struct List {
    counter: String,
    levels: FxHashMap<usize, Level>,
    starts: FxHashMap<usize, u32>,
}

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    name: String,
    based_on: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    pub(super) outline: Option<u8>,
    pub(super) align: Option<String>,
    pub(super) bold: Option<bool>,
    pub(super) hidden: Option<bool>,
}

/// The styles and lists of a file.
#[derive(Debug, Default)]
pub(super) struct Formats {
    styles: FxHashMap<String, Style>,
    standard: Option<String>,
    lists: FxHashMap<String, List>,
}

impl Formats {
    pub(super) fn read(styles: Option<Node<'_, '_>>, numbering: Option<Node<'_, '_>>) -> Self {
        let mut formats = Self::default();
        for node in elements(styles, "style") {
            let Some(id) = attribute(node, "styleId") else { continue };
            let standard = matches!(attribute(node, "default"), Some("1" | "true" | "on"));
            if standard && attribute(node, "type") == Some("paragraph") {
                formats.standard = Some(id.to_owned());
            }
            formats.styles.insert(id.to_owned(), style(node));
        }
        formats.lists(numbering);
        formats
    }

    fn lists(&mut self, numbering: Option<Node<'_, '_>>) {
        let mut bases: FxHashMap<&str, Node<'_, '_>> = FxHashMap::default();
        let mut linked: FxHashMap<&str, &str> = FxHashMap::default();
        for node in elements(numbering, "abstractNum") {
            let id = attribute(node, "abstractNumId").unwrap_or_default();
            bases.insert(id, node);
            if let Some(style) = value(node, "styleLink") {
                linked.insert(style, id);
            }
        }
        for node in elements(numbering, "num") {
            let Some(id) = attribute(node, "numId") else { continue };
            let mut base = value(node, "abstractNumId").unwrap_or_default();
            if let Some(style) = bases.get(base).and_then(|base| value(*base, "numStyleLink")) {
                base = linked.get(style).copied().unwrap_or(base);
            }
            let mut list = List { counter: base.to_owned(), ..List::default() };
            if let Some(base) = bases.get(base) {
                levels(*base, &mut list.levels);
            }
            for over in elements(Some(node), "lvlOverride") {
                levels(over, &mut list.levels);
                let place = attribute(over, "ilvl").and_then(|level| level.parse().ok());
                let start = value(over, "startOverride").and_then(|start| start.parse().ok());
                if let (Some(place), Some(start)) = (place, start) {
                    list.starts.insert(place, start);
                }
            }
            self.lists.insert(id.to_owned(), list);
        }
    }

    /// A property of a style or of the nearest one that it stands on.
    pub(super) fn of<T>(
        &self,
        style: Option<&str>,
        get: impl Fn(&Style) -> Option<T>,
    ) -> Option<T> {
        let mut id = style.or(self.standard.as_deref())?;
        for _ in 0..MAX_DEPTH {
            let style = self.styles.get(id)?;
            if let Some(found) = get(style) {
                return Some(found);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }

    /// The list and level that a style numbers its paragraphs by.
    fn list_of(&self, id: Option<&str>) -> Option<(String, usize)> {
        let list = self.of(id, |style| style.list.clone())?;
        let level = self.of(id, |style| style.level).or_else(|| {
            let levels = &self.lists.get(&list)?.levels;
            let found = levels.iter().filter(|(_, level)| level.style.as_deref() == id);
            found.map(|(place, _)| *place).min()
        });
        Some((list, level.unwrap_or(0)))
    }

    /// The level of a heading's style, by its outline or its name.
    pub(super) fn heading(&self, id: Option<&str>) -> Option<u8> {
        self.of(id, |style| {
            style.outline.or_else(|| {
                let name = style.name.to_ascii_lowercase();
                let number =
                    name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "))?;
                number.trim().parse::<u8>().ok().map(|level| level.saturating_sub(1))
            })
        })
        .filter(|level| *level < 9)
    }
}

fn elements<'a, 'input: 'a>(
    node: Option<Node<'a, 'input>>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.into_iter()
        .flat_map(|node| node.children())
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn style(node: Node<'_, '_>) -> Style {
    let paragraph = child(node, "pPr");
    let run = child(node, "rPr");
    let number = paragraph.and_then(|paragraph| child(paragraph, "numPr"));
    Style {
        name: value(node, "name").unwrap_or_default().to_owned(),
        based_on: value(node, "basedOn").map(str::to_owned),
        list: number.and_then(|number| value(number, "numId")).map(str::to_owned),
        level: number.and_then(|number| value(number, "ilvl")?.parse().ok()),
        outline: paragraph.and_then(|paragraph| value(paragraph, "outlineLvl")?.parse().ok()),
        align: paragraph.and_then(|paragraph| value(paragraph, "jc")).map(str::to_owned),
        bold: run.and_then(|run| is_on(run, "b")),
        hidden: run.and_then(|run| is_on(run, "vanish")),
    }
}

fn levels(node: Node<'_, '_>, into: &mut FxHashMap<usize, Level>) {
    for level in elements(Some(node), "lvl") {
        let place = attribute(level, "ilvl").and_then(|place| place.parse().ok()).unwrap_or(0);
        // A format that older programs do not know stands beside one they do.
        let format = level
            .descendants()
            .filter(|node| node.tag_name().name() == "numFmt")
            .filter_map(|node| attribute(node, "val"))
            .find(|format| *format != "custom");
        into.insert(
            place,
            Level {
                start: value(level, "start").and_then(|start| start.parse().ok()).unwrap_or(0),
                format: format.unwrap_or("decimal").to_owned(),
                text: value(level, "lvlText").unwrap_or_default().to_owned(),
                space: value(level, "suff") != Some("nothing"),
                restart: value(level, "lvlRestart").and_then(|restart| restart.parse().ok()),
                legal: is_on(level, "isLgl") == Some(true),
                style: value(level, "pStyle").map(str::to_owned),
                font: child(level, "rPr")
                    .and_then(|run| child(run, "rFonts"))
                    .and_then(|fonts| {
                        attribute(fonts, "ascii").or_else(|| attribute(fonts, "hAnsi"))
                    })
                    .unwrap_or_default()
                    .to_owned(),
            },
        );
    }
}

/// The counters of all lists, while the paragraphs go by.
#[derive(Debug, Default)]
pub(super) struct Counters {
    now: FxHashMap<String, [Option<u32>; LEVELS]>,
    started: FxHashSet<(String, usize)>,
}

impl Counters {
    /// The number before a paragraph with these properties, with the space
    /// behind it; empty if it has none.
    pub(super) fn next(
        &mut self,
        formats: &Formats,
        properties: Option<Node<'_, '_>>,
        style: Option<&str>,
    ) -> String {
        let own = properties.and_then(|properties| child(properties, "numPr"));
        let own_level = own.and_then(|own| value(own, "ilvl")?.parse::<usize>().ok());
        let own_list = own.and_then(|own| value(own, "numId"));
        let from_style = formats.list_of(style);
        let (id, level) = match (own_list, from_style) {
            (Some(list), _) => (list.to_owned(), own_level.unwrap_or(0)),
            (None, Some((list, level))) => (list, own_level.unwrap_or(level)),
            (None, None) => return String::new(),
        };
        let Some(list) = formats.lists.get(&id).filter(|_| id != "0" && level < LEVELS) else {
            return String::new();
        };
        let Some(format) = list.levels.get(&level) else { return String::new() };
        self.count(&id, list, level);
        let now = self.now.get(&list.counter).copied().unwrap_or_default();
        let mut text = print(list, format, &now);
        if !text.is_empty() && format.space {
            text.push(' ');
        }
        text
    }

    /// Counts one further at a level, and begins anew below it.
    fn count(&mut self, id: &str, list: &List, level: usize) {
        let first = self.started.insert((id.to_owned(), level));
        let now = self.now.entry(list.counter.clone()).or_default();
        let start = |level: usize| list.levels.get(&level).map_or(1, |level| level.start);
        let over = list.starts.get(&level).filter(|_| first);
        now[level] = Some(match (over, now[level]) {
            (Some(start), _) => *start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => list.starts.get(&level).copied().unwrap_or_else(|| start(level)),
        });
        for (above, count) in now.iter_mut().enumerate().take(level) {
            count.get_or_insert_with(|| start(above));
        }
        for (below, count) in now.iter_mut().enumerate().skip(level + 1) {
            let restarts = match list.levels.get(&below).and_then(|level| level.restart) {
                Some(0) => false,
                Some(from) => level < from,
                None => true,
            };
            if restarts {
                *count = None;
            }
        }
    }
}

/// A level's text with the numbers in their places.
fn print(list: &List, format: &Level, now: &[Option<u32>; LEVELS]) -> String {
    if format.format == "bullet" {
        return format.text.chars().map(|c| bullet(c, &format.font)).collect();
    }
    let mut text = String::new();
    let mut signs = format.text.chars().peekable();
    while let Some(c) = signs.next() {
        let place =
            signs.peek().and_then(|next| next.to_digit(10)).filter(|place| c == '%' && *place > 0);
        let Some(place) = place else {
            text.push(c);
            continue;
        };
        signs.next();
        let place = place as usize - 1;
        let kind = list.levels.get(&place).map_or("decimal", |level| level.format.as_str());
        let kind = if format.legal { "decimal" } else { kind };
        let number = now.get(place).copied().flatten().unwrap_or(1);
        text.push_str(&numeral::word(number, kind).unwrap_or_default());
    }
    text
}

/// The character that a sign of a font of signs looks like.
pub(super) fn bullet(c: char, font: &str) -> char {
    let code = c as u32;
    let code = if (0xF000..0xF100).contains(&code) { code - 0xF000 } else { code };
    let signs = font.to_ascii_lowercase();
    let is_private = code != c as u32;
    match (char::from_u32(code).unwrap_or(c), signs.starts_with("wingdings")) {
        ('l', true) => '●',
        ('n', true) => '■',
        ('u', true) => '◆',
        ('p', true) => '□',
        ('q', true) => '❑',
        ('v', true) => '❖',
        ('Ø', true) => '➢',
        ('ü', true) => '✓',
        ('§', true) => '▪',
        ('·' | '\u{B7}', _) if is_private || signs == "symbol" => '•',
        _ if is_private => '•',
        _ => c,
    }
}
