//! Connections: their settings, and the test that they work.

use std::collections::BTreeMap;
use std::sync::Arc;

use connectors::{Connection, Connector, Context, Count, Settings};
use model::api::{ConfigBody, ConfigUpdate, MASK, TestBody};
use model::spec::{Capabilities, FieldKind, FormField};
use model::{
    ConnectorSpec, DealField, Destination, Lang, Mapping, StatusWords, StreamField, StreamSchema, Text,
};
use secrecy::SecretString;
use store::ConfigRow;

use crate::oauth::is_another_client;
use crate::sealing::{SECRET_STAYS, SEVERAL_SECRETS, leads_elsewhere, secret_key, secret_keys};
use crate::sync::prepare;
use crate::{Error, Hub, Kind, Result, ServiceOptions};

/// The connections that are there from the beginning, with the words of their connectors. Others are sources
/// of data whose service has deals too.
pub(crate) const PROVIDERS: [&str; 2] = ["airtable", "notion"];

/// What every connection calls its secret.
const TOKEN: &str = "api_token";

/// Settings that have a place of their own in the table.
const COLUMNS: [&str; 3] = [TOKEN, "base_id", "table_name"];

/// How many records a test counts before it says "more than": 20 requests, 4 s at Airtable's limit.
const COUNT_LIMIT: u64 = 2_000;

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

    /// Tests a connection: proves the token, finds the table, counts its records. A service that says
    /// no is an answer, not an error.
    ///
    /// # Errors
    /// `UnknownProvider`, `NotConfigured`; the database does not answer.
    pub async fn test(&self, provider: &str, lang: Lang) -> Result<TestBody> {
        let row = self.config_row(provider).await?;
        let account = self.connect(&row).await?;
        match self.look(&row, &account).await {
            Ok((stream, count, warnings)) => {
                let (number, is_minimum) = match count {
                    Count::Exactly(n) => (n, false),
                    Count::MoreThan(n) => (n, true),
                };
                let warnings = warnings.iter().map(|w| w.get(lang).to_owned()).collect();
                let message = found(&stream.name, number, is_minimum).get(lang).to_owned();
                Ok(TestBody {
                    success: true,
                    message,
                    table_name: Some(stream.name),
                    record_count: Some(number),
                    record_count_is_minimum: is_minimum,
                    warnings,
                    fields: stream.fields,
                    ..TestBody::default()
                })
            }
            Err(error) => {
                let error = Error::from(error);
                let message = error.message(lang).to_owned();
                Ok(TestBody {
                    error: Some(message.clone()),
                    message,
                    hint: error.hint.map(|h| h.get(lang).to_owned()),
                    code: Some(error.kind.code().to_owned()),
                    ..TestBody::default()
                })
            }
        }
    }

    async fn look(
        &self,
        row: &ConfigRow,
        account: &ConnectedAccount,
    ) -> connectors::Result<(StreamSchema, Count, Vec<Text>)> {
        let connection = &account.connection;
        connection.check().await?;
        let stream = prepare::find_stream(connection.as_ref(), row).await?;
        let warnings = match prepare::resolve(row, &stream) {
            Ok(found) => found.warnings,
            Err(faults) => faults,
        };
        let count = connection.count(&stream, COUNT_LIMIT).await?;
        if row.stream.as_ref() != Some(&stream) {
            let row = prepare::follow_renames(row, &stream);
            // The test has told what it found; what is remembered of it is a convenience.
            if let Err(error) = self.store_config(row, None).await {
                tracing::warn!(%error, "the discovered fields could not be kept");
            }
        }
        Ok((stream, count, warnings))
    }

    /// The form of a connection's deals: that of its connector, under the connection's name, with the one
    /// name all connections have for their secret.
    ///
    /// # Errors
    /// `UnknownProvider`.
    pub async fn connection_form(&self, provider: &str) -> Result<ConnectorSpec> {
        self.form_of(&self.config_row(provider).await?)
    }

    fn form_of(&self, row: &ConfigRow) -> Result<ConnectorSpec> {
        let mut spec = self.connector(row)?.spec();
        if row.provider != spec.id {
            spec.name = format!("{} · {}", spec.name, row.provider);
            spec.id.clone_from(&row.provider);
        }
        for field in spec.groups.iter_mut().flat_map(|group| &mut group.fields) {
            if field.kind.is_secret() {
                TOKEN.clone_into(&mut field.key);
            }
        }
        Ok(spec)
    }

    /// The connector behind a connection.
    ///
    /// # Errors
    /// `UnknownProvider` for a source whose service has no deals.
    pub(crate) fn connector(&self, row: &ConfigRow) -> Result<&dyn Connector> {
        let known = self.inner.connectors.get(kind_of(row));
        known.map(AsRef::as_ref).ok_or_else(unknown_provider)
    }

    /// Whether it is a connection with deals, beside those that are there from the beginning.
    fn is_other(&self, row: &ConfigRow) -> bool {
        let has_deals = matches!(self.destination(row), Destination::Deals | Destination::Tables);
        row.connector_type.is_some() && has_deals && self.connector(row).is_ok()
    }

    /// Whether its settings are those of deals: a table and one token. The others are under `/connections`.
    fn has_plain_form(&self, row: &ConfigRow) -> bool {
        self.connector(row).is_ok_and(|connector| secret_keys(&connector.spec()).count() < 2)
    }

    /// The stored settings, or the defaults of a connection never configured.
    pub(crate) async fn config_row(&self, provider: &str) -> Result<ConfigRow> {
        match self.store().config(provider).await? {
            Some(row) if PROVIDERS.contains(&provider) || self.is_other(&row) => Ok(row),
            None if PROVIDERS.contains(&provider) => {
                Ok(ConfigRow { provider: provider.to_owned(), is_active: true, ..ConfigRow::default() })
            }
            _ => Err(unknown_provider()),
        }
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

    /// What the environment says of this connection's service.
    pub(crate) fn service(&self, row: &ConfigRow) -> ServiceOptions {
        self.inner.services.get(kind_of(row)).cloned().unwrap_or_default()
    }

    /// Opens the configured account; nothing is sent yet.
    ///
    /// # Errors
    /// `NotConfigured` when something required is missing.
    pub(crate) async fn connect(&self, row: &ConfigRow) -> Result<ConnectedAccount> {
        let connector = self.connector(row)?;
        let spec = connector.spec();
        let (context, settings) = self.opening(row, &spec).await?;
        let mut values = settings.values.clone();
        values.extend(settings.secrets.keys().map(|key| (key.clone(), MASK.to_owned())));
        let missing = spec.missing(&values);
        if !missing.is_empty() {
            return Err(not_configured(&row.provider, &missing));
        }
        let connection = connector.connect(&context, settings)?;
        Ok(ConnectedAccount { connection, capabilities: spec.capabilities })
    }

    /// What a connector gets to open an account with.
    pub(crate) async fn opening(&self, row: &ConfigRow, spec: &ConnectorSpec) -> Result<(Context, Settings)> {
        let mut secrets = self.secrets(row, spec).await?;
        let service = self.service(row);
        let base_url = if row.sandbox {
            Some(self.playground_url(&row.provider).await?)
        } else {
            // The operator's secret goes where the operator knows, not to an address that somebody typed.
            let is_typed = spec.fields().any(|field| field.kind == FieldKind::Url);
            let token = service.token.filter(|_| !is_typed || service.base_url.is_some());
            if let (Some(token), Some(key)) = (token, secret_key(spec)) {
                secrets.entry(key.to_owned()).or_insert(token);
            }
            service.base_url
        };
        let context = Context { tokens: Some(self.keeper(&row.provider)), ..self.context(base_url) };
        Ok((context, Settings { values: plain_values(row), secrets }))
    }
}

