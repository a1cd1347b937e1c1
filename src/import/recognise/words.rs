//! What words alone tell: the script, the kind of document, dates, numbers of
//! documents, names of bodies.

use std::cmp::Ordering;

use crate::import::numeral;
use crate::import::tree::{Kind, NodeKind, Recognised, TextScript};
use crate::model::Script;
use crate::script::plainly;

use super::title;

/// Characters that are enough to tell.
const SAMPLE: usize = 20_000;

/// The script with more characters that the other one has not.
pub(super) fn script(text: &str) -> TextScript {
    let sample: String = text.chars().take(SAMPLE).collect();
    let changed = |into| {
        let converted = plainly(&sample, into);
        sample.chars().zip(converted.chars()).filter(|(from, to)| from != to).count()
    };
    match changed(Script::Hans).cmp(&changed(Script::Hant)) {
        Ordering::Greater => TextScript::Hant,
        Ordering::Less => TextScript::Hans,
        Ordering::Equal => TextScript::Either,
    }
}

/// The kind of document, by the word that its title ends with.
pub(super) fn kind(recognised: &Recognised) -> Kind {
    let title: String = recognised
        .parts
        .iter()
        .filter(|node| node.kind == NodeKind::Title)
        .map(|node| node.text.as_str())
        .collect();
    match title::kind_word(&title).unwrap_or_default() {
        "備忘錄" | "备忘录" => Kind::Memorandum,
        "協議" | "协议" | "協定" | "协定" | "公約" | "公约" | "議定書" | "议定书" | "合同"
        | "契約" | "意向書" | "意向书" | "宣言" | "聲明" | "声明" => Kind::Agreement,
        "安排" => Kind::Arrangement,
        "規劃" | "规划" | "方案" | "綱要" | "纲要" | "計劃" | "计划" | "計畫" | "要點" | "要点"
        | "行動" | "行动" => Kind::Plan,
        "措施" | "清單" | "清单" | "政策" => Kind::Measures,
        "條例" | "条例" | "規定" | "规定" | "辦法" | "办法" | "法" | "細則" | "细则" | "規則"
        | "规则" | "解釋" | "解释" | "章程" | "守則" | "守则" | "規程" | "规程" | "準則"
        | "准则" | "法典" | "憲法" | "宪法" | "通則" | "通则" | "修正案" | "規範" | "规范"
        | "制度" => Kind::Regulation,
        "決定" | "决定" | "決議" | "决议" | "批復" | "批复" | "批覆" => {
            Kind::Decision
        }
        "通知" | "意見" | "意见" | "公告" | "通告" | "報告" | "报告" | "函" | "令" | "命令"
        | "公報" | "公报" | "指引" | "指南" | "須知" | "须知" | "答复" | "答覆" => {
            Kind::Notice
        }
        _ => Kind::Other,
    }
}

/// The whole text is one date, of a day, a month or a year.
pub(in crate::import) fn is_date(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = text.trim_matches(|c| matches!(c, '（' | '）' | '(' | ')' | '。'));
    date_length(inner) == Some(inner.len()) && !inner.is_empty()
}

/// Bytes of the date that a text begins with.
pub(in crate::import) fn date_length(text: &str) -> Option<usize> {
    let era =
        ["公元", "西元", "中華民國", "中华民国", "民國"].iter().find(|era| text.starts_with(**era));
    let start = era.map_or(0, |era| era.len());
    let mut at = start;
    for (place, units) in
        [&["年"][..], &["月"][..], &["日", "號", "号"][..]].into_iter().enumerate()
    {
        let rest = &text[at..];
        let digits: usize = rest
            .chars()
            .take_while(|c| {
                c.is_ascii_digit()
                    || ('０'..='９').contains(c)
                    || numeral::is_chinese_digit(*c)
                    || *c == '元'
            })
            .map(char::len_utf8)
            .sum();
        let unit = units.iter().find(|unit| rest[digits..].starts_with(**unit));
        match unit {
            Some(unit) if digits > 0 => at += digits + unit.len(),
            _ if place == 0 => return dashed(text),
            _ => break,
        }
    }
    (at > start).then_some(at)
}

