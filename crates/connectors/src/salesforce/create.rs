//! Records to create, and how they are recognised among those the object got since.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Map, Value as Json};

use super::api::Api;
use super::holds::holds;
use super::refusal::SERVICE;
use super::saved::{RecordFault, Saved};
use super::schema::Object;
use super::{moment, texts};
use crate::common::cell::Cells;
use crate::common::lookout::Creating;
use crate::http::{Channel, Failure};

/// Fields looked at to recognise a record: an address has no room for all that a record may have.
const LOOKED_AT: usize = 100;

/// Up to 200 records of one object.
pub(super) struct NewRecords<'a> {
    pub(super) api: &'a Api,
    pub(super) object: &'a Object,
    pub(super) records: Vec<&'a Map<String, Json>>,
    /// Those that the service refused, by their places.
    refused: Mutex<HashMap<usize, RecordFault>>,
}

impl<'a> NewRecords<'a> {
    pub(super) fn new(
        api: &'a Api,
        object: &'a Object,
        records: Vec<&'a Map<String, Json>>,
    ) -> NewRecords<'a> {
        NewRecords { api, object, records, refused: Mutex::default() }
    }

    /// Why the records that got no id were refused.
    pub(super) fn refused(self) -> HashMap<usize, RecordFault> {
        self.refused.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn refuse(&self, place: usize, fault: RecordFault) {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).insert(place, fault);
    }
}

impl Creating for NewRecords<'_> {
    const SERVICE: &'static str = SERVICE;

    fn channel(&self) -> &Channel {
        self.api.channel()
    }

    async fn create(&self, places: &[usize]) -> Result<Vec<Option<String>>, Failure> {
        let records: Vec<_> = places.iter().filter_map(|place| self.records.get(*place).copied()).collect();
        let saved = self.api.create(&self.object.name, &records).await?;
        if saved.len() != places.len() {
            return Err(texts::wrong_number(true).into());
        }
        let id = |(place, saved): (&usize, Saved)| match saved.result() {
            Ok(id) => Some(id),
            Err(fault) => {
                self.refuse(*place, fault);
                None
            }
        };
        Ok(places.iter().zip(saved).map(id).collect())
    }

    async fn created_within(&self, time: Duration) -> Result<Vec<(String, Vec<usize>)>, Failure> {
        let ago = TimeDelta::from_std(time).unwrap_or_default();
        let since = moment::write(self.channel().service_now() - ago);
        let keys: BTreeSet<&str> =
            self.records.iter().flat_map(|record| record.keys()).map(String::as_str).collect();
        let keys: Vec<&str> = keys.into_iter().take(LOOKED_AT).collect();
        let fields: String = keys.iter().flat_map(|key| [",", key]).collect();
        let object = &self.object.name;
        let query = format!("SELECT Id{fields} FROM {object} WHERE CreatedDate >= {since} ORDER BY Id");
        let keep = |cells: &Cells| {
            let id = cells.text("Id").unwrap_or_default().to_owned();
            let fits = |record: &Map<String, Json>| {
                record.iter().filter(|(key, _)| keys.contains(&key.as_str())).all(|(key, sent)| {
                    self.object.column(key).is_some_and(|column| holds(column, sent, cells.get(key)))
                })
            };
            let places = self.records.iter().enumerate().filter(|(_, record)| fits(record));
            (id, places.map(|(place, _)| place).collect::<Vec<_>>())
        };
        let created = self.api.all(&query, keep).await?;
        Ok(created.into_iter().filter(|(_, places)| !places.is_empty()).collect())
    }
}
