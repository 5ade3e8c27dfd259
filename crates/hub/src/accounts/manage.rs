//! Makes, changes and removes connections.

use std::collections::{BTreeMap, BTreeSet};

use model::api::ScheduleUpdate;
use model::recipe::{self, Recipes};
use model::rule::{self, Rule};
use model::spec::FieldFault;
use model::{Destination, Lang, Text};
use store::ConfigRow;

use super::naming::{free_name, title_fault};
use crate::connections::{form_values, kind_of};
use crate::forms::{Stored, Typed, fault};
use crate::oauth::is_another_client;
use crate::sources::{makes_other_rows, new_row};
use crate::{Error, Hub, Kind, NotSaved, Result};

/// The keys of what a form holds beside its kind's own fields.
const NAME: &str = "name";
const KIND: &str = "connection_type";
const DESTINATION: &str = "destination";
const SCHEDULE: &str = "sync_frequency";
const RULES: &str = "rules";
const RECIPES: &str = "recipes";

/// A new connection.
#[derive(Clone, Default)]
pub struct AccountDraft {
    /// What people are to call it.
    pub title: String,
    /// Its kind, such as `rest_api`.
    pub kind: String,
    /// The form's values by key, credentials too.
    pub values: BTreeMap<String, String>,
    /// Where its rows go; what is usual for its kind when `None`.
    pub destination: Option<Destination>,
    /// When it runs by itself; never when `None`.
    pub schedule: Option<ScheduleUpdate>,
}

/// What is to change of a connection; what is `None` stays.
#[derive(Clone, Default)]
pub struct AccountUpdate {
    /// What people are to call it.
    pub title: Option<String>,
    /// The form's values by key. One that is not there stays; an empty one is removed; a credential that is
    /// empty or given as `***` stays.
    pub values: BTreeMap<String, String>,
    /// Where its rows go.
    pub destination: Option<Destination>,
    /// The column that tells the rows of a dataset apart; empty to let it be found.
    pub key_column: Option<String>,
    /// What its rows must hold.
    pub rules: Option<Vec<Rule>>,
    /// How the fields of the destination are made.
    pub recipes: Option<Recipes>,
    /// Whether syncs may run.
    pub is_active: Option<bool>,
    /// When it runs by itself.
    pub schedule: Option<ScheduleUpdate>,
}

impl Hub {
    /// Makes a connection; returns its number.
    ///
    /// # Errors
    /// Every fault of the form: a title that is taken, an unknown kind, a field without what it needs, a
    /// destination that does not fit. The database does not answer.
    pub async fn create_account(&self, draft: AccountDraft) -> std::result::Result<i64, NotSaved> {
        let rows = self.store().configs().await?;
        let title = draft.title.trim();
        let mut faults: Vec<FieldFault> =
            title_fault(title, &rows, None).map(|text| fault(NAME, text)).into_iter().collect();
        let kind = match self.account_kind(&draft.kind) {
            Ok(kind) => kind,
            Err(error) => {
                faults.push(fault(KIND, error.message));
                return Err(NotSaved::Faults(faults));
            }
        };
        let deals = self.inner.connectors.get(&draft.kind).and_then(|connector| connector.deals());
        let mut row = new_row(&free_name(title, &rows), &draft.kind, deals);
        let typed = Typed::of(&kind.spec, &draft.values);
        faults
            .extend(typed.faults(&kind.spec, &Stored { values: &BTreeMap::new(), secrets: BTreeSet::new() }));
        self.set_plain_values(&mut row, typed.values);
        row.title = Some(title.to_owned());
        let destination = draft.destination.unwrap_or_else(|| self.usual_destination(&row));
        faults.extend(self.destination_fault(&kind, &destination).map(|text| fault(DESTINATION, text)));
        row.destination = Some(destination);
        faults.extend(self.wrong_schedule(&row, draft.schedule.as_ref()));
        if !faults.is_empty() {
            return Err(NotSaved::Faults(faults));
        }
        let sealed = self.resealed(&row, &kind.spec, typed.secrets).await?;
        row.updated_at = self.at();
        let mut batch = self.store().begin().await?;
        batch.put_config(&row).await?;
        if let Some(sealed) = &sealed {
            batch.put_secret(self.store(), &row.provider, Some(sealed)).await?;
        }
        batch.commit().await?;
        if let Some(schedule) = draft.schedule {
            self.save_schedule(&row.provider, schedule, Lang::default()).await?;
        }
        let made = self.store().config(&row.provider).await?;
        Ok(made.map(|row| row.id).unwrap_or_default())
    }

