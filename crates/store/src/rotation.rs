//! Another key for everything that is sealed.
//!
//! From its first step to its last both keys open, wherever it is broken off: the new key stands in the file
//! beside the old one before anything is sealed with it, all values change in one transaction, and only then
//! does the old key leave the file. Other processes on the database look into the file again when they meet a
//! value, or a wish to seal, that their keys do not fit. Begun anew, it ends what was broken off.

use std::fs::File;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::key_file::KeyFile;
use crate::key_ring::{Ring, split};
use crate::sql::Dialect;
use crate::{Batch, Error, Keys, Result, Store};

/// An exchange of the key that was begun: the new key opens and the old ones do.
pub struct Rotation {
    keys: Keys,
    last_step: LastStep,
}

/// What is left to do when everything is sealed with the new key.
enum LastStep {
    /// The file is to hold this key alone; until then no other process may exchange it.
    WriteFile { key: SecretString, _turn: File },
    /// A person is to keep this key, which is in no file.
    Keep(SecretString),
    /// A person is to give up the old keys.
    GiveUp,
}

impl Keys {
    /// Begins to exchange the key. With one key, a new one is made; with several, the first of them is to be
    /// the only one, as somebody wanted or an exchange that was broken off left it.
    ///
    /// # Errors
    /// The key file cannot be written ([`Error::File`]), or another process is exchanging it.
    pub fn begin_rotation(&self) -> Result<Rotation> {
        let last_step = match self.file() {
            Some(path) => self.put_new_into(path)?,
            None if self.ring().count() == 1 => {
                let key = Keys::generate();
                self.put_first(Ring::parse(&key)?);
                LastStep::Keep(key)
            }
            None => LastStep::GiveUp,
        };
        Ok(Rotation { keys: self.clone(), last_step })
    }

    fn put_new_into(&self, path: &Path) -> Result<LastStep> {
        let file = KeyFile::at(path);
        let turn = file.lock()?;
        let text = file.read()?.ok_or_else(|| Error::KeyMissing(path.to_owned()))?;
        let mut keys: Vec<SecretString> = split(text.expose_secret()).map(SecretString::from).collect();
        if keys.len() < 2 {
            keys.insert(0, Keys::generate());
            file.replace(&keys)?;
        }
        self.reload()?;
        Ok(LastStep::WriteFile { key: keys.swap_remove(0), _turn: turn })
    }
}

impl Rotation {
    /// The key that a person must keep before anything is sealed with it: made now, and in no file.
    pub fn to_be_kept(&self) -> Option<&SecretString> {
        match &self.last_step {
            LastStep::Keep(key) => Some(key),
            LastStep::WriteFile { .. } | LastStep::GiveUp => None,
        }
    }

    /// Ends it: the old keys leave the file.
    ///
    /// # Errors
    /// The key file cannot be written; it holds the old keys too then.
    pub fn finish(self) -> Result<()> {
        match (self.last_step, self.keys.file()) {
            (LastStep::WriteFile { key, .. }, Some(path)) => KeyFile::at(path).replace(&[key]),
            _ => Ok(()),
        }
    }
}

impl Batch {
    /// Seals everything anew with the first key, which becomes the only one of this database. Says how many
    /// values there were.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a value does not open with any key: nothing may be committed then.
    pub async fn seal_anew(&mut self, store: &Store) -> Result<u64> {
        match self.dialect {
            // What was sealed before is overwritten, not only given up.
            Dialect::Sqlite => {
                sqlx::query("pragma secure_delete = on").execute(&mut *self.tx).await?;
            }
            Dialect::Postgres => {
                // Gives way before PostgreSQL ends another's transaction for standing in the way of this one.
                sqlx::query("set local lock_timeout = '500ms'").execute(&mut *self.tx).await?;
                sqlx::query("lock table sealing_keys in exclusive mode").execute(&mut *self.tx).await?;
            }
        }
        let first = store.keys.ring().first().unwrap_or_default().to_owned();
        self.forget_keys().await?;
        self.seal_with(store, &first).await?;
        let values = self.sealed_values().await?;
        for value in &values {
            let secret = store.keys.open(&value.place, &value.token)?;
            let token = store.keys.seal(&first, &value.place, &secret)?;
            self.put_sealed(value, &token.ok_or_else(|| Error::KeyReplaced(first.clone()))?).await?;
        }
        Ok(values.len().try_into().unwrap_or(u64::MAX))
    }
}

impl Store {
    /// Its keys.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Folds the write-ahead log of SQLite into the file, so that nothing older stays in it; as far as
    /// whoever is reading allows.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn fold_log(&self) -> Result<()> {
        if self.dialect == Dialect::Sqlite {
            sqlx::query("pragma secure_delete = fast").execute(&mut *self.turn().await?).await?;
            sqlx::query("pragma wal_checkpoint(truncate)").execute(&mut *self.turn().await?).await?;
        }
        Ok(())
    }
}
