//! Recipes of canonical tables: tried on the first rows, saved for one table, and applied by a load.

use hub::{Kind, LoadRequest};
use model::Lang;
use model::canonical::Entity;
use model::recipe::{Recipes, Target};
use serde_json::{Value, json};

use crate::ground::{Ground, counts};

const CUSTOMERS: Target = Target::Table(Entity::Customers);
const SALES: Target = Target::Table(Entity::SalesLines);

fn recipes(json: Value) -> Recipes {
    serde_json::from_value(json).unwrap()
}

async fn ground() -> Ground {
    let ground = Ground::with_cave().await;
    ground.file(
        "clients.csv",
        &["Code;Prénom;Nom;Depuis", "C1;jean;DUPONT;11/21/2020", "C2;;durand;21/11/2020", "C3;zoé;petit;"],
    );
    ground.file("ventes.csv", &["Ligne;Qui;Produit;Date;Quantité;Prix", "L1;C1;P1;21/11/2026;2;12,50"]);
    ground
}

fn made() -> Recipes {
    recipes(json!({
        "last_name": {"from": ["prénom", "Nom"], "steps": [
            {"do": "join", "separator": " "}, {"do": "case", "to": "title"}
        ]},
        "first_purchase_on": {"from": ["Depuis"], "steps": [{"do": "date", "format": "%m/%d/%Y"}]},
        "country": {"steps": [{"do": "constant", "value": "FR"}]}
    }))
}

#[tokio::test]
async fn they_are_tried_on_the_first_rows_and_nothing_is_stored() {
    let ground = ground().await;
    let tried = ground.hub.try_recipes("cave", CUSTOMERS, made(), Lang::Fr).await.unwrap();
    assert_eq!((tried.columns.len(), tried.rows.len()), (4, 3));
    let first = &tried.rows[0];
    assert_eq!(first.before["Nom"].as_deref(), Some("DUPONT"));
    assert_eq!(first.after["last_name"].as_deref(), Some("Jean Dupont"));
    assert_eq!(first.after["first_purchase_on"].as_deref(), Some("2020-11-21"));
    assert!(tried.rows[1].faults["first_purchase_on"].contains("« 21/11/2020 »"), "{tried:?}");
    assert_eq!(tried.rows[2].after["first_purchase_on"], None);
    // What is made is read as its field: no amount stays no amount.
    let wrong =
        recipes(json!({"total_spent_cents": {"from": ["Nom"]}, "customer_key": {"from": ["Prénom"]}}));
    let tried = ground.hub.try_recipes("cave", CUSTOMERS, wrong, Lang::Fr).await.unwrap();
    assert!(tried.rows[0].faults["total_spent_cents"].contains("« DUPONT »"), "{tried:?}");
    assert_eq!(tried.rows[1].faults["customer_key"], "« Code du client » est vide");
    assert!(ground.hub.recipes("cave", CUSTOMERS).await.unwrap().recipes.is_empty());

    for wrong in [
        json!({"client": {"from": ["Nom"]}}),
        json!({"last_name": {"from": ["Personne"]}}),
        json!({"last_name": {}}),
    ] {
        let error = ground.hub.try_recipes("cave", CUSTOMERS, recipes(wrong.clone()), Lang::Fr).await;
        assert_eq!(error.unwrap_err().kind, Kind::Invalid, "{wrong}");
    }
    let none = ground.hub.try_recipes("cave", Target::Table(Entity::StockLevels), Recipes::new(), Lang::Fr);
    assert_eq!(none.await.unwrap().rows, []);
    let no_deals = ground.hub.try_recipes("cave", Target::Deals, Recipes::new(), Lang::Fr).await;
    assert_eq!(no_deals.unwrap_err().kind, Kind::UnknownProvider);
}

#[tokio::test]
async fn they_are_saved_for_one_table_and_read_it_anew() {
    let ground = ground().await;
    let load = ground.load().await;
    assert_eq!(
        (counts(&load, "CUSTOMERS"), counts(&load, "SALES_LINES")),
        ([3, 3, 0, 0, 0], [1, 1, 0, 0, 0])
    );
    let columns = ground.hub.recipes("cave", CUSTOMERS).await.unwrap().columns;
    assert!(columns.contains(&"Prénom".to_owned()) && !columns.contains(&"Qui".to_owned()), "{columns:?}");

    ground.hub.save_recipes("cave", CUSTOMERS, made()).await.unwrap();
    // The same field of two tables is made in two ways.
    let key = recipes(json!({"customer_key": {"from": ["Qui"], "steps": [{"do": "case", "to": "lower"}]}}));
    ground.hub.save_recipes("cave", SALES, key.clone()).await.unwrap();
    assert_eq!(ground.hub.recipes("cave", CUSTOMERS).await.unwrap().recipes, made());
    assert_eq!(ground.hub.recipes("cave", SALES).await.unwrap().recipes, key);
    let load = ground.load().await;
    assert_eq!(counts(&load, "CUSTOMERS"), [3, 0, 2, 0, 1], "{load:?}");
    assert_eq!(counts(&load, "SALES_LINES"), [1, 0, 1, 0, 0], "{load:?}");
    assert!(load.errors[0].contains("clients.csv, ligne 3"), "{load:?}");

    let other = recipes(json!({"last_name": {"from": ["Rien"]}}));
    ground.hub.save_recipes("cave", CUSTOMERS, other).await.unwrap();
    let load = ground.load_only(LoadRequest { entity: Some(Entity::Customers), since: None }).await;
    assert!(load.warnings[0].contains("« Rien », dont « Nom » est fait"), "{load:?}");
    assert_eq!(counts(&load, "CUSTOMERS")[4], 0, "the field is left as it was: {load:?}");
    assert_eq!(ground.hub.recipes("cave", SALES).await.unwrap().recipes, key, "the other table's stay");
}

#[tokio::test]
async fn what_a_connection_fills_is_what_is_made() {
    let (ground, _odoo) = Ground::with_odoo().await;
    let hub = &ground.hub;
    assert_eq!(hub.recipe_targets("erp").await.unwrap(), Entity::ALL.map(Target::Table));
    assert_eq!(hub.recipe_targets("airtable").await.unwrap(), [Target::Deals]);
    assert_eq!(hub.recipe_target("erp", None).await.unwrap(), CUSTOMERS);
    assert_eq!(hub.recipe_target("erp", Some("sales_lines")).await.unwrap(), SALES);
    for (provider, table) in [("erp", "DEALS"), ("airtable", "CUSTOMERS")] {
        let error = hub.recipe_target(provider, Some(table)).await.unwrap_err();
        assert_eq!(error.kind, Kind::Invalid, "{provider} {table}");
    }
    // The recipes of tables are in nobody's way where the same connection brings deals.
    hub.save_recipes("erp", CUSTOMERS, recipes(json!({"city": {"from": ["city"]}}))).await.unwrap();
    let imported = hub.sync("erp", model::Direction::Import, Lang::Fr).await.unwrap();
    assert!(imported.success, "{imported:?}");
    let tried = hub.try_recipes("erp", SALES, Recipes::new(), Lang::Fr).await.unwrap();
    assert!(!tried.rows.is_empty() && tried.rows.len() <= 20, "{tried:?}");
}
