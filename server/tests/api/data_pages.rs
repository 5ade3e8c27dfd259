//! The pages of what sources have brought: whole without script, their files and their form.

use crate::data::{CUSTOMERS, SALES, load, loaded, put};
use crate::harness::{Answer, TestApp, request, with_form, with_header};
use axum::http::Method;

#[track_caller]
fn page(answer: &Answer) -> &str {
    assert!(answer.header("content-type").starts_with("text/html"), "{} {}", answer.status, answer.text);
    assert!(!answer.text.contains("type=\"module\""), "a page of this kind loads no script");
    &answer.text
}

async fn shown(app: &TestApp, path: &str) -> String {
    let answer = app.get(path).await;
    assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.text);
    page(&answer).to_owned()
}

async fn in_english(app: &TestApp, path: &str) -> Answer {
    app.send(with_header(request(Method::GET, path), "accept-language", "en")).await
}

/// Every address a page leads to within these pages.
fn links(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with("/data") || href.starts_with("/runs/") || href.contains("/quality"))
        .map(|href| href.replace("&amp;", "&").split('#').next().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn the_five_tables_and_their_rows() {
    let app = loaded(&[]).await;
    assert!(shown(&app, "/data").await.contains("Rien n'a encore été chargé"));
    assert!(shown(&app, "/data/customers").await.contains("Cette table est vide"));
    put(&app, CUSTOMERS.0, CUSTOMERS.1);
    put(&app, SALES.0, SALES.1);
    load(&app).await;
    let overview = shown(&app, "/data").await;
    assert!(overview.contains("Lignes de vente") && overview.contains("3 lignes"), "{overview}");
    let sales = shown(&app, "/data/sales_lines?sort=-sold_on").await;
    for part in
        ["1\u{202f}234,50\u{a0}€", "01/02/2020", "Prix unitaire (€)", "aria-sort=\"descending\"", "1–3"]
    {
        assert!(sales.contains(part), "{part}");
    }
    assert!(sales.find("L3").unwrap() < sales.find("L1").unwrap());
    let none = shown(&app, "/data/sales_lines?search=rien").await;
    assert!(none.contains("Aucune ligne ne correspond"), "{none}");
    let after = shown(&app, "/data/sales_lines?page=9").await;
    assert!(after.contains("après la dernière"), "{after}");
    let english = in_english(&app, "/data/sales_lines?check=orphan_customer&source=cave").await;
    for part in ["Sale without a known customer", "1 row", "/connectors/cave/quality"] {
        assert!(page(&english).contains(part), "{part}");
    }
    // Wherever these pages lead, something is there.
    for start in
        ["/data", "/data/sales_lines?sort=-sold_on&channel=web&source=cave", "/connectors/cave/quality"]
    {
        let found = links(&shown(&app, start).await);
        assert!(!found.is_empty(), "{start}");
        for href in found {
            assert_eq!(app.get(&href).await.status.as_u16(), 200, "{start} leads to {href}");
        }
    }
    for nothing in [
        "/data/sqlite_master",
        "/data/customers.xlsx",
        "/connectors/nowhere/quality",
        "/connectors/nowhere/mapping",
    ] {
        assert_eq!(app.get(nothing).await.status.as_u16(), 404, "{nothing}");
    }
}

#[tokio::test]
async fn an_address_that_makes_no_sense_is_told() {
    let app = loaded(&[CUSTOMERS]).await;
    for (path, word) in [
        ("/data/customers?sort=1%3Bdrop", "sort"),
        ("/data/customers?page=0", "page"),
        ("/data/customers?source=%3Cscript%3E", "source nommée"),
        ("/data/customers.csv?check=x", "check"),
        ("/data/customers.csv?source=nowhere", "nowhere"),
        ("/connectors/cave/quality?run=last", "run"),
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status.as_u16(), 400, "{path}");
        assert!(page(&answer).contains(word) && !answer.text.contains("<script>"), "{path}: {}", answer.text);
    }
    assert_eq!(app.get("/connectors/cave/quality?run=4711").await.status.as_u16(), 404);
}

