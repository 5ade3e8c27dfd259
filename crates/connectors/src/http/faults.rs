//! The sentences for what goes wrong on the way, whatever the service.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use model::Text;

use super::body::BodyFault;
use super::guard::Refused;
use crate::error::{Error, ErrorKind, Retry};

/// The request did not reach the service, or no answer came back.
pub(super) fn on_the_way(service: &str, error: &reqwest::Error) -> Error {
    if let Some(refused) = Refused::cause_of(error) {
        return refused.error(service);
    }
    let (fr, en) = if error.is_timeout() {
        ("n'a pas répondu à temps", "did not answer in time")
    } else if !error.is_connect() {
        (
            "a coupé la connexion avant la fin de sa réponse",
            "closed the connection before the end of its answer",
        )
    } else if io_kind(error) == Some(io::ErrorKind::ConnectionRefused) {
        ("est injoignable (connexion refusée)", "cannot be reached (connection refused)")
    } else {
        ("est injoignable (connexion impossible)", "cannot be reached (no connection)")
    };
    let hint = Text::fixed(
        "Vérifiez la connexion réseau et l'adresse du service, puis réessayez.",
        "Check the network connection and the service's address, then try again.",
    );
    let error =
        Error { maybe_applied: !error.is_connect(), ..fault(service, ErrorKind::Unavailable, fr, en) };
    error.retry(Retry::Backoff).hint(hint)
}

/// The time for a request as a whole is over.
pub(super) fn too_late(service: &str) -> Error {
    let error = fault(service, ErrorKind::Unavailable, "n'a pas répondu à temps", "did not answer in time");
    Error { maybe_applied: true, ..error }.retry(Retry::Backoff)
}

/// The answer began and could not be read to its end.
pub(super) fn in_the_body(service: &str, fault: &BodyFault) -> Error {
    match fault {
        BodyFault::Broken(error) => on_the_way(service, error),
        BodyFault::TooLarge => unexpected(
            service,
            "a envoyé une réponse trop volumineuse, qui n'a pas été lue",
            "sent too large an answer, which was not read",
        ),
    }
}

/// The answer ends in the middle of the data.
pub(crate) fn cut_short(service: &str) -> Error {
    unexpected(service, "a envoyé des données incomplètes", "sent incomplete data").retry(Retry::Backoff)
}

/// The answer is not, or not wholly, what the service documents.
pub(crate) fn wrong_shape(service: &str, body: &[u8]) -> Error {
    if is_html(body) {
        unexpected(
            service,
            "a répondu une page HTML au lieu de données",
            "answered an HTML page instead of data",
        )
        .hint(Text::fixed(
            "Un portail, un proxy ou une page de connexion répond à sa place : vérifiez le réseau et l'adresse du service.",
            "A portal, a proxy or a login page answers in its place: check the network and the service's address.",
        ))
    } else {
        unexpected(
            service,
            "a répondu des données d'une forme inattendue",
            "answered data of an unexpected shape",
        )
    }
}

/// What a status means when the service says nothing more precise.
pub fn for_status(service: &str, status: u16) -> Error {
    let rejected = |fr, en| fault(service, ErrorKind::Rejected, fr, en);
    match status {
        401 => fault(service, ErrorKind::Unauthorized, "refuse les identifiants", "refuses the credentials"),
        403 => fault(
            service,
            ErrorKind::Forbidden,
            "n'autorise pas cette opération",
            "does not allow this operation",
        ),
        404 | 410 => fault(
            service,
            ErrorKind::NotFound,
            "ne trouve pas ce qui est demandé",
            "does not find what was asked for",
        ),
        413 => rejected("refuse un envoi trop volumineux", "refuses so much data at once"),
        400 | 409 | 422 => rejected("refuse les données envoyées", "refuses the data sent"),
        429 => fault(service, ErrorKind::RateLimited, "demande de ralentir", "asks to slow down")
            .retry(Retry::Backoff)
            .hint(Text::fixed(
                "D'autres outils utilisent peut-être le même compte : réessayez dans une minute.",
                "Other tools may be using the same account: try again in a minute.",
            )),
        408 | 500 | 502..=504 | 520..=529 => Error {
            maybe_applied: true,
            ..fault(
                service,
                ErrorKind::Unavailable,
                "est momentanément en panne",
                "is out of order for the moment",
            )
        }
        .retry(Retry::Backoff)
        .hint(Text::fixed(
            "Réessayez dans quelques minutes ; si cela dure, consultez la page d'état du service.",
            "Try again in a few minutes; if it lasts, look at the service's status page.",
        )),
        300..=399 => unexpected(
            service,
            "répond par une redirection, qui n'est pas suivie",
            "answers with a redirect, which is not followed",
        ),
        _ => unexpected(service, "a répondu de façon inattendue", "answered in an unexpected way"),
    }
}

/// What to do when a service asks for more patience than a request has.
pub(super) fn come_back_in(wait: Duration) -> Text {
    const HOUR: u64 = 3_600;
    let (fr, en) = match wait.as_secs() {
        seconds if seconds <= 2 * HOUR => {
            let minutes = seconds.div_ceil(60);
            (format!("{minutes} minutes"), format!("{minutes} minutes"))
        }
        seconds if seconds <= 48 * HOUR => {
            let hours = seconds.div_ceil(HOUR);
            (format!("{hours} heures"), format!("{hours} hours"))
        }
        _ => ("plusieurs jours".to_owned(), "several days".to_owned()),
    };
    Text::new(
        format!("Le service demande d'attendre {fr} : relancez après ce délai."),
        format!("The service asks to wait {en}: start again after that."),
    )
}

/// Whether an answer is a page for people.
pub(crate) fn is_html(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// Whether an answer is an XML document: that may be a service's own word, unlike a page.
pub(crate) fn is_xml(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<?xml")
}

/// After such an answer nobody knows whether a write was carried out.
fn unexpected(service: &str, fr: &str, en: &str) -> Error {
    Error { maybe_applied: true, ..fault(service, ErrorKind::UnexpectedReply, fr, en) }.hint(Text::fixed(
        "Réessayez ; si cela persiste, l'adresse du service ou le service lui-même a changé.",
        "Try again; if it persists, the service's address or the service itself has changed.",
    ))
}

fn fault(service: &str, kind: ErrorKind, fr: &str, en: &str) -> Error {
    Error::new(kind, Text::new(format!("{service} {fr}."), format!("{service} {en}.")))
}

/// The operating system's word for the fault, where it is its fault.
fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return Some(error.kind());
        }
        cause = error.source();
    }
    None
}
