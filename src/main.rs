//! The `tongwen` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(tongwen::cli::run() as u8)
}
