//! How connections stand.

use std::collections::BTreeMap;

use model::api::{ConnectionRunBody, Health, ScheduleBody};
use model::rule::Rule;
use model::{Destination, Lang, Subject};
use store::{ConfigRow, RunRow};

use super::history::run_body;
use super::kinds::title;
use crate::connections::{form_values, kind_of};
use crate::sync::NOT_ALL_READ;
use crate::{Hub, Result};

/// A connection as lists, pages and programs see it; nothing secret.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountView {
    /// Its number.
    pub id: i64,
    /// Its unique name in addresses and commands.
    pub provider: String,
    /// What people call it.
    pub title: String,
    /// Its kind, such as `rest_api`.
    pub kind: String,
    /// What people call its kind.
    pub kind_name: String,
    /// The plain values of its form, by key.
    pub values: BTreeMap<String, String>,
    /// Which credentials are stored, by key.
    pub credentials: Vec<String>,
    /// Where its rows go.
    pub destination: Destination,
    /// The column that tells the rows of its dataset apart, where somebody chose one.
    pub key_column: Option<String>,
    /// What its rows must hold to be taken into its dataset.
    pub rules: Vec<Rule>,
    /// Whether its last sync did not believe that most rows are gone, and kept them: somebody may accept it.
    pub doubts_removals: bool,
    /// Whether syncs may run.
    pub is_active: bool,
    /// When it runs by itself.
    pub schedule: ScheduleBody,
    /// How it stands.
    pub health: Health,
    /// The sync that began last.
    pub last: Option<ConnectionRunBody>,
    /// When it was made; RFC 3339, UTC.
    pub created_at: String,
    /// When it was last changed; RFC 3339, UTC.
    pub updated_at: String,
}

impl Hub {
    /// Every connection, by title.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn accounts(&self, lang: Lang) -> Result<Vec<AccountView>> {
        let last = self.as_they_stand(self.store().last_runs_of_any().await?);
        let mut views = Vec::new();
        for row in self.store().configs().await? {
            let run = last.iter().find(|run| run.provider == row.provider);
            // A kind this program does not know is that of a later one.
            if self.account_kind(kind_of(&row)).is_ok() {
                views.push(self.account_view(row, run, lang).await?);
            }
        }
        views.sort_by_key(|view| view.title.to_lowercase());
        Ok(views)
    }

    /// One connection.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn account(&self, id: i64, lang: Lang) -> Result<AccountView> {
        let row = self.account_row(id).await?;
        let last = self.run_rows(Some(&row.provider), None, 1, 0).await?;
        self.account_view(row, last.first(), lang).await
    }

    /// The number of the connection of that name, where there is one.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn account_id(&self, provider: &str) -> Result<Option<i64>> {
        let row = self.store().config(provider).await?;
        Ok(row.filter(|row| self.account_kind(kind_of(row)).is_ok()).map(|row| row.id))
    }

    async fn account_view(&self, row: ConfigRow, last: Option<&RunRow>, lang: Lang) -> Result<AccountView> {
        let kind = self.account_kind(kind_of(&row))?;
        // Which are stored can be told only by opening them; without their key that stays unknown.
        let credentials = self.secrets(&row, &kind.spec).await.map(|secrets| secrets.into_keys().collect());
        let doubts_removals = last.is_some_and(doubts_removals);
        let last = last.map(|run| run_body(run, row.id, lang));
        let health = match last.as_ref().map(|run| run.status.as_str()) {
            None => Health::Idle,
            Some("running") => Health::Syncing,
            Some("success") => Health::Healthy,
            Some(_) => Health::Error,
        };
        Ok(AccountView {
            id: row.id,
            title: title(&row).to_owned(),
            values: form_values(&row, &kind.spec),
            kind_name: kind.spec.name,
            credentials: credentials.unwrap_or_default(),
            destination: self.destination(&row),
            schedule: self.schedule(&row.provider, lang).await?,
            key_column: row.key_column,
            rules: row.rules,
            doubts_removals,
            is_active: row.is_active,
            health,
            last,
            created_at: row.created_at,
            updated_at: row.updated_at,
            kind: kind.spec.id,
            provider: row.provider,
        })
    }
}

/// Whether a run of a dataset left rows in their place that the source did not show any more. Nothing else
/// makes such a run end with this word.
fn doubts_removals(run: &RunRow) -> bool {
    run.subject == Subject::Dataset && run.ending.code.as_deref() == Some(NOT_ALL_READ)
}
