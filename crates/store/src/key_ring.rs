//! Several keys at once, each known by its fingerprint.

use fernet::Fernet;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// Keys in the order in which they are tried.
#[derive(Clone, Default)]
pub(crate) struct Ring(Vec<(String, Fernet)>);

impl Ring {
    /// Reads one key, or several separated by commas or lines.
    ///
    /// # Errors
    /// A key is not url-safe base64 of 32 bytes.
    pub(crate) fn parse(keys: &SecretString) -> Result<Ring> {
        let keys: Option<Vec<_>> = split(keys.expose_secret())
            .map(|key| Fernet::new(key).map(|fernet| (fingerprint(key), fernet)))
            .collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Ring(keys)),
            _ => Err(Error::Key("expected url-safe base64 of 32 bytes (passerelle key generate)".into())),
        }
    }

    /// The fingerprint of the first one.
    pub(crate) fn first(&self) -> Option<&str> {
        self.0.first().map(|(fingerprint, _)| fingerprint.as_str())
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The key of that fingerprint.
    pub(crate) fn key(&self, fingerprint: &str) -> Option<&Fernet> {
        self.0.iter().find(|(known, _)| known == fingerprint).map(|(_, key)| key)
    }

    /// Each with its fingerprint.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&str, &Fernet)> {
        self.0.iter().map(|(fingerprint, key)| (fingerprint.as_str(), key))
    }

    /// These, then those of the other ring that are not among them.
    pub(crate) fn before(self, others: &Ring) -> Ring {
        let mut keys = self.0;
        for (fingerprint, key) in &others.0 {
            if !keys.iter().any(|(known, _)| known == fingerprint) {
                keys.push((fingerprint.clone(), key.clone()));
            }
        }
        Ring(keys)
    }
}

/// The keys of a text.
pub(crate) fn split(keys: &str) -> impl Iterator<Item = &str> {
    keys.split([',', '\n']).map(str::trim).filter(|key| !key.is_empty())
}

/// What a key is known by. It tells nothing of the key, whose 32 bytes are random.
fn fingerprint(key: &str) -> String {
    let digest = Sha256::digest(format!("passerelle key {}", key.trim_end_matches('=')));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
