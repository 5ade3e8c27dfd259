//! What a token endpoint answers: tokens, or a refusal in the words of RFC 6749, 5.2.

use chrono::{DateTime, TimeDelta, Utc};
use model::Text;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use super::texts;
use crate::error::{Error, ErrorKind, Result, Retry};
use crate::http::{Refusal, Reply, Tokens, for_status};

/// What the faults of the way call the server, before its name is added.
pub(super) const SERVICE: &str = "OAuth2";

/// The refusal after which nothing but a person's consent helps.
pub(super) const GONE: &str = "invalid_grant";

/// The tokens of an answer, as they came.
#[derive(Deserialize)]
pub(super) struct Given {
    access_token: String,
    token_type: Option<String>,
    /// Seconds, as a number or as a text; some servers say nothing.
    expires_in: Option<Value>,
    refresh_token: Option<String>,
}

impl Given {
    /// The tokens, which were asked for at `now`.
    ///
    /// # Errors
    /// `UnexpectedReply` for tokens that are none, or of a kind that does not go in a header by itself.
    pub(super) fn tokens(self, now: DateTime<Utc>) -> Result<Tokens> {
        if self.access_token.trim().is_empty() {
            return Err(texts::no_token());
        }
        if let Some(kind) = self.token_type.filter(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(texts::unknown_kind(&kind));
        }
        let seconds = self.expires_in.as_ref().and_then(seconds);
        Ok(Tokens {
            access: SecretString::from(self.access_token),
            refresh: self.refresh_token.filter(|token| !token.is_empty()).map(SecretString::from),
            obtained_at: now,
            expires_at: seconds.and_then(|life| now.checked_add_signed(TimeDelta::try_seconds(life)?)),
        })
    }
}

