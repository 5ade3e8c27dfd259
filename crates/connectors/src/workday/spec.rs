//! The form as data.

use model::spec::{Capabilities, FieldGroup, FieldKind, FormField};
use model::{ConnectorSpec, Text};

use super::refusal::SERVICE;
use crate::common::fields::{choice, field, needed, when};

/// What Workday is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "workday".to_owned(),
        name: SERVICE.to_owned(),
        summary: Text::fixed(
            "Lisez un rapport de Workday (RaaS), ou la liste de ses collaborateurs.",
            "Read a report of Workday (RaaS), or the list of its workers.",
        ),
        groups: vec![
            FieldGroup { title: Text::fixed("Tenant", "Tenant"), fields: vec![tenant()] },
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: access() },
            FieldGroup { title: Text::fixed("Données", "Data"), fields: data() },
        ],
        capabilities: Capabilities { in_flight: 2, sees_deletions: true, ..Capabilities::default() },
    }
}

fn tenant() -> FormField {
    needed(field(
        "tenant_url",
        Text::fixed("Adresse du tenant", "Tenant address"),
        Text::fixed(
            "Une adresse de votre Workday qui contient /ccx/ et le nom du tenant, telle que « View API Clients » ou la page \
             d'un rapport la montre. Collez-la entière.",
            "An address of your Workday that holds /ccx/ and the tenant's name, as “View API Clients” or the page of a \
             report shows it. Paste all of it.",
        ),
        "https://wd2-impl-services1.workday.com/ccx/api/v1/acme_preview",
        FieldKind::Url,
    ))
}

/// What is needed depends on the way in; programs may leave the choice out, so none of it is required here.
fn access() -> Vec<FormField> {
    let client = |field| when("auth_type", &["oauth2"], field);
    let user = |field| when("auth_type", &["basic"], field);
    vec![
        field(
            "auth_type",
            Text::fixed("Authentification", "Authentication"),
            Text::fixed(
                "Un client d'API pour tout, ou un utilisateur d'intégration, qui ne lit que des rapports.",
                "An API client for everything, or an integration user, who reads reports only.",
            ),
            "oauth2",
            choice(&[
                ("oauth2", "Client d'API (OAuth2)", "API client (OAuth2)"),
                ("basic", "Utilisateur d'intégration", "Integration user"),
            ]),
        ),
        client(field(
            "client_id",
            Text::fixed("Identifiant du client", "Client id"),
            Text::fixed(
                "Affiché quand le client d'API est enregistré (« Register API Client for Integrations »).",
                "Shown when the API client is registered (“Register API Client for Integrations”).",
            ),
            "ZmZiYzQ2M2EtY2xpZW50",
            FieldKind::Text,
        )),
        client(field(
            "client_secret",
            Text::fixed("Secret du client", "Client secret"),
            Text::fixed(
                "Affiché une seule fois, avec l'identifiant du client.",
                "Shown only once, with the client id.",
            ),
            "0123456789abcdef0123456789",
            FieldKind::Secret,
        )),
        client(field(
            "refresh_token",
            Text::fixed("Jeton de renouvellement", "Refresh token"),
            Text::fixed(
                "« Manage Refresh Tokens for Integrations », pour le compte dont les droits valent ; sans date de fin.",
                "“Manage Refresh Tokens for Integrations”, for the account whose rights count; one that does not expire.",
            ),
            "0123456789abcdefghijklmnop",
            FieldKind::Secret,
        )),
        user(field(
            "username",
            Text::fixed("Utilisateur", "User name"),
            Text::fixed(
                "Le nom de l'utilisateur d'intégration (ISU), avec ou sans @ et le tenant.",
                "The integration system user's name (ISU), with or without @ and the tenant.",
            ),
            "ISU_Passerelle",
            FieldKind::Text,
        )),
        user(field(
            "password",
            Text::fixed("Mot de passe", "Password"),
            Text::fixed("Celui de l'utilisateur d'intégration.", "That of the integration system user."),
            "correct horse battery",
            FieldKind::Password,
        )),
    ]
}

fn data() -> Vec<FormField> {
    vec![
        // A text, not an address of its own: it is on the tenant's server, or refused, so the credentials stay when it
        // changes.
        field(
            "report_url",
            Text::fixed("Adresse du rapport", "Report address"),
            Text::fixed(
                "Dans Workday : le rapport, « Actions », « Web Service », « View URLs », l'adresse JSON, avec ses questions \
                 (prompts) remplies. Sans réponse : la liste des collaborateurs.",
                "In Workday: the report, “Actions”, “Web Service”, “View URLs”, the JSON address, with its prompts filled \
                 in. Left empty: the list of workers.",
            ),
            "https://wd2-impl-services1.workday.com/ccx/service/customreport2/acme_preview/lmcneil/Workers?format=json",
            FieldKind::Text,
        ),
        field(
            "api_version",
            Text::fixed("Version de l'API", "API version"),
            Text::fixed(
                "Pour la liste des collaborateurs : v1 à v4, ou un service et sa version, comme staffing/v6. Sans réponse : \
                 celle de l'adresse du tenant, sinon v1.",
                "For the list of workers: v1 to v4, or a service and its version, such as staffing/v6. Left empty: that of \
                 the tenant's address, else v1.",
            ),
            "v1",
            FieldKind::Text,
        ),
    ]
}
