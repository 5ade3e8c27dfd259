//! The sentences of this connector: what Pipedrive refused, and what to do about it.

use model::Text;
use model::spec::FormField;

use super::entity::Entity;
use crate::error::{Error, ErrorKind};

fn forbidden(fr: &'static str, en: &'static str) -> Error {
    Error::new(ErrorKind::Forbidden, Text::fixed(fr, en))
}

pub(super) fn bad_token() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed("Token Pipedrive invalide ou révoqué.", "Invalid or revoked Pipedrive token."),
    )
    .hint(Text::fixed(
        "Copiez-le de nouveau dans Pipedrive (Préférences personnelles → API) et collez-le dans la connexion ; avec OAuth2, connectez-vous de nouveau.",
        "Copy it again in Pipedrive (Personal preferences → API) and paste it into the connection; with OAuth2, connect again.",
    ))
}

pub(super) fn unpaid() -> Error {
    forbidden(
        "Le compte Pipedrive de l'entreprise n'est pas actif : essai terminé ou abonnement impayé.",
        "The company's Pipedrive account is not active: its trial ended or its subscription is unpaid.",
    )
    .hint(Text::fixed(
        "Réglez l'abonnement dans Pipedrive (Facturation), puis réessayez.",
        "Settle the subscription in Pipedrive (Billing), then try again.",
    ))
}

/// The plan allows no more records.
pub(super) fn plan_is_full() -> Error {
    forbidden(
        "L'abonnement Pipedrive n'accepte pas davantage de fiches : sa limite est atteinte.",
        "The Pipedrive plan takes no more records: its limit is reached.",
    )
    .hint(Text::fixed(
        "Supprimez des fiches dans Pipedrive ou changez d'abonnement, puis relancez.",
        "Delete records in Pipedrive or change the plan, then start again.",
    ))
}

/// The application was not given what it needs.
pub(super) fn missing_scope() -> Error {
    forbidden(
        "L'application Pipedrive n'a pas le droit de faire cela.",
        "The Pipedrive application may not do this.",
    )
    .hint(Text::fixed(
        "Cochez « Deals » et « Contacts » (accès complet), « Users » et « Search » sous « OAuth & access scopes » de l'application, puis connectez-vous de nouveau.",
        "Tick “Deals” and “Contacts” (full access), “Users” and “Search” under “OAuth & access scopes” of the application, then connect again.",
    ))
}

/// The application may not make webhooks.
pub(super) fn missing_webhook_scope() -> Error {
    forbidden(
        "L'application Pipedrive n'a pas le droit de créer des webhooks.",
        "The Pipedrive application may not make webhooks.",
    )
    .hint(Text::fixed(
        "Cochez « Webhooks » (accès complet) sous « OAuth & access scopes » de l'application, puis connectez-vous de nouveau.",
        "Tick “Webhooks” (full access) under “OAuth & access scopes” of the application, then connect again.",
    ))
}

/// The user has all the webhooks a user may have.
pub(super) fn too_many_webhooks() -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::fixed(
            "L'utilisateur de ce token a déjà tous les webhooks que Pipedrive lui permet : 40.",
            "The user of this token already has all the webhooks that Pipedrive allows: 40.",
        ),
    )
    .hint(Text::fixed(
        "Supprimez ceux qui ne servent plus dans Pipedrive (Outils et applications → Webhooks), puis réessayez.",
        "Delete those of no more use in Pipedrive (Tools and apps → Webhooks), then try again.",
    ))
}

/// A webhook was refused, in the service's words.
pub(super) fn webhook_rejected(said: &str) -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::new(
            format!("Pipedrive refuse de créer le webhook : {said}"),
            format!("Pipedrive refuses to make the webhook: {said}"),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez que l'adresse de Passerelle est joignable depuis internet et ne renvoie pas ailleurs.",
        "Check that Passerelle's address can be reached from the internet and does not redirect.",
    ))
}

/// The user lacks a right.
pub(super) fn not_allowed() -> Error {
    forbidden(
        "L'utilisateur de ce token n'a pas le droit de faire cela dans Pipedrive.",
        "The user of this token may not do this in Pipedrive.",
    )
    .hint(Text::fixed(
        "Un administrateur peut le lui donner : Outils et applications → Gérer les utilisateurs → Ensembles d'autorisations.",
        "An administrator can grant it: Tools and apps → Manage users → Permission sets.",
    ))
}

