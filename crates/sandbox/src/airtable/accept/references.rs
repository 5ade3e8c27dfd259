//! Cells that point to something else: people and records.

use serde_json::{Value, json};

use super::{Accepted, Draft, array};
use crate::airtable::scope::Scope;
use crate::airtable::state::TableState;
use crate::airtable::{Id, Refusal};

impl Draft<'_> {
    /// `{"id"}` or `{"email"}`; with typecast also a name or an e-mail as text.
    pub(super) fn person(&self, value: &Value) -> Accepted {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let person = match value {
            Value::Object(_) => {
                text("id").and_then(|id| self.people.get(id)).or_else(|| self.people.by_email(text("email")?))
            }
            Value::String(text) if self.typecast => {
                self.people.by_email(text).or_else(|| self.people.by_name(text))
            }
            _ => None,
        };
        person.map(|person| json!(person.id)).ok_or(None)
    }

    pub(super) fn several_people(&self, value: &Value) -> Accepted {
        let items = value.as_array().ok_or(None)?;
        Ok(array(items.iter().map(|item| self.person(item)).collect::<Result<_, _>>()?))
    }

    /// Record ids; with typecast also primary values, whose records are made if there are none.
    pub(super) fn link(&mut self, table: Id, value: &Value) -> Accepted {
        let texts: Vec<&str> = match value {
            Value::Array(items) => items.iter().map(Value::as_str).collect::<Option<_>>().ok_or(None)?,
            Value::String(text) if self.typecast => text.split(',').map(str::trim).collect(),
            _ => return Err(None),
        };
        let other = self.base.by_id(table).ok_or(None)?;
        let mut ids: Vec<Value> = Vec::new();
        for text in texts {
            let id = json!(self.linked_record(other, text)?);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(array(ids))
    }

    fn linked_record(&mut self, other: &TableState, text: &str) -> Result<Id, Option<Refusal>> {
        let id = Id::parse(text).filter(|id| id.has_prefix(*b"rec"));
        match id {
            Some(id) if other.has(id) => return Ok(id),
            Some(_) => return Err(Some(Refusal::unknown_record(text))),
            None if !self.typecast => return Err(None),
            None => {}
        }
        let title = |scope: Scope<'_>| scope.title() == text;
        let found = other
            .from(0)
            .find(|(_, record)| title(Scope::new(self.base, other, record, self.people, record.created)))
            .map(|(_, record)| record.id);
        let wanted = self.wanted.records.iter().find(|(table, _, title)| *table == other.id && title == text);
        if let Some(known) = found.or_else(|| wanted.map(|(_, id, _)| *id)) {
            return Ok(known);
        }
        let id = Id::random(*b"rec", self.rng);
        self.wanted.records.push((other.id, id, text.to_owned()));
        Ok(id)
    }
}
