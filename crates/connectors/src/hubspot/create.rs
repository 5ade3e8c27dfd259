//! Records to create, and how they are recognised among those the account got since.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use model::Text;
use serde_json::Value as Json;

use super::api::{Api, SEARCH_PAGE, Search};
use super::holds::holds;
use super::refusal::{self, SERVICE};
use super::schema::Object;
use super::wire::RawRecord;
use super::write::{Became, Ready, input};
use super::{streams, texts};
use crate::common::lookout::Creating;
use crate::http::{Channel, Failure};

/// How long a search is given to see what was created; HubSpot says “a few moments”.
const INDEX_LAG: Duration = Duration::from_secs(10);

/// At most a hundred records of one type.
pub(super) struct Created<'a> {
    api: &'a Arc<Api>,
    object: &'a Object,
    records: &'a [Ready],
    refused: Mutex<BTreeMap<usize, Text>>,
}

impl<'a> Created<'a> {
    pub(super) fn new(api: &'a Arc<Api>, object: &'a Object, records: &'a [Ready]) -> Created<'a> {
        Created { api, object, records, refused: Mutex::default() }
    }

    /// Why records were refused while others were created, by place.
    pub(super) fn refused(self) -> BTreeMap<usize, Text> {
        self.refused.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The places of the records with exactly this content. A record without content resembles none.
    fn fitting(&self, raw: &RawRecord) -> Vec<usize> {
        let fits = |record: &Ready| {
            !record.properties.is_empty()
                && record
                    .properties
                    .iter()
                    .all(|(name, sent)| holds(self.object.column(name), sent, raw.properties.get(name)))
        };
        let places = self.records.iter().enumerate().filter(|(_, record)| fits(record));
        places.map(|(place, _)| place).collect()
    }
}

impl Creating for Created<'_> {
    const SERVICE: &'static str = SERVICE;

    fn channel(&self) -> &Channel {
        self.api.channel()
    }

    async fn create(&self, places: &[usize]) -> Result<Vec<Option<String>>, Failure> {
        let records = places.iter().filter_map(|place| Some((*place, self.records.get(*place)?)));
        let inputs: Vec<Json> = records.map(|(place, record)| input(place, record)).collect();
        let mut written = Became::read(self.api.create(&self.object.id, &inputs).await?);
        let mut ids = Vec::with_capacity(places.len());
        for place in places {
            let id = written.by_mark.remove(place);
            match written.fault(*place, None) {
                Some(fault) if id.is_none() => {
                    let reason = refusal::of_record(self.object, fault, self.channel());
                    self.refused.lock().unwrap_or_else(PoisonError::into_inner).insert(*place, reason);
                }
                None if id.is_none() => return Err(texts::unclear().into()),
                _ => {}
            }
            ids.push(id);
        }
        Ok(ids)
    }

    async fn created_within(&self, time: Duration) -> Result<Vec<(String, Vec<usize>)>, Failure> {
        // By the service's own clock, as it was before the wait: this machine's may be wrong.
        let since = self.channel().service_now() - TimeDelta::from_std(time).unwrap_or_default();
        self.channel().settle(INDEX_LAG).await;
        let names: BTreeSet<&String> =
            self.records.iter().flat_map(|record| record.properties.keys()).collect();
        let properties: Vec<String> = names.into_iter().cloned().collect();
        let filters = [(streams::created(&self.object.id), "GTE", since.timestamp_millis().to_string())];
        let mut created = Vec::new();
        let mut after_id = "0".to_owned();
        loop {
            let search = Search { filters: &filters, properties: &properties, after_id: &after_id };
            let keep = |raw: RawRecord| (raw.id.as_ref().to_owned(), self.fitting(&raw));
            let page = self.api.search(&self.object.id, &search, keep).await?;
            let is_last = page.len() < SEARCH_PAGE;
            if let Some((last, _)) = page.last() {
                after_id.clone_from(last);
            }
            created.extend(page.into_iter().filter(|(_, places)| !places.is_empty()));
            if is_last {
                return Ok(created);
            }
        }
    }
}
