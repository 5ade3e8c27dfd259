//! A person who changes a deal while an import is about to link it by its name, on both engines.

use model::DealField;
use model::Slot;
use model::api::ConfigUpdate;
use model::deal::FieldValue;
use serde_json::json;
use store::Store;

use super::harness::{Harness, counts, keys};

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let at = Harness::on(url, None).await;
    at.configure(ConfigUpdate::default()).await;
    let deal = at.deal(json!({"client": "Cave du Port", "montant_brut": 10, "statut": "prospect"})).await;
    at.table.insert([json!({"Name": "cave du port", "Amount": 99})]).unwrap();

    let store = Store::open(url, keys()).await.unwrap();
    let mut person = store.begin().await.unwrap();
    let mut values = person.deals_to_change(&[deal.id]).await.unwrap()[0].values.clone();
    values.set(DealField::Notes, Slot::Set(FieldValue::Text("rappeler lundi".to_owned())));
    assert!(person.update_deal(deal.id, &values, "2026-11-21T09:00:00.000Z").await.unwrap());
    let (import, ()) = tokio::join!(at.import(), async {
        somebody_waits(url).await;
        person.commit().await.unwrap();
    });
    assert_eq!(counts(&import), [1, 0, 1, 0, 0]);
    let now = at.hub.deal(deal.id).await.unwrap();
    assert_eq!((now.montant_brut.cents(), now.notes.as_deref()), (9_900, Some("rappeler lundi")));
    store.close().await;
    at.hub.close().await;
}

/// Until the import waits for the person; on SQLite it cannot even begin, and nothing shows that it waits.
async fn somebody_waits(url: &str) {
    if url.starts_with("sqlite") {
        return;
    }
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    let waiting = || sqlx::query_scalar::<_, i64>("select count(*) from pg_locks where not granted");
    while waiting().fetch_one(&pool).await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    pool.close().await;
}
