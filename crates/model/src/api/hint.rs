//! Bodies of what services say of changes.

use serde::{Deserialize, Serialize};

/// How a connection is told that something changed in its service.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HintsBody {
    /// How the service comes to know our address: `asked` (the connection does it), `typed` or `introduced` (a
    /// person does); `null` where the service cannot tell.
    pub arrangement: Option<String>,
    /// `off`, `waiting` (nothing was heard yet), `on`, or `failing`.
    pub state: String,
    /// Whether services can reach this program: the operator said at which public address.
    pub reachable: bool,
    /// The address the service sends its messages to; `null` while it is off.
    pub address: Option<String>,
    /// What a person does in the service's settings.
    pub steps: Option<String>,
    /// What the secret is called there that a person gives us.
    pub secret_label: Option<String>,
    /// The word the service wants to see typed in its settings, until its first message is signed with it.
    pub verification_token: Option<String>,
    /// The table it is about, in the service's words.
    pub table: Option<String>,
    /// When the service stops unless it is asked again, which happens in time; RFC 3339, UTC.
    pub expires_at: Option<String>,
    /// When it last said something; RFC 3339, UTC.
    pub heard_at: Option<String>,
    /// When a message last came that was not signed as it should be; RFC 3339, UTC.
    pub refused_at: Option<String>,
    /// What is wrong.
    pub problem: Option<String>,
}

/// Switches the messages of a service on.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HintsUpdate {
    /// What its messages are signed with, where a person copies it from the service's settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}
