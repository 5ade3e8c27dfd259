//! Lists of records, page by page.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Entity;
use super::cursor::Cursor;
use super::refusal::Refusal;
use super::render;
use super::state::{Record, World};
use crate::faults::play::Paging;
use crate::seed;

/// The most a client may ask for at once.
const MOST: usize = 500;
/// The most ids one request may name.
const MOST_IDS: usize = 100;

/// Parameters of a list, by name.
pub(super) struct Asked {
    pub(super) pairs: Vec<(String, String)>,
    pub(super) paging: Paging,
}

/// A page and what comes besides it.
pub(super) struct Page {
    pub(super) data: Value,
    pub(super) next_cursor: Value,
}

/// How rows are sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Id,
    Added,
    Updated,
}

impl Asked {
    fn text(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Rows asked for, of which the service may give fewer.
    ///
    /// # Errors
    /// It is none or too many.
    pub(super) fn limit(&self) -> Result<usize, Refusal> {
        let limit =
            self.text("limit").map(|text| text.parse().ok().filter(|limit| (1..=MOST).contains(limit)));
        limit.unwrap_or(Some(100)).ok_or_else(|| Refusal::invalid("limit", "must be between 1 and 500"))
    }

    fn order(&self) -> Result<Order, Refusal> {
        match self.text("sort_by") {
            None | Some("id") => Ok(Order::Id),
            Some("add_time") => Ok(Order::Added),
            Some("update_time") => Ok(Order::Updated),
            Some(_) => Err(Refusal::invalid("sort_by", "must be one of id, update_time, add_time")),
        }
    }

    fn moment(&self, name: &str) -> Result<Option<DateTime<Utc>>, Refusal> {
        let read =
            self.text(name).map(|text| DateTime::parse_from_rfc3339(text).map(|moment| moment.to_utc()));
        read.transpose().map_err(|_| Refusal::invalid(name, "must be an RFC 3339 date-time"))
    }

    fn ids(&self) -> Result<Option<Vec<i64>>, Refusal> {
        let Some(text) = self.text("ids") else { return Ok(None) };
        let ids: Result<Vec<i64>, _> = text.split(',').map(str::parse).collect();
        let ids = ids.map_err(|_| Refusal::invalid("ids", "must be numbers"))?;
        if ids.len() > MOST_IDS {
            return Err(Refusal::invalid("ids", "must contain at most 100 ids"));
        }
        Ok(Some(ids))
    }

    /// The question, whatever page of it.
    fn question(&self, entity: Entity) -> u64 {
        let parts = self.pairs.iter().filter(|(name, _)| name != "cursor" && name != "limit");
        let parts: Vec<String> = parts.map(|(name, value)| format!("{name}={value}")).collect();
        seed::of(&format!("{}?{}", entity.path(), parts.join("&")))
    }
}

/// A page of an entity's records.
///
/// # Errors
/// A parameter is wrong, or the cursor is for another question.
pub(super) fn records(world: &World, entity: Entity, asked: &Asked) -> Result<Page, Refusal> {
    let (limit, order) = (asked.limit()?.min(world.limiter.limits.page), asked.order()?);
    let (since, until, ids) = (asked.moment("updated_since")?, asked.moment("updated_until")?, asked.ids()?);
    let status = asked.text("status").map(|words| words.split(',').collect::<Vec<_>>());
    let fits = |id: i64, record: &Record| {
        let says = record.values.get("status").and_then(Value::as_str);
        since.is_none_or(|since| record.updated >= since)
            && until.is_none_or(|until| record.updated < until)
            && ids.as_ref().is_none_or(|ids| ids.contains(&id))
            && status.as_ref().is_none_or(|words| says.is_some_and(|says| words.contains(&says)))
    };
    let is_descending = asked.text("sort_direction") == Some("desc");
    let key = |id: i64, record: &Record| {
        let key = match order {
            Order::Id => id,
            Order::Added => record.added.timestamp(),
            Order::Updated => record.updated.timestamp(),
        };
        if is_descending { (-key, -id) } else { (key, id) }
    };
    let found = world.set(entity).records.iter().filter(|(id, record)| fits(**id, record));
    let mut rows: Vec<((i64, i64), i64, &Record)> =
        found.map(|(id, record)| (key(*id, record), *id, record)).collect();
    rows.sort_unstable_by_key(|(key, ..)| *key);

    let (question, generation) = (asked.question(entity), world.generation);
    let before = match asked.text("cursor") {
        None => None,
        Some(text) => Some(Cursor::read(text)?),
    };
    if before.is_some_and(|cursor| cursor.question != question || cursor.generation != generation) {
        return Err(Refusal::cursor());
    }
    let after = before.map_or((i64::MIN, i64::MIN), |cursor| cursor.after);
    let start = rows.partition_point(|(key, ..)| *key <= after);
    let end = (start + limit).min(rows.len());
    let page = match asked.paging {
        Paging::EmptyPage | Paging::EmptyListing => &[],
        Paging::Straight | Paging::SamePageAgain => &rows[start..end],
    };
    let next = match asked.paging {
        Paging::EmptyListing => None,
        Paging::EmptyPage | Paging::SamePageAgain => Some(after),
        Paging::Straight => page.last().map(|(key, ..)| *key).filter(|_| end < rows.len()),
    };
    Ok(Page {
        data: page.iter().map(|(_, id, record)| render::record(world, entity, *id, record)).collect(),
        next_cursor: json!(next.map(|after| Cursor { question, generation, after }.write())),
    })
}

/// A list that is not of records, such as fields or stages, in the same pages.
///
/// # Errors
/// A parameter is wrong.
pub(super) fn others(all: Vec<Value>, asked: &Asked) -> Result<Page, Refusal> {
    let limit = asked.limit()?;
    let start = match asked.text("cursor") {
        None => 0,
        Some(text) => usize::try_from(Cursor::read(text)?.after.0).map_err(|_| Refusal::cursor())?,
    };
    let total = all.len();
    let data: Vec<Value> = all.into_iter().skip(start).take(limit).collect();
    let end = start + data.len();
    let after = i64::try_from(end).unwrap_or(i64::MAX);
    let next = (end < total).then(|| Cursor { question: 0, generation: 0, after: (after, 0) }.write());
    Ok(Page { data: Value::Array(data), next_cursor: json!(next) })
}
