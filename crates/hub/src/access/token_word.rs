//! The word a program enters with: `psr_`, 256 random bits and a checksum, in hexadecimal digits.
//!
//! The prefix lets scanners of public code find one that was left there; the checksum tells a mistyped one from a
//! revoked one without asking the database.

use model::Text;
use secrecy::{ExposeSecret, SecretString};

use crate::digest::{hash, hex};
use crate::{Error, Kind, Result};

const PREFIX: &str = "psr_";
/// Digits of the random part.
const RANDOM: usize = 64;
/// Digits of the checksum.
const CHECKSUM: usize = 8;
/// How much of it people see afterwards.
const HINT: usize = PREFIX.len() + 6;

/// A token that nobody has.
///
/// # Errors
/// The system gives no random numbers.
pub(super) fn new() -> Result<SecretString> {
    let mut bytes = [0_u8; RANDOM / 2];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gives no random numbers");
        Error::new(
            Kind::Internal,
            Text::fixed(
                "Le système n'a pas fourni de nombres aléatoires.",
                "The system gave no random numbers.",
            ),
        )
    })?;
    let random = hex(&bytes);
    let checksum = checksum(&random);
    Ok(format!("{PREFIX}{random}{checksum}").into())
}

/// Its first letters.
pub(super) fn hint(token: &SecretString) -> String {
    token.expose_secret().chars().take(HINT).collect()
}

/// Whether a text can be a token at all.
pub(super) fn is_whole(text: &str) -> bool {
    text.strip_prefix(PREFIX)
        .and_then(|digits| digits.split_at_checked(RANDOM))
        .is_some_and(|(random, check)| checksum(random) == check)
}

fn checksum(random: &str) -> String {
    hash(random).chars().take(CHECKSUM).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_whole_as_it_was_made() {
        let (one, two) = (new().unwrap(), new().unwrap());
        let text = one.expose_secret();
        assert_ne!(text, two.expose_secret());
        assert_eq!((text.len(), is_whole(text)), (76, true));
        assert_eq!(hint(&one), text[..10]);
        let other = if text.ends_with('0') { '1' } else { '0' };
        for broken in [&text[..75], &text[4..], &format!("{}{other}", &text[..75]), "", "psr_", "psr_é"] {
            assert!(!is_whole(broken), "{broken}");
        }
    }
}
