//! Which rows of a canonical table are asked for, and in which order, as SQL.

use chrono::NaiveDate;
use model::canonical::{Entity, Field, FieldType};

use super::ask::DataValue;
use super::checks::{Check, joined};
use crate::Scope;

/// Which rows of a table; the default is all of them.
#[derive(Clone, Debug, Default)]
pub struct RowFilter {
    /// Only those of this source.
    pub scope: Option<Scope>,
    /// Only those a check finds.
    pub check: Option<&'static Check>,
    /// Only those with all of these words in their keys and names.
    pub search: Option<String>,
    /// Only those from this day on, by [`date_field`].
    pub from: Option<NaiveDate>,
    /// Only those until this day.
    pub to: Option<NaiveDate>,
    /// Only those with this in a field, whatever its case.
    pub equal: Vec<(&'static Field, String)>,
}

/// In which order; without one, rows stand by source and key.
#[derive(Clone, Copy, Debug)]
pub struct RowSort {
    /// By which field.
    pub field: &'static Field,
    /// The largest first.
    pub descending: bool,
}

/// More words than that say nothing more.
const WORDS: usize = 6;

/// The field that tells when a row of the table was; `None` where nothing does.
pub fn date_field(entity: Entity) -> Option<&'static Field> {
    entity.field(match entity {
        Entity::Customers => "last_purchase_on",
        Entity::ProductCatalog => return None,
        Entity::SalesLines => "sold_on",
        Entity::StockLevels => "counted_on",
        Entity::ContactHistory => "contacted_on",
    })
}

/// The fields a table can be filtered by, each by its name.
pub fn filter_fields(entity: Entity) -> impl Iterator<Item = &'static Field> {
    let names: &[&str] = match entity {
        Entity::Customers => &["segment", "city"],
        Entity::ProductCatalog => &["category", "region"],
        Entity::SalesLines => &["customer_key", "product_key", "channel"],
        Entity::StockLevels => &["product_key", "warehouse"],
        Entity::ContactHistory => &["customer_key", "channel", "campaign"],
    };
    names.iter().filter_map(move |name| entity.field(name))
}

/// The columns a search looks into.
fn searched(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Customers => {
            &["customer_key", "last_name", "first_name", "company", "email", "postal_code", "city"]
        }
        Entity::ProductCatalog => &["product_key", "name", "region", "grape_varieties"],
        Entity::SalesLines => &["line_key", "customer_key", "product_key", "order_key"],
        Entity::StockLevels => &["stock_key", "product_key", "warehouse"],
        Entity::ContactHistory => &["contact_key", "customer_key", "campaign", "subject"],
    }
}

/// A condition on rows `t`, with its values.
pub(super) struct Condition {
    /// What the rows are taken from.
    pub(super) from: String,
    pub(super) sql: String,
    pub(super) values: Vec<DataValue>,
}

impl RowFilter {
    /// The condition; `today` decides what is in the future.
    pub(super) fn condition(&self, entity: Entity, today: NaiveDate) -> Condition {
        let (mut parts, mut values) = (vec!["1 = 1".to_owned()], Vec::new());
        let scope = self.scope.map(|scope| scope.0);
        parts.extend(scope.map(|scope| format!("t.scope_id = {scope}")));
        parts.extend(self.check.map(|check| check.condition(entity, scope, today)));
        let mut value = |text: String| {
            values.push(DataValue::Text(text));
            format!("${}", values.len())
        };
        if let Some(field) = date_field(entity) {
            for (comparison, day) in [(">=", self.from), ("<=", self.to)] {
                parts.extend(
                    day.map(|day| format!("t.{} {comparison} {}", field.name, value(day.to_string()))),
                );
            }
        }
        for (field, text) in &self.equal {
            parts.push(format!("lower(t.{}) = lower({})", field.name, value(text.clone())));
        }
        let is_long = entity == Entity::SalesLines;
        for word in self.search.iter().flat_map(|search| search.split_whitespace()).take(WORDS) {
            let folded = if is_long { String::new() } else { model::fold::fold(word) };
            let word = if folded.is_empty() { word.to_lowercase() } else { folded };
            let like = value(format!("%{}%", escaped(&word)));
            parts.push(format!("{} like {like} escape '\\'", haystack(entity, is_long)));
        }
        let from = match self.check {
            Some(_) => joined(entity).to_owned(),
            None => format!("{} t", entity.table()),
        };
        Condition { from, sql: parts.join(" and "), values }
    }
}

/// The text a search looks through. Taking accents off costs too much where there are a million rows, and
/// what is searched there are codes.
fn haystack(entity: Entity, is_long: bool) -> String {
    let text = |column: &&str| match is_long {
        true => format!("coalesce(t.{column}, '')"),
        false => format!("fold(t.{column})"),
    };
    let text = searched(entity).iter().map(text).collect::<Vec<_>>().join(" || '|' || ");
    if is_long { format!("lower({text})") } else { format!("({text})") }
}

fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// What rows are ordered by, from the beginning or from the end. Empty values are last, source and key
/// decide between equals.
pub(super) fn order(entity: Entity, sort: Option<RowSort>, from_the_end: bool) -> String {
    let way = |descending: bool| if descending == from_the_end { "" } else { " desc" };
    let mut parts = Vec::new();
    if let Some(RowSort { field, descending }) = sort {
        if !field.required {
            parts.push(format!("(t.{} is null){}", field.name, way(false)));
        }
        parts.push(format!("{}{}", sorted(entity, field), way(descending)));
    }
    for column in ["scope_id", entity.key().name] {
        parts.push(format!("t.{column}{}", way(false)));
    }
    parts.join(", ")
}

/// Names stand as in a dictionary, whatever their case and accents.
fn sorted(entity: Entity, field: &Field) -> String {
    let column = format!("t.{}", field.name);
    let is_name = field.kind == FieldType::Text && !field.name.ends_with("_key");
    if is_name && entity != Entity::SalesLines { format!("fold({column})") } else { column }
}
