//! What people are told when Airtable says no.

use std::sync::Arc;

use connectors::http::{Http, Policy};
use connectors::{Connection, ErrorKind, Settings};
use sandbox::airtable::{Grant, scopes};
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{AirtableService, BASE, settings};
use crate::fixture::{Fixture, connect, open, stream_of};

fn connection(service: &AirtableService, settings: Settings) -> Arc<dyn Connection> {
    connect(service, &Http::new(Policy::without_waiting()).expect("a client"), settings)
}

#[tokio::test]
async fn the_two_messages_of_the_contract_are_exact() {
    let service = AirtableService::start(false).await;
    let error = connection(&service, settings(BASE, "patWrong")).check().await.expect_err("wrong token");
    assert_eq!(
        (error.kind, &*error.message.fr),
        (ErrorKind::Unauthorized, "Token Airtable invalide ou expiré")
    );
    let error = connection(&service, service.settings_elsewhere()).discover().await.expect_err("no base");
    assert_eq!((error.kind, &*error.message.fr), (ErrorKind::NotFound, "Base Airtable introuvable"));
    let hint = error.hint.expect("a hint");
    assert!(hint.fr.contains("app…") && hint.en.contains("app…"));
    for (status, body) in [
        (403, json!({"error": {"type": "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND", "message": "…"}})),
        (404, json!({"error": "NOT_FOUND"})),
        (404, json!({"error": {"type": "NOT_FOUND"}})),
        (403, json!(null)),
    ] {
        service.faults().add(Rule::new(Kind::Schema, Fault::Answer(Answer::json(status, &body))));
        let error = connection(&service, service.settings()).check().await.expect_err("no base");
        assert_eq!(
            (error.kind, &*error.message.fr),
            (ErrorKind::NotFound, "Base Airtable introuvable"),
            "{status} {body}"
        );
    }
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let service = AirtableService::start(false).await;
    let token =
        service.simulator.grant(Grant::default().scopes(&[scopes::RECORDS_READ, scopes::RECORDS_WRITE]));
    let error = connection(&service, settings(BASE, &token)).check().await.expect_err("no schema");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert_eq!(error.message.fr, "Il manque le droit schema.bases:read au token Airtable.");
    let token = service.simulator.grant(Grant::default().scopes(&[scopes::SCHEMA_READ]));
    let blind = connection(&service, settings(BASE, &token));
    let stream = stream_of(&*blind, "Deals").await;
    let error = blind.count(&stream, 10).await.expect_err("no records");
    assert_eq!(error.message.fr, "Il manque le droit data.records:read au token Airtable.");
}

#[tokio::test]
async fn a_token_without_this_base_finds_none() {
    let service = AirtableService::start(false).await;
    let token = service.simulator.grant(Grant::default().bases(&[]));
    let error = connection(&service, settings(BASE, &token)).check().await.expect_err("no base");
    assert_eq!(error.message.fr, "Base Airtable introuvable");
}

#[tokio::test]
async fn the_base_is_found_in_a_pasted_address() {
    let service = AirtableService::start(false).await;
    let address =
        format!(" https://airtable.com/{BASE}/{}/viwAAAAAAAAAAAAAA?blocks=hide ", service.table.id());
    let pasted = connection(&service, settings(&address, &format!(" {} ", service.simulator.token())));
    assert_eq!(pasted.discover().await.expect("the tables").len(), 1);
}

#[tokio::test]
async fn a_table_deleted_while_it_is_read_is_named() {
    let opened = open::<AirtableService>(250).await;
    let base = opened.service.base.clone();
    opened.script(Rule::new(Kind::List, Fault::meanwhile(move || base.delete_table("Deals"))).nth(2));
    let error = opened.pages().await.expect_err("it is gone");
    assert_eq!(error.message.fr, "La table « Deals » n'existe plus dans la base Airtable.");
    assert_eq!(error.hint.expect("a hint").fr, "La base n'a aucune table.");
}

#[tokio::test]
async fn a_base_deleted_while_it_is_read_is_told() {
    let opened = open::<AirtableService>(0).await;
    opened.service.simulator.remove_base(opened.service.base.id());
    let error = opened.pages().await.expect_err("it is gone");
    assert_eq!(error.message.fr, "Base Airtable introuvable");
}

#[tokio::test]
async fn an_address_of_the_api_that_is_none_is_told() {
    let service = AirtableService::start(false).await;
    let http = Http::new(Policy::without_waiting()).expect("a client");
    for address in ["api.airtable.com", "ftp://api.airtable.com", ""] {
        let context =
            connectors::Context { http: http.clone(), base_url: Some(address.to_owned()), tokens: None };
        let Err(error) = AirtableService::connector().connect(&context, service.settings()) else {
            panic!("{address}")
        };
        assert_eq!(error.kind, ErrorKind::InvalidSettings);
        assert!(error.hint.expect("a hint").fr.contains("AIRTABLE_API_URL"));
    }
}
