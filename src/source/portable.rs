//! Names of files and folders that every system takes, and every tool that reads
//! a sealed version.
//!
//! A site is written on one system, built on another and unpacked on a third. A
//! name is judged alike on all of them, so that none of them is the first to fail.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Devices that have a number.
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// Why one name, without `/`, cannot be used everywhere; none if it can.
pub fn fault(name: &str) -> Option<&'static str> {
    if name.is_empty() || name == "." || name == ".." {
        return Some("is no name");
    }
    if name.chars().any(is_unseen) {
        return Some("holds a control character, or one that is not seen");
    }
    if name.contains(['<', '>', ':', '"', '|', '?', '*', '\\', '/']) {
        return Some("holds one of `< > : \" | ? * \\`, which Windows does not take");
    }
    if name.contains('%') {
        return Some("holds `%`, which tools that verify sealed versions read in different ways");
    }
    if name.ends_with('.') || name.ends_with(char::is_whitespace) {
        return Some("ends in a dot or a space, which Windows takes away");
    }
    if name.starts_with(char::is_whitespace) {
        return Some("begins with a space");
    }
    is_device(name).then_some("is reserved by Windows")
}

/// Whether Windows keeps a name for a device: `nul`, `COM1.html`.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_number = |rest: &str| {
        let mut chars = rest.chars();
        let number = chars.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c));
        number && chars.next().is_none()
    };
    DEVICES.contains(&&*stem)
        || NUMBERED.iter().any(|device| stem.strip_prefix(device).is_some_and(is_number))
}

/// What a path becomes where upper and lower case, or two ways to write an accent,
/// make no difference. Paths that become the same are one file on some systems.
pub fn folded(path: &str) -> String {
    if path.bytes().all(|byte| byte.is_ascii()) {
        return path.to_ascii_lowercase();
    }
    let lower = path.to_uppercase().to_lowercase();
    ComposingNormalizerBorrowed::new_nfc().normalize(&lower).into_owned()
}

/// Characters that show nothing, end a line, or turn the direction of writing.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_systems_take_for_one_fold_alike() {
        for (one, other) in [
            ("a/B.css", "A/b.css"),
            ("\u{e9}.txt", "e\u{301}.txt"),
            ("\u{c9}.txt", "e\u{301}.txt"),
            ("stra\u{df}e", "STRASSE"),
            ("\u{3c3}", "\u{3c2}"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        for (one, other) in [("a", "b"), ("\u{7e41}", "\u{7c21}"), ("e", "\u{e9}"), ("a/b", "a_b")]
        {
            assert_ne!(folded(one), folded(other));
        }
    }

    #[test]
    fn names_that_one_system_does_not_take_are_told() {
        for good in [
            "index.html",
            "CNAME",
            ".nojekyll",
            "_headers",
            "條文 2021.pdf",
            "a-b_c~1",
            "console",
            "com",
            "com10",
            "lpt",
            "auxiliary",
            "null",
            "a.con",
            "..a",
            "é",
            "(1)",
            "a&b",
            "#a",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "",
            ".",
            "..",
            "con",
            "CON",
            "Nul.txt",
            "nul.tar.gz",
            "com1",
            "COM9.html",
            "lpt0",
            "com¹",
            "aux .txt",
            "conin$",
            "a:b",
            "a?",
            "a*",
            "a|b",
            "a<b",
            "a\"b",
            "a\\b",
            "a/b",
            "a\nb",
            "a\rb",
            "a\tb",
            "a\u{7f}",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{202e}b",
            "a\u{200b}",
            "100%",
            "a%20b",
            "a.",
            "a ",
            " a",
            "a\u{3000}",
            "\u{feff}a",
            "a\u{fffe}",
        ] {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
    }
}
