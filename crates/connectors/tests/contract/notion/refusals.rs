//! What people are told when Notion says no.

use connectors::ErrorKind;
use connectors::http::{Http, Policy};
use model::StreamSchema;
use sandbox::notion::{Grant, Id, Property};
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{NotionService, connection, settings};
use crate::fixture::{Fixture, connect, open};

const NOT_SHARED: &str =
    "Base de données Notion inaccessible. Vérifiez que l'intégration est connectée à la page.";

#[tokio::test]
async fn the_two_messages_of_the_contract_are_exact() {
    let service = NotionService::start(false).await;
    let database = service.database.id().to_string();
    let error =
        connection(&service, settings(&database, "ntn_wrong")).check().await.expect_err("wrong token");
    assert_eq!(
        (error.kind, &*error.message.fr),
        (ErrorKind::Unauthorized, "Token Notion invalide ou révoqué")
    );
    let elsewhere = connection(&service, service.settings_elsewhere());
    let error = elsewhere.discover().await.expect_err("no database");
    assert_eq!((error.kind, &*error.message.fr), (ErrorKind::NotFound, NOT_SHARED));
    let hint = error.hint.expect("a hint");
    assert!(hint.fr.contains("Connexions") && hint.en.contains("Connections"), "{hint:?}");
}

#[tokio::test]
async fn a_database_that_is_not_shared_is_told_like_a_missing_one() {
    let opened = open::<NotionService>(3).await;
    opened.service.database.unshare();
    let error = opened.connection.check().await.expect_err("not shared");
    assert_eq!((error.kind, &*error.message.fr), (ErrorKind::NotFound, NOT_SHARED));
    let error = opened.pages().await.expect_err("not shared any more");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("« Deals »") && error.message.fr.contains("partagée"), "{error}");
}

#[tokio::test]
async fn a_database_in_the_trash_does_not_pass_for_an_empty_one() {
    let service = NotionService::start(false).await;
    let connection = connection(&service, service.settings());
    service.database.set_trashed(true);
    for error in [
        connection.check().await.expect_err("in the trash"),
        connection.discover().await.expect_err("in the trash"),
    ] {
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert!(error.message.fr.contains("corbeille") && error.hint.is_some(), "{error}");
    }
}

#[tokio::test]
async fn the_account_has_the_name_of_its_database() {
    let service = NotionService::start(false).await;
    let by_database = connection(&service, service.settings());
    assert_eq!(by_database.check().await.expect("an account").name, "Suite");
    let source = settings(&service.source.id().to_string(), service.simulator.token());
    assert_eq!(connection(&service, source).check().await.expect("an account").name, "Deals");
}

#[tokio::test]
async fn the_database_is_found_in_whatever_is_pasted() {
    let service = NotionService::start(false).await;
    let (database, source) = (service.database.id().to_string(), service.source.id().to_string());
    let undashed = database.replace('-', "");
    let view = Id::named("view").to_string().replace('-', "");
    for pasted in [
        database.clone(),
        undashed.clone(),
        undashed.to_uppercase(),
        source,
        format!("https://www.notion.so/acme/{undashed}?v={view}"),
        format!("https://www.notion.so/acme/Mes-deals-{undashed}?v={view}&pvs=4"),
    ] {
        let settings = settings(&pasted, &format!(" {} ", service.simulator.token()));
        let streams = connection(&service, settings).discover().await.expect("the streams");
        assert_eq!(streams.iter().map(|stream| &*stream.name).collect::<Vec<_>>(), ["Deals"], "{pasted}");
    }
}

#[tokio::test]
async fn every_data_source_is_a_stream() {
    let service = NotionService::start(false).await;
    let other = service.database.data_source("Archives", [Property::title("Titre")]);
    let streams = connection(&service, service.settings()).discover().await.expect("the streams");
    let named: Vec<(&str, String)> =
        streams.iter().map(|stream| (&*stream.name, stream.id.clone())).collect();
    assert_eq!(named, [("Deals", service.source.id().to_string()), ("Archives", other.id().to_string())]);
    let one = settings(&other.id().to_string(), service.simulator.token());
    let streams = connection(&service, one).discover().await.expect("the stream");
    assert_eq!(streams.iter().map(|stream| &*stream.name).collect::<Vec<_>>(), ["Archives"]);
}

