//! Versions of a site: what each one said, and what changed between them.
//!
//! Stands above the library, which carries its versions. Pure: knows no file
//! and no clock.

pub mod bag;
pub mod chain;
pub mod record;
mod version;

pub use version::{Seal, Sealed, Version, VersionName, Versions};
