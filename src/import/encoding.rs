//! Which encoding a text is in: a byte-order mark, then strict UTF-8, then a
//! test for UTF-16, then what the page declares, then a guess among the legacy
//! encodings. What the user names stands above all.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// How many bytes the guess is made from: enough for any, and bounded.
const SAMPLE: usize = 1 << 20;

/// The text of bytes and the name of their encoding.
pub(super) fn decode(
    bytes: &[u8],
    named: Option<&str>,
    declared: Option<&str>,
) -> Result<(String, &'static str), ReadError> {
    if let Some(name) = named {
        let encoding = Encoding::for_label(name.trim().as_bytes())
            .ok_or_else(|| ReadError::UnknownEncoding(name.to_owned()))?;
        return whole(bytes, encoding);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return whole(bytes, encoding);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return whole(bytes, UTF_8);
    }
    if let Some(encoding) = utf_16(bytes) {
        return whole(bytes, encoding);
    }
    if bytes.contains(&0) {
        return Err(ReadError::Binary);
    }
    let declared = declared.and_then(|name| Encoding::for_label(name.as_bytes()));
    let candidates = [declared.map(wider), Some(wider(guess(bytes))), Some(GB18030), Some(BIG5)];
    let mut best: Option<(usize, String, &'static str)> = None;
    for encoding in candidates.into_iter().flatten() {
        let (text, wrong) = decoded(bytes, encoding);
        if wrong == 0 && plausible(&text) {
            return Ok((text, encoding.name()));
        }
        if best.as_ref().is_none_or(|(least, ..)| wrong < *least) {
            best = Some((wrong, text, encoding.name()));
        }
    }
    match best {
        Some((0, text, name)) if !binary(&text) => Ok((text, name)),
        Some((wrong, text, name)) if wrong * 100 < text.chars().count() && !binary(&text) => {
            Err(ReadError::Undecodable { encoding: name.to_owned(), wrong })
        }
        _ => Err(ReadError::Binary),
    }
}

fn whole(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, &'static str), ReadError> {
    let (text, wrong) = decoded(bytes, wider(encoding));
    if wrong > 0 {
        return Err(ReadError::Undecodable { encoding: encoding.name().to_owned(), wrong });
    }
    if binary(&text) {
        return Err(ReadError::Binary);
    }
    Ok((text, encoding.name()))
}

/// The text without its byte-order mark, and how many sequences were wrong.
fn decoded(bytes: &[u8], encoding: &'static Encoding) -> (String, usize) {
    let (text, _, wrong) = encoding.decode(bytes);
    let wrong = if wrong { text.matches('\u{FFFD}').count().max(1) } else { 0 };
    (text.into_owned(), wrong)
}

/// GB 18030 reads what GBK reads, and the rest.
fn wider(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without a byte-order mark, if the bytes read as that make sense.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(1 << 16)];
    let share = |read: fn([u8; 2]) -> u16| {
        let sensible = sample
            .chunks_exact(2)
            .filter(|pair| {
                char::from_u32(u32::from(read([pair[0], pair[1]]))).is_some_and(expected)
            })
            .count();
        sensible * 2 * 100 / sample.len()
    };
    match (share(u16::from_le_bytes), share(u16::from_be_bytes)) {
        (little, big) if little >= 95 && little > big => Some(UTF_16LE),
        (little, big) if big >= 95 && big > little => Some(UTF_16BE),
        _ => None,
    }
}

/// A character that Chinese documents are made of.
fn expected(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{FF}' | '\u{2010}'..='\u{2027}'
        | '\u{2460}'..='\u{24FF}' | '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{FF00}'..='\u{FFEF}')
}

/// Most of the text is what Chinese documents are made of.
fn plausible(text: &str) -> bool {
    let (mut good, mut all) = (0_usize, 0_usize);
    for c in text.chars().take(1 << 16).filter(|c| !c.is_ascii()) {
        all += 1;
        good += usize::from(expected(c) && c > '\u{FF}');
    }
    good * 10 >= all * 9
}

/// Control characters, which no text has.
pub(super) fn binary(text: &str) -> bool {
    let controls = text
        .chars()
        .filter(|c| {
            c.is_control()
                && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{85}')
        })
        .count();
    text.contains('\0') || controls * 1000 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "第一條　為促進兩地合作，制定本條例。\n第二條　本條例適用於有關機構。\n";

    #[test]
    fn each_encoding_is_told_from_the_bytes_alone() {
        let simplified = "第一条　为了促进两地合作，制定本条例。\n第二条　有关部门应当予以支持。\n";
        let big5 = BIG5.encode(TEXT).0.into_owned();
        let gb = GB18030.encode(simplified).0.into_owned();
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, text, name) in [
            (TEXT.as_bytes().to_vec(), TEXT, "UTF-8"),
            (big5, TEXT, "Big5"),
            (gb, simplified, "gb18030"),
            (little, TEXT, "UTF-16LE"),
            (big, TEXT, "UTF-16BE"),
        ] {
            assert_eq!(decode(&bytes, None, None), Ok((text.to_owned(), name)));
        }
    }

    #[test]
    fn hong_kong_signs_of_big5_are_read() {
        let bytes = [&BIG5.encode(TEXT).0[..], b"\x9d\xf6"].concat();
        assert_eq!(decode(&bytes, None, None), Ok((format!("{TEXT}喺"), "Big5")));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let text = format!("\u{FEFF}{TEXT}");
        assert_eq!(decode(text.as_bytes(), None, None), Ok((TEXT.to_owned(), "UTF-8")));
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes, None, None), Ok((TEXT.to_owned(), "UTF-16LE")));
    }

    #[test]
    fn a_named_encoding_is_taken_at_its_word() {
        let bytes = BIG5.encode(TEXT).0;
        assert!(matches!(decode(&bytes, Some("utf-8"), None), Err(ReadError::Undecodable { .. })));
        assert_eq!(decode(&bytes, Some("big5-hkscs"), None).map(|found| found.1), Ok("Big5"));
        assert!(matches!(decode(&bytes, Some("big6"), None), Err(ReadError::UnknownEncoding(_))));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let noise: Vec<u8> =
            (0_u32..4000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise, None, None), Err(ReadError::Binary));
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, None), Err(ReadError::Binary));
    }
}
