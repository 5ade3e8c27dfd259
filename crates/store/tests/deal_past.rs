//! What happened to deals, and the way back from a deletion, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use model::deal::FieldValue;
use model::deal_history::{DealActor, DealEventKind};
use model::{Cause, DealField, DealValues, Direction, Money, RunStatus, Slot, Status, Subject};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};
use store::testing::TempPostgres;
use store::{
    Author, BroughtBack, ChangeRow, Ending, Keys, LeftOut, Link, NewDealEvent, Scope, Store, TakingBack,
};

const YESTERDAY: &str = "2026-11-20T08:00:00.000Z";
const BEFORE: &str = "2026-11-21T08:00:00.000Z";
const NOW: &str = "2026-11-21T09:00:00.000Z";
const LATER: &str = "2026-11-21T10:00:00.000Z";

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let store = Store::open(url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    every_column_comes_back(&store, url).await;
    a_taken_record_keeps_its_deal_away(&store).await;
    once_and_in_time(&store).await;
    what_stops_halfway_is_gone_on_with(&store).await;
    old_ones_go_with_their_history(&store).await;
    history_is_in_order(&store).await;
    store.close().await;
}

fn anne() -> Author {
    Author { user_id: None, name: Some("anne".into()) }
}

fn values(client: &str) -> DealValues {
    let mut values = DealValues::default();
    values.set(DealField::Client, Slot::Set(FieldValue::Text(client.into())));
    values.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(123_456_789))));
    values.set(DealField::Secteur, Slot::Set(FieldValue::Text("Santé".into())));
    values.set(DealField::Notes, Slot::Set(FieldValue::Text("à rappeler".into())));
    values
}

fn won(client: &str) -> DealValues {
    let mut values = values(client);
    values.set(DealField::Statut, Slot::Set(FieldValue::Status(Status::Won)));
    values
}

async fn insert(store: &Store, clients: &[&str]) -> Vec<i64> {
    let new: Vec<DealValues> = clients.iter().map(|client| values(client)).collect();
    let mut batch = store.begin().await.unwrap();
    let ids = batch.insert_deals(&new.iter().collect::<Vec<_>>(), BEFORE).await.unwrap();
    batch.commit().await.unwrap();
    ids
}

