//! Passwords: what they must be like, and how they are checked.
//!
//! argon2id with 19 MiB, two passes and one lane, as OWASP's cheat sheet on password storage asks for. At most two
//! are computed at a time, so that logins cannot use up memory; a few wait, further ones are sent away.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use model::Text;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::{Error, Kind, Result};

/// The shortest password, in characters.
const SHORTEST: usize = 12;
/// The longest, in bytes: nobody makes the server hash a book.
const LONGEST: usize = 1_000;
/// Computed at the same time.
const AT_ONCE: usize = 2;
/// Computed or waiting.
const IN_LINE: usize = 32;

/// What stands in for the hash of an account that does not exist: it costs as much, and no password fits.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cGFzc2VyZWxsZS1zYWx0\
                      $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and checks passwords, in turn.
pub(super) struct Passwords {
    turns: Semaphore,
    line: Semaphore,
}

impl Passwords {
    pub(super) fn new() -> Passwords {
        Passwords { turns: Semaphore::new(AT_ONCE), line: Semaphore::new(IN_LINE) }
    }

    /// What is kept of a password: a PHC string.
    ///
    /// # Errors
    /// `TooMany` when too many wait already.
    pub(super) async fn hash(&self, password: &SecretString) -> Result<String> {
        let password = password.clone();
        self.in_turn(move || {
            let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| {
                tracing::error!(%error, "a password cannot be hashed");
                broken()
            })
        })
        .await?
    }

    /// Whether a password is the one that was kept. Without one it takes as long, and is not.
    ///
    /// # Errors
    /// `TooMany` when too many wait already.
    pub(super) async fn fits(&self, password: &SecretString, kept: Option<String>) -> Result<bool> {
        let password = password.clone();
        self.in_turn(move || {
            let kept = kept.as_deref().unwrap_or(NOBODY);
            PasswordHash::new(kept).is_ok_and(|kept| {
                Argon2::default().verify_password(password.expose_secret().as_bytes(), &kept).is_ok()
            })
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _place = self.line.try_acquire().map_err(|_| busy())?;
        let _turn = self.turns.acquire().await.map_err(|_| broken())?;
        tokio::task::spawn_blocking(work).await.map_err(|_| broken())
    }
}

/// A password somebody wants to have.
///
/// # Errors
/// `Invalid`: too short or too long.
pub(super) fn acceptable(password: &SecretString) -> Result<()> {
    let text = password.expose_secret();
    if text.chars().count() < SHORTEST {
        return Err(Error::invalid(Text::fixed(
            "Le mot de passe est trop court : 12 caractères au moins. Une phrase convient.",
            "The password is too short: 12 characters at least. A sentence will do.",
        )));
    }
    if text.len() > LONGEST {
        return Err(Error::invalid(Text::fixed(
            "Le mot de passe est trop long : 1 000 octets au plus.",
            "The password is too long: 1,000 bytes at most.",
        )));
    }
    Ok(())
}

fn busy() -> Error {
    Error::new(
        Kind::TooMany { seconds: 5 },
        Text::fixed(
            "Trop de connexions sont demandées en ce moment. Réessayez dans quelques secondes.",
            "Too many logins are being asked for at the moment. Try again in a few seconds.",
        ),
    )
}

fn broken() -> Error {
    Error::new(
        Kind::Internal,
        Text::fixed("Le mot de passe n'a pas pu être vérifié.", "The password could not be checked."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        text.to_owned().into()
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::new();
        let kept = passwords.hash(&secret("correct horse battery")).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(passwords.hash(&secret("correct horse battery")).await.unwrap(), kept, "salted");
        assert!(passwords.fits(&secret("correct horse battery"), Some(kept.clone())).await.unwrap());
        assert!(!passwords.fits(&secret("correct horse batterY"), Some(kept)).await.unwrap());
        assert!(!passwords.fits(&secret(""), Some("nonsense".to_owned())).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_costs_as_much_as_somebody() {
        let kept = Passwords::new().hash(&secret("correct horse battery")).await.unwrap();
        let (nobody, somebody) = (PasswordHash::new(NOBODY).unwrap(), PasswordHash::new(&kept).unwrap());
        assert_eq!((nobody.algorithm, nobody.version), (somebody.algorithm, somebody.version));
        assert_eq!(nobody.params.to_string(), somebody.params.to_string());
        assert_eq!(nobody.hash.map(|hash| hash.len()), somebody.hash.map(|hash| hash.len()));
        assert!(!Passwords::new().fits(&secret("correct horse battery"), None).await.unwrap());
    }

    #[tokio::test]
    async fn two_are_computed_at_a_time() {
        let passwords = Passwords::new();
        let turns = passwords.turns.try_acquire_many(AT_ONCE as u32).unwrap();
        let password = secret("correct horse battery");
        let mut third = std::pin::pin!(passwords.fits(&password, None));
        assert!(futures_util::poll!(&mut third).is_pending());
        assert_eq!(passwords.line.available_permits(), IN_LINE - 1, "it stands in line");
        drop(turns);
        assert!(!third.await.unwrap());
        assert_eq!(
            (passwords.turns.available_permits(), passwords.line.available_permits()),
            (AT_ONCE, IN_LINE)
        );
    }

    #[tokio::test]
    async fn a_few_wait_and_further_ones_are_sent_away() {
        let passwords = Passwords::new();
        let _places = passwords.line.try_acquire_many(IN_LINE as u32).unwrap();
        let refused = passwords.fits(&secret("x"), None).await.err().unwrap();
        assert_eq!(refused.kind, Kind::TooMany { seconds: 5 });
    }

    #[test]
    fn a_sentence_will_do() {
        assert!(acceptable(&secret("onze caract")).is_err());
        assert!(acceptable(&secret("é è à ç ù ô")).is_err(), "characters, not bytes");
        assert!(acceptable(&secret("douze caract")).is_ok());
        assert!(acceptable(&secret(&"x".repeat(LONGEST))).is_ok());
        assert!(acceptable(&secret(&"x".repeat(LONGEST + 1))).is_err());
    }
}
