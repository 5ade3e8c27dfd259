//! The description of the JSON API, made from the handlers themselves, and its viewer.

use std::sync::Arc;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::AppState;

const DOCUMENT: &str = "/api/openapi.json";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Passerelle",
        description = "Deals of the CRM, and the connections that bring them in and out. Texts are in French by default, in English with `Accept-Language: en`."
    ),
    tags(
        (name = "deals", description = "Deals of the CRM"),
        (name = "figures", description = "What the deals that fit a filter come to"),
        (name = "settings", description = "What is set for the CRM as a whole"),
        (name = "connectors", description = "Connections: their settings and their test"),
        (name = "connections", description = "Connections of any kind: made, tested, synced"),
        (name = "data", description = "The rows that sources have brought, and how good they are"),
        (name = "datasets", description = "Rows of any shape, typed, in versions"),
        (name = "sync", description = "Imports, exports and their previews"),
        (name = "runs", description = "The history: runs, their changes and their refused records"),
        (name = "sources", description = "Sources of data: their test, their syncs, how they stand"),
        (name = "webhooks", description = "Addresses that are told what happens, and the messages to them"),
        (name = "access", description = "Who may enter: sessions, tokens, members, and what they did")
    )
)]
struct Described;

/// The resources with their description and its viewer beside them.
pub(crate) fn with_description(resources: OpenApiRouter<AppState>) -> Router<AppState> {
    let (router, mut described) =
        OpenApiRouter::with_openapi(Described::openapi()).merge(resources).split_for_parts();
    every_call_may_fail(&mut described);
    let document: Arc<str> = described.to_json().unwrap_or_default().into();
    let document = get(async move || ([(CONTENT_TYPE, "application/json")], document.to_string()));
    // The viewer's assets are compiled in: nothing is asked of another site.
    let config = Config::from(DOCUMENT).use_base_layout().validator_url("none");
    router.route(DOCUMENT, document).merge(SwaggerUi::new("/api/docs").config(config))
}

/// What any call may answer besides what it says of itself: a bad body, another site, a time-out.
fn every_call_may_fail(described: &mut utoipa::openapi::OpenApi) {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Failure"))).build();
    let failure = ResponseBuilder::new().description("Refused").content("application/json", body).build();
    for item in described.paths.paths.values_mut() {
        let calls = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete];
        for call in calls.into_iter().flatten() {
            call.responses.responses.insert("default".to_owned(), failure.clone().into());
        }
    }
}
