//! What changed between two versions, as text for a person and as data.

mod human;
mod json;

pub use human::human;
pub use json::json;

use crate::model::Date;

use super::record::Record;

/// One side of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The version's name, or that of the present.
    pub name: &'a str,
    /// The day of the seal; the present has none.
    pub date: Option<Date>,
    /// What it says.
    pub record: &'a Record,
}
