//! Keys for rows whose source gives them none: what the row speaks of, and the how-manieth it is.
//!
//! Two equal lines of one order are two lines. They get the same keys again at the next export, as
//! long as the lines of an order, a product or a customer's day stand together, which exports do.

use std::collections::HashMap;
use std::fmt::Write;

use super::Entity;

/// What a key is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Natural {
    /// Fields whose rows stand together.
    pub(super) group: &'static [&'static str],
    /// Fields that tell the rows of a group apart.
    pub(super) rest: &'static [&'static str],
    /// Fields without which there is no key.
    pub(super) needed: &'static [&'static str],
}

impl Natural {
    /// What the key of this entity can be made of, where it can.
    pub(super) fn of(entity: Entity) -> Option<Natural> {
        match entity {
            Entity::Customers | Entity::ProductCatalog => None,
            Entity::SalesLines => Some(Natural {
                group: &["order_key", "sold_on", "customer_key"],
                rest: &["product_key", "format"],
                needed: &["product_key", "sold_on"],
            }),
            Entity::StockLevels => Some(Natural {
                group: &["product_key"],
                rest: &["warehouse", "format"],
                needed: &["product_key"],
            }),
            Entity::ContactHistory => Some(Natural {
                group: &["customer_key", "contacted_on"],
                rest: &["channel", "campaign", "subject"],
                needed: &["customer_key", "contacted_on"],
            }),
        }
    }
}

/// Counts the rows of the group that is being read.
#[derive(Debug, Default)]
pub(super) struct Counter {
    group: String,
    seen: HashMap<String, u32>,
    key: String,
}

impl Counter {
    /// The key of the next row, from the texts of its group and of the rest.
    pub(super) fn key<'a>(
        &mut self,
        group: impl Iterator<Item = &'a str>,
        rest: impl Iterator<Item = &'a str>,
    ) -> &str {
        self.key.clear();
        for part in group {
            self.key.push_str(part);
            self.key.push('/');
        }
        if self.key != self.group {
            self.group.clone_from(&self.key);
            self.seen.clear();
        }
        for part in rest {
            self.key.push_str(part);
            self.key.push('/');
        }
        let end = self.key.trim_end_matches('/').len();
        self.key.truncate(end);
        match self.seen.get_mut(&self.key) {
            None => drop(self.seen.insert(self.key.clone(), 1)),
            Some(times) => {
                *times += 1;
                // Writing to a String cannot fail.
                let _ = write!(self.key, "#{times}");
            }
        }
        &self.key
    }
}
