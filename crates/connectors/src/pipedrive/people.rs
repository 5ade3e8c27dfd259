//! The users of the company, by number, name and e-mail address.

use model::Text;
use serde::Deserialize;

/// A user, who may have left.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct User {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    email: String,
    #[serde(default = "yes")]
    active_flag: bool,
}

fn yes() -> bool {
    true
}

/// The number of the user with this e-mail address or name, compared without case. Nothing is given to those
/// who left.
///
/// # Errors
/// Nobody, or several: which is not for the program to choose.
pub(super) fn find(users: &[User], text: &str, field: &str) -> Result<i64, Text> {
    let text = text.trim();
    let active = || users.iter().filter(|user| user.active_flag);
    let mut found: Vec<&User> = active().filter(|user| user.email.eq_ignore_ascii_case(text)).collect();
    if found.is_empty() {
        found = active().filter(|user| user.name.trim().to_lowercase() == text.to_lowercase()).collect();
    }
    match found[..] {
        [user] => Ok(user.id),
        [] => Err(Text::new(
            format!(
                "« {text} » n'est pas un utilisateur actif de Pipedrive (champ « {field} »). Indiquez son adresse e-mail, ou invitez-le dans Pipedrive."
            ),
            format!(
                "“{text}” is no active user of Pipedrive (field “{field}”). Give their e-mail address, or invite them in Pipedrive."
            ),
        )),
        _ => Err(Text::new(
            format!(
                "Plusieurs utilisateurs de Pipedrive s'appellent « {text} » (champ « {field} »). Indiquez l'adresse e-mail du bon."
            ),
            format!(
                "Several users of Pipedrive are called “{text}” (field “{field}”). Give the e-mail address of the right one."
            ),
        )),
    }
}

/// The company's users are hidden from these credentials.
pub(super) fn hidden() -> Text {
    Text::fixed(
        "Les utilisateurs de Pipedrive sont cachés à cette application. Cochez « Users » sous « OAuth & access scopes », puis connectez-vous de nouveau.",
        "Pipedrive's users are hidden from this application. Tick “Users” under “OAuth & access scopes”, then connect again.",
    )
}
