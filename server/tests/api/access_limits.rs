//! Wrong logins: how many, from where, and that they hurt nobody else.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use chrono::TimeDelta;

use crate::harness::with_header;
use crate::visitors::{Browser, PASSWORD, TestClock, login, protected, protected_by};

/// The same request from another machine.
fn from(mut request: Request<Body>, peer: &str) -> Request<Body> {
    request.extensions_mut().insert(ConnectInfo(format!("{peer}:1").parse::<SocketAddr>().unwrap()));
    request
}

#[tokio::test]
async fn an_account_that_is_guessed_at_waits_longer_and_longer() {
    let clock = TestClock::new();
    let app = protected_by(&clock).await;
    let owner = Browser::of_owner(&app).await;
    let guess = async |number: u32| {
        let answer = app.send(from(login("owner", "faux mot de passe"), &format!("192.0.2.{number}"))).await;
        (answer.status.as_u16(), answer.header("retry-after").to_owned())
    };
    for number in 0..10 {
        assert_eq!(guess(number).await, (401, String::new()), "{number}");
    }
    // From wherever, and with the right password too: nobody learns whether it was.
    assert_eq!(guess(11).await, (429, "31".to_owned()));
    let right = app.send(from(login("", PASSWORD), "192.0.2.12")).await;
    assert_eq!(right.status.as_u16(), 429);
    assert!(right.text.contains("Trop d'essais. Réessayez dans 31 s."), "{}", right.text);
    assert!(owner.is_in().await, "who is in stays in");
    clock.pass(TimeDelta::seconds(30));
    assert_eq!(guess(13).await.0, 401);
    assert_eq!(guess(13).await, (429, "61".to_owned()));
    clock.pass(TimeDelta::seconds(60));
    assert!(Browser::of_owner(&app).await.is_in().await, "the right password begins anew");
    assert_eq!(guess(14).await.0, 401);
}

#[tokio::test]
async fn a_clock_that_was_put_back_by_a_year_makes_nobody_wait_for_a_year() {
    let clock = TestClock::new();
    let app = protected_by(&clock).await;
    let guess = async || app.send(login("owner", "faux mot de passe")).await;
    for number in 0..10 {
        assert_eq!(guess().await.status.as_u16(), 401, "{number}");
    }
    clock.pass(TimeDelta::days(-365));
    assert_eq!(guess().await.header("retry-after"), "31", "what was counted still counts");
    clock.pass(TimeDelta::seconds(30));
    assert!(Browser::of_owner(&app).await.is_in().await);
}

#[tokio::test]
async fn an_address_that_guesses_waits_whatever_it_says_of_itself() {
    let clock = TestClock::new();
    let app = protected_by(&clock).await;
    for number in 0..10 {
        let guess = with_header(
            from(login(&format!("name{number}"), "faux mot de passe"), "192.0.2.1"),
            "x-forwarded-for",
            &format!("203.0.113.{number}"),
        );
        assert_eq!(app.send(guess).await.status.as_u16(), 401, "{number}");
    }
    for spoofed in ["203.0.113.99", "127.0.0.1"] {
        let guess = with_header(from(login("owner", PASSWORD), "192.0.2.1"), "x-forwarded-for", spoofed);
        assert_eq!(app.send(guess).await.status.as_u16(), 429);
    }
    assert_eq!(app.send(from(login("owner", PASSWORD), "192.0.2.2")).await.status.as_u16(), 303);
}

#[tokio::test]
async fn an_unknown_name_is_refused_with_the_same_words() {
    let app = protected().await;
    let known = app.send(login("owner", "faux mot de passe")).await;
    let unknown = app.send(login("personne", "faux mot de passe")).await;
    let told = |text: &str| {
        let words = "Ce nom et ce mot de passe ne vont pas ensemble.";
        assert!(text.contains(words), "{text}");
        text.replace("owner", "").replace("personne", "")
    };
    assert_eq!((known.status, told(&known.text).len()), (unknown.status, told(&unknown.text).len()));
    assert!(!known.text.contains("faux mot de passe") && known.header("set-cookie").is_empty());
}

#[tokio::test]
async fn the_present_password_is_not_guessed_either() {
    let clock = TestClock::new();
    let app = protected_by(&clock).await;
    let owner = Browser::of_owner(&app).await;
    for _ in 0..10 {
        let form = [("present", "faux mot de passe"), ("new", "un nouveau mot de passe")];
        assert_eq!(owner.form("/access/password", &form).await.status.as_u16(), 401);
    }
    let form = [("present", PASSWORD), ("new", "un nouveau mot de passe")];
    assert_eq!(owner.form("/access/password", &form).await.status.as_u16(), 429);
    assert!(owner.is_in().await);
}
