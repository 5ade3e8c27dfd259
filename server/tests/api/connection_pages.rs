//! The pages of connections of any kind: whole without script, and their forms.

use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use hub::ServiceOptions;
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use crate::harness::{Answer, BASE, TABLE, TestApp, request, with_form, with_header};

#[track_caller]
pub(crate) fn page(answer: &Answer) -> &str {
    assert!(answer.header("content-type").starts_with("text/html"), "{} {}", answer.status, answer.text);
    &answer.text
}

/// The tag of the page that holds this mark.
#[track_caller]
pub(crate) fn tag<'a>(html: &'a str, mark: &str) -> &'a str {
    let at = html.find(mark).expect(mark);
    let begin = html[..at].rfind('<').unwrap();
    let end = html[at..].find('>').unwrap();
    &html[begin..at + end]
}

#[track_caller]
pub(crate) fn has(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part}");
    }
}

const NEW: &str = "/connections/new?type=airtable";

/// The form of a connection with the simulator, some of its values changed.
async fn send(app: &TestApp, path: &str, changed: &[(&str, &str)]) -> Answer {
    let mut values = vec![
        ("connection_type", "airtable"),
        ("name", "CRM de l'équipe"),
        ("api_token", app.token.as_str()),
        ("base_id", BASE),
        ("table_name", TABLE),
        ("destination", "deals"),
    ];
    values.retain(|(key, _)| changed.iter().all(|(other, _)| other != key));
    values.extend(changed);
    app.form(path, &values).await
}

/// A program with a connection, and where its page is.
async fn saved() -> (TestApp, String) {
    let app = TestApp::start().await;
    let answer = send(&app, "/connections", &[]).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    let place = answer.header("location").strip_suffix("?notice=saved").unwrap().to_owned();
    (app, place)
}

fn deal(name: &str) -> serde_json::Value {
    json!({"Name": name, "Status": "prospect", "Amount": 100})
}

#[tokio::test]
async fn a_newcomer_finds_every_kind() {
    let app = TestApp::start().await;
    let list = app.get("/connections").await;
    has(page(&list), &["Connexions", "Aucune connexion pour le moment", "Ajouter une connexion"]);
    for kind in [
        "airtable",
        "bamboohr",
        "google_sheets",
        "hubspot",
        "isavigne",
        "notion",
        "odoo",
        "pipedrive",
        "rest_api",
        "salesforce",
        "workday",
    ] {
        assert!(list.text.contains(&format!("href=\"/connections/new?type={kind}\"")), "{kind}");
        let words = format!("data-words=\"{}", kind.replace('_', ""));
        assert!(!tag(&list.text, &words).contains("hidden"));
    }
    // A search is understood without script too, whatever its case and accents.
    let sought = app.get("/connections?q=VIGNE").await;
    assert!(tag(page(&sought), "data-words=\"airtable").contains("hidden"));
    assert!(!tag(&sought.text, "data-words=\"isavigne").contains("hidden"));
    let nothing = app.get("/connections/new?q=rien%20de%20tel").await;
    assert!(tag(page(&nothing), "data-words=\"airtable").contains("hidden"));
    let status = nothing.text.split("role=\"status\" data-none=").nth(1).unwrap();
    assert!(status.split("</p>").next().unwrap().contains(">Aucun type de connexion ne correspond"));
}

#[tokio::test]
async fn the_form_asks_for_what_its_kind_needs() {
    let app = TestApp::start().await;
    let form = app.get(NEW).await;
    has(
        page(&form),
        &["Nom de la connexion", "Identifiant de la base", "Destination des lignes", "Le guide complet"],
    );
    assert!(tag(&form.text, "name=\"base_id\"").contains("required"));
    assert!(
        tag(&form.text, "id=\"destination-deals\"").contains("checked"),
        "where one would expect them to go"
    );
    let folder = app.get("/connections/new?type=isavigne").await;
    assert!(tag(page(&folder), "id=\"destination-tables\"").contains("checked"));
    assert!(!folder.text.contains("id=\"destination-deals\""), "there are none in a folder");
    let unknown = app.get("/connections/new?type=minitel").await;
    assert!(page(&unknown).contains("id=\"catalogue\""), "one chooses among those there are");
}

