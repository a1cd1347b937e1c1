//! The OpenCC library itself, the reference this implementation is judged by.
//!
//! It must not share code or dictionaries with what it judges.

use anyhow::{Context as _, anyhow};
use opencc_rust::{DefaultConfig, OpenCC};
use tempfile::TempDir;

use super::Config;

/// The library with one configuration opened.
pub struct Judge {
    library: OpenCC,
    // The library may read its files later than when it is opened.
    _dictionaries: TempDir,
}

impl Judge {
    /// Opens the library with the dictionaries its crate carries.
    ///
    /// # Errors
    /// If the dictionaries cannot be written to a temporary directory or the
    /// library refuses them.
    pub fn open(config: Config) -> anyhow::Result<Self> {
        let file = config_file(config);
        let dictionaries =
            tempfile::tempdir().context("cannot make a directory for OpenCC's dictionaries")?;
        opencc_rust::generate_static_dictionary(dictionaries.path(), file)
            .map_err(|message| anyhow!(message))
            .context("cannot write OpenCC's dictionaries")?;
        let path = dictionaries.path().join(file.get_file_name());
        let library = OpenCC::new(path)
            .with_context(|| format!("cannot open OpenCC with `{}`", file.get_file_name()))?;
        Ok(Self { library, _dictionaries: dictionaries })
    }

    /// Converts a text. NUL, which the library cannot read past, is kept and
    /// parts the text in two.
    ///
    /// # Errors
    /// If the library reports one.
    pub fn convert(&self, text: &str) -> anyhow::Result<String> {
        let pieces: Result<Vec<String>, _> =
            text.split('\0').map(|piece| self.library.convert(piece)).collect();
        Ok(pieces.context("OpenCC cannot convert the text")?.join("\0"))
    }
}

fn config_file(config: Config) -> DefaultConfig {
    match config {
        Config::Hk2s => DefaultConfig::HK2S,
        Config::S2hk => DefaultConfig::S2HK,
        Config::T2s => DefaultConfig::T2S,
        Config::S2t => DefaultConfig::S2T,
        Config::Tw2s => DefaultConfig::TW2S,
        Config::S2tw => DefaultConfig::S2TW,
        Config::Tw2t => DefaultConfig::TW2T,
        Config::T2hk => DefaultConfig::T2HK,
    }
}
