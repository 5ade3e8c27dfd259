//! What Workday means by an answer with an error status: JSON where workers are, XML where reports are.

use serde::Deserialize;

use super::texts;
use crate::error::{Error, ErrorKind};
use crate::http::{Refusal, Reply, for_status, is_xml};

pub(super) const SERVICE: &str = "Workday";

/// What was asked for is not there, or not for this account.
pub(super) const NOT_FOUND: &str = "not_found";

/// A refusal in JSON.
#[derive(Default, Deserialize)]
struct Said {
    error: Option<String>,
    #[serde(default)]
    errors: Vec<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    error: Option<String>,
}

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let words = words(reply.body);
    let said = reply.redacted(&words);
    let error = match reply.status {
        401 => texts::bad_credentials(),
        // A report says so of a prompt that is missing or wrong: it would say so again.
        500 if words.contains("Validation error") => for_status(SERVICE, 400),
        status => for_status(SERVICE, status),
    };
    let error = if tells_more(&error) { error.quoting(&said) } else { error };
    let code = if reply.status == 404 { NOT_FOUND } else { "" };
    Refusal { code: code.to_owned(), said, committed: None, error }
}

/// Whether the service's words add something to the sentence.
fn tells_more(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Rejected | ErrorKind::Unavailable)
}

/// The service's sentence: the most precise one, or what an XML document says without its tags.
fn words(body: &[u8]) -> String {
    if is_xml(body) {
        return without_tags(&String::from_utf8_lossy(body));
    }
    let said: Said = serde_json::from_slice(body).unwrap_or_default();
    let detail = said.errors.into_iter().find_map(|detail| detail.error);
    detail.or(said.error).unwrap_or_default()
}

fn without_tags(xml: &str) -> String {
    let texts = xml.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_every_form() {
        for (body, expected) in [
            (
                r#"{"error": "invalid request", "errors": [{"error": "limit is too large", "field": "limit"}]}"#,
                "limit is too large",
            ),
            (r#"{"error": "permission denied"}"#, "permission denied"),
            (r#"{"errors": [{"code": "A1"}], "error": "no"}"#, "no"),
            (
                "<?xml version=\"1.0\"?>\n<wd:error xmlns:wd=\"x\"><wd:message>Validation error occurred.</wd:message> <a>P</a></wd:error>",
                "Validation error occurred. P",
            ),
            ("", ""),
            ("oops", ""),
        ] {
            assert_eq!(words(body.as_bytes()), expected, "{body}");
        }
    }
}
