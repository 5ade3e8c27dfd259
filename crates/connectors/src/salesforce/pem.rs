//! A private key as it comes out of a form.

use secrecy::{ExposeSecret, SecretString};

/// Letters on a line of a PEM file.
const LINE: usize = 64;

/// The key with its lines as they must be: a form of one line takes the line breaks out, and a JSON file
/// writes them as two characters. What is no PEM stays as it is.
pub(super) fn of_pasted(pasted: &SecretString) -> SecretString {
    let text = pasted.expose_secret().replace("\\n", "\n");
    SecretString::from(lines(&text).unwrap_or(text))
}

fn lines(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (kind, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once("-----END ")?;
    let letters: Vec<char> = body.chars().filter(|letter| !letter.is_whitespace()).collect();
    let lines = letters.chunks(LINE).map(|line| line.iter().chain(&['\n']).collect::<String>());
    Some(format!("-----BEGIN {kind}-----\n{}-----END {kind}-----\n", lines.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_letters_and_gets_its_lines_back() {
        let letters = "A".repeat(64) + "\n" + &"b/+=".repeat(5);
        let key = format!("-----BEGIN PRIVATE KEY-----\n{letters}\n-----END PRIVATE KEY-----\n");
        for pasted in
            [key.clone(), key.replace('\n', ""), key.replace('\n', "\\n"), key.replace('\n', " \r\n")]
        {
            assert_eq!(of_pasted(&pasted.into()).expose_secret(), key);
        }
        assert_eq!(of_pasted(&"no key".into()).expose_secret(), "no key");
    }
}
