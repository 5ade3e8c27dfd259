//! The proof that whoever exchanges a code is who asked for it (RFC 7636).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::Text;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};

/// A secret word and what may be told of it beforehand.
#[derive(Clone, Debug)]
pub struct Pkce {
    /// Stays here until the code comes.
    pub verifier: SecretString,
    /// Goes to the server's page.
    pub challenge: String,
}

impl Pkce {
    /// A new pair.
    ///
    /// # Errors
    /// `Unavailable` when the system gives no random numbers.
    pub fn new() -> Result<Pkce> {
        Ok(Pkce::of(random_word()?))
    }

    fn of(verifier: String) -> Pkce {
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        Pkce { verifier: verifier.into(), challenge }
    }
}

/// 32 random bytes of the system, as 43 characters that may stand in an address.
///
/// # Errors
/// `Unavailable` when the system gives no random numbers.
pub fn random_word() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gives no random numbers");
        Error::new(
            ErrorKind::Unavailable,
            Text::fixed(
                "Le système n'a pas fourni de nombres aléatoires.",
                "The system gave no random numbers.",
            ),
        )
    })?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn the_challenge_is_the_one_of_the_standard() {
        let pair = Pkce::of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned());
        assert_eq!(pair.challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn words_differ_and_have_the_standard_s_form() {
        let (one, two) = (Pkce::new().unwrap(), Pkce::new().unwrap());
        assert_ne!(one.challenge, two.challenge);
        let word = one.verifier.expose_secret();
        assert_eq!(word.len(), 43);
        assert!(word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')), "{word}");
    }
}
