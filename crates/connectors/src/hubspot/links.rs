//! The names of associated records.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use futures_util::future::try_join_all;
use model::{Record, Value};

use super::api::{Api, PAGE};
use super::read::{Columns, Row};
use super::streams;
use super::wire::RawRecord;
use crate::http::Failure;

/// Names kept at most: memory does not grow with the account.
const KEPT: usize = 20_000;

/// Names by id, learnt as they are needed.
pub(super) struct Names {
    api: Arc<Api>,
    /// By type. `None` for a record that is gone.
    known: HashMap<&'static str, HashMap<String, Option<String>>>,
}

impl Names {
    pub(super) fn new(api: &Arc<Api>) -> Names {
        Names { api: Arc::clone(api), known: HashMap::new() }
    }

    /// The records of a page with the names of what they are associated with.
    pub(super) async fn complete(
        &mut self,
        columns: &Columns,
        mut rows: Vec<Row>,
    ) -> Result<Vec<Record>, Failure> {
        for (column, to) in &columns.linked {
            self.learn(to, &rows).await?;
            let known = self.known.entry(to).or_default();
            for row in &mut rows {
                let value = match row.links.get(*to) {
                    None => Value::Empty,
                    // Part of a list would pass for the whole.
                    Some(None) => Value::Unreadable(column.native.clone()),
                    Some(Some(ids)) => {
                        let names = ids.iter().filter_map(|id| known.get(id)?.clone());
                        let names: Vec<Value> = names.map(Value::Text).collect();
                        if names.is_empty() { Value::Empty } else { Value::List(names) }
                    }
                };
                row.record.fields.insert(Arc::clone(&column.key), value);
            }
        }
        Ok(rows.into_iter().map(|row| row.record).collect())
    }

    async fn learn(&mut self, to: &'static str, rows: &[Row]) -> Result<(), Failure> {
        let known = self.known.entry(to).or_default();
        if known.len() > KEPT {
            known.clear();
        }
        let ids = rows.iter().filter_map(|row| row.links.get(to)?.as_ref()).flatten();
        let new: BTreeSet<&String> = ids.filter(|id| !known.contains_key(*id)).collect();
        let new: Vec<String> = new.into_iter().cloned().collect();
        let asked: Vec<String> = streams::naming(to).iter().map(|name| (*name).to_owned()).collect();
        let keep = |raw: RawRecord| (raw.id.as_ref().to_owned(), name(to, &raw));
        let reads = new.chunks(PAGE).map(|ids| self.api.read(to, ids, &asked, keep));
        let read = try_join_all(reads).await?;
        known.extend(new.iter().map(|id| (id.clone(), None)));
        known.extend(read.into_iter().flatten().map(|(id, name)| (id, Some(name))));
        Ok(())
    }
}

/// What people call a record: a person's names, or else the address; one without a name has its number.
fn name(object: &str, raw: &RawRecord) -> String {
    let text = |name: &str| raw.properties.text(name);
    let person = [text("firstname"), text("lastname")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let person = Some(person).filter(|name| object == "contacts" && !name.is_empty());
    let other = streams::naming(object).iter().find_map(|name| text(name));
    person.or(other.map(str::to_owned)).unwrap_or_else(|| raw.id.as_ref().to_owned())
}
