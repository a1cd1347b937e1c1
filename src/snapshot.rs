//! Versions of a site: what each one said, and what changed between them.
//!
//! Stands above the library, which carries its versions. Pure: knows no file
//! and no clock.

pub(crate) mod bag;
pub(crate) mod chain;
mod changes;
pub(crate) mod compared;
pub mod diff;
pub(crate) mod marks;
pub mod record;
pub mod report;
pub(crate) mod texts;
mod version;

pub use changes::{Changes, Event};
pub use version::{Seal, Sealed, Version, VersionName, Versions};
