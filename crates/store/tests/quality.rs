//! One story of quality, told to both engines: every check finds exactly its rows, browsing shows as many
//! as were counted, and what a source's columns looked like is remembered.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use chrono::NaiveDate;
use common::portion;
use model::canonical::Entity;
use model::quality::ColumnKind;
use model::{Cause, Direction, Subject};
use store::{Check, DataRow, DataValue, Keys, RowFilter, RowPart, RowSort, Scope, Store, checks};

const NOW: &str = "2026-11-21T08:00:00.000Z";

store::on_both_engines!(tell);

async fn tell(url: &str) {
    let store = Store::open(url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    let (cave, other) = (store.scope("cave").await.unwrap(), store.scope("autre").await.unwrap());
    let run = store
        .start_run("cave", Subject::Tables, Direction::Import, Cause::Person, NOW)
        .await
        .unwrap()
        .unwrap();
    for (scope, tables) in [(cave, BAD), (other, GOOD)] {
        let mut load = store.load(scope, run).await.unwrap();
        for (entity, lines) in tables {
            load.put(portion(*entity, lines)).await.unwrap();
        }
    }
    every_check_finds_its_rows(&store, cave, run).await;
    nothing_is_wrong_elsewhere(&store, other, run).await;
    kept(&store, cave, run).await;
    rows_in_order(&store, cave).await;
    rows_by_filter(&store, cave).await;
    columns(&store, cave, run).await;
    store.close().await;
}

/// A source with everything wrong, besides rows that are right.
const BAD: &[(Entity, &[&str])] = &[
    (
        Entity::Customers,
        &[
            "Code client;Nom;Prénom;E-mail;Code postal;Premier achat;Dernier achat;Ville",
            "C1;Élan;Zoé;zoe@exemple.fr;69001;01/02/2020;01/03/2020;Lyon",
            "C2;ELAN;zoe;autre@exemple.fr;69 001;;;Lyon",
            "C3;Brun;Luc; ZOE@exemple.fr;30000;;;Nîmes",
            "C4;Carré;Ève;;75001;01/01/1949;01/02/2020;Paris",
            "C5;Doux;Paul;;75002;01/01/2020;22/11/2026;Paris",
            "C6;Sec;Anne;;75003;01/03/2020;01/02/2020;Paris",
            "C7;Élan;;;;;;Autun",
            ";Sans;Code;;;;;",
            "C8;Date;Fausse;;;hier;;",
        ],
    ),
    (
        Entity::ProductCatalog,
        &[
            "Code produit;Désignation;Catégorie;Prix;Prix achat;Millésime;Contenance",
            "P1;Château d'Été;rouge;10;4;2015;75 cl",
            "P2;CHATEAU D’ETE;rouge;11;4;2015;75cl",
            "P3;Château d'Été;rouge;10;4;2016;75 cl",
            "P4;Gratuit;blanc;0;;;75 cl",
            "P5;À perte;blanc;5;6;;75 cl",
            "P6;Caisse;blanc;60;30;;Caisse de 6",
        ],
    ),
    (
        Entity::SalesLines,
        &[
            "Ligne;Client;Produit;Date;Quantité;Contenance;Prix unitaire;Montant;Coût;Canal",
            "L01;C1;P1;01/02/2020;2;75 cl;10,00;20,00;4;Boutique",
            "L02;C9;P1;01/02/2020;3;75 cl;10,00;30,00;4;Boutique",
            "L03;;P1;01/02/2020;3;75 cl;10,00;30,00;4;Web",
            "L04;C1;P9;01/02/2020;3;75 cl;10,00;30,00;4;web",
            "L05;C2;P1;03/02/2020;3;75 cl;10,00;30,00;4;",
            "L06;C2;P1;03/02/2020;3;75 cl;10,00;30,00;4;",
            "L07;C1;P1;22/11/2026;1;75 cl;10,00;10,00;4;",
            "L08;C1;P1;31/12/1949;1;75 cl;10,00;10,00;4;",
            "L09;C1;P1;04/02/2020;1;75 cl;0;;;",
            "L10;C1;P1;05/02/2020;1;75 cl;10,00;-10,00;4;",
            "L11;C1;P1;06/02/2020;10;75 cl;10,00;90,00;4;",
            "L12;C1;P1;07/02/2020;3;75 cl;10,00;29,97;4;",
            "L13;C1;P1;08/02/2020;1;75 cl;10,00;10,00;12;",
            "L14;C1;P1;09/02/2020;1;75 cl;100,01;100,01;4;",
            "L15;C1;P1;10/02/2020;1;Caisse de 12;100,00;100,00;40;",
            "L16;C1;P1;11/02/2020;1001;75 cl;10,00;10010,00;4;",
            "L17;C1;P1;12/02/2020;-2;75 cl;10,00;-20,00;4;",
            "L18;C1;P6;13/02/2020;1;75 cl;0,50;0,50;0;",
            "L19;C1;P1;14/02/2020;0;75 cl;0;0;;",
            "L20;C1;P1;14/02/2020;0;75 cl;0;0;;",
        ],
    ),
    (
        Entity::StockLevels,
        &[
            "Code stock;Produit;Dépôt;Quantité;Date inventaire",
            "S1;P1;Cave;5;01/11/2026",
            "S2;P1;cave;6;01/11/2026",
            "S3;P9;Cave;5;01/11/2026",
            "S4;P2;Cave;-1;01/11/2026",
            "S5;P3;Cave;1;01/11/2027",
        ],
    ),
    (
        Entity::ContactHistory,
        &[
            "Code contact;Client;Date;Canal;Campagne",
            "K1;C1;01/11/2026;E-mail;Noël",
            "K2;C1;01/11/2026;e-mail;NOEL",
            "K3;C9;01/11/2026;E-mail;Noël",
            "K4;C1;01/12/2026;E-mail;Noël",
        ],
    ),
];

/// Another source with the same keys, where nothing is wrong.
const GOOD: &[(Entity, &[&str])] = &[
    (Entity::Customers, &["Code client;Nom;E-mail", "C1;Élan;zoe@exemple.fr", "C9;Neuf;"]),
    (Entity::ProductCatalog, &["Code produit;Désignation;Prix", "P1;Château d'Été;10", "P9;Clos;12"]),
    (
        Entity::SalesLines,
        &["Ligne;Client;Produit;Date;Quantité;Prix unitaire", "L02;C9;P9;01/02/2020;2;12,00"],
    ),
];

/// Which rows each check finds. What stands nowhere finds none.
const EXPECTED: &[(Entity, &str, &[&str])] = &[
    (Entity::Customers, "duplicate_email", &["C1", "C3"]),
    (Entity::Customers, "duplicate_name", &["C1", "C2"]),
    (Entity::Customers, "impossible_date", &["C4", "C5"]),
    (Entity::Customers, "purchase_order", &["C6"]),
    (Entity::ProductCatalog, "duplicate_product", &["P1", "P2"]),
    (Entity::ProductCatalog, "impossible_price", &["P4"]),
    (Entity::ProductCatalog, "cost_above_price", &["P5"]),
    (Entity::SalesLines, "orphan_customer", &["L02", "L03"]),
    (Entity::SalesLines, "orphan_product", &["L04"]),
    (Entity::SalesLines, "duplicate_sale", &["L05", "L06"]),
    (Entity::SalesLines, "impossible_date", &["L07", "L08"]),
    (Entity::SalesLines, "impossible_price", &["L09", "L10"]),
    (Entity::SalesLines, "wrong_total", &["L10", "L11"]),
    (Entity::SalesLines, "cost_above_price", &["L13"]),
    (Entity::SalesLines, "outlier_price", &["L14", "L18"]),
    (Entity::SalesLines, "outlier_quantity", &["L16"]),
    (Entity::StockLevels, "orphan_product", &["S3"]),
    (Entity::StockLevels, "duplicate_stock", &["S1", "S2"]),
    (Entity::StockLevels, "impossible_date", &["S5"]),
    (Entity::StockLevels, "negative_stock", &["S4"]),
    (Entity::ContactHistory, "orphan_customer", &["K3"]),
    (Entity::ContactHistory, "duplicate_contact", &["K1", "K2"]),
    (Entity::ContactHistory, "impossible_date", &["K4"]),
];

fn today() -> NaiveDate {
    "2026-11-21".parse().unwrap()
}

fn keys(rows: &[DataRow]) -> Vec<&str> {
    fn key(row: &DataRow) -> &str {
        let Some(DataValue::Text(key)) = row.values.first() else { return "no key" };
        key
    }
    rows.iter().map(key).collect()
}

async fn all(store: &Store, entity: Entity, filter: &RowFilter, sort: Option<RowSort>) -> Vec<DataRow> {
    let count = store.count_rows(entity, filter, today()).await.unwrap();
    let part = RowPart { sort, limit: 1_000, offset: 0, all: count };
    let rows = store.rows(entity, filter, part, today()).await.unwrap();
    assert_eq!(rows.len() as u64, count);
    rows
}

async fn every_check_finds_its_rows(store: &Store, scope: Scope, run: i64) {
    for entity in Entity::ALL {
        let assessed = store.assess(scope, run, entity, today()).await.unwrap();
        for check in checks(entity) {
            let (_, found, checked) = *assessed.found.iter().find(|(code, ..)| *code == check.code).unwrap();
            if !check.is_in_table() {
                let expected = u64::from(entity == Entity::Customers);
                assert_eq!(found, expected, "{} {}", entity.name(), check.code);
                continue;
            }
            let filter = RowFilter { scope: Some(scope), check: Some(check), ..RowFilter::default() };
            let rows = all(store, entity, &filter, None).await;
            let expected = EXPECTED.iter().find(|(e, code, _)| (*e, *code) == (entity, check.code));
            assert_eq!(keys(&rows), expected.unwrap().2, "{} {}", entity.name(), check.code);
            assert_eq!(found, rows.len() as u64, "{} {}", entity.name(), check.code);
            assert_eq!(checked, store.row_count(scope, entity).await.unwrap());
            // Over every source, those of this one are the same.
            let everywhere = RowFilter { scope: None, ..filter };
            assert_eq!(
                keys(&all(store, entity, &everywhere, None).await),
                expected.unwrap().2,
                "{}",
                check.code
            );
        }
    }
    let customers = store.assess(scope, run, Entity::Customers, today()).await.unwrap();
    assert!(customers.filled.contains(&("email", 3, 7)), "{:?}", customers.filled);
    assert!(customers.filled.contains(&("phone", 0, 7)));
    assert_eq!(customers.found[0], ("missing_value", 1, 9));
}

async fn nothing_is_wrong_elsewhere(store: &Store, scope: Scope, run: i64) {
    for entity in Entity::ALL {
        let assessed = store.assess(scope, run + 1, entity, today()).await.unwrap();
        assert!(assessed.found.iter().all(|(_, found, _)| *found == 0), "{assessed:?}");
    }
}

async fn kept(store: &Store, scope: Scope, run: i64) {
    let mut tables = Vec::new();
    for entity in Entity::ALL {
        tables.push(store.assess(scope, run, entity, today()).await.unwrap());
    }
    // Kept twice, it is there once.
    store.keep_assessed(run, &tables[1..]).await.unwrap();
    store.keep_assessed(run, &tables).await.unwrap();
    assert_eq!(store.assessed(run).await.unwrap(), tables);
    assert_eq!(store.assessed_runs("cave", 10).await.unwrap(), [(run, NOW.to_owned())]);
    assert!(store.assessed_runs("autre", 10).await.unwrap().is_empty());
    let before = |run| store.assessed_before("cave", run, Entity::Customers);
    assert_eq!(before(run).await.unwrap(), None);
    assert_eq!(before(run + 1).await.unwrap(), Some(run));
    let other = store
        .start_run("autre", Subject::Tables, Direction::Import, Cause::Person, NOW)
        .await
        .unwrap()
        .unwrap();
    store.keep_assessed_again(other, run).await.unwrap();
    assert_eq!(store.assessed(other).await.unwrap(), tables);
}

async fn rows_in_order(store: &Store, scope: Scope) {
    let filter = RowFilter { scope: Some(scope), ..RowFilter::default() };
    let field = |entity: Entity, name| entity.field(name).unwrap();
    let by = |entity: Entity, name, descending| Some(RowSort { field: field(entity, name), descending });
    let customers = Entity::Customers;
    // Names as in a dictionary, and what is empty last both ways.
    let rows = all(store, customers, &filter, by(customers, "last_name", false)).await;
    assert_eq!(keys(&rows), ["C3", "C4", "C5", "C1", "C2", "C7", "C6"]);
    let rows = all(store, customers, &filter, by(customers, "email", false)).await;
    assert_eq!(keys(&rows)[..3], ["C2", "C1", "C3"]);
    let rows = all(store, customers, &filter, by(customers, "email", true)).await;
    assert_eq!(keys(&rows)[..3], ["C1", "C3", "C2"]);
    // Part by part the whole list comes out, from wherever it is looked for.
    let sales = Entity::SalesLines;
    for sort in [None, by(sales, "channel", true), by(sales, "quantity", false)] {
        let whole = all(store, sales, &RowFilter::default(), sort).await;
        let mut parts = Vec::new();
        for offset in (0..21).step_by(4) {
            let part = RowPart { sort, limit: 4, offset, all: 21 };
            parts.extend(store.rows(sales, &RowFilter::default(), part, today()).await.unwrap());
        }
        assert_eq!(parts, whole);
    }
    let mut after = Vec::new();
    loop {
        let rows = store.rows_after(sales, &RowFilter::default(), after.last(), 4, today()).await.unwrap();
        if rows.is_empty() {
            break;
        }
        after.extend(rows);
    }
    assert_eq!(after, all(store, sales, &RowFilter::default(), None).await);
    assert_eq!(
        store.rows_by_source(sales).await.unwrap(),
        [("autre".to_owned(), 1), ("cave".to_owned(), 20)]
    );
    let sources = store.row_sources(Entity::StockLevels).await.unwrap();
    assert_eq!(sources, [("cave".to_owned(), scope)]);
}

async fn rows_by_filter(store: &Store, scope: Scope) {
    let mine = RowFilter { scope: Some(scope), ..RowFilter::default() };
    let search = |words: &str| RowFilter { search: Some(words.to_owned()), ..mine.clone() };
    for (entity, words, expected) in [
        (Entity::Customers, "elan zoé", &["C1", "C2"][..]),
        (Entity::Customers, "%", &[]),
        (Entity::Customers, "nimes", &["C3"]),
        (Entity::Customers, "CARRE eve", &["C4"]),
        (Entity::ProductCatalog, "château-d’ÉTÉ", &["P1", "P2", "P3"]),
        (Entity::ProductCatalog, "chateau d'ete", &["P1", "P2", "P3"]),
        (Entity::SalesLines, "l0 p9", &["L04"]),
        (Entity::SalesLines, "L_4", &[]),
        (Entity::SalesLines, "';drop table sales_lines", &[]),
    ] {
        assert_eq!(keys(&all(store, entity, &search(words), None).await), expected, "{words}");
    }
    let (from, to) = ("2020-02-12".parse().ok(), "2020-02-13".parse().ok());
    let days = RowFilter { from, to, ..mine.clone() };
    assert_eq!(keys(&all(store, Entity::SalesLines, &days, None).await), ["L17", "L18"]);
    let channel = Entity::SalesLines.field("channel").unwrap();
    let web = RowFilter { equal: vec![(channel, "WEB".to_owned())], ..mine.clone() };
    assert_eq!(keys(&all(store, Entity::SalesLines, &web, None).await), ["L03", "L04"]);
    let check = Check::of(Entity::SalesLines, "orphan_product");
    assert_eq!(keys(&all(store, Entity::SalesLines, &RowFilter { check, ..web }, None).await), ["L04"]);
}

async fn columns(store: &Store, scope: Scope, run: i64) {
    use ColumnKind::{Date, Number, Text};
    let entity = Entity::Customers;
    assert!(store.known_columns(scope, entity).await.unwrap().is_empty());
    let met = |columns: &[(&str, Option<ColumnKind>)]| -> Vec<(String, Option<ColumnKind>)> {
        columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
    };
    let first = met(&[("Code", Some(Number)), ("Né le", Some(Date)), ("Vide", None)]);
    store.remember_columns(scope, run, entity, &first).await.unwrap();
    let known = store.known_columns(scope, entity).await.unwrap();
    assert!(known.iter().all(|column| !column.is_new && !column.is_gone && column.kind_before.is_none()));
    let second = met(&[("Code", Some(Text)), ("Vide", Some(Text)), ("Neuf", None)]);
    store.remember_columns(scope, run + 1, entity, &second).await.unwrap();
    let known = store.known_columns(scope, entity).await.unwrap();
    let told: Vec<_> =
        known.iter().map(|c| (c.name.as_str(), c.kind, c.kind_before, c.is_new, c.is_gone)).collect();
    assert_eq!(
        told,
        [
            ("Code", Some(Text), Some(Number), false, false),
            ("Neuf", None, None, true, false),
            ("Né le", Some(Date), None, false, true),
            ("Vide", Some(Text), None, false, false),
        ]
    );
    // Nothing new: the next load has forgotten what changed in the one before.
    store.remember_columns(scope, run + 2, entity, &second).await.unwrap();
    let known = store.known_columns(scope, entity).await.unwrap();
    assert!(known.iter().all(|column| !column.is_new && column.kind_before.is_none()), "{known:?}");
}
