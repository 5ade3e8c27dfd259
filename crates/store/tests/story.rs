//! One story, told to both engines: what is stored comes back, together or not at all.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use model::deal::FieldValue;
use model::plan::Refusal;
use model::run::Counts;
use model::{Cause, DealField, DealValues, Direction, Money, RunStatus, Slot, Status, Subject, Text};
use secrecy::{ExposeSecret, SecretString};
use store::deals::{DealFilter, DealSort};
use store::testing::TempPostgres;
use store::{Author, ChangeRow, ConfigRow, Ending, FailureRow, Keys, Link, SeenRow, Store};

const NOW: &str = "2026-11-21T08:00:00.000Z";
const LATER: &str = "2026-11-21T09:00:00.000Z";
const EARLIER: &str = "2026-11-21T07:00:00.000Z";
const SCOPE: &str = "airtable/app/tbl";

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/passerelle.db");
    let url = format!("sqlite://{}", path.display());
    tell(&url).await;
    let mode = sqlite_text(&url, "pragma journal_mode").await;
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn on_postgresql() {
    let postgres = TempPostgres::start().unwrap();
    tell(postgres.url()).await;
}

async fn sqlite_text(url: &str, sql: &'static str) -> String {
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap()
}

async fn tell(url: &str) {
    let keys = Keys::parse(&Keys::generate()).unwrap();
    let store = Store::open(url, keys.clone()).await.unwrap();
    assert!(store.ready().await);
    settings(&store).await;
    let ids = deals(&store).await;
    columns_of_the_contract(url, ids[0]).await;
    links(&store, &ids).await;
    runs(&store, url).await;
    seen(&store).await;
    store.close().await;

    // A second start finds everything and destroys nothing.
    let store = Store::open(url, keys).await.unwrap();
    assert_eq!(store.deal_count().await.unwrap(), 3);
    let gone = Ending { code: Some("interrupted".into()), ..Ending::default() };
    assert_eq!(store.mark_interrupted(&gone, LATER).await.unwrap().len(), 2, "their process is no more");
    assert!(store.runs(None, None, 50, 0).await.unwrap().iter().all(|run| run.status != RunStatus::Running));
    assert_eq!(store.secret("airtable").await.unwrap().unwrap().expose_secret(), "patSECRET");

    let (scope, elsewhere) = (store.scope(SCOPE).await.unwrap(), store.scope("notion/db/src").await.unwrap());
    let mut batch = store.begin().await.unwrap();
    let also = Link { external_id: "page".into(), deal_id: ids[0], content: "{}".into() };
    batch.put_links(elsewhere, &[also]).await.unwrap();
    batch.commit().await.unwrap();
    let only = store.deals_linked_only_in(scope).await.unwrap();
    assert_eq!(only, [ids[1]], "the other one is linked elsewhere too");
    let mut batch = store.begin().await.unwrap();
    batch.unlink_all(elsewhere).await.unwrap();
    batch.commit().await.unwrap();

    let mut batch = store.begin().await.unwrap();
    let (deletion, nobody) = (batch.begin_deletion(LATER).await.unwrap(), Author::default());
    assert_eq!(batch.delete_deals(deletion, &ids[..1], &nobody, LATER).await.unwrap(), 1);
    assert_eq!(batch.delete_deals(deletion, &ids[..1], &nobody, LATER).await.unwrap(), 0);
    batch.commit().await.unwrap();
    assert_eq!(
        store.link_count(store.scope(SCOPE).await.unwrap()).await.unwrap(),
        1,
        "a deal takes its link with it"
    );
    store.close().await;
}

