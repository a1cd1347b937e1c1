//! Manifests: the digest of each file by its path.

use std::collections::BTreeMap;
use std::collections::btree_map::Iter;

use super::lines;

/// The files of a bag, each with its digest in lowercase hexadecimal digits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    digests: BTreeMap<String, String>,
}

impl Manifest {
    /// Adds a file by its path below the bag, with `/` between folders.
    pub fn insert(&mut self, path: impl Into<String>, digest: impl Into<String>) {
        self.digests.insert(path.into(), digest.into());
    }

    /// The digest of a file.
    pub fn digest(&self, path: &str) -> Option<&str> {
        self.digests.get(path).map(String::as_str)
    }

    /// All paths and digests, in the order of paths.
    pub fn iter(&self) -> Iter<'_, String, String> {
        self.digests.iter()
    }

    /// The paths and digests of the files below a folder, whose path ends in
    /// `/`. The paths are as they stand in the bag.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.digests
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, digest)| (path.as_str(), digest.as_str()))
    }

    /// The manifest's text.
    pub fn to_text(&self) -> String {
        let line = |(path, digest): (&String, &String)| format!("{digest}  {}\n", encoded(path));
        self.digests.iter().map(line).collect()
    }

    /// Reads a manifest that was written by [`Manifest::to_text`], to the byte.
    ///
    /// # Errors
    /// As [`Manifest::parse`], and if any byte is another.
    pub fn parse_exact(text: &str, digits: usize) -> Result<Self, String> {
        let manifest = Self::parse(text, digits)?;
        match manifest.to_text() == text {
            true => Ok(manifest),
            false => Err("it is not as it was written: line ends, empty lines, order, \
                          white space or spelling of digests differ"
                .to_owned()),
        }
    }

    /// Reads a manifest of digests of so many hexadecimal digits.
    ///
    /// # Errors
    /// What is wrong with the first line that is no manifest's.
    pub fn parse(text: &str, digits: usize) -> Result<Self, String> {
        let mut manifest = Self::default();
        for line in lines(text).filter(|line| !line.is_empty()) {
            let (digest, path) =
                entry(line, digits).ok_or_else(|| format!("`{line}` is no digest and path"))?;
            if !is_safe(&path) {
                return Err(format!("the path `{path}` leads out of the bag"));
            }
            if manifest.digests.contains_key(&path) {
                return Err(format!("the path `{path}` stands twice"));
            }
            manifest.digests.insert(path, digest);
        }
        Ok(manifest)
    }
}

fn entry(line: &str, digits: usize) -> Option<(String, String)> {
    let (digest, rest) = line.split_once([' ', '\t'])?;
    let good = digest.len() == digits && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let path = rest.trim_start_matches([' ', '\t']);
    (good && !path.is_empty()).then(|| (digest.to_ascii_lowercase(), decoded(path)))
}

/// Only a path that stays below the bag may be opened, on any system: Windows takes
/// `\` for `/`, and what stands before `:` for a drive.
fn is_safe(path: &str) -> bool {
    let odd = |part: &str| part.is_empty() || part == "." || part == "..";
    !path.starts_with('~') && !path.contains(['\0', '\\', ':']) && !path.split('/').any(odd)
}

/// The RFC encodes these three and no other, so that a line stays one.
const ENCODED: [(char, &str); 3] = [('%', "%25"), ('\r', "%0D"), ('\n', "%0A")];

fn encoded(path: &str) -> String {
    ENCODED.iter().fold(path.to_owned(), |path, (c, code)| path.replace(*c, code))
}

fn decoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let code = rest.get(at..at + 3).unwrap_or("%");
        let known = ENCODED.iter().find(|(_, known)| known.eq_ignore_ascii_case(code));
        text.push(known.map_or('%', |(c, _)| *c));
        rest = &rest[at + known.map_or(1, |(_, known)| known.len())..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "0123456789abcdef";

    #[test]
    fn what_was_written_is_read_again() {
        let mut manifest = Manifest::default();
        for path in
            ["data/a b", "data/100%", "data/%25", "data/two\r\nlines", "data/金融", "data/%"]
        {
            manifest.insert(path, DIGEST);
        }
        let text = manifest.to_text();
        assert_eq!(text.lines().count(), 6);
        assert!(text.contains("  data/two%0D%0Alines\n") && text.contains("  data/%2525\n"));
        assert_eq!(Manifest::parse(&text, 16), Ok(manifest));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(0123456789abcdef[ \t*]{0,3})?[%0ADad25/.~*金\r\n ]{0,40}") {
            if let Ok(manifest) = Manifest::parse(&text, 16) {
                proptest::prop_assert_eq!(Manifest::parse(&manifest.to_text(), 16), Ok(manifest));
            }
        }
    }

    #[test]
    fn any_line_end_and_either_case_is_read() {
        let text =
            "0123456789ABCDEF  data/a\r\n0123456789abcdef\t data/b\r0123456789abcdef data/c%0a%41";
        let manifest = Manifest::parse(text, 16).expect("a manifest");
        let paths: Vec<_> = manifest.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["data/a", "data/b", "data/c\n%41"]);
        assert_eq!(manifest.digest("data/a"), Some(DIGEST));
        assert_eq!(manifest.below("data/b").count(), 1);
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        for line in [
            "x  data/a",
            "0123456789abcdef",
            "0123456789abcdef  ",
            "0123456789abcdef  data/../../etc/passwd",
            "0123456789abcdef  /etc/passwd",
            "0123456789abcdef  ~root/x",
            "0123456789abcdef  data\\..\\..\\x",
            "0123456789abcdef  C:x",
            "0123456789abcdef  data//a",
            "0123456789abcdef  a\n0123456789abcdef  a",
            "0123456789abcde金  data/a",
        ] {
            assert!(Manifest::parse(line, 16).is_err(), "{line}");
        }
    }
}
