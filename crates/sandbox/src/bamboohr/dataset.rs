//! What is answered at the addresses of datasets.

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::Call;
use super::dialect::problem;
use super::world::{DATASET, World};
use crate::faults::Answer;
use crate::faults::play::Paging;
use crate::service::Job;

/// The most fields or rows a page has.
const LARGEST_PAGE: usize = 1_000;
/// What a page has unless another number is asked for.
const USUAL_PAGE: usize = 500;

/// What a question asks for; filters and groups are not played.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    fields: Vec<String>,
}

/// A page that is asked for by its number.
struct Asked {
    page: usize,
    size: usize,
}

impl Asked {
    fn read(call: &Call) -> Option<Self> {
        let page = call.number("page", 1).filter(|page| *page > 0)?;
        let size = call.number("page_size", USUAL_PAGE).filter(|size| (1..=LARGEST_PAGE).contains(size))?;
        Some(Self { page, size })
    }

    fn of<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let start = ((self.page - 1) * self.size).min(all.len());
        &all[start..(start + self.size).min(all.len())]
    }

    fn told(&self, total: usize) -> Value {
        let pages = total.div_ceil(self.size).max(1);
        let page = |number: usize| (1..=pages).contains(&number).then(|| format!("?page={number}"));
        json!({
            "total_records": total, "current_page": self.page, "total_pages": pages,
            "next_page": page(self.page + 1), "prev_page": page(self.page - 1),
        })
    }
}

fn no_page() -> Answer {
    problem(400, "Bad Request", "page and page_size are out of range")
}

fn no_dataset(name: &str) -> Answer {
    problem(404, "Not Found", &format!("Dataset {name} not found"))
}

impl World {
    pub(super) fn dataset_fields(&self, name: &str, call: &Call) -> Answer {
        if name != DATASET {
            return no_dataset(name);
        }
        let Some(asked) = Asked::read(call) else { return no_page() };
        let number = json!({"name": "employeeId", "label": "Employee ID", "parentType": "section", "parentName": "Basic", "entityName": DATASET});
        let others = self.fields.iter().map(|field| {
            json!({"name": field.key, "label": field.name, "parentType": "section", "parentName": "Personal", "entityName": DATASET})
        });
        let all: Vec<Value> = std::iter::once(number).chain(others).collect();
        Answer::json(200, &json!({"fields": asked.of(&all), "pagination": asked.told(all.len())}))
    }

    pub(super) fn dataset_data(&self, name: &str, job: &Job<'_, Self>) -> Answer {
        if name != DATASET {
            return no_dataset(name);
        }
        let Some(mut asked) = Asked::read(job.call) else { return no_page() };
        let question: Option<Question> =
            job.asked.json_bytes().and_then(|body| serde_json::from_slice(body).ok());
        let Some(question) = question else { return problem(400, "Bad Request", "fields are required") };
        let known = |key: &String| key == "employeeId" || self.field(key).is_some();
        if let Some(unknown) = question.fields.iter().find(|key| !known(key)) {
            return problem(422, "Unprocessable Entity", &format!("Unknown field {unknown}"));
        }
        if job.paging == Paging::SamePageAgain {
            asked.page = asked.page.saturating_sub(1).max(1);
        }
        let all = if job.paging == Paging::EmptyListing { &[] } else { self.employees.as_slice() };
        let page = if job.paging == Paging::EmptyPage { &[] } else { asked.of(all) };
        let row = |person: &super::employee::Employee| {
            let mut row = person.row(question.fields.iter().map(String::as_str));
            if let Some(id) = row.remove("id")
                && let Some(asked) = row.get_mut("employeeId")
            {
                *asked = id;
            }
            Value::Object(row)
        };
        let data: Vec<Value> = page.iter().map(row).collect();
        Answer::json(200, &json!({"data": data, "aggregations": [], "pagination": asked.told(all.len())}))
    }
}
