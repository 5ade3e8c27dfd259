//! Where the command line writes: answers to the standard output, complaints to the error output.

use std::io::Write;

/// A line of an answer. A reader who has gone away (`| head`) is none of our business.
pub(super) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A line about what went wrong.
pub(super) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
