//! How the server is found out, and what never sees the key.

use connectors::http::{AllowedHost, Http, Policy};
use connectors::{Context, ErrorKind};
use sandbox::odoo::{Options, Protocols, Simulator};
use sandbox::{Answer, Fault, Kind, Rule};

use super::{Json2, JsonRpc, OdooService, connection, with};
use crate::fixture::Fixture;

#[tokio::test]
async fn the_account_tells_the_protocol() {
    let new = Json2::start(false).await;
    let account = connection(&new, new.settings()).check().await.expect("an account");
    assert_eq!(account.name, "cave (Odoo 19.0, JSON-2)");
    let old = JsonRpc::start(false).await;
    let account = connection(&old, old.settings()).check().await.expect("an account");
    assert_eq!(account.name, "cave (Odoo 18.0, JSON-RPC)");
}

#[tokio::test]
async fn json_rpc_serves_where_json_2_is_switched_off() {
    let protocols = Protocols { json2: false, jsonrpc: true, xmlrpc: true };
    let simulator = Simulator::start(Options { protocols, ..Options::default() }).await.expect("a free port");
    let service = OdooService::<19> { simulator };
    let account = connection(&service, service.settings()).check().await.expect("an account");
    assert_eq!(account.name, "cave (Odoo 19.0, JSON-RPC)");
    let error = connection(&service, service.settings_elsewhere()).check().await.expect_err("no database");
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn a_redirect_never_sees_the_key() {
    let service = Json2::start(false).await;
    let moved = Answer::text(301, "text/html", "").header("location", "https://odoo.example.com/web/version");
    service.faults().add(Rule::new(Kind::Any, Fault::Answer(moved)).always());
    let error = connection(&service, service.settings()).check().await.expect_err("it is elsewhere");
    assert_eq!(error.kind, ErrorKind::InvalidSettings);
    assert!(error.message.fr.contains("redirection"), "{error}");
    assert!(error.hint.expect("a hint").fr.contains("https"));
    let asked: Vec<String> = service.log().entries().into_iter().map(|entry| entry.path).collect();
    assert_eq!(asked, ["/web/version"], "which takes no key");
}

#[tokio::test]
async fn an_address_that_is_no_odoo_is_told() {
    for answer in [Answer::html(404, "<h1>Not Found</h1>"), Answer::html(200, "<h1>Bonjour</h1>")] {
        let service = JsonRpc::start(false).await;
        service.faults().add(Rule::new(Kind::Any, Fault::Answer(answer)).always());
        let error = connection(&service, service.settings()).check().await.expect_err("no Odoo");
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert_eq!(error.message.fr, "Aucun Odoo ne répond à cette adresse.");
    }
}

#[tokio::test]
async fn a_wrong_database_is_named_in_both_protocols() {
    let (new, old) = (Json2::start(false).await, JsonRpc::start(false).await);
    let ours = connection(&new, new.settings_elsewhere()).check().await.expect_err("no database");
    let theirs = connection(&old, old.settings_elsewhere()).check().await.expect_err("no database");
    for error in [ours, theirs] {
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert!(error.message.fr.contains("« ailleurs »"), "{error}");
    }
}

#[tokio::test]
async fn a_wrong_login_is_unauthorized_where_it_counts() {
    let service = JsonRpc::start(false).await;
    let settings = with(service.settings(), "odoo_user", "somebody@example.com");
    let error = connection(&service, settings).check().await.expect_err("not theirs");
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.hint.expect("a hint").fr.contains("trois mois"));
}

#[tokio::test]
async fn a_server_that_is_down_is_not_taken_for_another() {
    for fault in [Fault::Status(502), Fault::CutJson, Fault::ResetMidBody] {
        let service = Json2::start(false).await;
        service.faults().add(Rule::new(Kind::Account, fault.clone()).times(3));
        connection(&service, service.settings())
            .check()
            .await
            .unwrap_or_else(|error| panic!("{fault:?}: {error}"));
    }
    let service = Json2::start(false).await;
    service.faults().add(Rule::new(Kind::Any, Fault::Status(502)).always());
    let error = connection(&service, service.settings()).check().await.expect_err("it is down");
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert!(error.message.fr.contains("en panne"), "{error}");
}

#[tokio::test]
async fn the_address_of_a_page_leads_to_its_site() {
    let service = JsonRpc::start(false).await;
    for page in ["/", "/web/login?db=cave", "/odoo/crm/12", "/web#action=5"] {
        let context =
            Context { http: Http::new(this_machine()).expect("a client"), base_url: None, tokens: None };
        let settings = with(service.settings(), "odoo_url", &format!("{}{page}", service.base_url()));
        let connection = JsonRpc::connector().connect(&context, settings).expect("a connection");
        connection.check().await.unwrap_or_else(|error| panic!("{page}: {error}"));
    }
}

#[tokio::test]
async fn a_typed_address_leads_to_public_ones_and_to_what_the_operator_allows() {
    let service = Json2::start(false).await;
    let port = service.base_url().rsplit(':').next().map(str::to_owned).expect("a port");
    for typed in [service.base_url(), format!("http://localhost:{port}"), format!("http://127.1:{port}/odoo")]
    {
        let settings = with(service.settings(), "odoo_url", &typed);
        let check = async |policy| {
            let context = Context { http: Http::new(policy).expect("clients"), base_url: None, tokens: None };
            Json2::connector().connect(&context, settings.clone()).expect("a connection").check().await
        };
        let error = check(Policy::without_waiting()).await.expect_err("this machine");
        assert_eq!(error.kind, ErrorKind::InvalidSettings, "{typed}");
        assert!(error.hint.expect("a hint").fr.contains("PASSERELLE_ALLOW_PRIVATE_HOSTS"), "{typed}");
        assert_eq!(service.log().count(Kind::Any), 0, "{typed}");
        assert_eq!(check(this_machine()).await.expect("an account").name, "cave (Odoo 19.0, JSON-2)");
        service.log().clear();
    }
}

/// What an operator allows whose Odoo is on this machine.
fn this_machine() -> Policy {
    let allow_private = ["127.0.0.1", "localhost"].map(|host| AllowedHost::parse(host).expect("a host"));
    Policy { allow_private: allow_private.into(), ..Policy::without_waiting() }
}
