//! Servers that fail, say something else or nothing.

use std::time::Duration;

use connectors::ErrorKind;
use connectors::http::{Given, oauth2::Grant};
use connectors::http::{Http, Policy};
use model::Lang;
use sandbox::oauth::Lifetime;
use sandbox::{Answer, Fault, Kind, RetryAfter, Rule};
use serde_json::json;

use crate::ground::Ground;

#[tokio::test]
async fn what_passes_is_waited_for() {
    for fault in [
        Fault::Status(500),
        Fault::Unavailable(RetryAfter::Absent),
        Fault::Dropped,
        Fault::CutJson,
        Fault::RateLimited(RetryAfter::Absent),
        Fault::Answer(Answer::json(400, &json!({"error": "temporarily_unavailable"}))),
        Fault::Answer(Answer::json(200, &json!({"error": "server_error"}))),
    ] {
        let at = Ground::new().await;
        at.server.fault(Rule::new(Kind::Create, fault.clone()));
        at.session(Grant::ClientCredentials).token().await.unwrap_or_else(|e| panic!("{fault:?}: {e:?}"));
        assert_eq!(at.server.log().count(Kind::Create), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn what_does_not_pass_is_told_and_not_repeated() {
    let grant = |at: &Ground| at.typed();
    for (fault, kind, told) in [
        (Fault::HtmlPage, ErrorKind::UnexpectedReply, "une page HTML"),
        (Fault::WrongType, ErrorKind::UnexpectedReply, "forme inattendue"),
        (Fault::Answer(Answer::json(200, &json!({}))), ErrorKind::UnexpectedReply, "forme inattendue"),
        (
            Fault::Answer(Answer::json(200, &json!({"access_token": " "}))),
            ErrorKind::UnexpectedReply,
            "ne contient pas de jeton",
        ),
        (
            Fault::Answer(Answer::json(200, &json!({"access_token": "a", "token_type": "mac"}))),
            ErrorKind::UnexpectedReply,
            "« mac »",
        ),
        (Fault::Unauthorized, ErrorKind::Unauthorized, "identifiant ou secret du client"),
        (
            Fault::Answer(Answer::json(400, &json!({"error": "invalid_scope"}))),
            ErrorKind::Rejected,
            "droits demandés",
        ),
        (
            Fault::Answer(
                Answer::text(302, "text/plain", "").header("location", "https://elsewhere.example"),
            ),
            ErrorKind::UnexpectedReply,
            "redirection",
        ),
    ] {
        let at = Ground::new().await;
        at.server.fault(Rule::new(Kind::Create, fault.clone()));
        let error = at.session(grant(&at)).token().await.unwrap_err();
        assert_eq!(error.kind, kind, "{fault:?} {error:?}");
        let said = error.message.get(Lang::Fr);
        assert!(said.contains(told) && said.starts_with("127.0.0.1 : "), "{fault:?} {error:?}");
        assert_eq!(at.server.log().count(Kind::Create), 1, "{fault:?}");
        assert!(at.keeper.lost.lock().unwrap().is_none(), "{fault:?}: the grant may be good");
        at.session(grant(&at)).token().await.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let mut at = Ground::new().await;
    let policy =
        Policy { idle_timeout: Duration::from_millis(400), attempts: 2, ..Policy::without_waiting() };
    at.http = Http::new(policy).unwrap();
    at.server.fault(Rule::new(Kind::Create, Fault::Hang).always());
    let error = at.session(Grant::ClientCredentials).token().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable);
    at.server.faults().clear();
    at.session(Grant::ClientCredentials).token().await.unwrap();
}

#[tokio::test]
async fn a_server_that_echoes_gives_no_secret_away() {
    let at = Ground::new().await;
    let typed = at.typed();
    let Grant::RefreshToken(word) = &typed else { unreachable!() };
    let echo = {
        use secrecy::ExposeSecret;
        format!("{} for {} is wrong", word.expose_secret(), at.server.client_secret())
    };
    let body = json!({"error": "invalid_request", "error_description": echo});
    at.server.fault(Rule::new(Kind::Create, Fault::Answer(Answer::json(400, &body))));
    let error = at.session(typed).token().await.unwrap_err();
    at.tells_nothing(&error);
    assert!(error.message.get(Lang::Fr).contains("*** for *** is wrong"), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_was_lost_with_its_token_is_asked_for_again() {
    // Where tokens rotate, the server takes the repetition for a copy: then the grant is gone for good.
    let at = Ground::new().await;
    at.server.fault(Rule::new(Kind::Create, Fault::DoneThenDropped));
    let error = at.session(at.typed()).token().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(at.keeper.lost.lock().unwrap().is_some());
    // Where they do not, nobody notices.
    let at = Ground::with(sandbox::oauth::Options { rotates: false, ..Default::default() }).await;
    at.server.fault(Rule::new(Kind::Create, Fault::DoneThenDropped));
    at.session(at.typed()).token().await.unwrap();
    assert_eq!(at.requests(), (2, 0));
}

#[tokio::test]
async fn a_typed_address_stays_out_of_the_operator_s_network() {
    let mut at = Ground::new().await;
    at.client.given = Given::ByUser;
    let error = at.session(Grant::ClientCredentials).token().await.unwrap_err();
    assert!(error.message.get(Lang::Fr).contains("127.0.0.1"), "{error:?}");
    assert_eq!(at.server.log().count(Kind::Any), 0);
}

#[tokio::test]
async fn an_end_as_text_counts() {
    let at = Ground::new().await;
    at.server.set_lifetime(Lifetime::Text(1_000));
    let session = at.session(Grant::ClientCredentials);
    session.token().await.unwrap();
    let kept = at.keeper.kept.lock().unwrap().clone().unwrap();
    assert_eq!((kept.expires_at.unwrap() - kept.obtained_at).num_seconds(), 1_000);
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_longer_than_a_turn_lasts() {
    let at = Ground::new().await;
    at.server.fault(Rule::new(Kind::Create, Fault::Hang).always());
    let start = tokio::time::Instant::now();
    let error = at.session(Grant::ClientCredentials).token().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
