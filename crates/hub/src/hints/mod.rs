//! Hints: what services say of changes, at an address of ours.
//!
//! A hint brings no data. It names records, or none, and they are read as a sync would read them. Several that
//! come together are one reading; one that comes twice counts once.

mod due;
mod hear;
mod look;
mod manage;
mod resting;
mod view;

use chrono::TimeDelta;
use connectors::hint::Arrangement;
use store::ConfigRow;
use url::Url;

use crate::Hub;

pub use hear::HintMessage;

/// Where services send their messages, below the public address.
const PATH: &str = "hooks";

/// How long what was heard is remembered: longer than services repeat a message they had no answer to.
const REMEMBERED: TimeDelta = TimeDelta::days(3);

impl Hub {
    /// How the service of a connection comes to know our address, where it can tell anything.
    fn arrangement(&self, row: &ConfigRow) -> Option<Arrangement> {
        let connector = self.connector(row).ok()?;
        connector.hints().map(|hints| hints.arrangement())
    }

    /// The address of that word, as services know it; `None` while nobody said where this program is reached.
    fn hint_address(&self, word: &str) -> Option<Url> {
        let mut url = self.inner.public_url.clone()?;
        url.path_segments_mut().ok()?.pop_if_empty().push(PATH).push(word);
        Some(url)
    }
}
