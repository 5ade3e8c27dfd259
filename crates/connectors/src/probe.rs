//! What a tester of a form that is being filled gets to see: the request, the answer, and what is made of it.

use model::Text;

use crate::error::Error;

/// One request and what came of it. Every secret is masked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probe {
    /// What was sent.
    pub request: Sent,
    /// The HTTP status; nothing when no answer came.
    pub status: Option<u16>,
    /// The answer's type, in its own words.
    pub content_type: Option<String>,
    /// The beginning of the answer, 20 kB at most.
    pub body: String,
    /// The first rows found, 20 at most, each a JSON object.
    pub rows: Vec<String>,
    /// How many rows the answer holds, as far as it was read.
    pub found: usize,
    /// The columns that the rows show.
    pub columns: Vec<String>,
    /// How one gets to the next page; nothing after the last.
    pub next: Option<Text>,
    /// Why no rows were found.
    pub fault: Option<Error>,
}

/// A request as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// `GET` or `POST`.
    pub method: String,
    /// The address with its parameters.
    pub url: String,
    /// The headers, credentials included.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<String>,
}
