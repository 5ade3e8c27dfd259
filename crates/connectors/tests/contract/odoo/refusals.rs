//! Rights, applications and fields that are not there.

use connectors::ErrorKind;
use model::StreamSchema;
use sandbox::odoo::Right;
use sandbox::{Fault, Kind, Rule};

use super::{Json2, JsonRpc, OdooService, connection};
use crate::fixture::{Fixture, open};

async fn left_out<const V: u16>() {
    let opened = open::<OdooService<V>>(3).await;
    opened.service.simulator.deny("crm.lead", Right::Read);
    let connection = connection(&opened.service, opened.service.settings());
    let streams = connection.discover().await.expect("the others");
    assert_eq!(streams.len(), 4);
    assert!(streams.iter().all(|stream| stream.id != "crm.lead"));
    // Asked for all the same, it tells why.
    let error = connection.count(&opened.stream, 10).await.expect_err("no right");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.fr.contains("« Opportunités » (crm.lead)"), "{error}");
    assert!(error.hint.expect("a hint").fr.contains("droits"));
    // Taken away while the connection lives.
    let error = opened.pages().await.expect_err("no right any more");
    assert_eq!(error.kind, ErrorKind::Forbidden);
}

#[tokio::test]
async fn a_model_without_rights_is_left_out_in_json_2() {
    left_out::<19>().await;
}

#[tokio::test]
async fn a_model_without_rights_is_left_out_in_json_rpc() {
    left_out::<18>().await;
}

#[tokio::test]
async fn an_application_that_is_not_installed_is_left_out() {
    for service in [Json2::start(false).await.simulator, JsonRpc::start(false).await.simulator] {
        let service = OdooService::<19> { simulator: service };
        service.simulator.uninstall("stock.quant");
        let connection = connection(&service, service.settings());
        let streams = connection.discover().await.expect("the others");
        assert_eq!(streams.len(), 4);
        let stock =
            StreamSchema { id: "stock.quant".to_owned(), name: "Stock".to_owned(), fields: Vec::new() };
        let error = connection.count(&stock, 10).await.expect_err("not installed");
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert!(error.message.fr.contains("« Stock » (stock.quant)"), "{error}");
    }
}

#[tokio::test]
async fn without_any_right_there_is_nothing() {
    let service = Json2::start(false).await;
    for model in ["crm.lead", "res.partner", "product.product", "sale.order.line", "stock.quant"] {
        service.simulator.deny(model, Right::Read);
    }
    let error = connection(&service, service.settings()).discover().await.expect_err("nothing");
    assert_eq!(error.kind, ErrorKind::Forbidden);
}

#[tokio::test]
async fn who_may_not_write_is_told() {
    let opened = open::<JsonRpc>(1).await;
    let create = opened.create(&JsonRpc::sample(1));
    opened.service.simulator.deny("crm.lead", Right::Create);
    let error =
        opened.connection.write(&opened.stream, std::slice::from_ref(&create)).await.expect_err("no right");
    assert_eq!(error.kind, ErrorKind::Forbidden);
    assert!(error.message.fr.contains("modifier « Opportunités »"), "{error}");
    opened.service.simulator.deny("crm.lead", Right::Write);
    let reader = connection(&opened.service, opened.service.settings());
    let streams = reader.discover().await.expect("streams");
    assert!(streams[0].fields.iter().all(|field| !field.writable));
    let error = reader.write(&streams[0], &[create]).await.expect_err("no right");
    assert_eq!(error.kind, ErrorKind::Forbidden);
}

#[tokio::test]
async fn only_opportunities_are_written() {
    let opened = open::<Json2>(0).await;
    let partners = super::at(opened.service, "Contacts").await;
    let create = partners.create(&[("name", super::text("X"))].into());
    let error = partners.connection.write(&partners.stream, &[create]).await.expect_err("read only");
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(error.message.fr.contains("seulement lu"), "{error}");
    assert_eq!(partners.service.log().count(Kind::Write), 0);
}

#[tokio::test]
async fn a_field_removed_meanwhile_is_named() {
    for fails_when_writing in [false, true] {
        let opened = open::<JsonRpc>(1).await;
        let create = opened.create(&[("name", super::text("A")), ("phone", super::text("1"))].into());
        opened.service.leads().remove_field("phone");
        let error = match fails_when_writing {
            true => opened.connection.write(&opened.stream, &[create]).await.map(drop),
            false => opened.pages().await.map(drop),
        };
        let error = error.expect_err("it is gone");
        assert_eq!(error.kind, ErrorKind::NotFound);
        assert_eq!(error.message.fr, "Le champ « Téléphone » n'existe plus dans « Opportunités ».");
    }
}

#[tokio::test]
async fn a_locked_record_is_tried_again() {
    for name in ["odoo.exceptions.LockError", "psycopg2.errors.SerializationFailure"] {
        let opened = open::<Json2>(1).await;
        let body = serde_json::json!({"name": name, "message": "could not lock"});
        let busy = Fault::Answer(sandbox::Answer::json(409, &body));
        opened.script(Rule::new(Kind::Update, busy).times(2));
        let id = opened.service.stored().remove(0);
        let update = opened.update(&id, &Json2::sample(1));
        let outcomes = opened.connection.write(&opened.stream, &[update]).await.expect("an outcome");
        assert_eq!(outcomes, [connectors::Outcome::Written(id)]);
    }
}
