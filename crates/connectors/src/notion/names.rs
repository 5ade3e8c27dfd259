//! The names of linked pages, asked for once each.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use model::Value;

use super::api::Api;
use super::page::RawPage;
use super::{decode, items};
use crate::common::cell::Cell;
use crate::error::ErrorKind;
use crate::http::Failure;

/// Names kept; more than this and they are asked for again.
const KEPT: usize = 20_000;
/// The id every title has.
const TITLE: &str = "title";

/// Names by page id.
pub(super) struct Names {
    api: Arc<Api>,
    names: HashMap<String, Value>,
}

impl Names {
    pub(super) fn new(api: Arc<Api>) -> Names {
        Names { api, names: HashMap::new() }
    }

    /// Asks for the names of these pages that are not known yet, at most `in_flight` at a time.
    ///
    /// # Errors
    /// What the service says, unless it is about one page alone.
    pub(super) async fn learn(&mut self, ids: BTreeSet<String>, in_flight: usize) -> Result<(), Failure> {
        if self.names.len() > KEPT {
            self.names.clear();
        }
        let unknown: Vec<String> = ids.into_iter().filter(|id| !self.names.contains_key(id)).collect();
        let asked = unknown.into_iter().map(|id| name(Arc::clone(&self.api), id));
        let learnt: Vec<(String, Value)> =
            stream::iter(asked).buffer_unordered(in_flight).try_collect().await?;
        self.names.extend(learnt);
        Ok(())
    }

    /// The names of these pages as a list; unreadable when one of them is, so that a part is not taken
    /// for the whole.
    pub(super) fn of(&self, ids: &[String]) -> Value {
        let mut names = Vec::with_capacity(ids.len());
        for id in ids {
            match self.names.get(id) {
                Some(Value::Unreadable(why)) => return Value::Unreadable(why.clone()),
                Some(name) => names.push(name.clone()),
                None => return Value::Unreadable(id.clone()),
            }
        }
        if names.is_empty() { Value::Empty } else { Value::List(names) }
    }
}

async fn name(api: Arc<Api>, id: String) -> Result<(String, Value), Failure> {
    let title = |page: RawPage| {
        let titles = page.properties.0.iter().filter_map(|(_, cell)| match cell {
            Cell::Object(value) => decode::held(TITLE, value.get(TITLE)?),
            _ => None,
        });
        titles.into_iter().next()
    };
    let held = match api.page(&id, &[TITLE.to_owned()], title).await {
        Ok(Some(held)) if !held.whole => {
            items::whole(api, id.clone(), TITLE.to_owned(), TITLE.to_owned()).await.map(Some)
        }
        other => other,
    };
    match held {
        Ok(held) => Ok((id, held.map_or_else(|| Value::Unreadable(TITLE.to_owned()), |held| held.value))),
        // A linked page need not be shared with the integration; its id says nothing to anybody.
        Err(failure) if concerns_one(&failure) => {
            Ok((id, Value::Unreadable(format!("relation : {}", failure.code))))
        }
        Err(failure) => Err(failure),
    }
}

/// Whether the failure is about one page, and not about the account or the way.
pub(super) fn concerns_one(failure: &Failure) -> bool {
    matches!(failure.error.kind, ErrorKind::NotFound | ErrorKind::Forbidden | ErrorKind::Rejected)
}
