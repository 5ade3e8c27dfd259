//! Lists records page by page.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::field::{Field, FieldType};
use super::refusal::Refusal;
use super::render::shown;
use super::soql::{self, Condition, Items, Path, Select};
use super::state::{Object, Row, World};
use crate::faults::Answer;
use crate::faults::play::Paging;
use crate::service::Job;

/// The most records of a page, and the fewest one can ask for.
const PAGE: usize = 2_000;
const SMALLEST_PAGE: usize = 200;
/// The most records of a query for all fields.
const ALL_FIELDS: usize = 200;
/// How long a cursor is kept (unverified).
const KEPT: TimeDelta = TimeDelta::days(2);

/// Queries that are not at their end.
#[derive(Default)]
pub(super) struct Cursors {
    open: BTreeMap<String, Cursor>,
    last: u64,
}

/// What a query found, in its order. Values are looked up when a page is asked for.
#[derive(Clone)]
struct Cursor {
    object: String,
    fields: Vec<Path>,
    ids: Vec<String>,
    size: usize,
    at: DateTime<Utc>,
}

impl Cursors {
    /// Forgets all of them, as the service does when a user has too many.
    pub(super) fn forget(&mut self) {
        self.open.clear();
    }

    fn keep(&mut self, cursor: Cursor) -> String {
        self.last += 1;
        let name = format!("01gQ1000000{:07}", self.last);
        self.open.insert(name.clone(), cursor);
        name
    }
}

impl World {
    pub(super) fn query(&mut self, job: &Job<'_, Self>, with_deleted: bool) -> Result<Answer, Refusal> {
        let pairs = job.asked.pairs();
        let query = pairs.iter().find(|(name, _)| name == "q").map(|(_, query)| query.as_str());
        let query = query.unwrap_or_default();
        let select = soql::parse(query)
            .map_err(|message| Refusal::new(400, "MALFORMED_QUERY", format!("\n{query}\n{message}")))?;
        let object = self.object(&select.object).ok_or_else(|| no_type(query, &select.object))?;
        let fields = self.asked_fields(object, &select)?;
        for path in fields.iter().chain(select.order.iter().map(|(path, _)| path)) {
            self.resolve(object, path)?;
        }
        let mut rows: Vec<&Row> = Vec::new();
        for row in object.rows.values().filter(|row| with_deleted || !row.deleted) {
            let holds = match &select.filter {
                Some(filter) => self.holds(object, row, filter)?,
                None => true,
            };
            if holds && job.paging != Paging::EmptyListing {
                rows.push(row);
            }
        }
        self.sort(object, &select, &mut rows)?;
        let most = select.limit.unwrap_or(usize::MAX);
        let ids: Vec<String> = rows.iter().skip(select.offset).take(most).map(|row| row.id.clone()).collect();
        if select.items == Items::Count {
            return Ok(Answer::json(200, &json!({"totalSize": ids.len(), "done": true, "records": []})));
        }
        let (object, size) = (object.name.clone(), page_size(job));
        let cursor = Cursor { object, fields, ids, size, at: job.now };
        let name = if cursor.ids.len() > size || job.paging != Paging::Straight {
            self.cursors.keep(cursor.clone())
        } else {
            String::new()
        };
        Ok(self.page(job, &cursor, &name, 0))
    }

    pub(super) fn more(&mut self, job: &Job<'_, Self>, locator: &str) -> Result<Answer, Refusal> {
        let lost = || Refusal::new(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        let (name, place) = locator.rsplit_once('-').ok_or_else(lost)?;
        let place: usize = place.parse().map_err(|_| lost())?;
        let cursor = self.cursors.open.get(name).filter(|cursor| job.now - cursor.at < KEPT);
        let cursor = cursor.filter(|cursor| place <= cursor.ids.len()).cloned().ok_or_else(lost)?;
        Ok(self.page(job, &cursor, name, place))
    }

    fn page(&self, job: &Job<'_, Self>, cursor: &Cursor, name: &str, place: usize) -> Answer {
        let end = (place + cursor.size).min(cursor.ids.len());
        let (page, next) = match job.paging {
            Paging::EmptyPage => (place..place, Some(place)),
            Paging::SamePageAgain => (place..end, Some(place)),
            _ => (place..end, Some(end).filter(|end| *end < cursor.ids.len())),
        };
        let object = self.objects.get(&cursor.object);
        let fields = object.map(|object| shown(object, &cursor.fields)).unwrap_or_default();
        let records = cursor.ids[page].iter().filter_map(|id| {
            let (object, row) = object.and_then(|object| Some((object, object.rows.get(id)?)))?;
            Some(self.render(object, row, &fields))
        });
        let mut body = json!({
            "totalSize": cursor.ids.len(), "done": next.is_none(), "records": records.collect::<Vec<_>>(),
        });
        if let Some(next) = next {
            // The version of the request is kept.
            let version = job.asked.path().split("/query").next().unwrap_or_default();
            body["nextRecordsUrl"] = json!(format!("{version}/query/{name}-{next}"));
        }
        Answer::json(200, &body)
    }

    fn asked_fields(&self, object: &Object, select: &Select) -> Result<Vec<Path>, Refusal> {
        match &select.items {
            Items::Fields(fields) => Ok(fields.clone()),
            Items::Count => Ok(Vec::new()),
            Items::All if select.limit.is_some_and(|limit| limit <= ALL_FIELDS) => {
                Ok(object.fields.iter().map(|field| vec![field.name.clone()]).collect())
            }
            Items::All => Err(Refusal::new(
                400,
                "MALFORMED_QUERY",
                "The SOQL FIELDS function must have a LIMIT of at most 200",
            )),
        }
    }

    /// The object and the field that a path leads to.
    pub(super) fn resolve<'a>(
        &'a self,
        object: &'a Object,
        path: &[String],
    ) -> Result<(&'a Object, &'a Field), Refusal> {
        let (last, links) = path.split_last().ok_or_else(Refusal::not_found)?;
        let mut object = object;
        for link in links {
            let to = object.relationship(link).and_then(|field| match &field.kind {
                // Through a link that leads to several objects, what all of them have is seen: users will do.
                FieldType::Reference(objects, _) => objects.last().and_then(|name| self.object(name)),
                _ => None,
            });
            object = to.ok_or_else(|| no_relationship(link, object))?;
        }
        object.field(last).map(|field| (object, field)).ok_or_else(|| no_column(last, object))
    }

