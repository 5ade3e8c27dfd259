//! A stream of events ends with the access of who listens to it.

use axum::body::Body;
use axum::body::BodyDataStream;
use axum::http::{Method, Request};
use futures_util::StreamExt;
use serde_json::Value;
use tower::ServiceExt;

use crate::harness::{TestApp, request};
use crate::visitors::{Browser, PASSWORD, with_token};

/// A program with an owner, and a run that does not end by itself.
async fn running() -> (TestApp, i64) {
    let app = TestApp::configured().await;
    let run = app.hanging_import().await;
    app.hub.set_password(None, &PASSWORD.to_owned().into()).await.unwrap();
    (app, run)
}

/// Listens, and has heard the first message.
async fn listening(app: &TestApp, request: Request<Body>) -> BodyDataStream {
    let answer = app.router().oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut told = answer.into_body().into_data_stream();
    assert!(told.next().await.unwrap().unwrap().starts_with(b"data: "));
    told
}

/// What else is told until the stream ends.
async fn rest(mut told: BodyDataStream) -> String {
    let mut text = String::new();
    while let Some(piece) = told.next().await {
        text.push_str(std::str::from_utf8(&piece.unwrap()).unwrap());
    }
    text
}

#[tokio::test]
async fn nothing_is_told_after_the_access_is_over() {
    for ended_by in ["logout", "revocation", "password", "token", "removal", "nothing"] {
        let (app, run) = running().await;
        let owner = Browser::of_owner(&app).await;
        let member = owner.invited("camille", "editor").await;
        let path = format!("/api/sync/runs/{run}/events");
        let token = member.token("read").await;
        let told = match ended_by {
            "token" => listening(&app, with_token(request(Method::GET, &path), &token)).await,
            _ => listening(&app, member.request(Method::GET, &path)).await,
        };
        match ended_by {
            "logout" => drop(member.form("/logout", &[]).await),
            "revocation" => {
                let id = member.get("/api/access/sessions").await.data()[0]["id"].clone();
                drop(member.form(&format!("/access/sessions/{id}/revoke"), &[]).await);
            }
            "password" => {
                let other = Browser::of(&app, "camille", PASSWORD).await;
                let form = [("present", PASSWORD), ("new", "un tout autre mot de passe")];
                assert_eq!(other.form("/access/password", &form).await.status, 303);
            }
            "token" => {
                let id = member.get("/api/access/tokens").await.data()[0]["id"].clone();
                assert_eq!(member.delete(&format!("/api/access/tokens/{id}")).await.status, 200);
            }
            "removal" => {
                let members = owner.get("/api/access/members").await.data();
                let camille = members.as_array().unwrap().iter().find(|member| member["name"] == "camille");
                let id = camille.unwrap()["id"].clone();
                assert_eq!(owner.delete(&format!("/api/access/members/{id}")).await.status, 200);
            }
            _ => {}
        }
        let cancelled = owner.post(&format!("/api/sync/runs/{run}/cancel"), Value::Null).await;
        assert_eq!(cancelled.status, 200, "{}", cancelled.text);
        let told = rest(told).await;
        assert_eq!(told.contains("\"done\""), ended_by == "nothing", "{ended_by}: {told}");
    }
}

/// A stream that began while nobody had to log in is nobody's once the access is protected.
#[tokio::test]
async fn nothing_is_told_to_nobody_once_the_access_is_protected() {
    let app = TestApp::configured().await;
    let run = app.hanging_import().await;
    let told = listening(&app, request(Method::GET, &format!("/api/sync/runs/{run}/events"))).await;
    app.hub.set_password(None, &PASSWORD.to_owned().into()).await.unwrap();
    app.hub.cancel(run).await.unwrap();
    assert_eq!(rest(told).await, "");
}
