//! What the system tells of a file or folder, as version control asks for it:
//! size, times, identity. Nobody can give a file the stamp of another.

use std::fs;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

/// Adds what the system tells of a file or folder, links not followed; tells its size.
///
/// # Errors
/// If it cannot be looked at.
pub(super) fn stamp(path: &Path, hash: &mut Sha256) -> io::Result<u64> {
    let metadata = fs::symlink_metadata(path)?;
    // A folder changes when anything is put into it or taken away.
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH);
    hash.update(modified.unwrap_or_default().as_nanos().to_le_bytes());
    if metadata.is_dir() {
        return Ok(0);
    }
    hash.update(metadata.len().to_le_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        hash.update(metadata.ino().to_le_bytes());
        hash.update(metadata.ctime().to_le_bytes());
        hash.update(metadata.ctime_nsec().to_le_bytes());
    }
    Ok(metadata.len())
}
