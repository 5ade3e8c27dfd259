//! What the rows hold.

use connectors::SourceConnector;
use connectors::odoo::Odoo;
use model::canonical::Entity;
use model::decimal::Mark;
use sandbox::odoo::{Field, FieldType};
use serde_json::json;

use super::{Opened, source};
use crate::fixture::Fixture;
use crate::odoo::with;

async fn the_demonstration_is_read_whole<const V: u16>() {
    let opened = Opened::<V>::new().await;
    for id in opened.table("res.partner").ids() {
        opened.table("res.partner").delete(id);
    }
    sandbox::demo::odoo(&opened.service.simulator);
    for (entity, rows) in [
        (Entity::Customers, 20),
        (Entity::ProductCatalog, 15),
        (Entity::SalesLines, 60),
        (Entity::StockLevels, 15),
        (Entity::ContactHistory, 0),
    ] {
        let read = opened.read(entity).await;
        assert_eq!((read.rows.len(), read.warnings), (rows, 0), "{entity:?}");
        assert_eq!(read.mark.is_some(), rows > 0, "{entity:?}");
    }
}

#[tokio::test]
async fn the_demonstration_is_read_whole_in_json_2() {
    the_demonstration_is_read_whole::<19>().await;
}

#[tokio::test]
async fn the_demonstration_is_read_whole_in_json_rpc() {
    the_demonstration_is_read_whole::<18>().await;
}

#[tokio::test]
async fn customers() {
    let opened = Opened::<19>::new().await;
    let partners = opened.table("res.partner");
    let country = opened.table("res.country").make([json!({"name": "Belgique", "code": "BE"})])[0];
    let company = partners.make([json!({
        "name": "Wijnhuis De Kroon", "is_company": true, "street": "Graslei 1", "zip": "9000", "city": "Gand",
        "country_id": country, "email": "a@example.com", "phone": "+32 9 000 00 00", "active": false,
    })])[0];
    let person = partners.make([json!({"name": "Ève Ott", "parent_id": company, "is_blacklisted": true})])[0];
    let read = opened.read(Entity::Customers).await;
    let told = ["customer_key", "last_name", "company", "city", "country", "email_opt_out"];
    let key = company.to_string();
    assert_eq!(
        read.row(company, told),
        [&key, "Wijnhuis De Kroon", "Wijnhuis De Kroon", "Gand", "Belgique", "0"]
    );
    // What is empty is `false` there, and nothing here.
    let key = person.to_string();
    assert_eq!(read.row(person, told), [&key, "Ève Ott", "Wijnhuis De Kroon", "", "", "1"]);
    let row = read.rows.iter().find(|row| row["id"] == key).expect("the row");
    assert_eq!((&*row["parent_id"], &*row["parent_id.name"]), (&*company.to_string(), "Wijnhuis De Kroon"));
}

#[tokio::test]
async fn products_and_the_fields_of_a_customisation() {
    let opened = Opened::<18>::new().await;
    let products = opened.table("product.product");
    let colours = FieldType::selection(&[("r", "Red", "Rouge")]);
    for (name, kind) in [
        ("x_studio_robe", colours),
        ("vintage", FieldType::Integer),
        ("x_tags", FieldType::Many2many("res.partner.category".to_owned())),
        ("x_photo", FieldType::Binary),
        ("further", FieldType::Char),
    ] {
        products.add_field(Field::new(name, name, name, kind));
    }
    let category = opened.table("product.category").make([json!({"name": "Vin rouge"})])[0];
    let wine = products.make([json!({
        "name": "Chinon", "default_code": "CHIN", "list_price": 11.5, "standard_price": 5.9, "categ_id": category,
        "vintage": 2020, "x_studio_robe": "r", "type": "consu", "active": false, "volume": 0.75,
    })])[0];
    let read = opened.read(Entity::ProductCatalog).await;
    let told =
        ["product_key", "name", "category", "list_price_cents", "cost_price_cents", "vintage", "is_active"];
    assert_eq!(read.row(wine, told), [&*wine.to_string(), "Chinon", "rouge", "1150", "590", "2020", "0"]);
    assert!(!read.canonical[0].contains_key("format"), "cubic metres are no bottles");
    let row = &read.rows[0];
    assert_eq!((&*row["x_studio_robe"], &*row["default_code"]), ("Rouge", "CHIN"));
    for unread in ["x_tags", "x_photo", "further", "type", "volume"] {
        assert!(!row.contains_key(unread), "{unread}");
    }
}

