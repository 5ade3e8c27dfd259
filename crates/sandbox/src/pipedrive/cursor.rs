//! Where a listing stands, as a word that says nothing to clients.
//!
//! It names the last row that was given, so that the same cursor always leads to the same place, whatever is
//! deleted meanwhile. Whether real ones end by themselves is not documented.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::refusal::Refusal;

/// A place in a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Which question it is good for.
    pub(super) question: u64,
    /// Given before cursors were last forgotten, or since.
    pub(super) generation: u32,
    /// The last row given: what it is sorted by, and its id.
    pub(super) after: (i64, i64),
}

impl Cursor {
    pub(super) fn write(self) -> String {
        let (key, id) = self.after;
        let plain = format!("{{\"q\":{},\"g\":{},\"k\":{key},\"i\":{id}}}", self.question, self.generation);
        BASE64_URL_SAFE_NO_PAD.encode(plain)
    }

    /// # Errors
    /// It is no cursor.
    pub(super) fn read(text: &str) -> Result<Self, Refusal> {
        let plain = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| Refusal::cursor())?;
        let read: serde_json::Value = serde_json::from_slice(&plain).map_err(|_| Refusal::cursor())?;
        let parts = (
            read["q"].as_u64(),
            read["g"].as_u64().and_then(|generation| u32::try_from(generation).ok()),
            read["k"].as_i64(),
            read["i"].as_i64(),
        );
        let (Some(question), Some(generation), Some(key), Some(id)) = parts else {
            return Err(Refusal::cursor());
        };
        Ok(Self { question, generation, after: (key, id) })
    }
}
