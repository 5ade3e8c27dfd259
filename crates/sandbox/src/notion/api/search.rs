//! Search by title over all that is shared.

use serde_json::{Value, json};

use super::Request;
use super::database::title;
use super::list::{self, Paging};
use crate::notion::render::{Page, page};
use crate::notion::state::World;
use crate::notion::{Refusal, config};

pub(super) fn search(world: &mut World, request: &Request<'_>) -> Result<Value, Refusal> {
    Request::needs(request.grant.read)?;
    let body = request.json()?;
    let paging = Paging::from_body(&body)?;
    let kind = wanted(body.get("filter"))?;
    let words = body.get("query").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let fits = |title: &str| title.to_lowercase().contains(&words);
    let mut found = Vec::new();
    for source in world.sources.iter().filter(|source| world.sees(request.grant, source.database)) {
        if kind != Some("page") && fits(&source.name) {
            found.push((source.edited.at, config::data_source(world, source, request.version)));
        }
        if kind != Some("data_source") {
            let (version, now, with_email) = (request.version, request.job.now, request.with_email());
            let how = Page { world, source, version, now, with_email, only: &[] };
            let pages = source.pages().filter(|page| !page.in_trash && fits(&title(page)));
            found.extend(pages.map(|row| (row.edited.at, page(&how, row))));
        }
    }
    let ascending = body.get("sort").is_some_and(|sort| sort["direction"] == "ascending");
    found.sort_by_key(|(edited, _)| *edited);
    if !ascending {
        found.reverse();
    }
    let found = found.into_iter().map(|(_, object)| object).collect();
    let question = format!("search/{}", json!([kind, words, ascending]));
    list::page(world, request, &paging, "page_or_data_source", &question, found)
}

/// The kind of object that a filter asks for.
fn wanted(filter: Option<&Value>) -> Result<Option<&'static str>, Refusal> {
    let Some(filter) = filter.filter(|filter| !filter.is_null()) else {
        return Ok(None);
    };
    match filter["value"].as_str() {
        Some("page") => Ok(Some("page")),
        Some("data_source") => Ok(Some("data_source")),
        _ => {
            let should = "be `\"page\"` or `\"data_source\"`";
            Err(Refusal::body("body.filter.value", should, filter.get("value")))
        }
    }
}
