//! The pages of the sources of data: whole without script, and their forms.

use axum::http::Method;

use crate::harness::{Answer, TestApp, request, with_form, with_header};
use crate::sources::{wine, with_cave};

#[track_caller]
fn page(answer: &Answer) -> &str {
    assert!(answer.header("content-type").starts_with("text/html"), "{} {}", answer.status, answer.text);
    &answer.text
}

/// The tag of the page that holds this mark.
#[track_caller]
fn tag<'a>(html: &'a str, mark: &str) -> &'a str {
    let at = html.find(mark).expect(mark);
    let begin = html[..at].rfind('<').unwrap();
    let end = html[at..].find('>').unwrap();
    &html[begin..at + end]
}

#[tokio::test]
async fn a_newcomer_is_told_what_to_do() {
    let app = TestApp::start().await;
    let answer = app.get("/connectors?tab=sources").await;
    let html = page(&answer);
    for part in
        ["Sources de Données", "Gérez vos connecteurs", "Aucune source", "+ Ajouter Connecteur", "Airtable"]
    {
        assert!(html.contains(part), "{part}");
    }
    // The same row of tabs on the page that is taken over; that one knows nothing else of sources.
    let other = app.get("/connectors?tab=notion").await;
    assert!(
        page(&other).contains("/connectors?tab=sources") && !other.text.contains("Gérez vos connecteurs")
    );
}

#[tokio::test]
async fn a_newcomer_without_exports_is_given_some() {
    let app = TestApp::start().await;
    // Twice: the second time everything is there.
    for _ in 0..2 {
        let answer = app.form("/connectors/example", &[]).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
        assert_eq!(answer.header("location"), "/connectors/isavigne_exemple?notice=saved");
    }
    // Somebody who has nothing but sources finds them without asking for the tab.
    let list = app.get("/connectors").await;
    assert!(page(&list).contains("Gérez vos connecteurs") && list.text.contains("isavigne_exemple"));
    assert!(!app.get("/connectors?tab=airtable").await.text.contains("Gérez vos connecteurs"));
    let synced = app.call("/connectors/isavigne_exemple/sync").await.json();
    assert_eq!(synced["success"], true, "{synced}");
    assert!(synced["records_processed"]["SALES_LINES"].as_u64().unwrap() > 300, "{synced}");
    assert_eq!(app.get("/connectors/example").await.header("location"), "/connectors?tab=sources");
}

#[tokio::test]
async fn whoever_has_a_crm_connection_finds_it_first() {
    let app = TestApp::configured().await;
    assert_eq!(app.form("/connectors/example", &[]).await.status.as_u16(), 303);
    assert!(!app.get("/connectors").await.text.contains("Gérez vos connecteurs"));
}

#[tokio::test]
async fn the_form_asks_for_what_its_type_needs() {
    let app = TestApp::start().await;
    let empty = app.get("/connectors/new").await;
    for part in ["Nom du connecteur", "Identificateur unique", "Type de connecteur", "-- Sélectionnez --"] {
        assert!(page(&empty).contains(part), "{part}");
    }
    assert!(!empty.text.contains("isavigne_export_path"));
    let isavigne = app.get("/connectors/new?type=isavigne").await;
    for part in ["Configuration iSaVigne", "Fichiers attendus", "*client*.csv", "STOCK_LEVELS", "Enregistrer"]
    {
        assert!(page(&isavigne).contains(part), "{part}");
    }
    assert!(tag(&isavigne.text, "name=\"isavigne_export_path\"").contains("required"));
    // Without script: a type that was chosen shows its fields, and what was typed stays.
    let chosen = [("connector_name", "cave"), ("connector_type", "isavigne"), ("fields_of", "")];
    let answer = app.form("/connectors", &chosen).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert!(page(&answer).contains("isavigne_export_path") && !answer.text.contains("field__fault"));
    assert!(tag(&answer.text, "name=\"connector_name\"").contains("cave"));
}

#[tokio::test]
async fn every_fault_stands_beside_its_field() {
    let app = TestApp::start().await;
    let nothing = app.form("/connectors", &[]).await;
    assert_eq!(nothing.status.as_u16(), 422);
    assert!(page(&nothing).contains("Donnez un nom") && nothing.text.contains("Choisissez un type"));
    let typed = [("connector_name", "ma cave <b>"), ("connector_type", "isavigne"), ("encoding", "klingon")];
    let answer = app.form("/connectors", &typed).await;
    assert_eq!(answer.status.as_u16(), 422);
    let html = page(&answer);
    assert!(tag(html, "name=\"connector_name\"").contains("aria-invalid=\"true\""));
    assert!(html.contains("ma cave &lt;b") && !html.contains("cave <b>"), "what was typed is shown as text");
    assert!(html.contains("obligatoire") && html.contains("Ce champ attend un de ces mots"));
    for reserved in ["new", "api", "airtable"] {
        let taken =
            app.form("/connectors", &[("connector_name", reserved), ("connector_type", "isavigne")]).await;
        assert!(taken.status.as_u16() == 422 && taken.text.contains("nom réservé"), "{reserved}");
    }
    let secret = [("connector_name", ""), ("connector_type", "odoo"), ("odoo_api_key", "CANARY")];
    let answer = app.form("/connectors", &secret).await;
    assert!(answer.status.as_u16() == 422 && !answer.text.contains("CANARY"));
    let key = tag(page(&answer), "name=\"odoo_api_key\"");
    assert!(key.contains("required") && !key.contains("•"), "nothing was stored, so none is kept: {key}");
    let english = with_header(request(Method::POST, "/connectors"), "accept-language", "en");
    assert!(app.send(with_form(english, &[])).await.text.contains("Give the connector a name."));
    assert!(app.get("/connectors?tab=sources").await.text.contains("Aucune source"), "nothing was stored");
}

