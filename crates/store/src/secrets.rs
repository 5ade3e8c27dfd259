//! Secrets at rest: Fernet tokens, with the connection's name sealed inside.
//!
//! The name inside means that a token moved to another connection's row does not open there.

use std::path::Path;
use std::sync::Arc;

use fernet::{Fernet, MultiFernet};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The keys that seal and open secrets: the first seals, all of them open.
#[derive(Clone)]
pub struct Keys(Arc<MultiFernet>);

/// What is inside a sealed secret.
#[derive(Serialize, Deserialize)]
struct Sealed {
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
        let keys: Option<Vec<Fernet>> =
            keys.expose_secret().split(',').map(|k| Fernet::new(k.trim())).collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Keys(Arc::new(MultiFernet::new(keys)))),
            _ => Err(Error::Key("expected url-safe base64 of 32 bytes (passerelle key generate)".into())),
        }
    }

    /// Reads the key kept in a file, or generates one into it, readable by its owner alone.
    ///
    /// # Errors
    /// The file cannot be read or made, or does not hold a key.
    pub fn load_or_create(path: &Path) -> Result<Keys> {
        let file_error = |source| Error::File { path: path.display().to_string(), source };
        match std::fs::read_to_string(path) {
            Ok(key) => Keys::parse(&SecretString::from(key.trim().to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = Keys::generate();
                write_private(path, key.expose_secret()).map_err(file_error)?;
                Keys::parse(&key)
            }
            Err(error) => Err(file_error(error)),
        }
    }

    /// Seals a connection's secret.
    pub(crate) fn seal(&self, connection: &str, secret: &SecretString) -> Result<String> {
        let sealed = Sealed { connection: connection.to_owned(), secret: secret.expose_secret().to_owned() };
        let plain = zeroize::Zeroizing::new(
            serde_json::to_vec(&sealed).map_err(|_| Error::Sealed(connection.to_owned()))?,
        );
        zeroize::Zeroize::zeroize(&mut { sealed.secret });
        Ok(self.0.encrypt(&plain))
    }

    /// Opens a connection's secret.
    pub(crate) fn open(&self, connection: &str, token: &str) -> Result<SecretString> {
        let refused = || Error::Sealed(connection.to_owned());
        let plain = zeroize::Zeroizing::new(self.0.decrypt(token).map_err(|_| refused())?);
        let sealed: Sealed = serde_json::from_slice(&plain).map_err(|_| refused())?;
        let secret = SecretString::from(sealed.secret);
        if sealed.connection == connection { Ok(secret) } else { Err(refused()) }
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC_KEY: &str = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn the_token_is_the_one_of_the_fernet_specification() {
        let keys = Keys::parse(&secret(SPEC_KEY)).unwrap();
        let token = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
        assert_eq!(keys.0.decrypt(token).unwrap(), b"hello");
    }

    #[test]
    fn sealed_differently_each_time_and_opened_only_in_its_place() {
        let keys = Keys::parse(&Keys::generate()).unwrap();
        let one = keys.seal("airtable", &secret("patCANARY")).unwrap();
        let two = keys.seal("airtable", &secret("patCANARY")).unwrap();
        assert_ne!(one, two);
        assert!(one.starts_with("gAAAA") && !one.contains("CANARY"));
        assert_eq!(keys.open("airtable", &one).unwrap().expose_secret(), "patCANARY");
        assert!(matches!(keys.open("notion", &one), Err(Error::Sealed(_))));
        let mut flipped = one.into_bytes();
        flipped[40] ^= 1;
        assert!(keys.open("airtable", &String::from_utf8_lossy(&flipped)).is_err());
    }

    #[test]
    fn an_older_key_still_opens() {
        let (old, new) = (Keys::generate(), Keys::generate());
        let sealed = Keys::parse(&old).unwrap().seal("airtable", &secret("pat")).unwrap();
        let both = secret(&format!("{}, {}", new.expose_secret(), old.expose_secret()));
        assert!(Keys::parse(&both).unwrap().open("airtable", &sealed).is_ok());
        assert!(Keys::parse(&new).unwrap().open("airtable", &sealed).is_err());
        assert!(Keys::parse(&secret("short")).is_err());
    }

    #[test]
    fn a_key_is_made_once_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/encryption.key");
        let sealed = Keys::load_or_create(&path).unwrap().seal("airtable", &secret("pat")).unwrap();
        assert!(Keys::load_or_create(&path).unwrap().open("airtable", &sealed).is_ok());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
