//! Versions of a site: what each one said, and what changed between them.
//!
//! Stands above the library, which carries its versions. Pure: knows no file
//! and no clock.

pub mod bag;
pub mod chain;
mod changes;
pub mod compared;
pub mod diff;
pub mod marks;
pub mod record;
pub mod report;
pub mod texts;
mod version;

pub use changes::{Changes, Event};
pub use version::{Seal, Sealed, Version, VersionName, Versions};
