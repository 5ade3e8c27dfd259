//! What a file asks for, compared with what is there.

use std::collections::{BTreeMap, BTreeSet};

use model::api::{ScheduleUpdate, WebhookUpdate};
use model::spec::FieldFault;
use model::{Frequency, Mapping, StatusWords, Text};
use secrecy::{ExposeSecret, SecretString};
use store::{ConfigRow, ScheduleRow};

use super::document::{Connection, Webhook};
use crate::accounts::AccountKind;
use crate::connections::{PROVIDERS, form_values, kind_of};
use crate::events::{blank_webhook, is_secret};
use crate::forms::{Stored, Typed};
use crate::oauth::is_another_client;
use crate::schedule::{changed, never};
use crate::sources::{makes_other_rows, new_row};
use crate::{Hub, Result};

/// A connection as it is to be.
pub(super) struct Wanted {
    /// Its settings.
    pub row: ConfigRow,
    /// The secrets that are to be sealed; `None` to leave what is sealed.
    pub sealed: Option<SecretString>,
    /// When it is to run; `None` to leave that as it is.
    pub schedule: Option<ScheduleRow>,
    /// It is not there yet.
    pub is_new: bool,
    /// Anything at all is otherwise.
    pub is_changed: bool,
    /// What was read by the settings before has to be read anew.
    pub is_read_anew: bool,
    /// What was granted was granted to another client.
    pub is_another_client: bool,
}

/// A webhook as it is to be; without a number when it is not there yet.
pub(super) struct WantedWebhook {
    /// Its settings.
    pub row: store::WebhookRow,
    /// The secret that is to be sealed; `None` to leave what is sealed.
    pub secret: Option<SecretString>,
    /// Anything at all is otherwise.
    pub is_changed: bool,
}

/// Something that is as asked for, or everything that is wrong with it.
type Asked<T, F> = std::result::Result<T, F>;

impl Hub {
    /// A connection of the file.
    pub(super) async fn wanted(
        &self,
        name: &str,
        connection: Connection,
        variable: &impl Fn(&str) -> Option<SecretString>,
    ) -> Result<Asked<Wanted, Vec<Text>>> {
        let kind = match self.account_kind(&connection.kind) {
            Ok(kind) => kind,
            Err(error) => return Ok(Err(vec![at(name, &error.message)])),
        };
        let stored = self.store().config(name).await?;
        let is_new = stored.is_none();
        let mut row = stored.clone().unwrap_or_else(|| self.blank(name, &connection.kind));
        let held = self.secrets(&row, &kind.spec).await?;
        let mut faults = misplaced(&kind, &row, &connection);
        let mut sent = connection.settings.clone();
        for (key, reference) in &connection.credentials {
            match variable(&reference.env) {
                Some(secret) => drop(sent.insert(key.clone(), secret.expose_secret().to_owned())),
                None if held.contains_key(key) => {}
                None => faults.push(unset(&reference.env, key)),
            }
        }
        let typed = Typed::of(&kind.spec, &sent);
        let before = form_values(&row, &kind.spec);
        // What is not there yet has no address that a key could leave.
        let nowhere = BTreeMap::new();
        let stored_keys: BTreeSet<String> = held.keys().cloned().collect();
        let known = Stored { values: if is_new { &nowhere } else { &before }, secrets: stored_keys };
        faults.extend(
            typed.faults(&kind.spec, &known).into_iter().map(|FieldFault { key, text }| at(&key, &text)),
        );
        faults.extend(connection.destination.as_ref().and_then(|d| self.destination_fault(&kind, d)));
        let is_other = |(key, secret): (&String, &SecretString)| {
            held.get(key).is_none_or(|held| held.expose_secret() != secret.expose_secret())
        };
        let is_typed_anew = typed.secrets.iter().any(is_other);
        let is_read_otherwise =
            !is_new && (before != typed.values || row.destination != connection.destination);
        let sealed = match is_typed_anew && faults.is_empty() {
            true => self.resealed(&row, &kind.spec, typed.secrets).await?,
            false => None,
        };
        let is_another_client = is_another_client(&kind.spec, &before, &typed.values);
        self.set_plain_values(&mut row, typed.values);
        let wish = connection.schedule.clone();
        take_over(&mut row, connection);
        if is_read_otherwise {
            row.stream = None;
        }
        let is_read_anew =
            is_read_otherwise || stored.as_ref().is_some_and(|stored| makes_other_rows(stored, &row));
        let schedule = match self.wanted_schedule(&row, wish).await? {
            Ok(schedule) => schedule,
            Err(fault) => {
                faults.push(fault);
                None
            }
        };
        if !faults.is_empty() {
            return Ok(Err(faults.iter().map(|fault| at(name, fault)).collect()));
        }
        let is_changed = sealed.is_some() || schedule.is_some() || stored.as_ref() != Some(&row);
        Ok(Ok(Wanted { row, sealed, schedule, is_new, is_changed, is_read_anew, is_another_client }))
    }

    /// A connection that is not there yet.
    fn blank(&self, name: &str, kind: &str) -> ConfigRow {
        let deals = self.inner.connectors.get(kind).and_then(|connector| connector.deals());
        let mut row = new_row(name, kind, deals);
        if PROVIDERS.contains(&name) {
            // These are told by their name.
            row.connector_type = None;
        }
        row
    }

