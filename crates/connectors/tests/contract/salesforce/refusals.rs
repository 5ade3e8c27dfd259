//! Wrong, revoked and insufficient credentials, and other things that are missing.

use connectors::{Error, ErrorKind, Retry};
use model::Text;
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{SalesforceService, connection, settings, with};
use crate::fixture::{Fixture, open};

/// The kind of an error and what it says.
fn told(error: &Error) -> (ErrorKind, &str) {
    (error.kind, &error.message.fr)
}

fn refusal(status: u16, code: &str, message: &str) -> Fault {
    Fault::Answer(Answer::json(status, &json!([{"errorCode": code, "message": message}])))
}

#[tokio::test]
async fn credentials_are_told_apart() {
    let opened = open::<SalesforceService>(1).await;
    let check = async |settings| connection(&opened.service, settings).check().await.expect_err("refused");
    let wrong = check(settings("nonsense")).await;
    assert_eq!(wrong.kind, ErrorKind::Unauthorized);
    assert!(wrong.message.fr.contains("a expiré ou a été révoqué"), "{wrong}");

    opened.next(
        Kind::Schema,
        refusal(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API"),
    );
    let (kind, message) =
        (ErrorKind::Unauthorized, "Cette session de Salesforce ne donne pas accès à l'API REST.");
    assert_eq!(told(&check(opened.service.settings()).await), (kind, message));

    opened.service.simulator.set_api(false);
    let no_api = check(opened.service.settings()).await;
    assert_eq!(no_api.kind, ErrorKind::Forbidden);
    assert!(
        no_api.hint.as_ref().is_some_and(|hint: &Text| hint.fr.contains("« API activée »")),
        "{no_api:?}"
    );
    opened.service.simulator.set_api(true);

    opened.service.deals().allow_writing(false);
    let reader = connection(&opened.service, opened.service.settings());
    let streams = reader.discover().await.expect("streams");
    assert!(streams[0].fields.iter().all(|field| !field.writable));
    let create = opened.create(&SalesforceService::sample(1));
    let error = reader.write(&streams[0], &[create]).await.expect_err("no right");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.fr.contains("« Opportunities »"), "{error}");

    opened.next(Kind::List, refusal(403, "INSUFFICIENT_ACCESS", "insufficient access rights"));
    assert_eq!(opened.pages().await.expect_err("no right").kind, ErrorKind::Forbidden);
}

#[tokio::test]
async fn a_used_up_day_is_no_missing_right() {
    let opened = open::<SalesforceService>(1).await;
    opened.service.simulator.use_up(1_000_000_000);
    let error = opened.pages().await.expect_err("none left");
    assert_eq!((error.kind, error.retry), (ErrorKind::RateLimited, Retry::Never));
    assert!(error.message.fr.contains("24 heures"), "{error}");
    assert_eq!(opened.service.log().count(Kind::List), 1);
    assert_eq!(opened.connection.budgets()[0].left, 0);
}

#[tokio::test]
async fn too_many_at_once_is_waited_for() {
    let opened = open::<SalesforceService>(3).await;
    let busy = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
    opened.script(Rule::new(Kind::List, refusal(403, "REQUEST_LIMIT_EXCEEDED", busy)).times(2));
    opened.script(Rule::new(Kind::List, refusal(420, "", "")));
    opened.pages().await.expect("after a pause");
    assert_eq!(opened.service.faults().pending(), 0);
}

#[tokio::test]
async fn what_is_not_there_is_named_with_what_is() {
    let service = SalesforceService::start(false).await;
    let check = async |key, value| {
        let error =
            connection(&service, with(service.settings(), key, value)).check().await.expect_err("missing");
        assert_eq!(error.kind, ErrorKind::NotFound, "{error}");
        (error.message.fr.clone(), error.hint.expect("a hint").fr.to_string())
    };
    let (message, hint) = check("object_type", "Opportunities").await;
    assert!(message.contains("« Opportunities »"), "{message}");
    assert!(hint.contains("Opportunity") || hint.contains("nom API"), "{hint}");
    let (_, hint) = check("object_type", "Product").await;
    assert!(hint.contains("Product2"), "{hint}");
    let (message, hint) = check("api_version", "v99.0").await;
    assert!(message.contains("v99.0") && hint.contains("laissez la version"), "{message} {hint}");
}

#[tokio::test]
async fn a_query_that_takes_too_long_is_not_repeated() {
    let opened = open::<SalesforceService>(3).await;
    opened.script(
        Rule::new(Kind::List, refusal(400, "QUERY_TIMEOUT", "Your query request was running for too long."))
            .always(),
    );
    let error = opened.pages().await.expect_err("too long");
    assert_eq!((error.kind, opened.service.log().count(Kind::List)), (ErrorKind::Unavailable, 1));
}
