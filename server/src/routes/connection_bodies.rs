//! Connections as programs see them.

use std::collections::BTreeMap;

use hub::{AccountKind, AccountTest, AccountView, Synced};
use model::api::{ConnectionBody, ConnectionSyncBody, ConnectionTestBody, ConnectionTypeBody};
use model::{Frequency, Lang};
use serde_json::{Map, Value, json};

/// A kind of connection.
pub(super) fn type_body(kind: AccountKind, lang: Lang) -> ConnectionTypeBody {
    let auth_types = kind.auth_types();
    let required = kind.spec.missing(&BTreeMap::new()).into_iter().map(|field| field.key.clone()).collect();
    ConnectionTypeBody {
        required_fields: required,
        auth_types,
        description: kind.spec.summary.get(lang).to_owned(),
        icon: kind.spec.id.clone(),
        kind: kind.spec.id,
        name: kind.spec.name,
        groups: kind.spec.groups,
        capabilities: kind.spec.capabilities,
    }
}

/// A connection.
pub(super) fn body(view: AccountView) -> ConnectionBody {
    let json = |text: String| match text.trim_start().starts_with(['{', '[']) {
        true => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        false => Value::String(text),
    };
    let config: Map<String, Value> = view.values.into_iter().map(|(key, text)| (key, json(text))).collect();
    let is_automatic = view.schedule.frequency != Frequency::Manual;
    ConnectionBody {
        id: view.id,
        name: view.title,
        provider: view.provider,
        connection_type: view.kind,
        config,
        stored_credentials: view.credentials,
        destination: view.destination,
        is_active: view.is_active,
        auto_sync_enabled: is_automatic,
        sync_frequency: is_automatic.then(|| view.schedule.frequency.word().to_owned()),
        status: view.health,
        last_sync_at: view.last.as_ref().map(|run| run.started_at.clone()),
        last_sync_status: view.last.map(|run| run.status),
        next_sync_at: view.schedule.next.first().cloned(),
        created_at: view.created_at,
        updated_at: view.updated_at,
    }
}

/// How a test went.
pub(super) fn test_body(test: AccountTest) -> ConnectionTestBody {
    let exchange = test.exchange.map(|exchange| {
        json!({
            "request": exchange.request, "status": exchange.status, "content_type": exchange.content_type,
            "body": exchange.body, "found": exchange.found, "next": exchange.next,
        })
    });
    ConnectionTestBody {
        success: test.success,
        error: (!test.success).then(|| test.message.clone()),
        message: test.message,
        hint: test.hint,
        code: test.code,
        exchange,
        sample: test.rows,
    }
}

/// How a sync ended.
pub(super) fn sync_body(synced: Synced) -> ConnectionSyncBody {
    let (dataset_id, dataset_name) = synced.dataset.clone().unzip();
    ConnectionSyncBody {
        success: synced.success(),
        run: synced.run,
        dataset_id,
        dataset_name,
        errors: synced.errors,
        code: synced.code,
    }
}
