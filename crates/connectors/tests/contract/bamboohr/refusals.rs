//! Each refusal is told in its own words.

use connectors::http::{Http, Policy};
use connectors::{Connector, Context, Error, ErrorKind, Settings};
use sandbox::bamboohr::{Options, Simulator, Throttle};
use sandbox::{Fault, Kind, RetryAfter, Rule};

use super::{filled, open, open_of};
use crate::fixture::Fixture;

async fn refused(simulator: &Simulator, company: &str, stream: &str) -> Error {
    open_of(simulator, company, stream).discover().await.expect_err("refused")
}

#[tokio::test]
async fn an_unknown_company_is_told_from_an_unknown_report() {
    for leads_to_login in [false, true] {
        let simulator = filled(3).await;
        if leads_to_login {
            simulator.lead_to_login();
        }
        for stream in ["directory", "7", "employees", "dataset:employee"] {
            let error = refused(&simulator, "nobody", stream).await;
            assert_eq!(error.kind, ErrorKind::NotFound, "{stream}");
            assert!(error.message.fr.contains("l'entreprise « nobody »"), "{stream}: {error}");
        }
        for (stream, named) in
            [("99", "le rapport n° 99"), ("dataset:nothing", "le jeu de données « nothing »")]
        {
            let error = refused(&simulator, "cave", stream).await;
            assert_eq!(error.kind, ErrorKind::NotFound, "{stream}");
            assert!(error.message.fr.contains(named) && error.hint.is_some(), "{stream}: {error}");
        }
    }
}

#[tokio::test]
async fn who_may_not_see_is_told_from_who_has_no_key() {
    let simulator = filled(3).await;
    simulator.share_directory(false);
    let error = refused(&simulator, "cave", "directory").await;
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.fr.contains("annuaire"), "{error}");
    simulator.allow(false);
    for stream in ["7", "employees"] {
        let error = refused(&simulator, "cave", stream).await;
        assert_eq!(error.kind, ErrorKind::Forbidden, "{stream}");
        assert!(
            error.message.fr.contains("n'a pas le droit")
                && error.message.fr.contains("You do not have access"),
            "{error}"
        );
    }
    assert!(open(&simulator, "7").check().await.is_ok(), "the key itself is good");
    simulator.revoke();
    let error = refused(&simulator, "cave", "7").await;
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert!(error.hint.expect("a hint").fr.contains("API Keys"));
}

#[tokio::test]
async fn the_company_is_named_to_whoever_may_see_it() {
    let simulator = filled(0).await;
    let connection = open(&simulator, "directory");
    assert_eq!(connection.check().await.expect("an account").name, "La Cave d'Émile");
    let forbidden = super::Bamboo::<super::Directory>::echo(403, "You do not have access");
    simulator.fault(Rule::new(Kind::Account, forbidden));
    assert_eq!(connection.check().await.expect("an account").name, "");
}

#[tokio::test]
async fn a_503_that_says_when_is_a_limit_and_a_bare_one_an_outage() {
    for (fault, kind) in [
        (Fault::Unavailable(RetryAfter::Seconds(3_600)), ErrorKind::RateLimited),
        (Fault::RateLimited(RetryAfter::Seconds(3_600)), ErrorKind::RateLimited),
        (Fault::Unavailable(RetryAfter::Absent), ErrorKind::Unavailable),
        (Fault::Status(598), ErrorKind::Unavailable),
    ] {
        let simulator = filled(1).await;
        simulator.fault(Rule::new(Kind::List, fault.clone()).always());
        assert_eq!(refused(&simulator, "cave", "7").await.kind, kind, "{fault:?}");
    }
    let options = Options { throttle: Throttle::Unavailable, ..Options::default() };
    let simulator = Simulator::start(options).await.expect("a free port");
    let connection = open(&simulator, "7");
    for _ in 0..7 {
        connection.check().await.expect("after the wait");
    }
    let waited = simulator.log().entries().iter().filter(|entry| entry.status == Some(503)).count();
    assert!(waited > 0, "it asked to slow down");
}

#[tokio::test]
async fn what_the_header_says_is_quoted() {
    let simulator = filled(1).await;
    simulator.fault(Rule::new(Kind::List, super::Bamboo::<super::Report>::echo(409, "Not in this list")));
    let error = refused(&simulator, "cave", "7").await;
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.fr.ends_with("« Not in this list »"), "{error}");
}

#[test]
fn what_is_typed_wrong_is_told_before_anything_is_sent() {
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: None, tokens: None };
    for (values, named) in [
        (&[("subdomain", "acme.example.com")][..], "Sous-domaine"),
        (&[("subdomain", "acme"), ("report_id", "mon rapport")], "Ce qui est lu"),
    ] {
        let values = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let secrets = [("api_key".to_owned(), "0123456789abcdef".into())].into();
        let Err(error) = connectors::bamboohr::BambooHr.connect(&context, Settings { values, secrets })
        else {
            panic!("{named} is wrong")
        };
        assert_eq!(error.kind, ErrorKind::InvalidSettings);
        assert!(error.message.fr.contains(named), "{error}");
    }
}
