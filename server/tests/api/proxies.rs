//! Behind a proxy: whose word on the caller counts, and what a browser is told to remember.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use server::{Edge, Proxies, behind};
use tower::ServiceExt;

use crate::harness::{TestApp, request, with_header};

async fn ask(app: &TestApp, edge: Edge, request: Request<Body>) -> Response {
    behind(app.router(), edge).oneshot(request).await.unwrap()
}

fn edge(proxies: &str, is_https: bool) -> Edge {
    Edge { proxies: Proxies::parse(proxies).unwrap(), is_https }
}

#[tokio::test]
async fn only_a_trusted_proxy_says_who_the_caller_is() {
    let app = TestApp::start().await;
    // Local mode answers this machine only, which makes it seen who the caller is taken for.
    let forwarded = |address| with_header(request(Method::GET, "/healthz"), "x-forwarded-for", address);
    for (proxies, address, expected) in [
        ("", "8.8.8.8", StatusCode::OK),
        ("10.0.0.0/8", "8.8.8.8", StatusCode::OK),
        ("127.0.0.1", "8.8.8.8", StatusCode::FORBIDDEN),
        ("127.0.0.1", "127.0.0.1", StatusCode::OK),
        ("127.0.0.0/8", "127.0.0.1, 8.8.8.8", StatusCode::FORBIDDEN),
    ] {
        let answer = ask(&app, edge(proxies, false), forwarded(address)).await;
        assert_eq!(answer.status(), expected, "{proxies}: {address}");
    }
}

#[tokio::test]
async fn a_stranger_is_not_let_in_by_what_he_writes() {
    let app = TestApp::start().await;
    let mut stranger = with_header(request(Method::GET, "/healthz"), "x-forwarded-for", "127.0.0.1");
    let peer: std::net::SocketAddr = ([192, 168, 1, 10], 50_000).into();
    stranger.extensions_mut().insert(axum::extract::ConnectInfo(peer));
    assert_eq!(ask(&app, edge("127.0.0.1", false), stranger).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn browsers_are_told_to_come_back_by_https_only_where_it_is_so() {
    let app = TestApp::start().await;
    let plain = || request(Method::GET, "/healthz");
    let forwarded = |proto| with_header(plain(), "x-forwarded-proto", proto);
    for (proxies, is_https, asked, expected) in [
        ("", false, plain(), false),
        ("", true, plain(), true),
        ("", true, with_header(plain(), "host", "example.com"), true),
        ("127.0.0.1", true, forwarded("https"), true),
        ("127.0.0.1", true, forwarded("http"), false),
        ("127.0.0.1", false, forwarded("https"), false),
        // Said by somebody whose word does not count.
        ("", true, forwarded("http"), true),
    ] {
        let answer = ask(&app, edge(proxies, is_https), asked).await;
        let told = answer.headers().contains_key("strict-transport-security");
        assert_eq!(told, expected, "{proxies} {is_https}");
    }
}
