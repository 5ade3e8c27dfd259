//! What the program says of its own work, on the error output: text for people, or JSON for machines.

use std::io::{self, IsTerminal};

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
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    if config.log_is_json {
        log.json().flatten_event(true).init();
    } else {
        log.with_target(false).init();
    }
    Ok(())
}
