//! Secrets at rest: Fernet tokens, with the place they belong to sealed inside.
//!
//! The place inside means that a token moved to another row or column does not open there.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use fernet::Fernet;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::key_file::KeyFile;
use crate::key_ring::Ring;
use crate::{Error, Result};

/// What is sealed with every key, so that a key can be told to be the right one. Never a secret.
const PROOF: (&str, &str) = ("key proof", "Passerelle");

/// The keys that open secrets; which of them seals is kept in the database (`sealing_keys`). Cheap to clone.
#[derive(Clone)]
pub struct Keys {
    ring: Arc<RwLock<Ring>>,
    /// Where they are read from, again when another process has replaced them.
    file: Option<Arc<Path>>,
}

/// What is inside a sealed secret.
#[derive(Serialize, Deserialize)]
struct Sealed {
    /// Where it belongs.
    connection: String,
    secret: String,
}

impl Keys {
    /// A new random key: url-safe base64 of 32 bytes.
    pub fn generate() -> SecretString {
        SecretString::from(Fernet::generate_key())
    }

    /// Reads one key, or several separated by commas.
    ///
    /// # Errors
    /// A key is not url-safe base64 of 32 bytes.
    pub fn parse(keys: &SecretString) -> Result<Keys> {
        Ok(Keys { ring: Arc::new(RwLock::new(Ring::parse(keys)?)), file: None })
    }

    /// The keys of a file. It is read when a database is opened, and made there if the database has no secret
    /// that an earlier key sealed.
    pub fn in_file(path: PathBuf) -> Keys {
        Keys { ring: Arc::default(), file: Some(path.into()) }
    }

    /// The file they are in; `None` when they were given as they are.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Reads the file, if there is one. Keys that were known before go on opening what was sealed with them.
    ///
    /// # Errors
    /// The file cannot be read, can be read by others, or holds no key.
    pub(crate) fn reload(&self) -> Result<()> {
        let Some(path) = &self.file else { return Ok(()) };
        if let Some(text) = KeyFile::at(path).read()? {
            self.put_first(Ring::parse(&text)?);
        }
        Ok(())
    }

    /// Makes the file with a new key.
    pub(crate) fn make(&self) -> Result<()> {
        let Some(path) = &self.file else { return Ok(()) };
        KeyFile::at(path).make(&Keys::generate())?;
        self.reload()
    }

    /// Puts keys before those that are known.
    pub(crate) fn put_first(&self, first: Ring) {
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        *ring = first.before(&ring);
    }

