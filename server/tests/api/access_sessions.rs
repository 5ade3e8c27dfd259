//! Sessions: how they begin, what their cookie is like, how they end.

use axum::http::Method;
use chrono::TimeDelta;
use hub::HubOptions;
use serde_json::json;

use crate::harness::{TestApp, request, with_header};
use crate::visitors::{Browser, PASSWORD, TestClock, cookie, login, protected, protected_by};

#[tokio::test]
async fn a_session_that_was_there_before_the_login_is_worth_nothing_after_it() {
    let app = protected().await;
    for preset in ["passerelle=AAAAAAAAAAAAAAAAAAAAAA", "passerelle=x", "passerelle="] {
        let answer = app.send(with_header(login("", PASSWORD), "cookie", preset)).await;
        assert_eq!(answer.status.as_u16(), 303);
        let new = cookie(&answer);
        assert_ne!(new, preset);
        // 128 random bits.
        assert_eq!(new.strip_prefix("passerelle=").map(str::len), Some(22), "{new}");
        let with = async |cookie: &str| {
            app.send(with_header(request(Method::GET, "/api/deals"), "cookie", cookie)).await.status.as_u16()
        };
        assert_eq!((with(preset).await, with(&new).await), (401, 200));
        // Another login in the same browser ends the first session.
        let again = cookie(&app.send(with_header(login("", PASSWORD), "cookie", &new)).await);
        assert_ne!(again, new);
        assert_eq!((with(&new).await, with(&again).await), (401, 200));
    }
    assert_eq!(app.get("/api/deals").await.header("set-cookie"), "", "who is nobody gets no session");
}

#[tokio::test]
async fn the_cookie_is_as_it_should_be() {
    let plain = protected().await;
    let set = plain.send(login("", PASSWORD)).await.header("set-cookie").to_owned();
    assert!(set.starts_with("passerelle=") && !set.contains("Secure"), "{set}");
    let https = |options| HubOptions { public_url: "https://crm.example.com".parse().ok(), ..options };
    let app = TestApp::start_as(https).await;
    app.hub.set_password(None, &PASSWORD.to_owned().into()).await.unwrap();
    let secure = app.send(login("", PASSWORD)).await.header("set-cookie").to_owned();
    assert!(secure.starts_with("__Host-passerelle=") && secure.contains("; Secure"), "{secure}");
    for set in [&set, &secure] {
        for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=7776000"] {
            assert!(set.contains(part), "{set}");
        }
        assert!(!set.contains("Domain"), "{set}");
    }
    // What a caller says of the way it took does not count.
    let said = with_header(login("", PASSWORD), "x-forwarded-proto", "https");
    assert!(!plain.send(said).await.header("set-cookie").contains("Secure"));
    // A browser forgets it only with the attributes of its prefix.
    let owner = Browser::of_owner(&app).await;
    let gone = owner.form("/logout", &[]).await.header("set-cookie").to_owned();
    assert!(
        gone.starts_with("__Host-passerelle=;") && gone.contains("; Secure") && gone.contains("Max-Age=0")
    );
}

#[tokio::test]
async fn a_logout_ends_the_session_on_the_server() {
    let app = protected().await;
    let (one, other) = (Browser::of_owner(&app).await, Browser::of_owner(&app).await);
    // An address that is merely followed ends nothing.
    assert_eq!(one.get("/logout").await.header("location"), "/access");
    assert!(one.is_in().await);
    let out = one.form("/logout", &[]).await;
    assert_eq!((out.status.as_u16(), out.header("location")), (303, "/login?notice=out"));
    assert!(!one.is_in().await, "the cookie that was kept is worth nothing");
    assert!(other.is_in().await);
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let clock = TestClock::new();
    let app = protected_by(&clock).await;
    let (idle, used) = (Browser::of_owner(&app).await, Browser::of_owner(&app).await);
    for _ in 0..6 {
        clock.pass(TimeDelta::days(13));
        assert!(used.is_in().await);
    }
    assert!(!idle.is_in().await, "not used for two weeks");
    clock.pass(TimeDelta::days(11));
    assert!(used.is_in().await, "89 days");
    clock.pass(TimeDelta::days(2));
    assert!(!used.is_in().await, "used every day, but 91 days old");
}

