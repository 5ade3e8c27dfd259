//! Nothing on a page answers that it is not for who reads it: every form and every link, for every role.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::Method;
use serde_json::json;
use url::Url;

use crate::harness::{TestApp, with_header};
use crate::visitors::{Browser, PASSWORD};

/// What a caller may not do is refused with these words.
const NOT_YOURS: &str = "Il faut pour cela le droit de";

/// No test follows more pages than that; there are fewer.
const MOST_PAGES: usize = 600;

/// What a page lets its reader do.
#[derive(Default)]
struct Offered {
    links: BTreeSet<String>,
    /// Where forms can be sent.
    forms: BTreeSet<String>,
}

/// Reads the tags of a page, from top to bottom.
fn offered(page: &str, html: &str) -> Offered {
    let mut offered = Offered::default();
    // Whether each fieldset around is disabled, and where the form around is sent.
    let (mut fieldsets, mut form) = (Vec::new(), None);
    for tag in html.split('<').skip(1).filter_map(|rest| Some(rest.split_once('>')?.0)) {
        let name = tag.split_ascii_whitespace().next().unwrap_or_default();
        let is_locked = fieldsets.contains(&true) || has(tag, "disabled");
        match name {
            "fieldset" => fieldsets.push(has(tag, "disabled")),
            "/fieldset" => drop(fieldsets.pop()),
            "form" => {
                let action = value(tag, "action").unwrap_or_else(|| page.to_owned());
                form = Some((value(tag, "method").is_some_and(|method| method == "post"), action));
            }
            "/form" => form = None,
            "button" if !is_locked => match (&form, value(tag, "formaction")) {
                (Some(_), Some(elsewhere)) => drop(offered.forms.insert(elsewhere)),
                (Some((true, action)), None) => drop(offered.forms.insert(action.clone())),
                _ => {}
            },
            "a" => offered.links.extend(value(tag, "href")),
            _ => {}
        }
    }
    offered
}

/// Whether a tag has an attribute, by itself or with a value.
fn has(tag: &str, attribute: &str) -> bool {
    tag.split_ascii_whitespace().any(|part| part == attribute || part.starts_with(&format!("{attribute}=")))
}

fn value(tag: &str, attribute: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {attribute}=\""))?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[test]
fn tags_are_read() {
    let html = r#"<a href="/x?a=1&amp;b=2">x</a><form method="post" action="/open"><button>y</button></form>
        <fieldset class="locked" disabled><form method="post" action="/locked"><button>z</button></form></fieldset>
        <form method="post"><button disabled formaction="/no">n</button><button formaction="/try">t</button></form>
        <form action="/search"><button>s</button></form><form method="post"><fieldset><button>u</button></fieldset></form>"#;
    let offered = offered("/here", html);
    assert_eq!(offered.links, ["/x?a=1&b=2".to_owned()].into());
    assert_eq!(offered.forms, ["/here", "/open", "/try"].map(str::to_owned).into());
}

/// Every page that links lead to, from each that can be asked for by its address, with what it offers.
async fn pages(app: &TestApp, browser: &Browser<'_>) -> BTreeMap<String, Offered> {
    let (mut seen, mut pages) = (BTreeSet::new(), BTreeMap::new());
    let mut next: VecDeque<String> = app.paths().into();
    next.retain(|path| !path.starts_with("/_app/"));
    let origin = Url::parse("http://127.0.0.1:3000").unwrap();
    while let Some(path) = next.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        assert!(seen.len() < MOST_PAGES, "links lead on and on: {path}");
        let answer = browser.get(&path).await;
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let offered = offered(&path, &answer.text);
        for link in &offered.links {
            let to = origin.join(&path).and_then(|page| page.join(link)).unwrap();
            if to.origin() == origin.origin() {
                let query = to.query().map(|query| format!("?{query}")).unwrap_or_default();
                next.push_back(format!("{}{query}", to.path()));
                // A link that was read must not be one that its reader may not follow.
                if !seen.contains(to.path()) {
                    let followed = browser.get(&format!("{}{query}", to.path())).await;
                    assert!(!followed.text.contains(NOT_YOURS), "{path} leads to {to}");
                }
            }
        }
        pages.insert(path, offered);
    }
    pages
}

/// A program with something of everything.
async fn furnished() -> TestApp {
    let app = TestApp::configured().await;
    app.fill([
        json!({"Name": "Alpha", "Amount": 1, "Status": "jamais vu"}),
        json!({"Name": "Gamma", "Status": "Won"}),
    ]);
    app.call("/api/sync/airtable/import").await.json();
    app.fill([json!({"Name": "Beta", "Amount": 2})]);
    app.post("/api/sync/airtable/preview", json!({"direction": "import"})).await;
    let webhook = json!({"url": "https://example.com/hook", "title": "Compta", "events": ["run.failed"]});
    app.post("/api/webhooks", webhook).await.data();
    let connection = json!({
        "connection_type": "rest_api", "name": "Interne", "config": {"url": "https://example.com/rows"},
        "credentials": {"auth_type": "oauth2", "oauth_grant": "authorization_code",
            "token_url": "https://example.com/token", "authorize_url": "https://example.com/authorize",
            "client_id": "c", "client_secret": "s"},
        "auto_sync_enabled": false,
    });
    let made = app.post("/api/connections/", connection).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(app.form("/connectors/example", &[]).await.status, 303);
    app.hub.set_password(None, &PASSWORD.to_owned().into()).await.unwrap();
    app
}

#[tokio::test]
async fn nobody_is_offered_what_they_may_not_do() {
    let app = furnished().await;
    let owner = Browser::of_owner(&app).await;
    for (role, at_least, at_most) in [("owner", 40, 1_000), ("editor", 35, 1_000), ("viewer", 3, 12)] {
        let invited = match role {
            "owner" => None,
            role => Some(owner.invited(role, role).await),
        };
        let browser = invited.as_ref().unwrap_or(&owner);
        let pages = pages(&app, browser).await;
        let mut forms = BTreeMap::new();
        for (page, offered) in &pages {
            forms.extend(offered.forms.iter().map(|form| (form, page)));
        }
        for (form, page) in &forms {
            // The gate judges who asks before the request is refused for where it comes from: nothing is done.
            let asked = browser.anywhere(Method::POST, form);
            let answer = app.send(with_header(asked, "sec-fetch-site", "cross-site")).await;
            let is_refused = answer.text.contains(NOT_YOURS);
            assert!(answer.status == 403 && !is_refused, "{role}: {page} offers {form}: {}", answer.status);
        }
        let told: Vec<_> = forms.keys().collect();
        assert!((at_least..at_most).contains(&told.len()), "{role}: {} forms: {told:?}", told.len());
        let page = browser.get("/connectors?tab=airtable").await.text;
        assert_eq!(page.contains("Votre rôle permet de lire"), role == "viewer", "{role}: {page}");
        assert_eq!(page.contains("type=\"module\""), role != "viewer", "{role}: {page}");
    }
}
