//! Who is let in, how tokens are had, and how many requests there may be.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use sandbox::assertion::OTHER_KEY;
use sandbox::sheets::Role;
use sandbox::{Clock, Options};
use serde_json::{Value, json};

use crate::client::{BOOK, Bench, answer, bench, bench_with, said};

/// An assertion signed with this key.
fn signed(key: &str, claims: &Value) -> String {
    let key = EncodingKey::from_rsa_pem(key.as_bytes()).unwrap();
    jsonwebtoken::encode(&Header::new(Algorithm::RS256), claims, &key).unwrap()
}

async fn ask(bench: &Bench, form: &[(&str, &str)]) -> (u16, Value) {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = bench.http.post(bench.sim.token_url());
    answer(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

async fn by_assertion(bench: &Bench, assertion: &str) -> (u16, Value) {
    let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    ask(bench, &[("grant_type", grant), ("assertion", assertion)]).await
}

fn claims(bench: &Bench) -> Value {
    let now = bench.sim.clock().now().timestamp();
    json!({
        "iss": bench.sim.account(), "aud": bench.sim.token_url(), "iat": now, "exp": now + 3_600,
        "scope": "https://www.googleapis.com/auth/spreadsheets",
    })
}

#[tokio::test]
async fn an_assertion_is_checked_to_the_letter() {
    let mut bench = bench().await;
    let file: Value = serde_json::from_str(&bench.sim.key_file()).unwrap();
    let pem = file["private_key"].as_str().unwrap();
    let good = claims(&bench);
    let (status, given) = by_assertion(&bench, &signed(pem, &good)).await;
    assert_eq!((status, &given["token_type"]), (200, &json!("Bearer")), "{given}");
    bench.token = given["access_token"].as_str().unwrap().to_owned();
    assert_eq!(bench.get("").await.0, 200);
    let with = |key: &str, value: Value| {
        let mut wrong = good.clone();
        wrong[key] = value;
        signed(pem, &wrong)
    };
    let now = good["iat"].as_i64().unwrap();
    for (wrong, words) in [
        (with("iss", json!("nobody@example.com")), "Invalid grant: account not found"),
        (with("aud", json!("https://oauth2.example.com/token")), "Invalid JWT: Failed audience check."),
        (with("exp", json!(now + 7_200)), "Invalid JWT: Token must be a short-lived token"),
        (with("iat", json!(now + 1_800)), "Invalid JWT: Token must be a short-lived token"),
        (signed(OTHER_KEY, &good), "Invalid JWT Signature."),
        ("a.b".to_owned(), "Invalid JWT Signature."),
    ] {
        let (status, refused) = by_assertion(&bench, &wrong).await;
        assert_eq!((status, &refused["error"]), (400, &json!("invalid_grant")), "{refused}");
        assert!(refused["error_description"].as_str().unwrap().starts_with(words), "{refused}");
    }
    bench.sim.revoke_all();
    assert_eq!(
        by_assertion(&bench, &signed(pem, &good)).await.1["error_description"],
        "Invalid JWT Signature."
    );
}

#[tokio::test]
async fn refresh_tokens_and_codes() {
    let bench = bench().await;
    let (id, secret, refresh) = (bench.sim.client_id(), bench.sim.client_secret(), bench.sim.refresh_token());
    let form = |token: &'static str| {
        [
            ("grant_type", "refresh_token"),
            ("client_id", id),
            ("client_secret", secret),
            ("refresh_token", token),
        ]
    };
    let mut good = form("");
    good[3].1 = &refresh;
    assert_eq!(ask(&bench, &good).await.0, 200);
    let (status, refused) = ask(&bench, &form("1//nope")).await;
    assert_eq!((status, &refused["error_description"]), (400, &json!("Token has been expired or revoked.")));
    good[2].1 = "wrong";
    assert_eq!(ask(&bench, &good).await.1["error"], "invalid_client");

    #[expect(clippy::disallowed_methods, reason = "the person's browser")]
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let back = "http://127.0.0.1:3000/oauth/callback";
    for (extra, has_refresh) in [("", false), ("&access_type=offline", true)] {
        let page = format!(
            "{}/o/oauth2/v2/auth?client_id={id}&response_type=code&redirect_uri={back}&scope=s&state=x{extra}",
            bench.sim.url()
        );
        let led = browser.get(page).send().await.unwrap();
        let led = url::Url::parse(led.headers()["location"].to_str().unwrap()).unwrap();
        let code = led.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", id),
            ("client_secret", secret),
            ("code", &code),
            ("redirect_uri", back),
        ];
        let (status, given) = ask(&bench, &form).await;
        assert_eq!((status, given.get("refresh_token").is_some()), (200, has_refresh), "{given}");
        assert_eq!(ask(&bench, &form).await.0, 400, "a code serves once");
    }
}

#[tokio::test]
async fn each_refusal_has_its_own_words() {
    let mut bench = bench().await;
    let nobody = answer(bench.http.get(format!("{}/v4/spreadsheets/{BOOK}", bench.sim.url()))).await;
    assert!(nobody.0 == 401 && said(&nobody.1).starts_with("Request is missing required authentication"));
    let unknown =
        answer(bench.http.get(format!("{}/v4/spreadsheets/nope", bench.sim.url())).bearer_auth(&bench.token))
            .await;
    assert_eq!((unknown.0, &unknown.1["error"]["status"]), (404, &json!("NOT_FOUND")));

    bench.sim.share(BOOK, bench.sim.person(), Some(Role::Reader));
    assert_eq!(bench.get("").await.0, 200);
    assert_eq!(bench.post("/values/Deals:clear", json!({})).await.0, 403);
    bench.sim.share(BOOK, bench.sim.person(), None);
    assert_eq!(said(&bench.get("").await.1), "The caller does not have permission");
    bench.sim.disable(true);
    assert_eq!(bench.get("").await.1["error"]["details"][0]["reason"], "SERVICE_DISABLED");
    bench.sim.disable(false);

    let (id, secret, refresh) =
        (bench.sim.client_id(), bench.sim.client_secret(), bench.sim.read_only_refresh_token());
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", id),
        ("client_secret", secret),
        ("refresh_token", &refresh),
    ];
    bench.token = ask(&bench, &form).await.1["access_token"].as_str().unwrap().to_owned();
    let (status, refused) = bench.post("/values/Deals:clear", json!({})).await;
    assert_eq!(
        (status, &refused["error"]["details"][0]["reason"]),
        (403, &json!("ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
    );
    bench.sim.revoke_all();
    assert!(said(&bench.get("").await.1).starts_with("Request had invalid authentication credentials"));
}

#[tokio::test]
async fn sixty_reads_and_sixty_writes_a_minute() {
    let clock = Clock::manual("2026-11-22T10:00:00Z".parse().unwrap());
    let bench = bench_with(Options { clock: clock.clone(), ..Options::default() }).await;
    for _ in 0..60 {
        assert_eq!(bench.get("/values/Deals!A1").await.0, 200);
    }
    let (status, refused) = bench.get("/values/Deals!A1").await;
    assert_eq!((status, &refused["error"]["status"]), (429, &json!("RESOURCE_EXHAUSTED")));
    assert_eq!(bench.request(Method::GET, "").send().await.unwrap().headers().get("retry-after"), None);
    assert_eq!(bench.post("/values/Deals!A1:clear", json!({})).await.0, 200, "writes are counted apart");
    clock.advance(Duration::from_secs(60));
    assert_eq!(bench.get("/values/Deals!A1").await.0, 200);
    clock.advance(Duration::from_secs(3_600));
    assert_eq!(bench.get("").await.0, 401, "a token lives an hour");
}
