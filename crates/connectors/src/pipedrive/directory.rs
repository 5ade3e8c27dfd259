//! The people, records and the currency that values name, asked for when the first of them is needed.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::{Mutex, OnceCell};

use super::api::Api;
use super::entity::Entity;
use super::people::User;
use crate::error::ErrorKind;
use crate::http::Failure;

/// Names remembered at most; then all are forgotten, and asked for again.
const REMEMBERED: usize = 20_000;
/// Of a company that does not say.
const EURO: &str = "EUR";

/// What a name leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    One(i64),
    Several,
    Nobody,
}

/// What is known so far.
#[derive(Default)]
pub(super) struct Directory {
    /// `None` inside where the credentials may not see them.
    users: Mutex<Option<Option<Arc<Vec<User>>>>>,
    records: Mutex<HashMap<(Entity, String), i64>>,
    currency: OnceCell<String>,
}

impl Directory {
    /// Everybody; `None` where the credentials may not see them.
    pub(super) async fn users(&self, api: &Api) -> Result<Option<Arc<Vec<User>>>, Failure> {
        // Held while asking: the others wait for this answer instead of asking too.
        let mut known = self.users.lock().await;
        if let Some(users) = &*known {
            return Ok(users.clone());
        }
        let users = match api.users().await {
            Ok(users) => Some(Arc::new(users)),
            Err(failure) if failure.error.kind == ErrorKind::Forbidden => None,
            Err(failure) => return Err(failure),
        };
        *known = Some(users.clone());
        Ok(users)
    }

    /// The record of that name. One search costs as much as two pages of a list, so it is not made twice, nor
    /// two at a time: searches have a narrower limit than other requests.
    pub(super) async fn find(&self, api: &Api, entity: Entity, name: &str) -> Result<Found, Failure> {
        let name = name.trim();
        let key = (entity, name.to_lowercase());
        let mut known = self.records.lock().await;
        if let Some(id) = known.get(&key) {
            return Ok(Found::One(*id));
        }
        let mut found = api.named(entity, name).await?;
        found.retain(|record| record.name.trim().to_lowercase() == key.1);
        Ok(match found[..] {
            [ref record] => {
                if known.len() >= REMEMBERED {
                    known.clear();
                }
                known.insert(key, record.id);
                Found::One(record.id)
            }
            [] => Found::Nobody,
            _ => Found::Several,
        })
    }

    /// What became of a record is not known any more: the next one of that name is looked for.
    pub(super) async fn forget(&self) {
        self.records.lock().await.clear();
    }

    /// The currency of new amounts.
    pub(super) async fn currency(&self, api: &Api) -> Result<&str, Failure> {
        let ask = async || {
            let me = api.me().await?;
            Ok::<_, Failure>(me.default_currency.unwrap_or_else(|| EURO.to_owned()))
        };
        self.currency.get_or_try_init(ask).await.map(String::as_str)
    }
}
