//! The tab where the fields of deals, or of canonical tables, are made of columns.

use model::recipe::{Recipes, Target};
use serde_json::json;

use crate::connection_pages::{has, page};
use crate::dataset_pages::Loaded;
use crate::harness::TestApp;

/// A program with a connection whose rows become deals, and where its tab is.
async fn configured() -> (TestApp, String) {
    let app = TestApp::configured().await;
    app.fill([
        json!({"Name": "dupont <i>", "Sector": "Vin - Reims", "Amount": 10, "Notes": "21/11/2026"}),
        json!({"Name": "durand", "Amount": 20, "Notes": "demain"}),
    ]);
    let accounts = app.hub.accounts(model::Lang::Fr).await.unwrap();
    let id = accounts.iter().find(|account| account.provider == "airtable").unwrap().id;
    (app, format!("/connections/{id}"))
}

const FORM: [(&str, &str); 7] = [
    ("client.from", "Name"),
    ("client.step", "upper"),
    ("secteur.from", "Sector"),
    ("secteur.step", "split"),
    ("secteur.value", " - "),
    ("secteur.part", "2"),
    ("notes.from", ""),
];

#[tokio::test]
async fn recipes_are_tried_and_saved() {
    let (app, place) = configured().await;
    let tab = app.get(&format!("{place}?tab=recipes")).await;
    for words in ["Transformations", "Montant brut", "name=\"date_echeance.from\"", "Essayer"] {
        assert!(tab.text.contains(words), "{words}: {}", tab.text);
    }
    let with_date =
        [FORM.as_slice(), &[("date_echeance.from", "Notes"), ("date_echeance.step", "date")]].concat();
    let with_date = [with_date.as_slice(), &[("date_echeance.value", "%d/%m/%Y")]].concat();
    let tried = app.form(&format!("{place}/recipes/try"), &with_date).await;
    assert_eq!(tried.status.as_u16(), 200, "{}", tried.text);
    for words in ["DUPONT &lt;I", ">Reims<", "2026-11-21", "pas une date écrite comme", "dupont &lt;i"] {
        assert!(tried.text.contains(words), "{words}: {}", tried.text);
    }
    assert!(
        app.hub.recipes("airtable", Target::Deals).await.unwrap().recipes.is_empty(),
        "nothing was stored"
    );

    let saved = app.form(&format!("{place}/recipes"), &FORM).await;
    let to = format!("{place}?tab=recipes&notice=saved");
    assert_eq!((saved.status.as_u16(), saved.header("location")), (303, to.as_str()), "{}", saved.text);
    let recipes = app.hub.recipes("airtable", Target::Deals).await.unwrap().recipes;
    let expected = json!({
        "client": {"from": ["Name"], "steps": [{"do": "case", "to": "upper"}]},
        "secteur": {"from": ["Sector"], "steps": [{"do": "split", "separator": " - ", "part": 2}]}
    });
    assert_eq!(serde_json::to_value(&recipes).unwrap(), expected);
    let stored = app.get(&to).await;
    assert!(stored.text.contains("value=\"Sector\"") && stored.text.contains("> - <"), "{}", stored.text);
}

