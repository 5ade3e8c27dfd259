//! How a connection is described in a body.

use std::collections::BTreeMap;

use hub::{AccountDraft, AccountUpdate, NotSaved};
use model::api::ScheduleUpdate;
use model::recipe::Recipes;
use model::rule::Rule;
use model::schedule::TimeOfDay;
use model::spec::FieldFault;
use model::{Destination, Frequency, Lang, Text};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use crate::ApiError;
use crate::extract::FromFields;
use crate::fields::Fields;

/// A connection as a program describes it.
#[derive(ToSchema)]
pub(super) struct Described {
    /// Its kind, such as `rest_api`.
    connection_type: String,
    /// What people are to call it.
    name: String,
    /// The settings of its kind.
    #[schema(value_type = Option<Object>)]
    config: BTreeMap<String, String>,
    /// The credentials of its kind.
    #[schema(value_type = Option<Object>)]
    credentials: BTreeMap<String, String>,
    /// Where its rows go; what is usual for its kind when absent.
    #[schema(value_type = Option<Object>)]
    destination: Option<Destination>,
    /// Whether it is to sync by itself.
    auto_sync_enabled: Option<bool>,
    /// How often: `hourly`, `daily`, `weekly` or a cron expression; daily when absent.
    #[schema(value_type = Option<String>, example = "daily")]
    sync_frequency: Option<Frequency>,
}

impl Described {
    pub(super) fn draft(self) -> AccountDraft {
        let mut values = self.config;
        values.extend(self.credentials);
        AccountDraft {
            title: self.name,
            kind: self.connection_type,
            values,
            destination: self.destination,
            schedule: schedule(self.auto_sync_enabled, self.sync_frequency),
        }
    }
}

impl FromFields for Described {
    fn from_fields(fields: &mut Fields) -> Option<Described> {
        Some(Described {
            connection_type: fields.text("connection_type").unwrap_or_default(),
            name: fields.text("name").unwrap_or_default(),
            config: values(fields, "config"),
            credentials: values(fields, "credentials"),
            destination: structure(fields, "destination"),
            auto_sync_enabled: fields.flag("auto_sync_enabled"),
            sync_frequency: frequency(fields),
        })
    }
}

/// The values of an object as forms have them: texts as they are, everything else as JSON.
fn values(fields: &mut Fields, key: &str) -> BTreeMap<String, String> {
    let Some(object) = fields.object(key) else { return BTreeMap::new() };
    let text = |value| match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    };
    object.into_iter().map(|(key, value)| (key, text(value))).collect()
}

impl FromFields for ScheduleUpdate {
    fn from_fields(fields: &mut Fields) -> Option<ScheduleUpdate> {
        Some(ScheduleUpdate {
            frequency: structure(fields, "frequency"),
            time_zone: fields.text("time_zone"),
            direction: structure(fields, "direction"),
        })
    }
}

/// How often a connection is to sync, in the words of [`Frequency::parse`].
fn frequency(fields: &mut Fields) -> Option<Frequency> {
    let words = fields.text("sync_frequency")?;
    Frequency::parse(&words).map_err(|fault| fields.fault(fault)).ok()
}

/// What is to change of a schedule: a frequency alone switches it on, `false` switches it off.
fn schedule(enabled: Option<bool>, frequency: Option<Frequency>) -> Option<ScheduleUpdate> {
    let daily = || Frequency::Daily { at: TimeOfDay::EARLY };
    let frequency = match enabled {
        Some(false) => Some(Frequency::Manual),
        Some(true) => Some(frequency.unwrap_or_else(daily)),
        None => frequency,
    };
    Some(ScheduleUpdate { frequency: Some(frequency?), ..ScheduleUpdate::default() })
}

/// Something that has a shape of its own.
fn structure<T: DeserializeOwned>(fields: &mut Fields, key: &str) -> Option<T> {
    let value = fields.take(key).filter(|value| !value.is_null())?;
    match serde_json::from_value(value) {
        Ok(found) => Some(found),
        Err(error) => {
            // What serde says names keys and words of the shape, and no value that could be a secret.
            fields.fault(Text::new(
                format!("« {key} » n'a pas la forme attendue : {error}."),
                format!("“{key}” does not have the expected shape: {error}."),
            ));
            None
        }
    }
}

/// What is to change; what is absent stays.
#[derive(ToSchema)]
pub(super) struct Changed {
    /// What people are to call it.
    name: Option<String>,
    /// Settings of its kind; `null` or an empty text removes one.
    #[schema(value_type = Option<Object>)]
    config: BTreeMap<String, String>,
    /// Credentials of its kind; `"***"` or an empty text keeps one.
    #[schema(value_type = Option<Object>)]
    credentials: BTreeMap<String, String>,
    /// Where its rows go.
    #[schema(value_type = Option<Object>)]
    destination: Option<Destination>,
    /// The column that tells the rows of a dataset apart; empty to let it be found.
    key_column: Option<String>,
    /// What its rows must hold.
    #[schema(value_type = Option<Vec<Object>>)]
    rules: Option<Vec<Rule>>,
    /// How the fields of the destination are made: those of deals by `client`, those of a table by
    /// `CUSTOMERS.email`, or by `email` for every table that has it.
    #[schema(value_type = Option<Object>)]
    recipes: Option<Recipes>,
    /// Whether syncs may run.
    is_active: Option<bool>,
    /// Whether it is to sync by itself.
    auto_sync_enabled: Option<bool>,
    /// How often: `hourly`, `daily`, `weekly` or a cron expression.
    #[schema(value_type = Option<String>, example = "daily")]
    sync_frequency: Option<Frequency>,
}

impl FromFields for Changed {
    fn from_fields(fields: &mut Fields) -> Option<Changed> {
        Some(Changed {
            name: fields.text("name"),
            config: values(fields, "config"),
            credentials: values(fields, "credentials"),
            destination: structure(fields, "destination"),
            key_column: fields.text("key_column"),
            rules: structure(fields, "rules"),
            recipes: structure(fields, "recipes"),
            is_active: fields.flag("is_active"),
            auto_sync_enabled: fields.flag("auto_sync_enabled"),
            sync_frequency: frequency(fields),
        })
    }
}

impl Changed {
    pub(super) fn update(self) -> AccountUpdate {
        let mut values = self.config;
        values.extend(self.credentials);
        AccountUpdate {
            title: self.name,
            values,
            destination: self.destination,
            key_column: self.key_column,
            rules: self.rules,
            recipes: self.recipes,
            is_active: self.is_active,
            schedule: schedule(self.auto_sync_enabled, self.sync_frequency),
        }
    }
}

/// Every fault of a form in one sentence.
pub(crate) fn refused(error: NotSaved) -> ApiError {
    match error {
        NotSaved::Failed(error) => error.into(),
        NotSaved::Faults(faults) => {
            let join = |lang| {
                let told = |fault: &FieldFault| format!("{} : {}", fault.key, fault.text.get(lang));
                faults.iter().map(told).collect::<Vec<_>>().join(" ")
            };
            ApiError::invalid(Text::new(join(Lang::Fr), join(Lang::En)))
        }
    }
}
