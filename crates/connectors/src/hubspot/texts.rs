//! The sentences of this connector: what HubSpot refused, and what to do about it.

use model::{StreamSchema, Text};

use crate::error::{Error, ErrorKind, Retry};

/// Options named in a sentence at most.
const NAMED: usize = 20;

pub(super) fn bad_token() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed(
            "HubSpot ne reconnaît pas ce jeton : il est faux, ou il a été révoqué ou remplacé.",
            "HubSpot does not know this token: it is wrong, or it was revoked or replaced.",
        ),
    )
    .hint(Text::fixed(
        "Copiez le jeton actuel (Paramètres → Intégrations → Applications privées → Authentification) dans la \
         connexion ; avec OAuth2, connectez-vous de nouveau.",
        "Copy the present token (Settings → Integrations → Private apps → Auth) into the connection; with OAuth2, \
         connect again.",
    ))
}

pub(super) fn expired() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed("Le jeton HubSpot a expiré.", "The HubSpot token has expired."),
    )
    .hint(Text::fixed(
        "Un jeton d'OAuth2 ne vit que 30 minutes : utilisez celui d'une application privée, ou choisissez OAuth2 dans \
         la connexion.",
        "A token of OAuth2 lives for 30 minutes only: use that of a private app, or choose OAuth2 in the connection.",
    ))
}

/// The token lacks rights; HubSpot calls them scopes and names them.
pub(super) fn missing_scopes(scopes: &str) -> Error {
    let message = if scopes.is_empty() {
        Text::fixed("Il manque un droit au jeton HubSpot.", "The HubSpot token lacks a scope.")
    } else {
        Text::new(
            format!("Il manque au jeton HubSpot : {scopes}."),
            format!("The HubSpot token lacks: {scopes}."),
        )
    };
    Error::new(ErrorKind::Forbidden, message).hint(Text::fixed(
        "Ajoutez ce droit à l'application (rubrique Champs d'application), puis réessayez ; avec OAuth2, connectez-vous \
         de nouveau.",
        "Add it to the app (section Scopes), then try again; with OAuth2, connect again.",
    ))
}

pub(super) fn daily_quota() -> Error {
    Error::new(
        ErrorKind::RateLimited,
        Text::fixed(
            "Le quota quotidien d'appels à l'API de votre compte HubSpot est épuisé.",
            "The daily quota of API calls of your HubSpot account is used up.",
        ),
    )
    .hint(Text::fixed(
        "Il se remplit à minuit, heure du compte ; les autres applications du compte le partagent.",
        "It is full again at midnight, in the account's time zone; the account's other apps share it.",
    ))
}

/// The account cannot be written for a while, such as while its data is moved.
pub(super) fn locked() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed(
            "HubSpot a verrouillé ces données pour l'instant.",
            "HubSpot has locked this data for now.",
        ),
    )
    .retry(Retry::Backoff)
    .hint(Text::fixed("Réessayez plus tard.", "Try again later."))
}

pub(super) fn rejected(said: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(
            format!("HubSpot refuse la demande : {said}"),
            format!("HubSpot refuses the request: {said}"),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez que les propriétés n'ont pas changé dans HubSpot, puis réessayez.",
        "Check that the properties have not changed in HubSpot, then try again.",
    ))
}

pub(super) fn no_object(name: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("HubSpot n'a pas de type d'objet « {name} »."),
            format!("HubSpot has no object type “{name}”."),
        ),
    )
    .hint(Text::fixed(
        "Choisissez deals, contacts ou companies, ou l'identifiant d'un objet personnalisé (2-…).",
        "Choose deals, contacts or companies, or the id of a custom object (2-…).",
    ))
}

/// The token may see no type of object at all.
pub(super) fn nothing_to_read(error: Error) -> Error {
    let message = Text::new(
        format!("Rien à lire dans HubSpot. {}", error.message.fr),
        format!("Nothing to read in HubSpot. {}", error.message.en),
    );
    Error { message, ..error }
}

