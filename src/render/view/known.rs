//! What views of neighbouring pages need again and again, each made once.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tera::Value;

use crate::library::{Library, MeasureIndex, Related};

use super::Scope;
use super::entity::entity_value;

/// Entities as the pages of a place name them.
#[derive(Default)]
pub struct Entities(RefCell<FxHashMap<usize, Value>>);

impl Entities {
    /// One of them.
    pub fn of(&self, scope: &Scope, entity: usize) -> Value {
        let mut known = self.0.borrow_mut();
        known.entry(entity).or_insert_with(|| entity_value(scope, entity)).clone()
    }
}

/// Related measures: both editions of two pages show them.
#[derive(Default)]
pub struct RelatedMeasures(RefCell<FxHashMap<MeasureIndex, Rc<[Related]>>>);

impl RelatedMeasures {
    /// The measures related to one.
    pub fn of(&self, library: &Library, index: MeasureIndex) -> Rc<[Related]> {
        let mut known = self.0.borrow_mut();
        known.entry(index).or_insert_with(|| library.related(index).into()).clone()
    }
}
