//! The sentences of this connector: what Airtable refused, and what to do about it.

use std::sync::Arc;

use model::{StreamSchema, Text};

use super::schema::Table;
use crate::error::{Error, ErrorKind};

pub(super) fn bad_token() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed("Token Airtable invalide ou expiré", "Invalid or expired Airtable token"),
    )
    .hint(Text::fixed(
        "Créez un nouveau token sur airtable.com/create/tokens et collez-le dans la connexion.",
        "Create a new token at airtable.com/create/tokens and paste it into the connection.",
    ))
}

pub(super) fn base_not_found() -> Error {
    Error::new(ErrorKind::NotFound, Text::fixed("Base Airtable introuvable", "Airtable base not found")).hint(
        Text::fixed(
            "Vérifiez l'identifiant de la base (app…) et que le token y a accès : rubrique Access sur \
             airtable.com/create/tokens.",
            "Check the base's id (app…) and that the token has access to it: section Access at \
             airtable.com/create/tokens.",
        ),
    )
}

pub(super) fn table_gone(name: &str, tables: &[Arc<Table>]) -> Error {
    let names = tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>().join(", ");
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("La table « {name} » n'existe plus dans la base Airtable."),
            format!("The table “{name}” is no longer in the Airtable base."),
        ),
    )
    .hint(if names.is_empty() {
        Text::fixed("La base n'a aucune table.", "The base has no table.")
    } else {
        Text::new(format!("Tables présentes : {names}."), format!("Tables there: {names}."))
    })
}

/// The token lacks a right, which Airtable calls a scope.
pub(super) fn missing_scope(scope: &str) -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("Il manque le droit {scope} au token Airtable."),
            format!("The Airtable token lacks the scope {scope}."),
        ),
    )
    .hint(Text::fixed(
        "Ajoutez-le sous Scopes sur airtable.com/create/tokens, puis réessayez : le token reste le même.",
        "Add it under Scopes at airtable.com/create/tokens, then try again: the token stays the same.",
    ))
}

/// The token's user may read, but not change this table.
pub(super) fn not_allowed_to_write(table: &str) -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("Le token Airtable ne permet pas d'écrire dans la table « {table} »."),
            format!("The Airtable token does not allow writing into the table “{table}”."),
        ),
    )
    .hint(Text::fixed(
        "La personne qui a créé le token doit être au moins éditrice de la base.",
        "The person who created the token must be at least an editor of the base.",
    ))
}

/// The token's user may not make webhooks.
pub(super) fn not_allowed_to_hint() -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::fixed(
            "Le token Airtable ne permet pas de créer un webhook dans cette base.",
            "The Airtable token does not allow making a webhook in this base.",
        ),
    )
    .hint(Text::fixed(
        "La personne qui a créé le token doit être créatrice (Creator) ou propriétaire de la base.",
        "The person who created the token must be a creator or an owner of the base.",
    ))
}

/// The base has all the webhooks it may have.
pub(super) fn too_many_webhooks() -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::fixed(
            "La base Airtable a déjà tous les webhooks qu'elle peut avoir.",
            "The Airtable base already has all the webhooks it may have.",
        ),
    )
    .hint(Text::fixed(
        "Retirez-en un dans l'outil qui l'a créé : une base en a dix au plus, et deux par application.",
        "Remove one in the tool that made it: a base has ten at most, and two for each application.",
    ))
}

pub(super) fn field_gone(stream: &StreamSchema, field: &str) -> Error {
    let table = &stream.name;
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Le champ « {field} » n'existe plus dans la table « {table} »."),
            format!("The field “{field}” is no longer in the table “{table}”."),
        ),
    )
    .hint(Text::fixed("Relancez après avoir corrigé le mapping.", "Correct the mapping and start again."))
}

pub(super) fn quota_used_up() -> Error {
    Error::new(
        ErrorKind::RateLimited,
        Text::fixed(
            "Le quota mensuel d'appels à l'API de votre offre Airtable est épuisé.",
            "The monthly quota of API calls of your Airtable plan is used up.",
        ),
    )
    .hint(Text::fixed(
        "Attendez le mois prochain ou changez d'offre dans les réglages de l'espace de travail Airtable.",
        "Wait for next month or change the plan in the settings of the Airtable workspace.",
    ))
}
