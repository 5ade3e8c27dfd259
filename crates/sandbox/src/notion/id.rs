//! Notion's identifiers: UUIDs, taken with or without dashes and always answered with them.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::seed;

/// The identifier of a page, a database, a data source or a user.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u128);

impl Id {
    /// Reads an identifier; `None` if it has not the form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let dashed = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| (byte == b'-') == matches!(at, 8 | 13 | 18 | 23));
        let digits: String = text.chars().filter(|char| !dashed || *char != '-').collect();
        let is_hex = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hex { u128::from_str_radix(&digits, 16).ok().map(Self) } else { None }
    }

    /// The identifier that belongs to a name: the same name always gives the same.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::random(&mut fastrand::Rng::with_seed(seed::of(name)))
    }

    pub(crate) fn random(rng: &mut fastrand::Rng) -> Self {
        // Version 4, variant 1, as real ones have: clients check it.
        let bits = rng.u128(..) & !(0xf << 76) & !(0b11 << 62);
        Self(bits | (4 << 76) | (0b10 << 62))
    }

    /// Without dashes, as in the addresses of pages.
    #[must_use]
    pub fn plain(self) -> String {
        format!("{:032x}", self.0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.plain();
        let parts = [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]];
        f.write_str(&parts.join("-"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text that was meant to be an identifier and has not its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidId(pub String);

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a UUID", self.0)
    }
}

impl std::error::Error for InvalidId {}