    fn holds(&self, object: &Object, row: &Row, condition: &Condition) -> Result<bool, Refusal> {
        match condition {
            Condition::All(parts) => {
                parts.iter().try_fold(true, |all, part| Ok(all && self.holds(object, row, part)?))
            }
            Condition::Any(parts) => {
                parts.iter().try_fold(false, |any, part| Ok(any || self.holds(object, row, part)?))
            }
            Condition::Not(part) => self.holds(object, row, part).map(|holds| !holds),
            Condition::Compare(path, operator, literal) => {
                let (field, held) = self.filtered(object, row, path)?;
                soql::holds(&field.kind, &held, *operator, literal).ok_or_else(|| no_criterion(field))
            }
            Condition::Among(path, is_among, literals) => {
                let (field, held) = self.filtered(object, row, path)?;
                let mut found = false;
                for literal in literals {
                    found |= soql::holds(&field.kind, &held, soql::Operator::Equal, literal)
                        .ok_or_else(|| no_criterion(field))?;
                }
                Ok(found == *is_among)
            }
        }
    }

    fn filtered<'a>(
        &'a self,
        object: &'a Object,
        row: &Row,
        path: &Path,
    ) -> Result<(&'a Field, Value), Refusal> {
        let (_, field) = self.resolve(object, path)?;
        Ok((field, self.at(object, row, path)))
    }

    fn sort(&self, object: &Object, select: &Select, rows: &mut [&Row]) -> Result<(), Refusal> {
        // The last key first: the sort keeps the order of equals.
        for (path, backwards) in select.order.iter().rev() {
            let (_, field) = self.resolve(object, path)?;
            let keys: BTreeMap<&str, Value> =
                rows.iter().map(|row| (row.id.as_str(), self.at(object, row, path))).collect();
            rows.sort_by(|one, other| {
                let order = soql::compare(&field.kind, &keys[one.id.as_str()], &keys[other.id.as_str()]);
                if *backwards { order.reverse() } else { order }
            });
        }
        Ok(())
    }
}

/// Records a page has: as many as the client asks for, within bounds.
fn page_size(job: &Job<'_, World>) -> usize {
    let asked = job.asked.header("sforce-query-options").and_then(|options| options.split_once("batchSize="));
    let asked = asked.and_then(|(_, size)| size.split([',', ';']).next()?.trim().parse().ok());
    asked.unwrap_or(PAGE).clamp(SMALLEST_PAGE, PAGE)
}

fn no_type(query: &str, object: &str) -> Refusal {
    let column = query.find(object).unwrap_or_default() + 1;
    let message = format!(
        "\n{query}\n^\nERROR at Row:1:Column:{column}\nsObject type '{object}' is not supported. If you are attempting \
         to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the \
         describe call for the appropriate names."
    );
    Refusal::new(400, "INVALID_TYPE", message)
}

fn no_column(name: &str, object: &Object) -> Refusal {
    let entity = &object.name;
    let message = format!(
        "\nERROR at Row:1:Column:8\nNo such column '{name}' on entity '{entity}'. If you are attempting to use a \
         custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the \
         describe call for the appropriate names."
    );
    Refusal::new(400, "INVALID_FIELD", message)
}

fn no_relationship(name: &str, object: &Object) -> Refusal {
    let entity = &object.name;
    let message = format!(
        "\nERROR at Row:1:Column:8\nDidn't understand relationship '{name}' in field path. If you are attempting to \
         use a custom relationship, be sure to append the '__r' after the custom relationship name. ({entity})"
    );
    Refusal::new(400, "INVALID_FIELD", message)
}

fn no_criterion(field: &Field) -> Refusal {
    let name = &field.name;
    let message = match field.kind {
        FieldType::TextArea(_) | FieldType::Base64 | FieldType::Address => {
            format!("field '{name}' can not be filtered in a query call")
        }
        FieldType::Id | FieldType::Reference(..) => {
            return Refusal::new(400, "INVALID_QUERY_FILTER_OPERATOR", format!("invalid ID field: {name}"));
        }
        _ => format!(
            "value of filter criterion for field '{name}' is of the wrong type or badly enclosed in quotes"
        ),
    };
    Refusal::new(400, "INVALID_FIELD", message)
}
