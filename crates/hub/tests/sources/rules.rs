//! Rules: what breaks one stays out, is kept with its place, and is read again.

use hub::{AccountUpdate, Kind, LoadRequest, NotSaved};
use model::canonical::Entity;
use model::rule::{Must, Rule};
use model::{Cause, Direction, Lang, Subject};

use crate::ground::{Ground, counts};

const CUSTOMERS: [&str; 4] =
    ["Code client;Nom;E-mail;Pays", "C1;Dupont;a@b.fr;FR", "C2;Durand;;FR", "C3;Petit;c@d.fr;XX"];
const SALES: [&str; 3] = [
    "Ligne;Client;Produit;Date;Quantité;Prix unitaire",
    "L1;C1;P1;21/11/2026;2;1 010,50",
    "L2;C2;P1;21/11/2026;1;-3,00",
];

fn rule(column: &str, must: Must) -> Rule {
    Rule { column: column.to_owned(), must }
}

fn rules() -> Vec<Rule> {
    vec![
        rule("e-mail", Must::Required),
        rule("Pays", Must::OneOf { values: vec!["FR".to_owned()] }),
        rule("Prix unitaire", Must::Range { min: Some(0.0), max: None }),
    ]
}

async fn set(ground: &Ground, rules: Vec<Rule>) -> Result<(), NotSaved> {
    let id = ground.hub.account_id("cave").await.unwrap().unwrap();
    ground.hub.update_account(id, AccountUpdate { rules: Some(rules), ..AccountUpdate::default() }).await
}

#[tokio::test]
async fn rows_that_break_a_rule_are_refused_with_their_place() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &CUSTOMERS);
    ground.file("ventes.csv", &SALES);
    set(&ground, rules()).await.unwrap();
    let load = ground.load().await;
    assert_eq!((load.status.as_str(), load.warnings.len()), ("partial", 0), "{load:?}");
    assert_eq!(counts(&load, "CUSTOMERS"), [3, 1, 0, 0, 2]);
    assert_eq!(counts(&load, "SALES_LINES"), [2, 1, 0, 0, 1]);
    assert_eq!(
        load.errors[0],
        "Clients : 2 lignes refusées. Première : clients.csv, ligne 3 — « E-mail » : une valeur est obligatoire."
    );
    let refused = ground.hub.failures(load.run_id, 10, 0, Lang::Fr).await.unwrap();
    let told: Vec<_> = refused
        .iter()
        .map(|row| (row.client.as_deref().unwrap(), row.field.as_deref().unwrap(), row.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("clients.csv, ligne 3", "E-mail", "une valeur est obligatoire."),
            ("clients.csv, ligne 4", "Pays", "« XX » n'est pas une des valeurs permises (FR)."),
            ("ventes.csv, ligne 3", "Prix unitaire", "« -3,00 » n'est pas un nombre d'au moins 0."),
        ]
    );
    // They are read again as other refused rows are, and stay out while the rules hold.
    let again = ground.hub.replay(load.run_id).await.unwrap();
    let again = ground.hub.wait_load(again, Lang::Fr).await.unwrap();
    assert_eq!(counts(&again, "CUSTOMERS"), [3, 0, 0, 1, 2], "{again:?}");
}

#[tokio::test]
async fn other_rules_read_everything_anew_and_take_nothing_out() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &CUSTOMERS);
    assert_eq!(counts(&ground.load().await, "CUSTOMERS"), [3, 3, 0, 0, 0]);
    set(&ground, rules()).await.unwrap();
    let strict = ground.load().await;
    assert_eq!(counts(&strict, "CUSTOMERS"), [3, 0, 0, 1, 2], "{strict:?}");
    let (store, scope) = ground.store().await;
    assert_eq!(store.row_count(scope, Entity::Customers).await.unwrap(), 3, "the rows stay as they were");
    store.close().await;
    set(&ground, rules()).await.unwrap();
    assert_eq!(ground.load().await.processed(), 0, "the same rules change nothing");
    set(&ground, Vec::new()).await.unwrap();
    assert_eq!(counts(&ground.load().await, "CUSTOMERS"), [3, 0, 0, 3, 0]);
}

#[tokio::test]
async fn a_rule_holds_where_its_column_is_and_is_told_where_none_is() {
    let ground = Ground::with_cave().await;
    // One of two files has the column.
    ground.file("clients.csv", &CUSTOMERS);
    ground.file("clients_web.csv", &["Code client;Nom", "C9;Leroy"]);
    let mut all = rules();
    all.push(rule("SIRET", Must::Required));
    set(&ground, all).await.unwrap();
    let load = ground.load().await;
    assert_eq!(counts(&load, "CUSTOMERS"), [4, 2, 0, 0, 2], "{load:?}");
    let told = |column: &str| load.warnings.iter().filter(|text| text.contains(column)).count();
    assert_eq!((load.warnings.len(), told("SIRET"), told("Prix unitaire")), (2, 1, 1), "{load:?}");
    // What one file does not bring is in another that is not read this time.
    ground.file("ventes.csv", &SALES);
    let sales = ground.load_only(LoadRequest { entity: Some(Entity::SalesLines), since: None }).await;
    assert_eq!((sales.warnings.len(), counts(&sales, "SALES_LINES")), (1, [2, 1, 0, 0, 1]), "{sales:?}");
    assert!(sales.warnings[0].contains("« SIRET »"), "{sales:?}");
}

#[tokio::test]
async fn rules_change_only_while_nothing_is_read() {
    let ground = Ground::with_cave().await;
    let (other_program, _) = ground.store().await;
    let at = "2026-11-21T08:00:00.000Z";
    let started =
        other_program.start_run("cave", Subject::Tables, Direction::Import, Cause::Person, at).await;
    let running = Kind::AlreadyRunning { run_id: started.unwrap().unwrap() };
    let refused = set(&ground, rules()).await;
    assert!(matches!(refused, Err(NotSaved::Failed(error)) if error.kind == running));
    set(&ground, Vec::new()).await.unwrap();
    other_program.close().await;
}

#[tokio::test]
async fn rules_of_a_configuration_file_read_everything_anew_too() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &CUSTOMERS);
    ground.load().await;
    let file = ground.hub.export_config().await.unwrap();
    let ruled = format!("{file}\n[[connections.cave.rules]]\ncolumn = \"E-mail\"\nmust = \"required\"\n");
    ground.hub.apply_config(&ruled, |_| None).await.unwrap();
    assert_eq!(counts(&ground.load().await, "CUSTOMERS"), [3, 0, 0, 2, 1]);
    ground.hub.apply_config(&ruled, |_| None).await.unwrap();
    assert_eq!(ground.load().await.processed(), 0, "the same file changes nothing");
}
