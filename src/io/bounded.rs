//! Reads no more of a file than it may hold. A file comes from anybody: it may
//! be endless, or hold more than the system says.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file.
///
/// # Errors
/// If there are more than so many ([`io::ErrorKind::FileTooLarge`]), or it cannot
/// be read.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(io::ErrorKind::FileTooLarge.into()),
        false => Ok(bytes),
    }
}

/// The text of a file.
///
/// # Errors
/// As [`read`], or if it is not UTF-8 ([`io::ErrorKind::InvalidData`]).
pub fn read_to_string(path: &Path, most: u64) -> io::Result<String> {
    let not_text = |_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8");
    String::from_utf8(read(path, most)?).map_err(not_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_a_file_may_hold() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "同文").unwrap();
        assert_eq!(read_to_string(&path, 6).unwrap(), "同文");
        assert_eq!(read(&path, 5).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(read(&path, 5).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        std::fs::write(&path, b"\xff").unwrap();
        assert_eq!(read_to_string(&path, 5).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    /// The system says that it has no bytes.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_holds_more_than_the_system_says_is_too_large() {
        let endless = Path::new("/dev/zero");
        assert_eq!(read(endless, 1 << 20).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
}
