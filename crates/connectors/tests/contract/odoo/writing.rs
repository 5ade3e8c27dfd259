//! What writing asks of Odoo beyond the suite.

use std::collections::BTreeMap;

use connectors::{Outcome, Write};
use model::{Text, Value};
use sandbox::Kind;
use serde_json::json;

use super::{Json2, JsonRpc, OdooService, text};
use crate::fixture::{Fixture, Opened, open};

async fn write<const V: u16>(opened: &Opened<OdooService<V>>, batch: &[Write]) -> Vec<Outcome> {
    opened.connection.write(&opened.stream, batch).await.expect("outcomes")
}

/// Creates an opportunity; its number.
async fn create<const V: u16>(opened: &Opened<OdooService<V>>, fields: &[(&'static str, Value)]) -> i64 {
    let fields: BTreeMap<_, _> = fields.iter().cloned().collect();
    let outcomes = write(opened, &[opened.create(&fields)]).await;
    let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
    id.parse().expect("a number")
}

/// Why an opportunity was refused.
async fn refused<const V: u16>(opened: &Opened<OdooService<V>>, field: &'static str, value: Value) -> Text {
    let fields = BTreeMap::from([("name", text("A")), (field, value)]);
    let outcomes = write(opened, &[opened.create(&fields)]).await;
    let [Outcome::Rejected(reason)] = &outcomes[..] else { panic!("{outcomes:?}") };
    reason.clone()
}

#[tokio::test]
async fn a_salesperson_is_found_by_name_or_login() {
    let opened = open::<Json2>(0).await;
    let users = opened.service.simulator.table("res.users");
    let made = users.make([
        json!({"name": "Camille Martin", "login": "camille@example.com"}),
        json!({"name": "Max Roy", "login": "max_roy@example.com"}),
        json!({"name": "Max Roy", "login": "max.roy@example.com"}),
        json!({"name": "Partie", "login": "gone@example.com", "active": false}),
    ]);
    for (written, expected) in [("camille martin", 0), ("Camille@Example.com", 0), ("max_roy@example.com", 1)]
    {
        let id = create(&opened, &[("name", text("A")), ("user_id", text(written))]).await;
        assert_eq!(opened.service.leads().get(id, "user_id"), json!(made[expected]), "{written}");
    }
    let reason = refused(&opened, "user_id", text("Max Roy")).await;
    assert!(reason.fr.contains("Plusieurs") && reason.fr.contains("« Commercial »"), "{reason:?}");
    for nobody in ["Nina", "gone@example.com", "max%"] {
        let reason = refused(&opened, "user_id", text(nobody)).await;
        assert!(reason.fr.contains(nobody), "{reason:?}");
    }
}

#[tokio::test]
async fn a_customer_is_a_contact_or_a_name() {
    let opened = open::<JsonRpc>(0).await;
    let partners = opened.service.simulator.table("res.partner");
    partners.make([
        json!({"name": "Dupont"}),
        json!({"name": "Dupont"}),
        json!({"name": "Fermée", "active": false}),
        json!({"name": "Jeanne", "parent_id": 1}),
    ]);
    let leads = opened.service.leads();
    for (written, contact) in [
        ("cave saint-martin", Some(1)),
        ("Cave Saint", Some(2)),
        ("Cave Saint-Martin, Jeanne", Some(6)),
        ("Cave", None),
        ("Dupont", None),
        ("Fermée", None),
        ("Tout neuf", None),
    ] {
        let id = create(&opened, &[("partner_id", text(written))]).await;
        assert_eq!(leads.get(id, "partner_id"), json!(contact), "{written}");
        let name = if contact.is_none() { json!(written) } else { json!(null) };
        assert_eq!(leads.get(id, "partner_name"), name, "{written}");
        assert_eq!(
            leads.get(id, "name"),
            json!(written),
            "an opportunity without a title has its customer's name"
        );
        assert_eq!(leads.get(id, "type"), json!("opportunity"));
    }
    assert_eq!(partners.ids().len(), 6, "no contact was made");
}

#[tokio::test]
async fn names_are_asked_for_once() {
    let opened = open::<Json2>(0).await;
    let one = [("name", text("A")), ("user_id", text("Passerelle")), ("partner_id", text("Cave Saint"))];
    create(&opened, &one).await;
    let asked = opened.service.log().count(Kind::List);
    for _ in 0..5 {
        create(&opened, &one).await;
    }
    assert_eq!(opened.service.log().count(Kind::List), asked);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_without_a_call() {
    let opened = open::<Json2>(0).await;
    for (field, value, says) in [
        ("expected_revenue", text("beaucoup"), "« beaucoup »"),
        ("date_deadline", text("demain"), "« Clôture prévue » (date)"),
        ("stage_id", text("Perdu"), "Nouveau, Qualifié, Proposition, Gagné"),
        ("priority", text("Énorme"), "Basse, Moyenne"),
        ("name", Value::Empty, "ne peut pas être vide"),
    ] {
        let reason = refused(&opened, field, value).await;
        assert!(reason.fr.contains(says), "{reason:?}");
    }
    assert_eq!(opened.service.log().count(Kind::Any), 0);
}

#[tokio::test]
async fn computed_fields_are_left_out() {
    let opened = open::<JsonRpc>(0).await;
    create(&opened, &[("name", text("A")), ("display_name", text("B")), ("id", Value::Number(99.0))]).await;
    assert_eq!(opened.service.leads().ids(), [1]);
}

#[tokio::test]
async fn a_deleted_contact_does_not_make_its_opportunity_gone() {
    let opened = open::<Json2>(1).await;
    let customer = [("partner_id", text("Cave Saint-Martin"))];
    let id = create(&opened, &[("name", text("A")), customer[0].clone()]).await.to_string();
    // Its number is remembered, and leads nowhere now.
    assert!(opened.service.simulator.table("res.partner").delete(1));
    let update = opened.update(&id, &customer.iter().cloned().collect());
    let outcomes = write(&opened, &[update]).await;
    assert!(matches!(outcomes[..], [Outcome::Rejected(_)]), "{outcomes:?}");
}

#[tokio::test]
async fn an_archived_opportunity_is_written_like_another() {
    let opened = open::<JsonRpc>(1).await;
    let id = opened.service.leads().ids()[0];
    assert!(opened.service.leads().archive(id));
    let update = opened.update(&id.to_string(), &BTreeMap::from([("phone", text("+33 1 99 00 00 00"))]));
    assert_eq!(write(&opened, &[update]).await, [Outcome::Written(id.to_string())]);
    assert_eq!(opened.service.leads().get(id, "active"), json!(false));
}