#[tokio::test]
async fn every_fault_is_told_above_and_beside_its_field() {
    let app = TestApp::start().await;
    let answer = send(&app, "/connections", &[("name", ""), ("base_id", "pas un/identifiant <b>")]).await;
    assert_eq!(answer.status.as_u16(), 422);
    let html = page(&answer);
    has(html, &["Donnez un nom", "href=\"#field-name\"", "href=\"#field-base_id\"", "data-faults"]);
    assert!(tag(html, "name=\"base_id\"").contains("aria-invalid=\"true\""));
    assert!(html.contains("identifiant &lt;b") && !html.contains("identifiant <b>"), "shown as text");
    assert!(html.contains("À saisir de nouveau : rien n'a été enregistré".replace(" :", "\u{a0}:").as_str()));
    let moon = send(&app, "/connections", &[("destination", "table"), ("destination_table", "MOON")]).await;
    assert!(moon.status.as_u16() == 422 && moon.text.contains("href=\"#field-destination\""));
    let english = with_header(request(Method::POST, "/connections"), "accept-language", "en");
    let answer = app.send(with_form(english, &[("connection_type", "airtable")])).await;
    assert!(
        answer.text.contains("Give the connection a name.")
            && answer.text.contains("This field is required.")
    );
    let kind = app.form("/connections", &[("connection_type", "minitel"), ("name", "Minitel")]).await;
    assert!(kind.status.as_u16() == 422 && kind.text.contains("id=\"catalogue\""));
    assert!(app.get("/connections").await.text.contains("Aucune connexion"), "nothing was stored");
}

#[tokio::test]
async fn settings_are_tried_before_they_are_stored() {
    let app = TestApp::start().await;
    let tested = send(&app, "/connections/test", &[("table_name", "Affaires")]).await;
    assert_eq!(tested.status.as_u16(), 200, "{}", tested.text);
    let html = page(&tested);
    has(html, &["Connexion OK", "Tests", "data-success=\"true\"", "le test n'a rien gardé"]);
    assert!(tag(html, "name=\"table_name\"").contains("Affaires"), "what was typed stays");
    assert!(!html.contains("data-faults"), "nothing is wrong");
    // A page that stays open keeps what was typed: it is not asked for again.
    let stays = send(&app, "/connections/test", &[("page_stays", "true")]).await;
    assert!(page(&stays).contains("Connexion OK") && !stays.text.contains("le test n'a rien gardé"));

    let wrong = send(&app, "/connections/test", &[("api_token", "patWrong.0123456789")]).await;
    assert_eq!(wrong.status.as_u16(), 200);
    has(page(&wrong), &["Token Airtable invalide ou expiré", "data-success=\"false\""]);
    assert!(!wrong.text.contains("patWrong"), "a secret is not sent back");

    let half = send(&app, "/connections/test", &[("base_id", "")]).await;
    assert_eq!(half.status.as_u16(), 422);
    has(page(&half), &["href=\"#field-base_id\"", "Ce champ est obligatoire."]);
    assert!(app.get("/connections").await.text.contains("Aucune connexion"), "nothing was stored");
}

#[tokio::test]
async fn a_saved_connection_is_tested_and_synced_from_its_page() {
    let (app, place) = saved().await;
    app.fill([deal("Dupont"), deal("Durand")]);
    let page_now = app.get(&format!("{place}?notice=saved")).await;
    has(page(&page_now), &["Connexion enregistrée", "CRM de l", "Jamais synchronisée", "Airtable"]);
    assert!(page_now.text.contains("?tab=mapping\""), "its mapping has a page");

    let tested = app.form(&format!("{place}/test"), &[]).await;
    assert_eq!(tested.status.as_u16(), 200);
    assert!(page(&tested).contains("Connexion OK"));

    let synced = app.form(&format!("{place}/sync"), &[]).await;
    assert_eq!((synced.status.as_u16(), synced.header("location")), (303, format!("{place}?run=1").as_str()));
    let id = place.rsplit('/').next().unwrap().parse().unwrap();
    app.hub.wait_account_sync(id, 1, &hub::AccountSync::default(), model::Lang::Fr).await.unwrap();
    let outcome = app.get(&format!("{place}?run=1")).await;
    has(page(&outcome), &["Synchronisation réussie", "2 enregistrements en", "Créés"]);
    let history = app.get(&format!("{place}?tab=history")).await;
    has(page(&history), &["Une personne", "href=\"/runs/1\"", "Reçu"]);
    let list = app.get("/connections").await;
    has(page(&list), &["CRM de l", "2 lignes", "Synchroniser", "Deals du CRM"]);

    // What goes wrong is told with what to do, here and in the list.
    app.airtable.fault(Rule::new(Kind::List, Fault::Unauthorized).always());
    app.form(&format!("{place}/sync"), &[]).await;
    app.hub.wait_account_sync(id, 2, &hub::AccountSync::default(), model::Lang::Fr).await.unwrap();
    let failed = app.get(&place).await;
    assert!(page(&failed).contains("source__trouble"));
    assert!(app.get("/connections").await.text.contains("source__trouble"));
}

