//! A request as plain data, so that it can be sent more than once.

use reqwest::Method;
use url::Url;

/// A request, and what sending it twice would do.
#[derive(Clone, Debug)]
pub struct Request {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) body: Option<String>,
    pub(super) effect: Effect,
}

/// What a request does to the service's data; decides whether it may be repeated when it is not known
/// whether it was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It only reads.
    Nothing,
    /// It writes, and twice is the same as once.
    SameTwice,
    /// It writes, and twice would do it twice.
    OnceOnly,
}

impl Request {
    /// Reads.
    pub fn get(url: Url) -> Request {
        Request { method: Method::GET, url, body: None, effect: Effect::Nothing }
    }

    /// Sends a JSON document.
    pub fn post(url: Url, body: &serde_json::Value, effect: Effect) -> Request {
        Request { method: Method::POST, url, body: Some(body.to_string()), effect }
    }

    /// Changes parts of what is there; twice is the same as once.
    pub fn patch(url: Url, body: &serde_json::Value) -> Request {
        Request { method: Method::PATCH, url, body: Some(body.to_string()), effect: Effect::SameTwice }
    }
}
