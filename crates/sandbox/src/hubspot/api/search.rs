//! The search: filtered and sorted, by places, and never beyond the ten thousandth.

use std::cmp::Ordering;

use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::filter::{self, Group};
use super::{Handled, body};
use crate::faults::Answer;
use crate::faults::play::Paging;
use crate::hubspot::refusal::Refusal;
use crate::hubspot::render::Told;
use crate::hubspot::state::{Row, World};
use crate::service::Job;

/// Records of a page at most.
const MOST: usize = 200;
/// Records a search shows at most.
const WINDOW: usize = 10_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    #[serde(default)]
    filter_groups: Vec<Group>,
    #[serde(default)]
    sorts: Vec<Sort>,
    #[serde(default)]
    properties: Vec<String>,
    limit: Option<usize>,
    after: Option<Value>,
}

/// The specification says a text, the guide an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Sort {
    Name(String),
    #[serde(rename_all = "camelCase")]
    Full {
        property_name: String,
        #[serde(default)]
        direction: Option<String>,
    },
}

pub(super) fn search(world: &World, object: &str, job: &Job<'_, World>) -> Handled {
    let object = world.object(object)?;
    let asked: Asked = body(job)?;
    filter::check(&asked.filter_groups, object)?;
    let limit = asked.limit.unwrap_or(10);
    let start = match asked.after {
        None => Some(0),
        Some(Value::String(text)) if text.is_empty() => Some(0),
        Some(Value::String(text)) => text.parse().ok(),
        Some(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
    };
    let start: usize = start.ok_or_else(|| Refusal::invalid("'after' must be a number"))?;
    if !(1..=MOST).contains(&limit) || start + limit > WINDOW || asked.sorts.len() > 1 {
        // The words are unverified.
        return Err(Refusal::invalid("There was a problem with the request."));
    }
    let lag = TimeDelta::from_std(world.limiter.limits.search_lag).unwrap_or_default();
    let seen = |row: &&Row| row.archived.is_none() && (lag.is_zero() || row.updated + lag <= job.now);
    let mut found: Vec<&Row> = object
        .rows
        .values()
        .filter(seen)
        .filter(|row| filter::holds(&asked.filter_groups, object, row))
        .collect();
    if let Some(sort) = asked.sorts.first() {
        let (name, descends) = match sort {
            Sort::Name(name) => (name, false),
            Sort::Full { property_name, direction } => {
                (property_name, direction.as_deref() == Some("DESCENDING"))
            }
        };
        let kind = object.property(name).map(|property| &property.kind);
        found.sort_by(|one, other| {
            let order = match (object.value(one, name), object.value(other, name)) {
                (Some(one), Some(other)) => filter::compare(kind, &one, &other).unwrap_or(Ordering::Equal),
                (one, other) => one.is_some().cmp(&other.is_some()),
            };
            if descends { order.reverse() } else { order }
        });
    }
    if job.paging == Paging::EmptyListing {
        found.clear();
    }
    let names: Vec<&str> = asked.properties.iter().map(String::as_str).collect();
    let told = Told::new(object, &names);
    let results: Vec<Value> = found.iter().skip(start).take(limit).map(|row| told.record(row)).collect();
    let mut answer = json!({"total": found.len(), "results": results});
    if start + limit < found.len() {
        answer["paging"] = json!({"next": {"after": (start + limit).to_string()}});
    }
    Ok(Answer::json(200, &answer))
}
