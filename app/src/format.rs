//! Numbers, days and durations as people write them.
//!
//! Written in Rust for both sides: the browser's own formatting would differ from the server's and
//! break hydration.

use model::Lang;
use model::notation::point;

pub(crate) use model::notation::number;

/// The day of `2026-11-21`: `21/11/2026` in French, `21 Nov 2026` in English. Anything else is shown as it is.
pub(crate) fn day(iso: &str, lang: Lang) -> String {
    let mut parts = iso.splitn(3, '-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return iso.to_owned();
    };
    match lang {
        Lang::Fr => format!("{day}/{month}/{year}"),
        Lang::En => format!("{day} {} {year}", english_month(month)),
    }
}

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

fn english_month(month: &str) -> &str {
    match month {
        "01" => "Jan",
        "02" => "Feb",
        "03" => "Mar",
        "04" => "Apr",
        "05" => "May",
        "06" => "Jun",
        "07" => "Jul",
        "08" => "Aug",
        "09" => "Sep",
        "10" => "Oct",
        "11" => "Nov",
        "12" => "Dec",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_s_notation() {
        assert_eq!(day("2026-11-21", Lang::Fr), "21/11/2026");
        assert_eq!(day("2026-11-21", Lang::En), "21 Nov 2026");
        assert_eq!(day("bientôt", Lang::Fr), "bientôt");
        assert_eq!(duration(840, Lang::Fr), "0,8\u{a0}s");
        assert_eq!(duration(185_000, Lang::En), "3\u{a0}min 05\u{a0}s");
    }
}
