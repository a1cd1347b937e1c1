//! How names end and where they begin, by the words of a clause.
//!
//! Words are known in Simplified script; a Traditional text is brought over
//! character for character, so that places stay.

use std::ops::Range;

use crate::model::{Kind, Script};
use crate::script::{plainly, word_ends};

use super::is_ideograph;

/// How names end, longest first within what ends alike.
const ENDS: [(&str, Kind); 59] = [
    ("委员会", Kind::Organisation),
    ("办公室", Kind::Organisation),
    ("交易所", Kind::Organisation),
    ("研究所", Kind::Organisation),
    ("研究院", Kind::Organisation),
    ("研究中心", Kind::Organisation),
    ("实验室", Kind::Organisation),
    ("博物馆", Kind::Organisation),
    ("图书馆", Kind::Organisation),
    ("检察院", Kind::Organisation),
    ("理事会", Kind::Organisation),
    ("管理局", Kind::Organisation),
    ("大学", Kind::Organisation),
    ("学院", Kind::Organisation),
    ("学校", Kind::Organisation),
    ("公司", Kind::Organisation),
    ("集团", Kind::Organisation),
    ("协会", Kind::Organisation),
    ("商会", Kind::Organisation),
    ("总会", Kind::Organisation),
    ("学会", Kind::Organisation),
    ("联盟", Kind::Organisation),
    ("医院", Kind::Organisation),
    ("银行", Kind::Organisation),
    ("法院", Kind::Organisation),
    ("政府", Kind::Organisation),
    ("总署", Kind::Organisation),
    ("总局", Kind::Organisation),
    ("中心", Kind::Organisation),
    ("局", Kind::Organisation),
    ("厅", Kind::Organisation),
    ("署", Kind::Organisation),
    ("部", Kind::Organisation),
    ("院", Kind::Organisation),
    ("馆", Kind::Organisation),
    ("办", Kind::Organisation),
    ("基金", Kind::Programme),
    ("计划", Kind::Programme),
    ("工程", Kind::Programme),
    ("博览会", Kind::Event),
    ("展览会", Kind::Event),
    ("交易会", Kind::Event),
    ("论坛", Kind::Event),
    ("峰会", Kind::Event),
    ("大赛", Kind::Event),
    ("试验区", Kind::Place),
    ("开发区", Kind::Place),
    ("合作区", Kind::Place),
    ("示范区", Kind::Place),
    ("新区", Kind::Place),
    ("园区", Kind::Place),
    ("大湾区", Kind::Place),
    ("口岸", Kind::Place),
    ("机场", Kind::Place),
    ("条例", Kind::Instrument),
    ("协议", Kind::Instrument),
    ("备忘录", Kind::Instrument),
    ("纲要", Kind::Instrument),
    ("法典", Kind::Instrument),
];

/// Words that end as names do and are none, nor the ends of any.
const NO_END: &str = " 布局 格局 结局 当局 大局 开局 全部 内部 外部 干部 总部 局部 部署 签署 连署 大厅 客厅 餐厅 \
    举办 主办 承办 协办 开办 创办 兴办 试办 申办 督办 交办 部 局 厅 署 院 馆 办 学院 大学 医院 ";

/// Words with which names begin: places above all.
const HEADS: &str = " 国家 全国 中国 中华人民共和国 中华 国务院 内地 香港 澳门 台湾 港澳 粤 粤港 粤澳 粤港澳 \
    香港特别行政区 澳门特别行政区 北京 上海 天津 重庆 广东 广东省 广州 深圳 珠海 横琴 前海 南沙 佛山 \
    惠州 东莞 中山 江门 肇庆 湖北 湖北省 武汉 宜昌 襄阳 湖南 湖南省 江苏 江苏省 浙江 浙江省 福建 \
    福建省 海南 海南省 山东 山东省 四川 四川省 云南 广西 河南 河南省 河北 河北省 安徽 江西 陕西 \
    辽宁 吉林 黑龙江 最高 国际 亚洲 世界 联合国 一带一路 ";

