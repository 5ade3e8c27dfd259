//! What reading asks of Odoo beyond the suite.

use chrono::{DateTime, FixedOffset, NaiveDate};
use model::{Record, Value, ValueKind};
use sandbox::demo;
use sandbox::odoo::{Field, FieldType, Right};
use serde_json::json;

use super::{Json2, JsonRpc, OdooService, at, connection, text};
use crate::fixture::{Fixture, Opened, open};

async fn records<const V: u16>(opened: &Opened<OdooService<V>>) -> Vec<Record> {
    opened.pages().await.expect("pages").into_iter().flat_map(|page| page.records).collect()
}

#[tokio::test]
async fn the_known_models_are_streams_in_the_language_of_the_account() {
    let service = JsonRpc::start(false).await;
    let streams = connection(&service, service.settings()).discover().await.expect("streams");
    let named: Vec<(&str, &str)> = streams.iter().map(|stream| (&*stream.id, &*stream.name)).collect();
    assert_eq!(
        named,
        [
            ("crm.lead", "Opportunités"),
            ("res.partner", "Contacts"),
            ("product.product", "Articles"),
            ("sale.order.line", "Lignes de commande"),
            ("stock.quant", "Stock"),
        ]
    );
    service.simulator.table("res.users").set(2, &json!({"lang": "en_US"}));
    let streams = connection(&service, service.settings()).discover().await.expect("streams");
    assert_eq!(streams[0].name, "Opportunities");
    assert_eq!(streams[0].find("stage_id").expect("a field").name, "Stage");
}

#[tokio::test]
async fn fields_have_their_kinds_and_options() {
    let opened = open::<Json2>(0).await;
    for (field, kind, writable) in [
        ("name", ValueKind::Text, true),
        ("description", ValueKind::Text, true),
        ("expected_revenue", ValueKind::Number, true),
        ("date_deadline", ValueKind::Date, true),
        ("date_closed", ValueKind::DateTime, false),
        ("stage_id", ValueKind::Choice, true),
        ("priority", ValueKind::Choice, true),
        ("user_id", ValueKind::Person, true),
        ("partner_id", ValueKind::Text, true),
        ("active", ValueKind::Bool, true),
        ("write_date", ValueKind::DateTime, false),
    ] {
        let found = opened.field(field);
        assert_eq!((found.kind, found.writable), (kind, writable), "{field}");
    }
    assert_eq!(opened.stream.fields[0].id, "name");
    assert_eq!(opened.field("stage_id").options, ["Nouveau", "Qualifié", "Proposition", "Gagné"]);
    assert_eq!(opened.field("priority").options, ["Basse", "Moyenne", "Haute", "Très haute"]);
    let partners = at(opened.service, "Contacts").await;
    assert!(partners.stream.fields.iter().all(|field| !field.writable), "only opportunities are written");
    assert_eq!(partners.field("image_128").kind, ValueKind::Unsupported);
}

#[tokio::test]
async fn empty_is_told_by_the_type() {
    let opened = open::<Json2>(0).await;
    opened
        .service
        .leads()
        .make([json!({"name": "Vide", "type": "lead", "date_closed": "2024-07-01 22:30:00"})]);
    let record = &records(&opened).await[0];
    for (field, value) in [
        ("phone", Value::Empty),
        ("partner_id", Value::Empty),
        ("priority", Value::Empty),
        ("date_deadline", Value::Empty),
        ("description", Value::Empty),
        ("expected_revenue", Value::Number(0.0)),
        ("active", Value::Bool(true)),
        ("type", text("Piste")),
    ] {
        assert_eq!(record.fields[field], value, "{field}");
    }
    let closed: DateTime<FixedOffset> = "2024-07-02T00:30:00+02:00".parse().expect("a moment");
    let Value::DateTime(read) = &record.fields["date_closed"] else { panic!("{record:?}") };
    assert_eq!(read.date_naive(), NaiveDate::from_ymd_opt(2024, 7, 2).expect("a day"), "the user's day");
    assert_eq!(*read, closed);
    assert!(record.modified_at.is_some());
}

#[tokio::test]
async fn archived_records_are_read_and_counted() {
    let opened = open::<JsonRpc>(3).await;
    let id = opened.service.leads().ids()[1];
    assert!(opened.service.leads().archive(id));
    let read = records(&opened).await;
    assert_eq!(read.len(), 3);
    let archived = read.iter().find(|record| record.id == id.to_string()).expect("it is read");
    assert_eq!(archived.fields["active"], Value::Bool(false));
    assert_eq!(opened.connection.count(&opened.stream, 10).await, Ok(connectors::Count::Exactly(3)));
}

#[tokio::test]
async fn a_customer_who_is_no_contact_is_read_by_the_company_s_name() {
    let opened = open::<Json2>(0).await;
    opened.service.leads().make([
        json!({"name": "A", "type": "lead", "partner_name": "Bistrot des Quais"}),
        json!({"name": "B", "type": "lead", "partner_name": "Autre", "partner_id": 1}),
    ]);
    let customers: Vec<Value> =
        records(&opened).await.iter().map(|record| record.fields["partner_id"].clone()).collect();
    assert_eq!(customers, [text("Bistrot des Quais"), text("Cave Saint-Martin")]);
}

#[tokio::test]
async fn lines_bear_their_order_s_customer_date_and_state() {
    let service = JsonRpc::start(false).await;
    demo::odoo(&service.simulator);
    let lines = at(service, "Lignes de commande").await;
    let read = records(&lines).await;
    assert_eq!(read.len(), 60);
    let states = &lines.field("order_id.state").options;
    for record in &read {
        assert!(matches!(record.fields["order_id.partner_id"], Value::Text(_)), "{record:?}");
        assert!(matches!(record.fields["order_id.date_order"], Value::DateTime(_)), "{record:?}");
        let Value::Text(state) = &record.fields["order_id.state"] else { panic!("{record:?}") };
        assert!(states.contains(state));
        assert!(matches!(&record.fields["product_id"], Value::Text(name) if name.starts_with('[')));
    }
}

#[tokio::test]
async fn lines_are_read_without_their_orders_when_those_are_hidden() {
    let service = Json2::start(false).await;
    demo::odoo(&service.simulator);
    service.simulator.deny("sale.order", Right::Read);
    let lines = at(service, "Lignes de commande").await;
    assert!(lines.stream.find("order_id.partner_id").is_none());
    assert_eq!(records(&lines).await.len(), 60);
}

#[tokio::test]
async fn a_label_that_stands_twice_is_told_apart() {
    let service = Json2::start(false).await;
    service.leads().add_field(Field::new("x_phone", "Phone", "Téléphone", FieldType::Char));
    let opened = at(service, "Opportunités").await;
    assert_eq!(opened.field("phone").name, "Téléphone");
    assert_eq!(opened.field("x_phone").name, "Téléphone (x_phone)");
}
