//! One story of the canonical tables, told to both engines: what a source holds is there once, its
//! refusals beside it, and a second time nothing is written.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::portion;
use model::canonical::{Entity, Refused};
use model::run::Counts;
use model::{Cause, Direction, Subject, Text};
use store::{FileMark, Keys, Load, Scope, Store};

const NOW: &str = "2026-11-21T08:00:00.000Z";

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let store = Store::open(url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    let scope = store.scope("isavigne/cave").await.unwrap();
    let run = store
        .start_run("cave", Subject::Tables, Direction::Import, Cause::Person, NOW)
        .await
        .unwrap()
        .unwrap();
    let mut load = store.load(scope, run).await.unwrap();

    every_field_is_a_column(&mut load).await;
    first_time(&store, scope, run, &mut load).await;
    second_time(&mut load).await;
    what_changed(&mut load).await;
    derived(url, &mut load).await;
    elsewhere(&store, run).await;
    a_portion_is_whole(&store, scope, &mut load).await;
    drop(load);
    told_by_table(&store, scope, run).await;
    what_is_left(&store, scope, run).await;
    store.close().await;
}

/// A row of every entity with all its columns: the tables have what the schema says.
async fn every_field_is_a_column(load: &mut Load) {
    use model::canonical::{FieldType, Filled};
    for entity in Entity::ALL {
        let fields: Vec<_> = entity.fields().iter().filter(|f| f.filled != Filled::Database).collect();
        let names = fields.iter().map(|f| f.name).collect::<Vec<_>>().join(";");
        let values = fields.iter().map(|field| match field.kind {
            FieldType::Text => "é\\t'",
            FieldType::Money => "12,50",
            FieldType::Number | FieldType::Percent => "2,5",
            FieldType::Date => "21/11/2026",
            FieldType::YesNo => "oui",
            FieldType::Year => "2015",
            FieldType::Category => "rouge",
            FieldType::Format => "75 cl",
        });
        let line = values.collect::<Vec<_>>().join(";");
        let counts = load.put(portion(entity, &[&names, &line])).await.unwrap();
        assert_eq!(counts.created, 1, "{}", entity.name());
    }
}

const SALES: [&str; 5] = [
    "Ligne;Client;Produit;Date;Quantité;Contenance;Prix unitaire;Coût;Commande",
    "L1;C1;P1;21/11/2026;2;;10,50;;A",
    "L2;C1;P2;22/11/2026;1;magnum;40;15,25;B",
    "L3;C2;P1;23/11/2026;-1;;10,50;;C",
    "L4;;P1;23/11/2026;1;75 cl;10,50;1;D",
];

async fn first_time(store: &Store, scope: Scope, run: i64, load: &mut Load) {
    let mut sales = portion(Entity::SalesLines, &SALES);
    let refused = Refused {
        origin: 6,
        column: Some("Date".into()),
        reason: Text::fixed("« hier » n'est pas une date", "“hier” is not a date"),
    };
    sales.refused.push(refused.clone());
    sales.ended = Some(FileMark { mark: "4 octets".into(), read_at: NOW.into() });
    let counts = load.put(sales).await.unwrap();
    assert_eq!(counts, Counts { processed: 5, created: 4, failed: 1, ..Counts::default() });
    assert_eq!(store.row_count(scope, Entity::SalesLines).await.unwrap(), 5);
    let told = store.refused_rows(run, 10, 0).await.unwrap();
    assert_eq!((told[0].source.as_str(), told[0].place, &told[0].column), ("ventes.csv", 6, &refused.column));
    assert_eq!(told[0].reason, refused.reason);
    let marks = store.file_marks(scope, Entity::SalesLines).await.unwrap();
    assert_eq!(marks.get("ventes.csv").map(String::as_str), Some("4 octets"));
    let row = store.run(run).await.unwrap().unwrap();
    assert_eq!((row.counts.failed, row.counts.created), (1, 9));
}

async fn second_time(load: &mut Load) {
    let counts = load.put(portion(Entity::SalesLines, &SALES)).await.unwrap();
    assert_eq!(counts, Counts { processed: 4, unchanged: 4, ..Counts::default() });
}

async fn what_changed(load: &mut Load) {
    let customers = [
        "Code client;Nom;Ville",
        "C1;Élan;Lyon",
        "C2;Brun;Nîmes",
        // The same customer again: the last is right.
        "C1;Élan & fils;Lyon",
    ];
    let counts = load.put(portion(Entity::Customers, &customers)).await.unwrap();
    assert_eq!((counts.processed, counts.created, counts.updated), (3, 2, 1));
    // A file without the column of the town leaves the town as it was.
    let counts = load.put(portion(Entity::Customers, &["Code client;Nom", "C2;Brün"])).await.unwrap();
    assert_eq!((counts.updated, counts.unchanged), (1, 0));
}

