//! What is answered at the older addresses.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::call::Call;
use super::dialect::refused;
use super::employee::Employee;
use super::field::DIRECTORY;
use super::world::World;
use crate::faults::Answer;
use crate::faults::play::Paging;

/// The most employees a page has.
const LARGEST_PAGE: usize = 100;
/// What a page has unless more is asked for.
const USUAL_PAGE: usize = 50;

impl World {
    pub(super) fn company(&self) -> Answer {
        Answer::json(
            200,
            &json!({"displayName": "La Cave d'Émile", "legalName": "La Cave d'Émile SARL", "phone": null}),
        )
    }

    pub(super) fn owner(&self, call: &Call) -> Answer {
        let Some(keys) = call.param("fields") else { return refused(400, "fields is required") };
        let owner = Employee::new(1);
        Answer::json(200, &Value::Object(owner.row(keys.split(',').filter(|key| self.field(key).is_some()))))
    }

    pub(super) fn meta_fields(&self) -> Answer {
        Answer::json(200, &self.fields.iter().map(super::field::Field::meta).collect())
    }

    /// Only people who work there, unless the others are asked for.
    pub(super) fn directory(&self, call: &Call, paging: Paging) -> Answer {
        if !self.shares_directory {
            return refused(403, "The company directory is not shared");
        }
        let only_current = call.param("onlyCurrent") != Some("false");
        let people: Vec<_> =
            self.employees.iter().filter(|person| !only_current || person.is_active()).collect();
        if people.is_empty() || paging == Paging::EmptyListing {
            return refused(404, "The directory is empty");
        }
        let rows = people.into_iter().map(|person| {
            let mut row = person.row(DIRECTORY);
            row.insert("photoUploaded".to_owned(), json!(false));
            row
        });
        let heads = DIRECTORY.iter().filter_map(|key| self.field(key)).map(super::field::Field::head);
        Answer::json(
            200,
            &json!({"fields": heads.collect::<Vec<_>>(), "employees": rows.collect::<Vec<_>>()}),
        )
    }

    /// Everybody, the people who left included: filters are the report's own affair.
    pub(super) fn report(&self, id: &str, call: &Call, paging: Paging) -> Answer {
        match call.param("format") {
            Some("JSON") => {}
            None => return refused(400, "format is required"),
            Some(_) => return refused(406, "Unknown format"),
        }
        let Some(report) = self.reports.get(id) else { return refused(404, "Report not found") };
        let keys = || report.keys.iter().filter_map(|key| self.field(key));
        let times = if paging == Paging::EmptyListing { 0 } else { report.times };
        let rows = self.employees.iter().flat_map(|person| std::iter::repeat_n(person, times));
        let rows: Vec<_> = rows.map(|person| person.row(keys().map(|field| field.key.as_str()))).collect();
        let heads: Vec<_> = keys().map(super::field::Field::head).collect();
        Answer::json(200, &json!({"title": report.title, "fields": heads, "employees": rows}))
    }

    /// A page of contact data. Its cursor is the last id of the page, and looks like nothing.
    pub(super) fn list(&self, call: &Call, paging: Paging) -> Answer {
        let size = call.number("page[limit]", USUAL_PAGE).filter(|size| (1..=LARGEST_PAGE).contains(size));
        let Some(size) = size else { return refused(400, "page[limit] must be between 1 and 100") };
        let after = match call.param("page[after]").map(place) {
            Some(None) => return refused(400, "Invalid cursor"),
            Some(Some(id)) => id,
            None => 0,
        };
        let start = self.employees.partition_point(|person| person.id <= after);
        let start = if paging == Paging::SamePageAgain { start.saturating_sub(size) } else { start };
        let end = (start + size).min(self.employees.len());
        let page = match paging {
            Paging::EmptyPage | Paging::EmptyListing => &[],
            _ => &self.employees[start..end],
        };
        let last = page.last().map_or(after, |person| person.id);
        let is_more =
            paging != Paging::EmptyListing && (end < self.employees.len() || page.is_empty() && start < end);
        let next = is_more.then(|| cursor(last));
        let data: Vec<Value> = page.iter().map(contact).collect();
        let page = json!({"nextCursor": next, "prevCursor": null});
        Answer::json(
            200,
            &json!({"data": data, "meta": {"total": self.employees.len(), "page": page}, "_links": {}}),
        )
    }
}

fn contact(person: &Employee) -> Value {
    let held = |key: &str| person.values.get(key);
    json!({
        "employeeId": person.id.to_string(), "firstName": held("firstName"), "lastName": held("lastName"),
        "preferredName": null, "photoUrl": null, "jobTitleName": held("jobTitle"), "status": held("status"),
        "_restrictedFields": [],
    })
}

fn cursor(last: u64) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("employee:{last}"))
}

fn place(cursor: &str) -> Option<u64> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.strip_prefix("employee:")?.parse().ok()
}
