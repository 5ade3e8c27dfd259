//! The pages of webhooks: whole without script, and their forms.

use std::time::Duration;

use axum::http::{Method, StatusCode};

use crate::harness::{Answer, TestApp, request, with_form, with_header};
use crate::webhook_receiver::{Receiver, allowed};

#[track_caller]
fn page(answer: &Answer) -> &str {
    assert!(answer.header("content-type").starts_with("text/html"), "{} {}", answer.status, answer.text);
    &answer.text
}

/// The tag of the page that holds this mark.
#[track_caller]
fn tag<'a>(html: &'a str, mark: &str) -> &'a str {
    let at = html.find(mark).expect(mark);
    let begin = html[..at].rfind('<').unwrap();
    let end = html[at..].find('>').unwrap();
    &html[begin..at + end]
}

#[track_caller]
fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part}");
    }
}

#[track_caller]
fn leads(answer: &Answer, to: &str) {
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, to), "{}", answer.text);
}

/// The secret that a page tells.
fn secret(answer: &Answer) -> Option<String> {
    let from = answer.text.find("whsec_")?;
    let rest = &answer.text[from..];
    Some(rest[..rest.find('<').unwrap_or(rest.len())].trim().to_owned())
}

/// A program with a webhook, and its receiver.
async fn added(path: &str) -> (TestApp, Receiver) {
    let (app, receiver) = (allowed(Duration::from_secs(15)).await, Receiver::start().await);
    let url = format!("{}{path}", receiver.url);
    let values = [("url", url.as_str()), ("title", "Équipe <b>"), ("events", "run.failed")];
    let answer = app.form("/webhooks", &values).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    (app, receiver)
}

#[tokio::test]
async fn the_secret_is_shown_once() {
    let app = allowed(Duration::from_secs(15)).await;
    let empty = app.get("/webhooks").await;
    has(page(&empty), &["Aucun webhook", "Ajouter un webhook", "name=\"url\""]);
    assert!(tag(&empty.text, "value=\"token.expired\"").contains("checked"), "everything is told");
    assert!(app.get("/connections").await.text.contains("href=\"/webhooks\""));

    let values = [
        ("url", "https://example.com/hook"),
        ("title", ""),
        ("events", "run.failed"),
        ("events", "token.expired"),
    ];
    let answer = app.form("/webhooks", &values).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let first = secret(&answer).unwrap();
    has(page(&answer), &["Il ne sera plus affiché", "example.com", "Identifiants refusés"]);
    assert!(!tag(&answer.text, "value=\"run.finished\"").contains("checked"));
    for path in ["/webhooks", "/webhooks/1"] {
        let later = app.get(path).await;
        assert!(page(&later).contains("https://example.com/hook"));
        assert_eq!(secret(&later), None, "{path}");
    }

    let renewed = app.form("/webhooks/1/secret", &[]).await;
    assert_eq!((renewed.status, renewed.header("cache-control")), (StatusCode::OK, "no-store"));
    let second = secret(&renewed).unwrap();
    assert_ne!(first, second);
    assert_eq!(secret(&app.get("/webhooks/1").await), None);
    leads(&app.get("/webhooks/1/secret").await, "/webhooks/1");
}

#[tokio::test]
async fn a_fault_is_told_with_what_was_typed() {
    let app = allowed(Duration::from_secs(15)).await;
    for (url, events, says) in [
        ("nulle part <i>", Some("run.failed"), "en est pas une"),
        ("ftp://example.com", Some("run.failed"), "est pas autorisée"),
        ("https://example.com", None, "Choisissez au moins un événement"),
    ] {
        let mut values = vec![("url", url), ("title", "CRM <b>")];
        values.extend(events.map(|events| ("events", events)));
        let answer = app.form("/webhooks", &values).await;
        assert_eq!(answer.status.as_u16(), 422, "{url}");
        has(page(&answer), &["Ce webhook n'a pas été enregistré", says, "CRM &lt;b"]);
        assert!(!answer.text.contains("<i>") && !answer.text.contains("CRM <b>"), "shown as text");
        assert_eq!(tag(&answer.text, "value=\"run.failed\"").contains("checked"), events.is_some());
        assert!(!tag(&answer.text, "value=\"run.finished\"").contains("checked"));
    }
    assert!(app.get("/webhooks").await.text.contains("Aucun webhook"), "nothing was stored");
    let english = with_header(request(Method::POST, "/webhooks"), "accept-language", "en");
    let answer = app.send(with_form(english, &[("url", "https://example.com")])).await;
    has(page(&answer), &["Choose at least one event", "This webhook was not saved"]);
}

