//! Text files that spreadsheets open: UTF-8 with its mark, parted by semicolons.

/// What tells a spreadsheet that the file is UTF-8.
pub const MARK: char = '\u{feff}';

/// What ends a line.
pub const LINE_END: &str = "\r\n";

/// Writes a text as a cell. One that a spreadsheet would take for a formula gets an apostrophe before it, and
/// is then shown as it is: whoever filled the source in must not be able to have something worked out on the
/// reader's machine.
pub fn text(words: &str, out: &mut String) {
    let is_formula = is_formula(words);
    let is_quoted = words.contains([';', '"', '\n', '\r']);
    if is_quoted {
        out.push('"');
    }
    if is_formula {
        out.push('\'');
    }
    if is_quoted {
        out.push_str(&words.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(words);
    }
}

/// The text that [`text`] wrote as this cell, quotes taken off.
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|words| is_formula(words)).unwrap_or(cell)
}

/// Whether a text would be taken for a formula, or for one whose apostrophe somebody wrote themselves.
fn is_formula(words: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    words.trim_start_matches('\'').starts_with(signs)
}

#[cfg(test)]
mod tests {
    fn text(words: &str) -> String {
        let mut out = String::new();
        super::text(words, &mut out);
        out
    }

    #[test]
    fn a_cell_is_the_text_it_was_written_for() {
        for words in ["=1+1", "'=1", "''-1", "'a", "l'an", "", "-5", "a"] {
            assert_eq!(super::restored(&text(words)), words);
        }
    }

    #[test]
    fn nothing_is_worked_out() {
        for formula in ["=1+1", "+33 1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            let out = text(formula);
            assert!(out.trim_start_matches('"').starts_with('\''), "{out}");
        }
        assert_eq!(text("=HYPERLINK(\"x\";\"y\")"), "\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\"");
        assert_eq!(text("a=b"), "a=b");
        assert_eq!(text("'a"), "'a");
        assert_eq!(text("a;\"b\"\nc"), "\"a;\"\"b\"\"\nc\"");
    }
}
