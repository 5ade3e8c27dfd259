//! Whether a value fits a condition, and which of two comes first.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Literal, Operator};
use crate::salesforce::field::FieldType;
use crate::salesforce::{id, values};

/// Whether a value fits; `None` where the literal is none for that type of field.
pub(in crate::salesforce) fn holds(
    kind: &FieldType,
    held: &Value,
    operator: Operator,
    literal: &Literal,
) -> Option<bool> {
    let wanted = wanted(kind, literal)?;
    if wanted.is_null() || held.is_null() {
        return Some(match operator {
            Operator::Equal => held.is_null() == wanted.is_null(),
            Operator::Unequal => held.is_null() != wanted.is_null(),
            _ => false,
        });
    }
    if operator == Operator::Like {
        return Some(like(held.as_str()?, wanted.as_str()?));
    }
    let order = compare(kind, held, &wanted);
    Some(match operator {
        Operator::Equal => order == Ordering::Equal,
        Operator::Unequal => order != Ordering::Equal,
        Operator::Less => order == Ordering::Less,
        Operator::LessOrEqual => order != Ordering::Greater,
        Operator::Greater => order == Ordering::Greater,
        Operator::GreaterOrEqual => order != Ordering::Less,
        Operator::Like => false,
    })
}

/// Which of two values of a field comes first; empty ones do.
pub(in crate::salesforce) fn compare(kind: &FieldType, one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::Number(one), Value::Number(other)) => {
            one.as_f64().partial_cmp(&other.as_f64()).unwrap_or(Ordering::Equal)
        }
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        (one, other) => {
            let (one, other) = (one.as_str().unwrap_or_default(), other.as_str().unwrap_or_default());
            match kind {
                // Ids differ in their case; texts do not.
                FieldType::Id | FieldType::Reference(..) | FieldType::Date | FieldType::DateTime => {
                    one.cmp(other)
                }
                _ => one.to_lowercase().cmp(&other.to_lowercase()),
            }
        }
    }
}

/// A literal as a value of that type.
fn wanted(kind: &FieldType, literal: &Literal) -> Option<Value> {
    match (kind, literal) {
        (_, Literal::Bare(word)) if word.eq_ignore_ascii_case("null") => Some(Value::Null),
        (FieldType::Boolean, Literal::Bare(word)) => {
            word.to_ascii_lowercase().parse::<bool>().ok().map(Value::from)
        }
        (
            FieldType::Int | FieldType::Double | FieldType::Currency | FieldType::Percent,
            Literal::Bare(word),
        ) => word.parse::<f64>().ok().map(Value::from),
        (FieldType::Date, Literal::Bare(word)) => (word.len() == 10).then(|| Value::from(word.as_str())),
        (FieldType::DateTime, Literal::Bare(word)) => {
            values::read_moment(word).map(|at| Value::from(values::moment(at)))
        }
        (FieldType::Id | FieldType::Reference(..), Literal::Text(text)) => id::long(text).map(Value::from),
        (FieldType::TextArea(_) | FieldType::Base64 | FieldType::Address, _) | (_, Literal::Bare(_)) => None,
        (
            FieldType::Boolean
            | FieldType::Int
            | FieldType::Double
            | FieldType::Currency
            | FieldType::Percent
            | FieldType::Date
            | FieldType::DateTime,
            Literal::Text(_),
        ) => None,
        (_, Literal::Text(text)) => Some(Value::from(text.as_str())),
    }
}

/// `%` stands for anything, without regard to case.
fn like(held: &str, pattern: &str) -> bool {
    let (held, pattern) = (held.to_lowercase(), pattern.to_lowercase());
    let mut parts = pattern.split('%');
    let Some(mut rest) = parts.next().and_then(|first| held.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(place) = rest.find(part) else { return false };
        rest = &rest[place + part.len()..];
    }
    rest.ends_with(last)
}
