//! What can be wrong, and what is said of it: a message that says what to do, a line in the history,
//! and no lost or half-written deal.

use model::Lang;
use model::api::{ConfigUpdate, SyncBody};
use sandbox::airtable::FieldType;
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::harness::{Harness, counts};

/// The run failed, said this, told what to do, and left its line in the history.
async fn refused(at: &Harness, run: &SyncBody, message: &str) {
    assert!(!run.success && run.status == "error", "{run:?}");
    let said =
        format!("{} {}", run.error.as_deref().unwrap_or_default(), run.hint.as_deref().unwrap_or_default());
    assert!(said.contains(message), "expected « {message} » in « {said} »");
    let line = at.hub.run(run.run_id, Lang::Fr).await.unwrap();
    assert_eq!((line.status.as_str(), line.error_message), ("error", run.error.clone()));
    assert!(line.completed_at.is_some());
}

#[tokio::test]
async fn the_connection_is_wrong() {
    let at = Harness::new().await;
    at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
    at.import().await;
    let deals = at.deals().await;
    let change = |token: Option<&str>, base: Option<&str>, table: Option<&str>| ConfigUpdate {
        api_token: token.map(str::to_owned),
        base_id: base.map(str::to_owned),
        table_name: table.map(str::to_owned),
        ..ConfigUpdate::default()
    };
    for (update, message) in [
        (change(Some("patWrong"), None, None), "Token Airtable invalide ou expiré"),
        (change(None, Some("appDoesNotExist00"), None), "Base Airtable introuvable"),
        (change(None, None, Some("Delas")), "« Delas » est introuvable"),
        (change(None, None, Some("Delas")), "Tables présentes : Deals"),
    ] {
        at.configure(update).await;
        refused(&at, &at.import().await, message).await;
        let test = at.hub.test("airtable", Lang::Fr).await.unwrap();
        assert!(!test.success && test.error == Some(test.message.clone()), "{test:?}");
    }
    at.configure(ConfigUpdate::default()).await;
    at.simulator.revoke(at.simulator.token());
    refused(&at, &at.export().await, "Token Airtable invalide ou expiré").await;
    assert_eq!(at.deals().await, deals);
}

#[tokio::test]
async fn the_table_changed_since_it_was_tested() {
    let at = Harness::new().await;
    at.table.insert([json!({"Name": "A", "Amount": 1, "Sector": "s"})]).unwrap();
    assert!(at.hub.test("airtable", Lang::Fr).await.unwrap().success);

    // Renamed things are the same things; the settings follow and the run says so.
    at.table.rename("Affaires");
    at.table.rename_field("Amount", "Montant");
    let run = at.import().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [1, 1, 0, 0, 0]), "{run:?}");
    assert_eq!(run.warnings.len(), 2, "{:?}", run.warnings);
    let config = at.hub.config("airtable").await.unwrap();
    assert_eq!(
        (config.table_name.as_deref(), config.field_mapping["montant_brut"].as_str()),
        (Some("Affaires"), "Montant")
    );
    assert_eq!(counts(&at.import().await), [1, 0, 0, 1, 0]);

    // A deleted field is a fault, and what it held stays in the CRM.
    at.table.delete_field("Sector");
    refused(&at, &at.import().await, "« Sector » (Secteur) n'existe pas").await;
    assert_eq!(at.deals().await[0].secteur.as_deref(), Some("s"));
    at.table.delete_field("Montant");
    refused(&at, &at.import().await, "« Montant » (Montant brut) n'existe pas").await;
}