#[tokio::test]
async fn faults_are_told_and_longer_recipes_stay() {
    let (app, place) = configured().await;
    let longer: Recipes = serde_json::from_value(json!({"client": {"from": ["Name"], "steps": [
        {"do": "case", "to": "lower"}, {"do": "case", "to": "title"}
    ]}}))
    .unwrap();
    app.hub.save_recipes("airtable", Target::Deals, longer.clone()).await.unwrap();
    for (form, says) in [
        ([("notes.from", "Notes"), ("notes.step", "split"), ("notes.part", "deux")], "nombre entier"),
        ([("notes.from", "Notes"), ("notes.step", "date"), ("notes.value", "%H")], "ne décrit pas une date"),
        ([("notes.from", "Nulle part <b>"), ("notes.step", ""), ("notes.value", "")], "existe pas"),
        ([("notes.from", "Notes"), ("notes.step", "table"), ("notes.value", "seul")], "mot=valeur"),
    ] {
        let answer = app.form(&format!("{place}/recipes/try"), &form).await;
        assert_eq!(answer.status.as_u16(), 422, "{says}");
        assert!(answer.text.contains(says) && !answer.text.contains("<b>"), "{says}: {}", answer.text);
    }
    let kept = app.form(&format!("{place}/recipes"), &[("client.from", "Notes")]).await;
    assert_eq!(kept.status.as_u16(), 303);
    assert_eq!(app.hub.recipes("airtable", Target::Deals).await.unwrap().recipes, longer);
    assert!(app.get(&format!("{place}?tab=recipes")).await.text.contains("plusieurs transformations"));
    assert_eq!(app.form("/connections/99/recipes", &[]).await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_table_is_chosen_and_its_fields_are_made() {
    let app = crate::sources::with_cave().await;
    crate::sources::wine(&app);
    let id = app.hub.account_id("cave").await.unwrap().unwrap();
    let place = format!("/connections/{id}");
    let tab = app.get(&format!("{place}?tab=recipes")).await;
    let sales = format!("{place}?tab=recipes&amp;table=SALES_LINES");
    has(page(&tab), &["aria-current=\"page\">Clients", &sales, "name=\"last_name.from\"", "Au chargement"]);
    assert!(!tab.text.contains("name=\"channel.from\""), "a field of another table");
    let sales = app.get(&format!("{place}?tab=recipes&table=SALES_LINES")).await;
    has(page(&sales), &["name=\"channel.from\"", "name=\"table\" value=\"SALES_LINES\""]);

    let form = [
        ("table", "SALES_LINES"),
        ("channel.step", "constant"),
        ("channel.value", "Boutique"),
        ("sold_on.from", "date"),
        ("sold_on.step", "date"),
        ("sold_on.value", "%d/%m/%Y"),
    ];
    let tried = app.form(&format!("{place}/recipes/try"), &form).await;
    assert_eq!(tried.status.as_u16(), 200, "{}", tried.text);
    has(page(&tried), &["<td>2026-11-21", "<td>Boutique", "pas une date écrite comme", ">%d/%m/%Y"]);
    has(&tried.text, &["aria-current=\"page\">Lignes de vente"]);

    let saved = app.form(&format!("{place}/recipes"), &form).await;
    let to = format!("{place}?tab=recipes&table=SALES_LINES&notice=saved");
    assert_eq!((saved.status.as_u16(), saved.header("location")), (303, to.as_str()), "{}", saved.text);
    has(page(&app.get(&to).await), &["Boutique", "value=\"date\""]);
    assert!(!app.get(&format!("{place}?tab=recipes")).await.text.contains("Boutique"));
    app.call("/connectors/cave/sync").await;
    let rows = app.get("/api/data/sales_lines").await.data();
    assert_eq!(
        (&rows[0]["channel"], &rows[0]["sold_on"]),
        (&json!("Boutique"), &json!("2026-11-21")),
        "{rows}"
    );

    let wrong = [("table", "SALES_LINES"), ("channel.from", "Nulle part <b>")];
    let refused = app.form(&format!("{place}/recipes/try"), &wrong).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.text.contains("existe pas") && !refused.text.contains("<b>"), "{}", refused.text);
    let nowhere = app.form(&format!("{place}/recipes"), &[("table", "DEALS")]).await;
    assert_eq!(nowhere.status.as_u16(), 400);
}

#[tokio::test]
async fn one_table_of_any_service_is_made_of_its_columns() {
    let at = Loaded::connected(3).await;
    let place = format!("/connections/{}", at.id);
    assert!(!at.app.get(&place).await.text.contains("tab=recipes"), "a dataset has no fields to make");
    let update = [
        ("connection_type", "rest_api"),
        ("name", "Clients"),
        ("destination", "table"),
        ("destination_table", "CUSTOMERS"),
    ];
    assert_eq!(at.app.form(&place, &update).await.status.as_u16(), 303);
    let tab = at.app.get(&format!("{place}?tab=recipes")).await;
    has(page(&tab), &["name=\"customer_key.from\""]);
    assert!(!tab.text.contains("class=\"jump\""), "there is one table only");
    let form = [
        ("table", "CUSTOMERS"),
        ("customer_key.from", "id"),
        ("city.from", "address.city"),
        ("city.step", "upper"),
    ];
    let tried = at.app.form(&format!("{place}/recipes/try"), &form).await;
    assert_eq!(tried.status.as_u16(), 200, "{}", tried.text);
    let first = at.app.form(&format!("{place}/recipes"), &form).await;
    assert_eq!(first.status.as_u16(), 303, "{}", first.text);
    at.sync().await;
    let rows = at.app.get("/api/data/customers").await.data();
    let city = rows[0]["city"].as_str().unwrap();
    assert!(!city.is_empty() && city == city.to_uppercase(), "{rows}");
    has(page(&tried), &[&format!("<td>{city}")]);
}
