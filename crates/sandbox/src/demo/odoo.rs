//! The demonstration as an Odoo database: a French wine merchant.

use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

use super::wines::{CUSTOMERS, WINES};
use super::{deals, given};
use crate::odoo::Simulator;

/// Name of the database.
pub const ODOO_DATABASE: &str = "cave";

/// Fills a database: customers, wines, orders with their lines, stock, opportunities.
pub fn odoo(simulator: &Simulator) {
    let partners = customers(simulator);
    let products = wines(simulator);
    orders(simulator, &partners, &products);
    stock(simulator, &products);
    leads(simulator);
}

/// Adds this many partners, written at twenty a minute until now.
pub fn odoo_bench(simulator: &Simulator, partners: usize) {
    let table = simulator.table("res.partner");
    let ids = table.make((0..partners).map(|number| {
        json!({
            "name": format!("Client n° {number:06}"), "is_company": number % 3 == 0,
            "email": format!("client{number}@example.com"), "phone": "+33 1 99 00 12 34",
            "street": format!("{} rue des Vignes", number % 200 + 1), "zip": format!("{:05}", number % 95_000 + 1_000),
            "city": "Beaune", "customer_rank": number % 7,
        })
    }));
    table.spread(&ids, TimeDelta::seconds(3));
}

fn customers(simulator: &Simulator) -> Vec<i64> {
    let countries = simulator.table("res.country");
    let codes = ["FR", "BE", "CH"];
    let names = ["France", "Belgique", "Suisse"];
    let ids = countries.make(codes.iter().zip(names).map(|(code, name)| json!({"code": code, "name": name})));
    let partners = simulator.table("res.partner");
    let made = partners.make(CUSTOMERS.iter().enumerate().map(|(place, (name, city, zip, code))| {
        let country = codes.iter().position(|known| known == code).and_then(|place| ids.get(place));
        json!({
            "name": name, "city": city, "zip": zip, "country_id": country, "is_company": place < 18,
            "ref": format!("C{:03}", place + 1), "email": format!("contact{}@example.com", place + 1),
            "phone": format!("+33 1 99 00 10 {:02}", place + 1), "customer_rank": place % 5,
        })
    }));
    partners.spread(&made, TimeDelta::hours(5));
    // One customer has closed: archived, but still in the orders.
    made.last().map(|last| partners.archive(*last));
    made
}

fn wines(simulator: &Simulator) -> Vec<i64> {
    let categories = simulator.table("product.category");
    let root = categories.make([json!({"name": "Vins"})]);
    let colours = ["rouge", "blanc", "rosé"];
    let shelves = categories
        .make(colours.map(|colour| json!({"name": format!("Vin {colour}"), "parent_id": root.first()})));
    let products = simulator.table("product.product");
    let made = products.make(WINES.iter().map(|(code, name, price, cost)| {
        let colour = colours.iter().position(|colour| name.contains(colour));
        let category = colour.and_then(|place| shelves.get(place)).or(root.first());
        json!({
            "default_code": code, "name": name, "list_price": price, "standard_price": cost, "type": "consu",
            "categ_id": category,
        })
    }));
    products.spread(&made, TimeDelta::hours(3));
    made
}

fn orders(simulator: &Simulator, partners: &[i64], products: &[i64]) {
    let (orders, lines) = (simulator.table("sale.order"), simulator.table("sale.order.line"));
    let teams = simulator.table("crm.team").make(["Boutique", "Site web"].map(|name| json!({"name": name})));
    let today = simulator.clock().now().date_naive();
    let states = ["sale", "sale", "sale", "draft", "sent", "cancel"];
    let mut made = Vec::new();
    for number in 0..30_usize {
        let day = today.checked_sub_days(Days::new((30 - number as u64) * 6)).unwrap_or(today);
        let order = orders.make([json!({
            "name": format!("S{:05}", number + 1), "partner_id": partners[number * 7 % partners.len()],
            "date_order": format!("{day} 09:{:02}:00", number % 60), "state": states[number % states.len()],
            "team_id": teams.get(number % 2), "company_id": 1,
        })]);
        made.extend(lines.make((0..number % 3 + 1).map(|place| {
            let wine = (number * 5 + place * 4) % WINES.len();
            let (code, name, price, _) = WINES[wine];
            let quantity = f64::from(u8::try_from(6 * (place + 1)).unwrap_or(6));
            json!({
                "order_id": order.first(), "product_id": products[wine], "name": format!("[{code}] {name}"),
                "product_uom_qty": quantity, "price_unit": price, "discount": 0.0,
                "price_subtotal": price * quantity, "price_total": price * quantity * 1.2, "company_id": 1,
            })
        })));
    }
    lines.spread(&made, TimeDelta::hours(2));
}

fn stock(simulator: &Simulator, products: &[i64]) {
    simulator
        .table("stock.warehouse")
        .make([json!({"name": "Cave du Port", "code": "CAVE", "company_id": 1})]);
    let locations = simulator.table("stock.location");
    let root = locations.make([json!({"name": "CAVE", "usage": "view"})]);
    let shelf = locations.make([json!({"name": "Stock", "usage": "internal", "location_id": root.first()})]);
    let today = simulator.clock().now().format("%Y-%m-%d %H:%M:%S").to_string();
    simulator.table("stock.quant").make(products.iter().enumerate().map(|(place, product)| {
        json!({
            "product_id": product, "location_id": shelf.first(), "quantity": (place * 37 % 120) as f64,
            "reserved_quantity": (place % 4 * 6) as f64, "in_date": today, "company_id": 1,
        })
    }));
}

fn leads(simulator: &Simulator) {
    let stage = |status: &str| match status {
        "Qualified" => 2,
        "Negotiation" | "In progress" => 3,
        "Won" => 4,
        _ => 1,
    };
    let leads = simulator.table("crm.lead");
    let ids = leads.make(deals::DEALS.iter().map(|deal| {
        let title = if deal.sector.is_empty() { deal.client.to_owned() } else { format!("{} – {}", deal.client, deal.sector) };
        json!({
            "name": title, "partner_name": deal.client, "contact_name": given(deal.contact),
            "type": "opportunity", "stage_id": stage(deal.status), "expected_revenue": deal.amount,
            "date_deadline": given(deal.due), "description": note(deal.notes), "priority": "1", "company_id": 1,
            "user_id": 2, "active": deal.status != "Lost",
        })
    }));
    leads.spread(&ids, TimeDelta::minutes(50));
}

/// A note as Odoo keeps it.
fn note(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(format!("<p>{}</p>", text.replace('\n', "<br>"))) }
}