#[tokio::test]
async fn a_saved_source_is_tested_and_synced_from_its_page() {
    let app = with_cave().await;
    wine(&app);
    let saved = app.get("/connectors/cave?notice=saved").await;
    for part in ["Enregistré avec succès", "Historique des Syncs", "Jamais testé", "/connectors/cave/mapping"]
    {
        assert!(page(&saved).contains(part), "{part}");
    }
    let tested = app.form("/connectors/cave/test", &[]).await;
    assert_eq!((tested.status.as_u16(), tested.header("location")), (303, "/connectors/cave?notice=tested"));
    let outcome = app.get("/connectors/cave?notice=tested").await;
    assert!(page(&outcome).contains("Connexion OK") && outcome.text.contains("Sain"));

    let synced = app.form("/connectors/cave/sync", &[]).await;
    assert_eq!((synced.status.as_u16(), synced.header("location")), (303, "/connectors/cave?run=1"));
    app.hub.wait_load(1, model::Lang::Fr).await.unwrap();
    let outcome = app.get("/connectors/cave?run=1").await;
    for part in ["avec des lignes refusées", "CUSTOMERS", "1 ligne refusée", "ventes.csv, ligne 3"] {
        assert!(page(&outcome).contains(part), "{part}");
    }
    assert!(!outcome.text.contains("http-equiv=\"refresh\""), "an ended run is not asked again");
    let list = app.get("/connectors?tab=sources").await;
    for part in ["Dernières Syncs", "Détails", "cave", "Erreur"] {
        assert!(page(&list).contains(part), "{part}");
    }
    let run = app.get("/runs/1").await;
    for part in
        ["Synchronisation de cave", "SALES_LINES", "ventes.csv, ligne 3", "colonne", "Relire ces fichiers"]
    {
        assert!(page(&run).contains(part), "{part}");
    }
}

#[tokio::test]
async fn settings_change_or_say_what_is_wrong() {
    let app = with_cave().await;
    let folder = app.exports.path().display().to_string();
    let wrong = [("isavigne_export_path", folder.as_str()), ("encoding", "klingon")];
    let answer = app.form("/connectors/cave", &wrong).await;
    assert_eq!(answer.status.as_u16(), 422);
    assert!(page(&answer).contains("Ce champ attend un de ces mots") && answer.text.contains(&folder));
    let right = [("isavigne_export_path", folder.as_str()), ("isavigne_file_pattern", "*.xlsx")];
    let answer = app.form("/connectors/cave", &right).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/connectors/cave?notice=saved"));
    assert!(
        tag(&app.get("/connectors/cave").await.text, "name=\"isavigne_file_pattern\"").contains("*.xlsx")
    );
}

#[tokio::test]
async fn a_source_goes_with_its_rows_or_without() {
    for (rows, left) in [("keep", 2), ("delete", 0)] {
        let app = with_cave().await;
        wine(&app);
        app.call("/connectors/cave/sync").await.json();
        let asked = app.get("/connectors/cave/delete").await;
        assert!(page(&asked).contains("Ce qui disparaît") && asked.text.contains("Ce qui reste"));
        let answer = app.form("/connectors/cave/delete", &[("rows", rows)]).await;
        let list = "/connectors?tab=sources&notice=deleted";
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, list));
        assert!(page(&app.get(list).await).contains("Source supprimée"));
        assert_eq!(app.get("/connectors/cave").await.status.as_u16(), 404);
        // The history stays: its run is still told.
        assert_eq!(app.get("/runs/1").await.status.as_u16(), 200);
        // What was kept is found again by a source of that name.
        let folder = app.exports.path().display().to_string();
        let draft =
            [("connector_name", "cave"), ("connector_type", "isavigne"), ("isavigne_export_path", &*folder)];
        assert_eq!(app.form("/connectors", &draft).await.status.as_u16(), 303);
        std::fs::rename(app.exports.path().join("clients.csv"), app.exports.path().join("clients_2.csv"))
            .unwrap();
        let again = app.call("/connectors/cave/sync").await.json();
        let customers =
            again["tables"].as_array().unwrap().iter().find(|table| table["table"] == "CUSTOMERS");
        assert_eq!(customers.unwrap()["unchanged"], left, "{again}");
    }
}

#[tokio::test]
async fn a_source_that_is_not_there_has_no_page() {
    let app = TestApp::start().await;
    for path in ["/connectors/cave", "/connectors/cave/delete", "/connectors/airtable", "/connectors/%C3%A9"]
    {
        let answer = app.get(path).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}");
        assert!(page(&answer).contains("n'existe pas"), "{path}");
    }
    for path in
        ["/connectors/cave", "/connectors/cave/test", "/connectors/cave/sync", "/connectors/cave/delete"]
    {
        let answer = app.form(path, &[]).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}");
        assert!(page(&answer).contains("n'existe pas"), "{path}");
    }
    // Asked for as pages, forms lead to where they are.
    for form in ["/connectors/cave/test", "/connectors/cave/sync"] {
        let answer = app.get(form).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/connectors/cave"));
    }
}
