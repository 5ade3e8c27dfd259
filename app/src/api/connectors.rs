//! Connections: their settings, their test, and the simulator.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::api::{ConfigBody, TestBody};
use model::{ConnectorSpec, StreamField};
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use super::Answer;
use super::sync::RunView;
use super::text_json::TextJson;

/// Everything the page shows of one connector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ConnectorView {
    /// What it asks for.
    pub(crate) spec: ConnectorSpec,
    /// What is stored.
    pub(crate) connection: ConnectionView,
    /// Its runs, newest first.
    pub(crate) runs: Vec<RunView>,
}

/// A connection as stored: its settings, and the fields known to be on the other side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ConnectionView {
    /// The settings, the secret masked.
    pub(crate) config: ConfigBody,
    /// The service's fields, empty before the first successful test.
    pub(crate) fields: Vec<StreamField>,
}

/// A connection and the outcome of its test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tested {
    /// The connection after the test.
    pub(crate) connection: ConnectionView,
    /// What the test found.
    pub(crate) outcome: Answer<TestBody>,
}

/// Every connector with its connection and its history.
#[server(prefix = "/_app", endpoint = "connectors", input = GetUrl, output = TextJson)]
pub(crate) async fn list_connectors() -> Result<Answer<Vec<ConnectorView>>, ServerFnError> {
    let hub = super::server::hub()?;
    let lang = crate::context::request_lang();
    Ok(stored::all(&hub, lang).await.map_err(|e| super::server::fault(&e, lang)))
}

/// Keeps what the form holds.
#[server(prefix = "/_app", endpoint = "save_config", output = TextJson)]
pub(crate) async fn save_config(
    provider: String,
    #[server(default)] settings: BTreeMap<String, String>,
    #[server(default)] mapping: BTreeMap<String, String>,
    #[server(default)] status_words: BTreeMap<String, String>,
) -> Result<Answer<ConnectionView>, ServerFnError> {
    use model::access::Action;

    use crate::context::{back_to_tab, note, request_lang};

    let hub = super::server::hub()?;
    let lang = request_lang();
    let saved = stored::save(&hub, &provider, settings, mapping, status_words).await;
    if saved.is_ok() {
        note(&hub, Action::ConfigurationSaved, &provider).await;
    }
    back_to_tab(&provider, if saved.is_ok() { "&notice=saved" } else { "&notice=failed" });
    Ok(saved.map_err(|e| super::server::fault(&e, lang)))
}

/// Keeps what the form holds, so that what is tested is what is seen, and tests it.
#[server(prefix = "/_app", endpoint = "test_connection", output = TextJson)]
pub(crate) async fn test_connection(
    provider: String,
    #[server(default)] settings: BTreeMap<String, String>,
    #[server(default)] mapping: BTreeMap<String, String>,
    #[server(default)] status_words: BTreeMap<String, String>,
) -> Result<Answer<Tested>, ServerFnError> {
    use model::access::Action;

    use crate::context::{back_to_tab, note, request_lang};

    let hub = super::server::hub()?;
    let lang = request_lang();
    let tested = match stored::save(&hub, &provider, settings, mapping, status_words).await {
        Ok(_) => {
            note(&hub, Action::ConfigurationSaved, &provider).await;
            stored::test(&hub, &provider, lang).await
        }
        Err(error) => Err(error),
    };
    let passed = matches!(&tested, Ok(Tested { outcome: Ok(outcome), .. }) if outcome.success);
    back_to_tab(&provider, if passed { "&notice=connected" } else { "&notice=failed" });
    Ok(tested.map_err(|e| super::server::fault(&e, lang)))
}

/// Starts the simulator, points the connection at it and tests it.
#[server(prefix = "/_app", endpoint = "try_without_account", output = TextJson)]
pub(crate) async fn try_without_account(provider: String) -> Result<Answer<Tested>, ServerFnError> {
    use model::access::Action;

    use crate::context::{back_to_tab, note, request_lang};

    let hub = super::server::hub()?;
    let lang = request_lang();
    let tested = match hub.try_without_account(&provider).await {
        Ok(_) => {
            note(&hub, Action::ConfigurationSaved, &provider).await;
            stored::test(&hub, &provider, lang).await
        }
        Err(error) => Err(error),
    };
    back_to_tab(&provider, if tested.is_ok() { "&notice=connected" } else { "&notice=failed" });
    Ok(tested.map_err(|e| super::server::fault(&e, lang)))
}

#[cfg(feature = "ssr")]
mod stored {
    use std::collections::BTreeMap;

    use hub::Hub;
    use model::Lang;
    use model::api::{ConfigUpdate, MASK};

    use super::{ConnectionView, ConnectorView, Tested};
    use crate::api::{server, sync};

    pub(super) async fn all(hub: &Hub, lang: Lang) -> hub::Result<Vec<ConnectorView>> {
        let mut views = Vec::new();
        for config in hub.configs().await? {
            let provider = config.provider;
            let (spec, runs) =
                (hub.connection_form(&provider).await?, sync::history(hub, &provider, lang).await?);
            views.push(ConnectorView { connection: connection(hub, &provider).await?, runs, spec });
        }
        Ok(views)
    }

    pub(super) async fn save(
        hub: &Hub,
        provider: &str,
        mut settings: BTreeMap<String, String>,
        mapping: BTreeMap<String, String>,
        status_words: BTreeMap<String, String>,
    ) -> hub::Result<ConnectionView> {
        let update = ConfigUpdate {
            // What was not typed anew stays: an empty field and the mask both mean the stored token.
            api_token: settings.remove("api_token").filter(|typed| !typed.trim().is_empty() && typed != MASK),
            base_id: settings.remove("base_id"),
            table_name: settings.remove("table_name"),
            settings: Some(settings),
            field_mapping: Some(mapping),
            status_words: Some(status_words),
            is_active: None,
        };
        hub.save_config(provider, update).await?;
        connection(hub, provider).await
    }

    pub(super) async fn test(hub: &Hub, provider: &str, lang: Lang) -> hub::Result<Tested> {
        let outcome = hub.test(provider, lang).await.map_err(|e| server::fault(&e, lang));
        Ok(Tested { connection: connection(hub, provider).await?, outcome })
    }

    async fn connection(hub: &Hub, provider: &str) -> hub::Result<ConnectionView> {
        Ok(ConnectionView { config: hub.config(provider).await?, fields: hub.known_fields(provider).await? })
    }
}
