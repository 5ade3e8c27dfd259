//! The sentences of this connector.

use model::Text;

use super::stream::Wanted;
use crate::error::{Error, ErrorKind};

/// The key is wrong or was deleted.
pub(super) fn bad_key() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed("BambooHR refuse la clé d'API.", "BambooHR refuses the API key."),
    )
    .hint(Text::fixed(
        "Elle est fausse ou a été supprimée : créez-en une autre sous « API Keys » et collez-la dans les réglages.",
        "It is wrong or was deleted: make another one under “API Keys” and paste it among the settings.",
    ))
}

/// Nobody has that subdomain.
pub(super) fn no_company(company: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("BambooHR ne connaît pas l'entreprise « {company} »."),
            format!("BambooHR does not know the company “{company}”."),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez le sous-domaine : c'est le premier mot de l'adresse de votre BambooHR.",
        "Check the subdomain: it is the first word of your BambooHR's address.",
    ))
}

/// The company is there, what is to be read of it is not.
pub(super) fn not_there(wanted: &Wanted) -> Error {
    let (fr, en) = match wanted {
        Wanted::Report(number) => (format!("le rapport n° {number}"), format!("report no. {number}")),
        Wanted::Dataset(name) => (format!("le jeu de données « {name} »"), format!("the dataset “{name}”")),
        Wanted::Directory => ("l'annuaire".to_owned(), "the directory".to_owned()),
        Wanted::Employees => ("la liste des employés".to_owned(), "the list of employees".to_owned()),
    };
    Error::new(
        ErrorKind::NotFound,
        Text::new(format!("BambooHR ne trouve pas {fr}."), format!("BambooHR does not find {en}.")),
    )
    .hint(Text::fixed(
        "Il a été supprimé, ou n'est pas partagé avec l'utilisateur de la clé. Le numéro d'un rapport est dans son adresse.",
        "It was deleted, or is not shared with the key's user. A report's number stands in its address.",
    ))
}

/// The key is good and its user may not see this.
pub(super) fn not_allowed(wanted: &Wanted) -> Error {
    let (message, hint) = match wanted {
        Wanted::Directory => (
            Text::fixed(
                "BambooHR ne montre pas l'annuaire à l'utilisateur de cette clé.",
                "BambooHR does not show the directory to this key's user.",
            ),
            Text::fixed(
                "Partagez l'annuaire dans les réglages de l'entreprise, ou choisissez un rapport à la place.",
                "Share the directory among the company's settings, or choose a report instead.",
            ),
        ),
        Wanted::Employees | Wanted::Report(_) | Wanted::Dataset(_) => (
            Text::fixed(
                "L'utilisateur de cette clé n'a pas le droit de lire ces données dans BambooHR.",
                "This key's user has no right to read these data in BambooHR.",
            ),
            Text::fixed(
                "Donnez-lui ce droit sous « Access Levels », ou utilisez la clé de quelqu'un qui l'a. Après de nombreux essais \
                 avec de fausses clés, attendez quelques minutes.",
                "Give them the right under “Access Levels”, or use the key of somebody who has it. After many attempts with \
                 wrong keys, wait a few minutes.",
            ),
        ),
    };
    Error::new(ErrorKind::Forbidden, message).hint(hint)
}

/// Nothing is ever written.
pub(super) fn read_only() -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::fixed("Cette connexion à BambooHR lit seulement.", "This connection to BambooHR only reads."),
    )
    .hint(Text::fixed(
        "Modifiez les employés dans BambooHR : la prochaine lecture le verra.",
        "Change employees in BambooHR: the next reading will see it.",
    ))
}
