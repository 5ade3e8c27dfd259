//! The form as data.

use model::spec::{Capabilities, FieldGroup, FieldKind, FormField, Grain};
use model::{ConnectorSpec, Text};

use super::settings::{
    API_TOKEN, AUTH_TYPE, CLIENT_ID, CLIENT_SECRET, COMPANY_DOMAIN, OAUTH_GRANT, OAUTH2, OBJECT_TYPE,
    REFRESH_TOKEN,
};
use crate::common::fields::{choice, field, needed, when};

/// Requests under way at once within one batch; the limiter spaces them.
pub(super) const IN_FLIGHT: usize = 8;

/// What Pipedrive is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "pipedrive".to_owned(),
        name: "Pipedrive".to_owned(),
        summary: Text::fixed(
            "Importez les affaires, personnes et organisations de Pipedrive, et renvoyez-y vos changements.",
            "Import Pipedrive's deals, persons and organizations, and send your changes back.",
        ),
        groups: vec![
            FieldGroup { title: Text::fixed("Compte", "Account"), fields: vec![company()] },
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: access() },
            FieldGroup { title: Text::fixed("Données", "Data"), fields: vec![object_type()] },
        ],
        capabilities: Capabilities {
            writes: true,
            write_batch: 1,
            in_flight: IN_FLIGHT,
            modified: Some(Grain::Second),
            sees_deletions: true,
            clears: true,
            longest_text: Some(65_000),
            writes_links: true,
            upserts: false,
        },
    }
}

fn company() -> FormField {
    needed(field(
        COMPANY_DOMAIN,
        Text::fixed("Entreprise", "Company"),
        Text::fixed(
            "Le premier mot de l'adresse de votre Pipedrive, avant « .pipedrive.com » ; vous pouvez coller l'adresse entière.",
            "The first word of your Pipedrive's address, before “.pipedrive.com”; you can paste the whole address.",
        ),
        "acme",
        FieldKind::Text,
    ))
}

fn object_type() -> FormField {
    let objects = choice(&[
        ("deals", "Affaires", "Deals"),
        ("persons", "Personnes", "Persons"),
        ("organizations", "Organisations", "Organizations"),
    ]);
    let help = Text::fixed("Ce que cette connexion lit et écrit.", "What this connection reads and writes.");
    field(OBJECT_TYPE, Text::fixed("Objet", "Object"), help, "deals", objects)
}

fn access() -> Vec<FormField> {
    vec![
        field(
            AUTH_TYPE,
            Text::fixed("Authentification", "Authentication"),
            Text::fixed(
                "Le token d'un utilisateur, ou une application OAuth2 que votre entreprise a déclarée.",
                "A user's token, or an OAuth2 application that your company registered.",
            ),
            API_TOKEN,
            choice(&[(API_TOKEN, "Token d'API", "API token"), (OAUTH2, "OAuth2", "OAuth2")]),
        ),
        when(
            AUTH_TYPE,
            &[API_TOKEN],
            needed(field(
                API_TOKEN,
                Text::fixed("Token d'API", "API token"),
                Text::fixed(
                    "Dans Pipedrive : Préférences personnelles → API. Ses droits sont ceux de son utilisateur.",
                    "In Pipedrive: Personal preferences → API. Its rights are its user's.",
                ),
                "0123456789abcdef0123456789abcdef01234567",
                FieldKind::Secret,
            )),
        ),
        when(
            AUTH_TYPE,
            &[OAUTH2],
            field(
                OAUTH_GRANT,
                Text::fixed("Autorisation", "Grant"),
                Text::fixed("Comment le premier jeton est obtenu.", "How the first token is had."),
                "authorization_code",
                choice(&[
                    ("authorization_code", "Connexion dans le navigateur", "Login in the browser"),
                    (REFRESH_TOKEN, "Jeton de renouvellement", "Refresh token"),
                ]),
            ),
        ),
        when(
            AUTH_TYPE,
            &[OAUTH2],
            needed(field(
                CLIENT_ID,
                Text::fixed("Identifiant de l'application", "Client id"),
                Text::fixed(
                    "Dans le Developer Hub de Pipedrive, sous « OAuth & access scopes » de votre application.",
                    "In Pipedrive's Developer Hub, under “OAuth & access scopes” of your application.",
                ),
                "a1b2c3d4e5f60718",
                FieldKind::Text,
            )),
        ),
        when(
            AUTH_TYPE,
            &[OAUTH2],
            needed(field(
                CLIENT_SECRET,
                Text::fixed("Secret de l'application", "Client secret"),
                Text::fixed("Donné au même endroit que l'identifiant.", "Given at the same place as the id."),
                "0123456789abcdef0123456789abcdef01234567",
                FieldKind::Secret,
            )),
        ),
        when(
            OAUTH_GRANT,
            &[REFRESH_TOKEN],
            needed(field(
                REFRESH_TOKEN,
                Text::fixed("Jeton de renouvellement", "Refresh token"),
                Text::fixed("Il sert à obtenir les jetons d'accès.", "It is used to get access tokens."),
                "12345:67890:0123456789abcdef0123456789abcdef01234567",
                FieldKind::Secret,
            )),
        ),
    ]
}
