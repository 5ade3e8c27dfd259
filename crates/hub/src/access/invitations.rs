//! Invitations: a link that an owner hands over, and whoever follows it chooses a password.
//!
//! No mail is sent. The link is good once and for seven days, and kept as a hash.

use chrono::TimeDelta;
use connectors::http::oauth2::random_word;
use model::Text;
use model::access::Action;
use model::api::{InvitedBody, MemberDraft, instant};
use secrecy::SecretString;
use store::Batch;

use super::caller::{Member, Origin, Visitor};
use super::{folded, members, passwords};
use crate::digest::hash;
use crate::{Error, Hub, Kind, Result};

/// How long a link is good.
const GOOD_FOR: TimeDelta = TimeDelta::days(7);
/// The longest name, in characters.
const NAME: usize = 100;

impl Hub {
    /// Makes a member; the link for them is in the answer and is never told again.
    ///
    /// # Errors
    /// `Invalid` for a name that is taken or none, and for a role that is none; `NotConfigured` in local mode.
    pub async fn invite(&self, by: &Visitor, draft: &MemberDraft) -> Result<InvitedBody> {
        by.caller.member().ok_or_else(super::nobody)?;
        let (name, role) = (name(&draft.name)?, members::role(&draft.role)?);
        let mut batch = self.store().begin().await?;
        let id = batch.add_user(&name, role, &self.at()).await?.ok_or_else(|| {
            Error::invalid(Text::new(
                format!("« {name} » est déjà membre : invitez sous un autre nom."),
                format!("“{name}” is a member already: invite under another name."),
            ))
        })?;
        self.hand_over(batch, by, id, &name).await
    }

    /// Gives a member a new link: they never followed the first, or forgot their password. The present
    /// password stays good until they follow it.
    ///
    /// # Errors
    /// `NotFound`; the database could not write.
    pub async fn invite_again(&self, by: &Visitor, id: i64) -> Result<InvitedBody> {
        let user = self.user(id).await?;
        self.hand_over(self.store().begin().await?, by, id, &user.name).await
    }

    /// Makes the link for a member, together with what was begun.
    async fn hand_over(&self, mut batch: Batch, by: &Visitor, id: i64, name: &str) -> Result<InvitedBody> {
        let word = random_word()?;
        batch.put_invitation(id, &hash(&word), &instant(self.time() + GOOD_FOR)).await?;
        batch.add_audit(&self.entry(by.name(), &by.origin, Action::MemberInvited, name)).await?;
        batch.commit().await?;
        let member = members::body(self.user(id).await?);
        Ok(InvitedBody { member, invitation: format!("/invitation?word={word}") })
    }

    /// Whom a link is for.
    ///
    /// # Errors
    /// `NotFound` when it is no longer good.
    pub async fn invited(&self, word: &str) -> Result<String> {
        let user = self.store().invited(&hash(word), &self.at()).await?;
        user.map(|user| user.name).ok_or_else(over)
    }

    /// Takes a link: whoever followed it has chosen a password. Their earlier sessions end.
    ///
    /// # Errors
    /// `NotFound` when the link is no longer good; `Invalid` for a password that will not do.
    pub async fn accept_invitation(
        &self,
        word: &str,
        password: &SecretString,
        origin: &Origin,
    ) -> Result<Member> {
        // Before any work is done for it.
        let name = self.invited(word).await?;
        passwords::acceptable(password)?;
        let phc = self.inner.access.passwords.hash(password).await?;
        let mut batch = self.store().begin().await?;
        let id = batch.take_invitation(&hash(word), &self.at()).await?.ok_or_else(over)?;
        batch.put_password(id, &phc).await?;
        batch.add_audit(&self.entry(&name, origin, Action::MemberJoined, "")).await?;
        batch.commit().await?;
        let user = self.user(id).await?;
        Ok(Member { id, name: user.name, role: user.role })
    }
}

/// What somebody is to log in with.
fn name(typed: &str) -> Result<String> {
    let name = folded(typed);
    if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
        return Err(Error::invalid(Text::fixed(
            "Donnez un nom ou une adresse e-mail, de 100 caractères au plus.",
            "Give a name or an e-mail address of 100 characters at most.",
        )));
    }
    Ok(name)
}

fn over() -> Error {
    Error::new(
        Kind::NotFound,
        Text::fixed(
            "Cette invitation n'est plus valable. Demandez-en une nouvelle à un propriétaire.",
            "This invitation is no longer good. Ask an owner for a new one.",
        ),
    )
}
