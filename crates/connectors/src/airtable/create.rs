//! Records to create in a table, and how they are recognised among those it got since.

use std::sync::Arc;
use std::time::Duration;

use model::record::FieldKey;
use serde_json::Value as Json;

use super::api::Api;
use super::cell::RawRecord;
use super::encode;
use super::listing::TablePages;
use super::query::Query;
use super::refusal::SERVICE;
use super::schema::Table;
use super::write::Ready;
use crate::common::listing::Listing;
use crate::common::lookout::Creating;
use crate::http::{Channel, Failure};

/// At most ten records of one table.
pub(super) struct Created<'a> {
    pub(super) api: &'a Arc<Api>,
    pub(super) table: &'a Table,
    pub(super) records: &'a [Ready],
}

impl Creating for Created<'_> {
    const SERVICE: &'static str = SERVICE;

    fn channel(&self) -> &Channel {
        self.api.channel()
    }

    async fn create(&self, places: &[usize]) -> Result<Vec<Option<String>>, Failure> {
        let fields: Vec<&Json> =
            places.iter().filter_map(|place| self.records.get(*place)).map(|record| &record.fields).collect();
        Ok(self.api.create(&self.table.id, &fields).await?.into_iter().map(Some).collect())
    }

    async fn created_within(&self, time: Duration) -> Result<Vec<(String, Vec<usize>)>, Failure> {
        let seconds = time.as_secs();
        let query = Query {
            fields: written_fields(self.records),
            // By the service's own clock: this machine's may be wrong.
            formula: Some(format!("IS_AFTER(CREATED_TIME(),DATEADD(NOW(),-{seconds},'seconds'))")),
        };
        let pages = TablePages::new(self.api, &self.table.id, query, |raw| {
            (raw.id.as_ref().to_owned(), fitting(self.table, self.records, &raw))
        });
        let mut listing = Listing::new(pages, None);
        let mut created = Vec::new();
        while let Some(listed) = listing.next().await? {
            created.extend(listed.records.into_iter().filter(|(_, places)| !places.is_empty()));
        }
        Ok(created)
    }
}

/// The places of the records with exactly this content. A record without content resembles none.
fn fitting(table: &Table, records: &[Ready], raw: &RawRecord) -> Vec<usize> {
    let fits = |record: &Ready| {
        let sent = record.fields.as_object().filter(|sent| !sent.is_empty());
        sent.is_some_and(|sent| {
            sent.iter().all(|(key, sent)| {
                table.column(key).is_some_and(|column| {
                    let read = raw.fields.get(key).or_else(|| raw.fields.get(&column.name));
                    encode::holds(column, sent, read)
                })
            })
        })
    };
    records.iter().enumerate().filter(|(_, record)| fits(record)).map(|(place, _)| place).collect()
}

fn written_fields(records: &[Ready]) -> Vec<FieldKey> {
    let mut fields: Vec<FieldKey> = records
        .iter()
        .filter_map(|record| record.fields.as_object())
        .flat_map(|cells| cells.keys())
        .map(|key| FieldKey::from(key.as_str()))
        .collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}
