//! What a load leaves behind: how good its rows are, and what its columns looked like.

use futures_util::TryStreamExt;
use hub::{DataQuery, Kind, NotMapped, TableMapping};
use model::Lang;
use model::api::{QualityBody, QualityTableBody};
use model::canonical::Entity;
use model::quality::ColumnKind;

use crate::ground::Ground;

async fn report(ground: &Ground) -> QualityBody {
    ground.hub.quality("cave", None, Lang::Fr).await.unwrap().unwrap()
}

fn table<'a>(report: &'a QualityBody, name: &str) -> &'a QualityTableBody {
    report.tables.iter().find(|table| table.table == name).unwrap()
}

fn rows(report: &QualityBody, name: &str, code: &str) -> u64 {
    table(report, name).checks.iter().find(|check| check.code == code).unwrap().rows
}

#[tokio::test]
async fn every_load_that_brought_something_is_reported_on() {
    let ground = Ground::with_cave().await;
    assert_eq!(ground.hub.quality("cave", None, Lang::Fr).await.unwrap(), None);
    ground.file(
        "clients.csv",
        &["Code client;Nom;E-mail", "C1;Dupont;a@b.fr", "C2;Durand;c@d.fr", ";Sans code;"],
    );
    ground.file(
        "ventes.csv",
        &[
            "Ligne;Client;Produit;Date;Quantité;Prix unitaire",
            "L1;C1;P1;21/11/2020;2;10,50",
            "L2;C9;P1;21/11/2020;2;10,50",
            "L3;C1;P1;hier;2;10,50",
        ],
    );
    let first = ground.load().await;
    let told = report(&ground).await;
    assert_eq!(told.run_id, first.run_id);
    assert_eq!(rows(&told, "CUSTOMERS", "missing_value"), 1);
    assert_eq!(rows(&told, "SALES_LINES", "refused"), 1);
    assert_eq!(rows(&told, "SALES_LINES", "orphan_customer"), 1);
    assert_eq!(rows(&told, "SALES_LINES", "orphan_product"), 2);
    assert_eq!(table(&told, "CUSTOMERS").score, Some(66));
    assert_eq!(table(&told, "STOCK_LEVELS").score, None);
    assert_eq!(table(&told, "CUSTOMERS").compared_with, None);

    // Nothing new: the report of the load before stays the last one.
    ground.load().await;
    assert_eq!(report(&ground).await.run_id, first.run_id);

    // The addresses are gone from the file: the field is no longer filled.
    ground.file("clients_2.csv", &["Code client;Nom;E-mail", "C1;Dupont;", "C2;Durand;"]);
    let third = ground.load().await;
    let told = report(&ground).await;
    let customers = table(&told, "CUSTOMERS");
    assert_eq!((told.run_id, customers.compared_with), (third.run_id, Some(first.run_id)));
    let email = customers.coverage.iter().find(|field| field.field == "email").unwrap();
    assert_eq!((email.before, email.percent, email.dropped), (Some(100.0), 0.0, true));
    assert_eq!(customers.score, Some(95));

    let earlier = ground.hub.quality("cave", Some(first.run_id), Lang::Fr).await.unwrap().unwrap();
    assert_eq!(table(&earlier, "CUSTOMERS").score, Some(66));
    let wrong = ground.hub.quality("cave", Some(4_711), Lang::Fr).await.unwrap_err();
    assert_eq!(wrong.kind, Kind::NotFound);
}

#[tokio::test]
async fn rows_that_stayed_the_same_are_not_looked_at_again() {
    const LINES: [&str; 3] = ["Code client;Nom;E-mail", "C1;Dupont;a@b.fr", "C2;Durand;a@b.fr"];
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &LINES);
    let first = ground.load().await;
    assert_eq!(rows(&report(&ground).await, "CUSTOMERS", "duplicate_email"), 2);
    // What nobody could have found tells where a report comes from.
    let (store, _) = ground.store().await;
    let mut tables = store.assessed(first.run_id).await.unwrap();
    for (_, found, _) in tables.iter_mut().flat_map(|table| &mut table.found) {
        *found = 17;
    }
    store.keep_assessed(first.run_id, &tables).await.unwrap();
    store.close().await;

    ground.file("clients_2.csv", &LINES);
    let same = ground.load().await;
    let told = report(&ground).await;
    assert_eq!((told.run_id, rows(&told, "CUSTOMERS", "duplicate_email")), (same.run_id, 17));

    // A refused row is this load's own.
    ground.file("clients_3.csv", &[LINES[0], LINES[1], ";Sans code;"]);
    ground.load().await;
    let told = report(&ground).await;
    let (missing, alike) =
        (rows(&told, "CUSTOMERS", "missing_value"), rows(&told, "CUSTOMERS", "duplicate_email"));
    assert_eq!((missing, alike), (1, 2));
    // And no longer there in the next.
    ground.file("clients_4.csv", &LINES);
    ground.load().await;
    assert_eq!(rows(&report(&ground).await, "CUSTOMERS", "missing_value"), 0);
}

