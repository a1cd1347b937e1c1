//! Puts an imported document into a site: all of it or nothing.
//!
//! The files are written aside, in hidden folders that no other command reads,
//! and moved into place when all of them are there. What an update replaces is
//! moved to `.<id>.before` first, and moved back if anything fails. Where an
//! interrupted update left both, a person must choose. What else stands in a
//! document's folder stays there.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use walkdir::WalkDir;

/// Where the document's folder stands in those that hold what is aside.
const DOCUMENT: &str = "document";

/// Writes a document's files: those of its folder and those of `seeds/`.
///
/// # Errors
/// If the document exists, if a seed of that name says something else, or if
/// something cannot be written. Then nothing was changed.
pub fn place(root: &Path, id: &str, files: &[(String, Vec<u8>)]) -> Result<()> {
    refuse(root, id, files)?;
    with_all_aside(root, id, files, |aside, moves| {
        for path in beside(id, files) {
            let to = root.join(path);
            if !to.exists() {
                moves.rename(&aside.join(path), &to)?;
            }
        }
        moves.rename(&aside.join(DOCUMENT), &own(root, id))
    })
}

/// Says what stands in the way of a document.
///
/// # Errors
/// If the document exists, or a seed of that name says something else.
pub fn refuse(root: &Path, id: &str, files: &[(String, Vec<u8>)]) -> Result<()> {
    if own(root, id).symlink_metadata().is_ok() {
        bail!(
            "the document `{id}` exists: `content/{id}`\n  \
             help: `--id {id} --update` puts the new text in the old one's place; \
             another document takes another `--id`"
        );
    }
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("seeds/")) {
        let there = root.join(path);
        if there.symlink_metadata().is_ok() && !holds(&there, bytes) {
            bail!("`{path}` exists and is another file\n  help: choose another id with `--id`");
        }
    }
    Ok(())
}

/// Whether a file has these bytes. A pipe would be waited for.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let length = fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|found| found.len());
    length == Some(bytes.len() as u64) && fs::read(path).is_ok_and(|found| found == bytes)
}

/// The files of a document's folder, by their paths below the root.
///
/// # Errors
/// If there is no such document, an update of it was interrupted, or a file
/// cannot be read.
pub fn content_files(root: &Path, id: &str) -> Result<Vec<(String, String)>> {
    recover(root, id)?;
    let folder = own(root, id);
    if folder.is_symlink() {
        bail!(
            "`content/{id}` is a symbolic link\n  \
             help: put the document's own folder there: an update replaces it"
        );
    }
    if !folder.join("memorandum.toml").is_file() {
        bail!("there is no document `{id}` to update\n  help: leave `--update` out");
    }
    let cannot_read = || format!("cannot read `{}`", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(cannot_read)? {
        let path = entry.with_context(cannot_read)?.path();
        if !is_of_document(&path) {
            continue;
        }
        let cannot_read = || format!("cannot read `{}`", path.display());
        if !fs::metadata(&path).with_context(cannot_read)?.is_file() {
            bail!("`{}` is no regular file", path.display());
        }
        let text = fs::read_to_string(&path).with_context(cannot_read)?;
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        files.push((format!("content/{id}/{name}"), text));
    }
    files.sort();
    Ok(files)
}

/// Whether what has this name in a document's folder is one of its own files.
fn is_of_document(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.ends_with(".toml") && !name.starts_with('.')
}

/// Puts a document's files in the place of those that are there.
///
/// # Errors
/// If an update was interrupted, or something cannot be written. Then the old
/// ones stand where they stood.
pub fn replace(root: &Path, id: &str, files: &[(String, Vec<u8>)]) -> Result<()> {
    recover(root, id)?;
    for path in beside(id, files) {
        let there = root.join(path);
        if there.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            bail!("cannot write `{}`: it is a folder", there.display());
        }
    }
    let (own, before) = (own(root, id), before(root, id));
    let replaced = with_all_aside(root, id, files, |aside, moves| {
        let old = before.join(DOCUMENT);
        moves.rename(&own, &old)?;
        moves.rename(&aside.join(DOCUMENT), &own)?;
        for path in beside(id, files) {
            let to = root.join(path);
            if to.symlink_metadata().is_ok() {
                moves.rename(&to, &before.join(path))?;
            }
            moves.rename(&aside.join(path), &to)?;
        }
        let cannot_read = || format!("cannot read `{}`", old.display());
        for entry in fs::read_dir(&old).with_context(cannot_read)? {
            let entry = entry.with_context(cannot_read)?;
            if !is_of_document(&entry.path()) {
                moves.rename(&entry.path(), &own.join(entry.file_name()))?;
            }
        }
        // At once: a part of it would look like an update that was interrupted.
        moves.rename(&before, &aside.join("before"))
    });
    if replaced.is_err() {
        remove_empty(&before);
    }
    replaced
}

