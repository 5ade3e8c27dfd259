//! A text without case, accents and what separates words, as SQL both engines understand.
//!
//! SQLite's own `lower` knows ASCII only, and PostgreSQL's way to take accents off is not there
//! everywhere: letter by letter it is the same on both, and the same as [`model::fold::fold`] for what names hold.

/// What is replaced by what.
const LETTERS: [(&str, &str); 7] = [
    ("àâäáÀÂÄÁ", "a"),
    ("éèêëÉÈÊË", "e"),
    ("îïíÎÏÍ", "i"),
    ("ôöóÔÖÓ", "o"),
    ("ûüùúÛÜÙÚ", "u"),
    ("çÇ", "c"),
    (" -.’", ""),
];

/// The SQL text with every `fold(x)` written out; `x` is a column's name.
pub(super) fn unfolded(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once("fold(") {
        let (column, after) = after.split_once(')').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&folded(column));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The expression for an expression; nothing at all is an empty text.
pub(super) fn folded(expression: &str) -> String {
    let mut sql = format!("coalesce({expression}, '')");
    for (letters, base) in LETTERS {
        for letter in letters.chars() {
            sql = format!("replace({sql}, '{letter}', '{base}')");
        }
    }
    format!("lower(replace({sql}, '''', ''))")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_folds_as_the_program_does() {
        let sqlite = rusqlite::Connection::open_in_memory().unwrap();
        let sql = format!("select {}", folded("?1"));
        for name in ["Élan", "L'Hermitage-Saint Jean", "ÇÀÉ îôü", "d’Été", "DUPONT"] {
            let found: String = sqlite.query_row(&sql, [name], |row| row.get(0)).unwrap();
            assert_eq!(found, model::fold::fold(name));
        }
    }
}
