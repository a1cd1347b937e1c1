//! Digests of files, as bags carry them: two of each.

use std::io::{self, Read};

use sha2::{Digest, Sha256, Sha512};

use crate::source::hexadecimal;

use super::{MANIFEST, TAG_MANIFEST};

/// A digest that bags carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Sha256,
    Sha512,
}

impl Algorithm {
    pub(super) const ALL: [Self; 2] = [Self::Sha256, Self::Sha512];

    pub(super) fn digits(self) -> usize {
        match self {
            Self::Sha256 => 64,
            Self::Sha512 => 128,
        }
    }

    pub(super) fn manifest(self) -> &'static str {
        match self {
            Self::Sha256 => MANIFEST,
            Self::Sha512 => "manifest-sha512.txt",
        }
    }

    pub(super) fn tag_manifest(self) -> &'static str {
        match self {
            Self::Sha256 => TAG_MANIFEST,
            Self::Sha512 => "tagmanifest-sha512.txt",
        }
    }
}

/// The size and digests of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digests {
    pub(super) size: u64,
    pub(super) sha256: String,
    sha512: String,
}

impl Digests {
    /// Of all that a reader gives.
    pub(super) fn of(mut reader: impl Read) -> io::Result<Self> {
        let (mut sha256, mut sha512) = (Sha256::new(), Sha512::new());
        let mut buffer = vec![0; 64 * 1024];
        let mut size = 0;
        loop {
            let read = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            sha256.update(&buffer[..read]);
            sha512.update(&buffer[..read]);
            size += read as u64;
        }
        Ok(Self {
            size,
            sha256: hexadecimal(&sha256.finalize()),
            sha512: hexadecimal(&sha512.finalize()),
        })
    }

    pub(super) fn get(&self, algorithm: Algorithm) -> &str {
        match algorithm {
            Algorithm::Sha256 => &self.sha256,
            Algorithm::Sha512 => &self.sha512,
        }
    }
}

/// The SHA-256 of some bytes, in lowercase hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}
