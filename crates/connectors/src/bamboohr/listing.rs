//! The list of employees: pages that lead to each other by cursors.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Record, StreamField};

use super::answers::ListPage;
use super::api::Api;
use super::columns::{self, Columns};
use super::refusal::{BAD_REQUEST, SERVICE};
use crate::common::complete::{Place, Previous};
use crate::common::listing::{Listed, Pages};
use crate::common::readable::readable;
use crate::common::texts::listing_lost;
use crate::error::Error;
use crate::http::Failure;

/// The column of the ids.
const ID: &str = "employeeId";

/// The pages of the list.
pub(super) struct ListPages {
    api: Arc<Api>,
    columns: Columns,
    /// A page came.
    has_begun: bool,
    previous: Previous,
}

impl ListPages {
    pub(super) fn new(api: &Arc<Api>, columns: Columns) -> ListPages {
        ListPages { api: Arc::clone(api), columns, has_begun: false, previous: Previous::default() }
    }
}

impl Pages for ListPages {
    type Record = Record;
    const SERVICE: &'static str = SERVICE;

    /// The token is how many rows were before the page, and its cursor.
    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Record>, Failure> {
        let (before, cursor) = match token {
            Some(token) => place(token).ok_or_else(|| Failure {
                code: BAD_REQUEST.to_owned(),
                ..Failure::from(listing_lost(SERVICE))
            })?,
            None => {
                self.previous = Previous::default();
                (0, None)
            }
        };
        let keep = |page: ListPage<'_>| {
            let next = page.meta.page.next_cursor.filter(|cursor| !cursor.is_empty());
            let rows = page.data.len() as u64;
            Place { rows, before, has_next: next.is_some(), total: page.meta.total }.check(SERVICE)?;
            let record = |(id, row): (String, _)| self.columns.record(id, row);
            let with_id = page.data.iter().filter_map(|row| Some((row.get(ID).and_then(readable)?, row)));
            let records = with_id.map(record).collect();
            let next = next.map(|cursor| format!("{}:{cursor}", before + rows));
            Ok::<_, Error>(Listed { records, next, restarted: false })
        };
        match self.api.list(cursor, keep).await {
            Ok(page) => {
                self.has_begun = true;
                let page: Listed<Record> = page?;
                self.previous.follow(SERVICE, page.records.first().map(|record| record.id.clone()))?;
                Ok(page)
            }
            // Nothing was sent that could have expired, nor was anything ever accepted.
            Err(failure) if token.is_none() && !self.has_begun => {
                Err(Failure { code: String::new(), ..failure })
            }
            Err(failure) => Err(failure),
        }
    }

    fn has_expired(failure: &Failure) -> bool {
        failure.code == BAD_REQUEST
    }
}

fn place(token: &str) -> Option<(u64, Option<&str>)> {
    let (before, cursor) = token.split_once(':')?;
    Some((before.parse().ok()?, Some(cursor)))
}

/// The columns that a page shows. Their types are those of the fields of the same name.
pub(super) fn fields(page: &ListPage<'_>, types: &BTreeMap<String, String>) -> Vec<StreamField> {
    let mut fields: Vec<StreamField> = Vec::new();
    for (name, _) in page.data.iter().flat_map(|row| &row.0) {
        // What begins so is the service's remark on the row.
        if !name.starts_with('_') && !fields.iter().any(|field| field.id == **name) {
            fields.push(columns::field(name.to_string(), None, types.get(&**name).map(String::as_str)));
        }
    }
    fields
}
