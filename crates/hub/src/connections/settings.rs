//! The settings of connections, read and saved.

use model::api::{ConfigBody, ConfigUpdate, MASK};
use model::spec::FormField;
use model::{ConnectorSpec, Lang, Mapping, StatusWords, StreamField, Text};
use secrecy::SecretString;
use store::ConfigRow;

use super::values::{COLUMNS, entries_of, plain_values, typed_values};
use super::{PROVIDERS, TOKEN};
use crate::oauth::is_another_client;
use crate::sealing::{SECRET_STAYS, SEVERAL_SECRETS, leads_elsewhere};
use crate::sync::prepare;
use crate::{Error, Hub, Result};

impl Hub {
    /// Every connection's settings, secrets masked. One never configured is listed with its defaults.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn configs(&self) -> Result<Vec<ConfigBody>> {
        let mut configs = Vec::new();
        for provider in PROVIDERS {
            configs.push(self.config(provider).await?);
        }
        let others = self.store().configs().await?;
        configs.extend(
            others
                .iter()
                .filter(|row| self.is_other(row) && self.has_plain_form(row))
                .map(|row| self.config_body(row)),
        );
        Ok(configs)
    }

    /// One connection's settings, secrets masked; defaults before the first save.
    ///
    /// # Errors
    /// `UnknownProvider`; the database does not answer.
    pub async fn config(&self, provider: &str) -> Result<ConfigBody> {
        let row = self.config_row(provider).await?;
        Ok(self.config_body(&row))
    }

    /// The service's fields as last discovered, for the mapping; empty before the first test.
    ///
    /// # Errors
    /// As [`Hub::config`].
    pub async fn known_fields(&self, provider: &str) -> Result<Vec<StreamField>> {
        Ok(self.config_row(provider).await?.stream.map(|s| s.fields).unwrap_or_default())
    }

    /// Changes a connection's settings; what is absent stays, and so does a token given as `***`.
    ///
    /// # Errors
    /// `UnknownProvider`; `Invalid` with every fault in one sentence, and nothing is stored.
    pub async fn save_config(&self, provider: &str, update: ConfigUpdate) -> Result<ConfigBody> {
        let mut row = self.config_row(provider).await?;
        let before = (row.base_id.clone(), row.table_name.clone());
        let settings_before = row.settings.clone();
        let token = update.api_token.as_deref().map(str::trim).filter(|t| *t != MASK);
        let typed = typed_values(token, &update);
        let mut faults: Vec<Text> = Vec::new();
        let spec = self.form_of(&row)?;
        faults.extend(spec.validate(&typed).into_iter().map(|fault| fault.text));
        let clean = |key: &str, value: &String| {
            spec.fields().find(|f| f.key == key).map_or_else(|| value.trim().to_owned(), |f| f.clean(value))
        };
        row.base_id = update.base_id.as_ref().map(|v| clean("base_id", v)).or(row.base_id);
        row.table_name = update.table_name.as_ref().map(|v| clean("table_name", v)).or(row.table_name);
        for (key, value) in update.settings.iter().flatten() {
            match spec.fields().find(|field| field.key == *key && !COLUMNS.contains(&key.as_str())) {
                Some(field) => drop(row.settings.insert(key.clone(), field.clean(value))),
                None => faults.push(unknown_setting(key, &spec)),
            }
        }
        if let Some(entries) = &update.field_mapping {
            match Mapping::parse(entries) {
                Ok(mapping) => row.field_mapping = Some(entries_of(&mapping)),
                Err(mut wrong) => faults.append(&mut wrong),
            }
        }
        if let Some(entries) = &update.status_words {
            match StatusWords::parse(entries) {
                Ok(_) => row.status_words = entries.clone(),
                Err(mut wrong) => faults.append(&mut wrong),
            }
            row.status_words.retain(|_, status| !status.trim().is_empty());
        }
        if token.is_some() && !self.has_plain_form(&row) {
            faults.push(SEVERAL_SECRETS);
        }
        if row.has_token && token.is_none() && leads_elsewhere(&spec, &settings_before, &row.settings) {
            faults.push(SECRET_STAYS);
        }
        if !faults.is_empty() {
            let join = |lang| faults.iter().map(|f| f.get(lang)).collect::<Vec<_>>().join(" ");
            return Err(Error::invalid(Text::new(join(Lang::Fr), join(Lang::En))));
        }
        row.is_active = update.is_active.unwrap_or(row.is_active);
        // A token that was typed belongs to the real service.
        row.sandbox &= token.is_none();
        if before != (row.base_id.clone(), row.table_name.clone()) {
            row.stream = None;
        }
        let secret =
            token.map(|t| Some(t).filter(|t| !t.is_empty()).map(|t| SecretString::from(t.to_owned())));
        let saved = self.store_config(row, secret).await?;
        self.resume_schedule(provider).await?;
        Ok(saved)
    }

    /// Stores settings; `secret` is `None` to keep the stored one, `Some(None)` to remove it. What was granted
    /// to another client is forgotten.
    pub(crate) async fn store_config(
        &self,
        mut row: ConfigRow,
        secret: Option<Option<SecretString>>,
    ) -> Result<ConfigBody> {
        row.updated_at = self.at();
        let before = self.store().config(&row.provider).await?.unwrap_or_default().settings;
        let mut batch = self.store().begin().await?;
        batch.put_config(&row).await?;
        if is_another_client(&self.connector(&row)?.spec(), &before, &row.settings) {
            batch.forget_grant(&row.provider).await?;
        }
        if let Some(secret) = secret {
            batch.put_secret(self.store(), &row.provider, secret.as_ref()).await?;
            row.has_token = secret.is_some();
        }
        batch.commit().await?;
        Ok(self.config_body(&row))
    }

    fn config_body(&self, row: &ConfigRow) -> ConfigBody {
        ConfigBody {
            provider: row.provider.clone(),
            api_token: row.has_token.then(|| MASK.to_owned()),
            base_id: row.base_id.clone(),
            table_name: row.table_name.clone(),
            settings: row.settings.clone(),
            status_words: row.status_words.clone(),
            field_mapping: entries_of(&prepare::mapping_of(row, row.stream.as_ref())),
            is_active: row.is_active,
            configured: self.missing(row).is_empty(),
            sandbox: row.sandbox,
            updated_at: Some(row.updated_at.clone()).filter(|at| !at.is_empty()),
        }
    }

    /// The fields of the form that still hold nothing, among those the connection cannot do without.
    fn missing(&self, row: &ConfigRow) -> Vec<FormField> {
        let mut values = plain_values(row);
        if row.has_token || self.service(row).token.is_some() {
            values.insert(TOKEN.to_owned(), MASK.to_owned());
        }
        let spec = self.form_of(row);
        spec.map(|spec| spec.missing(&values).into_iter().cloned().collect()).unwrap_or_default()
    }
}

fn unknown_setting(key: &str, spec: &ConnectorSpec) -> Text {
    let known: Vec<&str> =
        spec.fields().map(|field| field.key.as_str()).filter(|key| !COLUMNS.contains(key)).collect();
    let (name, known) = (&spec.name, known.join(", "));
    Text::new(
        format!("« {key} » n'est pas un réglage de {name}. Réglages possibles : {known}."),
        format!("“{key}” is not a setting of {name}. Possible settings: {known}."),
    )
}