async fn settings(store: &Store) {
    assert_eq!(store.config("airtable").await.unwrap(), None);
    let config = ConfigRow {
        provider: "airtable".into(),
        base_id: Some("appX".into()),
        table_name: Some("Ventes été".into()),
        settings: [("create_options".to_owned(), "true".to_owned())].into(),
        field_mapping: Some([("client".to_owned(), "Nom".to_owned())].into()),
        status_words: [("Qualif".to_owned(), "qualifié".to_owned())].into(),
        is_active: true,
        updated_at: NOW.into(),
        ..ConfigRow::default()
    };
    let mut batch = store.begin().await.unwrap();
    batch.put_config(&config).await.unwrap();
    let secret = SecretString::from("patSECRET".to_owned());
    batch.put_secret(store, "airtable", Some(&secret)).await.unwrap();
    batch.commit().await.unwrap();
    let stored = store.config("airtable").await.unwrap().unwrap();
    let kept = ConfigRow { id: stored.id, has_token: true, created_at: NOW.into(), ..config.clone() };
    assert_eq!(stored, kept);

    // Saved again, without a word about the token: the token stays.
    let mut batch = store.begin().await.unwrap();
    batch.put_config(&ConfigRow { is_active: false, ..config }).await.unwrap();
    batch.commit().await.unwrap();
    assert!(store.config("airtable").await.unwrap().unwrap().has_token);
    assert_eq!(store.secret("airtable").await.unwrap().unwrap().expose_secret(), "patSECRET");
    assert!(store.secret("notion").await.unwrap().is_none());
}

fn deal(client: &str, cents: i64, status: Status, due: Option<&str>) -> DealValues {
    let mut values = DealValues::default();
    values.set(DealField::Client, Slot::Set(FieldValue::Text(client.into())));
    values.set(DealField::MontantBrut, Slot::Set(FieldValue::Money(Money::from_cents(cents))));
    values.set(DealField::Statut, Slot::Set(FieldValue::Status(status)));
    values.set(DealField::Secteur, Slot::Empty);
    values.set(DealField::DateEcheance, Slot::known(due.map(|d| FieldValue::Date(d.parse().unwrap()))));
    values.set(DealField::Assignee, Slot::Set(FieldValue::Text("Zoé".into())));
    values.set(DealField::Notes, Slot::Set(FieldValue::Text("100 % sûr_ !".into())));
    values
}

async fn deals(store: &Store) -> Vec<i64> {
    let new = [
        deal(" Élan & Fils", 1_234_567, Status::Negotiation, Some("2027-01-31")),
        deal("Domaine Brun", 10, Status::Won, None),
        deal("ÉLAN & FILS ", 99_999_999_999_999, Status::Lost, Some("2026-12-01")),
    ];
    // Nothing of a set of changes that was not committed remains.
    let mut batch = store.begin().await.unwrap();
    batch.insert_deals(&new.iter().collect::<Vec<_>>(), NOW).await.unwrap();
    drop(batch);
    assert_eq!(store.deal_count().await.unwrap(), 0);

    let mut batch = store.begin().await.unwrap();
    let ids = batch.insert_deals(&new.iter().collect::<Vec<_>>(), NOW).await.unwrap();
    batch.commit().await.unwrap();
    for (id, values) in ids.iter().zip(&new) {
        assert_eq!(&store.deal(*id).await.unwrap().unwrap().values, values, "each id is its deal's");
    }

    let find = |filter: DealFilter| async move {
        let (deals, total) = store.deals(&filter).await.unwrap();
        (deals.iter().map(|d| d.id).collect::<Vec<_>>(), total)
    };
    let by = |sort| DealFilter { sort, ..DealFilter::default() };
    assert_eq!(find(by(DealSort::Amount)).await.0, [ids[2], ids[0], ids[1]]);
    assert_eq!(find(by(DealSort::Due)).await.0, [ids[2], ids[0], ids[1]]);
    let won = DealFilter { statut: vec!["gagné".into(), "perdu".into()], ..by(DealSort::Id) };
    assert_eq!(find(won).await.0, [ids[1], ids[2]]);
    let search = |text: &str| DealFilter { search: Some(text.into()), ..by(DealSort::Id) };
    assert_eq!(find(search("élan")).await.0, [ids[0], ids[2]]);
    assert_eq!(find(search("100 % sûr_")).await.1, 3);
    assert_eq!(find(search("%")).await.1, 3, "a sign of the text, not a wildcard");
    assert_eq!(find(search("x_x")).await.1, 0);
    let due = DealFilter { date_from: "2026-12-02".parse().ok(), ..by(DealSort::Id) };
    assert_eq!(find(due).await.0, [ids[0]]);
    let second = DealFilter { limit: Some(1), offset: 1, ..by(DealSort::Id) };
    assert_eq!(find(second).await, (vec![ids[1]], 3));

    let changed = deal("Domaine Brun", 20, Status::Won, None);
    let mut batch = store.begin().await.unwrap();
    assert!(batch.update_deal(ids[1], &changed, LATER).await.unwrap());
    assert!(!batch.update_deal(1_000_000, &changed, LATER).await.unwrap());
    batch.commit().await.unwrap();
    let stored = store.deal(ids[1]).await.unwrap().unwrap();
    assert_eq!((stored.values, model::api::instant(stored.updated_at)), (changed, LATER.to_owned()));
    ids
}

