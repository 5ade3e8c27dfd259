//! What a status means, whatever the API: nobody knows how it words its refusals.

use model::Text;
use serde_json::Value as Json;

use crate::error::{Error, ErrorKind};
use crate::http::{Refusal, Reply, for_status};

/// The name in sentences.
pub(super) const SERVICE: &str = "API REST";

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let body: Json = serde_json::from_slice(reply.body).unwrap_or_default();
    let said = reply.redacted(words(&body).unwrap_or_default());
    let error = for_status(SERVICE, reply.status);
    let error = match hint(&error) {
        Some(hint) if error.hint.is_none() => error.hint(hint),
        _ => error,
    };
    let error = error.quoting(&said);
    Refusal { code: String::new(), said, committed: None, error }
}

/// Where services put their sentence, the most telling place first (RFC 9457 among them).
fn words(body: &Json) -> Option<&str> {
    let places = [
        "/error/message",
        "/message",
        "/detail",
        "/error_description",
        "/errors/0/message",
        "/errors/0/detail",
        "/errors/0",
        "/error",
        "/title",
    ];
    places.iter().find_map(|place| body.pointer(place)?.as_str()).filter(|said| !said.trim().is_empty())
}

/// What to do about it.
fn hint(error: &Error) -> Option<Text> {
    Some(match error.kind {
        ErrorKind::Unauthorized => Text::fixed(
            "Vérifiez le mode d'authentification et collez de nouveau la clé, le jeton ou le mot de passe.",
            "Check the kind of authentication, and paste the key, token or password again.",
        ),
        ErrorKind::Forbidden => Text::fixed(
            "Donnez à cette clé le droit de lire ces données, dans le service.",
            "Give this key the right to read these data, in the service.",
        ),
        ErrorKind::NotFound => Text::fixed(
            "Vérifiez l'adresse, caractère par caractère, dans la documentation de l'API.",
            "Check the address, letter by letter, in the API's documentation.",
        ),
        ErrorKind::Rejected => Text::fixed(
            "Vérifiez les paramètres, le corps et la méthode dans la documentation de l'API.",
            "Check the parameters, the body and the method in the API's documentation.",
        ),
        _ => return None,
    })
}
