//! A sale that is taken back after it was loaded is no purchase any more, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::portion;
use model::canonical::Entity;
use model::{Cause, Direction, Subject};
use store::{Keys, Load, Store};

store::on_both_engines!(tell);

const NOW: &str = "2026-11-21T08:00:00.000Z";

const SALES: &[&str] = &[
    "Ligne;Client;Produit;Date;Quantité;Montant;Commande",
    "L1;C1;P1;2026-01-10;2;20,00;A",
    "L2;C1;P1;2026-03-10;4;40,00;B",
];

async fn tell(url: &str) {
    let store = Store::open(url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    let scope = store.scope("odoo").await.unwrap();
    let run = store
        .start_run("odoo", Subject::Tables, Direction::Import, Cause::Person, NOW)
        .await
        .unwrap()
        .unwrap();
    let mut load = store.load(scope, run).await.unwrap();
    put(&mut load, Entity::Customers, &["Code client;Nom", "C1;Élan"]).await;
    put(&mut load, Entity::SalesLines, SALES).await;
    assert_eq!(totals(url, &mut load).await, "2026-01-10 2026-03-10 6000 2 3000");
    put(&mut load, Entity::SalesLines, &[SALES[0], "L2;C1;P1;2026-03-10;0;0;B"]).await;
    assert_eq!(totals(url, &mut load).await, "2026-01-10 2026-01-10 2000 1 2000");
    put(&mut load, Entity::SalesLines, &[SALES[0], "L1;C1;P1;2026-01-10;0;0;A"]).await;
    assert_eq!(totals(url, &mut load).await, "- - 0 0 -");
    assert_eq!(load.derive().await.unwrap(), 0, "what is right is not written again");
    drop(load);
    store.close().await;
}

/// First and last purchase, total, number and average of the orders.
async fn totals(url: &str, load: &mut Load) -> String {
    load.derive().await.unwrap();
    let pool = sqlx::AnyPool::connect(url).await.unwrap();
    sqlx::query_scalar(
        "select coalesce(first_purchase_on, '-') || ' ' || coalesce(last_purchase_on, '-') || ' ' \
         || total_spent_cents || ' ' || cast(purchase_count as bigint) || ' ' \
         || coalesce(cast(average_order_cents as text), '-') from customers",
    )
    .fetch_one(&pool)
    .await
    .unwrap()
}

async fn put(load: &mut Load, entity: Entity, lines: &[&str]) {
    let portion = portion(entity, lines);
    assert_eq!(portion.refused, []);
    load.put(portion).await.unwrap();
}
