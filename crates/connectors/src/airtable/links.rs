//! Puts the names of linked records in the place of their ids.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use model::record::FieldKey;
use model::{Record, Value};

use super::api::Api;
use super::decode;
use super::listing::TablePages;
use super::query::{self, Query};
use super::schema::{Column, Table};
use crate::common::listing::Listing;
use crate::http::Failure;

/// Names kept; more than this and they are asked for again.
const KEPT: usize = 20_000;

/// The names of linked records, asked for once each.
pub(super) struct Names {
    api: Arc<Api>,
    tables: Arc<Vec<Arc<Table>>>,
    /// The columns that hold links, with the table they lead to.
    links: Vec<(FieldKey, String)>,
    /// By record id; ids are unique over all tables.
    names: HashMap<String, Value>,
}

impl Names {
    pub(super) fn new(api: Arc<Api>, tables: Arc<Vec<Arc<Table>>>, columns: &[Column]) -> Names {
        let links = columns
            .iter()
            .filter_map(|column| Some((Arc::clone(&column.id), column.cell.linked_table()?.to_owned())))
            .collect();
        Names { api, tables, links, names: HashMap::new() }
    }

    /// Replaces the ids in these records.
    pub(super) async fn resolve(&mut self, records: &mut [Record]) -> Result<(), Failure> {
        if self.names.len() > KEPT {
            self.names.clear();
        }
        for (key, table) in self.links.clone() {
            self.learn(&table, unknown(records, &key, &self.names)).await?;
            for record in records.iter_mut() {
                let Some(Value::List(items)) = record.fields.get_mut(&key) else {
                    continue;
                };
                for item in items {
                    if let Some(name) = id(item).and_then(|id| self.names.get(id)) {
                        *item = name.clone();
                    }
                }
            }
        }
        Ok(())
    }

    async fn learn(&mut self, table_id: &str, ids: BTreeSet<String>) -> Result<(), Failure> {
        let Some(table) = self.tables.iter().find(|table| table.id == table_id) else {
            return Ok(());
        };
        let Some(primary) = table.primary_column() else {
            return Ok(());
        };
        let ids: Vec<String> = ids.into_iter().collect();
        for formula in query::among(&ids) {
            let query = Query { fields: vec![Arc::clone(&primary.id)], formula: Some(formula) };
            let pages = TablePages::new(&self.api, table_id, query, |raw| {
                let name = raw.fields.get(&primary.id).or_else(|| raw.fields.get(&primary.name));
                (raw.id.as_ref().to_owned(), name.map_or(Value::Empty, |cell| decode::decode(primary, cell)))
            });
            let mut listing = Listing::new(pages, None);
            while let Some(listed) = listing.next().await? {
                self.names.extend(listed.records);
            }
        }
        // A record deleted in the meantime has no name; its id says nothing to anybody.
        for id in ids {
            self.names.entry(id).or_insert_with_key(|id| Value::Unreadable(id.clone()));
        }
        Ok(())
    }
}

/// The ids in a column whose names are not known yet.
fn unknown(records: &[Record], key: &FieldKey, names: &HashMap<String, Value>) -> BTreeSet<String> {
    let lists = records.iter().filter_map(|record| match record.fields.get(key)? {
        Value::List(items) => Some(items),
        _ => None,
    });
    lists.flatten().filter_map(id).filter(|id| !names.contains_key(*id)).map(str::to_owned).collect()
}

/// A record's id.
fn id(item: &Value) -> Option<&str> {
    match item {
        Value::Text(text) if query::is_record_id(text) => Some(text),
        _ => None,
    }
}
