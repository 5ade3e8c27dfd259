//! The people of the workspace, by name and e-mail address.

use model::Text;
use serde::Deserialize;

/// A person or an integration.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct User {
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    person: Option<Person>,
}

#[derive(Clone, Debug, Deserialize)]
struct Person {
    #[serde(default)]
    email: Option<String>,
}

impl User {
    /// An integration cannot be put into a property for people by its name.
    fn has_email(&self, text: &str) -> bool {
        let email = self.person.as_ref().and_then(|person| person.email.as_deref());
        email.is_some_and(|email| email.eq_ignore_ascii_case(text))
    }

    fn is_named(&self, text: &str) -> bool {
        let name = self.name.as_deref().filter(|_| self.person.is_some());
        name.is_some_and(|name| name.trim().to_lowercase() == text.to_lowercase())
    }
}

/// The id of the person with this e-mail address or name, compared without case.
///
/// # Errors
/// Nobody, or several: which is not for the program to choose.
pub(super) fn find<'a>(users: &'a [User], text: &str, property: &str) -> Result<&'a str, Text> {
    let text = text.trim();
    let mut found: Vec<&User> = users.iter().filter(|user| user.has_email(text)).collect();
    if found.is_empty() {
        found = users.iter().filter(|user| user.is_named(text)).collect();
    }
    match found[..] {
        [user] => Ok(&user.id),
        [] => Err(Text::new(
            format!(
                "« {text} » n'est pas une personne de l'espace Notion (propriété « {property} »). Indiquez son adresse e-mail, ou invitez-la dans Notion."
            ),
            format!(
                "“{text}” is no person of the Notion workspace (property “{property}”). Give their e-mail address, or invite them in Notion."
            ),
        )),
        _ => Err(Text::new(
            format!(
                "Plusieurs personnes s'appellent « {text} » dans Notion (propriété « {property} »). Indiquez l'adresse e-mail de la bonne."
            ),
            format!(
                "Several people are called “{text}” in Notion (property “{property}”). Give the e-mail address of the right one."
            ),
        )),
    }
}
