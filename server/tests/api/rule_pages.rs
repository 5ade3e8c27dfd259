//! The rules of a connection and its key column, from the tab of its page.

use axum::http::Method;

use crate::connection_pages::{has, page, tag};
use crate::dataset_pages::Loaded;
use crate::harness::{request, with_form, with_header};

#[tokio::test]
async fn rules_are_added_hold_and_are_taken_out() {
    let at = Loaded::of(12).await;
    let place = format!("/connections/{}", at.id);
    let tab = format!("{place}?tab=rules");
    let empty = at.app.get(&tab).await;
    has(
        page(&empty),
        &["Aucune règle", "Ajouter une règle", "<option value=\"address.city\"", "Colonne clé"],
    );
    assert!(tag(&empty.text, "id=\"must-required\"").contains("checked"));
    let english = at.app.send(with_header(request(Method::GET, &tab), "accept-language", "en")).await;
    has(page(&english), &["No rule", "Add a rule", "Key column", "whole number", "One of the values"]);

    let range = [("column", "id"), ("must", "range"), ("min", ""), ("max", "10,5"), ("regex", "(")];
    let added = at.app.form(&format!("{place}/rules"), &range).await;
    assert_eq!(
        (added.status.as_u16(), added.header("location")),
        (303, format!("{tab}&notice=rules").as_str()),
        "{}",
        added.text
    );
    let one_of = [("column", "address.city"), ("must", "one_of"), ("values", "Beaune\r\nColmar\r\n")];
    at.app.form(&format!("{place}/rules"), &one_of).await;
    let told = at.app.get(&format!("{tab}&notice=rules")).await;
    has(page(&told), &["Règles enregistrées", "au plus 10,5", "une de ces valeurs\u{a0}: Beaune, Colmar"]);

    // They hold from the next sync on.
    at.api.update(1, 1);
    at.api.add(1);
    at.sync().await;
    let state = at.app.get(&place).await;
    has(page(&state), &["est pas une des valeurs permises"]);

    let rule = r#"{"column":"id","must":"range","max":10.5}"#;
    assert!(told.text.contains(&rule.replace('"', "&quot;")), "{}", told.text);
    for _ in 0..2 {
        // Taken out twice, it is gone, and nothing else is.
        let removed = at.app.form(&format!("{place}/rules/remove"), &[("rule", rule)]).await;
        assert_eq!(removed.status.as_u16(), 303);
        let left = at.app.get(&tab).await;
        assert!(!page(&left).contains("au plus 10,5") && left.text.contains("Beaune, Colmar"));
    }
}

#[tokio::test]
async fn faults_of_a_rule_are_told_beside_the_form() {
    let at = Loaded::of(3).await;
    let rules = format!("/connections/{}/rules", at.id);
    for (form, told) in [
        (&[("column", "moon"), ("must", "required")][..], "existe pas. Choisissez une des colonnes lues."),
        (&[("column", "id"), ("must", "range"), ("min", "dix")], "est pas un nombre. Écrivez"),
        (&[("column", "id"), ("must", "range")], "indiquez un minimum"),
        (&[("column", "id"), ("must", "range"), ("min", "2"), ("max", "1")], "dépasse le maximum"),
        (&[("column", "id"), ("must", "pattern"), ("regex", "(")], "ne peut pas être lue"),
        (&[("column", "id"), ("must", "one_of"), ("values", "\n")], "au moins une valeur permise"),
        (&[("column", "id"), ("must", "moon")], "Choisissez ce que la colonne doit contenir"),
    ] {
        let answer = at.app.form(&rules, form).await;
        assert_eq!(answer.status.as_u16(), 422, "{form:?}");
        has(page(&answer), &[told, "La règle n'a pas été enregistrée", "Aucune règle"]);
        let column = format!("value=\"{}\"", form[0].1);
        assert!(tag(&answer.text, "name=\"column\"").contains(&column), "what was typed stays");
    }
    let english = with_header(request(Method::POST, &rules), "accept-language", "en");
    let answer = at.app.send(with_form(english, &[("column", "moon"), ("must", "required")])).await;
    has(page(&answer), &["The rule was not saved", "there is no column"]);
    // Programs are told the same.
    let rules = serde_json::json!([{"column": "id", "must": "pattern", "regex": "("}]);
    let address = format!("/api/connections/{}", at.id);
    let refused = at.app.put(&address, serde_json::json!({"rules": rules})).await.refusal(400, "invalid");
    assert!(refused.contains("expression régulière"), "{refused}");
    for form in ["rules", "rules/remove", "key"] {
        let path = format!("/connections/7/{form}");
        assert_eq!(at.app.form(&path, &[]).await.status.as_u16(), 404, "{form}");
        assert_eq!(at.app.get(&path).await.header("location"), "/connections/7?tab=rules");
    }
}

#[tokio::test]
async fn the_key_column_is_chosen() {
    let at = Loaded::connected(3).await;
    let (key, tab) = (format!("/connections/{}/key", at.id), format!("/connections/{}?tab=rules", at.id));
    let answer = at.app.form(&key, &[("key_column", " email ")]).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, format!("{tab}&notice=key").as_str())
    );
    let told = at.app.get(&format!("{tab}&notice=key")).await;
    has(page(&told), &["Colonne clé enregistrée"]);
    assert!(tag(&told.text, "name=\"key_column\"").contains("value=\"email\""));
    at.sync().await;
    assert_eq!(at.app.get("/api/datasets/1").await.data()["key"], "email");
    at.app.form(&key, &[("key_column", "")]).await;
    assert!(tag(&at.app.get(&tab).await.text, "name=\"key_column\"").contains("value=\"\""));
}

#[tokio::test]
async fn rules_of_tables_hold_where_their_column_is() {
    let app = crate::sources::with_cave().await;
    crate::sources::wine(&app);
    let id = app.hub.account_id("cave").await.unwrap().unwrap();
    let (place, tab) = (format!("/connections/{id}/rules"), format!("/connections/{id}?tab=rules"));
    let empty = app.get(&tab).await;
    has(page(&empty), &["chaque fichier ou table de la source qui a sa colonne", "Aucune règle"]);
    assert!(!empty.text.contains("key_column"));
    for form in [
        &[("column", "Nom"), ("must", "pattern"), ("regex", "D.*d")][..],
        // Files that are not there yet may have other columns.
        &[("column", "Ailleurs"), ("must", "required")],
    ] {
        assert_eq!(app.form(&place, form).await.status.as_u16(), 303, "{form:?}");
    }
    let run = app.call("/connectors/cave/sync").await.json();
    assert!(run["warnings"][0].as_str().unwrap().contains("« Ailleurs »"), "{run}");
    assert!(run["errors"][0].as_str().unwrap().contains("clients.csv, ligne 2 — « Nom »"), "{run}");
    let told = app.get(&format!("/runs/{}", run["run_id"])).await;
    has(page(&told), &["clients.csv, ligne 2", "Dupont", "ne correspond pas à"]);
    // The columns that were read are offered.
    has(page(&app.get(&tab).await), &["<option value=\"Nom\"", "<option value=\"Prix unitaire\""]);
    let english = app.send(with_header(request(Method::GET, &tab), "accept-language", "en")).await;
    has(page(&english), &["each file or table of the source that has its column"]);
}
