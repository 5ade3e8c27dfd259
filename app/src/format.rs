//! Numbers, days and durations as people write them.
//!
//! Written in Rust for both sides: the browser's own formatting would differ from the server's and
//! break hydration.

use model::Lang;
use model::notation::point;

pub(crate) use model::notation::{day, number};

/// A day and a time of day, such as `21/11/2026 14:05`.
pub(crate) fn moment(iso_day: &str, time: &str, lang: Lang) -> String {
    format!("{} {time}", day(iso_day, lang))
}

/// A duration on one or two units: `0,8 s`, `12 s`, `3 min 05 s`, `2 h 10 min`.
pub(crate) fn duration(millis: u64, lang: Lang) -> String {
    let seconds = millis / 1_000;
    match seconds {
        0..10 => format!("{seconds}{}{}\u{a0}s", point(lang), millis % 1_000 / 100),
        10..60 => format!("{seconds}\u{a0}s"),
        60..3_600 => format!("{}\u{a0}min {:02}\u{a0}s", seconds / 60, seconds % 60),
        _ => format!("{}\u{a0}h {:02}\u{a0}min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_s_notation() {
        assert_eq!(duration(840, Lang::Fr), "0,8\u{a0}s");
        assert_eq!(duration(185_000, Lang::En), "3\u{a0}min 05\u{a0}s");
    }
}
