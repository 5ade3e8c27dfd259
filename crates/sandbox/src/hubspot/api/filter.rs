//! The filters of a search.

use serde::Deserialize;

use crate::hubspot::accept::instant;
use crate::hubspot::property::PropertyType;
use crate::hubspot::refusal::Refusal;
use crate::hubspot::state::{Object, Row};

/// A condition on one property.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter {
    property_name: String,
    operator: String,
    value: Option<String>,
    high_value: Option<String>,
    #[serde(default)]
    values: Vec<String>,
}

/// Conditions that hold together.
#[derive(Deserialize)]
pub(super) struct Group {
    filters: Vec<Filter>,
}

/// Groups, of which one must hold: five at most, six filters in each, eighteen in all.
pub(super) fn check(groups: &[Group], object: &Object) -> Result<(), Refusal> {
    let filters: Vec<&Filter> = groups.iter().flat_map(|group| &group.filters).collect();
    if groups.len() > 5 || groups.iter().any(|group| group.filters.len() > 6) || filters.len() > 18 {
        return Err(Refusal::invalid("Too many filters"));
    }
    for filter in filters {
        let name = &filter.property_name;
        if object.property(name).is_none() {
            return Err(Refusal::invalid(format!(
                "There was a problem with the request. Property {name} does not exist"
            )));
        }
        let known = [
            "EQ",
            "NEQ",
            "LT",
            "LTE",
            "GT",
            "GTE",
            "BETWEEN",
            "IN",
            "NOT_IN",
            "HAS_PROPERTY",
            "NOT_HAS_PROPERTY",
            "CONTAINS_TOKEN",
            "NOT_CONTAINS_TOKEN",
        ];
        if !known.contains(&filter.operator.as_str()) {
            return Err(Refusal::invalid(format!("Invalid operator {}", filter.operator)));
        }
    }
    Ok(())
}

pub(super) fn holds(groups: &[Group], object: &Object, row: &Row) -> bool {
    groups.is_empty()
        || groups.iter().any(|group| group.filters.iter().all(|filter| filter.holds(object, row)))
}

impl Filter {
    fn holds(&self, object: &Object, row: &Row) -> bool {
        let held = object.value(row, &self.property_name);
        let kind = object.property(&self.property_name).map(|property| &property.kind);
        let Some(held) = held else {
            return matches!(
                self.operator.as_str(),
                "NOT_HAS_PROPERTY" | "NEQ" | "NOT_IN" | "NOT_CONTAINS_TOKEN"
            );
        };
        let value = self.value.as_deref().unwrap_or_default();
        let order = |value: &str| compare(kind, &held, value);
        let has_token = || {
            held.to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .any(|token| token == value.to_lowercase())
        };
        let is_among = || self.values.iter().any(|value| held.to_lowercase() == *value);
        match self.operator.as_str() {
            "EQ" => order(value) == Some(std::cmp::Ordering::Equal),
            "NEQ" => order(value) != Some(std::cmp::Ordering::Equal),
            "LT" => order(value).is_some_and(std::cmp::Ordering::is_lt),
            "LTE" => order(value).is_some_and(std::cmp::Ordering::is_le),
            "GT" => order(value).is_some_and(std::cmp::Ordering::is_gt),
            "GTE" => order(value).is_some_and(std::cmp::Ordering::is_ge),
            "BETWEEN" => {
                order(value).is_some_and(std::cmp::Ordering::is_ge)
                    && self.high_value.as_deref().and_then(order).is_some_and(std::cmp::Ordering::is_le)
            }
            "IN" => is_among(),
            "NOT_IN" => !is_among(),
            "HAS_PROPERTY" => true,
            "CONTAINS_TOKEN" => has_token(),
            "NOT_CONTAINS_TOKEN" => !has_token(),
            _ => false,
        }
    }
}

/// How what is held compares with a value: as its type does, texts without case.
pub(super) fn compare(kind: Option<&PropertyType>, held: &str, value: &str) -> Option<std::cmp::Ordering> {
    match kind {
        Some(PropertyType::Number) => held.parse::<f64>().ok()?.partial_cmp(&value.parse().ok()?),
        Some(PropertyType::DateTime) => Some(instant(held)?.cmp(&instant(value)?)),
        _ => Some(held.to_lowercase().cmp(&value.to_lowercase())),
    }
}