async fn link(store: &Store, scope: Scope, external_id: &str, deal_id: i64) {
    let link = Link { external_id: external_id.into(), deal_id, content: r#"{"client":"x"}"#.into() };
    let mut batch = store.begin().await.unwrap();
    batch.put_links(scope, &[link]).await.unwrap();
    batch.commit().await.unwrap();
}

async fn delete(store: &Store, ids: &[i64], at: &str) -> i64 {
    let mut batch = store.begin().await.unwrap();
    let number = batch.begin_deletion(at).await.unwrap();
    assert_eq!(batch.delete_deals(number, ids, &anne(), at).await.unwrap(), ids.len() as u64);
    batch.commit().await.unwrap();
    number
}

/// Takes a deletion back to its end: how many came back, how many stayed away, and who.
async fn take_back(store: &Store, number: i64) -> Result<(u64, u64, Vec<LeftOut>), TakingBack> {
    let mut restored = 0;
    let mut after = None;
    loop {
        let mut batch = store.begin().await.unwrap();
        if after.is_none() {
            match batch.begin_taking_back(number, BEFORE, LATER).await.unwrap() {
                TakingBack::Begun => {}
                refused => return Err(refused),
            }
        }
        let brought = batch.bring_back(number, after.unwrap_or_default(), &anne(), LATER).await.unwrap();
        batch.commit().await.unwrap();
        let Some(BroughtBack { restored: some, last }) = brought else { break };
        restored += some;
        after = Some(last);
    }
    let (left_out, named) = store.left_out(number).await.unwrap();
    Ok((restored, left_out, named))
}

fn all_came(restored: u64) -> Result<(u64, u64, Vec<LeftOut>), TakingBack> {
    Ok((restored, 0, Vec::new()))
}

/// What the tables of deals hold of one, as text: a row each, with whichever columns there are.
async fn rows(url: &str, id: i64) -> Vec<Vec<(String, Option<String>)>> {
    let mut rows = Vec::new();
    for (table, key) in [("deals", "id"), ("deal_statuses", "deal_id"), ("sync_links", "deal_id")] {
        rows.extend(rows_of(url, table, key, id).await);
    }
    rows
}

async fn rows_of(url: &str, table: &str, key: &str, id: i64) -> Vec<Vec<(String, Option<String>)>> {
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    let columns = if url.starts_with("sqlite") {
        format!("select name from pragma_table_info('{table}') order by name")
    } else {
        format!(
            "select cast(column_name as text) from information_schema.columns where table_name = '{table}' order by 1"
        )
    };
    let columns: Vec<String> = sqlx::query_scalar(AssertSqlSafe(columns)).fetch_all(&pool).await.unwrap();
    let casts: Vec<String> = columns.iter().map(|column| format!("cast({column} as text)")).collect();
    let sql = format!("select {} from {table} where {key} = {id} order by 1, 2", casts.join(", "));
    let found = sqlx::query(AssertSqlSafe(sql)).fetch_all(&pool).await.unwrap();
    pool.close().await;
    let cells =
        |row: &AnyRow| (0..columns.len()).map(|i| (columns[i].clone(), row.try_get(i).unwrap())).collect();
    found.iter().map(cells).collect()
}

async fn every_column_comes_back(store: &Store, url: &str) {
    let ids = insert(store, &["Élan", "Brun"]).await;
    let (here, there) =
        (store.scope("airtable/a/b").await.unwrap(), store.scope("notion/a/b").await.unwrap());
    link(store, here, "rec1", ids[0]).await;
    link(store, there, "page1", ids[0]).await;
    let mut batch = store.begin().await.unwrap();
    assert!(batch.update_deal(ids[0], &won("Élan"), NOW).await.unwrap());
    batch.commit().await.unwrap();
    let before = (rows(url, ids[0]).await, store.deal_origins(&ids).await.unwrap());
    let number = delete(store, &ids, NOW).await;
    assert_eq!(store.deal_count().await.unwrap(), 0);
    assert_eq!((store.link_count(here).await.unwrap(), store.link_count(there).await.unwrap()), (0, 0));
    assert_eq!(take_back(store, number).await, all_came(2));
    assert_eq!((rows(url, ids[0]).await, store.deal_origins(&ids).await.unwrap()), before);
    assert_eq!(before.1.len(), 2);
    assert_eq!(before.0.len(), 5, "the deal, two statuses, two links");
    let next = insert(store, &["Suivant"]).await[0];
    assert!(next > ids[1], "no id is given twice");
}

async fn a_taken_record_keeps_its_deal_away(store: &Store) {
    let scope = store.scope("airtable/c/d").await.unwrap();
    let ids = insert(store, &["Un", "Deux"]).await;
    link(store, scope, "recUn", ids[0]).await;
    link(store, scope, "recDeux", ids[1]).await;
    let number = delete(store, &ids, NOW).await;
    // What a run does in between with a record that no deal is linked to.
    let again = insert(store, &["Un"]).await[0];
    link(store, scope, "recUn", again).await;
    let left_out = LeftOut { id: ids[0], client: "Un".into(), in_favour_of: Some(again) };
    assert_eq!(take_back(store, number).await, Ok((1, 1, vec![left_out])));
    assert!(store.deal(ids[0]).await.unwrap().is_none());
    assert!(store.deal(ids[1]).await.unwrap().is_some());
    assert_eq!(store.link_count(scope).await.unwrap(), 2, "each record has one deal");
}

/// A run that has looked for the link of a record, and found none, links it to a new deal: an undo in between
/// waits for it, and leaves the old deal out.
#[tokio::test]
async fn an_undo_in_the_middle_of_a_page_makes_no_twin() {
    let postgres = TempPostgres::start().unwrap();
    let store = Store::open(postgres.url(), Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    let scope = store.scope("airtable/g/h").await.unwrap();
    let id = insert(&store, &["Cinq"]).await[0];
    link(&store, scope, "recCinq", id).await;
    let number = delete(&store, &[id], NOW).await;

    let mut page = store.begin().await.unwrap();
    assert_eq!(page.links(scope, &["recCinq"]).await.unwrap(), []);
    let undoing = tokio::spawn({
        let store = store.clone();
        async move { take_back(&store, number).await }
    });
    let pool = sqlx::AnyPool::connect(postgres.url()).await.unwrap();
    let is_waiting = || sqlx::query_scalar::<_, i64>("select count(*) from pg_locks where not granted");
    while is_waiting().fetch_one(&pool).await.unwrap() == 0 && !undoing.is_finished() {
        tokio::task::yield_now().await;
    }
    let again = page.insert_deals(&[&values("Cinq")], LATER).await.unwrap()[0];
    let record = Link { external_id: "recCinq".into(), deal_id: again, content: "{}".into() };
    page.put_links(scope, &[record]).await.unwrap();
    page.commit().await.unwrap();

    let left_out = LeftOut { id, client: "Cinq".into(), in_favour_of: Some(again) };
    assert_eq!(undoing.await.unwrap(), Ok((0, 1, vec![left_out])));
    assert_eq!(store.deal_count().await.unwrap(), 1);
    pool.close().await;
    store.close().await;
}

async fn once_and_in_time(store: &Store) {
    let ids = insert(store, &["Trois"]).await;
    let number = delete(store, &ids, NOW).await;
    assert_eq!(take_back(store, number).await, all_came(1));
    assert_eq!(take_back(store, number).await, Err(TakingBack::Already));
    assert_eq!(take_back(store, 1_000_000).await, Err(TakingBack::Unknown));
    let number = delete(store, &ids, YESTERDAY).await;
    assert_eq!(take_back(store, number).await, Err(TakingBack::TooLate));
    assert!(store.deal(ids[0]).await.unwrap().is_none());
    // A connection that was emptied brings no link back.
    let scope = store.scope("airtable/e/f").await.unwrap();
    let ids = insert(store, &["Quatre"]).await;
    link(store, scope, "recQuatre", ids[0]).await;
    let number = delete(store, &ids, NOW).await;
    let mut batch = store.begin().await.unwrap();
    batch.unlink_all(scope).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(take_back(store, number).await, all_came(1));
    assert_eq!(store.deal_origins(&ids).await.unwrap(), []);
}

/// Five hundred come back at a time; what was stopped in between is neither done nor forgotten.
async fn what_stops_halfway_is_gone_on_with(store: &Store) {
    let clients: Vec<String> = (0..700).map(|number| format!("Client {number}")).collect();
    let ids = insert(store, &clients.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let scope = store.scope("airtable/i/j").await.unwrap();
    link(store, scope, "recPremier", ids[0]).await;
    link(store, scope, "recDernier", ids[699]).await;
    let number = delete(store, &ids, BEFORE).await;
    let mut batch = store.begin().await.unwrap();
    assert_eq!(batch.begin_taking_back(number, BEFORE, NOW).await.unwrap(), TakingBack::Begun);
    let first = batch.bring_back(number, 0, &anne(), NOW).await.unwrap();
    assert_eq!(first, Some(BroughtBack { restored: 500, last: ids[499] }));
    assert_eq!(store.link_count(scope).await.unwrap(), 0, "whoever only reads does not wait");
    batch.commit().await.unwrap();
    assert!(store.deal(ids[0]).await.unwrap().is_some() && store.deal(ids[699]).await.unwrap().is_none());

    // A run in between makes a deal of a record whose own is not back yet.
    let again = insert(store, &["Client 699"]).await[0];
    link(store, scope, "recDernier", again).await;
    forget(store, NOW).await;
    let left_out = LeftOut { id: ids[699], client: "Client 699".into(), in_favour_of: Some(again) };
    assert_eq!(take_back(store, number).await, Ok((199, 1, vec![left_out])));
    assert_eq!(take_back(store, number).await, Err(TakingBack::Already));
    assert!(store.deal(ids[698]).await.unwrap().is_some());
    assert_eq!(store.link_count(scope).await.unwrap(), 2);
}

/// Forgets what was deleted before an instant; in how many portions.
async fn forget(store: &Store, before: &str) -> u32 {
    let mut portions = 0;
    loop {
        let mut batch = store.begin().await.unwrap();
        let more = batch.forget_deletions(before).await.unwrap();
        batch.commit().await.unwrap();
        if !more {
            return portions;
        }
        portions += 1;
    }
}

async fn old_ones_go_with_their_history(store: &Store) {
    let clients: Vec<String> = (0..700).map(|number| format!("Client {number}")).collect();
    let ids = insert(store, &clients.iter().map(String::as_str).collect::<Vec<_>>()).await;
    delete(store, &ids, YESTERDAY).await;
    let recent = insert(store, &["Récent"]).await[0];
    let number = delete(store, &[recent], NOW).await;
    assert_eq!(store.deal_events(ids[0], 10).await.unwrap().len(), 1);
    let portions = forget(store, BEFORE).await;
    assert!(portions >= 2, "a little at a time: {portions}");
    for id in [ids[0], ids[699]] {
        assert_eq!(store.deal_events(id, 10).await.unwrap(), []);
    }
    assert_eq!(take_back(store, number).await, all_came(1), "a young one stays");
}

async fn history_is_in_order(store: &Store) {
    let id = insert(store, &["Histoire"]).await[0];
    let event = |kind| NewDealEvent { deal_id: id, kind, fields: "[]".into() };
    let mut batch = store.begin().await.unwrap();
    batch.add_deal_events(&[event(DealEventKind::Created)], &anne(), YESTERDAY).await.unwrap();
    batch.add_deal_events(&[event(DealEventKind::Changed)], &Author::default(), NOW).await.unwrap();
    batch.commit().await.unwrap();
    for (direction, action, at) in [
        (Direction::Import, "update", BEFORE),
        (Direction::Import, "keep", BEFORE),
        // It changed the service.
        (Direction::Export, "update", BEFORE),
        (Direction::Import, "update", LATER),
    ] {
        let run = store.start_run("airtable", Subject::Deals, direction, Cause::Schedule, YESTERDAY).await;
        let run = run.unwrap().unwrap();
        let change = ChangeRow {
            external_id: Some("rec".into()),
            deal_id: Some(id),
            client: None,
            action: action.into(),
            reason: "changed".into(),
            fields: "[]".into(),
        };
        let mut batch = store.begin().await.unwrap();
        batch.add_changes(run, &[change], at).await.unwrap();
        batch.finish_run(run, RunStatus::Success, &Ending::default(), &[], &[], LATER).await.unwrap();
        batch.commit().await.unwrap();
    }
    let events = store.deal_events(id, 10).await.unwrap();
    let told: Vec<(&str, DealEventKind)> = events.iter().map(|e| (e.at.as_str(), e.kind)).collect();
    use DealEventKind::{Changed, Created};
    assert_eq!(told, [(LATER, Changed), (NOW, Changed), (BEFORE, Changed), (YESTERDAY, Created)]);
    assert!(
        matches!(&events[0].actor, DealActor::Run { connection, cause, .. } if connection == "airtable" && cause == "schedule")
    );
    assert_eq!(events[1].actor, DealActor::Person { name: None });
    assert_eq!(events[3].actor, DealActor::Person { name: Some("anne".into()) });
    let newest = store.deal_events(id, 2).await.unwrap();
    assert_eq!(newest, events[..2]);
    assert_eq!(store.last_comparisons().await.unwrap()["airtable"], LATER);
}