/// A date as a day, a month or a year: `2018-11-07`, `2018-11`, `2018`.
pub(in crate::import) fn day(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_matches(|c| matches!(c, '（' | '）' | '(' | ')' | '。'));
    let of_republic = ["中華民國", "中华民国", "民國"].iter().any(|era| text.starts_with(era));
    let is_digit = |c: char| numeral::is_chinese_digit(c) || c.is_numeric() || c == '元';
    let mut numbers = text.split(|c| !is_digit(c)).filter(|digits| !digits.is_empty()).map(
        |digits| match digits {
            "元" => Some(1),
            digits => numeral::arabic(digits).or_else(|| numeral::chinese(digits)),
        },
    );
    let year = numbers.next()??;
    let year = if of_republic { year + 1911 } else { year };
    let mut day = format!("{year:04}");
    for most in [12, 31] {
        let Some(number) = numbers.next() else { break };
        let number = number.filter(|number| (1..=most).contains(number))?;
        day.push_str(&format!("-{number:02}"));
    }
    ((1000..=9999).contains(&year)).then_some(day)
}

/// `2018-11-07`, `2018.11.7`, `2018/11/07`.
fn dashed(text: &str) -> Option<usize> {
    let length =
        text.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'/')).count();
    let parts: Vec<&str> = text[..length].split(['-', '.', '/']).collect();
    let right = parts.len() == 3
        && parts[0].len() == 4
        && parts[1..].iter().all(|part| (1..=2).contains(&part.len()));
    right.then_some(length)
}

/// `國發〔2018〕38號`, `第112号`, `令第二十三號`.
pub(super) fn is_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = text.trim_matches(|c| matches!(c, '（' | '）' | '(' | ')'));
    // `立法會CB(2)1234/2022(05)號文件`.
    let inner = inner.strip_suffix("文件").unwrap_or(inner);
    if text.chars().count() > 40 || !inner.ends_with(['号', '號']) {
        return false;
    }
    let paper = inner.starts_with("立法會") && inner.contains('(');
    let year = ['〔', '［', '[', '【', '（', '(', '﹝', '<', '〈'].iter().any(|open| {
        text.split_once(*open).is_some_and(|(_, rest)| {
            let digits = rest.chars().take_while(|c| c.is_numeric()).count();
            (2..=4).contains(&digits)
        })
    });
    let order = inner.starts_with('第')
        || inner.contains("令第")
        || inner.contains("公告第")
        || inner.contains("令（第")
        || inner.starts_with("文號")
        || inner.starts_with("文号");
    let serial = inner.contains('第')
        && inner.chars().any(char::is_numeric)
        && !inner.contains(['，', '。']);
    year || order || paper || serial && inner.chars().count() < 20
}

