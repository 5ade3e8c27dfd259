//! Pieces of sentences these pages share.

use model::canonical::Entity;
use model::{Lang, notation};

use crate::format;
use crate::i18n::lang;

/// `1 234 lignes`.
pub(crate) fn row_count(rows: u64) -> String {
    let number = format::number(rows, lang());
    match (lang(), rows) {
        (Lang::Fr, 0 | 1) => format!("{number} ligne"),
        (Lang::Fr, _) => format!("{number} lignes"),
        (Lang::En, 1) => format!("{number} row"),
        (Lang::En, _) => format!("{number} rows"),
    }
}

/// `12,5 %`.
pub(crate) fn percent(share: f64) -> String {
    notation::percent(share, lang())
}

/// The word people use for a table.
pub(super) fn label(entity: Entity) -> String {
    entity.label().get(lang()).to_owned()
}

/// The address of a page of a source: its name is one word or more.
pub(super) fn source_page(source: &str, page: &str) -> String {
    let mut path = String::from("/connectors/");
    for byte in source.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path.push_str(page);
    path
}
