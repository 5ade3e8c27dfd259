//! What Pipedrive refuses, and what people are told.

use std::collections::BTreeMap;
use std::time::Duration;

use connectors::{ErrorKind, Outcome, Retry, Settings};
use model::Value;
use sandbox::pipedrive::{Limits, Rights, block_page};
use sandbox::{Answer, Fault, Kind, Rule};
use secrecy::SecretString;
use serde_json::json;

use super::{PipedriveService, connection, text, with};
use crate::fixture::{Fixture, open};

/// Settings of an application whose refresh token gives other rights than the full ones: the access token is
/// put in the place of the first one it is given.
pub(super) fn granted(service: &PipedriveService, access: &str) -> Settings {
    let answer =
        json!({"access_token": access, "token_type": "Bearer", "expires_in": 3_599, "refresh_token": "r"});
    service
        .simulator
        .fault(Rule::new(Kind::Account, Fault::Answer(Answer::json(200, &answer))).on_path("/oauth/token"));
    application(service, &service.simulator.grant())
}

fn application(service: &PipedriveService, refresh: &str) -> Settings {
    let (id, secret) = service.simulator.client();
    let mut settings = service.settings();
    for (key, value) in [("auth_type", "oauth2"), ("oauth_grant", "refresh_token"), ("client_id", id)] {
        settings = with(settings, key, value);
    }
    settings.secrets = [("client_secret", secret), ("refresh_token", refresh)]
        .map(|(key, value)| (key.to_owned(), SecretString::from(value)))
        .into();
    settings
}

#[tokio::test]
async fn rights_plans_bills_and_blocks_are_told_apart() {
    for (fault, kind, said) in [
        (refusal(403, "Scope and URL mismatch", None), ErrorKind::Forbidden, "L'application Pipedrive"),
        (refusal(403, "Forbidden", None), ErrorKind::Forbidden, "L'utilisateur de ce token"),
        (
            refusal(403, "Limit reached", Some("feature_capping_deals_limit")),
            ErrorKind::Forbidden,
            "L'abonnement Pipedrive",
        ),
        (refusal(402, "Company account is not open", None), ErrorKind::Forbidden, "n'est pas actif"),
        (Fault::Answer(block_page()), ErrorKind::Forbidden, "Cloudflare"),
        (Fault::Unauthorized, ErrorKind::Unauthorized, "invalide ou révoqué"),
        (refusal(410, "Gone", None), ErrorKind::NotFound, "Pipedrive"),
    ] {
        let opened = open::<PipedriveService>(1).await;
        opened.script(Rule::new(Kind::List, fault).always());
        let error = opened.pages().await.expect_err("refused");
        assert_eq!((error.kind, error.retry), (kind, Retry::Never), "{error}");
        assert!(error.message.fr.contains(said), "{error}");
        assert_eq!(opened.service.log().count(Kind::List), 1, "{error}");
    }
}

pub(super) fn refusal(status: u16, error: &str, code: Option<&str>) -> Fault {
    let body = json!({"success": false, "error": error, "error_info": "", "data": null, "code": code});
    Fault::Answer(Answer::json(status, &body))
}

#[tokio::test]
async fn an_application_that_only_reads_says_so_when_it_is_to_write() {
    let service = PipedriveService::start(false).await;
    let token = service.simulator.access(Rights::read_only());
    let connection = connection(&service, granted(&service, &token));
    let stream = connection.discover().await.expect("streams").remove(0);
    let title = BTreeMap::from([("title".into(), text("A"))]);
    let error = connection.write(&stream, &[connectors::Write::Create(title)]).await.expect_err("read only");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.hint.expect("a hint").fr.contains("Deals"));
}