/// What the outside reads in the table: the contract's names, with exact amounts.
async fn columns_of_the_contract(url: &str, id: i64) {
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    let sql = "select cast(montant_brut as text), cast(probabilite as text), cast(valeur_ponderee as text) from deals where id = $1";
    let row: (String, String, String) = sqlx::query_as(sql).bind(id).fetch_one(&pool).await.unwrap();
    let numbers = [row.0, row.1, row.2].map(|text| text.parse::<f64>().unwrap());
    assert_eq!(numbers, [12_345.67, 0.7, 8_641.97]);
    pool.close().await;
}

async fn links(store: &Store, ids: &[i64]) {
    let link = |external_id: &str, deal_id, content: &str| Link {
        external_id: external_id.into(),
        deal_id,
        content: content.into(),
    };
    let scope = store.scope(SCOPE).await.unwrap();
    let elsewhere = store.scope("airtable/other/tbl").await.unwrap();
    assert_eq!(store.scope(SCOPE).await.unwrap(), scope, "a scope keeps its place");
    let mut batch = store.begin().await.unwrap();
    let mut free = batch.unlinked_deals(scope, &["élan & fils"]).await.unwrap();
    free.sort_unstable();
    assert_eq!(free, [ids[0], ids[2]], "case and spaces do not matter");
    batch.put_links(scope, &[link("recA", ids[0], "{}"), link("recB", ids[1], "{}")]).await.unwrap();
    batch.put_links(scope, &[link("recA", ids[0], r#"{"client":"É"}"#)]).await.unwrap();
    let mut found = batch.links(scope, &["recA", "recX", "recB"]).await.unwrap();
    found.sort_by(|a, b| a.external_id.cmp(&b.external_id));
    assert_eq!(found, [link("recA", ids[0], r#"{"client":"É"}"#), link("recB", ids[1], "{}")]);
    assert!(batch.links(elsewhere, &["recA"]).await.unwrap().is_empty(), "another table, other links");
    let free = batch.unlinked_deals(scope, &["élan & fils"]).await.unwrap();
    assert_eq!(free.len(), 1);
    batch.commit().await.unwrap();
    let after = store.deals_after(scope, ids[0], 10).await.unwrap();
    let after: Vec<(i64, Option<String>)> =
        after.into_iter().map(|(d, link)| (d.id, link.map(|link| link.external_id))).collect();
    assert_eq!(after, [(ids[1], Some("recB".into())), (ids[2], None)]);
}

async fn runs(store: &Store, url: &str) {
    let run = store
        .start_run("airtable", Subject::Deals, Direction::Import, Cause::Person, NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        store.start_run("airtable", Subject::Deals, Direction::Export, Cause::Person, NOW).await.unwrap(),
        Err(run)
    );
    let other = store
        .start_run("notion", Subject::Deals, Direction::Export, Cause::Person, NOW)
        .await
        .unwrap()
        .unwrap();

    let refusal = Refusal {
        code: "invalid".into(),
        field: Some(DealField::MontantBrut),
        text: Text::fixed("non", "no"),
    };
    let failure = FailureRow {
        external_id: Some("recC".into()),
        deal_id: None,
        client: None,
        refusal,
        payload: Some(r#"{"montant_brut":"beaucoup"}"#.into()),
    };
    let change = ChangeRow {
        external_id: Some("recA".into()),
        deal_id: Some(7),
        client: Some("Élan".into()),
        action: "create".into(),
        reason: "new".into(),
        fields: "[]".into(),
    };
    let page = Counts { processed: 2, created: 1, failed: 1, ..Counts::default() };
    let ending = Ending { code: Some("x".into()), message: Some(Text::fixed("fr", "en")), hint: None };
    let mut batch = store.begin().await.unwrap();
    batch.add_changes(run, std::slice::from_ref(&change), LATER).await.unwrap();
    batch.add_failures(run, std::slice::from_ref(&failure)).await.unwrap();
    batch.advance_run(run, page, Some("itr")).await.unwrap();
    batch.advance_run(run, page, None).await.unwrap();
    let warnings = [Text::fixed("attention", "mind")];
    batch.finish_run(run, RunStatus::Partial, &ending, &["Foo".into()], &warnings, LATER).await.unwrap();
    batch.commit().await.unwrap();

    assert_eq!(store.changes(run, 10, 0).await.unwrap(), [change]);
    assert_eq!(store.failures(run, 10, 0).await.unwrap(), [failure]);
    let row = store.run(run).await.unwrap().unwrap();
    assert_eq!((row.status, row.counts.processed, row.counts.failed), (RunStatus::Partial, 4, 2));
    assert_eq!((row.ending, row.warnings), (ending.clone(), warnings.to_vec()));
    assert_eq!((row.unknown_statuses, row.completed_at), (vec!["Foo".to_owned()], Some(LATER.to_owned())));

    // Ended, so the connection is free; the runs of a living process are nobody else's to end. The clock has gone
    // back meanwhile.
    let next = store
        .start_run("airtable", Subject::Deals, Direction::Export, Cause::Person, EARLIER)
        .await
        .unwrap()
        .unwrap();
    let another = Store::open(url, store.keys().clone()).await.unwrap();
    assert_eq!(another.mark_interrupted(&ending, LATER).await.unwrap(), Vec::<i64>::new());
    assert_eq!(
        another.start_run("notion", Subject::Deals, Direction::Export, Cause::Person, LATER).await.unwrap(),
        Err(other)
    );
    another.close().await;
    let airtable: Vec<i64> =
        store.runs(Some("airtable"), None, 50, 0).await.unwrap().iter().map(|r| r.id).collect();
    assert_eq!(airtable, [next, run]);
    let newest: Vec<i64> = store.runs(None, None, 2, 0).await.unwrap().iter().map(|r| r.id).collect();
    assert_eq!(newest, [next, other]);
}

async fn seen(store: &Store) {
    let row = |id: &str, key: &str| SeenRow {
        external_id: id.into(),
        client_key: key.into(),
        modified_at: None,
        content: "{}".into(),
    };
    let mut batch = store.begin().await.unwrap();
    batch.add_seen(5, &[row("recB", "élan"), row("recA", "élan"), row("recC", "brun")]).await.unwrap();
    batch.add_seen(5, &[row("recA", "élan")]).await.unwrap();
    let found = batch.seen(5, &["élan"]).await.unwrap();
    assert_eq!(found, [row("recA", "élan"), row("recB", "élan")]);
    batch.forget_seen(5).await.unwrap();
    assert!(batch.seen(5, &["élan", "brun"]).await.unwrap().is_empty());
    batch.commit().await.unwrap();
}
