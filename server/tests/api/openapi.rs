//! The description of the API is true: it names every route, and every route it names answers.

use axum::http::Method;
use serde_json::Value;

use crate::harness::{TestApp, request};

/// Every call of the API: method, path, operation.
const CALLS: &[(&str, &str, &str)] = &[
    ("get", "/api/deals", "list_deals"),
    ("post", "/api/deals", "create_deal"),
    ("delete", "/api/deals", "delete_deals"),
    ("put", "/api/deals/{id}", "update_deal"),
    ("delete", "/api/deals/{id}", "delete_deal"),
    ("post", "/api/deals/bulk", "change_deals"),
    ("post", "/api/deals/deletions/{id}/undo", "undo_deletion"),
    ("get", "/api/deals/{id}/history", "list_deal_history"),
    ("get", "/api/deals/{id}/origins", "list_deal_origins"),
    ("get", "/api/views", "list_views"),
    ("post", "/api/views", "save_view"),
    ("delete", "/api/views/{id}", "delete_view"),
    ("get", "/api/kpis", "find_kpis"),
    ("get", "/api/analytics/sectors", "find_sectors"),
    ("get", "/api/analytics/deadlines", "find_deadlines"),
    ("get", "/api/analytics/performance", "find_performance"),
    ("get", "/api/analytics/velocity", "find_velocity"),
    ("get", "/api/analytics/cold-deals", "find_cold_deals"),
    ("get", "/api/filters/options", "find_filter_options"),
    ("get", "/api/settings", "find_settings"),
    ("put", "/api/settings", "update_settings"),
    ("get", "/api/connectors/config", "list_configs"),
    ("put", "/api/connectors/config/{provider}", "update_config"),
    ("post", "/api/connectors/test/{provider}", "test_connection"),
    ("get", "/api/sync/{provider}", "find_sync"),
    ("post", "/api/sync/{provider}", "start_sync"),
    ("post", "/api/sync/{provider}/import", "import_deals"),
    ("post", "/api/sync/{provider}/export", "export_deals"),
    ("post", "/api/upload/csv", "upload_csv"),
    ("post", "/api/sync/{provider}/preview", "preview_sync"),
    ("post", "/api/sync/plans/{id}/apply", "apply_plan"),
    ("get", "/api/sync/logs", "list_logs"),
    ("get", "/api/sync/runs/{id}", "find_run"),
    ("get", "/api/sync/runs/{id}/changes", "list_changes"),
    ("get", "/api/sync/runs/{id}/failures", "list_failures"),
    ("get", "/api/sync/runs/{id}/events", "watch_run"),
    ("post", "/api/sync/runs/{id}/cancel", "cancel_run"),
    ("post", "/api/sync/runs/{id}/replay", "replay_run"),
    ("post", "/api/sync/runs/{id}/resume", "resume_run"),
    ("get", "/api/sync/plans/{id}", "find_plan"),
    ("get", "/api/sync/plans/{id}/changes", "list_plan_changes"),
    ("get", "/api/sync/plans/{id}/failures", "list_plan_failures"),
    ("post", "/connectors/{name}/test", "test_source"),
    ("post", "/connectors/{name}/sync", "sync_source"),
    ("get", "/connectors/{name}/logs", "list_source_logs"),
    ("get", "/connectors/api/status", "find_source_status"),
    ("get", "/connectors/api/metrics", "find_source_metrics"),
    ("get", "/api/data/{table}", "list_rows"),
    ("get", "/api/sources/{name}/quality", "find_quality"),
    ("get", "/api/connections/types", "list_connection_types"),
    ("get", "/api/connections/", "list_connections"),
    ("post", "/api/connections/", "create_connection"),
    ("post", "/api/connections/test", "test_connection_settings"),
    ("get", "/api/connections/{id}", "find_connection"),
    ("put", "/api/connections/{id}", "update_connection"),
    ("delete", "/api/connections/{id}", "delete_connection"),
    ("post", "/api/connections/{id}/sync", "sync_connection"),
    ("get", "/api/connections/{id}/history", "list_connection_history"),
    ("get", "/api/connections/{id}/schema", "find_connection_schema"),
    ("get", "/api/connections/{id}/hints", "find_hints"),
    ("put", "/api/connections/{id}/hints", "turn_on_hints"),
    ("delete", "/api/connections/{id}/hints", "turn_off_hints"),
    ("get", "/api/connections/{id}/schedule", "find_schedule"),
    ("put", "/api/connections/{id}/schedule", "update_schedule"),
    ("get", "/api/webhooks", "list_webhooks"),
    ("post", "/api/webhooks", "create_webhook"),
    ("get", "/api/webhooks/{id}", "find_webhook"),
    ("put", "/api/webhooks/{id}", "update_webhook"),
    ("delete", "/api/webhooks/{id}", "delete_webhook"),
    ("post", "/api/webhooks/{id}/secret", "rotate_webhook_secret"),
    ("post", "/api/webhooks/{id}/test", "test_webhook"),
    ("get", "/api/webhooks/{id}/deliveries", "list_deliveries"),
    ("post", "/api/webhooks/{id}/deliveries/{delivery}/redeliver", "redeliver_message"),
    ("get", "/api/datasets", "list_datasets"),
    ("get", "/api/datasets/{id}", "find_dataset"),
    ("delete", "/api/datasets/{id}", "delete_dataset"),
    ("get", "/api/datasets/{id}/rows", "list_dataset_rows"),
    ("get", "/api/datasets/{id}/versions", "list_dataset_versions"),
    ("get", "/api/datasets/{id}/differences", "list_dataset_differences"),
    ("get", "/api/datasets/{id}/export", "export_dataset"),
    ("get", "/api/access", "find_caller"),
    ("get", "/api/access/sessions", "list_sessions"),
    ("delete", "/api/access/sessions/{id}", "revoke_session"),
    ("get", "/api/access/audit", "list_audit"),
    ("get", "/api/access/tokens", "list_tokens"),
    ("post", "/api/access/tokens", "create_token"),
    ("delete", "/api/access/tokens/{id}", "revoke_token"),
    ("get", "/api/access/members", "list_members"),
    ("post", "/api/access/members", "invite_member"),
    ("put", "/api/access/members/{id}", "update_member"),
    ("delete", "/api/access/members/{id}", "remove_member"),
    ("post", "/api/access/members/{id}/invitation", "invite_member_again"),
    ("get", "/api/openapi.json", ""),
];

