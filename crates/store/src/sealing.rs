//! The table `sealing_keys`: the keys that sealed what is sealed here, known by their fingerprints.
//!
//! A program that starts with other keys is told so, before it writes anything. Whoever seals asks the
//! database, in the transaction it seals for, which key is to be used: so another process may exchange the
//! key at any time, and nothing is sealed with one that was given up.

use std::collections::BTreeSet;

use secrecy::SecretString;
use sqlx::{Any, Executor, Row};

use crate::sql::Dialect;
use crate::{Batch, Error, Result, Store};

impl Store {
    /// Whether the keys at hand are those of this database; the first of them seals from now on. A database
    /// without anything sealed takes any, and a key file that is missing is made for it.
    pub(crate) async fn meet_keys(&self) -> Result<()> {
        self.keys.reload()?;
        // A database that needs nothing written is not written to: it may be on a disk that is full.
        if self.met(&known_keys(&self.read).await?) {
            return Ok(());
        }
        let mut batch = self.begin().await?;
        if self.dialect == Dialect::Postgres {
            sqlx::query("lock table sealing_keys in exclusive mode").execute(&mut *batch.tx).await?;
        }
        let known = known_keys(&mut *batch.tx).await?;
        let strange = known.iter().find(|key| !self.keys.proves(&key.fingerprint, &key.proof));
        if known.is_empty() || strange.is_some() {
            let needed = self.keys_of_values(&mut batch, strange).await?;
            batch.forget_keys().await?;
            for fingerprint in &needed {
                batch.put_key(self, fingerprint).await?;
            }
        }
        if self.keys.ring().first().is_none() {
            self.keys.make()?;
        }
        let first = self.keys.ring().first().unwrap_or_default().to_owned();
        batch.seal_with(self, &first).await?;
        batch.commit().await
    }

    /// The same look, and nothing else: whether a program could start with the keys at hand.
    ///
    /// # Errors
    /// [`Error::WrongKey`], [`Error::KeyMissing`], [`Error::KeyExposed`]; the database does not answer.
    pub async fn judge_keys(&self) -> Result<()> {
        self.keys.reload()?;
        let known = known_keys(&self.read).await?;
        let Some(strange) = known.iter().find(|key| !self.keys.proves(&key.fingerprint, &key.proof)) else {
            return Ok(());
        };
        let values = self.sealed_values().await?;
        if values.is_empty() { Ok(()) } else { Err(self.refusal(Some(strange))) }
    }

    /// Why a database with secrets is not opened with the keys at hand.
    fn refusal(&self, strange: Option<&KnownKey>) -> Error {
        match (self.keys.file(), self.keys.ring().first()) {
            (Some(path), None) => Error::KeyMissing(path.to_owned()),
            _ => Error::WrongKey(strange.map(|key| key.fingerprint.clone())),
        }
    }

    /// Whether every known key is here, and the first one here is the one that seals.
    fn met(&self, known: &[KnownKey]) -> bool {
        let ring = self.keys.ring();
        known.iter().all(|key| self.keys.proves(&key.fingerprint, &key.proof))
            && known.iter().any(|key| key.seals && Some(key.fingerprint.as_str()) == ring.first())
    }

    /// The keys that open what is sealed, of a database that has a strange key or, from before there was this
    /// table, none.
    async fn keys_of_values(
        &self,
        batch: &mut Batch,
        strange: Option<&KnownKey>,
    ) -> Result<BTreeSet<String>> {
        let values = batch.sealed_values().await?;
        if values.is_empty() {
            return Ok(BTreeSet::new());
        }
        if strange.is_some() {
            return Err(self.refusal(strange));
        }
        let opened = values.iter().filter_map(|value| self.keys.open_with(&value.place, &value.token));
        let needed: BTreeSet<String> = opened.map(|(fingerprint, _)| fingerprint).collect();
        if needed.is_empty() { Err(self.refusal(None)) } else { Ok(needed) }
    }
}

/// The keys that sealed something.
async fn known_keys<'e>(on: impl Executor<'e, Database = Any>) -> Result<Vec<KnownKey>> {
    let sql = "select fingerprint, proof, seals from sealing_keys order by seals desc, fingerprint";
    let rows = sqlx::query(sql).fetch_all(on).await?;
    rows.iter()
        .map(|row| {
            Ok(KnownKey {
                fingerprint: row.try_get("fingerprint")?,
                proof: row.try_get("proof")?,
                seals: row.try_get::<i64, _>("seals")? == 1,
            })
        })
        .collect()
}

/// A key that sealed something.
struct KnownKey {
    fingerprint: String,
    proof: String,
    /// Whether it is the one that seals.
    seals: bool,
}

impl Batch {
    /// Seals a secret for a place, with the key that is the present one when this batch is committed.
    pub(crate) async fn seal(&mut self, store: &Store, place: &str, secret: &SecretString) -> Result<String> {
        if self.dialect == Dialect::Postgres {
            // An exchange of the key waits until this batch has ended, or this batch for the exchange. On
            // SQLite there is one writer at a time.
            sqlx::query("lock table sealing_keys in row share mode").execute(&mut *self.tx).await?;
        }
        let sealing = known_keys(&mut *self.tx).await?.into_iter().find(|key| key.seals);
        let fingerprint = sealing.map(|key| key.fingerprint).unwrap_or_default();
        if let Some(token) = store.keys.seal(&fingerprint, place, secret)? {
            return Ok(token);
        }
        let ours = store.keys.ring().first().unwrap_or_default().to_owned();
        if ours.is_empty() || !self.sealed_values().await?.is_empty() {
            return Err(Error::KeyReplaced(fingerprint));
        }
        // Nothing is sealed: a program with another key only passed by.
        self.forget_keys().await?;
        self.seal_with(store, &ours).await?;
        store.keys.seal(&ours, place, secret)?.ok_or(Error::KeyReplaced(fingerprint))
    }

    /// Makes a key that is at hand the one that seals.
    pub(crate) async fn seal_with(&mut self, store: &Store, fingerprint: &str) -> Result<()> {
        self.put_key(store, fingerprint).await?;
        sqlx::query("update sealing_keys set seals = case when fingerprint = $1 then 1 else 0 end")
            .bind(fingerprint)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Forgets every key: nothing is sealed with them.
    pub(crate) async fn forget_keys(&mut self) -> Result<()> {
        sqlx::query("delete from sealing_keys").execute(&mut *self.tx).await?;
        Ok(())
    }

    async fn put_key(&mut self, store: &Store, fingerprint: &str) -> Result<()> {
        let Some(proof) = store.keys.proof(fingerprint)? else {
            return Err(Error::KeyReplaced(fingerprint.to_owned()));
        };
        sqlx::query(
            "insert into sealing_keys (fingerprint, proof, seals) values ($1, $2, 0) on conflict do nothing",
        )
        .bind(fingerprint)
        .bind(proof)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
