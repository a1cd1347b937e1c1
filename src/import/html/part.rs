//! Which part of a web page holds the document: the innermost element with
//! nearly all of the page's prose, and the heading before it where the title
//! stands outside.
//!
//! Prose is text that is no link and stands in lines with Chinese punctuation;
//! menus, lists of links and tables of index numbers have none of it.

use rustc_hash::FxHashMap;
use scraper::{ElementRef, Html, Node};

use ego_tree::NodeId;
use ego_tree::iter::Edge;

use super::walk;
use crate::import::extracted::{Block, Cell};
use crate::import::recognise::title;

/// The elements that hold the document, in their order.
pub(super) fn guess(page: &Html) -> Vec<ElementRef<'_>> {
    let prose = prose(page);
    let root = page.root_element();
    let mut found =
        root.child_elements().find(|element| element.value().name() == "body").unwrap_or(root);
    loop {
        let all = amount(&prose, found);
        let next = found.child_elements().find(|child| amount(&prose, *child) * 100 > all * 90);
        let Some(next) = next.filter(|next| all > 0 && may_enter(found, *next)) else { break };
        found = next;
    }
    match heading_before(page, found) {
        Some(heading) => vec![heading, found],
        None => vec![found],
    }
}

fn amount(prose: &FxHashMap<NodeId, usize>, element: ElementRef<'_>) -> usize {
    prose.get(&element.id()).copied().unwrap_or_default()
}

/// A paragraph of its own is never taken for the document, nor an element
/// whose parent has paragraphs of text beside it: signatures stand there.
fn may_enter(parent: ElementRef<'_>, child: ElementRef<'_>) -> bool {
    let name = child.value().name();
    if matches!(name, "p" | "span" | "li" | "ul" | "ol" | "font" | "b" | "strong") {
        return false;
    }
    if name == "table"
        && child.descendent_elements().filter(|e| e.value().name() == "td").count() > 3
    {
        return false;
    }
    let mut behind = false;
    for sibling in parent.children() {
        if sibling.id() == child.id() {
            behind = true;
            continue;
        }
        let beside = match sibling.value() {
            Node::Text(text) => behind && !text.trim().is_empty() && !is_furniture(text.trim()),
            Node::Element(element) if element.name() == "p" => {
                let lines = walk::lines_below(sibling);
                lines.iter().any(|line| !is_furniture(line)) && !has_links(sibling)
            }
            _ => false,
        };
        if beside {
            return false;
        }
    }
    true
}

fn has_links(node: ego_tree::NodeRef<'_, Node>) -> bool {
    node.descendants().any(|below| below.value().as_element().is_some_and(|e| e.name() == "a"))
}

/// Characters of prose below each element.
fn prose(page: &Html) -> FxHashMap<NodeId, usize> {
    let mut below: FxHashMap<NodeId, usize> = FxHashMap::default();
    let mut counts = vec![0_usize];
    let mut silent = 0_usize;
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    silent += usize::from(is_aside(element));
                    counts.push(0);
                }
                Node::Text(text) if silent == 0 => {
                    *counts.last_mut().expect("the first one stays") += weight(text);
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    silent -= usize::from(is_aside(element));
                    let count = counts.pop().expect("each element was opened");
                    *counts.last_mut().expect("the first one stays") += count;
                    below.insert(node.id(), count);
                }
            }
        }
    }
    below
}

fn is_aside(element: &scraper::node::Element) -> bool {
    walk::is_silent(element)
        || walk::is_hidden(element)
        || matches!(element.name(), "a" | "nav" | "footer" | "aside" | "label")
}

/// Characters of a piece of text, if it reads like prose.
fn weight(text: &str) -> usize {
    let chinese = text.chars().filter(|c| *c > '\u{2E80}').count();
    let marks = text.contains(['，', '。', '；', '：', '、', '《', '（']);
    if marks || chinese > 12 { chinese } else { chinese / 4 }
}

