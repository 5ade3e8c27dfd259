//! Options of select fields: stored by id, so that renaming an option renames it everywhere.

use serde_json::{Value, json};

use super::{Accepted, Draft, array};
use crate::airtable::field_type::Choice;
use crate::airtable::{Id, Refusal};

impl Draft<'_> {
    pub(super) fn single_select(&mut self, slot: usize, choices: &[Choice], value: &Value) -> Accepted {
        match value {
            Value::String(name) => Ok(json!(self.choice(slot, choices, name)?)),
            Value::Number(_) if self.typecast => Ok(json!(self.choice(slot, choices, &value.to_string())?)),
            _ => Err(None),
        }
    }

    pub(super) fn multiple_selects(&mut self, slot: usize, choices: &[Choice], value: &Value) -> Accepted {
        let names: Vec<&str> = match value {
            Value::Array(items) => items.iter().map(Value::as_str).collect::<Option<_>>().ok_or(None)?,
            Value::String(text) if self.typecast => text.split(',').map(str::trim).collect(),
            _ => return Err(None),
        };
        let mut ids: Vec<Value> = Vec::new();
        for name in names {
            let id = json!(self.choice(slot, choices, name)?);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(array(ids))
    }

    fn choice(&mut self, slot: usize, choices: &[Choice], name: &str) -> Result<Id, Option<Refusal>> {
        let wanted = self.wanted.choices.iter().filter(|(other, _)| *other == slot).map(|(_, choice)| choice);
        if let Some(known) = choices.iter().chain(wanted).find(|choice| choice.name == name) {
            return Ok(known.id);
        }
        if !self.typecast {
            return Err(Some(Refusal::unknown_option(name)));
        }
        let mut new = Choice::new(name);
        if choices.iter().any(|choice| choice.id == new.id) {
            // An option that was renamed still has the id of its first name.
            new.id = Id::random(*b"sel", self.rng);
        }
        let id = new.id;
        self.wanted.choices.push((slot, new));
        Ok(id)
    }
}