/// Puts back what an update that was interrupted had put aside.
///
/// # Errors
/// If it cannot be told what is to stand there.
fn recover(root: &Path, id: &str) -> Result<()> {
    let (own, before) = (own(root, id), before(root, id));
    let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|found| found.is_dir());
    if before.symlink_metadata().is_err() {
        return Ok(());
    }
    // Whatever else an update moves, it moves when the new folder is there.
    let old = before.join(DOCUMENT);
    if own.symlink_metadata().is_ok() || !is_folder(&before) || !is_folder(&old) {
        bail!(
            "an update of `{id}` was interrupted: `{}` is left of it\n  \
             help: put what you need of it in place, and remove it",
            before.display()
        );
    }
    fs::rename(&old, &own).context("cannot put the old files back")?;
    remove_empty(&before);
    Ok(())
}

/// Files that were moved, each from where it was to where it is.
#[derive(Default)]
struct Moves(Vec<(PathBuf, PathBuf)>);

impl Moves {
    fn rename(&mut self, from: &Path, to: &Path) -> Result<()> {
        create_above(to)?;
        fs::rename(from, to).with_context(|| format!("cannot write `{}`", to.display()))?;
        self.0.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Moves everything back, the last first.
    fn undo(self) {
        for (from, to) in self.0.into_iter().rev() {
            // What cannot be moved back stays where it is, and is not lost.
            let _ = fs::rename(to, from);
        }
    }
}

/// Writes all files aside, and has them moved into place from there; moves back
/// what was moved if that fails.
fn with_all_aside(
    root: &Path,
    id: &str,
    files: &[(String, Vec<u8>)],
    move_all: impl FnOnce(&Path, &mut Moves) -> Result<()>,
) -> Result<()> {
    let aside = root.join("content").join(format!(".{id}.import"));
    // Left of an import that was interrupted. What a link there leads to stays.
    let _ = fs::remove_dir_all(&aside);
    let folder = format!("content/{id}/");
    let written = files.iter().try_for_each(|(path, bytes)| match path.strip_prefix(&folder) {
        Some(name) => write(&aside.join(DOCUMENT).join(name), bytes),
        None => write(&aside.join(path), bytes),
    });
    let mut moves = Moves::default();
    let outcome = written.and_then(|()| move_all(&aside, &mut moves));
    if outcome.is_err() {
        moves.undo();
    }
    let _ = fs::remove_dir_all(&aside);
    outcome
}

/// The paths of files that stand outside the document's folder.
fn beside<'a>(id: &str, files: &'a [(String, Vec<u8>)]) -> impl Iterator<Item = &'a str> {
    let folder = format!("content/{id}/");
    let paths = files.iter().map(|(path, _)| path.as_str());
    paths.filter(move |path| !path.starts_with(&folder))
}

fn own(root: &Path, id: &str) -> PathBuf {
    root.join("content").join(id)
}

fn before(root: &Path, id: &str) -> PathBuf {
    root.join("content").join(format!(".{id}.before"))
}

