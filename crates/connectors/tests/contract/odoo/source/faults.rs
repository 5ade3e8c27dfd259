//! What cannot be read, and what of it is told where.

use chrono::TimeDelta;
use connectors::ErrorKind;
use connectors::source::Before;
use model::canonical::Entity;
use sandbox::odoo::Right;
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{Opened, source};
use crate::fixture::Fixture;
use crate::odoo::with;

async fn one_model_without_rights<const V: u16>() {
    let opened = Opened::<V>::new().await;
    sandbox::demo::odoo(&opened.service.simulator);
    opened.service.simulator.deny("stock.quant", Right::Read);
    opened.service.simulator.uninstall("sale.order.line");
    let tables = opened.source.tables().await.expect("the others");
    let faults: Vec<Option<ErrorKind>> =
        tables.iter().map(|table| table.parts[0].fault.as_ref().map(|fault| fault.kind)).collect();
    assert_eq!(faults, [None, None, Some(ErrorKind::NotFound), Some(ErrorKind::Forbidden)]);
    let read = opened.read(Entity::StockLevels).await;
    let error = read.failed.expect("no right");
    assert!(error.message.fr.contains("« Stock » (stock.quant)"), "{error}");
    assert!(error.hint.expect("a hint").fr.contains("droits"));
    assert_eq!(opened.read(Entity::SalesLines).await.failed.expect("not there").kind, ErrorKind::NotFound);
    assert!(opened.read(Entity::Customers).await.mark.is_some(), "the others go on");
}

#[tokio::test]
async fn a_model_without_rights_does_not_keep_the_others_out_in_json_2() {
    one_model_without_rights::<19>().await;
}

#[tokio::test]
async fn a_model_without_rights_does_not_keep_the_others_out_in_json_rpc() {
    one_model_without_rights::<18>().await;
}

#[tokio::test]
async fn sales_need_the_right_to_orders() {
    let opened = Opened::<19>::new().await;
    opened.order("sale", &[1.0]);
    opened.service.simulator.deny("sale.order", Right::Read);
    let error = opened.read(Entity::SalesLines).await.failed.expect("no right");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.fr.contains("« Commandes » (sale.order)"), "{error}");
}

#[tokio::test]
async fn a_right_that_is_taken_away_meanwhile_ends_the_table() {
    let opened = Opened::<18>::new().await;
    let partners = opened.table("res.partner");
    let made = partners.make((0..450).map(|number| json!({"name": format!("Client {number}")})));
    partners.spread(&made, TimeDelta::minutes(1));
    let simulator = &opened.service.simulator;
    let no_right = json!({"name": "odoo.exceptions.AccessError", "message": "no"});
    let body = json!({"jsonrpc": "2.0", "id": 1, "error": {"code": 200, "message": "no", "data": no_right}});
    simulator.faults().add(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &body))).nth(2));
    let read = opened.read(Entity::Customers).await;
    assert_eq!((read.rows.is_empty(), read.mark), (false, None));
    assert_eq!(read.failed.expect("no right").kind, ErrorKind::Forbidden);
}

#[tokio::test]
async fn passing_faults_are_repeated_and_lasting_ones_end_the_reading() {
    for (fault, kind, passes) in [
        (Fault::Status(502), ErrorKind::Unavailable, true),
        (Fault::ResetMidBody, ErrorKind::Unavailable, true),
        (Fault::CutJson, ErrorKind::UnexpectedReply, true),
        (Fault::HtmlPage, ErrorKind::UnexpectedReply, false),
    ] {
        let opened = Opened::<19>::new().await;
        opened.table("res.partner").make((0..450).map(|number| json!({"name": format!("Client {number}")})));
        let faults = opened.service.faults();
        if passes {
            faults.add(Rule::new(Kind::List, fault.clone()).nth(2).times(2));
            assert_eq!(opened.read(Entity::Customers).await.rows.len(), 452);
        }
        faults.add(Rule::new(Kind::List, fault).always());
        let error = opened.read_since(Entity::Customers, Before::default()).await.expect_err("it lasts");
        assert_eq!(error.kind, kind);
    }
}

#[tokio::test]
async fn the_source_as_a_whole_cannot_be_read() {
    let opened = Opened::<18>::new().await;
    let settings = opened.service.settings();
    for (settings, kind) in [
        (opened.service.settings_elsewhere(), ErrorKind::NotFound),
        (with(settings.clone(), "odoo_user", "quelqu'un"), ErrorKind::Unauthorized),
        (with(settings, "odoo_company_id", "99"), ErrorKind::InvalidSettings),
    ] {
        let source = source(&opened.service, settings);
        let error =
            super::read(&*source, Entity::Customers, Before::default()).await.expect_err("no session");
        assert_eq!(error.kind, kind);
        assert_eq!(source.tables().await.expect_err("no session").kind, kind);
        assert_eq!(source.check().await.expect_err("no session").kind, kind);
    }
    let moved = Answer::text(301, "text/html", "").header("location", "https://odoo.example.com/web/version");
    opened.service.faults().add(Rule::new(Kind::Any, Fault::Answer(moved)).always());
    let error = opened.read_since(Entity::Customers, Before::default()).await.expect_err("it is elsewhere");
    assert_eq!(error.kind, ErrorKind::InvalidSettings);
    assert!(error.hint.expect("a hint").fr.contains("https"));
}

#[tokio::test]
async fn a_key_that_is_revoked_ends_the_reading() {
    let opened = Opened::<19>::new().await;
    opened.source.check().await.expect("an account");
    opened.service.revoke();
    let error = opened.read_since(Entity::Customers, Before::default()).await.expect_err("revoked");
    assert_eq!(error.kind, ErrorKind::Unauthorized);
}
