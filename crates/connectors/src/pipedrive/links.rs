//! The names of linked records, asked for page by page and a hundred at a time.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use futures_util::future::try_join_all;
use model::{Record, Value};

use super::api::{Api, MOST_IDS};
use super::entity::Entity;
use super::read::Row;
use crate::error::ErrorKind;
use crate::http::Failure;

/// Names remembered at most; then all are forgotten, and asked for again.
const REMEMBERED: usize = 50_000;

/// Names by stream and id; `None` for records that are hidden or gone.
pub(super) struct Resolver {
    api: Arc<Api>,
    known: HashMap<(Entity, i64), Option<String>>,
}

impl Resolver {
    pub(super) fn new(api: Arc<Api>) -> Resolver {
        Resolver { api, known: HashMap::new() }
    }

    /// The records with their links by name. What cannot be named is unreadable, so that it is never written
    /// back.
    pub(super) async fn complete(&mut self, rows: Vec<Row>) -> Result<Vec<Record>, Failure> {
        if self.known.len() > REMEMBERED {
            self.known.clear();
        }
        let linked = rows.iter().flat_map(|row| &row.links).map(|link| (link.to, link.id));
        let mut missing: HashMap<Entity, BTreeSet<i64>> = HashMap::new();
        for (to, id) in linked.filter(|link| !self.known.contains_key(link)) {
            missing.entry(to).or_default().insert(id);
        }
        for (to, ids) in missing {
            let ids: Vec<i64> = ids.into_iter().collect();
            let asked = ids.chunks(MOST_IDS).map(|ids| self.api.names(to, ids));
            let found = match try_join_all(asked).await {
                Ok(found) => found.into_iter().flatten().collect(),
                // These credentials see deals, and not whom they are with.
                Err(failure) if failure.error.kind == ErrorKind::Forbidden => Vec::new(),
                Err(failure) => return Err(failure),
            };
            self.known.extend(ids.into_iter().map(|id| ((to, id), None)));
            self.known.extend(found.into_iter().map(|named| ((to, named.id), Some(named.name))));
        }
        let complete = rows.into_iter().map(|Row { mut record, links, .. }| {
            for link in links {
                let name = self.known.get(&(link.to, link.id)).cloned().flatten();
                let value = name
                    .filter(|name| !name.is_empty())
                    .map_or_else(|| Value::Unreadable(format!("{} {}", link.to.id(), link.id)), Value::Text);
                record.fields.insert(link.key, value);
            }
            record
        });
        Ok(complete.collect())
    }
}
