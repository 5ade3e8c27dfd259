//! The program `passerelle`.

use std::process::ExitCode;

/// The system's own gives memory back after every large question and fetches it anew for the next: with 100,000 deals
/// a third of the time of a page went there.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    server::cli::run()
}