async fn derived(url: &str, load: &mut Load) {
    let products =
        ["Code;Désignation;Prix;Prix achat;Contenance", "P1;Clos;60;6,25;Caisse de 6", "P2;Tertre;80;;75cl"];
    load.put(portion(Entity::ProductCatalog, &products)).await.unwrap();
    assert!(load.derive().await.unwrap() > 0);
    assert_eq!(load.derive().await.unwrap(), 0, "what is right is not written again");

    let all = |sql: &'static str| async move {
        let pool = sqlx::AnyPool::connect(url).await.unwrap();
        let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap();
        rows
    };
    let customers =
        all("select customer_key || ' ' || last_name || ' ' || city || ' ' || first_purchase_on || ' ' \
                         || total_spent_cents || ' ' || average_order_cents from customers \
                         where customer_key like 'C_' order by customer_key");
    assert_eq!(
        customers.await,
        ["C1 Élan & fils Lyon 2026-11-21 6100 3050", "C2 Brün Nîmes 2026-11-23 -1050 -1050"]
    );
    let margins = all("select line_key || ' ' || revenue_cents || ' ' || margin_cents || ' ' \
                       || cast(units as bigint) || ' ' || cast(equivalents_75cl as bigint) from sales_lines \
                       where line_key like 'L_' order by line_key");
    assert_eq!(
        margins.await,
        ["L1 2100 850 12 12", "L2 4000 2475 1 2", "L3 -1050 -425 -6 -6", "L4 1050 950 1 1"]
    );
    let segments =
        all("select price_segment from product_catalog where product_key like 'P_' order by product_key");
    assert_eq!(segments.await, ["<15", "75+"]);
}

/// Another connection's rows with the same keys are other rows.
async fn elsewhere(store: &Store, run: i64) {
    let other = store.scope("odoo/prod").await.unwrap();
    let mut load = store.load(other, run).await.unwrap();
    let counts = load.put(portion(Entity::SalesLines, &SALES)).await.unwrap();
    assert_eq!(counts.created, 4);
    assert!(store.file_marks(other, Entity::SalesLines).await.unwrap().is_empty());
}

/// A row the database cannot take leaves nothing of its portion, and the load goes on after it.
async fn a_portion_is_whole(store: &Store, scope: Scope, load: &mut Load) {
    let before = store.row_count(scope, Entity::Customers).await.unwrap();
    let mut broken = store.load(scope, i64::MAX).await.unwrap();
    let mut bad = portion(Entity::Customers, &["Code client;Nom", "C8;Neuf"]);
    // No such run: the refusal's foreign key fails, after the row was written.
    bad.refused.push(Refused { origin: 1, column: None, reason: Text::fixed("non", "no") });
    assert!(broken.put(bad).await.is_err());
    assert_eq!(store.row_count(scope, Entity::Customers).await.unwrap(), before);
    let counts = load.put(portion(Entity::Customers, &["Code client;Nom", "C9;Dernier"])).await.unwrap();
    assert_eq!(counts.created, 1);
}

/// What a run did table by table is what its portions did, with what there is to say about it.
async fn told_by_table(store: &Store, scope: Scope, run: i64) {
    let tables = store.run_tables(&[run]).await.unwrap();
    let entities: Vec<Entity> = tables.iter().map(|table| table.entity).collect();
    assert_eq!(entities, Entity::ALL);
    let sum = tables.iter().fold(Counts::default(), |mut sum, table| {
        sum.add(table.counts);
        sum
    });
    assert_eq!(sum, store.run(run).await.unwrap().unwrap().counts);
    assert!(tables.iter().all(store::RunTableRow::is_plain));

    let said = store::RunTableRow {
        faults: vec![Text::fixed("illisible", "unreadable")],
        refusal: Some(Text::fixed("ventes.csv, ligne 6", "ventes.csv, line 6")),
        ..tables[2].clone()
    };
    let mut batch = store.begin().await.unwrap();
    batch.describe_table(&said).await.unwrap();
    let ending = store::Ending::default();
    batch
        .finish_run(run, model::RunStatus::Partial, &ending, &[], &[], "2026-11-21T08:00:02.500Z")
        .await
        .unwrap();
    batch.commit().await.unwrap();
    assert_eq!(store.run_tables(&[run]).await.unwrap()[2], said);
    assert!(store.run_tables(&[]).await.unwrap().is_empty());

    let summary = store.load_summary().await.unwrap();
    assert_eq!((summary.ended, summary.successful), (1, 1));
    assert!((summary.average_seconds - 2.5).abs() < 0.001, "{summary:?}");
    let totals = store.table_totals().await.unwrap();
    let sales = totals.iter().find(|total| total.entity == Entity::SalesLines).unwrap();
    assert_eq!((sales.failed, sales.faults, sales.warnings), (said.counts.failed, 1, 0));
    assert_eq!(sales.synced, said.counts.processed - said.counts.failed);
    assert_eq!(store.load_count(Some("cave")).await.unwrap(), 1);
    assert_eq!(store.load_count(Some("other")).await.unwrap(), 0);

    // The files of refused rows, and only these, are read again.
    assert!(!store.file_marks(scope, Entity::SalesLines).await.unwrap().is_empty());
    let mut batch = store.begin().await.unwrap();
    batch.forget_refused_marks(scope, run).await.unwrap();
    batch.commit().await.unwrap();
    assert!(store.file_marks(scope, Entity::SalesLines).await.unwrap().is_empty());
}

/// A connection's rows can be taken away; those of others stay.
async fn what_is_left(store: &Store, scope: Scope, run: i64) {
    let other = store.scope("isavigne/other").await.unwrap();
    let mut load = store.load(other, run).await.unwrap();
    load.put(portion(Entity::Customers, &["Code;Nom", "X;Y"])).await.unwrap();
    drop(load);
    let mut batch = store.begin().await.unwrap();
    assert!(batch.delete_rows(scope).await.unwrap() > 0);
    batch.commit().await.unwrap();
    for entity in Entity::ALL {
        assert_eq!(store.row_count(scope, entity).await.unwrap(), 0, "{entity:?}");
    }
    assert_eq!(store.row_count(other, Entity::Customers).await.unwrap(), 1);
}