#[tokio::test]
async fn the_schema_is_asked_of_the_service_on_its_tab_only() {
    let (app, place) = saved().await;
    let asked = || app.airtable.log().count(Kind::Schema);
    let before = asked();
    app.get(&place).await;
    assert_eq!(asked(), before);
    let schema = app.get(&format!("{place}?tab=schema")).await;
    has(page(&schema), &["Due Date", "Amount", "lue et écrite", TABLE]);
    assert_eq!(asked(), before + 1);
    app.airtable.fault(Rule::new(Kind::Schema, Fault::Unauthorized).always());
    let refused = app.get(&format!("{place}?tab=schema")).await;
    assert_eq!(refused.status.as_u16(), 200);
    assert!(page(&refused).contains("pas pu être lu"));
}

#[tokio::test]
async fn a_connection_is_planned_on_its_tab() {
    let (app, place) = saved().await;
    let tab = format!("{place}?tab=schedule");
    assert!(tag(page(&app.get(&tab).await), "id=\"frequency-manual\"").contains("checked"));
    let weekly =
        [("frequency", "weekly"), ("weekly_day", "5"), ("weekly_at", "18:30"), ("time_zone", "Europe/Paris")];
    let answer = app.form(&format!("{place}/schedule"), &weekly).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, format!("{tab}&notice=planned").as_str())
    );
    let planned = app.get(&tab).await;
    has(page(&planned), &["Tous les vendredis à 18:30", "Prochaines synchronisations", " 18:30<"]);
    assert!(tag(&planned.text, "name=\"weekly_at\"").contains("18:30"));
    assert!(app.get("/connections").await.text.contains("Prochaine sync"));
    // What cannot be is told, and what was typed stays.
    for (key, value) in [("weekly_at", "25:00"), ("time_zone", "Europe/Reims")] {
        let wrong: Vec<_> = weekly.into_iter().map(|(k, v)| (k, if k == key { value } else { v })).collect();
        let answer = app.form(&format!("{place}/schedule"), &wrong).await;
        assert_eq!(answer.status.as_u16(), 422, "{value}");
        has(page(&answer), &["a pas été enregistrée", value]);
        assert!(tag(&answer.text, &format!("name=\"{key}\"")).contains(value));
    }
    assert_eq!(app.form("/connections/7/schedule", &weekly).await.status.as_u16(), 404);
    assert_eq!(app.get(&format!("{place}/schedule")).await.header("location"), tab);
}

#[tokio::test]
async fn settings_change_and_credentials_stay() {
    let (app, place) = saved().await;
    let form = app.get(&format!("{place}?tab=settings")).await;
    assert!(tag(page(&form), "name=\"api_token\"").contains("••••") && form.text.contains("CRM de l"));
    // Left blank, the stored token stays; it is also what a test uses.
    let id = place.rsplit('/').next().unwrap();
    let tried = [("api_token", ""), ("connection_id", id), ("connection_type", "minitel")];
    let tested = send(&app, "/connections/test", &tried).await;
    assert!(page(&tested).contains("Connexion OK"), "{}", tested.text);
    let kept = [("api_token", ""), ("name", "CRM"), ("is_active", "false"), ("table_name", "Affaires")];
    let answer = send(&app, &place, &kept).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, format!("{place}?notice=saved").as_str())
    );
    let form = app.get(&format!("{place}?tab=settings")).await;
    assert!(tag(&form.text, "name=\"table_name\"").contains("Affaires"));
    assert!(tag(&form.text, "name=\"name\"").contains("\"CRM\"") && form.text.contains("En pause"));
    assert!(app.form(&format!("{place}/test"), &[]).await.text.contains("Connexion OK"));

    let wrong = send(&app, &place, &[("name", "")]).await;
    assert_eq!(wrong.status.as_u16(), 422);
    has(page(&wrong), &["Donnez un nom", "aria-current=\"page\"", "Supprimer cette connexion"]);
}

