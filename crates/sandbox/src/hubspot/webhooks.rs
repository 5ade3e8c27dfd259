//! What a private app is told of by itself: changes to records, at one address.
//!
//! Sources: developers.hubspot.com/docs/guides/crm/private-apps/webhooks and, for the signature,
//! developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests. That a record's first values
//! are not told along with its creation is unverified, and so are the words of `changeSource`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::standard;
use super::state::{Object, World};
use crate::Courier;
use crate::signature::hmac_sha256;

/// The client secret of the private app, on its tab “Auth”. It opens nothing but simulators.
pub(super) const SECRET: &str = "5a4db0c5-ec2e-4a3f-9b1d-0123456789ab";
/// Events of a message at most.
const MOST: usize = 100;
/// The private app's number.
const APP: u64 = 1_160_452;
/// The first number of a subscription, and of an event.
const FIRST: usize = 10_000;
/// What is decoded of an address before it is signed, and nothing else.
const DECODED: [(&str, &str); 12] = [
    ("%3A", ":"),
    ("%2F", "/"),
    ("%3F", "?"),
    ("%40", "@"),
    ("%21", "!"),
    ("%24", "$"),
    ("%27", "'"),
    ("%28", "("),
    ("%29", ")"),
    ("%2A", "*"),
    ("%2C", ","),
    ("%3B", ";"),
];

/// The private app's tab “Webhooks”.
pub(super) struct Webhooks {
    courier: Courier,
    /// Where messages go; nowhere before a person says it.
    target: Option<String>,
    subscriptions: Vec<Subscription>,
    /// Events that are told once what is under way has come to a good end.
    pending: Vec<Value>,
    events: usize,
}

/// One thing to be told of.
struct Subscription {
    object: String,
    event: &'static str,
    /// Of changes to values: which property's.
    property: Option<String>,
}

/// What happened to a record.
pub(super) enum Change<'a> {
    Creation,
    Deletion,
    /// A property has another value; a text without signs when it was cleared.
    Property(&'a str, &'a str),
    /// It was associated with that record of that type.
    Association(&'a str, u64),
}

impl Change<'_> {
    fn event(&self) -> &'static str {
        match self {
            Self::Creation => "creation",
            Self::Deletion => "deletion",
            Self::Property(..) => "propertyChange",
            Self::Association(..) => "associationChange",
        }
    }

    fn property(&self) -> Option<&str> {
        match self {
            Self::Property(name, _) => Some(name),
            _ => None,
        }
    }
}

impl Webhooks {
    pub(super) fn new(courier: Courier) -> Self {
        Self { courier, target: None, subscriptions: Vec::new(), pending: Vec::new(), events: 0 }
    }

    /// Subscribes to everything that happens to records of a type, to every property that it has now.
    pub(super) fn subscribe(&mut self, url: &str, object: &Object) {
        self.target = Some(url.to_owned());
        let name = &object.name;
        for event in ["creation", "deletion", "associationChange"] {
            self.subscriptions.push(Subscription { object: name.clone(), event, property: None });
        }
        for property in object.properties.iter().filter(|property| !property.is_read_only) {
            let property = Some(property.name.clone());
            self.subscriptions.push(Subscription { object: name.clone(), event: "propertyChange", property });
        }
    }

    /// Forgets what was noted: it did not happen after all.
    pub(super) fn forget(&mut self) {
        self.pending.clear();
    }

    /// Sends what was noted, signed. `by` is what HubSpot calls the source of the changes.
    pub(super) fn tell(&mut self, by: &str, now: DateTime<Utc>) {
        let mut events = std::mem::take(&mut self.pending);
        let Some(url) = &self.target else { return };
        for event in &mut events {
            event["changeSource"] = json!(by);
        }
        for events in events.chunks(MOST) {
            let body = json!(events).to_string();
            let moment = now.timestamp_millis().to_string();
            let address = DECODED.iter().fold(url.clone(), |url, (code, sign)| url.replace(code, sign));
            let parts = [b"POST", address.as_bytes(), body.as_bytes(), moment.as_bytes()];
            let signature = BASE64_STANDARD.encode(hmac_sha256(SECRET.as_bytes(), &parts));
            let headers =
                [("x-hubspot-signature-v3", signature), ("x-hubspot-request-timestamp", moment.clone())];
            self.courier.send(url, &headers, body);
        }
    }
}

impl World {
    /// Notes what happened to a record, where somebody wants to be told.
    pub(super) fn note(&mut self, object: &str, id: u64, change: &Change<'_>, now: DateTime<Utc>) {
        let Ok(known) = self.object(object) else { return };
        let (name, type_id, portal) = (known.name.clone(), known.type_id.clone(), self.portal);
        let hooks = &mut self.webhooks;
        let wants = |one: &Subscription| {
            one.object == name && one.event == change.event() && one.property.as_deref() == change.property()
        };
        let Some(place) = hooks.subscriptions.iter().position(wants) else { return };
        hooks.events += 1;
        let mut event = json!({
            "eventId": FIRST + hooks.events, "subscriptionId": FIRST + place, "portalId": portal, "appId": APP,
            "occurredAt": now.timestamp_millis(), "attemptNumber": 0,
        });
        match standard::noun(&name) {
            Some(noun) => event["subscriptionType"] = json!(format!("{noun}.{}", change.event())),
            // Types of the account's own are told in the generic form.
            None => {
                event["subscriptionType"] = json!(format!("object.{}", change.event()));
                let whose = if matches!(change, Change::Association(..)) {
                    "fromObjectTypeId"
                } else {
                    "objectTypeId"
                };
                event[whose] = json!(type_id);
            }
        }
        match change {
            Change::Creation | Change::Deletion => event["objectId"] = json!(id),
            Change::Property(property, value) => {
                event["objectId"] = json!(id);
                event["propertyName"] = json!(property);
                event["propertyValue"] = json!(value);
            }
            Change::Association(to, other) => {
                let word = |object: &str| standard::noun(object).unwrap_or("object").to_uppercase();
                event["associationType"] = json!(format!("{}_TO_{}", word(&name), word(to)));
                event["fromObjectId"] = json!(id);
                event["toObjectId"] = json!(other);
                event["associationRemoved"] = json!(false);
            }
        }
        hooks.pending.push(event);
    }
}