#[tokio::test]
async fn sessions_are_listed_and_ended_from_afar() {
    let clock = TestClock::new();
    let app = protected_by(&clock).await;
    let here = Browser::of_owner(&app).await;
    let far =
        app.send(with_header(login("", PASSWORD), "user-agent", "Mozilla/5.0 Firefox/145.0 Linux")).await;
    let far = with_header(request(Method::GET, "/api/access"), "cookie", &cookie(&far));
    clock.pass(TimeDelta::seconds(59));
    assert!(here.is_in().await);
    let listed = here.get("/api/access/sessions").await.data();
    assert_eq!(listed[0]["created_at"], listed[0]["last_seen_at"], "noted at most once a minute");
    clock.pass(TimeDelta::seconds(1));
    let listed = here.get("/api/access/sessions").await.data();
    let sessions = listed.as_array().unwrap();
    assert_eq!(sessions.len(), 2, "{listed}");
    assert_eq!((&sessions[0]["is_current"], &sessions[1]["is_current"]), (&json!(true), &json!(false)));
    assert_ne!(sessions[0]["created_at"], sessions[0]["last_seen_at"]);
    assert_eq!(sessions[1]["address"], "127.0.0.1");
    assert!(sessions[1]["browser"].as_str().unwrap().contains("Firefox"));
    let page = here.get("/access").await;
    assert!(page.text.contains("Firefox · Linux") && page.text.contains("Celle-ci"), "{}", page.text);
    assert!(!page.text.contains(here.cookie.trim_start_matches("passerelle=")), "the id is not what enters");

    let ended = here.delete(&format!("/api/access/sessions/{}", sessions[1]["id"])).await;
    assert_eq!(ended.status.as_u16(), 200, "{}", ended.text);
    assert_eq!(app.send(far).await.status.as_u16(), 401);
    here.delete(&format!("/api/access/sessions/{}", sessions[1]["id"])).await.refusal(404, "not_found");
    let other = here.invited("camille", "viewer").await;
    let mine = sessions[0]["id"].to_string();
    other.delete(&format!("/api/access/sessions/{mine}")).await.refusal(404, "not_found");
    assert!(here.is_in().await, "nobody else's");
    let done = here.form(&format!("/access/sessions/{mine}/revoke"), &[]).await;
    assert_eq!(done.header("location"), "/access?notice=revoked");
    assert!(!here.is_in().await);
}

#[tokio::test]
async fn another_password_ends_every_other_session() {
    let app = protected().await;
    let (here, far) = (Browser::of_owner(&app).await, Browser::of_owner(&app).await);
    let new = "CANARY un tout autre mot de passe";
    for (present, new, status) in [("faux mot de passe", new, 401), (PASSWORD, "trop court", 422)] {
        let refused = here.form("/access/password", &[("present", present), ("new", new)]).await;
        assert_eq!(refused.status.as_u16(), status, "{}", refused.text);
        assert!(!refused.text.contains("CANARY"));
    }
    assert!(far.is_in().await);
    let changed = here.form("/access/password", &[("present", PASSWORD), ("new", new)]).await;
    assert_eq!((changed.status.as_u16(), changed.header("location")), (303, "/access?notice=password"));
    assert!(!far.is_in().await && !here.is_in().await, "the old ids are dead");
    let rotated = with_header(request(Method::GET, "/api/access"), "cookie", &cookie(&changed));
    assert_eq!(app.send(rotated).await.status.as_u16(), 200);
    assert_eq!(app.send(login("", PASSWORD)).await.status.as_u16(), 401);
    assert!(Browser::of(&app, "OWNER ", new).await.is_in().await);
}
