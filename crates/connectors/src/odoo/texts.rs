//! The sentences of this connector: what Odoo refused, and what to do about it.

use model::{StreamSchema, Text};

use super::streams;
use crate::error::{Error, ErrorKind, Retry};

pub(super) fn bad_key() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed(
            "Odoo refuse l'identifiant ou la clé API.",
            "Odoo refuses the login or the API key.",
        ),
    )
    .hint(Text::fixed(
        "Une clé expire souvent après trois mois : connectez-vous à Odoo comme l'utilisateur technique, créez une \
         nouvelle clé et collez-la ici.",
        "A key often expires after three months: log in to Odoo as the technical user, make a new key and paste it here.",
    ))
}

pub(super) fn no_database(name: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("La base de données « {name} » n'existe pas sur ce serveur Odoo."),
            format!("The database “{name}” does not exist on this Odoo server."),
        ),
    )
    .hint(Text::fixed(
        "Copiez son nom exact depuis la page de connexion d'Odoo, ou demandez-le à l'administrateur. Sur Odoo Online, \
         l'API demande un abonnement « Personnalisé ».",
        "Copy its exact name from Odoo's login page, or ask the administrator. On Odoo Online, the API needs the “Custom” plan.",
    ))
}

/// Something answers, and it is not Odoo.
pub(super) fn no_odoo() -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::fixed("Aucun Odoo ne répond à cette adresse.", "No Odoo answers at this address."),
    )
    .hint(Text::fixed(
        "Ouvrez l'adresse dans un navigateur : elle doit mener à la page de connexion d'Odoo. Gardez-en le début seulement.",
        "Open the address in a browser: it must lead to Odoo's login page. Keep only its beginning.",
    ))
}

/// The server is elsewhere; nothing secret was sent yet.
pub(super) fn redirected(location: &str) -> Error {
    let hint = if location.starts_with("https:") {
        Text::fixed(
            "Saisissez l'adresse en https : la clé n'a pas été envoyée.",
            "Type the address with https: the key was not sent.",
        )
    } else {
        Text::fixed(
            "Saisissez l'adresse vers laquelle il mène : la clé n'a pas été envoyée.",
            "Type the address it leads to: the key was not sent.",
        )
    };
    Error::new(
        ErrorKind::InvalidSettings,
        Text::fixed(
            "L'adresse d'Odoo répond par une redirection, qui n'est pas suivie.",
            "The address of Odoo answers with a redirect, which is not followed.",
        ),
    )
    .hint(hint)
}

pub(super) fn other_company(company: i64, own: &[i64]) -> Error {
    let own = own.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("La société {company} n'est pas accessible à cet utilisateur d'Odoo."),
            format!("Company {company} is not accessible to this Odoo user."),
        ),
    )
    .hint(Text::new(
        format!("Les siennes sont : {own}. Laissez le champ vide pour toutes les prendre."),
        format!("Theirs are: {own}. Leave the field empty to take them all."),
    ))
}

/// What to do about a missing right.
const RIGHTS: Text = Text::fixed(
    "Dans Odoo, ouvrez Paramètres → Utilisateurs, choisissez l'utilisateur technique et donnez-lui les droits de \
     l'application concernée.",
    "In Odoo, open Settings → Users, choose the technical user and give them rights in the application concerned.",
);

/// The user may not do this, with whatever it was.
pub(super) fn forbidden(said: &str) -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("Odoo n'autorise pas cette opération : {said}"),
            format!("Odoo does not allow this operation: {said}"),
        ),
    )
    .hint(RIGHTS)
}

/// The user may not read a model.
pub(super) fn no_right(model: &str) -> Error {
    let (fr, en) = streams::named(model);
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("L'utilisateur d'Odoo n'a pas le droit de lire « {fr} » ({model})."),
            format!("The Odoo user has no right to read “{en}” ({model})."),
        ),
    )
    .hint(RIGHTS)
}

/// The user may not add to or change a model.
pub(super) fn no_right_to_write(model: &str) -> Error {
    let (fr, en) = streams::named(model);
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("L'utilisateur d'Odoo n'a pas le droit de modifier « {fr} » ({model})."),
            format!("The Odoo user has no right to change “{en}” ({model})."),
        ),
    )
    .hint(RIGHTS)
}

/// A model is not there.
pub(super) fn not_installed(model: &str) -> Error {
    let (fr, en) = streams::named(model);
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("« {fr} » ({model}) n'existe pas dans cet Odoo."),
            format!("“{en}” ({model}) is not in this Odoo."),
        ),
    )
    .hint(Text::fixed(
        "Installez l'application (CRM, Ventes ou Inventaire) dans Odoo, ou choisissez une autre table.",
        "Install the application (CRM, Sales or Inventory) in Odoo, or choose another table.",
    ))
}

/// None of the models can be read.
pub(super) fn nothing_to_read() -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::fixed(
            "L'utilisateur d'Odoo n'a le droit de lire aucune des tables connues.",
            "The Odoo user has no right to read any of the known tables.",
        ),
    )
    .hint(RIGHTS)
}

/// A stream is read only.
pub(super) fn read_only(name: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(
            format!("« {name} » est seulement lu : seules les opportunités d'Odoo sont écrites."),
            format!("“{name}” is only read: only Odoo's opportunities are written."),
        ),
    )
    .hint(Text::fixed("Choisissez la table des opportunités.", "Choose the table of opportunities."))
}

pub(super) fn field_gone(stream: &StreamSchema, field: &str) -> Error {
    let name = &stream.name;
    let field = stream.fields.iter().find(|known| known.id == field).map_or(field, |known| &known.name);
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Le champ « {field} » n'existe plus dans « {name} »."),
            format!("The field “{field}” is no longer in “{name}”."),
        ),
    )
    .hint(Text::fixed("Relancez après avoir corrigé le mapping.", "Correct the mapping and start again."))
}

/// Somebody else was changing the same record; nothing was done.
pub(super) fn busy() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed(
            "Odoo n'a pas pu enregistrer : une autre modification était en cours.",
            "Odoo could not save: another change was under way.",
        ),
    )
    .retry(Retry::Backoff)
    .hint(Text::fixed("Relancez dans un instant.", "Start again in a moment."))
}