#[tokio::test]
async fn a_webhook_is_tested_and_its_messages_are_listed() {
    let (app, receiver) = added("/ok").await;
    let list = app.get("/webhooks").await;
    has(page(&list), &["Équipe &lt;b", "Synchronisation échouée", "Actif", "Tester"]);
    let tested = app.form("/webhooks/1/test", &[]).await;
    assert_eq!(tested.status, StatusCode::OK);
    has(page(&tested), &["est arrivé", "200", "Essai", "Remis", "Contenu", "Renvoyer"]);
    assert_eq!(receiver.arrived().len(), 1);
    let [(headers, _)] = &receiver.arrived()[..] else { unreachable!() };
    assert!(tested.text.contains("&quot;type&quot;") || tested.text.contains("\"type\""), "what was sent");

    leads(&app.form("/webhooks/1/deliveries/1/redeliver", &[]).await, "/webhooks/1?notice=resent#deliveries");
    tokio::time::timeout(Duration::from_secs(30), async {
        while receiver.arrived().len() < 2 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    assert_eq!(receiver.arrived()[1].0["webhook-id"], headers["webhook-id"], "the same message");
    for _ in 0..20 {
        app.form("/webhooks/1/test", &[]).await;
    }
    let second = app.get("/webhooks/1?deliveries=20").await;
    has(page(&second), &["21 à 22", "href=\"/webhooks/1?deliveries=0#deliveries\""]);
    assert_eq!(app.form("/webhooks/1/deliveries/99/redeliver", &[]).await.status.as_u16(), 404);
}

#[tokio::test]
async fn what_does_not_arrive_says_why_and_what_stopped_is_taken_up_again() {
    let (app, _receiver) = added("/gone").await;
    let tested = app.form("/webhooks/1/test", &[]).await;
    assert_eq!(tested.status, StatusCode::OK, "a message that does not arrive is an answer too");
    has(
        page(&tested),
        &["est pas arrivé", "Échoué", "410", "Arrêté", "Réactiver", "ne veut plus de messages"],
    );
    has(page(&app.get("/webhooks").await), &["ne veut plus de messages", "Arrêté"]);
    // Another title is no reason to begin again.
    let url = tag(&tested.text, "name=\"url\"").split("value=\"").nth(1).unwrap();
    let url = url.split('"').next().unwrap();
    let values = [("url", url), ("title", "Entrepôt"), ("events", "run.recovered")];
    leads(&app.form("/webhooks/1", &values).await, "/webhooks/1?notice=saved");
    let saved = app.get("/webhooks/1?notice=saved").await;
    has(page(&saved), &["Webhook enregistré", "Entrepôt", "Arrêté"]);
    assert!(tag(&saved.text, "value=\"run.recovered\"").contains("checked"));

    leads(&app.form("/webhooks/1/active", &[("active", "true")]).await, "/webhooks/1?notice=on");
    has(page(&app.get("/webhooks/1").await), &["Actif", "Désactiver"]);
    leads(&app.form("/webhooks/1/active", &[("active", "false")]).await, "/webhooks/1?notice=off");
    has(page(&app.get("/webhooks").await), &["Désactivé"]);

    let wrong = app.form("/webhooks/1", &[("url", "nulle part"), ("title", "Entrepôt")]).await;
    assert_eq!(wrong.status.as_u16(), 422);
    has(page(&wrong), &["en est pas une", "Choisissez au moins un événement", "nulle part"]);
}

#[tokio::test]
async fn a_webhook_goes_with_its_messages() {
    let (app, _receiver) = added("/ok").await;
    has(page(&app.get("/webhooks/1/delete").await), &["Ce qui disparaît", "Supprimer le webhook"]);
    leads(&app.form("/webhooks/1/delete", &[]).await, "/webhooks?notice=deleted");
    has(page(&app.get("/webhooks?notice=deleted").await), &["Webhook supprimé", "Aucun webhook"]);
    for path in ["/webhooks/1", "/webhooks/1/delete", "/webhooks/x"] {
        let answer = app.get(path).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}");
        assert!(page(&answer).contains("existe pas"), "{path}");
    }
    for below in ["", "/active", "/secret", "/test", "/delete", "/deliveries/1/redeliver"] {
        let values = [("url", "https://example.com"), ("events", "run.failed")];
        let answer = app.form(&format!("/webhooks/1{below}"), &values).await;
        assert_eq!(answer.status.as_u16(), 404, "{below}");
        assert!(page(&answer).contains("existe pas"), "{below}");
    }
    let foreign = with_header(request(Method::POST, "/webhooks"), "origin", "https://evil.example");
    assert_eq!(app.send(with_form(foreign, &[])).await.status.as_u16(), 403);
}
