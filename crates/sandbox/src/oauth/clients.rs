//! Who asks for tokens, and how that is proven.

use std::collections::HashMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::state::World;
use super::token::Refusal;
use crate::service::Asked;

/// The fields of a form, as they came.
pub(super) type Form = HashMap<String, String>;

/// The fields of the body; nothing where it is no form.
pub(super) fn form(asked: &Asked) -> Option<Form> {
    let kind = asked.header("content-type")?;
    let is_form = kind.split(';').next()?.trim() == "application/x-www-form-urlencoded";
    is_form.then(|| {
        url::form_urlencoded::parse(asked.body.as_deref().unwrap_or_default()).into_owned().collect()
    })
}

impl World {
    /// The client's id, by the header or by the body, never by both (RFC 6749, 2.3.1). One without a secret
    /// only says who it is.
    pub(super) fn client(&self, asked: &Asked, form: &Form) -> Result<String, Refusal> {
        let in_body = form.get("client_secret");
        let (id, secret) = match (asked.header("authorization"), in_body) {
            (Some(_), Some(_)) => return Err(Refusal::request("two ways of authentication")),
            (Some(header), None) => basic(header).ok_or(Refusal::client())?,
            (None, _) => {
                (form.get("client_id").cloned().unwrap_or_default(), in_body.cloned().unwrap_or_default())
            }
        };
        match self.clients.get(&id) {
            Some(known) if known.as_deref().unwrap_or_default() == secret => Ok(id),
            _ => Err(Refusal::client()),
        }
    }
}

/// Both halves are form-encoded before they are put together.
fn basic(header: &str) -> Option<(String, String)> {
    let pair = BASE64_STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let plain = |half: &str| {
        let half = format!("x={half}");
        url::form_urlencoded::parse(half.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}