/// A field asked for is no longer among the properties.
pub(super) fn field_gone(stream: &StreamSchema, name: &str) -> Error {
    Error::new(ErrorKind::NotFound, property_gone(&stream.name, name)).hint(Text::fixed(
        "Corrigez le mapping, ou recréez la propriété dans HubSpot, puis relancez.",
        "Correct the mapping, or make the property again in HubSpot, then start again.",
    ))
}

pub(super) fn property_gone(object: &str, name: &str) -> Text {
    Text::new(
        format!("La propriété « {name} » n'existe plus dans HubSpot ({object})."),
        format!("The property “{name}” no longer exists in HubSpot ({object})."),
    )
}

/// Properties that the form names and HubSpot does not have.
pub(super) fn no_such_properties(names: &[&str]) -> Error {
    let names = names.join(", ");
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("HubSpot n'a pas ces propriétés : {names}."),
            format!("HubSpot does not have these properties: {names}."),
        ),
    )
    .hint(Text::fixed(
        "Corrigez la liste des propriétés de la connexion : il faut leurs noms internes.",
        "Correct the list of properties of the connection: it takes their internal names.",
    ))
}

/// The property that records shall be found by may hold one value several times.
pub(super) fn not_unique(name: &str) -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("La propriété « {name} » n'est pas à valeur unique dans HubSpot."),
            format!("The property “{name}” is not one of unique values in HubSpot."),
        ),
    )
    .hint(Text::fixed(
        "Créez dans HubSpot une propriété avec « Exiger des valeurs uniques », ou laissez ce champ vide.",
        "Make a property in HubSpot with “Require unique values”, or leave this field empty.",
    ))
}

pub(super) fn read_only_property(name: &str) -> Text {
    Text::new(
        format!("HubSpot remplit lui-même la propriété « {name} » : rien ne peut y être écrit."),
        format!("HubSpot fills the property “{name}” itself: nothing can be written into it."),
    )
}

/// An option or stage that was there when the properties were read.
pub(super) fn option_gone(name: &str) -> Text {
    Text::new(
        format!(
            "HubSpot n'a plus cette option pour « {name} » : elle a été supprimée ou déplacée. Relancez pour voir les \
             options actuelles."
        ),
        format!(
            "HubSpot no longer has this option for “{name}”: it was deleted or moved. Start again to see the present \
             options."
        ),
    )
}

pub(super) fn no_such_option(name: &str, label: &str, known: &[String]) -> Text {
    let label = model::parse::shorten(label);
    let more = if known.len() > NAMED { ", …" } else { "" };
    let known = known.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    Text::new(
        format!("HubSpot n'a pas d'option « {label} » pour « {name} ». Options : {known}{more}."),
        format!("HubSpot has no option “{label}” for “{name}”. Options: {known}{more}."),
    )
}

pub(super) fn cannot_take(name: &str, native: &str) -> Text {
    Text::new(
        format!("La propriété « {name} » ({native}) ne peut pas recevoir cette valeur."),
        format!("The property “{name}” ({native}) cannot take this value."),
    )
}

pub(super) fn record_rejected(said: &str) -> Text {
    Text::new(
        format!("HubSpot refuse cet enregistrement : {said}"),
        format!("HubSpot refuses this record: {said}"),
    )
}

/// The answer to a batch does not tell what became of every record.
pub(super) fn unclear() -> Error {
    Error {
        maybe_applied: true,
        ..Error::new(
            ErrorKind::UnexpectedReply,
            Text::fixed(
                "HubSpot n'a pas dit ce que sont devenus tous les enregistrements envoyés.",
                "HubSpot did not say what became of all the records sent.",
            ),
        )
    }
    .retry(Retry::Backoff)
    .hint(Text::fixed(
        "Relancez : ce qui est déjà écrit sera reconnu.",
        "Start again: what is written already will be recognised.",
    ))
}
