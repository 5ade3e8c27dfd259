//! The authorization server seen through HTTP, as a client sees it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use reqwest::{Client, Response, StatusCode, redirect};
use sandbox::oauth::{Lifetime, Options, Simulator};
use serde_json::Value;
use url::Url;

/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BACK: &str = "http://127.0.0.1:3000/oauth/callback";

struct Bench {
    sim: Simulator,
    http: Client,
}

async fn bench(options: Options) -> Bench {
    let sim = Simulator::start(options).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test's own client, not the product's")]
    let http = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    Bench { sim, http }
}

impl Bench {
    /// A request for tokens that proves the client in the body.
    async fn token(&self, fields: &[(&str, &str)]) -> (u16, Value) {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("client_id", self.sim.client_id());
        form.append_pair("client_secret", self.sim.client_secret());
        let request = self.form(&self.sim.token_url(), &form.extend_pairs(fields).finish());
        answer(request.send().await.unwrap()).await
    }

    fn form(&self, url: &str, body: &str) -> reqwest::RequestBuilder {
        self.http.post(url).header("content-type", "application/x-www-form-urlencoded").body(body.to_owned())
    }

    /// Where the page leads, as its parameters.
    async fn authorize(&self, changed: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut url = Url::parse(&self.sim.authorize_url()).unwrap();
        let mut fields = vec![
            ("response_type", "code"),
            ("client_id", self.sim.client_id()),
            ("redirect_uri", BACK),
            ("state", "a state"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        fields.retain(|(name, _)| changed.iter().all(|(other, _)| name != other));
        url.query_pairs_mut().extend_pairs(fields).extend_pairs(changed);
        let answer = self.http.get(url).send().await.unwrap();
        if answer.status() == StatusCode::BAD_REQUEST {
            return Vec::new();
        }
        let back = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        assert!(back.as_str().starts_with(BACK), "{back}");
        back.query_pairs().into_owned().collect()
    }

    async fn code(&self) -> String {
        self.authorize(&[]).await.remove(0).1
    }

    async fn exchange(&self, code: &str, verifier: &str) -> (u16, Value) {
        let fields = [("code", code), ("redirect_uri", BACK), ("code_verifier", verifier)];
        self.token(&[&[("grant_type", "authorization_code")], &fields[..]].concat()).await
    }

    async fn refresh(&self, token: &Value) -> (u16, Value) {
        let token = token["refresh_token"].as_str().unwrap();
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    async fn me(&self, token: &Value) -> u16 {
        let token = token["access_token"].as_str().unwrap();
        self.http.get(self.sim.me_url()).bearer_auth(token).send().await.unwrap().status().as_u16()
    }
}

async fn answer(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["cache-control"], "no-store");
    (status, response.json().await.unwrap())
}

#[tokio::test]
async fn a_client_proves_itself_in_the_header_or_in_the_body_not_in_both() {
    let at = bench(Options::default()).await;
    let (status, tokens) = at.token(&[("grant_type", "client_credentials"), ("scope", "read")]).await;
    assert_eq!((status, tokens["scope"].as_str(), at.me(&tokens).await), (200, Some("read"), 200));
    assert!(tokens.get("refresh_token").is_none());

    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let (id, secret) = (encode(at.sim.client_id()), encode(at.sim.client_secret()));
    let ask = |body: &str| at.form(&at.sim.token_url(), body);
    let by_header = ask("grant_type=client_credentials").basic_auth(&id, Some(&secret));
    assert_eq!(answer(by_header.send().await.unwrap()).await.0, 200);
    let both = ask(&format!("grant_type=client_credentials&client_id={id}&client_secret={secret}"));
    let (status, refusal) = answer(both.basic_auth(&id, Some(&secret)).send().await.unwrap()).await;
    assert_eq!((status, &refusal["error"]), (400, &"invalid_request".into()));
    let wrong = ask("grant_type=client_credentials").basic_auth(&id, Some("wrong")).send().await.unwrap();
    assert!(wrong.headers().contains_key("www-authenticate"));
    let (status, refusal) = answer(wrong).await;
    assert_eq!((status, &refusal["error"]), (401, &"invalid_client".into()));
    let public = ask("grant_type=client_credentials&client_id=passerelle-public").send().await.unwrap();
    assert_eq!(answer(public).await.1["error"], "unauthorized_client");
    for (grant, error) in [("", "invalid_request"), ("password", "unsupported_grant_type")] {
        assert_eq!(at.token(&[("grant_type", grant)]).await.1["error"], error);
    }
    assert!(at.sim.token_requests().iter().all(|request| !format!("{request:?}").contains("CANARY")));
}

#[tokio::test]
async fn a_code_serves_once_for_whoever_knows_the_verifier() {
    let at = bench(Options::default()).await;
    let (status, tokens) = at.exchange(&at.code().await, VERIFIER).await;
    assert_eq!((status, at.me(&tokens).await), (200, 200));
    assert_eq!(at.exchange(&at.code().await, "another").await.1["error"], "invalid_grant");

    let code = at.code().await;
    let (_, tokens) = at.exchange(&code, VERIFIER).await;
    assert_eq!(at.exchange(&code, VERIFIER).await.1["error"], "invalid_grant");
    assert_eq!(at.me(&tokens).await, 401, "what came from a copied code is taken back");

    let late = at.code().await;
    at.sim.clock().advance(Duration::from_secs(601));
    assert_eq!(at.exchange(&late, VERIFIER).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn the_page_leads_back_with_the_reason_or_nowhere() {
    let at = bench(Options::default()).await;
    assert_eq!(at.authorize(&[]).await[1], ("state".to_owned(), "a state".to_owned()));
    for (changed, error) in [
        (("code_challenge_method", "plain"), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
    ] {
        assert_eq!(at.authorize(&[changed]).await[0], ("error".to_owned(), error.to_owned()));
    }
    at.sim.refuse_consent(true);
    assert_eq!(at.authorize(&[]).await[0].1, "access_denied");
    assert!(at.authorize(&[("client_id", "stranger")]).await.is_empty());
    assert!(at.authorize(&[("redirect_uri", "nowhere")]).await.is_empty());
}

#[tokio::test]
async fn refresh_tokens_rotate_and_a_copy_voids_them_all() {
    let at = bench(Options::default()).await;
    let (_, first) = at.exchange(&at.code().await, VERIFIER).await;
    let (_, second) = at.refresh(&first).await;
    assert_eq!(at.me(&second).await, 200);
    assert_eq!(at.refresh(&first).await.1["error"], "invalid_grant");
    assert_eq!(at.refresh(&second).await.1["error"], "invalid_grant");
    assert_eq!(at.me(&second).await, 401);

    let at = bench(Options { rotates: false, ..Options::default() }).await;
    let (_, first) = at.exchange(&at.code().await, VERIFIER).await;
    for _ in 0..2 {
        let (status, again) = at.refresh(&first).await;
        assert_eq!((status, again.get("refresh_token")), (200, None));
    }
}

#[tokio::test]
async fn tokens_end_by_the_clock_and_by_revocation() {
    let at = bench(Options { lifetime: Lifetime::Text(60), ..Options::default() }).await;
    let (_, tokens) = at.exchange(&at.code().await, VERIFIER).await;
    assert_eq!((at.me(&tokens).await, &tokens["expires_in"]), (200, &"60".into()));
    at.sim.clock().advance(Duration::from_secs(61));
    assert_eq!(at.me(&tokens).await, 401);
    at.sim.set_lifetime(Lifetime::Untold);
    let (_, tokens) = at.refresh(&tokens).await;
    assert_eq!((at.me(&tokens).await, tokens.get("expires_in")), (200, None));
    let body = format!(
        "client_id=passerelle&client_secret={}&token={}",
        url::form_urlencoded::byte_serialize(at.sim.client_secret().as_bytes()).collect::<String>(),
        tokens["refresh_token"].as_str().unwrap()
    );
    let revoked = at.form(&format!("{}/oauth/revoke", at.sim.url()), &body).send().await.unwrap();
    assert_eq!((answer(revoked).await.0, at.me(&tokens).await), (200, 401));
}
