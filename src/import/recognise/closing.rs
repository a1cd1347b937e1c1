//! The end of a document: closing words, what is attached, signatures, dates,
//! remarks of those who published it.

use super::{Entry, words};
use crate::import::mark;
use crate::import::tree::{Node, NodeKind};

/// Lines that end a document at most.
const MOST: usize = 40;

/// Where the end begins.
pub(super) fn begin(entries: &[&Entry<'_>]) -> usize {
    let mut at = entries.len();
    let mut found = false;
    while at > 0 && entries.len() - at < MOST {
        let entry = entries[at - 1];
        let text = entry.text;
        let ends = entry.table.is_none()
            && (words::is_date(text)
                || is_remark(text)
                || signs(text)
                || is_dated_name(text)
                || found && name(entry));
        if ends {
            found = true;
            at -= 1;
        } else if let Some(list) = attachments(entries, at) {
            found = true;
            at = list;
        } else {
            break;
        }
    }
    at
}

/// A line of the end as a part of the document.
pub(super) fn nodes(entries: &[&Entry<'_>]) -> Vec<Node> {
    let mut listed = false;
    entries
        .iter()
        .map(|entry| {
            let text = entry.text;
            let kind = if words::annex_mark(text).is_some() {
                listed = true;
                NodeKind::Attachment
            } else if is_remark(text) {
                NodeKind::Remark
            } else if listed && mark::at_start(text).is_some() {
                NodeKind::Attachment
            } else {
                listed = false;
                NodeKind::Signature
            };
            entry.node(kind)
        })
        .collect()
}

/// Where the list of what is attached begins that ends here.
fn attachments(entries: &[&Entry<'_>], end: usize) -> Option<usize> {
    let from = end.saturating_sub(20);
    for at in (from..end).rev() {
        let text = entries[at].text;
        if words::annex_mark(text).is_some() {
            return (text.chars().count() < 120).then_some(at);
        }
        mark::at_start(text).filter(|mark| mark.number.is_some() && text.chars().count() < 80)?;
        if text.contains('。') {
            return None;
        }
    }
    None
}

/// Without 。 and short, in brackets: 此件公開發佈.
pub(super) fn is_remark(text: &str) -> bool {
    let inner = text.trim();
    let bracketed = inner.starts_with(['（', '(', '【']) && inner.ends_with(['）', ')', '】']);
    let bare: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
    let said = [
        "此件",
        "此文",
        "本文有删",
        "本文有刪",
        "有删减",
        "有刪減",
        "公开发布",
        "公開發布",
        "公開發佈",
        "主动公开",
        "主動公開",
    ]
    .iter()
    .any(|word| bare.contains(word));
    let sent = [
        "抄送",
        "主送",
        "抄报",
        "抄報",
        "联系人",
        "聯繫人",
        "聯絡人",
        "联系电话",
        "聯絡電話",
        "印发",
        "主题词",
        "主題詞",
        "信息公开选项",
        "公开方式",
    ]
    .iter()
    .any(|word| bare.starts_with(word) && bare.len() > word.len());
    (bracketed && said && bare.chars().count() < 40)
        || sent && bare.chars().count() < 200 && !bare.ends_with('。')
}

/// It says that someone signs.
pub(super) fn signs(text: &str) -> bool {
    let short = text.chars().count() <= 60 && !text.contains('。');
    if let Some(day) = text.strip_prefix("日期").and_then(|rest| rest.strip_prefix(['：', ':']))
    {
        return day.trim().is_empty() || words::is_date(day);
    }
    short
        && [
            "（簽字）",
            "（签字）",
            "(簽字)",
            "(签字)",
            "（簽署）",
            "（签署）",
            "（蓋章）",
            "（盖章）",
            "(盖章)",
            "(蓋章)",
            "（公章）",
            "（签名）",
            "（簽名）",
            "（簽章）",
            "（签章）",
            "代表：",
            "代表（",
            "（代表）",
            "簽署：",
            "签署：",
            "签字：",
            "簽字：",
        ]
        .iter()
        .any(|word| text.contains(word))
}

/// A name and the date on one line.
fn is_dated_name(text: &str) -> bool {
    let Some((name, date)) = text.rsplit_once(char::is_whitespace) else { return false };
    words::is_date(date) && text.chars().count() <= 60 && words::is_body(name)
}

/// A line of a signature above its date: a body, a post, a person.
fn name(entry: &Entry<'_>) -> bool {
    let text = entry.text;
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let heading = entry.line().is_some_and(|line| line.heading.is_some());
    let short = bare.chars().count() <= 40;
    !heading
        && short
        && mark::at_start(text).is_none()
        && words::annex_mark(text).is_none()
        && !bare.contains(['。', '，', '；', '：', '！', '？'])
        && !super::title::looks_like(text)
}

/// A last paragraph that speaks of the document itself.
pub(super) fn is_closing(text: &str) -> bool {
    let starts = ["本", "此", "以上", "特此", "請", "请", "现", "現", "上述"]
        .iter()
        .any(|word| text.starts_with(word));
    let speaks = [
        "施行",
        "实施",
        "實施",
        "生效",
        "执行",
        "執行",
        "通知",
        "有效",
        "解释",
        "解釋",
        "遵照",
        "贯彻",
        "貫徹",
        "一式",
        "公告",
        "批准",
        "请示",
        "請示",
        "报告",
        "報告",
        "同等效力",
        "簽署之日",
        "签署之日",
    ]
    .iter()
    .any(|word| text.contains(word));
    let own = [
        "本决定",
        "本決定",
        "本通知",
        "本意见",
        "本意見",
        "本方案",
        "本办法",
        "本辦法",
        "本协议",
        "本協議",
        "本備忘錄",
        "本备忘录",
        "本安排",
        "本规定",
        "本規定",
        "本公告",
        "本细则",
        "本細則",
        "本条例",
        "本條例",
        "本措施",
        "本規劃",
        "本规划",
        "特此",
        "以上",
        "请认真",
        "請認真",
    ]
    .iter()
    .any(|word| text.starts_with(word));
    text.chars().count() <= 160 && starts && speaks && own
}
