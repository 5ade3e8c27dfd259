//! The form as data.

pub(super) mod access;

use model::spec::{Capabilities, FieldGroup, FieldKind, FormField, Grain};
use model::{ConnectorSpec, Text};

use crate::common::fields::{field, needed};

/// Records of a collection that is written.
pub(super) const WRITE_BATCH: usize = 200;
/// Collections under way at once. More of them meet at the same accounts, which each write locks.
const IN_FLIGHT: usize = 4;

/// What Salesforce is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "salesforce".to_owned(),
        name: "Salesforce".to_owned(),
        summary: Text::fixed(
            "Importez les opportunités, comptes et tout autre objet de Salesforce, et renvoyez-y vos deals.",
            "Import opportunities, accounts and any other object of Salesforce, and send your deals back.",
        ),
        groups: vec![
            FieldGroup {
                title: Text::fixed("Organisation", "Organisation"),
                fields: vec![instance_url(), api_version()],
            },
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: access::fields() },
            FieldGroup {
                title: Text::fixed("Données", "Data"),
                fields: vec![object_type(), external_id_field()],
            },
        ],
        capabilities: Capabilities {
            writes: true,
            write_batch: WRITE_BATCH,
            in_flight: IN_FLIGHT,
            modified: Some(Grain::Second),
            sees_deletions: true,
            clears: true,
            // Of a long text area; most fields are made shorter.
            longest_text: Some(131_072),
            writes_links: true,
            upserts: true,
        },
    }
}

/// The address of the organisation.
pub(super) fn instance_url() -> FormField {
    needed(field(
        "instance_url",
        Text::fixed("Adresse de l'organisation", "Address of the organisation"),
        Text::fixed(
            "Votre domaine Salesforce, en my.salesforce.com : Configuration → Mon domaine. Une page collée convient aussi.",
            "Your Salesforce domain, in my.salesforce.com: Setup → My Domain. A pasted page works too.",
        ),
        "https://macave.my.salesforce.com",
        FieldKind::Url,
    ))
}

/// The version of the API.
pub(super) fn api_version() -> FormField {
    field(
        "api_version",
        Text::fixed("Version de l'API (optionnel)", "Version of the API (optional)"),
        Text::fixed(
            "Sans réponse : v62.0. Changez-la seulement si votre organisation l'exige.",
            "Left empty: v62.0. Change it only if your organisation demands it.",
        ),
        "v62.0",
        FieldKind::Text,
    )
}

fn object_type() -> FormField {
    field(
        "object_type",
        Text::fixed("Objet (optionnel)", "Object (optional)"),
        Text::fixed(
            "Le nom API de l'objet à lire : Configuration → Gestionnaire d'objets. Sans réponse : Opportunity.",
            "The API name of the object to read: Setup → Object Manager. Left empty: Opportunity.",
        ),
        "Opportunity",
        FieldKind::Text,
    )
}

/// The field that makes creations repeatable.
pub(super) fn external_id_field() -> FormField {
    field(
        "external_id_field",
        Text::fixed("Champ d'ID externe (optionnel)", "External ID field (optional)"),
        Text::fixed(
            "Le nom API d'un champ texte de cet objet, marqué « ID externe » : une création envoyée deux fois ne fait \
             alors qu'un enregistrement.",
            "The API name of a text field of this object, marked “External ID”: a creation sent twice then makes one \
             record.",
        ),
        "Passerelle__c",
        FieldKind::Text,
    )
}
