//! What the program says of its own work, on the error output: text for people, or JSON for machines.
//!
//! One event is one line, whatever stands in it: what a caller or a service sent cannot make up a line of its
//! own, nor move the cursor of whoever reads.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use model::Text;
use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Starts the log; `usual` is what is logged when `RUST_LOG` does not say it.
///
/// # Errors
/// `RUST_LOG` is not a filter.
pub(crate) fn start(config: &Config, usual: &str) -> Result<(), Text> {
    let filter = EnvFilter::try_new(config.log_filter.as_deref().unwrap_or(usual)).map_err(|error| {
        Text::new(
            format!("RUST_LOG n'est pas un filtre : {error}"),
            format!("RUST_LOG is not a filter: {error}"),
        )
    })?;
    let in_colour = io::stderr().is_terminal() && !config.log_is_json;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(move || OneLine { out: io::stderr(), in_colour })
        .with_ansi(in_colour);
    if config.log_is_json {
        log.json().flatten_event(true).init();
    } else {
        log.with_target(false).init();
    }
    // A panic is an event like any other.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "a panic: {}", panic.payload_as_str().unwrap_or_default());
    }));
    Ok(())
}

/// Writes each event as one line.
struct OneLine<W> {
    out: W,
    /// The log's own colours are among the bytes. What others sent was stripped of theirs before.
    in_colour: bool,
}

/// An event comes in one piece.
impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let mut line = String::with_capacity(text.len());
        for c in text.trim_end_matches('\n').chars() {
            let stays = !is_control(c) || c == '\t' || (c == '\u{1b}' && self.in_colour);
            // Writing into a text cannot fail.
            let _ = if stays { line.write_char(c) } else { write!(line, "{}", c.escape_default()) };
        }
        line.push('\n');
        self.out.write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What ends a line or is obeyed instead of shown.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn an_event_is_one_line_whatever_stands_in_it() {
        for json in [false, true] {
            let kept = Shared::default();
            let out = kept.clone();
            let writer = move || OneLine { out: out.clone(), in_colour: false };
            let log = tracing_subscriber::fmt().with_writer(writer).with_ansi(false);
            let word = "a\r\n2026-01-01T00:00:00Z  INFO forged\u{1b}[2Jb\u{7}\u{85}\u{2028}\u{202e}c\n";
            let say = || {
                let span = tracing::info_span!("request", id = word);
                span.in_scope(|| tracing::warn!(displayed = %word, debugged = ?word, text = word, "{word}"));
            };
            match json {
                true => tracing::subscriber::with_default(log.json().finish(), say),
                false => tracing::subscriber::with_default(log.finish(), say),
            }
            let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
            assert_eq!(text.lines().count(), 1, "{text}");
            let line = text.strip_suffix('\n').unwrap();
            assert!(!line.contains(is_control) && line.contains("forged"), "{line}");
        }
    }
}
