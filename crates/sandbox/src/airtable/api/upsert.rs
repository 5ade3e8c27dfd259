//! Create-or-update by one to three fields.
//!
//! Source: airtable.com/developers/web/api/update-multiple-records.

use serde_json::{Map, Value, json};

use super::write::{Step, changed};
use crate::airtable::accept::Draft;
use crate::airtable::state::TableState;
use crate::airtable::{Id, Refusal};

/// The names under `fieldsToMergeOn`.
pub(super) fn merge_fields(options: &Value) -> Result<Vec<String>, Refusal> {
    let fields: Option<Vec<String>> = options["fieldsToMergeOn"]
        .as_array()
        .and_then(|names| names.iter().map(|name| name.as_str().map(str::to_owned)).collect());
    fields.filter(|fields| (1..=3).contains(&fields.len())).ok_or_else(Refusal::invalid_request)
}

/// Their columns; computed and other unfit types are refused.
pub(super) fn keys(table: &TableState, fields: &[String]) -> Result<Vec<usize>, Refusal> {
    let key = |field: &String| {
        let slot = table.slot(field).ok_or_else(|| Refusal::unknown_field(field))?;
        let fits = table.column(slot).is_some_and(|column| column.kind.can_merge_on());
        if fits { Ok(slot) } else { Err(Refusal::invalid_request()) }
    };
    fields.iter().map(key).collect()
}

/// What a record without id becomes: a new record, or a change to the one it matches.
pub(super) fn step(
    draft: &mut Draft<'_>,
    keys: &[usize],
    fields: &Map<String, Value>,
    replace: bool,
) -> Result<Step, Refusal> {
    let cells = draft.fields(fields, |_| Value::Null)?;
    let wanted: Option<Vec<(usize, &Value)>> = keys
        .iter()
        .map(|key| cells.iter().find(|(slot, _)| slot == key).map(|(slot, value)| (*slot, value)))
        .collect();
    let wanted = wanted.ok_or_else(Refusal::invalid_request)?;
    let mut matches = draft
        .table
        .from(0)
        .map(|(_, record)| record)
        .filter(|record| wanted.iter().all(|(slot, value)| record.cell(*slot) == *value));
    match (matches.next(), matches.next()) {
        (None, _) => Ok(Step { id: Id::random(*b"rec", draft.rng), is_new: true, cells }),
        (Some(one), None) => {
            let id = one.id;
            changed(draft, id, fields, replace)
        }
        (Some(_), Some(_)) => Err(Refusal::ambiguous_upsert()),
    }
}

/// The extra keys of an upsert's answer.
pub(super) fn lists(steps: &[Step]) -> String {
    let ids = |new: bool| {
        json!(steps.iter().filter(|step| step.is_new == new).map(|step| step.id).collect::<Vec<_>>())
    };
    format!(",\"createdRecords\":{},\"updatedRecords\":{}", ids(true), ids(false))
}
