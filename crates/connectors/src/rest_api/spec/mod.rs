//! The form as data.

mod access;
mod paging;
mod request;
mod rows;

use model::spec::{Capabilities, FieldGroup};
use model::{ConnectorSpec, Text};

/// What the connector is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "rest_api".to_owned(),
        name: super::refusal::SERVICE.to_owned(),
        summary: Text::fixed(
            "Lisez les lignes de n'importe quelle API : JSON, JSON Lines ou CSV, page après page.",
            "Read the rows of any API: JSON, JSON lines or CSV, page after page.",
        ),
        groups: vec![
            FieldGroup { title: Text::fixed("Requête", "Request"), fields: request::fields() },
            FieldGroup { title: Text::fixed("Authentification", "Authentication"), fields: access::fields() },
            FieldGroup { title: Text::fixed("Lignes", "Rows"), fields: rows::fields() },
            FieldGroup { title: Text::fixed("Pages", "Pages"), fields: paging::fields() },
            FieldGroup {
                title: Text::fixed("Seulement ce qui a changé", "Only what has changed"),
                fields: rows::changes(),
            },
        ],
        capabilities: Capabilities { in_flight: 1, sees_deletions: true, ..Capabilities::default() },
    }
}