/// Seconds, however they are written; what is no number says nothing.
fn seconds(told: &Value) -> Option<i64> {
    match told {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[derive(Default, Deserialize)]
struct Said {
    error: Option<Value>,
    error_description: Option<String>,
    /// HubSpot's word, in place of the standard's.
    status: Option<String>,
    /// Its sentence.
    message: Option<String>,
}

impl Said {
    fn read(body: &[u8]) -> Said {
        serde_json::from_slice(body).unwrap_or_default()
    }

    /// The server's word; it is one of a few, and anything else is no word.
    fn code(&self) -> &str {
        let code = self.error.as_ref().and_then(Value::as_str).unwrap_or_default();
        let is_word = code.len() <= 40 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        match self.status.as_deref() {
            Some("BAD_REFRESH_TOKEN" | "BAD_AUTH_CODE") if code.is_empty() => GONE,
            Some("BAD_CLIENT_ID" | "BAD_CLIENT_SECRET") if code.is_empty() => "invalid_client",
            _ if is_word => code,
            _ => "",
        }
    }
}

/// Whether an answer with a good status is a refusal, as GitHub gives them.
pub(super) fn is_refusal(body: &[u8]) -> bool {
    Said::read(body).error.is_some_and(|error| !error.is_null())
}

/// What a refusal means.
pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let body = Said::read(reply.body);
    let said = body.error_description.as_deref().or(body.message.as_deref());
    let said = reply.redacted(said.unwrap_or_default());
    let error = meaning(body.code(), reply.status);
    let message = texts::with_words(&error.message, &said);
    Refusal { code: body.code().to_owned(), said, committed: None, error: Error { message, ..error } }
}

/// `internal_failure` is Google's word, `invalid_client_id` Salesforce's.
fn meaning(code: &str, status: u16) -> Error {
    match (code, status) {
        (GONE, _) => texts::gone(),
        ("invalid_client" | "invalid_client_id", _) | (_, 401) => texts::unknown_client(),
        ("server_error" | "temporarily_unavailable" | "internal_failure", _) => {
            Error { kind: ErrorKind::Unavailable, ..for_status(SERVICE, 503) }.retry(Retry::Backoff)
        }
        ("unauthorized_client" | "unsupported_grant_type", _) => texts::not_this_way(),
        ("invalid_scope", _) => texts::not_these_rights(),
        (_, 200..300) => for_status(SERVICE, 400),
        (_, status) => for_status(SERVICE, status),
    }
}

/// A fault on the way to the server, with its name.
pub(super) fn at(host: &str, error: Error) -> Error {
    let name = |text: &str| format!("{host} : {text}");
    let message = Text::new(name(&error.message.fr), format!("{host}: {}", error.message.en));
    Error { message, ..error }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: Value) -> Option<Tokens> {
        let given: Given = serde_json::from_value(body).ok()?;
        given.tokens(DateTime::UNIX_EPOCH).ok()
    }

    #[test]
    fn an_end_in_every_form() {
        for (told, seconds) in [
            (json!(3600), Some(3600)),
            (json!("3599"), Some(3599)),
            (json!(" 60 "), Some(60)),
            (json!(1800.5), Some(1800)),
            (json!(0), Some(0)),
            (json!(null), None),
            (json!("soon"), None),
            (json!([1]), None),
            (json!(i64::MAX), None),
            (json!(1e300), None),
        ] {
            let tokens =
                read(json!({"access_token": "a", "token_type": "Bearer", "expires_in": told})).unwrap();
            assert_eq!(tokens.expires_at.map(|end| end.timestamp()), seconds, "{told}");
        }
        assert!(read(json!({"access_token": "a"})).unwrap().expires_at.is_none());
    }

    #[test]
    fn tokens_of_another_kind_are_none() {
        for kind in ["Bearer", "bearer", "BEARER", "BearerToken", "mac"] {
            let tokens = read(json!({"access_token": "a", "token_type": kind}));
            assert_eq!(tokens.is_some(), kind.eq_ignore_ascii_case("bearer"), "{kind}");
        }
        for wrong in [json!({}), json!({"access_token": ""}), json!({"access_token": 1}), json!("a")] {
            assert!(read(wrong.clone()).is_none(), "{wrong}");
        }
        assert!(read(json!({"access_token": "a", "refresh_token": ""})).unwrap().refresh.is_none());
    }

    #[test]
    fn what_a_refusal_means() {
        use ErrorKind::{Forbidden, RateLimited, Rejected, Unauthorized, Unavailable};
        for (code, status, kind, again) in [
            ("invalid_grant", 400, Unauthorized, false),
            ("invalid_grant", 500, Unauthorized, false),
            ("invalid_client", 400, Unauthorized, false),
            ("", 401, Unauthorized, false),
            ("temporarily_unavailable", 400, Unavailable, true),
            ("server_error", 200, Unavailable, true),
            ("internal_failure", 400, Unavailable, true),
            ("", 502, Unavailable, true),
            ("slow_down", 429, RateLimited, true),
            ("invalid_scope", 400, Rejected, false),
            ("unauthorized_client", 400, Forbidden, false),
            ("bad_verification_code", 200, Rejected, false),
        ] {
            let error = meaning(code, status);
            assert_eq!((error.kind, error.retry != Retry::Never), (kind, again), "{code} {status}");
        }
    }

    #[test]
    fn a_refusal_is_known_by_its_word_only() {
        for (body, refuses) in [
            (r#"{"error":"bad_verification_code"}"#, true),
            (r#"{"error":{"message":"x"}}"#, true),
            (r#"{"error":null,"access_token":"a"}"#, false),
            (r#"{"access_token":"a"}"#, false),
            ("<html>", false),
            ("", false),
        ] {
            assert_eq!(is_refusal(body.as_bytes()), refuses, "{body}");
        }
        for (body, code) in [
            (r#"{"error":"CANARY token 123"}"#, ""),
            (r#"{"status":"BAD_REFRESH_TOKEN","message":"missing or unknown refresh token"}"#, GONE),
            (r#"{"status":"BAD_CLIENT_ID","error":"invalid_grant"}"#, GONE),
            (r#"{"status":"BAD_CLIENT_SECRET"}"#, "invalid_client"),
            (r#"{"status":"error"}"#, ""),
        ] {
            assert_eq!(Said::read(body.as_bytes()).code(), code, "{body}");
        }
    }
}
