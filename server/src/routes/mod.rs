//! The JSON API: one file per resource, each handler a thin layer over a use case.
//!
//! A handler reads the request, calls the hub and wraps the answer. It knows no SQL, no service and no
//! page. Handlers are named `<verb>_<resource>`; that name is the operation id of the documentation.

mod access;
mod analytics;
mod connection_bodies;
mod connection_input;
mod connection_sync;
mod connections;
mod connectors;
mod data;
mod datasets;
mod deal_bulk;
mod deal_filter;
mod deal_input;
mod deal_past;
mod deals;
mod docs;
mod events;
mod hints;
mod kpis;
mod logs;
mod members;
mod outcome;
mod plans;
mod runs;
mod settings;
mod sources;
mod sync;
mod tokens;
mod upload;
mod views;
mod webhooks;

pub(crate) use deal_filter::DealQuery;

use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;

/// The resources that answer from the database, at once.
pub(crate) fn prompt() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(deals::list_deals, deals::create_deal))
        .routes(routes!(deals::update_deal, deals::delete_deal))
        .routes(routes!(deal_past::list_deal_history))
        .routes(routes!(deal_past::list_deal_origins))
        .routes(routes!(views::list_views, views::save_view))
        .routes(routes!(views::delete_view))
        .routes(routes!(kpis::find_kpis))
        .routes(routes!(analytics::find_sectors))
        .routes(routes!(analytics::find_deadlines))
        .routes(routes!(analytics::find_performance))
        .routes(routes!(analytics::find_velocity))
        .routes(routes!(analytics::find_cold_deals))
        .routes(routes!(analytics::find_filter_options))
        .routes(routes!(settings::find_settings, settings::update_settings))
        .routes(routes!(connectors::list_configs))
        .routes(routes!(connectors::update_config))
        .routes(routes!(data::list_rows))
        .routes(routes!(data::find_quality))
        .routes(routes!(datasets::list_datasets))
        .routes(routes!(datasets::find_dataset, datasets::delete_dataset))
        .routes(routes!(datasets::list_dataset_versions))
        .routes(routes!(datasets::list_dataset_differences))
        .routes(routes!(logs::list_logs))
        .routes(routes!(runs::find_run))
        .routes(routes!(plans::find_plan))
        .routes(routes!(plans::list_plan_changes))
        .routes(routes!(plans::list_plan_failures))
        .routes(routes!(runs::list_changes))
        .routes(routes!(runs::list_failures))
        .routes(routes!(runs::cancel_run))
        .routes(routes!(sources::list_source_logs))
        .routes(routes!(sources::find_source_status))
        .routes(routes!(sources::find_source_metrics))
        .routes(routes!(connections::list_connection_types))
        .routes(routes!(connections::list_connections, connections::create_connection))
        .routes(routes!(
            connections::find_connection,
            connections::update_connection,
            connections::delete_connection
        ))
        .routes(routes!(connection_sync::list_connection_history))
        .routes(routes!(connections::find_schedule, connections::update_schedule))
        .routes(routes!(hints::find_hints, hints::turn_on_hints, hints::turn_off_hints))
        // Both ways to write a collection's address are in use.
        .route("/api/connections", get(connections::list_connections).post(connections::create_connection))
        .route("/api/connections/types/", get(connections::list_connection_types))
        .routes(routes!(webhooks::list_webhooks, webhooks::create_webhook))
        .routes(routes!(webhooks::find_webhook, webhooks::update_webhook, webhooks::delete_webhook))
        .routes(routes!(webhooks::rotate_webhook_secret))
        .routes(routes!(webhooks::list_deliveries))
        .routes(routes!(webhooks::redeliver_message))
        .routes(routes!(access::find_caller))
        .routes(routes!(access::list_sessions))
        .routes(routes!(access::revoke_session))
        .routes(routes!(access::list_audit))
        .routes(routes!(tokens::list_tokens, tokens::create_token))
        .routes(routes!(tokens::revoke_token))
        .routes(routes!(members::list_members, members::invite_member))
        .routes(routes!(members::update_member, members::remove_member))
        .routes(routes!(members::invite_member_again))
}

/// The resources that wait for a service or deal with every row: an answer may take as long as a sync does.
pub(crate) fn patient() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(deals::delete_deals))
        .routes(routes!(deal_bulk::change_deals))
        .routes(routes!(deal_past::undo_deletion))
        .routes(routes!(connectors::test_connection))
        .routes(routes!(datasets::list_dataset_rows))
        .routes(routes!(datasets::export_dataset))
        .routes(routes!(sync::find_sync, sync::start_sync))
        .routes(routes!(sync::import_deals))
        .routes(routes!(sync::export_deals))
        .routes(routes!(upload::upload_csv))
        .routes(routes!(plans::preview_sync))
        .routes(routes!(plans::apply_plan))
        .routes(routes!(runs::replay_run))
        .routes(routes!(runs::resume_run))
        .routes(routes!(events::watch_run))
        .routes(routes!(sources::test_source))
        .routes(routes!(sources::sync_source))
        .routes(routes!(connections::test_connection_settings))
        .routes(routes!(connections::find_connection_schema))
        .routes(routes!(connection_sync::sync_connection))
        .routes(routes!(webhooks::test_webhook))
}
