//! What records are associated with, where the answer that holds them does not tell.

use std::collections::HashMap;

use super::api::Api;
use super::read::{Columns, Row};
use crate::http::Failure;

/// Asks what these records are associated with, as far as it is read.
pub(super) async fn associate(
    api: &Api,
    object: &str,
    columns: &Columns,
    rows: &mut [Row],
) -> Result<(), Failure> {
    let ids: Vec<String> = rows.iter().map(|row| row.record.id.clone()).collect();
    for to in columns.links().iter().filter(|_| !ids.is_empty()) {
        let ends = api.associations(object, to, &ids).await?;
        let mut ends: HashMap<String, Option<Vec<String>>> = ends
            .into_iter()
            .map(|ends| {
                let ids = ends.to.iter().map(|end| end.to_object_id.to_string()).collect();
                (ends.from.id, ends.paging.is_none().then_some(ids))
            })
            .collect();
        for row in rows.iter_mut() {
            if let Some(ends) = ends.remove(&row.record.id) {
                row.links.insert((*to).to_owned(), ends);
            }
        }
    }
    Ok(())
}
