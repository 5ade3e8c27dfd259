//! What HubSpot means by an answer with an error status, and by the fault of one input of a batch.

use std::time::Duration;

use model::Text;

use super::schema::Object;
use super::texts;
use super::wire::RawFault;
use crate::error::{Error, ErrorKind, Retry};
use crate::http::{Channel, Failure, Refusal, Reply, for_status};

pub(super) const SERVICE: &str = "HubSpot";

/// The type of object does not exist.
pub(super) const NO_OBJECT: &str = "no_object";
/// A property that was asked for does not exist; what it said is its name.
pub(super) const NO_PROPERTY: &str = "no_property";
/// A record does not exist.
const NOT_FOUND: &str = "OBJECT_NOT_FOUND";

pub(super) fn read_refusal(reply: &Reply) -> Refusal {
    let fault: RawFault = serde_json::from_slice(reply.body).unwrap_or_default();
    let said = reply.redacted(&told(&fault));
    let object = fault.message.strip_prefix("Unable to infer object type from: ");
    let (code, error) = match (reply.status, fault.category.as_str(), fault.policy_name.as_str()) {
        (401, "EXPIRED_AUTHENTICATION", _) => (fault.category.as_str(), texts::expired()),
        (401, ..) => (fault.category.as_str(), texts::bad_token()),
        (403, "MISSING_SCOPES", _) => {
            let scopes = fault.errors.iter().flat_map(|reason| &reason.context.required_granular_scopes);
            let scopes: Vec<&str> = scopes.map(String::as_str).collect();
            (fault.category.as_str(), texts::missing_scopes(&reply.redacted(&scopes.join(", "))))
        }
        (429, _, "DAILY") => ("DAILY", texts::daily_quota()),
        // Only searches are counted by the second.
        (429, _, "SECONDLY") => {
            ("SECONDLY", for_status(SERVICE, 429).retry(Retry::After(Duration::from_secs(1))))
        }
        (423 | 477, ..) => (fault.category.as_str(), texts::locked()),
        (400, ..) if object.is_some() => {
            (NO_OBJECT, texts::no_object(&reply.redacted(object.unwrap_or_default())))
        }
        (400 | 409, category, _) => (category, texts::rejected(&said)),
        (status, category, _) => (category, for_status(SERVICE, status)),
    };
    Refusal { code: code.to_owned(), said, committed: None, error }
}

/// The service's sentence: the reasons where it lists them, since the sentence itself then quotes JSON.
fn told(fault: &RawFault) -> String {
    let reasons: Vec<&str> = fault
        .errors
        .iter()
        .map(|reason| reason.message.as_str())
        .filter(|message| !message.is_empty())
        .collect();
    if reasons.is_empty() { fault.message.clone() } else { reasons.join(" ") }
}

/// A property that is not among those HubSpot has.
pub(super) fn no_property(name: &str) -> Failure {
    let error = Error::new(ErrorKind::NotFound, texts::property_gone("", name));
    Failure { code: NO_PROPERTY.to_owned(), said: name.to_owned(), committed: None, error: Box::new(error) }
}

/// Whether one input failed because its record is not there.
pub(super) fn is_gone(fault: &RawFault) -> bool {
    fault.category == NOT_FOUND
}

/// Why one input of a batch was refused, and what to do.
pub(super) fn of_record(object: &Object, fault: &RawFault, channel: &Channel) -> Text {
    let known = fault.errors.iter().find_map(|reason| {
        let property = reason.context.property_name.first()?;
        let name = object.column(property).map_or(property, |column| &column.name);
        match reason.code.as_str() {
            "PROPERTY_DOESNT_EXIST" => Some(texts::property_gone(&object.label, name)),
            "READ_ONLY_VALUE" => Some(texts::read_only_property(name)),
            "INVALID_OPTION" => Some(texts::option_gone(name)),
            _ => None,
        }
    });
    known.unwrap_or_else(|| texts::record_rejected(&channel.redacted(&told(fault))))
}
