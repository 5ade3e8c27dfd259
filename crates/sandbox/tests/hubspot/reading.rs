//! The plain list and the batch.

use serde_json::json;

use crate::client::{bench, ids};

#[tokio::test]
async fn a_list_leads_to_its_end() {
    let bench = bench().await;
    let all = bench.deals(25);
    let (mut path, mut read) = ("/crm/v3/objects/deals?limit=10".to_owned(), Vec::new());
    loop {
        let (_, page) = bench.get(&path).await;
        read.extend(ids(&page));
        let Some(after) = page["paging"]["next"]["after"].as_str() else { break };
        path = format!("/crm/v3/objects/deals?limit=10&after={after}");
    }
    assert_eq!(read, all);
    for wrong in ["limit=101", "limit=0", "after=%C3%A9"] {
        assert_eq!(bench.get(&format!("/crm/v3/objects/deals?{wrong}")).await.0, 400, "{wrong}");
    }
    assert!(bench.sim.records("deals").delete(&all[3]));
    assert_eq!(ids(&bench.get("/crm/v3/objects/deals?limit=100").await.1).len(), 24);
    let (_, gone) = bench.get("/crm/v3/objects/deals?archived=true").await;
    assert_eq!(ids(&gone), [all[3].clone()]);
    assert!(gone["results"][0]["archivedAt"].is_string());
}

#[tokio::test]
async fn values_are_texts_and_only_what_is_asked_for_comes() {
    let bench = bench().await;
    bench.deals(1);
    let (_, usual) = bench.get("/crm/v3/objects/deals").await;
    let told = &usual["results"][0]["properties"];
    assert_eq!((&told["amount"], told.get("description")), (&json!("0"), None));
    let (_, asked) = bench.get("/crm/v3/objects/deals?properties=description,nonsense").await;
    let told = asked["results"][0]["properties"].as_object().unwrap();
    let names: Vec<&String> = told.keys().collect();
    assert_eq!(names, ["createdate", "description", "hs_lastmodifieddate", "hs_object_id"]);
    assert_eq!(told["description"], json!(null), "unset");
    let (_, apart) = bench.get("/crm/v3/objects/deals?properties=description&properties=amount").await;
    assert_eq!(
        apart["results"][0]["properties"]["amount"], "0",
        "one parameter each, as the official client does"
    );
    let long = format!("/crm/v3/objects/deals?properties={}", "x".repeat(8_000));
    assert_eq!(bench.get(&long).await.0, 414);
}

#[tokio::test]
async fn associations_are_told_with_the_record_and_in_a_batch() {
    let bench = bench().await;
    let deals = bench.deals(2);
    let company = bench.sim.records("companies").add([json!({"name": "Cave"})]).unwrap().concat();
    bench.sim.records("deals").link(&deals[0], "companies", &company).unwrap();
    let (_, body) = bench.get("/crm/v3/objects/deals?associations=companies,contacts").await;
    let twice = json!([{"id": company, "type": "deal_to_company"}, {"id": company, "type": "deal_to_company_unlabeled"}]);
    let told = json!({"companies": {"results": twice}});
    assert_eq!(body["results"][0]["associations"], told);
    assert_eq!(body["results"][1].get("associations"), None);
    let asked = json!({"inputs": [{"id": deals[0]}, {"id": deals[1]}]});
    let (status, body) = bench.post("/crm/v4/associations/deals/companies/batch/read", asked).await;
    assert_eq!((status, &body["errors"][0]["context"]), (207, &json!({"fromObjectId": [deals[1]]})));
    assert_eq!(body["results"][0]["to"][0]["toObjectId"].to_string(), company);
}

#[tokio::test]
async fn a_batch_tells_what_is_missing() {
    let bench = bench().await;
    let deals = bench.deals(2);
    let asked = json!({"properties": ["amount"], "inputs": [{"id": deals[1]}, {"id": "999"}]});
    let (status, body) = bench.post("/crm/v3/objects/deals/batch/read", asked).await;
    assert_eq!((status, &body["numErrors"]), (207, &json!(1)));
    assert_eq!(body["errors"][0]["context"], json!({"ids": ["999"]}));
    assert_eq!(body["results"][0]["properties"]["amount"], "1");
    let many: Vec<_> = (0..101).map(|id| json!({"id": id.to_string()})).collect();
    assert_eq!(bench.post("/crm/v3/objects/deals/batch/read", json!({"inputs": many})).await.0, 400);
    assert_eq!(bench.get("/crm/v3/objects/deals/999").await.1["message"], "resource not found");
}
