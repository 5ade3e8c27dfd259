//! The form as data.

use model::spec::{Capabilities, FieldGroup, FieldKind, FormField, Grain};
use model::{ConnectorSpec, Text};

use crate::common::fields::{choice, field, needed, when};

/// Records one write call takes; HubSpot's own limit.
pub(super) const BATCH: usize = 100;
/// The setting that names the type of object.
pub(super) const OBJECT_TYPE: &str = "object_type";
/// How an account is reached: by the token of a private app or by OAuth.
pub(super) const AUTH_TYPE: &str = "auth_type";
pub(super) const BY_TOKEN: &str = "access_token";
pub(super) const BY_OAUTH: &str = "oauth2";
/// The rights that are asked for at HubSpot's page unless the form names others.
pub(super) const SCOPES: &str = "oauth crm.objects.deals.read crm.objects.deals.write crm.objects.contacts.read \
                                 crm.objects.contacts.write crm.objects.companies.read \
                                 crm.objects.companies.write crm.objects.owners.read crm.schemas.deals.read \
                                 crm.schemas.contacts.read crm.schemas.companies.read";

/// What HubSpot is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "hubspot".to_owned(),
        name: super::refusal::SERVICE.to_owned(),
        summary: Text::fixed(
            "Importez les deals, contacts et entreprises de HubSpot, et renvoyez-y vos changements.",
            "Import HubSpot's deals, contacts and companies, and send your changes back.",
        ),
        groups: vec![
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: access() },
            FieldGroup {
                title: Text::fixed("Données", "Data"),
                fields: vec![object_type(), properties(), unique_property(), changes_only()],
            },
        ],
        capabilities: Capabilities {
            writes: true,
            write_batch: BATCH,
            in_flight: 4,
            modified: Some(Grain::Millisecond),
            sees_deletions: true,
            clears: true,
            longest_text: Some(65_536),
            writes_links: false,
            upserts: true,
        },
    }
}

fn access() -> Vec<FormField> {
    vec![
        auth_type(),
        when(AUTH_TYPE, &[BY_TOKEN], needed(access_token())),
        when(AUTH_TYPE, &[BY_OAUTH], needed(client_id())),
        when(AUTH_TYPE, &[BY_OAUTH], needed(client_secret())),
        when(AUTH_TYPE, &[BY_OAUTH], refresh_token()),
        when(AUTH_TYPE, &[BY_OAUTH], scope()),
    ]
}

pub(super) fn auth_type() -> FormField {
    field(
        AUTH_TYPE,
        Text::fixed("Authentification", "Authentication"),
        Text::fixed(
            "Le jeton d'une application privée suffit pour un seul compte HubSpot.",
            "The token of a private app is enough for a single HubSpot account.",
        ),
        BY_TOKEN,
        choice(&[
            (BY_TOKEN, "Jeton d'une application privée", "Token of a private app"),
            (BY_OAUTH, "OAuth2", "OAuth2"),
        ]),
    )
}

pub(super) fn access_token() -> FormField {
    field(
        "access_token",
        Text::fixed("Jeton d'accès", "Access token"),
        Text::fixed(
            "Dans HubSpot : Paramètres → Intégrations → Applications privées → votre application → Authentification.",
            "In HubSpot: Settings → Integrations → Private apps → your app → Auth.",
        ),
        "pat-eu1-01234567-89ab-cdef-0123-456789abcdef",
        FieldKind::Secret,
    )
}

pub(super) fn client_id() -> FormField {
    field(
        "client_id",
        Text::fixed("Identifiant de l'application", "Client id"),
        Text::fixed(
            "Dans le compte de développeur HubSpot, rubrique Authentification de l'application.",
            "In the HubSpot developer account, under Auth of the app.",
        ),
        "01234567-89ab-cdef-0123-456789abcdef",
        FieldKind::Text,
    )
}

pub(super) fn client_secret() -> FormField {
    field(
        "client_secret",
        Text::fixed("Secret de l'application", "Client secret"),
        Text::fixed("Au même endroit que l'identifiant.", "In the same place as the client id."),
        "01234567-89ab-cdef-0123-456789abcdef",
        FieldKind::Secret,
    )
}

fn refresh_token() -> FormField {
    field(
        "refresh_token",
        Text::fixed("Jeton de renouvellement (optionnel)", "Refresh token (optional)"),
        Text::fixed(
            "Si vous en avez déjà un ; sinon, enregistrez puis connectez-vous à HubSpot dans le navigateur.",
            "If you have one already; otherwise save, then log in to HubSpot in the browser.",
        ),
        "01234567-89ab-cdef-0123-456789abcdef",
        FieldKind::Secret,
    )
}

fn scope() -> FormField {
    field(
        "scope",
        Text::fixed("Droits demandés (optionnel)", "Scopes (optional)"),
        Text::fixed(
            "Séparés par des espaces, tels que l'application les déclare. Sans réponse : deals, contacts, entreprises \
             et propriétaires.",
            "Separated by spaces, as the app declares them. Left empty: deals, contacts, companies and owners.",
        ),
        "oauth crm.objects.deals.read",
        FieldKind::Text,
    )
}

fn object_type() -> FormField {
    field(
        OBJECT_TYPE,
        Text::fixed("Type d'objet", "Object type"),
        Text::fixed(
            "deals, contacts, companies, ou l'identifiant d'un objet personnalisé, qui commence par 2-. Sans réponse : \
             deals.",
            "deals, contacts, companies, or the id of a custom object, which starts with 2-. Left empty: deals.",
        ),
        "deals",
        FieldKind::Text,
    )
}

pub(super) fn properties() -> FormField {
    field(
        "properties",
        Text::fixed("Propriétés (optionnel)", "Properties (optional)"),
        Text::fixed(
            "Noms internes des propriétés à lire, séparés par des virgules. Sans réponse, toutes celles qui ne sont \
             pas masquées.",
            "Internal names of the properties to read, separated by commas. Left empty, all that are not hidden.",
        ),
        "dealname, dealstage, amount, closedate",
        FieldKind::LongText,
    )
}

fn unique_property() -> FormField {
    field(
        "unique_property",
        Text::fixed("Propriété unique (optionnel)", "Unique property (optional)"),
        Text::fixed(
            "Nom interne d'une propriété à valeur unique (email pour les contacts) : un enregistrement nouveau ici, mais \
             dont HubSpot connaît déjà la valeur, le met à jour au lieu d'en créer un second.",
            "Internal name of a property of unique values (email for contacts): a record that is new here, but whose \
             value HubSpot knows already, updates that one instead of making a second.",
        ),
        "reference_crm",
        FieldKind::Text,
    )
}

fn changes_only() -> FormField {
    field(
        "changes_only",
        Text::fixed("Ne relire que les changements", "Read changes only"),
        Text::fixed(
            "Pour les jeux de données : plus rapide, mais ce qui est supprimé dans HubSpot reste alors dans le jeu.",
            "For datasets: faster, but what is deleted in HubSpot then stays in the dataset.",
        ),
        "false",
        FieldKind::Toggle,
    )
}
