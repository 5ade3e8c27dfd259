//! Passwords: what they must be like, and how they are checked.
//!
//! argon2id with 19 MiB, two passes and one lane, as OWASP's cheat sheet on password storage asks for. At most two
//! are computed at a time and never on all processors, so that logins use up neither memory nor everybody else's
//! time; a few wait, further ones are sent away.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use model::Text;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Error, Kind, Result};

/// The shortest password, in characters.
const SHORTEST: usize = 12;
/// The longest, in bytes: nobody makes the server hash a book.
const LONGEST: usize = 1_000;
/// Computed at the same time, where half of the processors are not fewer.
const AT_ONCE: usize = 2;
/// Computed or waiting.
const IN_LINE: usize = 32;

/// What stands in for the hash of an account that does not exist: it costs as much, and no password fits.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cGFzc2VyZWxsZS1zYWx0\
                      $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A place in line, until it is dropped.
pub(super) struct Place(#[expect(dead_code, reason = "the place is the permit")] OwnedSemaphorePermit);

/// Hashes and checks passwords, in turn.
pub(super) struct Passwords {
    turns: Arc<Semaphore>,
    line: Arc<Semaphore>,
}

impl Passwords {
    pub(super) fn new() -> Passwords {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Passwords::by_turns((processors / 2).clamp(1, AT_ONCE))
    }

    fn by_turns(turns: usize) -> Passwords {
        Passwords { turns: Arc::new(Semaphore::new(turns)), line: Arc::new(Semaphore::new(IN_LINE)) }
    }

    /// What is kept of a password: a PHC string.
    ///
    /// # Errors
    /// `TooMany` when too many wait already.
    pub(super) async fn hash(&self, password: &SecretString) -> Result<String> {
        let (place, password) = (self.place()?, password.clone());
        self.in_turn(place, move || {
            let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| {
                tracing::error!(%error, "a password cannot be hashed");
                broken()
            })
        })
        .await?
    }

    /// A place in the line of those whose passwords are looked at. To be taken before a try is counted: one that is
    /// sent away unseen was none.
    ///
    /// # Errors
    /// `TooMany` when too many wait already.
    pub(super) fn place(&self) -> Result<Place> {
        Arc::clone(&self.line).try_acquire_owned().map(Place).map_err(|_| busy())
    }

    /// Whether a password is the one that was kept. Without one it takes as long, and is not.
    ///
    /// # Errors
    /// The work broke off.
    pub(super) async fn fits(
        &self,
        place: Place,
        password: &SecretString,
        kept: Option<String>,
    ) -> Result<bool> {
        let password = password.clone();
        self.in_turn(place, move || {
            let kept = kept.as_deref().unwrap_or(NOBODY);
            PasswordHash::new(kept).is_ok_and(|kept| {
                Argon2::default().verify_password(password.expose_secret().as_bytes(), &kept).is_ok()
            })
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| broken())?;
        // The work goes on when its caller leaves, and so its turn is kept until it has ended.
        let held = (place, turn);
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(held);
            done
        });
        done.await.map_err(|_| broken())
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
        let fits = async |typed: &str, kept: &str| {
            let place = passwords.place().unwrap();
            passwords.fits(place, &secret(typed), Some(kept.to_owned())).await.unwrap()
        };
        assert!(fits("correct horse battery", &kept).await);
        assert!(!fits("correct horse batterY", &kept).await);
        assert!(!fits("", "nonsense").await);
    }

    #[tokio::test]
    async fn nobody_costs_as_much_as_somebody() {
        let kept = Passwords::new().hash(&secret("correct horse battery")).await.unwrap();
        let (nobody, somebody) = (PasswordHash::new(NOBODY).unwrap(), PasswordHash::new(&kept).unwrap());
        assert_eq!((nobody.algorithm, nobody.version), (somebody.algorithm, somebody.version));
        assert_eq!(nobody.params.to_string(), somebody.params.to_string());
        assert_eq!(nobody.hash.map(|hash| hash.len()), somebody.hash.map(|hash| hash.len()));
        let passwords = Passwords::new();
        let place = passwords.place().unwrap();
        assert!(!passwords.fits(place, &secret("correct horse battery"), None).await.unwrap());
    }

    #[tokio::test]
    async fn two_are_computed_at_a_time() {
        let passwords = Passwords::by_turns(AT_ONCE);
        let turns = passwords.turns.try_acquire_many(AT_ONCE as u32).unwrap();
        let password = secret("correct horse battery");
        let place = passwords.place().unwrap();
        let mut third = std::pin::pin!(passwords.fits(place, &password, None));
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
    async fn whoever_leaves_keeps_the_turn_until_the_work_has_ended() {
        let passwords = Passwords::by_turns(1);
        let (let_go, held) = std::sync::mpsc::channel::<()>();
        {
            let place = passwords.place().unwrap();
            let mut leaving = std::pin::pin!(passwords.in_turn(place, move || held.recv().is_err()));
            assert!(futures_util::poll!(&mut leaving).is_pending());
        }
        assert_eq!(passwords.turns.available_permits(), 0);
        drop(let_go);
        drop(passwords.turns.acquire().await.unwrap());
        assert_eq!(passwords.line.available_permits(), IN_LINE);
    }

    #[tokio::test]
    async fn a_few_wait_and_further_ones_are_sent_away() {
        let passwords = Passwords::new();
        let _places = passwords.line.try_acquire_many(IN_LINE as u32).unwrap();
        let busy = Kind::TooMany { seconds: 5 };
        assert_eq!(passwords.place().err().unwrap().kind, busy);
        assert_eq!(passwords.hash(&secret("x")).await.err().unwrap().kind, busy);
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