#[tokio::test]
async fn the_title_comes_first_and_options_are_told() {
    let opened = open::<NotionService>(0).await;
    assert_eq!(opened.stream.fields[0].native_type, "title");
    assert_eq!(opened.field("Status").options, ["Lead", "Négociation", "Won"]);
    assert!(opened.field("Due Date").writable && !opened.field("Number").writable);
}

#[tokio::test]
async fn the_id_of_a_page_is_told_apart() {
    let service = NotionService::start(false).await;
    let body = json!({"object": "error", "status": 400, "code": "validation_error",
        "message": "Provided database_id x is a page, not a database. Use the pages API instead."});
    service.faults().add(Rule::new(Kind::Schema, Fault::Answer(Answer::json(400, &body))));
    let error = connection(&service, service.settings()).check().await.expect_err("a page");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert_eq!(error.message.fr, "Cet identifiant est celui d'une page Notion, pas d'une base de données.");
}

#[tokio::test]
async fn a_missing_capability_is_named() {
    let opened = open::<NotionService>(1).await;
    let token = opened.service.simulator.grant(Grant::read_only());
    let reader = connection(&opened.service, settings(&opened.service.database.id().to_string(), &token));
    let create = opened.create(&NotionService::sample(0));
    let error = reader.write(&opened.stream, &[create]).await.expect_err("not allowed");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.fr.contains("« Mettre à jour et insérer du contenu »"), "{error}");
    assert!(error.hint.expect("a hint").fr.contains("Capacités"));
}

#[tokio::test]
async fn a_stream_that_is_gone_is_named() {
    let opened = open::<NotionService>(0).await;
    let gone = StreamSchema { id: Id::named("gone").to_string(), ..opened.stream.clone() };
    let error = opened.connection.count(&gone, 10).await.expect_err("it is gone");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("« Deals »"), "{error}");
}

#[tokio::test]
async fn settings_that_are_no_id_are_told_before_anything_is_sent() {
    let service = NotionService::start(false).await;
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = connectors::Context { http, base_url: Some(service.base_url()), tokens: None };
    for typed in ["Deals", "../users", "https://www.notion.so/acme"] {
        let Err(error) = NotionService::connector().connect(&context, settings(typed, "ntn_x")) else {
            panic!("{typed}")
        };
        assert_eq!(error.kind, ErrorKind::InvalidSettings, "{typed}");
    }
}

#[tokio::test]
async fn an_address_of_the_api_that_is_none_is_told() {
    let service = NotionService::start(false).await;
    let http = Http::new(Policy::without_waiting()).expect("a client");
    for address in ["api.notion.com", "ftp://api.notion.com", ""] {
        let context =
            connectors::Context { http: http.clone(), base_url: Some(address.to_owned()), tokens: None };
        let Err(error) = NotionService::connector().connect(&context, service.settings()) else {
            panic!("{address}")
        };
        assert_eq!(error.kind, ErrorKind::InvalidSettings);
        assert!(error.hint.expect("a hint").fr.contains("NOTION_API_URL"));
    }
}

#[tokio::test]
async fn connections_with_one_token_share_a_limit() {
    let service = NotionService::start(true).await;
    let http = Http::new(Policy::default()).expect("a client");
    let first = connect(&service, &http, service.settings());
    let second =
        connect(&service, &http, settings(&service.source.id().to_string(), service.simulator.token()));
    for _ in 0..3 {
        let (one, other) = tokio::join!(first.check(), second.check());
        one.and(other).expect("an account");
    }
    assert!(service.log().entries().iter().all(|entry| entry.status != Some(429)));
}
