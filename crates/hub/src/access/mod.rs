//! Who may enter, and what they did.
//!
//! While no owner has a password, whoever reaches the server may do everything (*local mode*: the server sees to
//! it that only this machine reaches it). From then on everybody logs in or brings a token (*protected mode*),
//! and nothing leads back. The server asks here who is asking and what they may do; it decides nothing itself.

mod attempts;
mod audit;
mod caller;
mod invitations;
mod login;
mod members;
mod owner;
mod passwords;
mod sessions;
mod token_word;
mod tokens;

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::Text;
use secrecy::SecretString;

use crate::{Error, Kind};

use attempts::Attempts;
use passwords::Passwords;

pub use caller::{Caller, Member, Origin, Visitor};
pub use sessions::LIFETIME;

/// What the rules of entering remember while the program runs.
pub(crate) struct Access {
    /// Whether an owner has a password; it never becomes untrue again.
    is_protected: AtomicBool,
    attempts: Mutex<Attempts>,
    passwords: Passwords,
    /// What the console shows to whoever started the program, for the first owner.
    setup_code: SecretString,
}

impl Access {
    pub(crate) fn new() -> Access {
        Access {
            is_protected: AtomicBool::new(false),
            attempts: Mutex::default(),
            passwords: Passwords::new(),
            setup_code: owner::new_setup_code(),
        }
    }

    fn attempts(&self) -> MutexGuard<'_, Attempts> {
        // Counting cannot panic half-way: what is there is right.
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A name as it is looked for: people write it as they like.
fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Something only a member has was asked for in local mode.
fn nobody() -> Error {
    Error::new(
        Kind::NotConfigured,
        Text::fixed(
            "En mode local, il n'y a ni compte ni jeton : protégez d'abord l'accès.",
            "In local mode there are neither accounts nor tokens: protect the access first.",
        ),
    )
}
