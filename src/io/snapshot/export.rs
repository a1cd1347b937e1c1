//! Packs a bag into one ZIP file, the same bytes for the same bag.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Algorithm, Bag, FOLDER, read, read_whole};

/// Packs a bag into a file, replacing one that is there. Every file is compared
/// with the bag's manifests on the way.
///
/// # Errors
/// If the bag is damaged, or the file would stand among the snapshots or cannot
/// be written. A file that is there stays as it was.
pub fn export(root: &Path, bag: &Bag, to: &Path) -> Result<u64> {
    refuse_inside(root, to)?;
    let aside = aside(to)?;
    let packed = pack_into(bag, &aside).and_then(|size| {
        fs::rename(&aside, to).with_context(|| cannot_write(to))?;
        Ok(size)
    });
    if packed.is_err() {
        // It may not even have been made.
        let _ = fs::remove_file(&aside);
    }
    packed
}

/// A name beside the file, of this process alone.
fn aside(to: &Path) -> Result<PathBuf> {
    let Some(name) = to.file_name() else { bail!("`{}` names no file", to.display()) };
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}", std::process::id()));
    Ok(to.with_file_name(hidden))
}

/// A sealed bag may hold no file but its own.
fn refuse_inside(root: &Path, to: &Path) -> Result<()> {
    let parent = match to.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let parent = parent.canonicalize().with_context(|| cannot_write(to))?;
    let snapshots = root.join(FOLDER);
    let inside = snapshots.canonicalize().is_ok_and(|snapshots| parent.starts_with(snapshots));
    if inside {
        bail!(
            "refusing to write `{}`: it would stand in `{}`\n  \
             help: choose another place with `--out`",
            to.display(),
            snapshots.display()
        );
    }
    Ok(())
}

/// Packs a bag into a new file; tells its size.
///
/// # Errors
/// If the bag is damaged, or the file is there or cannot be written.
pub fn pack_into(bag: &Bag, path: &Path) -> Result<u64> {
    // Were a link there, it would be written through.
    let file = File::create_new(path).with_context(|| cannot_write(path))?;
    let file = pack(bag, BufWriter::new(file))?;
    let finish = || -> io::Result<u64> {
        let file = file.into_inner()?;
        file.sync_all()?;
        Ok(file.metadata()?.len())
    };
    finish().with_context(|| cannot_write(path))
}

/// Packs a bag: the same bytes for the same bag. Every file is compared with the
/// bag's manifests on the way.
///
/// # Errors
/// If the bag is damaged, or what is given cannot be written.
pub fn pack<W: Write + Seek>(bag: &Bag, to: W) -> Result<W> {
    let mut zip = ZipWriter::new(to);
    // The RFC wants one folder, which is the bag.
    let folder = &bag.info.name;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut add = |path: &str, bytes: &[u8]| -> Result<()> {
        let large = u32::try_from(bytes.len()).is_err();
        zip.start_file(format!("{folder}/{path}"), options.large_file(large))
            .map_err(io::Error::from)
            .and_then(|()| zip.write_all(bytes))
            .with_context(|| format!("cannot pack `{path}`"))
    };
    for path in Algorithm::ALL.map(Algorithm::tag_manifest) {
        add(path, &read(&bag.folder, path)?)?;
    }
    for (path, digest) in bag.tags()?.iter() {
        add(path, &read_whole(&bag.folder, path, digest)?)?;
    }
    for (path, digest) in bag.manifest()?.iter() {
        add(path, &read_whole(&bag.folder, path, digest)?)?;
    }
    Ok(zip.finish().map_err(io::Error::from)?)
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
}