async fn customers(ground: &Ground) -> TableMapping {
    let tables = ground.hub.source_mapping("cave").await.unwrap();
    tables.into_iter().find(|table| table.entity == Entity::Customers).unwrap()
}

#[tokio::test]
async fn columns_are_chosen_and_their_changes_told() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &["Code client;Nom;Réf;Note", "C1;Dupont;12;a", "C2;Durand;13;b"]);
    let table = customers(&ground).await;
    let field = |table: &TableMapping, name: &str| {
        table.fields.iter().find(|field| field.field.name == name).unwrap().clone()
    };
    let key = field(&table, "customer_key");
    assert_eq!((key.chosen, key.column.as_deref(), key.coverage), (None, Some("Code client"), None));
    assert_eq!(key.samples, ["C1", "C2"]);
    let unused: Vec<&str> = table.unused.iter().map(|(column, _)| column.as_str()).collect();
    assert_eq!(unused, ["Réf", "Note"]);
    assert!(table.new.is_empty(), "before the first load nothing is new");

    let choose = |choices: &[(&str, &str)]| {
        let choices = choices.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        ground.hub.map_columns("cave", Entity::Customers, choices)
    };
    let Err(NotMapped::Faults(faults)) = choose(&[("customer_key", "")]).await else { panic!("taken") };
    assert!(faults[0].fr.contains("Code du client"), "{faults:?}");
    choose(&[("customer_key", "Réf"), ("city", "Note")]).await.unwrap();
    ground.load().await;
    let table = customers(&ground).await;
    let city = field(&table, "city");
    assert_eq!((city.chosen.as_deref(), city.coverage), (Some("Note"), Some(100.0)));
    assert_eq!(field(&table, "customer_key").recognised.as_deref(), Some("Code client"));

    ground.file("clients.csv", &["Code client;Nom;Réf;Note;Ville", "C1;Dupont;A12;a;Lyon"]);
    let table = customers(&ground).await;
    assert_eq!(table.new, ["Ville"]);
    assert_eq!(table.retyped, [("Réf".to_owned(), ColumnKind::Number, ColumnKind::Text)]);
    // Still told after the load that read them, until the next one.
    ground.load().await;
    let table = customers(&ground).await;
    assert_eq!((table.new, table.retyped.len()), (vec!["Ville".to_owned()], 1));
    ground.file("clients.csv", &["Code client;Nom;Réf;Note", "C1;Dupont;A12;a"]);
    assert_eq!(customers(&ground).await.gone, ["Ville"]);
}

#[tokio::test]
async fn an_export_holds_what_is_browsed() {
    let ground = Ground::with_cave().await;
    let lines: Vec<String> = std::iter::once("Code client;Nom".to_owned())
        .chain((0..12_001).map(|i| format!("C{i:05};Client {}", i % 7)))
        .collect();
    ground.file("clients.csv", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    ground.load().await;
    let query = DataQuery { search: Some("client3".to_owned()), ..DataQuery::all(Entity::Customers) };
    let page = ground.hub.data(&query).await.unwrap();
    let pieces: Vec<_> = ground.hub.data_export(&query).await.unwrap().try_collect().await.unwrap();
    assert_eq!(pieces.iter().map(Vec::len).sum::<usize>() as u64, page.total);
    let everything = DataQuery::all(Entity::Customers);
    let pieces: Vec<_> = ground.hub.data_export(&everything).await.unwrap().try_collect().await.unwrap();
    assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [5_000, 5_000, 2_001]);
    let nobody = DataQuery { source: Some("ailleurs".to_owned()), ..everything };
    assert_eq!(ground.hub.data(&nobody).await.unwrap_err().kind, Kind::Invalid);
}
