//! What a second reading reads.

use chrono::{DateTime, TimeDelta, Utc};
use connectors::source::Before;
use model::canonical::Entity;
use sandbox::odoo::{Field, FieldType};
use sandbox::{Fault, Kind, Rule};
use serde_json::json;

use super::{Opened, source};
use crate::fixture::Fixture;
use crate::odoo::with;

const PARTNERS: &str = "res.partner";
const LINES: &str = "sale.order.line";

/// Written so long ago that no overlap reaches it.
fn long_ago<const V: u16>(opened: &Opened<V>, model: &str) -> DateTime<Utc> {
    let table = opened.table(model);
    let then = opened.service.simulator.clock().now() - TimeDelta::hours(5);
    for id in table.ids() {
        table.backdate(id, Some(then));
    }
    then
}

async fn only_what_changed<const V: u16>() {
    let opened = Opened::<V>::new().await;
    let partners = opened.table(PARTNERS);
    partners.make((0..450).map(|number| json!({"name": format!("Client {number}")})));
    long_ago(&opened, PARTNERS);
    let first = opened.read(Entity::Customers).await;
    assert_eq!(first.ids(), partners.ids());
    let mark = first.mark.expect("a mark");
    let again = opened.read_after(Entity::Customers, PARTNERS, &mark).await;
    assert_eq!(again.ids(), [] as [i64; 0]);
    let changed = partners.ids()[200];
    assert!(partners.archive(changed));
    let new = partners.make([json!({"name": "Nouveau"})])[0];
    let again = opened.read_after(Entity::Customers, PARTNERS, &again.mark.expect("a mark")).await;
    assert_eq!(again.ids(), [changed, new], "an archived record is a changed one");
}

#[tokio::test]
async fn only_what_changed_is_read_in_json_2() {
    only_what_changed::<19>().await;
}

#[tokio::test]
async fn only_what_changed_is_read_in_json_rpc() {
    only_what_changed::<18>().await;
}

#[tokio::test]
async fn what_is_written_while_it_is_read_is_read_the_next_time() {
    let opened = Opened::<19>::new().await;
    let partners = opened.table(PARTNERS);
    partners.make((0..450).map(|number| json!({"name": format!("Client {number}")})));
    long_ago(&opened, PARTNERS);
    let first = partners.ids()[0];
    let table = partners.clone();
    let change = Fault::meanwhile(move || assert!(table.set(first, &json!({"name": "Nouveau nom"}))));
    opened.service.faults().add(Rule::new(Kind::List, change).nth(3));
    let read = opened.read(Entity::Customers).await;
    let again = opened.read_after(Entity::Customers, PARTNERS, &read.mark.expect("a mark")).await;
    assert_eq!(again.row(first, ["last_name"]), ["Nouveau nom"]);
}

#[tokio::test]
async fn a_moment_that_is_asked_for_leaves_no_gap() {
    let opened = Opened::<19>::new().await;
    let then = long_ago(&opened, PARTNERS);
    let new = opened.table(PARTNERS).make([json!({"name": "Nouveau"})])[0];
    let since = |hours| Some(then + TimeDelta::hours(hours));
    let read = async |known: &str, since| {
        let before = Before { known: [(PARTNERS.to_owned(), known.to_owned())].into(), since };
        opened.read_since(Entity::Customers, before).await.expect("rows")
    };
    let late = read("", since(1)).await;
    assert_eq!(late.ids(), [new]);
    // The first ones were never read: they still are to come.
    let all = read(&late.mark.expect("a mark"), None).await;
    assert_eq!(all.rows.len(), 3);
    let mark = all.mark.expect("a mark");
    assert_eq!(read(&mark, since(-1)).await.rows.len(), 3, "earlier than what is known");
    assert_eq!(read(&mark, Some(Utc::now() + TimeDelta::days(1))).await.mark, Some(mark));
}

#[tokio::test]
async fn what_is_asked_otherwise_is_read_anew() {
    let opened = Opened::<18>::new().await;
    long_ago(&opened, PARTNERS);
    let mark = opened.read(Entity::Customers).await.mark.expect("a mark");
    let company = opened.service.simulator.add_company("Négoce du Port").to_string();
    let chosen = source(&opened.service, with(opened.service.settings(), "odoo_company_id", &company));
    let before = Before { known: [(PARTNERS.to_owned(), mark.clone())].into(), since: None };
    let read = super::read(&*chosen, Entity::Customers, before).await.expect("rows");
    assert_eq!(read.rows.len(), 2, "another company");
    opened.table(PARTNERS).add_field(Field::new("x_cru", "Cru", "Cru", FieldType::Char));
    let read = opened.read_after(Entity::Customers, PARTNERS, &mark).await;
    assert_eq!(read.rows.len(), 2, "one more column");
}

async fn cancelled<const V: u16>() {
    let opened = Opened::<V>::new().await;
    let (order, lines) = opened.order("sale", &[6.0, 12.0]);
    let (locked, locked_lines) = opened.order("done", &[3.0]);
    let (draft, _) = opened.order("draft", &[5.0]);
    let told = ["quantity", "total_price_cents"];
    let first = opened.read(Entity::SalesLines).await;
    assert_eq!(first.row(lines[1], told), ["12", "12000"]);
    assert_eq!(first.row(locked_lines[0], told), ["3", "3000"]);
    for model in [LINES, "sale.order"] {
        long_ago(&opened, model);
    }
    // The line itself is not written when its order is cancelled, confirmed or moved to another day.
    let orders = opened.table("sale.order");
    let mut mark = first.mark.expect("a mark");
    for (order, state, counted) in
        [(order, "cancel", false), (order, "draft", false), (order, "sale", true), (draft, "sale", true)]
    {
        assert!(orders.set(order, &json!({"state": state})));
        let read = opened.read_after(Entity::SalesLines, LINES, &mark).await;
        let changed: Vec<_> = read.rows.iter().filter(|row| row["order_id"] == order.to_string()).collect();
        assert!(!changed.is_empty(), "{state}");
        for row in changed {
            assert_eq!(row["product_uom_qty"] != "0", counted, "{state} {row:?}");
            assert_eq!(row["price_subtotal"] != "0", counted, "{state} {row:?}");
            assert_eq!(row["price_total"] != "0", counted, "{state} {row:?}");
        }
        mark = read.mark.expect("a mark");
        long_ago(&opened, "sale.order");
    }
    let read = opened.read_after(Entity::SalesLines, LINES, &mark).await;
    assert_eq!(read.ids(), [] as [i64; 0], "the order {locked} never changed");
}

#[tokio::test]
async fn a_cancelled_order_counts_no_longer_in_json_2() {
    cancelled::<19>().await;
}

#[tokio::test]
async fn a_cancelled_order_counts_no_longer_in_json_rpc() {
    cancelled::<18>().await;
}

#[tokio::test]
async fn a_large_order_that_changed_is_read_whole() {
    let opened = Opened::<19>::new().await;
    let (order, lines) = opened.order("sale", &vec![1.0; 2_300]);
    let mark = opened.read(Entity::SalesLines).await.mark.expect("a mark");
    for model in [LINES, "sale.order"] {
        long_ago(&opened, model);
    }
    assert!(opened.table("sale.order").set(order, &json!({"state": "cancel"})));
    assert_eq!(opened.read_after(Entity::SalesLines, LINES, &mark).await.ids(), lines);
}
