//! Reads a table page by page, asking for the next page while the last one is dealt with.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::record::FieldKey;
use model::{Record, StreamField, Value};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::api::{Api, RecordPage};
use super::cell::{Cell, RawRecord};
use super::listing::{ListedPage, Listing};
use super::query::Query;
use super::schema::{self, Column, Table};
use super::{decode, moment, texts};
use crate::connector::Checkpoint;
use crate::http::Failure;

/// Which columns are read, and how an answer's cells find theirs.
pub(super) struct Columns {
    pub(super) asked: Vec<Column>,
    /// The column that says when a record was modified, asked for or not.
    modified: Option<Column>,
    by_key: HashMap<String, usize>,
    /// What a record holds of which nothing is told.
    empty: Vec<Value>,
}

impl Columns {
    /// The columns of these fields. A field the table does not have is asked for all the same: the
    /// service then names it.
    pub(super) fn of(table: &Table, fields: &[StreamField]) -> Columns {
        let asked: Vec<Column> = fields.iter().filter_map(|field| table.column(&field.id).cloned()).collect();
        let modified = table.modified_column().cloned();
        let by_key = schema::by_key(&asked);
        let empty = asked.iter().map(decode::left_out).collect();
        Columns { asked, modified, by_key, empty }
    }

    /// What to ask for: the fields, and when they were modified.
    pub(super) fn query(&self, fields: &[StreamField]) -> Query {
        let mut ids: Vec<FieldKey> = fields.iter().map(|field| FieldKey::from(field.id.as_str())).collect();
        if let Some(modified) = &self.modified
            && !ids.contains(&modified.id)
        {
            ids.push(Arc::clone(&modified.id));
        }
        Query { fields: ids, formula: None }
    }

    fn record(&self, raw: &RawRecord) -> Record {
        let mut values = self.empty.clone();
        let mut modified_at = None;
        for (key, cell) in &raw.fields.0 {
            if let Some(index) = self.by_key.get(key.as_ref())
                && let (Some(value), Some(column)) = (values.get_mut(*index), self.asked.get(*index))
            {
                *value = decode::decode(column, cell);
            }
            if let Some(modified) = &self.modified
                && (*key == *modified.id || *key == modified.name)
            {
                modified_at = instant(cell);
            }
        }
        let keys = self.asked.iter().map(|column| Arc::clone(&column.id));
        Record { id: raw.id.as_ref().to_owned(), modified_at, fields: keys.zip(values).collect() }
    }
}

fn instant(cell: &Cell) -> Option<DateTime<Utc>> {
    match cell {
        Cell::Text(text) => Some(moment::instant(text, schema::Zone::Readers)?.to_utc()),
        _ => None,
    }
}

/// Pages read ahead of the reader, one in hand and one on its way. Dropping it stops the reading.
pub(super) struct ReadAhead {
    pages: mpsc::Receiver<Result<ListedPage<Record>, Failure>>,
    _task: JoinSet<()>,
    ended: bool,
}

impl ReadAhead {
    pub(super) fn start(
        api: Arc<Api>,
        table_id: &str,
        query: Query,
        columns: Arc<Columns>,
        since: Option<Checkpoint>,
    ) -> ReadAhead {
        let mut listing = Listing::new(api, table_id, query, since.map(|checkpoint| checkpoint.0));
        let (sender, pages) = mpsc::channel(1);
        let mut task = JoinSet::new();
        task.spawn(async move {
            let mut last = Repeated::default();
            while let Some(listed) = listing.next(|raw| columns.record(&raw)).await.transpose() {
                let listed = listed.map(|listed| last.without(listed));
                let failed = listed.is_err();
                if sender.send(listed).await.is_err() || failed {
                    return;
                }
            }
        });
        ReadAhead { pages, _task: task, ended: false }
    }

    /// The next page; `None` after the last.
    pub(super) async fn next(&mut self) -> Result<Option<ListedPage<Record>>, Failure> {
        if self.ended {
            return Ok(None);
        }
        // A listing that stops without a last page must not pass for a whole one.
        let listed = self.pages.recv().await.unwrap_or_else(|| Err(texts::reading_broke_off().into()))?;
        self.ended = listed.page.offset.is_none();
        Ok(Some(listed))
    }
}

/// Notices a page that comes twice in a row.
#[derive(Default)]
struct Repeated {
    first_id: Option<String>,
}

impl Repeated {
    /// The page, emptied when it is the previous one again.
    fn without(&mut self, mut listed: ListedPage<Record>) -> ListedPage<Record> {
        let RecordPage { records, .. } = &mut listed.page;
        let first_id = records.first().map(|record| record.id.clone());
        if first_id.is_some() && first_id == self.first_id && !listed.restarted {
            records.clear();
        } else if first_id.is_some() {
            self.first_id = first_id;
        }
        listed
    }
}
