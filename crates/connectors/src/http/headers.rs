//! The headers of an answer, as a connector may look at them.

use reqwest::header::HeaderMap;

/// An answer's headers.
pub struct Headers<'a>(&'a HeaderMap);

impl<'a> Headers<'a> {
    pub(super) fn new(headers: &'a HeaderMap) -> Headers<'a> {
        Headers(headers)
    }

    /// A header's text; the first where it comes several times.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
    }

    /// A header that holds a whole number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }
}
