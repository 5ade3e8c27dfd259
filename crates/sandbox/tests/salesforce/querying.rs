//! Queries: what they find, page by page, and how wrong ones are refused.

use std::time::Duration;

use reqwest::Method;
use sandbox::{Fault, Kind, Rule};
use serde_json::{Value, json};

use crate::client::{Bench, answer, bench, refused};

async fn filled() -> Bench {
    let at = bench().await;
    let account = at.sim.table("Account").make([json!({"Name": "Château d'Yquem"})]).remove(0);
    let deals = at.sim.table("Opportunity");
    let ids = deals.make([
        json!({"Name": "Alpha", "StageName": "Closed Won", "Amount": 12.5, "CloseDate": "2027-01-31", "AccountId": account}),
        json!({"Name": "béta", "StageName": "Qualification", "Amount": 7, "CloseDate": "2027-03-01"}),
        json!({"Name": "Gamma", "StageName": "Qualification", "CloseDate": "2026-12-24"}),
        json!({"Name": "Delta", "StageName": "Closed Lost", "CloseDate": "2026-12-24"}),
    ]);
    deals.delete(&ids[3]);
    at
}

#[tokio::test]
async fn conditions_of_every_kind() {
    let at = filled().await;
    for (condition, names) in [
        ("Name = 'alpha'", vec!["Alpha"]),
        ("Name != 'alpha' ORDER BY Name", vec!["béta", "Gamma"]),
        ("Amount > 7", vec!["Alpha"]),
        ("Amount = null", vec!["Gamma"]),
        ("CloseDate >= 2027-01-31 ORDER BY CloseDate DESC", vec!["béta", "Alpha"]),
        ("IsWon = TRUE", vec!["Alpha"]),
        ("Account.Name = 'Château d\\'Yquem'", vec!["Alpha"]),
        ("Account.Name LIKE '%yquem'", vec!["Alpha"]),
        ("Name IN ('Gamma', 'BÉTA') ORDER BY CloseDate", vec!["Gamma", "béta"]),
        ("Name NOT IN ('Gamma', 'béta')", vec!["Alpha"]),
        ("(Name = 'Alpha' OR Name = 'Gamma') AND NOT Amount = 12.5", vec!["Gamma"]),
        ("CreatedDate >= 2020-01-01T00:00:00Z ORDER BY Id LIMIT 1 OFFSET 1", vec!["béta"]),
        ("CreatedDate < 2020-01-01T00:00:00.000+02:00", vec![]),
    ] {
        assert_eq!(
            at.found(&format!("SELECT Name FROM Opportunity WHERE {condition}"), "Name").await,
            names,
            "{condition}"
        );
    }
    let (_, counted) = at.query("SELECT COUNT() FROM Opportunity").await;
    assert_eq!((&counted["totalSize"], &counted["records"]), (&json!(3), &json!([])));
    let all = at.request(Method::GET, "queryAll").query(&[("q", "SELECT Id FROM Opportunity")]);
    assert_eq!(answer(all).await.1["totalSize"], json!(4), "deleted ones too");
}

#[tokio::test]
async fn records_come_with_those_they_link_to() {
    let at = filled().await;
    let query = "SELECT Id, Amount, IsPrivate, CreatedDate, Account.Name, Account.Type, Owner.Name FROM Opportunity ORDER BY Id LIMIT 2";
    let (_, body) = at.query(query).await;
    let first = &body["records"][0];
    assert_eq!(first["Account"]["Name"], json!("Château d'Yquem"));
    assert_eq!((&first["Account"]["Type"], &first["IsPrivate"]), (&Value::Null, &json!(false)));
    assert_eq!(first["Owner"]["Name"], json!("Passerelle Intégration"));
    assert_eq!(first["attributes"]["type"], json!("Opportunity"));
    assert_eq!(body["records"][1]["Account"], Value::Null);
    assert!(first["CreatedDate"].as_str().unwrap().ends_with("+0000"), "without a colon");
    assert_eq!(first["Id"].as_str().unwrap().len(), 18);
}

