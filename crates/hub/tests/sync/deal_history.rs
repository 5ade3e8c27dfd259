//! The history of a deal, and where it stands elsewhere, on both engines.

use hub::{Caller, Kind};
use model::api::ConfigUpdate;
use model::deal_history::{DealActor, DealEvent, DealEventKind, DealFieldChange};
use serde_json::json;

use super::harness::{BASE, Harness};

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let at = Harness::on(url, None).await;
    at.configure(ConfigUpdate::default()).await;
    who_changed_what(&at).await;
    where_it_stands(&at).await;
    nobody_overwrites_another(&at).await;
    at.hub.close().await;
}

fn by_run(event: &DealEvent) -> (i64, &str, &str) {
    let DealActor::Run { id, connection, cause } = &event.actor else {
        unreachable!("a person did it: {event:?}")
    };
    (*id, connection, cause)
}

fn change(field: &str, before: Option<&str>, after: Option<&str>) -> DealFieldChange {
    DealFieldChange {
        field: field.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    }
}

async fn who_changed_what(at: &Harness) {
    let hub = &at.hub;
    let record = at.table.insert([json!({"Name": "Élan", "Amount": 1234.5, "Status": "Lead"})]).unwrap()[0];
    let first = at.import().await.run_id;
    let id = at.deals().await[0].id;
    let change_of = |json| serde_json::from_value(json).unwrap();
    let person = &Caller::Local;
    hub.update_deal(person, id, change_of(json!({"montant_brut": 99.9, "notes": "n"})), None).await.unwrap();
    hub.update_deal(person, id, change_of(json!({"notes": "n"})), None).await.unwrap();
    at.table.set(record, &json!({"Sector": "Vin"})).unwrap();
    let second = at.import().await.run_id;
    let number = hub.delete_deal(person, id).await.unwrap();
    assert_eq!(
        hub.deal_history(id, 1).await.unwrap()[0].kind,
        DealEventKind::Deleted,
        "it outlives the deal"
    );
    hub.undo_deletion(person, number).await.unwrap();

    let history = hub.deal_history(id, 100).await.unwrap();
    use DealEventKind::{Changed, Created, Deleted, Restored};
    let kinds: Vec<DealEventKind> = history.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [Restored, Deleted, Changed, Changed, Created], "{history:?}");
    assert!(history.is_sorted_by(|a, b| a.at >= b.at));
    assert_eq!(by_run(&history[4]), (first, "airtable", "person"));
    assert!(history[4].fields.contains(&change("montant_brut", None, Some("1234.50"))), "{history:?}");
    assert_eq!(history[3].actor, DealActor::Person { name: None });
    let by_hand = [change("montant_brut", Some("1234.50"), Some("99.90")), change("notes", None, Some("n"))];
    assert_eq!(history[3].fields, by_hand, "a change that changed nothing is none");
    assert_eq!(by_run(&history[2]).0, second);
    assert_eq!(history[2].fields, [change("secteur", None, Some("Vin"))]);
    assert_eq!(hub.deal_history(id, 2).await.unwrap(), history[..2]);
    assert_eq!(hub.deal_history(1_000, 10).await.unwrap_err().kind, Kind::NotFound);
}

async fn where_it_stands(at: &Harness) {
    let alone = at.deal(json!({"client": "Seul", "montant_brut": 1})).await.id;
    let linked = at.deals().await[0].id;
    let origins = at.hub.deal_origins(&[linked, alone, 1_000]).await.unwrap();
    assert_eq!(origins.len(), 1, "{origins:?}");
    let origin = &origins[&linked][0];
    let (table, record) = (at.table.id(), at.table.records()[0].id);
    assert_eq!((origin.connection.as_str(), origin.label.as_str()), ("airtable", "Airtable"));
    assert_eq!(origin.url, Some(format!("https://airtable.com/{BASE}/{table}/{record}")));
    assert_eq!(origin.external_id, record.to_string());
    let last = at.hub.deal_runs("airtable", 1, model::Lang::Fr).await.unwrap().remove(0);
    assert_eq!(origin.synced_at, last.completed_at);

    // Pointed elsewhere, the connection no longer knows where the old table's records are shown.
    let elsewhere = ConfigUpdate { base_id: Some("appElsewhere".to_owned()), ..ConfigUpdate::default() };
    at.configure(elsewhere).await;
    let origins = at.hub.deal_origins(&[linked]).await.unwrap();
    assert_eq!(origins[&linked][0].url, None);
    at.configure(ConfigUpdate::default()).await;
}

async fn nobody_overwrites_another(at: &Harness) {
    let deal = at.deal(json!({"client": "Deux mains", "montant_brut": 10})).await;
    let seen = deal.updated_at.parse().unwrap();
    let change_of = |json| serde_json::from_value(json).unwrap();
    let local = &Caller::Local;
    let first = at.hub.update_deal(local, deal.id, change_of(json!({"notes": "a"})), Some(seen)).await;
    let first = first.unwrap();
    let late = at.hub.update_deal(local, deal.id, change_of(json!({"notes": "b"})), Some(seen)).await;
    let late = late.unwrap_err();
    assert_eq!(late.kind, Kind::Outdated);
    assert!(late.message.fr.contains("Notes : a"), "{}", late.message.fr);
    let seen = first.updated_at.parse().unwrap();
    at.hub.update_deal(local, deal.id, change_of(json!({"notes": "b"})), Some(seen)).await.unwrap();
}
