//! The matrix: every fault of a service, in both directions, on every connector.
//!
//! A program of its own instead of a set of test functions: its cells share what a run without a fault
//! leaves, and it always ends with the table. An argument plays only the rows whose name holds it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod bench;
mod drift;
mod expect;
mod faults;
mod matrix;
mod meetings;
mod scale;
mod service;

use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let began = Instant::now();
    let rows = [faults::rows(), drift::rows(), meetings::rows(), scale::rows()].concat();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let played = runtime.block_on(matrix::play(rows, &wanted));
    for failure in &played.failures {
        println!("failed: {failure}");
    }
    println!("\n{}\n", played.table);
    let (passed, failed) = (played.passed, played.failures.len());
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("test result: {word}. {passed} passed; {failed} failed; finished in {:.2?}", began.elapsed());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