    /// The keys as they are at this moment.
    pub(crate) fn ring(&self) -> Ring {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Seals a secret for a place with the key of that fingerprint; `None` when there is no such key, even
    /// after looking into the file again.
    pub(crate) fn seal(
        &self,
        fingerprint: &str,
        place: &str,
        secret: &SecretString,
    ) -> Result<Option<String>> {
        if self.ring().key(fingerprint).is_none() {
            self.reload()?;
        }
        self.ring().key(fingerprint).map(|key| seal(key, place, secret)).transpose()
    }

    /// Opens the secret of a place.
    pub(crate) fn open(&self, place: &str, token: &str) -> Result<SecretString> {
        if let Some((_, secret)) = self.open_with(place, token) {
            return Ok(secret);
        }
        // Another process may have sealed it with a key that came into the file since.
        self.reload()?;
        self.open_with(place, token).map(|(_, secret)| secret).ok_or_else(|| Error::Sealed(place.to_owned()))
    }

    /// Opens the secret of a place, and says with which key.
    pub(crate) fn open_with(&self, place: &str, token: &str) -> Option<(String, SecretString)> {
        self.ring().each().find_map(|(fingerprint, key)| {
            open(key, place, token).map(|secret| (fingerprint.to_owned(), secret))
        })
    }

    /// What tells the key of that fingerprint from all others.
    pub(crate) fn proof(&self, fingerprint: &str) -> Result<Option<String>> {
        self.seal(fingerprint, PROOF.0, &SecretString::from(PROOF.1))
    }

    /// Whether the key of that fingerprint is here, and made this proof.
    pub(crate) fn proves(&self, fingerprint: &str, proof: &str) -> bool {
        let ring = self.ring();
        ring.key(fingerprint)
            .and_then(|key| open(key, PROOF.0, proof))
            .is_some_and(|word| word.expose_secret() == PROOF.1)
    }
}

fn seal(key: &Fernet, place: &str, secret: &SecretString) -> Result<String> {
    let sealed = Sealed { connection: place.to_owned(), secret: secret.expose_secret().to_owned() };
    let plain =
        zeroize::Zeroizing::new(serde_json::to_vec(&sealed).map_err(|_| Error::Sealed(place.to_owned()))?);
    zeroize::Zeroize::zeroize(&mut { sealed.secret });
    Ok(key.encrypt(&plain))
}

fn open(key: &Fernet, place: &str, token: &str) -> Option<SecretString> {
    let plain = zeroize::Zeroizing::new(key.decrypt(token).ok()?);
    let sealed: Sealed = serde_json::from_slice(&plain).ok()?;
    let secret = SecretString::from(sealed.secret);
    (sealed.connection == place).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC_KEY: &str = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    fn sealed(keys: &Keys, place: &str) -> String {
        let first = keys.ring().first().unwrap().to_owned();
        keys.seal(&first, place, &secret("patCANARY")).unwrap().unwrap()
    }

    #[test]
    fn the_token_is_the_one_of_the_fernet_specification() {
        let keys = Keys::parse(&secret(SPEC_KEY)).unwrap();
        let token = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
        assert_eq!(keys.ring().each().next().unwrap().1.decrypt(token).unwrap(), b"hello");
    }

    #[test]
    fn sealed_differently_each_time_and_opened_only_in_its_place() {
        let keys = Keys::parse(&Keys::generate()).unwrap();
        let (one, two) = (sealed(&keys, "airtable"), sealed(&keys, "airtable"));
        assert_ne!(one, two);
        assert!(one.starts_with("gAAAA") && !one.contains("CANARY"));
        assert_eq!(keys.open("airtable", &one).unwrap().expose_secret(), "patCANARY");
        assert!(matches!(keys.open("notion", &one), Err(Error::Sealed(_))));
    }

    /// Every bit of a token matters, those of its time and of its signature included.
    #[test]
    fn a_token_with_one_byte_changed_does_not_open() {
        let keys = Keys::parse(&Keys::generate()).unwrap();
        let whole = sealed(&keys, "airtable");
        for place in 0..whole.trim_end_matches('=').len() {
            let mut flipped = whole.clone().into_bytes();
            flipped[place] = if flipped[place] == b'A' { b'Q' } else { b'A' };
            let flipped = String::from_utf8(flipped).unwrap();
            assert!(keys.open("airtable", &flipped).is_err(), "byte {place}");
        }
        assert!(keys.open("airtable", &whole[..whole.len() - 4]).is_err(), "cut off");
    }

    #[test]
    fn an_older_key_still_opens() {
        let (old, new) = (Keys::generate(), Keys::generate());
        let token = sealed(&Keys::parse(&old).unwrap(), "airtable");
        let both = secret(&format!("{}, {}", new.expose_secret(), old.expose_secret()));
        assert!(Keys::parse(&both).unwrap().open("airtable", &token).is_ok());
        assert!(Keys::parse(&new).unwrap().open("airtable", &token).is_err());
        assert!(Keys::parse(&secret("short")).is_err());
    }

    #[test]
    fn a_key_that_came_into_the_file_later_opens() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("encryption.key");
        let (ours, theirs) = (Keys::in_file(path.clone()), Keys::in_file(path.clone()));
        ours.make().unwrap();
        theirs.reload().unwrap();
        let (before, old) = (sealed(&theirs, "airtable"), ours.ring().first().unwrap().to_owned());
        KeyFile::at(&path).replace(&[Keys::generate()]).unwrap();
        ours.reload().unwrap();
        let after = sealed(&ours, "airtable");
        assert!(theirs.open("airtable", &after).is_ok(), "read again when it was needed");
        assert!(theirs.open("airtable", &before).is_ok(), "what was read before the exchange opens still");
        assert!(Keys::in_file(path).open("airtable", &before).is_err(), "the old key is in the file no more");
        assert_ne!(ours.ring().first().unwrap(), old);
    }

    #[test]
    fn a_key_is_proven_by_what_it_sealed() {
        let (keys, others) =
            (Keys::parse(&Keys::generate()).unwrap(), Keys::parse(&Keys::generate()).unwrap());
        let fingerprint = keys.ring().first().unwrap().to_owned();
        let proof = keys.proof(&fingerprint).unwrap().unwrap();
        assert!(keys.proves(&fingerprint, &proof));
        assert!(!others.proves(&fingerprint, &proof) && !keys.proves(&fingerprint, "gAAAA"));
        assert!(others.proof(&fingerprint).unwrap().is_none());
    }
}
