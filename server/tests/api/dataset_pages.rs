//! The pages of datasets: whole without script, in both languages.

use axum::http::Method;
use hub::{AccountSync, ServiceOptions};
use model::Lang;
use sandbox::rest::{Access, Options, Simulator};

use crate::connection_pages::{has, page, tag};
use crate::harness::{Answer, TestApp, request, with_header};

/// A program with a connection to an API of customers whose rows go into a dataset.
pub(crate) struct Loaded {
    pub(crate) app: TestApp,
    pub(crate) api: Simulator,
    /// The connection's number.
    pub(crate) id: i64,
}

impl Loaded {
    /// A dataset of so many customers, in its first version.
    pub(crate) async fn of(customers: usize) -> Loaded {
        let loaded = Loaded::connected(customers).await;
        loaded.sync().await;
        loaded
    }

    /// The same before its first sync.
    pub(crate) async fn connected(customers: usize) -> Loaded {
        let options = Options { access: Access::Open, ..Options::unlimited() };
        let api = Simulator::start(options).await.unwrap();
        api.add(customers);
        let service = ServiceOptions { base_url: Some(api.url().to_owned()), token: None };
        let app = TestApp::start_with([("rest_api".to_owned(), service)]).await;
        let url = format!("{}/all", api.url());
        let values = [
            ("connection_type", "rest_api"),
            ("name", "Clients <i>"),
            ("url", url.as_str()),
            ("auth_type", "none"),
            ("destination", "dataset"),
            ("destination_dataset", "Caves & Cie"),
        ];
        let answer = app.form("/connections", &values).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
        let place = answer.header("location").strip_suffix("?notice=saved").unwrap();
        let id = place.rsplit('/').next().unwrap().parse().unwrap();
        Loaded { app, api, id }
    }

    /// A sync to its end.
    pub(crate) async fn sync(&self) {
        let answer = self.app.form(&format!("/connections/{}/sync", self.id), &[]).await;
        self.wait(&answer).await;
    }

    /// Waits for the run that a form began.
    pub(crate) async fn wait(&self, answer: &Answer) {
        let run = answer.header("location").split("run=").nth(1).expect("a run").parse().unwrap();
        self.app.hub.wait_account_sync(self.id, run, &AccountSync::default(), Lang::Fr).await.unwrap();
    }

    async fn english(&self, path: &str) -> Answer {
        self.app.send(with_header(request(Method::GET, path), "accept-language", "en")).await
    }
}

/// The rows of the table on a page.
fn rows(html: &str) -> usize {
    html.matches("<th scope=\"row\"").count()
}

#[tokio::test]
async fn a_list_says_how_a_dataset_comes_about_and_then_what_there_is() {
    let at = Loaded::connected(3).await;
    let none = at.app.get("/datasets").await;
    has(page(&none), &["Aucun jeu de données", "href=\"/connections\"", "destination d"]);
    has(page(&at.english("/datasets").await), &["No dataset yet", "as the destination of a connection"]);
    let connection = format!("/connections/{}", at.id);
    assert!(!at.app.get(&connection).await.text.contains("/datasets/"), "there is none yet");
    at.sync().await;
    let list = at.app.get("/datasets").await;
    let link = format!("href=\"{connection}\"");
    has(page(&list), &["href=\"/datasets/1\"", "Caves &amp; Cie", &link, "Clients &lt;i", "Mis à jour"]);
    has(page(&at.english("/datasets").await), &["Datasets", "Updated", "Rows"]);
    // It is reached from the connections, and from its own.
    assert!(at.app.get("/connections").await.text.contains("href=\"/datasets\""));
    has(page(&at.app.get(&connection).await), &["href=\"/datasets/1\"", "Voir le jeu de données"]);
    has(page(&at.english(&connection).await), &["See the dataset"]);
    // A dataset outlives its connection.
    at.app.form(&format!("{connection}/delete"), &[]).await;
    let list = at.app.get("/datasets").await;
    assert!(page(&list).contains("Caves &amp; Cie") && !list.text.contains(&link));
    assert_eq!(at.app.get("/datasets/1").await.status.as_u16(), 200);
}

