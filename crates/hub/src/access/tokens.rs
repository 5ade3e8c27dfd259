//! Words that programs enter with: made, shown once, revoked.

use model::Text;
use model::access::{Action, Right, Scope};
use model::api::{NewTokenBody, TokenBody, TokenDraft};
use secrecy::ExposeSecret;
use store::{ApiTokenRow, NewApiToken};

use super::caller::{Caller, Member, Visitor};
use super::{nobody, token_word};
use crate::digest::hash;
use crate::{Error, Hub, Kind, Result};

/// The longest name, in characters.
const NAME: usize = 100;

impl Hub {
    /// In whose name a token speaks; `None` when it is none.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn caller_of_token(&self, token: &str) -> Result<Option<Caller>> {
        if !token_word::is_whole(token) {
            return Ok(None);
        }
        let Some(row) = self.store().api_token(&hash(token)).await? else { return Ok(None) };
        if self.is_due(row.used_at.as_deref()) {
            let mut batch = self.store().begin().await?;
            batch.touch_api_token(row.id, &self.at()).await?;
            batch.commit().await?;
        }
        let ApiTokenRow { user_id, member, role, scope, .. } = row;
        Ok(Some(Caller::Token { member: Member { id: user_id, name: member, role }, scope }))
    }

    /// The visitor's tokens, newest first; everybody's for who looks after everybody.
    ///
    /// # Errors
    /// `NotConfigured` in local mode; the database does not answer.
    pub async fn tokens(&self, by: &Visitor) -> Result<Vec<TokenBody>> {
        let member = by.caller.member().ok_or_else(nobody)?;
        let whose = if by.caller.may(Right::Manage) { None } else { Some(member.id) };
        Ok(self.store().api_tokens(whose).await?.into_iter().map(body).collect())
    }

    /// Makes a token in the visitor's name. It is in the answer and is never told again.
    ///
    /// # Errors
    /// `Invalid` with every fault; `Forbidden` for a scope beyond the visitor's role; `NotConfigured` in local
    /// mode.
    pub async fn create_token(&self, by: &Visitor, draft: &TokenDraft) -> Result<NewTokenBody> {
        let member = by.caller.member().ok_or_else(nobody)?;
        let (name, scope) = read(draft)?;
        if !scope.is_for(member.role) {
            return Err(Error::new(
                Kind::Forbidden,
                Text::fixed(
                    "Votre rôle ne permet que des jetons de lecture.",
                    "Your role allows tokens to read only.",
                ),
            ));
        }
        let token = token_word::new()?;
        let new = NewApiToken {
            user_id: member.id,
            name: name.clone(),
            scope,
            hint: token_word::hint(&token),
            hash: hash(token.expose_secret()),
        };
        let created_at = self.at();
        let mut batch = self.store().begin().await?;
        let id = batch.add_api_token(&new, &created_at).await?;
        batch.add_audit(&self.entry(by.name(), &by.origin, Action::TokenCreated, &name)).await?;
        batch.commit().await?;
        let about = TokenBody {
            id,
            name,
            scope: scope.word().to_owned(),
            member: member.name.clone(),
            hint: new.hint,
            created_at,
            last_used_at: None,
        };
        Ok(NewTokenBody { about, token: token.expose_secret().to_owned() })
    }

    /// Makes a token worthless: one of the visitor's, anybody's for who looks after everybody.
    ///
    /// # Errors
    /// `NotFound` when there is none of that id among them; `NotConfigured` in local mode.
    pub async fn revoke_token(&self, by: &Visitor, id: i64) -> Result<()> {
        let known = self.tokens(by).await?.into_iter().find(|token| token.id == id).ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                Text::new(format!("Le jeton n° {id} n'existe pas."), format!("There is no token {id}.")),
            )
        })?;
        let mut batch = self.store().begin().await?;
        batch.delete_api_token(id).await?;
        batch.add_audit(&self.entry(by.name(), &by.origin, Action::TokenRevoked, &known.name)).await?;
        Ok(batch.commit().await?)
    }
}

/// Name and scope of a token to be made.
fn read(draft: &TokenDraft) -> Result<(String, Scope)> {
    let mut faults = Vec::new();
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME {
        faults.push(Text::fixed(
            "Donnez au jeton un nom, de 100 caractères au plus.",
            "Give the token a name of 100 characters at most.",
        ));
    }
    let scope = Scope::from_word(&draft.scope);
    if scope.is_none() {
        let shown = model::parse::shorten(&draft.scope);
        let known = Scope::CHOICES.map(Scope::word).join(", ");
        faults.push(Text::new(
            format!("« {shown} » n'est pas une portée. Valeurs acceptées : {known}."),
            format!("“{shown}” is not a scope. Accepted values: {known}."),
        ));
    }
    scope.filter(|_| faults.is_empty()).map(|scope| (name, scope)).ok_or_else(|| Error::faults(&faults))
}

fn body(row: ApiTokenRow) -> TokenBody {
    TokenBody {
        id: row.id,
        name: row.name,
        scope: row.scope.word().to_owned(),
        member: row.member,
        hint: row.hint,
        created_at: row.created_at,
        last_used_at: row.used_at,
    }
}
