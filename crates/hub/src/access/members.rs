//! Who may enter: listed, given another role, removed. An owner who can log in always stays.

use model::Text;
use model::access::{Action, Role};
use model::api::{MemberBody, MemberUpdate};
use store::UserRow;

use super::caller::Visitor;
use crate::{Error, Hub, Kind, Result};

impl Hub {
    /// Everybody, in the order in which they were made members.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn members(&self) -> Result<Vec<MemberBody>> {
        Ok(self.store().users().await?.into_iter().map(body).collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn member(&self, id: i64) -> Result<MemberBody> {
        Ok(body(self.user(id).await?))
    }

    /// Gives a member another role, at once.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for a role that is none, or when no owner would be left.
    pub async fn change_role(&self, by: &Visitor, id: i64, update: &MemberUpdate) -> Result<MemberBody> {
        let user = self.user(id).await?;
        let role = role(&update.role)?;
        let mut batch = self.store().begin().await?;
        if !batch.put_role(id, role).await? {
            return Err(last_owner(&user.name));
        }
        let subject = format!("{} → {}", user.name, role.word());
        batch.add_audit(&self.entry(by.name(), &by.origin, Action::MemberChanged, &subject)).await?;
        batch.commit().await?;
        Ok(body(UserRow { role, ..user }))
    }

    /// Removes a member with their sessions and tokens.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when no owner would be left.
    pub async fn remove_member(&self, by: &Visitor, id: i64) -> Result<()> {
        let user = self.user(id).await?;
        let mut batch = self.store().begin().await?;
        if !batch.delete_user(id).await? {
            return Err(last_owner(&user.name));
        }
        batch.add_audit(&self.entry(by.name(), &by.origin, Action::MemberRemoved, &user.name)).await?;
        Ok(batch.commit().await?)
    }

    pub(super) async fn user(&self, id: i64) -> Result<UserRow> {
        self.store().user(id).await?.ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                Text::new(format!("Le membre n° {id} n'existe pas."), format!("There is no member {id}.")),
            )
        })
    }
}

/// A role by its word.
///
/// # Errors
/// `Invalid` with the words there are.
pub(super) fn role(word: &str) -> Result<Role> {
    Role::from_word(word).ok_or_else(|| {
        let (shown, known) = (model::parse::shorten(word), Role::CHOICES.map(Role::word).join(", "));
        Error::invalid(Text::new(
            format!("« {shown} » n'est pas un rôle. Valeurs acceptées : {known}."),
            format!("“{shown}” is not a role. Accepted values: {known}."),
        ))
    })
}

/// Nobody has that name.
pub(super) fn unknown(name: &str) -> Error {
    let shown = model::parse::shorten(name);
    Error::new(
        Kind::NotFound,
        Text::new(
            format!("Aucun membre ne s'appelle « {shown} »."),
            format!("No member is called “{shown}”."),
        ),
    )
}

fn last_owner(name: &str) -> Error {
    Error::invalid(Text::new(
        format!("{name} est le dernier propriétaire qui puisse se connecter : nommez-en d'abord un autre."),
        format!("{name} is the last owner who can log in: name another one first."),
    ))
}

pub(super) fn body(row: UserRow) -> MemberBody {
    MemberBody {
        id: row.id,
        name: row.name,
        role: row.role.word().to_owned(),
        has_password: row.has_password,
        invited_until: row.invited_until,
        created_at: row.created_at,
    }
}
