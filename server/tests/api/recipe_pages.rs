//! The tab where the fields of deals are made of columns.

use model::recipe::Recipes;
use serde_json::json;

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
    assert!(app.hub.recipes("airtable").await.unwrap().recipes.is_empty(), "nothing was stored");

    let saved = app.form(&format!("{place}/recipes"), &FORM).await;
    let to = format!("{place}?tab=recipes&notice=saved");
    assert_eq!((saved.status.as_u16(), saved.header("location")), (303, to.as_str()), "{}", saved.text);
    let recipes = app.hub.recipes("airtable").await.unwrap().recipes;
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
    app.hub.save_recipes("airtable", longer.clone()).await.unwrap();
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
    assert_eq!(app.hub.recipes("airtable").await.unwrap().recipes, longer);
    assert!(app.get(&format!("{place}?tab=recipes")).await.text.contains("plusieurs transformations"));
    assert_eq!(app.form("/connections/99/recipes", &[]).await.status.as_u16(), 404);
}
