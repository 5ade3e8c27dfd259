//! Credentials do not come out.

use std::net::TcpListener;

use connectors::Error;
use connectors::http::{Http, Policy};
use sandbox::{Answer, Fault, Kind, Rule};
use secrecy::ExposeSecret;

use crate::fixture::{Fixture, connect, open};

/// Any piece this long would give the secret away.
const PIECE: usize = 12;

pub(crate) async fn debug_and_errors_hold_no_secret<F: Fixture>() {
    let opened = open::<F>(3).await;
    let settings = opened.service.settings();
    let secrets: Vec<String> =
        settings.secrets.values().map(|secret| secret.expose_secret().to_owned()).collect();
    assert!(!secrets.is_empty());
    for secret in &secrets {
        for (status, said) in [
            (422, format!("the token {secret} is not welcome")),
            (403, secret.clone()),
            (500, format!("Authorization: Bearer {secret}")),
            (404, format!("{{\"token\":\"{}\"}}", &secret[..secret.len() / 2])),
            (418, format!("…{}", &secret[secret.len() / 2..])),
        ] {
            opened.script(Rule::new(Kind::Any, F::echo(status, &said)).always());
            no_secret(&opened.pages().await.expect_err("refused"), &secrets);
            let create = opened.create(&F::sample(1));
            match opened.connection.write(&opened.stream, &[create]).await {
                Ok(outcomes) => nowhere(&format!("{outcomes:?}"), &secrets),
                Err(error) => no_secret(&error, &secrets),
            }
            let http = Http::new(Policy::without_waiting()).expect("a client");
            no_secret(
                &connect(&opened.service, &http, opened.service.settings())
                    .check()
                    .await
                    .expect_err("refused"),
                &secrets,
            );
            opened.service.faults().clear();
        }
    }
    opened.next(Kind::List, Fault::HtmlPage);
    no_secret(&opened.pages().await.expect_err("a page for people"), &secrets);
}

/// Wherever a service says that it has gone, nothing is asked there, with credentials or without.
pub(crate) async fn a_redirect_is_not_followed<F: Fixture>() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port");
    elsewhere.set_nonblocking(true).expect("a socket that does not wait");
    let address = format!("http://{}/", elsewhere.local_addr().expect("an address"));
    for status in [301, 302, 307, 308] {
        let opened = open::<F>(3).await;
        let moved = Answer::html(status, "").header("location", &address);
        opened.script(Rule::new(Kind::Any, Fault::Answer(moved)).always());
        opened.pages().await.expect_err("it is elsewhere");
        let http = Http::new(Policy::without_waiting()).expect("a client");
        let connection = connect(&opened.service, &http, opened.service.settings());
        connection.check().await.expect_err("it is elsewhere");
        // Whether this was written is not asked here.
        let _ = opened.connection.write(&opened.stream, &[opened.create(&F::sample(1))]).await;
    }
    let nobody = elsewhere.accept().expect_err("nobody was to come");
    assert_eq!(nobody.kind(), std::io::ErrorKind::WouldBlock);
}

fn no_secret(error: &Error, secrets: &[String]) {
    nowhere(&format!("{error:?} {error}"), secrets);
}

fn nowhere(text: &str, secrets: &[String]) {
    for secret in secrets {
        for piece in secret.as_bytes().windows(PIECE) {
            let piece = str::from_utf8(piece).expect("tokens are ASCII");
            assert!(!text.contains(piece), "{piece} stands in {text}");
        }
    }
}
