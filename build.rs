//! Lists the default theme's files, so that one that is put there is embedded.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const THEME: &str = "themes/default";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={THEME}");
    let wanted = |name: &str| {
        env::var_os(name).map(PathBuf::from).ok_or_else(|| io::Error::other(format!("no `{name}`")))
    };
    let (root, out) = (wanted("CARGO_MANIFEST_DIR")?, wanted("OUT_DIR")?);
    let theme = root.join(THEME);
    let mut files = Vec::new();
    gather(&theme, "", &mut files)?;
    files.sort();
    let mut list = "&[\n".to_owned();
    for (path, file) in files {
        let _ = writeln!(list, "    ({path:?}, include_bytes!({file:?})),");
    }
    list.push_str("]\n");
    fs::write(out.join("theme.rs"), list)
}

/// The files below a folder by their paths in the theme. What a desktop or an
/// editor leaves there begins with a dot.
fn gather(folder: &Path, above: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = format!("{above}{name}");
        match entry.file_type()?.is_dir() {
            true => gather(&entry.path(), &format!("{path}/"), files)?,
            false => files.push((path, entry.path())),
        }
    }
    Ok(())
}
