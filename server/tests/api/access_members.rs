//! Members: invited, given a role, removed; and the log of what everybody did.

use axum::http::Method;
use serde_json::{Value, json};

use crate::harness::{request, with_form, with_json};
use crate::upload::with_file;
use crate::visitors::{Browser, PASSWORD, login, protected};

#[tokio::test]
async fn an_invitation_is_good_once() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let page = owner.form("/access/members", &[("name", " Camille@Example.com "), ("role", "viewer")]).await;
    let link =
        page.text.split("id=\"secret\"").nth(1).and_then(|rest| rest.split(['>', '<']).nth(1)).unwrap();
    let link = link.strip_prefix("http://127.0.0.1:3000").unwrap();
    let word = link.strip_prefix("/invitation?word=").unwrap();
    assert!(app.get(link).await.text.contains("sous le nom camille@example.com"));
    assert!(!owner.get("/access/members").await.text.contains(word), "the link is told once");
    let accept = async |password: &str| {
        let form = [("word", word), ("password", password)];
        app.send(with_form(request(Method::POST, "/invitation"), &form)).await
    };
    let refused = accept("trop court").await;
    assert!(refused.status.as_u16() == 422 && refused.text.contains(word), "{}", refused.text);
    let accepted = accept(PASSWORD).await;
    assert_eq!((accepted.status.as_u16(), accepted.header("location")), (303, "/"));
    assert_eq!(accept("un autre mot de passe").await.status.as_u16(), 404);
    assert_eq!(app.get(link).await.status.as_u16(), 404);
    let camille = Browser::of(&app, "CAMILLE@example.com", PASSWORD).await;
    assert_eq!(camille.get("/api/access").await.data()["role"], "viewer");

    for (name, role, part) in [
        ("camille@example.com", "viewer", "est déjà membre"),
        ("", "viewer", "Donnez un nom"),
        ("x", "root", "Valeurs acceptées : owner, editor, viewer"),
    ] {
        let refused = owner.post("/api/access/members", json!({"name": name, "role": role})).await;
        assert!(refused.refusal(400, "invalid").contains(part), "{}", refused.text);
    }
}

#[tokio::test]
async fn a_new_link_lets_somebody_choose_another_password() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let camille = owner.invited("camille", "editor").await;
    let id = app.hub.members().await.unwrap()[1].id;
    let again = owner.post(&format!("/api/access/members/{id}/invitation"), Value::Null).await;
    let link = again.data()["invitation"].as_str().unwrap().to_owned();
    assert!(camille.is_in().await, "nothing changes until it is followed");
    let form =
        [("word", link.strip_prefix("/invitation?word=").unwrap()), ("password", "un autre mot de passe")];
    let accepted = app.send(with_form(request(Method::POST, "/invitation"), &form)).await;
    assert_eq!(accepted.status.as_u16(), 303);
    assert!(!camille.is_in().await);
    assert_eq!(app.send(login("camille", PASSWORD)).await.status.as_u16(), 401);
}

/// Method, path, and which roles may: viewer, editor, owner.
const CALLS: &[(Method, &str, [bool; 3])] = &[
    (Method::GET, "/", [true, true, true]),
    (Method::GET, "/connections", [true, true, true]),
    (Method::GET, "/api/deals", [true, true, true]),
    (Method::GET, "/access", [true, true, true]),
    (Method::GET, "/api/access/tokens", [true, true, true]),
    (Method::POST, "/api/deals", [false, true, true]),
    (Method::DELETE, "/api/deals", [false, true, true]),
    (Method::PUT, "/api/connectors/config/airtable", [false, true, true]),
    (Method::POST, "/api/connections/", [false, true, true]),
    (Method::POST, "/connections/1/delete", [false, true, true]),
    (Method::POST, "/webhooks", [false, true, true]),
    (Method::POST, "/_app/save_config", [false, true, true]),
    (Method::POST, "/_app/start_sync", [false, true, true]),
    (Method::POST, "/api/sync/airtable/import", [false, true, true]),
    (Method::GET, "/oauth/start/airtable", [false, true, true]),
    (Method::GET, "/access/members", [false, false, true]),
    (Method::POST, "/api/access/members", [false, false, true]),
    (Method::DELETE, "/api/access/members/9", [false, false, true]),
    (Method::GET, "/access/audit", [false, false, true]),
    (Method::GET, "/api/access/audit", [false, false, true]),
];

#[tokio::test]
async fn a_role_is_what_it_says() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let (viewer, editor) =
        (owner.invited("camille", "viewer").await, owner.invited("dominique", "editor").await);
    for (method, path, may) in CALLS {
        for (browser, may) in [&viewer, &editor, &owner].into_iter().zip(may) {
            let answer = app.send(browser.request(method.clone(), path)).await;
            assert_eq!(answer.status.as_u16() != 403, *may, "{method} {path}: {}", answer.text);
        }
    }
    assert!(
        !viewer.get("/access").await.text.contains("/access/members"),
        "what one may not see is not offered"
    );
}