#[tokio::test]
async fn sales_are_told_with_their_order() {
    let opened = Opened::<19>::new().await;
    let team = opened.table("crm.team").make([json!({"name": "Boutique"})])[0];
    let (order, lines) = opened.order("sale", &[6.0, 12.5]);
    opened.table("sale.order").set(order, &json!({"team_id": team}));
    opened.table("sale.order.line").make([
        json!({"name": "Vins rouges", "order_id": order, "display_type": "line_section", "product_uom_qty": 0, "price_unit": 0}),
    ]);
    let read = opened.read(Entity::SalesLines).await;
    assert_eq!(read.ids(), lines, "a title is no sale");
    let told =
        ["line_key", "sold_on", "quantity", "unit_price_cents", "total_price_cents", "order_key", "channel"];
    let key = lines[1].to_string();
    // Half past eleven at night in universal time is the next day in Paris.
    assert_eq!(read.row(lines[1], told), [&key, "2026-03-29", "12.5", "1000", "12500", "S00001", "Boutique"]);
    let partner = opened.table("res.partner").ids()[0].to_string();
    let product = opened.table("product.product").ids()[0].to_string();
    assert_eq!(read.row(lines[0], ["customer_key", "product_key"]), [&partner, &product]);
    assert_eq!(read.rows[0]["order_id.partner_id.name"], "Cave Saint-Martin");
}

#[tokio::test]
async fn only_what_lies_inside_is_stock() {
    let opened = Opened::<19>::new().await;
    let product = opened.table("product.product").make([json!({"name": "Chinon", "type": "consu"})])[0];
    let locations = opened.table("stock.location");
    let root = locations.make([json!({"name": "CAVE", "usage": "view"})])[0];
    let inside = locations.make([json!({"name": "Stock", "usage": "internal", "location_id": root})])[0];
    let outside =
        ["customer", "transit"].map(|usage| locations.make([json!({"name": usage, "usage": usage})])[0]);
    let at = |location: i64| json!({"product_id": product, "location_id": location, "quantity": 36.0, "reserved_quantity": 6.0});
    let made = opened.table("stock.quant").make([inside, outside[0], outside[1]].map(at));
    let read = opened.read(Entity::StockLevels).await;
    assert_eq!(read.ids(), made[..1]);
    let told = ["product_key", "warehouse", "quantity", "reserved", "available"];
    assert_eq!(read.row(made[0], told), [&*product.to_string(), "CAVE/Stock", "36", "6", "30"]);
}

#[tokio::test]
async fn one_company_is_chosen_or_all_are_read() {
    let opened = Opened::<18>::new().await;
    let other = opened.service.simulator.add_company("Négoce du Port");
    let partners = opened.table("res.partner");
    let shared = partners.ids();
    let own = partners.make([1, other].map(|company| json!({"name": "A", "company_id": company})));
    let all = [&*shared, &*own].concat();
    let settings = opened.service.settings();
    for (typed, expected) in [("", all), (&*other.to_string(), [&*shared, &own[1..]].concat())] {
        let source = source(&opened.service, with(settings.clone(), "odoo_company_id", typed));
        let read = super::read(&*source, Entity::Customers, Default::default()).await.expect("rows");
        assert_eq!(read.ids(), expected, "{typed}");
    }
}

#[tokio::test]
async fn tables_tell_their_columns_with_samples() {
    let opened = Opened::<19>::new().await;
    sandbox::demo::odoo(&opened.service.simulator);
    let tables = opened.source.tables().await.expect("tables");
    let entities: Vec<Entity> = tables.iter().map(|table| table.entity).collect();
    assert_eq!(entities, Entity::ALL[..4]);
    for table in &tables {
        let [part] = table.parts.as_slice() else { panic!("one part") };
        assert_eq!((&part.fault, part.mark), (&None, Some(Mark::Point)));
        let samples = |name: &str| {
            let column = part.columns.iter().find(|column| column.name == name);
            column.unwrap_or_else(|| panic!("no {name}")).samples.clone()
        };
        assert_eq!(samples("id").len(), 5);
        for column in SourceConnector::columns(&Odoo, table.entity).values() {
            samples(column);
        }
        if table.entity == Entity::SalesLines {
            assert!(samples("order_id.state").contains(&"Bon de commande".to_owned()));
            assert_eq!(samples("order_id.team_id.name"), ["Site web", "Boutique"]);
        }
    }
    assert_eq!(opened.source.check().await.expect("an account").name, "cave (Odoo 19.0, JSON-2)");
}

#[tokio::test]
async fn the_form_and_the_guide_are_complete() {
    let spec = SourceConnector::spec(&Odoo);
    assert!(!spec.capabilities.writes);
    let labels: Vec<&str> = spec.fields().map(|field| &*field.label.fr).collect();
    assert_eq!(labels, ["URL Odoo", "Base de données", "Utilisateur", "API Key", "ID Société (optionnel)"]);
    let guide = SourceConnector::guide(&Odoo);
    for step in
        ["Créer utilisateur technique", "Générer API Key", "Attribuer droits", "Vérifier HTTPS + firewall"]
    {
        assert!(guide.contains(step), "{step}");
    }
    assert!(guide.contains("\n# Connect Odoo"));
}
