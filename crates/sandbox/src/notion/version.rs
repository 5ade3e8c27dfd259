//! The versions of the API that are spoken.

use super::Refusal;

/// A value of the `Notion-Version` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Data sources, and `archived` beside `in_trash`.
    V2025_09_03,
    /// Only `in_trash`.
    V2026_03_11,
}

impl Version {
    /// Reads the header.
    pub(super) fn read(header: Option<&str>) -> Result<Self, Refusal> {
        match header {
            None => Err(Refusal::missing_version()),
            Some("2025-09-03") => Ok(Self::V2025_09_03),
            Some("2026-03-11") => Ok(Self::V2026_03_11),
            Some(other) => Err(Refusal::unknown_version(other)),
        }
    }

    /// Whether objects carry the old name of `in_trash` too.
    pub(super) fn has_archived(self) -> bool {
        self < Self::V2026_03_11
    }
}
