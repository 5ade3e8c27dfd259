//! Completes the rows of a page: what was left out of them, and the names of linked pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use model::{Record, Value};

use super::api::Api;
use super::decode::Held;
use super::items;
use super::names::{self, Names};
use super::read::{Open, Row};
use crate::http::Failure;

/// Requests under way at once; the limiter spaces them.
const IN_FLIGHT: usize = 8;

/// Completes rows, and remembers the names it has learnt.
pub(super) struct Resolver {
    api: Arc<Api>,
    names: Names,
}

impl Resolver {
    pub(super) fn new(api: Arc<Api>) -> Resolver {
        Resolver { names: Names::new(Arc::clone(&api)), api }
    }

    /// The records of these rows, complete.
    ///
    /// # Errors
    /// What the service says, unless it is about one value alone.
    pub(super) async fn complete(&mut self, rows: Vec<Row>) -> Result<Vec<Record>, Failure> {
        let mut records = Vec::with_capacity(rows.len());
        let mut open = Vec::new();
        for (place, row) in rows.into_iter().enumerate() {
            open.extend(row.open.into_iter().map(|value| (place, row.record.id.clone(), value)));
            records.push(row.record);
        }
        let asked =
            open.into_iter().map(|(place, page, open)| whole(Arc::clone(&self.api), place, page, open));
        let open: Vec<(usize, Open)> = stream::iter(asked).buffer_unordered(IN_FLIGHT).try_collect().await?;
        let ids: BTreeSet<String> = open.iter().flat_map(|(_, open)| open.held.pages.clone()).collect();
        self.names.learn(ids, IN_FLIGHT).await?;
        for (place, Open { key, held, .. }) in open {
            if let Some(record) = records.get_mut(place) {
                record.fields.insert(key, self.named(held));
            }
        }
        Ok(records)
    }

    fn named(&self, held: Held) -> Value {
        match (held.value, self.names.of(&held.pages)) {
            (unreadable @ Value::Unreadable(_), _) => unreadable,
            (Value::List(mut values), Value::List(names)) => {
                values.extend(names);
                Value::List(values)
            }
            (Value::Empty, names) => names,
            (value, Value::Empty) => value,
            (_, unreadable) => unreadable,
        }
    }
}

/// The open value with everything it holds.
async fn whole(api: Arc<Api>, place: usize, page: String, mut open: Open) -> Result<(usize, Open), Failure> {
    if open.held.whole {
        return Ok((place, open));
    }
    let native = open.native_type.clone();
    open.held = match items::whole(api, page, open.key.to_string(), native.clone()).await {
        Ok(held) if held.whole => held,
        // An item of a list left something out itself; there is no way to ask for that.
        Ok(_) => Held::whole(Value::Unreadable(native)),
        Err(failure) if names::concerns_one(&failure) => {
            Held::whole(Value::Unreadable(format!("{native} : {}", failure.code)))
        }
        Err(failure) => return Err(failure),
    };
    Ok((place, open))
}