/// The kind of a connection; those that are there from the beginning are called as it is.
pub(crate) fn kind_of(row: &ConfigRow) -> &str {
    row.connector_type.as_deref().unwrap_or(&row.provider)
}

/// The error of a connection that does not exist, in the words of the API.
fn unknown_provider() -> Error {
    let list = PROVIDERS.join(", ");
    Error::new(
        Kind::UnknownProvider,
        Text::new(
            format!("Provider non supporté. Valeurs acceptées: {list}"),
            format!("Unsupported provider. Accepted values: {list}"),
        ),
    )
}

/// What is asked of a connection before its form is filled.
fn not_configured(provider: &str, missing: &[&FormField]) -> Error {
    let list = |lang| missing.iter().map(|f| f.label.get(lang)).collect::<Vec<_>>().join(", ");
    Error::new(
        Kind::NotConfigured,
        Text::new(
            format!("Aucune configuration trouvée pour {provider}. Configurez d'abord le connecteur."),
            format!("No configuration found for {provider}. Configure the connector first."),
        ),
    )
    .hint(Some(Text::new(
        format!("À renseigner : {}.", list(Lang::Fr)),
        format!("Still to fill in: {}.", list(Lang::En)),
    )))
}

/// An open account, with what its service can do.
pub(crate) struct ConnectedAccount {
    /// The account.
    pub connection: Arc<dyn Connection>,
    /// What its service can do.
    pub capabilities: Capabilities,
}

/// A mapping as the object people save.
pub(crate) fn entries_of(mapping: &Mapping) -> BTreeMap<String, String> {
    mapping
        .0
        .iter()
        .map(|(field, name): (&DealField, &String)| (field.key().to_owned(), name.clone()))
        .collect()
}

/// The plain values of a connection, by the keys of this form.
pub(crate) fn form_values(row: &ConfigRow, spec: &ConnectorSpec) -> BTreeMap<String, String> {
    let mut values = plain_values(row);
    values.retain(|key, _| spec.fields().any(|field| field.key == *key));
    values
}

/// Everything of a connection that is no secret, by key.
pub(crate) fn plain_values(row: &ConfigRow) -> BTreeMap<String, String> {
    [("base_id", &row.base_id), ("table_name", &row.table_name)]
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value.clone()?)))
        .chain(row.settings.clone())
        .collect()
}

impl Hub {
    /// Keeps the plain values of a form, each in its place, and the stream that one of them names.
    pub(crate) fn set_plain_values(&self, row: &mut ConfigRow, mut values: BTreeMap<String, String>) {
        row.base_id = values.remove("base_id");
        if let Some(table) = values.remove("table_name") {
            row.table_name = Some(table);
        }
        row.settings = values;
        let Some(connector) = self.inner.connectors.get(kind_of(row)) else { return };
        if let Some(setting) = connector.stream_setting() {
            let named = row.settings.get(setting).filter(|name| !name.is_empty()).cloned();
            row.table_name = named.or_else(|| connector.deals().map(|home| home.stream.to_owned()));
        }
    }
}

fn typed_values(token: Option<&str>, update: &ConfigUpdate) -> BTreeMap<String, String> {
    [(TOKEN, token), ("base_id", update.base_id.as_deref()), ("table_name", update.table_name.as_deref())]
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned())))
        .chain(update.settings.clone().into_iter().flatten())
        .collect()
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

fn found(table: &str, count: u64, more: bool) -> Text {
    let (fr_more, en_more) = if more { ("plus de ", "more than ") } else { ("", "") };
    let plural = if count > 1 { "s" } else { "" };
    Text::new(
        format!("Connecté : table « {table} », {fr_more}{count} enregistrement{plural}."),
        format!("Connected: table “{table}”, {en_more}{count} record{plural}."),
    )
}
