//! Creations that can be sent twice, because each record bears a key.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use super::schema::{Column, Holds, Object};
use crate::error::Result;
use crate::http::oauth2::random_word;

/// Letters of a key that is made here.
const MADE: usize = 43;

/// The field of an object that is the key of its records.
pub(super) struct Key<'a> {
    column: &'a Column,
}

impl<'a> Key<'a> {
    /// `None` where the object has no such field.
    pub(super) fn of(object: &'a Object, name: &str) -> Option<Key<'a>> {
        object.column(name).filter(|column| column.external_id).map(|column| Key { column })
    }

    /// API name of the field.
    pub(super) fn name(&self) -> &str {
        &self.column.key
    }

    /// Gives a record a key of its own where it has none. `false` where the field takes none that is made
    /// here: a number, or a text that is too short.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub(super) fn ensure(&self, record: &mut Map<String, Json>) -> Result<bool> {
        if record.get(self.name()).is_some_and(|key| !key.is_null()) {
            return Ok(true);
        }
        if self.column.holds != Holds::Text || self.column.length < MADE || !self.column.createable {
            return Ok(false);
        }
        record.insert(self.name().to_owned(), Json::String(random_word()?));
        Ok(true)
    }

    /// Notes the key of a record; the same key once more is told, because the service refuses the pair.
    pub(super) fn repeated(&self, record: &Map<String, Json>, seen: &mut HashSet<String>) -> Option<String> {
        let key = match record.get(self.name())? {
            Json::String(text) => text.to_lowercase(),
            other => other.to_string(),
        };
        (!seen.insert(key.clone())).then_some(key)
    }
}
