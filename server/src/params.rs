//! Reads the parameters of a query, and remembers everything that is wrong with them.
//!
//! An empty parameter (`?statut=`) says nothing, as a form sends it for a field left blank, unless its reader
//! asks for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use model::Text;
use model::parse::shorten;
use url::form_urlencoded;
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type};

use crate::{ApiError, faults};

/// How the documentation describes what [`Params::number`] reads: there is no largest number.
pub(crate) fn from_one() -> Object {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).build()
}

/// The same, from 0 on.
pub(crate) fn from_zero() -> Object {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).build()
}

/// How the documentation describes what [`Params::date`] reads: a form sends a blank field as nothing.
pub(crate) fn day() -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let date = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    OneOfBuilder::new().item(date).item(text().max_length(Some(0))).into()
}

/// The parameters that are still to be read, and the faults found so far.
pub(crate) struct Params {
    rest: BTreeMap<String, Vec<String>>,
    faults: Vec<Text>,
}

impl Params {
    /// Splits a query into its parameters.
    pub(crate) fn parse(query: &str) -> Params {
        let mut rest: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            // No text that is kept has one, and PostgreSQL takes none.
            rest.entry(key.into_owned()).or_default().push(value.replace('\0', ""));
        }
        Params { rest, faults: Vec::new() }
    }

    /// Every value of a parameter that may be repeated.
    pub(crate) fn all(&mut self, key: &str) -> Vec<String> {
        let mut values = self.all_with_empty(key);
        values.retain(|value| !value.is_empty());
        values
    }

    /// The same for a parameter whose empty value says something: to have none.
    pub(crate) fn all_with_empty(&mut self, key: &str) -> Vec<String> {
        self.rest.remove(key).unwrap_or_default()
    }

    /// The value of a parameter that may stand once.
    pub(crate) fn one(&mut self, key: &str) -> Option<String> {
        let mut values = self.all(key);
        if values.len() > 1 {
            self.faults.push(Text::new(
                format!("« {key} » ne peut être donné qu'une fois."),
                format!("“{key}” can be given only once."),
            ));
        }
        values.pop()
    }

    /// Every parameter whose name begins like this: the rest of the name, and the value.
    pub(crate) fn starting(&mut self, prefix: &str) -> Vec<(String, String)> {
        let taken = self.rest.extract_if(.., |key, _| key.starts_with(prefix));
        taken
            .flat_map(|(key, values)| {
                let name = key[prefix.len()..].to_owned();
                let told = values.into_iter().filter(|value| !value.is_empty());
                told.map(move |value| (name.clone(), value))
            })
            .collect()
    }

    /// A whole number from `least` on.
    pub(crate) fn number(&mut self, key: &str, least: u32) -> Option<u32> {
        let text = self.one(key)?;
        // What is larger than a number can be is as good as the largest one.
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = if digits { Some(text.parse().unwrap_or(u32::MAX)) } else { None };
        if number.is_none_or(|n| n < least) {
            let shown = shorten(&text);
            self.faults.push(Text::new(
                format!("« {key} » : « {shown} » n'est pas un nombre entier à partir de {least}."),
                format!("“{key}”: “{shown}” is not a whole number from {least} on."),
            ));
        }
        number
    }

    /// A day, `YYYY-MM-DD`.
    pub(crate) fn date(&mut self, key: &str) -> Option<NaiveDate> {
        let text = self.one(key)?;
        let date = faults::iso_date(&text);
        if date.is_none() {
            self.faults.push(faults::not_a_date(key, &text));
        }
        date
    }

    /// Remembers a value that is not one of the accepted words.
    pub(crate) fn not_a_choice(&mut self, key: &str, value: &str, accepted: &[&str]) {
        self.faults.push(faults::not_a_choice(key, value, accepted));
    }

    /// Nothing may be left, and nothing may have been wrong.
    ///
    /// # Errors
    /// One sentence after the other: every fault, and every parameter that does not exist.
    pub(crate) fn finish(mut self) -> Result<(), ApiError> {
        for key in self.rest.keys().map(|key| shorten(key)) {
            self.faults.push(Text::new(
                format!("Le paramètre « {key} » n'existe pas ici."),
                format!("There is no parameter “{key}” here."),
            ));
        }
        if self.faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults::joined(&self.faults))) }
    }
}
