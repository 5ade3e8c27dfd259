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
    halfway(&at, url).await;
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

/// What stops when it is half done says how far it came, and leaves the way back and the way on.
async fn halfway(at: &Harness, url: &str) {
    let before = at.deals().await;
    assert_eq!(before.len(), 600);
    let everything = || DealSelection::Filter(DealFilter::default());
    // The second transaction fails at its last deal.
    refuse(url, "update or delete", "deals", before[599].id).await;
    let moved = at.hub.update_deals(LOCAL, everything(), Status::Won).await.unwrap();
    assert_eq!((moved.changed, moved.unchanged), (500, 0));
    let stopped = moved.stopped.unwrap();
    assert_eq!(stopped.kind, Kind::Internal);
    assert!(
        stopped.message.fr.starts_with("500 deals ont changé de statut, puis tout s'est arrêté : La base")
    );
    let now = at.deals().await;
    assert_eq!(now.iter().filter(|deal| deal.statut == Status::Won).count(), 500);

    let done = at.hub.delete_deals(LOCAL, everything()).await.unwrap();
    assert_eq!(done.deleted, 500);
    let number = done.number.unwrap();
    let stopped = done.stopped.unwrap();
    assert!(stopped.message.fr.starts_with("500 deals ont été supprimés, puis tout s'est arrêté : La base"));
    assert!(stopped.hint.unwrap().fr.contains(&format!("Annulez la suppression n° {number}")));
    assert_eq!(at.deals().await, now[500..]);
    at.hub.delete_deals(LOCAL, DealSelection::Ids(vec![before[599].id])).await.unwrap_err();
    let undone = at.hub.undo_deletion(LOCAL, number).await.unwrap();
    assert_eq!((undone.restored, undone.left_out), (500, 0));
    assert!(undone.stopped.is_none());
    assert_eq!(at.deals().await, now);
    let_be(url, "deals").await;

    // The way back can stop halfway too, and goes on from there.
    let number = at.hub.delete_all_deals(LOCAL).await.unwrap().number.unwrap();
    refuse(url, "insert", "deals", before[599].id).await;
    let undone = at.hub.undo_deletion(LOCAL, number).await.unwrap();
    assert_eq!(undone.restored, 500);
    assert!(undone.stopped.unwrap().message.fr.starts_with("500 deals sont revenus, puis tout s'est arrêté"));
    let_be(url, "deals").await;
    let undone = at.hub.undo_deletion(LOCAL, number).await.unwrap();
    assert_eq!((undone.restored, undone.left_out, undone.stopped.is_none()), (100, 0, true));
    assert_eq!(at.deals().await, now);
    assert_eq!(counts(&at.import().await), [600, 0, 0, 600, 0]);
}

/// Makes the database fail at what happens to the row of that id.
async fn refuse(url: &str, what: &str, table: &str, id: i64) {
    let row = if what == "insert" { "new" } else { "old" };
    let sql: Vec<String> = if url.starts_with("sqlite") {
        let trigger = |event: &str| {
            format!(
                "create trigger refuse_{event} before {event} on {table} when {row}.id = {id} \
                 begin select raise(abort, 'refused'); end"
            )
        };
        what.split(" or ").map(trigger).collect()
    } else {
        vec![
            "create or replace function refuse() returns trigger language plpgsql as \
             $$ begin raise exception 'refused'; end $$"
                .to_owned(),
            format!(
                "create trigger refuse before {what} on {table} for each row when ({row}.id = {id}) \
                 execute function refuse()"
            ),
        ]
    };
    run(url, &sql).await;
}

/// Lets everything happen again.
async fn let_be(url: &str, table: &str) {
    let drop = if url.starts_with("sqlite") {
        ["update", "delete", "insert"].map(|event| format!("drop trigger if exists refuse_{event}")).to_vec()
    } else {
        vec![format!("drop trigger refuse on {table}")]
    };
    run(url, &drop).await;
}

async fn run(url: &str, statements: &[String]) {
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    for sql in statements {
        sqlx::query(sqlx::AssertSqlSafe(sql.clone())).execute(&pool).await.unwrap();
    }
    pool.close().await;
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