    /// Changes a connection. What was read by other settings is read anew by the next sync.
    ///
    /// # Errors
    /// As [`Hub::create_account`]; `NotFound`; `AlreadyRunning` when more than its title or whether it is
    /// active changes while it syncs. Rules and recipes may change then too, unless its rows go into tables.
    pub async fn update_account(&self, id: i64, update: AccountUpdate) -> std::result::Result<(), NotSaved> {
        let mut row = self.account_row(id).await?;
        let kind = self.account_kind(kind_of(&row))?;
        let mut faults = Vec::new();
        if let Some(title) = update.title.as_deref().map(str::trim) {
            let rows = self.store().configs().await?;
            faults.extend(title_fault(title, &rows, Some(id)).map(|text| fault(NAME, text)));
            row.title = Some(title.to_owned());
        }
        let before = form_values(&row, &kind.spec);
        let mut all = before.clone();
        all.extend(update.values);
        let typed = Typed::of(&kind.spec, &all);
        let stored: BTreeSet<String> = self.secrets(&row, &kind.spec).await?.into_keys().collect();
        faults.extend(typed.faults(&kind.spec, &Stored { values: &before, secrets: stored }));
        let destination_before = self.destination(&row);
        if let Some(wanted) = update.destination {
            faults.extend(self.destination_fault(&kind, &wanted).map(|text| fault(DESTINATION, text)));
            row.destination = Some(wanted);
        }
        faults.extend(self.wrong_schedule(&row, update.schedule.as_ref()));
        let told = |key, texts: Vec<Text>| texts.into_iter().map(move |text| fault(key, text));
        faults.extend(told(RULES, rule::faults(update.rules.as_deref().unwrap_or_default(), &[])));
        faults.extend(update.recipes.iter().flat_map(|recipes| told(RECIPES, recipe::faults(recipes, &[]))));
        if !faults.is_empty() {
            return Err(NotSaved::Faults(faults));
        }
        let stored_row = row.clone();
        row.rules = update.rules.unwrap_or(row.rules);
        row.recipes = update.recipes.unwrap_or(row.recipes);
        row.is_active = update.is_active.unwrap_or(row.is_active);
        let key_before = row.key_column.clone();
        if let Some(column) = update.key_column {
            row.key_column = Some(column.trim().to_owned()).filter(|column| !column.is_empty());
        }
        let is_read_anew = before != typed.values
            || self.destination(&row) != destination_before
            || row.key_column != key_before;
        let has_tables = matches!(self.destination(&row), Destination::Tables | Destination::Table { .. });
        let makes_other_rows = has_tables && makes_other_rows(&stored_row, &row);
        let is_another_client = is_another_client(&kind.spec, &before, &typed.values);
        let sealed = self.resealed(&row, &kind.spec, typed.secrets).await?;
        self.set_plain_values(&mut row, typed.values);
        row.updated_at = self.at();
        if is_read_anew {
            row.stream = None;
        }
        let (_none_begins, mut batch) = if is_read_anew || makes_other_rows {
            let scope = self.source_scope(&row.provider).await?;
            let (none_begins, mut batch) = self.idle_batch(&row.provider).await?;
            batch.forget_all_marks(scope).await?;
            (Some(none_begins), batch)
        } else {
            (None, self.store().begin().await?)
        };
        batch.put_config(&row).await?;
        if is_another_client {
            batch.forget_grant(&row.provider).await?;
        }
        if let Some(sealed) = &sealed {
            batch.put_secret(self.store(), &row.provider, Some(sealed)).await?;
        }
        batch.commit().await?;
        match update.schedule {
            Some(schedule) => drop(self.save_schedule(&row.provider, schedule, Lang::default()).await?),
            None => self.resume_schedule(&row.provider).await?,
        }
        Ok(())
    }

    /// Removes a connection with its credentials. Its history, and what it brought, stay.
    ///
    /// # Errors
    /// `NotFound`; `AlreadyRunning`; the database does not answer.
    pub async fn delete_account(&self, id: i64) -> Result<()> {
        let row = self.account_row(id).await?;
        let scope = self.source_scope(&row.provider).await?;
        let subscription = self.held_subscription(&row).await?;
        let (none_begins, mut batch) = self.idle_batch(&row.provider).await?;
        batch.forget_columns(scope).await?;
        batch.delete_config(&row.provider).await?;
        batch.commit().await?;
        drop(none_begins);
        if let Some(subscription) = subscription {
            subscription.end().await;
        }
        Ok(())
    }

    fn wrong_schedule(&self, row: &ConfigRow, wanted: Option<&ScheduleUpdate>) -> Option<FieldFault> {
        wanted.and_then(|wanted| self.schedule_fault(row, wanted)).map(|text| fault(SCHEDULE, text))
    }

    /// The stored settings of a connection.
    pub(crate) async fn account_row(&self, id: i64) -> Result<ConfigRow> {
        let row = self.store().config_by_id(id).await?;
        // A kind this program does not know is that of a later one.
        let row = row.filter(|row| self.account_kind(kind_of(row)).is_ok());
        row.ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                Text::new(
                    format!("La connexion n° {id} n'existe pas."),
                    format!("There is no connection {id}."),
                ),
            )
        })
    }
}