#[tokio::test]
async fn the_last_owner_stays() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    // An owner who has not accepted the invitation cannot log in, and does not count.
    owner.post("/api/access/members", json!({"name": "camille", "role": "owner"})).await;
    let refused = owner.delete("/api/access/members/1").await;
    assert!(refused.refusal(400, "invalid").contains("dernier propriétaire"));
    owner.put("/api/access/members/1", json!({"role": "viewer"})).await.refusal(400, "invalid");
    let second = owner.invited("dominique", "owner").await;
    assert_eq!(second.delete("/api/access/members/1").await.status.as_u16(), 200);
    assert!(!owner.is_in().await, "a member who is gone is out at once");
    assert_eq!(app.send(login("owner", PASSWORD)).await.status.as_u16(), 401);
    let page = second.form("/access/members/2/delete", &[]).await;
    assert_eq!(page.header("location"), "/access/members?notice=removed");
    second.delete("/api/access/members/2").await.refusal(404, "not_found");
}

#[tokio::test]
async fn what_was_done_is_told_without_secrets() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    app.send(login("owner", "CANARY faux mot de passe")).await;
    app.send(login("CANARY", "faux mot de passe")).await;
    let config = json!({"api_token": "CANARY-token", "base_id": "appX", "table_name": "T"});
    assert_eq!(owner.put("/api/connectors/config/airtable", config.clone()).await.status.as_u16(), 200);
    assert_eq!(owner.put("/api/connectors/config/nothing", config).await.status.as_u16(), 400);
    owner.post("/api/sync/airtable/import", Value::Null).await;
    owner.get("/data/customers.csv").await;
    let token = owner.token("read").await;
    let camille = owner.invited("camille", "viewer").await;
    camille.form("/logout", &[]).await;
    let mapping = [("mapping[client]", "Name"), ("mapping[montant_brut]", "Amount")];
    let form = [[("provider", "airtable"), ("settings[base_id]", "appY")], mapping].concat();
    let saved = owner.form("/_app/save_config", &form).await;
    assert_eq!(saved.header("location"), "/connectors?tab=airtable&notice=saved", "{}", saved.text);

    let log = owner.get("/api/access/audit?limit=1000").await;
    let entries: Vec<(String, String, String)> = log
        .data()
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let text = |key: &str| entry[key].as_str().unwrap().to_owned();
            assert_eq!(text("address"), if text("action") == "access_protected" { "" } else { "127.0.0.1" });
            (text("actor"), text("action"), text("subject"))
        })
        .collect();
    let expected = [
        ("owner", "configuration_saved", "airtable"),
        ("camille", "logout", ""),
        ("camille", "member_joined", ""),
        ("owner", "member_invited", "camille"),
        ("owner", "token_created", "read"),
        ("owner", "exported", "GET /data/customers.csv"),
        ("owner", "sync_started", "POST /api/sync/airtable/import"),
        ("owner", "configuration_saved", "PUT /api/connectors/config/airtable"),
        ("—", "login_failed", ""),
        ("owner", "login_failed", ""),
        ("owner", "login", ""),
        ("owner", "access_protected", "owner"),
    ];
    let expected = expected.map(|(actor, action, subject)| (actor.into(), action.into(), subject.into()));
    assert_eq!(entries, expected);
    assert!(!log.text.contains("CANARY") && !log.text.contains(&token));
    let page = owner.get("/access/audit?entries=10").await;
    assert!(page.text.contains("11 à 12 sur 12") && !page.text.contains("CANARY"), "{}", page.text);
    assert_eq!(owner.get("/api/access/audit?limit=1&offset=11").await.data().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_deletion_is_told_once_whatever_asked_for_it() {
    let app = protected().await;
    let owner = Browser::of_owner(&app).await;
    let mut upload =
        with_file("/api/upload/csv", "deals.csv", b"Client;Montant\nA;1\nB;2\nC;3\nD;4\nE;5\nF;6\n");
    upload.headers_mut().extend(owner.request(Method::POST, "/").headers().clone());
    let run = app.send(upload).await.data()["run_id"].clone();
    let deals = owner.get("/api/deals?sort=id").await.data();
    let id = |place: usize| deals[place]["id"].to_string();
    owner.delete(&format!("/api/deals/{}", id(0))).await.data();
    owner.form(&format!("/deals/{}/delete", id(1)), &[]).await;
    owner.post("/api/deals/bulk", json!({"ids": [deals[2]["id"]], "delete": true})).await.data();
    owner.form("/deals/bulk/delete", &[("id", &id(3))]).await;
    owner.form(&format!("/runs/{run}/delete-created"), &[]).await;
    owner.post("/api/deals", json!({"client": "G", "montant_brut": 7.0, "statut": "prospect"})).await.data();
    let all = with_json(owner.request(Method::DELETE, "/api/deals"), r#"{"confirm":"delete all"}"#);
    app.send(all).await.data();
    let log = owner.get("/api/access/audit?limit=1000").await.data();
    let told: Vec<&Value> = log
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "deleted")
        .map(|entry| &entry["subject"])
        .collect();
    let expected =
        ["deals (1)", "deals (2)", "deals (1)", "deals (1)", "POST /deals/2/delete", "DELETE /api/deals/1"];
    assert_eq!(told, expected, "{log}");
}