/// The heading that stands before the part, where the part begins without one.
fn heading_before<'a>(page: &'a Html, part: ElementRef<'a>) -> Option<ElementRef<'a>> {
    let lines = walk::lines_below(*part);
    let first = lines.iter().filter(|line| !is_furniture(line)).take(8);
    if first.clone().any(|line| title::looks_like(line)) || lines.is_empty() {
        return None;
    }
    let mut found: Option<(u8, ElementRef<'a>)> = None;
    for node in page.root_element().descendants() {
        if node.id() == part.id() {
            break;
        }
        let Some(element) = ElementRef::wrap(node) else { continue };
        let class = element.value().attr("class").unwrap_or_default().to_ascii_lowercase();
        let rank = match element.value().name() {
            "h1" => 3,
            "h2" | "h3" => 2,
            "div" | "p" | "span" | "td" if class.contains("title") => 1,
            _ => continue,
        };
        let holds_part = part.ancestors().any(|above| above.id() == node.id());
        let lines = walk::lines_below(node);
        let text = lines.concat();
        let good = !holds_part
            && lines.len() <= 3
            && (6..=120).contains(&text.chars().count())
            && (title::looks_like(&text) || rank == 3);
        if good && found.is_none_or(|(best, _)| rank >= best) {
            found = Some((rank, element));
        }
    }
    found.map(|(_, element)| element)
}

/// Words of a portal's own lines.
const FURNITURE: [&str; 38] = [
    "扫一扫",
    "掃一掃",
    "分享到",
    "分享：",
    "打印本页",
    "列印本頁",
    "【打印】",
    "关闭窗口",
    "關閉視窗",
    "【关闭】",
    "字号：",
    "字體：",
    "字体：",
    "字體大小",
    "浏览次数",
    "瀏覽次數",
    "阅读次数",
    "点击数",
    "责任编辑",
    "責任編輯",
    "信息来源：",
    "来源：",
    "來源：",
    "发布时间：",
    "發佈時間：",
    "发布日期：",
    "發佈日期：",
    "上一篇",
    "下一篇",
    "相关链接",
    "相關連結",
    "相关稿件",
    "相关文档",
    "返回顶部",
    "当前位置",
    "版权所有",
    "网站地图",
    "收藏本页",
];

/// Labels of a portal's table about the document.
const INDEX: [&str; 20] = [
    "索引号",
    "索引號",
    "标题：",
    "標題：",
    "名称：",
    "发布日期",
    "發佈日期",
    "信息分类",
    "主题分类",
    "主題分類",
    "发文机关",
    "發文機關",
    "发布机构",
    "成文日期",
    "发文日期",
    "发文字号",
    "發文字號",
    "文号",
    "主题词",
    "有效性",
];

pub(super) fn is_furniture(line: &str) -> bool {
    let short = line.chars().count() <= 60;
    short && !line.ends_with('。') && FURNITURE.iter().any(|words| line.contains(words))
}

fn is_index(rows: &[Vec<Cell>]) -> bool {
    let cells = || {
        let bare = |cell: &Cell| cell.text().chars().filter(|c| !c.is_whitespace()).collect();
        rows.iter().flatten().map(bare).filter(|text: &String| !text.is_empty())
    };
    let is_label = |text: &String| INDEX.iter().any(|label| text.starts_with(label));
    let labels = cells().filter(is_label).count();
    (labels >= 3 || labels * 2 >= cells().count() && cells().next().is_some_and(|c| is_label(&c)))
        && cells().all(|text| text.chars().count() < 120)
}

/// Takes a portal's own lines and its table of index numbers away from the
/// beginning and the end of the document.
pub(super) fn trim(blocks: &mut Vec<Block>, skipped: &mut Vec<String>) {
    let furniture = |block: &Block| match block {
        Block::Line(line) => is_furniture(&line.text),
        Block::Table(table) => is_index(&table.rows),
    };
    let count = blocks.len();
    let mut at = 0;
    blocks.retain(|block| {
        let edge = at < 12 || at + 8 >= count;
        at += 1;
        if !(edge && furniture(block)) {
            return true;
        }
        match block {
            Block::Line(line) => skipped.push(line.text.clone()),
            Block::Table(table) => skipped.extend(
                table
                    .rows
                    .iter()
                    .map(|row| row.iter().map(Cell::text).collect::<Vec<_>>().join(" ")),
            ),
        }
        false
    });
}
