//! Airtable's identifiers: a prefix of three letters and fourteen letters or digits.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::seed;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 17;

/// An identifier such as `appPasserelleDemo` or `rec0123456789ABCD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id([u8; LENGTH]);

impl Id {
    /// Reads an identifier; `None` if it has not the form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; LENGTH] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphanumeric).then_some(Self(bytes))
    }

    /// The identifier that belongs to a name: the same name always gives the same.
    #[must_use]
    pub fn named(prefix: [u8; 3], name: &str) -> Self {
        Self::random(prefix, &mut fastrand::Rng::with_seed(seed::of(name)))
    }

    pub(crate) fn random(prefix: [u8; 3], rng: &mut fastrand::Rng) -> Self {
        let mut bytes = [0; LENGTH];
        bytes[..3].copy_from_slice(&prefix);
        bytes[3..].fill_with(|| ALPHABET[rng.usize(..ALPHABET.len())]);
        Self(bytes)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII gets in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    pub(crate) fn has_prefix(&self, prefix: [u8; 3]) -> bool {
        self.0[..3] == prefix
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A text that was meant to be an identifier and has not its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidId(pub String);

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not three letters and fourteen letters or digits", self.0)
    }
}

impl std::error::Error for InvalidId {}
