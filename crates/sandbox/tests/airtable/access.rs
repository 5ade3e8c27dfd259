//! Tokens: who may do what.

use reqwest::Method;
use sandbox::Kind;
use sandbox::airtable::{Grant, Role, scopes};
use serde_json::json;

use crate::client::{BASE, answer, bench, kind};

#[tokio::test]
async fn without_a_valid_token_everything_is_refused() {
    let mut bench = bench().await;
    for path in ["meta/whoami", "meta/bases", BASE, "appTestTestTest00/Deals", "no/such/route"] {
        let (status, body) = answer(bench.http.get(format!("{}/v0/{path}", bench.sim.url()))).await;
        let message =
            json!({"error": {"type": "AUTHENTICATION_REQUIRED", "message": "Authentication required"}});
        assert_eq!((status, body), (401, message), "{path}");
    }
    bench.token = "patWrong".into();
    assert_eq!(bench.get("meta/whoami").await.0, 401);
    assert!(bench.sim.log().entries().iter().all(|entry| !entry.authenticated));
}

#[tokio::test]
async fn a_revoked_token_is_refused_from_then_on() {
    let mut bench = bench().await;
    bench.token = bench.sim.grant(Grant::default());
    assert_eq!(bench.get("meta/whoami").await.0, 200);
    bench.sim.revoke(&bench.token);
    assert_eq!(bench.get("meta/whoami").await.0, 401);
    assert_eq!(bench.sim.log().entries().last().map(|entry| entry.authenticated), Some(false));
}

#[tokio::test]
async fn whoami_tells_scopes_and_only_with_the_scope_the_email() {
    let mut bench = bench().await;
    let (_, body) = bench.get("meta/whoami").await;
    assert!(body["id"].as_str().unwrap().starts_with("usr"));
    assert_eq!(body["email"], "camille.martin@example.com");
    bench.token = bench.sim.grant(Grant::default().scopes(&[scopes::RECORDS_READ]));
    let (_, body) = bench.get("meta/whoami").await;
    assert_eq!(body["scopes"], json!(["data.records:read"]));
    assert!(body.get("email").is_none());
}

#[tokio::test]
async fn scopes_bases_and_roles_are_enforced() {
    let mut bench = bench().await;
    let id = bench.fill(1).remove(0);
    let other = bench.sim.base("appOtherOther0000", "Other").unwrap();
    let hidden = "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND";
    let low = "INVALID_PERMISSIONS";
    let all = Grant::default();
    // Grant, then what listing, creating, changing, deleting, reading the schema and adding a field answer.
    let cases = [
        ("everything", all.clone(), [200, 200, 200, 200, 200, 200], ""),
        ("reads only", all.clone().scopes(&[scopes::RECORDS_READ]), [200, 403, 403, 403, 403, 403], hidden),
        ("schema only", all.clone().scopes(&[scopes::SCHEMA_READ]), [403, 403, 403, 403, 200, 403], hidden),
        ("another base", all.clone().bases(&[other.id()]), [403; 6], hidden),
        ("this base", all.clone().bases(&[bench.base.id()]), [200, 200, 200, 200, 200, 200], ""),
        ("role read", all.clone().role(Role::Read), [200, 403, 403, 403, 200, 403], low),
        ("role comment", all.clone().role(Role::Comment), [200, 403, 403, 403, 200, 403], low),
        ("role edit", all.clone().role(Role::Edit), [200, 200, 200, 200, 200, 403], low),
    ];
    for (name, grant, expected, refusal) in cases {
        bench.token = bench.sim.grant(grant);
        let table = format!("{BASE}/Deals");
        let new = bench.deals.insert([json!({"Name": "to delete"})]).unwrap()[0];
        let field = json!({"name": format!("Field of {name}"), "type": "email"});
        let answers = [
            bench.get(&table).await,
            bench.post(&table, json!({"fields": {}})).await,
            bench.patch(&format!("{table}/{id}"), json!({"fields": {}})).await,
            bench.delete(&format!("{table}/{new}")).await,
            bench.get(&format!("meta/bases/{BASE}/tables")).await,
            bench.post(&format!("meta/bases/{BASE}/tables/Deals/fields"), field).await,
        ];
        assert_eq!(answers.each_ref().map(|(status, _)| *status), expected, "{name}");
        for (_, body) in answers.iter().filter(|(status, _)| *status != 200) {
            assert_eq!(kind(body), refusal, "{name}");
        }
    }
}

#[tokio::test]
async fn bases_are_those_the_token_sees_with_its_role() {
    let mut bench = bench().await;
    bench.sim.base("appOtherOther0000", "Other").unwrap();
    bench.token = bench.sim.grant(Grant::default().bases(&[bench.base.id()]).role(Role::Edit));
    let (_, body) = bench.get("meta/bases").await;
    assert_eq!(body, json!({"bases": [{"id": BASE, "name": "Test", "permissionLevel": "edit"}]}));
}

#[tokio::test]
async fn more_than_a_thousand_bases_come_in_pages() {
    let bench = bench().await;
    for number in 0..1200 {
        bench.sim.base(&format!("app{number:014}"), "Many").unwrap();
    }
    let (_, first) = bench.get("meta/bases").await;
    let offset = first["offset"].as_str().unwrap();
    let (_, second) = bench.get(&format!("meta/bases?offset={offset}")).await;
    assert_eq!(
        (first["bases"].as_array().unwrap().len(), second["bases"].as_array().unwrap().len()),
        (1000, 201)
    );
    assert!(second.get("offset").is_none());
}

#[tokio::test]
async fn the_log_tells_requests_and_never_a_token() {
    let bench = bench().await;
    bench.get("meta/whoami").await;
    bench.get(&format!("{BASE}/Deals?pageSize=1")).await;
    bench.post(&format!("{BASE}/Deals"), json!({"records": [{"fields": {}}]})).await;
    answer(bench.http.request(Method::GET, format!("{}/v0/meta/whoami?api_key=keySecret", bench.sim.url())))
        .await;
    let entries = bench.sim.log().entries();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.method.as_str(), entry.kind, entry.status, entry.authenticated))
        .collect();
    let expected = [
        ("GET", Kind::Account, Some(200), true),
        ("GET", Kind::List, Some(200), true),
        ("POST", Kind::Create, Some(200), true),
        ("GET", Kind::Account, Some(401), false),
    ];
    assert_eq!(told, expected);
    assert_eq!(entries[1].path, format!("/v0/{BASE}/Deals"));
    assert_eq!(entries[1].query, "pageSize=1");
    let text = format!("{entries:?}");
    assert!(!text.contains(bench.sim.token()) && !text.contains("keySecret"), "{text}");
    assert_eq!((bench.sim.log().count(Kind::Any), bench.sim.log().count(Kind::Meta)), (4, 2));
    bench.sim.log().clear();
    assert_eq!(bench.sim.log().count(Kind::Any), 0);
}
