//! A request as plain data, so that it can be sent more than once.

use std::borrow::Cow;
use std::fmt;

use reqwest::Method;
use url::Url;

/// A request, and what sending it twice would do.
#[derive(Clone)]
pub struct Request {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) body: Option<String>,
    /// What the body is.
    pub(super) content_type: Cow<'static, str>,
    pub(super) effect: Effect,
    /// Sent with this request only.
    pub(super) headers: Vec<(Cow<'static, str>, String)>,
    /// Whether the token goes with it.
    pub(super) with_token: bool,
    /// Whether the answer may be a list; services mostly answer objects.
    pub(super) may_answer_list: bool,
    /// Whether an answer with a good status is a refusal all the same.
    pub(super) refuses: Option<fn(&[u8]) -> bool>,
    /// Whether it is never repeated here, whatever its effect.
    pub(super) is_once: bool,
    /// Whether a secret stands in the body.
    pub(super) is_confidential: bool,
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
        Request::new(Method::GET, url, None, Effect::Nothing)
    }

    /// Sends a JSON document.
    pub fn post(url: Url, body: &serde_json::Value, effect: Effect) -> Request {
        Request::new(Method::POST, url, Some(body.to_string()), effect)
    }

    /// Sends the fields of a form, encoded already.
    pub fn form(url: Url, fields: String, effect: Effect) -> Request {
        let request = Request::new(Method::POST, url, Some(fields), effect);
        Request { content_type: Cow::Borrowed("application/x-www-form-urlencoded"), ..request }
    }

    /// Changes parts of what is there; twice is the same as once.
    pub fn patch(url: Url, body: &serde_json::Value) -> Request {
        Request::new(Method::PATCH, url, Some(body.to_string()), Effect::SameTwice)
    }

    /// Takes away what is there; twice is the same as once.
    pub fn delete(url: Url) -> Request {
        Request::new(Method::DELETE, url, None, Effect::SameTwice)
    }

    /// Sends a text of any type, and reads: some services take what is asked for in the body.
    pub fn ask(url: Url, content_type: String, body: String) -> Request {
        let request = Request::new(Method::POST, url, Some(body), Effect::Nothing);
        Request { content_type: Cow::Owned(content_type), ..request }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: &str) -> Request {
        self.headers.push((name.into(), value.to_owned()));
        self
    }

    /// Leaves the token out: for what anybody may ask, and for services that take it in the body.
    #[must_use]
    pub fn without_token(mut self) -> Request {
        self.with_token = false;
        self
    }

    /// Leaves repeating to whoever sends it: for what must be made anew before it is sent again
    /// ([`super::Channel::may_try_again`]).
    #[must_use]
    pub fn once(mut self) -> Request {
        self.is_once = true;
        self
    }

    /// Says that a secret stands in the body, which is never shown then.
    #[must_use]
    pub fn confidential(mut self) -> Request {
        self.is_confidential = true;
        self
    }

    /// Says that a list is an answer to this request.
    #[must_use]
    pub fn may_answer_list(mut self) -> Request {
        self.may_answer_list = true;
        self
    }

    /// Says which answers with a good status are refusals, for services that hide them there.
    #[must_use]
    pub fn refused_when(mut self, refuses: fn(&[u8]) -> bool) -> Request {
        self.refuses = Some(refuses);
        self
    }

    fn new(method: Method, url: Url, body: Option<String>, effect: Effect) -> Request {
        Request {
            method,
            url,
            body,
            content_type: Cow::Borrowed("application/json"),
            effect,
            headers: Vec::new(),
            with_token: true,
            may_answer_list: false,
            refuses: None,
            is_once: false,
            is_confidential: false,
        }
    }
}

/// The body is not shown where the token does not go in a header: it may stand there.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body.as_deref().filter(|_| self.with_token && !self.is_confidential);
        write!(f, "{} {} ({:?}) {}", self.method, self.url, self.effect, body.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_may_hold_a_key_is_not_shown() {
        let url = Url::parse("https://example.com/jsonrpc").expect("an address");
        let request = Request::post(url, &serde_json::json!({"key": "CANARY"}), Effect::Nothing);
        assert!(format!("{request:?}").contains("CANARY"));
        assert!(!format!("{:?}", request.clone().without_token()).contains("CANARY"));
        assert!(!format!("{:?}", request.confidential()).contains("CANARY"));
    }
}