#[tokio::test]
async fn rows_as_a_file() {
    let app = loaded(&[CUSTOMERS, SALES]).await;
    let answer = app.get("/data/customers.csv").await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.header("content-disposition").contains("customers.csv"));
    let lines: Vec<&str> = answer.text.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{feff}source;Code du client;Nom;"), "{}", lines[0]);
    assert!(lines[1].starts_with("cave;C1;Élan;") && lines[1].contains("01/02/2020"), "{}", lines[1]);
    assert!(lines[3].starts_with("cave;C3;'=1+1;") && lines[3].contains(";\"a;b\";"), "{}", lines[3]);
    let filtered = app.get("/data/sales_lines.csv?channel=web&sort=-quantity").await;
    assert_eq!(filtered.text.lines().count(), 3, "{}", filtered.text);
    let english = in_english(&app, "/data/sales_lines.csv?search=L2").await;
    assert!(english.text.contains("2020-02-02") && english.text.contains("1234.50"), "{}", english.text);
}

#[tokio::test]
async fn the_quality_of_a_load() {
    let app = loaded(&[]).await;
    assert!(shown(&app, "/connectors/cave/quality").await.contains("Pas encore de rapport"));
    put(&app, SALES.0, SALES.1);
    let run = load(&app).await;
    let html = shown(&app, &format!("/connectors/cave/quality?run={run}")).await;
    for part in [
        "/100",
        "à corriger",
        "Vente sans client connu",
        "/data/sales_lines?source=cave&amp;check=orphan_customer",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("id=\"stock_levels\""), "a table without rows says nothing");
}

#[tokio::test]
async fn columns_are_mapped_by_a_form() {
    let app = loaded(&[CUSTOMERS]).await;
    let html = shown(&app, "/connectors/cave/mapping").await;
    for part in
        ["automatique (Code client)", "value=\"col:Ville\"", "Élan", "obligatoire", "Champs sans colonne"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    let form =
        [("entity", "customers"), ("customer_key", "none"), ("city", "col:Nom"), ("last_name", "auto")];
    let refused = app.form("/connectors/cave/mapping", &form).await;
    assert_eq!(refused.status.as_u16(), 422);
    let html = page(&refused);
    assert!(html.contains("colonne introuvable pour Code du client"), "{html}");
    assert!(html.contains("value=\"col:Nom\" selected"), "what was chosen stays: {html}");
    let form = [("entity", "customers"), ("city", "col:Nom")];
    let stored = app.form("/connectors/cave/mapping", &form).await;
    assert_eq!(stored.status.as_u16(), 303);
    let html = shown(&app, stored.header("location").split('#').next().unwrap()).await;
    assert!(html.contains("Enregistré") && html.contains("value=\"col:Nom\" selected"), "{html}");
    load(&app).await;
    assert_eq!(app.get("/api/data/customers?search=C1").await.data()[0]["city"], "Élan");
    for (form, status) in [
        (&[("city", "col:Nom")][..], 400),
        (&[("entity", "stock_levels")], 404),
        (&[("entity", "customers"), ("city", "col:Rien")], 422),
    ] {
        assert_eq!(app.form("/connectors/cave/mapping", form).await.status.as_u16(), status, "{form:?}");
    }
    assert_eq!(
        app.form("/connectors/nowhere/mapping", &[("entity", "customers")]).await.status.as_u16(),
        404
    );
}

#[tokio::test]
async fn columns_of_a_source_that_cannot_be_read() {
    let app = loaded(&[CUSTOMERS]).await;
    std::fs::remove_dir_all(app.exports.path()).unwrap();
    let html = shown(&app, "/connectors/cave/mapping").await;
    assert!(html.contains("ne peut pas être lue"), "{html}");
    assert!(html.contains("action=\"/connectors/cave/test\""), "the test is one step away: {html}");
    let refused = app.form("/connectors/cave/mapping", &[("entity", "customers"), ("city", "col:Nom")]).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(page(&refused).contains("ne peut pas être lue"), "{}", refused.text);
    std::fs::create_dir(app.exports.path()).unwrap();
}

#[tokio::test]
async fn a_refusal_speaks_to_its_reader() {
    let app = loaded(&[CUSTOMERS]).await;
    for path in ["/runs/4711/cancel", "/connectors/cave/mapping", "/connectors/nowhere/delete"] {
        let form = with_header(request(Method::POST, path), "cookie", "lang=en; theme=dark");
        let refused = app.send(with_form(form, &[])).await;
        assert!(refused.status.is_client_error(), "{path}");
        for part in ["lang=\"en\"", "data-theme=\"dark\"", "Go back"] {
            assert!(page(&refused).contains(part), "{path}, {part}: {}", refused.text);
        }
    }
}
