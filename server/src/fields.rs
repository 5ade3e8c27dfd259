//! Reads a JSON object or a query field by field, and remembers everything that is wrong with it.
//!
//! A body is read to its end even when its first field is wrong: people mend every fault at once.

use std::collections::BTreeMap;

use model::Text;
use serde_json::{Map, Value};

use crate::{ApiError, faults};

/// The fields of a body that are still to be read, and the faults found so far.
pub(crate) struct Fields {
    rest: Map<String, Value>,
    faults: Vec<Text>,
}

impl Fields {
    /// The fields of a JSON object.
    pub(crate) fn new(object: Map<String, Value>) -> Fields {
        Fields { rest: object, faults: Vec::new() }
    }

    /// The raw value of that field; `None` when it is not there.
    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        self.rest.remove(key)
    }

    /// A text; `None` when absent or `null`.
    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            Value::Null => None,
            Value::String(text) => self.clean(key, text),
            other => self.wrong_type(key, &other, &TEXT),
        }
    }

    /// `true` or `false`; `None` when absent or `null`.
    pub(crate) fn flag(&mut self, key: &str) -> Option<bool> {
        match self.take(key)? {
            Value::Null => None,
            Value::Bool(flag) => Some(flag),
            other => self.wrong_type(key, &other, &FLAG),
        }
    }

    /// An object of anything; `None` when absent or `null`.
    pub(crate) fn object(&mut self, key: &str) -> Option<Map<String, Value>> {
        match self.take(key)? {
            Value::Null => None,
            Value::Object(object) => Some(object),
            other => self.wrong_type(key, &other, &OBJECT),
        }
    }

    /// An object of texts; `None` when absent or `null`. A `null` inside is an empty text.
    pub(crate) fn texts(&mut self, key: &str) -> Option<BTreeMap<String, String>> {
        let entries = self.object(key)?;
        let mut texts = BTreeMap::new();
        for (name, value) in entries {
            let path = format!("{key}.{name}");
            let text = match value {
                Value::Null => Some(String::new()),
                Value::String(text) => self.clean(&path, text),
                other => self.wrong_type(&path, &other, &TEXT),
            };
            texts.extend(text.map(|text| (name, text)));
        }
        Some(texts)
    }

    /// A list of texts; `None` when absent or `null`.
    pub(crate) fn list(&mut self, key: &str) -> Option<Vec<String>> {
        let items = match self.take(key)? {
            Value::Null => return None,
            Value::Array(items) => items,
            other => return self.wrong_type(key, &other, &LIST),
        };
        let mut texts = Vec::with_capacity(items.len());
        for (item, place) in items.into_iter().zip(1..) {
            let path = format!("{key}[{place}]");
            texts.extend(match item {
                Value::String(text) => self.clean(&path, text),
                other => self.wrong_type(&path, &other, &TEXT),
            });
        }
        Some(texts)
    }

    /// Remembers a fault.
    pub(crate) fn fault(&mut self, fault: Text) {
        self.faults.push(fault);
    }

    /// Remembers that a field does not hold what it should.
    pub(crate) fn wrong_type<T>(&mut self, key: &str, found: &Value, expected: &Text) -> Option<T> {
        let found = kind_of(found);
        self.faults.push(Text::new(
            format!("« {key} » : {} attendu, {} reçu.", expected.fr, found.fr),
            format!("“{key}”: expected {}, got {}.", expected.en, found.en),
        ));
        None
    }

    /// A text that the database can keep; a NUL is a fault, as PostgreSQL has no place for it.
    pub(crate) fn clean(&mut self, key: &str, text: String) -> Option<String> {
        if !text.contains('\0') {
            return Some(text);
        }
        self.faults.push(Text::new(
            format!("« {key} » contient un caractère nul (U+0000) : retirez-le."),
            format!("“{key}” contains a null character (U+0000): remove it."),
        ));
        None
    }

    /// What was read, if nothing is left and nothing was wrong.
    ///
    /// # Errors
    /// One sentence after the other: every fault, and every field that does not exist.
    pub(crate) fn finish<T>(mut self, read: Option<T>) -> Result<T, ApiError> {
        for key in std::mem::take(&mut self.rest).into_iter().map(|(key, _)| model::parse::shorten(&key)) {
            self.faults.push(Text::new(
                format!("Le champ « {key} » n'existe pas ici."),
                format!("There is no field “{key}” here."),
            ));
        }
        read.filter(|_| self.faults.is_empty()).ok_or_else(|| ApiError::invalid(faults::joined(&self.faults)))
    }
}

const TEXT: Text = Text::fixed("un texte", "a text");
const FLAG: Text = Text::fixed("true ou false", "true or false");
const LIST: Text = Text::fixed("une liste", "a list");
const OBJECT: Text = Text::fixed("un objet", "an object");

/// What a JSON value is, in words.
fn kind_of(value: &Value) -> Text {
    match value {
        Value::Null => Text::fixed("null", "null"),
        Value::Bool(_) => Text::fixed("un booléen", "a boolean"),
        Value::Number(_) => Text::fixed("un nombre", "a number"),
        Value::String(_) => TEXT,
        Value::Array(_) => LIST,
        Value::Object(_) => OBJECT,
    }
}
