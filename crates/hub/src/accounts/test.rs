//! The test that a connection can be used, before it is stored and after.

use std::collections::{BTreeMap, BTreeSet};

use connectors::{Context, Probe, Sent, Settings};
use model::{ConnectorSpec, Lang, Text};
use serde_json::Value;

use super::AccountDraft;
use crate::connections::{form_values, kind_of};
use crate::forms::{Stored, Typed, fault};
use crate::oauth::is_another_client;
use crate::{Error, Hub, NotSaved, Result};

/// What a test found.
#[derive(Clone, Debug, Default)]
pub struct AccountTest {
    /// Whether the connection can be used.
    pub success: bool,
    /// What was found, or what is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// A stable word for what is wrong.
    pub code: Option<String>,
    /// What was sent and what came back, where the kind can tell.
    pub exchange: Option<Exchange>,
    /// The first rows, as they came: JSON objects.
    pub rows: Vec<Value>,
}

/// A request and its answer, without anything secret.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The method, the address, the headers and the body that were sent.
    pub request: String,
    /// The HTTP status of the answer.
    pub status: Option<u16>,
    /// What the answer says it is.
    pub content_type: Option<String>,
    /// The beginning of the answer.
    pub body: String,
    /// How many rows were found in it.
    pub found: u64,
    /// Where the next page would be.
    pub next: Option<String>,
}

impl Hub {
    /// Tests settings without storing anything. With `stored`, the credentials of that connection stand in
    /// for those that were not typed anew, and so does what its service granted, as long as the settings lead
    /// to the same client at the same address.
    ///
    /// # Errors
    /// Every fault of the form; `NotFound`; the database does not answer. A service that says no is an
    /// answer, not an error.
    pub async fn test_account_draft(
        &self,
        draft: &AccountDraft,
        stored: Option<i64>,
        lang: Lang,
    ) -> std::result::Result<AccountTest, NotSaved> {
        let kind = match self.account_kind(&draft.kind) {
            Ok(kind) => kind,
            Err(error) => return Err(NotSaved::Faults(vec![fault("connection_type", error.message)])),
        };
        let typed = Typed::of(&kind.spec, &draft.values);
        let row = match stored {
            Some(id) => Some(self.account_row(id).await?),
            None => None,
        };
        let (before, mut secrets) = match &row {
            Some(row) => (form_values(row, &kind.spec), self.secrets(row, &kind.spec).await?),
            None => (BTreeMap::new(), BTreeMap::new()),
        };
        let stored_keys: BTreeSet<String> = secrets.keys().cloned().collect();
        let faults = typed.faults(&kind.spec, &Stored { values: &before, secrets: stored_keys });
        if !faults.is_empty() {
            return Err(NotSaved::Faults(faults));
        }
        let is_same = typed.secrets.is_empty() && !is_another_client(&kind.spec, &before, &typed.values);
        let tokens = row.filter(|_| is_same).map(|row| self.keeper(&row.provider));
        secrets.extend(typed.secrets);
        let settings = Settings { values: typed.values, secrets };
        let base_url = self.inner.services.get(&draft.kind).and_then(|service| service.base_url.clone());
        let context = Context { tokens, ..self.context(base_url) };
        Ok(self.tried(&kind.spec, context, settings, lang).await)
    }

    /// Tests a stored connection, and remembers how it went.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer. A service that says no is an answer, not an error.
    pub async fn test_account(&self, id: i64, lang: Lang) -> Result<AccountTest> {
        let row = self.account_row(id).await?;
        let kind = self.account_kind(kind_of(&row))?;
        if self.inner.sources.contains_key(kind_of(&row)) {
            let body = self.test_source(&row.provider, lang).await?;
            let code = (!body.success).then(|| "unavailable".to_owned());
            let message = body.found.unwrap_or(body.message);
            let success = body.success;
            return Ok(AccountTest { success, message, hint: body.hint, code, ..AccountTest::default() });
        }
        // As a sync opens it: with what its service has granted to it.
        let (context, settings) = self.opening(&row, &kind.spec).await?;
        Ok(self.tried(&kind.spec, context, settings, lang).await)
    }

    async fn tried(
        &self,
        spec: &ConnectorSpec,
        context: Context,
        settings: Settings,
        lang: Lang,
    ) -> AccountTest {
        match self.look_at(spec, context, settings, lang).await {
            Ok(test) => test,
            Err(error) => AccountTest {
                message: error.message(lang).to_owned(),
                hint: error.hint.map(|hint| hint.get(lang).to_owned()),
                code: Some(error.kind.code().to_owned()),
                ..AccountTest::default()
            },
        }
    }

    async fn look_at(
        &self,
        spec: &ConnectorSpec,
        context: Context,
        settings: Settings,
        lang: Lang,
    ) -> std::result::Result<AccountTest, Error> {
        let Some(connector) = self.inner.connectors.get(&spec.id) else {
            let source = self.inner.sources.get(&spec.id).ok_or_else(|| Error::invalid(unknown(spec)))?;
            let account = source.connect(&self.source_context(context.base_url), settings)?.check().await?;
            return Ok(AccountTest { success: true, message: account.name, ..AccountTest::default() });
        };
        let connection = connector.connect(&context, settings)?;
        if let Some(probe) = connection.probe().await {
            return Ok(told(probe, lang));
        }
        let account = connection.check().await?;
        Ok(AccountTest { success: true, message: account.name, ..AccountTest::default() })
    }
}

fn unknown(spec: &ConnectorSpec) -> Text {
    Text::new(format!("« {} » ne se teste pas.", spec.name), format!("“{}” cannot be tested.", spec.name))
}

/// A request and its answer as a test tells them.
fn told(probe: Probe, lang: Lang) -> AccountTest {
    let Probe { request, status, content_type, body, rows, found, next, fault, .. } = probe;
    let exchange = Exchange {
        request: written(&request),
        status,
        content_type,
        body,
        found: found as u64,
        next: next.map(|next| next.get(lang).to_owned()),
    };
    let rows = rows.iter().filter_map(|row| serde_json::from_str(row).ok()).collect();
    let (message, hint, code) = match fault.map(Error::from) {
        None => (found_text(found).get(lang).to_owned(), None, None),
        Some(Error { kind, message, hint }) => {
            let hint = hint.map(|hint| hint.get(lang).to_owned());
            (message.get(lang).to_owned(), hint, Some(kind.code().to_owned()))
        }
    };
    AccountTest { success: code.is_none(), message, hint, code, exchange: Some(exchange), rows }
}

/// A request as it goes over the wire.
fn written(sent: &Sent) -> String {
    let headers: String = sent.headers.iter().map(|(name, value)| format!("\n{name}: {value}")).collect();
    let body = sent.body.as_ref().map(|body| format!("\n\n{body}")).unwrap_or_default();
    format!("{} {}{headers}{body}", sent.method, sent.url)
}

fn found_text(found: usize) -> Text {
    match found {
        0 => Text::fixed("Réponse comprise : aucune ligne.", "Answer understood: no row."),
        1 => Text::fixed("Réponse comprise : 1 ligne.", "Answer understood: 1 row."),
        _ => Text::new(
            format!("Réponse comprise : {found} lignes sur la première page."),
            format!("Answer understood: {found} rows on the first page."),
        ),
    }
}
