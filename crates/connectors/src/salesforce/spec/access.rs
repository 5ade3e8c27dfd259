//! Whose requests they are.

use model::Text;
use model::spec::{FieldKind, FormField};

use crate::common::fields::{choice, field, needed, when};

/// The field of the kind of access.
const AUTH_TYPE: &str = "auth_type";
/// The kinds of access that name an application.
const BY_APPLICATION: [&str; 4] = ["client_credentials", "refresh_token", "jwt", "authorization_code"];
/// Those of them that prove it by its secret.
const BY_SECRET: [&str; 3] = ["client_credentials", "refresh_token", "authorization_code"];

pub(super) fn fields() -> Vec<FormField> {
    vec![
        field(
            AUTH_TYPE,
            Text::fixed("Accès", "Access"),
            Text::fixed(
                "Comment Salesforce reconnaît Passerelle ; le guide dit comment préparer l'application.",
                "How Salesforce knows Passerelle; the guide says how to prepare the application.",
            ),
            "client_credentials",
            choice(&[
                (
                    "client_credentials",
                    "Application seule (client credentials)",
                    "Application alone (client credentials)",
                ),
                ("refresh_token", "Jeton de renouvellement (refresh token)", "Refresh token"),
                ("jwt", "Clé privée (JWT)", "Private key (JWT)"),
                (
                    "authorization_code",
                    "Connexion dans le navigateur (authorization code)",
                    "Login in the browser (authorization code)",
                ),
                ("access_token", "Jeton d'accès, pour quelques heures", "Access token, for some hours"),
            ]),
        ),
        when(AUTH_TYPE, &BY_APPLICATION, client_id()),
        when(AUTH_TYPE, &BY_SECRET, client_secret()),
        when(AUTH_TYPE, &["refresh_token"], needed(refresh_token())),
        when(AUTH_TYPE, &["jwt"], needed(username())),
        when(AUTH_TYPE, &["jwt"], needed(private_key())),
        when(AUTH_TYPE, &["access_token"], needed(access_token())),
    ]
}

/// The application's public name.
pub(in crate::salesforce) fn client_id() -> FormField {
    field(
        "client_id",
        Text::fixed("Clé du consommateur (client_id)", "Consumer key (client_id)"),
        Text::fixed(
            "Application cliente externe → Paramètres → OAuth → Clé et secret du consommateur.",
            "External client app → Settings → OAuth → Consumer Key and Secret.",
        ),
        "3MVG9lKcPoNINVBIPJjdw1J9LLM82HnFVVX19KY1uA5mu0QqEWhqKpoW3svG3",
        FieldKind::Text,
    )
}

/// The application's secret.
pub(in crate::salesforce) fn client_secret() -> FormField {
    field(
        "client_secret",
        Text::fixed("Secret du consommateur", "Consumer secret"),
        Text::fixed("Donné avec la clé du consommateur.", "Given with the consumer key."),
        "1955279925675241571",
        FieldKind::Secret,
    )
}

/// The user an application signs for.
pub(in crate::salesforce) fn username() -> FormField {
    field(
        "username",
        Text::fixed("Nom d'utilisateur", "User name"),
        Text::fixed(
            "L'utilisateur au nom duquel Passerelle travaille ; il doit être pré-autorisé dans l'application.",
            "The user in whose name Passerelle works; the application must pre-authorize them.",
        ),
        "passerelle@macave.fr",
        FieldKind::Text,
    )
}

/// The key it signs with.
pub(in crate::salesforce) fn private_key() -> FormField {
    field(
        "private_key",
        Text::fixed("Clé privée (PEM)", "Private key (PEM)"),
        Text::fixed(
            "La clé RSA dont le certificat a été donné à l'application, de BEGIN à END.",
            "The RSA key whose certificate was given to the application, from BEGIN to END.",
        ),
        "-----BEGIN PRIVATE KEY----- MIIEvQ… -----END PRIVATE KEY-----",
        FieldKind::Password,
    )
}

/// What renews the sessions of somebody who agreed elsewhere.
pub(in crate::salesforce) fn refresh_token() -> FormField {
    field(
        "refresh_token",
        Text::fixed("Jeton de renouvellement", "Refresh token"),
        Text::fixed(
            "Il sert à obtenir les jetons d'accès ; l'application doit avoir le droit « refresh_token ».",
            "It is used to get access tokens; the application needs the scope “refresh_token”.",
        ),
        "5Aep861KIwKdekr90I4iHdtDgWwRoG7O_6uHrgJ",
        FieldKind::Secret,
    )
}

/// A session that somebody began elsewhere.
pub(in crate::salesforce) fn access_token() -> FormField {
    field(
        "access_token",
        Text::fixed("Jeton d'accès", "Access token"),
        Text::fixed(
            "Un jeton obtenu ailleurs. Il n'est pas renouvelé : il suffit pour un essai.",
            "A token obtained elsewhere. It is not renewed: it will do for a trial.",
        ),
        "00D8d000008pQ6X!AQEAQHZsGmXb",
        FieldKind::Secret,
    )
}
