//! Puts an imported document into a site: all of it or nothing.
//!
//! The files are written aside, in hidden folders that no other command reads,
//! and moved into place when all of them are there.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Writes a document's files: those of its folder and those of `seeds/`.
///
/// # Errors
/// If the document exists, if a seed of that name says something else, or if
/// something cannot be written. Then nothing was changed.
pub fn place(root: &Path, id: &str, files: &[(String, Vec<u8>)]) -> Result<()> {
    refuse(root, id, files)?;
    let aside = root.join("content").join(format!(".{id}.import"));
    let outcome = aside_then_in_place(root, id, files, &aside);
    // Left of an import that failed or was interrupted.
    let _ = fs::remove_dir_all(&aside);
    outcome
}

/// Says what stands in the way of a document.
///
/// # Errors
/// If the document exists, or a seed of that name says something else.
pub fn refuse(root: &Path, id: &str, files: &[(String, Vec<u8>)]) -> Result<()> {
    let folder = root.join("content").join(id);
    if folder.symlink_metadata().is_ok() {
        bail!("the document `{id}` exists: `content/{id}`\n  help: choose another id with `--id`");
    }
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("seeds/")) {
        let there = root.join(path);
        if there.symlink_metadata().is_ok() && fs::read(&there).ok().as_ref() != Some(bytes) {
            bail!("`{path}` exists and is another file\n  help: choose another id with `--id`");
        }
    }
    Ok(())
}

/// The files of a document's folder, by their paths below the root.
///
/// # Errors
/// If there is no such document, or a file cannot be read.
pub fn content_files(root: &Path, id: &str) -> Result<Vec<(String, String)>> {
    recover(root, id)?;
    let folder = root.join("content").join(id);
    if !folder.join("memorandum.toml").is_file() {
        bail!("there is no document `{id}` to update\n  help: leave `--update` out");
    }
    let cannot_read = || format!("cannot read `{}`", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(cannot_read)? {
        let path = entry.with_context(cannot_read)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".toml") && !name.starts_with('.') {
            let text = fs::read_to_string(&path).with_context(cannot_read)?;
            files.push((format!("content/{id}/{name}"), text));
        }
    }
    files.sort();
    Ok(files)
}

/// Puts a document's files in the place of those that are there.
///
/// # Errors
/// If something cannot be written. Then the old ones stand where they stood.
pub fn replace(root: &Path, id: &str, files: &[(String, Vec<u8>)]) -> Result<()> {
    let content = root.join("content");
    let (aside, before) =
        (content.join(format!(".{id}.import")), content.join(format!(".{id}.before")));
    let own = content.join(id);
    let _ = fs::remove_dir_all(&aside);
    let folder = format!("content/{id}/");
    for (path, bytes) in files {
        let to = match path.strip_prefix(&folder) {
            Some(name) => aside.join("content").join(name),
            None => aside.join(path),
        };
        write(&to, bytes)?;
    }
    let outcome = (|| -> Result<()> {
        for (path, _) in files.iter().filter(|(path, _)| path.starts_with("seeds/")) {
            create_above(&root.join(path))?;
        }
        fs::rename(&own, &before).context("cannot put the old files aside")?;
        fs::rename(aside.join("content"), &own).context("cannot put the new files in place")?;
        for (path, _) in files.iter().filter(|(path, _)| path.starts_with("seeds/")) {
            let to = root.join(path);
            fs::rename(aside.join(path), &to)
                .with_context(|| format!("cannot write `{}`", to.display()))?;
        }
        Ok(())
    })();
    if outcome.is_err() && before.exists() {
        let _ = fs::remove_dir_all(&own);
        let _ = fs::rename(&before, &own);
    }
    let _ = fs::remove_dir_all(&aside);
    let _ = fs::remove_dir_all(&before);
    outcome
}

/// Puts back what an update that was interrupted had put aside.
fn recover(root: &Path, id: &str) -> Result<()> {
    let content = root.join("content");
    let (own, before) = (content.join(id), content.join(format!(".{id}.before")));
    if before.exists() && !own.exists() {
        fs::rename(&before, &own).context("cannot put the old files back")?;
    }
    Ok(())
}

fn aside_then_in_place(
    root: &Path,
    id: &str,
    files: &[(String, Vec<u8>)],
    aside: &Path,
) -> Result<()> {
    let _ = fs::remove_dir_all(aside);
    let content = format!("content/{id}/");
    let mut seeds: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (path, bytes) in files {
        let to = match path.strip_prefix(&content) {
            Some(name) => aside.join("content").join(name),
            None => {
                let to = aside.join(path);
                seeds.push((to.clone(), root.join(path)));
                to
            }
        };
        write(&to, bytes)?;
    }
    let mut moved = Vec::new();
    let mut move_all = || -> Result<()> {
        for (from, to) in &seeds {
            if to.exists() {
                continue;
            }
            create_above(to)?;
            fs::rename(from, to).with_context(|| format!("cannot write `{}`", to.display()))?;
            moved.push(to.clone());
        }
        let to = root.join("content").join(id);
        fs::rename(aside.join("content"), &to)
            .with_context(|| format!("cannot write `{}`", to.display()))
    };
    let outcome = move_all();
    if outcome.is_err() {
        for path in moved {
            let _ = fs::remove_file(path);
        }
    }
    outcome
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    create_above(path)?;
    fs::write(path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
}

fn create_above(path: &Path) -> Result<()> {
    let folder = path.parent().expect("a file stands in a folder");
    fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<(String, Vec<u8>)> {
        ["content/demo/memorandum.toml", "content/demo/01-a.toml", "seeds/demo.txt"]
            .map(|path| (path.to_owned(), path.as_bytes().to_vec()))
            .to_vec()
    }

    fn tree(root: &Path) -> Vec<String> {
        let mut paths: Vec<String> = walkdir::WalkDir::new(root)
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(root).unwrap().display().to_string())
            .collect();
        paths.sort();
        paths
    }

    #[test]
    fn all_files_are_there_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        place(root.path(), "demo", &files()).unwrap();
        assert_eq!(
            tree(root.path()),
            ["content/demo/01-a.toml", "content/demo/memorandum.toml", "seeds/demo.txt"]
        );
    }

    #[test]
    fn what_exists_is_never_overwritten() {
        let root = tempfile::tempdir().unwrap();
        place(root.path(), "demo", &files()).unwrap();
        let again = place(root.path(), "demo", &files()).unwrap_err();
        assert!(again.to_string().contains("`demo` exists"), "{again}");
        let root = tempfile::tempdir().unwrap();
        write(&root.path().join("seeds/demo.txt"), b"other").unwrap();
        assert!(place(root.path(), "demo", &files()).is_err());
        assert_eq!(tree(root.path()), ["seeds/demo.txt"]);
    }

    #[test]
    fn an_import_that_fails_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        write(&root.path().join("seeds"), b"a file where a folder must be").unwrap();
        assert!(place(root.path(), "demo", &files()).is_err());
        assert_eq!(tree(root.path()), ["seeds"]);
    }
}
