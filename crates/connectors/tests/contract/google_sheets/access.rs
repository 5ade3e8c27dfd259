//! Whose requests they are, and what people are told when they are refused.

use connectors::http::{Http, Policy};
use connectors::{Context, Error, ErrorKind, Settings};
use sandbox::sheets::Role;
use sandbox::{Kind, Rule};
use secrecy::SecretString;

use super::{BOOK, SheetsService, connection};
use crate::fixture::{Fixture, stream_of};

/// Settings with the key file of the simulator's service account.
fn by_key(service: &SheetsService) -> Settings {
    keyed(&service.simulator.key_file())
}

fn keyed(file: &str) -> Settings {
    Settings {
        values: [("spreadsheet_id".to_owned(), BOOK.to_owned())].into(),
        secrets: [("service_account_json".to_owned(), SecretString::from(file))].into(),
    }
}

async fn refused(service: &SheetsService, settings: Settings) -> Error {
    let error = connection(service, settings).check().await.expect_err("it is refused");
    assert!(error.hint.is_some(), "{error}");
    error
}

#[tokio::test]
async fn a_service_account_reads_and_writes() {
    let service = SheetsService::start(false).await;
    service.fill(3);
    let connection = connection(&service, by_key(&service));
    assert_eq!(connection.check().await.expect("an account").name, "Suite");
    let stream = stream_of(&*connection, SheetsService::STREAM).await;
    assert_eq!(stream.id, "1204567890");
    service.simulator.end_tokens();
    assert!(connection.check().await.is_ok(), "a token that ended is had anew");
}

#[tokio::test]
async fn every_refusal_is_told_apart() {
    let service = SheetsService::start(false).await;
    let (simulator, account) = (&service.simulator, service.simulator.account());

    simulator.share(BOOK, account, None);
    let error = refused(&service, by_key(&service)).await;
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.hint.expect("a hint").fr.contains(account), "it says with whom to share");
    simulator.share(BOOK, account, Some(Role::Writer));

    simulator.disable(true);
    let error = refused(&service, by_key(&service)).await;
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.fr.contains("n'est pas activée"), "{error}");
    simulator.disable(false);

    let error = refused(&service, service.settings_elsewhere()).await;
    assert_eq!(error.kind, ErrorKind::NotFound);

    simulator.revoke_all();
    let error = refused(&service, by_key(&service)).await;
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.message.en.contains("Invalid JWT Signature"), "{error}");
    let error = refused(&service, service.settings()).await;
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.message.fr.contains("expiré ou a été révoquée"), "{error}");
}

#[tokio::test]
async fn who_may_only_read_is_told_so_when_writing() {
    let service = SheetsService::start(false).await;
    let account = service.simulator.account();
    service.simulator.share(BOOK, account, Some(Role::Reader));
    let connection = connection(&service, by_key(&service));
    let stream = stream_of(&*connection, SheetsService::STREAM).await;
    let create = connectors::Write::Create([("Nom".into(), model::Value::Text("x".to_owned()))].into());
    let error = connection.write(&stream, &[create]).await.expect_err("read only");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.hint.expect("a hint").en.contains("Editor"), "{}", error.message.en);
}

#[tokio::test]
async fn a_key_file_that_is_none_is_told_before_anything_is_sent() {
    let service = SheetsService::start(false).await;
    let wrong_key = service.simulator.key_file().replace("MII", "CANARY");
    for file in ["CANARY", "{\"type\": \"authorized_user\"}", &wrong_key] {
        let http = Http::new(Policy::without_waiting()).expect("a client");
        let context = Context { http, base_url: Some(service.base_url()), tokens: None };
        let connected = SheetsService::connector().connect(&context, keyed(file));
        let error = connected.err().expect("nothing to connect with");
        assert_eq!(error.kind, ErrorKind::InvalidSettings, "{error}");
        assert!(!format!("{error:?}").contains("CANARY"));
    }
    assert!(service.log().entries().is_empty());
}

#[tokio::test]
async fn a_key_is_never_shown() {
    let service = SheetsService::start(false).await;
    let file = service.simulator.key_file();
    let body: String = file.lines().find(|line| line.contains("PRIVATE KEY")).expect("a key").to_owned();
    let secret = &body[60..120];
    for kind in [Kind::Account, Kind::Schema] {
        service.simulator.fault(Rule::new(kind, SheetsService::echo(403, &body)).always());
        let error = connection(&service, by_key(&service)).check().await.expect_err("refused");
        assert!(!format!("{error:?}").contains(secret), "{error}");
        service.simulator.faults().clear();
    }
}

#[tokio::test]
async fn a_person_agrees_at_googles_page() {
    let service = SheetsService::start(false).await;
    let mut settings = service.settings();
    settings.values.insert("auth_type".to_owned(), "authorization_code".to_owned());
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: Some(service.base_url()), tokens: None };
    let client = SheetsService::connector().oauth2(&context, &settings).expect("a client").expect("no fault");
    let page =
        client.authorize("http://127.0.0.1:3000/oauth/callback", "state", "challenge").expect("a page");
    let asked: Vec<(String, String)> = page.query_pairs().into_owned().collect();
    for (name, value) in [
        ("access_type", "offline"),
        ("prompt", "consent"),
        ("scope", "https://www.googleapis.com/auth/spreadsheets"),
    ] {
        assert!(asked.contains(&(name.to_owned(), value.to_owned())), "{asked:?}");
    }
    assert!(SheetsService::connector().oauth2(&context, &by_key(&service)).is_none(), "nobody has to agree");
    let error = refused(&service, settings).await;
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.message.fr.contains("Personne n'a encore autorisé"), "{error}");
}
