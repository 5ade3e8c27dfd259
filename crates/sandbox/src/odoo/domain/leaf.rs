//! One condition: a path of fields, an operator, a value.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::{Value, json};

use super::Domain;
use crate::odoo::field::{Field, FieldType};
use crate::odoo::refusal::Refusal;
use crate::odoo::state::{ModelState, Row, World};

/// A condition on one field, of the record or of one it leads to.
#[derive(Debug)]
pub(in crate::odoo) struct Leaf {
    path: Vec<String>,
    op: Op,
    value: Value,
    /// The value as a moment, for the times of the record itself.
    moment: Option<DateTime<Utc>>,
    /// The condition on the other model, for `any`.
    inner: Option<Box<Domain>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Op {
    Equal,
    /// `=?`: true when the value is not set.
    EqualOrUnset,
    In,
    Compare(&'static [Ordering]),
    /// With its case, and as a pattern of the whole text.
    Like {
        cased: bool,
        whole: bool,
    },
    ChildOf,
    ParentOf,
    Any,
}

impl Leaf {
    /// The condition, and whether its operator denies it.
    ///
    /// # Errors
    /// A field or the operator does not exist.
    pub(super) fn parse(
        world: &World,
        model: &ModelState,
        path: &str,
        op: &str,
        value: &Value,
    ) -> Result<(Leaf, bool), Refusal> {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        let last = last_field(world, model, &path)?;
        let (op, negated) =
            operator(op).ok_or_else(|| Refusal::value(format!("Invalid operator {op:?} in domain")))?;
        let moment = match &last.kind {
            FieldType::Datetime => value.as_str().map(moment).transpose()?,
            _ => None,
        };
        let inner = match (&last.kind, op) {
            (
                FieldType::Many2one(other) | FieldType::Many2many(other) | FieldType::One2many(other, _),
                Op::Any,
            ) => Some(Box::new(Domain::parse(world, world.model(other)?, value)?)),
            _ => None,
        };
        Ok((Leaf { path, op, value: value.clone(), moment, inner }, negated))
    }

    pub(super) fn mentions(&self, field: &str) -> bool {
        self.path.first().is_some_and(|first| first == field)
    }

    pub(super) fn matches(&self, world: &World, model: &ModelState, row: &Row) -> bool {
        // The times of the record itself are kept to the microsecond and compared so.
        if let ([name], Some(moment)) = (self.path.as_slice(), self.moment) {
            let held = match name.as_str() {
                "write_date" => Some(row.written),
                "create_date" => Some(Some(row.created)),
                _ => None,
            };
            if let Some(held) = held {
                return held.is_some_and(|held| self.fits(held.cmp(&moment)));
            }
        }
        self.walk(world, model, row, &self.path)
    }

    fn fits(&self, order: Ordering) -> bool {
        match self.op {
            Op::Compare(orders) => orders.contains(&order),
            _ => order == Ordering::Equal,
        }
    }

    fn walk(&self, world: &World, model: &ModelState, row: &Row, path: &[String]) -> bool {
        let [name, rest @ ..] = path else { return false };
        let Some(field) = model.field(name) else { return false };
        let held = world.value(model, row, field);
        let other = match &field.kind {
            FieldType::Many2one(other) | FieldType::Many2many(other) | FieldType::One2many(other, _) => {
                world.models.get(other)
            }
            _ => None,
        };
        let ids: Vec<i64> = match &held {
            Value::Array(ids) => ids.iter().filter_map(Value::as_i64).collect(),
            one => one.as_i64().into_iter().collect(),
        };
        match (other, rest) {
            (Some(other), [_, ..]) => {
                ids.iter().filter_map(|id| other.rows.get(id)).any(|row| self.walk(world, other, row, rest))
            }
            (None, [_, ..]) => false,
            (Some(other), []) => self.relation(world, other, &ids),
            (None, []) if name == "id" => self.relation(world, model, &ids),
            (None, []) => self.scalar(field, &held),
        }
    }

    /// Tests the records that a field leads to.
    fn relation(&self, world: &World, other: &ModelState, ids: &[i64]) -> bool {
        let up = if other.name == "stock.location" { "location_id" } else { "parent_id" };
        let parents = |id: i64| {
            std::iter::successors(Some(id), |id| other.rows.get(id)?.values.get(up)?.as_i64())
                .collect::<Vec<_>>()
        };
        let names =
            |text: &str| ids.iter().any(|id| self.like(&json!(world.display_name(&other.name, *id)), text));
        match (self.op, &self.value) {
            (Op::Any, _) => {
                let rows = ids.iter().filter_map(|id| other.rows.get(id));
                self.inner
                    .as_ref()
                    .is_some_and(|inner| rows.into_iter().any(|row| inner.matches(world, other, row)))
            }
            (Op::ChildOf, value) => {
                ids.iter().any(|id| parents(*id).iter().any(|parent| listed(value, &json!(parent))))
            }
            (Op::ParentOf, value) => {
                let wanted = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                wanted.iter().filter_map(Value::as_i64).flat_map(parents).any(|parent| ids.contains(&parent))
            }
            (Op::EqualOrUnset, Value::Null | Value::Bool(false)) => true,
            (_, Value::Null | Value::Bool(false)) => ids.is_empty(),
            (Op::Like { .. }, Value::String(text)) => names(text),
            (Op::Equal, Value::String(text)) => {
                ids.iter().any(|id| world.display_name(&other.name, *id) == *text)
            }
            (Op::Compare(orders), value) => {
                let wanted = value.as_i64().unwrap_or_default();
                ids.iter().any(|id| orders.contains(&id.cmp(&wanted)))
            }
            (_, value) => {
                ids.iter().any(|id| listed(value, &json!(id)))
                    || (ids.is_empty() && listed(value, &json!(false)))
            }
        }
    }

    fn scalar(&self, field: &Field, held: &Value) -> bool {
        let number = matches!(field.kind, FieldType::Integer | FieldType::Float | FieldType::Monetary);
        let empty = held.is_null() || *held == json!(false) || *held == json!("");
        // An empty number counts as zero.
        let held = if number && held.is_null() { &json!(0) } else { held };
        match (self.op, &self.value) {
            (Op::EqualOrUnset, Value::Null | Value::Bool(false)) => true,
            (Op::Equal, Value::Null | Value::Bool(false)) => empty,
            (Op::Equal | Op::EqualOrUnset, value) => same(held, value),
            (Op::In, Value::Array(list)) => {
                list.iter().any(|value| same(held, value)) || (empty && list.contains(&json!(false)))
            }
            (Op::Compare(orders), Value::String(value)) => {
                held.as_str().is_some_and(|held| orders.contains(&held.cmp(value.as_str())))
            }
            (Op::Compare(orders), value) => {
                let order =
                    held.as_f64().zip(value.as_f64()).and_then(|(held, value)| held.partial_cmp(&value));
                order.is_some_and(|order| orders.contains(&order))
            }
            (Op::Like { .. }, Value::String(text)) => self.like(held, text),
            _ => false,
        }
    }

    fn like(&self, held: &Value, pattern: &str) -> bool {
        let (Op::Like { cased, whole }, Some(held)) = (self.op, held.as_str()) else { return false };
        let mut regex = String::from(if cased { "(?s)" } else { "(?si)" });
        let mut signs = pattern.chars();
        let mut inner = String::new();
        while let Some(sign) = signs.next() {
            match sign {
                '%' => inner.push_str(".*"),
                '_' => inner.push('.'),
                '\\' => inner.push_str(&regex::escape(&signs.next().map(String::from).unwrap_or_default())),
                sign => inner.push_str(&regex::escape(&sign.to_string())),
            }
        }
        regex.push_str(&if whole { format!("^{inner}$") } else { inner });
        regex::Regex::new(&regex).is_ok_and(|regex| regex.is_match(held))
    }
}

/// An operator that is not a denial, and whether the word denies it.
fn operator(word: &str) -> Option<(Op, bool)> {
    const LESS: &[Ordering] = &[Ordering::Less];
    const AT_MOST: &[Ordering] = &[Ordering::Less, Ordering::Equal];
    const GREATER: &[Ordering] = &[Ordering::Greater];
    const AT_LEAST: &[Ordering] = &[Ordering::Greater, Ordering::Equal];
    let like = |cased, whole| Op::Like { cased, whole };
    Some(match word {
        "=" => (Op::Equal, false),
        "!=" | "<>" => (Op::Equal, true),
        "=?" => (Op::EqualOrUnset, false),
        "in" => (Op::In, false),
        "not in" => (Op::In, true),
        "<" => (Op::Compare(LESS), false),
        "<=" => (Op::Compare(AT_MOST), false),
        ">" => (Op::Compare(GREATER), false),
        ">=" => (Op::Compare(AT_LEAST), false),
        "like" => (like(true, false), false),
        "not like" => (like(true, false), true),
        "ilike" => (like(false, false), false),
        "not ilike" => (like(false, false), true),
        "=like" => (like(true, true), false),
        "=ilike" => (like(false, true), false),
        "child_of" => (Op::ChildOf, false),
        "parent_of" => (Op::ParentOf, false),
        "any" => (Op::Any, false),
        "not any" => (Op::Any, true),
        _ => return None,
    })
}

fn last_field<'w>(world: &'w World, model: &'w ModelState, path: &[String]) -> Result<&'w Field, Refusal> {
    let mut model = model;
    let (last, others) = path.split_last().ok_or_else(|| Refusal::value("Invalid field '' in domain"))?;
    for name in others {
        match &model.known(name)?.kind {
            FieldType::Many2one(other) | FieldType::Many2many(other) | FieldType::One2many(other, _) => {
                model = world.model(other)?;
            }
            _ => return Err(Refusal::value(format!("Invalid field '{name}' in domain"))),
        }
    }
    model.known(last)
}

/// Whether a value is this or, when it is a list, holds this.
fn listed(value: &Value, one: &Value) -> bool {
    value.as_array().map_or(value == one, |list| list.contains(one))
}

fn same(held: &Value, value: &Value) -> bool {
    match (held, value) {
        (Value::Number(held), Value::Number(value)) => held.as_f64() == value.as_f64(),
        (Value::Null, Value::Bool(yes)) => !yes,
        _ => held == value,
    }
}

/// A moment in the one form the service takes; a day is its midnight.
fn moment(text: &str) -> Result<DateTime<Utc>, Refusal> {
    let midnight =
        || Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(chrono::NaiveTime::MIN));
    let read = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").ok().or_else(midnight);
    let wrong = || Refusal::value(format!("time data '{text}' does not match format '%Y-%m-%d %H:%M:%S'"));
    read.map(|moment| moment.and_utc()).ok_or_else(wrong)
}
