//! What is told of objects and fields.

use sandbox::salesforce::{Field, FieldType, Pick};
use serde_json::{Value, json};

use crate::client::{bench, refused};

/// A field of an object as it is described.
fn field<'a>(object: &'a Value, name: &str) -> &'a Value {
    object["fields"].as_array().unwrap().iter().find(|field| field["name"] == json!(name)).unwrap()
}

#[tokio::test]
async fn objects_are_listed_and_described() {
    let at = bench().await;
    let (_, all) = at.get("sobjects").await;
    let names: Vec<_> =
        all["sobjects"].as_array().unwrap().iter().map(|object| object["name"].clone()).collect();
    assert!(names.contains(&json!("Opportunity")) && names.contains(&json!("OpportunityStage")));
    let (_, deals) = at.get("sobjects/Opportunity/describe").await;
    assert_eq!((&deals["keyPrefix"], &deals["labelPlural"]), (&json!("006"), &json!("Opportunities")));
    let required: Vec<_> = deals["fields"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["createable"] == json!(true) && f["nillable"] == json!(false))
        .filter(|f| f["defaultedOnCreate"] == json!(false))
        .map(|f| f["name"].clone())
        .collect();
    assert_eq!(required, ["Name", "StageName", "CloseDate"]);
    let account = field(&deals, "AccountId");
    assert_eq!(
        (&account["referenceTo"], &account["relationshipName"]),
        (&json!(["Account"]), &json!("Account"))
    );
    assert_eq!(refused(at.get("sobjects/Nothing__c/describe").await), (404, "NOT_FOUND".to_owned()));
    at.sim.table("Lead").show(false);
    assert_eq!(at.get("sobjects/Lead/describe").await.0, 404);
}

#[tokio::test]
async fn stages_are_the_values_of_their_field() {
    let at = bench().await;
    at.sim.add_stage("Pilote", 40, false, false);
    at.sim.remove_stage("Qualification");
    at.sim.relabel_stage("Closed Won", "Gagnée");
    let (_, deals) = at.get("sobjects/Opportunity/describe").await;
    let picks = field(&deals, "StageName")["picklistValues"].as_array().unwrap().clone();
    let labels: Vec<_> = picks.iter().map(|pick| pick["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"Pilote") && !labels.contains(&"Qualification"));
    assert!(
        picks.iter().any(|pick| pick["value"] == json!("Closed Won") && pick["label"] == json!("Gagnée"))
    );
    let stages =
        "SELECT ApiName, IsClosed, IsWon, DefaultProbability FROM OpportunityStage WHERE IsWon = true";
    let (_, won) = at.query(stages).await;
    assert_eq!((&won["totalSize"], &won["records"][0]["ApiName"]), (&json!(1), &json!("Closed Won")));
}

#[tokio::test]
async fn fields_come_and_go() {
    let at = bench().await;
    let deals = at.sim.table("Opportunity");
    let picks = FieldType::MultiPicklist(vec![Pick::new("a", "Alpha"), Pick::new("b", "Bêta")]);
    deals.add_field(Field::new("Tags__c", "Tags", picks));
    deals.rename_field("NextStep", "Prochaine étape");
    deals.retire_pick("Tags__c", "b");
    deals.remove_field("Probability");
    let (_, described) = at.get("sobjects/Opportunity/describe").await;
    assert_eq!(field(&described, "Tags__c")["picklistValues"][1]["active"], json!(false));
    assert_eq!(field(&described, "NextStep")["label"], json!("Prochaine étape"));
    let gone = at.query("SELECT Probability FROM Opportunity").await;
    assert_eq!(refused(gone), (400, "INVALID_FIELD".to_owned()));
    let made = at.sim.add_object("Vigne__c", "Vigne", [Field::new("Name", "Nom", FieldType::Text(80))]);
    made.make([json!({"Name": "Clos"})]);
    assert_eq!(at.found("SELECT Name FROM Vigne__c", "Name").await, ["Clos"]);
}
