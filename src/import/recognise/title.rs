//! What a title looks like.

/// The words a document's title ends with.
const KINDS: &str = "條例 条例 通知 意見 意见 辦法 办法 規定 规定 決定 决定 決議 决议 方案 規劃 规划 綱要 纲要 \
    協議 协议 協定 协定 備忘錄 备忘录 安排 措施 公告 公約 公约 章程 細則 细则 解釋 解释 批復 批复 批覆 報告 报告 \
    計劃 计划 計畫 清單 清单 宣言 聲明 声明 要點 要点 指引 指南 守則 守则 規則 规则 準則 准则 通告 公報 公报 命令 \
    法 令 函 議定書 议定书 合同 契約 須知 须知 規程 规程 規範 规范 標準 标准 目錄 目录 制度 機制 机制 倡議 倡议 \
    修正案 法典 簡則 通則 通则 答覆 答复 紀要 纪要 共識 共识 任務 任务 工作分工 名錄 名录 指導 指导 總則案 意向書 意向书 \
    行動 行动 政策 憲法 宪法 約定 约定 框架 白皮書 白皮书 建議 建议";

/// The name of the document's kind that a text ends with.
pub(super) fn kind_word(text: &str) -> Option<&'static str> {
    let text = bare(text);
    KINDS.split_whitespace().filter(|word| text.ends_with(word)).max_by_key(|word| word.len())
}

/// Without what stands in brackets at the end, and without white space.
fn bare(text: &str) -> String {
    let mut text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    while let Some(open) =
        text.ends_with(['）', ')', '〕']).then(|| text.rfind(['（', '(', '〔'])).flatten()
    {
        text.truncate(open);
    }
    text
}

/// It may be a line of a title: short, no sentence, no address.
pub(super) fn may_be(text: &str) -> bool {
    let count = text.chars().count();
    (2..=90).contains(&count)
        && !text.contains(['。', '；', '：', ';', '！'])
        && !text.ends_with(['，', '、', ',', '.', ':'])
}

/// It reads like the title of a document.
pub(in crate::import) fn looks_like(text: &str) -> bool {
    may_be(text) && text.chars().count() >= 4 && kind_word(text).is_some()
}
