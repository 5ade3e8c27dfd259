//! `batchUpdate`: requests in order, all of them or none.

use serde_json::{Value, json};

use super::changes;
use super::refusal::Refusal;
use super::request::{self, BatchUpdate};
use super::spreadsheet;
use super::world::{Spreadsheet, World};
use crate::service::Job;

pub(super) fn update(found: &mut Spreadsheet, id: &str, job: &Job<'_, World>) -> Result<Value, Refusal> {
    let body: BatchUpdate = request::body(job.asked)?;
    if body.requests.is_empty() {
        return Err(Refusal::invalid("Must specify at least one request."));
    }
    let mut replies = Vec::with_capacity(body.requests.len());
    for (place, request) in body.requests.iter().enumerate() {
        let members =
            request.as_object().map(|members| members.iter().collect::<Vec<_>>()).unwrap_or_default();
        let [(kind, details)] = members[..] else {
            return Err(Refusal::invalid(format!("Invalid requests[{place}]: No request set.")));
        };
        replies.push(changes::apply(found, place, kind, details)?);
    }
    let mut answer = json!({"spreadsheetId": id, "replies": replies});
    if body.include_spreadsheet_in_response {
        answer["updatedSpreadsheet"] = spreadsheet::described(found, id, &[], false);
    }
    Ok(answer)
}