/// Words that no name goes on over.
const STOPS: &str = " 支持 推动 推进 加强 鼓励 促进 开展 建立 设立 完善 落实 组织 举办 参加 参与 加入 \
    利用 通过 依托 发挥 探索 制定 实施 提供 提升 深化 扩大 引导 优化 共同 邀请 欢迎 协助 配合 会同 \
    按照 依照 根据 依据 遵照 经 由 向 在 与 和 及 以及 或 或者 的 等 对 为 以 将 把 被 从 到 于 至 是 有 \
    无 不 并 且 而 也 均 都 可 可以 应 应当 须 必须 需 需要 已 已经 未 如 若 其 其他 其它 各 各级 各类 各有关 \
    本 该 此 上述 前款 前述 有关 相关 所 所属 双方 两地 三地 相互 互相 进行 给予 报 报请 送 负责 主管 承担 \
    指定 授权 委托 批准 同意 违反 符合 打造 构建 搭建 成立 出席 举行 包括 例如 作为 成为 属于 位于 来自 \
    前往 赴 获 获得 取得 使 使用 让 令 因 因为 由于 关于 对于 就 往 内 中 上 下 外 前 后 间 之 个 家 项 名 多 \
    更 最 首 第 依法 继续 积极 进一步 加快 充分 全面 大力 稳步 借助 透过 善用 协同 联同 连同 简称 以下简称 统称 以便 并由 或由 \
    每 某 任何 所有 部分 一些 若干 一个 多个 两个 三个 一 二 三 四 五 六 七 八 九 十 向来 下列 以下 至少 \
    赋予 允许 放宽 取消 下放 委任 聘用 吸引 便利 便利化 统筹 涵盖 知名 著名 一批 牵头 规范 明确 健全 强化 拓展 拓宽 培育 \
    引进 引入 推广 试点 开放 设置 ";

/// Words that stand in names, but begin none.
const LEADS: &str = " 建设 保障 涉及 适应 确保 不断 提高 适用 适用于 进入 授予 建议 担任 交由 优先 审理 决定 \
    研究 确定 提出 协调 指导 任免 服务 管理 规定 发展 合作 开放 试点 改革 及其 各 数字 标杆 优质 ";

/// The longest name that words tell, in characters.
const LONGEST: usize = 20;

/// A run of characters without a sign between them, cut into words.
pub(super) struct Clause {
    /// Where each character begins in the text, and the end of the last.
    borders: Vec<usize>,
    simplified: Vec<char>,
    /// Where each word ends, in characters.
    ends: Vec<usize>,
}

/// The clauses of a text in their order.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = Clause> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_ideograph)?;
        let end = text[start..].find(|c| !is_ideograph(c)).map_or(text.len(), |len| start + len);
        at = end;
        let own = &text[start..end];
        let simplified: Vec<char> = plainly(own, Script::Hans).chars().collect();
        let ends = word_ends(&simplified);
        let borders = own.char_indices().map(|(at, _)| start + at).chain([end]).collect();
        Some(Clause { borders, simplified, ends })
    })
}

/// What a name is by its end.
pub(super) fn kind_by_end(name: &str) -> Option<Kind> {
    let simplified = plainly(name, Script::Hans);
    end_of(&simplified).map(|(_, kind)| kind)
}

/// The longest end that a text has.
fn end_of(simplified: &str) -> Option<(&'static str, Kind)> {
    let ends = ENDS.iter().filter(|(end, _)| simplified.ends_with(end));
    ends.max_by_key(|(end, _)| end.len()).copied()
}

impl Clause {
    /// Where it ends in the text.
    pub(super) fn end(&self) -> usize {
        self.borders.last().copied().unwrap_or_default()
    }