#[tokio::test]
async fn a_plan_that_is_full_ends_the_export_and_keeps_what_was_written() {
    let opened = open::<PipedriveService>(0).await;
    opened.service.deals().set_cap(Some(2));
    let batch: Vec<_> = (0..4).map(|number| opened.create(&PipedriveService::sample(number))).collect();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    let written = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Written(_))).count();
    assert_eq!((written, opened.service.stored().len()), (2, 2));
    for outcome in outcomes {
        match outcome {
            Outcome::Written(_) => {}
            Outcome::NotWritten(error) => assert!(error.message.fr.contains("abonnement"), "{error}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_token_of_another_company_is_told() {
    let opened = open::<PipedriveService>(0).await;
    let elsewhere = connection(&opened.service, opened.service.settings_elsewhere());
    let error = elsewhere.check().await.expect_err("another company");
    assert!(error.message.fr.contains("« ailleurs »") && error.message.fr.contains("« acme »"), "{error}");
    let pasted = with(opened.service.settings(), "company_domain", "https://acme.pipedrive.com/pipeline/1");
    let account = connection(&opened.service, pasted).check().await.expect("the account");
    assert_eq!(account.name, "Cave du Port");
}

#[tokio::test]
async fn a_burst_that_is_used_up_is_waited_for_as_the_service_says() {
    let opened = open::<PipedriveService>(3).await;
    opened.service.simulator.set_limits(Limits::default());
    opened.service.simulator.exhaust(opened.service.simulator.token());
    opened.service.log().clear();
    let pages = opened.pages().await.expect("after two seconds");
    assert_eq!(pages[0].records.len(), 3);
    let refused = opened.service.log().entries().iter().filter(|entry| entry.status == Some(429)).count();
    assert_eq!(refused, 1, "nobody asks again before the burst is full again");
    assert!(opened.service.log().during_lockout(Duration::from_millis(1_900)).is_empty());
}

#[tokio::test]
async fn a_day_that_is_used_up_is_not_waited_for() {
    let opened = open::<PipedriveService>(3).await;
    opened.service.simulator.set_limits(Limits::default());
    opened.service.simulator.use_up_day();
    opened.service.log().clear();
    let error = opened.pages().await.expect_err("no calls left today");
    assert_eq!((error.kind, error.retry), (ErrorKind::RateLimited, Retry::Never));
    assert!(error.message.fr.contains("quota"), "{error}");
    assert_eq!(opened.service.log().count(Kind::Any), 1);
    // What is left does not pay for a page, though it would pay for one record.
    opened.service.simulator.set_limits(Limits { daily: Some(9), ..Limits::default() });
    opened.service.log().clear();
    let error = opened.connection.count(&opened.stream, 10).await.expect_err("9 are not 10");
    assert_eq!((error.kind, error.retry), (ErrorKind::RateLimited, Retry::Never));
    assert_eq!(opened.service.log().count(Kind::Any), 1);
}

#[tokio::test]
async fn an_application_renews_its_tokens_until_it_is_uninstalled() {
    let service = PipedriveService::start(false).await;
    service.fill(3);
    let connection = connection(&service, application(&service, &service.simulator.grant()));
    assert_eq!(connection.check().await.expect("an account").name, "Cave du Port");
    service.simulator.end_access();
    let stream = connection.discover().await.expect("with a new token").remove(0);
    assert_eq!(stream.id, "deals");
    service.simulator.uninstall();
    let error = connection.count(&stream, 10).await.expect_err("uninstalled");
    assert_eq!(error.kind, ErrorKind::Unauthorized);
}

#[tokio::test]
async fn a_redirect_is_no_company() {
    let opened = open::<PipedriveService>(0).await;
    opened.next(Kind::Account, Fault::Answer(Answer::html(404, "<html><body>Not found</body></html>")));
    let error = opened.connection.check().await.expect_err("nobody is there");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("acme.pipedrive.com"), "{error}");
}

#[tokio::test]
async fn a_refused_record_is_told_in_the_service_s_words() {
    let opened = open::<PipedriveService>(1).await;
    let id = opened.service.stored()[0].clone();
    let update = opened.update(&id, &BTreeMap::from([("Currency", Value::Text("eur".to_owned()))]));
    let outcomes = opened.connection.write(&opened.stream, &[update]).await.expect("an outcome");
    let [Outcome::Rejected(reason)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert!(reason.fr.contains("currency: has an invalid value"), "{}", reason.fr);
}
