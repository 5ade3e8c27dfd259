//! Which models go into which canonical tables, and which of their fields are what.

use model::canonical::{ColumnMapping, Entity};
use serde_json::{Value as Json, json};

use super::streams::{ORDER_ID, ORDERS};

/// A model that is read into a canonical table.
pub(super) struct Table {
    /// Where it goes.
    pub(super) entity: Entity,
    /// Technical name: the name of the table's one part.
    pub(super) model: &'static str,
    /// Which of its records, where not all: conditions that hold together.
    pub(super) only: fn() -> Vec<Json>,
    /// The standard fields that become columns, where the server has them.
    pub(super) fields: &'static [&'static str],
    /// Those of the order a line belongs to.
    pub(super) of_order: &'static [&'static str],
    /// Standard fields whose name would be recognised and that hold something else.
    pub(super) misleading: &'static [&'static str],
    /// The canonical field of a column, where its name does not tell.
    columns: &'static [(&'static str, &'static str)],
}

/// Customers are contacts, all of them: who is only a supplier or a delivery address today may be the
/// customer of an order.
const CUSTOMERS: Table = Table {
    entity: Entity::Customers,
    model: "res.partner",
    only: Vec::new,
    fields: &[
        "id",
        "name",
        "commercial_company_name",
        "is_company",
        "parent_id",
        "ref",
        "vat",
        "email",
        "phone",
        "mobile",
        "street",
        "street2",
        "zip",
        "city",
        "state_id",
        "country_id",
        "lang",
        "industry_id",
        "customer_rank",
        "is_blacklisted",
        "user_id",
        "company_id",
        "create_date",
        "active",
    ],
    of_order: &[],
    misleading: &[],
    columns: &[
        ("customer_key", "id"),
        ("last_name", "name"),
        ("company", "commercial_company_name"),
        ("email", "email"),
        ("phone", "phone"),
        ("address", "street"),
        ("postal_code", "zip"),
        ("city", "city"),
        ("country", "country_id.name"),
        ("email_opt_out", "is_blacklisted"),
    ],
};

/// Products are variants, each a record: it is they that are sold and in stock. The variant's words stand
/// in the displayed name alone.
const PRODUCTS: Table = Table {
    entity: Entity::ProductCatalog,
    model: "product.product",
    only: Vec::new,
    fields: &[
        "id",
        "display_name",
        "name",
        "default_code",
        "barcode",
        "categ_id",
        "lst_price",
        "standard_price",
        "uom_id",
        "product_tmpl_id",
        "description_sale",
        "company_id",
        "active",
    ],
    of_order: &[],
    // A kind of article, a colour of the screen, cubic metres.
    misleading: &["type", "color", "volume"],
    columns: &[
        ("product_key", "id"),
        ("name", "display_name"),
        ("category", "categ_id.name"),
        ("list_price_cents", "lst_price"),
        ("cost_price_cents", "standard_price"),
        ("is_active", "active"),
    ],
};

/// Sales are the order lines that have a product: the others are titles, notes and down payments.
const SALES: Table = Table {
    entity: Entity::SalesLines,
    model: "sale.order.line",
    only: || vec![json!(["product_id", "!=", false])],
    fields: &[
        "id",
        ORDER_ID,
        "product_id",
        "name",
        "product_uom_qty",
        "qty_delivered",
        "qty_invoiced",
        "product_uom",
        "product_uom_id",
        "price_unit",
        "discount",
        "price_subtotal",
        "price_total",
        "purchase_price",
        "currency_id",
        "salesman_id",
        "company_id",
    ],
    of_order: &[
        "name",
        "partner_id",
        "date_order",
        STATE,
        "team_id",
        "user_id",
        "client_order_ref",
        "warehouse_id",
    ],
    misleading: &[],
    columns: &[
        ("line_key", "id"),
        ("customer_key", "order_id.partner_id"),
        ("product_key", "product_id"),
        ("sold_on", "order_id.date_order"),
        ("quantity", "product_uom_qty"),
        ("unit_price_cents", "price_unit"),
        ("total_price_cents", "price_subtotal"),
        ("order_key", "order_id.name"),
        ("channel", "order_id.team_id.name"),
    ],
};

/// Stock is what lies in the company's own locations, not what is at customers' or on its way.
const STOCK: Table = Table {
    entity: Entity::StockLevels,
    model: "stock.quant",
    only: || vec![json!(["location_id.usage", "=", "internal"])],
    fields: &[
        "id",
        "product_id",
        "location_id",
        "lot_id",
        "quantity",
        "reserved_quantity",
        "in_date",
        "company_id",
    ],
    of_order: &[],
    // When it is to be counted next.
    misleading: &["inventory_date"],
    columns: &[
        ("stock_key", "id"),
        ("product_key", "product_id"),
        ("warehouse", "location_id.name"),
        ("quantity", "quantity"),
        ("reserved", "reserved_quantity"),
    ],
};

/// What is read; who was contacted about what is not in Odoo's tables.
pub(super) static TABLES: [Table; 4] = [CUSTOMERS, PRODUCTS, SALES, STOCK];

/// The field of an order that says how far it is.
pub(super) const STATE: &str = "state";

impl Table {
    /// The table that goes into an entity.
    pub(super) fn of(entity: Entity) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.entity == entity)
    }

    /// Which column each canonical field is in.
    pub(super) fn mapping(&self) -> ColumnMapping {
        self.columns.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect()
    }

    /// The model its records belong to, if any, whose changes change them too.
    pub(super) fn owner(&self) -> Option<&'static str> {
        (!self.of_order.is_empty()).then_some(ORDERS)
    }
}