/// Cloudflare answers in the place of Pipedrive.
pub(super) fn blocked() -> Error {
    forbidden(
        "Pipedrive (Cloudflare) bloque cette machine pour un moment : trop de demandes après un refus.",
        "Pipedrive (Cloudflare) blocks this machine for a while: too many requests after a refusal.",
    )
    .hint(Text::fixed(
        "Attendez une heure avant de relancer, et vérifiez quels autres outils utilisent ce token.",
        "Wait an hour before you start again, and see which other tools use this token.",
    ))
}

/// The daily budget of the company is used up.
pub(super) fn day_is_over() -> Error {
    Error::new(
        ErrorKind::RateLimited,
        Text::fixed(
            "Le quota d'appels du jour de votre entreprise dans Pipedrive est épuisé.",
            "Your company's daily quota of calls in Pipedrive is used up.",
        ),
    )
    .hint(Text::fixed(
        "Il se renouvelle chaque jour, et tous vos outils se le partagent : relancez demain, ou espacez la planification.",
        "It is renewed every day, and all your tools share it: start again tomorrow, or space the schedule out.",
    ))
}

/// The token is another company's, or there is no such company.
pub(super) fn other_company(typed: &str, found: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Ce token n'ouvre pas l'entreprise « {typed} » : il est celui de « {found} »."),
            format!("This token does not open the company “{typed}”: it is that of “{found}”."),
        ),
    )
    .hint(company_hint())
}

pub(super) fn no_company(typed: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Aucun Pipedrive ne répond à l'adresse {typed}.pipedrive.com."),
            format!("No Pipedrive answers at the address {typed}.pipedrive.com."),
        ),
    )
    .hint(company_hint())
}

fn company_hint() -> Text {
    Text::fixed(
        "Ouvrez Pipedrive dans le navigateur et copiez le premier mot de son adresse.",
        "Open Pipedrive in the browser and copy the first word of its address.",
    )
}

/// A stream that cannot be had.
pub(super) fn no_stream(stream: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("« {stream} » n'est pas lisible avec ces identifiants Pipedrive."),
            format!("“{stream}” cannot be read with these Pipedrive credentials."),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez les droits de l'utilisateur ou de l'application, puis réessayez.",
        "Check the rights of the user or the application, then try again.",
    ))
}

pub(super) fn field_gone(entity: Entity, field: &str) -> Error {
    let name = entity.name();
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Le champ « {field} » n'existe plus dans « {name} » de Pipedrive."),
            format!("The field “{field}” is no longer in “{name}” of Pipedrive."),
        ),
    )
    .hint(Text::fixed("Relancez après avoir corrigé le mapping.", "Correct the mapping and start again."))
}

/// What a single record was refused for, in the service's words.
pub(super) fn record_rejected(said: &str) -> Text {
    Text::new(
        format!("Pipedrive refuse cette fiche : {said}"),
        format!("Pipedrive refuses this record: {said}"),
    )
}

/// A label of a list that was deleted since it was read.
pub(super) fn option_gone(field: &str, label: &str) -> Text {
    Text::new(
        format!(
            "« {label} » n'existe plus dans le champ « {field} » de Pipedrive : cela y a été supprimé entre-temps."
        ),
        format!("“{label}” is no longer in Pipedrive's field “{field}”: it was deleted there meanwhile."),
    )
}

/// A field does not hold what it must.
pub(super) fn unusable(field: &FormField, fr_why: &str, en_why: &str) -> Error {
    let (fr, en) = (&field.label.fr, &field.label.en);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("Pipedrive : le champ « {fr} » {fr_why}."),
            format!("Pipedrive: the field “{en}” {en_why}."),
        ),
    )
    .hint(field.help.clone())
}

/// The same, with a sentence of its own.
pub(super) fn wrong_field(field: Option<&FormField>, why: &Text) -> Error {
    let (fr, en) = field.map_or(("", ""), |field| (&*field.label.fr, &*field.label.en));
    let error = Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("Pipedrive, champ « {fr} » : {}", why.fr),
            format!("Pipedrive, field “{en}”: {}", why.en),
        ),
    );
    match field {
        Some(field) => error.hint(field.help.clone()),
        None => error,
    }
}

pub(super) fn no_web_address() -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::fixed(
            "L'adresse de Pipedrive donnée à Passerelle n'est pas une adresse web.",
            "The address of Pipedrive given to Passerelle is not a web address.",
        ),
    )
    .hint(Text::fixed(
        "Corrigez PIPEDRIVE_API_URL, par exemple https://acme.pipedrive.com.",
        "Correct PIPEDRIVE_API_URL, for example https://acme.pipedrive.com.",
    ))
}
