//! The calls, one after the other.

use serde_json::{Value, json};

use super::call::{Call, What};
use super::fields::Mask;
use super::refusal::Refusal;
use super::request::{self, Params};
use super::spreadsheet;
use super::world::{Role, Spreadsheet, World};
use super::{append, batch, values, write};
use crate::service::Job;

impl World {
    /// The body of the answer to a call.
    pub(super) fn answer(&mut self, job: &Job<'_, Self>) -> Result<Value, Refusal> {
        let Call::Spreadsheet(id, what) = job.call else { return self.new_spreadsheet(job) };
        let mask = Mask::parse(Params::read(job.asked, known(what))?.get("fields"))?;
        let user = job.caller.0.as_ref().map(|token| token.user.as_str()).unwrap_or_default();
        let found = self.spreadsheets.get_mut(id).ok_or_else(Refusal::not_found)?;
        match found.shared.get(user) {
            None => return Err(Refusal::not_shared()),
            Some(Role::Reader) if job.call.writes() => return Err(Refusal::not_shared()),
            Some(_) => {}
        }
        let answer = match what {
            What::Get => spreadsheet::get(found, id, job, &mask)?,
            What::GetByDataFilter => spreadsheet::get_by_data_filter(found, id, job, &mask)?,
            What::Values(range) => values::get(found, range, job)?,
            What::ValuesBatchGet => values::batch_get(found, id, job)?,
            What::ValuesBatchGetByDataFilter => values::batch_get_by_data_filter(found, id, job)?,
            What::Update(range) => whole_or_nothing(found, |it| write::update(it, id, range, job))?,
            What::ValuesBatchUpdate => whole_or_nothing(found, |it| write::batch_update(it, id, job))?,
            What::Clear(range) => whole_or_nothing(found, |it| write::clear(it, id, range))?,
            What::ValuesBatchClear => whole_or_nothing(found, |it| write::batch_clear(it, id, job))?,
            What::Append(range) => whole_or_nothing(found, |it| append::append(it, id, range, job))?,
            What::BatchUpdate => whole_or_nothing(found, |it| batch::update(it, id, job))?,
        };
        Ok(mask.applied(answer))
    }

    fn new_spreadsheet(&mut self, job: &Job<'_, Self>) -> Result<Value, Refusal> {
        let body: Value = request::body(job.asked)?;
        let id = format!("1sim{:040}", self.spreadsheets.len());
        let title = body["properties"]["title"].as_str().unwrap_or("Untitled spreadsheet");
        let mut made = Spreadsheet::new(title, "en_US", "Etc/GMT");
        let tabs: Vec<&str> = body["sheets"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|s| s["properties"]["title"].as_str())
            .collect();
        let tabs = if tabs.is_empty() { vec!["Sheet1"] } else { tabs };
        for (place, title) in tabs.into_iter().enumerate() {
            made.sheets.push(super::grid::Sheet::new(i64::try_from(place).unwrap_or_default(), title));
        }
        if let Some(token) = &job.caller.0 {
            made.shared.insert(token.user.clone(), Role::Writer);
        }
        let answer = spreadsheet::described(&made, &id, &[], false);
        self.spreadsheets.insert(id, made);
        Ok(answer)
    }
}

/// Changes a spreadsheet, or leaves all of it as it was.
fn whole_or_nothing(
    found: &mut Spreadsheet,
    change: impl FnOnce(&mut Spreadsheet) -> Result<Value, Refusal>,
) -> Result<Value, Refusal> {
    let before = found.sheets.clone();
    let answer = change(found);
    if answer.is_err() {
        found.sheets = before;
    }
    answer
}

/// The parameters of a call.
fn known(what: &What) -> &'static [&'static str] {
    match what {
        What::Get => &["ranges", "includeGridData", "excludeTablesInBandedRanges"],
        What::Values(_) => &["majorDimension", "valueRenderOption", "dateTimeRenderOption"],
        What::ValuesBatchGet => &["ranges", "majorDimension", "valueRenderOption", "dateTimeRenderOption"],
        What::Update(_) => &[
            "valueInputOption",
            "includeValuesInResponse",
            "responseValueRenderOption",
            "responseDateTimeRenderOption",
        ],
        What::Append(_) => &[
            "valueInputOption",
            "insertDataOption",
            "includeValuesInResponse",
            "responseValueRenderOption",
            "responseDateTimeRenderOption",
        ],
        _ => &[],
    }
}

/// What answers to changes begin with.
pub(super) fn begun(id: &str) -> Value {
    json!({"spreadsheetId": id})
}
