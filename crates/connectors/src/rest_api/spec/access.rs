//! Whose requests they are.

use model::Text;
use model::spec::{FieldKind, FormField};

use crate::common::fields::{choice, field, needed, when};

pub(super) fn fields() -> Vec<FormField> {
    let mut fields = vec![field(
        "auth_type",
        Text::fixed("Authentification", "Authentication"),
        Text::fixed("Comment l'API reconnaît qui demande.", "How the API knows who asks."),
        "bearer",
        choice(&[
            ("none", "Aucune", "None"),
            ("api_key", "Clé d'API", "API key"),
            ("basic", "Identifiant et mot de passe", "User name and password"),
            ("bearer", "Jeton (Bearer)", "Token (Bearer)"),
            ("oauth2", "OAuth2", "OAuth2"),
        ]),
    )];
    fields.extend(api_key().map(|field| when("auth_type", &["api_key"], field)));
    fields.extend(basic().map(|field| when("auth_type", &["basic"], field)));
    fields.push(when("auth_type", &["bearer"], needed(token())));
    fields.extend(oauth2());
    fields
}

fn api_key() -> [FormField; 4] {
    [
        needed(field(
            "api_key",
            Text::fixed("Clé d'API", "API key"),
            Text::fixed("La clé que l'API vous a donnée.", "The key that the API gave you."),
            "0123456789abcdef",
            FieldKind::Secret,
        )),
        field(
            "key_in",
            Text::fixed("Place de la clé", "Place of the key"),
            Text::fixed(
                "Préférez l'en-tête : une adresse finit souvent dans des journaux.",
                "Prefer the header: addresses often end up in logs.",
            ),
            "header",
            choice(&[
                ("header", "En-tête", "Header"),
                ("query", "Paramètre de l'adresse", "Parameter of the address"),
            ]),
        ),
        field(
            "key_name",
            Text::fixed("Nom de la clé", "Name of the key"),
            Text::fixed(
                "Le nom de l'en-tête ou du paramètre. Sans réponse : X-API-Key, ou api_key dans l'adresse.",
                "The name of the header or parameter. Left empty: X-API-Key, or api_key in the address.",
            ),
            "X-API-Key",
            FieldKind::Text,
        ),
        field(
            "key_prefix",
            Text::fixed("Préfixe", "Prefix"),
            Text::fixed(
                "Un mot devant la clé, suivi d'une espace, si l'API en veut un.",
                "A word before the key, followed by a space, if the API wants one.",
            ),
            "Token",
            FieldKind::Text,
        ),
    ]
}

fn basic() -> [FormField; 2] {
    [
        needed(field(
            "username",
            Text::fixed("Identifiant", "User name"),
            Text::fixed(
                "Celui d'un utilisateur dédié, si possible.",
                "That of a dedicated user, if possible.",
            ),
            "passerelle",
            FieldKind::Text,
        )),
        field(
            "password",
            Text::fixed("Mot de passe", "Password"),
            Text::fixed(
                "Certaines API le veulent vide, avec la clé comme identifiant.",
                "Some APIs want it empty, with the key as user name.",
            ),
            "correct horse battery",
            FieldKind::Password,
        ),
    ]
}

fn token() -> FormField {
    field(
        "token",
        Text::fixed("Jeton", "Token"),
        Text::fixed("Envoyé comme « Authorization: Bearer … ».", "Sent as “Authorization: Bearer …”."),
        "0123456789abcdef",
        FieldKind::Secret,
    )
}

fn oauth2() -> [FormField; 8] {
    let with = |field| when("auth_type", &["oauth2"], field);
    [
        with(field(
            "oauth_grant",
            Text::fixed("Autorisation", "Grant"),
            Text::fixed(
                "Comment le premier jeton est obtenu, d'après la documentation de l'API.",
                "How the first token is had, according to the API's documentation.",
            ),
            "client_credentials",
            choice(&[
                (
                    "client_credentials",
                    "Application seule (client credentials)",
                    "Application alone (client credentials)",
                ),
                ("refresh_token", "Jeton de renouvellement (refresh token)", "Refresh token"),
                (
                    "authorization_code",
                    "Connexion dans le navigateur (authorization code)",
                    "Login in the browser (authorization code)",
                ),
            ]),
        )),
        when(
            "oauth_grant",
            &["authorization_code"],
            needed(field(
                "authorize_url",
                Text::fixed("Adresse d'autorisation", "Authorization address"),
                Text::fixed("La page où l'on donne son accord.", "The page where one agrees."),
                "https://auth.example.com/oauth/authorize",
                FieldKind::Url,
            )),
        ),
        with(needed(field(
            "token_url",
            Text::fixed("Adresse des jetons", "Token address"),
            Text::fixed("L'adresse où les jetons sont demandés.", "The address where tokens are asked for."),
            "https://auth.example.com/oauth/token",
            FieldKind::Url,
        ))),
        with(needed(field(
            "client_id",
            Text::fixed("Identifiant de l'application", "Client id"),
            Text::fixed(
                "Donné lorsque l'application a été déclarée.",
                "Given when the application was registered.",
            ),
            "passerelle-0123",
            FieldKind::Text,
        ))),
        with(field(
            "client_secret",
            Text::fixed("Secret de l'application", "Client secret"),
            Text::fixed(
                "Donné avec l'identifiant ; vide pour une application publique.",
                "Given with the id; empty for a public application.",
            ),
            "0123456789abcdef",
            FieldKind::Secret,
        )),
        when(
            "oauth_grant",
            &["refresh_token"],
            needed(field(
                "refresh_token",
                Text::fixed("Jeton de renouvellement", "Refresh token"),
                Text::fixed("Il sert à obtenir les jetons d'accès.", "It is used to get access tokens."),
                "0123456789abcdef",
                FieldKind::Secret,
            )),
        ),
        with(field(
            "scope",
            Text::fixed("Droits demandés", "Scope"),
            Text::fixed(
                "Les mots de l'API, séparés par des espaces.",
                "The API's words, separated by spaces.",
            ),
            "customers.read",
            FieldKind::Text,
        )),
        with(field(
            "client_auth",
            Text::fixed("Envoi du secret", "How the secret is sent"),
            Text::fixed(
                "Certaines API veulent le secret de l'application dans un en-tête.",
                "Some APIs want the client secret in a header.",
            ),
            "body",
            choice(&[
                ("body", "Dans le formulaire", "In the form"),
                ("basic", "Dans l'en-tête (Basic)", "In the header (Basic)"),
            ]),
        )),
    ]
}