    /// Its names, as byte ranges of the text.
    pub(super) fn names(&self) -> Vec<(Range<usize>, Kind)> {
        let mut names = Vec::new();
        for to in 1..=self.simplified.len() {
            let Some((end, kind)) = end_of(&self.text(0..to)) else { continue };
            let end = end.chars().count();
            let ended = self.ends.binary_search(&to).ok();
            // Of one character, an end is one only where a word ends.
            let is_one = end > 1 || ended.is_some_and(|word| !is_in(NO_END, &self.word(word)));
            if !is_one || ended.is_some_and(|word| self.goes_on(word)) {
                continue;
            }
            let first = self.first(self.word_at(to - end), to);
            let chars = self.start(first)..to;
            let own = chars.len().saturating_sub(end);
            let has_head = is_in(HEADS, &self.word(first));
            let enough = own >= 2 && (has_head || chars.len() >= 4);
            if enough && !is_in(NO_END, &self.text(chars.clone())) {
                names.push((self.borders[chars.start]..self.borders[chars.end], kind));
            }
        }
        names
    }

    /// What stands at its end, whatever that is.
    pub(super) fn name_at_end(&self) -> Option<Range<usize>> {
        let last = self.ends.len().checked_sub(1)?;
        Some(self.borders[self.start(self.first(last, self.simplified.len()))]..self.end())
    }

    /// Whether a longer name ends soon after.
    fn goes_on(&self, word: usize) -> bool {
        (word + 1..self.ends.len())
            .take(3)
            .take_while(|next| !is_in(STOPS, &self.word(*next)))
            .take_while(|next| !is_in(HEADS, &self.word(*next)))
            .any(|next| {
                let between = self.text(self.ends[word]..self.ends[next]);
                let is_name = end_of(&between).is_some_and(|(end, _)| end.chars().count() > 1);
                is_name && between.chars().count() <= 6
            })
    }

    /// The word that a name begins with whose end begins in this one and is here.
    fn first(&self, word: usize, to: usize) -> usize {
        let mut first = word;
        while first > 0 && to - self.start(first - 1) <= LONGEST {
            let before = self.word(first - 1);
            if let Some(head) = self.head_before(first) {
                first = head;
                continue;
            }
            if is_in(HEADS, &self.word(first)) || self.begins_with_head(first) {
                break;
            }
            if is_in(STOPS, &before) {
                match self.head_beyond(first - 1, &before) {
                    Some(head) if first < word => return head,
                    _ => break,
                }
            }
            first -= 1;
        }
        while first < word && is_in(LEADS, &self.word(first)) {
            first += 1;
        }
        first
    }

    /// The word that a place begins with which ends before this one. A place may be
    /// more words than one.
    fn head_before(&self, word: usize) -> Option<usize> {
        (word.saturating_sub(3)..word)
            .find(|first| is_in(HEADS, &self.text(self.start(*first)..self.start(word))))
    }

    fn begins_with_head(&self, word: usize) -> bool {
        (word + 1..self.ends.len().min(word + 3))
            .any(|last| is_in(HEADS, &self.text(self.start(word)..self.ends[last])))
    }

    /// 国家发展和改革委员会: what joins two words of one name, if the name begins
    /// with a place a few words before.
    fn head_beyond(&self, stop: usize, word: &str) -> Option<usize> {
        if !["和", "与"].contains(&word) {
            return None;
        }
        let before = (stop.saturating_sub(3)..stop).rev();
        let free = before.take_while(|at| {
            let word = self.word(*at);
            !is_in(STOPS, &word) && (end_of(&word).is_none() || is_in(HEADS, &word))
        });
        let heads: Vec<usize> = free.filter(|at| is_in(HEADS, &self.word(*at))).collect();
        heads.last().copied()
    }

    /// The word that a character is in.
    fn word_at(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end <= at)
    }

    fn start(&self, word: usize) -> usize {
        word.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    fn word(&self, word: usize) -> String {
        self.text(self.start(word)..self.ends[word])
    }

    fn text(&self, chars: Range<usize>) -> String {
        self.simplified[chars].iter().collect()
    }
}

/// Whether a name begins as places do.
pub(super) fn begins_with_place(name: &str) -> bool {
    let simplified = plainly(name, Script::Hans);
    HEADS.split_whitespace().any(|head| simplified.starts_with(head))
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}
