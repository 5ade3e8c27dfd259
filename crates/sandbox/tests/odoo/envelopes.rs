//! The same call in three envelopes; which ones a server has.

use sandbox::odoo::{Options, Protocols};
use serde_json::json;

use crate::client::{answer, bench, bench_with};

#[tokio::test]
async fn json_2_gives_bare_results() {
    let bench = bench().await;
    let who = bench.ok("res.users", "context_get", json!({})).await;
    assert_eq!(who, json!({"lang": "fr_FR", "tz": "Europe/Paris", "uid": 2}));
    assert_eq!(bench.ok("crm.lead", "create", json!({"vals_list": {"name": "A"}})).await, json!([1]));
    assert_eq!(bench.ok("crm.lead", "create", json!({"vals_list": [{"name": "B"}]})).await, json!([2]));
    assert_eq!(bench.ok("crm.lead", "write", json!({"ids": [1], "vals": {"name": "C"}})).await, json!(true));
}

#[tokio::test]
async fn json_rpc_wraps_everything() {
    let bench = bench_with(Options::version_18()).await;
    let version = bench.rpc("common", "version", json!([])).await;
    assert_eq!(version["result"]["server_version_info"], json!([18, 0, 0, "final", 0, ""]));
    let login = |key: &str| json!([bench.sim.database(), bench.sim.login(), key, {}]);
    assert_eq!(bench.rpc("common", "authenticate", login(&bench.key)).await["result"], json!(2));
    let wrong = bench.rpc("common", "authenticate", login("wrong")).await;
    assert_eq!(wrong["result"], json!(false), "no error");
    assert_eq!(bench.execute("crm.lead", "create", json!([{"name": "A"}])).await["result"], json!(1));
    assert_eq!(bench.execute("crm.lead", "create", json!([[{"name": "B"}]])).await["result"], json!([2]));
    assert_eq!(bench.rpc("db", "list", json!([])).await["result"], json!(["cave"]));
}

#[tokio::test]
async fn xml_rpc_has_typed_values_and_numbered_faults() {
    let bench = bench().await;
    let text = async |body: &str| {
        let request = bench.http.post(format!("{}/xmlrpc/2/object", bench.sim.url())).body(body.to_owned());
        request.send().await.unwrap().text().await.unwrap()
    };
    let call = |key: &str| {
        format!(
            "<?xml version='1.0'?><methodCall><methodName>execute_kw</methodName><params>\
             <param><value><string>cave</string></value></param><param><value><int>2</int></value></param>\
             <param><value>{key}</value></param><param><value>res.company</value></param>\
             <param><value>search_read</value></param>\
             <param><value><array><data><value><array><data/></array></value></data></array></value></param>\
             <param><value><struct><member><name>fields</name><value><array><data><value>name</value></data></array>\
             </value></member></struct></value></param></params></methodCall>"
        )
    };
    let good = text(&call(&bench.key)).await;
    assert!(good.contains("<name>id</name><value><int>1</int></value>"), "{good}");
    assert!(good.contains("<string>Cave du Port</string>"));
    let denied = text(&call("wrong")).await;
    assert!(denied.contains("<name>faultCode</name><value><int>3</int></value>"), "{denied}");
    assert!(text("nonsense").await.contains("<fault>"));
}

#[tokio::test]
async fn a_server_has_the_protocols_it_was_given() {
    let json2_only = bench_with(Options::json2_only()).await;
    assert_eq!(json2_only.call("res.users", "context_get", json!({})).await.0, 200);
    assert_eq!(answer(json2_only.post("/jsonrpc", json!({}))).await.0, 404);
    let old = bench_with(Options::version_18()).await;
    assert_eq!(old.call("res.users", "context_get", json!({})).await.0, 404);
    let page = |sim: &str| old.http.get(format!("{sim}/web/version"));
    assert_eq!(answer(page(old.sim.url())).await.0, 404);
    let (status, told) = answer(page(json2_only.sim.url())).await;
    assert_eq!((status, &told["version"]), (200, &json!("19.0")));
    let protocols = Protocols { json2: true, jsonrpc: true, xmlrpc: false };
    let without = bench_with(Options { protocols, ..Options::default() }).await;
    assert_eq!(answer(without.post("/xmlrpc/2/common", json!({}))).await.0, 404);
}

#[tokio::test]
async fn databases_are_listed_unless_it_is_switched_off() {
    for (lists_databases, told) in [(true, json!(["cave"])), (false, json!(null))] {
        let bench = bench_with(Options { lists_databases, ..Options::default() }).await;
        let (_, body) =
            answer(bench.post("/web/database/list", json!({"jsonrpc": "2.0", "params": {}}))).await;
        assert_eq!(body["result"], told);
        assert_eq!(body["error"].is_null(), lists_databases);
    }
}

#[tokio::test]
async fn what_is_no_request_is_told() {
    let bench = bench().await;
    let url = format!("{}/json/2/res.users/context_get", bench.sim.url());
    let bearer = format!("Bearer {}", bench.key);
    let request =
        bench.http.post(&url).header("authorization", &bearer).header("content-type", "application/json");
    let (status, body) = answer(request.body("{")).await;
    assert_eq!(status, 400);
    assert!(body["message"].as_str().unwrap().starts_with("could not parse the body as json"));
    assert_eq!(answer(bench.http.post(&url).header("authorization", &bearer).body("{}")).await.0, 415);
    let (status, body) = answer(bench.http.get(format!("{}/json/2", bench.sim.url()))).await;
    assert_eq!((status, &body["message"]), (404, &json!("Did you mean POST /json/2/<model>/<method>?")));
}
