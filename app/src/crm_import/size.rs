//! Sizes of files as people read them.

use model::Lang;

use crate::i18n::lang;

/// `12 Ko`, `3,4 Mo`; in English `12 KB`, `3.4 MB`.
pub(super) fn size(bytes: u64) -> String {
    let (kilo, mega, point) = match lang() {
        Lang::Fr => ("Ko", "Mo", ","),
        Lang::En => ("KB", "MB", "."),
    };
    if bytes < 1_000_000 {
        return format!("{}\u{a0}{kilo}", bytes.div_ceil(1_000));
    }
    let tenths = bytes / 100_000;
    format!("{}{point}{}\u{a0}{mega}", tenths / 10, tenths % 10)
}
