//! The table names every address of the router, and the gate holds to it for everybody.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, Method, Request};
use hub::{Caller, Hub, HubOptions, Keys, Member, Origin, Visitor};
use model::Lang;
use model::access::{Role, Scope};
use model::api::TokenDraft;
use tempfile::TempDir;
use tower::ServiceExt;

use super::table::{Need, RULES, Rule, rule_of};
use crate::localize::is_data;
use crate::{AppState, router};

/// What a caller may not do is refused with these words.
const NOT_YOURS: &str = "Il faut pour cela le droit de";

async fn program() -> (AppState, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("test.db").display());
    let options = HubOptions::new(database, Keys::parse(&Keys::generate()).unwrap());
    (AppState { hub: Hub::open(options).await.unwrap(), default_lang: Lang::Fr }, folder)
}

/// An address with something in the place of each of its parameters that nobody has.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{id}" | "{delivery}" => "999999",
        _ if part.starts_with('{') => "x",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn send(
    router: &Router,
    method: &Method,
    path: &str,
    headers: &[(&str, &str)],
) -> (u16, HeaderMap, String) {
    let mut request = Request::builder().method(method).uri(filled(path)).header("host", "127.0.0.1:3000");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    let answer = router.clone().oneshot(request).await.unwrap();
    let (head, body) = answer.into_parts();
    let body = to_bytes(body, 10_000_000).await.unwrap();
    (head.status.as_u16(), head.headers, String::from_utf8_lossy(&body).into_owned())
}

/// Every address of a router: it tells them only to whoever debugs it.
fn addresses(router: &Router) -> BTreeSet<String> {
    let debugged = format!("{router:?}");
    let named = debugged.split("RouteId(").filter_map(|rest| rest.split_once("): \"")?.1.split_once('"'));
    named
        .map(|(path, _)| path.to_owned())
        .filter(|path| path.starts_with('/') && !path.contains("__private"))
        .collect()
}

#[tokio::test]
async fn the_table_names_every_address_and_nothing_else() {
    let (state, _folder) = program().await;
    let router = router(state);
    let addresses = addresses(&router);
    assert!(addresses.contains("/api/deals/{id}") && addresses.len() > 100, "{addresses:?}");
    let mut wrong = Vec::new();
    for path in &addresses {
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let (status, _, _) = send(&router, &method, path, &[]).await;
            if (status != 405) != rule_of(&method, path).is_some() {
                wrong.push(format!("{method} {path}: {status}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    let unknown: Vec<_> = RULES.iter().filter(|rule| !addresses.contains(rule.path)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Somebody, and the headers their requests carry.
struct Somebody {
    caller: Option<Caller>,
    headers: Vec<(&'static str, String)>,
}

/// Nobody, a browser of each role, and a token of each scope.
async fn everybody(hub: &Hub) -> Vec<Somebody> {
    let password = "un mot de passe assez long".to_owned().into();
    hub.set_password(None, &password).await.unwrap();
    let owner = Member { id: 1, name: "owner".to_owned(), role: Role::Owner };
    let visitor = |member: &Member| Visitor {
        caller: Caller::Session { member: member.clone(), id: 0 },
        origin: Origin::default(),
    };
    let mut somebody = vec![Somebody { caller: None, headers: Vec::new() }];
    for (role, place) in [(Role::Owner, 'A'), (Role::Editor, 'Q'), (Role::Viewer, 'g')] {
        let member = if role == Role::Owner {
            owner.clone()
        } else {
            let draft =
                model::api::MemberDraft { name: role.word().to_owned(), role: role.word().to_owned() };
            let invited = hub.invite(&visitor(&owner), &draft).await.unwrap();
            Member { id: invited.member.id, name: invited.member.name, role }
        };
        let key = format!("AAAAAAAAAAAAAAAAAAAAA{place}");
        hub.begin_session(&key, member.id, &Origin::default()).await.unwrap();
        let headers =
            vec![("cookie", format!("passerelle={key}")), ("sec-fetch-site", "same-origin".to_owned())];
        let caller = Some(Caller::Session { member: member.clone(), id: 0 });
        somebody.push(Somebody { caller, headers });
        for scope in Scope::CHOICES.into_iter().filter(|scope| scope.is_for(role)) {
            let draft = TokenDraft { name: scope.word().to_owned(), scope: scope.word().to_owned() };
            let token = hub.create_token(&visitor(&member), &draft).await.unwrap().token;
            let caller = Some(Caller::Token { member: member.clone(), scope });
            somebody.push(Somebody { caller, headers: vec![("authorization", format!("Bearer {token}"))] });
        }
    }
    somebody
}

#[tokio::test]
async fn everybody_may_what_the_table_says() {
    let (state, _folder) = program().await;
    let hub = state.hub.clone();
    let router = router(state);
    let everybody = everybody(&hub).await;
    // Whoever leaves in the middle comes back at the end.
    let (leaving, staying): (Vec<&Rule>, Vec<&Rule>) = RULES.iter().partition(|rule| rule.path == "/logout");
    for rule in staying.into_iter().chain(leaving) {
        let method: Method = if rule.method == "*" { Method::POST } else { rule.method.parse().unwrap() };
        for Somebody { caller, headers } in &everybody {
            let headers: Vec<(&str, &str)> =
                headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let (status, told, text) = send(&router, &method, rule.path, &headers).await;
            let case = format!("{method} {} as {caller:?}: {status} {text}", rule.path);
            let to_login = told.get(LOCATION).is_some_and(|page| page.as_bytes().starts_with(b"/login"));
            match (rule.need, caller) {
                (Need::Signature, _) => assert_eq!(status, 404, "{case}"),
                (Need::Nothing, _) => assert!(status != 401 || rule.path == "/login", "{case}"),
                (Need::To(_), None) if is_data(rule.path, &HeaderMap::new()) => {
                    assert_eq!(status, 401, "{case}");
                }
                (Need::To(_), None) => assert!(status == 303 && to_login, "{case}"),
                (Need::To(right), Some(caller)) => {
                    let is_refused = status == 403 && text.contains(NOT_YOURS);
                    assert_eq!(is_refused, !caller.may(right), "{case}");
                    assert!(status != 401 && (!to_login || rule.path == "/logout"), "{case}");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_the_table_does_not_name_is_nobody_s() {
    let (state, _folder) = program().await;
    let hub = state.hub.clone();
    let router = router(state.clone()).merge(
        Router::new()
            .route("/forgotten", axum::routing::get(async || "secret"))
            .layer(axum::middleware::from_fn_with_state(state.clone(), super::gate))
            .layer(super::sessions(&hub)),
    );
    let everybody = everybody(&hub).await;
    for Somebody { caller, headers } in &everybody {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (status, _, text) = send(&router, &Method::GET, "/forgotten", &headers).await;
        assert!((status == 404 || caller.is_none()) && text != "secret", "{caller:?}: {status} {text}");
        let (status, _, _) = send(&router, &Method::PATCH, "/api/deals/1", &headers).await;
        assert_eq!(status, if caller.is_some() { 405 } else { 401 }, "{caller:?}");
    }
}
