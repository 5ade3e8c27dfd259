//! What each address asks of its caller: the whole of it, in one place.
//!
//! What is not named here is nobody's, and a test finds every address of the router that is not.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use axum::http::Method;
use model::access::{Action, Right};

/// What an address asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: one need not be logged in.
    Nothing,
    /// A signature: services call it, from anywhere, and nobody has an account for them.
    Signature,
    /// To be somebody with that right.
    To(Right),
}

/// One address and one method.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    /// `GET` stands for `HEAD` too, `*` for every method.
    pub(crate) method: &'static str,
    /// As the router writes it.
    pub(crate) path: &'static str,
    /// What it asks.
    pub(crate) need: Need,
    /// What the audit log calls it. Downloads are known by their answers; what a server function does, and what
    /// is done to several deals, is told by itself, which alone knows to what.
    pub(crate) action: Option<Action>,
}

const OPEN: Need = Need::Nothing;
const READ: Need = Need::To(Right::Read);
const RUN: Need = Need::To(Right::Run);
const CHANGE: Need = Need::To(Right::Change);
const OWN: Need = Need::To(Right::Own);
const MANAGE: Need = Need::To(Right::Manage);

const SAVED: Option<Action> = Some(Action::ConfigurationSaved);
const DELETED: Option<Action> = Some(Action::Deleted);
const STARTED: Option<Action> = Some(Action::SyncStarted);

const fn rule(method: &'static str, path: &'static str, need: Need) -> Rule {
    Rule { method, path, need, action: None }
}

const fn told(method: &'static str, path: &'static str, need: Need, action: Option<Action>) -> Rule {
    Rule { method, path, need, action }
}

