//! Keys, databases, rights, companies, and what is told in each protocol.

use sandbox::odoo::{Options, Right};
use serde_json::{Value, json};

use crate::client::{answer, bench, bench_with};

#[tokio::test]
async fn without_a_good_key_everything_is_refused() {
    let mut bench = bench().await;
    let (status, body) = answer(bench.post("/json/2/crm.lead/search", json!({"domain": []}))).await;
    assert_eq!(status, 401);
    assert!(body["message"].as_str().unwrap().starts_with("User not authenticated"));
    bench.sim.revoke(bench.sim.key());
    let (status, body) = bench.call("crm.lead", "search", json!({"domain": []})).await;
    assert_eq!((status, &body["name"]), (401, &json!("werkzeug.exceptions.Unauthorized")));
    assert_eq!(body["arguments"], json!(["Invalid apikey", 401]));
    let body = bench.execute("crm.lead", "search", json!([[]])).await;
    assert_eq!(body["error"]["data"]["name"], "odoo.exceptions.AccessDenied");
    bench.key = "another".into();
    assert_eq!(bench.call("crm.lead", "search", json!({"domain": []})).await.0, 401);
    assert!(bench.sim.log().entries().iter().all(|entry| !entry.authenticated));
}

#[tokio::test]
async fn a_wrong_database_is_a_page_or_an_exception() {
    let bench = bench().await;
    let request = bench.post("/json/2/res.users/context_get", json!({})).bearer_auth(&bench.key);
    let (status, body) = answer(request.header("x-odoo-database", "elsewhere")).await;
    assert_eq!(status, 404);
    assert!(body.as_str().unwrap().contains("<title>404 Not Found</title>"));
    let login = json!(["elsewhere", bench.sim.login(), bench.key, {}]);
    let body = bench.rpc("common", "authenticate", login).await;
    assert_eq!(body["error"]["data"]["name"], "psycopg2.OperationalError");
    assert!(
        body["error"]["data"]["message"].as_str().unwrap().contains("database \"elsewhere\" does not exist")
    );
}

#[tokio::test]
async fn the_code_of_an_error_follows_the_version() {
    for (options, code) in [(Options::default(), 0), (Options::version_18(), 200)] {
        let bench = bench_with(options).await;
        let body = bench.execute("crm.lead", "read", json!([[99]])).await;
        assert_eq!(body["error"]["code"], code);
        assert_eq!(body["error"]["message"], "Odoo Server Error");
        assert_eq!(body["error"]["data"]["name"], "odoo.exceptions.MissingError");
    }
}

#[tokio::test]
async fn rights_are_taken_and_given_back() {
    let bench = bench().await;
    let id = bench.sim.table("crm.lead").make([json!({"name": "A", "type": "lead"})])[0];
    let cases = [
        (Right::Read, "read", json!({"ids": [id]})),
        (Right::Write, "write", json!({"ids": [id], "vals": {"name": "B"}})),
        (Right::Create, "create", json!({"vals_list": {"name": "B"}})),
        (Right::Unlink, "unlink", json!({"ids": [id]})),
    ];
    for (right, method, body) in cases {
        let word = if method == "read" { "read" } else { method };
        let may = async || bench.ok("crm.lead", "has_access", json!({"ids": [], "operation": word})).await;
        bench.sim.deny("crm.lead", right);
        let (status, refusal) = bench.call("crm.lead", method, body.clone()).await;
        assert_eq!((status, &refusal["name"]), (403, &json!("odoo.exceptions.AccessError")), "{method}");
        assert_eq!(may().await, json!(false));
        bench.sim.allow("crm.lead", right);
        assert_eq!(may().await, json!(true));
        assert_eq!(bench.call("crm.lead", method, body).await.0, 200, "{method}");
    }
}

#[tokio::test]
async fn companies_hide_each_other_s_records() {
    let bench = bench().await;
    let other = bench.sim.add_company("Négoce");
    let leads = bench.sim.table("crm.lead");
    let lead = |company: Value| json!({"name": "A", "type": "lead", "company_id": company});
    let ids = leads.make([lead(json!(1)), lead(json!(other)), lead(json!(null))]);
    let seen = async |companies: Value| {
        let context = json!({"allowed_company_ids": companies});
        bench.call("crm.lead", "search", json!({"domain": [], "context": context})).await
    };
    assert_eq!(bench.found("crm.lead", json!([])).await, ids);
    assert_eq!(seen(json!([1])).await.1, json!([ids[0], ids[2]]));
    assert_eq!(seen(json!([other])).await.1, json!([ids[1], ids[2]]));
    let (status, body) = seen(json!([99])).await;
    assert_eq!((status, &body["message"]), (403, &json!("Access to unauthorized or invalid companies.")));
    let context = json!({"allowed_company_ids": [1]});
    let (status, _) = bench.call("crm.lead", "read", json!({"ids": [ids[1]], "context": context})).await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn what_does_not_exist_is_named() {
    let bench = bench().await;
    for (model, method, body, status, message) in [
        ("x.y", "search", json!({"domain": []}), 404, "the model 'x.y' does not exist"),
        ("res.partner", "foo", json!({}), 404, "The method 'res.partner.foo' does not exist"),
        ("res.partner", "search", json!({}), 422, "missing a required argument: 'domain'"),
        (
            "res.partner",
            "create",
            json!({"ids": [1], "vals_list": {}}),
            422,
            "cannot call res.partner.create with ids",
        ),
        (
            "res.partner",
            "_write",
            json!({}),
            403,
            "Private methods (such as '_write') cannot be called remotely.",
        ),
        (
            "res.partner",
            "search",
            json!({"domain": [["no", "=", 1]]}),
            500,
            "Invalid field 'no' on model 'res.partner'",
        ),
    ] {
        let (found, refusal) = bench.call(model, method, body).await;
        assert_eq!((found, &refusal["message"]), (status, &json!(message)));
    }
    bench.sim.uninstall("stock.quant");
    assert_eq!(bench.call("stock.quant", "fields_get", json!({})).await.0, 404);
    let body = bench.execute("stock.quant", "search", json!([[]])).await;
    assert_eq!(body["error"]["data"]["message"], "Object stock.quant doesn't exist");
}
