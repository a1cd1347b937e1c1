//! Radicals in place of characters: fonts' tables of some PDF files say ⽂
//! where 文 is meant. Unicode's `Equivalent_Unified_Ideograph` tells which
//! character a radical stands for; nothing else is folded.

use std::collections::BTreeMap;

/// The radicals of Kangxi's dictionary, U+2F00 to U+2FD5, by their characters.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// U+2E80 to U+2EF3; itself where it stands for no character.
const SUPPLEMENT: &str = "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// Strokes, U+31C0 to U+31E3.
const STROKES: &str = "㇀㇁㇂㇃㇄㇅𠃌㇇㇈㇉㇊㇋㇌㇍㇎乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎㇢㇣";

/// The character that a radical stands for.
pub(super) fn radical(c: char) -> Option<char> {
    let (table, first) = match c {
        '\u{2F00}'..='\u{2FD5}' => (KANGXI, '\u{2F00}'),
        '\u{2E80}'..='\u{2EF3}' => (SUPPLEMENT, '\u{2E80}'),
        '\u{31C0}'..='\u{31E3}' => (STROKES, '\u{31C0}'),
        _ => return None,
    };
    table.chars().nth((c as u32 - first as u32) as usize).filter(|meant| *meant != c)
}

/// Puts characters for radicals and counts what it did.
pub(super) fn fold(text: &mut String, folded: &mut BTreeMap<(char, char), usize>) {
    if !text.contains(|c| radical(c).is_some()) {
        return;
    }
    *text = text
        .chars()
        .map(|c| {
            let Some(meant) = radical(c) else { return c };
            *folded.entry((c, meant)).or_default() += 1;
            meant
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_they_stand_for() {
        let mut folded = BTreeMap::new();
        let mut text = "⽂化⾦⻓⺠".to_owned();
        fold(&mut text, &mut folded);
        assert_eq!(text, "文化金长民");
        assert_eq!(folded.values().sum::<usize>(), 4);
    }

    #[test]
    fn compatibility_forms_and_full_width_signs_stay() {
        let mut folded = BTreeMap::new();
        let mut text = "（１）﨑，①".to_owned();
        fold(&mut text, &mut folded);
        assert_eq!(text, "（１）﨑，①");
        assert!(folded.is_empty());
    }

    #[test]
    fn every_kangxi_radical_has_a_character() {
        assert!(('\u{2F00}'..='\u{2FD5}').all(|c| radical(c).is_some()));
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(SUPPLEMENT.chars().count(), 0x2EF3 - 0x2E80 + 1);
    }
}
