//! Versions of a site: what each one said, and what changed between them.
//!
//! Stands above the library, which carries its versions. Pure: knows no file
//! and no clock.

pub mod record;
mod version;

pub use version::{Break, Seal, Sealed, Version, VersionName, Versions};
