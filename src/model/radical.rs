//! Characters that look like others: the radicals of dictionaries, and the forms
//! that Unicode keeps for older encodings. Files made from PDF have them, since
//! fonts' tables say ⽂ where 文 is meant. Unicode's `Equivalent_Unified_Ideograph`
//! tells what a radical stands for, its canonical decomposition the rest.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// The radicals of Kangxi's dictionary, U+2F00 to U+2FD5, by their characters.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// U+2E80 to U+2EF3; itself where it stands for no character.
const SUPPLEMENT: &str = "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

/// Strokes, U+31C0 to U+31E3.
const STROKES: &str = "㇀㇁㇂㇃㇄㇅𠃌㇇㇈㇉㇊㇋㇌㇍㇎乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎㇢㇣";

/// The character that a radical or a stroke stands for.
pub fn radical(c: char) -> Option<char> {
    let (table, first) = match c {
        '\u{2F00}'..='\u{2FD5}' => (KANGXI, '\u{2F00}'),
        '\u{2E80}'..='\u{2EF3}' => (SUPPLEMENT, '\u{2E80}'),
        '\u{31C0}'..='\u{31E3}' => (STROKES, '\u{31C0}'),
        _ => return None,
    };
    table.chars().nth((c as u32 - first as u32) as usize).filter(|meant| *meant != c)
}

/// All radicals and strokes with what they stand for.
pub fn radicals() -> impl Iterator<Item = (char, char)> {
    let all = ('\u{2E80}'..='\u{2FD5}').chain('\u{31C0}'..='\u{31E3}');
    all.filter_map(|c| Some((c, radical(c)?)))
}

/// The ordinary character that a radical or a compatibility ideograph looks like.
pub fn ordinary(c: char) -> Option<char> {
    if !matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}') {
        return radical(c);
    }
    let mut buffer = [0; 4];
    let whole = ComposingNormalizerBorrowed::new_nfc().normalize(c.encode_utf8(&mut buffer));
    whole.chars().next().filter(|meant| *meant != c)
}

/// A text with characters in place of radicals, as many as there were.
pub fn without_radicals(text: &str) -> Cow<'_, str> {
    match text.contains(|c| radical(c).is_some()) {
        true => text.chars().map(|c| radical(c).unwrap_or(c)).collect::<String>().into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kangxi_radical_has_a_character() {
        assert!(('\u{2F00}'..='\u{2FD5}').all(|c| radical(c).is_some()));
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(SUPPLEMENT.chars().count(), 0x2EF3 - 0x2E80 + 1);
        assert_eq!(without_radicals("⾦融⻓江"), "金融长江");
    }

    #[test]
    fn compatibility_ideographs_have_ordinary_ones_and_a_dozen_are_their_own() {
        assert_eq!(ordinary('\u{F900}'), Some('豈'));
        assert_eq!(ordinary('\u{2F800}'), Some('丽'));
        let own = ('\u{F900}'..='\u{FA6D}').filter(|c| ordinary(*c).is_none()).count();
        assert_eq!(own, 12);
        assert_eq!(ordinary('金'), None);
    }
}
