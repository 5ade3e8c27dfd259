//! The plain list, which has no end but the last record.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Handled;
use crate::faults::Answer;
use crate::faults::play::Paging;
use crate::hubspot::refusal::Refusal;
use crate::hubspot::render::Told;
use crate::hubspot::state::{Row, World};
use crate::service::Job;

/// Records of a page, and at most.
const USUAL: usize = 10;
const MOST: usize = 100;

pub(super) fn list(world: &World, object: &str, job: &Job<'_, World>) -> Handled {
    let object = world.object(object)?;
    let pairs = job.asked.pairs();
    let asked: HashMap<String, String> = pairs.iter().cloned().collect();
    let words = |name: &str| words(&pairs, name);
    let limit = match asked.get("limit").map(|limit| limit.parse::<usize>()) {
        None => USUAL,
        Some(Ok(limit)) if (1..=MOST).contains(&limit) => limit,
        Some(_) => return Err(Refusal::invalid(format!("limit must be between 1 and {MOST}"))),
    };
    let after = asked.get("after").map(|token| place(token)).transpose()?.unwrap_or(0);
    let wants_archived = asked.get("archived").is_some_and(|word| word == "true");
    let links: Vec<&str> = words("associations")
        .iter()
        .map(|word| Ok(world.object(word)?.name.as_str()))
        .collect::<Result<_, _>>()?;

    let all = object.rows.range(after + 1..).map(|(_, row)| row);
    let mut rest = all.filter(|row| row.archived.is_some() == wants_archived).peekable();
    let page: Vec<&Row> = match job.paging {
        Paging::EmptyListing | Paging::EmptyPage => Vec::new(),
        _ => rest.by_ref().take(limit).collect(),
    };
    let next = match job.paging {
        Paging::EmptyListing => None,
        Paging::EmptyPage | Paging::SamePageAgain => Some(after),
        Paging::Straight => rest.peek().and(page.last()).map(|last| last.id),
    };
    let told = Told::new(object, &words("properties"));
    let results: Vec<Value> =
        page.iter().map(|row| with_links(told.record(row), row, &links, &object.name)).collect();
    let mut body = json!({"results": results});
    if let Some(next) = next {
        let token = URL_SAFE_NO_PAD.encode(next.to_string());
        let link = format!("{}{}?after={token}", job.url, job.asked.path());
        body["paging"] = json!({"next": {"after": token, "link": link}});
    }
    Ok(Answer::json(200, &body))
}

/// The words of a parameter, which come with commas between them or one each.
pub(super) fn words<'a>(pairs: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let values = pairs.iter().filter(|(key, _)| key == name).flat_map(|(_, value)| value.split(','));
    values.filter(|word| !word.is_empty()).collect()
}

/// Types without an association are left out.
fn with_links(mut record: Value, row: &Row, links: &[&str], object: &str) -> Value {
    let singular = |name: &str| {
        name.strip_suffix("ies")
            .map_or_else(|| name.trim_end_matches('s').to_owned(), |stem| format!("{stem}y"))
    };
    for to in links {
        let Some(ids) = row.links.get(*to).filter(|ids| !ids.is_empty()) else { continue };
        let kind = format!("{}_to_{}", singular(object), singular(to));
        // A company stands there twice where it is the record's first: as that, and as any other.
        let first = ids.iter().take(usize::from(*to == "companies")).map(|id| (id, kind.clone()));
        let all = ids.iter().map(|id| (id, format!("{kind}_unlabeled")));
        let results: Vec<Value> =
            first.chain(all).map(|(id, kind)| json!({"id": id.to_string(), "type": kind})).collect();
        record["associations"][*to] = json!({"results": results});
    }
    record
}

/// The record a token stands for.
fn place(token: &str) -> Result<u64, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    let place = bytes.and_then(|bytes| String::from_utf8(bytes).ok()?.parse().ok());
    place.ok_or_else(|| Refusal::invalid("The paging value 'after' is invalid."))
}
