//! The canonical schema: the five tables every source of data is brought into, defined once, as data.
//!
//! An [`Entity`] says what its fields are called, what they hold, which are needed and under which
//! column names they are recognised. From it follow the mapping of a file ([`header`]), the reading of
//! its rows ([`RowReader`]), the tables of the database and the pages. Nothing here knows where rows
//! come from or where they go.

mod bottle;
mod contacts;
mod customers;
mod field;
pub mod header;
mod natural;
mod products;
mod reader;
mod refusal;
mod rows;
mod sales;
mod segment;
mod stock;
mod value;
mod volume;
mod words;

pub use bottle::Format;
pub use field::{Field, FieldType, Filled};
pub use header::{ColumnMapping, Header};
pub use reader::RowReader;
pub use refusal::Refused;
pub use rows::{Cell, RowBatch};
pub use segment::PriceSegment;
pub use words::Category;
pub(crate) use words::yes_no;

use crate::text::Text;

/// One of the five tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entity {
    /// People and companies who buy.
    Customers,
    /// What is sold.
    ProductCatalog,
    /// What was sold to whom, when and for how much.
    SalesLines,
    /// What is in the cellar.
    StockLevels,
    /// Who was contacted about what.
    ContactHistory,
}

impl Entity {
    /// Every entity, in the order in which they are loaded: what others point to stands first.
    pub const ALL: [Entity; 5] = [
        Entity::Customers,
        Entity::ProductCatalog,
        Entity::SalesLines,
        Entity::StockLevels,
        Entity::ContactHistory,
    ];

    /// The table's name in the database.
    pub fn table(self) -> &'static str {
        match self {
            Entity::Customers => "customers",
            Entity::ProductCatalog => "product_catalog",
            Entity::SalesLines => "sales_lines",
            Entity::StockLevels => "stock_levels",
            Entity::ContactHistory => "contact_history",
        }
    }

    /// The name in JSON and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Entity::Customers => "CUSTOMERS",
            Entity::ProductCatalog => "PRODUCT_CATALOG",
            Entity::SalesLines => "SALES_LINES",
            Entity::StockLevels => "STOCK_LEVELS",
            Entity::ContactHistory => "CONTACT_HISTORY",
        }
    }

    /// The entity of that name, in any case.
    pub fn from_name(name: &str) -> Option<Entity> {
        Entity::ALL.into_iter().find(|entity| entity.name().eq_ignore_ascii_case(name))
    }

    /// The word people use for it.
    pub fn label(self) -> Text {
        match self {
            Entity::Customers => Text::fixed("Clients", "Customers"),
            Entity::ProductCatalog => Text::fixed("Produits", "Products"),
            Entity::SalesLines => Text::fixed("Lignes de vente", "Sales lines"),
            Entity::StockLevels => Text::fixed("Stocks", "Stock levels"),
            Entity::ContactHistory => Text::fixed("Historique des contacts", "Contact history"),
        }
    }

    /// Its fields. The first is the stable key.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Entity::Customers => customers::FIELDS,
            Entity::ProductCatalog => products::FIELDS,
            Entity::SalesLines => sales::FIELDS,
            Entity::StockLevels => stock::FIELDS,
            Entity::ContactHistory => contacts::FIELDS,
        }
    }

    /// The stable key.
    pub fn key(self) -> &'static Field {
        &self.fields()[0]
    }

    /// The field of that name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::fold::fold;

    #[test]
    fn every_name_stands_for_one_field() {
        for entity in Entity::ALL {
            assert_eq!(Entity::from_name(entity.table()), Some(entity));
            assert_eq!(entity.key().kind, FieldType::Text, "{}", entity.name());
            let mut names = BTreeMap::new();
            for field in entity.fields() {
                for name in field.names() {
                    assert_eq!(name, fold(&name), "{}.{}", entity.name(), field.name);
                    let other = names.insert(name.clone(), field.name);
                    assert_eq!(other, None, "{name} in {}", entity.name());
                }
                assert_eq!(field.filled == Filled::Database, field.columns.is_empty(), "{}", field.name);
            }
        }
    }
}