#[tokio::test]
async fn rows_are_found_sorted_and_paged_by_the_address() {
    let at = Loaded::of(120).await;
    let first = at.app.get("/datasets/1").await;
    has(page(&first), &["120 lignes", "address.city", "client1@example.com", "page=2", "sort=id"]);
    assert_eq!(rows(&first.text), 50);
    assert!(!first.text.contains("client51@"));
    let last = at.app.get("/datasets/1?page=3").await;
    assert_eq!(rows(page(&last)), 20);
    for (query, expected) in [
        ("search=client7%40", 1),
        ("column=id&test=max&value=7", 7),
        ("column=id&test=min&value=115", 6),
        ("column=id&test=eq&value=12", 1),
        ("column=email&test=contains&value=CLIENT11", 11),
        ("column=email&test=empty&value=", 0),
        ("column=email&test=filled&search=client120%40", 1),
        // Half a condition is none.
        ("column=id&test=min&value=", 50),
        ("column=&test=contains&value=x&search=", 50),
        ("tab=rows&version=1", 50),
    ] {
        let answer = at.app.get(&format!("/datasets/1?{query}")).await;
        assert_eq!((answer.status.as_u16(), rows(page(&answer))), (200, expected), "{query}");
    }
    let sorted = at.app.get("/datasets/1?sort=-id&column=id&test=max&value=9").await;
    has(page(&sorted), &["aria-sort=\"descending\"", "9 lignes"]);
    assert!(sorted.text.find("client9@").unwrap() < sorted.text.find("client8@").unwrap());
    assert!(tag(&sorted.text, "name=\"value\"").contains("value=\"9\""), "what is asked stays in the form");
    assert!(tag(&sorted.text, "name=\"sort\"").contains("value=\"-id\""), "and so does the order");
    let nothing = at.app.get("/datasets/1?search=rien").await;
    has(page(&nothing), &["Aucune ligne ne correspond", "href=\"/datasets/1\""]);
    has(page(&at.english("/datasets/1?search=rien").await), &["No row fits these filters.", "Search"]);
}

