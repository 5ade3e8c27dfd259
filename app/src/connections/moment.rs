//! A moment to come, in the time zone it was planned in.

use crate::format;
use crate::i18n::lang;

/// `21/11/2026 06:00` of `2026-11-21T06:00:00+01:00`: what people planned, wherever they read it.
pub(super) fn moment(instant: &str) -> String {
    match instant.split_once('T') {
        Some((day, time)) => format::moment(day, time.get(..5).unwrap_or(time), lang()),
        None => instant.to_owned(),
    }
}
