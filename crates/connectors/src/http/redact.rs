//! Strips secrets from what a service says, before anybody reads it.

use secrecy::{ExposeSecret, SecretString};

/// The longest quotation of a service, in characters.
const LONGEST: usize = 200;
/// What stands for a secret where a whole answer is shown.
pub(super) const MASK: &str = "•••";
/// A piece of the secret this long gives it away.
const TELLING: usize = 8;
/// Words this long that mix letters and digits are taken for secrets.
const SUSPICIOUS: usize = 20;

/// What a service said, on one line, shortened, without the secrets and without anything that looks
/// like one: a service may echo what it was sent, whole or in part.
pub(super) fn redact(text: &str, secrets: &[SecretString]) -> String {
    let secrets: Vec<&str> = secrets.iter().map(|s| s.expose_secret()).filter(|s| !s.is_empty()).collect();
    let mut shown = String::new();
    let mut word = String::new();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = secrets.iter().fold(line, |line, secret| line.replace(secret, "***"));
    for c in line.chars().filter(|c| !c.is_control()).chain([' ']) {
        if c.is_ascii_alphanumeric() || "-_.+=~".contains(c) {
            word.push(c);
        } else {
            shown.push_str(if tells(&word, &secrets) { "***" } else { &word });
            shown.push(c);
            word.clear();
        }
    }
    shorten(shown.trim_end())
}

/// An answer as it came, lines and all, without the secrets: for whoever tries a connection out and knows
/// what the service holds.
pub(super) fn without(text: &str, secrets: &[SecretString]) -> String {
    let secrets: Vec<&str> = secrets.iter().map(|s| s.expose_secret()).filter(|s| !s.is_empty()).collect();
    let text = secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, MASK));
    let is_word = |c: char| c.is_ascii_alphanumeric() || "-_.+=~".contains(c);
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c| !is_word(c)) {
        let word = piece.trim_end_matches(|c| !is_word(c));
        let gives_away = word.len() >= TELLING && holds_piece(word, &secrets);
        shown.push_str(if gives_away { MASK } else { word });
        shown.push_str(&piece[word.len()..]);
    }
    shown
}

/// Whether a word holds a piece of a secret, or looks like one itself.
fn tells(word: &str, secrets: &[&str]) -> bool {
    let mixed = word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_alphabetic());
    holds_piece(word, secrets) || (mixed && word.len() >= SUSPICIOUS)
}

fn holds_piece(word: &str, secrets: &[&str]) -> bool {
    let holds = |piece| word.as_bytes().windows(TELLING).any(|w| w == piece);
    secrets.iter().any(|secret| secret.as_bytes().windows(TELLING).any(holds))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "patCANARY7f3a1B2.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn no_form_of_a_secret_is_left() {
        for (said, shown) in [
            ("Unknown field name: \"Montant\"", "Unknown field name: \"Montant\"".to_owned()),
            (
                "Record ID recAbCdEfGhIj1234 does not exist",
                "Record ID recAbCdEfGhIj1234 does not exist".to_owned(),
            ),
            ("LIST_RECORDS_ITERATOR_NOT_AVAILABLE", "LIST_RECORDS_ITERATOR_NOT_AVAILABLE".to_owned()),
            (&format!("Bearer {TOKEN} is wrong"), "Bearer *** is wrong".to_owned()),
            (&format!("\"{TOKEN}\""), "\"***\"".to_owned()),
            ("starts with patCANARY7f3a1", "starts with ***".to_owned()),
            ("ends with 0123456789abcdef!", "ends with ***!".to_owned()),
            ("another keyAbC0123456789abcdefgh", "another ***".to_owned()),
            ("two\nlines\u{1b}[31m and a colour", "two lines[31m and a colour".to_owned()),
            ("", String::new()),
        ] {
            assert_eq!(redact(said, &[SecretString::from(TOKEN)]), shown);
        }
    }

    #[test]
    fn an_answer_keeps_its_lines_and_ids() {
        let said =
            format!("{{\n\t\"id\": \"recAbCdEfGhIj1234AbCdEfGh\",\n\t\"é\": \"{TOKEN}\", \"patCANARY7\"}}\n");
        let shown = "{\n\t\"id\": \"recAbCdEfGhIj1234AbCdEfGh\",\n\t\"é\": \"•••\", \"•••\"}\n";
        assert_eq!(without(&said, &[SecretString::from(TOKEN)]), shown);
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let shown = redact(&"é".repeat(500), &[]);
        assert_eq!(shown.chars().count(), LONGEST + 1);
    }
}