    /// The schedule a connection is to have, where it is not that already.
    async fn wanted_schedule(
        &self,
        row: &ConfigRow,
        wish: Option<ScheduleUpdate>,
    ) -> Result<Asked<Option<ScheduleRow>, Text>> {
        let manual = ScheduleUpdate { frequency: Some(Frequency::Manual), ..ScheduleUpdate::default() };
        let wish = wish.unwrap_or(manual);
        if let Some(fault) = self.schedule_fault(row, &wish) {
            return Ok(Err(fault));
        }
        let before = self.store().schedule(&row.provider).await?.unwrap_or_else(|| never(&row.provider));
        let same = |row: &ScheduleRow| (row.frequency.clone(), row.time_zone.clone(), row.direction);
        Ok(changed(before.clone(), wish, self.time())
            .map(|wanted| (same(&wanted) != same(&before)).then_some(wanted)))
    }

    /// A webhook of the file.
    pub(super) async fn wanted_webhook(
        &self,
        webhook: Webhook,
        variable: &impl Fn(&str) -> Option<SecretString>,
    ) -> Result<Asked<WantedWebhook, Text>> {
        let stored = self.store().webhooks().await?.into_iter().find(|row| row.url == webhook.url);
        let held = match &stored {
            Some(row) => Some(self.store().webhook_secret(row).await?),
            None => None,
        };
        let secret = variable(&webhook.secret.env);
        if let Some(secret) = &secret
            && !is_secret(secret)
        {
            return Ok(Err(at(
                &webhook.secret.env,
                &Text::fixed(
                    "un secret de webhook s'écrit whsec_ suivi de base64.",
                    "the secret of a webhook is written whsec_ and base64.",
                ),
            )));
        }
        if held.is_none() && secret.is_none() {
            return Ok(Err(at(&webhook.url, &unset(&webhook.secret.env, "secret"))));
        }
        let is_other = |secret: &SecretString| {
            held.as_ref().is_none_or(|held| held.expose_secret() != secret.expose_secret())
        };
        let secret = secret.filter(is_other);
        let update = WebhookUpdate {
            url: Some(webhook.url.clone()),
            title: webhook.title,
            events: Some(webhook.events),
            // What was switched off by itself stays so until somebody switches it on.
            is_active: Some(webhook.active)
                .filter(|active| stored.as_ref().is_none_or(|row| row.is_active != *active)),
        };
        let before = stored.clone().unwrap_or_else(|| blank_webhook(self.at()));
        Ok(match self.changed_webhook(before, update) {
            Ok(row) => {
                let is_changed = secret.is_some() || stored.as_ref() != Some(&row);
                Ok(WantedWebhook { row, secret, is_changed })
            }
            Err(error) => Err(at(&webhook.url, &error.message)),
        })
    }
}

/// What is wrong with a connection beside its form.
fn misplaced(kind: &AccountKind, row: &ConfigRow, connection: &Connection) -> Vec<Text> {
    let mut faults = Vec::new();
    if kind_of(row) != connection.kind {
        faults.push(Text::fixed(
            "cette connexion existe déjà et est d'un autre type.",
            "this connection is there already and of another kind.",
        ));
    }
    let keys = connection.settings.keys().chain(connection.credentials.keys());
    let unknown = keys.filter(|key| !kind.spec.fields().any(|field| field.key == **key));
    faults.extend(unknown.map(|key| {
        Text::new(
            format!("« {key} » n'est pas un réglage de {}.", kind.spec.name),
            format!("“{key}” is not a setting of {}.", kind.spec.name),
        )
    }));
    let open = connection.settings.keys().filter(|key| kind.spec.is_secret(key));
    faults.extend(open.map(|key| {
        Text::new(
            format!("« {key} » est un secret : écrivez-le sous credentials, par le nom d'une variable."),
            format!("“{key}” is a secret: write it under credentials, by the name of a variable."),
        )
    }));
    if let Some(Err(wrong)) = connection.field_mapping.as_ref().map(Mapping::parse) {
        faults.extend(wrong);
    }
    faults.extend(StatusWords::parse(&connection.status_words).err().into_iter().flatten());
    faults
}

/// The settings that are taken as they stand.
fn take_over(row: &mut ConfigRow, connection: Connection) {
    row.title = connection.title;
    row.is_active = connection.active;
    row.key_column = connection.key_column;
    row.destination = connection.destination;
    row.field_mapping = connection.field_mapping;
    row.status_words = connection.status_words;
    row.column_mapping = connection.columns;
    row.recipes = connection.recipes;
    row.rules = connection.rules;
}

/// What is wrong, and with what.
fn at(what: &str, fault: &Text) -> Text {
    Text::new(format!("{what} : {}", fault.fr), format!("{what}: {}", fault.en))
}

fn unset(variable: &str, key: &str) -> Text {
    Text::new(
        format!("la variable {variable} n'est pas définie (elle doit contenir « {key} »)."),
        format!("the variable {variable} is not set (it is to hold “{key}”)."),
    )
}
