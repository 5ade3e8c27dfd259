//! Tokens, capabilities, sharing, versions.

use reqwest::Method;
use sandbox::Kind;
use sandbox::notion::{Grant, Id, Users};
use serde_json::json;

use crate::client::{answer, bench, refusal};

#[tokio::test]
async fn without_a_valid_token_everything_is_refused() {
    let mut bench = bench().await;
    let request = bench.http.get(format!("{}/v1/users/me", bench.sim.url()));
    let (status, body) = answer(request).await;
    assert_eq!((status, refusal(&body)), (401, ("unauthorized", "API token is invalid.")));
    assert_eq!((&body["object"], &body["status"]), (&json!("error"), &json!(401)));
    bench.token = "ntn_wrong".into();
    assert_eq!(bench.get("no/such/route").await.0, 401);
    assert!(bench.sim.log().entries().iter().all(|entry| !entry.authenticated));
}

#[tokio::test]
async fn a_revoked_token_is_refused_from_then_on() {
    let mut bench = bench().await;
    bench.token = bench.sim.grant(Grant::default());
    assert_eq!(bench.get("users/me").await.0, 200);
    bench.sim.revoke(&bench.token);
    assert_eq!(bench.get("users/me").await.0, 401);
}

#[tokio::test]
async fn the_version_must_be_named_and_known() {
    let mut bench = bench().await;
    let request = bench.http.get(format!("{}/v1/users/me", bench.sim.url())).bearer_auth(&bench.token);
    let (status, body) = answer(request).await;
    let message = "Notion-Version header failed validation: Notion-Version header should be defined, instead was \
                   `undefined`.";
    assert_eq!((status, refusal(&body)), (400, ("missing_version", message)));
    bench.version = "2021-01-01";
    let (status, body) = bench.get("users/me").await;
    assert_eq!((status, refusal(&body).0), (400, "validation_error"));
    let page = bench.fill(1).remove(0);
    for (version, archived) in [("2025-09-03", true), ("2026-03-11", false)] {
        bench.version = version;
        let (_, body) = bench.get(&format!("pages/{page}")).await;
        assert_eq!(body.get("archived").is_some(), archived, "{version}");
        assert_eq!(body["in_trash"], false);
    }
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let bench = bench().await;
    let mut seen = Vec::new();
    for path in ["users/me", "users", "no/such/route", "pages/x"] {
        let response = bench.request(Method::GET, path).send().await.unwrap();
        let header = response.headers()["x-notion-request-id"].to_str().unwrap().to_owned();
        let body: serde_json::Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert_eq!(body["request_id"], header, "{path}");
        assert!(Id::parse(&header).is_some() && !seen.contains(&header));
        seen.push(header);
    }
}

#[tokio::test]
async fn me_is_the_integration_and_users_are_listed_in_pages() {
    let mut bench = bench().await;
    let (_, me) = bench.get("users/me").await;
    assert_eq!((&me["type"], &me["name"]), (&json!("bot"), &json!("Passerelle")));
    assert_eq!(me["bot"]["workspace_name"], "Bac à sable");
    for number in 0..4 {
        bench.sim.person(&format!("p{number}@example.com"), &format!("P {number}"));
    }
    let (_, first) = bench.get("users?page_size=3").await;
    assert_eq!((first["results"].as_array().unwrap().len(), &first["has_more"]), (3, &json!(true)));
    let next = first["next_cursor"].as_str().unwrap();
    let (_, second) = bench.get(&format!("users?page_size=3&start_cursor={next}")).await;
    assert_eq!((second["results"].as_array().unwrap().len(), &second["has_more"]), (2, &json!(false)));
    assert_eq!(second["results"][1]["person"]["email"], "p3@example.com");
    let id = second["results"][1]["id"].as_str().unwrap().to_owned();
    assert_eq!(bench.get(&format!("users/{}", id.replace('-', ""))).await.1["name"], "P 3");
    assert_eq!(bench.get("users/11111111-1111-4111-8111-111111111111").await.0, 404);

    bench.token = bench.sim.grant(Grant::default().users(Users::Names));
    assert_eq!(bench.get(&format!("users/{id}")).await.1["person"], json!({}));
    bench.token = bench.sim.grant(Grant::default().users(Users::Nothing));
    let (status, body) = bench.get("users").await;
    assert_eq!((status, refusal(&body).0), (403, "restricted_resource"));
}