async fn described(app: &TestApp) -> Vec<(String, String, Value)> {
    let document = app.get("/api/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut calls = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            calls.push((method.clone(), path.clone(), operation.clone()));
        }
    }
    calls
}

#[tokio::test]
async fn the_document_names_every_call() {
    let app = TestApp::start().await;
    let mut found: Vec<(String, String, String)> = described(&app)
        .await
        .into_iter()
        .map(|(method, path, operation)| {
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            assert!(operation["summary"].is_string(), "{id} says nothing of itself");
            assert!(!operation["tags"].as_array().unwrap().is_empty(), "{id} has no tag");
            (method, path, id)
        })
        .collect();
    let mut expected: Vec<(String, String, String)> = CALLS
        .iter()
        .filter(|(_, _, id)| !id.is_empty())
        .map(|(method, path, id)| ((*method).to_owned(), (*path).to_owned(), (*id).to_owned()))
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn every_call_the_document_names_answers() {
    let app = TestApp::start().await;
    for (method, path, _) in described(&app).await {
        let filled = path.replace("{id}", "1").replace("{provider}", "airtable").replace("{name}", "cave");
        let filled = filled.replace("{table}", "customers").replace("{delivery}", "1");
        let method: Method = method.to_uppercase().parse().unwrap();
        let answer = app.send(request(method.clone(), &filled)).await;
        assert_ne!(answer.status.as_u16(), 405, "{method} {path}");
        assert!(!answer.text.contains("Cette adresse n'existe pas."), "{method} {path}");
        assert!(!answer.status.is_server_error(), "{method} {path}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let app = TestApp::start().await;
    let document = app.get("/api/openapi.json").await.json();
    let text = document.to_string();
    let references: Vec<&str> =
        text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(!references.is_empty());
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn the_viewer_asks_nobody_else() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/api/docs").await.header("location"), "/api/docs/");
    for file in ["", "swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js"] {
        let answer = app.get(&format!("/api/docs/{file}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{file}");
    }
    let page = app.get("/api/docs/").await;
    assert!(!page.text.contains("http://") && !page.text.contains("https://"), "{}", page.text);
    assert!(app.get("/api/docs/swagger-initializer.js").await.text.contains("/api/openapi.json"));
}
