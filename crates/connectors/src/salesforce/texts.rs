//! The sentences for what goes wrong with an organisation as a whole.

mod record;

use model::spec::FormField;
use model::{StreamSchema, Text};

use super::refusal::SERVICE;
use super::schema::Object;
use crate::error::{Error, ErrorKind, Retry};

pub(super) use record::*;

/// A setting does not hold what it must.
pub(super) fn unusable(field: &FormField, fr_why: &str, en_why: &str) -> Error {
    let (fr, en) = (&field.label.fr, &field.label.en);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("Salesforce : le champ « {fr} » {fr_why}."),
            format!("Salesforce: the field “{en}” {en_why}."),
        ),
    )
    .hint(field.help.clone())
}

/// The address is that of the login page, which has no records.
pub(super) fn login_host(host: &str) -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("« {host} » est la page de connexion de Salesforce, commune à toutes les organisations."),
            format!("“{host}” is Salesforce's login page, which all organisations share."),
        ),
    )
    .hint(Text::fixed(
        "Saisissez l'adresse de la vôtre, qui se termine par .my.salesforce.com : Configuration → Mon domaine.",
        "Type the address of yours, which ends with .my.salesforce.com: Setup → My Domain.",
    ))
}

pub(super) fn session_over() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed(
            "Salesforce refuse la session : le jeton a expiré ou a été révoqué.",
            "Salesforce refuses the session: the token has expired or was revoked.",
        ),
    )
    .hint(Text::fixed(
        "Reconnectez cette connexion, ou donnez-lui un nouveau jeton. Un jeton d'accès collé ne dure que quelques heures.",
        "Connect it again, or give it a new token. A pasted access token lasts for some hours only.",
    ))
}

/// The session is good, and not for this.
pub(super) fn not_for_the_api() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed(
            "Cette session de Salesforce ne donne pas accès à l'API REST.",
            "This Salesforce session gives no access to the REST API.",
        ),
    )
    .hint(Text::fixed(
        "Donnez à l'application le droit « Gérer les données utilisateur via des API (api) », puis reconnectez.",
        "Give the application the scope “Manage user data via APIs (api)”, then connect again.",
    ))
}

/// The edition, or the user's profile, has no API.
pub(super) fn no_api() -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::fixed(
            "L'API de Salesforce n'est pas ouverte à cette organisation ou à cet utilisateur.",
            "Salesforce's API is not open to this organisation or to this user.",
        ),
    )
    .hint(Text::fixed(
        "Cochez « API activée » dans un ensemble d'autorisations de l'utilisateur. Les éditions Essentials et Professional \
         n'ont l'API qu'en option.",
        "Tick “API Enabled” in a permission set of the user. Essentials and Professional editions have the API as an \
         option only.",
    ))
}

/// All requests of the day are used up.
pub(super) fn quota_used_up() -> Error {
    Error::new(
        ErrorKind::RateLimited,
        Text::fixed(
            "Le quota de requêtes API de l'organisation Salesforce est épuisé pour ces dernières 24 heures.",
            "The quota of API requests of the Salesforce organisation is used up for the last 24 hours.",
        ),
    )
    .hint(Text::fixed(
        "Il se reconstitue d'heure en heure ; Configuration → Informations sur la société dit ce qui l'emploie. Espacez \
         les synchronisations.",
        "It comes back from hour to hour; Setup → Company Information says what uses it. Space the syncs out.",
    ))
}

/// What to do about a missing right.
const RIGHTS: Text = Text::fixed(
    "Donnez à l'utilisateur de la connexion un ensemble d'autorisations sur cet objet et ses champs : Configuration → \
     Ensembles d'autorisations.",
    "Give the connection's user a permission set for this object and its fields: Setup → Permission Sets.",
);

pub(super) fn forbidden(said: &str) -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("Salesforce n'autorise pas cette opération : {said}"),
            format!("Salesforce does not allow this operation: {said}"),
        ),
    )
    .hint(RIGHTS)
}

pub(super) fn no_right_to_write(object: &Object) -> Error {
    let name = &object.label;
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("L'utilisateur de Salesforce n'a pas le droit de modifier « {name} »."),
            format!("The Salesforce user has no right to change “{name}”."),
        ),
    )
    .hint(RIGHTS)
}

pub(super) fn not_found(said: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Salesforce ne trouve pas ce qui est demandé : {said}"),
            format!("Salesforce does not find what was asked for: {said}"),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez que l'objet et ses champs existent encore, et que l'utilisateur de la connexion les voit.",
        "Check that the object and its fields are still there, and that the connection's user sees them.",
    ))
}

