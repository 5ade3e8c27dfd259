//! The form as data.

mod access;
mod paging;
mod request;
mod rows;

use model::spec::{Capabilities, ChoiceOption, FieldGroup, FieldKind, FormField, ShownWhen};
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

/// A field that may stay empty.
fn field(key: &str, label: Text, help: Text, example: &str, kind: FieldKind) -> FormField {
    FormField {
        key: key.to_owned(),
        label,
        help,
        example: example.to_owned(),
        kind,
        required: false,
        shown_when: None,
    }
}

/// The same, but nothing works without it where it is shown.
fn needed(field: FormField) -> FormField {
    FormField { required: true, ..field }
}

/// The same, asked for only when another field holds one of these values.
fn when(key: &str, values: &[&str], field: FormField) -> FormField {
    FormField { shown_when: Some(ShownWhen::is(key, values)), ..field }
}

/// What one chooses from; the first is what an empty field means.
fn choice(options: &[(&str, &'static str, &'static str)]) -> FieldKind {
    let option = |(value, fr, en): &(&str, &'static str, &'static str)| ChoiceOption {
        value: (*value).to_owned(),
        label: Text::fixed(fr, en),
    };
    FieldKind::Choice { options: options.iter().map(option).collect() }
}
