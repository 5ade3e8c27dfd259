//! The service's limits.

use crate::options::Limited;

/// How many requests a user may make for a project in a minute.
///
/// Source: developers.google.com/workspace/sheets/api/limits: 60 reads and 60 writes a minute, user and project;
/// 300 of each a minute and project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests that read; none where nothing is said.
    pub reads_per_minute: Option<usize>,
    /// Requests that write.
    pub writes_per_minute: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { reads_per_minute: Some(60), writes_per_minute: Some(60) }
    }
}

impl Limited for Limits {
    fn none() -> Self {
        Self { reads_per_minute: None, writes_per_minute: None }
    }
}