pub(super) fn rejected(said: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(
            format!("Salesforce refuse la demande : {said}"),
            format!("Salesforce refuses the request: {said}"),
        ),
    )
    .hint(Text::fixed(
        "Corrigez la valeur, ou demandez la raison à l'administrateur de Salesforce.",
        "Correct the value, or ask Salesforce's administrator for the reason.",
    ))
}

/// Somebody else was writing the same; nothing was done.
pub(super) fn busy() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed(
            "Salesforce n'a pas pu enregistrer : une autre modification était en cours.",
            "Salesforce could not save: another change was under way.",
        ),
    )
    .retry(Retry::Backoff)
    .hint(Text::fixed("Relancez dans un instant.", "Start again in a moment."))
}

pub(super) fn too_slow() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed(
            "Salesforce n'a pas terminé la requête dans le temps qu'il s'accorde.",
            "Salesforce did not finish the query in the time it allows itself.",
        ),
    )
    .hint(Text::fixed(
        "Relancez à une heure plus calme ; si cela dure, l'administrateur peut demander un index à Salesforce.",
        "Start again at a quieter hour; if it lasts, the administrator can ask Salesforce for an index.",
    ))
}

/// The object of the settings is not there; those with similar names are offered.
pub(super) fn no_object(name: &str, similar: &[String]) -> Error {
    let similar = similar.join(", ");
    let hint = if similar.is_empty() {
        Text::fixed(
            "Copiez son nom API depuis Configuration → Gestionnaire d'objets ; celui d'un objet personnalisé se termine par __c.",
            "Copy its API name from Setup → Object Manager; that of a custom object ends with __c.",
        )
    } else {
        Text::new(format!("Des noms proches : {similar}."), format!("Similar names: {similar}."))
    };
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("L'objet « {name} » n'existe pas dans cette organisation Salesforce, ou l'utilisateur ne le voit pas."),
            format!("The object “{name}” is not in this Salesforce organisation, or the user does not see it."),
        ),
    )
    .hint(hint)
}

/// Nothing is where this version of the API should be.
pub(super) fn no_version(version: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("L'API {version} de Salesforce ne répond pas à cette adresse."),
            format!("Salesforce's API {version} does not answer at this address."),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez l'adresse de l'organisation, et laissez la version de l'API vide.",
        "Check the address of the organisation, and leave the version of the API empty.",
    ))
}

/// The field that should make creations repeatable cannot.
pub(super) fn no_external_id(field: &str, object: &Object) -> Error {
    let known: Vec<&str> = object.columns.iter().filter(|c| c.external_id).map(|c| &*c.key).collect();
    let (known, name) = (known.join(", "), &object.label);
    let hint = if known.is_empty() {
        Text::fixed(
            "Créez un champ texte, cochez « ID externe » et « Unique », et donnez son nom API ; ou laissez ce réglage vide.",
            "Make a text field, tick “External ID” and “Unique”, and give its API name; or leave this setting empty.",
        )
    } else {
        Text::new(format!("Ceux de cet objet sont : {known}."), format!("Those of this object are: {known}."))
    };
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("« {field} » n'est pas un champ d'ID externe de « {name} »."),
            format!("“{field}” is not an external ID field of “{name}”."),
        ),
    )
    .hint(hint)
}

pub(super) fn field_gone(stream: &StreamSchema, field: &str) -> Error {
    let name = &stream.name;
    let field = stream.fields.iter().find(|known| known.id == field).map_or(field, |known| &known.name);
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Le champ « {field} » n'existe plus dans « {name} », ou l'utilisateur ne le voit plus."),
            format!("The field “{field}” is no longer in “{name}”, or the user no longer sees it."),
        ),
    )
    .hint(Text::fixed("Relancez après avoir corrigé le mapping.", "Correct the mapping and start again."))
}

/// An answer does not tell of as many records as were asked for.
pub(super) fn wrong_number(maybe_applied: bool) -> Error {
    let error = Error::new(
        ErrorKind::UnexpectedReply,
        Text::new(
            format!("{SERVICE} n'a pas répondu pour tous les enregistrements demandés."),
            format!("{SERVICE} did not answer for all the records asked for."),
        ),
    );
    Error { maybe_applied, ..error }
        .retry(Retry::Backoff)
        .hint(Text::fixed("Relancez dans quelques minutes.", "Start again in a few minutes."))
}
