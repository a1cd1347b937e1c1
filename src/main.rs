//! The `tongwen` command.

use std::process::ExitCode;

/// Rendering is many short-lived strings from several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(tongwen::cli::run() as u8)
}