#[tokio::test]
async fn the_mapping_is_wrong() {
    let at = Harness::new().await;
    let entries = |pairs: &[(&str, &str)]| {
        Some(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
    };
    for (pairs, message) in [
        (&[][..], "Le mapping est vide"),
        (&[("client", "")][..], "Le mapping est vide"),
        (&[("client", "Name"), ("montant_brut", "name")][..], "à la fois à client et à montant_brut"),
        (&[("client", "Name"), ("prix", "Amount")][..], "« prix » n'est pas un champ du CRM"),
    ] {
        let update = ConfigUpdate { field_mapping: entries(pairs), ..ConfigUpdate::default() };
        let error = at.hub.save_config("airtable", update).await.unwrap_err();
        assert!(error.message(Lang::Fr).contains(message), "{error}");
    }
    at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
    at.map(&[("client", "Name")]).await;
    refused(&at, &at.import().await, "Montant brut n'est associé à aucun champ").await;
    at.map(&[("client", "Nom"), ("montant_brut", "Amount")]).await;
    refused(&at, &at.import().await, "« Nom » (Client) n'existe pas").await;
    at.map(&[("client", "Name"), ("montant_brut", "Amount"), ("notes", "Remarques")]).await;
    refused(&at, &at.import().await, "« Remarques » (Notes) n'existe pas").await;
    assert!(at.deals().await.is_empty());
}

#[tokio::test]
async fn a_default_name_that_was_never_there_is_only_a_warning() {
    let at = Harness::new().await;
    at.table.delete_field("Sector");
    at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
    let run = at.import().await;
    assert_eq!((run.status.as_str(), run.warnings.len()), ("success", 1), "{run:?}");
}

#[tokio::test]
async fn records_that_cannot_be_deals_are_refused_alone() {
    let at = Harness::new().await;
    for field in ["Amount", "Due Date"] {
        at.table.retype(field, FieldType::MultilineText);
    }
    let long = "L".repeat(90_000);
    at.table
        .insert([
            json!({"Name": "Bon", "Amount": "1 234,50 €", "Due Date": "21/11/2026"}),
            json!({"Name": "Texte", "Amount": "douze mille"}),
            json!({"Name": "Ambigu", "Amount": "1,234"}),
            json!({"Name": "Zéro", "Amount": "0"}),
            json!({"Name": "Sans montant"}),
            json!({"Amount": "12"}),
            json!({"Name": "Date", "Amount": "12", "Due Date": "bientôt"}),
            json!({"Name": long, "Amount": "12"}),
        ])
        .unwrap();
    let run = at.import().await;
    assert_eq!(
        (run.success, run.status.as_str(), counts(&run)),
        (true, "partial", [8, 1, 0, 0, 7]),
        "{run:?}"
    );
    let said: Vec<(&str, &str)> =
        run.errors.iter().map(|e| (e.client.as_deref().unwrap_or("-"), e.message.as_str())).collect();
    for (client, message) in [
        ("Texte", "« douze mille » n'est pas un nombre"),
        ("Ambigu", "« 1,234 » est ambigu"),
        ("Zéro", "doit être supérieur à 0"),
        ("Sans montant", "Montant brut manquant"),
        ("-", "Client manquant"),
        ("Date", "« bientôt » n'est pas une date"),
        ("LLL", "90000 caractères, la limite est de 500"),
    ] {
        assert!(
            said.iter().any(|(c, m)| c.starts_with(client) && m.contains(message)),
            "{client}: {message} in {said:?}"
        );
    }
    let short = run.errors.iter().all(|e| e.message.len() + e.client.as_ref().map_or(0, String::len) < 500);
    assert!(short, "a refusal does not repeat a page of text");
    let deals = at.deals().await;
    assert_eq!(
        (deals.len(), deals[0].montant_brut.cents(), deals[0].date_echeance.as_deref()),
        (1, 123_450, Some("2026-11-21"))
    );

    // Mended, they go through, and only they are run again.
    for row in at.table.records() {
        at.table.set(row.id, &json!({"Name": row.get("Name").as_str().filter(|n| n.len() < 50).unwrap_or("Nommé"), "Amount": "7", "Due Date": null, "Notes": null})).unwrap();
    }
    let again = at.hub.replay(run.run_id).await.unwrap();
    let again = at.hub.wait(again, Lang::Fr).await.unwrap();
    assert_eq!(counts(&again), [7, 7, 0, 0, 0]);
}

#[tokio::test]
async fn when_every_record_is_refused_the_run_is_an_error_with_its_counts() {
    let at = Harness::new().await;
    at.table.insert([json!({"Name": "A"}), json!({"Name": "B"})]).unwrap();
    let run = at.import().await;
    assert_eq!(
        (run.success, run.status.as_str(), run.code.as_deref()),
        (false, "error", Some("all_refused"))
    );
    assert_eq!(counts(&run), [2, 0, 0, 0, 2]);
}

#[tokio::test]
async fn an_empty_table_deletes_nothing() {
    let at = Harness::new().await;
    let run = at.import().await;
    assert_eq!((run.status.as_str(), counts(&run), run.warnings.len()), ("success", [0; 5], 1));
    at.table.insert([json!({"Name": "A", "Amount": 1})]).unwrap();
    at.import().await;
    at.table.clear();
    let run = at.import().await;
    assert!(run.warnings[0].contains("Rien n'a été supprimé"), "{:?}", run.warnings);
    assert_eq!(at.deals().await.len(), 1);
}

#[tokio::test]
async fn ten_thousand_and_one_records() {
    let at = Harness::new().await;
    at.table.insert((0..10_001).map(|i| json!({"Name": format!("C{i}"), "Amount": 1}))).unwrap();
    let run = at.import().await;
    assert_eq!((run.status.as_str(), counts(&run)), ("success", [10_001, 10_001, 0, 0, 0]));
    let test = at.hub.test("airtable", Lang::Fr).await.unwrap();
    assert_eq!((test.record_count, test.record_count_is_minimum), (Some(2_000), true));
}

#[tokio::test]
async fn the_service_misbehaves() {
    let at = Harness::new().await;
    at.table.insert((0..150).map(|i| json!({"Name": format!("C{i}"), "Amount": 1}))).unwrap();
    for (fault, message) in
        [(Fault::HtmlPage, "page HTML"), (Fault::WrongType, "Airtable"), (Fault::Status(500), "Airtable")]
    {
        at.simulator.fault(Rule::new(Kind::List, fault).from_nth(2));
        let run = at.import().await;
        refused(&at, &run, message).await;
        assert_eq!(run.records_created + run.records_unchanged, 100, "the first page is in: {run:?}");
        at.simulator.faults().clear();
    }
    // Passing faults are not even noticed.
    for fault in
        [Fault::Status(502), Fault::ResetMidBody, Fault::CutJson, Fault::ExpiredOffset, Fault::DuplicatePage]
    {
        at.simulator.fault(Rule::new(Kind::List, fault).nth(2));
        let run = at.import().await;
        assert_eq!(
            (run.status.as_str(), run.records_processed, at.deals().await.len()),
            ("success", 150, 150),
            "{run:?}"
        );
        at.simulator.faults().clear();
    }
}

#[tokio::test]
async fn the_service_is_unreachable() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    let mut at = Harness::on(&url, Some(folder)).await;
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    at.hub = super::harness::open(&url, &format!("http://{silent}")).await;
    at.configure(ConfigUpdate::default()).await;
    let run = at.import().await;
    refused(&at, &run, "Airtable").await;
    assert_eq!(run.code.as_deref(), Some("unavailable"));
}