/// Removes a folder if no file is in it, nor in those below.
fn remove_empty(folder: &Path) {
    for entry in WalkDir::new(folder).contents_first(true).into_iter().flatten() {
        let _ = fs::remove_dir(entry.path());
    }
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

    fn named(path: &str, text: &str) -> (String, Vec<u8>) {
        (path.to_owned(), text.as_bytes().to_vec())
    }

    fn text(root: &Path, path: &str) -> String {
        fs::read_to_string(root.join(path)).unwrap()
    }

    /// A document that was imported and worked on.
    fn worked_on() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        place(root.path(), "demo", &files()).unwrap();
        for path in ["content/demo/notes.md", "content/demo/.git/config"] {
            write(&root.path().join(path), b"mine").unwrap();
        }
        root
    }

    fn newer() -> [(String, Vec<u8>); 3] {
        [
            named("content/demo/memorandum.toml", "new"),
            named("content/demo/02-b.toml", "new"),
            named("seeds/demo.txt", "new"),
        ]
    }

    #[test]
    fn an_update_replaces_the_documents_files_and_leaves_the_others() {
        let root = worked_on();
        replace(root.path(), "demo", &newer()).unwrap();
        let all = [
            "content/demo/.git/config",
            "content/demo/02-b.toml",
            "content/demo/memorandum.toml",
            "content/demo/notes.md",
            "seeds/demo.txt",
        ];
        assert_eq!(tree(root.path()), all);
        for (path, text_of) in all.into_iter().zip(["mine", "new", "new", "mine", "new"]) {
            assert_eq!(text(root.path(), path), text_of, "{path}");
        }
        assert_eq!(fs::read_dir(root.path().join("content")).unwrap().count(), 1);
    }

    /// The seed has been replaced when what else is in the folder is moved.
    #[test]
    fn an_update_that_fails_leaves_everything_as_it_was() {
        let root = worked_on();
        let mut newer = newer().to_vec();
        newer.push(named("content/demo/notes.md", "in the way"));
        let before = tree(root.path());
        fs::remove_file(root.path().join("content/demo/notes.md")).unwrap();
        write(&root.path().join("content/demo/notes.md/a"), b"mine").unwrap();
        let failed = replace(root.path(), "demo", &newer).unwrap_err();
        assert!(failed.to_string().contains("notes.md"), "{failed}");
        let path = "content/demo/memorandum.toml";
        assert_eq!(text(root.path(), path), path);
        assert_eq!(text(root.path(), "seeds/demo.txt"), "seeds/demo.txt");
        assert_eq!(text(root.path(), "content/demo/notes.md/a"), "mine");
        assert_eq!(tree(root.path()).len(), before.len());
        assert_eq!(fs::read_dir(root.path().join("content")).unwrap().count(), 1);
    }

    #[test]
    fn an_interrupted_update_is_put_back_and_never_over_what_is_there() {
        let root = worked_on();
        let before = tree(root.path());
        let aside = root.path().join("content/.demo.before");
        fs::create_dir(&aside).unwrap();
        fs::rename(root.path().join("content/demo"), aside.join(DOCUMENT)).unwrap();
        assert_eq!(content_files(root.path(), "demo").unwrap().len(), 2);
        assert_eq!(tree(root.path()), before);
        // The new files came into place, and were worked on since.
        write(&aside.join(DOCUMENT).join("memorandum.toml"), b"old").unwrap();
        let all = tree(root.path());
        for outcome in
            [content_files(root.path(), "demo").map(drop), replace(root.path(), "demo", &newer())]
        {
            let said = outcome.unwrap_err().to_string();
            assert!(said.contains("was interrupted") && said.contains(".demo.before"), "{said}");
            assert_eq!(tree(root.path()), all);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_pipes_not_waited_for() {
        let pipe = |path: PathBuf| {
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        };
        let home = tempfile::tempdir().unwrap();
        let theirs = format!("{DOCUMENT}/memorandum.toml");
        write(&home.path().join("memorandum.toml"), b"theirs").unwrap();
        write(&home.path().join(&theirs), b"theirs").unwrap();
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("seeds")).unwrap();
        pipe(root.path().join("seeds/demo.txt"));
        let refused = place(root.path(), "demo", &files()).unwrap_err();
        assert!(refused.to_string().contains("is another file"), "{refused}");
        let root = worked_on();
        pipe(root.path().join("content/demo/x.toml"));
        let refused = content_files(root.path(), "demo").unwrap_err();
        assert!(refused.to_string().contains("no regular file"), "{refused}");
        for (link, gone) in [(".demo.before", false), (".demo.before", true), ("demo", true)] {
            let root = worked_on();
            if gone {
                fs::remove_dir_all(root.path().join("content/demo")).unwrap();
            }
            let link = root.path().join("content").join(link);
            std::os::unix::fs::symlink(home.path(), link).unwrap();
            content_files(root.path(), "demo").unwrap_err();
            assert_eq!(tree(home.path()), [theirs.as_str(), "memorandum.toml"]);
        }
    }
}