#[tokio::test]
async fn the_rows_that_are_found_are_taken_away_as_files() {
    let at = Loaded::of(12).await;
    let found = at.app.get("/datasets/1?column=id&test=min&value=11").await;
    for format in ["csv", "json", "ndjson", "parquet"] {
        let link = format!("/api/datasets/1/export?format={format}&amp;min%3Aid=11");
        assert!(page(&found).contains(&link), "{format}: {}", found.text);
        let file = at.app.get(&link.replace("&amp;", "&")).await;
        assert_eq!(file.status.as_u16(), 200, "{format}");
    }
    let json = at.app.get("/api/datasets/1/export?format=json&min%3Aid=11").await;
    assert_eq!(json.json().as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn columns_versions_and_what_differs() {
    let at = Loaded::of(30).await;
    let columns = at.app.get("/datasets/1?tab=columns").await;
    has(page(&columns), &["address.zip", "nombre", "100\u{a0}%", "Exemple"]);
    has(page(&at.english("/datasets/1?tab=columns").await), &["Filled", "100%", "number"]);
    assert!(!columns.text.contains("name=\"version\""), "there is nothing to choose yet");
    at.api.update(2, 1);
    at.api.delete(3);
    at.api.add(1);
    at.sync().await;
    let versions = at.app.get("/datasets/1?tab=versions").await;
    has(page(&versions), &["Version 2", "Version 1", "Ajoutées", "tab=differences&amp;version=2", "/runs/2"]);
    has(page(&at.english("/datasets/1?tab=versions").await), &["Added", "Removed", "Differences"]);
    let differences = at.app.get("/datasets/1?tab=differences").await;
    has(
        page(&differences),
        &[
            "De la version 1 à la version 2",
            "1 ligne ajoutée, 1 modifiée, 1 retirée.",
            "Modifiée",
            "avant : ",
            "<del>Cave n° 2",
            "», 1",
        ],
    );
    has(
        page(&at.english("/datasets/1?tab=differences&version=2").await),
        &["1 row added, 1 changed, 1 removed."],
    );
    let of_first = at.app.get("/datasets/1?tab=differences&version=1").await;
    has(page(&of_first), &["La version 1 est la première", "30 lignes ajoutées"]);
    // An older version is looked at as it was.
    let before = at.app.get("/datasets/1?version=1&search=client3%40").await;
    assert_eq!(rows(page(&before)), 1);
    assert!(tag(&before.text, "<option value=\"1\"").contains("selected"));
    assert!(before.text.contains("href=\"/datasets/1?tab=columns&amp;version=1\""), "it stays chosen");
    assert_eq!(rows(page(&at.app.get("/datasets/1?search=client3%40").await)), 0);
}

#[tokio::test]
async fn long_lists_of_differences_are_paged() {
    let at = Loaded::of(60).await;
    let first = at.app.get("/datasets/1?tab=differences").await;
    assert_eq!(page(&first).matches("<li class=\"difference\"").count(), 50);
    has(&first.text, &["tab=differences&amp;version=1&amp;page=2"]);
    let second = at.app.get("/datasets/1?tab=differences&version=1&page=2").await;
    assert_eq!(page(&second).matches("<li class=\"difference\"").count(), 10);
}

#[tokio::test]
async fn what_cannot_be_asked_is_told() {
    let at = Loaded::of(3).await;
    let wrong = at.app.get("/datasets/1?column=id&test=min&value=dix").await;
    assert_eq!(wrong.status.as_u16(), 422);
    has(page(&wrong), &["Ce filtre ne peut pas être appliqué", "« dix » n", "role=\"alert\""]);
    assert!(tag(&wrong.text, "name=\"value\"").contains("dix"), "what was typed stays");
    let english = at.english("/datasets/1?column=moon&test=eq&value=1").await;
    assert_eq!(english.status.as_u16(), 422);
    has(page(&english), &["This filter cannot be applied", "There is no column “moon”"]);
    for (path, status) in [
        ("/datasets/1?sort=moon", 422),
        ("/datasets/1?tab=moon", 400),
        ("/datasets/1?column=id&test=moon&value=1", 400),
        ("/datasets/1?page=0", 400),
        ("/datasets/1?moon=1", 400),
        ("/datasets/1?version=9", 404),
        ("/datasets/1?tab=columns&version=9", 404),
        ("/datasets/1?tab=differences&version=9", 404),
        ("/datasets/7", 404),
        ("/datasets/x", 404),
        ("/datasets/7/delete", 404),
    ] {
        let answer = at.app.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        page(&answer);
    }
    assert_eq!(at.app.form("/datasets/7/delete", &[]).await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_dataset_is_deleted_after_a_question() {
    let at = Loaded::of(3).await;
    let asked = at.app.get("/datasets/1/delete").await;
    has(page(&asked), &["Supprimer «\u{a0}Caves &amp; Cie\u{a0}»", "Ce qui disparaît", "3 lignes"]);
    has(page(&at.english("/datasets/1/delete").await), &["What goes", "What stays"]);
    let foreign = with_header(request(Method::POST, "/datasets/1/delete"), "origin", "https://evil.example");
    assert_eq!(at.app.send(foreign).await.status.as_u16(), 403);
    let answer = at.app.form("/datasets/1/delete", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/datasets?notice=deleted"));
    has(page(&at.app.get("/datasets?notice=deleted").await), &["Jeu de données supprimé", "Aucun jeu"]);
    assert_eq!(at.app.get("/datasets/1").await.status.as_u16(), 404);
}

#[tokio::test]
async fn removals_that_are_not_believed_are_accepted_by_a_person() {
    let at = Loaded::of(30).await;
    let place = format!("/connections/{}", at.id);
    assert!(!at.app.get(&place).await.text.contains("accept-removals"));
    for id in 1..=20 {
        assert!(at.api.delete(id));
    }
    at.sync().await;
    let doubtful = at.app.get(&place).await;
    has(page(&doubtful), &["Accepter les suppressions", &format!("action=\"{place}/accept-removals\"")]);
    has(page(&at.english(&place).await), &["Accept the removals"]);
    assert!(at.app.get("/datasets/1").await.text.contains("30 lignes"), "nothing was taken out");
    let accepted = at.app.form(&format!("{place}/accept-removals"), &[]).await;
    assert_eq!(accepted.status.as_u16(), 303, "{}", accepted.text);
    at.wait(&accepted).await;
    assert!(at.app.get("/datasets/1").await.text.contains("10 lignes"));
    assert!(!at.app.get(&place).await.text.contains("accept-removals"));
    assert_eq!(at.app.form("/connections/7/accept-removals", &[]).await.status.as_u16(), 404);
    assert_eq!(at.app.get("/connections/7/accept-removals").await.header("location"), "/connections/7");
}
