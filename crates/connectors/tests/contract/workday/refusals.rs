//! Each refusal is told in its own words.

use connectors::ErrorKind;
use sandbox::workday::{Simulator, TENANT};
use sandbox::{Answer, Fault, Kind, Rule};

use super::{by_client, by_user, described, filled, open, open_report, read, report_url};

#[tokio::test]
async fn wrong_revoked_and_insufficient_credentials_are_told_apart() {
    let simulator = filled(3).await;
    for (key, told) in [
        ("password", "refuse les identifiants"),
        ("client_secret", "ne reconnaît pas l'application"),
        ("refresh_token", "expiré ou a été révoquée"),
    ] {
        let mut settings = match key {
            "password" => by_user(TENANT, &report_url(TENANT)),
            _ => by_client(TENANT, ""),
        };
        settings.secrets.insert(key.to_owned(), "wrong".into());
        let error = open(&simulator, settings).check().await.expect_err(key);
        assert_eq!(error.kind, ErrorKind::Unauthorized, "{key}: {error}");
        assert!(error.message.fr.contains(told) && error.hint.is_some(), "{key}: {error}");
    }
    simulator.allow(false);
    for (settings, told) in [
        (by_user(TENANT, &report_url(TENANT)), "lire le rapport « Passerelle_Workers »"),
        (by_client(TENANT, ""), "lire les collaborateurs"),
    ] {
        let error = open(&simulator, settings).check().await.expect_err("no right");
        assert_eq!(error.kind, ErrorKind::Forbidden);
        assert!(error.message.fr.contains(told) && error.hint.is_some(), "{error}");
    }
}

#[tokio::test]
async fn a_renamed_report_is_told_from_an_unknown_tenant() {
    let simulator = filled(3).await;
    let connection = open_report(&simulator);
    let stream = described(&*connection).await;
    simulator.rename_report("Other");
    for error in [
        read(&*connection, &stream).await.expect_err("it was renamed"),
        connection.check().await.expect_err("it was renamed"),
        connection.discover().await.expect_err("it was renamed"),
    ] {
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert!(error.message.fr.contains("le rapport « Passerelle_Workers »"), "{error}");
    }
    let error = open(&simulator, by_client("nobody", "")).check().await.expect_err("no such tenant");
    assert_eq!(error.kind, ErrorKind::NotFound);
    assert!(error.message.fr.contains("le tenant « nobody »"), "{error}");
}

#[tokio::test]
async fn a_report_that_lacks_an_answer_is_refused_once_in_its_own_words() {
    let simulator = filled(3).await;
    let connection = open_report(&simulator);
    let stream = described(&*connection).await;
    simulator.require_prompt("Effective_as_of_Date");
    simulator.log().clear();
    let error = read(&*connection, &stream).await.expect_err("a prompt is missing");
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.fr.contains("Prompt Effective_as_of_Date is required"), "{error}");
    assert_eq!(simulator.log().count(Kind::List), 1, "it would say so again");
}

#[tokio::test]
async fn xml_in_place_of_json_and_another_address_are_told() {
    let answered = async |simulator: &Simulator, answer: Answer| {
        let connection = open_report(simulator);
        let stream = described(&*connection).await;
        simulator.fault(Rule::new(Kind::List, Fault::Answer(answer)));
        read(&*connection, &stream).await.expect_err("no rows")
    };
    let simulator = filled(3).await;
    let xml = Answer::text(200, "text/xml", "<?xml version=\"1.0\"?><wd:Report_Data/>");
    let error = answered(&simulator, xml).await;
    assert!(error.kind == ErrorKind::UnexpectedReply && error.message.fr.contains("en XML"), "{error}");
    let page = Answer::html(302, "").header("location", "https://impl.workday.com/cave/login");
    let error = answered(&simulator, page).await;
    assert!(error.message.fr.contains("impl.workday.com"), "{error}");
}

#[tokio::test]
async fn a_revoked_client_is_unauthorized_whatever_it_does() {
    let simulator = filled(3).await;
    let connection = open(&simulator, by_client(TENANT, ""));
    let stream = described(&*connection).await;
    simulator.revoke();
    for error in [
        connection.check().await.expect_err("check"),
        connection.discover().await.expect_err("discover"),
        connection.count(&stream, 10).await.expect_err("count"),
        read(&*connection, &stream).await.expect_err("read"),
    ] {
        assert_eq!(error.kind, ErrorKind::Unauthorized, "{error}");
        assert!(error.hint.is_some_and(|hint| hint.fr.contains("Reconnectez")));
    }
}
