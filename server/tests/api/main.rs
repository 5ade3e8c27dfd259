//! The JSON API from outside: requests in, answers out, the simulator as the service.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod access;
mod access_doors;
mod access_limits;
mod access_members;
mod access_sessions;
mod access_tokens;
mod connection_pages;
mod connections;
mod connectors;
mod data;
mod data_pages;
mod dataset_pages;
mod datasets;
mod deals;
mod envelope;
mod every_route;
mod figures;
mod harness;
mod headers;
mod hooks;
mod ledger;
mod mapping_pages;
mod metrics;
mod oauth;
mod openapi;
mod people;
mod plans;
mod proxies;
mod recipe_pages;
mod rest_connections;
mod rule_pages;
mod runs;
mod source_odoo;
mod source_pages;
mod sources;
mod sync;
mod visitors;
mod webhook_pages;
mod webhook_receiver;
mod webhooks;
