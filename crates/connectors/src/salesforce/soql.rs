//! Queries as text.

/// A text in quotes, safe inside a query.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for sign in text.chars() {
        match sign {
            '\'' | '\\' => quoted.extend(['\\', sign]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            sign => quoted.push(sign),
        }
    }
    quoted.push('\'');
    quoted
}

/// Texts as the list of an `IN`.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(quoted).collect();
    format!("({})", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_quotes() {
        for (text, inside) in [
            ("Acme", "'Acme'"),
            ("L'Île", "'L\\'Île'"),
            ("a\\' OR Name != '", "'a\\\\\\' OR Name != \\''"),
            ("a\nb\tc\r", "'a\\nb\\tc\\r'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(text), inside);
        }
        assert_eq!(list(["a", "b'c"]), "('a','b\\'c')");
    }
}
