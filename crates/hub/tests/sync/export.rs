//! Export: partners, missing options, records that went away.

use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::harness::{Harness, counts};

#[tokio::test]
async fn nothing_to_export_is_said() {
    let at = Harness::new().await;
    let run = at.export().await;
    assert_eq!(
        (run.success, run.message.as_deref(), counts(&run)),
        (true, Some("Aucun deal à exporter"), [0; 5])
    );
}

#[tokio::test]
async fn a_deal_finds_its_record_by_client_and_erases_nothing() {
    let at = Harness::new().await;
    at.table
        .insert([
            json!({"Name": "élan", "Amount": 1, "Notes": "de là"}),
            json!({"Name": "Autre", "Amount": 5}),
        ])
        .unwrap();
    at.deal(json!({"client": "Élan", "montant_brut": 2})).await;
    let run = at.export().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [1, 0, 1, 0, 0]), "{run:?}");
    let records = at.table.records();
    assert_eq!(records.len(), 2);
    assert_eq!((records[0].get("Amount"), records[0].get("Notes")), (&json!(2), &json!("de là")));
    assert_eq!(counts(&at.export().await), [1, 0, 0, 1, 0]);
}

#[tokio::test]
async fn several_records_of_the_client_are_not_guessed_at() {
    let at = Harness::new().await;
    at.table.insert([json!({"Name": "X", "Amount": 1}), json!({"Name": "X", "Amount": 2})]).unwrap();
    at.deal(json!({"client": "X", "montant_brut": 3})).await;
    at.deal(json!({"client": "Y", "montant_brut": 3})).await;
    let run = at.export().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("partial", [2, 1, 0, 0, 1]));
    assert_eq!(run.errors[0].code, "ambiguous");
    assert_eq!(at.table.records().iter().filter(|r| r.get("Name") == "X").count(), 2);
}

#[tokio::test]
async fn of_several_records_of_the_client_the_one_that_holds_the_same_is_its_own() {
    let at = Harness::new().await;
    for amount in [1, 2] {
        at.deal(json!({"client": "X", "montant_brut": amount})).await;
    }
    let row = |amount| json!({"Name": "X", "Amount": amount, "Status": "Lead"});
    at.table.insert([row(2), row(1), row(2)]).unwrap();
    let run = at.export().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [2, 0, 0, 2, 0]), "{run:?}");
    assert_eq!(at.table.len(), 3);
}

#[tokio::test]
async fn an_option_that_does_not_exist_is_named_and_the_others_go() {
    let at = Harness::new().await;
    at.table.delete_option("Status", "Lost");
    at.deal(json!({"client": "A", "montant_brut": 1, "statut": "perdu"})).await;
    at.deal(json!({"client": "B", "montant_brut": 1, "statut": "gagné"})).await;
    let run = at.export().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("partial", [2, 1, 0, 0, 1]));
    assert_eq!(run.errors[0].code, "missing_option");
    assert!(run.errors[0].message.contains("« perdu »"), "{}", run.errors[0].message);
    assert_eq!(at.table.records()[0].get("Status"), "Won");
}

#[tokio::test]
async fn a_record_that_went_away_is_made_again_once() {
    let at = Harness::new().await;
    for i in 0..25 {
        at.deal(json!({"client": format!("C{i}"), "montant_brut": 1})).await;
    }
    assert_eq!(counts(&at.export().await), [25, 25, 0, 0, 0]);
    let gone = at.table.records();
    // Ids are text; the table gives them back as the service does.
    for row in gone.iter().take(3) {
        at.table.delete(row.id);
    }
    let run = at.export().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [25, 3, 0, 22, 0]), "{run:?}");
    assert_eq!(at.table.len(), 25);
    assert_eq!(counts(&at.export().await), [25, 0, 0, 25, 0]);
}

#[tokio::test]
async fn a_listing_that_lies_makes_no_doubles() {
    let at = Harness::new().await;
    for i in 0..5 {
        at.deal(json!({"client": format!("C{i}"), "montant_brut": 1})).await;
    }
    at.export().await;
    at.simulator.fault(Rule::new(Kind::List, Fault::EmptyListing));
    let run = at.export().await;
    assert_eq!((run.status.as_str(), at.table.len()), ("success", 5), "{run:?}");
}

#[tokio::test]
async fn an_answer_that_was_lost_makes_no_doubles() {
    let at = Harness::new().await;
    for i in 0..25 {
        at.deal(json!({"client": format!("C{i}"), "montant_brut": 1})).await;
    }
    at.simulator.fault(Rule::new(Kind::Create, Fault::DoneThenStatus(502)));
    at.simulator.fault(Rule::new(Kind::Create, Fault::DoneThenDropped).nth(2));
    let run = at.export().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [25, 25, 0, 0, 0]), "{run:?}");
    assert_eq!(at.table.len(), 25);
}

#[tokio::test]
async fn a_run_that_fails_half_way_is_continued_by_the_next() {
    let at = Harness::new().await;
    for i in 0..40 {
        at.deal(json!({"client": format!("C{i}"), "montant_brut": 1})).await;
    }
    at.simulator.fault(Rule::new(Kind::Create, Fault::Unauthorized).from_nth(3));
    let run = at.export().await;
    assert_eq!((run.success, run.error.as_deref()), (false, Some("Token Airtable invalide ou expiré")));
    assert!(run.records_created < 40);
    at.simulator.faults().clear();
    let next = at.export().await;
    assert_eq!(next.status, "success");
    assert_eq!(next.records_created + run.records_created, 40);
    assert_eq!(at.table.len(), 40);
}
