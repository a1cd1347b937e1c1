//! Places and organisations of generated memoranda, each name once: their number
//! grows with the site, as that of real ones would.

/// Characters of names, in both scripts.
const FIRST: [&str; 2] = [
    "松柏雲龍鳳麒瓊錦瑞嘉祥榮慶豐興隆永泰順德寶銀玉珠翠碧紫丹青白蒼玄",
    "松柏云龙凤麒琼锦瑞嘉祥荣庆丰兴隆永泰顺德宝银玉珠翠碧紫丹青白苍玄",
];
const SECOND: [&str; 2] = [
    "嶺川江溪湖澤原野灣洲島山峰谷泉潭陽陰州寧平安昌康城關門橋林園海河",
    "岭川江溪湖泽原野湾洲岛山峰谷泉潭阳阴州宁平安昌康城关门桥林园海河",
];
const FIELDS: [[&str; 2]; 8] = [
    ["科技", "科技"],
    ["醫藥", "医药"],
    ["航運", "航运"],
    ["環保", "环保"],
    ["傳媒", "传媒"],
    ["食品", "食品"],
    ["置業", "置业"],
    ["機械", "机械"],
];

/// The most places, and the most organisations of one field, that have names.
const PAIRS: usize = 32 * 32;

/// Two characters that no other number has. Steps are odd, so that all are
/// reached and neighbours differ in both.
fn pair(number: usize, step: usize, script: usize) -> String {
    let at = number * step % PAIRS;
    let character = |of: &str, index| of.chars().nth(index).expect("32 characters");
    [character(FIRST[script], at % 32), character(SECOND[script], at / 32)].iter().collect()
}

/// A province that signs memoranda, with its capital.
pub struct Place {
    pub number: usize,
    province: String,
}

impl Place {
    /// How many memoranda one place signs.
    const MEMORANDA: usize = 4;

    /// The place that signs a memorandum; the first is the real one.
    pub fn of(memorandum: usize) -> Self {
        Self::numbered((memorandum - 1) / Self::MEMORANDA)
    }

    /// A place by its own number.
    pub fn numbered(number: usize) -> Self {
        let province = if number == 0 { "湖北".to_owned() } else { pair(number, 397, 0) };
        Self { number, province }
    }

    /// Whether a text names the real place.
    pub fn is_named_in(text: &str) -> bool {
        ["湖北", "武漢", "鄂"].iter().any(|name| text.contains(name))
    }

    /// The text with this place in the real one's stead.
    pub fn localise(&self, text: &str) -> String {
        if self.number == 0 {
            return text.to_owned();
        }
        let capital = format!("{}都", self.province);
        text.replace("湖北", &self.province).replace("鄂", &self.province).replace("武漢", &capital)
    }

    /// An entity's id, its own for each place.
    pub fn id(&self, id: &str) -> String {
        if self.number == 0 { id.to_owned() } else { format!("p{:04}-{id}", self.number) }
    }
}

/// A made-up organisation that a place's memoranda mention.
pub struct Organisation {
    pub number: usize,
    /// In Traditional and in Simplified script.
    brand: [String; 2],
    field: [&'static str; 2],
}

impl Organisation {
    /// How many organisations each memorandum brings with it.
    pub const EACH: usize = 3;

    pub fn new(number: usize) -> Self {
        let (index, field) = (number / FIELDS.len(), FIELDS[number % FIELDS.len()]);
        let brand = [(0, '匯'), (1, '汇')];
        let brand = brand.map(|(script, last)| format!("{}{last}", pair(index, 611, script)));
        Self { number, brand, field }
    }

    /// The name in full.
    pub fn name(&self) -> String {
        format!("{}{}集團", self.brand[0], self.field[0])
    }

    /// The name that texts mostly use.
    pub fn alias(&self) -> String {
        format!("{}{}", self.brand[0], self.field[0])
    }

    /// Words that hold the alias and mean something else.
    pub fn block(&self) -> String {
        format!("{}園", self.alias())
    }

    /// Its entry in `entities.toml`: now and then with a wording of its own for
    /// the other script, a description, a link.
    pub fn entry(&self) -> String {
        let number = self.number;
        let name = self.name();
        let name = match number % 4 {
            1 => format!(
                "{{ hant = \"{name}\", hans = \"{}{}公司\", provenance = \"official\" }}",
                self.brand[1], self.field[1],
            ),
            _ => format!("\"{name}\""),
        };
        let mut entry = format!(
            "[[entities]]\nid = \"organisation-{number}\"\nkind = \"organisation\"\nname = {name}\n\
             aliases = [\"{}\"]\nblock = [\"{}\"]\n",
            self.alias(),
            self.block(),
        );
        if number.is_multiple_of(3) {
            entry.push_str("description = \"由程式起名，並無其事。\"\n");
        }
        if number.is_multiple_of(5) {
            let url = format!("https://example.org/{number}");
            entry.push_str(&format!("[[entities.links]]\ntitle = \"網站\"\nurl = \"{url}\"\n"));
        }
        entry.push('\n');
        entry
    }
}

/// How many memoranda there are names for: organisations run out before places.
pub const MOST_MEMORANDA: usize = PAIRS * FIELDS.len() / Organisation::EACH;

/// SplitMix64: the same numbers everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % end as u64) as usize
    }

    pub fn one_in(&mut self, chance: usize) -> bool {
        self.below(chance) == 0
    }

    pub fn choose<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let index = self.below(from.len());
        &from[index]
    }
}
