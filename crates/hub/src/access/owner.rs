//! The first owner: from their password on, the access is protected.

use std::sync::atomic::Ordering;

use connectors::http::oauth2::random_word;
use model::Text;
use model::access::{Action, Role};
use secrecy::{ExposeSecret, SecretString};

use super::attempts::Key;
use super::caller::{Caller, Member, Origin, Visitor};
use super::{folded, passwords};
use crate::{Error, Hub, Kind, Result};

/// What the first owner logs in with.
const NAME: &str = "owner";
/// Letters of the setup code: no two that look alike.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

impl Hub {
    /// Whether everybody has to log in: an owner has a password, given here or by another program.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_protected(&self) -> Result<bool> {
        let known = &self.inner.access.is_protected;
        if known.load(Ordering::Acquire) {
            return Ok(true);
        }
        let is_protected = self.store().has_owner().await?;
        known.fetch_or(is_protected, Ordering::AcqRel);
        Ok(is_protected)
    }

    /// Whether it was known, when the database last answered, that everybody has to log in.
    pub fn was_protected(&self) -> bool {
        self.inner.access.is_protected.load(Ordering::Acquire)
    }

    /// What whoever started the program reads on its console and proves with that they did. It is worth
    /// nothing once there is an owner.
    pub fn setup_code(&self) -> &SecretString {
        &self.inner.access.setup_code
    }

    /// Sets the first owner's password.
    ///
    /// # Errors
    /// `NotFound` when there is an owner already; `Invalid` for another setup code or a password that will not
    /// do; `TooMany` after wrong codes.
    pub async fn protect(&self, code: &str, password: &SecretString, origin: &Origin) -> Result<Member> {
        if self.is_protected().await? {
            return Err(there_is_one());
        }
        passwords::acceptable(password)?;
        let keys: Vec<Key> = origin.address.map(Key::address).into_iter().collect();
        self.admit(&keys)?;
        if !is_same(code, self.setup_code()) {
            return Err(Error::invalid(Text::fixed(
                "Ce code d'installation n'est pas celui que la console a affiché au démarrage.",
                "This setup code is not the one that the console showed at the start.",
            )));
        }
        self.inner.access.attempts().succeed(&keys);
        self.make_owner(password, origin).await?.ok_or_else(there_is_one)
    }

    /// Sets the first owner's password as the environment has it; does nothing when there is an owner.
    ///
    /// # Errors
    /// `Invalid` for a password that will not do; the database could not write.
    pub async fn protect_from_environment(&self, password: &SecretString) -> Result<()> {
        if !self.is_protected().await? {
            passwords::acceptable(password)?;
            self.make_owner(password, &Origin::default()).await?;
        }
        Ok(())
    }

    /// Sets somebody's password, the first owner's without a name, and ends their sessions. Returns the name.
    /// For whoever has the machine, and so needs no earlier password.
    ///
    /// # Errors
    /// `NotFound` when nobody has that name; `Invalid` for a password that will not do.
    pub async fn set_password(&self, name: Option<&str>, password: &SecretString) -> Result<String> {
        passwords::acceptable(password)?;
        let name = folded(name.unwrap_or_default());
        let user =
            if name.is_empty() { self.first_owner().await? } else { self.store().user_named(&name).await? };
        let Some(user) = user else {
            if !name.is_empty() && name != NAME {
                return Err(super::members::unknown(&name));
            }
            let made = self.make_owner(password, &Origin::default()).await?;
            return made.map(|member| member.name).ok_or_else(there_is_one);
        };
        let phc = self.inner.access.passwords.hash(password).await?;
        let mut batch = self.store().begin().await?;
        batch.put_password(user.id, &phc).await?;
        let by = Visitor { caller: Caller::Local, origin: Origin::default() };
        batch.add_audit(&self.entry(by.name(), &by.origin, Action::PasswordChanged, &user.name)).await?;
        batch.commit().await?;
        Ok(user.name)
    }

    /// The owner that was there first and can log in.
    pub(super) async fn first_owner(&self) -> Result<Option<store::UserRow>> {
        let users = self.store().users().await?;
        Ok(users.into_iter().find(|user| user.role == Role::Owner && user.has_password))
    }

    /// `None` when somebody was quicker.
    async fn make_owner(&self, password: &SecretString, origin: &Origin) -> Result<Option<Member>> {
        let phc = self.inner.access.passwords.hash(password).await?;
        let mut batch = self.store().begin().await?;
        let Some(id) = batch.add_owner(NAME, &phc, &self.at()).await? else { return Ok(None) };
        batch.adopt_views(id).await?;
        batch.add_audit(&self.entry(NAME, origin, Action::Protected, NAME)).await?;
        batch.commit().await?;
        self.inner.access.is_protected.store(true, Ordering::Release);
        Ok(Some(Member { id, name: NAME.to_owned(), role: Role::Owner }))
    }
}

/// Twelve random letters, to be typed from the console: 60 bits, of which somebody who has to guess may try a
/// few an hour.
pub(super) fn new_setup_code() -> SecretString {
    // Without random numbers there is no code, and no text is the same as none.
    let word = random_word().unwrap_or_default();
    let letters = word.bytes().zip(0..12_usize).map(|(byte, place)| {
        let letter = char::from(LETTERS[usize::from(byte) % LETTERS.len()]);
        if place > 0 && place % 4 == 0 { format!("-{letter}") } else { letter.to_string() }
    });
    letters.collect::<String>().into()
}

/// Whether a code was typed, in whatever letters.
fn is_same(typed: &str, code: &SecretString) -> bool {
    let plain =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let code = plain(code.expose_secret());
    !code.is_empty() && plain(typed) == code
}

fn there_is_one() -> Error {
    Error::new(
        Kind::NotFound,
        Text::fixed("L'accès est déjà protégé : connectez-vous.", "The access is protected already: log in."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_typed_as_one_likes() {
        let code = new_setup_code();
        let shown = code.expose_secret();
        assert_eq!(shown.len(), 14, "{shown}");
        assert!(is_same(shown, &code) && is_same(&shown.to_lowercase().replace('-', " "), &code));
        assert!(!is_same("", &code) && !is_same(&shown[..13], &code));
        assert!(!is_same("", &String::new().into()), "no code is nobody's");
        assert_ne!(new_setup_code().expose_secret(), shown);
    }
}
