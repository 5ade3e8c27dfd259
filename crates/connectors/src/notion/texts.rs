//! The sentences of this connector: what Notion refused, and what to do about it.

use model::{StreamSchema, Text};

use crate::error::{Error, ErrorKind, Retry};

/// How to let an integration see a database.
const SHARE: Text = Text::fixed(
    "Ouvrez la base de données dans Notion, puis « ••• » → « Connexions » et ajoutez l'intégration. Vérifiez aussi \
     l'identifiant.",
    "Open the database in Notion, then “•••” → “Connections” and add the integration. Check the id too.",
);

pub(super) fn bad_token() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed("Token Notion invalide ou révoqué", "Invalid or revoked Notion token"),
    )
    .hint(Text::fixed(
        "Copiez de nouveau le secret de l'intégration sur notion.so/profile/integrations et collez-le dans la connexion.",
        "Copy the integration's secret again at notion.so/profile/integrations and paste it into the connection.",
    ))
}

/// The database does not exist, or the integration may not see it.
pub(super) fn not_shared() -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::fixed(
            "Base de données Notion inaccessible. Vérifiez que l'intégration est connectée à la page.",
            "Notion database not accessible. Check that the integration is connected to the page.",
        ),
    )
    .hint(SHARE)
}

/// Notion still answers for what lies in the trash, without its pages: it would look empty.
pub(super) fn in_trash() -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::fixed(
            "La base de données Notion est dans la corbeille.",
            "The Notion database is in the trash.",
        ),
    )
    .hint(Text::fixed(
        "Restaurez-la dans Notion, ou donnez l'adresse d'une autre base de données.",
        "Restore it in Notion, or give the address of another database.",
    ))
}

/// The address of a page was given, which may hold a database.
pub(super) fn page_instead_of_database() -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::fixed(
            "Cet identifiant est celui d'une page Notion, pas d'une base de données.",
            "This id is that of a Notion page, not of a database.",
        ),
    )
    .hint(Text::fixed(
        "Si la page contient la base de données, ouvrez celle-ci en pleine page et copiez son adresse.",
        "If the page holds the database, open the database as a full page and copy its address.",
    ))
}

/// A data source that was there is not, or is no longer shared.
pub(super) fn source_gone(name: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("La source de données « {name} » n'existe plus dans Notion, ou n'est plus partagée avec l'intégration."),
            format!("The data source “{name}” is no longer in Notion, or no longer shared with the integration."),
        ),
    )
    .hint(SHARE)
}

/// The integration lacks a right, which Notion calls a capability.
pub(super) fn missing_capability(fr: &str, en: &str) -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("L'intégration Notion n'a pas le droit « {fr} »."),
            format!("The Notion integration lacks the capability “{en}”."),
        ),
    )
    .hint(Text::fixed(
        "Cochez-le sous « Capacités » sur notion.so/profile/integrations, puis réessayez : le token reste le même.",
        "Tick it under “Capabilities” at notion.so/profile/integrations, then try again: the token stays the same.",
    ))
}

/// People cannot be found: the integration may not see them.
pub(super) fn users_hidden() -> Text {
    Text::fixed(
        "L'intégration Notion ne peut pas voir les personnes. Cochez « Lire les informations sur les utilisateurs, y compris les adresses e-mail » sur notion.so/profile/integrations.",
        "The Notion integration cannot see people. Tick “Read user information including email addresses” at notion.so/profile/integrations.",
    )
}

pub(super) fn property_gone(stream: &StreamSchema, property: &str) -> Error {
    let source = &stream.name;
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("La propriété « {property} » n'existe plus dans « {source} »."),
            format!("The property “{property}” is no longer in “{source}”."),
        ),
    )
    .hint(Text::fixed("Relancez après avoir corrigé le mapping.", "Correct the mapping and start again."))
}

/// Notion shuts this integration out until somebody does something about it.
pub(super) fn blocked() -> Error {
    Error::new(
        ErrorKind::RateLimited,
        Text::fixed(
            "Notion bloque les appels de cette intégration : son quota est épuisé ou elle a été suspendue.",
            "Notion blocks the calls of this integration: its quota is used up or it was suspended.",
        ),
    )
    .hint(Text::fixed(
        "Attendez, ou demandez la raison au support de Notion. Réessayer tout de suite ne sert à rien.",
        "Wait, or ask Notion's support for the reason. Trying again at once does not help.",
    ))
}

/// Somebody else was changing the same thing.
pub(super) fn conflict() -> Error {
    Error {
        maybe_applied: true,
        ..Error::new(
            ErrorKind::Unavailable,
            Text::fixed(
                "Notion n'a pas pu enregistrer : une autre modification était en cours.",
                "Notion could not save: another change was under way.",
            ),
        )
    }
    .retry(Retry::Backoff)
    .hint(Text::fixed("Relancez dans un instant.", "Start again in a moment."))
}

/// More rows were created within one minute than a query gives, and nothing tells them apart.
pub(super) fn too_many_in_a_minute(minute: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(
            format!("Notion ne donne que 10 000 pages par requête, et davantage ont été créées dans la même minute ({minute})."),
            format!("Notion gives only 10,000 pages a query, and more were created within the same minute ({minute})."),
        ),
    )
    .hint(Text::fixed(
        "Répartissez ces pages dans plusieurs bases de données : elles ne peuvent pas être lues toutes ensemble.",
        "Spread these pages over several databases: they cannot all be read together.",
    ))
}
