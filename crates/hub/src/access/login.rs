//! Names and passwords become members.

use chrono::TimeDelta;
use model::Text;
use model::access::Action;
use secrecy::SecretString;

use super::attempts::Key;
use super::caller::{Caller, Member, Origin, Visitor};
use super::{folded, nobody, passwords};
use crate::{Error, Hub, Kind, Result};

/// Who is written down when the name is nobody's: what was typed there may be a password.
const SOMEBODY: &str = "—";

impl Hub {
    /// Who has that name and that password; without a name, the first owner.
    ///
    /// # Errors
    /// `WrongPassword`, with the same words and after the same work whether the name is somebody's or not;
    /// `TooMany` after wrong tries, for an account or an address.
    pub async fn log_in(&self, name: &str, password: &SecretString, origin: &Origin) -> Result<Member> {
        let name = folded(name);
        let user =
            if name.is_empty() { self.first_owner().await? } else { self.store().user_named(&name).await? };
        let account = user.as_ref().map_or(&name, |user| &user.name);
        let keys: Vec<Key> =
            [Key::account(account)].into_iter().chain(origin.address.map(Key::address)).collect();
        let place = self.inner.access.passwords.place()?;
        self.admit(&keys)?;
        let kept = self.store().password_of(user.as_ref().map_or(0, |user| user.id)).await?;
        let fits = self.inner.access.passwords.fits(place, password, kept).await?;
        let actor = user.as_ref().map_or(SOMEBODY, |user| &user.name);
        let Some(user) = user.as_ref().filter(|_| fits) else {
            self.note(&self.entry(actor, origin, Action::LoginFailed, "")).await?;
            return Err(wrong());
        };
        self.inner.access.attempts().succeed(&keys);
        self.note(&self.entry(actor, origin, Action::LoggedIn, "")).await?;
        self.forget_what_is_over().await?;
        Ok(Member { id: user.id, name: user.name.clone(), role: user.role })
    }

    /// Gives the visitor another password. Every session of theirs ends, this one too: they begin a new one.
    ///
    /// # Errors
    /// `WrongPassword` when the present one is another; `Invalid` when the new one will not do; `TooMany` after
    /// wrong tries.
    pub async fn change_password(
        &self,
        by: &Visitor,
        present: &SecretString,
        new: &SecretString,
    ) -> Result<Member> {
        let member = by.caller.member().ok_or_else(nobody)?;
        passwords::acceptable(new)?;
        let keys = [Key::account(&member.name)];
        let place = self.inner.access.passwords.place()?;
        self.admit(&keys)?;
        let kept = self.store().password_of(member.id).await?;
        if !self.inner.access.passwords.fits(place, present, kept).await? {
            return Err(Error::new(
                Kind::WrongPassword,
                Text::fixed(
                    "Le mot de passe actuel n'est pas le bon.",
                    "The present password is not the right one.",
                ),
            ));
        }
        self.inner.access.attempts().succeed(&keys);
        let phc = self.inner.access.passwords.hash(new).await?;
        let mut batch = self.store().begin().await?;
        batch.put_password(member.id, &phc).await?;
        batch.add_audit(&self.entry(by.name(), &by.origin, Action::PasswordChanged, &member.name)).await?;
        batch.commit().await?;
        Ok(member.clone())
    }

    /// Notes that somebody leaves; their session is ended by [`Hub::end_session`].
    ///
    /// # Errors
    /// The database could not write.
    pub async fn log_out(&self, by: &Visitor) -> Result<()> {
        match &by.caller {
            Caller::Session { .. } => {
                self.note(&self.entry(by.name(), &by.origin, Action::LoggedOut, "")).await
            }
            Caller::Local | Caller::Token { .. } => Ok(()),
        }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// `TooMany` with the time to wait.
    pub(super) fn admit(&self, keys: &[Key]) -> Result<()> {
        let mut attempts = self.inner.access.attempts();
        // Asked while nobody else counts: of two at once, none takes the other's instant for a clock put back.
        attempts.begin(keys, self.time()).map_err(too_many)
    }
}

fn too_many(wait: TimeDelta) -> Error {
    let seconds = u64::try_from(wait.num_seconds()).unwrap_or(0) + 1;
    let wait = match seconds.div_ceil(60) {
        0 | 1 => format!("{seconds} s"),
        minutes => format!("{minutes} min"),
    };
    Error::new(
        Kind::TooMany { seconds },
        Text::new(
            format!("Trop d'essais. Réessayez dans {wait}."),
            format!("Too many tries. Try again in {wait}."),
        ),
    )
}

fn wrong() -> Error {
    Error::new(
        Kind::WrongPassword,
        Text::fixed(
            "Ce nom et ce mot de passe ne vont pas ensemble.",
            "This name and this password do not go together.",
        ),
    )
}