#[tokio::test]
async fn wrong_queries_are_refused_as_the_service_does() {
    let at = filled().await;
    for (query, code) in [
        ("SELECT Name FORM Opportunity", "MALFORMED_QUERY"),
        ("SELECT Name FROM Opportunity WHERE Name = 'open", "MALFORMED_QUERY"),
        ("SELECT FIELDS(ALL) FROM Opportunity", "MALFORMED_QUERY"),
        ("SELECT FIELDS(ALL) FROM Opportunity LIMIT 201", "MALFORMED_QUERY"),
        ("SELECT Name FROM Opportunitys", "INVALID_TYPE"),
        ("SELECT Foo FROM Opportunity", "INVALID_FIELD"),
        ("SELECT Compte.Name FROM Opportunity", "INVALID_FIELD"),
        ("SELECT Name FROM Opportunity WHERE Amount = '7'", "INVALID_FIELD"),
        ("SELECT Name FROM Opportunity WHERE CloseDate = '2027-01-31'", "INVALID_FIELD"),
        ("SELECT Name FROM Opportunity WHERE Description = 'x'", "INVALID_FIELD"),
        ("SELECT Name FROM Opportunity WHERE Id = '006'", "INVALID_QUERY_FILTER_OPERATOR"),
    ] {
        assert_eq!(refused(at.query(query).await), (400, code.to_owned()), "{query}");
    }
    let (_, body) = at.query("SELECT Foo FROM Opportunity").await;
    assert!(body[0]["message"].as_str().unwrap().contains("No such column 'Foo' on entity 'Opportunity'"));
    let long = format!("SELECT Name FROM Opportunity WHERE Name = '{}'", "x".repeat(17_000));
    assert_eq!(at.query(&long).await.0, 414);
}

#[tokio::test]
async fn pages_are_followed_by_their_address_for_two_days() {
    let at = bench().await;
    at.sim.table("Opportunity").make((0..2_450).map(|number| json!({"Name": format!("n° {number}")})));
    let pages = async |size: &str| {
        let first = at.request(Method::GET, "query").query(&[("q", "SELECT Id FROM Opportunity")]);
        let (_, mut page) = answer(first.header("sforce-query-options", size)).await;
        let mut sizes = Vec::new();
        let mut ids = Vec::new();
        loop {
            let records = page["records"].as_array().unwrap();
            sizes.push(records.len());
            ids.extend(records.iter().map(|record| record["Id"].clone()));
            let Some(next) = page["nextRecordsUrl"].as_str() else { break };
            assert_eq!(page["done"], json!(false));
            let next = at.http.get(format!("{}{next}", at.sim.url())).bearer_auth(&at.token);
            page = answer(next).await.1;
        }
        assert_eq!(ids, at.sim.table("Opportunity").ids().into_iter().map(Value::from).collect::<Vec<_>>());
        sizes
    };
    assert_eq!(pages("batchSize=9000").await, [2_000, 450]);
    assert_eq!(pages("batchSize=1000").await, [1_000, 1_000, 450]);

    let (_, page) = at.query("SELECT Id FROM Opportunity").await;
    let next = page["nextRecordsUrl"].as_str().unwrap().to_owned();
    assert_eq!(next, "/services/data/v68.0/query/01gQ10000000000003-2000");
    at.sim.clock().advance(Duration::from_secs(3_600));
    at.sim.forget_cursors();
    let path = next.strip_prefix("/services/data/v68.0/").unwrap();
    assert_eq!(refused(at.get(path).await), (400, "INVALID_QUERY_LOCATOR".to_owned()));
}

#[tokio::test]
async fn a_listing_is_bent_on_demand() {
    let at = bench().await;
    at.sim.table("Opportunity").make((0..3).map(|number| json!({"Name": format!("n° {number}")})));
    at.sim.fault(Rule::new(Kind::List, Fault::EmptyListing));
    at.sim.fault(Rule::new(Kind::List, Fault::EmptyPage).nth(2));
    at.sim.fault(Rule::new(Kind::List, Fault::ExpiredOffset).nth(4));
    let query = "SELECT Id FROM Opportunity";
    assert_eq!(at.query(query).await.1["totalSize"], json!(0));
    let (_, empty) = at.query(query).await;
    assert_eq!((empty["records"].as_array().unwrap().len(), &empty["done"]), (0, &json!(false)));
    let next = empty["nextRecordsUrl"].as_str().unwrap().strip_prefix("/services/data/v68.0/").unwrap();
    assert_eq!(at.get(next).await.1["records"].as_array().unwrap().len(), 3);
    assert_eq!(refused(at.query(query).await).1, "INVALID_QUERY_LOCATOR");
}