/// The number of an ordinance among all of them: `第599章`.
pub(super) fn is_chapter(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = text.strip_prefix('第').and_then(|rest| rest.strip_suffix('章'));
    inner.is_some_and(|inner| {
        let digits = inner.trim_end_matches(|c: char| c.is_ascii_uppercase());
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What a paper is put before a council for: it stands above its title.
pub(super) fn is_paper(text: &str) -> bool {
    const PAPERS: [&str; 6] =
        ["討論文件", "資料文件", "參閱文件", "參考文件", "讨论文件", "参阅文件"];
    let bare = text.trim().trim_matches(['（', '）', '(', ')']);
    PAPERS.contains(&bare)
}

/// What the names of public bodies end with.
const BODIES: &str = "政府 委員會 委员会 委 部 廳 厅 局 署 院 會 会 辦公室 办公室 辦公廳 办公厅 處 处 大學 大学 公司 \
    中心 銀行 银行 協會 协会 法院 檢察院 检察院 人大 組 组 辦 办 總局 总局 國務院 国务院 司 州 市 省 區 区 縣 县";

/// It reads like the name of a body and nothing else.
pub(in crate::import) fn is_body(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let count = bare.chars().count();
    (2..=40).contains(&count)
        && !bare.contains(['。', '，', '；', '：', '关'])
        && !bare.contains("關於")
        && BODIES.split_whitespace().any(|end| bare.ends_with(end))
}

/// Words that tell of a document's adoption.
const ADOPTED: [&str; 18] = [
    "通过", "通過", "公布", "公佈", "发布", "發布", "發佈", "修订", "修訂", "修正", "批准", "施行",
    "实施", "實施", "签署", "簽署", "印发", "印發",
];

/// It says who adopted the document when.
pub(super) fn is_adopted(text: &str) -> bool {
    let inner = text.trim().trim_start_matches(['（', '(', '【', '[']).trim_start();
    let bracketed = inner.len() < text.trim().len();
    let told = ADOPTED.iter().any(|word| text.contains(word));
    let short = text.chars().count() <= if bracketed { 400 } else { 120 };
    let squeezed: String = inner.chars().filter(|c| !c.is_whitespace()).take(14).collect();
    let dated = date_length(&squeezed).is_some() || date_length(inner).is_some();
    let open = !text.trim_end().ends_with(['。', '：', '；']) || bracketed;
    let mentions =
        bracketed && text.contains('年') && text.trim_end().ends_with(['）', ')', '】', ']']);
    told && short && open && (dated || mentions)
}

/// Bytes of `附件`, `附件1`, `附表二：` at the beginning of a line.
pub(super) fn annex_mark(text: &str) -> Option<usize> {
    let word = ["附件", "附表", "附錄", "附录", "附圖", "附图", "附篇", "附 件", "附　件"]
        .iter()
        .find(|word| text.starts_with(**word))?;
    let mut at = word.len();
    let rest = &text[at..];
    let trimmed = rest.trim_start();
    let number: usize = trimmed
        .chars()
        .take_while(|c| {
            c.is_ascii_digit()
                || ('０'..='９').contains(c)
                || "一二三四五六七八九十甲乙丙丁戊".contains(*c)
                || c.is_ascii_uppercase()
                || *c == '-'
        })
        .map(char::len_utf8)
        .sum();
    if number > 0 {
        at += rest.len() - trimmed.len() + number;
    }
    let next = text[at..].chars().next();
    match next {
        None => Some(at),
        Some(c) if c.is_whitespace() => Some(at),
        Some('：' | ':') => Some(at + next.map_or(0, char::len_utf8)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_day_month_and_year_are_told() {
        for text in [
            "2018年11月7日",
            "二〇一八年十一月七日",
            "2021 年 11 月 29 日",
            "2018年11月",
            "2018-11-07",
            "（2019年）",
            "二○二一年元月一日",
        ] {
            assert!(is_date(text), "{text}");
        }
        for text in ["2018年11月7日起施行", "11月", "38號", "", "2021年是開局之年"] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn dates_become_days_months_and_years() {
        for (text, expected) in [
            ("2018年11月7日", "2018-11-07"),
            ("二〇二一年十一月二十九日", "2021-11-29"),
            ("二○二一年元月一日", "2021-01-01"),
            ("（2019年）", "2019"),
            ("2018年11月", "2018-11"),
            ("2018-11-07", "2018-11-07"),
            ("民國110年3月1日", "2021-03-01"),
        ] {
            assert_eq!(day(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(day("2018年13月7日"), None);
    }

    #[test]
    fn numbers_of_documents_are_told() {
        for text in
            ["国发〔2018〕38号", "粵府[2019]7號", "（第112号）", "國務院令第593號", "第 23 號"]
        {
            assert!(is_number(text), "{text}");
        }
        for text in ["38", "第十二條", "附件", "根據國發〔2018〕38號文件精神，"] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn lines_about_the_adoption_are_told() {
        for text in [
            "2023年1月9日 某省第十三届人民代表大会常务委员会第四十八次会议通过",
            "（2020年9月25日某市人民代表大會常務委員會通過　自2021年1月1日起施行）",
            "(1993年4月22日国务院令第112号发布)",
        ] {
            assert!(is_adopted(text), "{text}");
        }
        assert!(!is_adopted("2020年，各部門通過多種方式加強合作。"));
    }
}
