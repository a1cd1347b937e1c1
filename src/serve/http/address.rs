//! Addresses of requests as paths of a site, and what their files are.

/// Longer addresses are no site's.
const LONGEST: usize = 4096;

/// The path below the site's root that an address names, without a leading
/// slash; that of a folder names its index. Percent signs are decoded once.
/// `None` for what no file of a site can be called.
///
/// The path is only ever compared with those of the site's routes, so this need
/// not keep anybody out; what it refuses is refused early.
pub fn site_path(address: &str) -> Option<String> {
    let encoded = address.strip_prefix('/').filter(|path| path.len() <= LONGEST)?;
    let path = decode(encoded)?;
    let odd = |c: char| c.is_control() || c == '\\';
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let wrong = |part: &str| part.is_empty() || part == "." || part == "..";
    let folder_is_wrong = path.contains('/') && folder.split('/').any(wrong);
    if path.contains(odd) || folder_is_wrong || file == "." || file == ".." {
        return None;
    }
    Some(if file.is_empty() { format!("{path}index.html") } else { path })
}

fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// The content type of a file by the end of its name.
pub fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" | "toml" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "bib" => "application/x-bibtex; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_an_address_names_stays_below_the_site(address in "/?([%./\\\\a:~\u{0}\u{540c}-]|%2[eEfF5]|%5c|%00|%c0%ae|%E5%90%8C){0,12}") {
            if let Some(path) = site_path(&address) {
                let parts: Vec<&str> = path.split('/').collect();
                let odd = |part: &&str| part.is_empty() || *part == "." || *part == "..";
                proptest::prop_assert!(!parts.iter().any(odd), "{address:?}: {path:?}");
                proptest::prop_assert!(!path.contains(['\\', '\0']), "{address:?}: {path:?}");
            }
        }
    }

    #[test]
    fn addresses_name_files_and_folders_their_index() {
        let check = |address, path: Option<&str>| {
            assert_eq!(site_path(address).as_deref(), path, "{address}");
        };
        check("/", Some("index.html"));
        check("/hant/", Some("hant/index.html"));
        check("/hant", Some("hant"));
        check("/hant/%61bout.html", Some("hant/about.html"));
        check("/%E5%90%8C.html", Some("同.html"));
        check("/%252e%252e/x", Some("%2e%2e/x"));
        for address in
            ["", "x", "//", "/a//b", "/../x", "/a/..", "/%2e%2e/x", "/a%00", "/%", "/%g0"]
        {
            check(address, None);
        }
        check("/%C0%AE%C0%AE/x", None);
        check("/a%5C..%5Cb", None);
    }
}