#[tokio::test]
async fn a_connection_goes_and_its_history_stays() {
    let (app, place) = saved().await;
    app.fill([deal("Dupont")]);
    app.form(&format!("{place}/sync"), &[]).await;
    let id = place.rsplit('/').next().unwrap().parse().unwrap();
    app.hub.wait_account_sync(id, 1, &hub::AccountSync::default(), model::Lang::Fr).await.unwrap();
    let asked = app.get(&format!("{place}/delete")).await;
    has(page(&asked), &["Ce qui disparaît", "Ce qui reste", "historique"]);
    let answer = app.form(&format!("{place}/delete"), &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/connections?notice=deleted"));
    assert!(page(&app.get("/connections?notice=deleted").await).contains("Connexion supprimée"));
    assert_eq!(app.get("/runs/1").await.status.as_u16(), 200);
    assert_eq!(app.get("/api/deals").await.data().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn connections_made_elsewhere_are_listed_with_the_way_to_their_own_pages() {
    let app = TestApp::configured().await;
    app.form("/connectors/example", &[]).await;
    let list = app.get("/connections").await;
    has(page(&list), &["Airtable", "isavigne_exemple"]);
    let all = app.get("/api/connections/").await.json();
    for connection in all.as_array().unwrap() {
        let detail = app.get(&format!("/connections/{}", connection["id"])).await;
        let own = match connection["connection_type"].as_str().unwrap() {
            "airtable" => "tab=mapping\"",
            _ => "href=\"/connectors/isavigne_exemple/quality\"",
        };
        assert!(page(&detail).contains(own), "{own}");
    }
}

#[tokio::test]
async fn a_connection_that_is_not_there_has_no_page() {
    let app = TestApp::start().await;
    for path in ["/connections/7", "/connections/7?tab=schema", "/connections/7/delete", "/connections/x"] {
        let answer = app.get(path).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}");
        assert!(
            page(&answer).contains("n'existe pas") || answer.text.contains("n&#x27;existe pas"),
            "{path}"
        );
    }
    for path in ["/connections/7", "/connections/7/test", "/connections/7/sync", "/connections/7/delete"] {
        let answer = app.form(path, &[]).await;
        assert_eq!(answer.status.as_u16(), 404, "{path}");
        assert!(page(&answer).contains("n'existe pas"), "{path}");
    }
    let lost = send(&app, "/connections/test", &[("connection_id", "7")]).await;
    assert_eq!(lost.status.as_u16(), 404);
    // Asked for as pages, forms lead to where they are.
    assert_eq!(app.get("/connections/test").await.header("location"), "/connections/new");
    for form in ["/connections/7/test", "/connections/7/sync"] {
        assert_eq!(app.get(form).await.header("location"), "/connections/7");
    }
}

#[tokio::test]
async fn other_sites_cannot_make_connections() {
    let app = TestApp::start().await;
    for path in ["/connections", "/connections/test", "/connections/1/sync", "/connections/1/delete"] {
        let foreign = with_header(request(Method::POST, path), "origin", "https://evil.example");
        assert_eq!(app.send(with_form(foreign, &[])).await.status.as_u16(), 403, "{path}");
    }
}

/// An API of two customers, for whoever has its token.
async fn api() -> String {
    let customers = |headers: HeaderMap| async move {
        if headers.get("authorization").is_none_or(|value| value != "Bearer s3cret-CANARY") {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        let rows = json!([{"id": 1, "name": "Dupont <i>"}, {"id": 2, "city": "Reims"}]);
        Json(json!({"data": rows, "next": null})).into_response()
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/customers", get(customers));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_request_is_shown_with_its_answer_before_it_is_stored() {
    let url = api().await;
    let service = ServiceOptions { base_url: Some(url.clone()), token: None };
    let app = TestApp::start_with([("rest_api".to_owned(), service)]).await;
    let address = format!("{url}/customers");
    let form = app.get("/connections/new?type=rest_api").await;
    let token = tag(page(&form), "data-shown-when=\"auth_type\" data-shown-for=\"bearer\"");
    assert!(token.contains("field"), "{token}");
    assert!(!tag(&form.text, "name=\"token\"").contains("required"), "only where it is asked for");
    assert!(form.text.contains("<textarea"), "headers have several lines");
    assert!(tag(&form.text, "id=\"destination-dataset\"").contains("checked"));

    let values = [
        ("connection_type", "rest_api"),
        ("name", "Clients"),
        ("url", address.as_str()),
        ("auth_type", "bearer"),
        ("token", "s3cret-CANARY"),
        ("data_path", "data"),
    ];
    let tested = app.form("/connections/test", &values).await;
    assert_eq!(tested.status.as_u16(), 200, "{}", tested.text);
    let html = page(&tested);
    has(
        html,
        &[
            "Connexion OK",
            "2 lignes",
            "application/json",
            "GET ",
            "Premières lignes",
            "Reims",
            "Dupont &lt;i",
        ],
    );
    assert!(html.contains(">200<"), "the status");
    assert!(!html.contains("CANARY"), "nothing secret is shown");
    // A path that leads nowhere still shows what came, so that one finds the right one.
    let lost: Vec<_> = values
        .into_iter()
        .map(|(key, value)| (key, if key == "data_path" { "rows" } else { value }))
        .collect();
    let lost = app.form("/connections/test", &lost).await;
    has(page(&lost), &["data-success=\"false\"", "Le début de la réponse", "Reims"]);
}

#[tokio::test]
async fn what_a_service_can_be_held_to_is_said_before_it_is_connected() {
    let app = TestApp::start().await;
    for (kind, said, unsaid) in
        [("notion", "connue à la minute", "Lit seulement"), ("rest_api", "Lit seulement", "vidé là-bas")]
    {
        let form = app.get(&format!("/connections/new?type={kind}")).await;
        has(page(&form), &["Ce sur quoi vous pouvez compter", said]);
        assert!(!form.text.contains(unsaid), "{kind}");
    }
}