/// The table.
pub(crate) const RULES: &[Rule] = &[
    // For whoever watches over the program.
    rule("GET", "/healthz", OPEN),
    rule("GET", "/readyz", OPEN),
    rule("GET", "/metrics", READ),
    // What services send by themselves.
    rule("POST", "/hooks/{word}", Need::Signature),
    // Access.
    rule("GET", "/login", OPEN),
    rule("POST", "/login", OPEN),
    rule("GET", "/invitation", OPEN),
    rule("POST", "/invitation", OPEN),
    rule("GET", "/logout", OWN),
    rule("POST", "/logout", OWN),
    rule("GET", "/access", OWN),
    rule("GET", "/access/protect", OWN),
    rule("POST", "/access/protect", OWN),
    rule("GET", "/access/password", OWN),
    rule("POST", "/access/password", OWN),
    rule("GET", "/access/sessions/{id}/revoke", OWN),
    rule("POST", "/access/sessions/{id}/revoke", OWN),
    rule("GET", "/access/tokens", OWN),
    rule("POST", "/access/tokens", OWN),
    rule("GET", "/access/tokens/{id}/revoke", OWN),
    rule("POST", "/access/tokens/{id}/revoke", OWN),
    rule("GET", "/access/members", MANAGE),
    rule("POST", "/access/members", MANAGE),
    rule("GET", "/access/members/{id}/role", MANAGE),
    rule("POST", "/access/members/{id}/role", MANAGE),
    rule("GET", "/access/members/{id}/invitation", MANAGE),
    rule("POST", "/access/members/{id}/invitation", MANAGE),
    rule("GET", "/access/members/{id}/delete", MANAGE),
    rule("POST", "/access/members/{id}/delete", MANAGE),
    rule("GET", "/access/audit", MANAGE),
    rule("GET", "/api/access", READ),
    rule("GET", "/api/access/sessions", OWN),
    rule("DELETE", "/api/access/sessions/{id}", OWN),
    rule("GET", "/api/access/tokens", OWN),
    rule("POST", "/api/access/tokens", OWN),
    rule("DELETE", "/api/access/tokens/{id}", OWN),
    rule("GET", "/api/access/members", MANAGE),
    rule("POST", "/api/access/members", MANAGE),
    rule("PUT", "/api/access/members/{id}", MANAGE),
    rule("DELETE", "/api/access/members/{id}", MANAGE),
    rule("POST", "/api/access/members/{id}/invitation", MANAGE),
    rule("GET", "/api/access/audit", MANAGE),
    // What the API says of itself, and what is not there.
    rule("GET", "/api/openapi.json", READ),
    rule("GET", "/api/docs", READ),
    rule("GET", "/api/docs/", READ),
    rule("GET", "/api/docs/{*rest}", READ),
    rule("*", "/api", READ),
    rule("*", "/api/", READ),
    rule("*", "/api/{*rest}", READ),
    // Deals.
    rule("GET", "/", READ),
    rule("GET", "/api/deals", READ),
    rule("POST", "/api/deals", CHANGE),
    rule("DELETE", "/api/deals", CHANGE),
    rule("PUT", "/api/deals/{id}", CHANGE),
    told("DELETE", "/api/deals/{id}", CHANGE, DELETED),
    rule("GET", "/api/deals/{id}/history", READ),
    rule("GET", "/api/deals/{id}/origins", READ),
    rule("POST", "/api/deals/bulk", CHANGE),
    rule("POST", "/api/deals/deletions/{id}/undo", CHANGE),
    rule("GET", "/api/views", READ),
    // Everybody keeps their own.
    rule("POST", "/api/views", OWN),
    rule("DELETE", "/api/views/{id}", OWN),
    told("POST", "/api/upload/csv", CHANGE, STARTED),
    rule("GET", "/deals/import", READ),
    rule("POST", "/deals/import", CHANGE),
    rule("GET", "/deals/import/{key}", CHANGE),
    rule("POST", "/deals/import/{key}", CHANGE),
    rule("GET", "/deals/import/{key}/run", CHANGE),
    told("POST", "/deals/import/{key}/run", CHANGE, STARTED),
    rule("GET", "/deals/import/{key}/delete", CHANGE),
    rule("POST", "/deals/import/{key}/delete", CHANGE),
    rule("GET", "/deals/export.csv", READ),
    rule("GET", "/deals/export.xlsx", READ),
    rule("GET", "/board", READ),
    rule("GET", "/deals", READ),
    rule("GET", "/deals/new", CHANGE),
    rule("POST", "/deals/new", CHANGE),
    rule("GET", "/deals/{id}", READ),
    rule("GET", "/deals/{id}/edit", CHANGE),
    rule("POST", "/deals/{id}/edit", CHANGE),
    rule("GET", "/deals/{id}/status", READ),
    rule("POST", "/deals/{id}/status", CHANGE),
    rule("GET", "/deals/{id}/delete", CHANGE),
    told("POST", "/deals/{id}/delete", CHANGE, DELETED),
    rule("GET", "/deals/undo", READ),
    rule("POST", "/deals/undo", CHANGE),
    rule("GET", "/deals/bulk", READ),
    rule("POST", "/deals/bulk", CHANGE),
    rule("GET", "/deals/bulk/delete", READ),
    rule("POST", "/deals/bulk/delete", CHANGE),
    rule("GET", "/settings/deals", CHANGE),
    told("POST", "/settings/deals", CHANGE, SAVED),
    rule("GET", "/views", READ),
    rule("POST", "/views", OWN),
    rule("GET", "/views/{id}/delete", READ),
    rule("POST", "/views/{id}/delete", OWN),
    rule("GET", "/api/kpis", READ),
    rule("GET", "/api/analytics/sectors", READ),
    rule("GET", "/api/analytics/deadlines", READ),
    rule("GET", "/api/analytics/performance", READ),
    rule("GET", "/api/analytics/velocity", READ),
    rule("GET", "/api/analytics/cold-deals", READ),
    rule("GET", "/api/filters/options", READ),
    rule("GET", "/api/settings", READ),
    told("PUT", "/api/settings", CHANGE, SAVED),
    // What the page of connectors asks for by itself.
    rule("GET", "/connectors", READ),
    rule("POST", "/_app/set_preferences", OPEN),
    rule("GET", "/_app/connectors", READ),
    rule("GET", "/_app/runs", READ),
    rule("POST", "/_app/sync_result", READ),
    rule("POST", "/_app/cancel_sync", RUN),
    rule("POST", "/_app/start_sync", RUN),
    rule("POST", "/_app/save_config", CHANGE),
    // Keeps what the form holds before it tests it.
    rule("POST", "/_app/test_connection", CHANGE),
    rule("POST", "/_app/try_without_account", CHANGE),
    // Connections of the CRM.
    rule("GET", "/api/connectors/config", READ),
    told("PUT", "/api/connectors/config/{provider}", CHANGE, SAVED),
    rule("POST", "/api/connectors/test/{provider}", RUN),
    rule("GET", "/api/sync/{provider}", READ),
    told("POST", "/api/sync/{provider}", RUN, STARTED),
    told("POST", "/api/sync/{provider}/import", RUN, STARTED),
    told("POST", "/api/sync/{provider}/export", RUN, STARTED),
    rule("POST", "/api/sync/{provider}/preview", RUN),
    // Runs and plans.
    rule("GET", "/api/sync/logs", READ),
    rule("GET", "/api/sync/runs/{id}", READ),
    rule("GET", "/api/sync/runs/{id}/changes", READ),
    rule("GET", "/api/sync/runs/{id}/failures", READ),
    rule("GET", "/api/sync/runs/{id}/events", READ),
    rule("POST", "/api/sync/runs/{id}/cancel", RUN),
    told("POST", "/api/sync/runs/{id}/replay", RUN, STARTED),
    told("POST", "/api/sync/runs/{id}/resume", RUN, STARTED),
    rule("GET", "/api/sync/plans/{id}", READ),
    rule("GET", "/api/sync/plans/{id}/changes", READ),
    rule("GET", "/api/sync/plans/{id}/failures", READ),
    told("POST", "/api/sync/plans/{id}/apply", RUN, STARTED),
    rule("GET", "/runs/{id}", READ),
    rule("GET", "/runs/{id}/cancel", READ),
    rule("POST", "/runs/{id}/cancel", RUN),
    rule("GET", "/runs/{id}/replay", READ),
    told("POST", "/runs/{id}/replay", RUN, STARTED),
    rule("GET", "/runs/{id}/resume", READ),
    told("POST", "/runs/{id}/resume", RUN, STARTED),
    rule("GET", "/runs/{id}/words", READ),
    told("POST", "/runs/{id}/words", CHANGE, SAVED),
    rule("GET", "/runs/{id}/delete-created", READ),
    rule("POST", "/runs/{id}/delete-created", CHANGE),
    rule("GET", "/plans/{id}", READ),
    rule("GET", "/plans/{id}/apply", READ),
    told("POST", "/plans/{id}/apply", RUN, STARTED),
    rule("GET", "/preview/{provider}/{direction}", READ),
    rule("POST", "/preview/{provider}/{direction}", RUN),
    rule("GET", "/playground/{provider}", READ),
    told("POST", "/playground/{provider}", CHANGE, SAVED),
    // Sources of data.
    told("POST", "/connectors", CHANGE, SAVED),
    rule("GET", "/connectors/new", READ),
    rule("GET", "/connectors/example", READ),
    told("POST", "/connectors/example", CHANGE, SAVED),
    rule("GET", "/connectors/{name}", READ),
    told("POST", "/connectors/{name}", CHANGE, SAVED),
    rule("GET", "/connectors/{name}/test", READ),
    rule("POST", "/connectors/{name}/test", RUN),
    rule("GET", "/connectors/{name}/sync", READ),
    told("POST", "/connectors/{name}/sync", RUN, STARTED),
    rule("GET", "/connectors/{name}/delete", READ),
    told("POST", "/connectors/{name}/delete", CHANGE, DELETED),
    rule("GET", "/connectors/{name}/mapping", READ),
    told("POST", "/connectors/{name}/mapping", CHANGE, SAVED),
    rule("GET", "/connectors/{name}/quality", READ),
    rule("GET", "/connectors/{name}/logs", READ),
    rule("GET", "/connectors/api/status", READ),
    rule("GET", "/connectors/api/metrics", READ),
    rule("GET", "/api/sources/{name}/quality", READ),
    rule("GET", "/data", READ),
    rule("GET", "/data/{table}", READ),
    rule("GET", "/api/data/{table}", READ),
    // Datasets.
    rule("GET", "/datasets", READ),
    rule("GET", "/datasets/{id}", READ),
    rule("GET", "/datasets/{id}/delete", READ),
    told("POST", "/datasets/{id}/delete", CHANGE, DELETED),
    rule("GET", "/api/datasets", READ),
    rule("GET", "/api/datasets/{id}", READ),
    told("DELETE", "/api/datasets/{id}", CHANGE, DELETED),
    rule("GET", "/api/datasets/{id}/rows", READ),
    rule("GET", "/api/datasets/{id}/versions", READ),
    rule("GET", "/api/datasets/{id}/differences", READ),
    rule("GET", "/api/datasets/{id}/export", READ),
    // Connections of any kind.
    rule("GET", "/connections", READ),
    told("POST", "/connections", CHANGE, SAVED),
    rule("GET", "/connections/new", READ),
    rule("GET", "/connections/test", READ),
    rule("POST", "/connections/test", RUN),
    rule("GET", "/connections/{id}", READ),
    told("POST", "/connections/{id}", CHANGE, SAVED),
    rule("GET", "/connections/{id}/test", READ),
    rule("POST", "/connections/{id}/test", RUN),
    rule("GET", "/connections/{id}/sync", READ),
    told("POST", "/connections/{id}/sync", RUN, STARTED),
    rule("GET", "/connections/{id}/accept-removals", READ),
    told("POST", "/connections/{id}/accept-removals", CHANGE, SAVED),
    rule("GET", "/connections/{id}/schedule", READ),
    told("POST", "/connections/{id}/schedule", CHANGE, SAVED),
    rule("GET", "/connections/{id}/hints", READ),
    told("POST", "/connections/{id}/hints", CHANGE, SAVED),
    rule("GET", "/connections/{id}/hints/off", READ),
    told("POST", "/connections/{id}/hints/off", CHANGE, SAVED),
    rule("GET", "/connections/{id}/rules", READ),
    told("POST", "/connections/{id}/rules", CHANGE, SAVED),
    rule("GET", "/connections/{id}/rules/remove", READ),
    told("POST", "/connections/{id}/rules/remove", CHANGE, SAVED),
    rule("GET", "/connections/{id}/key", READ),
    told("POST", "/connections/{id}/key", CHANGE, SAVED),
    rule("GET", "/connections/{id}/mapping", READ),
    told("POST", "/connections/{id}/mapping", CHANGE, SAVED),
    rule("GET", "/connections/{id}/recipes", READ),
    told("POST", "/connections/{id}/recipes", CHANGE, SAVED),
    rule("GET", "/connections/{id}/recipes/try", READ),
    rule("POST", "/connections/{id}/recipes/try", RUN),
    rule("GET", "/connections/{id}/delete", READ),
    told("POST", "/connections/{id}/delete", CHANGE, DELETED),
    rule("GET", "/api/connections/types", READ),
    rule("GET", "/api/connections/types/", READ),
    rule("GET", "/api/connections", READ),
    told("POST", "/api/connections", CHANGE, SAVED),
    rule("GET", "/api/connections/", READ),
    told("POST", "/api/connections/", CHANGE, SAVED),
    rule("POST", "/api/connections/test", RUN),
    rule("GET", "/api/connections/{id}", READ),
    told("PUT", "/api/connections/{id}", CHANGE, SAVED),
    told("DELETE", "/api/connections/{id}", CHANGE, DELETED),
    told("POST", "/api/connections/{id}/sync", RUN, STARTED),
    rule("GET", "/api/connections/{id}/history", READ),
    rule("GET", "/api/connections/{id}/schema", READ),
    rule("GET", "/api/connections/{id}/schedule", READ),
    told("PUT", "/api/connections/{id}/schedule", CHANGE, SAVED),
    rule("GET", "/api/connections/{id}/hints", CHANGE),
    told("PUT", "/api/connections/{id}/hints", CHANGE, SAVED),
    told("DELETE", "/api/connections/{id}/hints", CHANGE, SAVED),
    // The first step towards another grant of a connection, and the last.
    rule("GET", "/oauth/start/{connection}", CHANGE),
    told("GET", "/oauth/callback", CHANGE, SAVED),
    // Webhooks.
    rule("GET", "/webhooks", READ),
    told("POST", "/webhooks", CHANGE, SAVED),
    rule("GET", "/webhooks/{id}", READ),
    told("POST", "/webhooks/{id}", CHANGE, SAVED),
    rule("GET", "/webhooks/{id}/active", READ),
    told("POST", "/webhooks/{id}/active", CHANGE, SAVED),
    rule("GET", "/webhooks/{id}/secret", READ),
    told("POST", "/webhooks/{id}/secret", CHANGE, SAVED),
    rule("GET", "/webhooks/{id}/test", READ),
    rule("POST", "/webhooks/{id}/test", RUN),
    rule("GET", "/webhooks/{id}/deliveries/{delivery}/redeliver", READ),
    rule("POST", "/webhooks/{id}/deliveries/{delivery}/redeliver", RUN),
    rule("GET", "/webhooks/{id}/delete", READ),
    told("POST", "/webhooks/{id}/delete", CHANGE, DELETED),
    rule("GET", "/api/webhooks", READ),
    told("POST", "/api/webhooks", CHANGE, SAVED),
    rule("GET", "/api/webhooks/{id}", READ),
    told("PUT", "/api/webhooks/{id}", CHANGE, SAVED),
    told("DELETE", "/api/webhooks/{id}", CHANGE, DELETED),
    told("POST", "/api/webhooks/{id}/secret", CHANGE, SAVED),
    rule("POST", "/api/webhooks/{id}/test", RUN),
    rule("GET", "/api/webhooks/{id}/deliveries", READ),
    rule("POST", "/api/webhooks/{id}/deliveries/{delivery}/redeliver", RUN),
];

/// The rule for a request to an address of the router's.
pub(crate) fn rule_of(method: &Method, path: &str) -> Option<&'static Rule> {
    static BY_ADDRESS: LazyLock<HashMap<(&str, &str), &Rule>> =
        LazyLock::new(|| RULES.iter().map(|rule| ((rule.method, rule.path), rule)).collect());
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    BY_ADDRESS.get(&(method, path)).or_else(|| BY_ADDRESS.get(&("*", path))).copied()
}

/// Whether the table names an address, for whatever method.
pub(crate) fn is_named(path: &str) -> bool {
    static PATHS: LazyLock<HashSet<&str>> = LazyLock::new(|| RULES.iter().map(|rule| rule.path).collect());
    PATHS.contains(path)
}
