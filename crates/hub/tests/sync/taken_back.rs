//! Deletions that are taken back, with and without a run in between, on both engines.

use hub::{Caller, DealFilter, DealSelection, Kind};
use model::Status;
use model::api::{ConfigUpdate, DealBody};
use serde_json::json;

use super::harness::{Harness, counts};

store::on_both_engines!(tell);

const LOCAL: &Caller = &Caller::Local;

async fn tell(url: &str) {
    let at = Harness::on(url, None).await;
    at.configure(ConfigUpdate::default()).await;
    let rows = ["Alpha", "Beta", "Gamma"].map(|name| json!({"Name": name, "Amount": 10, "Notes": "là"}));
    at.table.insert(rows).unwrap();
    at.import().await;
    let before = at.deals().await;
    nothing_in_between(&at, &before).await;
    an_export_in_between(&at, &before).await;
    an_import_in_between(&at, &before).await;
    many(&at).await;
    at.hub.close().await;
}

fn ids(deals: &[DealBody]) -> Vec<i64> {
    deals.iter().map(|deal| deal.id).collect()
}

/// Both sides know each other as if nothing had happened.
async fn nothing_in_between(at: &Harness, before: &[DealBody]) {
    let done = at.hub.delete_all_deals(LOCAL).await.unwrap();
    assert_eq!((done.deleted, done.missing), (3, 0));
    assert_eq!(at.deals().await, []);
    let undone = at.hub.undo_deletion(LOCAL, done.number.unwrap()).await.unwrap();
    assert_eq!((undone.restored, undone.left_out), (3, 0));
    assert_eq!(at.deals().await, before);
    assert_eq!(counts(&at.import().await), [3, 0, 0, 3, 0]);
    assert_eq!(counts(&at.export().await), [3, 0, 0, 3, 0]);
    let again = at.hub.undo_deletion(LOCAL, done.number.unwrap()).await.unwrap_err();
    assert_eq!(again.kind, Kind::Outdated);
    assert!(again.message.fr.contains("déjà été annulée"), "{}", again.message.fr);
    assert_eq!(at.hub.undo_deletion(LOCAL, 1_000).await.unwrap_err().kind, Kind::NotFound);
    assert_eq!(at.hub.delete_deal(LOCAL, 1_000).await.unwrap_err().kind, Kind::NotFound);
}

/// An export sends what is here: it takes nothing from those that are not.
async fn an_export_in_between(at: &Harness, before: &[DealBody]) {
    let number = at.hub.delete_deal(LOCAL, before[1].id).await.unwrap();
    assert_eq!(counts(&at.export().await), [2, 0, 0, 2, 0]);
    at.hub.undo_deletion(LOCAL, number).await.unwrap();
    assert_eq!(at.deals().await, before);
    assert_eq!(counts(&at.import().await), [3, 0, 0, 3, 0]);
    assert_eq!(at.table.len(), 3);
}

/// An import brings the records back as new deals: the old ones would be their twins.
async fn an_import_in_between(at: &Harness, before: &[DealBody]) {
    let chosen = DealSelection::Ids(vec![before[0].id, before[2].id, 1_000, before[0].id]);
    let done = at.hub.delete_deals(LOCAL, chosen).await.unwrap();
    assert_eq!((done.deleted, done.missing), (2, 1));
    assert_eq!(counts(&at.import().await), [3, 2, 0, 1, 0]);
    let made = at.deals().await;
    let undone = at.hub.undo_deletion(LOCAL, done.number.unwrap()).await.unwrap();
    assert_eq!((undone.restored, undone.left_out), (0, 2));
    let told: Vec<(i64, &str)> = undone.named.iter().map(|deal| (deal.id, deal.client.as_str())).collect();
    assert_eq!(told, [(before[0].id, "Alpha"), (before[2].id, "Gamma")]);
    let reason = &undone.named[0].reason.fr;
    let alpha = made.iter().find(|deal| deal.client == "Alpha").unwrap().id;
    assert!(reason.contains(&format!("au deal n° {alpha} ")), "{reason}");
    assert_eq!(at.deals().await, made);
    assert_eq!(counts(&at.import().await), [3, 0, 0, 3, 0]);
}

/// More than one transaction's worth.
async fn many(at: &Harness) {
    at.hub.delete_all_deals(LOCAL).await.unwrap();
    at.table.clear();
    at.table.insert((0..600).map(|i| json!({"Name": format!("Client {i}"), "Amount": 1}))).unwrap();
    at.import().await;
    let before = at.deals().await;
    let clients = |part: &str| {
        DealSelection::Filter(DealFilter { search: Some(part.to_owned()), ..DealFilter::default() })
    };
    let mut some: Vec<i64> = ids(&before)[..550].to_vec();
    some.push(i64::MAX);
    let done = at.hub.update_deals(LOCAL, DealSelection::Ids(some), Status::Lost).await.unwrap();
    assert_eq!((done.changed, done.unchanged, done.missing), (550, 0, 1));
    let done = at.hub.update_deals(LOCAL, clients("client"), Status::Lost).await.unwrap();
    assert_eq!((done.changed, done.unchanged, done.missing), (50, 550, 0));
    assert!(at.deals().await.iter().all(|deal| deal.statut == Status::Lost));

    let lost = at.deals().await;
    let done = at.hub.delete_deals(LOCAL, clients("Client")).await.unwrap();
    assert_eq!((done.deleted, done.missing), (600, 0), "all of the filter, not of its page");
    let nothing = at.hub.delete_deals(LOCAL, clients("Client")).await.unwrap();
    assert_eq!((nothing.number, nothing.deleted), (None, 0));
    let undone = at.hub.undo_deletion(LOCAL, done.number.unwrap()).await.unwrap();
    assert_eq!((undone.restored, undone.left_out), (600, 0));
    assert_eq!(at.deals().await, lost);
}
