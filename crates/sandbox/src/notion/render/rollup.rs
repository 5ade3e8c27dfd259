//! Rollups: a value computed over the pages of a relation.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Cell;
use crate::notion::moments::When;
use crate::notion::{Id, rich_text};

/// The value of a rollup over these pages.
pub(in crate::notion) fn rollup(at: &Cell<'_>, related: &[Id], target: &str, function: &str) -> Value {
    let pages = related.iter().filter_map(|id| at.world.page(*id));
    let values: Vec<(&'static str, Value)> = pages
        .filter_map(|(source, page)| {
            let column = source.column(target)?;
            // A rollup of a rollup is not followed: the service refuses to make one.
            let kind = column.kind.name();
            let value =
                if kind == "rollup" { Value::Null } else { Cell { source, page, column, ..*at }.value(0) };
            Some((kind, value))
        })
        .collect();
    let full = values.iter().filter(|(_, value)| !is_empty(value)).count();
    let (all, checked) = (values.len(), values.iter().filter(|(_, value)| *value == true).count());
    let numbers: Vec<f64> = values.iter().filter_map(|(_, value)| number(value)).collect();
    let days: Vec<(DateTime<Utc>, &Value)> = values.iter().filter_map(|(_, value)| day(value)).collect();
    let share = |part: usize| if all == 0 { json!(0) } else { json!(part as f64 / all as f64) };
    let mut result = match function {
        "count" => json!({"type": "number", "number": all}),
        "count_values" | "not_empty" => json!({"type": "number", "number": full}),
        "empty" => json!({"type": "number", "number": all - full}),
        "unique" => {
            let mut distinct: Vec<&Value> = Vec::new();
            values.iter().for_each(|(_, value)| {
                if !is_empty(value) && !distinct.contains(&value) {
                    distinct.push(value);
                }
            });
            json!({"type": "number", "number": distinct.len()})
        }
        "percent_empty" => json!({"type": "number", "number": share(all - full)}),
        "percent_not_empty" => json!({"type": "number", "number": share(full)}),
        "checked" => json!({"type": "number", "number": checked}),
        "unchecked" => json!({"type": "number", "number": all - checked}),
        "percent_checked" => json!({"type": "number", "number": share(checked)}),
        "percent_unchecked" => json!({"type": "number", "number": share(all - checked)}),
        "sum" | "average" | "median" | "min" | "max" | "range" => {
            json!({"type": "number", "number": aggregate(function, numbers)})
        }
        "earliest_date" => {
            json!({"type": "date", "date": days.iter().min_by_key(|day| day.0).map(|day| day.1)})
        }
        "latest_date" => {
            json!({"type": "date", "date": days.iter().max_by_key(|day| day.0).map(|day| day.1)})
        }
        "show_original" => {
            let shown = values.iter().map(|(kind, value)| json!({"type": kind, *kind: value}));
            json!({"type": "array", "array": shown.collect::<Vec<_>>()})
        }
        _ => json!({"type": "unsupported", "unsupported": {}}),
    };
    result["function"] = function.into();
    result
}

fn aggregate(function: &str, mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let (first, last) = (numbers.first().copied(), numbers.last().copied());
    let sum: f64 = numbers.iter().sum();
    match function {
        "sum" => Some(sum),
        "average" => first.map(|_| sum / numbers.len() as f64),
        "median" => {
            let middle = numbers.len() / 2;
            let upper = *numbers.get(middle)?;
            Some(if numbers.len() % 2 == 1 { upper } else { f64::midpoint(numbers[middle - 1], upper) })
        }
        "min" => first,
        "max" => last,
        _ => Some(last? - first?),
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value["number"].as_f64())
}

fn day(value: &Value) -> Option<(DateTime<Utc>, &Value)> {
    Some((When::read(value["start"].as_str()?, None)?.start(), value))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => {
            list.is_empty() || (list[0].get("plain_text").is_some() && rich_text::plain(value).is_empty())
        }
        _ => false,
    }
}
