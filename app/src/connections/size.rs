//! A number of bytes as people write it.

use model::Lang;
use model::notation::point;

/// `840 octets`, `12 ko`, `1,2 Mo`: one decimal below ten, by thousands.
pub(super) fn size(bytes: u64, lang: Lang) -> String {
    let units = match lang {
        Lang::Fr => ["octets", "ko", "Mo", "Go", "To"],
        Lang::En => ["bytes", "kB", "MB", "GB", "TB"],
    };
    if bytes < 1_000 {
        return format!("{bytes}\u{a0}{}", units[0]);
    }
    // In tenths of the unit, rounded; what rounds up to a thousand belongs to the next.
    let mut unit = 1;
    let mut tenths = (bytes + 50) / 100;
    while tenths >= 9_995 && unit + 1 < units.len() {
        tenths = (tenths + 500) / 1_000;
        unit += 1;
    }
    let word = units[unit];
    match tenths {
        0..100 => format!("{}{}{}\u{a0}{word}", tenths / 10, point(lang), tenths % 10),
        _ => format!("{}\u{a0}{word}", (tenths + 5) / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_s_notation() {
        for (bytes, fr, en) in [
            (0, "0\u{a0}octets", "0\u{a0}bytes"),
            (999, "999\u{a0}octets", "999\u{a0}bytes"),
            (1_000, "1,0\u{a0}ko", "1.0\u{a0}kB"),
            (9_960, "10\u{a0}ko", "10\u{a0}kB"),
            (48_200, "48\u{a0}ko", "48\u{a0}kB"),
            (999_700, "1,0\u{a0}Mo", "1.0\u{a0}MB"),
            (1_234_567, "1,2\u{a0}Mo", "1.2\u{a0}MB"),
            (52_000_000_000, "52\u{a0}Go", "52\u{a0}GB"),
        ] {
            assert_eq!((size(bytes, Lang::Fr).as_str(), size(bytes, Lang::En).as_str()), (fr, en), "{bytes}");
        }
    }
}
