//! tongwen 同文: one source, both Chinese scripts.
//!
//! A static site generator for measure documents. The layers, each importing
//! only those above it, are described in `ARCHITECTURE.md` and held by
//! `tests/layers.rs`.

pub mod source;

pub mod diagnostic;

pub mod model;

pub mod parse;

pub mod script;

pub mod snapshot;

pub mod library;

pub mod data;

pub mod search;

pub mod render;

pub mod pipeline;

pub mod check;

pub mod io;

pub(crate) mod import;

#[cfg(feature = "serve")]
pub mod serve;

pub mod cli;
