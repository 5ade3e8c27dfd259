//! A dataset of the service's own: numbered pages of the fields one asks for.
//!
//! The newest address is asked in the words of the one before, as its description suggests; nobody has confirmed it.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Record, StreamField};

use super::answers::DatasetPage;
use super::api::Api;
use super::columns::{self, Columns};
use super::refusal::SERVICE;
use crate::common::complete::{Place, Previous};
use crate::common::listing::{Listed, Pages};
use crate::common::readable::readable;
use crate::common::seen::Seen;
use crate::error::Error;
use crate::http::Failure;

/// The fields that tell people apart, the surest first. Which a dataset has is not documented.
const IDS: [&str; 4] = ["employeeId", "id", "eeid", "employeeNumber"];

/// The pages of a dataset.
pub(super) struct DatasetPages {
    api: Arc<Api>,
    name: String,
    columns: Columns,
    /// What is asked for.
    keys: Vec<String>,
    /// The one among them that tells rows apart; their place does where there is none.
    id: Option<&'static str>,
    previous: Previous,
}

impl DatasetPages {
    /// The rows of the dataset with that name: these fields of it, and the one that tells them apart among `all`.
    pub(super) fn new(
        api: &Arc<Api>,
        name: &str,
        fields: &[StreamField],
        all: &[StreamField],
    ) -> DatasetPages {
        let id = IDS.into_iter().find(|id| all.iter().any(|field| field.id == *id));
        let mut keys: Vec<String> = fields.iter().map(|field| field.id.clone()).collect();
        if let Some(id) = id.filter(|id| !keys.iter().any(|key| key == id)) {
            keys.push(id.to_owned());
        }
        DatasetPages {
            api: Arc::clone(api),
            name: name.to_owned(),
            columns: Columns::of(fields),
            keys,
            id,
            previous: Previous::default(),
        }
    }
}

impl Pages for DatasetPages {
    type Record = Record;
    const SERVICE: &'static str = SERVICE;

    /// The token is the page's number, and how many rows were before it.
    async fn page(&mut self, token: Option<&str>) -> Result<Listed<Record>, Failure> {
        let (page, before) = token.and_then(place).unwrap_or((1, 0));
        let keep = |answer: DatasetPage<'_>| {
            let has_next = answer.pagination.has_next();
            let rows = answer.data.len() as u64;
            Place { rows, before, has_next, total: answer.pagination.total_records }.check(SERVICE)?;
            let record = |(place, row): (usize, _)| {
                let id = self.id.and_then(|id| crate::common::cell::Cells::get(row, id)).and_then(readable);
                self.columns.record(id.unwrap_or_else(|| format!("n{}", before + place as u64 + 1)), row)
            };
            let records: Vec<Record> = answer.data.iter().enumerate().map(record).collect();
            let begins = match self.id {
                Some(_) => records.first().map(|record| record.id.clone()),
                // Rows that nothing tells apart are the same only all together.
                None => Some(all_of(&answer)),
            };
            let next = has_next.then(|| format!("{}:{}", page + 1, before + rows));
            Ok::<_, Error>((Listed { records, next, restarted: false }, begins))
        };
        let (listed, begins) = self.api.dataset(&self.name, &self.keys, page, keep).await??;
        self.previous.follow(SERVICE, begins)?;
        Ok(listed)
    }

    /// A number does not expire.
    fn has_expired(_: &Failure) -> bool {
        false
    }
}

/// What the rows of a page are recognised by.
fn all_of(page: &DatasetPage<'_>) -> String {
    let mut seen = Seen::default();
    page.data.iter().for_each(|row| seen.add(format!("{row:?}").as_bytes()));
    seen.mark().write()
}

fn place(token: &str) -> Option<(u64, u64)> {
    let (page, before) = token.split_once(':')?;
    Some((page.parse().ok()?, before.parse().ok()?))
}

/// The fields of a dataset, all pages of them. Their types are those of the fields of the same name.
pub(super) async fn fields(
    api: &Api,
    name: &str,
    types: &BTreeMap<String, String>,
) -> Result<Vec<StreamField>, Failure> {
    let mut fields = Vec::new();
    let mut previous = Previous::default();
    for page in 1.. {
        let answer = api.dataset_fields(name, page).await?;
        let (rows, before) = (answer.fields.len() as u64, fields.len() as u64);
        let has_next = answer.pagination.has_next();
        Place { rows, before, has_next, total: answer.pagination.total_records }.check(SERVICE)?;
        previous.follow(SERVICE, answer.fields.first().map(|field| field.name.clone()))?;
        fields.extend(answer.fields.into_iter().map(|field| {
            let native = types.get(&field.name).map(String::as_str);
            columns::field(field.name, field.label, native)
        }));
        if !has_next {
            break;
        }
    }
    Ok(columns::distinct(fields))
}