#[tokio::test]
async fn capabilities_are_enforced() {
    let mut bench = bench().await;
    let page = bench.fill(1).remove(0);
    let all = Grant::default();
    // Grant, then what reading, querying, creating, changing a page and changing the schema answer.
    let cases = [
        ("everything", all.clone(), [200; 5]),
        ("read only", Grant::read_only(), [200, 200, 403, 403, 403]),
        ("no insert", Grant { insert: false, ..all.clone() }, [200, 200, 403, 200, 200]),
        ("no update", Grant { update: false, ..all.clone() }, [200, 200, 200, 403, 403]),
        ("no read", Grant { read: false, ..all.clone() }, [403, 403, 200, 200, 200]),
        ("another database", all.clone().databases(&[Id::named("other")]), [404; 5]),
        ("this database", all.clone().databases(&[bench.database.id()]), [200; 5]),
    ];
    for (name, grant, expected) in cases {
        bench.token = bench.sim.grant(grant);
        let title = json!({"Name": {"title": [{"text": {"content": "x"}}]}});
        let answers = [
            bench.get(&format!("pages/{page}")).await,
            bench.post(&bench.query_path(), json!({})).await,
            bench.create(title.clone()).await,
            bench.patch(&format!("pages/{page}"), json!({"properties": title})).await,
            bench.patch(&format!("data_sources/{}", bench.deals.id()), json!({})).await,
        ];
        assert_eq!(answers.each_ref().map(|(status, _)| *status), expected, "{name}");
        for (status, body) in &answers {
            match status {
                403 => assert_eq!(
                    refusal(body),
                    ("restricted_resource", "API token does not have access to this resource.")
                ),
                404 => assert_eq!(refusal(body).0, "object_not_found"),
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn what_is_not_shared_does_not_exist() {
    let bench = bench().await;
    let page = bench.fill(1).remove(0);
    let (database, source) = (bench.database.id(), bench.deals.id());
    bench.database.unshare();
    let cases = [
        (format!("databases/{database}"), "database", database.to_string()),
        (format!("data_sources/{source}"), "data_source", source.to_string()),
        (format!("pages/{page}"), "page", page.clone()),
    ];
    for (path, what, id) in &cases {
        let (status, body) = bench.get(path).await;
        let message = format!(
            "Could not find {what} with ID: {id}. Make sure the relevant pages and databases are shared with your \
             integration."
        );
        assert_eq!((status, refusal(&body)), (404, ("object_not_found", message.as_str())));
    }
    let (_, found) = bench.post("search", json!({})).await;
    assert_eq!(found["results"], json!([]));
    bench.database.share();
    for (path, ..) in &cases {
        assert_eq!(bench.get(path).await.0, 200);
    }
}

#[tokio::test]
async fn the_log_tells_kinds_and_never_a_token() {
    let bench = bench().await;
    let page = bench.fill(1).remove(0);
    let path = format!("pages/{page}");
    bench.get("users/me").await;
    bench.post("search", json!({})).await;
    bench.query(json!({})).await;
    bench.get(&path).await;
    bench.create(json!({})).await;
    bench.patch(&path, json!({"properties": {}})).await;
    bench.patch(&path, json!({"in_trash": true})).await;
    let entries = bench.sim.log().entries();
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind).collect();
    use Kind as K;
    assert_eq!(kinds, [K::Account, K::Schema, K::List, K::Get, K::Create, K::Update, K::Delete]);
    assert!(entries.iter().all(|entry| entry.status == Some(200) && entry.authenticated));
    assert!(!format!("{entries:?}").contains(bench.sim.token()));
}
