//! The program `passerelle`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::run()
}
